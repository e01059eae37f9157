"""A sender is proved by the DNS: signed where we hold the key, looked at every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import dkim as reader
import pytest

from acuse.domain.activity import EventKind
from acuse.domain.party import Company, Environment
from acuse.domain.problem import Blocked
from acuse.domain.route import RouteKind
from acuse.domain.sender import OFFLINE, UNFINISHED, Check, Row, State, dkim_host, dkim_text
from acuse.flow import outside, sender_check, sender_keys, signing
from acuse.mail.verify import verify_message
from acuse.store import activity, models, senders
from tests.flow.house import BY, House
from tests.flow.test_mail_faults import script
from tests.support import dkim_check
from tests.support.dns_server import DnsServer, text
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
def company(house: House) -> Company:
    """A company with a road of its own domain, beside the installation's."""
    made = really(house.peru())
    own_domain(made)
    shared_road(house.sandbox.smtp_port)
    return made


def looked(owner: int, **later: int) -> dict[Check, Row]:
    rows = sender_check.check(owner, by=BY, at=AT() + timedelta(**later))
    assert rows is not None
    kept = senders.of(owner)
    assert kept is not None
    assert sender_check.rows_of(kept) == rows
    return {row.check: row for row in rows}


def told(company: Company) -> list[EventKind]:
    kinds = [event.kind for event in activity.company_timeline(company.id, 20)]
    return [kind for kind in kinds if kind.value.startswith("sender.")][::-1]


def test_a_domain_is_proved_once_the_dns_shows_its_key(company: Company, dns: DnsServer) -> None:
    assert looked(company.id)[Check.DKIM].state is State.MISSING
    key = sender_keys.make(company.id, by=BY, at=AT())
    assert looked(company.id)[Check.DKIM].state is State.MISSING
    published(dns, key)
    found = looked(company.id)
    assert {row.state for row in found.values()} == {State.RIGHT}
    assert told(company) == [EventKind.SENDER_KEY_MADE, EventKind.SENDER_PROVED]


def test_a_domain_whose_key_vanished_is_told_and_no_longer_proved(
    company: Company, dns: DnsServer
) -> None:
    published(dns, sender_keys.make(company.id, by=BY, at=AT()))
    looked(company.id)
    dns.zone = {name: told for name, told in dns.zone.items() if "_domainkey" not in name[0]}
    looked(company.id)
    kept = senders.of(company.id)
    assert kept is not None
    assert not kept.proved
    assert kept.checked["dkim"]["state"] == "MISSING"
    assert told(company)[-1] is EventKind.SENDER_LOST


def test_who_cannot_be_asked_changes_nothing(
    company: Company, dns: DnsServer, settings: Any
) -> None:
    published(dns, sender_keys.make(company.id, by=BY, at=AT()))
    looked(company.id)
    offline(settings)
    found = looked(company.id)
    assert {row.advice for row in found.values()} == {OFFLINE}
    kept = senders.of(company.id)
    assert kept is not None
    assert kept.proved
    assert (kept.checked["spf"]["state"], kept.checked["dkim"]["state"]) == ("RIGHT", "RIGHT")
    assert told(company)[-1] is EventKind.SENDER_PROVED


def test_a_wide_spf_is_read_to_its_end(company: Company, dns: DnsServer) -> None:
    published(dns, sender_keys.make(company.id, by=BY, at=AT()))
    hosts = [f"mx{n}.tejidos.example" for n in range(5)]
    wide = "v=spf1 a mx include:g.example include:_spf.acuse.example ~all"
    includes = "v=spf1 include:g1.example include:g2.example include:g3.example ~all"
    dns.tell(
        {
            ("tejidos.example", "TXT"): (text(wide),),
            ("tejidos.example", "A"): ("192.0.2.200",),
            ("tejidos.example", "MX"): tuple(f"10 {host}." for host in hosts),
            **{(host, "A"): ("192.0.2.201",) for host in hosts},
            ("g.example", "TXT"): (text(includes),),
            **{(f"g{n}.example", "TXT"): (text("v=spf1 ~all"),) for n in (1, 2, 3)},
        }
    )
    assert looked(company.id)[Check.SPF].state is State.RIGHT
    kept = senders.of(company.id)
    assert kept is not None
    assert kept.proved


def test_where_we_stop_asking_the_dns_is_not_blamed(
    company: Company, dns: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_check, "ROUNDS", 1)
    found = looked(company.id)
    assert found[Check.SPF].advice == UNFINISHED
    assert OFFLINE not in {row.advice for row in found.values()}


def test_a_following_key_waits_for_the_dns(company: Company, dns: DnsServer) -> None:
    first = sender_keys.make(company.id, by=BY, at=AT())
    published(dns, first)
    looked(company.id)
    second = sender_keys.make(company.id, by=BY, at=AT())
    assert second.selector != first.selector
    found = looked(company.id)
    assert (found[Check.DKIM].state, found[Check.NEXT_DKIM].state) == (State.RIGHT, State.MISSING)
    assert signs(company) == first.selector
    published(dns, second)
    looked(company.id)
    assert signs(company) == second.selector
    assert Check.NEXT_DKIM not in looked(company.id)
    kept = senders.of(company.id)
    assert kept is not None
    assert kept.proved


def test_a_key_may_follow_at_once_and_has_to_be_seen_anew(company: Company, dns: DnsServer) -> None:
    published(dns, sender_keys.make(company.id, by=BY, at=AT()))
    looked(company.id)
    second = sender_keys.make(company.id, by=BY, at=AT(), at_once=True)
    assert signs(company) == second.selector
    kept = senders.of(company.id)
    assert kept is not None
    assert not kept.proved
    assert "dkim" not in kept.checked


def test_the_look_is_lost_where_the_sender_changed_meanwhile(
    company: Company, dns: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = sender_keys.make(company.id, by=BY, at=AT())
    published(dns, key)
    ask = sender_check.dns.ask

    def slow(*told: Any, **more: Any) -> Any:
        rows = models.MailRoute.objects.filter(company_id=company.id)
        rows.update(sender="ventas@otra.example")
        return ask(*told, **more)

    monkeypatch.setattr(sender_check.dns, "ask", slow)
    sender_check.check(company.id, by=BY, at=AT())
    assert models.MailRoute.objects.get(company_id=company.id).checked_at is None


def test_each_sender_is_looked_at_once_a_day(company: Company, dns: DnsServer) -> None:
    sender_keys.make(0, by=BY, at=AT())
    now = AT()
    assert sender_check.check_due(at=now) == 2
    assert sender_check.check_due(at=now + timedelta(hours=23)) == 0
    assert sender_check.check_due(at=now + timedelta(hours=25)) == 2


def test_offline_the_sweep_asks_for_one_only(company: Company, dns: DnsServer) -> None:
    sender_keys.make(0, by=BY, at=AT())
    dns.faults = dict.fromkeys(
        ("tejidos.example", "acuse.example", "_dmarc.acuse.example"), "SERVFAIL"
    )
    assert sender_check.check_due(at=AT()) == 1


def test_only_who_is_signed_here_gets_a_key(house: House, company: Company) -> None:
    rehearsing = house.costa_rica()
    with pytest.raises(Blocked) as blocked:
        sender_keys.make(rehearsing.id, by=BY, at=AT())
    assert blocked.value.problems[0].code == "XX-DKM-1"
    rows = models.MailRoute.objects.filter(company_id=company.id)
    rows.update(kind=RouteKind.PROVIDER.value, provider="BREVO")
    with pytest.raises(Blocked) as blocked:
        sender_keys.make(company.id, by=BY, at=AT())
    assert blocked.value.problems[0].code == "XX-DKM-2"


def signs(company: Company, sender: str = OWN) -> str:
    """The selector that signs under that address."""
    key = signing.key(company, sender)
    return key.selector if key else ""


def test_who_signs_under_which_address(company: Company) -> None:
    shared, own = SHARED, OWN
    assert (signs(company, own), signs(company, shared)) == ("", "")
    installation = sender_keys.make(0, by=BY, at=AT()).selector
    assert (signs(company, own), signs(company, shared)) == ("", installation)
    ours = sender_keys.make(company.id, by=BY, at=AT()).selector
    assert (signs(company, own), signs(company, shared)) == (ours, installation)
    rehearsal = replace(company, environment=Environment.SANDBOX)
    assert (signs(rehearsal, own), signs(rehearsal, shared)) == ("", "")
    rows = models.MailRoute.objects.filter(company_id=company.id)
    rows.update(kind="SMTP", host="mail.tejidos.example", sender=shared, dkim_selector="")
    assert signs(company, shared) == ""  # its own server signs, if anybody


@pytest.fixture
def installation(house: House) -> Company:
    """A company whose mail leaves by the installation's road; still a rehearsal."""
    shared_road(house.sandbox.smtp_port)
    return house.peru()


def test_mail_is_signed_when_frozen_and_a_retry_is_the_same(
    house: House, installation: Company
) -> None:
    key = sender_keys.make(0, by=BY, at=AT())
    script(house.sandbox, stage="dot", code=451, text="4.3.0 later", kept=True)
    issued = house.issue(installation)
    house.submit(installation)
    really(installation)
    house.deliver()
    sender_keys.make(0, by=BY, at=AT(), at_once=True)  # what is frozen keeps the key it has
    house.an_hour_passes()
    house.deliver()
    first, second = house.mail()
    assert first.raw == second.raw
    verify_message(first.raw)
    name, record = dkim_host(key.selector, "acuse.example"), dkim_text(key.public)
    assert dkim_check.holds(first.raw, {name: record})
    assert reader.verify(first.raw, dnsfunc=lambda asked, timeout=0: record.encode())
    assert house.recipients(issued.id)[0][1] == "SENT"


def test_without_a_key_nothing_is_signed(house: House, installation: Company) -> None:
    house.issue(installation)
    house.submit(installation)
    really(installation)
    house.deliver()
    (sent,) = house.mail()
    assert b"DKIM-Signature" not in sent.raw
