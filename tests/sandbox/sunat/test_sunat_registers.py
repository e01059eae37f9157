"""Users, providers, certificates, and the entries that the control port writes of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography import x509
from tests.sandbox.clients import Control
from tests.sandbox.sunat.conftest import Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER, invoice
from tests.sandbox.sunat.signing import cdr, code, fault, send_bill, send_summary, sign, signer
from tests.sandbox.sunat.steps import send

from acuse_sandbox.running import Sandbox
from acuse_sandbox.world import Response

PROVIDER = CUSTOMER


def serial(ruc: str = ISSUER) -> str:
    return str(x509.load_der_x509_certificate(signer(ruc).certificate).serial_number)


def answered(response: Response) -> str | None:
    return fault(response) if response.status == 500 else code(cdr(response))


# Users


@pytest.mark.parametrize(
    ("user", "expected"),
    [("INACTIVO", "0105"), ("INVALIDO", "0106"), ("NUEVO", "0110"), ("SINPERFIL", "0111"),
     ("PRINCIPAL", "0112"), ("NOAFILIADO", "0113"), ("VENTAS1", "0")],
)  # fmt: skip
def test_a_users_name_can_say_what_is_wrong_with_it(place: Place, user: str, expected: str) -> None:
    response = place.sunat.handle(send_bill(sign(invoice()), user=ISSUER + user))
    assert answered(response) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [({}, "0"), ({"code": "0111"}, "0111"), ({"password": "moddatos"}, "0"),
     ({"password": "otra"}, "0102")],
)  # fmt: skip
def test_a_registered_user_is_what_was_registered(
    place: Place, entry: dict[str, str], expected: str
) -> None:
    place.sunat.learn("user", {"ruc": ISSUER, "user": "moddatos", **entry})
    assert answered(place.sunat.handle(send_bill(sign(invoice())))) == expected


# Providers


def test_only_a_registered_provider_sends_and_signs_for_an_issuer(place: Place) -> None:
    markup = invoice().replace(f"<cbc:ID>{ISSUER}</cbc:ID>", f"<cbc:ID>{PROVIDER}</cbc:ID>", 1)
    request = send_bill(sign(markup, signer(PROVIDER)), user=PROVIDER + "MODDATOS")
    assert answered(place.sunat.handle(request)) == "0154"
    place.sunat.learn("provider", {"provider": PROVIDER, "ruc": ISSUER})
    assert answered(place.sunat.handle(request)) == "0"


def test_a_provider_sends_summaries_too(place: Place) -> None:
    request = send_summary(b"<a/>", user=PROVIDER + "MODDATOS")
    assert fault(place.sunat.handle(request)) == "0154"
    place.sunat.learn("provider", {"provider": PROVIDER, "ruc": ISSUER})
    assert place.sunat.handle(request).status == 200


# Certificates


@pytest.mark.parametrize(
    ("entry", "expected"),
    [({}, "0"), ({"serial": "7"}, "2325"), ({"removed_on": "2026-11-19"}, "2326"),
     ({"removed_on": "2026-11-20"}, "0"), ({"revoked": True}, "2328"), ({"revoked": False}, "0")],
)  # fmt: skip
def test_a_certificate_is_the_registered_one(
    place: Place, entry: dict[str, Any], expected: str
) -> None:
    place.sunat.learn("certificate", {"ruc": ISSUER, "serial": serial(), **entry})
    assert send(place, invoice(), "F001-1", "01") == expected


def test_an_issuer_that_registered_no_certificate_uses_any_of_its_ruc(place: Place) -> None:
    place.sunat.learn("certificate", {"ruc": CUSTOMER, "serial": "7"})
    assert send(place, invoice(), "F001-1", "01") == "0"


# Taxpayers


@pytest.mark.parametrize(
    ("entry", "expected"),
    [({}, "0"), ({"active": False}, "2010"), ({"found": False}, "2011"),
     ({"must_use_ose": True}, "1078"), ({"without_capacity": True}, "1086"),
     ({"without_capacity": True, "until": "2026-11-20"}, "0"),
     ({"without_capacity": True, "until": "2026-11-21"}, "1086"),
     ({"without_capacity": True, "since": "2026-11-22"}, "0"),
     ({"without_capacity": True, "since": "2026-11-21"}, "1086"),
     ({"annexes": "0001 0002"}, "0")],
)  # fmt: skip
def test_an_issuer_stands_in_the_lists_from_a_day_to_a_day(
    place: Place, entry: dict[str, Any], expected: str
) -> None:
    place.sunat.learn("taxpayer", {"ruc": ISSUER, **entry})
    assert send(place, invoice(), "F001-1", "01") == expected


@pytest.mark.parametrize(("known", "expected"), [(True, "0"), (False, "1083")])
def test_a_customer_is_in_the_list_of_rucs(place: Place, known: bool, expected: str) -> None:
    place.sunat.learn("taxpayer", {"ruc": CUSTOMER, "known": known})
    assert send(place, invoice(), "F001-1", "01") == expected


@pytest.mark.parametrize(("annexes", "expected"), [("0007 0012", "0"), ("0007", "3239")])
def test_an_annex_is_one_that_was_stated(place: Place, annexes: str, expected: str) -> None:
    place.sunat.learn("taxpayer", {"ruc": ISSUER, "annexes": annexes})
    markup = invoice().replace(">0000</cbc:AddressTypeCode>", ">0012</cbc:AddressTypeCode>")
    assert send(place, markup, "F001-1", "01") == expected


# The control port


@pytest.fixture
def running() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
    assert sandbox.errors == []


@pytest.mark.parametrize(
    ("register", "entry", "words"),
    [("user", {"ruc": ISSUER}, "user needs user"),
     ("user", {"ruc": "20999888771", "user": "A"}, "a RUC was expected"),
     ("user", {"ruc": ISSUER, "user": "A", "code": "2325"}, "one of 0102, 0103"),
     ("certificate", {"ruc": ISSUER, "serial": "AF"}, "a serial number, decimal"),
     ("certificate", {"ruc": ISSUER, "serial": "1", "removed_on": "ayer"}, "removed_on"),
     ("document", {"ruc": ISSUER, "kind": "99", "number": "F001-1", "state": "accepted"}, "one of"),
     ("document", {"ruc": ISSUER, "kind": "01", "number": "F001", "state": "accepted"}, "a series"),
     ("document", {"ruc": ISSUER, "kind": "01", "number": "F001-1", "state": "muerto"}, "one of"),
     ("taxpayer", {"ruc": ISSUER, "active": "no"}, "true or false"),
     ("padron", {}, "no register 'padron'")],
)  # fmt: skip
def test_what_cannot_be_taught_is_refused_by_name(
    running: Sandbox, register: str, entry: dict[str, Any], words: str
) -> None:
    body = json.dumps(entry).encode()
    assert words in Control(running.control_url).refusal("POST", f"/sunat/{register}", body)


def test_what_was_taught_goes_when_all_is_cleared(running: Sandbox) -> None:
    control = Control(running.control_url)
    control.tell("/sunat/user", {"ruc": ISSUER, "user": "MODDATOS", "code": "0111"})
    control.tell(
        "/sunat/document",
        {"ruc": ISSUER, "kind": "01", "number": "F001-1", "state": "rejected"},
    )
    handle = running.authorities["sunat"].handle
    request = send_bill(sign(invoice(issued=f"{running.world.now():%Y-%m-%d}")))
    assert fault(handle(request)) == "0111"
    control.tell("/clear", {})
    assert answered(handle(request)) == "0"


def test_only_sunat_takes_its_own_replies(running: Sandbox) -> None:
    control = Control(running.control_url)
    for reply in (
        "empty_200", "plain_text", "no_content", "unsigned_cdr", "lost_ticket",
        {"unknown_ticket": 2}, {"http_after_accept": 502}, {"processing": 2},
    ):  # fmt: skip
        control.tell("/script", {"authority": "sunat", "replies": [reply]})
        if reply != {"processing": 2}:
            told = json.dumps({"authority": "dian", "replies": [reply]}).encode()
            assert "only" in control.refusal("POST", "/script", told)
    bare = json.dumps({"authority": "sunat", "replies": ["unknown_ticket"]}).encode()
    assert "wants a value" in control.refusal("POST", "/script", bare)
