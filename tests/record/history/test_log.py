"""Every committed change is a numbered revision, whoever makes it and however."""

from uuid import UUID, uuid4

import psycopg
import pytest
from plugins.database import TestDatabase
from support.records import load_small_plan, new_council

from goldenthread.embedded import APP_ROLE
from goldenthread.record.actor import Actor
from goldenthread.record.history.selectors import head_number, revision, revisions
from goldenthread.record.history.verify import verify
from goldenthread.record.models import Item
from goldenthread.record.scope import council_scope, writing


@pytest.fixture
def actor(council_db: TestDatabase) -> Actor:
    actor = new_council()
    load_small_plan(actor)
    return actor


def as_app(db: TestDatabase, council: UUID | None) -> psycopg.Connection:
    connection = psycopg.connect(db.dsn())
    if council:
        connection.execute("SELECT set_config('app.council', %s, true)", [str(council)])
    return connection


def test_a_load_is_one_revision_with_actor_and_reason(actor: Actor) -> None:
    newest = revisions(actor.council)[0]
    assert (newest.number, newest.actor, newest.reason) == (2, "test", "Cabinet approved the plan")
    # Besides items and questions: eight dates, a status and leads of the new items, the plan's row and the lead's post.
    assert newest.changes == len(revision(actor.council, 2).entries) + 10 + 2
    assert verify(actor.council).ok


def test_raw_sql_is_a_revision_by_the_role_that_ran_it(council_db: TestDatabase, actor: Actor) -> None:
    with as_app(council_db, actor.council) as connection:
        connection.execute("UPDATE item SET wording = wording || '{\"title\": \"Raw\"}' WHERE key = 'a-1'")
    assert revisions(actor.council)[0].actor == f"sql:{APP_ROLE}"
    with psycopg.connect(council_db.superuser) as connection:
        connection.execute("UPDATE item SET wording = wording || '{\"title\": \"Raw\"}' WHERE key = 'a-2'")
    assert [row.actor for row in revisions(actor.council)][:2] == ["sql:postgres", f"sql:{APP_ROLE}"]
    assert verify(actor.council).ok


def test_what_is_rolled_back_leaves_no_gap(council_db: TestDatabase, actor: Actor) -> None:
    with as_app(council_db, actor.council) as connection:
        with connection.transaction(force_rollback=True):
            connection.execute("UPDATE item SET position = position")
        connection.execute("UPDATE item SET position = position WHERE key = 'a-1'")
    newest = revisions(actor.council)[0]
    assert (newest.number, newest.changes) == (3, 1)
    assert verify(actor.council).ok


def test_sealing_in_the_middle_starts_another_revision(council_db: TestDatabase, actor: Actor) -> None:
    with as_app(council_db, actor.council) as connection:
        for _ in range(3):
            connection.execute("UPDATE item SET position = position WHERE key = 'a-1'")
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute("UPDATE item SET position = position WHERE key = 'a-2'")
    assert head_number(actor.council) == 6
    assert verify(actor.council).ok


def test_a_borrowed_changeset_is_not_written_to(council_db: TestDatabase, actor: Actor) -> None:
    with psycopg.connect(council_db.owner) as connection:
        (sealed,) = connection.execute("SELECT changeset FROM revision WHERE number = 2").fetchone()
    for pretended in (sealed, uuid4()):
        with as_app(council_db, actor.council) as connection:
            connection.execute("SELECT set_config('app.changeset', %s, false)", [str(pretended)])
            connection.execute("UPDATE item SET position = position WHERE key = 'a-1'")
    assert head_number(actor.council) == 4
    assert verify(actor.council).ok


def test_a_sessions_settings_do_not_change_hashes(council_db: TestDatabase, actor: Actor) -> None:
    for setting in ("timezone = 'Asia/Kathmandu'", "bytea_output = 'escape'", "client_encoding = 'LATIN1'"):
        with as_app(council_db, actor.council) as connection:
            connection.execute(f"SET {setting}")
            connection.execute(
                "UPDATE item SET wording = wording || '{\"title\": \"Café\"}' WHERE key = 'a-1'"
            )
        assert verify(actor.council).ok, setting
        with as_app(council_db, actor.council) as connection:
            connection.execute(f"SET {setting}")
            query = "SELECT count(*) FROM revision r WHERE revision_hash(r) <> hash"
            assert connection.execute(query).fetchone() == (0,), setting


CHANGES_OF_HISTORY = [
    "UPDATE revision SET reason = 'x'",
    "DELETE FROM revision",
    "TRUNCATE revision",
    "UPDATE change SET row = NULL, salt = NULL",
    "UPDATE change SET table_name = 'x'",
    "DELETE FROM change",
    "TRUNCATE change",
    "UPDATE dated_fact SET value = NULL",
    "DELETE FROM dated_fact",
    "TRUNCATE dated_fact",
]


@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_history_is_only_added_to_even_by_its_owner(
    council_db: TestDatabase, actor: Actor, role: str
) -> None:
    with psycopg.connect(getattr(council_db, role)) as connection:
        connection.execute("SELECT set_config('app.council', %s, false)", [str(actor.council)])
        for statement in CHANGES_OF_HISTORY:
            with (
                pytest.raises(psycopg.errors.RestrictViolation, match="only ever added to"),
                connection.transaction(),
            ):
                connection.execute(statement)


def test_other_councils_rows_are_not_there(council_db: TestDatabase, actor: Actor) -> None:
    other = new_council("Elsewhere")
    tables = ("council", "plan", "item", "dated_fact", "question", "revision", "change")
    for council, expected in ((actor.council, True), (other.council, False), (None, False)):
        with as_app(council_db, council) as connection:
            for table in tables[1:5]:
                (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                assert bool(count) is expected, table
            for table in tables:
                column = "id" if table == "council" else "council_id"
                (foreign,) = connection.execute(
                    f"SELECT count(*) FROM {table} WHERE {column} IS DISTINCT FROM %s", [council]
                ).fetchone()
                assert foreign == 0, table
    with council_scope(other.council):
        assert not Item.objects.exists()


def test_nothing_can_be_written_into_another_council(council_db: TestDatabase, actor: Actor) -> None:
    other = new_council("Elsewhere")
    with as_app(council_db, other.council) as connection:
        assert connection.execute("UPDATE item SET position = 9").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO disposal (id, council_id, change, reason) VALUES (gen_random_uuid(), %s, 1, 'x')",
                [actor.council],
            )


def test_a_scope_is_of_one_council_at_a_time(actor: Actor) -> None:
    with (
        council_scope(actor.council),
        pytest.raises(ValueError, match="Already in the scope"),
        council_scope(uuid4()),
    ):
        pass


def test_a_service_within_a_request_names_its_own_actor_and_reason(actor: Actor) -> None:
    with council_scope(actor.council, actor="user:outer", reason="outer"):
        Item.objects.filter(key="a-1").update(position=2)
        with writing(actor, "inner") as written:
            Item.objects.filter(key="a-1").update(position=3)
        assert written.revision == 4
        Item.objects.filter(key="a-1").update(position=4)
    assert [row.reason for row in revisions(actor.council)][:3] == ["outer", "inner", "outer"]
    assert verify(actor.council).ok


def test_what_is_disposed_of_is_gone_and_the_chain_still_verifies(
    council_db: TestDatabase, actor: Actor
) -> None:
    with as_app(council_db, actor.council) as connection:
        connection.execute(
            "UPDATE item SET wording = wording || '{\"title\": \"Mrs Smith\"}' WHERE key = 'a-1'"
        )
    with as_app(council_db, actor.council) as connection:
        connection.execute(
            "UPDATE item SET wording = wording || '{\"title\": \"A resident\"}' WHERE key = 'a-1'"
        )
    with as_app(council_db, actor.council) as connection:
        (change,) = connection.execute(
            "SELECT id FROM change WHERE row::text LIKE '%%Mrs Smith%%'"
        ).fetchone()
        connection.execute(
            "INSERT INTO disposal (id, council_id, change, reason) VALUES (gen_random_uuid(), %s, %s, 'Retention')",
            [actor.council, change],
        )
    with as_app(council_db, actor.council) as connection:
        (left,) = connection.execute(
            "SELECT count(*) FROM change WHERE row::text LIKE '%%Mrs Smith%%'"
        ).fetchone()
        emptied = connection.execute(
            "SELECT row, salt, length(digest) FROM change WHERE id = %s", [change]
        ).fetchone()
    assert (left, emptied) == (0, (None, None, 32))
    assert verify(actor.council).ok
