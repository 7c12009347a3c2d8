-- What makes a table council-owned. Every migration that adds one calls govern() for it; a test finds any that is missed.

-- No council set: no rows, and no error.
CREATE FUNCTION current_council() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif(current_setting('app.council', true), '')::uuid;

CREATE FUNCTION hide_other_councils(owned regclass, council_column name DEFAULT 'council_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY own_council ON %s USING (%I = current_council())', owned, council_column);
END $$;

CREATE FUNCTION govern(owned regclass, council_column name DEFAULT 'council_id') RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    event text;
BEGIN
    PERFORM hide_other_councils(owned, council_column);
    IF council_column = 'council_id' THEN
        EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (council_id) REFERENCES council (id)', owned);
    END IF;
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
        EXECUTE format(
            'CREATE TRIGGER log_%s AFTER %s ON %s REFERENCING %s TABLE AS written '
            'FOR EACH STATEMENT EXECUTE FUNCTION log_written_rows()',
            lower(event), event, owned, CASE event WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END);
    END LOOP;
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s EXECUTE FUNCTION refuse()', owned);
END $$;

SELECT hide_other_councils('revision'), hide_other_councils('change');
SELECT govern('council', 'id');
SELECT govern(owned) FROM unnest(ARRAY[
    'plan', 'item', 'dated_fact', 'question', 'stored_file', 'import', 'import_answer', 'disposal'
]::regclass[]) AS owned;

-- The triggers run as the owner, and log each row under its own council, whichever is set and even if none is.
CREATE POLICY owner_keeps_log ON revision TO CURRENT_USER USING (true);
CREATE POLICY owner_keeps_log ON change TO CURRENT_USER USING (true);

-- The one way to see across councils: which there are, so that a command can go through them and a visitor can choose.
CREATE POLICY owner_reads_register ON council FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION council_register() RETURNS SETOF council LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT * FROM council ORDER BY name, id;
END;
