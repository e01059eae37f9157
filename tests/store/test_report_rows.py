"""What came back is evidence: what it told does not change, and is of its own company."""

from __future__ import annotations

import threading

import pytest
from django.db import close_old_connections, connection

from acuse.domain.activity import EventKind
from acuse.domain.returned import Intake
from acuse.flow import outside, track
from acuse.store import models
from tests.flow.house import House
from tests.flow.news import bring, dsn, mailed, state
from tests.store.test_guards import house as house  # noqa: F401 - the journey's fixtures
from tests.store.test_guards import refused
from tests.store.test_guards import running_sandbox as running_sandbox  # noqa: F401

FROZEN = (
    ("UPDATE store_report SET digest = 'x'", "written once"),
    ("UPDATE store_report SET delivered_to = '[]'", "written once"),
    ("UPDATE store_report SET state = 'NOTED'", "written once"),
    ("UPDATE store_report SET recipient_id = NULL", "written once"),
    ("DELETE FROM store_report", "written once"),
    ("UPDATE store_news SET kind = 'DELIVERED'", "written once"),
    ("DELETE FROM store_news", "written once"),
    ("UPDATE store_addressstate SET address = 'x@y.example'", "do not change"),
    ("UPDATE store_addressstate SET state = 'FINE'", "address_standing"),
)


@pytest.fixture
def bounced(house: House) -> House:  # noqa: F811
    bring(dsn(mailed(house)))
    return house


def test_what_was_told_stays_as_it_was_told(bounced: House) -> None:
    obeyed = [sql for sql, words in FROZEN if words not in (refused(sql) or "obeyed")]
    assert obeyed == []


def test_its_raw_message_may_go_after_its_term(bounced: House) -> None:
    assert refused("UPDATE store_report SET raw = NULL") == ""


def test_what_changed_nothing_may_go(bounced: House) -> None:
    bring(b"Subject: Oferta\r\n\r\nhola\r\n")
    assert refused("DELETE FROM store_report WHERE state = 'NOTED'") == ""


def test_news_are_of_their_own_company(bounced: House) -> None:
    other = bounced.costa_rica()
    told = refused(
        "INSERT INTO store_news (company_id, recipient_id, address, name, kind, at, reason, status,"
        " said) SELECT %s, id, 'a', 'n', 'FAILED', now(), 'UNDEFINED', '', '' FROM store_recipient",
        other.id,
    )
    assert "store_news_recipient_id_company" in told


def test_two_workers_at_once_count_a_report_once(house: House) -> None:  # noqa: F811
    recipient = mailed(house)
    for _ in range(3):
        track.take(dsn(recipient), to=(), intake=Intake.HAND, at=outside.now())

    def work() -> None:
        try:
            track.track_due(at=outside.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    close_old_connections()
    assert state(recipient) == "BOUNCED"
    assert models.Report.objects.filter(state="COUNTED").count() == 3
    lines = models.Event.objects.filter(kind=EventKind.RECIPIENT_BOUNCED.value)
    assert lines.count() == 1
