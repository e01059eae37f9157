"""The end of a chain is found by its index: IS NOT DISTINCT FROM had every event read for each."""

from django.db import migrations

CHAIN = """
CREATE OR REPLACE FUNCTION acuse_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    -- One writer at a time in a chain: of the document, or of the company's own events.
    PERFORM pg_advisory_xact_lock(
        hashtextextended(NEW.company_id || ':' || coalesce(NEW.document_id, 0), 727));
    IF NEW.document_id IS NULL THEN
        -- Sorted as the index is, which an IS NULL alone does not tell the planner.
        SELECT ordinal, hash INTO last FROM store_event
            WHERE company_id = NEW.company_id AND document_id IS NULL
            ORDER BY document_id DESC, ordinal DESC LIMIT 1;
    ELSE
        SELECT ordinal, hash INTO last FROM store_event
            WHERE company_id = NEW.company_id AND document_id = NEW.document_id
            ORDER BY ordinal DESC LIMIT 1;
    END IF;
    NEW.ordinal := coalesce(last.ordinal, 0) + 1;
    NEW.previous := coalesce(last.hash, '');
    NEW.hash := acuse_event_hash(NEW);
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0028_discarded_drafts")]

    operations = [migrations.RunSQL(CHAIN, reverse_sql=migrations.RunSQL.noop)]
