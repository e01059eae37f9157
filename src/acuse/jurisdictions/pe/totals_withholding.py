"""What is withheld of each payment, exactly; SUNAT's tolerance of ±1 is never used.

Source: peru.md 13; its worked examples 59 and 60 are among the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.money import ZERO, rounded, trimmed
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.pe.content_withholding import (
    SYSTEMS,
    Paid,
    paid,
    regime,
    rounding,
)

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Withheld:
    """One payment in soles: what it comes to, what is withheld of it, what is paid in the end."""

    paid: Paid
    base: Decimal
    amount: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """The document in soles; `net` has the rounding in it."""

    lines: tuple[Withheld, ...]
    percent: Decimal
    base: Decimal
    amount: Decimal
    rounding: Decimal
    net: Decimal


def sums(document: Document) -> Sums:
    """The sums; an unknown regime withholds nothing (the checks refuse it before)."""
    system = SYSTEMS[document.kind]
    percent = system.regimes.get(regime(document), ZERO)
    day = document.date or date.max
    lines = tuple(withheld(paid(line, day), percent, adds=system.adds) for line in document.lines)
    counted = [one for one in lines if one.paid.kind not in system.uncounted]
    off = rounding(document)
    return Sums(
        lines,
        percent,
        sum((one.base for one in counted), ZERO),
        sum((one.amount for one in counted), ZERO),
        off,
        sum((one.net for one in counted), ZERO) + off,
    )


def withheld(one: Paid, percent: Decimal, *, adds: bool) -> Withheld:
    """What is withheld of one payment: paid × rate × percentage, to the cent."""
    if one.informs:
        return Withheld(one, ZERO, ZERO, ZERO)
    exact = one.amount * (one.rate or ZERO if one.foreign else ONE)
    base, amount = rounded(exact), rounded(exact * percent / 100)
    return Withheld(one, base, amount, base + amount if adds else base - amount)


def totals(document: Document) -> Totals:
    """The same in the form that every country gives: the total is what is withheld, in soles."""
    counted = sums(document)
    words = SYSTEMS[document.kind].words.capitalize()
    label = f"{words} {trimmed(counted.percent, 2)} %"
    return Totals(
        lines=tuple(LineTotal(one.base, ZERO, one.amount, one.amount) for one in counted.lines),
        taxes=(TaxTotal(label, counted.base, counted.amount),),
        subtotal=counted.base,
        discount=ZERO,
        tax=counted.amount,
        total=counted.amount,
    )
