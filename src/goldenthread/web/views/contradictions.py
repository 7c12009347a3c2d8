"""Where the plan does not agree with itself: the list, both places of each, and settling it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.assurance.contradictions import Kind
from goldenthread.plan.keys import slug
from goldenthread.record.contradictions import Outcome, Standing
from goldenthread.record.models.posts import PostRecord
from goldenthread.record.permissions import Permission
from goldenthread.record.services.contradictions import reopen_contradiction, settle_contradiction
from goldenthread.web.contradiction_access import listed_in, may_settle
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.presenting.contradictions import Listed, kinds_in, summary
from goldenthread.web.viewing import Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.short_forms import form_page, seen_in

CONTRADICTIONS: Crumb = ("Contradictions", "contradictions", {})
ON_A_PAGE = 20
OPEN = "to-look-at"
SHOWN = {
    OPEN: "To look at",
    **{standing.value: standing.in_words for standing in (Standing.SETTLED, Standing.GONE)},
    "all": "All",
}
DECIDED = (
    Field("resolution", "What was decided, and why", FieldKind.LONG,
          "Where both places are right, say how. Everyone who can see the plan will see this."),
    Field("basis", "What it rests on", hint="For example, a decision reference, a minute, or an agreed document"),
    Field("decided_by", "Decided by", hint="The post or body"),
    Field("decided_on", "Decided on", FieldKind.DAY, "For example, 1 October 2022"),
)  # fmt: skip


@reading_page
def contradictions(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every contradiction with both of its places, narrowed to what is asked for."""
    every = listed_in(viewing)
    viewing.under(REPORTING)
    kind, shown = request.GET.get("kind") or "", request.GET.get("show") or OPEN
    if shown not in SHOWN or (kind and kind not in set(Kind)):
        raise Http404(f"There is no list of contradictions called {kind or shown}")
    within = [each for each in every if not kind or each.pair.kind == kind]
    context = {
        "summary": summary(every),
        "entries": paged(request, [each for each in within if _wanted(each, shown)], ON_A_PAGE),
        "kind": kind,
        "kinds": [{"value": "", "text": "All"}, *({"value": v, "text": t} for v, t in kinds_in(every))],
        "show": shown,
        "shows": [{"value": value, "text": words} for value, words in SHOWN.items()],
        **_links(viewing),
    }
    return page(request, viewing, "contradictions", context)


@writing_page
def settle(request: HttpRequest, viewing: Viewing, pair: str) -> HttpResponse:
    """One contradiction with everything that was decided of it, and for the programme office the form to settle it."""
    viewing.refuse_without(Permission.SETTLE)
    found = _called(viewing, pair)
    posts = PostRecord.objects.filter(council_id=viewing.viewer.council_id, same_as=None).order_by("name")
    outcomes = tuple((each.value, each.in_words) for each in Outcome if each is not Outcome.REOPENED)
    fields = (
        Field("outcome", "Outcome", FieldKind.CHOICE, choices=outcomes),
        *DECIDED,
        Field("owner", "Post that sees to it", FieldKind.CHOICE, needed=False,
              choices=tuple((post.slug, post.name) for post in posts)),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        settle_contradiction(
            actor=viewing.viewer.actor, plan=viewing.slug, contradiction=pair, outcome=Outcome(form["outcome"]),
            resolution=form["resolution"], basis=form["basis"], decided_by=form["decided_by"],
            decided_on=form.days["decided_on"], owner=form["owner"] or None, on=viewing.today,
            seen=seen_in(request),
        )  # fmt: skip
        return viewing.link("contradictions")

    return form_page(
        request, viewing, "Settle a contradiction", fields, save=save, above=(REPORTING, CONTRADICTIONS),
        template="contradiction", each=found, start={"owner": _owner(found, viewing)},
        seen=len(found.entry.history), **_links(viewing),
    )  # fmt: skip


@writing_page
def reopen(request: HttpRequest, viewing: Viewing, pair: str) -> HttpResponse:
    """Open a contradiction again that was settled."""
    viewing.refuse_without(Permission.SETTLE)
    found = _called(viewing, pair)
    if found.entry.settlement is None and request.method != "POST":
        raise Http404("This contradiction is open already.")

    def save(form: FieldForm) -> str:
        reopen_contradiction(
            actor=viewing.viewer.actor,
            plan=viewing.slug,
            contradiction=pair,
            reason=form["reason"],
            on=viewing.today,
        )
        return viewing.link("contradictions")

    return form_page(
        request, viewing, "Open a contradiction again", (REASON,), save=save, above=(REPORTING, CONTRADICTIONS),
        template="contradiction", each=found, **_links(viewing),
    )  # fmt: skip


def _wanted(each: Listed, shown: str) -> bool:
    return shown == "all" or (each.entry.is_open if shown == OPEN else each.entry.standing == shown)


def _links(viewing: Viewing) -> dict[str, Any]:
    return {
        "address_of": lambda side: side.address(viewing.index, viewing.link),
        "may_settle": may_settle(viewing),
    }


def _called(viewing: Viewing, handle: str) -> Listed:
    found = next((each for each in listed_in(viewing) if each.pair.handle == handle), None)
    if found is None:
        raise Http404("There is no such contradiction: what it was about has changed.")
    return found


def _owner(found: Listed, viewing: Viewing) -> str:
    leads = [*found.pair.first.leads, *found.pair.second.leads]
    return next((slug(lead) for lead in leads if lead not in viewing.index.collective), "")
