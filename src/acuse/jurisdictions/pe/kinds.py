"""Who answers for each kind of Peruvian document: its sums, its checks, its XML, its face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from acuse.domain.document import Document
from acuse.domain.face import Face
from acuse.domain.jurisdiction import Credential, Sealed
from acuse.domain.kinds import DocumentKind
from acuse.domain.party import Company
from acuse.domain.problem import Problem
from acuse.domain.totals import Totals
from acuse.domain.verdict import Verdict
from acuse.jurisdictions.pe import (
    checks,
    checks_despatch,
    checks_purchase,
    checks_withholding,
    compose_despatch,
    compose_purchase,
    compose_withholding,
    face,
    face_despatch,
    face_purchase,
    face_withholding,
    seal,
    totals,
    totals_despatch,
    totals_purchase,
    totals_withholding,
)
from acuse.jurisdictions.pe.severity import judged


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked about a document of one kind; see acuse.domain.jurisdiction for each."""

    totals: Callable[[Document], Totals]
    found: Callable[[Document, Company, datetime], Iterable[Problem]]  # wrong, or only remarked
    seal: Callable[[Document, Company, Credential, datetime], Sealed]
    face: Callable[[Document, Company, Sealed, Verdict | None], Face]


Printed = Callable[[Document, Company, Sealed], Face]


def _whatever_the_verdict(made: Printed) -> Callable[..., Face]:
    """The face of a kind on whose paper nothing stands of what SUNAT answered."""
    return lambda document, company, sealed, verdict: made(document, company, sealed)


SALES = Answers(
    totals.totals,
    checks.findings,
    seal.seal,
    _whatever_the_verdict(face.face),
)
WITHHOLDING = Answers(
    totals_withholding.totals,
    checks_withholding.findings,
    compose_withholding.seal,
    _whatever_the_verdict(face_withholding.face),
)
PURCHASE = Answers(
    totals_purchase.totals,
    checks_purchase.findings,
    compose_purchase.seal,
    _whatever_the_verdict(face_purchase.face),
)
DESPATCH = Answers(
    totals_despatch.totals,
    checks_despatch.findings,
    compose_despatch.seal,
    face_despatch.face,
)
OTHERS: Mapping[DocumentKind, Answers] = {
    DocumentKind.DESPATCH: DESPATCH,
    DocumentKind.CARRIER_DESPATCH: DESPATCH,
    DocumentKind.PURCHASE: PURCHASE,
    DocumentKind.RETENTION: WITHHOLDING,
    DocumentKind.PERCEPTION: WITHHOLDING,
}


def answers(document: Document) -> Answers:
    """Who answers for that document; the sales answer for what is not served, too."""
    return OTHERS.get(document.kind, SALES)


def problems(document: Document, company: Company, at: datetime) -> list[Problem]:
    """What blocks the document; one without a date is of today."""
    return judged(document, answers(document).found(document, company, at))[0]


def warnings(document: Document, company: Company, at: datetime) -> list[Problem]:
    """What SUNAT would remark and accept all the same, and what we advise."""
    return judged(document, answers(document).found(document, company, at))[1]
