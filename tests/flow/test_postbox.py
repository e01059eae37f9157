"""Returned mail comes in by a mailbox, by the door, by hand: once, whatever the way."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from acuse.cli.management.commands import intake as command
from acuse.domain.problem import Blocked
from acuse.flow import jobs, lanes, outside, postbox, sweep, track
from acuse.gateways.intake import Intake, Later
from acuse.store import companies, models
from tests.flow.house import House
from tests.flow.news import DOMAIN, bounce_address, bring, dsn, last_report, letter, mailed, state
from tests.flow.post import post
from tests.flow.test_answers import told
from tests.gateways.test_intake import Talk

USER = f"bounce@{DOMAIN}"


@pytest.fixture
def box(house: House, settings: Any) -> House:
    """A house whose returned mail lies in a mailbox of the pretended world."""
    port = house.sandbox.imap_port
    settings.RETURN_MAILBOX = f"imap-plain://{USER.replace('@', '%40')}@127.0.0.1:{port}"
    settings.RETURN_MAILBOX_PASSWORD = "clave"
    return house


def test_the_mailbox_is_read_once_and_stays_as_it_is(box: House) -> None:
    recipient = mailed(box)
    post(box, dsn(recipient), letter("Oferta"), to=USER)
    visited = postbox.visit(at=outside.now())
    assert visited is not None
    assert (visited.messages, visited.new, visited.trouble) == (2, 2, None)
    track.track_due(at=outside.now())
    assert state(recipient) == "BOUNCED"
    again = postbox.visit(at=outside.now(), now=True)
    assert again is not None
    assert again.messages == 0
    assert len(box.sandbox.mailboxes.of(USER)) == 2


def test_pop3_serves_as_well(box: House, settings: Any) -> None:
    settings.RETURN_MAILBOX = (
        f"pop3-plain://{USER.replace('@', '%40')}@127.0.0.1:{box.sandbox.pop3_port}"
    )
    recipient = mailed(box)
    post(box, dsn(recipient), to=USER)
    assert postbox.visit(at=outside.now()) is not None
    track.track_due(at=outside.now())
    assert state(recipient) == "BOUNCED"


def test_an_answer_too_large_for_the_door_comes_with_its_head_and_says_so(box: House) -> None:
    recipient = mailed(box)
    raw = letter("Re: Factura", f"In-Reply-To: {recipient.message_name}", text="x" * 17_000_000)
    post(box, raw, to=USER)
    postbox.visit(at=outside.now())
    bring()
    assert last_report().size == len(raw)
    (copy,) = box.sandbox.mailboxes.of(companies.load(recipient.company_id).email)
    assert "pesaba 17 MB" in told(copy.raw)


def test_the_sweep_has_it_visited_when_it_is_due(box: House) -> None:
    recipient = mailed(box)
    post(box, dsn(recipient), to=USER)
    assert sweep.sweep(at=outside.now()) >= 1
    assert jobs.turn(lanes.COLLECT) == 1
    assert jobs.turn(lanes.COLLECT) == 0
    assert jobs.turn(lanes.TRACK) == 1
    assert state(recipient) == "BOUNCED"
    assert not postbox.due(at=outside.now())
    assert postbox.due(at=outside.now() + timedelta(minutes=4))


def test_a_visit_that_ends_in_the_middle_loses_nothing(
    box: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient = mailed(box)
    post(box, letter("Oferta"), dsn(recipient), to=USER)
    take, count = track.take, iter(range(9))

    def dies(*args: Any, **named: Any) -> bool:
        if next(count) == 1:
            raise OperationalError("the database went away")
        return take(*args, **named)

    monkeypatch.setattr(track, "take", dies)
    with pytest.raises(OperationalError):
        postbox.visit(at=outside.now())
    monkeypatch.setattr(track, "take", take)
    visited = postbox.visit(at=outside.now() + timedelta(minutes=6))
    assert visited is not None
    assert visited.new == 1
    assert models.Report.objects.count() == 2


def test_two_wrong_passwords_stop_it_until_a_person_looks(box: House, settings: Any) -> None:
    settings.RETURN_MAILBOX_PASSWORD = "RECHAZA"
    for day in range(2):
        visited = postbox.visit(at=outside.now() + timedelta(days=day))
        assert visited is not None
        assert visited.trouble is not None
    assert not postbox.due(at=outside.now() + timedelta(days=9))
    settings.RETURN_MAILBOX_PASSWORD = "clave"
    out = StringIO()
    call_command("returns", "--visit", stdout=out)
    assert "0 mensajes" in out.getvalue()
    assert postbox.due(at=outside.now() + timedelta(days=9))


@pytest.mark.parametrize(
    "told", ["imap.acuse.example", "http://x@y", "imaps://x@y:notaport", "imap-plain://x@y.example"]
)
def test_a_senseless_place_is_told(settings: Any, told: str) -> None:
    settings.RETURN_MAILBOX = told
    with pytest.raises(Blocked):
        postbox.place()


def test_a_place_is_read_as_it_is_written(settings: Any) -> None:
    settings.RETURN_MAILBOX = "imaps://bounce%40b.acuse.example@imap.acuse.example/Rebotes"
    found = postbox.place()
    assert found is not None
    assert (found.username, found.host, found.port, found.folder) == (
        "bounce@b.acuse.example",
        "imap.acuse.example",
        993,
        "Rebotes",
    )


def test_the_door_says_yes_only_when_the_row_is_there(house: House) -> None:
    recipient = mailed(house)
    with Intake(("127.0.0.1", 0), domain=DOMAIN, take=command.keep) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        with Talk(server, "LHLO") as talk:
            raw = dsn(recipient, returned=False).removesuffix(b"\r\n")
            assert talk.mail(raw, bounce_address(recipient)) == [250]
        server.shutdown()
        thread.join()
    report = last_report()
    assert report.delivered_to == [bounce_address(recipient)]
    track.track_due(at=outside.now())
    assert state(recipient) == "BOUNCED"


@pytest.mark.django_db
def test_the_door_says_later_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> bool:
        raise OperationalError("connection refused")

    monkeypatch.setattr(track, "take", away)
    monkeypatch.setattr(command.connection, "close", lambda: None)
    with pytest.raises(Later):
        command.keep(b"x", ())


def test_an_operator_sees_what_changed_nothing(house: House, tmp_path: Path) -> None:
    recipient = mailed(house)
    file = tmp_path / "rebote.eml"
    file.write_bytes(dsn(None, address=recipient.address))
    out = StringIO()
    call_command("returns", "--file", str(file), stdout=out)
    call_command("returns", "--file", str(file), stdout=out)
    track.track_due(at=outside.now())
    call_command("returns", stdout=out)
    told = out.getvalue()
    assert "se lee enseguida" in told
    assert "Ya se tenía" in told
    assert f"UNNAMED, quizá del envío {recipient.pk}" in told
    assert state(recipient) == "SENT"


def test_without_an_address_the_door_stays_shut(settings: Any) -> None:
    settings.RETURN_PATH = ""
    with pytest.raises(CommandError, match="ACUSE_RETURN_PATH"):
        call_command("intake")
