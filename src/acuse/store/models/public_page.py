"""The page of a document that a recipient opens without logging in, and what is counted of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.store.models.company import Company
from acuse.store.models.delivery import Recipient


class PublicPage(models.Model):
    """One link for one recipient: the hash of its token, never itself; revoked for good."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256: 128 random bits need no salt
    mailed = models.BooleanField()  # the link stands in the recipient's message
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    window_at = models.DateTimeField(null=True)
    calls = models.IntegerField(default=0)  # since window_at

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(revoked_at=None), name="one_live_page"
            ),
        ]


class PublicUse(models.Model):
    """How often a page was seen, or one of its files taken: by people and machines apart."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    page = models.ForeignKey(PublicPage, on_delete=models.PROTECT)
    what = models.CharField(max_length=12)
    machine = models.BooleanField()
    times = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    told_at = models.DateTimeField()  # when Actividad last told it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "what", "machine"], name="one_count_per_use"),
        ]


class PublicCaller(models.Model):
    """The requests of one network address in this minute; its keyed hash is kept for an hour."""

    key = models.CharField(max_length=64, unique=True)
    window_at = models.DateTimeField(db_index=True)
    calls = models.IntegerField(default=1)
