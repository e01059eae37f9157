"""P6, P7, P7b: the issue transaction, and whole documents through all processes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction
from tests.support import makers

from acuse import jurisdictions
from acuse.cli import rehearsal, rehearsal_peru, world
from acuse.cli.supervisor import Supervisor
from acuse.domain.numbering import Number
from acuse.domain.party import Company
from acuse.domain.submission import Case, SubmissionState
from acuse.flow import outside
from acuse.flow.draft import draft
from acuse.flow.issue import issue
from acuse.gateways import smtp
from acuse.jurisdictions.pe import ids
from acuse.pdf.render import render
from acuse.store import models
from benchmarks.goals import Goal
from benchmarks.paper import face
from benchmarks.signing import COUNTRIES
from benchmarks.slices import per_second

DOCUMENTS, COMPANIES = 300, 30
WORKING = ("worker", "sweeper", "worker")
BY = "benchmark"
STARTING = 30.0  # seconds
NAIVE = 3.2  # documents a second of the naive chain, performance.md 2: measured there, not here


def goals() -> Iterator[Goal]:
    """The goals of this module."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_series (next bigint)")
        cursor.execute("INSERT INTO benchmark_series VALUES (0)")
        cursor.execute("CREATE TABLE benchmark_document (id bigint, hash text, content bytea)")
    with TemporaryDirectory() as folder, running(Path(folder), "signer", *WORKING) as sandbox:
        company = rehearsal.company_for(rehearsal_peru.ACT.role)
        rate = _through([company, *_others()])
        unavoidable = _unavoidable(sandbox)
    # Last and without workers: what it issues would keep them from the documents measured above.
    with TemporaryDirectory() as folder, running(Path(folder), "signer"):
        yield _issue(company)
    yield Goal("P7", rate * unavoidable, 0.50, note=f"{rate:.1f} documents/s, all processes")
    yield Goal("P7b", rate / NAIVE, 8.0, note="to 3.2/s, the naive chain's figure on paper")


def _issue(company: Company) -> Goal:
    """P6: the issue transaction against its two unavoidable parts."""
    document = makers.document(number=None, date=None)

    def issued() -> None:
        issue(draft(company.id, document, by=BY, at=outside.now()), by=BY, at=outside.now())

    _, holder, _, _ = COUNTRIES["PE"]
    content = os.urandom(9000) + b"x" * 9000

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE benchmark_series SET next = next + 1 RETURNING next", [])
            number = cursor.fetchone()[0]
            digest = sha256(content + str(number).encode()).hexdigest()
            cursor.execute(
                "INSERT INTO benchmark_document VALUES (%s, %s, %s)", [number, digest, content]
            )

    def drafted() -> None:
        draft(company.id, document, by=BY, at=outside.now())

    rates = per_second(
        {
            "issue": issued,
            "draft": drafted,
            "bare": bare,
            "raw": lambda: holder.sign(b"x" * 500),
        }
    )
    ours = 1 / rates["issue"] - 1 / rates["draft"]
    least = 1 / rates["raw"] + 1 / rates["bare"]
    return Goal("P6", ours / least, 2.0, most=True, note="to RSA sign + number and row")


def _others() -> Iterator[Company]:
    """As many that no courtesy to the authority (calls a second of each) holds the run back."""
    role = rehearsal_peru.ACT.role
    for ordinal in range(1, COMPANIES):
        first = f"20998{ordinal:05d}"
        ruc = first + ids.ruc_check_digit(first)
        told = replace(role.company, tax_id=replace(role.company.tax_id, number=ruc))
        yield rehearsal.company_for(replace(role, company=told, certificate_serial=ruc))


def _through(companies: Sequence[Company]) -> float:
    """Documents a second from issue to the server's 250, through all processes."""
    document = makers.document(number=None, date=None)
    start = time.perf_counter()
    found = [
        issue(draft(company.id, document, by=BY, at=outside.now()), by=BY, at=outside.now()).id
        for company in islice(cycle(companies), DOCUMENTS)
    ]
    sent = models.Recipient.objects.filter(delivery__document_id__in=found, state="SENT")
    while sent.count() < DOCUMENTS:
        time.sleep(0.05)
        if time.perf_counter() - start > 120:
            raise TimeoutError(f"{sent.count()} of {DOCUMENTS} after two minutes")
    return DOCUMENTS / (time.perf_counter() - start)


def _unavoidable(sandbox: world.Sandbox) -> float:
    """Seconds a document cannot do without: sign, ask the sandbox, PDF, 150 KB mail, 6 commits.

    On two cores half of it can run beside the other half: performance.md counts it so.
    """
    _, holder, _, _ = COUNTRIES["PE"]
    ten = face(10)
    prepared = smtp.prepare(
        b"Subject: x\r\n\r\n" + b"a" * 74 + b"\r\n" * 1 + b"b" * 150_000 + b"\r\n"
    )
    host, _, port = settings.SANDBOX_SMTP.rpartition(":")
    route = smtp.Route(host=host, port=int(port))

    def mail() -> None:
        smtp.send(
            prepared,
            sender="a@b.example",
            recipient="c@d.example",
            route=route,
            before_dot=lambda: True,
        )

    def commit() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE benchmark_series SET next = next + 1")

    jurisdiction = jurisdictions.find("PE")
    company, _, document, _ = COUNTRIES["PE"]
    draws = outside.draws()
    numbers = iter(range(10_000_000, 99_000_000))

    def judged() -> None:

        one = makers.replaced(
            document, number=Number("F002", next(numbers)), date=outside.now().date()
        )
        sealed = jurisdiction.seal(one, company, draws, holder, outside.now())
        case = Case(
            SubmissionState.IN_FLIGHT,
            sealed.content,
            sealed.fiscal_id,
            sealed.number,
            sealed.file_name,
            "INVOICE",
            outside.now(),
        )
        call = jurisdiction.next_call(case, company, holder, outside.now())
        assert call is not None
        outside.perform(call)

    rates = per_second(
        {
            "sign": lambda: holder.sign(b"x" * 500),
            "judged": judged,
            "pdf": lambda: render(ten, None),
            "mail": mail,
            "commit": commit,
        },
        rounds=5,
    )
    return sum(1 / rates[name] for name in ("judged", "pdf", "mail")) + 6 / rates["commit"]


@contextmanager
def running(folder: Path, *names: str) -> Iterator[world.Sandbox]:
    """A sandbox, and processes of these names over this process's database."""
    sandbox = world.start(folder)
    told = connection.settings_dict
    environment = {
        **os.environ,
        **sandbox.environment(),
        "DATABASE_URL": f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'])}",
    }
    settings.SANDBOX_URL, settings.SANDBOX_SMTP = sandbox.http_url, sandbox.smtp
    processes = Supervisor(environment, logs=folder / "logs")
    try:
        for ordinal, name in enumerate(names):
            processes.add(f"{name}-{ordinal}", name)
        processes.watch_in_background()
        until = time.monotonic() + STARTING
        while not settings.SIGNER_SOCKET.exists():
            if time.monotonic() > until:
                raise TimeoutError("no signer came up")
            time.sleep(0.05)
        time.sleep(3)
        yield sandbox
    finally:
        processes.stop()
        sandbox.stop()
