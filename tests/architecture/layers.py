"""Reads every import of the app and says which ones break the rule that imports point down only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# Lowest first. Layers on one line are siblings and may not import each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"rules"}),
    frozenset({"models"}),
    frozenset({"access", "history"}),
    frozenset({"selectors"}),
    frozenset({"services"}),
    frozenset({"demo", "digests", "exports", "imports", "webhooks"}),
    # Pages draw with the same glyphs as the templates do, through their tags.
    frozenset({"templatetags"}),
    frozenset({"admin", "api", "management", "pages", "tasks"}),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# The composition root ties the layers together, and migrations are history: both may look anywhere.
EXEMPT = frozenset({"apps", "migrations", "__init__"})
# Rules run without a database, settings or a clock of their own.
PURE, IMPURE = "rules", ("django.db", "django.conf", "django.apps", "django.core.cache", "tracker")
# The project wires the app; the app knows nothing of the project but its settings.
PROJECT = "tracker"


def violations(app: Path) -> Iterator[str]:
    """One line for each import that breaks the rule, and for each folder or module nobody gave a place."""
    for path in sorted(app.rglob("*.py")):
        layer = _first_part(path.relative_to(app))
        where = path.relative_to(app.parent).as_posix()
        if layer in EXEMPT:
            continue
        if layer not in LEVEL:
            yield f"{where}: {layer} has no place among the layers"
            continue
        for line, name in imported_names(path, app):
            if reason := _reason(layer, name, app.name):
                yield f"{where}:{line} {reason}"


def _first_part(path: Path) -> str:
    return path.parts[0].removesuffix(".py")


def _reason(layer: str, name: str, app: str) -> str:
    """Why this layer may not import this name; empty when it may."""
    if layer == PURE and _is_within(name, IMPURE):
        return f"{layer} -> {name} (rules are pure)"
    if _is_within(name, (PROJECT,)):
        return f"{layer} -> {name} (the app does not know the project)"
    parts = name.split(".")
    if parts[0] != app or len(parts) == 1:
        return ""
    other = parts[1]
    if other == layer:
        return ""
    if other not in LEVEL:
        return f"{layer} -> {other} (no layer)"
    return f"{layer} -> {other}" if LEVEL[other] >= LEVEL[layer] else ""


def _is_within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def imported_names(path: Path, app: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything a file imports, at any depth, also by `import_module`."""
    package = [app.name, *path.relative_to(app).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, package)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and (name := _literal_import(node, package)):
            yield node.lineno, name


def _base(node: ast.ImportFrom, package: list[str]) -> str:
    """The module an import names, with leading dots resolved from the file's own package."""
    if node.level == 0:
        return node.module or ""
    start = package[: len(package) - (node.level - 1)]
    return ".".join([*start, *([node.module] if node.module else [])])


def _literal_import(node: ast.Call, package: list[str]) -> str:
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if function not in ("import_module", "__import__", "import_string") or not node.args:
        return ""
    argument = node.args[0]
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return ""
    name = argument.value
    dots = len(name) - len(name.lstrip("."))
    if dots == 0:
        return name
    return ".".join([*package[: len(package) - (dots - 1)], name.lstrip(".")])
