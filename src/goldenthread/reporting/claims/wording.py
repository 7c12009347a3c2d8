"""How a sentence puts things: what it says is done, under way, still to come or not done, and of what it says so.

General English of council letters. Each cue has a scope, the part of the sentence that it speaks of: what follows an
active verb ("we are developing …"), what stands on both sides of a passive one ("… has been refreshed"), up to the next
break of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from goldenthread.reporting.claims.acts import ANY_ACT


class State(IntEnum):
    """What a sentence says of a thing. Where several cues claim the same words, the first of these wins."""

    NOT_DONE = 0
    UNDER_WAY = 1
    TO_COME = 2
    DONE = 3
    AHEAD = 4
    """Spoken of as something still before the council: risks of it are being dealt with."""
    GOES_ON = 5
    """Work on a thing that is there: embedding, continuing, using."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say how far a thing is, their place, and the part of the sentence that they speak of."""

    state: State
    start: int
    end: int
    scope: tuple[int, int]
    words: str


def _pattern(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several. VERB stands for any act, ADVERBS for what may stand between."""
    written = "|".join(f"(?:{one})" for one in alternatives)
    return re.compile(written.replace("ADVERBS", _ADVERBS).replace("VERB", _VERB), re.IGNORECASE)


_VERB = rf"(?:{ANY_ACT})"
_ADVERBS = (
    r"(?:(?:also|now|all|already|successfully|fully|recently|since|just|formally|largely|jointly|currently|actively|"
    r"still|both|finally|each|either|initially|substantially|not only|been|being)\s+)*"
)
_WHO = r"(?:we|council|which|that|who|cabinet|team|they|it|and)"

_ACTIVE = {
    State.NOT_DONE: _pattern(r"\b(?:not yet|yet to|still to|unable to) VERB"),
    State.TO_COME: _pattern(
        r"\b(?:will|shall) (?:also |then |soon |now )?VERB",
        r"\b(?:going|plans?|planning|intends?|aims?|due|set|expects?) to VERB",
    ),
    State.UNDER_WAY: _pattern(
        r"\b(?:is|are|am|we're) ADVERBS(?!embed)(?:VERB)(?<=ing)\b",
        r"\b(?:is|are) ADVERBSwork\w* (?:on|towards)\b",
        r"\b(?:is|are) (?:we|they|the council) ADVERBS(?:VERB)(?<=ing)\b",
        r"\b(?:has|have) ADVERBS(?:started|begun|commenced)(?: work on| to)? \w+ing\b",
    ),
    State.DONE: _pattern(
        r"\b(?:has|have|had|we've|they've|having) ADVERBS(?:VERB)(?<!ing)\b",
        rf"\b{_WHO} ADVERBS(?:VERB)(?<=ed)\b",
        rf"\b{_WHO} (?:\w+ly )?(?:took up|went|held|set up|put in place|undertook)\b",
        r"\b(?:an?|our|the|now|newly) (?:newly |recently |fully )?"
        r"(?:agreed|approved|completed|adopted|signed|established|published)\b",
    ),
    State.AHEAD: _pattern(
        r"\b(?:ahead of|in preparation for|prepar(?:e|ing|ations) for|readiness for|ready for|awaiting)\b",
        r"\bon (?:track|course|schedule)\b",
    ),
    State.GOES_ON: _pattern(
        r"\b(?:continu(?:e|es|ed|ing)|further|maintain\w*|strengthen\w*|embedding|to embed|build(?:ing)? on|using)\b",
        r"\broll(?:ing)? out\b",
    ),
}
"""Cues that speak of what follows them."""
_PASSIVE = {
    State.NOT_DONE: _pattern(
        r"\b(?:is|are|was|were|has|have|does|do|did) not (?:yet |been |fully )*VERB",
        r"\b(?:is|are|was|were|has|have|does|do|did)(?: not yet| yet to(?: be)?| still to(?: be)?) (?:been )?\w+",
        r"\b(?:delayed|postponed|paused|slipped|behind schedule|outstanding|deferred|on hold|overdue)\b",
    ),
    State.TO_COME: _pattern(
        r"\b(?:will|shall|to|due to|going to|should) (?:also |then |soon |now )?be ADVERBSVERB\b",
        r"\b(?:planned|scheduled|expected|due|anticipated) (?:for|in|by|to)\b",
    ),
    State.UNDER_WAY: _pattern(
        r"\b(?:is|are) ADVERBSbeing ADVERBS(?:VERB)(?<!ing)\b|\bstill being VERB",
        r"\b(?:under ?way|in progress|in development|ongoing|taking place|progressing|well[- ]progressed)\b",
        r"\bnearing completion\b",
    ),
    State.DONE: _pattern(
        r"\b(?:has|have|had|was|were|been|is now|are now) ADVERBS(?:VERB)(?<!ing)\b",
        r"\b(?:is|are|now) (?:now |all |already |fully )?(?:in place|in post|complete|live|operational|embedded)\b",
        r"\bin place\b",
        r"\b(?:took up|taken up) (?:(?:the|her|his|their) )?post\b",
        r"\b(?:VERB)(?<=ed)(?= (?:the|an?|our|its|their|this)\b)",
        r"\b(?:began|commenced|started|went to|went live|gone live|took place|took effect|came into (?:force|"
        r"effect))\b",
        r"\b(?:VERB)(?<=ed|ld)(?= (?:in|on|during|this|last|by|at)\b)",
    ),
    State.GOES_ON: _pattern(r"\b(?:maturing|mature|embedded|being used|being managed|continues?)\b"),
}
"""Cues that speak of what stands on both sides of them."""
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NOUN = re.compile(
    r"(?<!their )(?<!his )(?<!its )\b(?:approval|launch|completion|implementation|introduction|appointment|adoption|"
    r"establishment|publication|opening|closure|replacement) of\b",
    re.IGNORECASE,
)
_CAME_ABOUT = re.compile(
    rf"[^.;]{{0,120}}\b(?:marked|was|were|took place|in (?:{_MONTHS}|spring|summer|autumn|winter)|this "
    rf"(?:spring|summer|"
    r"autumn|winter))\b|:",
    re.IGNORECASE,
)
"""What shows that a noun ("the launch of …") speaks of something that happened."""
_ONE_MORE = _pattern(r"(?<=and )(?!embed)(?:VERB)(?<=ing)\b")
_UNDER_WAY_BEFORE = re.compile(r"^(?!.*\b(?:has|have|had|was|were)\b).*\b(?:is|are|am)\b", re.IGNORECASE)
"""Another thing that is being done: "our priorities are closing the gap and drafting the strategy"."""
LOOKS_AHEAD = re.compile(
    r"\b(?:over|in|during|for) (?:the )?(?:next|coming|forthcoming)\b|\b(?:will|shall|going to)\b",
    re.IGNORECASE,
)
"""Words of a sentence about the months to come."""
OWNS_UP = re.compile(
    r"\b(?:is|are|was|were|remains?|still|running|now) (?:\w+ ){0,2}late\b|\boverdue\b|\bmissed\b|\bshould have been\b"
    r"|\bha(?:s|ve) not met\b|\b(?:was|were|had been) due\b"
    r"|\bpas(?:sed|t) (?:its|their|the) (?:approved )?dates?\b|\bbehind schedule\b",
    re.IGNORECASE,
)
"""Words by which a letter says itself that a date was not kept."""
_WAS_DUE = re.compile(r"(?:\b(?:was|were|been|fell|first|originally)|[,(”\"])\s*$", re.IGNORECASE)
"""What shows that "due in June" is told of a time gone by, or beside the point, and not as what is to come."""
_PLACE = len(" place")
_RISKS = re.compile(
    r"\b(?:mitigations? (?:are |is )?in place|to avoid (?:the )?(?:issues?|problems?|mistakes?|difficult\w+|risks?|"
    r"delays?)|approach is (?:robust|sound)|ready to|readiness|risks? (?:are|is) (?:being )?managed)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r";|\b(?:as part of|in line with|so that|in order to|which|that|who|whose|through|by|using|within|because|while|"
    r"whilst|since|when|where|but|following|linked to)\b|(?<!along )\bwith\b"
    r"|\b(?:and|or),? (?:we|they|it|this|are|is|have|has|will|was|were|do|does|the [\w ]{3,50} (?:is|are|has|"
    r"does|will))\b"
    r"|, (?:we|they|it|this|our|the|and) (?=\w+ (?:is|are|has|have|was|were|will)\b)",
    re.IGNORECASE,
)
RENEWED = re.compile(
    r"\b(?:updated|refreshed|next|further|second|another|again|new phase|additional|continue[sd]?|continuing|renewed|"
    r"annual|future)\b",
    re.IGNORECASE,
)
"""Words of another round of a thing, to which the date of the first does not apply."""


def cues_in(text: str) -> tuple[Cue, ...]:
    """Every cue of a sentence, in order; one inside another that says something else is none ("not yet in place")."""
    found = sorted(_cues(text), key=lambda cue: (cue.start, cue.state, cue.scope))
    return tuple(cue for cue in found if not any(_overruled(cue, other) for other in found))


def _overruled(cue: Cue, other: Cue) -> bool:
    return other.state < cue.state and other.start <= cue.start and cue.end <= other.end + _PLACE


def _cues(text: str) -> Iterator[Cue]:
    breaks = [match.span() for match in _BREAK.finditer(text)]
    for state, words in _ACTIVE.items():
        for match in words.finditer(text):
            yield Cue(state, *match.span(), _after(match.span(), breaks, text), match[0])
    for state, words in _PASSIVE.items():
        for match in words.finditer(text):
            if state is State.TO_COME and _WAS_DUE.search(text[: match.start()]):
                continue
            yield Cue(state, *match.span(), _around(match.span(), breaks, text), match[0])
    for match in _NOUN.finditer(text):
        scope = _after(match.span(), breaks, text)
        if _CAME_ABOUT.match(text, match.end()):
            yield Cue(State.DONE, *match.span(), scope, match[0])
        elif LOOKS_AHEAD.search(text):
            yield Cue(State.TO_COME, *match.span(), scope, match[0])
    for match in _ONE_MORE.finditer(text):
        if _UNDER_WAY_BEFORE.match(text[: match.start()]):
            yield Cue(State.UNDER_WAY, *match.span(), _after(match.span(), breaks, text), match[0])
    for match in _RISKS.finditer(text):
        yield Cue(State.AHEAD, *match.span(), (0, len(text)), match[0])


def _after(span: tuple[int, int], breaks: list[tuple[int, int]], text: str) -> tuple[int, int]:
    """From the verb to the next break; a relative clause ("…, which we implemented") speaks of what it follows."""
    start, end = span
    last = next((first for first, _ in breaks if first >= end), len(text))
    relative = [first for first, stop in breaks if first <= start and start - stop <= 4]
    if relative and re.match(r"which|that|who", text[relative[-1] :], re.IGNORECASE):
        before = [stop for _, stop in breaks if stop <= relative[-1]]
        return (before[-1] if before else 0), last
    return start, last


def _around(span: tuple[int, int], breaks: list[tuple[int, int]], text: str) -> tuple[int, int]:
    """From the break before a passive verb, a "which" right before it passed over, to the break after it."""
    start, end = span
    before = [first for first, stop in breaks if stop <= start]
    while before and start - before[-1] <= 6:
        before.pop()
    opening = max((stop for first, stop in breaks if before and first == before[-1]), default=0)
    if before and text[before[-1] : opening].lower().startswith(("and the", "or the")):
        opening = before[-1]
    return opening, next((first for first, _ in breaks if first >= end), len(text))
