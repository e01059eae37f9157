"""A supplier's document is taken only when three signatures hold and name each other."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuse.domain.party import TaxId
from acuse.domain.problem import Problem
from acuse.domain.received import ReceivedDocument
from acuse.jurisdictions.co.received import read_received
from tests.jurisdictions.co import dian, papers
from tests.jurisdictions.co.dian import application_response, container, invoice


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def refused(raw: bytes) -> str:
    told = read_received(raw)
    assert isinstance(told, Problem), told
    assert told.field == "file"
    return told.code


def taken(raw: bytes) -> ReceivedDocument:
    told = read_received(raw)
    assert isinstance(told, ReceivedDocument), told
    return told


def test_a_verified_document_is_read_with_its_originals() -> None:
    document, receipt = invoice(on_credit=True), application_response()
    assert taken(container(document, receipt)) == ReceivedDocument(
        kind_code="01",
        kind_name="Factura electrónica de venta",
        number=dian.NUMBER,
        fiscal_id=dian.CUFE,
        issued_on=date(2026, 11, 25),
        issuer=TaxId("NIT", dian.NIT),
        issuer_name="EMPRESA DE PRUEBA S.A.S.",
        receiver=TaxId("NIT", dian.BUYER),
        receiver_name="COMPRADOR DE PRUEBA S.A.S.",
        currency="COP",
        total=Decimal("119000.00"),
        on_credit=True,
        content=document,
        receipt=receipt,
        issuer_email="ventas@empresa.example",
    )


def test_it_may_come_in_its_archive_with_the_pdf() -> None:
    raw = zipped(("ad1.xml", container()), ("ad1.pdf", b"%PDF"), ("carpeta/", b""))
    assert taken(raw) == taken(container())


@pytest.mark.parametrize(
    ("root", "kind", "code"),
    [
        ("Invoice", "02", "02"),
        ("Invoice", "04", "04"),
        ("CreditNote", "91", "91"),
        ("DebitNote", "", "92"),
    ],
)
def test_exports_contingencies_and_notes_are_read_too(root: str, kind: str, code: str) -> None:
    told = taken(container(invoice(root=root, kind=kind)))
    assert (told.kind_code, told.total) == (code, Decimal("119000.00"))
    assert told.kind_name


def test_a_container_may_name_the_verdict_in_the_documents_place() -> None:
    assert taken(container(fiscal_id=dian.KEY)).fiscal_id == dian.CUFE


def test_archives_that_are_not_one_container_are_refused() -> None:
    assert refused(zipped()) == "CO-OWN-60"
    assert refused(zipped(("a.xml", container()), ("b.xml", container()))) == "CO-OWN-60"
    assert refused(zipped(("a.pdf", b"%PDF"))) == "CO-OWN-60"
    assert refused(b"PK\x03\x04 broken") == "CO-OWN-60"
    assert refused(zipped(*((f"{n}.pdf", b"") for n in range(21)))) == "CO-OWN-60"
    assert refused(zipped(("a.xml", b"0" * (11 * 1024 * 1024)))) == "CO-OWN-60"


def test_what_is_no_container_is_refused() -> None:
    assert refused(invoice()) == "CO-OWN-61"
    assert refused(container(root="ApplicationResponse")) == "CO-OWN-61"
    assert refused(container(application_response())) == "CO-OWN-61"
    assert refused(container(b"")) == "CO-OWN-61"


def test_a_container_without_verdict_is_refused() -> None:
    assert refused(container(receipt=b"")) == "CO-OWN-62"


@pytest.mark.parametrize("raw", [b"", b"no xml", b"<a", container()[:-9]])
def test_what_is_no_xml_is_refused(raw: bytes) -> None:
    assert refused(raw) == "CO-OWN-63"


def altered(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


def test_an_altered_or_unsigned_part_is_refused() -> None:
    forged = altered(container(), b"<cbc:LineID>1<", b"<cbc:LineID>2<")
    assert refused(forged) == "CO-OWN-64"
    assert refused(container(altered(invoice(), b"119000.00", b"219000.00"))) == "CO-OWN-64"
    receipt = altered(application_response("04"), b">04<", b">02<")
    assert refused(container(receipt=receipt)) == "CO-OWN-65"
    assert refused(container(receipt=application_response(signer=dian.NIT))) == "CO-OWN-65"
    assert refused(container(receipt=invoice())) == "CO-OWN-65"


@pytest.mark.parametrize(
    "raw",
    [
        container(number="SETP990000124"),
        container(fiscal_id=dian.OTHER_CUFE),
        container(invoice(number="SETP990000124")),
        container(invoice(fiscal_id=dian.OTHER_CUFE)),
        container(receipt=application_response(number="SETP990000124")),
        container(receipt=application_response(fiscal_id=dian.OTHER_CUFE)),
    ],
)
def test_parts_of_different_documents_are_refused(raw: bytes) -> None:
    assert refused(raw) == "CO-OWN-66"


def test_a_document_that_the_dian_rejected_is_refused() -> None:
    assert refused(container(receipt=application_response("04"))) == "CO-OWN-67"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-11-25", "ayer"),
        ("PayableAmount>119000.00", "PayableAmount>NaN"),
        ("PayableAmount>119000.00", "PayableAmount>"),
        (f">{dian.NIT}<", "><"),
    ],
)
def test_a_document_that_lacks_what_it_must_say_is_refused(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    sign = papers.signed
    monkeypatch.setattr(papers, "signed", lambda text, who: sign(text.replace(old, new, 1), who))
    document = invoice()
    monkeypatch.undo()
    assert refused(container(document)) == "CO-OWN-63"


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda raw: b"PK" + raw)))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert isinstance(read_received(raw), Problem)


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_a_damaged_container_gives_no_other_words(place: int, noise: bytes) -> None:
    content = container()
    start = place % len(content)
    told = read_received(content[:start] + noise + content[start + len(noise) :])
    if isinstance(told, ReceivedDocument):
        assert told == taken(content)
