"""No road is hurried, and none that is slow holds up the others."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

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


def _taken(road_id: int, at: Any) -> int:
    with transaction.atomic():
        return pacing.take(road_id, 1, at=at, default=None).many
