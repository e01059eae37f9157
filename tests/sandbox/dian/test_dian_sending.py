"""SendBillSync and GetStatus: verdicts, refusals, what is remembered."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from lxml import etree

from acuse_sandbox import papers
from acuse_sandbox.dian import xsd
from tests.sandbox.dian.documents import (
    BUYER,
    ISSUER,
    STRANGER,
    credit_note,
    debit_note,
    invoice,
    uuid_of,
)
from tests.sandbox.dian.place import STEM, Place, answer, good, packed, verifies
from tests.sandbox.dian.signing import sign, signer

NUMBER = "SETP990000123"


# Verdicts


def test_a_good_invoice_is_accepted_and_its_receipt_names_it(place: Place) -> None:
    document = good()
    said = place.sent(document)
    assert (said.valid, said.code, said.errors) == (True, "00", [])
    assert said.members["StatusDescription"] == "Procesado Correctamente."
    assert said.members["StatusMessage"] == f"La Factura electrónica {NUMBER}, ha sido autorizada."
    assert said.members["XmlDocumentKey"] == uuid_of(document)
    assert said.members["XmlFileName"] == STEM
    assert said.members["XmlBytes"] is None
    receipt = said.receipt
    assert receipt is not None
    named = "{*}DocumentResponse/{*}DocumentReference"
    assert receipt.findtext(f"{named}/{{*}}ID") == NUMBER
    assert receipt.findtext(f"{named}/{{*}}UUID") == uuid_of(document)
    assert receipt.findtext("{*}DocumentResponse/{*}Response/{*}ResponseCode") == "02"
    assert receipt.findtext("{*}SenderParty//{*}CompanyID") == "800197268"
    assert receipt.findtext("{*}ReceiverParty//{*}CompanyID") == ISSUER
    assert receipt.findtext("{*}IssueTime") == "10:30:30-05:00"
    lines = [
        [line.findtext(f"{{*}}Response/{{*}}{name}") for name in ("ResponseCode", "Description")]
        for line in receipt.iterfind("{*}DocumentResponse/{*}LineResponse")
    ]
    assert lines == [["0000", "0"], ["0", f"La Factura electrónica {NUMBER}, ha sido autorizada."]]
    assert place.outcomes() == [("send", "accepted")]


def test_the_receipt_is_signed_by_a_certificate_of_the_dian(place: Place) -> None:
    content = b64decode(place.sent(good()).members["XmlBase64Bytes"] or "")
    assert verifies(content, place.dian.certificate)
    assert not verifies(content.replace(b"autorizada", b"rechazada."), place.dian.certificate)
    assert b"800197268" in place.dian.certificate
    signature = etree.fromstring(content).findall("{*}UBLExtensions/{*}UBLExtension")[1]
    assert signature.findtext(".//{*}ClaimedRole") == "supplier"
    assert "politicadefirmav2.pdf" in (signature.findtext(".//{*}Identifier") or "")


@pytest.mark.authority
def test_the_receipt_follows_the_schema(place: Place) -> None:
    schema = xsd.of("ApplicationResponse")
    if schema is None:
        pytest.skip(f"no published schemas in {papers.folder()} (ACUSE_AUTHORITY_DIR)")
    for document in (good(), good("SETP990000124", payable="1.00")):
        receipt = place.sent(document).receipt
        assert receipt is not None
        assert schema.validate(receipt), schema.error_log


@pytest.mark.authority
def test_a_document_against_the_schema_is_rejected(place: Place) -> None:
    if xsd.of("Invoice") is None:
        pytest.skip(f"no published schemas in {papers.folder()} (ACUSE_AUTHORITY_DIR)")
    odd = invoice().replace(
        "<cbc:LineCountNumeric>", "<cbc:Lines>2</cbc:Lines><cbc:LineCountNumeric>"
    )
    assert place.sent(sign(odd)).rules[:1] == ["ZB01"]


def test_notes_are_accepted_once_their_invoice_is(place: Place) -> None:
    first = good()
    place.sent(first)
    for note, word in (
        (credit_note(of_uuid=uuid_of(first)), "Nota crédito"),
        (debit_note(of_uuid=uuid_of(first)), "Nota débito"),
    ):
        said = place.sent(sign(note))
        assert (said.code, said.errors) == ("00", [])
        assert word in said.words


def test_an_altered_document_is_rejected_and_says_so_everywhere(place: Place) -> None:
    altered = good().replace(b"Servicio de prueba", b"Servicio de pruebo")
    said = place.sent(altered)
    assert (said.valid, said.code) == (False, "99")
    assert said.rules == ["ZE02"]
    assert said.errors[0].startswith("Regla: ZE02, Rechazo: ")
    assert "errores en campos mandatorios" in said.words
    receipt = said.receipt
    assert receipt is not None
    assert receipt.findtext("{*}DocumentResponse/{*}Response/{*}ResponseCode") == "04"
    codes = [one.text for one in receipt.iterfind(".//{*}LineResponse/{*}Response/{*}ResponseCode")]
    assert codes[-1] == "ZE02"
    assert place.outcomes() == [("send", "rejected")]


def test_rules_may_stand_in_the_receipt_alone(place: Place) -> None:
    place.set("empty_messages", "1")
    said = place.sent(good().replace(b"de prueba<", b"de pruebo<"))
    assert (said.code, said.errors) == ("99", [])
    assert said.receipt is not None
    assert "ZE02" in etree.tostring(said.receipt).decode()


def test_an_issuer_that_is_not_enabled_is_rejected_where_that_is_asked(place: Place) -> None:
    place.set("strict_enablement", "1")
    assert place.sent(good()).rules == ["92"]
    place.tell("enabled", nit=ISSUER)
    assert place.sent(good()).code == "00"


# What is not judged


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "ZIP"),
        ("no es base64", "ZIP"),
        (b64encode(b"PK no").decode(), "ZIP"),
        (packed({}), "no contiene"),
        (packed({"leame.txt": b"hola"}), "no contiene"),
        (packed({"a.xml": b"<a/>", "b.xml": b"<b/>"}), "solo puede recibir un documento"),
        (packed({"a.xml": b"<a"}), "XML"),
        (packed({"a.xml": b"<a/>"}), "XML"),
        (packed({"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "XML"),
        (packed({"a.xml": invoice().replace(NUMBER, "").encode()}), "ID"),
        (packed({"a.xml": invoice(kind="").encode()}), "InvoiceTypeCode"),
        (packed({"a.xml": invoice().replace("-25<", "-77<").encode()}), "IssueDate"),
    ],
)
def test_what_cannot_be_read_is_refused_with_89(place: Place, content: str, said: str) -> None:
    found = answer(place.call("SendBillSync", fileName="z.zip", contentFile=content))
    assert (found.valid, found.code, found.receipt) == (False, "89", None)
    assert said in found.words
    assert place.outcomes() == [("send", "refused")]


def test_another_companys_certificate_may_not_send(place: Place) -> None:
    said = place.sent(good(), by=signer(STRANGER))
    assert said.code == "89"
    assert f"no autorizado a enviar documentos para emisor con NIT {ISSUER}" in said.words
    assert place.status(uuid_of(good())).code == "66"


def test_a_provider_may_send_for_who_named_it(place: Place) -> None:
    place.tell("provider", nit=ISSUER, provider=STRANGER)
    assert place.sent(good(), by=signer(STRANGER)).code == "00"
    other = sign(invoice(issuer=BUYER), signer(BUYER))
    assert place.sent(other, by=signer(STRANGER)).code == "89"


def test_everybody_may_send_where_that_is_set(place: Place) -> None:
    place.set("authorisation", "any")
    assert place.sent(good(), by=signer(STRANGER)).code == "00"


def test_a_certificate_whose_nit_has_its_digit_glued_on_is_the_issuers(place: Place) -> None:
    assert place.sent(good(), by=signer(f"{ISSUER}1")).code == "00"
    assert place.sent(good("SETP990000124"), by=signer(f"{ISSUER}2")).code == "89"


# Again


def test_an_accepted_number_is_known_when_it_comes_again(place: Place) -> None:
    document = good()
    place.sent(document)
    said = place.sent(document)
    assert (said.valid, said.code, said.rules) == (False, "99", ["90"])
    assert "Documento procesado anteriormente." in said.errors[0]
    assert said.receipt is None
    assert place.outcomes() == [("send", "accepted"), ("resend", "refused")]


@pytest.mark.parametrize("kind", ["01", "02", "04"])
def test_invoices_of_three_types_share_their_numbers(place: Place, kind: str) -> None:
    place.sent(good())
    assert "90" in place.sent(good(kind=kind, price="60000.00")).rules
    assert place.outcomes()[1] == ("send", "refused")


def test_left_zeros_make_no_other_number(place: Place) -> None:
    place.sent(good())
    assert place.sent(good("SETP0990000123")).rules == ["90"]


def test_another_kind_or_number_is_another_document(place: Place) -> None:
    place.sent(good())
    assert place.sent(good("SETP990000124")).code == "00"
    assert "90" not in place.sent(good(kind="03")).rules


def test_a_rejected_number_may_come_again(place: Place) -> None:
    bad = good(price="70000.00").replace(b"de prueba<", b"de pruebo<")
    assert place.sent(bad).code == "99"
    assert place.sent(good()).code == "00"
    assert place.status(uuid_of(bad)).code == "99"
    assert place.status(uuid_of(good())).code == "00"


def test_a_rejection_under_the_uuid_of_an_accepted_one_does_not_hide_it(place: Place) -> None:
    document = good()
    place.sent(document)
    stolen = invoice("SETP990000124").replace(uuid_of(invoice("SETP990000124")), uuid_of(document))
    altered = sign(stolen).replace(b"de prueba<", b"de pruebo<")
    assert place.sent(altered).code == "99"
    assert place.status(uuid_of(document)).code == "00"


# Asking


def test_status_tells_the_same_verdict_with_the_same_receipt(place: Place) -> None:
    document = good()
    sent = place.sent(document)
    place.later(hours=1)
    assert place.status(uuid_of(document)).members == sent.members
    assert place.status(uuid_of(document).upper()).code == "00"


@pytest.mark.parametrize("track", ["", "a" * 96, "no es un CUFE"])
def test_status_of_the_unknown_is_66(place: Place, track: str) -> None:
    said = place.status(track)
    assert (said.valid, said.code, said.receipt) == (False, "66", None)
    assert place.outcomes() == [("ask", "unknown")]


def test_a_cleared_dian_knows_nothing(place: Place) -> None:
    place.sent(good())
    place.dian.clear()
    assert place.status(uuid_of(good())).code == "66"
    assert place.sent(good()).code == "00"
