"""What a rule says when it refuses: a stable code, a sentence that says what to do, the fields concerned."""

from __future__ import annotations

from collections.abc import Mapping


class RuleError(Exception):
    """A request that is well formed but that a rule of the domain refuses.

    `code` is stable and untranslated; `message` is for people and says what to do; `fields` maps
    a field's name to what is wrong with it, empty where the refusal concerns the whole request.
    """

    code = "rule_refused"

    def __init__(self, message: str, *, code: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields = dict(fields or {})


class TransitionRefused(RuleError):
    """The status may not follow the present one."""

    code = "transition_refused"


class EvidenceRefused(RuleError):
    """The change lacks a reason, a citation its readers may see, or one good enough."""

    code = "evidence_refused"


class MarkingRefused(RuleError):
    """The marking would be wider than its whole, or narrower than what rests on it."""

    code = "marking_refused"


class NotPermitted(RuleError):
    """The actor's role does not allow this act."""

    code = "not_permitted"
