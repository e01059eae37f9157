"""The mailbox that a company's incoming mail is read from, and what became of each message."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.mailbox import MailOutcome, Protocol, Security
from acuse.store.models.company import Company, one_of
from acuse.store.models.document import Artifact


class Mailbox(models.Model):
    """A mailbox as it was saved; another host, user or folder is another row.

    `cursor` is the gateway's; `refusals` and `failures` count visits in a row. `epoch` fences a
    worker whose lease was given away.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)
    protocol = models.CharField(max_length=8)
    host = models.CharField(max_length=253)
    port = models.IntegerField()
    security = models.CharField(max_length=12)
    username = models.CharField(max_length=254)
    wrapped_password = models.BinaryField()
    folder = models.CharField(max_length=200, default="INBOX")
    cursor = models.CharField(max_length=64, default="", blank=True)
    paused_reason = models.TextField(default="", blank=True)  # "" while it is read
    refusals = models.IntegerField(default=0)
    failures = models.IntegerField(default=0)
    trouble = models.JSONField(default=dict, blank=True)  # of the last visit
    visited_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    epoch = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(active=True), name="one_active_mailbox"
            ),
            models.UniqueConstraint(fields=["company", "id"], name="mailbox_in_company"),
            models.UniqueConstraint(
                fields=["company", "protocol", "host", "username", "folder"],
                name="one_row_per_mailbox",
            ),
            models.CheckConstraint(
                condition=Q(port__gte=1, port__lte=65535), name="mailbox_port_is_one"
            ),
            models.CheckConstraint(
                condition=~Q(security=Security.NONE.value)
                | Q(host__in=["localhost", "127.0.0.1", "::1"]),
                name="mailbox_is_protected",
            ),
            one_of("protocol", Protocol, "mailbox_protocol"),
            one_of("security", Security, "mailbox_security"),
        ]
        indexes = [
            models.Index(
                fields=["wake_at"],
                condition=Q(active=True, paused_reason=""),
                name="mailboxes_due",
            )
        ]


class IncomingMessage(models.Model):
    """A message that was worked off, once: `uid` is its own name in its mailbox.

    `facts` tell of each file what became of it. The raw message is kept where something of it was
    kept or refused; of a person's letter nothing but its head.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT)
    uid = models.CharField(max_length=80)
    message_id = models.CharField(max_length=250, default="", blank=True)
    sender = models.CharField(max_length=254, default="", blank=True)
    sender_name = models.CharField(max_length=120, default="", blank=True)
    subject = models.CharField(max_length=300, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    facts = models.JSONField(default=list, blank=True)
    raw = models.ForeignKey(Artifact, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid"], name="one_message_per_uid"),
            one_of("outcome", MailOutcome, "message_outcome"),
        ]
        indexes = [models.Index(fields=["company", "-id"], name="messages_newest")]
