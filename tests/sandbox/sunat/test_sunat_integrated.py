"""The consulta integrada: tokens, and what it says of who knows a document's date and total."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.sandbox.sunat.conftest import NOW, Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.files import summary
from tests.sandbox.sunat.rest import CLIENT, SECRET, bearer, question, said, token_request
from tests.sandbox.sunat.signing import send_bill, sign
from tests.sandbox.sunat.steps import known, ticket


def state(place: Place, **changed: Any) -> str:
    response = place.sunat.handle(question(bearer(place, "register"), **changed))
    assert response.status == 200, response.body
    return str(said(response)["data"]["estadoCp"])


# Tokens


def test_a_client_gets_a_token_for_an_hour(place: Place) -> None:
    told = said(place.sunat.handle(token_request("register")))
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 3600)
    assert place.outcomes() == [("login", "accepted")]


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [({"grant_type": "password"}, 400, "unsupported_grant_type"),
     ({"scope": "otro"}, 400, "invalid_scope"), ({"scope": ""}, 400, "invalid_scope"),
     ({"client_secret": "mala"}, 401, "unauthorized_client"),
     ({"client_secret": ""}, 401, "unauthorized_client"),
     ({"client_id": "otro"}, 401, "unauthorized_client")],
)  # fmt: skip
def test_a_client_is_refused(
    place: Place, changed: dict[str, str], status: int, error: str
) -> None:
    response = place.sunat.handle(token_request("register", **changed))
    assert (response.status, said(response)["error"]) == (status, error)
    assert "access_token" not in said(response)
    assert place.outcomes() == [("login", "refused")]


def test_a_registered_client_has_one_secret_and_one_ruc(place: Place) -> None:
    place.sunat.learn("client", {"client_id": CLIENT, "client_secret": "otro", "ruc": CUSTOMER})
    assert place.sunat.handle(token_request("register")).status == 401
    token = bearer(place, "register", client_secret="otro")
    assert place.sunat.handle(question(token)).status == 401
    assert place.sunat.handle(question(token, ruc=CUSTOMER)).status == 200


@pytest.mark.parametrize(("seconds", "status"), [(3599, 200), (3600, 401)])
def test_a_token_expires(place: Place, seconds: int, status: int) -> None:
    token = bearer(place, "register")
    place.world.now = lambda: NOW + timedelta(seconds=seconds)
    assert place.sunat.handle(question(token)).status == status


def test_a_token_lasts_as_long_as_it_is_set(place: Place) -> None:
    place.world.settings["sunat.token_seconds"] = "60"
    token = bearer(place, "register")
    place.world.now = lambda: NOW + timedelta(seconds=60)
    assert place.sunat.handle(question(token)).status == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic x", "Bearer\u00e9"])
def test_nobody_asks_without_a_token(place: Place, header: str) -> None:
    request = replace(question("x"), headers={"authorization": header})
    assert place.sunat.handle(request).status == 401


def test_a_token_for_guias_asks_nothing_here(place: Place) -> None:
    assert place.sunat.handle(question(bearer(place, "gre"))).status == 401


# Answers


def test_an_accepted_document_is_valid_for_who_knows_it(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    token = bearer(place, "register")
    told = said(place.sunat.handle(question(token)))
    assert told["success"] is True
    assert told["data"] == {
        "estadoCp": "1", "estadoRuc": "00", "condDomiRuc": "00", "observaciones": [],
    }  # fmt: skip
    assert place.outcomes()[-1] == ("ask", "accepted")


def test_the_published_paths_are_served_too(place: Place) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    entrance = f"/v1/clientesextranet/{CLIENT}/oauth2/token/"
    taken = place.sunat.handle(replace(token_request("register"), path=entrance))
    path = f"/v1/contribuyente/contribuyentes/{ISSUER}/validarcomprobante"
    asked = replace(question(str(said(taken)["access_token"])), path=path)
    assert said(place.sunat.handle(asked))["data"]["estadoCp"] == "1"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({}, "1"), ({"monto": 118}, "1"), ({"monto": 118.0}, "1"), ({"numero": 1}, "1"),
     ({"numero": "00000001"}, "1"), ({"monto": "118.01"}, "0"),
     ({"fechaEmision": "19/11/2026"}, "0"), ({"numero": "2"}, "0"), ({"codComp": "03"}, "0"),
     ({"numRuc": CUSTOMER}, "0")],
)  # fmt: skip
def test_date_and_total_must_agree(place: Place, changed: dict[str, Any], expected: str) -> None:
    place.sunat.handle(send_bill(sign(invoice())))
    assert state(place, **changed) == expected


@pytest.mark.parametrize(
    ("was", "expected"), [("", "0"), ("accepted", "1"), ("voided", "2"), ("rejected", "0")]
)
def test_the_states(place: Place, was: str, expected: str) -> None:
    if was:
        known(place, "01 F001-1", was, issued="2026-11-20", total="118.00")
    assert state(place) == expected


def test_a_boleta_of_a_summary_is_found(place: Place) -> None:
    ticket(place, summary())
    assert state(place, codComp="03", numeroSerie="B001") == "1"
    assert state(place, codComp="03", numeroSerie="B001", monto="100.00") == "0"


def test_states_have_two_lengths(place: Place) -> None:
    place.world.settings["sunat.long_states"] = "1"
    known(place, "01 F001-1")
    assert state(place) == "0001"


@pytest.mark.parametrize(
    "changed",
    [{"numRuc": "1"}, {"codComp": "1"}, {"numeroSerie": ""}, {"numero": "0"}, {"numero": "x"},
     {"fechaEmision": "2026-11-20"}, {"fechaEmision": "31/02/2026"}, {"monto": "-1"},
     {"monto": "NaN"}, {"monto": None}, {"monto": True}, {"monto": "1e9"}, {"numRuc": [ISSUER]},
     {"monto": 10**30}, {"numero": 10**30}],
)  # fmt: skip
def test_a_question_that_cannot_be_read_fails(place: Place, changed: dict[str, Any]) -> None:
    response = place.sunat.handle(question(bearer(place, "register"), **changed))
    assert response.status == 400
    assert said(response)["success"] is False
    assert place.outcomes()[-1] == ("ask", "refused")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b"9" * 10_000, b"{}"]
)
def test_a_body_that_is_no_object_fails(place: Place, body: bytes) -> None:
    request = replace(question(bearer(place, "register")), body=body)
    assert place.sunat.handle(request).status == 400


def test_trouble_comes_here_too(place: Place) -> None:
    token = bearer(place, "register")
    place.world.settings["sunat.fault.ask"] = "page_503"
    assert place.sunat.handle(question(token)).status == 503
    place.world.settings["sunat.fault.ask"] = "server"
    assert said(place.sunat.handle(question(token)))["cod"] == "0100"
    assert place.sunat.handle(token_request("register", client_secret=SECRET)).status == 200
