"""What a line of a plan is about, and what is to be done with it: its subject words and its acts.

"Approval of any changes to scrutiny" and "changes to scrutiny approved" have the same subject and the same act. The
words are those of British plans and governance at large; none belongs to one council.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:/[0-9]+)?")
_ENDINGS = (
    "isational", "isation", "ational", "ations", "ation", "ements", "ement", "ments", "ment", "ities", "ity", "ings",
    "ing", "ances", "ance", "ives", "ive", "ions", "ion", "oral", "al", "ies", "ed", "es", "ic", "s", "y", "e",
)  # fmt: skip
_SHORTEST_STEM = 4
_SMALL = frozenset(
    """a an the of to and or for in on by with at from as is are be been was were will would that this these
    those it its their our we which who into within through across per via any all each other new revised
    updated regular regularly continue continuation continuing further appropriate required key including
    include part relation related relating relate regards order ensure ensuring process place number first
    second going forward back out up council s e g i etc also given around based refresh refreshed refreshing
    renew renewed weekly monthly quarterly annual annually""".split()
)
_RECIPIENT = re.compile(
    r"\bto (?:the )?(?:Leadership Team|Management Team|Cabinet|Council|Full Council|Executive|[\w&]+ Committee)\b",
    re.I,
)
_SAME = {
    "database": "system", "software": "system", "databas": "system", "softwar": "system", "platform": "system",
    "regs": "regul", "regen": "regener", "comms": "communic", "four": "4", "three": "3", "two": "2", "five": "5",
    "year": "year", "yearl": "year", "elector": "elect", "staff": "employe",
    "employee": "employe",
}  # fmt: skip
_WHOLE = frozenset({"communic"})
"""Stems that lose no more: cut again, "communications" would be "communities"."""


class Act(StrEnum):
    """What is done to the thing, in the order in which it usually happens."""

    EXPLORE = "explore"
    DESIGN = "design"
    ENGAGE = "engage"
    APPROVE = "approve"
    PROCURE = "procure"
    START = "start"
    DELIVER = "deliver"
    COMPLETE = "complete"
    REPORT = "report"
    REVIEW = "review"
    REFRESH = "refresh"
    END = "end"


_ACTS: dict[Act, str] = {
    Act.EXPLORE: "explore explores exploring option options scope scoping assess assessing consider considered weigh "
    "weighing explored investigate investigated look looking considering feasibility research appraisal",
    Act.DESIGN: "design designed develop developed developing development draft drafted formation prepare prepared "
    "write written produce produced",
    Act.ENGAGE: "engagement engage consult consultation determine determined determining determines",
    Act.APPROVE: "approve approved approval approves agree agreed agreement adopt adopted adoption endorse endorsed "
    "decision decide decided sign-off ratified confirmed confirm",
    Act.PROCURE: "procure procured procurement tender tendered purchase purchased buy award awarded bought buying "
    "purchasing acquire acquired",
    Act.START: "commence commences commenced commencement start starts started begin begins begun",
    Act.DELIVER: "deliver delivered delivery implement implemented implementation implementing embed embedded conduct "
    "held built put carry ready conducted establish established establishing introduce introduced "
    "introduction rollout launch launched undertaken carried create created creation installed run",
    Act.COMPLETE: "complete completed completion conclude concluded concludes finish finished achieved close closed",
    Act.REPORT: "report reports reported presented presentation present publish published update",
    Act.REVIEW: "review reviewed reviewing evaluate evaluated evaluation audit",
    Act.REFRESH: "refresher refreshers repeat repeated relaunch",
    Act.END: "terminate terminated termination expiry expires expire expired cease ceased",
}
_ACT_OF = {word: act for act, words in _ACTS.items() for word in words.split()}
_NOUNS = frozenset(
    "option options research appraisal design development formation engagement consultation approval "
    "agreement decision procurement tender award start delivery implementation introduction launch "
    "creation completion report reports presentation review evaluation audit scoping scope update".split()
)
"""Acts that may be part of a name: the procurement of "procurement strategy" is no act, that of "procurement of" is."""
_ORDERS = frozenset("review design start launch tender award scope research audit update".split())
"""Nouns that are verbs where a text begins with them: "Review partnership structures"."""
_IN_PLACE = re.compile(r"\bin place\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its endings, so that "procured" and "procurement" are one word."""
    if word in _SAME:
        return _SAME[word]
    cut = word
    while cut.endswith(_ENDINGS):
        shorter = next((cut[: -len(end)] for end in _ENDINGS if _may_lose(cut, end)), None)
        if shorter is None or cut in _WHOLE:
            break
        cut = shorter
    return _SAME.get(cut, cut)


def _may_lose(word: str, end: str) -> bool:
    return word.endswith(end) and len(word) - len(end) >= _SHORTEST_STEM


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The lower-case words of a text, without possessives."""
    return tuple(_WORD.findall(re.sub(r"['’]s?\b", "", text.lower())))


@dataclass(frozen=True)
class Wording:
    """What a text is about (`core`, stems of its subject) and what is done (`acts`, in the order of its words)."""

    text: str
    core: frozenset[str]
    acts: frozenset[Act]
    first_act: Act | None = None


_MOST_KNOWN = 100_000


@dataclass
class Language:
    """Reads texts in the language of one document, with the abbreviations that it explains."""

    abbreviations: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _known: dict[str, Wording] = field(default_factory=dict)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Language:
        """The abbreviations that these texts explain. Texts that explain the same have one language between them, so
        that most of what one state of a plan says has been read before, in another."""
        found: dict[str, frozenset[str]] = {}
        for text in texts:
            for match in _EXPLAINED.finditer(text):
                if full := _spelled_out(text[: match.start()], match[1]):
                    found.setdefault(
                        match[1].lower(), frozenset(stem(word) for word in full if word not in _SMALL)
                    )
        return _language(frozenset(found.items()))

    def read(self, text: str) -> Wording:
        """What a text is about and what is done. The same text is read once."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> Wording:
        acts: list[Act] = []
        core: set[str] = set()
        words = words_of(_RECIPIENT.sub("", self._without_explanations(text)))
        for number, word in enumerate(words):
            orders = number == 0 and word in _ORDERS
            if word in _NOUNS and not orders and self._names(words[number + 1 : number + 2]):
                core.add(stem(word))
            elif act := _ACT_OF.get(word):
                acts.append(act)
            elif word in self.abbreviations:
                core |= self.abbreviations[word]
            elif word not in _SMALL and (len(word) > 1 or word.isdigit()):
                core.add(stem(word))
        acts += [Act.DELIVER] if _IN_PLACE.search(text) else []
        return Wording(text, frozenset(core), frozenset(acts), acts[0] if acts else None)

    @staticmethod
    def _names(following: tuple[str, ...]) -> bool:
        """Whether the next word carries on a name."""
        return any(word not in _ACT_OF and word not in _SMALL and not word.isdigit() for word in following)

    def _without_explanations(self, text: str) -> str:
        """A text without what only spells out the abbreviation before it: "SEND (Special Educational ...)"."""
        if "(" not in text:
            return text
        return _SPELLED.sub(
            lambda match: match[1] if _spells(match[2], match[1]) else match[0], _IF.sub("", text)
        )

    @cached_property
    def nothing(self) -> Wording:
        """What a place without words is about."""
        return Wording("", frozenset(), frozenset())


@lru_cache(maxsize=16)
def _language(abbreviations: frozenset[tuple[str, frozenset[str]]]) -> Language:
    return Language(dict(abbreviations))


_EXPLAINED = re.compile(r"\(([A-Z]{2,6})\)")
_SPELLED = re.compile(r"\b([A-Z]{2,6}) \(([^()]+)\)")
_IF = re.compile(r"\((?:if|where|when|unless|subject to|as)\b[^()]*\)", re.IGNORECASE)
_JOINING = frozenset({"and", "of", "the", "for", "in"})


def _spells(words: str, initials: str) -> bool:
    """Whether some words begin with these letters; an abbreviation may take two letters of its last word ("SEND")."""
    firsts = "".join(word[0] for word in words_of(words) if word not in _JOINING)
    return initials.lower().startswith(firsts) and len(firsts) >= len(initials) - 1


def _spelled_out(before: str, initials: str) -> tuple[str, ...]:
    """The words that end a text and begin with these letters, joining words skipped; none if they do not."""
    wanted = [letter.lower() for letter in initials]
    taken: list[str] = []
    for word in reversed(words_of(before)):
        if not wanted:
            break
        if word[0] == wanted[-1]:
            taken.append(word)
            wanted.pop()
        elif word not in _JOINING:
            return ()
    return () if wanted else tuple(reversed(taken))
