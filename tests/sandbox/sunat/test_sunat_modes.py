"""Production, homologation and OSE; the many forms of faults and CDRs."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from dataclasses import replace

import pytest
from lxml import etree
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.files import Row, note, summary, voiding
from tests.sandbox.sunat.signing import (
    ask,
    cdr,
    code,
    fault,
    said,
    send_bill,
    send_summary,
    sign,
    signer,
    status,
)
from tests.sandbox.sunat.steps import RA, RC, known, script, send, state, ticket, verdict

from acuse_sandbox.sunat.cdr import OSE
from acuse_sandbox.sunat.identity import is_ruc
from acuse_sandbox.world import Response, Script

OBLIGED = "20999004084"  # must send by an OSE


def beta(place: Place, ruc: str = "") -> None:
    place.world.settings[f"sunat.mode.{ruc}".rstrip(".")] = "beta"


def entries(response: Response) -> list[tuple[str, bytes]]:
    content = b64decode(said(response, "applicationResponse") or "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


# Homologation


def test_the_same_mistake_is_a_fault_in_homologation_and_a_cdr_in_production(
    place: Place,
) -> None:
    wrong = send_bill(sign(invoice(tax="25.00")))
    assert code(cdr(place.sunat.handle(wrong))) == "3294"
    beta(place)
    assert fault(place.sunat.handle(wrong)) == "3294"


def test_a_ruc_can_have_a_mode_of_its_own(place: Place) -> None:
    beta(place, ISSUER)
    wrong = sign(invoice(tax="25.00"))
    assert fault(place.sunat.handle(send_bill(wrong))) == "3294"
    other = invoice(tax="25.00", issuer=CUSTOMER, customer=("6", ISSUER))
    request = send_bill(sign(other, signer(CUSTOMER)), issuer=CUSTOMER, user=CUSTOMER + "MODDATOS")
    assert code(cdr(place.sunat.handle(request))) == "3294"
    place.world.settings[f"sunat.mode.{ISSUER}"] = "production"
    assert code(cdr(place.sunat.handle(send_bill(wrong)))) == "3294"


@pytest.mark.parametrize(
    ("user", "password", "expected"),
    [("MODDATOS", "moddatos", ""), ("OTRO", "moddatos", "0102"), ("MODDATOS", "otra", "0102")],
)
def test_homologation_has_one_user(place: Place, user: str, password: str, expected: str) -> None:
    beta(place)
    response = place.sunat.handle(send_bill(sign(invoice()), user=ISSUER + user, password=password))
    assert (fault(response) if expected else "") == expected
    assert (response.status == 200) is (expected == "")


def test_homologation_takes_any_certificate_but_no_altered_document(place: Place) -> None:
    beta(place)
    foreign = sign(invoice(), signer(CUSTOMER))
    assert code(cdr(place.sunat.handle(send_bill(foreign)))) == "0"
    altered = foreign.replace(b"Servicio de prueba", b"Servicio de pruebo")
    assert fault(place.sunat.handle(send_bill(altered))) == "2335"


def test_homologation_knows_no_document(place: Place) -> None:
    beta(place)
    assert send(place, note(), "FC01-1", "07") == "0"
    assert code(verdict(place, voiding(), RA)) == "0"
    assert code(verdict(place, voiding(), RA)) == "0"
    assert code(verdict(place, summary(Row("B001-7", state="3")))) == "0"
    assert state(place, "03 B001-7") == ""


def test_homologation_counts_the_same_bytes_apart(place: Place) -> None:
    beta(place)
    document = sign(invoice())
    for _ in range(2):
        place.sunat.handle(send_bill(document))
    assert place.outcomes() == [("send", "accepted"), ("resend", "accepted")]


def test_homologation_tells_a_bad_summary_by_its_ticket_and_signs_nothing(place: Place) -> None:
    beta(place)
    root = verdict(place, summary(made="2026-11-20"))
    assert code(root) == "2346"
    assert (root.findtext(".//{*}SignatureValue") or "").startswith("*")


# OSE


def test_an_ose_writes_the_number_into_the_text(place: Place) -> None:
    place.world.settings["sunat.mode"] = "ose"
    response = place.sunat.handle(send_bill(sign(invoice()), password="mala"))
    assert said(response, "faultcode") == "soap-env:Client"
    assert said(response, "faultstring") == "0102"
    assert said(response, "detail/message")


def test_an_oses_cdr_is_its_own_and_bears_our_hash(place: Place) -> None:
    place.world.settings["sunat.mode"] = "ose"
    document = sign(invoice())
    root = cdr(place.sunat.handle(send_bill(document)))
    digest = etree.fromstring(document).findtext(".//{*}DigestValue")
    assert root.findtext(".//{*}DocumentHash") == digest
    receiver = root.findtext("{*}ReceiverParty//{*}CompanyID") or ""
    assert receiver != receiver.strip() == ISSUER
    assert (root.findtext("{*}SenderParty//{*}CompanyID") or "").strip() == OSE
    assert is_ruc(OSE)
    assert code(root) == "0"


def test_who_must_use_an_ose_sends_to_one(place: Place) -> None:
    markup = invoice(issuer=OBLIGED, customer=("6", CUSTOMER))
    request = send_bill(sign(markup, signer(OBLIGED)), issuer=OBLIGED, user=OBLIGED + "MODDATOS")
    assert is_ruc(OBLIGED)
    assert fault(place.sunat.handle(request)) == "1078"
    place.world.settings["sunat.mode"] = "ose"
    assert code(cdr(place.sunat.handle(request))) == "0"


@pytest.mark.parametrize(
    ("question", "expected"),
    [({}, "0011"), ({"issuer": "1"}, "0014"), ({"series": "F1"}, "0007"),
     ({"number": "0"}, "0010")],
)  # fmt: skip
def test_an_ose_counts_the_consult_services_answers_otherwise(
    place: Place, question: dict[str, str], expected: str
) -> None:
    place.world.settings["sunat.mode"] = "ose"
    assert said(place.sunat.handle(ask(**question)), "statusCode") == expected


def test_an_ose_is_asked_for_boletas_too(place: Place) -> None:
    place.world.settings["sunat.mode"] = "ose"
    known(place, "03 B001-1")
    answers = [
        place.sunat.handle(ask("getStatus", kind="03", series="B001", number=n)) for n in "12"
    ]
    assert [said(answer, "statusCode") for answer in answers] == ["0001", "0011"]


def test_an_ose_has_its_own_number_for_a_ticket_that_is_not_there(place: Place) -> None:
    place.world.settings["sunat.mode"] = "ose"
    assert said(place.sunat.handle(status("1")), "statusCode") == "0013"


# Forms of faults


@pytest.mark.parametrize(
    ("words", "expected", "detailed"),
    [("", "soap-env:Client.0102", False), ("ns0", "ns0:Client.0102", False),
     ("env detail", "env:Client.0102", True), ("detail", "soap-env:Client.0102", True)],
)  # fmt: skip
def test_a_fault_has_many_forms(place: Place, words: str, expected: str, detailed: bool) -> None:
    place.world.settings["sunat.faults"] = words
    response = place.sunat.handle(send_bill(sign(invoice()), password="mala"))
    assert said(response, "faultcode") == expected
    assert (said(response, "detail/message") is not None) is detailed


# Forms of CDRs


@pytest.mark.parametrize(
    ("words", "names"),
    [("", ["dummy/", "R"]), ("dummy_after", ["R", "dummy/"]), ("no_dummy", ["R"])],
)
def test_a_folder_may_lie_beside_the_cdr(place: Place, words: str, names: list[str]) -> None:
    place.world.settings["sunat.cdr"] = words
    found = entries(place.sunat.handle(send_bill(sign(invoice()))))
    assert [name.partition("-")[0] for name, _ in found] == names


def test_a_cdr_may_be_in_latin_letters(place: Place) -> None:
    place.world.settings["sunat.cdr"] = "latin1 no_dummy"
    altered = sign(invoice()).replace(b"Servicio de prueba", b"Servicio de pruebo")
    ((_, content),) = entries(place.sunat.handle(send_bill(altered)))
    assert content.startswith(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    with pytest.raises(UnicodeDecodeError):
        content.decode()
    root = etree.fromstring(content)
    assert code(root) == "2335"
    assert "después" in (root.findtext(".//{*}Description") or "")


@pytest.mark.parametrize(("words", "label"), [("", "F001-1"), ("zeros", "F001-00000001")])
def test_a_cdr_may_write_zeros(place: Place, words: str, label: str) -> None:
    place.world.settings["sunat.cdr"] = words
    root = cdr(place.sunat.handle(send_bill(sign(invoice()))))
    assert root.findtext(".//{*}ReferenceID") == label
    assert label in (root.findtext(".//{*}Description") or "")


def test_a_summarys_name_has_no_zeros_to_write(place: Place) -> None:
    place.world.settings["sunat.cdr"] = "zeros"
    assert verdict(place, summary()).findtext(".//{*}ReferenceID") == RC


@pytest.mark.parametrize(
    ("words", "issued"), [("", "2026-11-21"), ("moment", "2026-11-21T10:00:00")]
)
def test_a_cdrs_date_may_hold_its_time(place: Place, words: str, issued: str) -> None:
    place.world.settings[f"sunat.cdr.{ISSUER}"] = words
    root = cdr(place.sunat.handle(send_bill(sign(invoice()))))
    assert root.findtext("{*}IssueDate") == issued


@pytest.mark.parametrize("name", ["mode", "cdr", "faults", "ticket_seconds", "nada"])
def test_a_setting_that_makes_no_sense_is_an_error_of_the_sandboxs_user(
    place: Place, name: str
) -> None:
    place.world.settings[f"sunat.{name}"] = "sinsentido"
    with pytest.raises((KeyError, ValueError)):
        place.sunat.handle(send_bill(sign(invoice())))


# Answers to sendBill that carry no CDR


@pytest.mark.parametrize(
    ("kind", "said_instead"), [(Script.PLAIN_TEXT, "El sistema"), (Script.NO_CONTENT, "")]
)
def test_an_answer_may_lack_its_cdr_which_asking_gives(
    place: Place, kind: Script, said_instead: str
) -> None:
    script(place, kind)
    response = place.sunat.handle(send_bill(sign(invoice())))
    found = said(response, "applicationResponse") or ""
    assert found[: len("El sistema")] == said_instead
    assert code(cdr(place.sunat.handle(ask()), "content")) == "0"


def test_the_consult_service_can_be_out_of_order(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    place.world.settings["sunat.consult"] = "down"
    assert said(place.sunat.handle(ask()), "statusCode") == "0125"
    place.world.settings["sunat.consult"] = "up"
    assert said(place.sunat.handle(ask()), "statusCode") == "0004"


def test_a_voided_document_is_told_as_such(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    ticket(place, voiding(), RA)
    assert said(place.sunat.handle(ask("getStatus")), "statusCode") == "0003"
    assert code(cdr(place.sunat.handle(ask()), "content")) == "0"


def test_an_operation_belongs_to_its_service(place: Place) -> None:
    for request in (send_bill(sign(invoice())), send_summary(sign(summary()))):
        answer = place.sunat.handle(replace(request, path="/billConsultService"))
        assert said(answer, "faultcode") == "soap-env:Client"
    answer = place.sunat.handle(replace(ask(), path="/billService"))
    assert said(answer, "faultcode") == "soap-env:Client"
