"""The items of a date cell: a span of days with the words around it, or a word that stands in place of a date.

The grammar is in `date_phrases`; this module reads one item at one place of the cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from goldenthread.plan.date_grammar import span_at, unfinished_at
from goldenthread.plan.date_periods import Period, Problem, day
from goldenthread.plan.date_words import (
    Approximation,
    ConditionHead,
    DateWord,
    Edge,
    Keyword,
    Lexeme,
    Little,
    Match,
    Part,
    Participle,
    Recurrence,
    Token,
    keyword_at,
)
from goldenthread.plan.dates import Bound, SeasonRules

TO_BE_CONFIRMED = "to be confirmed"

# Words after which a date or status still belongs to the condition that it stands in: "to Leadership Team in
# June 2022".
_LEADING_IN = frozenset(
    "in of by on at for from to the and or a an until during after before this next its - / &".split()
)
_BOUNDS = {Edge.BY: Bound.BY, Edge.BEFORE: Bound.BY, Edge.FROM: Bound.FROM, Edge.AFTER: Bound.FROM}


@dataclass(frozen=True, slots=True)
class Item:
    """What one item says; with a `reason`, why it says nothing."""

    period: Period | None = None
    edge: Edge | None = None
    approximate: bool = False
    status: DateWord | None = None
    recurs: str | None = None
    condition: str | None = None
    achieved: bool = False
    reason: str | None = None

    @property
    def bound(self) -> Bound | None:
        return None if self.edge is None else _BOUNDS[self.edge]


class ItemReader:
    """Reads items at places of one cell.

    `joined` is for text known to be a single phrase: a word and a date beside each other are then about the
    same thing.
    """

    def __init__(self, found: list[Token], text: str, rules: SeasonRules, joined: bool) -> None:
        self.found, self.text, self.rules, self.joined = found, text, rules, joined
        self.participles_join = joined or self._every_participle_has_a_date()

    def item_at(self, place: int) -> Match[Item] | None:
        """The longest item that begins at this lexeme, or words that look like a date with what is wrong with them."""
        items = [match for match in (self._dated_at(place), self._status_at(place)) if match is not None]
        if items:
            return max(items, key=lambda match: match.end)
        if (condition := self._condition_at(place)) is not None:
            return Match(
                Item(condition=condition.value, reason="It gives a condition but no date."), condition.end
            )
        unfinished = unfinished_at(self.found, place)
        return None if unfinished is None else Match(Item(reason=unfinished.value.reason), unfinished.end)

    # Dates

    def _dated_at(self, place: int) -> Match[Item] | None:
        """A date with all that belongs to it."""
        core = self._core_at(place)
        if core is None or core.value.reason is not None:
            return core
        item, place = core.value, core.end
        if self._is(place, Little.ONWARDS):
            item, place = replace(item, edge=Edge.FROM), place + 1
        item, place = self._with_afterthought(item, place)
        if (recurrence := self._recurrence_after(place)) is not None:
            item, place = replace(item, recurs=recurrence.value.words), recurrence.end
        elif (end := self._ongoing_after(place)) is not None:
            item, place = replace(item, recurs="ongoing", edge=item.edge or Edge.FROM), end
        if (condition := self._condition_at(place)) is not None:
            item, place = replace(item, condition=condition.value), condition.end
        return Match(item, place)

    def _core_at(self, place: int) -> Match[Item] | None:
        """The words that lead in to a span of days, and the span."""
        item, start = Item(), self._after_claim(place)
        item = Item(achieved=start != place)
        if start == place and (repeated := self._repetition_at(place)) is not None:
            item, start = repeated.value, repeated.end
        while (match := self._keyword(start)) is not None and self._leads_in(match.value, item):
            if isinstance(match.value, Edge):
                item = replace(item, edge=match.value)
            elif isinstance(match.value, Approximation):
                item = replace(item, approximate=True)
            start = match.end
        span = span_at(self.found, start, self.rules)
        if span is None:
            return None
        if isinstance(span.value, Problem):
            return Match(Item(reason=span.value.reason), span.end)
        return Match(self._placed(item, span.value, start, span.end), span.end)

    @staticmethod
    def _leads_in(word: Keyword, item: Item) -> bool:
        once = isinstance(word, Edge) and item.edge is None
        return once or isinstance(word, Approximation) or word in {Little.IN, Little.THE}

    def _placed(self, item: Item, period: Period, start: int, end: int) -> Item:
        """Puts the period on the printed side of its edge: "before September 2023" ends on 31 August 2023."""
        closed = any(self._is(place, Little.TO) for place in range(start, end))
        if item.edge is Edge.FROM and closed:
            return replace(item, period=period, edge=None)
        if item.edge is Edge.BEFORE and not self._is(start, Part.END):
            period = day(period.earliest - timedelta(days=1))
        elif item.edge is Edge.AFTER:
            period = day(period.latest + timedelta(days=1))
        return replace(item, period=period)

    def _after_claim(self, place: int) -> int:
        """Past "Achieved", "Completed" ..., or "Complete -", "Complete in", where a date may follow."""
        match = self._keyword(place)
        if match is None:
            return place
        if isinstance(match.value, Participle):
            return self._past_joint(match.end) if self.participles_join else place
        if match.value not in {DateWord.COMPLETE, DateWord.IN_PLACE}:
            return place
        follows = self._keyword(match.end)
        linked = self._past_joint(match.end) != match.end or (
            follows is not None and follows.value is Little.IN
        )
        return self._past_joint(match.end) if linked or self.joined else place

    def _repetition_at(self, place: int) -> Match[Item] | None:
        """ "Monthly from", "Ongoing from", "Ongoing until"."""
        match = self._keyword(place)
        if match is None or not (isinstance(match.value, Recurrence) or match.value is DateWord.ONGOING):
            return None
        recurs = match.value.words if isinstance(match.value, Recurrence) else "ongoing"
        follows = self._keyword(match.end)
        if follows is not None and follows.value is Little.TO:
            return Match(Item(recurs=recurs, edge=Edge.BY), follows.end)
        is_open = follows is not None and follows.value in {Edge.FROM, Edge.AFTER}
        return Match(Item(recurs=recurs), match.end) if is_open else None

    def _with_afterthought(self, item: Item, place: int) -> tuple[Item, int]:
        """A question mark, "(approx.)", "(TBC)"; in a single phrase also a bare "TBC"."""
        if self._key(place) == "?":
            return replace(item, approximate=True), place + 1
        bracket = self._key(place) == "("
        inner = (
            self._keyword(place + 1)
            if bracket
            else self._keyword(self._past_joint(place))
            if self.joined
            else None
        )
        if inner is None or (bracket and self._key(inner.end) != ")"):
            return item, place
        end = inner.end + bracket
        if isinstance(inner.value, Approximation):
            return replace(item, approximate=True), end
        return (
            (replace(item, condition=TO_BE_CONFIRMED), end) if inner.value is DateWord.TBC else (item, place)
        )

    def _recurrence_after(self, place: int) -> Match[Recurrence] | None:
        """ "and then quarterly", "(monthly)", "quarterly thereafter", "and ongoing"."""
        start = place
        while (
            self._is(start, Little.AND) or self._is(start, Little.THEN) or self._key(start) in {",", "(", "-"}
        ):
            start += 1
        match = self._keyword(start)
        if match is None or not (isinstance(match.value, Recurrence) or match.value is DateWord.ONGOING):
            return None
        thereafter = self._is(match.end, Little.THEN)
        passed = {token.key for token in self.found[place:start]}
        ongoing = match.value is DateWord.ONGOING
        if not (
            thereafter or passed & {"and", "&", "then", "thereafter", "("} or ("-" in passed and not ongoing)
        ):
            return None
        end = match.end + thereafter
        recurs = match.value if isinstance(match.value, Recurrence) else Recurrence("ongoing")
        return Match(recurs, end + (self._key(end) == ")" and "(" in passed))

    def _ongoing_after(self, place: int) -> int | None:
        """ "Feb 2022 - Ongoing"."""
        after = place + 1 if self._key(place) == "-" or self._is(place, Little.TO) else place
        match = self._keyword(after)
        return match.end if after != place and match is not None and match.value is DateWord.ONGOING else None

    # Words in place of a date

    def _status_at(self, place: int) -> Match[Item] | None:
        match = self._keyword(place)
        if match is None:
            return None
        if match.value is Little.DATE:
            tbc = self._keyword(self._past_joint(match.end))
            return self._unconfirmed(tbc.end) if tbc is not None and tbc.value is DateWord.TBC else None
        if match.value is DateWord.TBC:
            return self._unconfirmed(match.end)
        if isinstance(match.value, Recurrence):
            return Match(Item(status=DateWord.ONGOING, recurs=match.value.words), match.end)
        if isinstance(match.value, Participle):
            return self._with_condition(Item(status=DateWord.COMPLETE, achieved=True), match.end)
        if not isinstance(match.value, DateWord):
            return None
        item, end = Item(status=match.value, achieved=match.value.is_achieved), match.end
        if match.value is DateWord.ONGOING:
            recurrence = self._recurrence_after(end) or self._plain_recurrence(end)
            if recurrence is not None:
                item, end = replace(item, recurs=recurrence.value.words), recurrence.end
        return self._with_condition(item, end)

    def _unconfirmed(self, place: int) -> Match[Item]:
        """TBC, with the bare year that it goes with ("TBC 2023") and the condition that it waits for."""
        linked = self._past_joint(place)
        dated = self._dated_at(linked) if self.joined or linked != place else None
        if dated is None and self._is_bare_year(place):
            dated = self._dated_at(place)
        if dated is None or dated.value.period is None:
            return self._with_condition(Item(status=DateWord.TBC), place)
        conditions = [TO_BE_CONFIRMED, dated.value.condition]
        return Match(replace(dated.value, condition=", ".join(filter(None, conditions))), dated.end)

    def _is_bare_year(self, place: int) -> bool:
        token = self.found[place] if place < len(self.found) else None
        return (
            token is not None
            and token.kind is Lexeme.NUMBER
            and len(token.text) == 4
            and token.text.isdigit()
        )

    def _plain_recurrence(self, place: int) -> Match[Recurrence] | None:
        """ "Ongoing quarterly": a small letter says that it goes on from the word before."""
        match = self._keyword(place)
        if match is None or not isinstance(match.value, Recurrence) or self.found[place].is_capitalised:
            return None
        return Match(match.value, match.end)

    def _with_condition(self, item: Item, place: int) -> Match[Item]:
        condition = self._condition_at(place)
        return (
            Match(item, place)
            if condition is None
            else Match(replace(item, condition=condition.value), condition.end)
        )

    # Conditions

    def _condition_at(self, place: int) -> Match[str] | None:
        """ "linked to MTFP", "(subject to funding)": to the closing bracket, or up to the next item."""
        bracket = self._key(place) == "("
        start = place + 1 if bracket or self._key(place) in {",", "-", ";"} else place
        head = self._keyword(start)
        opens = head is not None and (isinstance(head.value, ConditionHead) or head.value is Edge.AFTER)
        if head is None or not opens or head.end >= len(self.found):
            return None
        keys = [token.key for token in self.found]
        closing = keys.index(")", head.end) if bracket and ")" in keys[head.end :] else None
        end = self._condition_end(head.end) if closing is None else closing
        words = self.text[self.found[start].start : self.found[end - 1].end]
        return Match(" ".join(words.split()), end if closing is None else closing + 1)

    def _condition_end(self, place: int) -> int:
        """The next item begins with a capital or a figure, and not after a word that leads in to it."""
        first = place
        while place < len(self.found):
            if place > first and self.found[place - 1].key not in _LEADING_IN and self._begins_item(place):
                return place
            span = span_at(self.found, place, self.rules)
            place = span.end if span is not None else place + 1
        return place

    def _begins_item(self, place: int) -> bool:
        token = self.found[place]
        if token.kind is Lexeme.WORD and not token.is_capitalised:
            return False
        core, word = self._core_at(place), self._keyword(place)
        if word is not None and word.value is Little.DATE:
            word = self._keyword(word.end)
        return core is not None or (
            word is not None and isinstance(word.value, DateWord | Participle | Recurrence)
        )

    # The lexemes

    def _keyword(self, place: int) -> Match[Keyword] | None:
        return keyword_at(self.found, place)

    def _is(self, place: int, word: Keyword) -> bool:
        match = self._keyword(place)
        return match is not None and match.value == word

    def _key(self, place: int) -> str:
        return self.found[place].key if place < len(self.found) else ""

    def _past_joint(self, place: int) -> int:
        return place + 1 if self._key(place) in {"-", ":", "("} else place

    def _every_participle_has_a_date(self) -> bool:
        """ "Completed Completed Jul 2022" is a column of words and dates; "Achieved Feb 2022" is not."""
        ends = [
            match.end
            for place in range(len(self.found))
            if (match := keyword_at(self.found, place)) is not None and isinstance(match.value, Participle)
        ]
        self.participles_join = False
        return all(self._core_at(self._past_joint(end)) is not None for end in ends)
