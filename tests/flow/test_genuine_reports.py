"""Reports that real mail servers write: each is matched by its name and understood.

Postfix and Exim of Debian's packages take our mail on loopback and hand what comes of it to our
door by LMTP (mail.md 9.1).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import connection

from acuse.cli.management.commands.intake import keep
from acuse.flow import outside, release, track
from acuse.gateways import smtp
from acuse.gateways.intake import Intake
from acuse.store import models
from tests.flow.house import BY, House
from tests.flow.news import DOMAIN
from tests.support import exim, mta, postfix

pytestmark = pytest.mark.slow
Start = Callable[..., mta.Server]
SERVERS = {
    "postfix": (postfix.start, "usr/lib/postfix/sbin/master"),
    "exim": (exim.start, "usr/sbin/exim4"),
}
EXPECTED = {  # state, reason of the failure, how the address stands
    mta.GOOD: ("DELIVERED", "", "VERIFIED"),
    mta.UNKNOWN: ("BOUNCED", "USER_UNKNOWN|HOST_UNKNOWN", "SUPPRESSED"),
    mta.GROUP: ("BOUNCED", "USER_UNKNOWN|HOST_UNKNOWN", "SUPPRESSED"),
    mta.QUOTA: ("BOUNCED", "MAILBOX_FULL", "BOUNCED"),
    mta.SMALL: ("BOUNCED", "TOO_BIG", "BOUNCED"),
    mta.POLICY: ("BOUNCED", "POLICY_VIOLATION", "DELIVERING"),
    mta.RELAY: ("BOUNCED", "NO_RELAYING", "DELIVERING"),
    mta.LATE: ("SENT", "", ""),
}


@contextmanager
def running(name: str) -> Iterator[mta.Server]:
    """That server, its reports coming in by our door."""
    start, program = SERVERS[name]
    root = mta.unpacked(program)
    with (
        TemporaryDirectory(prefix="acuse-mta-", ignore_cleanup_errors=True) as home,
        Intake(("127.0.0.1", 0), domain=DOMAIN, take=keep) as door,
    ):
        thread = threading.Thread(target=door.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        server = start(root, Path(home), intake=door.port)
        try:
            yield server
        finally:
            smtp.close_all()
            server.stop()
            door.shutdown()
            thread.join()


def seen(recipients: dict[str, models.Recipient]) -> dict[str, tuple[str, str, str]]:
    """What is known of each address now."""
    found = {}
    for address, recipient in recipients.items():
        row = models.Recipient.objects.get(pk=recipient.pk)
        failed = models.News.objects.filter(recipient=row, kind="FAILED").first()
        standing = models.AddressState.objects.filter(address=row.normalised).first()
        reason = failed.reason if failed else ""
        found[address] = (row.state, reason, standing.state if standing else "")
    return found


def as_expected(found: dict[str, tuple[str, str, str]]) -> bool:
    return all(
        found[address][0] == state
        and found[address][1] in reasons.split("|")
        and found[address][2] == standing
        for address, (state, reasons, standing) in EXPECTED.items()
    )


def delays(recipient: models.Recipient) -> int:
    return models.Event.objects.filter(
        kind="recipient.delayed", facts__to=recipient.address
    ).count()


@pytest.mark.parametrize("name", SERVERS)
def test_what_a_real_server_reports_is_matched_and_understood(
    house: House, settings: Any, name: str
) -> None:
    company = house.peru(automatic_delivery=False)
    document_id = house.issue(company).id
    house.submit(company)
    settings.RETURN_PATH, settings.ASK_DELIVERED = f"bounce@{DOMAIN}", True
    with running(name) as server:
        settings.SANDBOX_SMTP = f"127.0.0.1:{server.port}"
        at = outside.now()
        release.send_by_hand(company.id, document_id, tuple(EXPECTED), by=BY, at=at)
        house.deliver()
        rows = models.Recipient.objects.filter(delivery__document_id=document_id)
        recipients = {row.address: row for row in rows}
        assert {row.state for row in rows} == {"SENT"}
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            track.track_due(at=outside.now())
            if as_expected(seen(recipients)) and delays(recipients[mta.LATE]):
                break
            time.sleep(0.3)
        log = server.log()
    assert as_expected(seen(recipients)), f"{seen(recipients)}\n{log[-3000:]}"
    assert delays(recipients[mta.LATE]) == 1
    reports = models.Report.objects.exclude(state="RECEIVED")
    assert {one.state for one in reports} == {"COUNTED"}
    assert {one.traced_by for one in reports} == {"RETURN_PATH"}
    connection.close()
