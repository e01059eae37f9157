"""The customers of a company."""

from __future__ import annotations

from django.db import models

from acuse.domain.party import Wish
from acuse.store.models.company import Company, one_of


class Customer(models.Model):
    """Who is billed; a document keeps its own copy as it stood at issue."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    tax_id_kind = models.CharField(max_length=24)
    tax_id = models.CharField(max_length=32)
    name = models.CharField(max_length=1500)
    emails = models.JSONField(default=list, blank=True)  # those that get mail
    # Of addresses that do not simply get everything, and of those that get nothing.
    rules = models.JSONField(default=list, blank=True, db_default=[])
    address = models.JSONField(default=dict, blank=True)
    phone = models.CharField(max_length=32, blank=True, default="")
    wish = models.CharField(max_length=12, default=Wish.AS_COMPANY.value)
    extra = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "tax_id_kind", "tax_id"], name="one_customer_per_identity"
            ),
            models.UniqueConstraint(fields=["company", "id"], name="customer_in_company"),
            one_of("wish", Wish, "customer_wish"),
        ]

    def __str__(self) -> str:
        return self.name
