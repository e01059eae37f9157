"""What fails now, by cause, as sets of rows: counted, paged and worked off by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from acuse.domain import recipient
from acuse.domain.delivery import DeliveryState
from acuse.domain.failure import HELD, LATE_AFTER, MAILED, PATIENT_TRIES, Cause
from acuse.domain.lifecycle import MAILABLE
from acuse.domain.recipient import RecipientState
from acuse.domain.submission import SubmissionState
from acuse.store import gathered, models
from acuse.store.models.delivery import FAILING

CAPPED = 100  # a badge need not count further
MOVING = [
    SubmissionState.QUEUED.value,
    SubmissionState.IN_FLIGHT.value,
    SubmissionState.WAITING.value,
    SubmissionState.UNCERTAIN.value,
]
# A document waits for the summary of its day: one may be made the day after, until its last hour.
SUMMED_UP = timedelta(days=2)
UNDER_WAY = [one.value for one in recipient.UNDER_WAY]
_R = RecipientState
_TOLD = sorted(cause.value for cause in MAILED - {Cause.UNCERTAIN, Cause.UNDECIDED})
# The state says some causes; the others were written with the outcome, or are the state's usual.
MAIL_CAUSE = Case(
    When(state=_R.STUCK.value, then=Value(Cause.UNDECIDED.value)),
    When(state=_R.UNCERTAIN.value, then=Value(Cause.UNCERTAIN.value)),
    When(cause__in=_TOLD, then=F("cause")),
    When(state=_R.BOUNCED.value, then=Value(Cause.BOUNCED.value)),
    When(state=_R.FAILED.value, then=Value(Cause.BLOCKED.value)),
    default=Value(Cause.THEIR_SERVER.value),
)
# It goes to others, and to some address it does not, which nobody has dealt with.
LEFT_OUT = Q(
    state=DeliveryState.OPEN.value, document__state__in=[one.value for one in MAILABLE]
) & ~Q(left_out=[])
HELD_CAUSE = Case(
    When(LEFT_OUT, then=Value(Cause.ADDRESS_SUPPRESSED.value)),
    default=F("reason"),
)
# A mail that was put off once or twice is no failure; one that our own server refuses is.
PUT_OFF = Q(state=_R.DEFERRED.value, delivery__state=DeliveryState.OPEN.value) & (
    Q(cause=Cause.OUR_SERVER.value) | Q(tries__gte=PATIENT_TRIES)
)


@dataclass(frozen=True, slots=True)
class Span:
    """The rows that a person was shown: above one key, up to another."""

    upto: int
    above: int = 0

    @classmethod
    def only(cls, key: int) -> Span:
        """That row alone."""
        return cls(key, key - 1)

    def keys(self) -> Q:
        """The condition on the rows' keys."""
        return Q(pk__gt=self.above, pk__lte=self.upto)


def held(company_id: int | None, *causes: Cause) -> QuerySet[models.Delivery]:
    """Deliveries held for one of these causes; of any where none is named, of any company.

    Those that go on without an address which mail is held to are held for that.
    """
    wanted = causes or tuple(HELD)
    reasons = [cause.value for cause in wanted]
    found = Q(state=DeliveryState.HELD.value, reason__in=reasons)
    if Cause.ADDRESS_SUPPRESSED in wanted:
        found |= LEFT_OUT
    rows = models.Delivery.objects.filter(found)
    return rows if company_id is None else rows.filter(company_id=company_id)


def mails(company_id: int | None, cause: Cause | None = None) -> QuerySet[models.Recipient]:
    """Mails that failed for that cause and nobody has dealt with; for any where none is named."""
    rows = models.Recipient.objects.filter(state__in=FAILING, resolved_at__isnull=True)
    if company_id is not None:
        rows = rows.filter(company_id=company_id)
    told = rows.filter(~Q(state=_R.DEFERRED.value) | PUT_OFF).annotate(why=MAIL_CAUSE)
    return told.filter(why=cause.value) if cause else told


def conversations(company_id: int | None) -> QuerySet[models.Submission]:
    """Conversations with the authority that wait for a person."""
    rows = models.Submission.objects.filter(state=SubmissionState.STUCK.value)
    return rows if company_id is None else rows.filter(company_id=company_id)


def answers(company_id: int | None) -> QuerySet[models.Report]:
    """Customers' answers that could not be handed on to their company."""
    rows = models.Report.objects.filter(stranded_at__isnull=False)
    return rows if company_id is None else rows.filter(company_id=company_id)


def late(company_id: int | None, *, at: datetime) -> QuerySet[models.Document]:
    """Documents that have been under way for too long, with the authority or as mail.

    Those in a summary, or a message that takes them back, go as it does; those that wait for a
    summary are among them at once where something keeps it from being made.
    """
    since = at - LATE_AFTER
    mine = Q() if company_id is None else Q(company_id=company_id)
    talks = models.Submission.objects.filter(mine, state__in=MOVING)
    asked = talks.filter(document__issued_at__lte=since)
    batched = models.BatchMember.objects.filter(
        mine, fate="", batch__in=talks.filter(batch__made_at__lte=since).values("batch_id")
    )
    unsummed = gathered.free(company_id).filter(
        ~Q(reason="") | Q(document__issued_at__lte=since - SUMMED_UP)
    )
    unmade = models.Delivery.objects.filter(
        mine, state=DeliveryState.OPEN.value, prepared_at__isnull=True, wake_at__lte=since
    )
    unsent = models.Recipient.objects.filter(
        mine,
        state__in=UNDER_WAY,
        delivery__state=DeliveryState.OPEN.value,
        delivery__prepared_at__lte=since,
    ).exclude(PUT_OFF)
    # One list of few: an OR of five has every document of the company looked at, on every page.
    found = asked.values_list("document_id").union(
        batched.values_list("document_id"),
        unsummed.values_list("document_id"),
        unmade.values_list("document_id"),
        unsent.values_list("delivery__document_id"),
    )
    return models.Document.objects.filter(mine, pk__in=found)


def companies(*, at: datetime) -> tuple[int, ...]:
    """The companies that have any failure."""
    found = {
        *held(None).order_by().values_list("company_id", flat=True).distinct(),
        *mails(None).order_by().values_list("company_id", flat=True).distinct(),
        *conversations(None).order_by().values_list("company_id", flat=True).distinct(),
        *answers(None).order_by().values_list("company_id", flat=True).distinct(),
        *late(None, at=at).order_by().values_list("company_id", flat=True).distinct(),
    }
    return tuple(sorted(found))


def counts(company_id: int, *, at: datetime) -> dict[Cause, int]:
    """How many there are of each cause that has any, by five queries."""
    found: dict[Cause, int] = {}
    for reason, number in held(company_id).values_list(HELD_CAUSE).annotate(Count("id")):
        found[Cause(reason)] = number
    grouped = mails(company_id).order_by().values_list(MAIL_CAUSE).annotate(Count("id"))
    for why, number in grouped:
        found[Cause(why)] = number
    found[Cause.ANSWER] = answers(company_id).count()
    found[Cause.AUTHORITY] = conversations(company_id).count()
    found[Cause.LATE] = late(company_id, at=at).count()
    return {cause: found[cause] for cause in Cause if found.get(cause)}


def many(company_id: int, cause: Cause, span: Span, *, at: datetime) -> int:
    """How many of that cause are among these keys."""
    if cause in HELD:
        return held(company_id, cause).filter(span.keys()).count()
    if cause in MAILED:
        return mails(company_id, cause).filter(span.keys()).count()
    if cause is Cause.ANSWER:
        return answers(company_id).filter(span.keys()).count()
    if cause is Cause.AUTHORITY:
        return conversations(company_id).filter(span.keys()).count()
    return late(company_id, at=at).filter(span.keys()).count()


def total(company_id: int, *, at: datetime) -> int:
    """How many there are in all; each kind counted up to CAPPED, for it is asked on every page."""
    kinds: tuple[QuerySet[models.Delivery] | QuerySet[models.Recipient], ...] = (
        held(company_id),
        mails(company_id),
    )
    found = sum(rows.values("pk")[:CAPPED].count() for rows in kinds)
    found += conversations(company_id).values("pk")[:CAPPED].count()
    found += answers(company_id).values("pk")[:CAPPED].count()
    return found + late(company_id, at=at).values("pk")[:CAPPED].count()


def first_held(company_id: int, cause: Cause, span: Span, *, limit: int) -> list[int]:
    """The ids of deliveries held for the cause, oldest first."""
    rows = held(company_id, cause).filter(span.keys()).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def first_mails(company_id: int, cause: Cause, span: Span, *, limit: int) -> list[models.Recipient]:
    """Failed mails of the cause, oldest first, their rows locked."""
    rows = mails(company_id, cause).filter(span.keys()).order_by("id")
    locked = rows.select_for_update(of=("self",)).select_related("delivery")
    return list(locked.defer("delivery__snapshot")[:limit])


def addresses(company_id: int, cause: Cause, span: Span) -> frozenset[str]:
    """The addresses of that cause's failures among these keys."""
    if cause in MAILED:
        rows = mails(company_id, cause).filter(span.keys())
        return frozenset(rows.values_list("address", flat=True))
    found = held(company_id, cause).filter(span.keys()).select_related("document__customer")
    return frozenset(one for row in found.defer("snapshot") for one in kept_from(row))


def kept_from(row: models.Delivery) -> list[str]:
    """The addresses that wait of a held mail: those it leaves out, or all that it is for."""
    if row.state == DeliveryState.OPEN.value:
        return list(row.left_out)
    customer = row.document.customer
    return list(row.wanted or (customer.emails if customer else []))


def first_conversations(company_id: int, span: Span, *, limit: int) -> list[tuple[int, int]]:
    """Stuck conversations about documents, oldest first: their ids, and their documents'."""
    rows = conversations(company_id).filter(span.keys(), document__isnull=False)
    return list(rows.order_by("id").values_list("id", "document_id")[:limit])


def first_answers(company_id: int, span: Span, *, limit: int) -> list[models.Report]:
    """Answers that could not be handed on, oldest first, their rows locked."""
    rows = answers(company_id).filter(span.keys()).order_by("id")
    locked = rows.select_for_update(of=("self",)).select_related("recipient__delivery")
    return list(locked.defer("raw", "recipient__delivery__snapshot")[:limit])
