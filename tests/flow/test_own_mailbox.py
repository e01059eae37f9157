"""What comes back to a company's own mailbox changes that company's mails, and no other's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acuse.domain.mailbox import MailOutcome
from acuse.domain.party import Company
from acuse.domain.returned import Intake
from acuse.flow import collect, outside, track
from acuse.flow.track import take
from acuse.store import companies, incoming, models
from tests.flow import news
from tests.flow.house import House
from tests.flow.news import dsn, mailed, mailed_again, state
from tests.flow.post import PLACE, collected, connect, facts, post
from tests.flow.post import letter as suppliers_letter
from tests.flow.traders import Traders
from tests.flow.traders import traders as traders


def of(recipient: models.Recipient) -> Company:
    return companies.load(recipient.company_id)


def work_off() -> None:
    while track.track_due(at=outside.now()):
        pass


def test_a_bounce_in_the_companys_mailbox_is_read(house: House) -> None:
    recipient = mailed(house)
    raw = dsn(recipient)
    post(house, raw, suppliers_letter(subject="Oferta"))
    connect(of(recipient))
    expected = (MailOutcome.RETURNED, MailOutcome.NOTHING)
    assert collected(of(recipient)).outcomes == expected
    work_off()
    assert state(recipient) == "BOUNCED"
    report = news.last_report()
    assert (report.state, report.intake, report.owner) == (
        "COUNTED",
        "MAILBOX",
        recipient.company_id,
    )
    assert models.Report.objects.count() == 1  # the letter never enters the database
    listed = incoming.page(recipient.company_id)[1]
    assert listed.outcome is MailOutcome.RETURNED
    (told,) = listed.files
    assert told["document"] == recipient.delivery.document_id
    assert told["number"] == "F001-1"
    assert told["text"] == f"el correo a {recipient.address} no llegó"


def test_it_is_worked_off_once_wherever_it_came(house: House) -> None:
    recipient = mailed(house)
    raw = dsn(recipient)
    news.bring(raw)
    post(house, raw)
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.KNOWN,)
    assert collected(of(recipient)).outcomes == ()
    assert models.Report.objects.count() == 1
    assert models.News.objects.count() == 1


@pytest.mark.parametrize("header", ["To", "Delivered-To", "X-Original-To"])
def test_a_bounce_that_keeps_nothing_of_our_mail_is_known_by_its_addressee(
    house: House, header: str
) -> None:
    recipient = mailed(house)
    bare = dsn(recipient, returned=False)
    named = f"{header}: <ventas+{recipient.token}@taller.example>\r\n".encode() + bare
    post(house, bare, named)
    connect(of(recipient))
    expected = (MailOutcome.NOTHING, MailOutcome.RETURNED)
    assert collected(of(recipient)).outcomes == expected
    work_off()
    assert state(recipient) == "BOUNCED"


def test_a_report_in_one_companys_mailbox_changes_no_other_company(house: House) -> None:
    recipient = mailed(house)
    other = house.colombia()
    post(house, dsn(recipient))
    connect(other)
    assert collected(other).outcomes == (MailOutcome.NOTHING,)
    assert models.Report.objects.count() == 0
    assert state(recipient) == "SENT"
    # and were it handed over, it would not be believed
    raw, owner = dsn(recipient), other.id
    assert take(raw, to=(), intake=Intake.MAILBOX, owner=owner, at=outside.now())
    work_off()
    assert (news.last_report().state, news.last_report().doubt) == ("NOTED", "OTHER_COMPANY")
    assert state(recipient) == "SENT"


def test_a_copy_elsewhere_keeps_nothing_from_its_company(house: House) -> None:
    """A report is kept once: who shows it in a mailbox of his own must not use it up."""
    recipient = mailed(house)
    raw, other = dsn(recipient), house.colombia()
    post(house, raw)
    connect(other)
    collected(other)
    news.bring(raw)
    assert state(recipient) == "BOUNCED"


def test_a_forged_name_is_a_letter(house: House) -> None:
    recipient = mailed(house)
    forged = dsn(recipient).replace(recipient.token.encode(), b"a" * 32)
    post(house, forged)
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.NOTHING,)
    assert models.Report.objects.count() == 0


def test_a_report_of_two_mails_is_not_believed(house: House) -> None:
    recipient = mailed(house)
    second = mailed_again(house, of(recipient))
    raw = f"Delivered-To: x+{second.token}@taller.example\r\n".encode() + dsn(recipient)
    post(house, raw)
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.NOTHING,)
    work_off()
    assert (state(recipient), state(second)) == ("SENT", "SENT")


def test_another_address_is_told_and_changes_nothing(house: House) -> None:
    recipient = mailed(house)
    post(house, dsn(recipient, address="otro@cliente.example"))
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.RETURNED,)
    assert "no lo tomamos en cuenta" in facts(of(recipient))[0]["text"]
    work_off()
    assert news.last_report().doubt == "OTHER_ADDRESS"
    assert state(recipient) == "SENT"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda one: dsn(one, "delayed", "4.2.2"), "se demora"),
        (lambda one: dsn(one, "delivered", "2.0.0", "250 ok"), "aviso de entrega"),
        (news.complaint, "marcó el correo como no deseado"),
        (news.away, "respuesta automática"),
    ],
)
def test_each_kind_of_news_is_told_in_words(house: House, made: Any, words: str) -> None:
    recipient = mailed(house)
    post(house, made(recipient))
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.RETURNED,)
    assert words in facts(of(recipient))[0]["text"]
    work_off()
    assert models.News.objects.filter(recipient_id=recipient.pk).count() == 1


def test_a_persons_answer_stays_where_it_is(house: House) -> None:
    """It lies in the company's own mailbox already: nothing to keep, nobody to hand it to."""
    recipient = mailed(house)
    post(house, news.answer(recipient))
    connect(of(recipient))
    assert collected(of(recipient)).outcomes == (MailOutcome.NOTHING,)
    assert models.Report.objects.count() == 0


def test_our_own_mail_in_the_buyers_mailbox_is_his_document(traders: Traders) -> None:
    document_id = traders.sell()
    (address, _), *_ = traders.house.recipients(document_id)
    for company in (traders.seller, traders.buyer):
        connect(company, replace(PLACE, username=address))
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)
    assert collected(traders.seller).outcomes == (MailOutcome.REFUSED,)  # its own, not a report
    assert models.Report.objects.count() == 0


def test_an_automatic_answer_with_a_file_is_both(traders: Traders) -> None:
    content = traders.mailed(traders.sell())
    back = traders.house.issue(traders.buyer)
    traders.house.run(traders.buyer)
    recipient = models.Recipient.objects.get(delivery__document_id=back.id)
    headers = {"Auto-Submitted": "auto-replied", "In-Reply-To": recipient.message_name}
    raw = suppliers_letter(("z1.zip", content), **headers)
    post(traders.house, raw)
    connect(traders.buyer)
    assert collected(traders.buyer).outcomes == (MailOutcome.RECEIVED,)
    assert [one["outcome"] for one in facts(traders.buyer)] == ["RETURNED", "RECEIVED"]


def test_a_visit_that_ends_in_the_middle_keeps_both_or_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipient = mailed(house)
    post(house, dsn(recipient))
    connect(of(recipient))

    def dies(*args: Any, **options: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collect.messages, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            collected(of(recipient))
    assert models.Report.objects.count() == 0
    assert models.IncomingMessage.objects.count() == 0
    models.Mailbox.objects.update(lease_until=None)
    assert collected(of(recipient)).outcomes == (MailOutcome.RETURNED,)
    work_off()
    assert state(recipient) == "BOUNCED"


def test_only_a_mailbox_of_a_company_has_an_owner(house: House) -> None:
    recipient = mailed(house)
    assert take(dsn(recipient), to=(), intake=Intake.MAILBOX, at=outside.now())
    assert news.last_report().owner is None
