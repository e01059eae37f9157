-- Artifacts are compressed by the program: PostgreSQL need not try.
ALTER TABLE store_artifact ALTER COLUMN content SET STORAGE EXTERNAL;

-- Rows that are written once -------------------------------------------------------------------

CREATE FUNCTION acuse_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_artifact
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_verdict
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_acceptance
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_packetfile
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON store_event
    FOR EACH ROW EXECUTE FUNCTION acuse_refuse();

-- Rows whose facts are frozen while their progress moves. The arguments are the columns that may
-- change; everything else may not.

CREATE FUNCTION acuse_keep_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    moving text;
BEGIN
    FOREACH moving IN ARRAY TG_ARGV LOOP
        before := before - moving;
        after := after - moving;
    END LOOP;
    IF before IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'facts of % do not change', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER facts_kept BEFORE UPDATE ON store_sealing FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts('current');
CREATE TRIGGER no_delete BEFORE DELETE ON store_sealing FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_exchange FOR EACH ROW
    WHEN (OLD.finished_at IS NULL)
    EXECUTE FUNCTION acuse_keep_facts('finished_at', 'status', 'reply_id', 'finding');
CREATE TRIGGER finished BEFORE UPDATE ON store_exchange FOR EACH ROW
    WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_exchange FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_attempt FOR EACH ROW
    WHEN (OLD.finished_at IS NULL)
    EXECUTE FUNCTION acuse_keep_facts('finished_at', 'stage', 'code', 'text', 'result');
CREATE TRIGGER finished BEFORE UPDATE ON store_attempt FOR EACH ROW
    WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON store_attempt FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_recipient FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'tries', 'uncertain', 'wake_at', 'lease_until', 'epoch', 'stage', 'answer');
CREATE TRIGGER no_delete BEFORE DELETE ON store_recipient FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_delivery FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'reason', 'hold_until', 'prepared_at', 'wake_at', 'lease_until', 'epoch', 'tries');
CREATE TRIGGER no_delete BEFORE DELETE ON store_delivery FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();
CREATE TRIGGER facts_kept BEFORE UPDATE ON store_submission FOR EACH ROW
    EXECUTE FUNCTION acuse_keep_facts(
        'state', 'wake_at', 'lease_until', 'epoch', 'tries', 'asks', 'not_known_since', 'sent_at',
        'ticket', 'reason', 'not_held');
CREATE TRIGGER no_delete BEFORE DELETE ON store_submission FOR EACH ROW
    EXECUTE FUNCTION acuse_refuse();

-- A document: free while a draft, frozen from issue on; its number is its own for ever.

CREATE FUNCTION acuse_document_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF OLD.state <> 'DRAFT'
            AND (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state') THEN
        RAISE EXCEPTION 'an issued document does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER facts_kept BEFORE UPDATE OR DELETE ON store_document FOR EACH ROW
    EXECUTE FUNCTION acuse_document_guard();

CREATE FUNCTION acuse_counter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.next < OLD.next OR NEW.company_id <> OLD.company_id OR NEW.series <> OLD.series THEN
        RAISE EXCEPTION 'a counter only moves forward'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER forward_only BEFORE UPDATE ON store_numberingrange FOR EACH ROW
    EXECUTE FUNCTION acuse_counter_guard();

-- States move only along their tables ----------------------------------------------------------

CREATE TABLE store_transition (
    machine text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    PRIMARY KEY (machine, before, after)
);

CREATE FUNCTION acuse_check_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM store_transition
        WHERE machine = TG_ARGV[0] AND before = OLD.state AND after = NEW.state
    ) THEN
        RAISE EXCEPTION 'a % does not go from % to %', TG_ARGV[0], OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER along_the_table BEFORE UPDATE ON store_document FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION acuse_check_transition('document');
CREATE TRIGGER along_the_table BEFORE UPDATE ON store_submission FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION acuse_check_transition('submission');
CREATE TRIGGER along_the_table BEFORE UPDATE ON store_delivery FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION acuse_check_transition('delivery');
CREATE TRIGGER along_the_table BEFORE UPDATE ON store_recipient FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION acuse_check_transition('recipient');

-- Mail hangs from an acceptance of the same document -------------------------------------------

ALTER TABLE store_acceptance ADD CONSTRAINT acceptance_of_document
    UNIQUE (id, document_id);
ALTER TABLE store_delivery ADD CONSTRAINT delivery_of_accepted_document
    FOREIGN KEY (acceptance_id, document_id) REFERENCES store_acceptance (id, document_id);

-- The timeline: the database numbers and chains each line --------------------------------------

CREATE FUNCTION acuse_event_hash(e store_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        concat_ws(E'\x1f', e.previous, e.company_id, coalesce(e.document_id, 0), e.ordinal,
            extract(epoch FROM e.at), e.kind, e.actor, e.facts::text), 'UTF8')), 'hex')
$$;

CREATE FUNCTION acuse_chain_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    -- One writer at a time in a chain: of the document, or of the company's own events.
    PERFORM pg_advisory_xact_lock(
        hashtextextended(NEW.company_id || ':' || coalesce(NEW.document_id, 0), 727));
    SELECT ordinal, hash INTO last FROM store_event
        WHERE company_id = NEW.company_id AND document_id IS NOT DISTINCT FROM NEW.document_id
        ORDER BY ordinal DESC LIMIT 1;
    NEW.ordinal := coalesce(last.ordinal, 0) + 1;
    NEW.previous := coalesce(last.hash, '');
    NEW.hash := acuse_event_hash(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER chained BEFORE INSERT ON store_event FOR EACH ROW
    EXECUTE FUNCTION acuse_chain_event();

-- Zero rows, always: lines whose hash, predecessor or place in the chain is not what it should be.
CREATE VIEW store_broken_chain AS
    SELECT e.id, e.company_id, e.document_id, e.ordinal
    FROM (
        SELECT *, lag(hash, 1, '') OVER w AS before, lag(ordinal, 1, 0::bigint) OVER w AS place
        FROM store_event
        WINDOW w AS (PARTITION BY company_id, document_id ORDER BY ordinal)
    ) e
    WHERE e.previous <> e.before OR e.ordinal <> e.place + 1
        OR e.hash <> (SELECT acuse_event_hash(s) FROM store_event s WHERE s.id = e.id);
