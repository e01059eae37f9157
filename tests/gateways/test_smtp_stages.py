"""Where a mail's dialogue broke, and so what is certain of the mail (reliability.md 5.2)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways import smtp
from acuse.gateways.smtp import Route, Waits
from tests.gateways.loopback import Loopback, unused_port
from tests.gateways.smtp_server import GOOD, HASTY, PATIENT, Answer, Deed, ScriptedSmtp

MESSAGE = b"Subject: acta\r\n\r\nhola\r\n"
PLAIN = ("SIZE 1000000",)
PIPED = ("PIPELINING", "SIZE 1000000")
STEPS = {
    "GREETING": Stage.GREETING,
    "EHLO": Stage.EHLO,
    "MAIL": Stage.MAIL,
    "RCPT": Stage.RCPT,
    "DATA": Stage.DATA,
    "DOT": Stage.DOT,
}


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    yield
    smtp.close_all()


def sent(route: Route, *, go_on: bool = True, message: bytes = MESSAGE) -> SmtpOutcome:
    return smtp.send(
        smtp.prepare(message),
        sender="b+token@acuse.example",
        recipient="ana@cliente.example",
        route=route,
        before_dot=lambda: go_on,
    )


def outcome(
    script: dict[str, Answer], extensions: tuple[str, ...] = PIPED, waits: Waits = PATIENT
) -> tuple[SmtpOutcome, ScriptedSmtp]:
    with ScriptedSmtp(script, extensions=extensions) as server:
        return sent(server.route(waits=waits)), server


@pytest.mark.parametrize("extensions", [PLAIN, PIPED])
def test_a_mail_is_sent_when_the_server_says_250_after_the_dot(
    extensions: tuple[str, ...],
) -> None:
    got, server = outcome({}, extensions)
    assert got == SmtpOutcome(Stage.DOT, 250, "2.0.0 queued as ABC123")
    assert server.mails == [MESSAGE]
    assert server.said[1:4] == [
        f"MAIL FROM:<b+token@acuse.example> SIZE={len(MESSAGE)}",
        "RCPT TO:<ana@cliente.example>",
        "DATA",
    ]


@pytest.mark.parametrize("extensions", [PLAIN, PIPED])
@pytest.mark.parametrize("code", [421, 451, 550])
@pytest.mark.parametrize("step", STEPS)
def test_a_refusal_is_told_with_its_stage(
    step: str, code: int, extensions: tuple[str, ...]
) -> None:
    got, server = outcome({step: b"%d 5.7.1 not so\r\n" % code}, extensions)
    assert (got.stage, got.code, got.text) == (STEPS[step], code, "5.7.1 not so")
    assert (server.mails == []) == (step != "DOT")


@pytest.mark.parametrize("extensions", [PLAIN, PIPED])
@pytest.mark.parametrize("step", STEPS)
def test_a_connection_that_ends_is_told_with_its_stage(
    step: str, extensions: tuple[str, ...]
) -> None:
    got, _ = outcome({step: Deed.CUT}, extensions)
    assert (got.stage, got.code) == (STEPS[step], 0)


def test_a_refused_connection_ends_at_connect() -> None:
    got = sent(Route("127.0.0.1", unused_port(), waits=PATIENT))
    assert (got.stage, got.code) == (Stage.CONNECT, 0)


@pytest.mark.parametrize("host", ["no..host", "x" * 300])
def test_a_host_that_is_none_ends_at_connect(host: str) -> None:
    assert sent(Route(host, 25, waits=PATIENT)).stage is Stage.CONNECT


def test_a_silent_server_after_the_dot_leaves_the_mail_uncertain() -> None:
    got, server = outcome({"DOT": Deed.SILENCE}, waits=HASTY)
    assert got == SmtpOutcome(Stage.DOT, 0, "no reply in time")
    assert server.mails == [MESSAGE]


def test_the_dot_is_waited_for_at_least_ten_minutes() -> None:
    assert smtp.Waits().dot >= 600


def test_a_connection_cut_in_the_body_is_certainly_not_sent() -> None:
    with ScriptedSmtp({"BODY": Deed.CUT}, extensions=("PIPELINING",)) as server:
        got = sent(server.route(), message=b"Subject: acta\r\n\r\n" + b"hola\r\n" * 3_000_000)
    assert (got.stage, got.code) == (Stage.BODY, 0)


def test_an_abandoned_mail_gets_no_dot_and_no_other_word() -> None:
    with ScriptedSmtp() as server:
        got = sent(server.route(), go_on=False)
    assert (got.stage, got.code) == (Stage.BODY, 0)
    assert server.mails == []
    assert "QUIT" not in server.said


def test_a_caller_that_fails_before_the_dot_leaves_no_open_mail() -> None:
    def fails() -> bool:
        raise RuntimeError("the database is gone")

    with ScriptedSmtp() as server:
        route = server.route()
        begun = time.monotonic()
        with pytest.raises(RuntimeError):
            smtp.send(
                smtp.prepare(b"first\r\n"),
                sender="a@acuse.example",
                recipient="b@acuse.example",
                route=route,
                before_dot=fails,
            )
        assert sent(route).code == 250
        assert server.mails == [MESSAGE]
        assert time.monotonic() - begun < PATIENT.reply  # the open mail was not gone on with


def test_the_refused_recipient_is_named_though_the_server_then_leaves() -> None:
    got, _ = outcome({"RCPT": b"550 5.1.1 nobody\r\n", "DATA": Deed.CUT})
    assert got == SmtpOutcome(Stage.RCPT, 550, "5.1.1 nobody")
    got, _ = outcome({"RCPT": b"550 5.1.1 nobody\r\n", "RSET": Deed.CUT}, PLAIN)
    assert got == SmtpOutcome(Stage.RCPT, 550, "5.1.1 nobody")


def test_a_server_that_refuses_the_address_and_awaits_the_mail_gets_none() -> None:
    with ScriptedSmtp({"RCPT": [b"550 5.1.1 nobody\r\n", GOOD["RCPT"]]}) as server:
        begun = time.monotonic()
        assert sent(server.route()) == SmtpOutcome(Stage.RCPT, 550, "5.1.1 nobody")
        assert sent(server.route()).code == 250
        assert server.mails == [MESSAGE]
        assert time.monotonic() - begun < PATIENT.reply  # nobody waited for an answer to the mail
        assert server.server.connections == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_words_that_nobody_asked_for_never_pass_for_the_answer_to_the_dot(step: str) -> None:
    good = GOOD[step]
    assert isinstance(good, bytes)
    ahead: dict[str, Answer] = {step: good + b"250 queued\r\n", "DOT": Deed.SILENCE}
    got, _ = outcome(ahead)
    assert got.code == 0
    assert got.stage in {Stage.DATA, Stage.BODY}


def test_a_refusal_in_mid_mail_is_told_as_the_body_s() -> None:
    with ScriptedSmtp({"BODY": b"552 5.3.4 too much\r\n", "DOT": Deed.CUT}) as server:

        def until_refused() -> bool:
            while not server.has_answered("BODY"):
                server.server.stopped.wait(0.001)
            return True

        got = smtp.send(
            smtp.prepare(MESSAGE),
            sender="a@acuse.example",
            recipient="b@acuse.example",
            route=server.route(),
            before_dot=until_refused,
        )
    assert got == SmtpOutcome(Stage.BODY, 552, "5.3.4 too much")
    assert server.mails == []


def dialogue_cut_after(limit: int) -> tuple[SmtpOutcome, bool]:
    """The outcome where the server reads `limit` bytes and goes, and whether it had the dot."""
    heard = bytearray()
    answers = [b"250-hi\r\n250 PIPELINING\r\n", b"250 ok\r\n250 ok\r\n354 go\r\n"]
    marks = [b"EHLO localhost\r\n", b"DATA\r\n"]

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"220 hi\r\n")
        step = 0
        while len(heard) < limit:
            piece = connection.recv(limit - len(heard))
            if not piece:
                return
            heard.extend(piece)
            while step < 2 and marks[step] in heard:
                connection.sendall(answers[step])
                step += 1

    with Loopback(talk) as server:
        got = sent(Route("127.0.0.1", server.port, waits=PATIENT))
    return got, heard.endswith(b"\r\n.\r\n")


def test_a_dialogue_cut_at_any_byte_is_never_called_unsent_once_the_dot_is_there() -> None:
    whole = "EHLO localhost\r\nMAIL FROM:<b+token@acuse.example>\r\n"
    size = len(whole + "RCPT TO:<ana@cliente.example>\r\nDATA\r\n") + len(MESSAGE) + len(".\r\n")
    for limit in range(1, size + 1):
        got, has_dot = dialogue_cut_after(limit)
        assert got.code == 0, limit
        assert has_dot == (limit == size)
        if has_dot:
            assert got.stage is Stage.DOT


def test_an_answer_to_the_dot_cut_at_any_byte_is_never_sent() -> None:
    whole = b"250-2.0.0 queued\r\n250 as ABC\r\n"
    for end in range(len(whole) + 1):
        cut = whole[:end]

        def talk(connection: socket.socket, answer: bytes = cut) -> None:
            connection.sendall(b"220 hi\r\n")
            connection.recv(100)
            connection.sendall(b"250-hi\r\n250 PIPELINING\r\n")
            connection.recv(1000)
            connection.sendall(b"250 ok\r\n250 ok\r\n354 go\r\n")
            heard = b""
            while not heard.endswith(b"\r\n.\r\n"):
                heard += connection.recv(1000)
            connection.sendall(answer)

        with Loopback(talk) as server:
            got = sent(Route("127.0.0.1", server.port, waits=PATIENT))
            smtp.close_all()
        assert got.stage is Stage.DOT
        assert got.code == (250 if end == len(whole) else 0), end
