"""How old a reader must be: syllables keyed by hand, the formula by hand, then the sentences of the pages."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
import pytest
from support.northbury import BEFORE, CUT_OFF, northbury

from goldenthread.assurance.ratings import USUAL_RULE
from goldenthread.reporting.public.edition import Edition
from goldenthread.reporting.public.picking import Terms, public_state
from goldenthread.reporting.public.reading_age import grade, reading_age, syllables
from goldenthread.reporting.public.site import site_files

SYLLABLES = {
    "the": 1, "cat": 1, "date": 1, "passed": 1, "done": 1, "changed": 1, "plan": 1, "needed": 2, "houses": 2,
    "table": 2,
    "little": 2, "people": 2, "action": 2, "council": 2, "milestones": 3, "improvement": 4, "accessibility": 6,
}  # fmt: skip
AIM, AIM_OF_THE_MODEL_FORM = 12, 13


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllables_are_counted_as_spoken(word: str) -> None:
    assert syllables(word) == SYLLABLES[word]


def test_the_formula_is_that_of_kincaid() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    two = "The council changed the improvement. People needed it."  # 5 and 3 words; 1+2+1+1+4 and 2+2+1 syllables
    assert grade(two) == pytest.approx(0.39 * 8 / 2 + 11.8 * 14 / 8 - 15.59)
    with pytest.raises(ValueError, match="no words"):
        grade("12 – 14")


def own_sentences(page: bytes) -> str:
    """The sentences that we write: the words of the plan count as one short word, and tables are left out."""

    def text(element: Element) -> str:
        if "own-words" in element.get("class", ""):
            return "it"
        return (element.text or "") + "".join(text(below) + (below.tail or "") for below in element)

    main = html5lib.parse(page, namespaceHTMLElements=False).find(".//main")
    lines = [" ".join(text(each).split()) for each in main.iter() if each.tag in {"p", "li"}]
    return "\n".join(line for line in lines if len(line.split()) > 3)


def test_every_page_can_be_read_at_twelve() -> None:
    held = Terms(hold=frozenset({"A2"}))
    states = (
        public_state(northbury(BEFORE), BEFORE, USUAL_RULE),
        public_state(northbury(), CUT_OFF, USUAL_RULE, held),
    )
    pages = {
        path: own_sentences(content)
        for path, content in site_files(Edition(states, "northbury")).items()
        if path.endswith(".html")
    }
    ages = {path: reading_age(text) for path, text in pages.items()}
    statement = ages.pop("accessibility/index.html")
    assert statement <= AIM_OF_THE_MODEL_FORM, "most of its words are those of the model form"
    assert {path: age for path, age in ages.items() if age > AIM} == {}
