"""Figures and moments as each country writes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from acuse.domain.money import rounded
from acuse.domain.traits import Traits

SIGNS = {"PEN": "S/", "CRC": "₡", "USD": "US$", "COP": "$"}


def money(amount: Decimal, currency: str, traits: Traits) -> str:
    """The amount with its sign: S/ 1,234.56 or ₡ 1.234,56."""
    text = f"{rounded(amount):,.2f}"
    if traits.words.decimal_mark == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{SIGNS.get(currency, currency)} {text}"


def moment(at: datetime, traits: Traits, *, now: datetime) -> str:
    """ "hoy 10:42:07", or the day too: in the company's own time."""
    zone = ZoneInfo(traits.timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"hoy {local:%H:%M:%S}"
    return f"{local:%d/%m/%Y %H:%M}"


def full_moment(at: datetime, traits: Traits) -> str:
    """The whole date and time with its offset, for a tooltip."""
    return at.astimezone(ZoneInfo(traits.timezone)).strftime("%d/%m/%Y %H:%M:%S %z")
