"""Documents that go by way of a batch: gathered until one takes them, moved by its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from acuse.domain.batch import MemberAction
from acuse.domain.conversation import Fate, Step
from acuse.domain.document import Document
from acuse.domain.lifecycle import DocumentState
from acuse.domain.submission import SubmissionState
from acuse.store import codec, models

OPEN_FATES = ("", Fate.SETTLED.value)  # it is in the batch, or was judged with it


@dataclass(frozen=True, slots=True)
class Gathered:
    """An issued document that waits for a batch."""

    document_id: int
    number: str
    document: Document


def waiting(company_id: int, *, limit: int) -> tuple[Gathered, ...]:
    """The company's issued documents that wait for a batch, by series and number."""
    rows = _waiting(company_id).order_by("series", "value")
    return tuple(
        Gathered(row.pk, row.number, codec.load(Document, row.content)) for row in rows[:limit]
    )


def count(company_id: int) -> int:
    """How many of the company's issued documents wait for a batch."""
    return _waiting(company_id).count()


def companies_waiting() -> tuple[int, ...]:
    """The companies that have documents waiting for a batch."""
    return tuple(free().values_list("company_id", flat=True).distinct())


def tell_why(company_id: int, reason: str) -> None:
    """Write on the company's documents that wait for a batch why none was made; "" for none."""
    free(company_id).exclude(reason=reason).update(reason=reason)


def why(company_id: int) -> str:
    """Why no batch could be made of what waits, "" where nothing stands in the way."""
    told = free(company_id).exclude(reason="").values_list("reason", flat=True)
    return told.first() or ""


def reasons(company_id: int, document_ids: list[int]) -> dict[int, str]:
    """Of these documents, those that wait for a batch, and why none was made of each; "" for none.

    Only of those that are in none that is still open.
    """
    rows = free(company_id).filter(document_id__in=document_ids)
    return dict(rows.values_list("document_id", "reason"))


def unjudged(company_id: int, numbers: tuple[str, ...]) -> frozenset[str]:
    """Of these printed numbers, those that the company issued and the authority has not judged."""
    rows = models.Document.objects.filter(
        company_id=company_id, number__in=numbers, state=DocumentState.ISSUED.value
    )
    return frozenset(rows.values_list("number", flat=True))


def move(document_id: int, step: Step) -> int | None:
    """The id of the document's gathered conversation, moved; None where it has none."""
    rows = models.Submission.objects.filter(
        document_id=document_id, state=SubmissionState.GATHERED.value
    )
    found = rows.values_list("id", flat=True).first()
    if found is None:
        return None
    if step.state is not SubmissionState.GATHERED:
        models.Submission.objects.filter(pk=found).update(
            state=step.state.value,
            wake_at=step.wake_at,
            reason=step.reason,
            not_held=step.not_held,
            epoch=F("epoch") + 1,
        )
    return int(found)


def gather(company_id: int, document_id: int, step: Step) -> bool:
    """Whether the document's stuck conversation goes by way of a batch from now on."""
    rows = models.Submission.objects.filter(company_id=company_id, document_id=document_id)
    rows = rows.filter(state=SubmissionState.STUCK.value, not_held=True)
    return bool(rows.update(state=step.state.value, wake_at=None, reason="", not_held=False))


def being_voided(document_id: int) -> bool:
    """Whether a message that takes the document back waits for its answer, or was accepted."""
    rows = models.BatchMember.objects.filter(
        document_id=document_id, action=MemberAction.VOID.value, fate__in=OPEN_FATES
    )
    return rows.exists()


def free(company_id: int | None = None) -> QuerySet[models.Submission]:
    """Gathered conversations whose document is in no batch that is still open."""
    rows = models.Submission.objects.filter(state=SubmissionState.GATHERED.value)
    if company_id is not None:
        rows = rows.filter(company_id=company_id)
    # By the document of each row: judged members are many, and a list of all of them is slow.
    taken = models.BatchMember.objects.filter(
        document_id=OuterRef("document_id"), action=MemberAction.ADD.value, fate__in=OPEN_FATES
    )
    return rows.exclude(Exists(taken))


def _waiting(company_id: int) -> QuerySet[models.Document]:
    return models.Document.objects.filter(
        company_id=company_id,
        state=DocumentState.ISSUED.value,
        pk__in=free(company_id).values("document_id"),
    )
