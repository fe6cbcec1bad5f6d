"""The shapes that stand for a status, as SVG on a square of 16: shape and word carry the meaning before colour."""

from __future__ import annotations

_RING = '<circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.6"{dash}/>'
_STROKE = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
_PLAIN = _RING.format(dash="")
_DASHED = _RING.format(dash=' stroke-dasharray="2.6 1.9"')
_DOTTED = _RING.format(dash=' stroke-dasharray=".1 3.5" stroke-linecap="round"')
_HALF = _PLAIN + '<path d="M8 4.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor"/>'
_DISC = (
    '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>'
    '<path class="kn" d="m5.1 8.2 2 2 3.8-4.1" fill="none" stroke-width="1.7" stroke-linecap="round"'
    ' stroke-linejoin="round"/>'
)
_DIAMOND = (
    '<path d="M8 1.7 14.3 8 8 14.3 1.7 8z" fill="none" stroke="currentColor" stroke-width="1.6"'
    ' stroke-linejoin="round"/>'
)
_DOWN = (
    '<path d="M2.2 3.6h11.6L8 13.4z" fill="currentColor" stroke="currentColor" stroke-width="1.2"'
    ' stroke-linejoin="round"/>'
)
_BARS = _PLAIN + f'<path d="M6.4 5.9v4.2M9.6 5.9v4.2" {_STROKE}/>'
_DOUBLE = _PLAIN + '<circle cx="8" cy="8" r="2.9" fill="none" stroke="currentColor" stroke-width="1.4"/>'

GLYPHS: dict[str, str] = {
    # conditions
    "met": _DISC,
    "reported_met": _DASHED + f'<path d="m5.4 8.2 1.8 1.8 3.4-3.7" {_STROKE}/>',
    "partly_met": _PLAIN + '<path d="M8 8V4.4A3.6 3.6 0 1 1 4.4 8z" fill="currentColor"/>',
    "in_progress": _HALF,
    "not_started": _PLAIN,
    "contested": _DIAMOND + '<path d="M8 3.6 3.6 8 8 12.4z" fill="currentColor"/>',
    "breached": _DOWN,
    "waived": _PLAIN + '<path d="M4.2 11.8 11.8 4.2" stroke="currentColor" stroke-width="1.6"/>',
    "suspended": _BARS,
    "superseded": _DOUBLE,
    "not_assessed": _DOTTED,
    "blocked": (
        '<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="3" fill="currentColor"/>'
        '<path class="kn" d="M4.9 8h6.2" stroke-width="1.9" stroke-linecap="round"/>'
    ),
    # phases
    "negotiating_terms": _DASHED,
    "transition_pending": _DASHED + '<path d="M8 4.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor"/>',
    "active": _HALF,
    "completed": _DISC,
    "expired": _DOUBLE,
    "collapsed": _DOWN,
    # other marks
    "dispute": f'<path d="M2 8h4M10 8h4M4 5.5 1.6 8 4 10.5M12 5.5 14.4 8 12 10.5" {_STROKE}/>',
    "gate": _DIAMOND,
    "brand": (
        '<path d="M.9 8h3.9M11.2 8h3.9" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>'
        '<path d="M8 4.1 11.9 8 8 11.9 4.1 8z" fill="none" stroke="currentColor" stroke-width="1.6"'
        ' stroke-linejoin="round"/>'
    ),
}
