"""Who may send, what a script brings about, homologation, and envelopes that are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.signing import (
    cdr,
    code,
    fault,
    notes,
    said,
    send_bill,
    sign,
    signer,
)

from acuse_sandbox.world import Script, ScriptedReply

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def scripted(place: Place, *replies: ScriptedReply, number: str = "F001-1") -> None:
    place.world.scripts.add("sunat", {"number": number}, list(replies))


# Who calls


@pytest.mark.parametrize(
    ("user", "password", "expected"),
    [
        (None, "moddatos", "0101"),
        (ISSUER + "MODDATOS", "mala", "0102"),
        (ISSUER, "moddatos", "0103"),
        ("20999888771MODDATOS", "moddatos", "0103"),
        (CUSTOMER + "MODDATOS", "moddatos", "0154"),
        (ISSUER + "OTRO", "otra", ""),
    ],
)
def test_a_sol_user_of_the_issuer_may_send(
    place: Place, user: str | None, password: str, expected: str
) -> None:
    response = place.sunat.handle(send_bill(sign(invoice()), user=user, password=password))
    assert (fault(response) if expected else "") == expected
    assert (response.status == 200) is (expected == "")


# Scripts and magic customers


def test_a_hung_answer_leaves_the_document_judged_and_its_cdr_kept(place: Place) -> None:
    scripted(place, ScriptedReply(Script.HANG_AFTER_ACCEPT))
    document = sign(invoice())
    assert place.sunat.handle(send_bill(document)).hang
    assert place.outcomes() == [("send", "accepted")]
    assert fault(place.sunat.handle(send_bill(document))) == "1033"


def test_a_page_may_hide_a_document_that_was_taken(place: Place) -> None:
    scripted(place, ScriptedReply(Script.HTTP_AFTER_ACCEPT, status=502))
    document = sign(invoice())
    assert place.sunat.handle(send_bill(document)).status == 502
    assert fault(place.sunat.handle(send_bill(document))) == "1033"
    assert place.outcomes() == [("send", "accepted"), ("resend", "refused")]


@pytest.mark.parametrize(
    ("reply", "status"),
    [(ScriptedReply(Script.HTTP, status=503), 503), (ScriptedReply(Script.HTML200), 200)],
)
def test_a_gateways_page_hides_a_service_that_saw_nothing(
    place: Place, reply: ScriptedReply, status: int
) -> None:
    scripted(place, reply)
    response = place.sunat.handle(send_bill(sign(invoice())))
    assert (response.status, response.headers["content-type"]) == (status, "text/html")
    assert place.outcomes() == [("send", "fault")]
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "0"


def test_an_empty_200_keeps_nothing(place: Place) -> None:
    place.world.settings["sunat.fault"] = "empty"
    response = place.sunat.handle(send_bill(sign(invoice())))
    assert (response.status, response.body) == (200, b"")
    del place.world.settings["sunat.fault"]
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "0"


def test_an_answer_that_names_another_document_does_not_unmake_ours(place: Place) -> None:
    scripted(place, ScriptedReply(Script.WRONG_DOCUMENT))
    root = cdr(place.sunat.handle(send_bill(sign(invoice()))))
    assert root.findtext(".//{*}ReferenceID") == "F001-2"
    assert fault(place.sunat.handle(send_bill(sign(invoice())))) == "1033"


def test_a_slow_answer_is_the_usual_one_later(place: Place) -> None:
    scripted(place, ScriptedReply(Script.SLOW, seconds=4.0))
    response = place.sunat.handle(send_bill(sign(invoice())))
    assert response.delay == 4.0
    assert code(cdr(response)) == "0"


def test_a_document_stays_in_process_as_often_as_scripted(place: Place) -> None:
    scripted(place, ScriptedReply(Script.PROCESSING, times=2))
    document = sign(invoice())
    answers = [place.sunat.handle(send_bill(document)) for _ in range(3)]
    assert [fault(answer) for answer in answers[:2]] == ["0140", "0140"]
    assert code(cdr(answers[2])) == "0"
    assert place.outcomes()[:2] == [("send", "pending"), ("send", "pending")]


def test_a_script_is_for_its_document_only(place: Place) -> None:
    scripted(place, ScriptedReply(Script.REJECT, code="2335"), number="F001-9")
    assert code(cdr(place.sunat.handle(send_bill(sign(invoice()))))) == "0"


@pytest.mark.parametrize(
    ("name", "expected", "noted"),
    [("EJEMPLAR ACEPTA", "0", []), ("EJEMPLAR RECHAZA 2335", "2335", []),
     ("EJEMPLAR OBSERVA", "0", ["4252"]),
     ("EJEMPLAR RECHAZA 4013", "0", ["4013"]), ("EJEMPLAR RECHAZA", "3244", [])],
)  # fmt: skip
def test_a_magic_customer_decides_the_verdict(
    place: Place, name: str, expected: str, noted: list[str]
) -> None:
    root = cdr(place.sunat.handle(send_bill(sign(invoice(customer_name=name)))))
    assert code(root) == expected
    assert [note[:4] for note in notes(root)] == noted


def test_a_magic_code_below_2000_is_a_fault_that_keeps_nothing(place: Place) -> None:
    document = sign(invoice(customer_name="EJEMPLAR RECHAZA 1078"))
    assert [fault(place.sunat.handle(send_bill(document))) for _ in range(2)] == ["1078", "1078"]


def test_a_script_never_makes_a_bad_document_good(place: Place) -> None:
    scripted(place, ScriptedReply(Script.ACCEPT))
    wrong = invoice(tax="25.00")
    assert code(cdr(place.sunat.handle(send_bill(sign(wrong))))) == "3294"


def test_a_magic_customer_with_delay_answers_later(place: Place) -> None:
    response = place.sunat.handle(send_bill(sign(invoice(customer_name="EJEMPLAR DEMORA 3"))))
    assert response.delay == 3.0


# Homologation


def test_homologation_tells_a_rejection_by_fault_and_forgets_it(place: Place) -> None:
    place.world.settings["sunat.mode"] = "beta"
    wrong = sign(invoice(tax="25.00"))
    answers = [place.sunat.handle(send_bill(wrong)) for _ in range(2)]
    assert [fault(answer) for answer in answers] == ["3294", "3294"]


def test_homologation_takes_a_number_again_and_does_not_sign(place: Place) -> None:
    place.world.settings["sunat.mode"] = "beta"
    document = sign(invoice())
    roots = [cdr(place.sunat.handle(send_bill(document))) for _ in range(2)]
    assert [code(root) for root in roots] == ["0", "0"]
    assert (roots[0].findtext(".//{*}SignatureValue") or "").startswith("*")


# The envelope


@pytest.mark.parametrize(
    "body",
    [b"", b"no es xml", b"<a/>", BOMB.encode() + b"<a/>", b"\xff\xfe\x00"],
)  # fmt: skip
def test_a_body_that_is_no_envelope_is_a_fault_without_a_number(place: Place, body: bytes) -> None:
    request = replace(send_bill(sign(invoice())), body=body)
    response = place.sunat.handle(request)
    assert said(response, "faultcode") == "soap-env:Client"
    assert place.outcomes() == [("send", "refused")]


def test_a_field_with_a_namespace_is_not_seen(place: Place) -> None:
    request = send_bill(sign(invoice()))
    body = request.body.replace(b"fileName>", b"ser:fileName>")
    assert fault(place.sunat.handle(replace(request, body=body))) == "0151"


def test_the_soap_action_must_be_the_operations(place: Place) -> None:
    request = send_bill(sign(invoice()))
    other = replace(request, headers={"soapaction": '"urn:getStatus"'})
    assert said(place.sunat.handle(other), "faultcode") == "soap-env:Client"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("POST", "/otro", 404), ("GET", "/billService", 405)]
)
def test_there_are_two_services_and_they_take_posts(
    place: Place, method: str, path: str, status: int
) -> None:
    request = replace(send_bill(sign(invoice())), method=method, path=path)
    assert place.sunat.handle(request).status == status


def test_a_signer_of_another_ruc_is_not_the_registered_one(place: Place) -> None:
    document = sign(invoice(), signer(CUSTOMER))
    root = cdr(place.sunat.handle(send_bill(document)))
    assert code(root) == "2325"
    assert etree.QName(root).localname == "ApplicationResponse"
