"""Facturas, boletas and their notes as XML, element by element in the order of peru.md 3.1–3.8.

Attributes that SUNAT makes optional are left out: present, they must have exactly its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.jurisdictions.pe import content, parties
from acuse.jurisdictions.pe.compose_around import (
    delivery,
    despatches,
    discrepancy,
    modified,
    related,
)
from acuse.jurisdictions.pe.compose_lines import Writers, line, writers
from acuse.jurisdictions.pe.compose_terms import (
    allowances,
    means,
    prepayments,
    tax_total,
    terms,
    total,
)
from acuse.jurisdictions.pe.ids import number_text
from acuse.jurisdictions.pe.legends import legends
from acuse.jurisdictions.pe.totals import Sums, sums
from acuse.jurisdictions.pe.traits import TRAITS
from acuse.xml import ubl
from acuse.xml.build import EMPTY, Markup, joined, leaf, namespace_declarations, node

EXTENSION = ("ext:UBLExtensions", "ext:UBLExtension", "ext:ExtensionContent")
AFTER = "".join(f"</{name}>" for name in reversed(EXTENSION))

_versions = joined(leaf("cbc:UBLVersionID")("2.1"), leaf("cbc:CustomizationID")("2.0"))
_issue_date = leaf("cbc:IssueDate")
_issue_time = leaf("cbc:IssueTime")
_due_date = leaf("cbc:DueDate")
_type_code = leaf("cbc:InvoiceTypeCode", "listID")
_note = leaf("cbc:Note", "languageLocaleID")
_currency_code = leaf("cbc:DocumentCurrencyCode")
_line_count = leaf("cbc:LineCountNumeric")
_order_reference = node("cac:OrderReference")


@dataclass(frozen=True, slots=True)
class Composition:
    """A document's canonical text before and after the place of its signature."""

    before: str
    after: str
    namespaces: dict[str, str]


@dataclass(frozen=True, slots=True)
class Root:
    """A document element: what its start and end say."""

    name: str

    @property
    def namespaces(self) -> dict[str, str]:
        """The declarations in scope of the signature."""
        return {"": f"{ubl.UBL}{self.name}-2", **ubl.NAMESPACES}

    def around(self, *parts: Markup) -> Composition:
        """The document with these parts behind the extension that is signed."""
        start = f"<{self.name}{namespace_declarations(self.namespaces)}>"
        opened = "".join(f"<{name}>" for name in EXTENSION)
        body = "".join(parts)
        return Composition(f"{start}{opened}", f"{AFTER}{body}</{self.name}>", self.namespaces)


ROOTS = {
    DocumentKind.INVOICE: Root("Invoice"),
    DocumentKind.RECEIPT: Root("Invoice"),
    DocumentKind.CREDIT_NOTE: Root("CreditNote"),
    DocumentKind.DEBIT_NOTE: Root("DebitNote"),
}


def compose(document: Document, company: Company, at: datetime) -> Composition:
    """The document of one of the four kinds."""
    counted = sums(document)
    money = writers(document.currency)
    debit = document.kind is DocumentKind.DEBIT_NOTE
    # In a debit note these stand before the place of delivery and the payment, else behind them.
    received = (
        prepayments(counted, money),
        allowances(document, counted, money),
    )
    paid = (delivery(document), means(document, company, counted), terms(document, counted, money))
    return ROOTS[document.kind].around(
        _head(document, counted, at),
        _references(document, company, counted),
        _parties(document, company),
        *(received + paid if debit else paid + received),
        tax_total(counted, money),
        total(document, counted, money),
        *_lines(document, counted, money),
    )


def _head(document: Document, counted: Sums, at: datetime) -> Markup:
    assert document.number is not None
    assert document.date is not None
    note, due = content.is_note(document), document.payment.due
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    return joined(
        _versions,
        ubl.id_(number_text(document.number)),
        _issue_date(document.date.isoformat()),
        _issue_time(at.astimezone(content.LIMA).strftime("%H:%M:%S")),
        _due_date(due.isoformat()) if due and not note else EMPTY,
        EMPTY if note else _type_code(kind.code, content.operation_type(document)),
        *(_note(text, code) for code, text in legends(document, counted)),
        _currency_code(document.currency),
        _line_count(str(len(document.lines))),
    )


def _references(document: Document, company: Company, counted: Sums) -> Markup:
    order = document.purchase_order
    return joined(
        discrepancy(document),
        _order_reference(ubl.id_(order)) if order else EMPTY,
        modified(document),
        despatches(document),
        related(document, company, counted),
    )


def _parties(document: Document, company: Company) -> Markup:
    assert document.number is not None
    ticket = content.ticket(document)
    return joined(
        parties.signature(company, number_text(document.number)),
        parties.supplier(
            company.tax_id.number,
            company.legal_name,
            company.trade_name,
            content.annex(company),
            company.address,
            ticket.agency if ticket else "",
        ),
        parties.customer(document.counterparty),
    )


def _lines(document: Document, counted: Sums, money: Writers) -> list[Markup]:
    pairs = zip(document.lines, counted.lines, strict=True)
    return [
        line(document.kind, ordinal, one, of_it, money)
        for ordinal, (one, of_it) in enumerate(pairs, start=1)
    ]
