"""Councils, and who may act for them."""

from uuid import uuid4

import pytest
from plugins.database import TestDatabase
from support.records import load_small_plan, new_council

from goldenthread.record.actor import Actor
from goldenthread.record.errors import InvalidEdit, NotAllowed
from goldenthread.record.history.selectors import head_revision, revisions
from goldenthread.record.models import Council, Membership, Role, User
from goldenthread.record.permissions import GRANTED, Permission, may
from goldenthread.record.scope import council_scope, writing
from goldenthread.record.services.councils import actors_of, add_member, council_register, create_council


def test_a_council_begins_its_own_chain(council_db: TestDatabase) -> None:
    first, second = (create_council(command="test", name=name) for name in ("Aston", "Barton"))
    assert [council.name for council in council_register()] == ["Aston", "Barton"]
    for council in (first, second):
        head = head_revision(council.id)
        assert (head.number, head.actor, head.previous) == (1, "test", "00" * 32)
    assert head_revision(first.id).hash != head_revision(second.id).hash


def test_only_the_council_in_scope_is_seen(council_db: TestDatabase) -> None:
    first, second = (create_council(command="test", name=name) for name in ("Aston", "Barton"))
    assert not Council.objects.exists()
    with council_scope(first.id):
        assert list(Council.objects.all()) == [first]
        assert not Council.objects.filter(id=second.id).exists()


def test_somebody_may_have_roles_in_several_councils(council_db: TestDatabase) -> None:
    administrators = [new_council(name, Role.ADMINISTRATOR) for name in ("Aston", "Barton")]
    for administrator in administrators:
        user = add_member(actor=administrator, email="Pat@example.gov.uk", name="Pat Lee", role=Role.LEAD)
        add_member(actor=administrator, email="pat@example.gov.uk", name="Pat Lee", role=Role.LEAD)
    assert (User.objects.count(), Membership.objects.count()) == (1, 2)
    assert {(actor.council, actor.role, actor.name) for actor in actors_of(user)} == {
        (administrator.council, Role.LEAD, "Pat Lee") for administrator in administrators
    }
    with pytest.raises(NotAllowed, match="manage posts and people"):
        add_member(actor=new_council("Carton", Role.LEAD), email="x@example.gov.uk", name="X", role=Role.PMO)
    with pytest.raises(NotAllowed, match="manage administrators"):
        add_member(actor=new_council("Dalton"), email="x@example.gov.uk", name="X", role=Role.ADMINISTRATOR)


def test_history_names_a_person_and_the_chain_only_their_account(council_db: TestDatabase) -> None:
    actor = new_council(role=Role.ADMINISTRATOR)
    user = add_member(actor=actor, email="pat@example.gov.uk", name="Pat Lee", role=Role.PMO)
    (person,) = actors_of(user)
    load_small_plan(person)
    assert revisions(actor.council)[0].actor == "Pat Lee"
    User.objects.filter(id=user.id).delete()
    assert revisions(actor.council)[0].actor == "somebody whose account is gone"


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_rights_and_no_others(role: Role) -> None:
    expected = {
        Role.PMO: {
            *(
                "READ",
                "REPORT_PROGRESS",
                "EDIT",
                "ANSWER",
                "IMPORT",
                "CHALLENGE",
                "VERIFY",
                "ACCEPT_FINDINGS",
                "SETTLE",
                "RUN_CYCLE",
            ),
            *("PROPOSE", "DECIDE", "PUBLISH", "PREPARE_REPORTS", "CLEAR_REPORTS", "MANAGE_POSTS"),
        },
        Role.LEAD: {"READ", "REPORT_PROGRESS", "PROPOSE", "CLEAR_REPORTS"},
        Role.ASSURER: {"READ", "CHALLENGE", "VERIFY", "CLEAR_REPORTS"},
        Role.LEADERSHIP: {"READ", "CLEAR_REPORTS"},
        Role.MEMBER: {"READ"},
        Role.REVIEWER: {"READ"},
        Role.ADMINISTRATOR: {"READ", "ADMINISTER", "MANAGE_POSTS"},
        Role.PUBLIC: set(),
    }[role]
    actor = Actor(council=uuid4(), role=role, name="somebody")
    assert {permission.name for permission in Permission if may(actor, permission)} == expected
    assert GRANTED.keys() == set(Role)


def test_a_change_without_a_reason_is_refused(council_db: TestDatabase) -> None:
    with pytest.raises(InvalidEdit, match="reason"), writing(new_council(), "  "):
        pass
