"""Conversations with the authority, each call of them, and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.submission import OPEN_STATES, CallPurpose, SubmissionState
from acuse.domain.verdict import Evidence, Outcome
from acuse.store.models.batch import Batch
from acuse.store.models.company import Company, one_of
from acuse.store.models.document import Artifact, Document
from acuse.store.models.received import Reception

OPEN = sorted(state.value for state in OPEN_STATES)


class Submission(models.Model):
    """One conversation about a document, a declaration of ours, or a batch.

    `epoch` fences a worker whose lease was given away.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    reception = models.ForeignKey(Reception, null=True, on_delete=models.PROTECT)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT)
    jurisdiction = models.CharField(max_length=8)
    purpose = models.CharField(max_length=8, default="ISSUE")
    state = models.CharField(max_length=12, default=SubmissionState.QUEUED.value)
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    epoch = models.BigIntegerField(default=0)
    tries = models.IntegerField(default=0)
    asks = models.IntegerField(default=0)
    not_known_since = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ticket = models.CharField(max_length=200, default="")
    not_held = models.BooleanField(default=False)  # proven: the authority does not hold it
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(purpose="ISSUE") & ~Q(state=SubmissionState.CLOSED.value),
                name="one_open_submission_per_document",
            ),
            models.UniqueConstraint(
                fields=["reception"],
                condition=~Q(state=SubmissionState.CLOSED.value),
                name="one_open_submission_per_reception",
            ),
            models.UniqueConstraint(
                fields=["batch"],
                condition=~Q(state=SubmissionState.CLOSED.value),
                name="one_open_submission_per_batch",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False, reception__isnull=True, batch__isnull=True)
                | Q(document__isnull=True, reception__isnull=False, batch__isnull=True)
                | Q(document__isnull=True, reception__isnull=True, batch__isnull=False),
                name="submission_has_one_subject",
            ),
            one_of("state", SubmissionState, "submission_state"),
        ]
        indexes = [
            models.Index(
                fields=["jurisdiction", "wake_at"],
                condition=Q(state__in=OPEN),
                name="submissions_due",
            ),
            models.Index(fields=["document"], name="submissions_of_document"),
            models.Index(
                fields=["company"],
                condition=Q(state=SubmissionState.GATHERED.value),
                name="submissions_gathered",
            ),
            models.Index(
                fields=["company"],
                condition=Q(state=SubmissionState.STUCK.value),
                name="submissions_stuck",
            ),
        ]


class Exchange(models.Model):
    """One call and its reply. The row is committed before the call is made."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT)
    epoch = models.BigIntegerField()
    purpose = models.CharField(max_length=8)
    method = models.CharField(max_length=8)
    url = models.CharField(max_length=500)
    request_sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)
    reply = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT)
    finding = models.TextField(default="")

    class Meta:
        constraints = [one_of("purpose", CallPurpose, "exchange_purpose")]
        indexes = [models.Index(fields=["submission"], name="exchanges_of_submission")]


class Verdict(models.Model):
    """What the authority decided about a submission, once and for good."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    outcome = models.CharField(max_length=32)
    remarks = models.JSONField(default=list)
    evidence = models.CharField(max_length=12)
    receipt = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("outcome", Outcome, "verdict_outcome"),
            one_of("evidence", Evidence, "verdict_evidence"),
        ]
        indexes = [models.Index(fields=["document"], name="verdicts_of_document")]


class Acceptance(models.Model):
    """The accepting verdict that counts: one per document. Mail can hang from nothing else."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.OneToOneField(Document, on_delete=models.PROTECT)
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT)
    outcome = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        Outcome.ACCEPTED.value,
                        Outcome.ACCEPTED_WITH_OBSERVATIONS.value,
                    ]
                ),
                name="an_acceptance_accepts",
            ),
            models.UniqueConstraint(fields=["company", "id"], name="acceptance_in_company"),
        ]
