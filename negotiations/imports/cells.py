"""From the text of a cell to the value of a field; what cannot be read says so and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from negotiations.rules.codes import Code

from .problems import CellRefused

if TYPE_CHECKING:
    from .desk import Desk

Reader = Callable[[str, "Desk"], Any]
NUMBER = re.compile(r"[+-]?\d{1,16}(?:\.\d{1,9})?", re.ASCII)
EARLIEST, LATEST = datetime(1800, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
ADDRESS = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: how its cells are read, what else its header may be, and an example.

    `field` is the name that the verb takes, where it is another. What belongs to the act and not to
    the item (`reason`, `source`) is no fact.
    """

    name: str
    read: Reader
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    is_fact: bool = True
    field: str = ""
    example: str = ""

    @property
    def target(self) -> str:
        return self.field or self.name


def text(longest: int) -> Reader:
    """Words of at most so many characters."""

    def read(cell: str, _desk: Desk) -> str:
        if len(cell) > longest:
            wrong = _("This is longer than %(count)s characters.") % {"count": longest}
            raise CellRefused(wrong, _("Shorten it."))
        return cell

    return read


def line(longest: int) -> Reader:
    """Words without a line break."""
    words = text(longest)

    def read(cell: str, desk: Desk) -> str:
        return str(words(" ".join(cell.split()), desk))

    return read


def code(kind: type[Code]) -> Reader:
    """A code of the domain, by its name or its words in the language active now."""

    def read(cell: str, _desk: Desk) -> str:
        asked = cell.strip().casefold()
        for one in kind:
            if asked in (one.value.casefold(), str(one.label).casefold(), one.english.casefold()):
                return str(one.value)
        raise CellRefused(*unknown(cell, [one.value for one in kind]))

    return read


def unknown(cell: str, names: list[str]) -> tuple[str, str]:
    """What is said of a word that names nothing: the nearest that do, or the first few."""
    near = get_close_matches(cell.casefold(), names, n=3, cutoff=0.5)
    offered = ", ".join(near or names[:6])
    advice = _("Did you mean: %(names)s?") if near else _("Use one of: %(names)s.")
    return _("“%(cell)s” is not known here.") % {"cell": cell[:60]}, advice % {"names": offered}


def number_of(cell: str) -> Decimal:
    """A number as spreadsheets write it; 1,000 and 1 000 are refused because they are read differently elsewhere."""
    advice = _("Write digits with a point before the decimals, such as 1250.5.")
    if not NUMBER.fullmatch(cell):
        raise CellRefused(_("“%(cell)s” is not a number.") % {"cell": cell[:60]}, advice)
    try:
        return Decimal(cell)
    except InvalidOperation:
        raise CellRefused(_("“%(cell)s” is not a number.") % {"cell": cell[:60]}, advice) from None


def whole(least: int, most: int) -> Reader:
    """A whole number between two bounds; 4.0 is 4."""

    def read(cell: str, _desk: Desk) -> int:
        number = number_of(cell)
        if number != int(number):
            raise CellRefused(_("“%(cell)s” is not a whole number.") % {"cell": cell}, _("Leave out the decimals."))
        if not least <= number <= most:
            raise CellRefused(*out_of_bounds(cell, least, most))
        return int(number)

    return read


def out_of_bounds(cell: str, least: object, most: object) -> tuple[str, str]:
    advice = _("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return _("%(cell)s lies outside what can be.") % {"cell": cell[:60]}, advice


def measure(least: int = 0, most: int = 10**11) -> Reader:
    """A number with at most four decimals, not below `least`."""

    def read(cell: str, _desk: Desk) -> Decimal:
        number = number_of(cell)
        if not least <= number <= most:
            raise CellRefused(*out_of_bounds(cell, least, most))
        if number != round(number, 4):
            raise CellRefused(_("“%(cell)s” has more than four decimals.") % {"cell": cell}, _("Round it."))
        return number

    return read


def days(most: int) -> Reader:
    """A length of time in days."""

    def read(cell: str, desk: Desk) -> timedelta:
        return timedelta(days=whole(0, most)(cell, desk))

    return read


def moment(*, is_past: bool) -> Reader:
    """A date (its beginning in the negotiation's zone) or a moment, which without an offset is one of that zone."""

    def read(cell: str, desk: Desk) -> datetime:
        found = moment_in(cell, desk.zone)
        if not EARLIEST <= found < LATEST:
            raise CellRefused(
                _("“%(cell)s” lies outside what can be.") % {"cell": cell[:60]},
                _("Give a moment between the years 1800 and 3000."),
            )
        if is_past and found > desk.now:
            raise CellRefused(
                _("This moment lies in the future."), _("Give the moment at which it was so, which lies in the past.")
            )
        return found

    return read


def moment_in(cell: str, zone: ZoneInfo) -> datetime:
    """The moment that a cell names. Raises CellRefused for what is no date of the calendar."""
    advice = _("Write it as 2025-12-08 or 2025-12-08T14:30+02:00.")
    try:
        day: date | None = parse_date(cell)
        at = datetime(day.year, day.month, day.day) if day else parse_datetime(cell)  # noqa: DTZ001  given its zone below
        if at is not None:
            return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise CellRefused(_("“%(cell)s” is not a date.") % {"cell": cell[:60]}, advice)


def address(longest: int) -> Reader:
    """A web address."""

    def read(cell: str, _desk: Desk) -> str:
        try:
            ADDRESS(cell)
        except ValidationError:
            advice = _("Write it with https:// in front.")
            raise CellRefused(_("“%(cell)s” is not a web address.") % {"cell": cell[:60]}, advice) from None
        return str(text(longest)(cell, _desk))

    return read


def language(cell: str, _desk: Desk) -> str:
    """A code of a language, such as ar."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?", cell):
        wrong = _("“%(cell)s” is no code of a language.") % {"cell": cell[:60]}
        raise CellRefused(wrong, _("Write it as en, ar or fr."))
    return cell.lower()


def digest(cell: str, _desk: Desk) -> str:
    """A SHA-256 in hexadecimal."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", cell):
        wrong = _("“%(cell)s” is no SHA-256.") % {"cell": cell[:60]}
        raise CellRefused(wrong, _("Write its 64 hexadecimal digits, or leave it empty."))
    return cell.lower()
