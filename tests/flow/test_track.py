"""What comes back of a mail is the truth about it, if it names the mail by our own signed name."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection

from acuse import jurisdictions
from acuse.domain import verp
from acuse.domain.activity import EventKind
from acuse.domain.returned import Intake
from acuse.domain.traits import Traits
from acuse.flow import jobs, lanes, outside, phrases, returns, sweep, track
from acuse.gateways.report_reader import Unreadable
from acuse.store import activity, companies, models
from tests.flow.house import House
from tests.flow.news import (
    away,
    bounce_address,
    bring,
    complaint,
    dsn,
    last_report,
    mailed,
    mailed_again,
    standing,
    state,
)
from tests.flow.test_mail_faults import script


def lines(recipient: models.Recipient) -> list[EventKind]:
    document_id = recipient.delivery.document_id
    return [one.kind for one in activity.timeline(recipient.company_id, document_id)]


def last_words(recipient: models.Recipient, kind: EventKind) -> str:
    told = activity.timeline(recipient.company_id, recipient.delivery.document_id)
    event = next(one for one in reversed(told) if one.kind is kind)
    return phrases.sentence(event, traits(recipient.company_id))


def traits(company_id: int) -> Traits:
    return jurisdictions.find(companies.load(company_id).jurisdiction).traits


def test_a_bounce_mends_what_was_told_of_the_mail(house: House) -> None:
    recipient = mailed(house)
    assert state(recipient) == "SENT"
    bring(dsn(recipient))
    assert state(recipient) == "BOUNCED"
    assert standing(recipient) == "SUPPRESSED"
    assert lines(recipient)[-2:] == [EventKind.RECIPIENT_BOUNCED, EventKind.ADDRESS_SUPPRESSED]
    words = last_words(recipient, EventKind.RECIPIENT_BOUNCED)
    assert "la dirección no existe" in words
    assert "550 5.1.1 no such user" in words
    report = last_report()
    assert (report.state, report.traced_by, report.doubt) == ("COUNTED", "RETURNED", "")


def test_a_delivery_report_proves_that_it_arrived(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient, "delivered", "2.0.0", "250 ok"))
    assert state(recipient) == "DELIVERED"
    assert standing(recipient) == "VERIFIED"
    assert lines(recipient)[-1] is EventKind.RECIPIENT_DELIVERED


def test_the_envelope_alone_names_the_mail(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient, returned=False), to=bounce_address(recipient).upper())
    assert state(recipient) == "BOUNCED"
    assert last_report().traced_by == "RETURN_PATH"


def test_a_delay_is_no_failure(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient, "delayed", "4.4.1", "connection timed out"))
    assert state(recipient) == "SENT"
    assert lines(recipient)[-1] is EventKind.RECIPIENT_DELAYED
    assert standing(recipient) == ""


def test_a_full_mailbox_is_counted_and_the_third_holds(house: House) -> None:
    company = house.peru()
    for number in range(3):
        recipient = mailed_again(house, company)
        bring(dsn(recipient, "failed", "5.2.2", "552 5.2.2 mailbox full"))
        assert state(recipient) == "BOUNCED"
        assert standing(recipient) == ("SUPPRESSED" if number == 2 else "BOUNCED")


def test_our_own_reputation_holds_nobody(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient, "failed", "5.7.1", "550 5.7.1 blocked, listed at dnsbl"))
    assert state(recipient) == "BOUNCED"
    assert standing(recipient) == "DELIVERING"
    assert "No es culpa de tu cliente" in last_words(recipient, EventKind.RECIPIENT_BOUNCED)


def test_holidays_are_noted_and_nothing_more(house: House) -> None:
    recipient = mailed(house)
    bring(away(recipient), to=bounce_address(recipient))
    assert state(recipient) == "SENT"
    assert lines(recipient)[-1] is EventKind.RECIPIENT_AUTO_REPLIED
    assert standing(recipient) == ""


def test_a_complaint_holds_the_address(house: House) -> None:
    recipient = mailed(house)
    bring(complaint(recipient))
    assert state(recipient) == "SENT"
    assert standing(recipient) == "SUPPRESSED"
    assert EventKind.RECIPIENT_COMPLAINED in lines(recipient)


def test_the_same_report_counts_once(house: House) -> None:
    recipient = mailed(house)
    raw = dsn(recipient)
    bring(raw, raw)
    bring(raw, to=bounce_address(recipient))
    assert models.Report.objects.count() == 1
    assert lines(recipient).count(EventKind.RECIPIENT_BOUNCED) == 1


def test_a_second_telling_of_the_same_is_no_second_line(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient), dsn(recipient))
    assert models.Report.objects.filter(state="COUNTED").count() == 2
    assert lines(recipient).count(EventKind.RECIPIENT_BOUNCED) == 1


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_the_order_of_the_news_is_nothing(house: House, order: tuple[int, ...]) -> None:
    recipient = mailed(house)
    news = (
        dsn(recipient, "delayed", "4.4.1", "later"),
        dsn(recipient, "delivered", "2.0.0", "ok"),
        dsn(recipient, "failed", "5.1.1", "no such user"),
    )
    for place in order:
        bring(news[place])
    assert state(recipient) == "BOUNCED"
    assert standing(recipient) == "SUPPRESSED"


def forged(token: str) -> str:
    return token[:-1] + ("a" if token[-1] != "a" else "b")


def nothing_changed(recipient: models.Recipient) -> bool:
    return state(recipient) == "SENT" and not models.News.objects.exists()


def test_a_forged_name_changes_nothing(house: House) -> None:
    recipient = mailed(house)
    before = lines(recipient)
    real, recipient.token = recipient.token, forged(recipient.token)
    recipient.message_name = f"<{recipient.token}@acuse.example>"
    bring(dsn(recipient), to=f"bounce+{recipient.token}@b.acuse.example")
    assert nothing_changed(recipient)
    assert lines(recipient) == before
    report = last_report()
    assert (report.state, report.doubt) == ("NOTED", "UNNAMED")
    assert report.facts["probable"] == recipient.pk  # shown, and believed in nothing
    assert real != recipient.token


def test_a_name_signed_by_us_of_nobody_here_changes_nothing(house: House) -> None:
    recipient = mailed(house)
    recipient.token = verp.token(b"0123456789", returns.keys())
    recipient.message_name = "<x@y.example>"
    bring(dsn(recipient))
    assert nothing_changed(recipient)
    assert last_report().doubt == "NOT_KEPT"


def test_a_real_name_with_another_address_changes_nothing(house: House) -> None:
    recipient = mailed(house)
    bring(dsn(recipient, address="otra@victima.example"))
    assert nothing_changed(recipient)
    assert last_report().doubt == "OTHER_ADDRESS"


def test_a_report_that_names_two_mails_changes_neither(house: House) -> None:
    company = house.peru()
    first, second = mailed_again(house, company), mailed_again(house, company)
    bring(dsn(first), to=bounce_address(second))
    assert nothing_changed(first)
    assert nothing_changed(second)
    assert last_report().doubt == "NAMES_TWO"


def test_one_companys_bounce_holds_the_address_for_no_other(house: House) -> None:
    recipient = mailed(house)
    other = house.costa_rica()
    bring(dsn(recipient))
    issued = house.issue(other)
    house.run(other)
    assert [one for _, one in house.recipients(issued.id)] == ["SENT"]


def test_a_bounce_that_comes_before_the_answer_to_the_dot_waits_for_it(house: House) -> None:
    recipient = mailed(house)
    with connection.cursor() as cursor:  # as if its worker still waited for the server
        cursor.execute("ALTER TABLE store_recipient DISABLE TRIGGER along_the_table")
        cursor.execute("UPDATE store_recipient SET state = 'SENDING'")
        cursor.execute("ALTER TABLE store_recipient ENABLE TRIGGER along_the_table")
    bring(dsn(recipient))
    assert state(recipient) == "SENDING"
    report = last_report()
    assert (report.state, report.tries) == ("RECEIVED", 0)
    models.Recipient.objects.update(state="SENT")
    track.track_due(at=outside.now() + timedelta(minutes=1))
    assert state(recipient) == "BOUNCED"


def test_news_of_an_uncertain_mail_save_its_second_copy(house: House) -> None:
    company = house.peru()
    script(house.sandbox, stage="dot", action="cut", kept=True)
    recipient = mailed_again(house, company)
    assert state(recipient) == "UNCERTAIN"
    bring(dsn(recipient, "delayed", "4.4.1", "later"))
    assert state(recipient) == "SENT"
    assert "lo prueba una noticia" in last_words(recipient, EventKind.RECIPIENT_SENT)
    house.run(company)
    assert len(house.mail()) == 1


HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 4000,
    "one line": b"Subject: " + b"x" * 3_000_000,
    "headers": b"X: y\r\n" * 200_000,
    "nested": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(300)
    ),
    "no text": b"Content-Type: text/plain; charset=utf-7\r\n\r\n+AD4-\xff\x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_noted(house: House, name: str) -> None:
    recipient = mailed(house)
    bring(HOSTILE[name])
    assert nothing_changed(recipient)
    report = last_report()
    assert (report.state, report.doubt) == ("NOTED", "UNNAMED")
    assert len(report.raw or b"") <= 80_000


def test_a_report_in_front_of_a_huge_mail_of_ours_is_read(house: House) -> None:
    recipient = mailed(house)
    raw = dsn(recipient).replace(b"--b--", b"--b\r\n\r\n" + b"A" * 76 * 60_000 + b"\r\n--b--")
    bring(raw)
    assert state(recipient) == "BOUNCED"
    assert last_report().size == len(raw)


def test_what_brings_the_reader_down_three_times_is_left(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        def read(self, raw: bytes, *, to: tuple[str, ...]) -> object:
            raise Unreadable("it died")

    recipient = mailed(house)
    monkeypatch.setattr(outside, "report_reader", Down)
    bring(dsn(recipient))
    assert last_report().state == "RECEIVED"
    for turn in (3, 6):
        track.track_due(at=outside.now() + timedelta(minutes=turn))
    report = last_report()
    assert (report.state, report.tries) == ("UNREADABLE", 3)
    assert report.raw is not None
    assert track.track_due(at=outside.now() + timedelta(hours=9)) == 0


def test_the_sweep_finds_what_no_job_came_for(house: House) -> None:
    recipient = mailed(house)
    track.take(dsn(recipient), to=(), intake=Intake.HAND, at=outside.now())
    assert sweep.sweep(at=outside.now()) >= 1
    assert jobs.turn(lanes.TRACK) == 1
    assert state(recipient) == "BOUNCED"
