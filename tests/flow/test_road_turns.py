"""Whatever leaves by a road takes its turn there: notices and handed-on answers like documents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from acuse.domain.breaker import OPEN_AT, PAUSES
from acuse.domain.failure import Cause
from acuse.domain.party import Company
from acuse.flow import notify, outside, pace, track
from acuse.store import companies, models
from tests.flow.house import BY, House
from tests.flow.leaving import LOG_IN, REFUSED, accepted, set_road, states, time_passes
from tests.flow.leaving import allowed as allowed
from tests.flow.news import answer, bounce_address, bring, mailed_again
from tests.flow.test_track import lines
from tests.gateways.smtp_server import ScriptedSmtp

WELCOME = b"235 welcome\r\n"


@pytest.fixture
def company(house: House) -> Company:
    return really(house.peru())


def really(company: Company) -> Company:
    """The same company; its mail takes a real road from now on."""
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    return companies.load(company.id)


def noticed(house: House, company: Company, *people: str) -> None:
    """Each of these people is to be told of something."""
    for email in people:
        house.person(company, email)
    with transaction.atomic():
        found = {Cause.BLOCKED: 1}
        assert notify.tell(company, "alarm:1", found, alarm=Cause.BLOCKED, at=outside.now())


def notices() -> list[tuple[str, int]]:
    """How each notice stands, and how many tries of it were counted."""
    return list(models.Notice.objects.order_by("id").values_list("state", "tries"))


def tell() -> None:
    """The lane of the notices is worked off."""
    while notify.send_due(at=outside.now()):
        pass


def pause() -> None:
    """All roads are paused for a refusal."""
    until = outside.now() + PAUSES[0]
    models.MailRoute.objects.update(paused_until=until, refusals=OPEN_AT, paused_reason="535")


def answered(house: House, company: Company, server: ScriptedSmtp) -> models.Recipient:
    """A mail whose customer wrote back while the company's mail takes that server's road."""
    recipient = mailed_again(house, company)
    really(company)
    set_road(company, server)
    return recipient


def test_a_notice_waits_for_a_paused_road_and_spends_no_try(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(None, server)
        noticed(house, company, "ana@taller.example", "beto@taller.example")
        pause()
        tell()
        assert (server.said, notices()) == ([], [("QUEUED", 0)] * 2)
        time_passes(PAUSES[0])
        tell()
        assert notices() == [("SENT", 1)] * 2
        assert models.MailRoute.objects.get().refusals == 0  # the first was its probe


def test_a_rate_counts_notices(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(None, server, per_minute=10)
        noticed(house, company, "ana@taller.example", "beto@taller.example")
        (document_id,) = accepted(house, company)
        tell()
        assert sorted(notices()) == [("QUEUED", 0), ("SENT", 1)]
        house.deliver()
        assert states(document_id) == ["QUEUED"]
        time_passes(timedelta(seconds=6))
        tell()
        assert notices() == [("SENT", 1)] * 2


def test_a_refused_notice_pauses_its_road_for_all_and_is_spared(
    house: House, company: Company
) -> None:
    with ScriptedSmtp({"AUTH": [REFUSED, WELCOME]}, extensions=LOG_IN) as server:
        set_road(None, server)
        noticed(house, company, "ana@taller.example", "beto@taller.example")
        (document_id,) = accepted(house, company)
        tell()
        house.deliver()
        assert sum(said.startswith("AUTH") for said in server.said) == 1
        assert notices() == [("QUEUED", 0)] * 2
        assert states(document_id) == ["QUEUED"]
        assert pace.resume(company.id, by=BY, at=outside.now())
        tell()
        house.deliver()
        assert notices() == [("SENT", 1)] * 2
        assert states(document_id) == ["SENT"]


def test_a_notice_of_a_companys_own_pause_goes_by_the_installations_road(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as own, ScriptedSmtp(extensions=LOG_IN) as shared:
        set_road(company, own)
        pause()
        set_road(None, shared)
        noticed(house, company)
        tell()
        assert notices() == [("SENT", 1)]
        assert own.said == []


def test_a_notice_without_any_road_is_given_up_at_last(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(None, server)
    noticed(house, company)
    models.MailRoute.objects.all().delete()
    for _ in range(6):
        models.Notice.objects.update(wake_at=outside.now())
        tell()
    assert notices() == [("FAILED", 6)]


def test_an_answer_waits_for_a_paused_road_and_spends_no_try(house: House) -> None:
    company = house.peru()
    with ScriptedSmtp(extensions=LOG_IN) as server:
        recipient = answered(house, company, server)
        pause()
        bring(answer(recipient), to=bounce_address(recipient))
        report = models.Report.objects.get()
        assert (server.said, report.forward_tries) == ([], 0)
        assert report.forward_at is not None
        time_passes(PAUSES[0])
        assert track.track_due(at=outside.now()) == 1
        assert len(server.mails) == 1
        assert models.MailRoute.objects.get().refusals == 0


def test_a_refused_answer_pauses_its_road_and_is_spared(house: House) -> None:
    company = house.peru()
    with ScriptedSmtp({"AUTH": [REFUSED, WELCOME]}, extensions=LOG_IN) as server:
        recipient = answered(house, company, server)
        bring(answer(recipient), to=bounce_address(recipient))
        assert models.Report.objects.get().forward_tries == 0
        assert models.MailRoute.objects.get().paused_until is not None
        assert track.track_due(at=outside.now()) == 0
        assert pace.resume(company.id, by=BY, at=outside.now())
        assert track.track_due(at=outside.now()) == 1
        assert len(server.mails) == 1
        assert "recipient.forwarded" in [kind.value for kind in lines(recipient)]


def test_a_rate_counts_answers(house: House) -> None:
    company = house.peru()
    with ScriptedSmtp(extensions=LOG_IN) as server:
        recipient = answered(house, company, server)
        models.MailRoute.objects.update(per_minute=10, tokens=0.5, refilled_at=outside.now())
        bring(answer(recipient), to=bounce_address(recipient))
        assert server.mails == []
        models.MailRoute.objects.update(refilled_at=F("refilled_at") - timedelta(seconds=6))
        assert track.track_due(at=outside.now()) == 1
        assert len(server.mails) == 1
        assert models.MailRoute.objects.get().tokens < 1
