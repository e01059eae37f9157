"""Documents of others, what we declared about them, and what buyers declared about ours."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.received import ReceptionKind
from acuse.store.models.company import Company, one_of
from acuse.store.models.document import Artifact, Document


class Received(models.Model):
    """A supplier's document, verified when it came; `facts` is the value (store/codec.py).

    Written once, but for what comes with the authority's `receipt` where it came without one.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    fiscal_id = models.CharField(max_length=128)
    kind_code = models.CharField(max_length=8)
    number = models.CharField(max_length=40)
    issuer_tax_id = models.CharField(max_length=32)
    issuer_name = models.CharField(max_length=450)
    issued_on = models.DateField()
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=24, decimal_places=5)
    facts = models.JSONField()
    content = models.ForeignKey(Artifact, on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(Artifact, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12)  # "web", "api", "cli", "mail"
    received_by = models.CharField(max_length=254)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "fiscal_id"], name="one_received_document"),
            models.UniqueConstraint(fields=["company", "id"], name="received_in_company"),
        ]
        indexes = [models.Index(fields=["company", "-id"], name="received_newest")]


class Reception(models.Model):
    """A signed declaration of ours: about a received document, or by lapse about our own."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    received = models.ForeignKey(Received, null=True, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40)
    fiscal_id = models.CharField(max_length=128)
    file_name = models.CharField(max_length=120)
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT)
    facts = models.JSONField(default=dict)  # reason, note, person, extra
    declared_by = models.CharField(max_length=254)
    declared_at = models.DateTimeField()
    outcome = models.CharField(max_length=32, default="")  # "" until the authority answered
    remarks = models.JSONField(default=list)
    receipt = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="one_reception_per_number"),
            models.UniqueConstraint(fields=["company", "id"], name="reception_in_company"),
            models.UniqueConstraint(
                fields=["received", "kind"],
                condition=~Q(outcome="REJECTED") & Q(received__isnull=False),
                name="one_declaration_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["document", "kind"],
                condition=~Q(outcome="REJECTED") & Q(document__isnull=False),
                name="one_declaration_about_our_own",
            ),
            models.CheckConstraint(
                condition=Q(received__isnull=False, document__isnull=True)
                | Q(received__isnull=True, document__isnull=False),
                name="reception_is_about_one_document",
            ),
            one_of("kind", ReceptionKind, "reception_kind"),
        ]


class BuyerEvent(models.Model):
    """What a buyer declared about our document, as the authority or the buyer's mail told it."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    code = models.CharField(max_length=8)
    key = models.CharField(max_length=128)
    text = models.CharField(max_length=500)
    reason = models.CharField(max_length=500, default="", blank=True)
    declared_by = models.CharField(max_length=450, default="", blank=True)
    at = models.DateTimeField(null=True)
    raw = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "code", "key"], name="one_buyer_event"),
        ]


class Inquiry(models.Model):
    """When the authority is asked next what buyers declared about a document."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.OneToOneField(Document, on_delete=models.PROTECT)
    due_at = models.DateTimeField(null=True)  # nobody asks by himself where there is none

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="inquiries_due"
            ),
        ]
