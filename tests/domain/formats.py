"""An invented country and a small correct document of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from acuse.domain.document import (
    Document,
)
from acuse.domain.intake import read_document
from acuse.domain.kinds import DocumentKind
from acuse.domain.traits import (
    FieldSpec,
    FieldType,
    KindTraits,
    RejectedNumber,
    Scope,
    TaxIdKind,
    Traits,
    Words,
)

TILL = frozenset({DocumentKind.RECEIPT})

# An invented country: the format knows none by name.
TRAITS = Traits(
    code="ZZ",
    timezone="UTC",
    currency="ZZD",
    currencies=("ZZD", "USD"),
    words=Words(*["x"] * 11),
    kinds=(
        KindTraits(DocumentKind.INVOICE, "1", "Factura", "Facturas"),
        KindTraits(DocumentKind.RECEIPT, "2", "Tiquete", "Tiquetes"),
    ),
    tax_ids=(TaxIdKind("TIN", "Número", "1"), TaxIdKind("PASS", "Pasaporte", "2")),
    fields=(
        FieldSpec("plan", Scope.DOCUMENT, FieldType.INTEGER, "Plan"),
        FieldSpec("trip", Scope.DOCUMENT, FieldType.DATE, "Viaje"),
        FieldSpec("zone", Scope.CUSTOMER, FieldType.TEXT, "Zona"),
        FieldSpec("good", Scope.LINE, FieldType.TEXT, "Bien", required=True),
        FieldSpec("till", Scope.DOCUMENT, FieldType.TEXT, "Caja", kinds=TILL),
        FieldSpec("shelf", Scope.LINE, FieldType.TEXT, "Estante", kinds=TILL),
        FieldSpec("weight", Scope.LINE, FieldType.DECIMAL, "Peso"),
        FieldSpec("fragile", Scope.LINE, FieldType.BOOLEAN, "Frágil"),
        FieldSpec(
            "grade", Scope.LINE, FieldType.CHOICE, "Grado", choices=(("A", "Alto"), ("B", "Bajo"))
        ),
    ),
    secrets=(),
    units=(("U", "Unidad"),),
    taxes=(("VAT", "10", "IVA 10 %"), ("EXC", "5", "Especial")),
    rejected_number=RejectedNumber.NEW,
)


def small(**changes: Any) -> dict[str, Any]:
    """A small correct document; `changes` replace its fields."""
    client = {
        "name": "Ana Paz",
        "identificationObject": {"type": "TIN", "number": "123"},
        "email": "ana@paz.example",
    }
    return {"client": client, "items": [item()]} | changes


def item(**changes: Any) -> dict[str, Any]:
    return {"name": "Silla", "price": "10.50", "quantity": 2, "extra": {"good": "77"}} | changes


def read(raw: Mapping[str, object]) -> Document:
    document = read_document(raw, TRAITS, rehearsal=True)
    assert isinstance(document, Document), document
    return document


def problems_of(raw: Mapping[str, object]) -> list[tuple[str, str]]:
    found = read_document(raw, TRAITS, rehearsal=True)
    assert isinstance(found, tuple), found
    assert all(one.text and one.rule for one in found)
    return [(one.field, one.code) for one in found]
