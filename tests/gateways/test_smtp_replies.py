"""Replies that no server should give, and addresses that no server could take."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acuse.domain.recipient import SmtpOutcome, Stage
from acuse.gateways import smtp
from tests.gateways.smtp_server import ScriptedSmtp

MESSAGE = b"Subject: acta\r\n\r\nhola\r\n"


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    yield
    smtp.close_all()


def sent(
    server: ScriptedSmtp,
    *,
    sender: str = "b+token@acuse.example",
    recipient: str = "ana@cliente.example",
    message: bytes = MESSAGE,
) -> SmtpOutcome:
    return smtp.send(
        smtp.prepare(message),
        sender=sender,
        recipient=recipient,
        route=server.route(),
        before_dot=lambda: True,
    )


USELESS = {
    "no code": b"queued\r\n",
    "two digits": b"25 ok\r\n",
    "a code of ours": b"999 ok\r\n",
    "other digits": "²⁵⁰ ok\r\n".encode(),
    "no mark": b"250ok\r\n",
    "empty": b"\r\n",
    "an endless line": b"250 " + b"x" * 100_000,
    "a long line": b"250 " + b"x" * 5_000 + b"\r\n",
    "a reply without end": b"250-more\r\n" * 1_000,
    "noise": bytes(range(128, 256)) + b"\r\n",
}


@pytest.mark.parametrize("reply", USELESS.values(), ids=USELESS)
def test_a_useless_answer_to_the_dot_leaves_the_mail_uncertain(reply: bytes) -> None:
    with ScriptedSmtp({"DOT": reply}) as server:
        got = sent(server)
    assert (got.stage, got.code) == (Stage.DOT, 0)


@pytest.mark.parametrize("reply", USELESS.values(), ids=USELESS)
def test_a_useless_answer_before_the_mail_is_certainly_not_sent(reply: bytes) -> None:
    with ScriptedSmtp({"RCPT": reply}) as server:
        got = sent(server)
    assert (got.stage, got.code) == (Stage.RCPT, 0)
    assert server.mails == []


def test_a_reply_of_several_lines_is_read_whole() -> None:
    with ScriptedSmtp({"DOT": b"250-2.0.0 one\r\n250-2.0.0 two\r\n250 2.0.0 three\r\n"}) as server:
        assert sent(server).text == "2.0.0 one\n2.0.0 two\n2.0.0 three"


def test_a_bare_code_and_a_bare_line_feed_are_understood() -> None:
    with ScriptedSmtp({"DOT": b"250\n"}) as server:
        assert sent(server) == SmtpOutcome(Stage.DOT, 250, "")


def test_what_is_kept_of_a_reply_can_be_stored() -> None:
    raw = b"250 a\x00b\x1b[31m\xff" + "ñ".encode() + b"y" * 3_000 + b"\r\n"
    with ScriptedSmtp({"DOT": raw}) as server:
        text = sent(server).text
    assert text.startswith("a?b?[31m\ufffdñy")
    assert len(text) == 1000


def test_a_mail_larger_than_the_server_takes_is_its_recipient_s_refusal() -> None:
    for limit, stage in ((len(MESSAGE) - 1, Stage.RCPT), (len(MESSAGE), Stage.DOT)):
        with ScriptedSmtp(extensions=("PIPELINING", f"SIZE {limit}")) as server:
            got = sent(server)
        assert got.stage is stage
        assert got.code == (552 if stage is Stage.RCPT else 250)
        assert len(server.mails) == (0 if stage is Stage.RCPT else 1)


@pytest.mark.parametrize("announced", ["SIZE", "SIZE 0", "SIZE lots", "SIZE ²"])
def test_a_limit_that_is_none_stops_no_mail(announced: str) -> None:
    with ScriptedSmtp(extensions=(announced,)) as server:
        assert sent(server).code == 250


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    with ScriptedSmtp(extensions=("PIPELINING",)) as server:
        got = sent(server, recipient="ñandú@cliente.example")
        assert (got.stage, got.code) == (Stage.RCPT, 553)
        assert server.said == ["EHLO localhost"]
    with ScriptedSmtp(extensions=("PIPELINING", "SMTPUTF8")) as server:
        assert sent(server, recipient="ñandú@cliente.example").code == 250
        assert server.said[1] == "MAIL FROM:<b+token@acuse.example> SMTPUTF8"


@pytest.mark.parametrize("evil", ["a@b.example>\r\nRCPT TO:<c@d.example", "a\nb@c", "a>b@c", "\0"])
def test_no_address_speaks_to_the_server(evil: str) -> None:
    with ScriptedSmtp() as server:
        assert sent(server, recipient=evil).stage is Stage.RCPT
        assert sent(server, sender=evil).stage is Stage.MAIL
        assert server.said == ["EHLO localhost"]


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        (b"", b"\r\n"),
        (b"a", b"a\r\n"),
        (b".\r\n", b"..\r\n"),
        (b".\r\n.\r\n..\r\na.b\r\n.", b"..\r\n..\r\n...\r\na.b\r\n..\r\n"),
    ],
)
def test_a_mail_s_own_dots_never_end_it(message: bytes, wire: bytes) -> None:
    assert smtp.prepare(message).wire == wire
    with ScriptedSmtp() as server:
        assert sent(server, message=message).code == 250
        assert server.mails == [wire]


@pytest.mark.parametrize("bare", [b"a\nb", b"a\rb", b"\n.\n", b"\r\n.\r", b"a\r\r\n", b"\n\r\n"])
def test_a_mail_with_a_bare_line_end_is_not_prepared(bare: bytes) -> None:
    with pytest.raises(ValueError, match="bare CR or LF"):
        smtp.prepare(bare)
