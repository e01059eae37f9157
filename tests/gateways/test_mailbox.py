"""Mail is fetched from a mailbox that stays as it is, whatever its server does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from acuse.domain.mailbox import Cause, Place, Protocol, Security, Trouble
from acuse.gateways import mailbox, mailbox_imap
from acuse.gateways.mailbox import Account, Fetched, Seen
from acuse_sandbox.reading_script import Fault
from acuse_sandbox.running import Sandbox
from tests.gateways.mailbox_server import BOTH, MAIL, PATIENT, US, Scripted, cause, fetched, raws


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(authorities={}) as sandbox:
        yield sandbox
    assert sandbox.errors == []


@pytest.fixture
def world(running: Sandbox) -> Sandbox:
    running.mailboxes.clear()
    running.reading.clear()
    return running


def put(world: Sandbox, *raws: bytes, day: int = 26) -> None:
    for raw in raws:
        world.mailboxes.put("a@b.example", US, raw, datetime(2026, 11, day, tzinfo=UTC))


def account(world: Sandbox, protocol: Protocol, **changes: Any) -> Account:
    port = world.imap_port if protocol is Protocol.IMAP else world.pop3_port
    place = Place(protocol, "127.0.0.1", port, Security.NONE, US)
    return Account(replace(place, **changes), "x", private=True, waits=PATIENT)


@BOTH
def test_messages_come_once_and_whole(world: Sandbox, protocol: Protocol) -> None:
    sent = [b"Subject: %d\r\n\r\n.punto\r\n%s\r\n" % (n, b"x" * 5000) for n in range(3)]
    put(world, *sent)
    first = fetched(account(world, protocol))
    assert (raws(first), first.trouble, first.more) == (sent, None, False)
    done = {one.name for one in first.messages}
    put(world, MAIL)
    again = fetched(
        account(world, protocol), first.cursor, lambda names: [n for n in names if n not in done]
    )
    assert raws(again) == [MAIL]
    assert len({one.name for one in (*first.messages, *again.messages)}) == 4


@BOTH
def test_the_mailbox_is_left_as_it_was(world: Sandbox, protocol: Protocol) -> None:
    put(world, MAIL)
    assert raws(fetched(account(world, protocol))) == [MAIL]
    assert raws(fetched(account(world, protocol))) == [MAIL]


@BOTH
def test_a_visit_takes_so_many_messages_and_says_that_more_wait(
    world: Sandbox, protocol: Protocol
) -> None:
    put(world, *(b"Subject: %d\r\n\r\n" % n for n in range(5)))
    told = fetched(account(world, protocol), messages=2)
    assert (len(told.messages), told.more) == (2, True)
    told = fetched(account(world, protocol), together=20)
    assert (len(told.messages), told.more) == (1, True)


@BOTH
def test_of_a_message_too_large_only_its_headers_come(world: Sandbox, protocol: Protocol) -> None:
    large = b"Subject: grande\r\n\r\n" + b"x" * 9000 + b"\r\n"
    put(world, large, MAIL)
    first, second = fetched(account(world, protocol), message=1000).messages
    assert (first.whole, first.size, first.raw.strip()) == (False, len(large), b"Subject: grande")
    assert (second.whole, second.raw) == (True, MAIL)


def test_what_lay_there_long_before_the_first_visit_is_left(world: Sandbox) -> None:
    world.mailboxes.put("a@b.example", US, b"vieja", datetime(2025, 1, 1, tzinfo=UTC))
    assert fetched(account(world, Protocol.IMAP)).messages == ()
    put(world, MAIL)
    assert raws(fetched(account(world, Protocol.IMAP))) == [MAIL]


def test_numbers_of_another_validity_mean_nothing(world: Sandbox) -> None:
    put(world, *(b"Subject: %d\r\n\r\n" % n for n in range(3)))
    cursor = fetched(account(world, Protocol.IMAP)).cursor
    world.mailboxes.clear()
    put(world, MAIL)
    told = fetched(account(world, Protocol.IMAP), cursor)
    assert raws(told) == [MAIL]
    assert told.cursor != cursor


@BOTH
def test_what_came_before_the_line_was_cut_is_kept(world: Sandbox, protocol: Protocol) -> None:
    put(world, MAIL, b"Subject: dos\r\n\r\n" + b"x" * 5000 + b"\r\n")
    world.reading.add({}, [Fault("body", seconds=0.01), Fault("body", "cut")])
    told = fetched(account(world, protocol))
    assert raws(told) == [MAIL]
    assert told.trouble is not None
    assert told.trouble.cause is Cause.UNREACHABLE
    done = {one.name for one in told.messages}
    again = fetched(
        account(world, protocol), told.cursor, lambda names: [n for n in names if n not in done]
    )
    assert (len(again.messages), again.trouble) == (1, None)


@BOTH
@pytest.mark.parametrize(
    ("stage", "action", "cause"),
    [
        ("greeting", "cut", Cause.UNREACHABLE),
        ("login", "refuse", Cause.REFUSED),
        ("login", "cut", Cause.UNREACHABLE),
        ("select", "cut", Cause.UNREACHABLE),
        ("list", "refuse", Cause.SENSELESS),
        ("list", "cut", Cause.UNREACHABLE),
    ],
)
def test_each_failure_has_its_cause(
    world: Sandbox, protocol: Protocol, stage: str, action: str, cause: Cause
) -> None:
    put(world, MAIL)
    world.reading.add({}, [Fault(stage, action)])
    told = fetched(account(world, protocol))
    assert told.messages == ()
    assert told.trouble is not None
    assert told.trouble.cause is cause


@BOTH
def test_a_first_look_counts(world: Sandbox, protocol: Protocol) -> None:
    put(world, MAIL, MAIL)
    assert mailbox.look(account(world, protocol)) == Seen(2)
    world.reading.add({}, [Fault("login", "refuse", "no eres tú")])
    told = mailbox.look(account(world, protocol))
    assert isinstance(told, Trouble)
    assert told.cause is Cause.REFUSED
    assert "no eres tú" in told.text


def test_a_server_that_asks_for_patience_has_not_refused_the_password() -> None:
    with Scripted(Protocol.IMAP, LOGIN=b"{tag} NO [UNAVAILABLE] later\r\n") as server:
        assert cause(fetched(server.account())) is Cause.LATER
    with Scripted(Protocol.POP3, PASS=b"-ERR [IN-USE] open elsewhere\r\n") as server:
        assert cause(fetched(server.account())) is Cause.LATER


def test_a_folder_that_is_not_there_is_told_with_those_that_are() -> None:
    with Scripted(Protocol.IMAP, EXAMINE=b"{tag} NO no such folder\r\n") as server:
        told = fetched(server.account())
        assert told.trouble == Trouble(Cause.NO_FOLDER, "no such folder (INBOX, Recepción)")


@pytest.mark.parametrize(
    ("plain", "wire"),
    [
        ("INBOX", "INBOX"),
        ("Recepción", "Recepci&APM-n"),
        ("台北", "&U,BTFw-"),
        ("A & B", "A &- B"),
        ("😀", "&2D3eAA-"),
    ],
)
def test_folders_are_named_in_modified_utf7(plain: str, wire: str) -> None:
    assert mailbox_imap.encoded(plain) == wire
    assert mailbox_imap.decoded(wire) == plain


def test_a_message_that_the_server_cannot_give_does_not_stop_the_others() -> None:
    with Scripted(Protocol.IMAP, BODY=b"{tag} NO cannot be processed\r\n") as server:
        told = fetched(server.account())
        assert [(one.whole, one.raw) for one in told.messages] == [(False, b"")]
        assert (told.trouble, told.cursor) == (None, "7:5")
    with Scripted(Protocol.POP3, RETR=b"-ERR damaged\r\n") as server:
        assert [one.whole for one in fetched(server.account()).messages] == [False]


UID_AFTER = b"* 1 FETCH (BODY[] {%d}\r\n%s UID 5)\r\n{tag} OK x\r\n" % (len(MAIL), MAIL)
OF_ANOTHER = b"* 1 FETCH (UID 6 BODY[] {1}\r\nx)\r\n"
FLAGS = b"* 9 FETCH (FLAGS (\\Seen))\r\n* 12 EXISTS\r\n"


@pytest.mark.parametrize("body", [UID_AFTER, FLAGS + UID_AFTER, OF_ANOTHER + UID_AFTER])
def test_the_answer_that_names_the_message_counts(body: bytes) -> None:
    with Scripted(Protocol.IMAP, BODY=body) as server:
        assert raws(fetched(server.account())) == [MAIL]


@pytest.mark.parametrize("found", [b"* SEARCH 0 -3 x 99999999999 4294967296\r\n", b""])
def test_nonsense_numbers_are_no_messages(found: bytes) -> None:
    with Scripted(Protocol.IMAP, SEARCH=found + b"{tag} OK x\r\n") as server:
        assert fetched(server.account()) == Fetched((), "", False)
    with Scripted(
        Protocol.POP3, UIDL=b"+OK\r\nx y\r\n-1 z\r\n77777777777 a\r\n4\r\n.\r\n"
    ) as server:
        assert fetched(server.account()) == Fetched((), "", False)


def test_a_long_or_odd_name_is_told_by_its_digest() -> None:
    listed = b"+OK\r\n1 %s\r\n.\r\n" % (b"u" * 300)
    with Scripted(Protocol.POP3, UIDL=listed) as server:
        (one,) = fetched(server.account()).messages
        assert one.name.startswith("sha256:")


def test_the_days_are_written_in_english() -> None:
    with Scripted(Protocol.IMAP) as server:
        fetched(server.account())
        assert any(b"SINCE 1-Nov-2026" in line for line in server.said)
        fetched(server.account(), "7:4")
        assert any(b"UID 5:*" in line for line in server.said)
