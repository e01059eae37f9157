"""A person's answer to the address for returned mail goes to the company, once, and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.flow import outside, track
from acuse.store import models
from tests.flow.house import House
from tests.flow.news import answer, bounce_address, bring, letter, mailed, mailed_again
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
