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
from acuse.jurisdictions.pe.traits import TRAITS


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked about a document of one kind; see acuse.domain.jurisdiction for each."""

    totals: Callable[[Document], Totals]
    problems: Callable[[Document, Company, datetime], Iterable[Problem]]
    seal: Callable[[Document, Company, Credential, datetime], Sealed]
    face: Callable[[Document, Company, Sealed, Verdict | None], Face]
    warnings: Callable[[Document, Company, datetime], Iterable[Problem]] = lambda *_: ()


Printed = Callable[[Document, Company, Sealed], Face]


def _whatever_the_verdict(made: Printed) -> Callable[..., Face]:
    """The face of a kind on whose paper nothing stands of what SUNAT answered."""
    return lambda document, company, sealed, verdict: made(document, company, sealed)


SALES = Answers(
    totals.totals,
    checks.document_problems,
    seal.seal,
    _whatever_the_verdict(face.face),
    checks.warnings,
)
WITHHOLDING = Answers(
    totals_withholding.totals,
    checks_withholding.document_problems,
    compose_withholding.seal,
    _whatever_the_verdict(face_withholding.face),
)
PURCHASE = Answers(
    totals_purchase.totals,
    checks_purchase.document_problems,
    compose_purchase.seal,
    _whatever_the_verdict(face_purchase.face),
)
DESPATCH = Answers(
    totals_despatch.totals,
    checks_despatch.document_problems,
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


def subject(document: Document, company: Company, sealed: Sealed) -> str:
    """The subject of the mail: what it is, its number, who issued it; one line."""
    kind = TRAITS.kind(document.kind)
    assert kind is not None
    return f"{kind.name} {sealed.number} - {' '.join(company.shown_name.split())}"
