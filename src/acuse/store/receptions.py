"""Declarations of ours about documents of others (by lapse, about our own): signed, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr

from acuse.domain.jurisdiction import Sealed
from acuse.domain.received import DeclarationSeries, PastReception, ReceptionKind, Signatory
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.store import artifacts, codec, companies, models


@dataclass(frozen=True, slots=True)
class Subject:
    """What a declaration is about: exactly one of a received document and one of ours."""

    received_id: int | None = None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration as it is shown; `outcome` is None until the authority answered."""

    id: int
    kind: ReceptionKind
    number: str
    fiscal_id: str
    reason_code: str
    note: str
    person: Signatory | None
    declared_by: str
    declared_at: datetime
    outcome: Outcome | None
    remarks: tuple[Remark, ...]
    answered_at: datetime | None
    submission: str  # state of its conversation
    trouble: str  # why the conversation waits for a person
    extra: Mapping[str, Any] = field(default_factory=dict)  # the country's own fields

    @property
    def counts(self) -> bool:
        """Whether the authority registered it."""
        return self.outcome is not None and self.outcome.accepts


def next_number(company_id: int, series: DeclarationSeries) -> str:
    """The next number of the company's series of declarations, the company held until commit."""
    companies.lock(company_id)
    rows = models.Reception.objects.filter(company_id=company_id, number__startswith=series.prefix)
    value = Cast(Substr("number", len(series.prefix) + 1), BigIntegerField())
    last = rows.annotate(value=value).aggregate(last=Max("value"))["last"]
    return series.number((last or 0) + 1)


def save(
    company_id: int,
    subject: Subject,
    kind: ReceptionKind,
    sealed: Sealed,
    *,
    reason_code: str = "",
    note: str = "",
    person: Signatory | None = None,
    extra: Mapping[str, Any] | None = None,
    by: str,
    at: datetime,
) -> int:
    """The id of the kept declaration; raises IntegrityError where one of its kind stands."""
    facts = {
        "reason_code": reason_code,
        "note": note,
        "person": codec.dump(person),
        "extra": codec.dump(extra or {}),
    }
    row = models.Reception(
        company_id=company_id,
        received_id=subject.received_id,
        document_id=subject.document_id,
        kind=kind.value,
        number=sealed.number,
        fiscal_id=sealed.fiscal_id,
        file_name=sealed.file_name,
        artifact_id=artifacts.save(company_id, sealed.content),
        facts={name: told for name, told in facts.items() if told},
        declared_by=by,
        declared_at=at,
    )
    row.save(force_insert=True)
    return int(row.pk)


def sealed(reception_id: int) -> Sealed:
    """The signed declaration, whose hash was checked."""
    row = models.Reception.objects.select_related("artifact").get(pk=reception_id)
    return Sealed(
        content=artifacts.content(row.artifact),
        fiscal_id=row.fiscal_id,
        number=row.number,
        file_name=row.file_name,
        sealed_at=row.declared_at,
    )


def answered(reception_id: int, verdict: Verdict, *, at: datetime) -> bool:
    """Whether the authority's verdict was written now: it is written once."""
    row = models.Reception.objects.select_for_update().get(pk=reception_id)
    if row.outcome:
        return False
    row.outcome = verdict.outcome.value
    row.remarks = [codec.dump(remark) for remark in verdict.remarks]
    row.receipt_id = artifacts.save(row.company_id, verdict.receipt) if verdict.receipt else None
    row.answered_at = at
    row.save(update_fields=["outcome", "remarks", "receipt", "answered_at"])
    return True


def about(reception_id: int) -> Subject:
    """What the declaration is about."""
    row = models.Reception.objects.only("received", "document").get(pk=reception_id)
    return Subject(row.received_id, row.document_id)


def declared(company_id: int, subject: Subject) -> tuple[Declared, ...]:
    """What was declared about it, oldest first, rejected ones included."""
    rows = list(_about(company_id, subject).order_by("id"))
    talks = models.Submission.objects.filter(reception_id__in=[row.pk for row in rows])
    states = {one.reception_id: (one.state, one.reason) for one in talks.order_by("id")}
    return tuple(_declared(row, *states.get(row.pk, ("", ""))) for row in rows)


def latest(company_id: int, received_ids: tuple[int, ...]) -> dict[int, Declared]:
    """The last declaration about each of the received documents."""
    rows = models.Reception.objects.filter(company_id=company_id, received_id__in=received_ids)
    talks = models.Submission.objects.filter(reception__in=rows).order_by("id")
    states = {one.reception_id: (one.state, one.reason) for one in talks}
    return {
        row.received_id: _declared(row, *states.get(row.pk, ("", "")))
        for row in rows.order_by("id")
        if row.received_id is not None
    }


def before(declared_so_far: tuple[Declared, ...]) -> tuple[PastReception, ...]:
    """Of these, what the authority registered, oldest first."""
    return tuple(PastReception(one.kind, one.declared_at) for one in declared_so_far if one.counts)


def last_person(company_id: int) -> Signatory | None:
    """Who received last time, to be proposed again."""
    row = (
        models.Reception.objects.filter(company_id=company_id, facts__has_key="person")
        .order_by("-id")
        .first()
    )
    return codec.load(Signatory, row.facts["person"]) if row else None


def receipt(company_id: int, reception_id: int) -> bytes | None:
    """The authority's answer, None without one; raises Reception.DoesNotExist for another's."""
    row = models.Reception.objects.get(pk=reception_id, company_id=company_id)
    return artifacts.load(row.receipt_id) if row.receipt_id else None


def _about(company_id: int, subject: Subject) -> QuerySet[models.Reception]:
    rows = models.Reception.objects.filter(company_id=company_id)
    if subject.document_id is not None:
        return rows.filter(document_id=subject.document_id)
    assert subject.received_id is not None
    return rows.filter(received_id=subject.received_id)


def _declared(row: models.Reception, submission: str, trouble: str) -> Declared:
    person = row.facts.get("person")
    return Declared(
        id=row.pk,
        kind=ReceptionKind(row.kind),
        number=row.number,
        fiscal_id=row.fiscal_id,
        reason_code=row.facts.get("reason_code", ""),
        note=row.facts.get("note", ""),
        person=codec.load(Signatory, person) if person else None,
        declared_by=row.declared_by,
        declared_at=row.declared_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        remarks=tuple(codec.load(Remark, remark) for remark in row.remarks),
        answered_at=row.answered_at,
        submission=submission,
        trouble=trouble,
        extra=codec.load(dict[str, Any], row.facts.get("extra", {})),
    )
