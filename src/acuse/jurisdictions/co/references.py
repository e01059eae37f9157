"""The documents that one refers to: what a note corrects, the order, the invoice on paper.

Source: colombia.md 3 (header), 2 (references of notes, type 03).
"""

from __future__ import annotations

from collections.abc import Iterator

from acuse.domain.document import Document, Reference
from acuse.domain.kinds import DocumentKind
from acuse.jurisdictions.co.content import own
from acuse.jurisdictions.co.doubts import CREDIT_REASON, DEBIT_REASON, PAPER_TYPE
from acuse.jurisdictions.co.forms import DEBIT, INVOICE, Form, scheme_of
from acuse.jurisdictions.co.traits import TRAITS
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, maybe, node

_day = leaf("cbc:IssueDate")
_named_uuid = leaf("cbc:UUID", "schemeName")
_period = node("cac:InvoicePeriod")
_start_date, _end_date = leaf("cbc:StartDate"), leaf("cbc:EndDate")
_discrepancy = node("cac:DiscrepancyResponse")
_reference_id, _response = leaf("cbc:ReferenceID"), leaf("cbc:ResponseCode")
_description = leaf("cbc:Description")
_order = node("cac:OrderReference")
_billing = node("cac:BillingReference", "cac:InvoiceDocumentReference")
_additional = node("cac:AdditionalDocumentReference")
_type_code = leaf("cbc:DocumentTypeCode")


def references(document: Document, form: Form) -> Markup:
    """What a note corrects and why, the order, and the invoice on paper behind a type 03."""
    period = document.period
    return joined(
        _period(_start_date(period.start.isoformat()), _end_date(period.end.isoformat()))
        if period
        else EMPTY,
        *_corrected(document, form),
        _ordered(document),
        *(_referred(one, document.kind) for one in document.references if one.fiscal_id),
        _paper(document),
    )


def _corrected(document: Document, form: Form) -> Iterator[Markup]:
    """Why a note is written, once for each document that it corrects, or for its period."""
    if form.root == INVOICE:
        return
    traits = TRAITS.kind(document.kind)
    words = dict(traits.reasons) if traits else {}
    usual = DEBIT_REASON if form.root == DEBIT else CREDIT_REASON
    told = [(one.number, one.reason_code or usual, one.reason) for one in document.references]
    for number, code, reason in told or [("", own(document.extra, "reason_code", usual), "")]:
        described = maybe(_description, reason or words.get(code))
        yield _discrepancy(maybe(_reference_id, number), _response(code), described)


def _referred(one: Reference, note: DocumentKind) -> Markup:
    """The document behind; its UUID carries its own scheme."""
    uuid = _named_uuid(one.fiscal_id, scheme_of(one.kind, note))
    return _billing(ubl.id_(one.number), uuid, _day(one.date.isoformat()))


def _ordered(document: Document) -> Markup:
    if not document.purchase_order:
        return EMPTY
    day = document.extra.get("order_date")
    return _order(ubl.id_(document.purchase_order), _day(day.isoformat()) if day else EMPTY)


def _paper(document: Document) -> Markup:
    """The invoice on paper that this one transcribes (type 03)."""
    number = str(document.extra.get("paper_number") or "")
    if document.kind is not DocumentKind.PAPER_INVOICE or not number:
        return EMPTY
    day = document.extra.get("paper_date")
    return _additional(
        ubl.id_(number), _day(day.isoformat()) if day else EMPTY, _type_code(PAPER_TYPE)
    )
