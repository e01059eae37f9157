"""The paper's terms: currency, payment, notes, other parties, the till."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from acuse.domain.document import (
    Discount,
    Instalment,
    Payment,
    PaymentForm,
)
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Address, TaxId
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.co.words import pesos_in_words
from acuse.pdf.render import render
from tests.jurisdictions.co import dian
from tests.jurisdictions.co.checked import (
    CASH,
    CONSUMER,
    CREDIT,
    LAST_MONTH,
    PREFIXES,
    SELLER,
    K,
    buyer,
    line,
    reference,
)
from tests.jurisdictions.co.dian import CUFE
from tests.jurisdictions.co.faces import D, face, shown, spaced


def test_a_column_that_no_line_fills_leaves_its_room_to_the_description() -> None:
    full = face(lines=(line(), line(discounts=(Discount(amount=D(500)),))))
    bare = face(lines=(line(code=""), line(code="")))
    headings = [one.heading for one in full.columns]
    gone = {"Código", "Dscto."}
    assert [one.heading for one in bare.columns] == [one for one in headings if one not in gone]
    for one in (full, bare):
        assert sum(column.share for column in one.columns) == pytest.approx(1)
        assert {len(row.cells) for row in one.lines} == {len(one.columns)}
    assert [row.cells[3] for row in bare.lines] == ["50.000,00"] * 2


def test_a_sale_in_dollars_is_shown_in_pesos_and_says_what_was_agreed() -> None:
    made = face(
        K.EXPORT_INVOICE,
        currency="USD",
        exchange_rate=D("4012.35"),
        lines=(line(quantity=D(1), price=D(100), taxes=()),),
        counterparty=buyer(
            tax_id=TaxId("NITX", "12-3456789"),
            address=Address("12 Invented Street", city="Springfield", country="US"),
        ),
        extra={"incoterm": "FOB"},
    )
    told = shown(made)
    assert told["Total"] == "$ 401.235,00"
    assert told["Moneda"] == "COP (acordada USD)"
    assert told["INCOTERM"] == "FOB"
    assert told["Identificación"] == "NIT de otro país 12-3456789"
    assert told["Dirección"] == "12 Invented Street, Springfield, Estados Unidos"
    assert made.notes == ("Valor acordado: USD 100,00. Tasa de cambio: 4.012,35 COP por USD.",)


def test_a_credit_sale_says_when_it_is_due() -> None:
    assert shown(face(payment=CREDIT))["Vencimiento"] == "25/12/2026"
    assert shown(face(payment=CREDIT))["Forma de pago"] == "Crédito"
    parts = (Instalment(date(2026, 12, 25), D(59_500)), Instalment(date(2027, 1, 25), D(59_500)))
    instalments = Payment(PaymentForm.CREDIT, "TRANSFER", parts[0].due, parts)
    assert "Cuota 2: COP 59.500,00, vence el 25/01/2027" in face(payment=instalments).notes


def test_a_note_says_what_it_corrects_and_why() -> None:
    (told,) = face(K.CREDIT_NOTE).notes
    assert told == (
        f"Corrige: Factura electrónica de venta SETP990000100 del 24/11/2026, CUFE {CUFE}. "
        "Concepto 1, Devolución parcial de bienes o no aceptación parcial del servicio: "
        "Devolución de una silla."
    )
    (soporte,) = face(K.PURCHASE_NOTE).notes
    assert f"Documento soporte DS990000100 del 24/11/2026, CUDS {CUFE}" in soporte
    unnamed = replace(reference(K.PURCHASE), kind=None)
    (soporte,) = face(K.PURCHASE_NOTE, references=(unnamed,)).notes
    assert f"Documento DS990000100 del 24/11/2026, CUDS {CUFE}" in soporte
    (period,) = face(K.CREDIT_NOTE, references=(), period=LAST_MONTH).notes
    assert period == "Corrige lo facturado del 01/10/2026 al 31/10/2026."


def test_the_other_party_is_a_seller_where_we_buy() -> None:
    assert face(K.PURCHASE).counterparty[0].label == "Vendedor"
    assert shown(face(K.PURCHASE))["Dirección"] == "Vereda El Ejemplo, casa 4, Medellín, Antioquia"
    assert face().counterparty[0].label == "Cliente"


def test_the_consumidor_final_has_no_data() -> None:
    made = face(counterparty=replace(CONSUMER, emails=("x@y.example",), address=SELLER))
    assert [(one.label, one.value) for one in made.counterparty] == [
        ("Cliente", "Consumidor final"),
        ("Identificación", "222222222222"),
    ]


def test_contingency_is_told_in_both_of_its_forms() -> None:
    assert "contingencia de la DIAN (tipo 04)" in " ".join(face(contingency=True).legal)
    told = " ".join(face(K.PAPER_INVOICE).legal)
    assert "Transcribe la factura de contingencia en papel n.º CTG17 del 24/11/2026." in told
    assert "contingencia" not in " ".join(face().legal)


@pytest.mark.parametrize(
    "verdict",
    [
        None,
        Verdict(Outcome.ACCEPTED),
        Verdict(Outcome.ACCEPTED, receipt=b"no XML"),
        Verdict(Outcome.ACCEPTED, receipt=b"<a/>"),
        Verdict(Outcome.REJECTED, receipt=dian.application_response()),
    ],
)
def test_without_an_acceptance_no_validation_is_claimed(verdict: Verdict | None) -> None:
    assert "Validación DIAN" not in shown(face(verdict=verdict))


def test_a_till_s_document_is_drawn_for_its_roll() -> None:
    made = face(K.RECEIPT, counterparty=CONSUMER)
    told = shown(made)
    assert made.paper == "80mm"
    assert tuple(map(spaced, made.lines[0].cells)) == (
        "Silla de oficina [SILLA-1]\n2 Unidad × 50.000,00 · IVA 19 %",
        "100.000,00",
    )
    assert told["Caja"] == CASH["cash_register"]
    assert told["Cajero"] == CASH["cashier"]
    assert face().paper == "A4"


@pytest.mark.parametrize("kind", PREFIXES)
def test_every_kind_can_be_drawn_with_its_xml_inside(kind: DocumentKind) -> None:
    reader = PdfReader(BytesIO(render(face(kind), None)))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert CUFE in text.replace("\u200b", "")
    assert reader.attachments == {"fv09998887770002600000001.xml": [b"<Invoice/>"]}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "CERO PESOS M/CTE"),
        ("1", "UN PESO M/CTE"),
        ("21", "VEINTIÚN PESOS M/CTE"),
        ("100", "CIEN PESOS M/CTE"),
        ("31000.50", "TREINTA Y UN MIL PESOS CON 50/100 M/CTE"),
        ("1000000", "UN MILLÓN DE PESOS M/CTE"),
        ("1000001", "UN MILLÓN UN PESOS M/CTE"),
        ("2000000000000", "DOS BILLONES DE PESOS M/CTE"),
    ],
)
def test_a_total_is_said_in_words(amount: str, said: str) -> None:
    assert pesos_in_words(D(amount)) == said


def test_a_negative_total_has_no_words() -> None:
    with pytest.raises(ValueError):
        pesos_in_words(D("-0.01"))
