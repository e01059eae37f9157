"""Who calls the API, and what was answered to a call that must not happen twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from acuse.store.models.company import Company


class ApiToken(models.Model):
    """A token of one person for one company: its hash, never itself; the calls of this minute."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)  # shown, to tell tokens apart
    digest = models.CharField(max_length=64)  # SHA-256 of the whole: 256 bits need no salt
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    window_at = models.DateTimeField(null=True)
    calls = models.IntegerField(default=0)  # since window_at

    class Meta:
        indexes = [
            models.Index(
                fields=["company"], condition=Q(revoked_at=None), name="tokens_of_company"
            ),
        ]


class KeyedAnswer(models.Model):
    """What was answered under an Idempotency-Key: written once, in the transaction of its fact."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)  # SHA-256 of what was asked
    status = models.IntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="one_answer_per_key"),
        ]
