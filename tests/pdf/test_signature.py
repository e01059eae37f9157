"""A signed PDF: whoever checks it finds the company's certificate and not one byte changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pypdf import PdfReader

from acuse.domain.constancia import Line
from acuse.pdf import constancia, render, signature
from acuse.pdf.signature import UnknownForm
from tests.pdf.faces import peru
from tests.pdf.test_constancia import SIGNED, made
from tests.support import makers, pades


@cache
def bare() -> bytes:
    return constancia.render(made())


@cache
def signed() -> bytes:
    return signature.signed(bare(), makers.credential(), makers.AT)


def broken(changed: bytes) -> bool:
    """Whether somebody who checks it is told so."""
    try:
        pades.signer_of(changed)
    except (AssertionError, ValueError):
        return True
    return False


def test_its_signer_is_the_company_and_its_moment_the_one_given() -> None:
    assert pades.signer_of(signed()).public_bytes(Encoding.DER) == makers.certificate()
    ((name, field),) = (PdfReader(BytesIO(signed()), strict=True).get_fields() or {}).items()
    assert (name, field["/FT"]) == ("Firma", "/Sig")
    value = field["/V"]
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"
    assert value["/M"] == "D:20261125153000Z"
    assert signature.signed(bare(), makers.credential(), makers.AT) == signed()


def test_a_changed_byte_anywhere_is_told() -> None:
    pdf = signed()
    hole, end = pdf.index(b"/Contents <3") + 11, pdf.index(b">/ByteRange")
    used = len(pades.parts(pdf)[1]) * 2
    places = [*range(0, hole, hole // 12), hole - 1, *range(hole, hole + used, used // 12)]
    places += [hole + used, end - 1, *range(end, len(pdf), (len(pdf) - end) // 12), len(pdf) - 1]
    for at in places:
        other = b"1" if pdf[at : at + 1] != b"1" else b"2"
        assert broken(pdf[:at] + other + pdf[at + 1 :]), at
    assert broken(pdf + b"\n")
    assert broken(pdf[:-1])


def test_the_paper_is_there_as_it_was_with_its_file_and_as_an_archives(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert signed().startswith(bare())
    before, after = (PdfReader(BytesIO(pdf), strict=True) for pdf in (bare(), signed()))
    assert after.attachments == before.attachments == {made().signed_name: [SIGNED]}
    root, old = after.trailer["/Root"], before.trailer["/Root"]
    assert root["/Metadata"].get_data() == old["/Metadata"].get_data()
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B<" in root["/Metadata"].get_data()
    assert root.raw_get("/OutputIntents").idnum == old.raw_get("/OutputIntents").idnum
    assert set(root) - set(old) == {"/AcroForm", "/Extensions"}
    assert after.trailer["/ID"][0] == before.trailer["/ID"][0]
    assert after.trailer["/ID"][1] != before.trailer["/ID"][1]
    texts = ([page.extract_text() for page in pdf.pages] for pdf in (before, after))
    assert next(texts) == next(texts)
    assert caplog.messages == []  # pypdf's complaints about the form


def test_its_field_is_as_an_archive_wants_it() -> None:
    """ISO 19005-3, 6.3.2 and 6.3.3: printed, not hidden; it has no looks only as it has no room."""
    reader = PdfReader(BytesIO(signed()), strict=True)
    (field,) = reader.pages[0]["/Annots"]
    widget = field.get_object()
    assert widget["/F"] & 0b100111 == 0b100
    assert list(widget["/Rect"]) == [0, 0, 0, 0]
    assert widget["/P"] == reader.pages[0]
    assert reader.trailer["/Root"]["/AcroForm"]["/Fields"] == [field]
    assert {"/A", "/AA"}.isdisjoint(widget)


def test_long_papers_and_other_papers_of_ours_are_signed_as_well() -> None:
    lines = tuple(Line(str(n), "hoy", "x" * 400, "ana") for n in range(1500))
    for pdf in (constancia.render(made(lines=lines)), render.render(peru(3), None)):
        done = signature.signed(pdf, makers.credential(), makers.AT)
        pades.signer_of(done)
        count = len(PdfReader(BytesIO(pdf), strict=True).pages)
        assert len(PdfReader(BytesIO(done), strict=True).pages) == count


def test_a_certificate_of_somebody_elses_with_long_names_is_named_rightly() -> None:
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Certificadora Inventada " * 2),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Ñandú " * 10),
            x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad de papel " * 3),
        ]
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Empresa Inventada")])
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(makers.key().public_key())
        .serial_number(2**159 - 1)
        .not_valid_before(makers.AT - timedelta(days=1))
        .not_valid_after(makers.AT + timedelta(days=1))
        .sign(makers.key(), hashes.SHA256())
    )
    der = certificate.public_bytes(Encoding.DER)
    credential = makers.TestCredential(der, makers.key())
    assert pades.signer_of(signature.signed(bare(), credential, makers.AT)) == certificate


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"%PDF-1.7", b"%PDF-2.0", "no PDF 1.7"),
        (b"%%EOF", b"%%EOF\n\n\n", "no PDF 1.7 with an end"),
        (b"%%EOF", b"", "no PDF 1.7 with an end"),
        (b"startxref\n", b"startxref\n1", "no table"),
        (b"xref\n0 ", b"xreg\n0 ", "no table"),
        (b"]>>\nstartxref", b"]/Prev 9>>\nstartxref", "no table"),
        (b"<</Size 32", b"<</Size 33", "another length"),
        (b"/Root 31 0 R", b"/Root 99 0 R", "object 99 is not in the table"),
        (b"/Root 31 0 R", b"/Root 30 0 R", "object 30 is no dictionary"),
        (b"0000000016 00000 n", b"0000000017 00000 n", "object 1 is not where"),
        (b"0000000016 00000 n", b"0000000016 00001 n", "object 1 is not where"),
        (b"/Kids[15 0 R]", b"/Kids[1 0 R] ", "no page"),
        (b"/Kids[15 0 R]", b"/Kinder[15 0]", "0 times"),
        (b"/MediaBox", b"/Annots  ", "there is /Annots already"),
        (b"/Lang(zxx)", b"/AcroForm ", "there is /AcroForm already"),
        (b"/Lang(zxx)/ViewerPref", b"/Extensions/ViewerPre", "there is /Extensions already"),
    ],
)
def test_of_any_other_form_nothing_is_written(old: bytes, new: bytes, told: str) -> None:
    assert bare().count(old) >= 1
    with pytest.raises(UnknownForm, match=told):
        signature.signed(bare().replace(old, new), makers.credential(), makers.AT)


def test_what_is_signed_is_not_signed_again() -> None:
    with pytest.raises(UnknownForm):
        signature.signed(signed(), makers.credential(), makers.AT)


def test_a_signature_that_does_not_fit_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    credential = makers.credential()
    monkeypatch.setattr(credential, "sign", lambda data: b"\xff" * 4096)
    with pytest.raises(UnknownForm, match="no room"):
        signature.signed(bare(), credential, makers.AT)


def test_a_reader_of_pdf_shows_whose_it_is(tmp_path: Path) -> None:
    command = shutil.which("pdfsig")
    if command is None:
        pytest.skip("no pdfsig on this machine (scripts/ensure_tools.sh says why)")
    path = tmp_path / "constancia.pdf"
    path.write_bytes(signed())
    shown = subprocess.run([command, str(path)], capture_output=True, text=True, check=False).stdout
    assert re.search(rf"Signer full Distinguished Name: .*serialNumber={makers.RUC}", shown)
    for words in ("Signature is Valid.", "Total document signed", "Signature Type: ETSI.CAdES"):
        assert words in shown
