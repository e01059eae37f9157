"""The door for returned mail: what it takes, what it refuses, and when it says so."""

from __future__ import annotations

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from acuse.gateways.intake import Intake, Later, Limits

OURS = "b.acuse.example"
TO = f"bounce+abc@{OURS}"
SMALL = Limits(largest=2000, recipients=2, connections=2, mails=4, faults=3, idle=20.0)
HURRIED = replace(SMALL, idle=0.5)


@dataclass
class Kept:
    """What was kept, and whether it can be."""

    mails: list[tuple[bytes, tuple[str, ...]]] = field(default_factory=list)
    trouble: Exception | None = None

    def take(self, raw: bytes, to: tuple[str, ...]) -> None:
        if self.trouble:
            raise self.trouble
        self.mails.append((raw, to))


@contextmanager
def door(kept: Kept, limits: Limits = SMALL) -> Iterator[Intake]:
    with Intake(("127.0.0.1", 0), domain=OURS, take=kept.take, limits=limits) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def kept() -> Kept:
    return Kept()


class Talk:
    """A dialogue by hand."""

    def __init__(self, server: Intake, hello: str = "EHLO") -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), 5)
        self.file = self.socket.makefile("rb")
        self.greeting = self.reply()
        if hello:
            self.say(f"{hello} mx.example")

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()

    def say(self, line: str | bytes) -> int:
        raw = line.encode() if isinstance(line, str) else line
        self.socket.sendall(raw + b"\r\n")
        return self.reply()

    def reply(self) -> int:
        while True:
            line = self.file.readline()
            if not line:
                return 0
            if line[3:4] != b"-":
                return int(line[:3])

    def mail(self, message: bytes, *to: str) -> list[int]:
        assert self.say("MAIL FROM:<>") == 250
        for one in to or (TO,):
            assert self.say(f"RCPT TO:<{one}>") == 250
        assert self.say("DATA") == 354
        return [self.say(message + b"\r\n.")]


def test_a_mail_is_kept_with_whom_it_was_for(kept: Kept) -> None:
    with door(kept) as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.sendmail("", [TO], b"Subject: x\r\n\r\n.dot\r\n")
    assert kept.mails == [(b"Return-Path: <>\r\nSubject: x\r\n\r\n.dot\r\n", (TO,))]


def test_lmtp_is_answered_for_each_recipient(kept: Kept) -> None:
    other = f"bounce+def@{OURS}"
    with door(kept) as server, Talk(server, "LHLO") as talk:
        codes = [*talk.mail(b"hola", TO, other), talk.reply()]
        assert codes == [250, 250]
        assert talk.say("NOOP") == 250
    assert kept.mails == [(b"Return-Path: <>\r\nhola\r\n", (TO, other))]


@pytest.mark.parametrize("trouble", [Later(), RuntimeError("a fault of ours")])
def test_what_cannot_be_kept_comes_again(kept: Kept, trouble: Exception) -> None:
    with door(kept) as server, Talk(server) as talk:
        kept.trouble = trouble
        assert talk.mail(b"hola") == [451]
        kept.trouble = None
        assert talk.mail(b"hola") == [250]


def test_the_answer_comes_after_the_message_is_kept() -> None:
    gate, seen = threading.Event(), threading.Event()

    class Slow(Kept):
        def take(self, raw: bytes, to: tuple[str, ...]) -> None:
            seen.set()
            gate.wait(5)
            super().take(raw, to)

    slow = Slow()
    with door(slow) as server, Talk(server) as talk:
        for line in ("MAIL FROM:<>", f"RCPT TO:<{TO}>", "DATA"):
            talk.say(line)
        talk.socket.sendall(b"hola\r\n.\r\n")
        assert seen.wait(5)
        talk.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            talk.socket.recv(1)
        gate.set()
        talk.socket.settimeout(5)
        assert talk.socket.recv(3) == b"250"
    assert len(slow.mails) == 1


@pytest.mark.parametrize(
    "address",
    ["ana@cliente.example", f"ana@sub.{OURS}", "ana", f"@{OURS}", f"ana@{OURS}.evil.example", ""],
)
def test_mail_for_others_is_refused(kept: Kept, address: str) -> None:
    with door(kept) as server, Talk(server) as talk:
        talk.say("MAIL FROM:<x@y.example>")
        assert talk.say(f"RCPT TO:<{address}>") == 550
        assert talk.say("DATA") == 503
    assert kept.mails == []


def test_letters_of_any_size_name_our_domain(kept: Kept) -> None:
    with door(kept) as server, Talk(server) as talk:
        talk.say("mail from:<>")
        assert talk.say(f"rcpt to:<{TO.upper()}>") == 250


def test_too_large_is_said_before_and_after(kept: Kept) -> None:
    with door(kept) as server, Talk(server) as talk:
        assert talk.say("MAIL FROM:<> SIZE=2001") == 552
        assert talk.mail(b"x" * 2100) == [552]
        assert talk.mail(b"x" * 1000) == [250]
    assert len(kept.mails) == 1


def test_what_has_no_end_is_cut(kept: Kept) -> None:
    with door(kept) as server, Talk(server) as talk:
        for line in ("MAIL FROM:<>", f"RCPT TO:<{TO}>", "DATA"):
            talk.say(line)
        with pytest.raises(OSError):  # noqa: PT012 - any of these writes may find it closed
            for _ in range(200):
                talk.socket.sendall(b"x" * 65536)
                time.sleep(0.005)
    assert kept.mails == []


@pytest.mark.parametrize("false_end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r"])
def test_only_one_end_ends_a_message(kept: Kept, false_end: bytes) -> None:
    smuggled = b"a" + false_end + b"MAIL FROM:<x@y.example>"
    with door(kept) as server, Talk(server) as talk:
        assert talk.mail(smuggled) == [250]
    single = smuggled.replace(b"\r\n.", b"\r\n")  # a dot too few at the beginning of a line
    assert [raw for raw, _ in kept.mails] == [b"Return-Path: <>\r\n" + single + b"\r\n"]


def test_bounds_hold(kept: Kept) -> None:
    with door(kept) as server, Talk(server) as talk:
        talk.say("MAIL FROM:<>")
        codes = [talk.say(f"RCPT TO:<{number}@{OURS}>") for number in range(3)]
        assert codes == [250, 250, 452]
    with door(kept) as server, Talk(server) as talk:
        assert [talk.say("WHAT") for _ in range(3)] == [500, 500, 500]
        assert talk.reply() == 421
    with door(kept) as server, Talk(server) as talk:
        assert talk.say(b"NOOP " + b"x" * 5000) == 500
        assert talk.reply() == 0
    with door(kept) as server, Talk(server) as talk:
        assert [talk.mail(b"x")[0] for _ in range(4)] == [250] * 4
        assert talk.reply() == 421


def test_too_many_at_once_are_told_to_come_again(kept: Kept) -> None:
    with door(kept) as server, Talk(server), Talk(server), Talk(server, "") as third:
        assert third.greeting == 421


def test_who_says_nothing_is_left(kept: Kept) -> None:
    with door(kept, HURRIED) as server, Talk(server) as talk:
        assert talk.reply() == 0


def test_a_cut_message_is_not_kept(kept: Kept) -> None:
    with door(kept) as server:
        with Talk(server) as talk:
            for line in ("MAIL FROM:<>", f"RCPT TO:<{TO}>", "DATA"):
                talk.say(line)
            talk.socket.sendall(b"half of it\r\n")
        with Talk(server) as talk:
            assert talk.mail(b"whole") == [250]
    assert [raw for raw, _ in kept.mails] == [b"Return-Path: <>\r\nwhole\r\n"]


def test_an_address_cannot_become_a_header(kept: Kept) -> None:
    with door(kept) as server, Talk(server) as talk:
        assert talk.say(b'MAIL FROM:<"a\rX-Evil: 1"@b.example>') == 501
        assert talk.say("MAIL FROM:<a b@c.example>") == 501
