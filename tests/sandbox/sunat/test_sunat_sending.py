"""What becomes of a document that is sent: verdicts, refusals, troubles, homologation."""

from __future__ import annotations

import hashlib
import io
import ssl
import zipfile
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import pytest
from signxml.exceptions import InvalidDigest
from signxml.verifier import XMLVerifier
from tests.sandbox.sunat.conftest import NOW, Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.files import boleta
from tests.sandbox.sunat.signing import (
    cdr,
    cdr_file,
    code,
    fault,
    notes,
    packed,
    said,
    send_bill,
    sign,
)

from acuse_sandbox import papers
from acuse_sandbox.sunat.fault import Fault
from acuse_sandbox.sunat.register import Register

STEM = f"{ISSUER}-01-F001-1"


# Verdicts


def test_a_good_factura_is_accepted_and_its_cdr_names_it(place: Place) -> None:
    root = cdr(place.sunat.handle(send_bill(sign(invoice()))))
    assert code(root) == "0"
    assert notes(root) == []
    assert root.findtext(".//{*}ReferenceID") == "F001-1"
    assert root.findtext(".//{*}ReceiverParty//{*}ID") == ISSUER
    assert root.findtext(".//{*}RecipientParty//{*}ID") == f"6-{CUSTOMER}"
    assert root.findtext(".//{*}ResponseTime") == "10:00:00"  # Lima
    assert place.outcomes() == [("send", "accepted")]


def test_the_cdr_is_signed_and_an_independent_verifier_agrees(place: Place) -> None:
    response = place.sunat.handle(send_bill(sign(invoice())))
    name, content = cdr_file(b64decode(said(response, "applicationResponse") or ""))
    assert name == f"R-{STEM}.xml"
    pem = ssl.DER_cert_to_PEM_cert(place.sunat.certificate)
    verified = XMLVerifier().verify(content, x509_cert=pem, expect_references=1)
    assert not isinstance(verified, list)
    assert verified.signed_xml is not None
    broken = content.replace(b"aceptada", b"anulada.")
    with pytest.raises(InvalidDigest):
        XMLVerifier().verify(broken, x509_cert=pem, expect_references=1)


@pytest.mark.authority
def test_the_cdr_follows_the_schema_of_answers(place: Place) -> None:
    path = papers.folder() / "pe/xsd/2.1/maindoc/UBL-ApplicationResponse-2.1.xsd"
    schema = papers.schema(path)
    if schema is None:
        pytest.skip(f"no published schema at {path}")
    root = cdr(place.sunat.handle(send_bill(sign(invoice()))))
    assert schema.validate(root), schema.error_log


def test_an_odd_attribute_is_accepted_with_an_observation(place: Place) -> None:
    odd = invoice().replace('listID="0101"', 'listID="0101" listName="Tipos"')
    root = cdr(place.sunat.handle(send_bill(sign(odd))))
    assert code(root) == "0"
    (note,) = notes(root)
    assert note.startswith("4252 - ")
    assert place.outcomes() == [("send", "observed")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Tipo de Operacion", []), ("Tipo de operacion", []), ("Operacion", ["4260"])],
)
def test_a_boleta_s_attribute_may_have_both_of_the_sheet_s_writings(
    place: Place, name: str, expected: list[str]
) -> None:
    odd = boleta().replace('listID="0101"', f'listID="0101" name="{name}"')
    root = cdr(place.sunat.handle(send_bill(sign(odd), number="B001-1", kind="03")))
    assert (code(root), [note[:4] for note in notes(root)]) == ("0", expected)


def test_a_wrong_sum_is_rejected_by_cdr_and_burns_the_number(place: Place) -> None:
    wrong = invoice(
        totals={
            "LineExtensionAmount": "100.00",
            "TaxInclusiveAmount": "118.00",
            "PayableAmount": "130.00",
        }
    )
    root = cdr(place.sunat.handle(send_bill(sign(wrong))))
    assert code(root) == "3280"
    assert fault(place.sunat.handle(send_bill(sign(invoice())))) == "1032"
    assert place.outcomes() == [("send", "rejected"), ("send", "refused")]


def test_an_unknown_customer_is_a_fault_and_leaves_the_number_free(place: Place) -> None:
    unknown = invoice(customer=("6", "20999001000"))
    assert fault(place.sunat.handle(send_bill(sign(unknown)))) == "1083"
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "0"


def test_an_altered_document_is_rejected(place: Place) -> None:
    altered = sign(invoice()).replace(b"Servicio de prueba", b"Servicio de pruebo")
    assert code(cdr(place.sunat.handle(send_bill(altered)))) == "2335"


# Sending again


def test_an_accepted_document_is_known_when_it_comes_again(place: Place) -> None:
    document = sign(invoice())
    place.sunat.handle(send_bill(document))
    assert fault(place.sunat.handle(send_bill(document))) == "1033"
    assert place.outcomes() == [("send", "accepted"), ("resend", "refused")]


def test_another_document_of_a_taken_number_is_no_resend(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    other = sign(invoice(customer_name="OTRA EJEMPLAR S.A.C."))
    assert fault(place.sunat.handle(send_bill(other))) == "1033"
    assert place.outcomes()[1] == ("send", "refused")


def test_a_cleared_register_takes_the_number_again(place: Place) -> None:
    document = sign(invoice())
    place.sunat.handle(send_bill(document))
    place.sunat.clear()
    assert code(cdr(place.sunat.handle(send_bill(document)))) == "0"


def test_the_ledger_keeps_the_signed_bytes(place: Place) -> None:
    document = sign(invoice())
    place.sunat.handle(send_bill(document))
    (entry,) = place.world.ledger.read(authority="sunat", fiscal_id=STEM)
    assert entry.document == document
    assert entry.sha256 == hashlib.sha256(document).hexdigest()
    assert entry.at == NOW


def test_a_document_that_is_being_judged_is_in_process() -> None:
    register = Register()
    with register.judging("x"):
        with register.judging("y"):
            pass
        with pytest.raises(Fault, match="0140"), register.judging("x"):
            pass
    with register.judging("x"):
        pass


def test_many_threads_get_one_verdict_for_one_document(place: Place) -> None:
    request = send_bill(sign(invoice()))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(place.sunat.handle, [request] * 32))
    assert [answer.status for answer in answers].count(200) == 1
    refused = {fault(answer) for answer in answers if answer.status == 500}
    assert refused <= {"0140", "1033"}


# What is wrong with the file


@pytest.mark.parametrize(
    ("archive", "expected"),
    [
        (b"", "0155"),
        (b"no es un zip", "0156"),
        (packed(), "0157"),
        (packed(("carpeta/", b"")), "0157"),
        (packed((f"{STEM}.xml", b"<a/>"), ("otro.xml", b"<a/>")), "0158"),
        (packed(("factura.xml", b"<a/>")), "0159"),
        (packed((f"{STEM}.xml", b"")), "0160"),
        (packed((f"{ISSUER}-01-F001-2.xml", b"<a/>")), "0161"),
        (packed((f"{STEM}.xml", b" " * (2 * 1024 * 1024 + 1))), "0156"),
        (packed((f"{STEM}.xml", b"<a/>"))[:-30], "0156"),
        (packed((f"{STEM}.xml", b"<a/>")), "0306"),
        (packed((f"{STEM}.xml", b"<a>")), "0306"),
    ],
)  # fmt: skip
def test_a_bad_archive_is_refused_and_nothing_is_kept(
    place: Place, archive: bytes, expected: str
) -> None:
    assert fault(place.sunat.handle(send_bill(b"", archive=archive))) == expected
    assert place.outcomes() == [("send", "refused")]
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "0"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("factura.zip", "0151"),
        (f"{STEM}.xml", "0151"),
        (f"{ISSUER}-RC-20261120-1.zip", "0152"),
        (f"{ISSUER}-LT-20261120-1.zip", "0153"),
        (f"{CUSTOMER}-01-F001-1.zip", "0154"),
    ],
)  # fmt: skip
def test_a_name_of_another_kind_is_refused(place: Place, name: str, expected: str) -> None:
    assert fault(place.sunat.handle(send_bill(sign(invoice()), name=name))) == expected


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("hostile", [BOMB, OUTSIDE, "<!DOCTYPE x>"])
def test_a_document_with_a_doctype_is_not_read(place: Place, hostile: str) -> None:
    document = sign(invoice()).replace(b"?>", b"?>" + hostile.encode(), 1)
    assert fault(place.sunat.handle(send_bill(document))) == "0306"


def test_a_zip_that_lies_about_its_size_is_read_no_further_than_the_bound(place: Place) -> None:
    big = packed((f"{STEM}.xml", b"a" * 8_000_000))
    lying = big.replace((8_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != big
    assert fault(place.sunat.handle(send_bill(b"", archive=lying))) == "0156"


def test_an_encrypted_archive_is_refused(place: Place) -> None:
    plain = packed((f"{STEM}.xml", b"<a/>"))
    entry = zipfile.ZipFile(io.BytesIO(plain)).infolist()[0]
    assert entry.flag_bits == 0
    locked = plain[:6] + b"\x01\x00" + plain[8:]
    start = locked.index(b"PK\x01\x02")
    locked = locked[: start + 8] + b"\x01\x00" + locked[start + 10 :]
    assert fault(place.sunat.handle(send_bill(b"", archive=locked))) == "0156"


@pytest.mark.authority
def test_a_document_against_the_schema_is_refused(place: Place) -> None:
    if not place.sunat.uses_schemas:
        pytest.skip(f"no published schemas in {papers.folder()}")
    shuffled = invoice().replace("<cbc:UBLVersionID>2.1</cbc:UBLVersionID>", "", 1)
    shuffled = shuffled.replace(
        "<cbc:IssueTime>", "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:IssueTime>"
    )
    assert fault(place.sunat.handle(send_bill(sign(shuffled)))) == "0306"


def test_a_kind_that_sunat_takes_nowhere_is_refused(place: Place) -> None:
    assert fault(place.sunat.handle(send_bill(sign(invoice()), kind="12"))) == "0151"
