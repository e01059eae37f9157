"""Documents of others: two files that name each other, each signed; hostile ones are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument, ReceivedReceipt
from tests.jurisdictions.cr.receptions import (
    CLAVE,
    COUNTER,
    another_kind,
    answer,
    invoice,
    packet,
    refused,
    taken,
    zipped,
)
from tests.support import makers

MESSAGE = ("Mensaje", "1")


def test_a_verified_document_is_read_with_its_originals() -> None:
    assert taken(packet()) == ReceivedDocument(
        kind_code="01",
        kind_name="Factura electrónica",
        number="00100001010000000001",
        fiscal_id=CLAVE,
        issued_on=date(2026, 11, 25),
        issuer=TaxId("CJ", makers.CJ),
        issuer_name="Café Ejemplar de Tarrazú S.A.",
        receiver=TaxId("CF", makers.CF),
        receiver_name="Cliente Inventado",
        currency="CRC",
        total=Decimal("8475.00000"),
        on_credit=False,
        content=invoice(),
        receipt=answer(),
        issuer_email="ventas@cafe.example",
    )


def test_without_haciendas_answer_it_is_read_too_and_says_so() -> None:
    for raw in (invoice(), zipped(("f.xml", invoice()), ("f.pdf", b"%PDF"))):
        assert taken(raw).receipt == b""
        assert taken(raw).content == invoice()


def test_the_answer_alone_is_read_and_names_its_document() -> None:
    told = COUNTER.read_received(answer())
    assert isinstance(told, ReceivedReceipt)
    assert told.content == answer()
    assert told.about(taken(invoice()))
    for other in (
        answer(TotalFactura="8475.00001"),
        answer(NumeroCedulaEmisor="3101000000"),
        answer(Clave=CLAVE[:-1] + "0"),
    ):
        another = COUNTER.read_received(other)
        assert isinstance(another, ReceivedReceipt)
        assert not another.about(taken(invoice()))


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ("NotaDebitoElectronica", "02"),
        ("NotaCreditoElectronica", "03"),
        ("TiqueteElectronico", "04"),
        ("FacturaElectronicaExportacion", "09"),
        ("ReciboElectronicoPago", "10"),
    ],
)
def test_all_that_suppliers_send_is_read(root: str, code: str) -> None:
    told = taken(another_kind(root, code))
    assert (told.kind_code, told.total) == (code, Decimal(8475))
    assert told.kind_name


def test_a_purchase_invoice_is_nobodys_to_answer() -> None:
    assert refused(another_kind("FacturaElectronicaCompra", "08")) == "CR-OWN-61"


def test_a_credit_sale_is_told_apart() -> None:
    sale = "<CondicionVenta>01"
    for condition, credit in (("02", True), ("08", True), ("10", True), ("01", False)):
        assert taken(invoice((sale, f"<CondicionVenta>{condition}"))).on_credit is credit


def test_archives_that_are_not_one_document_are_refused() -> None:
    assert refused(zipped()) == "CR-OWN-61"
    assert refused(zipped(("a.pdf", b"%PDF"))) == "CR-OWN-61"
    assert refused(zipped(("a.xml", invoice()), ("b.xml", invoice()))) == "CR-OWN-60"
    assert refused(b"PK\x03\x04 broken") == "CR-OWN-60"
    assert refused(zipped(*((f"{n}.pdf", b"") for n in range(21)))) == "CR-OWN-60"
    assert refused(zipped(("a.xml", b"0" * (11 * 1024 * 1024)))) == "CR-OWN-60"


def test_what_is_another_xml_is_refused() -> None:
    assert refused(b"<otra/>") == "CR-OWN-61"
    old = ("v4.4/", "v4.3/")
    assert refused(invoice(old)) == "CR-OWN-61"


@pytest.mark.parametrize("raw", [b"", b"no xml", b"<a", invoice()[:-9]])
def test_what_is_no_xml_is_refused(raw: bytes) -> None:
    assert refused(raw) == "CR-OWN-63"


def altered(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


def test_an_altered_or_unsigned_part_is_refused() -> None:
    cheaper = altered(invoice(), b"TotalComprobante>8475.", b"TotalComprobante>1475.")
    assert refused(cheaper) == "CR-OWN-64"
    assert refused(packet(cheaper)) == "CR-OWN-64"
    rejection = answer(Mensaje="3", EstadoMensaje="Rechazado")
    mended = altered(rejection, b"<Mensaje>3", b"<Mensaje>1")
    assert refused(packet(receipt=mended)) == "CR-OWN-65"
    assert refused(mended) == "CR-OWN-65"
    bare = answer().partition(b"<ds:Signature")[0] + b"</MensajeHacienda>"
    assert refused(packet(receipt=bare)) == "CR-OWN-65"


def test_a_document_that_hacienda_rejected_is_refused() -> None:
    rejection = answer(
        Mensaje="3",
        EstadoMensaje="Rechazado",
        DetalleMensaje="Este comprobante fue aceptado en el ambiente de pruebas",
    )
    assert refused(packet(receipt=rejection)) == "CR-OWN-67"
    assert refused(rejection) == "CR-OWN-67"
    assert refused(packet(receipt=answer(Mensaje="4"))) == "CR-OWN-65"


@pytest.mark.parametrize(
    "receipt",
    [
        answer(Clave=CLAVE[:-1] + "0"),
        answer(NumeroCedulaEmisor="3101000000"),
        answer(TotalFactura="8475.01000"),
    ],
)
def test_an_answer_about_another_document_is_refused(receipt: bytes) -> None:
    assert refused(packet(receipt=receipt)) == "CR-OWN-66"


def test_the_answer_of_several_is_the_one_that_names_it() -> None:
    other = answer(Clave=CLAVE[:-1] + "0")
    raw = zipped(("0.xml", other), ("f.xml", invoice()), ("r.xml", answer()))
    assert taken(raw) == taken(packet())


@pytest.mark.parametrize(
    "change",
    [
        ("<Clave>506251126", "<Clave>506261126"),
        ("<Clave>506", "<Clave>507"),
        ("<NumeroConsecutivo>00100001010000000001", "<NumeroConsecutivo>00100001010000000002"),
        (f"<Numero>{makers.CJ}", "<Numero>3101999889"),
        ("<FechaEmision>2026-11-25", "<FechaEmision>2026-11-26"),
    ],
)
def test_a_clave_that_says_otherwise_than_its_document_is_refused(change: tuple[str, str]) -> None:
    assert refused(invoice(change)) == "CR-OWN-68"


def test_the_kind_in_the_consecutivo_is_the_roots() -> None:
    wrong = another_kind("NotaCreditoElectronica", "02")
    assert refused(wrong) == "CR-OWN-68"


@pytest.mark.parametrize(
    "change",
    [
        ("<FechaEmision>2026-11-25T10:30:00-06:00", "<FechaEmision>ayer"),
        ("<TotalComprobante>8475.00000", "<TotalComprobante>NaN"),
        ("<TotalComprobante>8475.00000", "<TotalComprobante>"),
        ("<TotalComprobante>8475.00000", "<TotalComprobante>8475.000001"),
        ("<TotalImpuesto>975.00000", "<TotalImpuesto>-1"),
        (f"<Numero>{makers.CF}", "<Numero>"),
    ],
)
def test_a_document_that_lacks_what_it_must_say_is_refused(change: tuple[str, str]) -> None:
    assert refused(invoice(change)) == "CR-OWN-63"


def test_the_day_is_costa_ricas_whatever_the_offset() -> None:
    late = ("<FechaEmision>2026-11-25T10:30:00-06:00", "<FechaEmision>2026-11-26T05:30:00Z")
    assert taken(invoice(late)).issued_on == date(2026, 11, 25)


@pytest.mark.authority
@pytest.mark.parametrize(
    ("name", "kind", "total", "receiver"),
    [
        ("FE-goods", "01", "9870.05280", "199990888"),
        ("FE-exonerated", "01", "97200.00000", "199990888"),
        ("FE-usd", "01", "451.95480", "199990888"),
        ("FEE-export", "09", "1250.00000", "P-7788990"),
        ("NC-partial", "03", "2825.00000", "199990888"),
        ("ND-charge", "02", "395.50000", "199990888"),
        ("REP-payment", "10", "56500.00000", "3007999111"),
    ],
)
def test_the_published_samples_are_read(
    authority_dir: Path, name: str, kind: str, total: str, receiver: str
) -> None:
    told = taken((authority_dir / f"cr/samples/{name}.xml").read_bytes())
    assert (told.kind_code, told.total, told.receiver.number) == (kind, Decimal(total), receiver)


@pytest.mark.authority
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MH-accepted", ""),
        ("MH-accepted-staging", ""),
        ("MH-accepted-with-observation", ""),
        ("MH-rejected", "CR-OWN-67"),
        ("MH-rejected-no-policy", "CR-OWN-67"),
    ],
)
def test_the_published_answers_decide_by_their_fields(
    authority_dir: Path, name: str, code: str
) -> None:
    samples = authority_dir / "cr/samples"
    document = (samples / "FE-goods.xml").read_bytes()
    receipt = (samples / f"{name}.xml").read_bytes()
    raw = packet(document, receipt)
    if code:
        assert refused(raw) == code
    else:
        assert taken(raw).receipt == receipt


@pytest.mark.authority
def test_a_ticket_of_nobody_and_a_purchase_invoice_are_refused(authority_dir: Path) -> None:
    samples = authority_dir / "cr/samples"
    assert refused((samples / "TE-service-charge.xml").read_bytes()) == "CR-OWN-63"
    assert refused((samples / "FEC-purchase.xml").read_bytes()) == "CR-OWN-61"


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda raw: b"PK" + raw)))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert isinstance(COUNTER.read_received(raw), Problem)
    COUNTER.looks(raw)
    assert COUNTER.together((raw, raw)) == ((0,), (1,))


@settings(max_examples=60)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_a_damaged_document_gives_no_other_words(place: int, noise: bytes) -> None:
    content = invoice()
    start = place % len(content)
    told = COUNTER.read_received(content[:start] + noise + content[start + len(noise) :])
    if isinstance(told, ReceivedDocument):
        assert (told.fiscal_id, told.total) == (CLAVE, Decimal(8475))
