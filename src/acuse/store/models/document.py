"""Documents, their sealed bytes, and every other file that is evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.lifecycle import UNISSUED, DocumentState
from acuse.store.models.company import Company, NumberingRange, one_of
from acuse.store.models.customer import Customer


class Artifact(models.Model):
    """Bytes that never change, named by their hash; compressed by the program."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    packing = models.CharField(max_length=8, default="")  # "" or "zstd"
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "sha256"], name="one_artifact_per_hash"),
            models.UniqueConstraint(fields=["company", "id"], name="artifact_in_company"),
        ]


class Document(models.Model):
    """A document. From issue on everything but its state is frozen, by a trigger.

    `content` and `issuer` are the values as they stood (store/codec.py); `content` of a draft is
    what the user last saved.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=32, default=DocumentState.DRAFT.value)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT)
    customer_name = models.CharField(max_length=1500)
    content = models.JSONField()
    issuer = models.JSONField(null=True)
    range = models.ForeignKey(NumberingRange, null=True, on_delete=models.PROTECT)
    series = models.CharField(max_length=24, default="")
    value = models.BigIntegerField(null=True)
    number = models.CharField(max_length=40, default="")
    fiscal_id = models.CharField(max_length=128, default="")
    draws = models.JSONField(null=True)
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=24, decimal_places=5)
    created_by = models.CharField(max_length=254)
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="document_in_company"),
            models.UniqueConstraint(
                fields=["range", "value"],
                condition=Q(range__isnull=False),
                name="one_document_per_number",
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "series", "value"],
                condition=Q(value__isnull=False),
                name="one_document_per_series_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in sorted(UNISSUED)])
                | (Q(value__isnull=False) & Q(issued_at__isnull=False) & Q(issuer__isnull=False)),
                name="issued_documents_are_numbered",
            ),
            one_of("state", DocumentState, "document_state"),
        ]
        indexes = [
            models.Index(
                fields=["company", "fiscal_id"],
                condition=~Q(fiscal_id=""),
                name="documents_by_fiscal_id",
            ),
            models.Index(fields=["company", "-id"], name="documents_newest"),
            models.Index(fields=["company", "state", "-id"], name="documents_by_state"),
            models.Index(fields=["company", "number"], name="documents_by_number"),
            models.Index(fields=["customer"], name="documents_by_customer"),
        ]


class Sealing(models.Model):
    """One signing of a document; a reopened document gets a further one, earlier ones stay."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    ordinal = models.IntegerField(default=1)
    current = models.BooleanField(default=True)
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT)
    fiscal_id = models.CharField(max_length=128)
    number = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120)
    contingency = models.BooleanField(default=False)  # made while the authority was down
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "ordinal"], name="one_sealing_per_ordinal"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(current=True), name="one_current_sealing"
            ),
        ]
