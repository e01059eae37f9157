"""Mail: the decision, the frozen packet, each address and each try."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from acuse.domain.activity import SYSTEM
from acuse.domain.delivery import DeliveryState, Reason, Trigger
from acuse.domain.recipient import RecipientState
from acuse.store.models.company import Company, one_of
from acuse.store.models.document import Artifact, Document
from acuse.store.models.mail_template import MailTemplate
from acuse.store.models.submission import Acceptance

FAILING = ["BOUNCED", "DEFERRED", "FAILED", "STUCK", "UNCERTAIN"]


class Deliveries(models.QuerySet["Delivery"]):
    """Deliveries, told apart by whom they are for."""

    def to_customer(self) -> Self:
        """All but the company's own copies, which say nothing of the customer's mail."""
        return self.exclude(trigger=Trigger.COPY.value)


class Recipients(models.QuerySet["Recipient"]):
    """Recipients, told apart by whom they are."""

    def to_customer(self) -> Self:
        """All but those of the company's own copies."""
        return self.exclude(delivery__trigger=Trigger.COPY.value)


class Delivery(models.Model):
    """The decision about one acceptance and, once prepared, its frozen packet."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    acceptance = models.ForeignKey(Acceptance, on_delete=models.PROTECT)
    trigger = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=32, default="", blank=True)
    wanted = models.JSONField(default=list)  # addresses a person named; [] = the customer's
    # Addresses that it does not go to, as mail to them is held; without those dealt with since.
    left_out = models.JSONField(default=list, blank=True, db_default=[])
    given_up = models.JSONField(default=list, blank=True, db_default=[])  # left out, dealt with
    snapshot = models.JSONField()  # what decide() was asked at the verdict
    opened_by = models.CharField(max_length=254)
    opened_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True)
    prepared_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    epoch = models.BigIntegerField(default=0)
    tries = models.IntegerField(default=0)
    largest = models.BigIntegerField(null=True)  # bytes that its road's server said it takes
    roles = models.JSONField(default=dict, db_default={})  # as its messages were made with

    objects = Deliveries.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["acceptance"],
                condition=Q(trigger=Trigger.AUTOMATIC.value),
                name="one_automatic_delivery",
            ),
            models.UniqueConstraint(
                fields=["acceptance"],
                # A person may have a copy that failed sent once more.
                condition=Q(trigger=Trigger.COPY.value, opened_by=SYSTEM),
                name="one_copy_by_itself",
            ),
            models.UniqueConstraint(fields=["company", "id"], name="delivery_in_company"),
            one_of("state", DeliveryState, "delivery_state"),
            one_of("trigger", Trigger, "delivery_trigger"),
            one_of("reason", Reason, "delivery_reason"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.OPEN.value) | ~Q(reason=""),
                name="not_sending_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["document"], name="deliveries_of_document"),
            models.Index(
                fields=["wake_at"],
                condition=Q(state=DeliveryState.OPEN.value, prepared_at__isnull=True),
                name="deliveries_to_prepare",
            ),
            models.Index(
                fields=["company", "reason"],
                condition=Q(state=DeliveryState.HELD.value),
                name="deliveries_held",
            ),
            models.Index(
                fields=["company"],
                condition=Q(state=DeliveryState.OPEN.value) & ~Q(left_out=[]),
                name="deliveries_left_out",
            ),
        ]


class PacketFile(models.Model):
    """One file of a frozen packet."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    ordinal = models.IntegerField()
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    artifact = models.ForeignKey(Artifact, on_delete=models.PROTECT)
    optional = models.BooleanField(default=False)  # the law asks for the packet without it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "ordinal"], name="one_file_per_place")
        ]


class Recipient(models.Model):
    """One address: its own message, its own SMTP transactions, its own state."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT)
    address = models.CharField(max_length=254)
    normalised = models.CharField(max_length=254)
    state = models.CharField(max_length=12, default=RecipientState.QUEUED.value)
    token = models.CharField(max_length=64, unique=True)
    message_name = models.CharField(max_length=200, unique=True)  # the Message-ID header
    return_path = models.CharField(max_length=254)
    message = models.ForeignKey(Artifact, on_delete=models.PROTECT)
    # The version of the company's words that the message was made with; None: the house's own.
    template = models.ForeignKey(MailTemplate, null=True, on_delete=models.PROTECT)
    tries = models.IntegerField(default=0)
    uncertain = models.IntegerField(default=0)
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    epoch = models.BigIntegerField(default=0)
    stage = models.CharField(max_length=12, default="")
    answer = models.TextField(default="")
    cause = models.CharField(max_length=20, default="", db_default="")  # why it is not there yet
    resolved_at = models.DateTimeField(null=True)  # a person dealt with its failure

    objects = Recipients.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "normalised"],
                # What took the place of a message that never left has a row of its own.
                condition=~Q(state=RecipientState.REPLACED.value),
                name="one_row_per_address",
            ),
            models.UniqueConstraint(fields=["company", "id"], name="recipient_in_company"),
            one_of("state", RecipientState, "recipient_state"),
        ]
        indexes = [
            models.Index(
                fields=["wake_at"],
                condition=Q(
                    state__in=[
                        RecipientState.QUEUED.value,
                        RecipientState.DEFERRED.value,
                        RecipientState.SENDING.value,
                        RecipientState.UNCERTAIN.value,
                    ]
                ),
                name="recipients_due",
            ),
            models.Index(
                fields=["company", "state"],
                condition=Q(state__in=FAILING, resolved_at__isnull=True),
                name="recipients_failing",
            ),
            models.Index(fields=["normalised"], name="recipients_of_address"),
        ]


class Attempt(models.Model):
    """One SMTP try; committed before it begins, its stage again before the final dot.

    `provider` is whose road it took where that is no mail server, told with the stage;
    `provider_name` is what that provider calls the mail.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT)
    ordinal = models.IntegerField()
    epoch = models.BigIntegerField()
    message_sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    stage = models.CharField(max_length=12, default="")
    finished_at = models.DateTimeField(null=True)
    code = models.IntegerField(null=True)
    text = models.TextField(default="")
    result = models.CharField(max_length=12, default="")
    provider = models.CharField(max_length=12, default="", db_default="")
    provider_name = models.CharField(max_length=250, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "ordinal"], name="one_attempt_per_ordinal")
        ]
        indexes = [
            models.Index(
                fields=["provider", "provider_name"],
                condition=~Q(provider_name=""),
                name="attempts_of_provider",
            )
        ]
