"""What is called next: log in where no token is good, send what was never sent, ask else."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import timedelta

import pytest

from acuse.domain.party import Company, Environment
from acuse.domain.submission import Call, CallPurpose, Case, Form, Note, SubmissionState
from acuse.jurisdictions.cr import jurisdiction
from tests.jurisdictions.cr.makers import AT, case, company, credential

TOKEN = {"access_token": Note("the-token", AT + timedelta(minutes=4))}
WITHOUT = frozenset({SubmissionState.STUCK, SubmissionState.SETTLED, SubmissionState.CLOSED})


def called(one: Case, issuer: Company | None = None) -> Call:
    call = jurisdiction.next_call(one, issuer or company(), credential(), AT)
    assert call is not None
    return call


def test_without_a_token_the_password_is_used() -> None:
    call = called(case())
    assert call.purpose is CallPurpose.LOGIN
    assert isinstance(call.body, Form)
    assert call.body.fields == {
        "grant_type": "password",
        "client_id": "api-stag",
        "username": "cpj-3-101-999888@stag.comprobanteselectronicos.example",
        "password": "clave-inventada",
    }


@pytest.mark.parametrize(("minutes", "grant"), [(1, "refresh_token"), (-1, "password")])
def test_a_refresh_token_that_is_good_saves_the_password(minutes: int, grant: str) -> None:
    notes = {
        "access_token": Note("old", AT),
        "refresh_token": Note("again", AT + timedelta(minutes=minutes)),
    }
    call = called(case(notes=notes))
    assert isinstance(call.body, Form)
    assert call.body.fields["grant_type"] == grant
    assert ("password" in call.body.fields) is (grant == "password")


def test_what_is_secret_is_named_to_be_masked() -> None:
    assert "clave-inventada" in called(case()).secret_parts
    assert "the-token" in called(case(notes=TOKEN)).secret_parts
    refresh = {"refresh_token": Note("again", AT + timedelta(minutes=1))}
    assert "again" in called(case(notes=refresh)).secret_parts
    assert "clave-inventada" not in repr(called(case()).secret_parts[1:])


def test_what_was_never_sent_is_sent_as_it_was_signed() -> None:
    one = case(notes=TOKEN)
    call = called(one)
    assert (call.purpose, call.method) == (CallPurpose.SEND, "POST")
    assert call.url == "sandbox://hacienda/recepcion/v1/recepcion"
    assert call.headers["authorization"] == "bearer the-token"
    assert isinstance(call.body, bytes)
    told = json.loads(call.body)
    assert b64decode(told.pop("comprobanteXml")) == one.sealed
    assert told == {
        "clave": one.fiscal_id,
        "fecha": "2026-11-25T10:30:00-06:00",
        "emisor": {"tipoIdentificacion": "02", "numeroIdentificacion": "3101999888"},
        "receptor": {"tipoIdentificacion": "01", "numeroIdentificacion": "199990888"},
    }


def test_where_to_call_back_goes_with_the_sending_and_is_masked() -> None:
    place = "https://facturas.ejemplo.example/aviso/7-abc"
    call = called(case(notes=TOKEN, callback=place))
    assert isinstance(call.body, bytes)
    assert json.loads(call.body)["callbackUrl"] == place
    assert place in call.secret_parts
    asking = called(case(SubmissionState.WAITING, notes=TOKEN, callback=place))
    assert place not in asking.url


@pytest.mark.parametrize("state", [SubmissionState.WAITING, SubmissionState.UNCERTAIN])
def test_what_may_have_arrived_is_asked_about(state: SubmissionState) -> None:
    one = case(state, notes=TOKEN)
    call = called(one)
    assert (call.purpose, call.method) == (CallPurpose.ASK, "GET")
    assert call.url == f"sandbox://hacienda/recepcion/v1/recepcion/{one.fiscal_id}"


@pytest.mark.parametrize("state", sorted(WITHOUT))
def test_what_is_settled_or_stuck_calls_nobody(state: SubmissionState) -> None:
    assert jurisdiction.next_call(case(state, notes=TOKEN), company(), credential(), AT) is None


IDP = "https://idp.comprobanteselectronicos.go.cr"


@pytest.mark.parametrize(
    ("environment", "host", "realm", "client"),
    [
        (Environment.SANDBOX, "sandbox://hacienda", "rut-stag", "api-stag"),
        (Environment.TEST, IDP, "rut-stag", "api-stag"),
        (Environment.PRODUCTION, IDP, "rut", "api-prod"),
    ],
)
def test_each_environment_has_its_realm_and_client(
    environment: Environment, host: str, realm: str, client: str
) -> None:
    call = called(case(), company(environment=environment))
    assert call.url == f"{host}/auth/realms/{realm}/protocol/openid-connect/token"
    assert isinstance(call.body, Form)
    assert call.body.fields["client_id"] == client


def test_the_company_may_have_addresses_of_its_own() -> None:
    issuer = company(
        environment=Environment.TEST,
        endpoints={"api": "https://api-sandbox.hacienda.example/recepcion/v1"},
    )
    call = called(case(notes=TOKEN), issuer)
    assert call.url == "https://api-sandbox.hacienda.example/recepcion/v1/recepcion"
    assert "rut-stag" in called(case(), issuer).url
