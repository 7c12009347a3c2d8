-- How changes get into the log, and how a transaction's changes become a revision.

-- The changeset that this transaction is writing. The setting is only a hint that anybody may have set: one that is
-- sealed already is not used again, and one that another transaction is writing collides with it on (changeset, position).

CREATE FUNCTION current_changeset() RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    open uuid := nullif(current_setting('app.changeset', true), '')::uuid;
BEGIN
    IF open IS NULL OR EXISTS (SELECT FROM revision r WHERE r.changeset = open) THEN
        open := gen_random_uuid();
        PERFORM set_config('app.changeset', open::text, true);
    END IF;
    RETURN open;
END $$;

-- One call for each statement, whatever it touched: an import of a thousand rows is a handful of calls.

CREATE FUNCTION log_written_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' SET extra_float_digits = 1
SET intervalstyle = 'iso_8601' AS $$
DECLARE
    open CONSTANT uuid := current_changeset();
BEGIN
    WITH entry AS MATERIALIZED (
        SELECT to_jsonb(w) AS row, uuid_send(gen_random_uuid()) AS salt FROM written w
    ), owned AS (
        SELECT CASE WHEN TG_TABLE_NAME = 'council' THEN row ->> 'id' ELSE row ->> 'council_id' END::uuid AS council,
               row, salt
        FROM entry
    ), council AS (
        SELECT o.council, coalesce(max(c.position), 0) AS already
        FROM (SELECT DISTINCT council FROM owned) o
        LEFT JOIN change c ON c.council_id = o.council AND c.changeset = open
        GROUP BY o.council
    )
    INSERT INTO change (council_id, changeset, position, table_name, row_id, plan_id, op, row, salt, digest)
    SELECT o.council, open, c.already + row_number() OVER (PARTITION BY o.council), TG_TABLE_NAME,
           (o.row ->> 'id')::uuid,
           CASE WHEN TG_TABLE_NAME = 'plan' THEN o.row ->> 'id' ELSE o.row ->> 'plan_id' END::uuid,
           TG_OP, o.row, o.salt, content_digest(o.salt, o.row)
    FROM owned o JOIN council c USING (council);
    RETURN NULL;
END $$;

-- At COMMIT (or at SET CONSTRAINTS ... IMMEDIATE, after which the transaction starts another changeset). Councils seal one at
-- a time, each holding its lock until its commit is visible, so numbers have no gaps and times always rise.

CREATE FUNCTION seal_changeset() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    last revision;
    this revision;
BEGIN
    PERFORM set_config('app.changeset', '', true);
    PERFORM pg_advisory_xact_lock(hashtextextended('revisions of ' || NEW.council_id, 0));
    SELECT * INTO last FROM revision WHERE council_id = NEW.council_id ORDER BY number DESC LIMIT 1;

    this.council_id := NEW.council_id;
    this.changeset  := NEW.changeset;
    this.number     := coalesce(last.number, 0) + 1;
    this.previous   := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    this.sealed_at  := greatest(clock_timestamp(), last.sealed_at + interval '1 microsecond');
    this.actor      := coalesce(nullif(current_setting('app.actor', true), ''), 'sql:' || session_user);
    this.reason     := coalesce(current_setting('app.reason', true), '');
    this.salt       := uuid_send(gen_random_uuid());
    this.said       := content_digest(this.salt, jsonb_build_object('actor', this.actor, 'reason', this.reason));
    SELECT count(*), sha256(string_agg(c.digest, ''::bytea ORDER BY c.position)) INTO this.changes, this.digest
    FROM change c WHERE c.council_id = NEW.council_id AND c.changeset = NEW.changeset;
    this.hash := revision_hash(this);

    INSERT INTO revision SELECT this.*;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON change DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.position = 1) EXECUTE FUNCTION seal_changeset();
