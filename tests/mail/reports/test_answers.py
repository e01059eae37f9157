"""What is no failure: automatic answers, challenges, people, receipts, complaints, our own mail."""

from __future__ import annotations

import pytest

from acuse.domain.bounce import BounceReason
from acuse.domain.bounce_news import NewsKind
from acuse.domain.bounce_trace import By
from acuse.domain.recipient import RecipientState
from acuse.domain.report import Action, ReportKind
from acuse.mail.reports.read import read
from tests.mail.reports import mails
from tests.mail.reports.mails import RETURN_PATH, TOKEN, after, answer

AUTOMATIC = {
    "office": ("Estoy fuera de la oficina hasta el lunes.",
               {"Auto_Submitted": "auto-replied", "Subject": "Respuesta automática: Factura"}),
    "holidays": ("Estoy de vacaciones; vuelvo el 7.", {"Subject": "Fuera de la oficina Re: x"}),
    "exchange": ("No estaré disponible.", {"X_Auto_Response_Suppress": "All",
                                           "Subject": "Automatic reply: Factura"}),
    "gone": ("Ya no trabajo aquí. Escribe a compras.", {"Auto_Submitted": "auto-replied"}),
    "supplier portal": ("Hemos recibido su factura; caso #123.",
                        {"Auto_Submitted": "auto-generated", "Subject": "Hemos recibido su XML"}),
    "ticket": ("Tu solicitud tiene el número 99.", {"Subject": "[Ticket 99] Factura F001-123"}),
    "cpanel": ("Gracias por escribirnos.", {"X_Autorespond": "Factura"}),
    "old": ("Leeremos tu mensaje.", {"Precedence": "auto_reply"}),
    "no answer by its subject": ("Leeremos tu mensaje.", {"Precedence": "auto-reply",
                                                          "Subject": "Gracias por escribir"}),
    "postmaster's words": ("El mensaje 550 5.1.1 user unknown no pudo ser entregado, dice mi "
                           "amigo.", {"Auto_Submitted": "auto-replied", "Subject": "Ausente"}),
    "null sender": ("Vuelvo el 3.", {"Return_Path": "<>", "Auto_Submitted": "auto-replied",
                                     "Subject": "Ausencia"}),
    "quoting a bounce": ("De vacaciones.\n\n<pagos@cliente.example>: user unknown\n",
                         {"Auto_Submitted": "auto-replied", "Return_Path": "<>"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "headers"), AUTOMATIC.values(), ids=list(AUTOMATIC))
def test_an_automatic_answer_is_no_failure(text: str, headers: dict[str, str]) -> None:
    raw = answer(text, **headers)
    assert (read(raw).kind, read(raw).results) == (ReportKind.AUTO_REPLY, ())
    followed = after(raw)
    assert (followed.state, followed.seen) == (
        RecipientState.SENT,
        frozenset({NewsKind.AUTO_REPLIED}),
    )


PEOPLE = {
    "a name of ours": ("¿Me la reenvías?", "Re: Factura F001-12 – Ticketmaster Peru SAC"),
    "another": ("Gracias.", "RV: Factura F001-12 – Vacation Rentals SRL"),
    "about a ticket": ("Falta el ticket.", "Re: Factura F001-12: falta el ticket de soporte"),
    "about holidays": ("Volví.", "Re: Factura F001-12, estoy de vacaciones hasta el lunes"),
    "to their own program": ("Ya volví.", "Re: Respuesta automática: Factura F001-12"),
    "contact": ("Favor confirmar la persona de contacto: https://wa.me/57", "Re: Factura F1"),
    "sender": ("¿Pueden verificar el remitente? https://cliente.example/guia", "Re: Factura F1"),
}


@pytest.mark.parametrize(("text", "subject"), PEOPLE.values(), ids=list(PEOPLE))
@pytest.mark.parametrize("named", [True, False])
def test_a_person_is_no_program_for_a_word_in_the_subject(
    text: str, subject: str, named: bool
) -> None:
    headers = {"In_Reply_To": f"<{TOKEN}@acuse.example>"} if named else {}
    told = read(answer(text, Subject=subject, **headers))
    assert (told.kind, told.for_a_person) == (ReportKind.REPLY, True)


@pytest.mark.parametrize("said", ["no", "No", "no; persona"])
def test_a_header_that_says_no_program_answered_is_a_persons(said: str) -> None:
    told = read(answer("¿Me la reenvías?", Auto_Submitted=said))
    assert (told.kind, told.for_a_person) == (ReportKind.REPLY, True)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Factura F001-12 – Ticketmaster Peru SAC", ReportKind.REPLY),
        ("900123456;Vacation Rentals SRL;SETP990000001;01", ReportKind.REPLY),
        ("Automatic reply: Factura F001-12 – Ticketmaster Peru SAC", ReportKind.AUTO_REPLY),
        ("[Ticket 99] Factura F001-12", ReportKind.AUTO_REPLY),
        ("Fuera de la oficina Re: Factura F001-12", ReportKind.AUTO_REPLY),
        ("Hemos recibido su factura", ReportKind.AUTO_REPLY),
    ],
)
def test_words_count_before_our_own_subject(subject: str, kind: ReportKind) -> None:
    told = read(answer("Hola", Subject=subject, In_Reply_To=f"<{TOKEN}@acuse.example>"))
    assert (told.kind, told.for_a_person) == (kind, True)


PROGRAMS = {
    "auto-replied": {"Auto_Submitted": "auto-replied"},
    "suppressing": {"X_Auto_Response_Suppress": "All"},
    "autoreply": {"X_Autoreply": "yes"},
    "bulk": {"Precedence": "bulk"},
    "junk": {"Precedence": "junk"},
    "list": {"Precedence": "list"},
    "auto_reply": {"Precedence": "auto_reply"},
}


@pytest.mark.parametrize("headers", PROGRAMS.values(), ids=list(PROGRAMS))
def test_what_a_header_calls_automatic_is_for_nobody(headers: dict[str, str]) -> None:
    told = read(answer("Gracias.", **headers))
    assert (told.kind, told.for_a_person) == (ReportKind.AUTO_REPLY, False)


@pytest.mark.parametrize(
    "headers", [{"Return_Path": "<>"}, {"From": "MAILER-DAEMON@cliente.example"}]
)
def test_what_nobody_sent_is_for_nobody(headers: dict[str, str]) -> None:
    for subject in ("Re: Factura F001-12", "[Ticket 99] Factura F001-12"):
        assert not read(answer("Gracias.", Subject=subject, **headers)).for_a_person


def test_a_challenge_without_a_header_is_for_a_person_to_decide() -> None:
    told = read(answer("Confirma que eres humano: https://x.example/1", Subject="Confirma"))
    assert (told.kind, told.for_a_person) == (ReportKind.CHALLENGE, True)
    assert not read(answer("Hola", Subject="Oferta")).for_a_person


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("Para que tu mensaje sea entregado, confirma en https://filtro.example/1",
         {"Subject": "Confirma tu mensaje"}),
        ("Please verify that you are human: https://filtro.example/2",
         {"Auto_Submitted": "auto-replied"}),
    ],
)  # fmt: skip
def test_a_challenge_is_told_apart(text: str, headers: dict[str, str]) -> None:
    assert read(answer(text, **headers)).kind is ReportKind.CHALLENGE


def test_a_person_who_answers_is_a_person() -> None:
    raw = answer(
        "No se pudo entregar la mercancía.\n> 550 5.1.1 user unknown\n",
        to="avisos@acuse.example",
        In_Reply_To=f"<{TOKEN}@acuse.example>",
    )
    told, trace = mails.traced(raw)
    assert (told.kind, trace.by) == (ReportKind.REPLY, By.ANSWERED)
    assert after(raw).state is RecipientState.SENT


def test_an_answer_in_a_long_conversation_is_about_its_first() -> None:
    raw = answer(
        "¿Y la de octubre?",
        to="avisos@acuse.example",
        In_Reply_To=f"<{TOKEN}@acuse.example>",
        References=f"<{mails.OTHER_TOKEN}@acuse.example> <{TOKEN}@acuse.example>",
    )
    assert mails.traced(raw)[1].recipient == mails.RECIPIENT


def test_an_advertisement_is_nothing() -> None:
    assert read(answer("Compra ya", Subject="Oferta")).kind is ReportKind.OTHER
    assert read(b"").kind is ReportKind.OTHER


def test_our_own_mail_is_a_loop() -> None:
    assert read(mails.ours()).kind is ReportKind.LOOP
    circling = b"Received: from a by b\r\n" * 61 + answer("hola")
    assert read(circling).kind is ReportKind.LOOP
    assert after(mails.ours(), circling).state is RecipientState.SENT


@pytest.mark.parametrize("kind", ["abuse", "fraud", "virus", "other", "opt-out"])
def test_a_complaint_is_found_by_the_returned_headers(kind: str) -> None:
    raw = mails.complaint(kind)
    told, trace = mails.traced(raw)
    assert (told.kind, told.detail, trace.by) == (ReportKind.COMPLAINT, kind, By.RETURNED)
    followed = after(raw)
    assert followed.state is RecipientState.SENT  # it arrived
    assert followed.seen == {NewsKind.COMPLAINED}


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "", "dmarc"])
def test_other_feedback_is_no_complaint(kind: str) -> None:
    raw = mails.complaint(kind)
    assert read(raw).kind is ReportKind.FEEDBACK
    assert after(raw).seen == frozenset()


def test_a_complaint_without_our_headers_is_nobodys() -> None:
    trace = mails.traced(mails.complaint(original=b"Subject: x\r\n\r\n"))[1]
    assert (trace.recipient, trace.believed) == (None, False)


def test_a_person_who_passes_on_what_another_person_wrote_reports_nothing() -> None:
    quoted = mails.exim().partition(b"\r\n\r\n")[2]
    raw = (
        f"From: Ana <{mails.TO}>\r\nTo: {RETURN_PATH}\r\nSubject: RV: consulta\r\n"
        "Content-Type: message/rfc822\r\n\r\n"
        "From: Luis <luis@ejemplar.example>\r\nSubject: Me sale esto\r\n\r\n"
    ).encode() + quoted
    assert read(raw).results == ()
    assert after(raw).state is RecipientState.SENT


def test_a_receipt_proves_the_arrival_if_it_names_our_message() -> None:
    assert read(mails.receipt()).kind is ReportKind.RECEIPT
    assert after(mails.receipt()).state is RecipientState.DELIVERED
    shouted = mails.receipt("Manual-Action/MDN-Sent-Manually; DISPLAYED")
    assert after(shouted).state is RecipientState.DELIVERED
    assert after(mails.receipt(named="x" * 32)).state is RecipientState.SENT
    assert after(mails.receipt(named=mails.OTHER_TOKEN)).state is RecipientState.SENT
    dispatched = mails.receipt("automatic-action/MDN-sent-automatically; dispatched")
    assert after(dispatched).state is RecipientState.SENT


def test_a_program_that_deletes_the_mail_rejects_it() -> None:
    raw = mails.receipt("automatic-action/MDN-sent-automatically; deleted")
    told = read(raw)
    assert [(one.action, one.reason) for one in told.results] == [
        (Action.FAILED, BounceReason.FILTERED)
    ]
    assert after(raw).state is RecipientState.BOUNCED
    full = raw.replace(b"No se pudo entregar tu mensaje.", b"Quota exceeded")
    assert read(full).results[0].reason is BounceReason.MAILBOX_FULL


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b'Content-Type: multipart/report; report-type="tlsrpt"; boundary=b\r\n\r\n--b\r\n'
         b"Content-Type: application/tlsrpt+gzip\r\n\r\n\x1f\x8b\r\n--b--\r\n", "TLS_REPORT"),
        (b"TLS-Report-Domain: acuse.example\r\n\r\nx", "TLS_REPORT"),
        (b'Content-Type: application/zip; name="a.example!acuse.example!1!2.zip"\r\n\r\nPK\x03\x04',
         "DMARC_REPORT"),
        (b"Content-Type: application/gzip\r\nContent-Disposition: attachment;\r\n"
         b" filename=a.example!acuse.example!1!2!z.xml.gz\r\n\r\n\x1f\x8b", "DMARC_REPORT"),
    ],
)  # fmt: skip
def test_daily_reports_are_told_apart(raw: bytes, kind: str) -> None:
    made = b"From: informes@proveedor.example\r\nTo: " + RETURN_PATH.encode() + b"\r\n" + raw
    assert read(made).kind == ReportKind(kind)
    assert after(made).seen == frozenset()
