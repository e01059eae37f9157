"""A document made again in contingency has a new fiscal id; everything else of it stays frozen."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION acuse_document_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.value IS NOT NULL THEN
            RAISE EXCEPTION 'a numbered document is not deleted'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.company_id <> OLD.company_id OR NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'a document keeps its company and kind'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.value IS NOT NULL AND (NEW.value, NEW.series, NEW.range_id)
            IS DISTINCT FROM (OLD.value, OLD.series, OLD.range_id) THEN
        RAISE EXCEPTION 'a document keeps its number'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.state <> 'DRAFT' AND (to_jsonb(NEW) - 'state' - 'fiscal_id')
            IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'fiscal_id') THEN
        RAISE EXCEPTION 'an issued document does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Its fiscal id is that of its current sealing, and moves only while nothing is judged.
    IF OLD.state <> 'DRAFT' AND NEW.fiscal_id <> OLD.fiscal_id AND (
        OLD.state <> 'ISSUED' OR NOT EXISTS (
            SELECT FROM store_sealing WHERE document_id = NEW.id AND current
                AND fiscal_id = NEW.fiscal_id)) THEN
        RAISE EXCEPTION 'a fiscal id is that of the current sealing'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0004_receptions_guards")]
    operations = [migrations.RunSQL(GUARD, reverse_sql=migrations.RunSQL.noop)]
