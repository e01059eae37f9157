"""What buyers may still declare about has its turn to be asked about, found by an index."""

from django.db import migrations, models

FILL = """
INSERT INTO store_inquiry (company_id, document_id, due_at)
SELECT d.company_id, d.id, now() FROM store_acceptance a
JOIN store_document d ON d.id = a.document_id AND d.kind = 'INVOICE'
JOIN store_company c ON c.id = d.company_id AND c.jurisdiction = 'CO'
JOIN store_sealing s ON s.document_id = d.id AND s.current AND NOT s.contingency
WHERE a.at > now() - interval '10 days'
ON CONFLICT (document_id) DO UPDATE SET due_at = EXCLUDED.due_at
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0030_alarm_of_a_lost_key")]

    operations = [
        migrations.AddField(
            model_name="inquiry", name="due_at", field=models.DateTimeField(null=True)
        ),
        migrations.RemoveField(model_name="inquiry", name="asked_at"),
        migrations.RemoveIndex(model_name="acceptance", name="acceptances_newest"),
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(
                fields=["due_at"],
                condition=models.Q(("due_at__isnull", False)),
                name="inquiries_due",
            ),
        ),
        migrations.RunSQL(FILL, reverse_sql=migrations.RunSQL.noop),
    ]
