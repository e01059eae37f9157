"""How a guía is sent: token, hand-over with the hash, ticket; and what it lacks before."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pytest

from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import Number
from acuse.domain.submission import Call, CallPurpose, Form
from acuse.jurisdictions.pe import jurisdiction
from acuse.xml.archive import unpack_one
from tests.jurisdictions.pe.told import ALL_SECRETS, call_about, case_of, issuer
from tests.support.makers import AT, RUC, company, credential, document

SEND, ASK, LOGIN = CallPurpose.SEND, CallPurpose.ASK, CallPurpose.LOGIN
QUEUED, IN_FLIGHT = "QUEUED", "IN_FLIGHT"
WAITING, UNCERTAIN = "WAITING", "UNCERTAIN"


def told(one: Call) -> dict[str, Any]:
    assert isinstance(one.body, bytes)
    read = json.loads(one.body)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("about", ["guia", "guia-transportista"])
@pytest.mark.parametrize("state", [QUEUED, IN_FLIGHT, UNCERTAIN, WAITING])
def test_a_guia_is_handed_over_with_its_hash(about: str, state: str) -> None:
    one = case_of(about, state=state)
    call = call_about(one, issuer("PRODUCTION", api=True))
    assert call.purpose is (SEND if state in (QUEUED, IN_FLIGHT) else ASK)
    stem = one.file_name.removesuffix(".xml")
    base = "https://api-cpe.sunat.gob.pe/v1/contribuyente/gem/comprobantes"
    assert (call.method, call.url) == ("POST", f"{base}/{stem}")
    assert call.headers["authorization"] == "Bearer ficha-guias"
    handed = told(call)["archivo"]
    archive = b64decode(handed["arcGreZip"])
    assert handed["nomArchivo"] == f"{stem}.zip"
    assert handed["hashZip"] == hashlib.sha256(archive).hexdigest()
    assert unpack_one(archive, lambda name: True) == (one.file_name, one.sealed)


@pytest.mark.parametrize("state", [WAITING, UNCERTAIN])
def test_a_guia_is_asked_about_by_its_ticket(state: str) -> None:
    one = case_of("guia", state=state, ticket="0c1e6a3e/../x")
    call = call_about(one, issuer(api=True))
    assert (call.purpose, call.method) == (ASK, "GET")
    assert call.url == "sandbox://sunat/gre/envios/0c1e6a3e%2F..%2Fx"


def test_the_guias_log_in_with_the_sol_password_and_both_secrets_are_masked() -> None:
    one = case_of("guia", logged_out=True)
    call = call_about(one, issuer("PRODUCTION", api=True))
    assert call.purpose is LOGIN
    assert call.url.endswith("/v1/clientessol/cliente-guias/oauth2/token/")
    assert isinstance(call.body, Form)
    assert call.body.fields == {
        "grant_type": "password",
        "scope": "https://api-cpe.sunat.gob.pe",
        "client_id": "cliente-guias",
        "client_secret": "secreto-guias",
        "username": f"{RUC}MODDATOS",
        "password": "moddatos",
    }
    assert set(call.secret_parts) == {"secreto-guias", "moddatos"}


def test_credentials_that_were_taken_away_are_never_an_exception() -> None:
    one = case_of("guia", logged_out=True)
    call = jurisdiction.next_call(one, company(), credential(), AT)
    assert call is not None
    assert call.purpose is LOGIN


def test_the_rehearsal_has_no_service_for_guias() -> None:
    one, who = case_of("guia"), issuer("TEST", api=True)
    assert jurisdiction.next_call(one, who, credential(**ALL_SECRETS), AT) is None
    own = replace(who, endpoints={"gre": "https://gre.example/{stem}", "gre_token": "https://x"})
    assert call_about(one, own).url == f"https://gre.example/{RUC}-09-T001-1"


GUIA = document(kind=DocumentKind.DESPATCH, number=Number("T001", 1))


@pytest.mark.parametrize(
    ("environment", "api", "codes"),
    [
        ("SANDBOX", True, []),
        ("SANDBOX", False, ["XX-SEC-1", "XX-SEC-1"]),
        ("PRODUCTION", False, ["XX-SEC-1", "XX-SEC-1"]),
        ("TEST", True, ["PE-OWN-43"]),
    ],
)
def test_what_a_guia_lacks_to_be_sent_is_told_before(
    environment: str, api: bool, codes: list[str]
) -> None:
    found = jurisdiction.document_problems(GUIA, issuer(environment, api=api), AT)
    assert [p.code for p in found if p.code in ("XX-SEC-1", "PE-OWN-43")] == codes
