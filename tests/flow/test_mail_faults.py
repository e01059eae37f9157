"""What a mail server does, and what becomes of the mail."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.party import Company
from acuse.flow import outside, sweep
from acuse.store import companies, models
from acuse_sandbox.running import Sandbox
from tests.flow.house import House
from tests.store.test_guards import without_triggers
from tests.support.makers import customer


def script(sandbox: Sandbox, *, match: Mapping[str, str] = {}, **fault: object) -> None:
    body = json.dumps({"match": dict(match), "replies": [fault]}).encode()
    request = urllib.request.Request(f"{sandbox.control_url}/mail/script", body, method="POST")
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.status == 200


def delivered(house: House, **fault: object) -> tuple[int, list[EventKind]]:
    company = house.peru()
    script(house.sandbox, **fault)
    issued = house.issue(company)
    house.submit(company)
    house.deliver()  # once: a busy machine would be ready for the next try
    return issued.id, house.told(company, issued.id)


def only_state(document_id: int) -> str:
    return models.Recipient.objects.get(delivery__document_id=document_id).state


@pytest.mark.parametrize("stage", ["rcpt", "data", "dot"])
def test_a_temporary_refusal_defers_and_the_next_try_sends(house: House, stage: str) -> None:
    document_id, told = delivered(house, stage=stage, code=450, text="4.7.1 wait")
    assert only_state(document_id) == "DEFERRED"
    assert EventKind.RECIPIENT_DEFERRED in told
    house.run(house_company(house))
    assert only_state(document_id) == "SENT"
    assert len(house.mail()) == 1


def house_company(house: House) -> Company:
    return companies.load(models.Company.objects.get().pk)


def test_an_unknown_address_fails_for_good(house: House) -> None:
    document_id, told = delivered(house, stage="rcpt", code=550, text="5.1.1 no such user")
    assert only_state(document_id) == "FAILED"
    assert EventKind.RECIPIENT_FAILED in told
    house.run(house_company(house))
    assert house.mail() == ()


def test_our_own_fault_does_not_fail_the_customer(house: House) -> None:
    document_id, _ = delivered(house, stage="mail", code=550, text="5.7.1 who are you")
    assert only_state(document_id) == "DEFERRED"


def test_silence_after_the_dot_is_uncertain_and_sent_once_more_with_the_same_bytes(
    house: House,
) -> None:
    document_id, told = delivered(house, stage="dot", action="cut", kept=True)
    assert only_state(document_id) == "UNCERTAIN"
    assert EventKind.RECIPIENT_UNCERTAIN in told
    assert len(house.mail()) == 1
    house.run(house_company(house))
    assert only_state(document_id) == "SENT"
    first, second = house.mail()
    assert first.raw == second.raw
    events = house.told(house_company(house), document_id)
    assert EventKind.RECIPIENT_RESENT in events


def test_uncertain_twice_waits_for_a_person(house: House) -> None:
    company = house.peru()
    for _ in range(2):
        script(house.sandbox, stage="dot", action="cut", kept=False)
    issued = house.issue(company)
    house.run(company)
    assert only_state(issued.id) == "STUCK"
    assert house.mail() == ()


def test_a_cut_that_is_noticed_before_the_dot_is_certainly_not_sent(house: House) -> None:
    document_id, _ = delivered(house, stage="body", action="cut")
    (attempt,) = models.Attempt.objects.all()  # a fast writer may have written its dot already
    assert only_state(document_id) == {"body": "DEFERRED", "dot": "UNCERTAIN"}[attempt.stage]
    assert house.mail() == ()


def test_an_accented_address_is_mailed_as_it_is_where_the_server_takes_it(house: House) -> None:
    company = house.peru()
    buyer = customer(emails=("josé@cliente.example",))
    issued = house.issue(company, counterparty=buyer)
    house.run(company)
    assert only_state(issued.id) == "SENT"
    (mail,) = house.mail()
    assert mail.recipient == "josé@cliente.example"


def test_a_message_that_cannot_be_written_is_held_with_its_reason(house: House) -> None:
    company = house.peru(email="josé@ejemplar.example")  # no server takes it in a Reply-To
    issued = house.issue(company)
    house.run(company, turns=3)
    delivery = models.Delivery.objects.get(document_id=issued.id)
    assert (delivery.state, delivery.reason) == ("HELD", "PACKET_INCOMPLETE")
    assert house.mail() == ()


def test_a_silent_workers_try_ends_when_it_is_found_and_only_once(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    script(house.sandbox, stage="rcpt", code=450, text="4.7.1 wait")
    house.deliver()
    past = outside.now() - timedelta(minutes=30)
    rows = models.Recipient.objects.filter(delivery__document_id=issued.id)
    rows.update(state="SENDING", stage="dot", lease_until=past)
    with without_triggers("store_attempt"):
        models.Attempt.objects.update(finished_at=None, stage="dot")
    at = outside.now()
    sweep.sweep(at=at)
    (attempt,) = models.Attempt.objects.all()
    assert (attempt.result, attempt.finished_at) == ("UNCERTAIN", at)
