-- The change log. Every row written to a council-owned table is one `change`; the changes that one transaction makes to
-- one council's rows are one changeset; at COMMIT a changeset is sealed as one numbered `revision`.
--
-- The chain hashes digests, not contents: what a row or a reason said can later be disposed of (with its salt, so that
-- it cannot be guessed from the digest), and the chain still verifies.

CREATE TABLE revision (
    council_id  uuid        NOT NULL REFERENCES council (id),
    number      bigint      NOT NULL CHECK (number > 0),
    sealed_at   timestamptz NOT NULL,
    actor       text,                        -- with the reason: null only once disposed of
    reason      text,
    salt        bytea,
    said        bytea       NOT NULL,        -- digest of the actor and the reason
    changeset   uuid        NOT NULL,
    changes     integer     NOT NULL CHECK (changes > 0),
    digest      bytea       NOT NULL,        -- of the changes' digests, in their order
    previous    bytea       NOT NULL,        -- hash of the revision before; 32 zero bytes for the first
    hash        bytea       NOT NULL,
    PRIMARY KEY (council_id, number),
    UNIQUE (changeset, council_id)
);

CREATE TABLE change (
    id          bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    council_id  uuid    NOT NULL,            -- no foreign key: the council's own first row is a change too
    changeset   uuid    NOT NULL,
    position    integer NOT NULL,            -- from 1 within the changeset
    table_name  text    NOT NULL,
    row_id      uuid    NOT NULL,
    plan_id     uuid,
    op          text    NOT NULL CHECK (op IN ('INSERT', 'UPDATE', 'DELETE')),
    row         jsonb,                       -- as written (for DELETE, as it was); null once disposed of
    salt        bytea,
    digest      bytea   NOT NULL,
    UNIQUE (council_id, changeset, position)
);
CREATE INDEX change_by_plan ON change (plan_id, table_name, row_id, id DESC) WHERE table_name <> 'dated_fact';
CREATE INDEX change_by_row ON change (row_id, table_name, id DESC);

-- Hashes are taken over JSON text in UTF-8 and UTC: neither the session's time zone nor the database's encoding counts.

CREATE FUNCTION content_digest(salt bytea, content jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN sha256(salt || convert_to(content::text, 'UTF8'));

CREATE FUNCTION revision_hash(r revision) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN sha256(r.previous || r.digest || r.said || convert_to(jsonb_build_object(
    'council', r.council_id, 'number', r.number, 'changes', r.changes,
    'sealed_at', to_char(r.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
)::text, 'UTF8'));

-- The log is only ever added to, by whomever. The one exception is carrying out a disposal that has been entered.

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_unless_disposed_of() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.row IS NULL AND NEW.salt IS NULL
       AND to_jsonb(NEW) - '{row,salt}'::text[] = to_jsonb(OLD) - '{row,salt}'::text[]
       AND EXISTS (SELECT FROM disposal d WHERE d.change = OLD.id AND d.council_id = OLD.council_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'UPDATE of change is refused: it is only ever added to' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON revision FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON revision EXECUTE FUNCTION refuse();
CREATE TRIGGER only_disposed_of BEFORE UPDATE ON change FOR EACH ROW EXECUTE FUNCTION refuse_unless_disposed_of();
CREATE TRIGGER never_deleted BEFORE DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON change EXECUTE FUNCTION refuse();

-- A disposal, once entered, is carried out.

CREATE FUNCTION carry_out_disposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE change SET row = NULL, salt = NULL WHERE id = NEW.change AND council_id = NEW.council_id;
    RETURN NULL;
END $$;

CREATE TRIGGER carry_out AFTER INSERT ON disposal FOR EACH ROW EXECUTE FUNCTION carry_out_disposal();
