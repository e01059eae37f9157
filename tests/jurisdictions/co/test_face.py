"""The printed form of every kind says what the law asks for, in the figures of the XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from acuse.domain.document import (
    Charge,
    Discount,
    Document,
    Instalment,
    Payment,
    PaymentForm,
    Prepayment,
    Tax,
)
from acuse.domain.face import Face
from acuse.domain.jurisdiction import Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.party import Address, Company, Environment, TaxId
from acuse.domain.verdict import Outcome, Verdict
from acuse.jurisdictions.co import face as faces
from acuse.jurisdictions.co import face_words
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
    YESTERDAY,
    K,
    buyer,
    company,
    document,
    line,
    reference,
)
from tests.jurisdictions.co.dian import CUFE
from tests.support.makers import AT

D = Decimal
VALUE = 990_000_123
ACCEPTED = Verdict(Outcome.ACCEPTED, receipt=dian.application_response())
IVA = Tax("IVA", D(19))


def face(
    kind: DocumentKind = K.INVOICE,
    *,
    issuer: Company | None = None,
    verdict: Verdict | None = ACCEPTED,
    **changes: Any,
) -> Face:
    """The face of a good document of that kind, numbered and sealed."""
    one = document(kind, **{"number": Number(PREFIXES[kind], VALUE)} | changes)
    return faces.face(one, issuer or company(), sealed(one), verdict)


def sealed(one: Document) -> Sealed:
    """What is shown of the signed document."""
    assert one.number is not None
    number = f"{one.number.series}{one.number.value}"
    return Sealed(b"<Invoice/>", CUFE, number, "fv09998887770002600000001.xml", AT)


def shown(one: Face) -> dict[str, str]:
    """The labelled texts of the face."""
    fields = (*one.counterparty, *one.facts, *one.totals)
    return {spaced(field.label): field.value for field in fields}


def spaced(text: str) -> str:
    """The text with usual spaces: a rate and its sign stay on one line of the paper."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


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
