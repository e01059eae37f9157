"""A person's answer to the address for returned mail goes to the company, once, and no further."""

from __future__ import annotations

import email
from base64 import encodebytes
from datetime import timedelta
from random import Random

import pytest
import zstandard

from acuse.domain.activity import EventKind
from acuse.domain.returned import Intake
from acuse.flow import outside, track
from acuse.store import models
from acuse.store.reports import LONGEST, LONGEST_NOTED
from tests.flow.house import House
from tests.flow.news import (
    answer,
    bounce_address,
    bring,
    last_report,
    letter,
    mailed,
    mailed_again,
)
from tests.flow.test_mail_faults import script
from tests.flow.test_track import lines, nothing_changed


def test_a_persons_answer_reaches_the_company_once(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    raw = answer(recipient)
    bring(raw, to=bounce_address(recipient))
    bring(raw, to=bounce_address(recipient))
    assert lines(recipient)[-2:] == [EventKind.RECIPIENT_REPLIED, EventKind.RECIPIENT_FORWARDED]
    copies = house.sandbox.mailboxes.of(company.email)
    assert len(copies) == 1
    assert copies[0].sender == ""
    assert b"Reply-To: <ana@cliente.example>" in copies[0].raw
    assert b"Auto-Submitted: auto-generated" in copies[0].raw


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Factura F001-12 – Ticketmaster Peru SAC", "¿Me la reenvías?"),
        ("Re: Factura F1", "Favor confirmar la persona de contacto: https://wa.me/57"),
    ],
)
def test_a_persons_answer_is_told_as_one(house: House, subject: str, text: str) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    bring(letter(subject, text=text), to=bounce_address(recipient))
    assert lines(recipient)[-2:] == [EventKind.RECIPIENT_REPLIED, EventKind.RECIPIENT_FORWARDED]


@pytest.mark.parametrize(
    ("subject", "text", "told"),
    [
        ("[Ticket 99] Factura", "Lo vemos.", EventKind.RECIPIENT_AUTO_REPLIED),
        ("Confirma", "Confirma que eres humano: https://x.example/1",
         EventKind.RECIPIENT_CHALLENGED),
    ],
)  # fmt: skip
def test_what_only_looks_automatic_is_handed_on_and_answered_by_nobody(
    house: House, subject: str, text: str, told: EventKind
) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    bring(letter(subject, text=text), to=bounce_address(recipient))
    assert lines(recipient)[-2:] == [told, EventKind.RECIPIENT_FORWARDED]
    (copy,) = house.sandbox.mailboxes.of(company.email)
    assert f"Reply-To: <{company.email}>".encode() in copy.raw


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>"]
)
def test_what_a_program_sent_is_handed_on_to_nobody(house: House, header: str) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    for subject in ("[Ticket 99] Factura", "Re: Factura"):
        bring(letter(subject, header), to=bounce_address(recipient))
    assert house.sandbox.mailboxes.of(company.email) == ()
    assert EventKind.RECIPIENT_FORWARDED not in lines(recipient)


def test_our_own_mail_coming_back_goes_round_no_further(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    bring(answer(recipient), to=bounce_address(recipient))
    before = len(house.mail())
    for mail in house.mail():
        bring(mail.raw, to=bounce_address(recipient))
    assert len(house.mail()) == before
    assert {one.kind for one in models.Report.objects.all()} == {"REPLY", "LOOP"}


def test_a_forward_that_its_server_cannot_take_now_is_tried_again(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    script(house.sandbox, stage="rcpt", code=450, text="4.2.0 later")
    bring(answer(recipient), to=bounce_address(recipient))
    assert house.sandbox.mailboxes.of(company.email) == ()
    assert track.track_due(at=outside.now() + timedelta(hours=1)) == 1
    assert len(house.sandbox.mailboxes.of(company.email)) == 1


def test_what_the_companys_server_does_not_take_is_not_said_to_be_handed_on(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    script(house.sandbox, stage="dot", code=450, text="4.2.0 later")
    bring(answer(recipient), to=bounce_address(recipient))
    assert EventKind.RECIPIENT_FORWARDED not in lines(recipient)
    assert track.track_due(at=outside.now() + timedelta(hours=1)) == 1
    assert lines(recipient).count(EventKind.RECIPIENT_FORWARDED) == 1
    assert len(house.sandbox.mailboxes.of(company.email)) == 1


def test_what_was_perhaps_taken_is_said_once_and_not_handed_on_again(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    script(house.sandbox, stage="dot", action="cut", kept=True)
    bring(answer(recipient), to=bounce_address(recipient))
    assert track.track_due(at=outside.now() + timedelta(hours=1)) == 0
    assert lines(recipient).count(EventKind.RECIPIENT_FORWARDED) == 1
    assert len(house.sandbox.mailboxes.of(company.email)) == 1


def test_a_letter_of_nobody_known_is_noted_and_not_handed_on(house: House) -> None:
    recipient = mailed(house)
    before = len(house.mail())
    bring(letter("Re: hola"), letter("Oferta"))
    assert nothing_changed(recipient)
    assert len(house.mail()) == before


def heavy(recipient: models.Recipient, size: int) -> bytes:
    """A person's answer with files of so many bytes, which no packing makes smaller."""
    filling = encodebytes(Random(7).randbytes(size * 3 // 4)).decode()
    return letter("Re: Factura", f"In-Reply-To: {recipient.message_name}", text=filling + "fin")


def attached(raw: bytes) -> bytes:
    """The file that the mail carries."""
    parts = email.message_from_bytes(raw).walk()
    file = next(one for one in parts if one.get_filename() == "respuesta.eml")
    return bytes(file.get_payload(decode=True))


def test_an_answer_with_files_is_handed_on_whole(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    raw = heavy(recipient, 5_000_000)
    bring(raw, to=bounce_address(recipient))
    (copy,) = house.sandbox.mailboxes.of(company.email)
    assert attached(copy.raw) == raw
    assert "tal como llegó" in told(copy.raw)


def test_what_is_kept_of_other_mail_stays_small(house: House) -> None:
    recipient = mailed(house)
    bring(
        heavy(recipient, 5_000_000).replace(b"Subject", b"Auto-Submitted: auto-replied\r\nSubject")
    )
    assert 1_900_000 < kept() <= LONGEST
    stranger = letter("Re: hola", text=heavy(recipient, 5_000_000).decode()[-4_000_000:])
    track.take(stranger, to=(), intake=Intake.SMTP, at=outside.now())
    assert kept() <= LONGEST
    bring()
    assert kept() <= LONGEST_NOTED


def test_an_answer_that_was_cut_says_so(house: House) -> None:
    company = house.peru()
    recipient = mailed_again(house, company)
    raw = heavy(recipient, 100_000)
    track.take(raw, to=(), intake=Intake.MAILBOX, at=outside.now(), size=23_000_000)
    bring()
    (copy,) = house.sandbox.mailboxes.of(company.email)
    assert "tal como llegó" not in told(copy.raw)
    assert "pesaba 23 MB" in told(copy.raw)
    assert "solo el comienzo" in told(copy.raw)


def kept() -> int:
    return len(zstandard.decompress(bytes(last_report().raw or b"")))


def told(raw: bytes) -> str:
    """What the mail says itself."""
    parts = email.message_from_bytes(raw).walk()
    plain = next(one for one in parts if one.get_content_type() == "text/plain")
    return bytes(plain.get_payload(decode=True)).decode()
