"""The mail server: exact to the byte when it behaves, and exactly as told when it does not."""

from __future__ import annotations

import smtplib
import socket
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest

from acuse_sandbox.mailbox import Mailboxes, Stored
from acuse_sandbox.running import Sandbox
from acuse_sandbox.smtp_wire import LARGEST, LONGEST_COMMAND, LONGEST_LINE
from acuse_sandbox.world import World
from tests.sandbox.clients import CUSTOMER, SENDER, Control, Smtp, Toy

OTHER = "contador@cliente.example"
GREETING, EHLO = b"220 ", b"EHLO me.example"
MAIL, RCPT = b"MAIL FROM:<%s>" % SENDER.encode(), b"RCPT TO:<%s>" % CUSTOMER.encode()


def taken(sandbox: Sandbox) -> list[bytes]:
    return [one.raw for one in sandbox.mailboxes.all()]


def delivered(sandbox: Sandbox, wire: bytes) -> bytes:
    """The reply to a message that is sent, dot and all, as these bytes."""
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.envelope()
        smtp.connection.sendall(wire)
        return smtp.reply()


def script(control: Control, *faults: dict[str, Any], to: str = "") -> None:
    control.tell("/mail/script", {"match": {"to": to} if to else {}, "replies": list(faults)})


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
        ([], b"MAIL FROM:<a@emisor.example> RET=HDRS", b"555"),  # never announced
        ([MAIL], b"RCPT TO:<>", b"501"),
        ([MAIL], b'RCPT TO:<"un nombre"@cliente.example>', b"250"),
        ([MAIL], b"RCPT TO:<a@cliente.example> NOTIFY=NEVER", b"555"),
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


@pytest.mark.parametrize(("size", "code"), [(LONGEST_COMMAND, b"250"), (LONGEST_COMMAND + 1, b"")])
def test_a_command_line_has_a_bound(sandbox: Sandbox, size: int, code: bytes) -> None:
    line = b"NOOP " + b"x" * (size - 5)
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        said = smtp.say(line)
        assert said.startswith(code or b"500")
        assert smtp.say(b"NOOP").startswith(code)
        assert bool(smtp.say(b"NOOP")) is bool(code)  # beyond the bound, the session ends


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


@pytest.mark.parametrize(
    ("stage", "code", "until"),
    [
        ("mail", 451, [EHLO, MAIL]),
        ("mail", 550, [EHLO, MAIL]),
        ("rcpt", 450, [EHLO, MAIL, RCPT]),
        ("rcpt", 550, [EHLO, MAIL, RCPT]),
        ("data", 452, [EHLO, MAIL, RCPT, b"DATA"]),
        ("dot", 451, [EHLO, MAIL, RCPT, b"DATA", b"hola\r\n."]),
        ("dot", 554, [EHLO, MAIL, RCPT, b"DATA", b"hola\r\n."]),
        ("rset", 500, [EHLO, b"RSET"]),
    ],
)
def test_a_scripted_refusal_is_said_once_at_its_stage(
    sandbox: Sandbox, control: Control, stage: str, code: int, until: list[bytes]
) -> None:
    script(control, {"stage": stage, "code": code, "text": "4.7.1 más tarde"})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(*until) == f"{code} 4.7.1 más tarde\r\n".encode()
        assert taken(sandbox) == []
        again = smtp.say(b"RSET", MAIL, RCPT, b"DATA", b"hola\r\n.")
        assert again.startswith(b"250")
    assert taken(sandbox) == [b"hola\r\n"]


def test_a_refused_command_has_not_happened(sandbox: Sandbox, control: Control) -> None:
    script(control, {"stage": "mail", "code": 451}, {"stage": "rcpt", "code": 450})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(EHLO, MAIL).startswith(b"451")
        assert smtp.say(RCPT).startswith(b"503")
        assert smtp.say(MAIL, RCPT).startswith(b"450")
        assert smtp.say(b"DATA").startswith(b"503")


@pytest.mark.parametrize(("code", "goes_on"), [(220, True), (421, False), (554, False)])
def test_a_greeting_can_turn_a_client_away(
    sandbox: Sandbox, control: Control, code: int, goes_on: bool
) -> None:
    script(control, {"stage": "greeting", "code": code, "text": "busy"})
    with Smtp(sandbox.smtp_port) as smtp:
        assert smtp.reply() == b"%d busy\r\n" % code
        smtp.connection.settimeout(10)
        assert (smtp.connection.recv(1) == b"") if not goes_on else smtp.say(EHLO)


def test_421_closes_at_any_stage(sandbox: Sandbox, control: Control) -> None:
    script(control, {"stage": "rcpt", "code": 421, "text": "4.3.2 shutting down"})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(EHLO, MAIL, RCPT).startswith(b"421")
        assert smtp.reply() == b""


def test_a_reply_may_have_several_lines(sandbox: Sandbox, control: Control) -> None:
    script(control, {"stage": "ehlo", "code": 250, "text": "other.example\nSIZE 1000"})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(EHLO) == b"250-other.example\r\n250 SIZE 1000\r\n"
        assert b"SMTPUTF8" in smtp.say(EHLO)


@pytest.mark.parametrize("action", ["cut", "silent", "unreadable"])
@pytest.mark.parametrize(
    ("stage", "until"),
    [
        ("greeting", []),
        ("ehlo", [EHLO]),
        ("mail", [EHLO, MAIL]),
        ("rcpt", [EHLO, MAIL, RCPT]),
        ("data", [EHLO, MAIL, RCPT, b"DATA"]),
        ("quit", [EHLO, b"QUIT"]),
    ],
)
def test_no_good_reply_at_a_stage_before_the_body(
    sandbox: Sandbox, control: Control, action: str, stage: str, until: list[bytes]
) -> None:
    script(control, {"stage": stage, "action": action, "text": "¿qué?"})
    with Smtp(sandbox.smtp_port) as smtp:
        said = smtp.reply()
        if until:
            assert said.startswith(GREETING)
            said = smtp.say(*until)
        assert said == ("¿qué?\r\n".encode() if action == "unreadable" else b"")
        assert smtp.reply() == b""
    assert taken(sandbox) == []


def test_a_cut_in_the_body_keeps_nothing(sandbox: Sandbox, control: Control) -> None:
    script(control, {"stage": "body", "action": "cut"})
    with Smtp(sandbox.smtp_port) as smtp:
        assert smtp.envelope().startswith(b"354")
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                smtp.connection.sendall(b"x" * 62 + b"\r\n" + b"y" * 65536)
    assert taken(sandbox) == []


@pytest.mark.parametrize(
    ("fault", "said", "kept"),
    [
        ({"action": "cut"}, b"", True),
        ({"action": "cut", "kept": True}, b"", True),
        ({"action": "cut", "kept": False}, b"", False),
        ({"action": "silent", "seconds": 700}, b"", True),
        ({"action": "silent", "seconds": 700, "kept": False}, b"", False),
        ({"action": "unreadable"}, b"what?\r\n", True),
        ({"action": "unreadable", "text": "25\x00 ok"}, b"25\x00 ok\r\n", True),
        ({"code": 250, "text": "2.0.0 queued as 1A"}, b"250 2.0.0 queued as 1A\r\n", True),
        ({"code": 250, "text": "ok", "kept": False}, b"250 ok\r\n", False),  # lost by the relay
        ({"code": 451, "text": "later"}, b"451 later\r\n", False),
        ({"code": 451, "text": "later", "kept": True}, b"451 later\r\n", True),
        ({"code": 250, "text": "ok", "seconds": 300}, b"250 ok\r\n", True),
    ],
)
def test_what_happens_after_the_dot_is_as_told(
    fault: dict[str, Any], said: bytes, kept: bool
) -> None:
    slept: list[float] = []
    world = World(sleep=slept.append)
    with Sandbox(authorities={"toy": Toy()}, world=world) as sandbox:
        script(Control(sandbox.control_url), {"stage": "dot", **fault})
        assert delivered(sandbox, b"hola\r\n.\r\n") == said
        assert len(taken(sandbox)) == kept
        assert delivered(sandbox, b"hola\r\n.\r\n").startswith(b"250 2.0.0")
        assert sandbox.errors == []
    assert slept == ([fault["seconds"]] if "seconds" in fault else [])


def test_a_fault_waits_for_its_recipient(sandbox: Sandbox, control: Control) -> None:
    script(control, {"stage": "rcpt", "code": 550, "text": "5.1.1 unknown"}, to=OTHER.upper())
    to_other = b"RCPT TO:<%s>" % OTHER.encode()
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        assert smtp.say(EHLO, MAIL, RCPT).startswith(b"250")
        assert smtp.say(to_other).startswith(b"550")
        assert smtp.say(b"DATA", b"hola\r\n.").startswith(b"250")
    assert [one.recipient for one in sandbox.mailboxes.all()] == [CUSTOMER]


@pytest.mark.parametrize("stage", ["data", "dot"])
def test_a_fault_finds_its_recipient_among_several(
    sandbox: Sandbox, control: Control, stage: str
) -> None:
    script(control, {"stage": stage, "code": 452}, to=CUSTOMER)
    with Smtp(sandbox.smtp_port) as smtp:
        said = smtp.envelope(OTHER, CUSTOMER)
        if stage == "dot":
            said = smtp.say(b"hola\r\n.")
        assert said.startswith(b"452")
    assert taken(sandbox) == []


def test_faults_are_used_up_in_order_and_as_often_as_told(
    sandbox: Sandbox, control: Control
) -> None:
    script(control, {"stage": "rcpt", "code": 450, "times": 2}, {"stage": "rcpt", "code": 550})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        smtp.say(EHLO, MAIL)
        assert [smtp.say(RCPT)[:3] for _ in range(4)] == [b"450", b"450", b"550", b"250"]


class Full(Mailboxes):
    """Mailboxes that fail."""

    def put(self, sender: str, recipient: str, raw: bytes, at: datetime) -> Stored:
        raise LookupError("no room")


def test_a_fault_of_the_server_itself_is_remembered() -> None:
    with Sandbox(authorities={"toy": Toy()}) as sandbox:
        sandbox.mail.mailboxes = Full()
        assert delivered(sandbox, b"hola\r\n.\r\n") == b""
    (error,) = sandbox.errors
    assert "LookupError: no room" in error
