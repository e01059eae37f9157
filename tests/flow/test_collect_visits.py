"""Visits to a company's mailbox: crashes, rivals and wrong passwords lose nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import close_old_connections, connection, transaction

from acuse.domain.activity import EventKind
from acuse.domain.mailbox import Cause, MailOutcome
from acuse.domain.problem import Blocked
from acuse.flow import collect, jobs, lanes, mailbox, outside, sweep
from acuse.store import activity, incoming, mailboxes, models
from acuse_sandbox.reading_script import Fault
from tests.flow.house import BY
from tests.flow.post import (
    PLACE,
    collected,
    connect,
    letter,
    outcomes,
    post,
)
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders


def kinds(company_id: int) -> list[EventKind]:
    return [one.kind for one in activity.company_timeline(company_id)]


def test_a_crash_between_fetching_and_keeping_reads_it_again(
    traders: Traders, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = traders.mailed(traders.sell())
    post(traders.house, letter(), letter(("z.zip", content)), letter())
    connect(traders.buyer)
    save = incoming.save

    def dies(*told: Any, **more: Any) -> int:
        save(*told, **more)
        if models.IncomingMessage.objects.count() == 2:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr("acuse.store.incoming.save", dies)
    with pytest.raises(KeyboardInterrupt):
        collected(traders.buyer)
    monkeypatch.undo()
    assert outcomes(traders.buyer) == ["NOTHING"]
    assert not models.Received.objects.exists()
    models.Mailbox.objects.update(lease_until=None)
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED, MailOutcome.NOTHING)
    assert outcomes(traders.buyer) == ["NOTHING", "RECEIVED", "NOTHING"]


def test_a_connection_cut_in_mid_message_loses_nothing(traders: Traders) -> None:
    content = traders.mailed(traders.sell())
    post(traders.house, letter(), letter(("z.zip", content)))
    connect(traders.buyer)
    traders.house.sandbox.reading.add({}, [Fault("body", seconds=0.01), Fault("body", "cut")])
    told = collected(traders.buyer)
    assert told.outcomes == (MailOutcome.NOTHING,)
    assert told.trouble is not None
    kept = mailboxes.active(traders.buyer.id)
    assert kept is not None
    assert (kept.trouble, kept.failures, kept.stopped) == (told.trouble, 1, "")
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each did, begun together; a Blocked is told as it is."""
    ready, done = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            done.append(work())
        except Blocked as blocked:
            done.append(blocked)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    close_old_connections()
    return done


def test_two_workers_at_once_receive_once(traders: Traders) -> None:
    content = traders.mailed(traders.sell())
    post(traders.house, *(letter(("z.zip", content)) for _ in range(6)))
    connect(traders.buyer)
    at_once(*(lambda: collected(traders.buyer) for _ in range(4)))
    models.Mailbox.objects.update(lease_until=None)
    collected(traders.buyer)
    assert sorted(outcomes(traders.buyer)) == ["KNOWN"] * 5 + ["RECEIVED"]
    assert models.Received.objects.count() == 1


def test_a_worker_whose_visit_was_given_away_writes_nothing_more(traders: Traders) -> None:
    post(traders.house, letter(), letter())
    connect(traders.buyer)
    at = outside.now()
    with transaction.atomic():
        kept = mailboxes.claim(traders.buyer.id, at=at, until=at + timedelta(minutes=5))
    assert kept is not None
    models.Mailbox.objects.update(lease_until=None)
    assert len(collected(traders.buyer).outcomes) == 2
    lost = collect._visit(replace(kept, cursor=""), traders.buyer, at)
    assert lost.outcomes == ()
    assert models.IncomingMessage.objects.count() == 2


def test_a_wrong_password_twice_stops_the_mailbox(traders: Traders) -> None:
    company = traders.buyer
    connect(company, password="RECHAZA")  # noqa: S106
    for _ in range(2):
        told = collected(company)
        assert told.trouble is not None
        assert told.trouble.cause is Cause.REFUSED
    kept = mailboxes.active(company.id)
    assert kept is not None
    assert "usuario o la contraseña" in kept.stopped
    assert kinds(company.id)[0] is EventKind.MAILBOX_STOPPED
    with pytest.raises(Blocked) as blocked:
        collected(company)
    assert blocked.value.problems[0].code == "XX-BUZ-8"
    assert not mailboxes.due(at=outside.now() + timedelta(days=9))

    post(traders.house, letter())
    connect(company)
    assert kinds(company.id)[0] is EventKind.MAILBOX_SAVED
    assert collected(company).outcomes == (MailOutcome.NOTHING,)


def test_a_right_password_forgets_a_wrong_one(traders: Traders) -> None:
    connect(traders.buyer)
    refuse = Fault("login", "refuse")
    for _ in range(3):
        traders.house.sandbox.reading.add({}, [refuse])
        assert collected(traders.buyer).trouble is not None
        assert collected(traders.buyer).trouble is None


def test_another_place_is_another_mailbox_and_the_first_is_remembered(traders: Traders) -> None:
    post(traders.house, letter())
    first = connect(traders.buyer)
    collected(traders.buyer)
    other = connect(traders.buyer, replace(PLACE, username="otro@compradora.example"))
    assert other != first
    assert collected(traders.buyer).outcomes == ()
    assert connect(traders.buyer, replace(PLACE, port=143)) == first
    assert collected(traders.buyer).outcomes == ()
    assert models.Mailbox.objects.filter(active=True).count() == 1


def test_the_sweep_wakes_the_lane_and_the_lane_visits_who_is_due(traders: Traders) -> None:
    post(traders.house, letter())
    connect(traders.buyer)
    assert sweep.sweep(at=outside.now()) >= 1
    assert jobs.turn(lanes.COLLECT) == 1
    assert outcomes(traders.buyer) == ["NOTHING"]
    models.Mailbox.objects.update(wake_at=outside.now() + timedelta(minutes=3))
    assert jobs.turn(lanes.COLLECT) == 0
    assert mailbox.wake(traders.buyer.id, at=outside.now())
    assert jobs.turn(lanes.COLLECT) == 1


def test_a_closed_mailbox_is_not_read(traders: Traders) -> None:
    connect(traders.buyer)
    assert mailbox.close(traders.buyer.id, by=BY, at=outside.now())
    assert not mailbox.close(traders.buyer.id, by=BY, at=outside.now())
    assert kinds(traders.buyer.id)[0] is EventKind.MAILBOX_CLOSED
    assert jobs.turn(lanes.COLLECT) == 0
    with pytest.raises(Blocked) as blocked:
        collected(traders.buyer)
    assert blocked.value.problems[0].code == "XX-BUZ-7"


def test_a_mailbox_full_of_messages_is_read_in_several_visits(traders: Traders) -> None:
    post(traders.house, *(letter() for _ in range(30)))
    connect(traders.buyer)
    assert collected(traders.buyer).more
    assert not collected(traders.buyer).more
    assert len(outcomes(traders.buyer)) == 30


def test_where_nobody_receives_a_file_is_passed_over(traders: Traders) -> None:
    peru = traders.house.peru()
    post(traders.house, letter(("z.zip", b"PK\x03\x04")))
    connect(peru)
    assert collected(peru).outcomes == (MailOutcome.NOTHING,)


def test_a_rehearsals_mailbox_never_leaves_the_pretended_world(
    traders: Traders, settings: Any
) -> None:
    settings.SANDBOX_IMAP = ""
    connect(traders.buyer)
    told = collected(traders.buyer)
    assert told.trouble is not None
    assert told.trouble.cause is Cause.UNREACHABLE
