"""Delivery reports in every packing: whose, what became of the mail, and why."""

from __future__ import annotations

import pytest

from acuse.domain.bounce import BounceReason, Response
from acuse.domain.bounce_trace import By, tokens
from acuse.domain.recipient import RecipientState
from acuse.domain.report import Action, ReportKind, Result, Source
from acuse.mail.reports.read import read
from tests.mail.reports import mails
from tests.mail.reports.mails import RETURN_PATH, TO, TOKEN, after, report, status

FAILED = {
    "three parts": report(),
    "mixed": report(kind="multipart/mixed"),
    "base64": report(encoding="base64"),
    "quoted-printable": report(encoding="quoted-printable"),
    "headers only": report(
        original=mails.head_of(mails.ours()), original_type="text/rfc822-headers"
    ),
    "global": report(status_type="message/global-delivery-status",
                     original_type="message/global"),
    "as text": report(status_type="text/plain"),
    "forwarded": report(status_type="text/plain; name=x").replace(
        b"multipart/report; report-type=delivery-status", b"multipart/mixed"
    ),
    "mail in a mail": (
        f"From: sistemas@ejemplar.example\r\nTo: {RETURN_PATH}\r\nSubject: RV: aviso\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
    ).encode() + report(),
    "exim": mails.exim(),
    "exim in a mail": (
        f"From: sistemas@ejemplar.example\r\nTo: {RETURN_PATH}\r\nSubject: RV: aviso\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
    ).encode() + mails.exim(),
    "qmail": mails.qmail(),
    "postfix text": mails.postfix_text(),
}  # fmt: skip
WAITS = {
    "status": report(status("delayed", "4.4.1", "smtp; connection timed out")),
    "exim": mails.exim_delay(),
    "postfix text": mails.postfix_text(waiting=True),
}
ARRIVED = {
    "delivered": report(status("delivered", "2.1.5", "smtp; 250 2.1.5 OK"),
                        subject="Successful Mail Delivery Report"),
    "no action word": report(status("", "2.0.0", "smtp; 250 OK")),
}  # fmt: skip


@pytest.mark.parametrize("raw", FAILED.values(), ids=FAILED)
def test_a_failure_is_read_in_every_packing(raw: bytes) -> None:
    told = read(raw)
    assert (told.kind, [one.address for one in told.results]) == (ReportKind.DELIVERY, [TO])
    assert (told.results[0].action, told.results[0].code) == (Action.FAILED, 550)
    followed = after(raw)
    assert (followed.state, followed.response) == (RecipientState.BOUNCED, Response.HOLD)
    assert followed.failure is not None
    assert followed.failure.reason is BounceReason.USER_UNKNOWN


@pytest.mark.parametrize("raw", FAILED.values(), ids=FAILED)
def test_the_returned_part_alone_names_the_recipient(raw: bytes) -> None:
    moved = raw.replace(RETURN_PATH.encode(), b"avisos@acuse.example")
    returned = TOKEN.encode() in moved
    told, trace = mails.traced(moved)
    assert trace.believed is returned
    assert trace.by is (By.RETURNED if returned else By.PROBABLE)
    assert after(moved).state is (RecipientState.BOUNCED if returned else RecipientState.SENT)


@pytest.mark.parametrize("raw", WAITS.values(), ids=WAITS)
def test_a_delay_is_no_failure(raw: bytes) -> None:
    assert [one.action for one in read(raw).results] == [Action.DELAYED]
    followed = after(raw)
    assert (followed.state, followed.delayed, followed.failure) == (
        RecipientState.SENT,
        True,
        None,
    )


@pytest.mark.parametrize("raw", ARRIVED.values(), ids=ARRIVED)
def test_a_success_has_the_shape_of_a_failure(raw: bytes) -> None:
    assert after(raw).state is RecipientState.DELIVERED


def test_each_address_has_its_own_result() -> None:
    fields = status() + (
        "\r\nOriginal-Recipient: rfc822;ventas@cliente.example\r\n"
        "Final-Recipient: RFC822; <buzon@interno.example>\r\nAction: delayed (try again)\r\n"
        "Status: 4.2.2 (mailbox full)\r\nDiagnostic-Code: smtp;\r\n 452 4.2.2 Mailbox full\r\n"
    )
    assert read(report(fields)).results == (
        Result(TO, Action.FAILED, "5.1.1", 550, "550 5.1.1 No such user here",
               remote="mx.cliente.example", reason=BounceReason.USER_UNKNOWN),
        Result("buzon@interno.example", Action.DELAYED, "4.2.2", 452, "452 4.2.2 Mailbox full",
               original="ventas@cliente.example", reason=BounceReason.MAILBOX_FULL),
    )  # fmt: skip


def test_the_form_alone_says_that_a_server_wrote_it() -> None:
    raw = report(
        "nada\r\n",
        text=mails.exim().partition(b"\r\n\r\n")[2].decode(),
        kind='multipart/report; report-type="Delivery-Status"',
        sender="correo@relevo.example",
        subject="Aviso",
    ).removeprefix(b"Return-Path: <>\r\n")
    assert [(one.address, one.action) for one in read(raw).results] == [(TO, Action.FAILED)]


def test_the_envelope_id_names_the_recipient() -> None:
    fields = status(about=f"Original-Envelope-Id: {TOKEN.upper()}\r\n")
    told, trace = mails.traced(report(fields, original=b"", to="avisos@acuse.example"))
    assert (trace.by, trace.believed) == (By.ENVELOPE_ID, True)
    assert told.places.envelope_id == TOKEN.upper()


def test_the_servers_code_says_more_than_the_reports() -> None:
    fields = status(code="5.0.0", said="smtp; 552 5.2.2 quota exceeded")
    one = read(report(fields)).results[0]
    assert (one.status, one.reason) == ("5.2.2", BounceReason.MAILBOX_FULL)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("utf-8; josé@compañía.example", "josé@compañía.example"),
        (r"utf-8; jos\x{E9}@cliente.example", "josé@cliente.example"),
        ("rfc822;<pagos@cliente.example>", "pagos@cliente.example"),
        ("RFC822; pagos@cliente.example (Pagos)", "pagos@cliente.example"),
        ("pagos@cliente.example", "pagos@cliente.example"),
        (r"utf-8; a\x{D800}b@cliente.example", "a\ufffdb@cliente.example"),
        ("x400; /c=co/a=x/", ""),
    ],
)
def test_addresses_of_every_type_are_read(written: str, meant: str) -> None:
    fields = status().replace(f"rfc822; {TO}", written)
    made = report(fields, status_type="message/global-delivery-status")
    assert read(made).results[0].address == meant


def test_exims_alias_is_told_with_the_address_that_we_wrote_to() -> None:
    raw = mails.exim(more="    (ultimately generated from ventas@cliente.example)\n")
    one = read(raw).results[0]
    assert (one.address, one.original) == (TO, "ventas@cliente.example")


def test_only_the_failed_recipients_header_is_known() -> None:
    raw = mails.plain(
        "Tu mensaje no llegó.\n\n550 5.1.1 El usuario no existe\n",
        head=f"X-Failed-Recipients: {TO}, otro@cliente.example\r\n",
    )
    told = read(raw)
    assert told.source is Source.WORDS
    assert [one.address for one in told.results] == [TO, "otro@cliente.example"]
    assert after(raw).response is Response.HOLD


SPANISH = {
    "exchange": ("No se pudo entregar a estos destinatarios o grupos:\r\n\r\npagos\r\n",
                 "5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found",
                 Response.HOLD),
    "exchange, full": ("El buzón del destinatario está lleno.", "5.2.2",
                       "smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception", Response.COUNT),
    "exchange, no permission": ("No tienes permiso para enviar a este grupo.", "5.7.1",
                                "smtp;550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized",
                                Response.ALARM),
    "o365 edge": ("Acceso denegado", "5.4.1",
                  "smtp;550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
                  Response.HOLD),
    "gmail": ("No se encontró la dirección", "5.1.1",
              "smtp; 550-5.1.1 The email account that you tried to reach does not exist.",
              Response.HOLD),
    "gmail, disabled": ("La cuenta está inhabilitada", "5.2.1",
                        "smtp; 550 5.2.1 The email account that you tried to reach is disabled.",
                        Response.COUNT),
    "gmail, unauthenticated": ("Mensaje bloqueado", "5.7.26",
                               "smtp; 550-5.7.26 This mail has been blocked because the sender is "
                               "unauthenticated.", Response.ALARM),
    "outlook, list": ("No se pudo entregar", "5.7.1",
                      "smtp; 550 5.7.1 messages from [192.0.2.9] weren't sent; part of their "
                      "network is on our block list (S3150)", Response.ALARM),
    "outlook, unavailable": ("No se pudo entregar", "5.5.0",
                             "smtp; 550 5.5.0 Requested action not taken: mailbox unavailable",
                             Response.HOLD),
    "yahoo, deferred": ("Se agotó el tiempo", "4.7.0",
                        "smtp; 421 4.7.0 [TSS04] Messages from 192.0.2.9 temporarily deferred",
                        Response.ALARM),
    "zimbra": ("Cuota excedida", "5.2.2", "smtp; 552 5.2.2 Cuota de buzón excedida",
               Response.COUNT),
    "cpanel": ("No existe el usuario", "5.0.0", "smtp; 550 No existe ese usuario aquí",
               Response.HOLD),
    "size": ("Pesa demasiado", "5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit",
             Response.PACKET),
    "expired": ("Caducó", "4.4.7", "smtp; 451 4.4.7 retry time exceeded", Response.LATER),
    "unverified": ("Caducó", "4.1.1", "smtp; 450 4.1.1 unverified address: user unknown",
                   Response.LATER),
    "null mx": ("El dominio no recibe correo", "5.1.10",
                "smtp; 556 5.1.10 Recipient address has null MX", Response.HOLD),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "said", "response"), SPANISH.values(), ids=list(SPANISH))
def test_reports_to_people_who_read_spanish(
    text: str, code: str, said: str, response: Response
) -> None:
    head = "Auto-Submitted: auto-replied\r\nX-MS-Exchange-Message-Is-Ndr:\r\n"
    subject = f"No se puede entregar: {text}"
    raw = report(status("failed", code, said), text=text, subject=subject, head=head)
    followed = after(raw)
    assert (followed.state, followed.response) == (RecipientState.BOUNCED, response)


def test_a_report_that_follows_no_form_is_guessed() -> None:
    raw = mails.plain(
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{TO}>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Transcript of session follows "
        "-----\n... while talking to mx.cliente.example.:\n",
        subject="Returned mail: see transcript for details",
    )
    told = read(raw)
    assert (told.kind, told.source) == (ReportKind.DELIVERY, Source.GUESS)
    assert [(one.address, one.reason) for one in told.results] == [(TO, BounceReason.USER_UNKNOWN)]


def test_where_it_was_delivered_to_is_told_by_the_intake() -> None:
    raw = report(original=b"", to="undisclosed-recipients:;")
    told = read(raw, to=(RETURN_PATH,))
    assert told.places.return_path[0] == RETURN_PATH
    found = tokens(told, mails.KEYS)
    assert found == ((By.RETURN_PATH, TOKEN),)


@pytest.mark.parametrize(
    ("said", "code", "enhanced"),
    [
        ("host mx.cliente.example[192.0.2.250] said: 550 5.1.1 no", 550, "5.1.1"),
        ("192.0.2.200 does not like it: 550-5.2.2 full", 550, "5.2.2"),
        ("550: 5.1.1 no", 550, "5.1.1"),
        ("connect to 192.0.2.5:465: refused", 0, ""),
        ("version 4.1.1.2 of 2550 things", 0, ""),
    ],
)
def test_codes_are_told_from_other_figures(said: str, code: int, enhanced: str) -> None:
    one = read(report(status(code="", said=f"smtp; {said}"))).results[0]
    assert (one.code, one.status) == (code, enhanced)


def test_a_person_called_like_a_daemon_is_none() -> None:
    raw = mails.answer("<pagos@cliente.example>:\nno se pudo entregar", Subject="Pedido")
    for local in ("ndrake", "bouncer.perez", "daemonio"):
        made = raw.replace(b"<pagos@cliente.example>\r\nTo", f"<{local}@a.example>\r\nTo".encode())
        assert made != raw
        assert read(made).kind is ReportKind.OTHER


def test_a_guess_that_fails_is_no_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def crash(message: object) -> None:
        asked.append(len(str(message)))
        raise IndexError("as version 6.0.0 does")

    monkeypatch.setattr("acuse.mail.reports.guess.all_failures", crash)
    assert read(mails.plain("x\n" * 200_000)).kind is ReportKind.OTHER
    assert [size < 200_000 for size in asked] == [True]
    nested = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 20
    assert read(b"From: MAILER-DAEMON@x.example\r\n" + nested).kind is ReportKind.OTHER
    assert len(asked) == 1
