"""A delivery may be left out because there is nobody to mail it to."""

from django.db import migrations, models

REASONS = [
    "",
    "NO_EMAIL",
    "COMPANY_INCOMPLETE",
    "ADDRESS_SUPPRESSED",
    "PACKET_INCOMPLETE",
    "SWITCH_OFF",
    "CUSTOMER_NEVER",
    "EXPIRED",
    "CONFIRM_MANY",
    "NOT_WANTED",
    "HANDED_OVER",
    "SENT_BY_HAND",
    "VOIDED",
    "NOBODY",
]


class Migration(migrations.Migration):

    dependencies = [("store", "0011_api_tokens")]

    operations = [
        migrations.RemoveConstraint(model_name="delivery", name="delivery_reason"),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", REASONS)), name="delivery_reason"
            ),
        ),
    ]
