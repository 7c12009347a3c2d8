"""How a contradiction is put into words."""

from __future__ import annotations

from goldenthread.assurance.contradictions.likeness import Likeness
from goldenthread.assurance.contradictions.model import Contradiction, Kind
from goldenthread.assurance.contradictions.statements import Statement, Statements
from goldenthread.assurance.contradictions.wording import stem, words_of

_LONGEST = 90
_CERTAIN_ENOUGH = 60
_IN_ONE_PLACE = frozenset({Kind.ORDER, Kind.UNDATED, Kind.NAME, Kind.MEASURE, Kind.STEP})
_RULES = {
    Kind.DATE: "GT601", Kind.OWNER: "GT602", Kind.SCOPE: "GT603", Kind.STATE: "GT604", Kind.ORDER: "GT605",
    Kind.TWICE: "GT606", Kind.APPROVAL: "GT607", Kind.STEP: "GT608", Kind.PRODUCER: "GT609", Kind.NAME: "GT610",
    Kind.BODY: "GT611", Kind.MEASURE: "GT612", Kind.UNDATED: "GT613",
}  # fmt: skip
"""The check that finds each kind. The kinds that are not here are those of older rules about dates (GT3)."""


def rule_for(kind: Kind) -> str:
    """The name of the rule that finds this kind."""
    return _RULES[kind]


def kind_of(rule: str) -> Kind:
    """The kind that a rule of the group finds. Raises KeyError for any other rule."""
    return {name: kind for kind, name in _RULES.items()}[rule]


def quoted(statement: Statement) -> str:
    """The words of a place in quotation marks, cut at a word when long."""
    words = statement.text.rstrip(".")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
    return f"“{words}”"


def says(statement: Statement) -> str:
    """What a place says about when: its date, that it is done, or that it has none."""
    if statement.is_done:
        return "done"
    return statement.date_words or "without a date"


def leads_of(statement: Statement) -> str:
    """Who leads, in words."""
    return ", ".join(statement.leads) or "nobody"


def differ(
    all_: Statements,
    kind: Kind,
    places: tuple[Statement, Statement],
    like: Likeness | None = None,
    said: tuple[str, str] | None = None,
) -> Contradiction:
    """The contradiction between two statements, with its sentence. `said` defaults to their dates."""
    first, second = places
    shared = like.shared if like else first.core & second.core
    differs = said or (says(first), says(second))
    return Contradiction(
        kind=kind,
        first=first.place(),
        second=second.place(),
        differs=differs,
        sentence=_sentence(kind, first, second, differs),
        because=tuple(sorted(_printed(first, all_.telling(shared)))),
        strength=_strength(kind, like),
        rule=rule_for(kind),
    )


def _strength(kind: Kind, like: Likeness | None) -> int:
    """How sure it is; what stands in one action is surely about one thing, however it is worded."""
    strength = like.strength if like else _CERTAIN_ENOUGH
    least = _CERTAIN_ENOUGH if kind in _IN_ONE_PLACE else 0
    return min(100, max(strength, least))


def _printed(statement: Statement, stems: tuple[str, ...]) -> list[str]:
    """The words of a text that have these stems, as they are printed."""
    found: dict[str, str] = {}
    for word in words_of(statement.text):
        if stem(word) in stems:
            found.setdefault(stem(word), word)
    return list(found.values())


_SENTENCES = {
    Kind.DATE: "The {a} {one} says {x}; the {b} {other} says {y}.",
    Kind.OWNER: "The {a} {one} is led by {x}; the {b} {other}, on the same thing, by {y}.",
    Kind.SCOPE: "The {a} {one} covers {x}; of the {b} {other} there is {y}.",
    Kind.STATE: "The {a} {one}: {x}. The {b} {other}: {y}.",
    Kind.ORDER: "The {a} {one} ({x}) comes before the {b} {other} ({y}), on which it depends.",
    Kind.TWICE: "The {a} {one} and the {b} {other} promise the same work.",
    Kind.APPROVAL: "The {a} {one} is due {x}; the {b} {other} has {y}.",
    Kind.STEP: "The {a} promises {x}; the {b} {other} has {y}.",
    Kind.PRODUCER: "The {a} {one} is to be produced; the {b} {other} only {y}.",
    Kind.NAME: "One place says {x}, another {y}.",
    Kind.BODY: "The {a} {one} names {x}; the {b} {other} names {y}.",
    Kind.MEASURE: "The {a} {one} promises {x}; the plan has {y}.",
    Kind.UNDATED: "The {a} {one} says {x}; the {b} {other} says {y}.",
}


def _sentence(kind: Kind, first: Statement, second: Statement, said: tuple[str, str]) -> str:
    return _SENTENCES[kind].format(
        a=first.what, b=second.what, one=quoted(first), other=quoted(second), x=said[0], y=said[1]
    )
