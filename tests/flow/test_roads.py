"""Where our server is the problem the road waits, not the documents."""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.breaker import PAUSES
from acuse.domain.party import Company, TaxId
from acuse.flow import deliver, outside, pace, sender
from acuse.store import activity, models, routes
from tests.flow.house import BY, House
from tests.flow.leaving import (
    LOG_IN,
    REFUSED,
    accepted,
    road,
    set_road,
    states,
    time_passes,
)
from tests.flow.leaving import allowed as allowed
from tests.gateways.smtp_server import ScriptedSmtp


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def other(house: House) -> Company:
    return house.peru(tax_id=TaxId("RUC", "20999888772"), trade_name="La Otra")


def tried(server: ScriptedSmtp) -> int:
    """How often somebody tried to log in there."""
    return sum(said.startswith("AUTH") for said in server.said)


def row() -> models.MailRoute:
    return models.MailRoute.objects.get()


def test_a_wrong_password_pauses_the_road_and_loses_no_document(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(
        {"AUTH": [REFUSED, REFUSED, b"235 welcome\r\n"]}, extensions=LOG_IN
    ) as server:
        set_road(company, server)
        ids = accepted(house, company, 3)
        assert house.deliver() > 0
        assert house.deliver() == 0
        assert tried(server) == 1  # the other two were claimed already, and do not go on
        assert states(*ids) == ["DEFERRED"] * 3
        assert routes.closed(company.id, at=outside.now())
        for pause in PAUSES[:2]:
            before = tried(server)
            time_passes(pause)
            house.deliver()
            assert tried(server) - before == 1  # one probe
        house.deliver()
        house.deliver()
        assert states(*ids) == ["SENT"] * 3
        assert len(server.mails) == 3
    assert row().refusals == 0
    assert not models.Recipient.objects.exclude(tries=1).exists()  # the one that sent it
    kinds = [event.kind for event in activity.company_timeline(company.id, 10)]
    assert kinds.count(EventKind.ROUTE_PAUSED) == 2
    assert kinds[0] is EventKind.ROUTE_WORKS


def test_every_try_is_on_record_though_none_is_counted(house: House, company: Company) -> None:
    with ScriptedSmtp({"AUTH": REFUSED}, extensions=LOG_IN) as server:
        set_road(company, server)
        (document_id,) = accepted(house, company)
        house.deliver()
        for pause in (*PAUSES, PAUSES[-1], PAUSES[-1]):
            time_passes(pause + timedelta(hours=1))
            house.deliver()
        assert states(document_id) == ["DEFERRED"]
        mail = models.Recipient.objects.get()
        assert mail.tries == 0
        ordinals = models.Attempt.objects.order_by("ordinal").values_list("ordinal", flat=True)
        assert list(ordinals) == [1, 2, 3, 4, 5, 6]
        assert mail.wake_at is not None
        assert mail.wake_at - outside.now() <= PAUSES[-1]


def test_a_persons_word_tries_it_at_once_with_one_mail_first(
    house: House, company: Company
) -> None:
    with ScriptedSmtp({"AUTH": [REFUSED, b"235 welcome\r\n"]}, extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company, 2)
        house.deliver()
        assert not pace.resume(other(house).id, by=BY, at=outside.now())
        assert pace.resume(company.id, by=BY, at=outside.now())
        assert not pace.resume(company.id, by=BY, at=outside.now())
        house.deliver()
        house.deliver()
        assert states(*ids) == ["SENT", "SENT"]


def test_what_was_saved_anew_is_tried_at_once(house: House, company: Company) -> None:
    with ScriptedSmtp({"AUTH": [REFUSED, b"235 welcome\r\n"]}, extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company, 1)
        house.deliver()
        set_road(company, server)
        house.deliver()
        assert states(*ids) == ["SENT"]


def test_the_pause_of_a_companys_own_road_stops_nobody_else(house: House, company: Company) -> None:
    mine = house.costa_rica()
    with (
        ScriptedSmtp({"AUTH": REFUSED}, extensions=LOG_IN) as broken,
        ScriptedSmtp(extensions=LOG_IN) as shared,
    ):
        set_road(company, broken)
        set_road(None, shared)
        ids, theirs = accepted(house, company), accepted(house, mine)
        house.deliver()
        house.deliver()
        assert states(*ids) == ["DEFERRED"]
        assert states(*theirs) == ["SENT"]
        assert routes.closed(company.id, at=outside.now())
        assert not routes.closed(mine.id, at=outside.now())


def test_the_pause_of_the_installations_stops_all_who_use_it(
    house: House, company: Company
) -> None:
    mine, apart = house.costa_rica(), house.colombia()
    with (
        ScriptedSmtp({"AUTH": REFUSED}, extensions=LOG_IN) as shared,
        ScriptedSmtp(extensions=LOG_IN) as own,
    ):
        set_road(None, shared)
        set_road(apart, own)
        ids = [accepted(house, one)[0] for one in (company, mine, apart)]
        house.deliver()
        for _ in range(3):
            house.deliver()
        assert states(ids[2]) == ["SENT"]
        assert "SENT" not in states(*ids[:2])
        assert routes.closed(company.id, at=outside.now())
        assert routes.closed(mine.id, at=outside.now())
        assert tried(shared) == 1


def test_an_unknown_customer_pauses_nothing(house: House, company: Company) -> None:
    with ScriptedSmtp({"RCPT": b"550 5.1.1 nobody\r\n"}, extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company, 2)
        house.deliver()
        assert states(*ids) == ["FAILED", "DEFERRED"]
        assert house.delivery(ids[1]).reason == "ADDRESS_SUPPRESSED"  # by the first one's answer
        assert row().refusals == 0
        assert row().paused_until is None


def test_too_many_at_once_rests_the_road_and_costs_no_try(house: House, company: Company) -> None:
    script = {"MAIL": [b"421 4.7.0 too many connections\r\n", b"250 ok\r\n"]}
    with ScriptedSmtp(script, extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company, 1)
        house.deliver()
        assert states(*ids) == ["DEFERRED"]
        assert not routes.closed(company.id, at=outside.now())
        assert house.deliver(later=timedelta(seconds=1)) == 0
        time_passes(timedelta(minutes=1))
        house.deliver()
        assert states(*ids) == ["SENT"]
        assert models.Recipient.objects.get().tries == 1


def test_a_server_that_is_away_pauses_the_road_after_a_few_and_burns_no_tries(
    house: House, company: Company
) -> None:
    with ScriptedSmtp() as gone:
        wanted = road(gone, username="")
    sender.save(company.id, wanted, "", by=BY, at=outside.now())
    ids = accepted(house, company, 4)
    house.deliver()
    assert set(states(*ids)) <= {"QUEUED", "DEFERRED"}
    assert row().paused_until is not None
    assert not models.Recipient.objects.filter(tries__gt=0).exists()


def test_a_rehearsal_never_takes_a_real_road(house: House, company: Company) -> None:
    with ScriptedSmtp({"AUTH": REFUSED}, extensions=LOG_IN) as server:
        set_road(company, server)
        models.MailRoute.objects.update(paused_until=outside.now() + PAUSES[2], refusals=9)
        issued = house.issue(company)
        house.run(company)
        assert states(issued.id) == ["SENT"]
        assert server.said == []


def test_a_probe_that_stays_away_is_followed_by_another(house: House, company: Company) -> None:
    with ScriptedSmtp({"AUTH": REFUSED}, extensions=LOG_IN) as server:
        set_road(company, server)
        accepted(house, company, 2)
        house.deliver()
        time_passes(PAUSES[0])
        at = outside.now()
        _, claims = pace.claim(at=at, lease=timedelta(minutes=5), limit=deliver.BATCH)
        assert [one.going.probe for one in claims] == [True]
        assert pace.claim(at=at, lease=timedelta(minutes=5), limit=9)[1] == ()
        later = at + timedelta(minutes=5)
        assert len(pace.claim(at=later, lease=timedelta(minutes=5), limit=9)[1]) == 1
