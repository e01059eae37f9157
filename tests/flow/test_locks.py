"""Two who need the same rows wait for each other and both end well."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from acuse.domain.party import Wish
from acuse.domain.recipient import SmtpOutcome
from acuse.flow import company as company_flow
from acuse.flow import deliver, outside, pace, withhold
from acuse.store import recipients
from tests.flow.house import BY, House
from tests.flow.test_gates_again import ANA, NEW, customer, prepared
from tests.support import makers

LEASE = timedelta(minutes=5)


def beside(work: Callable[[], None]) -> tuple[threading.Thread, list[BaseException]]:
    """The work, running in a thread with a connection of its own, and what it raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_the_switch_waits_for_the_worker_and_then_sees_that_the_mail_began(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    locked, switching = threading.Event(), threading.Event()

    def claims() -> None:
        with transaction.atomic():
            _, granted = pace.turn(pace.Waiting.DOCUMENTS, at=outside.now(), limit=5)
            locked.set()
            assert switching.wait(10)
            _until_somebody_waits()
            recipients.claim(granted, at=outside.now(), lease=LEASE)

    def switches() -> None:
        assert locked.wait(10)
        switching.set()
        company_flow.set_automatic_delivery(company.id, False, by=BY, at=outside.now())

    worker, ours = beside(claims)
    person, theirs = beside(switches)
    worker.join(20)
    person.join(20)
    assert (ours, theirs) == ([], [])
    assert [state for _, state in house.recipients(issued.id)] == ["SENDING"]
    assert house.delivery(issued.id).state == "OPEN"


def _until_somebody_waits() -> None:
    """Return once another transaction waits for a lock of this database."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(waiting + " AND datname = current_database()")
            if cursor.fetchone() != (0,):
                return
            cursor.execute("SELECT pg_sleep(0.02), pg_stat_clear_snapshot()")
    raise AssertionError("nobody waited")


def test_what_another_worker_began_meanwhile_is_followed_as_it_was_prepared(house: House) -> None:
    company = house.peru()
    issued = house.issue(company, counterparty=makers.customer(emails=(ANA, NEW)))
    house.submit(company)
    prepared(house)
    first, second = (claimed(house, 1) for _ in range(2))
    customer(company, emails=("otra@cliente.example",))
    assert list(withhold.still_meant(first)) == []
    assert tuple(withhold.still_meant(second)) == second
    for one in second:
        deliver.send(one)
    house.run(company)
    assert sorted(one.recipient for one in house.mail()) == [ANA, NEW]
    assert [state for _, state in house.recipients(issued.id)] == ["SENT", "SENT"]


def test_a_mail_that_is_to_be_made_anew_is_nobodys_until_it_is(house: House) -> None:
    company = house.peru()
    issued = house.issue(company)
    house.submit(company)
    prepared(house)
    ours = claimed(house, 1)
    customer(company, emails=(NEW,))
    assert list(withhold.still_meant(ours)) == []
    assert claimed(house, 1) == ()
    house.run(company)
    assert [one.recipient for one in house.mail()] == [NEW]
    assert house.recipients(issued.id) == [(ANA, "REPLACED"), (NEW, "SENT")]


def test_the_gates_are_asked_when_the_mail_has_its_turn_in_the_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = house.peru()
    issued = [house.issue(company).id for _ in range(2)]
    house.submit(company)
    house.submit(company)
    carry = deliver.roads.carry

    def slow(message: bytes, **told: Any) -> SmtpOutcome:
        customer(company, wish=Wish.NEVER)
        return carry(message, **told)

    monkeypatch.setattr(deliver.roads, "carry", slow)
    house.deliver()
    assert [house.delivery(one).state for one in issued] == ["OPEN", "SKIPPED"]
    assert [house.recipients(one) for one in issued] == [[(ANA, "SENT")], [(ANA, "CANCELLED")]]


def claimed(house: House, many: int) -> tuple[recipients.Claim, ...]:
    """So many of the mails that are due, held by a worker."""
    with transaction.atomic():
        _, granted = pace.turn(pace.Waiting.DOCUMENTS, at=outside.now(), limit=many)
        return recipients.claim(granted, at=outside.now(), lease=LEASE)
