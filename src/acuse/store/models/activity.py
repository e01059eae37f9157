"""The timeline: append-only, chained by hash, both held by triggers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.failure import FAILING_EVENTS
from acuse.store.models.company import Company
from acuse.store.models.document import Document


class Event(models.Model):
    """One line. `ordinal`, `previous` and `hash` are filled by the database, never by us."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=254)
    facts = models.JSONField(default=dict)
    ordinal = models.BigIntegerField(default=0)
    previous = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "document", "ordinal"],
                name="one_event_per_ordinal",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["document", "-ordinal"], name="timeline"),
            models.Index(
                fields=["at"],
                condition=Q(kind__in=[kind.value for kind in FAILING_EVENTS]),
                name="failures_newest",
            ),
        ]
