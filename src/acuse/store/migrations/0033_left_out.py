"""A delivery keeps the addresses that it does not go to, until a person has dealt with them."""

from django.db import migrations, models

# Whatever else may change of a delivery stays as it was.
MOVING = """
DO $$
DECLARE
    kept text;
BEGIN
    SELECT pg_get_triggerdef(oid) INTO kept FROM pg_trigger
        WHERE tgname = 'facts_kept' AND tgrelid = 'store_delivery'::regclass;
    EXECUTE 'DROP TRIGGER facts_kept ON store_delivery';
    EXECUTE replace(kept, 'acuse_keep_facts(', 'acuse_keep_facts(''left_out'', ');
END $$;
"""
STILL = """
DO $$
DECLARE
    kept text;
BEGIN
    SELECT pg_get_triggerdef(oid) INTO kept FROM pg_trigger
        WHERE tgname = 'facts_kept' AND tgrelid = 'store_delivery'::regclass;
    EXECUTE 'DROP TRIGGER facts_kept ON store_delivery';
    EXECUTE replace(kept, 'acuse_keep_facts(''left_out'', ', 'acuse_keep_facts(');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0031_questions_have_their_turn")]

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
        migrations.RunSQL(MOVING, reverse_sql=STILL),
    ]
