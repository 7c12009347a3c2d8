"""What the checks noticed: all of it, by rule and by item; a page for each rule; accepting a finding."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.assurance import RULES, Group, Severity, UnknownRule, rule_called
from goldenthread.assurance.rule import NOT_IN_A_FILE
from goldenthread.plan.days import day_words
from goldenthread.plan.keys import slug
from goldenthread.record.findings import acceptances
from goldenthread.record.models.posts import PostRecord
from goldenthread.record.permissions import Permission
from goldenthread.record.services.findings import accept_finding, latest_expiry, withdraw_acceptance
from goldenthread.web.finding_access import listing, located_in
from goldenthread.web.forms.fields import REASON, Field, FieldForm, FieldKind
from goldenthread.web.paging import paged
from goldenthread.web.presenting.findings import REASON_TO_LOOK, Asked, Located, by_item, by_rule, summary
from goldenthread.web.presenting.index import PlacedAction
from goldenthread.web.viewing import AS_AT, KNOWN_AT, Crumb, Viewing, reading_page, writing_page
from goldenthread.web.views.cycle import REPORTING
from goldenthread.web.views.pages import page
from goldenthread.web.views.short_forms import form_page, seen_in

FINDINGS: Crumb = ("Findings", "findings", {})
SHOWN = {"rule": "By rule", "item": "By item", "accepted": "Accepted"}
ITEMS_ON_A_PAGE, ON_A_PAGE, OF_A_RULE = 25, 50, 10


@reading_page
def findings(request: HttpRequest, viewing: Viewing) -> HttpResponse:
    """Every finding under its rule or its item, or those that were accepted, narrowed to what is asked for."""
    asked = _asked(request, viewing)
    every = located_in(viewing)
    found = [each for each in every if asked.wants(each)]
    viewing.under(REPORTING)
    by = request.GET.get("by", "rule")
    if by not in SHOWN:
        raise Http404(f"Findings are not listed by {by}")
    listed: dict[str, Any] = {"rules": None, "items": None, "accepted": None}
    if by == "rule":
        listed["rules"] = by_rule(found)
    elif by == "item":
        listed["items"] = paged(request, by_item(viewing.index, found, viewing.link), ITEMS_ON_A_PAGE)
    else:
        listed["accepted"] = paged(request, [each for each in found if each.acceptance], ON_A_PAGE)
    context = {
        **listed,
        **listing(viewing),
        "summary": summary(found, len(every)),
        "by": by,
        "tabs": [(name, words, _tab(request, name)) for name, words in SHOWN.items()],
        "choices": _choices(viewing, asked, request),
        "narrowed": _narrowed(viewing, asked),
        "first": OF_A_RULE,
        "within": _query(request, {"by", "page", "rule"}),
    }
    return page(request, viewing, "findings", context)


@reading_page
def rule(request: HttpRequest, viewing: Viewing, rule: str) -> HttpResponse:
    """One rule: what it looks for, why, what to do, and all that it finds in this plan."""
    try:
        held = rule_called(rule.upper())
    except UnknownRule as error:
        raise Http404(str(error)) from error
    asked = _asked(request, viewing, rule=held.id)
    found = [each for each in located_in(viewing) if asked.wants(each)]
    viewing.under(REPORTING, FINDINGS)
    context = {
        **listing(viewing),
        "rule": held,
        "not_in_a_file": NOT_IN_A_FILE,
        "open": paged(request, [each for each in found if not each.acceptance], ON_A_PAGE),
        "accepted": [each for each in found if each.acceptance][:ON_A_PAGE],
        "narrowed": _narrowed(viewing, asked),
        "said": REASON_TO_LOOK,
    }
    return page(request, viewing, "rule", context)


@writing_page
def accept(request: HttpRequest, viewing: Viewing, finding: str) -> HttpResponse:
    """Let a finding stand for a while: why, who answers for it, until when."""
    viewing.refuse_without(Permission.ACCEPT_FINDINGS)
    found = next((each for each in located_in(viewing) if each.finding.handle == finding), None)
    if found is None:
        raise Http404("This finding is there no longer: what it was about has changed.")
    rule_page: Crumb = (found.finding.rule, "rule", {"rule": found.finding.rule})
    posts = PostRecord.objects.filter(council_id=viewing.viewer.council_id, same_as=None).order_by("name")
    latest = latest_expiry(viewing.today)
    told = acceptances(viewing.viewer.council_id, viewing.slug)
    seen = sum(each.identity == found.finding.identity for each in told)
    fields = (
        REASON,
        Field("owner", "Post that answers for it", FieldKind.CHOICE,
              choices=tuple((post.slug, post.name) for post in posts)),
        Field("until", "Last day", FieldKind.DAY,
              f"{day_words(latest)} at the latest. From the day after, the finding is open again"),
    )  # fmt: skip

    def save(form: FieldForm) -> str:
        accept_finding(
            actor=viewing.viewer.actor, plan=viewing.slug, rule=found.finding.rule, item=found.finding.item_id,
            about=found.finding.about, reason=form["reason"], owner=form["owner"], expires_on=form.days["until"],
            on=viewing.today, seen=seen_in(request),
        )  # fmt: skip
        return viewing.link("rule", rule=found.finding.rule)

    return form_page(
        request, viewing, f"Accept a finding of {found.finding.rule}", fields, save=save,
        above=(REPORTING, FINDINGS, rule_page), start={"owner": _owner(found, viewing)}, seen=seen,
        about=f"{found.finding.message} An accepted finding stays in the list with your reason, the post and the day.",
    )  # fmt: skip


@writing_page
def withdraw(request: HttpRequest, viewing: Viewing, acceptance: UUID) -> HttpResponse:
    """Take an acceptance back."""
    viewing.refuse_without(Permission.ACCEPT_FINDINGS)
    held = acceptances(viewing.viewer.council_id, viewing.slug)
    found = next((each for each in held if each.id == acceptance), None)
    if found is None or (found.withdrawn_on and request.method != "POST"):
        raise Http404("There is no such acceptance, or it was taken back already.")

    def save(form: FieldForm) -> str:
        withdraw_acceptance(
            actor=viewing.viewer.actor, acceptance=acceptance, reason=form["reason"], on=viewing.today
        )
        return viewing.link("rule", rule=found.rule)

    return form_page(
        request, viewing, "Take an acceptance back", (REASON,), save=save,
        above=(REPORTING, FINDINGS, (found.rule, "rule", {"rule": found.rule})),
        about=f"{found.message} It was accepted on {day_words(found.accepted_on)}: {found.reason}",
    )  # fmt: skip


def _owner(found: Located, viewing: Viewing) -> str:
    return slug(found.leads[0]) if found.leads and found.leads[0] not in viewing.index.collective else ""


def _asked(request: HttpRequest, viewing: Viewing, rule: str | None = None) -> Asked:
    """What the address asks for.

    Raises:
        Http404: there is no such group, severity, theme, lead or item.
    """
    typed = {name: request.GET.get(name) or None for name in ("group", "severity", "theme", "lead", "item")}
    group = next((each for each in Group if str(each.digit) == typed["group"]), None)
    severity = next((each for each in Severity if each.value == typed["severity"]), None)
    theme = next((each for each in viewing.plan.themes if str(each.number) == typed["theme"]), None)
    placed = viewing.index.by_handle.get(typed["item"] or "")
    lead = next((each for each in viewing.index.leads if slug(each) == typed["lead"]), None)
    for name, found in (
        ("group", group), ("severity", severity), ("theme", theme), ("lead", lead), ("item", placed),
    ):  # fmt: skip
        if typed[name] and found is None:
            raise Http404(f"There is no {name} {typed[name]}")
    item = (placed.action if isinstance(placed, PlacedAction) else placed.milestone).key if placed else None
    return Asked(rule, group, severity, theme.number if theme else None, typed["lead"], item)


def _choices(viewing: Viewing, asked: Asked, request: HttpRequest) -> list[dict[str, Any]]:
    """The lists from which a person narrows what is shown."""
    every = {"value": "", "text": "All"}
    groups = [each for each in Group if any(rule.group is each for rule in RULES.values())]
    listed = (
        ("group", "Kind of rule", [(str(each.digit), each.title) for each in groups],
         str(asked.group.digit) if asked.group else ""),
        ("severity", "Severity", [(each.value, each.value.capitalize()) for each in Severity],
         asked.severity.value if asked.severity else ""),
        ("theme", "Theme", [(str(each.number), f"{each.number}. {each.name}") for each in viewing.plan.themes],
         str(asked.theme or "")),
        ("lead", "Lead", [(slug(lead), lead) for lead in sorted(viewing.index.leads)], asked.lead or ""),
    )  # fmt: skip
    return [
        {"name": name, "label": label, "value": value,
         "items": [every, *({"value": each, "text": words} for each, words in options)]}
        for name, label, options, value in listed
    ]  # fmt: skip


def _narrowed(viewing: Viewing, asked: Asked) -> str | None:
    """What the list is narrowed to, where it is one promise or on the page of a rule."""
    if asked.item is None:
        return None
    placed = viewing.index.by_key[asked.item]
    return placed.action.title if isinstance(placed, PlacedAction) else placed.milestone.name


def _tab(request: HttpRequest, name: str) -> str:
    kept = {key: value for key, value in request.GET.dict().items() if key not in {"by", "page"} and value}
    return f"?{urlencode({**kept, 'by': name})}"


def _query(request: HttpRequest, without: set[str]) -> str:
    """What the address asks for besides, as the end of another address; it begins with & or is empty."""
    left = without | {AS_AT, KNOWN_AT}
    kept = {key: value for key, value in request.GET.dict().items() if key not in left and value}
    return urlencode(kept)
