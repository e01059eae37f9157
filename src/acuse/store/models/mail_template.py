"""A company's own words for the mail of a kind of document: every version, for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.store.models.company import Company


class MailTemplate(models.Model):
    """One version of subject and body; "" is the house's own text: restoring is a version too."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24)  # a DocumentKind
    version = models.IntegerField()
    subject = models.CharField(max_length=200, default="", blank=True)
    body = models.TextField(default="", blank=True)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "version"], name="one_template_per_version"
            ),
            models.UniqueConstraint(fields=["company", "id"], name="template_in_company"),
            models.CheckConstraint(condition=Q(version__gte=1), name="template_version_counts"),
        ]
