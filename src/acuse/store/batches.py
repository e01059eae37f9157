"""Batches: files that carry many documents to the authority, or take documents back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from acuse.domain import batch as domain
from acuse.domain.batch import BatchKind, MemberAction
from acuse.domain.conversation import Fate
from acuse.domain.document import Document
from acuse.domain.jurisdiction import Sealed
from acuse.domain.verdict import Outcome, Remark, Verdict
from acuse.store import artifacts, codec, companies, models


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a batch; `fate` is None while the authority has not answered."""

    line: int
    document_id: int
    number: str
    customer_name: str
    action: MemberAction
    reason: str
    fate: Fate | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch as it is shown; `outcome` is None until the authority answered."""

    id: int
    kind: BatchKind
    number: str
    reference_date: date
    made_by: str
    made_at: datetime
    outcome: Outcome | None
    remarks: tuple[Remark, ...]
    answered_at: datetime | None
    submission: str  # state of its conversation
    trouble: str  # why the conversation waits for a person
    not_held: bool  # it waits, and the authority is proven not to hold it
    size: int


def next_ordinal(company_id: int, kind: BatchKind, made_on: date) -> int:
    """The next number of the company's files of that kind and day, held until commit."""
    companies.lock(company_id)
    rows = models.Batch.objects.filter(company_id=company_id, kind=kind.value, made_on=made_on)
    return 1 + (rows.aggregate(last=Max("ordinal"))["last"] or 0)


def save(
    company_id: int,
    batch: domain.Batch,
    document_ids: tuple[int, ...],
    sealed: Sealed,
    *,
    by: str,
    at: datetime,
) -> int:
    """The id of the kept file; raises IntegrityError where one of its documents is in another."""
    row = models.Batch(
        company_id=company_id,
        kind=batch.kind.value,
        reference_date=batch.reference_date,
        made_on=batch.made_on,
        ordinal=batch.ordinal,
        number=sealed.number,
        fiscal_id=sealed.fiscal_id,
        file_name=sealed.file_name,
        artifact_id=artifacts.save(company_id, sealed.content),
        made_by=by,
        made_at=at,
    )
    row.save(force_insert=True)
    models.BatchMember.objects.bulk_create(
        models.BatchMember(
            company_id=company_id,
            batch=row,
            line=line,
            document_id=document_id,
            action=member.action.value,
            reason=member.reason,
        )
        for line, (document_id, member) in enumerate(
            zip(document_ids, batch.members, strict=True), start=1
        )
    )
    return int(row.pk)


def sealed(batch_id: int) -> Sealed:
    """The signed file, whose hash was checked."""
    row = models.Batch.objects.select_related("artifact").get(pk=batch_id)
    return Sealed(
        content=artifacts.content(row.artifact),
        fiscal_id=row.fiscal_id,
        number=row.number,
        file_name=row.file_name,
        sealed_at=row.made_at,
    )


def kind(batch_id: int) -> BatchKind:
    """What the batch is for."""
    return BatchKind(models.Batch.objects.values_list("kind", flat=True).get(pk=batch_id))


def values(batch_id: int) -> tuple[domain.Member, ...]:
    """The documents of the batch as they were put into it, by line."""
    rows = models.BatchMember.objects.select_related("document").filter(batch_id=batch_id)
    return tuple(
        domain.Member(
            document=codec.load(Document, row.document.content),
            number=row.document.number,
            action=MemberAction(row.action),
            reason=row.reason,
        )
        for row in rows.order_by("line")
    )


def members(batch_id: int) -> tuple[Member, ...]:
    """The documents of the batch and what became of them, by line."""
    rows = models.BatchMember.objects.select_related("document").filter(batch_id=batch_id)
    return tuple(_member(row) for row in rows.order_by("line"))


def answered(batch_id: int, verdict: Verdict, *, at: datetime) -> bool:
    """Whether the authority's verdict was written now: it is written once."""
    row = models.Batch.objects.select_for_update().get(pk=batch_id)
    if row.outcome:
        return False
    row.outcome = verdict.outcome.value
    row.remarks = [codec.dump(remark) for remark in verdict.remarks]
    row.receipt_id = artifacts.save(row.company_id, verdict.receipt) if verdict.receipt else None
    row.answered_at = at
    row.save(update_fields=["outcome", "remarks", "receipt", "answered_at"])
    return True


def tell_fates(batch_id: int, fates: Mapping[int, Fate]) -> None:
    """Write what became of the documents, by line."""
    for fate in Fate:
        lines = [line for line, one in fates.items() if one is fate]
        rows = models.BatchMember.objects.filter(batch_id=batch_id, line__in=lines)
        rows.update(fate=fate.value)


def of_document(document_id: int, action: MemberAction) -> Kept | None:
    """The latest batch that does this with the document, None without one."""
    row = (
        models.BatchMember.objects.filter(document_id=document_id, action=action.value)
        .order_by("-id")
        .first()
    )
    return load(row.company_id, row.batch_id) if row else None


def page(company_id: int, *, before: int | None = None, limit: int = 30) -> tuple[Kept, ...]:
    """The company's batches, newest first, from the one before `before` on."""
    rows = models.Batch.objects.filter(company_id=company_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _kept(list(rows.order_by("-id")[:limit]))


def load(company_id: int, batch_id: int) -> Kept:
    """The batch; raises Batch.DoesNotExist for another company's."""
    return _kept([models.Batch.objects.get(pk=batch_id, company_id=company_id)])[0]


def receipt(company_id: int, batch_id: int) -> bytes | None:
    """The authority's answer, None without one; raises Batch.DoesNotExist for another's."""
    row = models.Batch.objects.get(pk=batch_id, company_id=company_id)
    return artifacts.load(row.receipt_id) if row.receipt_id else None


def _member(row: models.BatchMember) -> Member:
    return Member(
        line=row.line,
        document_id=row.document_id,
        number=row.document.number,
        customer_name=row.document.customer_name,
        action=MemberAction(row.action),
        reason=row.reason,
        fate=Fate(row.fate) if row.fate else None,
    )


def _kept(rows: list[models.Batch]) -> tuple[Kept, ...]:
    ids = [row.pk for row in rows]
    talks = {one.batch_id: one for one in models.Submission.objects.filter(batch_id__in=ids)}
    counted = models.BatchMember.objects.filter(batch_id__in=ids).values("batch_id")
    sizes = {one["batch_id"]: one["most"] for one in counted.annotate(most=Max("line"))}
    return tuple(
        Kept(
            id=row.pk,
            kind=BatchKind(row.kind),
            number=row.number,
            reference_date=row.reference_date,
            made_by=row.made_by,
            made_at=row.made_at,
            outcome=Outcome(row.outcome) if row.outcome else None,
            remarks=tuple(codec.load(Remark, remark) for remark in row.remarks),
            answered_at=row.answered_at,
            submission=talks[row.pk].state,
            trouble=talks[row.pk].reason,
            not_held=talks[row.pk].not_held,
            size=sizes.get(row.pk, 0),
        )
        for row in rows
    )
