"""What stands around every page: header, navigation, banners, footer, and links that keep the chosen date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.plan.days import day_words
from goldenthread.record.permissions import Permission
from goldenthread.web.clock import civil_today
from goldenthread.web.record_access import Viewer
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import AS_AT, KNOWN_AT, Standing, Viewing

_LEADS = (
    "leads", "lead", "posts", "post", "appoint", "post-change", "post-new", "body", "seat", "entry",
    "matrix", "own", "challenge", "persons", "person-new", "person",
)  # fmt: skip
_REPORTING = (
    "reports", "report", "report-draft", "report-held", "report-write", "report-renew", "report-clear", "report-issue",
    "report-abandon",
    "report-templates", "report-template", "report-template-edit", "report-template-new", "report-template-again",
    "report-letterhead", "report-letterhead-replace", "report-letterhead-again",
    "report-comments", "report-comment", "report-comment-answer", "report-comment-withdraw",
    "report-publish", "report-unpublish", "report-edits", "report-edited",
    "letter", "letter-due", "letter-sentence", "letter-add", "letter-head", "letter-renew", "letter-leave-out",
    "findings", "rule", "accept-finding", "withdraw-acceptance",
    "contradictions", "settle-contradiction", "reopen-contradiction",
    "letter-check", "publishing", "publishing-withdraw", "exit-map", "exit-map-propose", "exit-map-decide",
    "morning", "calendar", "meetings", "meetings-enter", "meeting-cancel",
    "accuracy", "accuracy-note", "forecast", "forecast-scores",
    "reporting", "period", "outbox", "cycle-settings", "desk", "desk-item",
    "ratings", "rating-explain", "rating-rule", "samples", "sample-new", "sample", "evidence", "evidence-add",
    "evidence-piece", "evidence-supports", "evidence-withdraw", "evidence-check", "verify",
)  # fmt: skip
_COVERAGE = (
    "recommendations", "recommendations-add", "review", "review-pack", "review-register", "recommendation",
    "recommendation-map", "recommendation-unmap", "recommendation-look-up", "recommendation-lift",
)  # fmt: skip
NAVIGATION = (
    ("plan", "Plan", ("plan", "theme", "workstream", "action", "edit")),
    ("milestones", "Milestones", ("milestones", "milestone", "trends")),
    ("timeline", "Timeline", ("timeline",)),
    ("recommendations", "Recommendations", _COVERAGE),
    ("leads", "Leads", _LEADS),
    ("updates", "Updates", ("updates", "conflicts", "conflict", "updates-workbook-page", "updates-returned")),
    ("reporting", "Reporting", _REPORTING),
    ("questions", "Questions", ("questions", "question", "accept")),
    (
        "revisions",
        "Changes",
        (
            "revisions",
            "revision",
            "changes-between",
            "change-requests",
            "change-request",
            "propose",
            "propose-change",
            "decide",
            "withdraw",
        ),
    ),
    ("search", "Search", ("search",)),
)
"""Each entry: its route, its words, and the pages that stand under it."""
NEEDED = {"updates": Permission.REPORT_PROGRESS}
"""Entries that are offered only to those with a right."""


@dataclass(slots=True)
class Shell:
    """Everything that `base.html` and the shared macros ask for."""

    council_name: str
    colour: str
    home: str
    path: str
    today: date
    navigation: list[dict[str, Any]] = field(default_factory=list)
    footer: list[dict[str, str]] = field(default_factory=list)
    crumbs: list[dict[str, str]] = field(default_factory=list)
    viewing: Standing | None = None
    plan_slug: str | None = None
    as_at: date | None = None
    known_at: int | None = None
    as_at_words: str | None = None
    now: str = ""
    picker: str = ""
    demo: str | None = None
    can_edit: bool = False
    could_edit: bool = False
    provenance: str = ""

    @property
    def as_at_day(self) -> str:
        """The chosen day of the month, for the date picker."""
        return str(self.as_at.day) if self.as_at else ""

    @property
    def as_at_month(self) -> str:
        """The chosen month, for the date picker."""
        return str(self.as_at.month) if self.as_at else ""

    @property
    def as_at_year(self) -> str:
        """The chosen year, for the date picker."""
        return str(self.as_at.year) if self.as_at else ""

    def link(self, route: str, **arguments: Any) -> str:
        """The address of a page of this plan, keeping the chosen date."""
        if self.viewing is None:
            raise LookupError(f"The page {route} belongs to a plan, and this page shows none.")
        return self.viewing.link(route, **arguments)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Django's context processor: the shell of this request's page."""
    return {"shell": make_shell(request)}


def make_shell(request: HttpRequest) -> Shell:
    """The shell for whoever asks, whatever they look at."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    viewing: Standing | None = getattr(request, "viewing", None)
    made = Shell(
        council_name=_council_name(request, viewer),
        colour=settings.COUNCIL_COLOUR,
        home=reverse("start"),
        path=request.path,
        today=viewing.shown_day if viewing else civil_today(),
    )
    made.crumbs = getattr(request, "crumbs", [])
    if viewing:
        _add_plan(made, viewing, request)
    if viewer:
        past = bool(viewing and viewing.is_past)
        made.can_edit, made.could_edit = viewer.can_edit and not past, viewer.can_edit and past
        if viewer.is_demo:
            made.demo = _example_words()
    made.footer = _footer(made, viewer)
    made.provenance = _provenance(viewer)
    return made


def _council_name(request: HttpRequest, viewer: Viewer | None) -> str:
    council = viewer.council if viewer else getattr(request, "council", None)
    return council.name if council else "Golden Thread"


def _example_words() -> str:
    words = "You are signed in as its programme officer, without a password, on this machine only."
    if settings.DEMO_TODAY is None:
        return words
    return (
        f"The plan is open as at its approval: today is taken to be {day_words(settings.DEMO_TODAY)}. {words}"
    )


def _add_plan(made: Shell, viewing: Standing, request: HttpRequest) -> None:
    made.viewing, made.plan_slug, made.as_at, made.known_at = (
        viewing,
        viewing.slug,
        viewing.as_at,
        viewing.known_at,
    )
    made.as_at_words, made.crumbs = viewing.as_at_words, viewing.crumbs
    made.home = made.link("home")
    rest = request.GET.copy()
    for name in (AS_AT, KNOWN_AT):
        rest.pop(name, None)
    made.now = f"{request.path}?{rest.urlencode()}" if rest else request.path
    made.picker = f"{reverse('as-at', args=[viewing.slug])}?{urlencode({'page': request.path})}"
    route = request.resolver_match.url_name if request.resolver_match else ""
    made.navigation = [
        {
            "href": made.link(name),
            "text": _counted(text, viewing),
            "active": route in within,
            "current": route == name,
        }
        for name, text, within in NAVIGATION
        if name not in NEEDED or viewing.viewer.may(NEEDED[name])
    ]


def _counted(text: str, viewing: Standing) -> str:
    number = len(viewing.plan.questions) if isinstance(viewing, Viewing) else 0
    return f"{text} ({number})" if text == "Questions" and number else text


def _footer(made: Shell, viewer: Viewer | None) -> list[dict[str, str]]:
    links = [("How this works", reverse("about")), ("Accessibility statement", reverse("accessibility"))]
    if made.plan_slug:
        links.insert(0, ("Findings", made.link("findings")))
    if viewer and viewer.can_edit:
        links.append(("Read in a document", reverse("import")))
    if viewer:
        links.append(("Sign out", reverse("account_logout")))
    return [{"text": text, "href": href} for text, href in links]


def _provenance(viewer: Viewer | None) -> str:
    if not viewer or not viewer.head:
        return f"Golden Thread {RELEASE}"
    return f"Change {viewer.head}, seal {viewer.head_hash[:16]}. Golden Thread {RELEASE}."
