"""The mail server as it behaves by itself: exact to the byte, strict in order and bounds."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage

import pytest

from acuse_sandbox.running import Sandbox
from acuse_sandbox.smtp_wire import LARGEST, LONGEST_COMMAND, LONGEST_LINE
from tests.sandbox.clients import (
    CUSTOMER,
    EHLO,
    GREETING,
    MAIL,
    OTHER,
    RCPT,
    SENDER,
    Smtp,
    delivered,
    taken,
)


def test_a_customary_client_is_served(sandbox: Sandbox) -> None:
    message = EmailMessage()
    message["Subject"] = "Factura F001-1"
    message.set_content(".una línea que empieza por punto\n..y otra\n")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=10) as client:
        for _ in range(2):  # the session is kept
            client.send_message(message, SENDER, [CUSTOMER, OTHER])
    stored = sandbox.mailboxes.all()
    assert [one.recipient for one in stored] == [CUSTOMER, OTHER] * 2
    assert {one.sender for one in stored} == {SENDER}
    assert {one.raw for one in stored} == {message.as_bytes().replace(b"\n", b"\r\n")}


def test_the_extensions_are_announced(sandbox: Sandbox) -> None:
    with Smtp(sandbox.smtp_port) as smtp:
        assert smtp.reply().startswith(GREETING)
        announced = smtp.say(EHLO).splitlines()
        assert [line[4:] for line in announced[1:]] == [
            b"SIZE %d" % LARGEST,
            b"PIPELINING",
            b"8BITMIME",
            b"SMTPUTF8",
            b"DSN",
        ]
        assert smtp.say(b"HELO me.example") == b"250 sandbox.example\r\n"


@pytest.mark.parametrize(
    ("wire", "message"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b"a\r\n..\r\n...b\r\n.\r\n", b"a\r\n.\r\n..b\r\n"),
        (b".a\r\n.\r\n", b"a\r\n"),  # a client that forgot to double: RFC 5321 4.5.2 says so
        (b"\x00\x80\xff \t\r\n\r\n.\r\n", b"\x00\x80\xff \t\r\n\r\n"),
    ],
)
def test_a_message_is_kept_to_the_byte(sandbox: Sandbox, wire: bytes, message: bytes) -> None:
    assert delivered(sandbox, wire).startswith(b"250")
    assert taken(sandbox) == [message]


@pytest.mark.parametrize("false_end", [b"\n.\n", b"\r\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r"])
def test_only_crlf_dot_crlf_ends_a_message(sandbox: Sandbox, false_end: bytes) -> None:
    smuggled = b"MAIL FROM:<x@emisor.example>\r\nRCPT TO:<y@cliente.example>\r\nDATA\r\nno\r\n"
    delivered(sandbox, b"a" + false_end + smuggled + b".\r\n")
    (message,) = taken(sandbox)
    assert message.startswith(b"a" + false_end.replace(b"\r\n.", b"\r\n"))
    assert message.endswith(smuggled)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_an_end_is_found_however_the_bytes_arrive(sandbox: Sandbox, size: int) -> None:
    wire = b"Subject: x\r\n\r\n..dot\r\n.\r\n"
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        for start in range(0, len(wire), size):
            smtp.connection.sendall(wire[start : start + size])
        assert smtp.reply().startswith(b"250")
    assert taken(sandbox) == [b"Subject: x\r\n\r\n.dot\r\n"]


def test_commands_may_come_together_also_behind_a_message(sandbox: Sandbox) -> None:
    lines = [EHLO, MAIL, RCPT, b"DATA"]
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.connection.sendall(b"\r\n".join(lines) + b"\r\n")
        codes = [smtp.reply()[:3] for _ in range(5)]
        long = (b"y" * 70 + b"\r\n") * 4000  # the first end is far from the last byte received
        one = b"one\r\n.\r\n" + b"\r\n".join(lines[1:]) + b"\r\n" + long + b".\r\nQUIT\r\n"
        smtp.connection.sendall(one)
        codes += [smtp.reply()[:3] for _ in range(6)]
    assert codes == b"220 250 250 250 354 250 250 250 354 250 221".split()
    assert taken(sandbox) == [b"one\r\n", long]


@pytest.mark.parametrize(
    ("before", "line", "code"),
    [
        ([], b"RCPT TO:<a@cliente.example>", b"503"),
        ([], b"DATA", b"503"),
        ([MAIL], b"DATA", b"503"),
        ([MAIL], MAIL, b"503"),
        ([MAIL, RCPT, b"RSET"], b"DATA", b"503"),
        ([MAIL, RCPT, EHLO], b"DATA", b"503"),
        ([MAIL, RCPT], b"DATA", b"354"),
        ([], b"MAIL FROM:<>", b"250"),  # bounces have no sender
        ([], b"MAIL TO:<a@emisor.example>", b"501"),
        ([], b"MAIL FROM:a@emisor.example", b"501"),
        ([], b"MAIL FROM:<a@emisor.example> SIZE=%d" % LARGEST, b"250"),
        ([], b"MAIL FROM:<a@emisor.example> SIZE=%d" % (LARGEST + 1), b"552"),
        ([], b"MAIL FROM:<a@emisor.example> SIZE=many", b"501"),
        ([], b"MAIL FROM:<a@emisor.example> BODY=8BITMIME", b"250"),
        ([], b"MAIL FROM:<a@emisor.example> RET=SOME", b"501"),
        ([MAIL], b"RCPT TO:<>", b"501"),
        ([MAIL], b'RCPT TO:<"un nombre"@cliente.example>', b"250"),
        ([MAIL], b"RCPT TO:<a@cliente.example> NOTIFY=SOON", b"501"),
        ([MAIL], "RCPT TO:<peña@cliente.example>".encode(), b"553"),
        ([MAIL + b" SMTPUTF8"], "RCPT TO:<peña@cliente.example>".encode(), b"250"),
        ([], b"MAIL FROM:<\xff@emisor.example> SMTPUTF8", b"500"),
        ([], b"NOOP", b"250"),
        ([], b"noop", b"250"),
        ([], b"VRFY a", b"500"),
        ([], b"", b"500"),
        ([], b"NOOP\nMAIL FROM:<a@emisor.example>", b"500"),  # one line, not two
        ([], b"QUIT", b"221"),
    ],
)
def test_commands_out_of_order_or_shape_are_refused(
    sandbox: Sandbox, before: list[bytes], line: bytes, code: bytes
) -> None:
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(EHLO, *before, line)[:3] == code


def test_a_second_message_needs_its_own_envelope(sandbox: Sandbox) -> None:
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        assert smtp.say(b"hola\r\n.").startswith(b"250")
        assert smtp.say(b"DATA").startswith(b"503")
    assert taken(sandbox) == [b"hola\r\n"]


def test_a_command_line_has_a_bound(sandbox: Sandbox) -> None:
    longest = b"NOOP ".ljust(LONGEST_COMMAND, b"x")
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(longest).startswith(b"250")
        assert smtp.say(longest + b"x").startswith(b"500")
        assert smtp.reply() == b""  # where such a line ends is not waited for


@pytest.mark.parametrize(("size", "code"), [(LONGEST_LINE, b"250"), (LONGEST_LINE + 1, b"500")])
def test_a_line_of_a_message_has_a_bound(sandbox: Sandbox, size: int, code: bytes) -> None:
    text = b"short\r\n" * 500 + b"x" * size + b"\r\n" + b"short\r\n" * 500
    assert delivered(sandbox, text + b".\r\n").startswith(code)
    assert taken(sandbox) == ([text] if code == b"250" else [])


@pytest.mark.parametrize(("more", "code"), [(0, b"250"), (1, b"552")])
def test_a_message_has_a_bound(sandbox: Sandbox, more: int, code: bytes) -> None:
    line = b"." + b"x" * 61 + b"\r\n"  # stuffed on the way, which must not count
    text = line * (LARGEST // 64) + b"y" * more + b"\r\n" * (more > 0)
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        smtp.connection.sendall(b"." + text.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        assert smtp.reply().startswith(code)
        assert smtp.say(MAIL).startswith(b"250")  # refused or not, the session goes on
    assert [len(one) for one in taken(sandbox)] == ([LARGEST] if not more else [])


def test_an_endless_message_is_dropped_and_refused_at_its_end(sandbox: Sandbox) -> None:
    piece = b"z" * (8 << 20)
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        for _ in range(9):
            smtp.connection.sendall(piece)
        smtp.connection.sendall(b"\r\n.\r\n")
        assert smtp.reply().startswith(b"552")
    assert taken(sandbox) == []


def test_a_client_that_leaves_in_its_message_leaves_none(sandbox: Sandbox) -> None:
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        smtp.connection.sendall(b"half a message\r\n.")
        smtp.connection.shutdown(socket.SHUT_WR)
        assert smtp.reply() == b""
    assert taken(sandbox) == []
