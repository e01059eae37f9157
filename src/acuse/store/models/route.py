"""How mail leaves, and what is known of that road."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.route import Provider, RouteKind
from acuse.store.models.company import Company, one_of


class MailRoute(models.Model):
    """How mail leaves: by the company's own road, or by the installation's (company NULL).

    Passwords, keys and tokens are wrapped. `tokens` and `refilled_at` are the bucket of the rate,
    `refusals` what its server refused us in a row, `checked` what the DNS said at `checked_at`.
    """

    company = models.OneToOneField(Company, null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, default=RouteKind.SMTP.value)
    host = models.CharField(max_length=253, blank=True, default="")
    port = models.IntegerField(default=0)
    security = models.CharField(max_length=12, blank=True, default="")
    username = models.CharField(max_length=254, blank=True, default="")
    wrapped_password = models.BinaryField(null=True, blank=True)
    sender = models.CharField(max_length=254)
    paused_until = models.DateTimeField(null=True, blank=True)
    paused_since = models.DateTimeField(null=True, blank=True)
    paused_reason = models.TextField(blank=True, default="")
    refusals = models.IntegerField(default=0)
    per_minute = models.IntegerField(null=True, blank=True)
    tokens = models.FloatField(default=0)
    refilled_at = models.DateTimeField(null=True, blank=True)
    provider = models.CharField(max_length=12, blank=True, default="")
    parameters = models.JSONField(default=dict, blank=True)
    hook_digest = models.CharField(max_length=64, blank=True, default="")
    wrapped_hook_secret = models.BinaryField(null=True, blank=True)
    dkim_selector = models.CharField(max_length=63, blank=True, default="")
    dkim_public = models.TextField(blank=True, default="")
    wrapped_dkim_key = models.BinaryField(null=True, blank=True)
    checked = models.JSONField(default=dict, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company"], nulls_distinct=False, name="one_route_of_the_installation"
            ),
            one_of("kind", RouteKind, "route_kind"),
            models.CheckConstraint(
                condition=Q(provider__in=["", *(one.value for one in Provider)]),
                name="route_provider",
            ),
            models.CheckConstraint(
                condition=(Q(kind=RouteKind.SMTP.value) & ~Q(host=""))
                | (Q(kind=RouteKind.PROVIDER.value) & ~Q(provider=""))
                | Q(kind=RouteKind.DOMAIN.value, company__isnull=False),
                name="route_leads_somewhere",
            ),
        ]
