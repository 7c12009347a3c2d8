"""Ratings by the council's rule: counts, disagreements, why they moved, and the rule itself."""

from __future__ import annotations

from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.assurance.date_moves import moved_between
from goldenthread.assurance.ratings import PRESETS, Kind, RatingClass, Tally, explain_movement, reperform
from goldenthread.plan.days import day_words
from goldenthread.record.errors import InvalidEdit
from goldenthread.record.permissions import Permission
from goldenthread.record.services.rating_rules import adopt_rating_rule, rating_rules
from goldenthread.web.forms.ratings import BetweenForm, RuleForm, preset_rule
from goldenthread.web.judging import judged
from goldenthread.web.paging import paged
from goldenthread.web.presenting.index import PlacedAction
from goldenthread.web.presenting.ratings import KIND_WORDS, Scope, class_rows, given_rows
from goldenthread.web.record_access import NotYetAdopted, plan_state
from goldenthread.web.viewing import Viewing, reading_page, writing_page
from goldenthread.web.views.pages import page

ON_A_PAGE = 100


@reading_page
def ratings(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """How many promises the rule puts in each class, and every stated rating that disagrees with it."""
    scope, found = _scope(request, viewing), judged(viewing)
    promises = scope.of(viewing.index)
    counted = Tally.of(found.ratings[promise.item.key].class_ for promise in promises)
    test = viewing.index.keep(
        ("reperformed", found.adopted.rule, found.on),
        lambda: reperform(viewing.plan, found.adopted.rule, found.on),
    )
    shown = _class(request)
    listed = [each for each in promises if found.ratings[each.item.key].class_ is shown] if shown else []
    context = {
        "scope": scope,
        "counted": counted,
        "rows": class_rows(found.adopted, counted, _address(viewing, scope)),
        "given": given_rows(promises),
        "test": test,
        "shown": shown,
        "listed": paged(request, listed, ON_A_PAGE) if shown else None,
        "disagreeing": None if shown else paged(request, test.disagreements, ON_A_PAGE),
        "may_change": viewing.viewer.may(Permission.RUN_CYCLE) and not viewing.is_past,
        **_choices(viewing),
    }
    return page(request, viewing, "ratings", context)


@reading_page
def explain(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Why the shares of the colours changed between two days, promise by promise."""
    scope, found = _scope(request, viewing), judged(viewing)
    first = viewing.shown_day - relativedelta(months=1)
    form = BetweenForm(
        request.GET.get("from", day_words(first)), request.GET.get("to", day_words(viewing.shown_day))
    )
    told = moved = None
    if "from" in request.GET and form.check():
        try:
            then, now = (
                plan_state(viewing.viewer, viewing.slug, cut_off=day, known_at=viewing.known_at)
                for day in (form.then, form.now)
            )
        except NotYetAdopted as error:
            form.errors["from" if form.then < error.effective_on else "to"] = str(error)
        else:
            rule = found.adopted.rule
            told = explain_movement(
                then, now, rule, form.then, form.now, kind=scope.kind, counts=scope.counts
            )
            moved = [
                each
                for each in moved_between(then, now, scope.counts)
                if scope.item is not None or each.promise.kind is scope.kind
            ]
    viewing.under(("Ratings", "ratings", {}))
    context = {
        "scope": scope,
        "form": form,
        "errors": form.errors.listed(),
        "told": told,
        "classes": [class_ for class_ in RatingClass if told and _occurs(told.before, told.after, class_)],
        "movements": paged(request, told.moved, ON_A_PAGE) if told else None,
        "moved": moved,
        "about": _about(viewing, scope),
        "item_handle": request.GET.get("item", ""),
        **_choices(viewing),
    }
    return page(request, viewing, "rating_explain", context, status=400 if form.errors else 200)


@writing_page
def rule(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """The council's rule: begin from a published definition, set its numbers, adopt it as the next version."""
    viewer = viewing.viewer
    viewing.refuse_without(Permission.RUN_CYCLE)
    versions = rating_rules(viewer.council_id)
    begun = preset_rule(request.GET.get("begin", "")) or versions[0].rule
    form = RuleForm.of(begun, day_words(viewing.today))
    if request.method == "POST":
        form = RuleForm.typed(request.POST)
        if form.check() and form.rule:
            try:
                adopted = adopt_rating_rule(
                    actor=viewer.actor,
                    rule=form.rule,
                    adopted_on=form.adopted,
                    note=form["reason"],
                    reason=form["reason"],
                )
            except InvalidEdit as error:
                form.errors["name"] = str(error)
            else:
                messages.success(
                    request, f"Version {adopted.number} of the rule counts now, for the past too."
                )
                return redirect(viewing.link("ratings"))
    viewing.under(("Ratings", "ratings", {}))
    context = {
        "form": form,
        "errors": form.errors.listed(),
        "versions": versions,
        "presets": PRESETS,
        "begun": request.GET.get("begin", ""),
    }
    return page(request, viewing, "rating_rule", context, status=400 if form.errors else 200)


def _scope(request: HttpRequest, viewing: Viewing) -> Scope:
    """What the address asks about. Raises Http404 for a kind, theme or promise that there is not."""
    if handle := request.GET.get("item"):
        placed = viewing.index.by_handle.get(handle)
        if placed is None:
            raise Http404(f"There is no promise {handle}")
        if isinstance(placed, PlacedAction):
            return Scope(Kind.STEP if placed.is_step else Kind.ACTION, item=placed.action.key)
        return Scope(Kind.MILESTONE, item=placed.milestone.key)
    asked, theme = request.GET.get("of") or Kind.ACTION, request.GET.get("theme") or None
    numbers = {str(each.number): each.number for each in viewing.plan.themes}
    if asked not in set(Kind) or (theme and theme not in numbers):
        raise Http404("There is no such list of promises")
    return Scope(Kind(asked), numbers[theme] if theme else None)


def _address(viewing: Viewing, scope: Scope) -> str:
    address = viewing.link("ratings")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(scope.query)}"


def _class(request: HttpRequest) -> RatingClass | None:
    asked = request.GET.get("show")
    if asked and asked not in set(RatingClass):
        raise Http404(f"There is no rating {asked}")
    return RatingClass(asked) if asked else None


def _choices(viewing: Viewing) -> dict[str, object]:
    themes = [{"value": "", "text": "The whole plan"}]
    themes += [
        {"value": str(each.number), "text": f"{each.number}. {each.name}"} for each in viewing.plan.themes
    ]
    kinds = [{"value": kind.value, "text": words} for kind, words in KIND_WORDS.items()]
    return {"themes": themes, "kinds": kinds}


def _occurs(before: Tally, after: Tally, class_: RatingClass) -> bool:
    return bool(before.counts[class_] or after.counts[class_]) or class_ is RatingClass.GREEN


def _about(viewing: Viewing, scope: Scope) -> str:
    if scope.item is not None:
        placed = viewing.index.by_key[scope.item]
        item = placed.action if isinstance(placed, PlacedAction) else placed.milestone
        name = getattr(item, "title", None) or getattr(item, "name", None) or "No title in the plan"
        return f"{item.ref} {name}" if item.ref else name
    theme = viewing.index.theme(scope.theme) if scope.theme is not None else None
    where = f"theme {theme.number}, {theme.name}" if theme else "the whole plan"
    return f"{KIND_WORDS[scope.kind]} of {where}"
