"""Documents as the SDK's input model wants them, of invented parties; the amounts are ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sunat_told
from sunat_told import LIMA

Document = dict[str, Any]

DAY = sunat_told.today()
ADDRESS = {
    "ubigeo": "150101",
    "country_code": "PE",
    "department": "LIMA",
    "province": "LIMA",
    "district": "LIMA",
    "street": "Calle Inventada 1",
    "establishment_code": "0000",
}
LINE = {
    "product_code": "P001",
    "description": "Servicio",
    "unit": "ZZ",
    "quantity": "1",
    "unit_value": "100",
    "unit_price": "118",
    "affectation": "10",
    "igv_base": "100.00",
    "igv_rate": "18",
    "igv": "18.00",
    "total_taxes": "18.00",
    "line_value": "100.00",
}
EXEMPT = LINE | {
    "unit_value": "30",
    "unit_price": "30",
    "affectation": "20",
    "igv_base": "30.00",
    "igv_rate": "0",
    "igv": "0.00",
    "total_taxes": "0.00",
    "line_value": "30.00",
}
TOTALS = {
    "taxed": "100.00",
    "igv": "18.00",
    "total_taxes": "18.00",
    "sale_value": "100.00",
    "subtotal": "118.00",
    "payable": "118.00",
}
MIXED = TOTALS | {
    "exempt": "30.00",
    "sale_value": "130.00",
    "subtotal": "148.00",
    "payable": "148.00",
}
CASH = {"payment_terms": {"type": "Contado"}}


def now() -> str:
    """The moment in Lima, as the SDK wants it."""
    return datetime.now(LIMA).isoformat(timespec="seconds")


def note(code: str, reason: str) -> Document:
    """What a note says of F001-1."""
    return {
        "reason_code": code,
        "reason": reason,
        "affected_document_type": "01",
        "affected_document_number": "F001-1",
    }


def summary(issuer: Document, person: Document) -> Document:
    """A summary that adds a boleta of 118.00."""
    line = {
        "document_type": "03",
        "document_number": "B001-7",
        "status": "1",
        "customer_document_type": person["document_type"],
        "customer_document_number": person["document_number"],
        "total": "118.00",
        "taxed": "100.00",
        "igv": "18.00",
        "igv_rate": "18",
    }
    days = {"reference_date": f"{DAY}", "generation_date": f"{DAY}"}
    return {
        "kind": "summary",
        "number": "1",
        "currency": "PEN",
        "issuer": issuer,
        "lines": [line],
        **days,
    }


def voided(issuer: Document) -> Document:
    """A communication that voids F001-2."""
    return _voiding("voided", issuer, document_type="01", series="F001", number="2")


def reversal(issuer: Document) -> Document:
    """A reversal of the liquidación."""
    return _voiding("reversal", issuer, document_type="04", series="L001", number="1")


def _voiding(kind: str, issuer: Document, **line: str) -> Document:
    days = {"generation_date": f"{DAY}", "communication_date": f"{DAY}"}
    lines = [{**line, "reason": "Error al digitar"}]
    return {"kind": kind, "number": "1", "issuer": issuer, "lines": lines, **days}


def retention(issuer: Document, supplier: Document) -> Document:
    """A retención of 3 % of one payment of 1180.00."""
    line = {
        "related_document": {
            "document_type": "01",
            "number": "F001-100",
            "issue_date": f"{DAY}",
            "currency": "PEN",
            "total": "1180.00",
        },
        "payment": {"number": 1, "amount": "1180.00", "date": f"{DAY}"},
        "retention": {"amount": "35.40", "date": f"{DAY}", "net_paid": "1144.60"},
    }
    return {
        "kind": "retention",
        "ubl_version": "2.0",
        "document_type": "20",
        "series": "R001",
        "number": "1",
        "issue_date": now(),
        "issuer": issuer,
        "supplier": supplier,
        "regime": "01",
        "rate": "3.00",
        "total_retained": "35.40",
        "total_paid": "1144.60",
        "lines": [line],
    }


def purchase(issuer: Document, seller: Document) -> Document:
    """A liquidación de compra of 100.00, of which 1.50 are withheld."""
    place = {name: ADDRESS[name] for name in ADDRESS if name != "establishment_code"}
    line = LINE | {
        "sunat_product_code": "50161509",
        "unit": "KGM",
        "unit_price": "100",
        "affectation": "30",
        "igv_rate": "0",
        "igv": "0.00",
        "total_taxes": "0.00",
        "income_tax_retention": {"base": "100.00", "rate": "1.50", "amount": "1.50"},
    }
    return {
        "kind": "self_billed",
        "ubl_version": "2.1",
        "document_type": "04",
        "operation_type": "0501",
        "series": "L001",
        "number": "1",
        "issue_date": now(),
        "currency": "PEN",
        "issuer": issuer,
        "seller": {**seller, "address": {**place, "address_type": "01"}},
        "operation_place": {**place, "location_type": "01"},
        "lines": [line],
        "totals": {
            "unaffected": "100.00",
            "igv": "0.00",
            "total_taxes": "0.00",
            "income_tax_retention_base": "100.00",
            "income_tax_retention": "1.50",
            "sale_value": "100.00",
            "subtotal": "100.00",
            "payable": "98.50",
        },
        "legends": [],
    }


def guia(issuer: Document, recipient: Document) -> Document:
    """A guía of the sender, by private transport."""
    driver = {
        "document_type": "1",
        "document_number": "40404040",
        "first_name": "ANA",
        "family_name": "PRUEBA",
        "license": "Q40404040",
    }
    return {
        "kind": "despatch",
        "ubl_version": "2.1",
        "document_type": "09",
        "series": "T001",
        "number": "1",
        "issue_date": now(),
        "issuer": issuer,
        "recipient": recipient,
        "shipment": {
            "reason_code": "01",
            "transport_mode": "02",
            "start_date": f"{DAY + timedelta(days=1)}",
            "gross_weight": "10.000",
            "weight_unit": "KGM",
            "packages": "1",
            "origin": {"ubigeo": "150101", "address": "Calle Inventada 1"},
            "destination": {"ubigeo": "150122", "address": "Calle Inventada 2"},
            "vehicles": [{"plate": "ABC123"}],
            "drivers": [driver],
        },
        "lines": [{"product_code": "P001", "description": "Cajas", "unit": "NIU", "quantity": "1"}],
    }
