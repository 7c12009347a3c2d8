"""What stands around the text of a letter, and bringing a letter up to the newest state of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.plan.days import day_words
from goldenthread.record.errors import InvalidEdit, StaleDraft
from goldenthread.record.letters import letter_renewed
from goldenthread.record.services.letters import StaleHead, mark_of, set_letter_head
from goldenthread.record.services.report_drafts import renew_draft
from goldenthread.reporting.letter import Head, Letter
from goldenthread.web.forms.fields import Field, FieldForm, FieldKind
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.letter import Letters, letter_in
from goldenthread.web.views.pages import page

YES, NO = "yes", "no"
FIELDS = (
    Field("my_ref", "My Ref", needed=False),
    Field("ask_for", "Please ask for", needed=False),
    Field("telephone", "Telephone", needed=False),
    Field("dated", "Date", FieldKind.DAY, "For example, 23 June 2023. Leave it empty while it is open", needed=False),
    Field("marking", "Marking", FieldKind.TEXT, "For example, OFFICIAL. It stands on every page", needed=False),
    Field("addressee", "To whom it goes", needed=False),
    Field("salutation", "Salutation", needed=False),
    Field("valediction", "Words above the signature", needed=False),
    Field("signatory", "Who signs it", needed=False),
    Field("role", "As what", needed=False),
    Field("address", "Address of the council", FieldKind.LONG, "A line for each line of the address", needed=False),
    Field("attachments", "Attachments", FieldKind.LONG, "A line for each", needed=False),
    Field(
        "is_draft", "Is it still a draft?", FieldKind.CHOICE,
        "While it is, every page says so and it cannot be issued",
        choices=((YES, "Yes, every page says DRAFT"), (NO, "No, the words are final")),
    ),
)  # fmt: skip


@writing_page
def letter_head(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """References, date, marking, addressee and signatory, attachments, and whether the letter is still a draft."""
    found = letter_in(viewing, number)
    found.refuse_unless(found.may_write)
    now, mark = _values(found.held.letter), mark_of(found.held.letter.head)
    form = FieldForm(FIELDS, dict(now))
    contested: tuple[tuple[str, str, str], ...] = ()
    if request.method == "POST":
        was = _opened_with(request, now, mark)
        form = _typed(request, was, now)
        contested = tuple(_contested(form, was, now))
        if form.check() and not contested:
            try:
                _save(found, form, mark)
            except (StaleHead, InvalidEdit) as error:
                form.errors["my_ref"] = str(error)
            else:
                messages.success(request, "The head of the letter is saved.")
                return redirect(found.link("letter"))
    found.under(found.crumb)
    context = {
        "found": found,
        "form": form,
        "errors": form.errors.listed(),
        "seen": mark,
        "was": now,
        "conflicts": contested,
    }
    return page(
        request, viewing, "letter_head", context, status=409 if contested else 400 if form.errors else 200
    )


def _values(letter: Letter) -> dict[str, str]:
    """The head as it stands in the fields of the form."""
    head = letter.head
    plain = {each.name: getattr(head, each.name) for each in FIELDS if hasattr(head, each.name)}
    return {
        **plain,
        "dated": day_words(head.dated) if head.dated else "",
        "address": "\n".join(head.address),
        "attachments": "\n".join(letter.attachments),
        "is_draft": YES if letter.is_draft else NO,
    }


def _save(found: Letters, form: FieldForm, seen: str) -> None:
    texts = (
        "my_ref",
        "ask_for",
        "telephone",
        "marking",
        "addressee",
        "salutation",
        "valediction",
        "signatory",
        "role",
    )
    head = Head(
        **{name: form[name] for name in texts},
        dated=form.days.get("dated"),
        address=_lines(form["address"]),
    )
    set_letter_head(
        actor=found.viewing.viewer.actor,
        plan=found.viewing.slug,
        number=found.number,
        head=head,
        attachments=_lines(form["attachments"]),
        is_draft=form["is_draft"] != NO,
        seen=seen,
        release=RELEASE,
    )


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def _opened_with(request: HttpRequest, now: Mapping[str, str], mark: str) -> dict[str, str | None]:
    """What each field showed when the form was opened; None where that is not known."""
    known = now if request.POST.get("seen") == mark else {}
    return {name: request.POST.get(f"was-{name}", known.get(name)) for name in now}


def _typed(request: HttpRequest, was: Mapping[str, str | None], now: Mapping[str, str]) -> FieldForm:
    """What was sent, but what is on the record by now in fields that nobody touched: nothing is undone by them."""
    form = FieldForm.typed(FIELDS, request.POST)
    form.values |= {name: now[name] for name in now if _same(form[name], was[name])}
    return form


def _contested(
    form: FieldForm, was: Mapping[str, str | None], now: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The fields that somebody else changed meanwhile to something else: label, the record's words, one's own."""
    for each in FIELDS:
        mine, theirs = form[each.name], now[each.name]
        if not _same(mine, theirs) and not _same(theirs, was[each.name]):
            yield each.label, theirs or "Empty", mine or "Empty"


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.split() == other.split()


@writing_page
def letter_renew(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """What the newest state of the record would change in the letter, and on sending the form that change."""
    found = letter_in(viewing, number)
    found.refuse_unless(found.may_write)
    report, error = found.held.report, ""
    if request.method == "POST":
        sent = request.POST.get("seen", "")
        seen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
        try:
            renew_draft(
                actor=viewing.viewer.actor,
                plan=viewing.slug,
                number=number,
                seen=seen,
                on=viewing.today,
                release=RELEASE,
            )
        except (StaleDraft, InvalidEdit) as refused:
            error = str(refused)
        else:
            messages.success(request, "The letter is up to date with the record.")
            return redirect(found.link("letter"))
    newest = viewing.viewer.head
    renewal = viewing.index.keep(
        ("renewal", report.id, report.version, newest), lambda: letter_renewed(report, RELEASE, newest)
    )
    found.under(found.crumb)
    context = {"found": found, "report": report, "renewal": renewal, "newest": newest, "error": error}
    return page(request, viewing, "letter_renew", context, status=409 if error else 200)
