"""The printed form says what the law asks for, in the figures of the XML. Source: peru.md 7."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from acuse.domain.face import Face
from acuse.jurisdictions.pe import jurisdiction
from tests.jurisdictions.pe.makers import NAMES, case_company, paper_case, read_case, seal
from tests.support.makers import replaced


def face(name: str, **own: Any) -> Face:
    """The face of a case, of a company with these own fields."""
    issuer = case_company()
    issuer = replaced(issuer, extra={**issuer.extra, **own})
    one = read_case(name)
    return jurisdiction.face(one, issuer, seal(one, issuer), None)


def shown(made: Face) -> dict[str, str]:
    """Facts and sums by their labels."""
    return {one.label: one.value for one in (*made.counterparty, *made.facts, *made.totals)}


TITLES = {
    "contado": "FACTURA ELECTRÓNICA",
    "boleta-sin-nombre": "BOLETA DE VENTA ELECTRÓNICA",
    "nota-credito-anulacion": "NOTA DE CRÉDITO ELECTRÓNICA",
    "nota-debito-intereses": "NOTA DE DÉBITO ELECTRÓNICA",
}


@pytest.mark.parametrize("name", TITLES)
def test_each_kind_has_its_title_and_says_whose_paper_it_is(name: str) -> None:
    made = face(name)
    assert made.title == TITLES[name]
    assert made.issuer_id == "RUC 20999888772"
    assert f"Representación impresa de la {TITLES[name]}." in made.legal[0]
    assert made.watermark == "SIN VALOR TRIBUTARIO"
    assert made.fiscal_id_label == "Valor resumen (hash)"


@pytest.mark.parametrize("name", NAMES)
def test_the_last_sum_is_what_is_to_be_paid(name: str) -> None:
    made, expected = face(name), paper_case(name).expected
    assert made.totals[-1].label == "Importe total"
    assert made.totals[-1].value.split(" ")[1].replace(",", "") == expected["payable"]
    assert sum(column.share for column in made.columns) == pytest.approx(1)
    assert all(len(row.cells) == len(made.columns) for row in made.lines)


def test_every_kind_of_sale_has_its_line_among_the_sums() -> None:
    told = shown(face("gravado-exonerado-inafecto"))
    assert told["Op. gravada"] == "S/ 100.00"
    assert told["Op. exonerada"] == "S/ 30.00"
    assert told["Op. inafecta"] == "S/ 30.00"
    assert told["IGV (18 %)"] == "S/ 18.00"
    assert shown(face("exportacion-de-bienes"))["Op. de exportación"] == "US$ 500.00"
    assert shown(face("bonificacion-gratis"))["Op. gratuita"] == "S/ 10.00"
    assert shown(face("bolsas-icbper"))["ICBPER"] == "S/ 1.50"
    assert shown(face("isc-al-valor"))["ISC"] == "S/ 10.00"
    assert shown(face("otros-tributos"))["Otros tributos"] == "S/ 10.00"
    assert shown(face("arroz-ivap"))["IVAP (4 %)"] == "S/ 4.00"
    assert shown(face("igv-reducido"))["IGV (10.5 %)"] == "S/ 10.50"
    assert shown(face("redondeo"))["Redondeo"] == "S/ 0.03"
    assert shown(face("anticipo"))["Anticipos"] == "−S/ 236.00"
    assert shown(face("descuento-global"))["Descuento global"] == "−S/ 100.00"
    assert shown(face("recargo-al-consumo"))["Recargo al consumo o propina"] == "S/ 10.00"


def test_what_is_given_away_is_said_to_be() -> None:
    made = face("bonificacion-gratis")
    assert made.lines[1].cells[3] == "Llavero (entrega gratuita; valor de referencia)"
    assert made.lines[1].cells[5] == ""
    assert "TRANSFERENCIA GRATUITA DE UN BIEN Y/O SERVICIO PRESTADO GRATUITAMENTE." in made.notes


def test_a_detraccion_says_what_how_much_and_where() -> None:
    notes = face("detraccion").notes
    assert "Operación sujeta a detracción." in notes
    assert (
        "Detracción 037 (Demás servicios gravados con el IGV): 12 %, S/ 142.00, cuenta del Banco "
        "de la Nación 00-000-123456." in notes
    )


def test_a_retention_and_a_percepcion_say_what_they_come_to() -> None:
    assert "Retención del IGV: 3 %, S/ 35.40." in face("retencion-del-igv").notes
    told = "Percepción: 2 %, S/ 11.80. Total con percepción: S/ 601.80."
    assert told in face("percepcion").notes


def test_a_credit_sale_says_what_is_due_after_what_is_deposited() -> None:
    made = face("credito-con-detraccion")
    assert shown(made)["Forma de pago"] == "Crédito"
    assert made.notes[1:3] == (
        "Pendiente de pago: S/ 1,038.00",
        "Cuota 1: S/ 1,038.00, vence el 25/01/2027",
    )


def test_a_note_says_what_it_corrects_and_why() -> None:
    made = face("nota-credito-cuotas")
    assert made.notes == (
        "Corrige: Factura electrónica F001-100 del 20/11/2026.",
        "Motivo 13: Corrección del monto pendiente, las cuotas o sus fechas. "
        "Nuevas fechas de pago.",
        "Cuota 1: S/ 59.00, vence el 25/02/2027",
        "Cuota 2: S/ 59.00, vence el 25/03/2027",
    )
    assert "Forma de pago" not in shown(made)
    boleta = face("nota-credito-de-boleta").notes
    assert boleta[0] == "Corrige: Boleta de venta electrónica B001-100 del 20/11/2026."
    assert face("nota-credito-de-ticket").notes[0].startswith("Corrige: Documento de tipo 12 001-")


def test_the_properties_of_a_trip_are_printed() -> None:
    cell = face("transporte-de-pasajeros").lines[0].cells[3]
    assert "Nombres y apellidos del pasajero: ROSA INVENTADA" in cell
    assert "Hora de inicio programado: 22:30:00" in cell


def test_who_gave_no_document_has_none_on_paper() -> None:
    told = shown(face("boleta-sin-nombre"))
    assert told["Cliente"] == "CLIENTES VARIOS"
    assert "SD" not in told
    assert shown(face("boleta-con-dni"))["DNI"] == "99888777"


@pytest.mark.parametrize(
    ("name", "paper", "drawn"),
    [
        ("boleta-mixta", "A4", "A4"),
        ("boleta-mixta", "80mm-B", "80mm"),
        ("nota-credito-de-boleta", "80mm-B", "80mm"),
        ("contado", "80mm-B", "A4"),
        ("contado", "80mm", "80mm"),
    ],
)
def test_the_company_says_what_is_printed_on_a_roll(name: str, paper: str, drawn: str) -> None:
    made = face(name, paper=paper)
    assert made.paper == drawn
    assert len(made.columns) == (2 if drawn == "80mm" else 8)


def test_a_roll_shows_the_price_with_tax() -> None:
    made = face("boleta-mixta", paper="80mm")
    assert [row.cells for row in made.lines] == [
        ("Polo\n2 NIU × 10.00", "20.00"),
        ("Palta (exonerado)\n1 KGM × 12.00", "12.00"),
        ("Bolsa de plástico\n1 NIU × 0.62", "0.62"),
    ]
    assert sum(Decimal(row.cells[1]) for row in made.lines) == Decimal("32.62")
