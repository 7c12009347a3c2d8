-- What was issued never changes, nor goes back to be a draft: only whether the public sees it may. Its files are rows of
-- a table that is only added to.

CREATE FUNCTION refuse_to_change_issued() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    may_change CONSTANT text[] := '{published_on,published_by}';
BEGIN
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'UPDATE of report % is refused: it was issued', OLD.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER issued_is_frozen BEFORE UPDATE ON report FOR EACH ROW WHEN (OLD.state = 'issued')
EXECUTE FUNCTION refuse_to_change_issued();
CREATE TRIGGER never_deleted BEFORE DELETE ON report FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON report_file FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON report_clearance FOR EACH ROW EXECUTE FUNCTION refuse();
