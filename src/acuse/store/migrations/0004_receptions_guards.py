"""What must never be false of received documents and declarations, held by the database."""

from django.db import migrations

SQL = """
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_received
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_buyerevent
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_reception FOR EACH ROW
    WHEN (OLD.outcome = '')
    EXECUTE FUNCTION acuse_keep_facts('outcome', 'remarks', 'receipt_id', 'answered_at');
CREATE TRIGGER answered BEFORE UPDATE ON store_reception FOR EACH ROW
    WHEN (OLD.outcome <> '') EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_reception FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
"""

# A child's company is its parent's: (table, column, parent), as in 0002_guards.
SAME_COMPANY = (
    ("store_received", "content_id", "store_artifact"),
    ("store_received", "receipt_id", "store_artifact"),
    ("store_received", "original_id", "store_artifact"),
    ("store_reception", "received_id", "store_received"),
    ("store_reception", "document_id", "store_document"),
    ("store_reception", "artifact_id", "store_artifact"),
    ("store_reception", "receipt_id", "store_artifact"),
    ("store_submission", "reception_id", "store_reception"),
    ("store_buyerevent", "document_id", "store_document"),
    ("store_buyerevent", "raw_id", "store_artifact"),
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
    dependencies = [("store", "0003_receptions")]
    operations = [
        migrations.RunSQL(SQL + same_company_sql(), reverse_sql=migrations.RunSQL.noop)
    ]
