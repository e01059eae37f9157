"""Which service is called for each kind, in each state, in each environment, and with what."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from acuse.domain.party import Environment
from acuse.domain.submission import (
    Call,
    CallPurpose,
    Case,
    Form,
    Judged,
    Reply,
    SubmissionState,
)
from acuse.jurisdictions.pe import jurisdiction, services
from acuse.jurisdictions.pe.endpoints import ENDPOINTS
from acuse.xml.archive import unpack_one
from tests.jurisdictions.pe.told import ALL_SECRETS, FILES, call_about, case_of, issuer
from tests.support.makers import AT, RUC, company, credential

PRODUCTION = ENDPOINTS[Environment.PRODUCTION]
SEND, ASK, LOGIN = CallPurpose.SEND, CallPurpose.ASK, CallPurpose.LOGIN
QUEUED, IN_FLIGHT = "QUEUED", "IN_FLIGHT"
WAITING, UNCERTAIN = "WAITING", "UNCERTAIN"
BILL, OTHER, CONSULT = "bill", "other", "consult"


def value(one: Call, name: str) -> str:
    assert isinstance(one.body, bytes)
    return etree.fromstring(one.body).findtext(f".//{name}") or ""


def told(one: Call) -> dict[str, Any]:
    assert isinstance(one.body, bytes)
    read = json.loads(one.body)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(
    ("about", "service", "operation"),
    [
        ("factura", BILL, "sendBill"),
        ("boleta", BILL, "sendBill"),
        ("nota", BILL, "sendBill"),
        ("nota-de-boleta", BILL, "sendBill"),
        ("liquidacion", BILL, "sendBill"),
        ("retencion", OTHER, "sendBill"),
        ("percepcion", OTHER, "sendBill"),
        ("resumen", BILL, "sendSummary"),
        ("baja", BILL, "sendSummary"),
        ("reversion", OTHER, "sendSummary"),
    ],
)
@pytest.mark.parametrize("state", [QUEUED, IN_FLIGHT])
def test_each_kind_is_sent_to_its_service(
    about: str, service: str, operation: str, state: str
) -> None:
    for environment in Environment:
        one = case_of(about, state=state)
        call = call_about(one, issuer(environment.value))
        assert call.purpose is SEND
        assert call.url == ENDPOINTS[environment][service]
        assert call.headers["soapaction"] == f'"urn:{operation}"'
        stem = one.file_name.removesuffix(".xml")
        assert value(call, "fileName") == f"{stem}.zip"
        archive = b64decode(value(call, "contentFile"))
        assert unpack_one(archive, lambda name: True) == (one.file_name, one.sealed)


@pytest.mark.parametrize(
    ("about", "api", "service", "operation"),
    [
        ("factura", False, CONSULT, "getStatusCdr"),
        ("factura", True, CONSULT, "getStatusCdr"),
        ("nota", True, CONSULT, "getStatusCdr"),
        ("boleta", False, BILL, "sendBill"),
        ("nota-de-boleta", False, BILL, "sendBill"),
        ("liquidacion", False, BILL, "sendBill"),
        ("retencion", True, OTHER, "sendBill"),
        ("percepcion", True, OTHER, "sendBill"),
        ("resumen", False, BILL, "sendSummary"),
        ("baja", False, BILL, "sendSummary"),
        ("reversion", True, OTHER, "sendSummary"),
    ],
)
@pytest.mark.parametrize("state", [WAITING, UNCERTAIN])
def test_what_may_have_arrived_is_asked_where_somebody_answers(
    about: str, api: bool, service: str, operation: str, state: str
) -> None:
    call = call_about(case_of(about, state=state), issuer("PRODUCTION", api=api))
    assert call.purpose is ASK
    assert call.url == PRODUCTION[service]
    assert call.headers["soapaction"] == f'"urn:{operation}"'


@pytest.mark.parametrize("about", ["resumen", "baja", "reversion"])
@pytest.mark.parametrize("api", [True, False])
def test_a_batch_is_asked_about_by_its_ticket(about: str, api: bool) -> None:
    for state in (WAITING, UNCERTAIN):
        one = case_of(about, state=state, ticket="1703154974517")
        call = call_about(one, issuer("PRODUCTION", api=api))
        assert call.purpose is ASK
        assert call.headers["soapaction"] == '"urn:getStatus"'
        assert value(call, "ticket") == "1703154974517"
        assert call.url == PRODUCTION[OTHER if about == "reversion" else BILL]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"ticket": "1"}, "1"),
        ({"ticket": "2", "first": "1"}, "2"),
        ({"ticket": "2", "first": "1", "known": "alive"}, "1"),
        ({"ticket": "1", "known": "alive"}, "1"),
        ({"later": "3"}, "3"),
        ({"ticket": "1", "later": "3"}, "3"),
    ],
)
def test_which_of_several_tickets_is_asked(given: dict[str, str], asked: str) -> None:
    assert (
        value(call_about(case_of("resumen", state=UNCERTAIN, **given), issuer()), "ticket") == asked
    )


@pytest.mark.parametrize("given", [{"ticket": "1", "known": "lost"}, {}])
def test_without_a_ticket_the_members_are_asked_or_the_same_file_is(given: dict[str, str]) -> None:
    one = case_of("resumen", state=UNCERTAIN, **given)
    assert call_about(one, issuer()).headers["soapaction"] == '"urn:sendSummary"'
    call = call_about(one, issuer(api=True))
    assert call.url == f"sandbox://sunat/register/validarcomprobante/{RUC}"


@pytest.mark.parametrize(("answered", "number"), [("", "7"), ("1", "8"), ("11", "9")])
def test_the_members_are_asked_one_by_one(answered: str, number: str) -> None:
    given = {"members": answered} if answered else {}
    one = call_about(case_of("resumen", state=UNCERTAIN, **given), issuer(api=True))
    assert told(one) == {
        "numRuc": RUC,
        "codComp": "03",
        "numeroSerie": "B001",
        "numero": number,
        "fechaEmision": "25/11/2026",
        "monto": "118.00",
    }


@pytest.mark.parametrize("about", ["boleta", "nota-de-boleta", "liquidacion"])
def test_the_register_is_asked_with_what_was_signed(about: str) -> None:
    code, number, _ = FILES[about]
    call = call_about(case_of(about, state=UNCERTAIN), issuer("PRODUCTION", api=True))
    assert call.purpose is ASK
    assert call.method == "POST"
    assert call.url == PRODUCTION["register"].replace("{ruc}", RUC)
    assert call.headers["authorization"] == "Bearer ficha-consulta"
    assert call.secret_parts == ("ficha-consulta",)
    series, value_ = number.split("-")
    assert told(call) == {
        "numRuc": RUC,
        "codComp": code,
        "numeroSerie": series,
        "numero": value_,
        "fechaEmision": "25/11/2026",
        "monto": "118.00",
    }


def test_the_register_logs_in_with_its_own_credentials() -> None:
    one = case_of("boleta", state=UNCERTAIN, logged_out=True)
    call = call_about(one, issuer("PRODUCTION", api=True))
    assert call.purpose is LOGIN
    assert call.url.endswith("/v1/clientesextranet/cliente-consulta/oauth2/token/")
    assert isinstance(call.body, Form)
    assert call.body.fields == {
        "grant_type": "client_credentials",
        "scope": "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes",
        "client_id": "cliente-consulta",
        "client_secret": "secreto-consulta",
    }
    assert call.secret_parts == ("secreto-consulta",)


def test_the_rehearsal_has_no_register_and_is_asked_by_the_same_bytes() -> None:
    call = call_about(case_of("boleta", state=UNCERTAIN), issuer("TEST", api=True))
    assert call.headers["soapaction"] == '"urn:sendBill"'
    assert call.purpose is ASK


@pytest.mark.parametrize(
    ("told", "settles"),
    [(True, True), ("true", True), (False, False), ("false", False), ("", False)],
)
def test_the_registers_word_counts_only_where_the_company_said_so(
    told: object, settles: bool
) -> None:
    who = replace(issuer(api=True), extra={"register_settles": told})
    call = call_about(case_of("boleta", state=UNCERTAIN), who)
    reply = Reply(200, {}, b'{"success": true, "data": {"estadoCp": "1"}}')
    finding = jurisdiction.read(case_of("boleta", state=UNCERTAIN), call, reply, AT)
    assert isinstance(finding, Judged) is settles


def test_half_of_the_registers_credentials_are_none() -> None:
    half = replace(company(), secrets=company().secrets | {"register_client_id"})
    assert not services.registers(half)
    assert services.registers(issuer(api=True))


def test_an_ose_is_asked_where_it_was_sent_unless_it_says_otherwise() -> None:
    ose = issuer("PRODUCTION", ose=True)
    assert call_about(case_of(), ose).url == "https://ose.example/ws"
    assert call_about(case_of(state=UNCERTAIN), ose).url == "https://ose.example/ws"
    apart = replace(ose, endpoints={**ose.endpoints, "consult": "https://ose.example/consulta"})
    assert call_about(case_of(state=UNCERTAIN), apart).url == "https://ose.example/consulta"


def test_nothing_of_one_environment_has_an_address_of_another() -> None:
    found = [set(by_name.values()) for by_name in ENDPOINTS.values()]
    assert sum(len(one) for one in found) == len(set().union(*found))
    sandbox = ENDPOINTS[Environment.SANDBOX].values()
    assert all(url.startswith("sandbox://sunat/") for url in sandbox)
    assert not [url for url in ENDPOINTS[Environment.TEST].values() if "-beta/" not in url]


@pytest.mark.parametrize("about", FILES)
@pytest.mark.parametrize("state", [one.value for one in SubmissionState])
@pytest.mark.parametrize("api", [True, False])
def test_the_purpose_follows_the_state_whatever_the_kind(about: str, state: str, api: bool) -> None:
    for logged_out in (True, False):
        one: Case = case_of(about, state=state, logged_out=logged_out)
        call = jurisdiction.next_call(one, issuer(api=api), credential(**ALL_SECRETS), AT)
        if state in ("GATHERED", "STUCK", "SETTLED", "CLOSED"):
            assert call is None
            continue
        assert call is not None
        sending = state in (QUEUED, IN_FLIGHT)
        assert call.purpose in ((SEND, LOGIN) if sending else (ASK, LOGIN))
        assert not [word for word in ("moddatos", "secreto", "ficha") if word in call.url]
