"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal


def amount(value: Decimal | int | None) -> str:
    """A number without trailing zeros, with thousands set apart; "" for none."""
    if value is None:
        return ""
    plain = Decimal(value).normalize()
    places = max(-int(plain.as_tuple().exponent), 0)
    return f"{plain:,.{places}f}"
