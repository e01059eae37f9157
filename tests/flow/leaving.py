"""Companies whose mail really leaves: by scripted servers on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from acuse.domain.mailbox import Security
from acuse.domain.party import Company
from acuse.domain.route import RouteKind, Wanted
from acuse.flow import outside, sender
from acuse.gateways import smtp
from acuse.store import models
from tests.flow.house import BY, House
from tests.gateways.smtp_server import ScriptedSmtp

PASSWORD = "clave-de-salida"  # noqa: S105
REFUSED = b"535 5.7.8 authentication failed\r\n"
LOG_IN = ("AUTH PLAIN", "SIZE 1000000")


@pytest.fixture(autouse=True)
def allowed(settings: Any) -> Iterator[None]:
    """For the tests of who imports it: a server of this machine may be used, and is left after."""
    settings.PRIVATE_MAILBOXES = True
    yield
    smtp.close_all()


def road(server: ScriptedSmtp, **changes: Any) -> Wanted:
    """The way to that server."""
    told: dict[str, Any] = {
        "kind": RouteKind.SMTP,
        "sender": "ventas@salida.example",
        "host": "127.0.0.1",
        "port": server.server.port,
        "security": Security.NONE,
        "username": "ventas",
    }
    return Wanted(**(told | changes))


def set_road(company: Company | None, server: ScriptedSmtp, **changes: Any) -> None:
    sender.save(
        company.id if company else None,
        road(server, **changes),
        PASSWORD,
        by=BY,
        at=outside.now(),
    )


def accepted(house: House, company: Company, many: int = 1) -> list[int]:
    """So many documents that were accepted; their mail, and all mail from then on, really goes."""
    models.Company.objects.filter(pk=company.id).update(environment="SANDBOX")
    ids = [house.issue(company).id for _ in range(many)]
    for _ in range(9):
        house.an_hour_passes()
        if not house.submit(company):
            break
    models.Company.objects.filter(pk=company.id).update(environment="TEST")
    return ids


def states(*document_ids: int) -> list[str]:
    rows = models.Recipient.objects.filter(delivery__document_id__in=document_ids)
    return list(rows.order_by("id").values_list("state", flat=True))


def time_passes(by: timedelta) -> None:
    """For the mails and their roads."""
    rows = models.Recipient.objects.filter(wake_at__isnull=False)
    rows.update(wake_at=F("wake_at") - by)
    for name in ("paused_until", "paused_since", "refilled_at"):
        roads = models.MailRoute.objects.filter(**{f"{name}__isnull": False})
        roads.update(**{name: F(name) - by})
