"""Killing any process at any moment loses nothing, doubles nothing (done-when 3 of the issue)."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from acuse.cli import world
from acuse.cli.supervisor import Supervisor
from acuse.domain.kinds import DocumentKind
from acuse.domain.numbering import NumberingRange
from acuse.domain.party import Company, TaxId
from acuse.flow import company as company_flow
from acuse.store import activity, models
from tests.flow.house import House
from tests.support import makers

pytestmark = pytest.mark.slow

DOCUMENTS = 51
PATIENCE = 240.0
BOLETA = {
    "kind": DocumentKind.RECEIPT,
    "counterparty": makers.customer(tax_id=TaxId("DNI", "40112233"), name="Rosa Inventada"),
}
HURRY = "0.005"  # lease 1.5 s, three seconds between two "not known"


@pytest.fixture
def processes(
    transactional_db: None, signer_socket: Path, settings: Any, tmp_path: Path
) -> Iterator[tuple[House, world.Sandbox, Supervisor]]:
    """Two workers, two sweepers and the web on the test's database; a sandbox beside them."""
    sandbox = world.start(tmp_path)
    told = connection.settings_dict
    environment = {
        **os.environ,
        **sandbox.environment(),
        "ACUSE_SANDBOX_HURRY": HURRY,
        "ACUSE_SWEEP_SECONDS": "0.3",
        "DATABASE_URL": f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'])}",
    }
    running = Supervisor(environment, logs=tmp_path / "logs")
    house = House.over(sandbox, settings)
    for name, *arguments in (
        ("worker-1", "worker"),
        ("worker-2", "worker"),
        ("sweeper-1", "sweeper"),
        ("sweeper-2", "sweeper"),
        ("web", "serve", "--bind", "127.0.0.1:0", "--processes", "1"),
    ):
        running.add(name, *arguments)
    running.watch_in_background()
    try:
        yield house, sandbox, running
    finally:
        running.stop()
        sandbox.stop()


def unsettled() -> int:
    open_ones = ("QUEUED", "IN_FLIGHT", "WAITING", "UNCERTAIN")
    talking = models.Submission.objects.filter(state__in=open_ones).count()
    unprepared = models.Delivery.objects.filter(state="OPEN", prepared_at=None).count()
    moving = ("QUEUED", "SENDING", "DEFERRED", "UNCERTAIN")
    mailing = models.Recipient.objects.filter(state__in=moving).count()
    return talking + unprepared + mailing


def test_every_document_is_judged_once_and_mailed_once(
    processes: tuple[House, world.Sandbox, Supervisor],
) -> None:
    house, sandbox, running = processes
    companies = (_retailer(house), house.costa_rica(), house.colombia())
    chance = random.Random(727)
    kills: Counter[str] = Counter()
    for ordinal in range(DOCUMENTS):
        boleta = ordinal % 6 == 3  # every other Peruvian document
        house.issue(companies[ordinal % 3], **(BOLETA if boleta else {}))
        if ordinal % 2:
            kill_one(running, chance, kills)
    for _ in range(30):
        time.sleep(chance.uniform(0.1, 0.5))
        kill_one(running, chance, kills)
    deadline = time.monotonic() + PATIENCE
    while unsettled() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert unsettled() == 0, dict(
        Counter(models.Submission.objects.values_list("state", flat=True))
        + Counter(models.Recipient.objects.values_list("state", flat=True))
    )
    assert sum(kills.values()) >= 50
    assert judged_once(sandbox)
    mailed_once(sandbox)
    assert activity.broken_chains() == ()


def _retailer(house: House) -> Company:
    """A Peruvian company whose boletas, where their CDR is lost, the register may settle."""
    company = house.peru(extra={"annex": "0000", "register_settles": True})
    for name in ("register_client_id", "register_client_secret"):
        house.set_secret(company, name, "invento-de-prueba")
    boletas = NumberingRange(0, DocumentKind.RECEIPT, "B001", 1, 99_999_999, 1)
    company_flow.add_range(company.id, boletas)
    return company


def kill_one(running: Supervisor, chance: random.Random, kills: Counter[str]) -> None:
    name = chance.choice(sorted(running.children))
    running.kill(name)
    kills[name] += 1


def judged_once(sandbox: world.Sandbox) -> bool:
    """Each document has one verdict; the authority never saw two contents of one."""
    assert models.Document.objects.count() == DOCUMENTS
    states = Counter(models.Document.objects.values_list("state", flat=True))
    stuck = Counter(models.Submission.objects.values_list("state", "reason"))
    assert states == {"ACCEPTED": DOCUMENTS}, stuck
    assert models.Verdict.objects.count() == DOCUMENTS
    assert models.Acceptance.objects.count() == DOCUMENTS
    counts = sandbox.ask("/counts")
    assert all(of["distinct_sha256"] <= 1 for of in counts.values())
    for company_id in set(models.Document.objects.values_list("company_id", flat=True)):
        rows = models.Document.objects.filter(company_id=company_id)
        for series in set(rows.values_list("series", flat=True)):
            mine = rows.filter(series=series).order_by("value")
            values = list(mine.values_list("value", flat=True))
            assert values == list(range(values[0], values[0] + len(values)))
    files = models.Sealing.objects.filter(file_name__startswith="fv").order_by("id")
    assert [int(one.file_name[-12:-4], 16) for one in files] == list(range(1, files.count() + 1))
    return True


def mailed_once(sandbox: world.Sandbox) -> None:
    """One mail for each document; a second copy only after an attempt known to be uncertain."""
    copies: Counter[str] = Counter()
    hashes: dict[str, set[str]] = {}
    for address in sandbox.ask("/mailbox"):
        for message in sandbox.ask(f"/mailbox/{address}"):
            copies[message["message_id"]] += 1
            hashes.setdefault(message["message_id"], set()).add(message["raw_sha256"])
    rows = list(models.Recipient.objects.all())
    assert len(rows) == DOCUMENTS
    for row in rows:
        assert row.state in ("SENT", "STUCK"), (row.message_name, row.state)
        assert 1 <= copies[row.message_name] <= 1 + row.uncertain, row.message_name
    assert set(copies) == {row.message_name for row in rows}
    assert all(len(of) == 1 for of in hashes.values())
