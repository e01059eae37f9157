"""A clerk of the test's own, and an authority's answer to what it makes.

What a batch looks like on the wire is each country's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import pytest

from acuse import jurisdictions
from acuse.domain.batch import Batch, BatchKind
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.party import Company
from acuse.domain.problem import Blocked, Problem
from acuse.domain.submission import Call, CallPurpose, Finding, Judged, Reply
from acuse.domain.verdict import Outcome, Verdict
from acuse.flow import outside, settle
from acuse.store import companies, models, submissions

ACCEPTED = Judged(Verdict(Outcome.ACCEPTED, receipt=b"constancia"))


@dataclass
class TestClerk:
    """Gathers every document until told otherwise; its day closes when told."""

    __test__ = False
    gathering: bool = True
    closed: bool = True
    most: int = 3
    late: Problem | None = None
    voids_by: BatchKind = BatchKind.SUMMARY
    wrong: str = ""  # the number of a document that would have the file rejected
    made: tuple[Batch, ...] = ()

    def gathers(self, document: Document, company: Company) -> bool:
        return self.gathering

    def closes(self, reference_date: date, company: Company, at: datetime) -> bool:
        return self.closed

    def voiding(self, document: Document, company: Company, at: datetime) -> BatchKind | Problem:
        return self.late or self.voids_by

    def void_advice(self, document: Document, *, mailed: bool) -> str:
        return "Emite una nota crédito." if mailed else ""

    def seal_batch(
        self, batch: Batch, company: Company, credential: Credential, at: datetime
    ) -> Sealed:
        for place, member in enumerate(batch.members):
            if member.number == self.wrong:
                raise Blocked([Problem(f"members.{place}.total", "XX-1", "No cuadra.")])
        self.made = (*self.made, batch)
        number = f"{batch.kind.value[:2]}-{batch.made_on:%Y%m%d}-{batch.ordinal}"
        content = f"<lote>{number}</lote>".encode()
        return Sealed(content, sha256(content).hexdigest(), number, f"{number}.xml", at)


@pytest.fixture
def clerk(monkeypatch: pytest.MonkeyPatch) -> TestClerk:
    made = TestClerk()
    monkeypatch.setattr(type(jurisdictions.find("PE")), "clerk", made)
    return made


def answer(batch_id: int, finding: Finding, *, purpose: CallPurpose = CallPurpose.SEND) -> None:
    """What the authority says of the batch, through the verbs that a worker would call."""
    at = outside.now()
    talk = models.Submission.objects.get(batch_id=batch_id)
    models.Submission.objects.filter(pk=talk.pk).update(wake_at=at)
    (claim,) = submissions.claim("PE", at=at, lease=outside.claim_lease(), limit=20)
    held = submissions.hold(claim, until=at + outside.claim_lease())
    assert held is not None
    assert held.batch_id == batch_id
    call = Call(purpose, "POST", "https://autoridad.example/", {})
    exchange = submissions.note_intent(held, call, b"", at=at)
    value = companies.load(held.company_id)
    country = jurisdictions.find("PE")
    settle.record(held, value, country, call, exchange, Reply(200, {}, b"r"), finding, at=at)
