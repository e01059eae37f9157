"""What came back of mail: as it came, what it told, and how each address stands by it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.bounce import BounceReason
from acuse.domain.bounce_news import NewsKind
from acuse.domain.bounce_trace import By, Doubt
from acuse.domain.report import ReportKind
from acuse.domain.returned import Intake, ReportState
from acuse.domain.suppression import Standing
from acuse.store.models.company import Company, one_of
from acuse.store.models.delivery import Recipient


class Report(models.Model):
    """A message that came, kept once: `digest` is of its bytes, or of an event's own name.

    `raw` is packed and may be emptied after its term; of what is nobody's only the beginning stays.
    `company` and `recipient` are known once it is traced; `doubt` says why it changed nothing.
    An event of a mail provider has its name and the `owner` of the road that it came by: a company,
    or 0 for the installation. What lay in a company's own mailbox has that company as `owner`.
    `forward_at` is when a person's answer is next handed on, None where there is none to hand on;
    `stranded_at` is since when it waits for a person, because of what `forward_said` says.
    """

    digest = models.CharField(max_length=64, unique=True)
    raw = models.BinaryField(null=True)
    size = models.IntegerField()
    intake = models.CharField(max_length=8)
    delivered_to = models.JSONField(default=list)
    received_at = models.DateTimeField()
    provider = models.CharField(max_length=12, default="", db_default="", blank=True)
    owner = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, default=ReportState.RECEIVED.value)
    wake_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=12, default="", blank=True)
    traced_by = models.CharField(max_length=12, default="", blank=True)
    doubt = models.CharField(max_length=16, default="", blank=True)
    token = models.CharField(max_length=64, default="", blank=True)
    sender = models.CharField(max_length=320, default="", blank=True)
    subject = models.CharField(max_length=310, default="", blank=True)
    facts = models.JSONField(default=dict, blank=True)
    company = models.ForeignKey(Company, null=True, on_delete=models.PROTECT)
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT)
    forward_at = models.DateTimeField(null=True)
    forward_tries = models.IntegerField(default=0)
    forwarded_at = models.DateTimeField(null=True)
    stranded_at = models.DateTimeField(null=True)
    forward_said = models.TextField(default="", db_default="", blank=True)

    class Meta:
        constraints = [
            one_of("intake", Intake, "report_intake"),
            one_of("state", ReportState, "report_state"),
            models.CheckConstraint(
                condition=Q(kind__in=["", *(one.value for one in ReportKind)]), name="report_kind"
            ),
            models.CheckConstraint(
                condition=Q(traced_by__in=["", *(one.value for one in By)]), name="report_traced_by"
            ),
            one_of("doubt", Doubt, "report_doubt"),
            models.CheckConstraint(
                condition=(
                    Q(intake=Intake.HOOK.value, owner__isnull=False) & ~Q(provider="")
                    | Q(intake=Intake.MAILBOX.value, provider="")
                    | ~Q(intake__in=[Intake.HOOK.value, Intake.MAILBOX.value])
                    & Q(owner=None, provider="")
                ),
                name="report_of_provider_has_road",
            ),
            models.CheckConstraint(
                condition=Q(recipient=None) | Q(company__isnull=False),
                name="report_of_recipient_has_company",
            ),
        ]
        indexes = [
            models.Index(
                fields=["wake_at"],
                condition=Q(state=ReportState.RECEIVED.value),
                name="reports_to_read",
            ),
            models.Index(
                fields=["forward_at"],
                condition=Q(forward_at__isnull=False),
                name="reports_to_forward",
            ),
            models.Index(
                fields=["done_at"],
                condition=Q(
                    state__in=[ReportState.NOTED.value, ReportState.UNREADABLE.value],
                    recipient__isnull=True,
                ),
                name="reports_to_forget",
            ),
            models.Index(
                fields=["company"],
                condition=Q(stranded_at__isnull=False),
                name="reports_stranded",
            ),
            models.Index(fields=["recipient"], name="reports_of_recipient"),
        ]


class News(models.Model):
    """One thing that was told of a recipient, written once; `report` is None for an SMTP refusal.

    `name` is the same however often it is told.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    reason = models.CharField(max_length=24)
    status = models.CharField(max_length=16, default="", blank=True)
    said = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "name"], name="one_news_told_once"),
            one_of("kind", NewsKind, "news_kind"),
            one_of("reason", BounceReason, "news_reason"),
        ]
        indexes = [models.Index(fields=["company", "address", "at"], name="news_of_address")]


class AddressState(models.Model):
    """How mail to an address stands, for one company; no row says that nothing is known.

    `by` is who said so: the system, or the person who released it last.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, default="", blank=True)
    since = models.DateTimeField(null=True)
    cause = models.CharField(max_length=80, default="", blank=True)
    by = models.CharField(max_length=254)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "address"], name="one_state_per_address"),
            one_of("state", Standing, "address_standing"),
        ]
        indexes = [
            models.Index(
                fields=["company"],
                condition=Q(state=Standing.SUPPRESSED.value),
                name="addresses_suppressed",
            )
        ]


class ReturnMailbox(models.Model):
    """The installation's mailbox for returned mail, as the settings name it, and its visits."""

    name = models.CharField(max_length=600, unique=True)
    cursor = models.CharField(max_length=64, default="", blank=True)
    refusals = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)
    stopped = models.TextField(default="", blank=True)
    visited_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    epoch = models.BigIntegerField(default=0)


class ReturnMessage(models.Model):
    """A message of that mailbox that was taken in, by its own name there."""

    mailbox = models.ForeignKey(ReturnMailbox, on_delete=models.CASCADE)
    uid = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid"], name="one_return_per_uid")
        ]
