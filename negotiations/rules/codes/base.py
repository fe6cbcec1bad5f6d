"""The kind of enumeration every choice set of the domain is made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, gettext_noop

__all__ = ["Code", "gettext_noop"]


class Code(StrEnum):
    """A stable code with a translatable label and, where the word needs one, a definition.

    The code is what the database and the API hold; it never changes and is never translated.
    """

    english: str
    meaning: str

    # The default only lets a type checker see that `Code("met")` looks a member up.
    def __new__(cls, code: str, english: str = "", meaning: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.meaning = meaning
        return member

    @property
    def label(self) -> str:
        """The word on the screen, in the language active now."""
        return gettext(self.english)

    @property
    def definition(self) -> str:
        """What the word means, in the language active now; empty where the label says it all."""
        return gettext(self.meaning) if self.meaning else ""

    @classmethod
    def choices(cls) -> list[tuple[str, Promise]]:
        """Pairs of code and lazily translated label, as Django's fields take them."""
        return [(member.value, gettext_lazy(member.english)) for member in cls]
