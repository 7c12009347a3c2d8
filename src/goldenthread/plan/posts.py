"""The posts and bodies that a lead cell names, however it spells them.

cell      = { post [separator] }
separator = "," | ";" | "/" | "and" | "&" | new line | nothing at all
post      = an alias of the council | a body or a post that stands alone ("Cabinet", "Chief Executive")
          | head [joiner] portfolio          "Director- Law & Governance", "Head of Communications"
          | words ending in what posts and bodies end in ("Health and Wellbeing Board", "Finance Manager")
joiner    = "-" | "of" | "for"
portfolio = words up to the next post; "and" before a post ends it
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

Keys = tuple[str, ...]

# Posts and bodies of UK councils that stand alone, with their usual spelling where it differs.
_ALONE = {
    "cabinet": "Cabinet",
    "cabinet members": "Cabinet Members",
    "cabinet member": "Cabinet Member",
    "all cabinet members": "Cabinet Members",
    "leader": "Leader",
    "leader of the council": "Leader",
    "council leader": "Leader",
    "deputy leader": "Deputy Leader",
    "group leaders": "Group Leaders",
    "chief executive": "Chief Executive",
    "interim chief executive": "Chief Executive",
    "head of paid service": "Head of Paid Service",
    "leadership team": "Leadership Team",
    "senior leadership team": "Senior Leadership Team",
    "corporate leadership team": "Corporate Leadership Team",
    "corporate management team": "Corporate Management Team",
    "management team": "Management Team",
    "all directors": "All Directors",
    "directors": "Directors",
    "scrutiny": "Scrutiny",
    "scrutiny committee": "Scrutiny Committee",
    "scrutiny committees": "Scrutiny Committees",
    "scrutiny board": "Scrutiny Board",
    "council": "Council",
    "full council": "Full Council",
    "commissioner": "Commissioner",
    "commissioners": "Commissioners",
    "lead commissioner": "Lead Commissioner",
    "assistant commissioner": "Assistant Commissioner",
    "managing director commissioner": "Managing Director Commissioner",
    "monitoring officer": "Monitoring Officer",
    "section 151 officer": "Section 151 Officer",
    "s151 officer": "Section 151 Officer",
    "chief finance officer": "Chief Finance Officer",
    "chief operating officer": "Chief Operating Officer",
    "chief whip": "Chief Whip",
    "chief whips": "Chief Whips",
    "mayor": "Mayor",
    "managing director": "Managing Director",
}
# Posts that have a portfolio, with the word that joins it on. Those marked as needing the joiner stand alone
# without it.
_HEADS = {
    **{
        f"{rank}director": (f"{rank}director".title(), "of", False)
        for rank in ("", "executive ", "corporate ", "assistant ", "deputy ", "strategic ", "service ")
    },
    "interim director": ("Director", "of", False),  # interim and acting say who holds the post, not which post it is
    "acting director": ("Director", "of", False),
    "head": ("Head", "of", True),
    "assistant head": ("Assistant Head", "of", True),
    "interim head": ("Head", "of", True),
    "cabinet member": ("Cabinet Member", "for", True),
    "portfolio holder": ("Portfolio Holder", "for", True),
    "lead member": ("Lead Member", "for", True),
    "lead officer": ("Lead Officer", "for", True),
    "lead": ("Lead", "for", True),
    "assistant chief executive": ("Assistant Chief Executive", "for", True),
    "deputy chief executive": ("Deputy Chief Executive", "for", True),
    "service manager": ("Service Manager", "for", True),
    "programme manager": ("Programme Manager", "for", True),
    "chair": ("Chair", "of", True),
}  # fmt: skip
_POST_ENDINGS = frozenset(
    "officer manager accountant solicitor lead chair coordinator holder member director partner".split()
)
BODY_ENDINGS = frozenset(
    "board committee committees team teams panel group forum partnership members leaders directors whips "
    "commissioners pmo".split()
)
COLLECTIVE = frozenset({"cabinet", "scrutiny", "council", "full council", "commissioner"})
_JOINERS = frozenset({"-", "of", "for"})
SMALL = frozenset({"and", "of", "for", "the", "to", "in"})
_LONGEST_RUN = 12  # words in the name of a body; bounds the work on a cell of prose
_MARKS = frozenset(",;:/|•▶()[]")
_ENDING_MARKS = _MARKS - {","}


class LeadRules(BaseModel):
    """What one council adds: its own names ("DCS"), each with the post that it means, and further posts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    aliases: Mapping[str, str] = Field(default_factory=dict)
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post as printed and in its normal form; no name, if it was not understood."""

    printed: str
    name: str
    has_portfolio: bool = False


_LEXEMES = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[-‐‑–—−]|\S")


class CellReader:
    """Reads one cell from left to right."""

    def __init__(self, cell: str, rules: LeadRules) -> None:
        self.cell = cell
        self.found = list(_LEXEMES.finditer(cell))
        self.keys = [_key(match[0]) for match in self.found]
        self.aliases = {_keys(alias): post for alias, post in rules.aliases.items()}
        self.named = {_keys(post): post for post in rules.posts}

    def posts(self) -> list[Post]:
        posts: list[Post] = []
        place, unread = 0, -1
        while place < len(self.found):
            read = self._post_at(place)
            if read is None and unread < 0 and self._is_separator(place):
                place += 1
                continue
            if read is None:
                unread = place if unread < 0 else unread
                place += 1
                continue
            if unread >= 0:
                posts.append(Post(self._printed(unread, place), ""))
                unread = -1
            post, place = read
            posts.append(post)
        if unread >= 0:
            posts.append(Post(self._printed(unread, place), ""))
        return posts

    def _post_at(self, place: int) -> tuple[Post, int] | None:
        for table in (self.aliases, self.named):
            if (end := self._longest(place, table)) > place:
                return Post(self._printed(place, end), table[tuple(self.keys[place:end])]), end
        if (read := self._with_portfolio(place)) is not None:
            return read
        if (end := self._longest(place, _ALONE_KEYS)) > place:
            return Post(self._printed(place, end), _ALONE_KEYS[tuple(self.keys[place:end])]), end
        end = self._ending(place)
        return (Post(self._printed(place, end), self._normal(place, end)), end) if end > place else None

    def _with_portfolio(self, place: int) -> tuple[Post, int] | None:
        end = self._longest(place, _HEAD_KEYS)
        if end == place or self._longest(place, _ALONE_KEYS) > end:
            return None
        title, joiner, needs_joiner = _HEAD_KEYS[tuple(self.keys[place:end])]
        joiners = _JOINERS if needs_joiner else _JOINERS | {","}
        start = end + 1 if end < len(self.keys) and self.keys[end] in joiners else end
        if needs_joiner and start == end:
            return (Post(self._printed(place, end), title), end) if title.endswith("Executive") else None
        stop = self._portfolio_end(start)
        if stop == start:
            return None
        name = f"{title} {joiner} {self._normal(start, stop)}"
        return Post(self._printed(place, stop), name, has_portfolio=True), stop

    def _portfolio_end(self, start: int) -> int:
        """Up to the next post or a separating mark. A post word right after the joiner is part of the portfolio."""
        stop = start
        while stop < len(self.keys) and self.keys[stop] not in _ENDING_MARKS:
            if stop > start and self._begins_post(stop):
                break
            stop += 1
        while stop > start and self.keys[stop - 1] in {"and", ",", "-"}:
            stop -= 1
        return stop

    def _begins_post(self, place: int) -> bool:
        if not self.found[place][0][0].isupper() or self.keys[place - 1] in _JOINERS:
            return False
        tables: list[Mapping[Keys, object]] = [self.aliases, self.named, _ALONE_KEYS, _HEAD_KEYS]
        return any(self._longest(place, table) > place for table in tables)

    def _ending(self, place: int) -> int:
        """After a run of capitalised words that ends as posts and bodies do, and holds no other post."""
        stop, limit = place, min(len(self.keys), place + _LONGEST_RUN)
        while stop < limit and (self.found[stop][0][0].isupper() or self._links(stop, place)):
            if stop > place and self.keys[stop] in _POST_ENDINGS | BODY_ENDINGS:
                return stop + 1
            if stop > place and self._begins_post(stop):
                return place
            stop += 1
        return place

    def _links(self, stop: int, place: int) -> bool:
        return stop > place and (self.keys[stop] in SMALL or self.keys[stop].isdigit())

    def _is_separator(self, place: int) -> bool:
        return self.keys[place] in _MARKS or self.keys[place] in {"and", "-", "with"}

    def _longest(self, place: int, table: Mapping[Keys, object]) -> int:
        """The end of the longest entry of a table that stands here, or `place` if there is none."""
        lengths = (len(key) for key in table if tuple(self.keys[place : place + len(key)]) == key)
        return place + max(lengths, default=0)

    def _printed(self, start: int, stop: int) -> str:
        return " ".join(self.cell[self.found[start].start() : self.found[stop - 1].end()].split())

    def _normal(self, start: int, stop: int) -> str:
        printed = [match[0] for match in self.found[start:stop]]
        words = [
            key if key in SMALL else word for key, word in zip(self.keys[start:stop], printed, strict=True)
        ]
        return " ".join(words).replace(" ,", ",").replace(" - ", "-")


def _key(text: str) -> str:
    return "-" if text in "-‐‑–—−" else "and" if text == "&" else text.lower()


def _keys(text: str) -> tuple[str, ...]:
    return tuple(_key(match[0]) for match in _LEXEMES.finditer(text))


_ALONE_KEYS = {_keys(words): name for words, name in _ALONE.items()}
_HEAD_KEYS = {_keys(words): head for words, head in _HEADS.items()}
