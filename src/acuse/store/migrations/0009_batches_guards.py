"""What must never be false of batches, held by the database."""

from django.db import migrations

SQL = """
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_batch FOR EACH ROW
    WHEN (OLD.outcome = '')
    EXECUTE FUNCTION acuse_keep_facts('outcome', 'remarks', 'receipt_id', 'answered_at');
CREATE TRIGGER answered BEFORE UPDATE ON store_batch FOR EACH ROW
    WHEN (OLD.outcome <> '') EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_batch FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_batchmember FOR EACH ROW
    WHEN (OLD.fate = '') EXECUTE FUNCTION acuse_keep_facts('fate');
CREATE TRIGGER told BEFORE UPDATE ON store_batchmember FOR EACH ROW
    WHEN (OLD.fate <> '') EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_batchmember FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
INSERT INTO store_transition VALUES
    ('submission', 'GATHERED', 'SETTLED'), ('submission', 'GATHERED', 'STUCK'),
    ('submission', 'GATHERED', 'UNCERTAIN'), ('submission', 'GATHERED', 'QUEUED'),
    ('submission', 'STUCK', 'GATHERED');
"""

# A child's company is its parent's: (table, column, parent), as in 0002_guards.
SAME_COMPANY = (
    ("store_batch", "artifact_id", "store_artifact"),
    ("store_batch", "receipt_id", "store_artifact"),
    ("store_batchmember", "batch_id", "store_batch"),
    ("store_batchmember", "document_id", "store_document"),
    ("store_submission", "batch_id", "store_batch"),
)


def same_company_sql() -> str:
    """Composite foreign keys: no row points to another company's."""
    return "\n".join(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_company"
        f" FOREIGN KEY (company_id, {column}) REFERENCES {parent} (company_id, id)"
        " DEFERRABLE INITIALLY DEFERRED;"
        for table, column, parent in SAME_COMPANY
    )


class Migration(migrations.Migration):
    dependencies = [("store", "0008_batches")]
    operations = [
        migrations.RunSQL(SQL + same_company_sql(), reverse_sql=migrations.RunSQL.noop)
    ]
