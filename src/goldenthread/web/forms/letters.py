"""The form of a sentence of a letter: its words, what it rests on, and a search for what it could rest on."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from goldenthread.record.letter_grounds import identifiers
from goldenthread.reporting.letter import Sentence, Support
from goldenthread.web.forms.errors import Errors


@dataclass
class SentenceForm:
    """What was typed. `chosen` are identifiers that were ticked among those found for `find`."""

    text: str = ""
    rests: str = ""
    part: str = ""
    find: str = ""
    chosen: tuple[str, ...] = ()
    found: tuple[Support, ...] | None = None
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def of(cls, sentence: Sentence) -> SentenceForm:
        """The form as it opens for a sentence."""
        return cls(text=sentence.text, rests=identifiers(sentence.supports))

    @classmethod
    def sent(cls, data: QueryDict) -> SentenceForm:
        """The form as it was sent."""
        text, rests, part, find = (
            data.get(name, "").replace("\x00", "") for name in ("text", "rests", "part", "find")
        )
        return cls(text, rests, part, find, tuple(each.replace("\x00", "") for each in data.getlist("also")))

    @property
    def rests_on(self) -> str:
        """What it is to rest on: what was typed, and what was ticked."""
        return "\n".join(part for part in (self.rests, *self.chosen) if part.strip())

    @property
    def boxes(self) -> list[dict[str, object]]:
        """What was found, as boxes to tick."""
        return [
            {
                "value": one.identifier,
                "text": one.identifier,
                "hint": {"text": one.says},
                "checked": one.identifier in self.chosen,
            }
            for one in self.found or ()
        ]
