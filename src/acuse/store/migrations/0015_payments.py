"""What was paid of a document, and taken off it, found without reading every receipt."""

from django.db import migrations

INDEX = """
CREATE INDEX documents_that_settle ON store_document
    USING gin ((content -> 'references') jsonb_path_ops)
    WHERE kind IN ('PAYMENT', 'CREDIT_NOTE')
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0014_receptions_apart")]
    operations = [
        migrations.RunSQL(INDEX, "DROP INDEX documents_that_settle")
    ]
