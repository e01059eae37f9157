"""What a company is told about its failures: an alarm while it lasts, and mails about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from acuse.domain.alarm import Trouble
from acuse.domain.failure import Cause
from acuse.domain.notice import NoticeState
from acuse.store.models.company import Company, one_of


class Alarm(models.Model):
    """A cause that has become systemic, or a trouble; on the company's pages until it is over."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    cause = models.CharField(max_length=20)
    documents = models.IntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "cause"],
                condition=Q(ended_at__isnull=True),
                name="one_open_alarm_per_cause",
            ),
            one_of("cause", (*Cause, *Trouble), "alarm_cause"),
        ]


class Notice(models.Model):
    """One mail to one of the company's people; `about` is a day, or an alarm."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    about = models.CharField(max_length=40)
    address = models.CharField(max_length=254)
    token = models.CharField(max_length=64, unique=True)
    message = models.BinaryField()
    state = models.CharField(max_length=12, default=NoticeState.QUEUED.value)
    tries = models.IntegerField(default=0)
    epoch = models.BigIntegerField(default=0)
    handed = models.BooleanField(default=False)  # the final dot was about to be said
    wake_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    answer = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "about", "address"], name="one_notice_per_address"
            ),
            one_of("state", NoticeState, "notice_state"),
        ]
        indexes = [
            models.Index(
                fields=["wake_at"],
                condition=Q(state__in=[NoticeState.QUEUED.value, NoticeState.SENDING.value]),
                name="notices_due",
            )
        ]
