"""What a reading page needs: who is looking, at which plan, as at which day."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache, wraps
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

from goldenthread.plan.days import day_words, is_near
from goldenthread.plan.model import Plan
from goldenthread.record.models.plan import PlanRecord
from goldenthread.record.permissions import Permission
from goldenthread.web.clock import civil_today
from goldenthread.web.messages import message
from goldenthread.web.presenting.index import PlanIndex
from goldenthread.web.record_access import (
    CycleTerms,
    NoSuchPlan,
    NoSuchRevision,
    NotYetAdopted,
    Viewer,
    council_at,
    cycle_terms,
    head_of,
    plan_record,
    plan_state,
    scope_of,
)

AS_AT, KNOWN_AT = "as-at", "known-at"
KEPT_INDEXES = 32

View = Callable[..., HttpResponse]
Crumb = tuple[str, str, dict[str, Any]]
"""A page above: its words, route and arguments."""


@dataclass(kw_only=True)
class Standing:
    """Who is at which plan, in which state, without the plan itself: enough for the shell and for links of a page.

    `as_at` None is the plan as it stands today.
    """

    viewer: Viewer
    slug: str
    as_at: date | None = None
    known_at: int | None = None
    today: date
    crumbs: list[dict[str, str]] = field(default_factory=list)

    @property
    def shown_day(self) -> date:
        """The day against which dates are judged."""
        return self.as_at or self.today

    @property
    def is_past(self) -> bool:
        """Whether this is anything but the plan as it stands."""
        return self.as_at is not None or self.known_at is not None

    @property
    def as_at_words(self) -> str | None:
        """What a banner says of it: "as at 30 September 2022"."""
        words = [f"as at {day_words(self.as_at)}"] if self.as_at else []
        words += [f"as it was known after change {self.known_at}"] if self.known_at is not None else []
        return ", ".join(words) or None

    @cached_property
    def query(self) -> str:
        """The chosen state as the end of an address, or nothing."""
        chosen = {AS_AT: self.as_at.isoformat() if self.as_at else None, KNOWN_AT: self.known_at}
        kept = {name: value for name, value in chosen.items() if value is not None}
        return f"?{urlencode(kept)}" if kept else ""

    @cached_property
    def terms(self) -> CycleTerms:
        """By what the freshness of the plan's promises is judged."""
        return cycle_terms(self.viewer.council_id, self.slug, self.viewer.head)

    def link(self, route: str, **arguments: Any) -> str:
        """The address of a page of this plan, in the same state."""
        return _address(route, self.slug, tuple(arguments.items())) + self.query

    def refuse_without(self, permission: Permission) -> None:
        """Go on only for those who may do this.

        Raises:
            PermissionDenied: The viewer may not.
        """
        if not self.viewer.may(permission):
            raise PermissionDenied

    def under(self, *above: Crumb) -> None:
        """Say which pages lie above this one: words, route and arguments of each, the first page left out."""
        steps = (("Home", "home", {}), *above)
        self.crumbs = [
            {"text": text, "href": self.link(route, **arguments)} for text, route, arguments in steps
        ]


@dataclass(kw_only=True)
class Viewing(Standing):
    """One plan in one state, as a page shows it."""

    plan: Plan
    index: PlanIndex


@lru_cache(maxsize=16384)
def _address(route: str, slug: str, arguments: tuple[tuple[str, Any], ...]) -> str:
    return reverse(route, kwargs={"slug": slug, **dict(arguments)})


@contextmanager
def in_council(viewer: Viewer) -> Iterator[Viewer]:
    """The viewer's council, set for one transaction, with its name and head revision filled in."""
    with scope_of(viewer):
        head = head_of(viewer)
        council = council_at(viewer.council_id, head.number)
        yield replace(viewer, council=council, head=head.number, head_hash=head.hash)


def reading_page(view: View) -> View:
    """A page about one plan in one state: gives the view its `Viewing`, and says that the page changes nothing."""

    @wraps(view)
    def with_viewing(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            viewing = look(request, slug)
        except NotYetAdopted as error:
            return message(request, "The plan had not begun", str(error), status=404)
        return _shown(request, viewing, view, kwargs)

    with_viewing.reads_only = True  # type: ignore[attr-defined]
    return with_viewing


def writing_page(view: View) -> View:
    """A form about one plan as it stands now."""

    @wraps(view)
    def with_viewing(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        viewing = look(request, slug, now=True)
        return _shown(request, viewing, view, kwargs)

    return with_viewing


def stand(request: HttpRequest, slug: str, permission: Permission) -> tuple[Standing, PlanRecord]:
    """The plan that an address names, without reading it, for somebody with a right; the shell will show where it is.

    Raises:
        Http404: there is no such plan.
        PermissionDenied: the viewer has not this right.
    """
    viewer = viewer_for(request)
    if viewer is None or not viewer.may(permission):
        raise PermissionDenied("Your role in this council does not allow it. Ask the programme office.")
    try:
        held = plan_record(slug)
    except NoSuchPlan as error:
        raise Http404(str(error)) from error
    standing = Standing(viewer=viewer, slug=slug, today=civil_today())
    request.viewing = standing  # type: ignore[attr-defined]  # the shell reads it
    return standing, held


def _shown(request: HttpRequest, viewing: Viewing, view: View, arguments: dict[str, Any]) -> HttpResponse:
    request.viewing = viewing  # type: ignore[attr-defined]  # the shell reads it
    return view(request, viewing, **arguments)


def viewer_for(request: HttpRequest) -> Viewer | None:
    """Who is looking, once the middleware has found their council."""
    return getattr(request, "viewer", None)


def look(request: HttpRequest, slug: str, *, now: bool = False) -> Viewing:
    """The plan that an address names, in the state that its query asks for.

    Raises:
        Http404: there is no such plan, day or revision.
        PermissionDenied: the viewer may not read plans.
        NotYetAdopted: the day is before the plan began.
    """
    viewer = viewer_for(request)
    if viewer is None or not viewer.may(Permission.READ):
        raise PermissionDenied("You cannot see this plan. Ask the programme office to give you a role.")
    as_at, known_at = (None, None) if now else (_day(request), _revision(request))
    try:
        plan = plan_state(viewer, slug, cut_off=as_at, known_at=known_at)
    except (NoSuchPlan, NoSuchRevision) as error:
        raise Http404(str(error)) from error
    return Viewing(
        viewer=viewer,
        slug=slug,
        plan=plan,
        index=index_of(plan),
        as_at=as_at,
        known_at=known_at,
        today=civil_today(),
    )


_indexes: OrderedDict[int, PlanIndex] = OrderedDict()
_indexes_lock = Lock()


def index_of(plan: Plan) -> PlanIndex:
    """The plan's index. A plan that is kept has the same one each time; the index keeps its plan, so ids stay true."""
    with _indexes_lock:
        found = _indexes.get(id(plan))
        if found is None or found.plan is not plan:
            found = _indexes[id(plan)] = PlanIndex(plan)
        _indexes.move_to_end(id(plan))
        while len(_indexes) > KEPT_INDEXES:
            _indexes.popitem(last=False)
        return found


def _day(request: HttpRequest) -> date | None:
    printed = request.GET.get(AS_AT)
    if not printed:
        return None
    try:
        day = date.fromisoformat(printed)
    except ValueError as error:
        raise Http404(f"{printed} is not a day") from error
    if not is_near(day):
        raise Http404(f"{printed} is not a day of which a plan can speak")
    return day


def _revision(request: HttpRequest) -> int | None:
    printed = request.GET.get(KNOWN_AT)
    if not printed:
        return None
    if not printed.isascii() or not printed.isdigit() or len(printed) > 12:
        raise Http404(f"{printed} is not the number of a change")
    return int(printed)
