"""Files that carry many documents to the authority, and what became of each in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.batch import BatchKind, MemberAction
from acuse.store.models.company import Company, one_of
from acuse.store.models.document import Artifact, Document


class Batch(models.Model):
    """A signed file; `ordinal` counts the company's files of that kind and day."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12)
    reference_date = models.DateField()
    made_on = models.DateField()
    ordinal = models.IntegerField()
    number = models.CharField(max_length=40)
    fiscal_id = models.CharField(max_length=128)
    file_name = models.CharField(max_length=120)
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=32, default="")  # "" until the authority answered
    remarks = models.JSONField(default=list)
    receipt = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "made_on", "ordinal"], name="one_batch_per_ordinal"
            ),
            models.UniqueConstraint(fields=["company", "id"], name="batch_in_company"),
            one_of("kind", BatchKind, "batch_kind"),
        ]
        indexes = [models.Index(fields=["company", "-id"], name="batches_newest")]


class BatchMember(models.Model):
    """A document in a batch; `fate` is "" while the authority has not answered."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT)
    line = models.IntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    action = models.CharField(max_length=8)
    reason = models.CharField(max_length=200, default="", blank=True)
    fate = models.CharField(max_length=12, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="one_member_per_line"),
            models.UniqueConstraint(
                fields=["document", "action"],
                condition=Q(fate="") | Q(fate="SETTLED"),
                name="one_batch_at_a_time",
            ),
            one_of("action", MemberAction, "member_action"),
        ]
        indexes = [models.Index(fields=["document"], name="members_of_document")]
