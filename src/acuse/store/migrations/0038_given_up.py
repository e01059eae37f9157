"""A delivery keeps the left-out addresses that a person has dealt with: they do not come back."""

from django.db import migrations, models

# For a day 0033 brought the column itself: such a database has it already.
ADDING = """
ALTER TABLE store_delivery
    ADD COLUMN IF NOT EXISTS given_up jsonb NOT NULL DEFAULT '[]'::jsonb
"""
MOVING = """
DROP TRIGGER facts_kept ON store_delivery;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_delivery FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'reason', 'hold_until', 'prepared_at', 'wake_at', 'lease_until', 'epoch', 'tries',
        'largest', 'roles', 'left_out', 'given_up');
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0037_returned_to_a_company")]

    operations = [
        migrations.RunSQL(
            ADDING,
            reverse_sql="ALTER TABLE store_delivery DROP COLUMN given_up",
            state_operations=[
                migrations.AddField(
                    model_name="delivery",
                    name="given_up",
                    field=models.JSONField(blank=True, db_default=[], default=list),
                )
            ],
        ),
        migrations.RunSQL(MOVING, reverse_sql=migrations.RunSQL.noop),
    ]
