"""Discounts and charges of the whole document, and advances, with their codes of catalogue 53.

Source: peru.md 3.4 and 3.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from acuse.domain.document import Adjustment, Document
from acuse.domain.money import ZERO, rounded
from acuse.jurisdictions.pe import content, ids
from acuse.jurisdictions.pe.codes import AFFECTATIONS, EXEMPT, IGV, IVAP, UNTAXED
from acuse.jurisdictions.pe.line_sums import HUNDRED, NOTHING, LineSum

CHARGES = frozenset({"45", "46", "49", "50"})
AFTER = frozenset({"03", "45", "46", "50", "63"})  # which leave the IGV as it is
ADVANCES = {IGV: "04", IVAP: "04", EXEMPT: "05", UNTAXED: "06"}
OWN = (("other_discount", "03"), ("other_charge", "50"), ("tip", "46"), ("income_retention", "63"))


@dataclass(frozen=True, slots=True)
class Global:
    """A discount or charge of the document; `tax` is the IGV inside of what was told with it."""

    code: str
    amount: Decimal
    base: Decimal
    tax: Decimal = NOTHING

    @property
    def is_charge(self) -> bool:
        """Whether it is put on top."""
        return self.code in CHARGES

    @property
    def signed(self) -> Decimal:
        """What it changes."""
        return self.amount if self.is_charge else -self.amount

    @property
    def signed_tax(self) -> Decimal:
        """What it changes of the IGV, where prices have it inside."""
        return self.tax if self.is_charge else -self.tax


@dataclass(frozen=True, slots=True)
class Advance:
    """Money received before, and the document that told of it."""

    number: str
    kind: str  # catalogue 12: 02 factura, 03 boleta
    tribute: str
    paid: Decimal  # with tax
    net: Decimal
    isc: Decimal
    received: date

    @property
    def tax(self) -> Decimal:
        """The IGV that was paid with it."""
        return self.paid - self.net - self.isc if self.tribute in (IGV, IVAP) else NOTHING

    @property
    def code(self) -> str:
        """The code of its base among the discounts."""
        return ADVANCES[self.tribute]


def globals_of(
    document: Document,
    lines: tuple[LineSum, ...],
    taxed: str,
    *,
    after: bool,
    base: Decimal,
    inclusive: Decimal = NOTHING,
) -> tuple[Global, ...]:
    """Those before tax (02 and 49), or those `after`; percentages are of what they stand on."""
    if not (document.discounts or document.charges or document.extra):
        return ()
    if not after:
        return tuple(_before(document, lines, taxed))
    return tuple(_after(document, base, inclusive))


def _told(document: Document) -> Iterator[tuple[str, Adjustment]]:
    off = content.own(document.extra, "discount_code", "02")
    on = content.own(document.extra, "charge_code", "49")
    yield from ((off, one) for one in document.discounts)
    yield from ((on, one) for one in document.charges)


def _before(document: Document, lines: tuple[LineSum, ...], taxed: str) -> Iterator[Global]:
    mine = [one for one in lines if one.tribute == taxed]
    value = sum((one.value for one in mine), NOTHING)
    rate = mine[0].rate if mine else ZERO
    shown = value + sum((one.tax for one in mine), NOTHING)
    for code, one in _told(document):
        if code in AFTER:
            continue
        if not document.prices_with_tax:
            yield Global(code, rounded(one.of(value)), value)
            continue
        told = rounded(one.of(shown))
        amount = rounded(told / (1 + rate / HUNDRED))
        yield Global(code, amount, value, told - amount)


def _after(document: Document, base: Decimal, inclusive: Decimal) -> Iterator[Global]:
    for code, one in _told(document):
        if code in AFTER:
            on = base if code in CHARGES else inclusive
            yield Global(code, rounded(one.of(on)), on)
    for name, code in OWN:
        amount = content.amount(document.extra, name)
        if amount:
            yield Global(code, amount, inclusive if code == "03" else base)


def advances(document: Document, lines: tuple[LineSum, ...], taxed: str) -> tuple[Advance, ...]:
    """The advances, each taxed as what it was for; their ISC is taken from the first taxed one."""
    if not document.prepayments:
        return ()
    isc = content.amount(document.extra, "prepaid_isc")
    usual, rate = _usual(lines), _rate(lines, taxed)
    found = []
    for index, one in enumerate(document.prepayments):
        code = content.prepaid_affectation(document, index, usual)
        tribute = taxed if code in ("10", "17") else AFFECTATIONS.get(code, (taxed, ""))[0]
        net, mine = one.amount, NOTHING
        if tribute == taxed:
            mine, isc = isc, NOTHING
            net = rounded(one.amount / (1 + rate / HUNDRED)) - mine
        number = one.reference.strip()
        kind = "03" if ids.family(number) == "B" else "02"
        found.append(Advance(number, kind, tribute, one.amount, net, mine, one.received))
    return tuple(found)


def _usual(lines: Iterable[LineSum]) -> str:
    """What advances are for where nobody says: what the document sells first."""
    sold = (one.affectation for one in lines if not one.free)
    return next(sold, "10")


def _rate(lines: Iterable[LineSum], taxed: str) -> Decimal:
    return next((one.rate for one in lines if one.tribute == taxed), ZERO)
