"""Two who need the same rows wait for each other and both end well."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction

from acuse.flow import company as company_flow
from acuse.flow import outside, pace
from acuse.store import recipients
from tests.flow.house import BY, House
from tests.flow.test_gates_again import prepared

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
