"""What came back of a company's mails may lie in that company's own mailbox."""

from django.db import migrations, models
from django.db.models import Q

OUTCOMES = ["RECEIVED", "EVENT", "RETURNED", "KNOWN", "REFUSED", "NOTHING", "FAILED"]


class Migration(migrations.Migration):
    dependencies = [("store", "0036_reports_to_forget")]

    operations = [
        migrations.RemoveConstraint(model_name="incomingmessage", name="message_outcome"),
        migrations.AddConstraint(
            model_name="incomingmessage",
            constraint=models.CheckConstraint(
                condition=Q(("outcome__in", OUTCOMES)), name="message_outcome"
            ),
        ),
        migrations.RemoveConstraint(model_name="report", name="report_of_provider_has_road"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=(
                    Q(intake="HOOK", owner__isnull=False) & ~Q(provider="")
                    | Q(intake="MAILBOX", provider="")
                    | ~Q(intake__in=["HOOK", "MAILBOX"]) & Q(owner=None, provider="")
                ),
                name="report_of_provider_has_road",
            ),
        ),
    ]
