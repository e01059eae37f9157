"""Failures by cause, what was dealt with, alarms, and the notices to a company's people."""

import django.db.models.deletion
from django.db import migrations, models

COMPANY = models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.company")
CAUSES = [
    "NO_EMAIL",
    "COMPANY_INCOMPLETE",
    "ADDRESS_SUPPRESSED",
    "PACKET_INCOMPLETE",
    "CONFIRM_MANY",
    "SWITCH_OFF",
    "EXPIRED",
    "VOIDED",
    "BAD_ADDRESS",
    "BOUNCED",
    "MAILBOX_FULL",
    "BLOCKED",
    "TOO_BIG",
    "OUR_SERVER",
    "THEIR_SERVER",
    "UNDECIDED",
    "UNCERTAIN",
    "AUTHORITY",
    "LATE",
]
FAILING_EVENTS = [
    "delivery.held",
    "recipient.failed",
    "recipient.bounced",
    "recipient.deferred",
    "recipient.stuck",
    "submission.stuck",
]

# The cause moves with the state, and a person resolves: whatever else may change stays as it was.
MOVING = """
DO $$
DECLARE
    kept text;
BEGIN
    SELECT pg_get_triggerdef(oid) INTO kept FROM pg_trigger
        WHERE tgname = 'facts_kept' AND tgrelid = 'store_recipient'::regclass;
    EXECUTE 'DROP TRIGGER facts_kept ON store_recipient';
    EXECUTE replace(kept, 'acuse_keep_facts(', 'acuse_keep_facts(''cause'', ''resolved_at'', ');
END $$;
"""


def key() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):

    dependencies = [("store", "0015_payments")]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", key()),
                ("cause", models.CharField(max_length=20)),
                ("documents", models.IntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("company", COMPANY.clone()),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", key()),
                ("about", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=254)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("message", models.BinaryField()),
                ("state", models.CharField(default="QUEUED", max_length=12)),
                ("tries", models.IntegerField(default=0)),
                ("epoch", models.BigIntegerField(default=0)),
                ("handed", models.BooleanField(default=False)),
                ("wake_at", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("answer", models.TextField(default="")),
                ("company", COMPANY.clone()),
            ],
        ),
        migrations.AddField(
            model_name="recipient",
            name="cause",
            field=models.CharField(db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="recipient",
            name="resolved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(MOVING, reverse_sql=migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind__in", FAILING_EVENTS)),
                fields=["at"],
                name="failures_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                condition=models.Q(
                    ("resolved_at__isnull", True),
                    ("state__in", ["BOUNCED", "DEFERRED", "FAILED", "STUCK", "UNCERTAIN"]),
                ),
                fields=["company", "state"],
                name="recipients_failing",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "STUCK")),
                fields=["company"],
                name="submissions_stuck",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("company", "cause"),
                name="one_open_alarm_per_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", CAUSES)), name="alarm_cause"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["QUEUED", "SENDING"])),
                fields=["wake_at"],
                name="notices_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("company", "about", "address"), name="one_notice_per_address"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["QUEUED", "SENDING", "SENT", "FAILED"])),
                name="notice_state",
            ),
        ),
    ]
