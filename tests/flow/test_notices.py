"""The company's people hear of its failures: at once where they spread, else once a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from acuse.domain.activity import Event, EventKind
from acuse.domain.breaker import OPEN_AT
from acuse.domain.failure import SYSTEMIC, Cause
from acuse.domain.party import Company
from acuse.flow import notify, outside, watch
from acuse.store import activity, alarms, models
from tests.flow import failed
from tests.flow.house import House

MORNING = 15  # in UTC: ten o'clock in Lima
NIGHT = 8  # three o'clock in Lima


def at(hour: int, *, days: int = 0) -> datetime:
    today = outside.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def told(house: House, company: Company) -> list[str]:
    """Who was mailed, after the lane was worked off."""
    notify.send_due(at=outside.now() + timedelta(days=3))
    return [mail.recipient for mail in house.mail() if mail.raw.startswith(b"From: Acuse")]


def last_mail(house: House) -> EmailMessage:
    parsed = message_from_bytes(house.mail()[-1].raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_days_failures_are_told_once_to_each_of_the_companys_people(house: House) -> None:
    company = house.peru()
    for email in ("ana@taller.example", "beto@taller.example"):
        house.person(company, email)
    failed.without_email(house, company)
    watch.watch(at=at(MORNING))
    watch.watch(at=at(MORNING) + timedelta(hours=3))
    assert sorted(told(house, company)) == ["ana@taller.example", "beto@taller.example"]
    (row, _) = models.Notice.objects.order_by("address")
    assert (row.state, row.about) == ("SENT", at(MORNING).date().isoformat())
    watch.watch(at=at(MORNING, days=1))
    assert len(told(house, company)) == 4


def test_a_digest_that_could_not_leave_gives_way_to_the_next_days(house: House) -> None:
    company = house.peru()
    failed.without_email(house, company)
    for day in range(3):  # as if the road were shut meanwhile
        watch.watch(at=at(MORNING, days=day))
    assert told(house, company) == [company.email]
    rows = models.Notice.objects.order_by("id").values_list("about", "state")
    days = [at(MORNING, days=day).date().isoformat() for day in range(3)]
    assert list(rows) == [(days[0], "FAILED"), (days[1], "FAILED"), (days[2], "SENT")]


def test_the_mail_says_what_waits_and_where(house: House) -> None:
    company = house.peru()
    failed.without_email(house, company)
    watch.watch(at=at(MORNING))
    assert told(house, company) == [company.email]  # nobody works for it: its own address
    mail = last_mail(house)
    assert "1 documento por resolver en Tejidos El Ejemplar" in str(mail["Subject"])
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Falta correo: 1" in text
    assert f"/e/{company.id}/fallos/" in text


def test_nothing_is_told_at_night_nor_when_all_arrived(house: House) -> None:
    company = house.peru()
    house.issue(company)
    house.run(company)
    watch.watch(at=at(MORNING))
    assert not models.Notice.objects.exists()
    failed.without_email(house, company)
    watch.watch(at=at(NIGHT))
    assert not models.Notice.objects.exists()
    assert company.id


def test_what_the_company_turned_off_troubles_nobody(house: House) -> None:
    company = house.peru()
    failed.without_email(house, company)
    models.Delivery.objects.update(reason="SWITCH_OFF")
    watch.watch(at=at(MORNING))
    assert not models.Notice.objects.exists()


def spread(company: Company, documents: int, when: datetime) -> None:
    """So many documents of the company failed by the same cause at that moment."""
    ids = models.Document.objects.filter(company_id=company.id).values_list("id", flat=True)
    for number in range(documents):
        activity.record(
            company.id,
            ids[number],
            Event(when, EventKind.RECIPIENT_FAILED, facts={"cause": "BLOCKED", "to": ""}),
        )


@pytest.fixture
def busy(house: House) -> Company:
    """A company with as many documents as an alarm needs."""
    company = house.peru()
    for _ in range(SYSTEMIC):
        house.issue(company)
    return company


def test_failures_that_spread_raise_an_alarm_told_at_once(house: House, busy: Company) -> None:
    night = at(NIGHT)
    spread(busy, SYSTEMIC - 1, night)
    watch.watch(at=night + timedelta(minutes=1))
    assert alarms.standing(busy.id) == ()
    spread(busy, SYSTEMIC, night)
    watch.watch(at=night + timedelta(minutes=2))
    watch.watch(at=night + timedelta(minutes=3))
    (standing,) = alarms.standing(busy.id)
    assert (standing.cause, standing.documents) == (Cause.BLOCKED, SYSTEMIC)
    assert told(house, busy) == [busy.email]
    assert "Rechazado por el servidor" in str(last_mail(house)["Subject"])
    watch.watch(at=night + timedelta(minutes=62))
    assert alarms.standing(busy.id) == ()
    kinds = [event.kind for event in activity.company_timeline(busy.id, 3)]
    assert kinds[:2] == [EventKind.ALARM_ENDED, EventKind.ALARM_RAISED]


def close_road(company: Company, until: datetime) -> None:
    models.MailRoute.objects.create(
        company_id=company.id,
        host="smtp.example",
        port=587,
        security="STARTTLS",
        sender="ventas@tejidos.example",
        refusals=OPEN_AT,
        paused_until=until,
        paused_reason="535",
    )


def test_a_closed_road_raises_an_alarm_with_its_first_document(house: House) -> None:
    company = house.peru()
    failed.refused(house, company, failed.OURS)
    now = outside.now()
    watch.watch(at=now)
    assert alarms.standing(company.id) == ()
    close_road(company, now + timedelta(minutes=5))
    watch.watch(at=now)
    (standing,) = alarms.standing(company.id)
    assert standing.cause is Cause.OUR_SERVER


@pytest.mark.parametrize(
    ("waits", "mails", "stands"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_the_alarm_of_a_closed_road_stands_until_something_went_through(
    house: House, waits: bool, mails: bool, stands: bool
) -> None:
    """A shut road makes no events: that none came for an hour says nothing of it."""
    company = house.peru()
    issued = failed.refused(house, company, failed.OURS)
    now = outside.now()
    later = now + timedelta(minutes=61)
    close_road(company, later + timedelta(minutes=10 if waits else -1))
    watch.watch(at=now)
    if not mails:
        models.Recipient.objects.filter(delivery__document_id=issued.id).update(state="CANCELLED")
    watch.watch(at=later)
    assert bool(alarms.standing(company.id)) == stands


def test_the_alarm_of_a_road_that_works_again_ends_with_its_hour(house: House) -> None:
    company = house.peru()
    failed.refused(house, company, failed.OURS)
    now = outside.now()
    close_road(company, now + timedelta(hours=2))
    watch.watch(at=now)
    models.MailRoute.objects.update(refusals=0, paused_until=None, paused_since=None)
    watch.watch(at=now + timedelta(minutes=30))
    assert alarms.standing(company.id)
    watch.watch(at=now + timedelta(minutes=61))
    assert not alarms.standing(company.id)


def test_a_notice_whose_worker_died_is_sent_again_only_before_its_dot(house: House) -> None:
    company = house.peru()
    failed.without_email(house, company)
    watch.watch(at=at(MORNING))
    rows = models.Notice.objects.all()
    past = at(MORNING) - timedelta(hours=1)
    for handed, state in ((False, "QUEUED"), (True, "SENT")):
        rows.update(state="SENDING", handed=handed, lease_until=past)
        watch.watch(at=at(MORNING))
        assert rows.get().state == state
