"""What a document leaves to be paid, by tariff: net and each tax apart. Source: costa-rica.md 3.8.

A recibo de pago says what was paid net and in tax, in the proportion paid. Amounts are those that
the customer pays: of an exonerated line or one whose tax the issuer bears, what is left of its tax.
Other charges count with what is exempt, since a receipt has no place of their own for them; IVA
given back lowers the IVA, the largest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document, Line
from acuse.domain.money import ZERO
from acuse.domain.shares import shares
from acuse.jurisdictions.cr import content, lists
from acuse.jurisdictions.cr.codes import USUAL_TARIFF
from acuse.jurisdictions.cr.line_sums import NOTHING, PLACES, LineSum
from acuse.jurisdictions.cr.totals import sums


@dataclass(frozen=True, slots=True)
class Rate:
    """How a line is taxed: the code and tariff of its IVA, or the factor of used goods.

    `name` is that of a tax that Hacienda's list does not have.
    """

    code: str
    tariff: str
    factor: Decimal | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One amount of what is sold at a rate: the net, or a tax by its code."""

    rate: Rate
    tax: str = ""


EXEMPT = Rate(lists.IVA, USUAL_TARIFF[ZERO])
Owed = dict[Slot, Decimal]


def owed(document: Document) -> Owed:
    """All amounts of the document; their sum is its total."""
    counted, found = sums(document), Owed()
    for line, line_sum in zip(document.lines, counted.lines, strict=True):
        for slot, amount in _of_line(line, line_sum):
            found[slot] = found.get(slot, NOTHING) + amount
    if counted.charged:
        found[Slot(EXEMPT)] = found.get(Slot(EXEMPT), NOTHING) + counted.charged
    return _without_returned(found, counted.returned)


def left(document: Document, settled: Iterable[Document]) -> Owed:
    """What is left of each amount after receipts and credit notes; never less than nothing."""
    found = owed(document)
    for one in settled:
        for slot, amount in owed(one).items():
            if slot in found:
                found[slot] -= amount
    return {slot: max(amount, NOTHING) for slot, amount in found.items()}


def _of_line(line: Line, counted: LineSum) -> Iterator[tuple[Slot, Decimal]]:
    """A bundle's amounts are those of its parts, which have the tariffs."""
    if not counted.parts:
        yield from _amounts(line, counted, counted.subtotal, borne=False)
        return
    nets = [part.subtotal for part in counted.parts]
    spread = shares(counted.subtotal, nets if any(nets) else [Decimal(1)] * len(nets), PLACES)
    for part, part_sum, net in zip(line.components, counted.parts, spread, strict=True):
        yield from _amounts(part, part_sum, net, borne=bool(counted.assumed))


def _amounts(
    line: Line, counted: LineSum, net: Decimal, *, borne: bool
) -> Iterator[tuple[Slot, Decimal]]:
    """`borne`: by the issuer, as told of the bundle that the line is a part of."""
    added = counted.taxes[-1]  # IVA stands last
    # Told of a receipt's line too, though so little was paid that nothing of that tax was.
    name = content.told(line.extra, "other_tax_name")
    rate = Rate(added.code, added.tariff, added.factor, name)
    yield Slot(rate), net
    for tax in counted.taxes:
        yield Slot(rate, tax.code), NOTHING if borne and tax.code == lists.IVA else tax.charged


def _without_returned(found: Owed, returned: Decimal) -> Owed:
    """The amounts less the IVA given back."""
    of_iva = [slot for slot in found if slot.tax in lists.VALUE_ADDED]
    for slot in sorted(of_iva, key=lambda one: -found[one]):
        off = min(returned, found[slot])
        found[slot] -= off
        returned -= off
    return found
