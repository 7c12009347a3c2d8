-- Dated facts: only ever added to, each knowing its place in the order of writing and the changeset that it came with.

ALTER TABLE dated_fact
    ADD COLUMN entry bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN changeset uuid NOT NULL;

-- A snapshot asks for the latest fact of each series of each item of one plan.
CREATE INDEX dated_fact_latest ON dated_fact (plan_id, item_id, series, effective_on DESC, entry DESC);

CREATE FUNCTION stamp_changeset() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.changeset := current_changeset();
    RETURN NEW;
END $$;

CREATE TRIGGER stamp BEFORE INSERT ON dated_fact FOR EACH ROW EXECUTE FUNCTION stamp_changeset();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON dated_fact FOR EACH ROW EXECUTE FUNCTION refuse();
