"""The WS-Security header: what holds, and everything that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from acuse_sandbox.world import Request
from tests.sandbox.dian.documents import STRANGER
from tests.sandbox.dian.place import HOME, PATH, Place, answer, fault
from tests.sandbox.dian.signing import ACTIONS, C14N, DS, MORE, body, envelope, signer

UNKNOWN = "66"
UUID = "a" * 96


def code(place: Place, **changes: Any) -> str | None:
    """What a question with such a header is answered."""
    header = place.header("GetStatus", **changes)
    return answer(place.call("GetStatus", header=header, trackId=UUID)).code


def test_a_good_header_is_answered(place: Place) -> None:
    assert code(place) == UNKNOWN
    assert place.outcomes() == [("ask", "unknown")]


def test_the_answer_has_a_timestamp_and_names_its_action(place: Place) -> None:
    response = place.call("GetStatus", trackId=UUID)
    root = etree.fromstring(response.body)
    assert response.headers["content-type"].startswith("application/soap+xml")
    action = root.findtext("{*}Header/{*}Action")
    assert action == f"{ACTIONS}GetStatusResponse"
    created = root.findtext("{*}Header/{*}Security/{*}Timestamp/{*}Created")
    assert created == "2026-11-25T15:30:30.000Z"


@pytest.mark.parametrize("prefixes", ["soap wcf", "wcf", ""])
def test_any_list_of_prefixes_is_honoured(place: Place, prefixes: str) -> None:
    assert code(place, prefixes=prefixes) == UNKNOWN


BROKEN: dict[str, Callable[[Place], dict[str, Any]]] = {
    "no timestamp": lambda place: {"timestamp": False},
    "no token": lambda place: {"token": False},
    "expired": lambda place: {"at": place.at - timedelta(minutes=10, seconds=1)},
    "of the future": lambda place: {"at": place.at + timedelta(minutes=6)},
    "good for a day": lambda place: {"lives": timedelta(days=1)},
    "inclusive C14N": lambda place: {"c14n": C14N},
    "SHA-1": lambda place: {"method": f"{DS}rsa-sha1"},
    "SHA-512": lambda place: {"method": f"{MORE}rsa-sha512"},
    "the body signed only": lambda place: {"signs": "B-1"},
    "the timestamp signed only": lambda place: {"signs": "TS-1"},
    "another token named": lambda place: {"names_token": "X509-2"},
    "the production's address": lambda place: {"to": f"https://vpfe.dian.gov.co{PATH}"},
    "a blank behind the address": lambda place: {"to": f"{HOME} "},
    "another path": lambda place: {"to": HOME.replace(".svc", ".asmx")},
    "another case": lambda place: {"to": HOME.replace("Wcf", "wcf")},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_header_that_does_not_hold_is_a_fault_that_says_nothing(place: Place, name: str) -> None:
    header = place.header("GetStatus", **BROKEN[name](place))
    response = place.call("GetStatus", header=header, trackId=UUID)
    assert fault(response).startswith("InvalidSecurity")
    assert place.outcomes() == [("ask", "fault")]


def test_a_clock_of_four_minutes_off_passes(place: Place) -> None:
    assert code(place, at=place.at + timedelta(minutes=4)) == UNKNOWN


def test_the_address_altered_after_signing_is_a_fault(place: Place) -> None:
    header = place.header("GetStatus", to=HOME + "x")
    content = envelope(header, body("GetStatus", {"trackId": UUID}), signer())
    altered = content.replace(HOME.encode() + b"x", HOME.encode())
    headers = {"content-type": "application/soap+xml;charset=UTF-8"}
    response = place.dian.handle(Request("POST", PATH, {}, headers, altered))
    assert fault(response).startswith("InvalidSecurity")


def test_the_address_of_this_host_passes_and_anothers_does_not(place: Place) -> None:
    here = {"host": "127.0.0.1:8081"}
    header = place.header("GetStatus", to=f"http://127.0.0.1:8081/dian{PATH}")
    assert answer(place.call("GetStatus", header=header, headers=here, trackId=UUID)).code == "66"
    there = {"host": "127.0.0.1:9999"}
    response = place.call("GetStatus", header=header, headers=there, trackId=UUID)
    assert fault(response).startswith("InvalidSecurity")


@pytest.mark.parametrize(
    "by",
    [
        signer(until=datetime(2026, 2, 1, tzinfo=UTC)),
        signer(since=datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_certificate_that_is_not_accepted_is_a_fault_without_reason(
    place: Place, by: Any
) -> None:
    response = place.call("GetStatus", by=by, trackId=UUID)
    assert "did not specify a Reason" in fault(response)


def test_a_certificate_that_was_set_as_unknown_is_answered_401(place: Place) -> None:
    place.set("unknown_certificates", "727")
    assert answer(place.call("GetStatus", trackId=UUID)).code == "401"
    other = signer(STRANGER, serial=728)
    assert answer(place.call("GetStatus", by=other, trackId=UUID)).code == UNKNOWN


def test_the_action_must_be_the_operations(place: Place) -> None:
    header = place.header("GetStatusZip")
    response = place.call("GetStatus", header=header, trackId=UUID)
    assert "ActionNotSupported" in fault(response)
    other = {"content-type": f'application/soap+xml;action="{ACTIONS}SendBillSync"'}
    response = place.call("GetStatus", headers=other, trackId=UUID)
    assert "ActionNotSupported" in fault(response)


@pytest.mark.parametrize("operation", ["SendNominaSync", "GetReferenceNotes", "BorrarTodo"])
def test_an_operation_that_is_not_served_is_a_fault(place: Place, operation: str) -> None:
    assert "ActionNotSupported" in fault(place.call(operation, trackId=UUID))


@pytest.mark.parametrize("content", [b"", b"<a/>", b"{}", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'])
def test_what_is_no_envelope_is_a_fault(place: Place, content: bytes) -> None:
    headers = {"content-type": "application/soap+xml"}
    assert fault(place.dian.handle(Request("POST", PATH, {}, headers, content)))


def test_another_content_type_is_415(place: Place) -> None:
    response = place.call("GetStatus", headers={"content-type": "text/xml"}, trackId=UUID)
    assert response.status == 415


def test_other_paths_and_methods_are_not_there(place: Place) -> None:
    assert place.dian.handle(Request("POST", "/", {}, {}, b"")).status == 404
    assert place.dian.handle(Request("GET", PATH, {}, {}, b"")).status == 405
    assert place.outcomes() == []
