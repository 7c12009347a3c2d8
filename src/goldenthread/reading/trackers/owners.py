"""Who is to act, where the action itself says so: "Cabinet Office Team to draft ...", "Janet and Nigel will ...".

Only a name before "to", "will", "should" counts, and only in the active voice: a letter that will be circulated has no
owner. Posts and bodies are told from other words by their capitals or by what they are called (team, board, officers).
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_SUBJECT = re.compile(
    r"^(?:(?:it was )?agreed(?: that)?\s+|at the request of [^,]+,\s+)?"
    r"(?P<who>[^,.;:?!]{2,90}?)\s+"
    r"(?:to|will|would|should|must|shall|is to|are to)\s+"
    r"(?P<verb>(?:also\s+)?(?-i:[a-z])[a-z]+)(?:\s+(?P<next>[a-z’']+))?",
    re.IGNORECASE,
)
_CAPITALS = r"(?P<who>(?:the )?[A-Z][\w’&-]*(?:\s+[A-Z][\w’&-]*){0,5})"
_ASKED = re.compile(rf"\b(?:asked|tasked|invited)\s+{_CAPITALS}\s+to\s+[a-z]+")
_REQUESTED = re.compile(rf"\b(?:requested|agreed|asked) that\s+{_CAPITALS}\s+[a-z]+")
_PARTICIPLE = re.compile(
    r"(?:\w+ed|kept|made|sent|held|given|drawn|put|set|brought|taken|written|shown|built|done|found)$"
)
_ACTOR = re.compile(
    r"\b(?:teams?|boards?|officials?|members?|groups?|panels?|directors?"
    r"|chair(?:man|woman|person)?|secretariat"
    r"|office|department|minister|officers?|managers?|leads?|committee|council(?:lors?)?|cabinet|heads?"
    r"|representatives?|partners?|executive|commissioners?|staff|secretary|unit|services?)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^(?:the\s+)?[A-Z][\w’'.-]*(?:\s+(?:(?:of|for|and|the|&)\s+)*\(?(?:The\s+)?[A-Z][\w’'.&-]*\)?)*$"
)
_VERBS = frozenset(
    "review work meet plan draft report agree request continue need option options view views feedback progress "
    "update explore prepare consider discuss produce circulate publish develop identify ensure provide establish "
    "arrange contact ask seek use amend refine finalise confirm collect submit share set add include look start "
    "agreed proposal paper letter position come form different other".split()
)
_NO_ONE = frozenset({"it", "this", "these", "they", "we", "who", "which", "that", "there", "paper", "papers"})
_WITH = re.compile(r"\s+(?:with|in consultation with|supported by|alongside)\s+.*$")


def owners_in(title: str) -> tuple[str, ...]:
    """The names of those who are to act, in printed order and without "the"."""
    found: list[str] = []
    for sentence in _SENTENCE.split(title):
        for match in (_SUBJECT.match(sentence), _ASKED.search(sentence), _REQUESTED.search(sentence)):
            if match and not _is_passive(match):
                found.extend(_names(match["who"]))
    return tuple(dict.fromkeys(found))


def without_article(name: str) -> str:
    """ "The Secretariat" and "Secretariat" are one."""
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)


def _is_passive(match: re.Match[str]) -> bool:
    words = match.groupdict()
    verb = (words.get("verb") or "").split()[-1:]
    return verb == ["be"] and bool(_PARTICIPLE.match(words.get("next") or ""))


def _names(who: str) -> list[str]:
    """The names that a subject joins, or nothing if any of them is no one who acts."""
    subject = without_article(_WITH.sub("", who.strip()))
    whole = [subject] if _ACTOR.search(_head(subject)) and " and " not in subject else []
    names = whole or [name for name in re.split(r"\s*(?:,|/|\band\b|&)\s*", subject) if name]
    if names and all(_acts(name) for name in names):
        return [without_article(name) for name in names]
    return []


def _acts(name: str) -> bool:
    head = _head(name)
    words = without_article(head).split()
    if not words or words[0].lower() in _NO_ONE or words[0].lower() in _VERBS or not name[0].isupper():
        return False
    if _ACTOR.search(head):
        return True
    return bool(_NAME.match(name)) and not (
        len(words) < len(name.split()) and len(words) == 1 and words[0].lower() in _VERBS
    )


def _head(name: str) -> str:
    """The words before the first preposition: the head of "Representative from the Treasury"."""
    return re.split(r"\s+(?:for|from|of|at|in|on)\s+|\s+\(", name)[0]
