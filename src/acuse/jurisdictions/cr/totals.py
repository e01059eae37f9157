"""The summary to five decimals. Source: costa-rica.md 3.5 and 3.8.

Sums are exact. Every amount here has exactly five decimals, so that `str` is how it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.document import Document
from acuse.domain.money import ZERO, rounded
from acuse.domain.totals import LineTotal, TaxTotal, Totals
from acuse.jurisdictions.cr import content, lists
from acuse.jurisdictions.cr.codes import TARIFFS
from acuse.jurisdictions.cr.content import Means
from acuse.jurisdictions.cr.face_words import rate_words
from acuse.jurisdictions.cr.line_sums import NOTHING, PLACES, LineSum, line_sum


@dataclass(frozen=True, slots=True)
class Sums:
    """The summary as Hacienda counts it; `classes` maps (service?, class) to its gross amount."""

    lines: tuple[LineSum, ...]
    classes: dict[tuple[bool, str], Decimal]
    sale: Decimal  # TotalVenta
    discount: Decimal
    net: Decimal  # TotalVentaNeta
    taxes: tuple[tuple[str, str, Decimal], ...]  # tax, tariff ("" for none), amount charged
    tax: Decimal  # TotalImpuesto
    assumed: Decimal  # TotalImpAsumEmisorFabrica
    charges: tuple[Decimal, ...]  # MontoCargo of each
    returned: Decimal  # TotalIVADevuelto
    means: tuple[tuple[Means, Decimal], ...]
    total: Decimal  # TotalComprobante

    @property
    def charged(self) -> Decimal:
        """TotalOtrosCargos."""
        return sum(self.charges, NOTHING)


def sums(document: Document) -> Sums:
    """The sums; a line of unknown tariff counts as exempt (checks refuse it before)."""
    lines = tuple(line_sum(line) for line in document.lines)
    classes: dict[tuple[bool, str], Decimal] = {}
    taxes: dict[tuple[str, str], Decimal] = {}
    sale = net = tax = assumed = NOTHING
    for line in lines:
        for name, amount in line.classes:
            place = (line.service, name)
            classes[place] = classes.get(place, NOTHING) + amount
        for one in line.taxes:
            key = (one.code, one.tariff)
            taxes[key] = taxes.get(key, NOTHING) + one.charged
        sale += line.gross
        net += line.subtotal
        tax += line.charged
        assumed += line.assumed
    charges = tuple(rounded(one.of(net), PLACES) for one in document.charges)
    returned = rounded(content.returned(document), PLACES)
    total = net + tax + sum(charges, NOTHING) - returned
    return Sums(
        lines=lines,
        classes=classes,
        sale=sale,
        discount=sale - net,
        net=net,
        taxes=tuple((code, tariff, taxes[code, tariff]) for code, tariff in sorted(taxes)),
        tax=tax,
        assumed=assumed,
        charges=charges,
        returned=returned,
        means=_means(document, total),
        total=total,
    )


def _means(document: Document, total: Decimal) -> tuple[tuple[Means, Decimal], ...]:
    """Each means of payment with its amount: the first has what the others leave."""
    first, *further = content.means(document)
    paid = [(one, rounded(one.amount or ZERO, PLACES)) for one in further]
    return ((first, total - sum((amount for _, amount in paid), NOTHING)), *paid)


def totals(document: Document) -> Totals:
    """The same in the form that every country gives."""
    counted = sums(document)
    found: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for line in counted.lines:
        for tax in line.taxes:
            base, amount = found.get((tax.code, tax.tariff), (ZERO, ZERO))
            found[tax.code, tax.tariff] = (base + line.subtotal, amount + tax.charged)
    return Totals(
        lines=tuple(
            LineTotal(line.subtotal, line.gross - line.subtotal, line.charged, line.total)
            for line in counted.lines
        ),
        taxes=tuple(
            TaxTotal(label, base, amount) for label, (base, amount) in _labelled(found).items()
        ),
        subtotal=counted.net,
        discount=counted.discount,
        tax=counted.tax,
        total=counted.total,
    )


def _labelled(
    found: dict[tuple[str, str], tuple[Decimal, Decimal]],
) -> dict[str, tuple[Decimal, Decimal]]:
    """By words: tariffs of one rate are one row, the highest first, other taxes after IVA."""

    def order(key: tuple[str, str]) -> tuple[bool, Decimal, str]:
        code, tariff = key
        return code not in lists.VALUE_ADDED, -TARIFFS.get(tariff, ZERO), code

    rows: dict[str, tuple[Decimal, Decimal]] = {}
    for key in sorted(found, key=order):
        label = rate_words(*key)
        base, amount = rows.get(label, (ZERO, ZERO))
        rows[label] = (base + found[key][0], amount + found[key][1])
    return rows
