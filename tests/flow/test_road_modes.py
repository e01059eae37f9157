"""By which road a company's mail leaves, and under which address."""

from __future__ import annotations

import pytest

from acuse.domain.party import Company
from acuse.domain.problem import Blocked
from acuse.domain.recipient import RecipientState
from acuse.domain.sender import dkim_host
from acuse.flow import outside, roads, sender
from acuse.store import companies, models, routes
from tests.flow.house import BY, House
from tests.flow.leaving import (
    LOG_IN,
    PASSWORD,
    accepted,
    road,
    set_road,
    states,
)
from tests.flow.leaving import allowed as allowed
from tests.gateways.smtp_server import ScriptedSmtp


@pytest.fixture
def company(house: House) -> Company:
    return house.peru()


def row() -> models.MailRoute:
    return models.MailRoute.objects.get()


def test_mail_held_for_want_of_a_road_leaves_when_there_is_one(
    house: House, company: Company
) -> None:
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    assert not companies.load(company.id).has_mail_route
    ids = accepted(house, company)
    while house.deliver():
        pass
    assert house.delivery(ids[0]).reason == "COMPANY_INCOMPLETE"
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(None, server)
        while house.deliver():
            pass
        assert states(*ids) == ["SENT"]
        sent = server.mails[0]
        assert b"ventas@salida.example" in sent
        assert company.email.encode() in sent  # Reply-To


def test_an_own_domain_is_used_once_the_dns_said_that_it_may(
    house: House, company: Company
) -> None:
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    real = companies.load(company.id)
    with ScriptedSmtp(extensions=LOG_IN) as server:
        own = road(server, kind=routes.RouteKind.DOMAIN, sender="facturas@propia.example")
        sender.save(company.id, own, "", by=BY, at=outside.now())
        assert not companies.load(company.id).has_mail_route
        set_road(None, server)
        assert roads.sender(real) == "ventas@salida.example"
        host = dkim_host("acuse1", "propia.example")
        right = {"spf": {"state": "RIGHT"}, "dkim": {"state": "RIGHT", "host": host}}
        mine = models.MailRoute.objects.filter(company_id=company.id)
        mine.update(dkim_selector="acuse1", dkim_public="x", wrapped_dkim_key=b"x")
        mine.update(checked=right, checked_at=outside.now())
        assert roads.sender(real) == "facturas@propia.example"
        way = roads.of_company(company.id, real.environment)
        assert way is not None
        assert (way.port, way.helo) == (server.server.port, "salida.example")
        mine.update(checked=right | {"spf": {"state": "MISSING"}})
        assert roads.sender(real) == "ventas@salida.example"
        moved = road(server, kind=routes.RouteKind.DOMAIN, sender="facturas@nueva.example")
        mine.update(checked=right)
        sender.save(company.id, moved, "", by=BY, at=outside.now())
        assert roads.sender(real) == "ventas@salida.example"


def test_a_kept_password_is_not_sent_to_another_server(house: House, company: Company) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as server:
        set_road(company, server)
        kept = routes.of_company(company.id)
        assert kept is not None
        assert kept.wrapped_password is not None
        assert PASSWORD.encode() not in kept.wrapped_password
        assert roads.secret(kept) == PASSWORD
        sender.save(company.id, road(server, per_minute=9), "", by=BY, at=outside.now())
        assert row().per_minute == 9
        for change in ({"host": "localhost"}, {"username": "otro"}):
            with pytest.raises(Blocked) as blocked:
                sender.save(company.id, road(server, **change), "", by=BY, at=outside.now())
            assert blocked.value.problems[0].code == "XX-ROU-3"


def test_cleared_the_company_mails_by_the_installations_road(
    house: House, company: Company
) -> None:
    with ScriptedSmtp(extensions=LOG_IN) as own, ScriptedSmtp(extensions=LOG_IN) as shared:
        set_road(None, shared)
        set_road(company, own)
        assert sender.clear(company.id, by=BY, at=outside.now())
        assert not sender.clear(company.id, by=BY, at=outside.now())
        ids = accepted(house, company)
        house.deliver()
        assert states(*ids) == [RecipientState.SENT]
        assert (len(own.mails), len(shared.mails)) == (0, 1)
