"""A mail that never left may be made anew, lighter or for an address that is meant again."""

from django.db import migrations, models

MOVING = """
DROP TRIGGER facts_kept ON store_delivery;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_delivery FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'reason', 'hold_until', 'prepared_at', 'wake_at', 'lease_until', 'epoch', 'tries',
        'largest', 'roles');
INSERT INTO store_transition VALUES
    ('recipient', 'QUEUED', 'REPLACED'), ('recipient', 'DEFERRED', 'REPLACED');
"""
STILL = "DELETE FROM store_transition WHERE after = 'REPLACED'"
STATES = [
    "QUEUED",
    "SENDING",
    "DEFERRED",
    "UNCERTAIN",
    "SENT",
    "DELIVERED",
    "BOUNCED",
    "FAILED",
    "STUCK",
    "CANCELLED",
    "REPLACED",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0031_questions_have_their_turn")]

    operations = [
        migrations.RemoveConstraint(model_name="recipient", name="recipient_state"),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="recipient_state"
            ),
        ),
        migrations.RemoveConstraint(model_name="recipient", name="one_row_per_address"),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "REPLACED"), _negated=True),
                fields=("delivery", "normalised"),
                name="one_row_per_address",
            ),
        ),
        migrations.AddField(
            model_name="delivery", name="largest", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="delivery",
            name="roles",
            field=models.JSONField(db_default={}, default=dict),
        ),
        migrations.RunSQL(MOVING, reverse_sql=STILL),
    ]
