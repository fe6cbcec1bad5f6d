"""A text of the record in the languages it exists in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, get_language_bidi


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its own language and, where somebody wrote one, in Arabic."""

    text: str
    ar: str = ""
    language: str = "en"

    def __bool__(self) -> bool:
        return bool(self.text or self.ar)

    def __str__(self) -> str:
        return self.text

    @property
    def here(self) -> str:
        """The bare text for the reader of this page, for use inside sentences."""
        return self.in_language(get_language() or "en")[0]

    def in_language(self, language: str) -> tuple[str, str]:
        """The text a reader of `language` gets, and the language it is really in."""
        if self.ar and (language == "ar" or not self.text):
            return self.ar, "ar"
        return self.text, self.language or "en"


def words_of(item: object, name: str, language: str = "en") -> Words:
    """The named text of a row with its Arabic twin."""
    return Words(getattr(item, name) or "", getattr(item, f"{name}_ar", "") or "", language)


def moved_words(before: object, after: object) -> str:
    """From what to what; the arrow points the way the language is read."""
    return f"{before} {'←' if get_language_bidi() else '→'} {after}"
