"""10,000 mails through one worker into a sink: its memory, and its pace against the wire's.

The worker has its usual threads, and all are automatic mails of accepted documents. The sink is
Postfix's smtp-sink, the wire's own pace is smtp-source's over one kept session with mails of the
same size: what lies between is claims, commits and the record of each try.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from tests.support import makers

from acuse.cli import rehearsal, rehearsal_peru
from acuse.flow import outside
from acuse.flow.draft import draft
from acuse.flow.issue import issue
from acuse.store import artifacts, models
from benchmarks import smtp
from benchmarks.goals import Goal
from benchmarks.journey import BY, WORKING, running

MAILS = 10_000
DOCUMENTS = 100
WARM = 1_000  # mails until the worker holds all that it ever keeps
PATIENCE = 120.0  # seconds

RECIPIENTS = """
INSERT INTO store_recipient (company_id, delivery_id, address, normalised, state, token,
    message_name, return_path, message_id, tries, uncertain, wake_at, epoch, stage, answer, cause)
SELECT d.company_id, d.id, 'c' || n || '@cliente.example', 'c' || n || '@cliente.example',
    'QUEUED', 'bench' || d.id || 'x' || n, '<bench' || d.id || 'x' || n || '@acuse.example>',
    r.return_path, r.message_id, 0, 0, %(at)s, 0, '', '', ''
FROM store_delivery d JOIN store_recipient r ON r.delivery_id = d.id
CROSS JOIN generate_series(1, %(each)s) n
WHERE d.trigger = 'AUTOMATIC' AND d.document_id = ANY(%(documents)s)
"""


def goals() -> Iterator[Goal]:
    """The goals of this module; nothing, and a word why, without Postfix's tools."""
    try:
        smtp.tool("smtp-source"), smtp.tool("smtp-sink")
    except smtp.Missing as missing:
        print(f"10,000 mails not measured: {missing}")
        return
    with TemporaryDirectory() as folder, running(Path(folder), "signer", *WORKING):
        documents, size = _accepted()
    _queue(documents)
    with smtp.sink() as port:
        raw = smtp.pace(port, size)
        told = _work(port)
    rate = told[-1][0] / told[-1][2]
    note = (
        f"{rate:.0f} mails/s of {size // 1024} KB by one worker ({settings.WORKER_THREADS} threads)"
        f", {raw:.0f}/s by smtp-source"
    )
    yield Goal("mails", rate / raw, 0.10, note=note)
    warm = next(memory for sent, memory, _ in told if sent >= WARM)
    most = max(memory for sent, memory, _ in told if sent >= WARM)
    note = f"{most / 1024:.0f} MB at most in {told[-1][0]} mails, {warm / 1024:.0f} MB warm"
    yield Goal("mails memory", most / warm, 1.10, most=True, note=note)


def _accepted() -> tuple[list[int], int]:
    """Accepted documents whose mails are done, and the bytes of one of these."""
    company = rehearsal.company_for(rehearsal_peru.ACT.role)
    document = makers.document(number=None, date=None)
    found = [
        issue(draft(company.id, document, by=BY, at=outside.now()), by=BY, at=outside.now()).id
        for _ in range(DOCUMENTS)
    ]
    sent = models.Recipient.objects.filter(delivery__document_id__in=found, state="SENT")
    until = time.monotonic() + PATIENCE
    while sent.count() < DOCUMENTS:
        time.sleep(0.1)
        if time.monotonic() > until:
            raise TimeoutError(f"{sent.count()} of {DOCUMENTS} documents were mailed")
    kept = sent.latest("id").message
    return found, len(artifacts.unpack(kept.sha256, kept.packing, bytes(kept.content)))


def _queue(documents: list[int]) -> None:
    with connection.cursor() as cursor:
        told: dict[str, datetime | int | list[int]] = {
            "at": outside.now(),
            "each": MAILS // DOCUMENTS,
            "documents": documents,
        }
        cursor.execute(RECIPIENTS, told)
        if cursor.rowcount != MAILS:
            raise RuntimeError(f"{cursor.rowcount} mails queued instead of {MAILS}")
        cursor.execute("ANALYZE")


def _work(port: int) -> list[tuple[int, int, float]]:
    """Mails sent, resident KB and seconds since the first, as the worker tells them."""
    told = connection.settings_dict
    url = f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'])}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "ACUSE_SANDBOX_SMTP": f"127.0.0.1:{port}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.mails_worker"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    left = models.Recipient.objects.exclude(state="SENT").count()
    if left or steps[-1][0] != MAILS:
        raise RuntimeError(f"{left} mails were not sent; the worker told {steps[-1]}")
    return [(sent, memory, seconds) for sent, memory, seconds in steps]
