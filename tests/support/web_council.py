"""Councils for tests of the pages: the example plan, and plans of any size."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import NamedTuple
from uuid import UUID

from goldenthread.assurance import check
from goldenthread.assurance.contradictions import contradictions
from goldenthread.plan import model
from goldenthread.plan.dates import PlanDate
from goldenthread.plan.proposals import NewDate
from goldenthread.plan.references import Reference
from goldenthread.plan.tables.update_sheet import Answer
from goldenthread.record.actor import Actor
from goldenthread.record.contradictions import Outcome
from goldenthread.record.cycle.links import link_for
from goldenthread.record.cycle.meetings import meetings_of
from goldenthread.record.cycle.people import people_at
from goldenthread.record.cycle.workbooks import update_book
from goldenthread.record.letters import held_letter
from goldenthread.record.models import Membership, Role, SampleOf, User
from goldenthread.record.scope import council_scope
from goldenthread.record.services.change_control import propose_change
from goldenthread.record.services.contradictions import settle_contradiction
from goldenthread.record.services.councils import create_council
from goldenthread.record.services.evidence import Offer, OfferedFile, add_evidence
from goldenthread.record.services.findings import accept_finding
from goldenthread.record.services.imports import apply_import, import_reading, start_import
from goldenthread.record.services.letters import mark_of, word_sentence
from goldenthread.record.services.meetings import enter_meetings
from goldenthread.record.services.plans import load_plan
from goldenthread.record.services.report_comments import record_comment
from goldenthread.record.services.returns import take_in_workbook
from goldenthread.record.services.samples import draw_audit_sample
from goldenthread.record.snapshot import find_plan, snapshot
from goldenthread.reporting.letter.due import milestones_due
from goldenthread.reporting.update_workbook import WorkbookFormat, update_workbook
from support.example_people import add_example_people
from support.held_letters import hold_letter
from support.held_reports import RELEASE, drafted
from support.letterheads import letterhead
from support.records import asked
from support.report_rows import hold_edited, hold_report
from support.typed_workbooks import typed_in
from support.web_routes import KeptComment, KeptEvidence, KeptFinding, KeptLetter, KeptPair, Route, routes

ADOPTED = date(2022, 6, 7)
EXAMPLE = files("goldenthread.examples") / "improvement-plan-2022.txt"


def person(council: UUID, role: Role) -> User:
    """Somebody with this role, who signs in as role@example.org."""
    user = User.objects.create_user(
        f"{role.value}@example.org", password="a long enough password", name=f"A {role.label}"
    )
    Membership.objects.create(user=user, council_id=council, role=role)
    return user


class Example(NamedTuple):
    """The example council, its plan on the record, and its pages. A changed document waits to be applied."""

    council: UUID
    slug: str
    routes: list[Route]


def example_council() -> Example:
    """The example council with its plan on the record, read from the document, and the same with one word changed."""
    council = create_council(command="demo", name="Example Borough Council", demo=True)
    user = person(council.id, Role.PMO)
    actor = Actor(council=council.id, role=Role.PMO, name=str(user), user=user.pk)
    document = start_import(actor=actor, name="improvement-plan-2022.txt", content=EXAMPLE.read_bytes())
    held = apply_import(
        actor=actor, import_id=document.id, reason="The plan as approved", effective_on=ADOPTED
    )
    plan = snapshot(council=council.id, plan=held.slug)
    changed = EXAMPLE.read_text().replace(next(plan.actions()).title or "", "A title that was amended", 1)
    waiting = start_import(actor=actor, name="amended-plan.txt", content=changed.encode())
    reading = import_reading(council.id, waiting.id)
    propose_change(
        actor=actor,
        plan=held.slug,
        change=NewDate(item=next(plan.actions()).key, date=PlanDate.from_edtf("2023-09", "September 2023")),
        reason="The consultant left",
        proposed_on=ADOPTED,
    )
    add_example_people(actor=actor, from_day=ADOPTED)
    people = people_at(council.id, ADOPTED)
    token = link_for(asked(actor, held.slug, "Director of Finance", expires_on=date.max), "").split("/")[2]
    kept = _evidence(actor, held.slug, plan)
    commented, letter = _commented(actor, held.slug), _letter(actor, held.slug)
    draft = drafted(actor, "cabinet", ADOPTED, plan=held.slug).number
    found = routes(
        held.slug,
        plan,
        waiting.id,
        reading,
        people,
        token=token,
        returned=_returned(actor, held.slug),
        kept=kept,
        accepted=_accepted(actor, held.slug, plan),
        meeting=_meeting(actor),
        settled=_settled(actor, held.slug, plan),
        letter=letter,
        commented=commented,
        draft=draft,
        edited=hold_edited(actor, held.slug, draft, letterhead("docx")),
    )
    return Example(council.id, held.slug, found)


def _evidence(actor: Actor, slug: str, plan: model.Plan) -> KeptEvidence:
    """A file that supports the first action, and a sample of which it may be part."""
    item = next(plan.actions()).id
    assert item
    minutes = OfferedFile("minutes.txt", b"It was agreed.")
    offer = Offer(source=minutes, shows="Agreed at the meeting", dated_on=ADOPTED)
    evidence = add_evidence(actor=actor, plan=slug, items=[item], offer=offer, added_on=ADOPTED)
    sample = draw_audit_sample(
        actor=actor, plan=slug, size=5, seed="1", as_at=ADOPTED, on=ADOPTED, among=SampleOf.ALL
    )
    return KeptEvidence(evidence, item, sample.id)


def _meeting(actor: Actor) -> UUID:
    """A meeting of the Leadership Team a month on."""
    enter_meetings(actor=actor, body="leadership-team", days=[date(2022, 7, 6)])
    with council_scope(actor.council):
        return meetings_of("leadership-team")[0].id


def _accepted(actor: Actor, slug: str, plan: model.Plan) -> KeptFinding:
    """The first recommendation that hangs on one action, which may stay so for a while."""
    finding = check(plan, as_at=ADOPTED, select=["GT205"])[0]
    made = accept_finding(
        actor=actor, plan=slug, rule=finding.rule, item=finding.item_id, about=finding.about, on=ADOPTED,
        reason="One action is enough here", owner="director-of-finance", expires_on=date(2022, 12, 31),
    )  # fmt: skip
    return KeptFinding(finding.handle, made)


def _settled(actor: Actor, slug: str, plan: model.Plan) -> KeptPair:
    """The two dates for the budget holders' role profile, of which one was said to be right."""
    pair = contradictions(plan)[0]
    settle_contradiction(
        actor=actor, plan=slug, contradiction=pair.handle, outcome=Outcome.SECOND, resolution="The later one is right",
        basis="Minute 4", decided_by="Director of Finance", decided_on=ADOPTED, on=ADOPTED,
    )  # fmt: skip
    return KeptPair(pair.handle)


def _commented(actor: Actor, slug: str) -> KeptComment:
    """A report that was issued, and what the Leadership Team recommended when it had read it."""
    report = hold_report(actor, slug, ADOPTED)
    comment = record_comment(
        actor=actor, plan=slug, number=report, body="leadership-team", met_on=ADOPTED,
        text="Say who answers for each date.", is_recommendation=True, on=ADOPTED,
    )  # fmt: skip
    return KeptComment(report, comment)


def _letter(actor: Actor, slug: str) -> KeptLetter:
    """A letter in draft about the six months to the end of 2022, with a word changed in its first sentence."""
    number = hold_letter(actor, slug, date(2022, 12, 31))
    held = held_letter(actor.council, slug, number, RELEASE)
    one = held.letter.opening[0]
    word_sentence(
        actor=actor, plan=slug, number=number, sentence=one.number, text=f"{one.text} We thank you.", rests_on="",
        seen=mark_of(one), on=ADOPTED, release=RELEASE,
    )  # fmt: skip
    due = milestones_due(held.plan, held.letter.since, held.letter.until)
    return KeptLetter(number, one.number, str(due[0].promise.item.ref))


def _returned(actor: Actor, slug: str) -> UUID:
    """A workbook of updates that came back with one wrong value in it, so that nothing was recorded."""
    with council_scope(actor.council):
        book = update_book(find_plan(slug), None, today=ADOPTED)
    content = typed_in(update_workbook(book, WorkbookFormat.XLSX), {(2, Answer.RATING): "Purple"})
    return take_in_workbook(actor=actor, plan=slug, name="updates.xlsx", content=content, as_at=ADOPTED).id


def council_with(actions: int) -> tuple[UUID, str]:
    """A council whose plan has this many actions, each with a step and a milestone; gives the plan's slug too."""
    council = create_council(command="test", name=f"Borough of Counting to {actions}")
    actor = Actor(council=council.id, role=Role.PMO, name="test")
    held = load_plan(
        actor=actor, plan=plan_with(actions), effective_on=ADOPTED, reason="Approved", slug="counting"
    )
    return council.id, held.slug


def plan_with(actions: int) -> model.Plan:
    """A plan of one theme and this many actions."""
    due = PlanDate.from_edtf("2022-09", "Sep 2022")
    dates = model.Dates(original=due, approved=due)
    stream = model.Workstream(key="w", name="Counting")
    return model.Plan(
        key="plan",
        council=model.Council(name="Borough of Counting"),
        title="Counting plan",
        approved_on=ADOPTED,
        themes=(
            model.Theme(
                key="theme",
                number=1,
                name="Numbers",
                workstreams=(stream,),
                milestones=tuple(
                    model.Milestone(key=f"m{n}", name=f"Milestone {n}", dates=dates) for n in range(actions)
                ),
                actions=tuple(
                    model.Action(
                        key=f"a{n}",
                        title=f"Count to {n}",
                        workstream=stream.key,
                        leads=(f"Director {n % 7}",),
                        references=(Reference(review="Auditor", number=str(n % 30 + 1)),),
                        dates=dates,
                        steps=(model.Action(key=f"a{n}s", title=f"Count to half of {n}", dates=dates),),
                    )
                    for n in range(actions)
                ),
            ),
        ),
    )
