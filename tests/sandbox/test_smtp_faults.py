"""The mail server as it is told to misbehave: exactly so, so often, and to whom it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes
from typing import Any

import pytest

from acuse_sandbox.mailbox import Mailboxes, Stored
from acuse_sandbox.running import Sandbox
from acuse_sandbox.world import World
from tests.sandbox.clients import (
    CUSTOMER,
    EHLO,
    GREETING,
    MAIL,
    OTHER,
    RCPT,
    Control,
    Smtp,
    Toy,
    delivered,
    taken,
)


def script(control: Control, *faults: dict[str, Any], to: str = "") -> None:
    control.tell("/mail/script", {"match": {"to": to} if to else {}, "replies": list(faults)})


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
            smtp.connection.sendall((b"x" * 62 + b"\r\n") * 500_000)
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

    def put(
        self,
        sender: str,
        recipient: str,
        raw: bytes,
        at: datetime,
        asked: Mapping[str, str] | None = None,
    ) -> Stored:
        raise LookupError("no room")


def test_a_fault_of_the_server_itself_is_remembered() -> None:
    with Sandbox(authorities={"toy": Toy()}) as sandbox:
        sandbox.mail.mailboxes = Full()
        assert delivered(sandbox, b"hola\r\n.\r\n") == b""
    (error,) = sandbox.errors
    assert "LookupError: no room" in error


def test_a_mail_can_be_taken_and_sent_back_with_a_report(
    sandbox: Sandbox, control: Control
) -> None:
    sandbox.world.settings["mail.returns"] = f"127.0.0.1:{sandbox.smtp_port}"
    script(control, {"stage": "dot", "action": "bounce", "text": "550 5.1.1 no such user"})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        said = smtp.say(
            EHLO, MAIL, RCPT, b"DATA", b"Message-ID: <a@acuse.example>\r\n\r\nhola\r\n."
        )
        assert said.startswith(b"250")
        smtp.say(b"NOOP")  # answered once the report was handed over
    (report,) = sandbox.mailboxes.all()
    assert report.sender == ""
    assert f"<{report.recipient}>".encode() in MAIL
    parsed = message_from_bytes(report.raw)
    assert parsed.get_content_type() == "multipart/report"
    assert parsed.get_param("report-type") == "delivery-status"
    _, status, headers = parsed.get_payload()
    assert "Status: 5.1.1" in str(status)
    assert "Action: failed" in str(status)
    assert "Message-ID: <a@acuse.example>" in headers.get_payload()
    assert sandbox.errors == []


@pytest.mark.parametrize(
    "fault",
    [
        {"stage": "rcpt", "action": "bounce", "text": "550 5.1.1 no such user"},
        {"stage": "dot", "action": "bounce", "text": "no such user"},
        {"stage": "dot", "action": "bounce"},
    ],
)
def test_a_mail_is_sent_back_after_its_dot_with_an_answer(
    control: Control, fault: dict[str, Any]
) -> None:
    with pytest.raises(AssertionError):
        script(control, fault)


def test_a_mail_sent_back_to_nobody_is_a_fault_of_the_pretended_world(
    sandbox: Sandbox, control: Control
) -> None:
    script(control, {"stage": "dot", "action": "bounce", "text": "550 5.1.1 no such user"})
    with Smtp(sandbox.smtp_port) as smtp:
        smtp.reply()
        smtp.say(EHLO, MAIL, RCPT, b"DATA", b"hola\r\n.", b"NOOP")
    assert "mail.returns" in sandbox.errors.pop()
    sandbox.mail.errors.clear()
