"""Companies, their people, keys, ranges and roads to the outside."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from acuse.domain.party import Environment


def one_of(field: str, enum: object, name: str) -> models.CheckConstraint:
    """A CHECK that the column holds a member of the Enum."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [member.value for member in enum]}),  # type: ignore[attr-defined]
        name=name,
    )


class Company(models.Model):
    """An issuer in one environment; one row per legal identity and environment."""

    jurisdiction = models.CharField(max_length=8)
    environment = models.CharField(max_length=12)
    tax_id_kind = models.CharField(max_length=24)
    tax_id = models.CharField(max_length=32)
    legal_name = models.CharField(max_length=300)
    trade_name = models.CharField(max_length=300, blank=True, default="")
    address = models.JSONField(default=dict, blank=True)
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    automatic_delivery = models.BooleanField(default=False)
    counts_opens = models.BooleanField(default=False)
    electronic_invoicing = models.BooleanField(default=False)
    endpoints = models.JSONField(default=dict, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    logo = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "tax_id", "environment"], name="one_company_per_identity"
            ),
            one_of("environment", Environment, "company_environment"),
        ]

    def __str__(self) -> str:
        return self.legal_name


class Membership(models.Model):
    """Who may work for a company."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="one_membership_per_user")
        ]


class Certificate(models.Model):
    """A signing certificate; its key is wrapped for the signer alone."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)
    subject = models.CharField(max_length=500)
    holder_ids = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    der = models.BinaryField()
    wrapped_key = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(active=True), name="one_active_certificate"
            )
        ]


class Secret(models.Model):
    """A credential of the company, wrapped; it never leaves the workers in plain."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    name = models.CharField(max_length=64)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="one_secret")]


class NumberingRange(models.Model):
    """A counter; the row's lock is what keeps numbers without gap or repeat."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24)  # a DocumentKind
    series = models.CharField(max_length=24)
    first = models.BigIntegerField(default=1)
    last = models.BigIntegerField()
    next = models.BigIntegerField(default=1)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "series", "first"], name="one_counter_per_range"
            ),
            models.CheckConstraint(
                condition=Q(next__gte=F("first")) & Q(next__lte=F("last") + 1),
                name="counter_inside_its_range",
            ),
        ]


class FileCounter(models.Model):
    """The yearly series of files to the authority; the row's lock keeps it without gap."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    year = models.IntegerField()
    next = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "year"], name="one_file_counter_per_year")
        ]


class Channel(models.Model):
    """The company's road to its authority: rate, log-in in progress, stopped or not."""

    company = models.OneToOneField(Company, primary_key=True, on_delete=models.PROTECT)
    stopped = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    refusals = models.IntegerField(default=0)
    tokens = models.FloatField(default=0)
    refilled_at = models.DateTimeField(null=True)
    login_until = models.DateTimeField(null=True)


class ChannelNote(models.Model):
    """What a log-in left behind (tokens), wrapped."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    name = models.CharField(max_length=64)
    wrapped = models.BinaryField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="one_note")]


class Endpoint(models.Model):
    """The breaker of one authority's host, shared by all workers."""

    name = models.CharField(max_length=253, primary_key=True)
    failures = models.IntegerField(default=0)
    open_until = models.DateTimeField(null=True)
