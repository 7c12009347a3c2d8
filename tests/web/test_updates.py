"""What a document said of an action is shown as it was said, and never as a judgement of ours."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse
from plugins.database import TestDatabase
from support.web_council import person

from goldenthread.plan.dates import PlanDate
from goldenthread.plan.model import Action, Council, Plan, Theme, Update
from goldenthread.record.actor import Actor
from goldenthread.record.models import Role
from goldenthread.record.services.councils import create_council
from goldenthread.record.services.plans import load_plan

UPDATES = (
    Update(
        as_at=PlanDate.from_edtf("2022-06", "June 2022"), text="Draft is with the board.", rag_printed="Amber"
    ),
    Update(as_at=PlanDate.from_edtf("2022-07", "July 2022"), text="Completed.", status_printed="Completed"),
)


def test_updates_are_shown_latest_first_with_their_own_words(council_db: TestDatabase) -> None:
    council = create_council(command="test", name="Northbury Council")
    officer = person(council.id, Role.PMO)
    actor = Actor(council=council.id, role=Role.PMO, name="Officer", user=officer.pk)
    action = Action(key="action/a", number="7.2", title="Write the policy", updates=UPDATES)
    theme = Theme(key="theme/a", number=1, name="Policy", actions=(action,))
    plan = Plan(
        key="plan/a", council=Council(name="Northbury Council"), title="A log of actions", themes=(theme,)
    )
    loaded = load_plan(actor=actor, plan=plan, effective_on=date(2022, 8, 1), reason="The log of August")
    client = Client()
    client.force_login(officer)
    page = client.get(reverse("action", args=[loaded.slug, "A1"])).content.decode()
    assert page.index("Completed.") < page.index("Draft is with the board.")
    assert "Status printed: Completed" in page
    assert "Rating printed: Amber" in page
    assert "The document calls it 7.2" in page
    assert "Not known" in page, "a status printed in an update is not taken for the action's own"
