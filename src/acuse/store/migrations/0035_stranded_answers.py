"""An answer that could not be handed on waits for a person, under a cause of its own."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("acuse.store.migrations.0030_alarm_of_a_lost_key")
PLACE = BEFORE.CAUSES.index("AUTHORITY")
CAUSES = [*BEFORE.CAUSES[:PLACE], "ANSWER", *BEFORE.CAUSES[PLACE:]]


class Migration(migrations.Migration):
    dependencies = [("store", "0034_proof_after_an_end")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="stranded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="forward_said",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("stranded_at__isnull", False)),
                fields=["company"],
                name="reports_stranded",
            ),
        ),
        migrations.RemoveConstraint(model_name="alarm", name="alarm_cause"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", CAUSES)), name="alarm_cause"
            ),
        ),
    ]
