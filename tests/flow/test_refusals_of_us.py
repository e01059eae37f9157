"""What a server says of us, or of its own limits: nobody is blamed, and no mail is burnt.

Source: reliability.md F70 and F72, issue of delivery 5.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from acuse.domain.activity import EventKind
from acuse.domain.breaker import OPEN_AT, PAUSES
from acuse.domain.party import Company
from acuse.domain.patience import Patience
from acuse.flow import deliver, outside, release
from acuse.gateways import smtp
from acuse.store import activity, models
from tests.flow.house import BY, House
from tests.flow.leaving import accepted, set_road, states, time_passes
from tests.flow.leaving import allowed as allowed
from tests.flow.test_letters import heavy as heavy
from tests.gateways.smtp_server import ScriptedSmtp

RELAY = b"554 5.7.1 <a@b.example>: Relay access denied\r\n"
GOOD = b"250 ok\r\n"


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def deliveries_run() -> None:
    deliver.deliver_due(at=outside.now())


def causes(*document_ids: int) -> set[str]:
    rows = models.Recipient.objects.filter(delivery__document_id__in=document_ids)
    return set(rows.values_list("cause", flat=True))


def test_a_server_that_relays_no_more_burns_no_document(house: House, company: Company) -> None:
    with ScriptedSmtp({"RCPT": [RELAY] * (OPEN_AT + 2) + [GOOD]}) as server:
        set_road(company, server, username="")
        ids = accepted(house, company, 8)
        for _ in range(3):
            deliveries_run()
        assert set(states(*ids)) <= {"QUEUED", "DEFERRED"}
        assert causes(*ids) <= {"", "OUR_SERVER"}
        assert models.MailRoute.objects.get().refusals >= OPEN_AT
        for _ in range(6):
            time_passes(PAUSES[-1])
            deliveries_run()
        assert set(states(*ids)) == {"SENT"}
        assert len(server.mails) == 8


def test_one_address_that_is_not_relayed_to_keeps_no_other_from_its_mail(
    house: House, company: Company
) -> None:
    with ScriptedSmtp({"RCPT": [RELAY, GOOD]}) as server:
        set_road(company, server, username="")
        ids = accepted(house, company, 4)
        deliveries_run()
        assert sorted(states(*ids)) == ["DEFERRED", "SENT", "SENT", "SENT"]
        assert models.MailRoute.objects.get().refusals == 0


def test_a_mail_whose_address_alone_is_refused_closes_no_road_and_ends(
    house: House, company: Company
) -> None:
    with ScriptedSmtp({"RCPT": RELAY}) as server:
        set_road(company, server, username="")
        (document_id,) = accepted(house, company)
        for _ in range(Patience().mail_tries + 1):
            deliveries_run()
            assert models.MailRoute.objects.get().paused_until is None
            time_passes(timedelta(hours=4))
        assert states(document_id) == ["FAILED"]
        assert causes(document_id) == {"OUR_SERVER"}
        assert server.mails == []


@pytest.mark.usefixtures("heavy")
@pytest.mark.parametrize("limit", [900_000, 400_000])
def test_a_server_that_takes_less_gets_a_lighter_mail(
    house: House, company: Company, limit: int
) -> None:
    with ScriptedSmtp(extensions=("PIPELINING", f"SIZE {limit}")) as server:
        set_road(company, server, username="")
        (document_id,) = accepted(house, company)
        deliveries_run()
        deliveries_run()
        assert states(document_id) == ["REPLACED", "SENT"]
        (mail,) = server.mails
        assert len(mail) <= limit
    kinds = [event.kind for event in activity.timeline(company.id, document_id)]
    assert kinds.count(EventKind.PACKET_READY) == 2
    (lighter,) = [
        event.facts["steps"]
        for event in activity.timeline(company.id, document_id)
        if event.kind is EventKind.PACKET_READY and event.facts["steps"]
    ]
    assert lighter[0] == "ZIPPED"


def test_where_nothing_fits_the_mail_waits_and_says_the_servers_limit(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(extensions=("PIPELINING", "SIZE 2000")) as server:
        set_road(company, server, username="")
        (document_id,) = accepted(house, company)
        for _ in range(3):
            deliveries_run()
        delivery = house.delivery(document_id)
        assert (delivery.state, delivery.reason) == ("HELD", "PACKET_INCOMPLETE")
        told = activity.timeline(company.id, document_id)[-1]
        assert "admite 0 MB" not in told.facts["lacking"][0]
        assert "2 KB" in told.facts["lacking"][0]
        assert server.mails == []
    smtp.close_all()
    with ScriptedSmtp() as larger:
        set_road(company, larger, username="")
        assert release.release_by_hand(delivery.pk, by=BY, at=outside.now())
        deliveries_run()
        assert states(document_id) == ["REPLACED", "SENT"]
