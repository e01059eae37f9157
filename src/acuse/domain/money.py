"""Decimal amounts and the one way they are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

ZERO = Decimal(0)
CENT = Decimal("0.01")


def rounded(amount: Decimal, places: int = 2) -> Decimal:
    """The amount with exactly so many decimals, halves away from zero."""
    with localcontext() as context:
        context.prec = 60
        return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(amount: Decimal, places: int) -> str:
    """The amount as authorities want it: a point, fixed decimals, no exponent, no thousands."""
    return f"{rounded(amount, places):.{places}f}"


def trimmed(amount: Decimal, most: int, least: int = 0) -> str:
    """The amount with at most `most` decimals, trailing zeros gone down to `least`."""
    text = f"{rounded(amount, most):.{most}f}"
    if most == 0:
        return text
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole
