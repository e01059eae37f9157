"""The control port: what is told happens, what is asked is shown, what is unclear is refused."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

import pytest

from acuse_sandbox.running import Sandbox
from acuse_sandbox.world import Script, ScriptedReply, World
from tests.sandbox.clients import CUSTOMER, SENDER, Control, Smtp, Toy

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FACTURA = "20999888772-01-F001-00000001"
PDF = b"%PDF-1.7 \x00\x01"


def received(sandbox: Sandbox, purpose: str, document: bytes, *, fiscal_id: str = FACTURA) -> None:
    sandbox.world.ledger.write(
        authority="toy",
        purpose=purpose,
        fiscal_id=fiscal_id,
        document=document,
        body=b"envelope",
        outcome="accepted",
        at=NOON,
    )


def mail() -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = SENDER
    message["To"] = CUSTOMER
    message["Subject"] = "Factura F001-1 de Panadería Ñandú"
    message["Message-ID"] = "<one@emisor.example>"
    message.set_content("Adjuntamos su factura.\n")
    message.add_alternative("<p>Adjuntamos su factura.</p>\n", subtype="html")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Factura nº 1.pdf")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("told", "scripted"),
    [
        ("accept", ScriptedReply(Script.ACCEPT)),
        ("observe", ScriptedReply(Script.OBSERVE)),
        ({"observe": "4252"}, ScriptedReply(Script.OBSERVE, code="4252")),
        ("reject", ScriptedReply(Script.REJECT)),
        ({"reject": "2017"}, ScriptedReply(Script.REJECT, code="2017")),
        ({"reject": -53}, ScriptedReply(Script.REJECT, code="-53")),
        ({"http": 429}, ScriptedReply(Script.HTTP, status=429)),
        ("http", ScriptedReply(Script.HTTP, status=503)),
        ({"slow": 2.5}, ScriptedReply(Script.SLOW, seconds=2.5)),
        ({"processing": 3}, ScriptedReply(Script.PROCESSING, times=3)),
        ("hang_after_accept", ScriptedReply(Script.HANG_AFTER_ACCEPT)),
        ("html200", ScriptedReply(Script.HTML200)),
        ("wrong_document", ScriptedReply(Script.WRONG_DOCUMENT)),
    ],
)
def test_a_scripted_reply_waits_for_its_document(
    sandbox: Sandbox, control: Control, told: object, scripted: ScriptedReply
) -> None:
    match = {"fiscal_id": FACTURA}
    control.tell("/script", {"authority": "toy", "match": match, "replies": [told]})
    scripts = sandbox.world.scripts
    assert scripts.take("toy", fiscal_id="another", number="F001-1") is None
    assert scripts.take("toy", fiscal_id=FACTURA, number="F001-1") == scripted
    assert scripts.take("toy", fiscal_id=FACTURA, number="F001-1") is None


def test_replies_to_one_number_come_in_order_and_to_any_without_a_match(
    sandbox: Sandbox, control: Control
) -> None:
    by_number = {"number": "F001-1"}
    told = {"authority": "toy", "match": by_number, "replies": [{"http": 503}, "accept"]}
    control.tell("/script", told)
    control.tell("/script", {"authority": "toy", "replies": ["observe"]})
    taken = [sandbox.world.scripts.take("toy", fiscal_id="x", number="F001-1") for _ in range(4)]
    kinds = [one.kind if one else None for one in taken]
    assert kinds == [Script.HTTP, Script.ACCEPT, Script.OBSERVE, None]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"),
        (b"[]", "JSON object"),
        (b'{"authority": "dgt", "replies": ["accept"]}', "no authority 'dgt'"),
        (b'{"replies": ["accept"]}', "no authority None"),
        (b'{"authority": "toy"}', "replies"),
        (b'{"authority": "toy", "replies": []}', "at least one"),
        (b'{"authority": "toy", "replies": ["acept"]}', "'acept'"),
        (b'{"authority": "toy", "replies": [{"reject": "1", "slow": 1}]}', "not a reply"),
        (b'{"authority": "toy", "replies": [{"accept": 1}]}', "takes no value"),
        (b'{"authority": "toy", "replies": [{"reject": null}]}', "wants a value"),
        (b'{"authority": "toy", "replies": ["slow"]}', "wants a value"),
        (b'{"authority": "toy", "replies": [{"slow": "long"}]}', "'long'"),
        (b'{"authority": "toy", "replies": [{"slow": 1e400}]}', "inf"),
        (b'{"authority": "toy", "replies": [{"http": 20}]}', "from 200"),
        (b'{"authority": "toy", "replies": ["accept"], "time": 2}', "'time'"),
        (b'{"authority": "toy", "match": {"id": "1"}, "replies": ["accept"]}', "'id'"),
        (b'{"authority": "toy", "match": {"number": 1}, "replies": ["accept"]}', "a text"),
        (b'{"authority": "toy", "match": "x", "replies": ["accept"]}', "match is an object"),
    ],
)
def test_an_unclear_script_is_refused_whole(
    sandbox: Sandbox, control: Control, body: bytes, said: str
) -> None:
    assert said in control.refusal("POST", "/script", body)
    assert sandbox.world.scripts.take("toy", fiscal_id="1", number="1") is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"replies": [{"code": 450}]}', "stage"),
        (b'{"replies": [{"stage": "rctp", "code": 450}]}', "stage is one of"),
        (b'{"replies": [{"stage": "rcpt"}]}', "a code or an action"),
        (b'{"replies": [{"stage": "rcpt", "code": 450, "action": "cut"}]}', "a code or an action"),
        (b'{"replies": [{"stage": "rcpt", "code": "450"}]}', "code is int"),
        (b'{"replies": [{"stage": "rcpt", "code": 99}]}', "from 200"),
        (b'{"replies": [{"stage": "rcpt", "action": "explode"}]}', "action is one of"),
        (b'{"replies": [{"stage": "rcpt", "code": 450, "kept": true}]}', "of the dot"),
        (b'{"replies": [{"stage": "body", "action": "silent"}]}', "can only be cut"),
        (b'{"replies": [{"stage": "dot", "code": 450, "times": true}]}', "times is int"),
        (b'{"replies": [{"stage": "dot", "code": 450, "times": 0}]}', "at least 1"),
        (b'{"replies": [{"stage": "dot", "code": 450, "seconds": -1}]}', "seconds"),
        (b'{"replies": [{"stage": "dot", "code": 450, "when": 1}]}', "'when'"),
        (b'{"match": {"from": "a"}, "replies": [{"stage": "dot", "code": 450}]}', "'from'"),
        (b'{"match": {"to": "a"}, "replies": [{"stage": "mail", "code": 450}]}', "no recipient"),
    ],
)
def test_an_unclear_mail_script_is_refused_whole(
    sandbox: Sandbox, control: Control, body: bytes, said: str
) -> None:
    assert said in control.refusal("POST", "/mail/script", body)
    with Smtp(sandbox.smtp_port) as smtp:
        assert smtp.envelope().startswith(b"354")
        assert smtp.say(b"hola\r\n.").startswith(b"250")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/script"),
        ("POST", "/ledger"),
        ("PUT", "/script"),
        ("GET", "/ledger?fiscalid=1"),
        ("GET", "/ledger?authority=dgt"),
        ("GET", f"/mailbox/{CUSTOMER}/1/raw"),
        ("GET", f"/mailbox/{CUSTOMER}/one/raw"),
    ],
)
def test_what_is_not_there_is_refused_by_name(control: Control, method: str, path: str) -> None:
    assert control.refusal(method, path)


def test_the_ledger_is_shown_in_order_and_by_document(sandbox: Sandbox, control: Control) -> None:
    received(sandbox, "send", b"<Invoice/>")
    received(sandbox, "ask", b"", fiscal_id="another")
    first, second = control.ask("/ledger")
    assert first == {
        "ordinal": 1,
        "at": "2026-11-21T12:00:00+00:00",
        "authority": "toy",
        "purpose": "send",
        "fiscal_id": FACTURA,
        "sha256": hashlib.sha256(b"<Invoice/>").hexdigest(),
        "outcome": "accepted",
    }
    assert second["sha256"] == hashlib.sha256(b"envelope").hexdigest()
    (only,) = control.ask(f"/ledger?authority=toy&fiscal_id={FACTURA}&documents=1")
    assert base64.b64decode(only["document"]) == b"<Invoice/>"


def test_counts_tell_a_resend_from_a_second_document(sandbox: Sandbox, control: Control) -> None:
    for purpose, document in (("send", b"a"), ("ask", b""), ("ask", b""), ("resend", b"a")):
        received(sandbox, purpose, document)
    received(sandbox, "login", b"", fiscal_id="")
    counted = {"sends": 1, "asks": 2, "resends": 1, "distinct_sha256": 1}
    assert control.ask("/counts") == {FACTURA: counted}
    received(sandbox, "send", b"b")
    assert control.ask("/counts") == {FACTURA: {**counted, "sends": 2, "distinct_sha256": 2}}


def test_a_mail_is_shown_read_and_can_be_had_as_it_came(sandbox: Sandbox, control: Control) -> None:
    raw = mail()
    sandbox.mailboxes.put("vuelta+token@emisor.example", CUSTOMER, raw, NOON)
    assert control.ask("/mailbox") == {CUSTOMER: 1}
    (shown,) = control.ask(f"/mailbox/{quote(CUSTOMER, safe='')}")
    assert shown["envelope_from"] == "vuelta+token@emisor.example"
    assert (shown["to"], shown["at"]) == (CUSTOMER, "2026-11-21T12:00:00+00:00")
    assert shown["subject"] == "Factura F001-1 de Panadería Ñandú"
    assert shown["message_id"] == "<one@emisor.example>"
    assert ["From", SENDER] in shown["headers"]
    assert shown["text"] == "Adjuntamos su factura.\r\n"
    assert shown["html"] == "<p>Adjuntamos su factura.</p>\r\n"
    (attachment,) = shown["attachments"]
    assert attachment == {
        "name": "Factura nº 1.pdf",
        "type": "application/pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
    }
    assert shown["raw_sha256"] == hashlib.sha256(raw).hexdigest()
    place = f"/mailbox/{CUSTOMER}/{shown['id']}"
    assert control.call("GET", f"{place}/raw") == (200, raw)
    assert control.call("GET", f"{place}/attachments/{quote(attachment['name'])}") == (200, PDF)
    assert "no attachment" in control.refusal("GET", f"{place}/attachments/otra.pdf")


def test_a_mail_is_not_found_in_another_mailbox(sandbox: Sandbox, control: Control) -> None:
    stored = sandbox.mailboxes.put(SENDER, CUSTOMER, mail(), NOON)
    assert control.call("GET", f"/mailbox/{CUSTOMER.upper()}/{stored.id}/raw")[0] == 200
    assert control.refusal("GET", f"/mailbox/{SENDER}/{stored.id}/raw")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no header at all\r\n",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\nnever opened\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nfailed\r\n--x\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n"
        b"Final-Recipient: rfc822; b@a.example\r\n\r\n--x\r\n"
        b"Content-Type: message/rfc822\r\n\r\nSubject: sent\r\n\r\nhi\r\n--x--\r\n",
    ],
)
def test_a_mail_of_any_shape_is_shown(sandbox: Sandbox, control: Control, raw: bytes) -> None:
    sandbox.mailboxes.put("", CUSTOMER, raw, NOON)
    (shown,) = control.ask(f"/mailbox/{CUSTOMER}")
    assert shown["raw_sha256"] == hashlib.sha256(raw).hexdigest()


def test_the_clock_is_shifted_for_everybody() -> None:
    world = World(now=lambda: NOON)
    with Sandbox(authorities={"toy": Toy()}, world=world) as sandbox:
        control = Control(sandbox.control_url)
        told = control.tell("/clock", {"shift_seconds": 3600})
        assert told["now"] == "2026-11-21T13:00:00+00:00"
        assert world.now() == NOON + timedelta(hours=1)
        control.tell("/clock", {"shift_seconds": -60})  # of the true time, not of the shifted one
        assert world.now() == NOON - timedelta(minutes=1)
        for wrong in (None, "1", True, 1e300):
            body = json.dumps({"shift_seconds": wrong}).encode()
            assert control.refusal("POST", "/clock", body)
        assert world.now() == NOON - timedelta(minutes=1)


def test_clear_forgets_everything_and_everyone(
    sandbox: Sandbox, control: Control, toy: Toy
) -> None:
    received(sandbox, "send", b"a")
    sandbox.mailboxes.put(SENDER, CUSTOMER, mail(), NOON)
    control.tell("/script", {"authority": "toy", "replies": ["accept"]})
    control.tell("/mail/script", {"replies": [{"stage": "greeting", "code": 554}]})
    control.tell("/settings", {"toy.mode": "beta"})
    control.tell("/clock", {"shift_seconds": 1e6})
    assert sandbox.world.settings == {"toy.mode": "beta"}
    control.tell("/clear", {})
    assert (control.ask("/ledger"), control.ask("/counts"), control.ask("/mailbox")) == ([], {}, {})
    assert sandbox.world.scripts.take("toy", fiscal_id="", number="") is None
    assert sandbox.world.settings == {}
    assert sandbox.world.now() - datetime.now(UTC) < timedelta(days=1)
    assert toy.cleared == 1
    with Smtp(sandbox.smtp_port) as smtp:
        assert smtp.reply().startswith(b"220")


def test_errors_show_the_faults_of_the_sandbox_itself() -> None:
    with Sandbox(authorities={"toy": Toy()}) as sandbox:
        control = Control(sandbox.control_url)
        assert control.ask("/errors") == []
        sandbox.mail.errors.append("a fault")
        assert control.ask("/errors") == ["a fault"]
