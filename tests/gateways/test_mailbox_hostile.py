"""A server of mailboxes may be endless, senseless, somebody else's, or without protection."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acuse.domain.mailbox import Cause, Place, Protocol, Security
from acuse.gateways import mailbox
from acuse.gateways.mailbox import Account, Seen, Waits
from acuse.gateways.mailbox_pop import PopVisit
from acuse.gateways.mailbox_wire import Broke
from tests.gateways.loopback import Loopback, self_signed, server_context, unused_port
from tests.gateways.mailbox_server import (
    BOTH,
    HASTY,
    MAIL,
    PATIENT,
    US,
    Scripted,
    cause,
    fetched,
    raws,
)

HOSTILE = {
    Protocol.IMAP: [
        {"greeting": b"* BYE go away\r\n"},
        {"greeting": b"x" * 5_000_000},
        {"greeting": b"* OK\r\n" * 400_000},
        {"CAPABILITY": b"* CAPABILITY \xff\xfe IMAP4rev1\r\n{tag} OK x\r\n"},
        {"CAPABILITY": b"{tag} BAD\r\n"},
        {"LOGIN": b"{tag} WHAT\r\n"},
        {"LOGIN": b"A999 OK\r\n"},
        {"EXAMINE": b"* 1 EXISTS\r\n{tag} OK x\r\n"},  # no UIDVALIDITY
        {"EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY -1] x\r\n{tag} OK x\r\n"},
        {"SEARCH": b"* SEARCH " + b"1 " * 5_000_000},
        {"SEARCH": b"* 1 FETCH {99999999999999}\r\n"},
        {"SEARCH": b"* 1 FETCH {" + b"9" * 5000 + b"}\r\n"},
        {"SIZE": b"* 1 FETCH (UID 5 RFC822.SIZE 10)\r\n" * 100_000},
        {"BODY": b"* 1 FETCH (UID 5 BODY[] {99999999999}\r\nx"},
        {"BODY": b"* x FETCH (UID 5 BODY[] {4}\r\nabcd\r\n"},
        {"BODY": b"\x00\xff\r\n"},
    ],
    Protocol.POP3: [
        {"greeting": b"-ERR\r\n"},
        {"greeting": b"x" * 5_000_000},
        {"USER": b"\x00\xff\r\n"},
        {"STAT": b"+OK\r\n"},
        {"STAT": b"+OK " + b"9" * 5000 + b" 1\r\n"},
        {"UIDL": b"-ERR unknown command\r\n"},
        {"UIDL": b"+OK\r\n" + b"1 a\r\n" * 4_000_000},
        {"RETR": b"+OK\r\n" + b"x" * 40_000_000},
        {"RETR": b"+OK\r\nsin fin\r\n"},
    ],
}


@pytest.mark.parametrize(
    ("protocol", "changes"), [(one, change) for one in Protocol for change in HOSTILE[one]]
)
def test_a_hostile_server_is_left_in_time(protocol: Protocol, changes: dict[str, bytes]) -> None:
    began = time.monotonic()
    with Scripted(protocol, **changes) as server:
        told = fetched(server.account(waits=HASTY))
    assert told.trouble is not None
    assert all(not one.whole for one in told.messages)
    assert time.monotonic() - began < 10


@BOTH
def test_a_server_that_drips_is_left_at_the_deadline(protocol: Protocol) -> None:
    def drip(connection: Any) -> None:
        while True:
            connection.sendall(b"*")
            time.sleep(0.05)

    place = Place(protocol, "127.0.0.1", 0, Security.NONE, US)
    with Loopback(drip) as server:
        began = time.monotonic()
        slow = Account(
            replace(place, port=server.port), "x", private=True, waits=Waits(1.0, 0.3, 0.6)
        )
        assert cause(fetched(slow)) is Cause.UNREACHABLE
        assert time.monotonic() - began < 10  # the deadline is 0.6; it drips for ever


def test_a_refused_greeting_leaves_no_socket_open() -> None:
    heard: list[bytes] = []

    def refuse(connection: Any) -> None:
        connection.settimeout(2)
        connection.sendall(b"-ERR\r\n")
        heard.append(connection.recv(99))

    with Loopback(refuse) as server:
        place = Place(Protocol.POP3, "127.0.0.1", server.port, Security.NONE, US)
        with pytest.raises(Broke) as kept:
            PopVisit(Account(place, "x", private=True, waits=PATIENT))
        deadline = time.monotonic() + 3
        while not heard and time.monotonic() < deadline:
            time.sleep(0.01)
        assert heard == [b""], f"open while {kept.value!r} is held"


@BOTH
def test_nobody_there_is_unreachable(protocol: Protocol) -> None:
    place = Place(protocol, "127.0.0.1", unused_port(), Security.NONE, US)
    assert cause(fetched(Account(place, "x", private=True))) is Cause.UNREACHABLE
    place = replace(place, host="no-hay.invalid")
    assert cause(fetched(Account(place, "x", private=True))) is not None


@BOTH
def test_private_addresses_are_for_who_was_allowed(protocol: Protocol) -> None:
    with Scripted(protocol) as server:
        told = fetched(server.account(private=False))
        assert cause(told) is Cause.UNREACHABLE
        assert server.server.connections == 0
    for host in ("10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0", "224.0.0.1"):
        place = Place(protocol, host, 993, Security.TLS, US)
        assert cause(fetched(Account(place, "x"))) is Cause.UNREACHABLE


def test_without_tls_only_on_this_machine() -> None:
    place = Place(Protocol.IMAP, "10.0.0.1", 143, Security.NONE, US)
    assert cause(fetched(Account(place, "x", private=True))) is Cause.UNPROTECTED


@pytest.mark.parametrize(
    ("user", "password"), [("a\r\nDELETE INBOX", "x"), ("a", "x\r\n"), ("a\0b", "x")]
)
@BOTH
def test_no_command_hides_in_a_name(protocol: Protocol, user: str, password: str) -> None:
    with Scripted(protocol) as server:
        one = server.account(password=password)
        one = replace(one, place=replace(one.place, username=user))
        assert cause(fetched(one)) is Cause.REFUSED
        assert server.said == []


def test_a_password_of_other_letters_needs_a_server_that_takes_it() -> None:
    with Scripted(Protocol.IMAP) as server:
        assert cause(fetched(server.account(password="contraseña"))) is Cause.REFUSED
    with Scripted(Protocol.POP3) as server:
        assert raws(fetched(server.account(password="contraseña"))) == [MAIL]
        assert "PASS contraseña".encode() in server.said


class TestTls:
    """The connection is protected before a password is said."""

    @pytest.fixture
    def pem(self, tmp_path: Path) -> Path:
        return self_signed(tmp_path)

    @pytest.fixture
    def trusted(self, pem: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        return pem

    CAN = b"* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK x\r\n"

    @BOTH
    def test_starttls_comes_before_the_password(self, protocol: Protocol, trusted: Path) -> None:
        with Scripted(protocol, server_context(trusted), CAPABILITY=self.CAN) as server:
            told = fetched(server.account(Security.STARTTLS))
            assert (raws(told), told.trouble) == ([MAIL], None)
            verbs = [line.split()[-1 if b"TLS" in line else 0] for line in server.said]
            assert verbs[0 if protocol is Protocol.POP3 else 1] in (b"STLS", b"STARTTLS")

    @BOTH
    def test_a_strange_certificate_gets_no_password(self, protocol: Protocol, pem: Path) -> None:
        with Scripted(protocol, server_context(pem), CAPABILITY=self.CAN) as server:
            assert cause(fetched(server.account(Security.STARTTLS))) is Cause.UNPROTECTED
            assert not any(b"clave" in line for line in server.said)

    @BOTH
    def test_a_server_without_tls_gets_no_password(self, protocol: Protocol) -> None:
        with Scripted(protocol, STLS=b"-ERR no\r\n") as server:
            assert cause(fetched(server.account(Security.STARTTLS))) is Cause.UNPROTECTED
            assert not any(b"clave" in line for line in server.said)
        with Scripted(protocol) as server:
            assert cause(fetched(server.account(Security.TLS))) is Cause.UNPROTECTED

    def test_what_was_slipped_in_before_the_handshake_is_forgotten(self, trusted: Path) -> None:
        slipped = b"{tag} OK x\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN EVIL\r\n"
        with Scripted(
            Protocol.IMAP, server_context(trusted), CAPABILITY=self.CAN, STARTTLS=slipped
        ) as server:
            assert raws(fetched(server.account(Security.STARTTLS))) == [MAIL]
            assert any(b"LOGIN" in line for line in server.said)

    def test_tls_from_the_first_byte(self, trusted: Path) -> None:
        context = server_context(trusted)

        def talk(connection: Any) -> None:
            with context.wrap_socket(connection, server_side=True) as protected:
                protected.sendall(b"+OK hola\r\n")
                for line in protected.makefile("rb"):
                    usual = b"+OK 0 0\r\n" if line.startswith(b"STAT") else b"+OK\r\n"
                    protected.sendall(usual)

        with Loopback(talk) as server:
            place = Place(Protocol.POP3, "127.0.0.1", server.port, Security.TLS, US)
            assert mailbox.look(Account(place, "x", private=True, waits=PATIENT)) == Seen(0)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    protocol=st.sampled_from(list(Protocol)),
    step=st.sampled_from(
        ["greeting", "LOGIN", "EXAMINE", "SEARCH", "SIZE", "BODY", "UIDL", "RETR"]
    ),
    noise=st.binary(max_size=60),
)
def test_no_answer_makes_it_raise(protocol: Protocol, step: str, noise: bytes) -> None:
    with Scripted(protocol, **{step: noise + b"\r\n{tag} OK x\r\n"}) as server:
        fetched(server.account(waits=Waits(1.0, 0.05, 1.0)))
