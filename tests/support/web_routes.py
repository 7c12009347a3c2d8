"""Every page of the site with an address that exists, and who may open it. A page that is not here fails a test."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldenthread.assurance.coverage import reference_name
from goldenthread.plan.keys import slug as slug_of
from goldenthread.plan.model import Plan
from goldenthread.record.cycle.people import People
from goldenthread.record.models import Role

ALL = frozenset(Role)
READERS = ALL - {Role.PUBLIC}
PROGRESS = frozenset({Role.PMO, Role.LEAD})
PMO = frozenset({Role.PMO})
CHALLENGERS = frozenset({Role.PMO, Role.ASSURER})
CLEARERS = frozenset({Role.PMO, Role.LEAD, Role.ASSURER, Role.LEADERSHIP})
MANAGERS = frozenset({Role.PMO, Role.ADMINISTRATOR})
OPEN_TO_ANYBODY = ("about", "accessibility", "council-style", "health", "answer")
NOT_PAGES = {
    "start": "redirects",
    "import-discard": "takes forms alone",
    "export": "gives files",
    "withdraw": "takes forms alone",
    "changes-between-file": "gives a file",
    "updates-workbook": "gives files",
    "evidence-file": "gives a file",
    "sample-file": "gives a file",
    "calendar-file": "gives a file",
    "review-pack-file": "gives a file",
    "report-file": "gives files",
    "report-held-file": "gives files",
    "report-edited-file": "gives a file",
    "report-template-file": "gives files",
    "report-letterhead-file": "gives files",
    "report-template-again": "only for a version that there is: test_report_templates.py",
    "report-letterhead-again": "only for a version that there is: test_report_templates.py",
    "review-register": "only for a review that the register lacks: test_coverage.py",
    "public": "for anybody, once it is published: test_public.py",
    "public-page": "for anybody, once it is published: test_public.py",
    "accuracy-note": "for whoever holds the post alone: test_11_accuracy.py opens it",
}


class Route(NamedTuple):
    """A page: its name, an address, and the roles that may open it."""

    name: str
    address: str
    roles: frozenset[Role]


class KeptEvidence(NamedTuple):
    """A piece of evidence for an item, and a sample that was drawn."""

    evidence: UUID
    item: UUID
    sample: UUID


class KeptFinding(NamedTuple):
    """A finding as its address names it, and the acceptance under which it may stand."""

    finding: str
    acceptance: UUID


class KeptLetter(NamedTuple):
    """The number of a letter in draft, of a sentence of it, and what a milestone that it has to tell is called."""

    report: int
    sentence: int
    milestone: str


class KeptPair(NamedTuple):
    """A contradiction that was settled, as its address names it."""

    pair: str


class KeptComment(NamedTuple):
    """The number of an issued report, and what a body said of it."""

    report: int
    comment: UUID


def routes(
    slug: str,
    plan: Plan,
    import_id: UUID,
    import_plan: Plan,
    people: People,
    *,
    token: str,
    returned: UUID,
    kept: KeptEvidence,
    accepted: KeptFinding,
    meeting: UUID,
    settled: KeptPair,
    letter: KeptLetter,
    commented: KeptComment,
    draft: int,
    edited: UUID,
) -> list[Route]:
    """Every page for a plan on the record, a document that is being read in and a link that was mailed."""
    theme = plan.themes[0]
    asked = next(question for question in plan.questions if question.default is not None)
    import_asked = next(question for question in import_plan.questions if question.default is not None)
    lead = next(lead for action in plan.actions() for lead in action.leads)
    cited = {"review": slug_of(plan.reviews[0].name)}
    asked_for = slug_of(reference_name(plan.reviews[0].recommendations[0].reference))
    of_plan: dict[str, tuple[dict[str, object], frozenset[Role]]] = {
        "home": ({}, READERS),
        "plan": ({}, READERS),
        "theme": ({"number": 1}, READERS),
        "workstream": ({"number": 1, "key": theme.workstreams[0].key}, READERS),
        "action": ({"handle": "A1"}, READERS),
        "milestones": ({}, READERS),
        "milestone": ({"handle": "M1"}, READERS),
        "edit": ({"handle": "A1"}, PMO),  # and a lead, where a post of theirs leads it: test_update_doors.py
        "updates": ({}, PROGRESS),
        "updates-workbook-page": ({}, PROGRESS),
        "updates-returned": ({"return_id": returned}, PMO),  # and whoever sent it
        "conflicts": ({}, PROGRESS),
        "conflict": ({"handle": "A1"}, PMO),  # and its lead
        "morning": ({}, PMO),
        "calendar": ({}, READERS),
        "meetings": ({}, READERS),
        "meetings-enter": ({}, PMO),
        "meeting-cancel": ({"meeting": meeting}, PMO),
        "reporting": ({}, READERS),
        "period": ({"year": 2022, "month": 7}, READERS),
        "outbox": ({}, PMO),
        "cycle-settings": ({}, PMO),
        "timeline": ({}, READERS),
        "recommendations": ({}, READERS),
        "review": (cited, READERS),
        "review-pack": (cited, READERS),
        "recommendations-add": ({}, PMO),
        "recommendation": ({**cited, "row": asked_for}, READERS),
        "recommendation-map": ({**cited, "row": asked_for}, PMO),
        "recommendation-unmap": ({**cited, "row": asked_for}, PMO),
        "recommendation-look-up": ({**cited, "row": asked_for}, PMO),
        "recommendation-lift": ({**cited, "row": asked_for}, PMO),
        "leads": ({}, READERS),
        "lead": ({"lead": slug_of(lead)}, READERS),
        "posts": ({}, READERS),
        "post": ({"post": "director-of-finance"}, READERS),
        "appoint": ({"post": "director-of-finance"}, MANAGERS),
        "post-change": ({"post": "director-of-finance"}, MANAGERS),
        "post-new": ({}, MANAGERS),
        "body": ({"body": "leadership-team"}, READERS),
        "seat": ({"body": "leadership-team"}, MANAGERS),
        "entry": ({"sort": "cell", "entry": people.cells[0].id}, MANAGERS),
        "matrix": ({}, READERS),
        "own": ({}, MANAGERS),
        "challenge": ({"cell": people.cells[0].id}, MANAGERS | {Role.ASSURER}),
        "persons": ({}, MANAGERS),
        "person-new": ({}, MANAGERS),
        "person": ({"person": people.persons[0].id}, MANAGERS),
        "questions": ({}, READERS),
        "question": ({"key": asked.key}, READERS),
        "accept": ({"kind": asked.kind.value.replace("_", "-")}, PMO),
        "revisions": ({}, READERS),
        "revision": ({"number": 2}, READERS),
        "changes-between": ({}, READERS),
        "change-requests": ({}, READERS),
        "change-request": ({"number": 1}, READERS),
        "propose": ({}, PROGRESS),
        "propose-change": ({"kind": "new-date"}, PROGRESS),
        "decide": ({"number": 1}, PMO),
        "search": ({}, READERS),
        "findings": ({}, READERS),
        "contradictions": ({}, READERS),
        "settle-contradiction": ({"pair": settled.pair}, PMO),
        "reopen-contradiction": ({"pair": settled.pair}, PMO),
        "rule": ({"rule": "GT205"}, READERS),
        "accept-finding": ({"finding": accepted.finding}, PMO),
        "withdraw-acceptance": ({"acceptance": accepted.acceptance}, PMO),
        "ratings": ({}, READERS),
        "rating-explain": ({}, READERS),
        "rating-rule": ({}, PMO),
        "exit-map": ({}, READERS),
        "exit-map-propose": ({}, PROGRESS),
        "exit-map-decide": ({}, PMO),
        "report-publish": ({"number": commented.report}, PMO),
        "report-unpublish": ({"number": commented.report}, PMO),
        "report-comments": ({}, READERS),
        "report-edits": ({"number": commented.report}, PMO),
        "report-comment": ({"number": commented.report}, PMO),
        "report-comment-answer": ({"comment": commented.comment}, PMO),
        "report-comment-withdraw": ({"comment": commented.comment}, PMO),
        "letter": ({"number": letter.report}, CLEARERS),
        "letter-due": ({"number": letter.report}, CLEARERS),
        "letter-sentence": ({"number": letter.report, "sentence": letter.sentence}, CLEARERS),
        "letter-add": ({"number": letter.report}, PMO),
        "letter-head": ({"number": letter.report}, PMO),
        "letter-renew": ({"number": letter.report}, PMO),
        "letter-leave-out": ({"number": letter.report, "handle": letter.milestone}, PMO),
        "reports": ({}, READERS),
        "report-draft": ({"audience": "cabinet"}, PMO),
        "report-held": ({"number": draft}, CLEARERS),  # any reader once it is issued: test_held_reports.py
        "report-edited": ({"number": draft, "file": edited}, PMO),
        "report-write": ({"number": draft}, PMO),
        "report-renew": ({"number": draft}, PMO),
        "report-clear": ({"number": draft, "stage": "finance"}, CLEARERS),
        "report-issue": ({"number": draft}, PMO),
        "report-abandon": ({"number": draft}, PMO),
        "report": ({"audience": "cabinet"}, READERS),
        "report-templates": ({}, READERS),
        "report-template": ({"audience": "cabinet"}, READERS),
        "report-template-edit": ({"audience": "cabinet"}, PMO),
        "report-template-new": ({}, PMO),
        "report-letterhead": ({"kind": "docx"}, READERS),
        "report-letterhead-replace": ({"kind": "docx"}, PMO),
        "letter-check": ({}, READERS),
        "publishing": ({}, PMO),
        "publishing-withdraw": ({}, PMO),
        "trends": ({}, READERS),
        "forecast": ({}, READERS),
        "forecast-scores": ({}, READERS),
        "accuracy": ({}, READERS),
        "desk": ({}, CHALLENGERS),
        "desk-item": ({"handle": "A1"}, CHALLENGERS | PROGRESS),
        "as-at": ({}, READERS),
        "evidence": ({}, READERS),
        "evidence-add": ({}, PROGRESS),
        "evidence-piece": ({"evidence": kept.evidence}, READERS),
        "evidence-supports": ({"evidence": kept.evidence}, PROGRESS),
        "evidence-withdraw": ({"evidence": kept.evidence}, PROGRESS | CHALLENGERS),
        "evidence-check": ({"evidence": kept.evidence, "item": kept.item}, CHALLENGERS),
        "verify": ({"handle": "A1"}, CHALLENGERS),
        "samples": ({}, READERS),
        "sample": ({"sample": kept.sample}, READERS),
        "sample-new": ({}, CHALLENGERS),
    }
    mailed = {"answer": {"token": token}}
    of_import: dict[str, dict[str, object]] = {
        "import": {},
        "import-read": {"import_id": import_id},
        "import-mapping": {"import_id": import_id},
        "import-questions": {"import_id": import_id},
        "import-question": {"import_id": import_id, "key": import_asked.key},
        "import-accept": {"import_id": import_id, "kind": import_asked.kind.value.replace("_", "-")},
        "import-changes": {"import_id": import_id},
    }
    return [
        *(
            Route(name, reverse(name, kwargs={"slug": slug, **arguments}), roles)
            for name, (arguments, roles) in of_plan.items()
        ),
        *(Route(name, reverse(name, kwargs=arguments), PMO) for name, arguments in of_import.items()),
        *(Route(name, reverse(name, kwargs=mailed.get(name)), ALL) for name in OPEN_TO_ANYBODY),
    ]


def resolver_names() -> set[str]:
    """The names of every address that the URL resolver lists, those of the sign-in library left out."""

    def walk(patterns: list[URLPattern | URLResolver]) -> list[str]:
        found: list[str] = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if "allauth" not in str(pattern.urlconf_name):
                    found.extend(walk(pattern.url_patterns))
            elif pattern.name:
                found.append(pattern.name)
        return found

    return set(walk(get_resolver().url_patterns))
