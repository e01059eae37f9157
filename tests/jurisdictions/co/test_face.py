"""The printed form of every kind says what the law asks for, in the figures of the XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from acuse.domain.document import (
    Charge,
    Discount,
    Prepayment,
    Tax,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Environment
from acuse.jurisdictions.co import face_words
from tests.jurisdictions.co.checked import (
    CONSUMER,
    PREFIXES,
    YESTERDAY,
    K,
    company,
    line,
)
from tests.jurisdictions.co.dian import CUFE
from tests.jurisdictions.co.faces import IVA, VALUE, D, face, shown, spaced


@pytest.mark.parametrize("kind", PREFIXES)
def test_every_kind_says_what_the_law_asks_for(kind: DocumentKind) -> None:
    made = face(kind)
    told = shown(made)
    assert made.title == face_words.TITLES[kind]
    assert made.number == f"{PREFIXES[kind]}{VALUE}"
    assert made.issuer_id == "NIT 999.888.777-1"
    issuer = [field.value for field in made.issuer]
    if kind in (K.PURCHASE, K.PURCHASE_NOTE):
        assert issuer.pop(0) == "Adquirente, que expide este documento"
    assert issuer[:3] == [
        "EMPRESA DE PRUEBA S.A.S.",
        "Calle 100 10 20, Bogotá, D.C.",
        "Responsable de IVA · Gran contribuyente · Autorretenedor",
    ]
    assert told["Identificación"] == "NIT 999.000.111-4"
    assert told["Generación"] == "25/11/2026 10:30:00"
    assert told["Validación DIAN"].startswith("25/11/2026 ")
    assert told["Forma de pago"] == "Contado"
    assert told["Medio de pago"] == "Efectivo"
    assert told["IVA 19 %"] == "$ 19.000,00"
    assert made.totals[-1].label == "Total"
    assert made.totals[-1].value == "$ 119.000,00"
    assert made.words == "SON: CIENTO DIECINUEVE MIL PESOS M/CTE"
    assert made.watermark == "SIN VALIDEZ FISCAL"
    assert made.qr_each_page
    assert made.fiscal_id == CUFE
    legal = " ".join(made.legal)
    assert "Representación gráfica" in legal
    assert "firmado digitalmente" in legal
    assert "Software: Acuse. Fabricante: EMPRESA DE PRUEBA S.A.S., NIT 999.888.777-1." in legal


def test_only_production_has_no_mark() -> None:
    assert face(issuer=company(environment=Environment.PRODUCTION)).watermark == ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (K.INVOICE, "CUFE"),
        (K.EXPORT_INVOICE, "CUFE"),
        (K.PAPER_INVOICE, "CUDE"),
        (K.CREDIT_NOTE, "CUDE"),
        (K.DEBIT_NOTE, "CUDE"),
        (K.RECEIPT, "CUDE"),
        (K.RECEIPT_NOTE, "CUDE"),
        (K.PURCHASE, "CUDS"),
        (K.PURCHASE_NOTE, "CUDS"),
    ],
)
def test_the_identifier_has_the_name_of_its_kind(kind: DocumentKind, name: str) -> None:
    made = face(kind)
    assert made.fiscal_id_label == name
    assert f"\n{name}: {CUFE}\n" in made.qr


def test_the_code_holds_the_ten_lines_and_the_address() -> None:
    taxes = (IVA, Tax("INC", D(8)))
    made = face(lines=(line(quantity=D(1), price=D(1000), taxes=taxes),), counterparty=CONSUMER)
    assert made.qr.split("\n") == [
        "NumFac: SETP990000123",
        "FecFac: 2026-11-25",
        "HorFac: 10:30:00-05:00",
        "NitFac: 999888777",
        "DocAdq: 222222222222",
        "ValFac: 1000.00",
        "ValIva: 190.00",
        "ValOtroIm: 80.00",
        "ValTolFac: 1270.00",
        f"CUFE: {CUFE}",
        f"https://catalogo-vpfe-hab.dian.gov.co/document/searchqr?documentkey={CUFE}",
    ]
    assert (
        "//catalogo-vpfe.dian.gov.co/"
        in face(issuer=company(environment=Environment.PRODUCTION)).qr
    )


@pytest.mark.parametrize("kind", PREFIXES)
def test_only_authorised_kinds_name_a_resolution(kind: DocumentKind) -> None:
    legal = " ".join(face(kind).legal)
    wanted = (
        f"N.º 18760000001 del 19/01/2026, prefijo {PREFIXES[kind]}, desde 990000000 hasta "
        "995000000, vigencia 24 meses (hasta el 19/01/2028)."
    )
    assert (wanted in legal) is document_is_authorised(kind)


def document_is_authorised(kind: DocumentKind) -> bool:
    return kind in (K.INVOICE, K.EXPORT_INVOICE, K.PAPER_INVOICE, K.RECEIPT, K.PURCHASE)


def test_the_resolution_has_the_date_that_was_entered() -> None:
    ranges = tuple(
        replace(one, extra={**one.extra, "resolution_date": date(2026, 1, 12)})
        for one in company().ranges
    )
    assert "N.º 18760000001 del 12/01/2026" in " ".join(face(issuer=company(ranges=ranges)).legal)


def test_the_sums_end_with_what_is_still_owed() -> None:
    held = (IVA, Tax("RETERENTA", D(11)), Tax("RETEIVA", D(15)))
    made = face(
        lines=(line(taxes=held), line(taxes=(), discounts=(Discount(percent=D(10)),))),
        discounts=(Discount(amount=D(5000)),),
        charges=(Charge(amount=D(3000)),),
        prepayments=(Prepayment(D(20_000), YESTERDAY, "RC-17"),),
    )
    assert [(spaced(one.label), one.value) for one in made.totals] == [
        ("Total bruto", "$ 200.000,00"),
        ("Descuentos en líneas", "−$ 10.000,00"),
        ("Subtotal", "$ 190.000,00"),
        ("IVA 19 %", "$ 19.000,00"),
        ("Descuento global", "−$ 5.000,00"),
        ("Cargos", "$ 3.000,00"),
        ("Total", "$ 207.000,00"),
        ("Anticipos", "−$ 20.000,00"),
        ("ReteIVA 15 %", "−$ 2.850,00"),
        ("ReteRenta 11 %", "−$ 11.000,00"),
        ("Neto a pagar", "$ 173.150,00"),
    ]
    assert made.words == "SON: DOSCIENTOS SIETE MIL PESOS M/CTE"
    assert "Anticipo del 24/11/2026: COP 20.000,00 (RC-17)" in made.notes


def test_a_line_tells_its_taxes_apart() -> None:
    lines = (
        line(quantity=D("0.345"), unit="KGM", price=D("1234.5678"), taxes=()),
        line(taxes=(Tax("IVA", D(0)),)),
        line(taxes=(IVA, Tax("IBUA", D(0), D(38)))),
        line(price=D(0), extra={"free_value": D(9000)}),
        line(discounts=(Discount(amount=D(500)),), extra={"brand": "Inventada"}),
    )
    rows = [tuple(map(spaced, one.cells)) for one in face(lines=lines).lines]
    assert rows[0][:2] == ("0,345", "Kilogramo")
    assert rows[0][4] == "1.234,5678"
    assert [row[6] for row in rows] == [
        "Excluido",
        "IVA 0 %",
        "IVA 19 %\nIBUA 38,00",
        "IVA 19 %",
        "IVA 19 %",
    ]
    assert rows[3][3] == "Silla de oficina (sin cobro; valor comercial 9.000,00)"
    assert rows[3][7] == "0,00"
    assert rows[4][3] == "Silla de oficina Inventada"
    assert rows[4][5] == "500,00"
    assert rows[4][7] == "99.500,00"
