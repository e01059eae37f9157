"""The addresses of a company's own copies."""

from __future__ import annotations

from django.db import models

from acuse.domain.copies import CopyUse
from acuse.store.models.company import Company, one_of


class CopyAddress(models.Model):
    """One address that gets a copy of what the company mails."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    ordinal = models.IntegerField()
    address = models.CharField(max_length=254)
    normalised = models.CharField(max_length=254)
    use = models.CharField(max_length=12)
    kinds = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "normalised"], name="one_copy_per_address"),
            one_of("use", CopyUse, "copy_use"),
        ]
