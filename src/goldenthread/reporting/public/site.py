"""The public pages as files: a pure function of what may be told, so the same states give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from goldenthread.assurance.ratings import RatingClass
from goldenthread.documents.writing.sheet import without_control_characters
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.plan.model import Action, Milestone, Theme
from goldenthread.plan.status import Status
from goldenthread.reporting.public.comparing import (
    STATUS_WORDS,
    Outcome,
    date_words,
    first_promised,
    is_late,
    name_of,
    outcome_of,
)
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.feed import About, feed, name_in_address, page_of
from goldenthread.reporting.public.open_data import DICTIONARY, LICENCE_ADDRESS, open_data
from goldenthread.reporting.public.picking import State
from goldenthread.reporting.public.reports import public_among

Promised = Action | Milestone
_MENU = (
    ("index.html", "At a glance"),
    ("changes/index.html", "What changed"),
    ("promises/index.html", "What we said and what happened"),
    ("open-data/index.html", "Open data"),
    ("about/index.html", "About"),
)
_REPORTS = (("reports/index.html", "Reports"),)
_NOUNS = {"Action": "action", "Milestone": "milestone"}


@dataclass(frozen=True)
class Count:
    """A row of a table of counts: the words, how many, and of how many."""

    words: str
    number: int
    of: int
    mark: str = ""


def site_files(edition: Edition) -> dict[str, bytes]:
    """Every file of the public pages by its path, in the order of the paths."""
    found: dict[str, bytes] = {}

    def add(path: str, template: str, title: str, **more: Any) -> None:
        found[path] = _rendered(edition, path, template, title, more)

    if edition.states:
        _plan_pages(edition, add)
        changes = edition.changed[-1][1] if edition.changed else ()
        found |= {f"open-data/{name}": content for name, content in open_data(edition.now, changes).items()}
    else:
        add("index.html", "reports", "Reports", reports=public_among(edition.reports))
    if edition.reports:
        add("reports/index.html", "reports", "Reports", reports=public_among(edition.reports))
    for each in edition.reports:
        title = (
            f"Report {each.number}: {each.title}"
            if each.is_public
            else f"Report {each.number} was taken back"
        )
        add(each.path, "report", title, report=each)
    add("accessibility/index.html", "accessibility", "Accessibility statement")
    found["feed.xml"] = feed(_about(edition), edition.changed, public_among(edition.reports))
    found["public.css"] = _style()
    return dict(sorted(found.items()))


def _plan_pages(edition: Edition, add: Callable[..., None]) -> None:
    """The pages of the plan itself: its promises, themes and reviews, and what changed."""
    now = edition.now
    add("index.html", "glance", now.plan.title, **_glance(edition))
    add("changes/index.html", "changes", "What changed", changed=tuple(reversed(edition.changed)))
    add("promises/index.html", "promises", "What we said and what happened", **_promises(now))
    for theme in now.plan.themes:
        add(f"themes/{theme.number}/index.html", "theme", theme.name, **_theme(now, theme))
    for source in edition.coverage.sources:
        add(f"reviews/{source.slug or slug(source.name)}/index.html", "review", source.title, source=source)
    for ref, item in now.promises.items():
        if "." not in ref:
            add(
                _path(ref),
                "promise",
                f"{ref}: {name_of(item)}",
                item=item,
                ref=ref,
                **_promise(edition, item),
            )
    for held in now.held:
        if held.ref and "." not in held.ref:
            noun = _NOUNS.get(held.kind, "item")
            add(_path(held.ref), "held", f"{held.ref} is held back", held=held, noun=noun)
    for gone in edition.departed:
        if "." not in gone.ref:
            add(_path(gone.ref), "departed", f"{gone.ref}: {name_of(gone.item)}", gone=gone)
    add("about/index.html", "about", "About these pages")
    add("open-data/index.html", "open_data", "Open data", dictionary=DICTIONARY, licence=LICENCE_ADDRESS)


def _about(edition: Edition) -> About:
    council, title = _whose(edition)
    page = "changes/index.html" if edition.states else "index.html"
    return About(council, title, edition.day, page, edition.name, edition.address)


def _whose(edition: Edition) -> tuple[str, str]:
    """The council and its plan, as far as they may be told."""
    if edition.states:
        return edition.now.plan.council.name, edition.now.plan.title
    return edition.council, edition.title


def _path(ref: str) -> str:
    return page_of(ref).partition("#")[0]


def _rendered(edition: Edition, path: str, template: str, title: str, more: Mapping[str, Any]) -> bytes:
    council, plan_title = _whose(edition)
    context = {
        "edition": edition,
        "now": edition.now if edition.states else None,
        "council": council,
        "plan_title": plan_title,
        "menu": (*(_MENU if edition.states else ()), *(_REPORTS if edition.reports else ())),
        "title": title,
        "root": "../" * path.count("/"),
        "path": path,
        **more,
    }
    text = _templates().get_template(f"{template}.html").render(context)
    return without_control_characters(text).encode("utf-8")


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("goldenthread.reporting.public"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "day": day_words,
        "date_words": date_words,
        "name": name_of,
        "place": page_of,
        "anchor": name_in_address,
        "mark": rating_mark,
    }
    made.globals |= {
        "STATUS_WORDS": STATUS_WORDS,
        "outcome_of": outcome_of,
        "first_promised": first_promised,
        "is_late": is_late,
        "slug": slug,
        "said": said,
    }
    return made


@lru_cache(maxsize=1)
def _style() -> bytes:
    return (files("goldenthread.reporting.public") / "public.css").read_bytes()


def said(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 action", "64 actions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def rating_mark(rating: RatingClass) -> str:
    """The shade behind the word of a rating."""
    return rating.value if rating.is_colour else "plain"


def _glance(edition: Edition) -> dict[str, Any]:
    now = edition.now
    actions = _top(now, Action)
    milestones = _top(now, Milestone)
    held_actions, held_milestones = _held(now, "Action"), _held(now, "Milestone")
    total = len(actions) + held_actions
    late = sum(is_late(item, now.day) for item in actions.values())
    dated = sum(bool((due := first_promised(item)) and due.has_last_day) for item in actions.values())
    return {
        "actions": total,
        "milestones": len(milestones) + held_milestones,
        "by_status": _by_status(actions.values(), held_actions),
        "milestones_by_status": _by_status(milestones.values(), held_milestones),
        "by_rating": _by_rating(now, actions, held_actions),
        "late": late,
        "dated": dated,
        "held": len(now.held),
    }


def _top(state: State, kind: type[Action] | type[Milestone]) -> dict[str, Promised]:
    return {ref: item for ref, item in state.promises.items() if isinstance(item, kind) and "." not in ref}


def _held(state: State, kind: str) -> int:
    return sum(each.kind == kind and bool(each.ref) and "." not in str(each.ref) for each in state.held)


def _by_status(items: Iterable[Promised], held: int) -> list[Count]:
    found = Counter(item.status for item in items)
    total = sum(found.values()) + held
    rows = [Count(STATUS_WORDS[status], found[status], total) for status in Status]
    return [*rows, *([Count("Held back", held, total)] if held else [])]


def _by_rating(state: State, items: Mapping[str, Promised], held: int) -> list[Count]:
    found = Counter(state.ratings[ref] for ref in items if ref in state.ratings)
    total = len(items) + held
    rows = [Count(each.in_words, found[each], total, rating_mark(each)) for each in RatingClass]
    return [*rows, *([Count("Held back", held, total)] if held else [])]


def _promises(state: State) -> dict[str, Any]:
    """The promises of each theme with what became of them; those of no theme come last."""
    groups: dict[int | None, list[tuple[str, Promised]]] = {theme.number: [] for theme in state.plan.themes}
    for ref, item in (_top(state, Action) | _top(state, Milestone)).items():
        groups.setdefault(state.themes_of[ref], []).append((ref, item))
    names: dict[int | None, str] = {theme.number: theme.name for theme in state.plan.themes}
    told = {number: pairs for number, pairs in groups.items() if pairs}
    outcomes = Counter(outcome_of(item, state.day) for pairs in told.values() for _, item in pairs)
    total = sum(outcomes.values())
    return {
        "groups": [
            (number, names.get(number, "Milestones of no theme"), pairs) for number, pairs in told.items()
        ],
        "outcomes": [Count(each.value, outcomes[each], total) for each in Outcome],
        "total": total,
        "missed": [
            (ref, item)
            for pairs in told.values()
            for ref, item in pairs
            if outcome_of(item, state.day) is Outcome.MISSED
        ],
    }


def _theme(state: State, theme: Theme) -> dict[str, Any]:
    held = [each for each in state.held if each.theme == theme.number and each.kind != "Theme"]
    return {
        "theme": theme,
        "by_status": _by_status(
            [action for action in theme.actions if action.ref and not action.heading],
            sum(each.kind == "Action" and bool(each.ref) and "." not in str(each.ref) for each in held),
        ),
        "held": held,
    }


def _promise(edition: Edition, item: Promised) -> dict[str, Any]:
    now, ref = edition.now, item.ref or ""
    number = now.themes_of.get(ref)
    theme = next((theme for theme in now.plan.themes if theme.number == number), None)
    below = f"{ref}."
    return {
        "noun": "milestone" if isinstance(item, Milestone) else "action",
        "steps": tuple(item.all_steps()) if isinstance(item, Action) else (),
        "held_steps": sum(bool(each.ref and each.ref.startswith(below)) for each in now.held),
        "outcome": outcome_of(item, now.day),
        "rating": now.ratings.get(ref),
        "theme": theme,
        "answers": edition.answers.get(ref, ()),
        "unnamed": now.unnamed.get(ref, 0),
        "history": edition.history.get(ref, ()),
    }
