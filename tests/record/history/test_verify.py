"""Whatever is done to the record behind its back, as a superuser with triggers off, is found and named."""

from collections.abc import Callable

import psycopg
import pytest
from plugins.database import TestDatabase
from support.records import load_small_plan, new_council

from goldenthread.record.actor import Actor
from goldenthread.record.history.verify import Breakage, verify
from goldenthread.record.models import Item
from goldenthread.record.scope import writing

FORGED = "repeat('ab', 32)"


@pytest.fixture
def tampering(council_db: TestDatabase) -> Callable[..., tuple[int, Breakage]]:
    """Runs statements on a record of six revisions with triggers off, and gives the first thing that is found."""
    actor = new_council()
    load_small_plan(actor)
    for position in range(4):
        with writing(actor, f"Change {position}"):
            Item.objects.filter(key__in=["a-1", "a-2"]).update(position=position)
    assert verify(actor.council).ok

    def tamper(*statements: str) -> tuple[int, Breakage]:
        with psycopg.connect(council_db.superuser) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                assert connection.execute(statement).rowcount > 0, statement
        broken = verify(actor.council).broken
        return (broken[0].revision, broken[0].kind) if broken else (0, Breakage.ALTERED)

    return tamper


def of(number: int) -> str:
    return f"changeset = (SELECT changeset FROM revision WHERE number = {number})"


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE revision SET reason = 'Nothing much' WHERE number = 4", 4),
        ("UPDATE revision SET actor = 'user:somebody-else' WHERE number = 6", 6),
        ("UPDATE revision SET sealed_at = sealed_at + interval '1 microsecond' WHERE number = 3", 3),
        (f"UPDATE revision SET hash = decode({FORGED}, 'hex') WHERE number = 4", 4),
        (f"UPDATE revision SET digest = decode({FORGED}, 'hex') WHERE number = 5", 5),
        (f"UPDATE change SET row = row || '{{\"position\": 77}}' WHERE {of(4)} AND position = 1", 4),
        (f"UPDATE change SET row = NULL, salt = NULL WHERE {of(3)} AND position = 1", 3),
    ],
)
def test_an_altered_link(tampering: Callable, statement: str, number: int) -> None:
    assert tampering(statement) == (number, Breakage.ALTERED)


def test_an_altered_change_with_its_digest_made_to_fit(tampering: Callable) -> None:
    found = tampering(
        f"UPDATE change SET row = row || '{{\"position\": 77}}' WHERE {of(4)} AND position = 1",
        f"UPDATE change SET digest = content_digest(salt, row) WHERE {of(4)} AND position = 1",
    )
    assert found[0] == 4


def test_an_altered_row(tampering: Callable) -> None:
    assert tampering("UPDATE item SET position = 77 WHERE key = 'a-1'") == (6, Breakage.ALTERED)
    assert tampering("UPDATE dated_fact SET effective_on = '2030-01-01'")[1] is Breakage.ALTERED


@pytest.mark.parametrize(
    ("statements", "number"),
    [
        ([f"DELETE FROM change WHERE {of(4)}", "DELETE FROM revision WHERE number = 4"], 4),
        (["DELETE FROM revision WHERE number = 4"], 4),
        (["DELETE FROM revision WHERE number = 6"], 7 - 1),
        ([f"DELETE FROM change WHERE {of(4)} AND position = 2"], 4),
        (
            [
                f"DELETE FROM change WHERE {of(4)}",
                "DELETE FROM revision WHERE number = 4",
                "UPDATE revision SET number = number - 1 WHERE number > 4",
            ],
            4,
        ),
    ],
)
def test_a_deleted_link(tampering: Callable, statements: list[str], number: int) -> None:
    assert tampering(*statements) == (number, Breakage.DELETED)


def test_a_deleted_row(tampering: Callable) -> None:
    assert tampering("DELETE FROM dated_fact WHERE series = 'original'") == (2, Breakage.DELETED)


def test_swapped_links(tampering: Callable) -> None:
    found = tampering(
        "UPDATE revision SET number = 99 WHERE number = 4",
        "UPDATE revision SET number = 4 WHERE number = 5",
        "UPDATE revision SET number = 5 WHERE number = 99",
    )
    assert found == (4, Breakage.SWAPPED)


def test_swapped_changes(tampering: Callable) -> None:
    found = tampering(
        f"UPDATE change SET position = 99 WHERE {of(4)} AND position = 1",
        f"UPDATE change SET position = 1 WHERE {of(4)} AND position = 2",
        f"UPDATE change SET position = 2 WHERE {of(4)} AND position = 99",
    )
    assert found == (4, Breakage.SWAPPED)


COPY = (
    "INSERT INTO revision SELECT council_id, {number}, sealed_at, actor, 'Forged', salt, said, gen_random_uuid(), 1,"
    " digest, {previous}, {hash} FROM revision WHERE number = {like}"
)


def test_an_inserted_link(tampering: Callable) -> None:
    found = tampering(
        "UPDATE revision SET number = number + 100 WHERE number >= 4",
        "UPDATE revision SET number = number - 99 WHERE number > 100",
        COPY.format(number=4, previous="hash", hash=f"decode({FORGED}, 'hex')", like=3),
    )
    assert found == (4, Breakage.INSERTED)


def test_a_link_inserted_at_the_end(tampering: Callable) -> None:
    found = tampering(COPY.format(number=7, previous="hash", hash=f"decode({FORGED}, 'hex')", like=6))
    assert found == (7, Breakage.INSERTED)


def test_an_inserted_change(tampering: Callable) -> None:
    found = tampering(
        "INSERT INTO change (council_id, changeset, position, table_name, row_id, op, row, salt, digest)"
        f" SELECT council_id, changeset, 50, table_name, row_id, op, row, salt, digest"
        f" FROM change WHERE {of(4)} AND position = 1"
    )
    assert found == (4, Breakage.INSERTED)


def test_an_inserted_row(tampering: Callable) -> None:
    found = tampering(
        "INSERT INTO dated_fact (id, council_id, plan_id, item_id, series, effective_on, value, note, changeset)"
        " SELECT gen_random_uuid(), council_id, plan_id, item_id, series, effective_on, value, note, changeset"
        " FROM dated_fact LIMIT 1"
    )
    assert found == (0, Breakage.INSERTED)


def test_one_councils_chain_says_nothing_of_anothers(tampering: Callable, council_db: TestDatabase) -> None:
    other: Actor = new_council("Elsewhere")
    tampering("UPDATE revision SET reason = 'x' WHERE number = 4")
    assert verify(other.council).ok
