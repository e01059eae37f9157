"""An alarm may tell of a key that the DNS no longer shows."""

from django.db import migrations, models

TROUBLES = ["SENDER_LOST", "KEY_LOST"]
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


class Migration(migrations.Migration):
    dependencies = [("store", "0029_chain_by_index")]

    operations = [
        migrations.RemoveConstraint(model_name="alarm", name="alarm_cause"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", [*CAUSES, *TROUBLES])), name="alarm_cause"
            ),
        ),
    ]
