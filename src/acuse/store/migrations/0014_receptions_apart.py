"""A document may come before the authority's answer about it; a part of one may be accepted."""

import django.db.models.deletion
from django.db import migrations, models

# Until the answer is there, what comes with it takes the place of what came without.
GUARDS = """
DROP TRIGGER written_once ON store_received;
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_received FOR EACH ROW
    WHEN (OLD.receipt_id IS NULL)
    EXECUTE FUNCTION acuse_keep_facts(
        'receipt_id', 'content_id', 'original_id', 'facts', 'issuer_name', 'currency', 'total');
CREATE TRIGGER answered BEFORE UPDATE ON store_received FOR EACH ROW
    WHEN (OLD.receipt_id IS NOT NULL) EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_received FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
"""

KINDS = [
    "ACKNOWLEDGED",
    "GOODS_RECEIVED",
    "ACCEPTED",
    "PARTLY_ACCEPTED",
    "CLAIMED",
    "ACCEPTED_BY_LAPSE",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0013_catalogue")]

    operations = [
        migrations.RemoveConstraint(model_name="reception", name="reception_kind"),
        migrations.AddConstraint(
            model_name="reception",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="reception_kind"
            ),
        ),
        migrations.AlterField(
            model_name="received",
            name="receipt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.artifact",
            ),
        ),
        migrations.RunSQL(GUARDS, reverse_sql=migrations.RunSQL.noop),
    ]
