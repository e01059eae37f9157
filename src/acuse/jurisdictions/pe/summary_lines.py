"""A document as one line of the daily summary: the one place that reads its sums for that.

Source: peru.md 6 and the published sheet of the summary. Sales by affectation (catalogue 11) are
the header's bases; a tax stands there once, IGV or IVAP always, the others where there is some.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from acuse.domain.batch import Member, MemberAction
from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.money import ZERO
from acuse.jurisdictions.pe import content, services, totals

STATES = {  # catalogue 19
    MemberAction.ADD: "1",
    MemberAction.MODIFY: "2",
    MemberAction.VOID: "3",
}
SALES = {  # tribute of the header's base: code of catalogue 11, in its order
    "1000": "01",
    "1016": "01",
    "9997": "02",
    "9998": "03",
    "9995": "04",
    "9996": "05",
}
IGV, IVAP = "1000", "1016"
OTHER_TAXES = ("2000", "7152", "9999")
REGIMES = {"51": "01", "52": "02", "53": "03"}  # catalogue 53: catalogue 22
MODIFIES = {DocumentKind.CREDIT_NOTE, DocumentKind.DEBIT_NOTE}


@dataclass(frozen=True, slots=True)
class Perception:
    """What was collected on top of a boleta, in soles; `regime` of catalogue 22."""

    regime: str
    percent: Decimal
    amount: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line; amounts in the document's currency, `sales` and `taxes` by their codes."""

    code: str
    number: str
    identity: tuple[str, str]  # kind of catalogue 06, number; a dash for both of nobody's
    state: str
    currency: str
    total: Decimal
    sales: tuple[tuple[str, Decimal], ...]
    taxes: tuple[tuple[str, Decimal], ...]
    charges: Decimal = ZERO
    modifies: tuple[str, str] | None = None  # number and kind of the document that a note corrects
    perception: Perception | None = None


def line_of(member: Member) -> SummaryLine:
    """The member's line; of one that is taken back the values are repeated as they were added."""
    document = member.document
    counted = totals.sums(document)
    return SummaryLine(
        code=services.KIND_CODES[document.kind],
        number=member.number,
        identity=identity(document),
        state=STATES[member.action],
        currency=document.currency,
        total=counted.payable,
        sales=_sales(counted),
        taxes=_taxes(counted),
        charges=counted.charge,
        modifies=_modifies(document),
        perception=_perception(counted, member.action),
    )


def identity(document: Document) -> tuple[str, str]:
    """Kind and number of the buyer's identity, a dash for both of nobody's."""
    tax_id = document.counterparty.tax_id
    code = content.IDENTITIES.get(tax_id.kind, content.NOBODY)
    known = code != content.NOBODY and bool(tax_id.number)
    return (code, tax_id.number) if known else (content.NOBODY, content.NOBODY)


def _sales(counted: totals.Sums) -> tuple[tuple[str, Decimal], ...]:
    by_code: dict[str, Decimal] = {}
    for tribute, base, _ in counted.bases:
        code = SALES.get(tribute)
        if code and base:
            by_code[code] = by_code.get(code, ZERO) + base
    return tuple(sorted(by_code.items()))


def _taxes(counted: totals.Sums) -> tuple[tuple[str, Decimal], ...]:
    amounts = {tribute: tax for tribute, _, tax in counted.bases}
    first = IVAP if IVAP in amounts else IGV
    others = ((tribute, amounts[tribute]) for tribute in OTHER_TAXES if amounts.get(tribute))
    return ((first, amounts.get(first, ZERO)), *others)


def _modifies(document: Document) -> tuple[str, str] | None:
    if document.kind not in MODIFIES or not document.references:
        return None
    about = document.references[0]
    told = str(document.extra.get("modified_type", "") or "")
    kind = about.kind or DocumentKind.RECEIPT
    return about.number, told or services.KIND_CODES.get(kind, "03")


def _perception(counted: totals.Sums, action: MemberAction) -> Perception | None:
    """Only a boleta that is added or voided may tell of one (2986)."""
    held = counted.perception
    if held is None or action is MemberAction.MODIFY:
        return None
    return Perception(REGIMES[held.code], held.percent, held.amount, held.base)
