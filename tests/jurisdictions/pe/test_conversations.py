"""Whole conversations: what SUNAT says one after the other, and where that leads.

The moves are `domain.conversation`'s; the clock is the test's. Source: peru.md 5.4, 5.5.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from acuse.domain import conversation
from acuse.domain.party import Company
from acuse.domain.patience import Patience
from acuse.domain.submission import (
    AlreadyKnown,
    Call,
    CallPurpose,
    Case,
    Finding,
    Judged,
    NoReply,
    Noted,
    Received,
    Reply,
    SubmissionState,
)
from acuse.domain.verdict import Evidence, Outcome
from acuse.jurisdictions.pe import jurisdiction
from tests.jurisdictions.pe import makers
from tests.jurisdictions.pe.told import ALL_SECRETS, case_of, issuer
from tests.support.makers import AT, credential

PATIENCE = Patience()
SILENCE = NoReply("ReadTimeout", left=True)
S = SubmissionState


@dataclass
class World:
    """One case and what its worker would do with it."""

    case: Case
    who: Company
    at: Any = AT
    calls: list[Call] = field(default_factory=list)
    finding: Finding | None = None

    def say(self, answer: bytes | NoReply, *, status: int = 200) -> str:
        """Make the next call, get this answer, wait as long as one should; the operation called."""
        if self.case.state is S.QUEUED:
            self.case = replace(self.case, state=conversation.claimed(self.case.state))
        call = jurisdiction.next_call(self.case, self.who, credential(**ALL_SECRETS), self.at)
        assert call is not None
        assert conversation.may_call(self.case.state, call.purpose)
        self.calls.append(call)
        reply = answer if isinstance(answer, NoReply) else Reply(status, {}, answer)
        self.finding = jurisdiction.read(self.case, call, reply, self.at)
        self._follow(call, self.finding)
        return call.facts["operation"]

    def _follow(self, call: Call, finding: Finding) -> None:
        if isinstance(finding, Noted | AlreadyKnown):
            kept = {name: note for name, note in finding.notes.items() if note}
            left = {n: v for n, v in self.case.notes.items() if n not in finding.notes}
            self.case = replace(self.case, notes=left | kept)
        if isinstance(finding, Noted):
            return
        step = conversation.advance(self.case, call.purpose, finding, at=self.at, patience=PATIENCE)
        same = step.state is self.case.state
        asked = call.purpose is CallPurpose.ASK
        changes: dict[str, Any] = {
            "state": step.state,
            "tries": self.case.tries + 1 if same else 0,
            "asks": self.case.asks + asked,
            "not_known_since": step.not_known_since,
        }
        if isinstance(finding, Received):
            changes |= {"ticket": finding.ticket, "sent_at": self.at}
        self.case = replace(self.case, **changes)
        self.at = max(self.at, step.wake_at or self.at)

    @property
    def outcome(self) -> Outcome | None:
        return self.finding.verdict.outcome if isinstance(self.finding, Judged) else None


def ticket(status: str, **cdr: Any) -> bytes:
    archive = makers.cdr(reference="RC-20261125-1", **cdr) if cdr else b""
    return makers.ticket_told(status, archive)


def registered(state: str) -> bytes:
    told = {"success": True, "message": "ok", "data": {"estadoCp": state}}
    return json.dumps(told).encode()


def start(about: str, **given: Any) -> World:
    return World(case_of(about, state="QUEUED"), issuer("PRODUCTION", **given))


def test_a_summary_from_its_sending_to_its_verdict() -> None:
    world = start("resumen")
    assert world.say(makers.ticket_given("170")) == "sendSummary"
    waits = []
    for _ in range(6):
        before = world.at
        assert world.say(ticket("98")) == "getStatus"
        waits.append((world.at - before).total_seconds())
    assert waits == [15, 60, 300, 900, 900, 900]
    world.say(ticket("0", code="0"))
    assert (world.case.state, world.outcome) == (S.SETTLED, Outcome.ACCEPTED)


def test_a_ticket_unknown_for_minutes_is_asked_again_and_nothing_is_sent() -> None:
    world = start("resumen")
    world.say(makers.ticket_given("170"))
    world.say(ticket("98"))
    sent_at = world.at
    while world.at - sent_at < timedelta(minutes=50):
        assert world.say(ticket("127")) == "getStatus"
    world.say(ticket("0", code="0"))
    assert world.outcome is Outcome.ACCEPTED
    assert [c.purpose for c in world.calls].count(CallPurpose.SEND) == 1


@pytest.mark.parametrize(("code", "known"), [("2282", (2,)), ("2278", ())])
def test_a_ticket_unknown_at_first_still_judges_a_file_that_went_once(
    code: str, known: tuple[int, ...]
) -> None:
    world = start("resumen")
    world.say(makers.ticket_given("170"))
    for _ in range(3):
        world.say(ticket("127"))
    world.say(ticket("99", code=code, description="Error en la linea: 2"))
    assert isinstance(world.finding, Judged)
    assert (world.finding.culprits, world.finding.known) == ((2,), known)


def until_sent_again(world: World) -> None:
    """The ticket is unknown until the same bytes may go again."""
    for _ in range(40):
        if world.case.state is S.QUEUED:
            return
        world.say(ticket("127"))
    raise AssertionError("never sent again")


def test_an_unknown_ticket_is_asked_three_times_over_an_hour_before_the_same_bytes_go() -> None:
    world = start("resumen")
    world.say(makers.ticket_given("170"))
    began, before = world.at, len(world.calls)
    until_sent_again(world)
    assert world.at - began >= timedelta(hours=1)
    assert len(world.calls) - before >= 3
    first = world.calls[0]
    assert world.say(makers.ticket_given("171")) == "sendSummary"
    assert world.calls[-1].body == first.body


def test_what_was_sent_twice_is_judged_by_its_first_ticket() -> None:
    """The second file is refused for the name, or for its members: no verdict on the first."""
    for refusal in ("2223", "2282"):
        world = start("resumen")
        world.say(makers.ticket_given("170"))
        until_sent_again(world)
        world.say(makers.ticket_given("171"))
        world.say(ticket("99", code=refusal, description="Error en la linea: 1"))
        assert world.outcome is None
        assert world.say(ticket("0", code="0")) == "getStatus"
        assert b"<ticket>170</ticket>" in bytes(world.calls[-1].body)  # type: ignore[arg-type]
        assert world.outcome is Outcome.ACCEPTED


def test_a_lost_ticket_is_replaced_by_the_words_of_the_register() -> None:
    world = start("resumen", api=True, settles=True)
    world.say(SILENCE)
    assert world.case.state is S.UNCERTAIN
    for _ in range(3):
        assert world.say(registered("0")) == "register"
    assert [world.say(registered("1")) for _ in range(3)] == ["register"] * 3
    assert isinstance(world.finding, Judged)
    assert world.finding.verdict.outcome is Outcome.ACCEPTED
    assert world.finding.verdict.evidence is Evidence.REGISTER
    assert [c.purpose for c in world.calls].count(CallPurpose.SEND) == 1


def test_a_summary_of_which_none_is_registered_a_day_later_is_gathered_again() -> None:
    world = start("resumen", api=True)
    world.say(SILENCE)
    for _ in range(400):
        world.say(registered("0"))
        if world.case.state is S.SETTLED:
            break
    assert isinstance(world.finding, Judged)
    assert world.finding.verdict.outcome is Outcome.REJECTED
    assert world.finding.verdict.evidence is Evidence.REGISTER
    assert world.finding.culprits == ()
    assert world.at - AT > timedelta(days=1)


def test_without_the_register_a_lost_ticket_is_asked_by_the_same_file() -> None:
    world = start("resumen")
    world.say(SILENCE)
    assert world.say(makers.ticket_given("171")) == "sendSummary"
    assert world.calls[-1].purpose is CallPurpose.ASK
    assert world.say(ticket("98")) == "getStatus"
    world.say(ticket("0", code="0"))
    assert world.outcome is Outcome.ACCEPTED


def test_without_the_register_a_name_that_was_taken_goes_to_a_person() -> None:
    world = start("resumen")
    world.say(SILENCE)
    world.say(makers.ticket_given("171"))
    world.say(ticket("99", code="2223", description="presentado"))
    assert world.case.state is S.STUCK


def test_a_lost_boleta_is_asked_in_the_register_and_sent_again_once_it_denies_it_twice() -> None:
    world = start("boleta", api=True)
    world.say(SILENCE)
    assert [world.say(registered("0")) for _ in range(2)] == ["register"] * 2
    assert world.case.state is S.QUEUED
    assert world.say(makers.billed(makers.cdr(reference="B001-7"))) == "sendBill"


def test_a_lost_boleta_without_the_register_is_asked_by_the_same_bytes() -> None:
    world = start("boleta")
    world.say(SILENCE)
    assert world.say(makers.fault("1033")) == "sendBill"
    assert world.calls[-1].purpose is CallPurpose.ASK
    assert world.case.state is S.STUCK


def test_a_boleta_refused_by_fault_is_freed_after_two_denials() -> None:
    world = start("boleta")
    for _ in range(2):
        world.say(makers.fault("3103"))
    world.say(makers.fault("3103"))
    assert world.case.state is S.QUEUED
    step_before = len(world.calls)
    world.say(makers.fault("3103"))
    assert world.case.state is S.STUCK
    assert world.calls[step_before].purpose is CallPurpose.SEND


def test_a_known_factura_is_never_sent_again_though_it_is_not_found() -> None:
    """P-11: a server error, "informado anteriormente", and then nothing by its number."""
    world = start("factura")
    world.say(makers.fault("0100", prefix="Server."))
    for _ in range(2):
        world.say(makers.consulted("0011"))
    assert world.case.state is S.QUEUED
    world.say(makers.fault("1033"))
    sendings = len([c for c in world.calls if c.purpose is CallPurpose.SEND])
    for _ in range(200):
        if world.case.state is S.STUCK:
            break
        assert world.say(makers.consulted("0011")) == "getStatusCdr"
    assert world.case.state is S.STUCK
    assert world.at - AT > timedelta(days=1)
    assert len([c for c in world.calls if c.purpose is CallPurpose.SEND]) == sendings


def test_a_guia_from_its_token_to_its_verdict() -> None:
    world = World(case_of("guia", state="QUEUED", logged_out=True), issuer("PRODUCTION", api=True))
    token = json.dumps({"access_token": "ficha", "expires_in": 3600}).encode()
    assert world.say(token) == "gre_token"
    assert world.say(b"{}", status=401) == "gre"
    other = json.dumps({"access_token": "otra", "expires_in": 3600}).encode()
    assert world.say(other) == "gre_token"
    assert world.say(json.dumps({"numTicket": "uuid"}).encode()) == "gre"
    assert world.say(json.dumps({"codRespuesta": "98"}).encode()) == "gre_ticket"
    told = {"codRespuesta": "0", "arcCdr": encoded("T001-1")}
    world.say(json.dumps(told).encode())
    assert world.outcome is Outcome.ACCEPTED


def encoded(reference: str) -> str:
    return b64encode(makers.cdr(reference=reference)).decode()


@pytest.mark.parametrize("status", [401, 200])
def test_a_second_refused_token_stops_the_guias(status: int) -> None:
    """The token is refused, and so is the next; or the log-in gives the same one again."""
    world = World(case_of("guia", state="QUEUED"), issuer("PRODUCTION", api=True))
    world.say(b"{}", status=401)
    name = "otra" if status == 401 else "ficha-guias"
    world.say(json.dumps({"access_token": name}).encode())
    if status == 401:
        world.say(b"{}", status=401)
    assert type(world.finding).__name__ == "Refused"
