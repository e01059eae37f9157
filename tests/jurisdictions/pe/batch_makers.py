"""Boletas, notes and batches of a Peruvian issuer, all invented, with defaults."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from acuse.domain.batch import Batch, BatchKind, Member, MemberAction
from acuse.domain.document import Document, Reference
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Company, TaxId
from acuse.jurisdictions.pe import jurisdiction
from acuse.jurisdictions.pe.compose_batch import around, summary
from acuse.jurisdictions.pe.seal_batch import sign
from acuse.jurisdictions.pe.summary_lines import SummaryLine
from tests.support.makers import AT, company, credential, customer, document, line

D = Decimal
DAY = date(2026, 11, 25)  # AT in Lima
ADD, MODIFY, VOID = MemberAction.ADD, MemberAction.MODIFY, MemberAction.VOID


def boleta(value: int = 7, **changes: Any) -> Document:
    """A boleta of 118.00 to somebody with a DNI."""
    given: dict[str, Any] = {
        "kind": DocumentKind.RECEIPT,
        "number": Number("B001", value),
        "date": DAY,
        "counterparty": customer(tax_id=TaxId("DNI", "12345678"), name="Rosa Inventada Quispe"),
    } | changes
    return document(**given)


def note(value: int = 3, about: str = "B001-7", **changes: Any) -> Document:
    """A credit note of 11.80 to a boleta."""
    given: dict[str, Any] = {
        "kind": DocumentKind.CREDIT_NOTE,
        "number": Number("BC01", value),
        "references": (Reference(about, DAY, kind=DocumentKind.RECEIPT, reason_code="07"),),
        "lines": (line(quantity=D(1), price=D(10)),),
    } | changes
    return boleta(**given)


def member(one: Document, action: MemberAction = ADD, reason: str = "") -> Member:
    """The document in a batch, under its printed number."""
    assert one.number is not None
    return Member(one, f"{one.number.series}-{one.number.value}", action, reason)


def batch(*members: Member, kind: BatchKind = BatchKind.SUMMARY, **changes: Any) -> Batch:
    """A batch of the documents of the day, made on it."""
    given: dict[str, Any] = {
        "kind": kind,
        "reference_date": DAY,
        "made_on": DAY,
        "ordinal": 1,
        "members": members or (member(boleta()),),
    } | changes
    return Batch(**given)


def seal(one: Batch, issuer: Company | None = None) -> Sealed:
    """The signed batch."""
    return jurisdiction.clerk.seal_batch(one, issuer or company(), credential(), AT)


def seal_lines(*lines: SummaryLine) -> Sealed:
    """A signed summary of these very lines."""
    one = batch()
    parts = around(one, company(), summary(lines))
    return sign(one, company(), credential(), AT, parts)
