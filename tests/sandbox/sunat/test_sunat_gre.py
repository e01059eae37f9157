"""Guías by REST: tokens of users, the file and its hash, tickets, CDRs with the QR's address."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree
from tests.sandbox.sunat.conftest import NOW, Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER
from tests.sandbox.sunat.files import guia
from tests.sandbox.sunat.rest import (
    CLIENT,
    bearer,
    guia_request,
    said,
    ticket_request,
    token_request,
)
from tests.sandbox.sunat.signing import cdr_file, code, packed, send_bill, sign, signer
from tests.sandbox.sunat.signing import fault as soap_fault
from tests.sandbox.sunat.steps import script

from acuse_sandbox.world import Response, Script


def sent(place: Place, markup: str, **changed: Any) -> str:
    response = place.sunat.handle(guia_request(bearer(place, "gre"), sign(markup), **changed))
    assert response.status == 200, response.body
    return str(said(response)["numTicket"])


def told(place: Place, ticket: str, **changed: Any) -> dict[str, Any]:
    return said(place.sunat.handle(ticket_request(bearer(place, "gre"), ticket, **changed)))


def cdr(answer: dict[str, Any]) -> etree._Element:
    return etree.fromstring(cdr_file(b64decode(answer["arcCdr"]))[1])


def refusal(response: Response) -> str:
    assert response.status == 422
    (error,) = said(response)["errors"]
    return str(error["cod"])


# Tokens


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
     ({"username": f"{ISSUER}SINPERFIL"}, 400, "access_denied"),
     ({"password": "mala"}, 400, "access_denied"), ({"password": ""}, 400, "access_denied"),
     ({"username": ""}, 400, "access_denied"), ({"username": "MODDATOS"}, 400, "access_denied"),
     ({"client_secret": "mala"}, 401, "unauthorized_client")],
)  # fmt: skip
def test_a_user_is_refused(place: Place, changed: dict[str, str], status: int, error: str) -> None:
    response = place.sunat.handle(token_request("gre", **changed))
    assert (response.status, said(response)["error"]) == (status, error)


def test_a_registered_client_is_for_users_of_its_ruc(place: Place) -> None:
    entry = {"client_id": "acuse-de-prueba", "client_secret": "secreto", "ruc": CUSTOMER}
    place.sunat.learn("client", entry)
    assert place.sunat.handle(token_request("gre")).status == 401
    own = token_request("gre", username=f"{CUSTOMER}MODDATOS")
    assert place.sunat.handle(own).status == 200


@pytest.mark.parametrize(("seconds", "status"), [(3599, 200), (3600, 401)])
def test_a_token_expires(place: Place, seconds: int, status: int) -> None:
    token = bearer(place, "gre")
    place.world.now = lambda: NOW + timedelta(seconds=seconds)
    assert place.sunat.handle(guia_request(token, sign(guia()))).status == status
    assert place.sunat.handle(ticket_request(token, "x")).status == (422 if status == 200 else 401)


# Sending and asking


def test_a_good_guia_has_a_cdr_with_the_address_of_its_qr(place: Place) -> None:
    response = place.sunat.handle(guia_request(bearer(place, "gre"), sign(guia())))
    assert said(response)["fecRecepcion"] == "2026-11-21T10:00:00"
    answer = told(place, said(response)["numTicket"])
    assert (answer["codRespuesta"], answer["indCdrGenerado"]) == ("0", "1")
    assert "error" not in answer
    root = cdr(answer)
    assert (code(root), root.findtext(".//{*}ReferenceID")) == ("0", "T001-1")
    url = root.findtext(".//{*}DocumentReference/{*}DocumentDescription") or ""
    assert url.startswith("https://sunat.example/")
    assert "aceptado" in (root.findtext(".//{*}Description") or "")
    found = [(e.purpose, e.outcome) for e in place.world.ledger.read(fiscal_id=GUIA)]
    assert found == [("send", "accepted"), ("ask", "accepted")]


GUIA = f"{ISSUER}-09-T001-1"


def test_a_guia_that_breaks_a_rule_has_an_error_and_a_cdr(place: Place) -> None:
    altered = sign(guia()).replace(b"Cajas de prueba", b"Cajas de pruebo")
    response = place.sunat.handle(guia_request(bearer(place, "gre"), altered))
    answer = told(place, said(response)["numTicket"])
    assert (answer["codRespuesta"], answer["indCdrGenerado"]) == ("99", "1")
    assert answer["error"]["numError"] == code(cdr(answer)) == "2335"
    assert cdr(answer).find(".//{*}DocumentDescription") is None


@pytest.mark.parametrize("document", [b"<a/>", b"<a>"])
def test_a_guia_that_cannot_be_judged_has_an_error_alone(place: Place, document: bytes) -> None:
    response = place.sunat.handle(guia_request(bearer(place, "gre"), document))
    answer = told(place, said(response)["numTicket"])
    assert (answer["codRespuesta"], answer["indCdrGenerado"]) == ("99", "0")
    assert answer["error"]["numError"] == "0306"
    assert "arcCdr" not in answer


def test_a_number_that_is_taken_is_an_error(place: Place) -> None:
    first = sent(place, guia())
    answer = told(place, sent(place, guia()))
    assert (answer["error"]["numError"], answer["indCdrGenerado"]) == ("1033", "0")
    assert told(place, first)["codRespuesta"] == "0"
    purposes = [purpose for purpose, _ in place.outcomes() if purpose != "login"]
    assert purposes == ["send", "resend", "ask", "ask"]


def test_homologation_takes_a_number_again_and_signs_nothing(place: Place) -> None:
    place.world.settings["sunat.mode"] = "beta"
    answers = [told(place, sent(place, guia())) for _ in range(2)]
    assert [answer["codRespuesta"] for answer in answers] == ["0", "0"]
    assert (cdr(answers[0]).findtext(".//{*}SignatureValue") or "").startswith("*")


# What is wrong with the file


ZIP = b64encode(packed((f"{GUIA}.xml", b"<a/>"))).decode()


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({"nomArchivo": "guia.zip"}, "0151"), ({"nomArchivo": 1}, "0151"),
     ({"arcGreZip": ""}, "0155"), ({"arcGreZip": "!"}, "0156"), ({"arcGreZip": [ZIP]}, "0155"),
     ({"hashZip": "0" * 64}, "2860"), ({"hashZip": None}, "2860"), ({"arcGreZip": ZIP}, "2860")],
)  # fmt: skip
def test_a_bad_file_is_unprocessable(place: Place, changed: dict[str, Any], expected: str) -> None:
    request = guia_request(bearer(place, "gre"), sign(guia()), **changed)
    assert refusal(place.sunat.handle(request)) == expected
    assert place.outcomes()[-1] == ("send", "refused")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"[" * 100_000, b"{", b'{"archivo": []}'])
def test_a_body_that_is_no_file_is_unprocessable(place: Place, body: bytes) -> None:
    request = replace(guia_request(bearer(place, "gre"), b""), body=body)
    assert refusal(place.sunat.handle(request)) in ("0306", "0151")


@pytest.mark.parametrize(
    ("name", "expected"),
    [(f"{ISSUER}-01-F001-1", "0151"), ("guia", "0151"), (f"{CUSTOMER}-09-T001-1", "0154")],
)
def test_a_guia_goes_by_its_name(place: Place, name: str, expected: str) -> None:
    request = guia_request(bearer(place, "gre"), sign(guia()))
    other = replace(request, path=f"/gre/comprobantes/{name}")
    assert refusal(place.sunat.handle(other)) == expected


def test_a_guia_by_soap_is_refused(place: Place) -> None:
    request = send_bill(sign(guia()), number="T001-1", kind="09")
    assert soap_fault(place.sunat.handle(request)) == "0151"


def test_a_signer_of_another_ruc_is_rejected(place: Place) -> None:
    document = sign(guia(), signer(CUSTOMER))
    response = place.sunat.handle(guia_request(bearer(place, "gre"), document))
    assert told(place, said(response)["numTicket"])["error"]["numError"] == "2325"


# Tickets and scripts


def test_a_ticket_ages(place: Place) -> None:
    place.world.settings["sunat.ticket_seconds"] = "30"
    ticket = sent(place, guia())
    assert told(place, ticket) == {"codRespuesta": "98"}
    place.world.now = lambda: NOW + timedelta(seconds=30)
    assert told(place, ticket)["codRespuesta"] == "0"


def test_a_ticket_is_asked_at_both_addresses(place: Place) -> None:
    ticket = sent(place, guia())
    assert told(place, ticket, path="/gre/comprobantes/envios")["codRespuesta"] == "0"


def test_the_published_paths_are_served_too(place: Place) -> None:
    paths = "/v1/contribuyente/gem/comprobantes"
    entrance = replace(token_request("gre"), path=f"/v1/clientessol/{CLIENT}/oauth2/token/")
    token = str(said(place.sunat.handle(entrance))["access_token"])
    sending = guia_request(token, sign(guia()))
    taken = place.sunat.handle(replace(sending, path=f"{paths}/{ISSUER}-09-T001-1"))
    ticket = str(said(taken)["numTicket"])
    asked = place.sunat.handle(ticket_request(token, ticket, path=f"{paths}/envios"))
    assert said(asked)["codRespuesta"] == "0"


@pytest.mark.parametrize("ticket", ["1", "x" * 100, "%00", "é"])
def test_an_unknown_ticket_is_unprocessable(place: Place, ticket: str) -> None:
    response = place.sunat.handle(ticket_request(bearer(place, "gre"), ticket))
    assert refusal(response) == "0127"


def test_a_ticket_is_for_who_sent_the_guia(place: Place) -> None:
    ticket = sent(place, guia())
    others = bearer(place, "gre", username=f"{CUSTOMER}MODDATOS")
    assert refusal(place.sunat.handle(ticket_request(others, ticket))) == "0127"


def test_scripts_come_here_too(place: Place) -> None:
    script(place, Script.PROCESSING, "T001-1", times=1)
    first = sent(place, guia())
    assert [told(place, first)["codRespuesta"] for _ in range(2)] == ["98", "0"]
    script(place, Script.UNKNOWN_TICKET, "T001-2", times=1)
    second = sent(place, guia("T001-2"), number="T001-2")
    token = bearer(place, "gre")
    answers = [place.sunat.handle(ticket_request(token, second)).status for _ in range(3)]
    assert answers == [200, 422, 200]
    script(place, Script.NO_CONTENT, "T001-3")
    third = sent(place, guia("T001-3"), number="T001-3")
    assert [told(place, third)["indCdrGenerado"] for _ in range(2)] == ["0", "1"]
    script(place, Script.HTTP, status=503)
    assert place.sunat.handle(guia_request(token, sign(guia()), number="T001-4")).status == 503


def test_a_hung_answer_leaves_the_guia_judged(place: Place) -> None:
    script(place, Script.HANG_AFTER_ACCEPT)
    assert place.sunat.handle(guia_request(bearer(place, "gre"), sign(guia()))).hang
    assert told(place, sent(place, guia()))["error"]["numError"] == "1033"


@pytest.mark.parametrize(
    ("name", "expected", "cdrs"),
    [("EJEMPLAR RECHAZA 2554", "2554", "1"), ("EJEMPLAR RECHAZA 1078", "1078", "0")],
)
def test_a_magic_addressee_decides(place: Place, name: str, expected: str, cdrs: str) -> None:
    answer = told(place, sent(place, guia(name=name)))
    assert (answer["error"]["numError"], answer["indCdrGenerado"]) == (expected, cdrs)


def test_the_service_can_be_in_trouble(place: Place) -> None:
    token = bearer(place, "gre")
    place.world.settings["sunat.fault.send"] = "server"
    response = place.sunat.handle(guia_request(token, sign(guia())))
    assert (response.status, said(response)["cod"]) == (500, "0100")


def test_methods_are_the_services_own(place: Place) -> None:
    for request in (token_request("gre"), guia_request("x", b""), ticket_request("x", "1")):
        other = replace(request, method="PUT")
        assert place.sunat.handle(other).status == 405
