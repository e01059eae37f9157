"""A delivery keeps the addresses that it does not go to, until a person has dealt with them."""

from django.db import migrations, models

MOVING = """
DROP TRIGGER facts_kept ON store_delivery;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_delivery FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'reason', 'hold_until', 'prepared_at', 'wake_at', 'lease_until', 'epoch', 'tries',
        'largest', 'roles', 'left_out');
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0032_mails_made_anew")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="left_out",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(
                    ("state", "OPEN"), models.Q(("left_out", []), _negated=True)
                ),
                fields=["company"],
                name="deliveries_left_out",
            ),
        ),
        migrations.RunSQL(MOVING, reverse_sql=migrations.RunSQL.noop),
    ]
