"""A company hears at once that the DNS proves its domain no more, and until it does again."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from structlog.testing import capture_logs

from acuse.domain.activity import EventKind
from acuse.domain.alarm import Trouble
from acuse.domain.mailbox import Security
from acuse.domain.party import Company
from acuse.domain.route import RouteKind, Wanted
from acuse.flow import notify, outside, sender, sender_check, sender_keys, watch
from acuse.store import activity, alarms, models
from tests.flow.house import BY, House
from tests.support.dns_server import DnsServer
from tests.support.senders import (
    OWN,
    SHARED,
    offline,
    own_domain,
    published,
    really,
    shared_road,
)
from tests.support.senders import dns as dns

AT = outside.now


@pytest.fixture
def company(house: House, dns: DnsServer) -> Company:
    """A company whose own domain is proved."""
    made = really(house.peru())
    own_domain(made)
    shared_road(house.sandbox.smtp_port)
    house.person(made, "ana@taller.example")
    house.person(made, "beto@taller.example")
    published(dns, sender_keys.make(made.id, by=BY, at=AT()))
    looked(made)
    assert standing(made) == []
    return made


def looked(company: Company, **later: float) -> None:
    """The day's look."""
    sender_check.check(company.id, by="sistema", at=AT() + timedelta(**later))


def standing(company: Company) -> list[object]:
    return [one.cause for one in alarms.standing(company.id)]


def without(dns: DnsServer, piece: str) -> dict[Any, Any]:
    """The zone, from which the records of such names vanish."""
    whole = dict(dns.zone)
    dns.zone = {name: told for name, told in dns.zone.items() if piece not in name[0]}
    return whole


def last_mail(house: House) -> tuple[str, str, str]:
    """Its subject, its plain text, its HTML."""
    mail = message_from_bytes(house.mail()[-1].raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return str(mail["Subject"]), plain.get_content(), html.get_content()


def test_a_lost_proof_is_an_alarm_told_once_to_each_person(
    house: House, company: Company, dns: DnsServer
) -> None:
    without(dns, "_domainkey")
    looked(company)
    looked(company, days=1)
    assert standing(company) == [Trouble.SENDER_LOST]
    notify.send_due(at=AT())
    assert sorted(mail.recipient for mail in house.mail()) == [
        "ana@taller.example",
        "beto@taller.example",
    ]


def test_the_mail_says_what_happened_what_it_means_and_what_to_do(
    house: House, company: Company, dns: DnsServer
) -> None:
    without(dns, "_domainkey")
    looked(company)
    notify.send_due(at=AT())
    subject, text, html = last_mail(house)
    assert subject == "El DNS ya no prueba tejidos.example, de Tejidos El Ejemplar"
    place = f"/e/{company.id}/configuracion/correo/dominio/"
    for told in (text, html):
        assert "el registro DKIM ya no está" in told
        assert f"como {SHARED}" in told
        assert "Volver a comprobar" in told
        assert "uno cada vez que tu dominio deja de estar probado" in told
        assert place in told
    assert "<" not in text


def test_the_alarm_ends_when_the_domain_is_proved_again(company: Company, dns: DnsServer) -> None:
    whole = without(dns, "_domainkey")
    looked(company)
    watch.watch(at=AT() + timedelta(hours=2))
    assert standing(company) == [Trouble.SENDER_LOST]
    dns.zone = whole
    looked(company)
    assert standing(company) == []
    without(dns, "_domainkey")
    looked(company)
    assert models.Notice.objects.values("about").distinct().count() == 2  # each loss is told


def test_both_records_are_named_where_both_are_gone(
    house: House, company: Company, dns: DnsServer
) -> None:
    without(dns, "tejidos.example")
    looked(company)
    notify.send_due(at=AT())
    assert "los registros SPF y DKIM ya no están" in last_mail(house)[1]


def test_a_dns_that_does_not_answer_raises_nothing(company: Company, settings: Any) -> None:
    offline(settings)
    looked(company)
    assert standing(company) == []
    assert not models.Notice.objects.exists()


def test_a_domain_that_was_never_proved_raises_nothing(house: House, dns: DnsServer) -> None:
    company = really(house.costa_rica())
    own_domain(company)
    shared_road(house.sandbox.smtp_port)
    looked(company)
    assert standing(company) == []


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({}, True),
        ({"sender": "facturas@tejidos.example"}, True),
        ({"sender": "ventas@otra.example"}, False),
        ({"kind": RouteKind.SMTP, "host": "mail.tejidos.example", "port": 587}, False),
    ],
)
def test_the_alarm_ends_where_mails_come_from_elsewhere(
    company: Company, dns: DnsServer, settings: Any, changes: dict[str, Any], stands: bool
) -> None:
    models.Company.objects.filter(pk=company.id).update(environment="TEST")  # takes .example
    without(dns, "_domainkey")
    looked(company)
    told = {"kind": RouteKind.DOMAIN, "sender": OWN, "security": Security.STARTTLS}
    sender.save(company.id, Wanted(**(told | changes)), "", by=BY, at=AT())
    assert bool(standing(company)) is stands


@pytest.fixture
def served(house: House, dns: DnsServer) -> Company:
    """A company with a server of its own, whose mails are signed with a key that the DNS shows."""
    made = really(house.peru())
    shared_road(house.sandbox.smtp_port)
    models.MailRoute.objects.create(
        company_id=made.id, kind=RouteKind.SMTP.value, host="mail.tejidos.example", sender=OWN
    )
    house.person(made, "ana@taller.example")
    published(dns, sender_keys.make(made.id, by=BY, at=AT()))
    looked(made)
    return made


def test_who_has_his_own_server_hears_that_its_key_is_gone(
    house: House, served: Company, dns: DnsServer
) -> None:
    whole = without(dns, "_domainkey")
    looked(served)
    looked(served, days=1)
    assert standing(served) == [Trouble.KEY_LOST]
    notify.send_due(at=AT())
    subject, text, html = last_mail(house)
    assert len(house.mail()) == 1
    assert subject == "El DNS ya no muestra la llave de tejidos.example, de Tejidos El Ejemplar"
    for told in (text, html):
        assert "el registro DKIM ya no está" in told
        assert "siguen saliendo por tu servidor" in told
        assert "uno cada vez que tu llave falta en el DNS" in told
        assert SHARED not in told
    dns.zone = whole
    looked(served)
    assert standing(served) == []
    kinds = [event.kind for event in activity.company_timeline(served.id, 9)]
    seen, lost = EventKind.SENDER_KEY_SEEN, EventKind.SENDER_KEY_LOST
    assert [kind for kind in kinds if kind in (seen, lost)] == [seen, lost, seen]


def test_an_spf_alone_says_nothing_of_a_key(served: Company, dns: DnsServer) -> None:
    dns.zone = {name: told for name, told in dns.zone.items() if "TXT" not in name[1]} | {
        name: told for name, told in dns.zone.items() if "_domainkey" in name[0]
    }
    looked(served)
    assert standing(served) == []


def test_a_key_that_is_made_anew_at_once_ends_the_alarm_when_it_is_seen(
    served: Company, dns: DnsServer
) -> None:
    without(dns, "_domainkey")
    looked(served)
    key = sender_keys.make(served.id, by=BY, at=AT(), at_once=True)
    looked(served)
    assert standing(served) == [Trouble.KEY_LOST]
    published(dns, key)
    looked(served)
    assert standing(served) == []


def test_the_alarm_of_a_key_ends_with_its_server(served: Company, dns: DnsServer) -> None:
    without(dns, "_domainkey")
    looked(served)
    assert sender.clear(served.id, by=BY, at=AT())
    assert standing(served) == []


def test_the_lost_key_of_the_installation_is_in_its_log(house: House, dns: DnsServer) -> None:
    shared_road(house.sandbox.smtp_port)
    key = sender_keys.make(0, by=BY, at=AT())
    published(dns, key, SHARED.partition("@")[2])
    sender_check.check(0, by=BY, at=AT())
    without(dns, "_domainkey")
    with capture_logs() as logs:
        sender_check.check(0, by=BY, at=AT())
        sender_check.check(0, by=BY, at=AT())
    told = [one for one in logs if one["event"] == "sender key in the DNS"]
    assert [(one["log_level"], one["seen"]) for one in told] == [("warning", False)]


def test_who_gives_up_his_domain_has_no_alarm(company: Company, dns: DnsServer) -> None:
    without(dns, "_domainkey")
    looked(company)
    assert sender.clear(company.id, by=BY, at=AT())
    assert standing(company) == []
    kinds = [event.kind for event in activity.company_timeline(company.id, 9)]
    assert EventKind.SENDER_LOST in kinds
