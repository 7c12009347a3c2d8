"""The form that answers a question about a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

from goldenthread.plan.questions import Question, QuestionKind
from goldenthread.web.forms.errors import Errors

DATE_KINDS = frozenset({QuestionKind.BLANK_DATE, QuestionKind.UNREAD_DATE, QuestionKind.SUSPECT_DATE})
USUAL_REASON = "Answered a question about the document"


@dataclass
class AnswerForm:
    """What was chosen: the position of a candidate, "other" with words, or "later"."""

    choice: str = ""
    other: str = ""
    reason: str = ""
    errors: Errors = field(default_factory=Errors)

    @classmethod
    def typed(cls, data: QueryDict) -> AnswerForm:
        """The form as it was sent."""
        return cls(data.get("choice", ""), data.get("other", "").strip(), data.get("reason", "").strip())

    @property
    def candidate(self) -> int | None:
        """The candidate that was chosen, or None for other words."""
        return int(self.choice) if self.choice.isascii() and self.choice.isdigit() else None

    def check(self, question: Question) -> bool:
        """Whether it can be saved; if not, `errors` says why."""
        known = {str(place) for place in range(len(question.candidates))} | {"other", "later"}
        if self.choice not in known:
            self.errors["choice"] = "Choose how it should be read, or choose to be asked later"
        elif self.choice == "other" and not self.other:
            self.errors["other"] = "Enter what it means"
        return not self.errors

    def error_list(self) -> list[dict[str, str]]:
        """For the summary at the head of the page."""
        return self.errors.listed()


def other_hint(question: Question) -> str:
    """What to type for something else."""
    if question.kind in DATE_KINDS:
        return "A date in words, for example Autumn 2022 or 30 September 2022"
    return "In your own words"
