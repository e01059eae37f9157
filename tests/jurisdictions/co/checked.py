"""A Colombian issuer of every kind, a good document of each, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line, Payment, PaymentForm, Period, Reference, Tax
from acuse.domain.jurisdiction import Purpose
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Address, Company, Customer, TaxId
from acuse.jurisdictions.co import checks, checks_company
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.dian import BUYER, CUFE, NIT, SOFTWARE
from tests.support.makers import AT, certificate_facts

D = Decimal
K = DocumentKind
TODAY = date(2026, 11, 25)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
RESOLUTION = "18760000001"
KEY = f"technical_key:{RESOLUTION}:{{}}"  # of a prefix
EXTRA = {
    "organization": "1",
    "regime": "48",
    "responsibilities": "O-13;O-15",
    "tax_scheme": "01",
    "activity": "6201;4690",
    "registration": "12345678",
    "postal_code": "110111",
    "software_id": SOFTWARE,
}
ADDRESS = Address("Calle 100 10 20", "11001", "", "Bogotá, D.C.", "Bogotá", "CO")
SELLER = Address("Vereda El Ejemplo, casa 4", "05001", "", "Medellín", "Antioquia", "CO")
PREFIXES = {
    K.INVOICE: "SETP",
    K.EXPORT_INVOICE: "EXPO",
    K.PAPER_INVOICE: "CTG",
    K.RECEIPT: "POS",
    K.PURCHASE: "DS",
    K.CREDIT_NOTE: "NC",
    K.DEBIT_NOTE: "ND",
    K.RECEIPT_NOTE: "NP",
    K.PURCHASE_NOTE: "NS",
}
AUTHORISED = (K.INVOICE, K.EXPORT_INVOICE, K.PAPER_INVOICE, K.RECEIPT, K.PURCHASE)
CORRECTED = {
    K.CREDIT_NOTE: K.INVOICE,
    K.DEBIT_NOTE: K.INVOICE,
    K.RECEIPT_NOTE: K.RECEIPT,
    K.PURCHASE_NOTE: K.PURCHASE,
}
CASH = {
    "cash_register": "CAJA-01",
    "cash_place": "Local 4",
    "cash_kind": "Principal",
    "cashier": "Ana Inventada",
    "sale_code": "V-1",
}
OWN = {  # what a kind needs beyond what every document has
    K.PAPER_INVOICE: {"paper_number": "CTG17", "paper_date": YESTERDAY},
    K.RECEIPT: CASH,
}


def numbering(kind: DocumentKind = K.INVOICE, **changes: Any) -> NumberingRange:
    """A range of that kind, open today."""
    given: dict[str, Any] = {
        "id": 1,
        "kind": kind,
        "series": PREFIXES[kind],
        "first": 990_000_000,
        "last": 995_000_000,
        "next": 990_000_123,
    }
    if kind in AUTHORISED:
        given |= {
            "valid_from": date(2026, 1, 19),
            "valid_until": date(2028, 1, 19),
            "extra": {"resolution": RESOLUTION},
        }
    return NumberingRange(**given | changes)


RANGES = tuple(numbering(kind) for kind in PREFIXES)


def company(**changes: Any) -> Company:
    """A company that may issue every kind, with the key of each of its ranges."""
    ranges = changes.get("ranges", RANGES)
    given: dict[str, Any] = {
        "address": ADDRESS,
        "certificate": certificate_facts(NIT),
        "secrets": frozenset({"software_pin", *(KEY.format(one.series) for one in ranges)}),
        "ranges": ranges,
        "extra": EXTRA,
    } | changes
    return dian.company(**given)


def buyer(**changes: Any) -> Customer:
    """A company that buys."""
    given: dict[str, Any] = {
        "tax_id": TaxId("NIT", BUYER),
        "name": "COMPRADOR DE PRUEBA S.A.S.",
        "emails": ("compras@comprador.example",),
    } | changes
    return Customer(**given)


CONSUMER = Customer(TaxId("CC", "222222222222"), "consumidor final")


def line(**changes: Any) -> Line:
    """Two units of 50 000 with IVA 19 %."""
    given: dict[str, Any] = {
        "description": "Silla de oficina",
        "quantity": D(2),
        "price": D(50_000),
        "unit": "94",
        "code": "SILLA-1",
        "taxes": (Tax("IVA", D(19)),),
    } | changes
    return Line(**given)


def reference(kind: DocumentKind = K.INVOICE, **changes: Any) -> Reference:
    """An accepted document that a note corrects."""
    given: dict[str, Any] = {
        "number": f"{PREFIXES[kind]}990000100",
        "date": YESTERDAY,
        "fiscal_id": CUFE,
        "kind": kind,
        "reason_code": "1",
        "reason": "Devolución de una silla",
    } | changes
    return Reference(**given)


def document(kind: DocumentKind = K.INVOICE, **changes: Any) -> Document:
    """A good document of that kind."""
    given: dict[str, Any] = {
        "kind": kind,
        "counterparty": buyer(address=SELLER) if kind is K.PURCHASE else buyer(),
        "lines": (line(),),
        "currency": "COP",
        "date": TODAY,
        "extra": OWN.get(kind, {}),
        "references": (reference(CORRECTED[kind]),) if kind in CORRECTED else (),
    } | changes
    if kind is K.PURCHASE_NOTE and "counterparty" not in changes:
        given["counterparty"] = buyer(address=SELLER)
    return Document(**given)


def of(one: Document, issuer: Company | None = None) -> list[tuple[str, str]]:
    """Field and code of what is told of a document."""
    found = checks.document_problems(one, issuer or company(), AT)
    return [(problem.field, problem.code) for problem in found]


def of_line(**changes: Any) -> list[tuple[str, str]]:
    """What is told of an invoice whose one line has these changes."""
    return of(document(lines=(line(**changes),)))


def of_company(purpose: Purpose = Purpose.ISSUE, **changes: Any) -> list[tuple[str, str]]:
    """What is told of a company with these changes."""
    found = checks_company.company_problems(company(**changes), AT, purpose)
    return [(problem.field, problem.code) for problem in found]


def with_extra(**changes: Any) -> dict[str, Any]:
    """The company's own fields, with changes."""
    return EXTRA | changes


CREDIT = Payment(PaymentForm.CREDIT, "TRANSFER", TODAY + timedelta(days=30))
LAST_MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))


def replaced(value: Any, **changes: Any) -> Any:
    """The value with some fields changed."""
    return replace(value, **changes)
