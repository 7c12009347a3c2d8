"""Changing a letter: the words of a sentence, what it rests on, who answers for it, its place, and what is left out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goldenthread.record.errors import InvalidEdit, NotAllowed, NotFound
from goldenthread.record.letter_grounds import UnknownGround, letter_grounds
from goldenthread.record.letters import sentence_history
from goldenthread.record.services.letters import (
    StaleSentence,
    add_sentence,
    leave_out_milestone,
    mark_of,
    move_sentence,
    remove_sentence,
    sign_off_sentence,
    take_in_milestone,
    word_sentence,
)
from goldenthread.reporting.letter import Sentence
from goldenthread.reporting.letter.editing import Place, place_of, places_in
from goldenthread.web.forms.errors import Errors
from goldenthread.web.forms.fields import Field, FieldForm, FieldKind
from goldenthread.web.forms.letters import SentenceForm
from goldenthread.web.presenting.index import title_words
from goldenthread.web.presenting.letter import named_place, place_name, place_words, sentence_shown
from goldenthread.web.release import RELEASE
from goldenthread.web.viewing import Viewing, writing_page
from goldenthread.web.views.letter import Letters, item_due, letter_in
from goldenthread.web.views.pages import page
from goldenthread.web.views.short_forms import form_page

DONE = {
    "word": "The sentence is saved.",
    "sign": "The sentence is signed off.",
    "up": "The sentence is moved.",
    "down": "The sentence is moved.",
    "move": "The sentence is moved.",
    "remove": "The sentence is taken out. Its words stay in the history of the letter.",
}
WHY = Field(
    "why", "Why does the letter leave it out?", FieldKind.LONG, "For example: it is told in the annual report"
)
_FIELDS = {"word": "text", "sign": "reason", "move": "part"}


@writing_page
def letter_sentence(request: HttpRequest, viewing: Viewing, number: int, sentence: int) -> HttpResponse:
    """One sentence: what it rests on, how it stands and what became of it, with the forms to change it."""
    found = letter_in(viewing, number)
    held = next((each for each in found.held.letter.sentences if each.number == sentence), None)
    form, errors = SentenceForm.of(held) if held else SentenceForm(), Errors()
    stale = False
    if request.method == "POST":
        form, do = SentenceForm.sent(request.POST), request.POST.get("do", "")
        try:
            if do == "find":
                found.refuse_unless(found.may_write)
                form.found = letter_grounds(found.held.report, viewing.today).like(form.find)
            else:
                _done(request, found, sentence, do, form)
                messages.success(request, DONE[do])
                return redirect(found.link("letter") if do == "remove" else found.of_sentence(sentence))
        except StaleSentence as error:
            stale, held = True, error.sentence
        except NotAllowed as error:
            errors["told_by"] = str(error)
        except UnknownGround as error:
            errors["rests"] = str(error)
        except (InvalidEdit, NotFound) as error:
            errors[_FIELDS.get(do, "text")] = str(error)
    history = sentence_history(found.held.report.council, found.held.report.id, sentence)
    if held is None and not history:
        raise Http404(f"The letter has no sentence {sentence}.")
    found.under(found.crumb)
    context = {
        **_about(found, sentence, held),
        "form": form,
        "errors": errors,
        "stale": stale,
        "signing": {name: request.POST.get(name, "") for name in ("reason", "told_by")},
        "history": history,
    }
    return page(request, viewing, "letter_sentence", context, status=409 if stale else 400 if errors else 200)


def _about(found: Letters, number: int, held: Sentence | None) -> dict[str, Any]:
    """What the page says of a sentence, whatever was typed; of one that was taken out, that it was."""
    letter = found.held.letter
    there = held and any(each.number == number for each in letter.sentences)
    place = place_of(letter, number) if there else None
    alone = [each for each in found.due if each.told_in == (number,)]
    return {
        "found": found,
        "number": number,
        "held": held,
        "mark": mark_of(held) if held else "",
        "shown": held and sentence_shown(held, found.claims.get(number, ()), found.addresses, ""),
        "place": place and place_words(letter, place),
        "places": _places(found, place),
        "alone": [title_words(each.promise.item) for each in alone],
    }


def _places(found: Letters, now: Place | None = None) -> list[dict[str, str]]:
    """The parts of the letter but that where a sentence stands, for a list to choose from."""
    letter = found.held.letter
    return [
        {"value": place_name(place), "text": place_words(letter, place)}
        for place, _ in places_in(letter)
        if place != now
    ]


def _done(request: HttpRequest, found: Letters, sentence: int, do: str, form: SentenceForm) -> None:
    """Do what was asked for."""
    viewing = found.viewing
    about: dict[str, Any] = {
        "actor": viewing.viewer.actor,
        "plan": viewing.slug,
        "number": found.number,
        "sentence": sentence,
        "release": RELEASE,
    }
    seen = request.POST.get("seen", "")
    match do:
        case "word":
            found.refuse_unless(found.may_write)
            word_sentence(**about, text=form.text, rests_on=form.rests_on, seen=seen, on=viewing.today)
        case "sign":
            found.refuse_unless(found.may_sign)
            why, who = request.POST.get("reason", ""), request.POST.get("told_by", "")
            sign_off_sentence(**about, reason=why, told_by=who, seen=seen, on=viewing.today)
        case "up" | "down":
            found.refuse_unless(found.may_write)
            move_sentence(**about, by=-1 if do == "up" else 1)
        case "move":
            found.refuse_unless(found.may_write)
            move_sentence(**about, to=_place(found, form.part))
        case "remove":
            found.refuse_unless(found.may_write)
            remove_sentence(**about, seen=seen)
        case _:
            raise InvalidEdit("Choose what to do.")


def _place(found: Letters, name: str) -> Place:
    place = named_place(found.held.letter, name)
    if place is None:
        raise InvalidEdit("Choose a part of the letter.")
    return place


@writing_page
def letter_add(request: HttpRequest, viewing: Viewing, number: int) -> HttpResponse:
    """A new sentence: its words, its part, and what it rests on, if anything on the record."""
    found = letter_in(viewing, number)
    found.refuse_unless(found.may_write)
    form = SentenceForm(part=request.GET.get("part", ""), rests=request.GET.get("rests", ""))
    if request.method == "POST":
        form = SentenceForm.sent(request.POST)
        if request.POST.get("do") == "find":
            form.found = letter_grounds(found.held.report, viewing.today).like(form.find)
        elif (place := named_place(found.held.letter, form.part)) is None:
            form.errors["part"] = "Choose a part of the letter"
        else:
            try:
                made = add_sentence(
                    actor=viewing.viewer.actor,
                    plan=viewing.slug,
                    number=number,
                    place=place,
                    text=form.text,
                    rests_on=form.rests_on,
                    on=viewing.today,
                    release=RELEASE,
                )
            except UnknownGround as error:
                form.errors["rests"] = str(error)
            except (InvalidEdit, NotFound) as error:
                form.errors["text"] = str(error)
            else:
                messages.success(request, "The sentence is added.")
                return redirect(found.of_sentence(made))
    found.under(found.crumb)
    context = {"found": found, "form": form, "errors": form.errors, "places": _places(found)}
    return page(request, viewing, "letter_add", context, status=400 if form.errors else 200)


@writing_page
def letter_leave_out(request: HttpRequest, viewing: Viewing, number: int, handle: str) -> HttpResponse:
    """Leaving a milestone out of the letter with the reason, or no longer."""
    found = letter_in(viewing, number)
    found.refuse_unless(found.may_write)
    due = item_due(found, handle)
    about: dict[str, Any] = {
        "actor": viewing.viewer.actor,
        "plan": viewing.slug,
        "number": number,
        "item": due.item,
        "release": RELEASE,
    }
    if request.method == "POST" and request.POST.get("do") == "take-in":
        take_in_milestone(**about)
        messages.success(request, "It is open again until a sentence tells it.")
        return redirect(found.link("letter-due"))

    def save(form: FieldForm) -> str:
        leave_out_milestone(**about, reason=form["why"], on=viewing.today)
        return found.link("letter-due")

    due_crumb = ("Milestones that fell due", "letter-due", {"number": number})
    start = {"why": due.left_out.reason} if due.left_out else {}
    return form_page(
        request,
        viewing,
        f"Leave out {title_words(due.promise.item)}",
        (WHY,),
        save=save,
        above=(found.crumb, due_crumb),
        start=start,
        about=f"It was due {due.due_words}. The reason is printed in the annex of the letter, with your name.",
        template="letter_leave_out",
        left=due.left_out,
    )
