"""A Colombian issuer with a range for each kind, and its documents, all invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from acuse.domain.document import Document, Line, Tax
from acuse.domain.jurisdiction import Draws, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number, NumberingRange
from acuse.domain.party import Address, Company, Customer, Environment, TaxId
from acuse.jurisdictions.co.seal import seal as seal_document
from tests.support import makers

AT = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)  # 10:30 in Bogotá
TODAY = date(2026, 11, 25)
DRAWS = Draws(file=17)
NIT, BUYER = "999888777", "999000111"
SOFTWARE, PIN = "56f2ae4e-9812-4fad-9255-08fcfcd5ccb0", "75315"
KEY = "fc8eac422eba16e22ffd8c6f94b3f40a6e38162c"  # the public one of the test range
SALES, EXPORTS = "18760000001", "18760000002"

SECRETS = {
    "software_pin": PIN,
    f"technical_key:{SALES}:SETP": KEY,
    f"technical_key:{EXPORTS}:EXPO": KEY,
}

_K = DocumentKind
# kind, series, first, last, resolution ("" where the numbers are our own)
_SERIES = (
    (_K.INVOICE, "SETP", 990000000, 995000000, SALES),
    (_K.EXPORT_INVOICE, "EXPO", 1, 5000, EXPORTS),
    (_K.PAPER_INVOICE, "CONT", 1, 500, "18760000003"),
    (_K.RECEIPT, "POS1", 1, 999999, "18760000004"),
    (_K.PURCHASE, "DS", 984000000, 985000000, "18760000005"),
    (_K.CREDIT_NOTE, "NC", 1, 999999999, ""),
    (_K.DEBIT_NOTE, "ND", 1, 999999999, ""),
    (_K.RECEIPT_NOTE, "NPOS", 1, 999999999, ""),
    (_K.PURCHASE_NOTE, "NDS", 1, 999999999, ""),
)
RANGES = tuple(
    NumberingRange(
        ordinal,
        kind,
        series,
        first,
        last,
        first,
        valid_from=date(2019, 1, 19) if resolution else None,
        valid_until=date(2030, 1, 19) if resolution else None,
        extra={"resolution": resolution} if resolution else {},
    )
    for ordinal, (kind, series, first, last, resolution) in enumerate(_SERIES, start=1)
)
NUMBERS = {
    _K.INVOICE: 990000123,
    _K.PURCHASE: 984000010,
    _K.CREDIT_NOTE: 15,
    _K.DEBIT_NOTE: 8,
}


def company(**changes: Any) -> Company:
    """An issuer that lacks nothing."""
    given: dict[str, Any] = {
        "id": 1,
        "jurisdiction": "CO",
        "environment": Environment.TEST,
        "tax_id": TaxId("NIT", NIT),
        "legal_name": "EMPRESA DE PRUEBA S.A.S.",
        "trade_name": "La Prueba",
        "address": Address("Calle 100 10 20", "11001", "", "BOGOTÁ, D.C.", "BOGOTÁ", "CO"),
        "email": "facturas@empresa.example",
        "phone": "57 601 5550134",
        "electronic_invoicing": True,
        "automatic_delivery": True,
        "certificate": makers.certificate_facts(NIT),
        "secrets": frozenset(
            {"software_pin", f"technical_key:{SALES}:SETP", f"technical_key:{EXPORTS}:EXPO"}
        ),
        "ranges": RANGES,
        "extra": {
            "organization": "1",
            "regime": "48",
            "responsibilities": "O-13;O-15",
            "tax_scheme": "01",
            "activity": "6201",
            "postal_code": "110111",
            "registration": "01234567",
            "software_id": SOFTWARE,
        },
    } | changes
    return Company(**given)


def credential() -> makers.TestCredential:
    """Its key, its PIN and the technical keys of its ranges."""
    return makers.TestCredential(makers.certificate(NIT), makers.key(), **SECRETS)


def buyer(**changes: Any) -> Customer:
    """A company that buys."""
    given: dict[str, Any] = {
        "tax_id": TaxId("NIT", BUYER),
        "name": "COMPRADOR DE PRUEBA S.A.S.",
        "emails": ("compras@comprador.example",),
    } | changes
    return Customer(**given)


def line(
    quantity: str = "2",
    price: str = "50000",
    percent: str | None = "19",
    *,
    extra: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Line:
    """A line with IVA; excluded where `percent` is None."""
    given: dict[str, Any] = {
        "description": "Servicio de prueba",
        "quantity": Decimal(quantity),
        "price": Decimal(price),
        "unit": "94",
        "code": "SRV-1",
        "taxes": () if percent is None else (Tax("IVA", Decimal(percent)),),
        "extra": extra or {},
    } | changes
    return Line(**given)


def document(*lines: Line, **changes: Any) -> Document:
    """An invoice of today: case A of the paper where nothing else is told."""
    kind = changes.get("kind", _K.INVOICE)
    series = next(one.series for one in RANGES if one.kind is kind)
    given: dict[str, Any] = {
        "kind": kind,
        "counterparty": buyer(),
        "lines": lines or (line(),),
        "currency": "COP",
        "date": TODAY,
        "number": Number(series, NUMBERS.get(kind, 1)),
    } | changes
    return Document(**given)


def seal(one: Document | None = None, **changes: Any) -> Sealed:
    """The sealed document; `company`, `at` and `draws` may be told."""
    return seal_document(
        one or document(),
        changes.get("company", company()),
        changes.get("draws", DRAWS),
        changes.get("credential", credential()),
        changes.get("at", AT),
    )
