"""Companies outside rehearsal, with senders and a DNS that tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from acuse.domain.party import Company, Environment
from acuse.domain.route import RouteKind
from acuse.domain.sender import dkim_host, dkim_text
from acuse.store import models, senders
from tests.support.dns_server import DnsServer, text

OWN = "ventas@tejidos.example"
SHARED = "avisos@acuse.example"
GOOD = {
    ("tejidos.example", "TXT"): (text("v=spf1 include:_spf.acuse.example -all"),),
    ("_spf.acuse.example", "TXT"): (text("v=spf1 ip4:192.0.2.1 -all"),),
    ("_dmarc.tejidos.example", "TXT"): (text("v=DMARC1; p=reject"),),
    ("b.acuse.example", "MX"): ("10 mx.acuse.example.",),
    ("b.acuse.example", "TXT"): (text("v=spf1 include:_spf.acuse.example -all"),),
    ("1.2.0.192.in-addr.arpa", "PTR"): ("mx.acuse.example.",),
    ("mx.acuse.example", "A"): ("192.0.2.1",),
}


@contextmanager
def told_by_dns(settings: Any) -> Iterator[DnsServer]:
    """A name server that says all that is wanted, but the key, of a sender at tejidos.example."""
    with DnsServer(GOOD) as server:
        settings.RESOLVERS, settings.DNS_SECONDS = (server.address,), 10.0
        settings.SPF, settings.SENDING_IPS = ("include:_spf.acuse.example",), ("192.0.2.1",)
        settings.RETURN_PATH = "b.acuse.example"
        yield server


@pytest.fixture
def dns(settings: Any) -> Iterator[DnsServer]:
    """That server, asked in the test."""
    with told_by_dns(settings) as server:
        yield server


def offline(settings: Any) -> None:
    """Nobody answers."""
    settings.RESOLVERS, settings.DNS_SECONDS = ("127.0.0.1:9",), 0.2


def really(company: Company) -> Company:
    """The company, no longer a rehearsal."""
    rows = models.Company.objects.filter(pk=company.id)
    rows.update(environment=Environment.PRODUCTION.value)
    return replace(company, environment=Environment.PRODUCTION)


def own_domain(company: Company) -> None:
    """The company wants to mail under its own domain, by the installation's road."""
    models.MailRoute.objects.create(company_id=company.id, kind=RouteKind.DOMAIN.value, sender=OWN)


def shared_road(port: int = 25) -> None:
    """The installation's road."""
    models.MailRoute.objects.create(host="127.0.0.1", port=port, security="NONE", sender=SHARED)


def published(server: DnsServer, key: senders.Key, domain: str = "tejidos.example") -> None:
    """The key's record stands in the DNS."""
    server.tell({(dkim_host(key.selector, domain), "TXT"): (text(dkim_text(key.public)),)})
