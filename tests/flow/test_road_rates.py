"""No road is hurried, and none that is slow holds up the others."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from acuse.domain.breaker import OPEN_AT, PROBING
from acuse.domain.party import Company
from acuse.flow import outside
from acuse.store import models, pacing
from tests.flow.house import House
from tests.flow.leaving import (
    LOG_IN,
    accepted,
    set_road,
    states,
    time_passes,
)
from tests.flow.leaving import allowed as allowed
from tests.gateways.smtp_server import ScriptedSmtp


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def test_a_road_gives_no_more_than_its_minute_has_and_keeps_the_order(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server, per_minute=20)
        ids = accepted(house, company, 4)
        house.deliver()
        house.deliver()
        assert states(*ids) == ["SENT", "SENT", "QUEUED", "QUEUED"]
        assert not models.Recipient.objects.filter(state="QUEUED", tries__gt=0).exists()
        time_passes(timedelta(seconds=10))
        house.deliver()
        assert states(*ids) == ["SENT"] * 4


def test_a_road_without_mails_left_does_not_hold_up_the_others(
    house: House, company: Company
) -> None:
    mine = house.costa_rica()
    with ScriptedSmtp(extensions=LOG_IN) as slow, ScriptedSmtp(extensions=LOG_IN) as fast:
        set_road(company, slow, per_minute=1)
        set_road(mine, fast)
        ids, theirs = accepted(house, company, 12), accepted(house, mine)
        while house.deliver():
            pass
        assert states(*theirs) == ["SENT"]
        assert states(*ids).count("SENT") == 1


def test_the_installations_setting_is_the_rate_of_roads_without_one(
    house: House, company: Company, settings: Any
) -> None:
    settings.MAIL_PER_MINUTE = 1
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server)
        ids = accepted(house, company, 3)
        while house.deliver():
            pass
        assert states(*ids).count("SENT") == 1


def test_two_workers_share_one_bucket(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server, per_minute=50)
        found = models.MailRoute.objects.get().pk
        at = outside.now()
        granted: list[int] = []
        start = threading.Barrier(4)

        def work() -> None:
            start.wait()
            granted.extend(_taken(found, at) for _ in range(5))
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
    assert sum(granted) == 5  # a tenth of a minute's at once, whoever asks


def test_only_of_a_broken_road_is_the_first_mail_a_probe_and_it_goes_alone(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server, per_minute=600)
    found, at = models.MailRoute.objects.get().pk, outside.now()
    assert _granted(found, 3, at) == pacing.Granted(3)
    models.MailRoute.objects.update(refusals=OPEN_AT)
    assert _granted(found, 3, at) == pacing.Granted(1, probe=True)
    assert _granted(found, 3, at) == pacing.Granted(0)  # its word is waited for
    assert _granted(found, 3, at + PROBING) == pacing.Granted(1, probe=True)


def test_a_probe_too_waits_for_its_minute(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server, per_minute=1)
    found, at = models.MailRoute.objects.get().pk, outside.now()
    assert _granted(found, 1, at) == pacing.Granted(1)
    models.MailRoute.objects.update(refusals=OPEN_AT)
    assert _granted(found, 1, at) == pacing.Granted(0)
    assert not pacing.is_shut(found, at=at)  # nothing probes it: it is not waited for
    assert _granted(found, 1, at + timedelta(minutes=1)) == pacing.Granted(1, probe=True)


def _taken(road_id: int, at: Any) -> int:
    return _granted(road_id, 1, at).many


def _granted(road_id: int, many: int, at: Any) -> pacing.Granted:
    with transaction.atomic():
        return pacing.take(road_id, many, at=at, default=None)
