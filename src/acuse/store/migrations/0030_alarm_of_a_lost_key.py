"""An alarm may tell of a key that the DNS no longer shows."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("acuse.store.migrations.0027_alarm_of_a_lost_proof")
CAUSES = [*BEFORE.CAUSES, *BEFORE.TROUBLES, "KEY_LOST"]


class Migration(migrations.Migration):
    dependencies = [("store", "0029_chain_by_index")]

    operations = [
        migrations.RemoveConstraint(model_name="alarm", name="alarm_cause"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", CAUSES)), name="alarm_cause"
            ),
        ),
    ]
