"""The versions of a company's own words for its mail: added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from acuse.domain.kinds import DocumentKind
from acuse.domain.lifecycle import DocumentState
from acuse.store import models

LOOKED_THROUGH = 500  # documents: a rare kind among a million is not searched for
MAILED = (DocumentState.ACCEPTED.value, DocumentState.ACCEPTED_WITH_OBSERVATIONS.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it was saved; "" of subject and body is the house's own text."""

    id: int
    kind: DocumentKind
    version: int
    subject: str
    body: str
    by: str
    at: datetime

    @property
    def own(self) -> bool:
        """Whether anything of it is the company's own."""
        return bool(self.subject or self.body)


def latest(company_id: int, kind: DocumentKind) -> Kept | None:
    """The version in force; None where nobody ever wrote one."""
    rows = models.MailTemplate.objects.filter(company_id=company_id, kind=kind.value)
    row = rows.order_by("-version").first()
    return _kept(row) if row else None


def of_company(company_id: int) -> dict[DocumentKind, Kept]:
    """The version in force of each kind that somebody wrote one for."""
    rows = models.MailTemplate.objects.filter(company_id=company_id).order_by("version")
    return {kept.kind: kept for kept in map(_kept, rows)}


def add(
    company_id: int,
    kind: DocumentKind,
    *,
    version: int,
    subject: str,
    body: str,
    by: str,
    at: datetime,
) -> int:
    """The id of the new version; raises IntegrityError where that number is taken."""
    row = models.MailTemplate(
        company_id=company_id,
        kind=kind.value,
        version=version,
        subject=subject,
        body=body,
        by=by,
        at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def example(company_id: int, kind: DocumentKind) -> int | None:
    """The id of the newest accepted document of that kind among the company's last ones."""
    newest = models.Document.objects.filter(company_id=company_id).order_by("-id")
    rows = newest.values_list("id", "kind", "state")[:LOOKED_THROUGH]
    return next((one for one, of, state in rows if of == kind.value and state in MAILED), None)


def _kept(row: models.MailTemplate) -> Kept:
    return Kept(
        id=row.pk,
        kind=DocumentKind(row.kind),
        version=row.version,
        subject=row.subject,
        body=row.body,
        by=row.by,
        at=row.at,
    )
