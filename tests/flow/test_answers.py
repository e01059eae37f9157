"""A person's answer to the address for returned mail goes to the company, once, and no further."""

from __future__ import annotations

from datetime import timedelta

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
