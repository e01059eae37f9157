"""What a ticket tells, when, and to whom; what scripts make of it."""

from __future__ import annotations

from base64 import b64decode
from datetime import timedelta

import pytest
from tests.sandbox.sunat.conftest import NOW, Place
from tests.sandbox.sunat.documents import CUSTOMER, ISSUER
from tests.sandbox.sunat.files import Row, summary, voiding
from tests.sandbox.sunat.signing import (
    cdr,
    cdr_file,
    code,
    fault,
    said,
    send_summary,
    sign,
    status,
)
from tests.sandbox.sunat.steps import RA, RC, script, state, ticket, told, verdict

from acuse_sandbox.world import Script

# Age


def test_a_ticket_is_in_process_for_a_while(place: Place) -> None:
    place.world.settings["sunat.ticket_seconds"] = "30"
    number = ticket(place, summary())
    asked = place.sunat.handle(status(number))
    assert (said(asked, "statusCode"), said(asked, "content")) == ("98", None)
    assert place.outcomes()[1] == ("ask", "pending")
    place.world.now = lambda: NOW + timedelta(seconds=30)
    assert told(place, number) == "0"


def test_a_ticket_is_unknown_for_some_minutes_after_it_was_in_process(place: Place) -> None:
    place.world.settings |= {"sunat.ticket_seconds": "30", "sunat.unknown_seconds": "300"}
    number = ticket(place, summary())
    found = []
    for seconds in (0, 30, 329, 330):
        place.world.now = lambda seconds=seconds: NOW + timedelta(seconds=seconds)  # type: ignore[misc]
        found.append(told(place, number))
    assert found == ["98", "0127", "0127", "0"]


def test_a_ticket_is_forgotten_after_days(place: Place) -> None:
    number = ticket(place, summary())
    place.world.now = lambda: NOW + timedelta(days=7) - timedelta(seconds=1)
    assert told(place, number) == "0"
    place.world.now = lambda: NOW + timedelta(days=7)
    assert told(place, number) == "0127"
    assert state(place, "03 B001-1") == "ACCEPTED"


def test_a_ticket_tells_the_same_every_time(place: Place) -> None:
    number = ticket(place, summary())
    first, second = (said(place.sunat.handle(status(number)), "content") for _ in range(2))
    assert first == second


# Verdicts and states


def test_a_rejected_file_is_told_with_its_cdr(place: Place) -> None:
    number = ticket(place, voiding(), RA)
    asked = place.sunat.handle(status(number))
    assert said(asked, "statusCode") == "99"
    assert code(cdr(asked, "content")) == "2105"


@pytest.mark.parametrize(("long", "states"), [("", ["98", "0"]), ("1", ["0098", "0000"])])
def test_states_have_two_lengths(place: Place, long: str, states: list[str]) -> None:
    place.world.settings["sunat.long_states"] = long
    script(place, Script.PROCESSING, times=1)
    number = ticket(place, summary())
    assert [told(place, number) for _ in range(2)] == states


@pytest.mark.parametrize("number", ["1", "", "x", "9" * 5000, "98", "<b/>"])
def test_an_unknown_ticket(place: Place, number: str) -> None:
    ticket(place, summary())
    assert told(place, number.replace("<", "&lt;")) == "0127"
    assert place.outcomes()[1] == ("ask", "unknown")


def test_a_ticket_is_for_who_sent_the_file(place: Place) -> None:
    number = ticket(place, summary())
    others = place.sunat.handle(status(number, user=CUSTOMER + "MODDATOS"))
    assert said(others, "statusCode") == "0126"
    own = place.sunat.handle(status(number, user=ISSUER + "OTRO"))
    assert said(own, "statusCode") == "0"


def test_a_ticket_of_either_service_is_told_by_both(place: Place) -> None:
    number = ticket(place, summary())
    asked = place.sunat.handle(status(number, path="/otherService"))
    assert said(asked, "statusCode") == "0"


def test_a_cleared_sunat_knows_no_ticket(place: Place) -> None:
    number = ticket(place, summary())
    place.sunat.clear()
    assert told(place, number) == "0127"
    assert code(verdict(place, summary())) == "0"


# Scripts


def test_a_ticket_is_in_process_as_often_as_scripted(place: Place) -> None:
    script(place, Script.PROCESSING, RC, times=2)
    number = ticket(place, summary())
    assert [told(place, number) for _ in range(3)] == ["98", "98", "0"]


def test_a_ticket_is_unknown_as_often_as_scripted(place: Place) -> None:
    script(place, Script.UNKNOWN_TICKET, RC, times=2)
    number = ticket(place, summary())
    assert [told(place, number) for _ in range(4)] == ["98", "0127", "0127", "0"]


def test_a_lost_ticket_is_never_found_though_its_file_was_judged(place: Place) -> None:
    script(place, Script.LOST_TICKET)
    number = ticket(place, summary())
    assert [told(place, number) for _ in range(3)] == ["0127"] * 3
    assert state(place, "03 B001-1") == "ACCEPTED"


def test_a_hung_answer_leaves_the_file_judged_and_its_name_taken(place: Place) -> None:
    script(place, Script.HANG_AFTER_ACCEPT)
    assert place.sunat.handle(send_summary(sign(summary()))).hang
    assert state(place, "03 B001-1") == "ACCEPTED"
    assert code(verdict(place, summary())) == "2223"


@pytest.mark.parametrize("kind", [Script.HTTP, Script.HTML200, Script.EMPTY_200])
def test_a_gateways_answer_keeps_nothing(place: Place, kind: Script) -> None:
    script(place, kind)
    response = place.sunat.handle(send_summary(sign(summary())))
    assert b"ticket" not in response.body
    assert place.outcomes() == [("send", "fault")]
    assert code(verdict(place, summary())) == "0"


def test_words_stand_once_where_the_cdr_should(place: Place) -> None:
    script(place, Script.PLAIN_TEXT)
    number = ticket(place, summary())
    words = said(place.sunat.handle(status(number)), "content") or ""
    assert " " in words
    assert code(cdr(place.sunat.handle(status(number)), "content")) == "0"


def test_nothing_stands_once_where_the_cdr_should(place: Place) -> None:
    script(place, Script.NO_CONTENT)
    number = ticket(place, voiding(), RA)
    asked = place.sunat.handle(status(number))
    assert (said(asked, "statusCode"), said(asked, "content")) == ("99", None)
    assert code(cdr(place.sunat.handle(status(number)), "content")) == "2105"


def test_a_cdr_of_another_file_comes_once(place: Place) -> None:
    script(place, Script.WRONG_DOCUMENT)
    number = ticket(place, summary())
    found = [cdr(place.sunat.handle(status(number)), "content") for _ in range(2)]
    assert [one.findtext(".//{*}ReferenceID") for one in found] == ["RC-20261121-2", RC]


def test_a_cdr_without_signature_comes_once(place: Place) -> None:
    script(place, Script.UNSIGNED_CDR)
    number = ticket(place, summary())
    values = []
    for _ in range(2):
        packed = b64decode(said(place.sunat.handle(status(number)), "content") or "")
        values.append(b"<ds:SignatureValue>*" in cdr_file(packed)[1])
    assert values == [True, False]


@pytest.mark.parametrize(("kind", "expected"), [("2987", "2987"), ("", "2335")])
def test_a_scripted_rejection_names_the_first_line(place: Place, kind: str, expected: str) -> None:
    script(place, Script.REJECT, RC, code=kind)
    root = verdict(place, summary(Row("B001-5"), Row("B001-6")))
    assert code(root) == expected
    words = root.findtext(".//{*}Description") or ""
    assert f'Error en la linea: 1 {expected} (nodo: "cbc:ID" valor: "B001-5")' in words
    assert state(place, "03 B001-5") == ""


def test_a_scripted_fault_is_told_by_the_ticket(place: Place) -> None:
    script(place, Script.REJECT, code="0100")
    assert code(verdict(place, summary())) == "0100"
    assert code(verdict(place, summary())) == "0"


# Troubles of every request


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [("empty", (200, b"")), ("page_503", (503, b"<html>")), ("page_200", (200, b"<html>")),
     ("datapower", (500, b"Internal Error"))],
)  # fmt: skip
def test_asking_can_be_in_trouble_while_sending_is_not(
    place: Place, trouble: str, expected: tuple[int, bytes]
) -> None:
    place.world.settings["sunat.fault.ask"] = trouble
    number = ticket(place, summary())
    asked = place.sunat.handle(status(number))
    assert (asked.status, asked.body[: len(expected[1])]) == expected
    del place.world.settings["sunat.fault.ask"]
    assert told(place, number) == "0"
    assert place.outcomes()[1:] == [("ask", "fault"), ("ask", "accepted")]


def test_the_service_itself_can_be_in_trouble(place: Place) -> None:
    place.world.settings["sunat.fault"] = "server"
    response = place.sunat.handle(send_summary(sign(summary())))
    assert said(response, "faultcode") == "soap-env:Server.0100"
    assert fault(response) == "0100"
