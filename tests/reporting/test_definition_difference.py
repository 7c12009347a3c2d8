"""What a council changed in its copy of a definition is told by section, so that somebody can agree to it."""

from __future__ import annotations

from goldenthread.reporting.definitions import definition_for, definition_text, read_definition
from goldenthread.reporting.definitions.comparing import Changed, Difference, definition_difference

CABINET = definition_text("cabinet")


def changed_to(text: str) -> Difference:
    return definition_difference(definition_for("cabinet"), read_definition(text, "mine.toml"))


def marked(found: Difference) -> dict[str | None, tuple[str, ...]]:
    return {line.section.title: line.marks for line in found.sections if line.marks}


def test_the_same_words_differ_in_nothing() -> None:
    assert changed_to(CABINET).is_none
    assert changed_to(f"# A comment of ours\n{CABINET}").is_none


def test_what_is_added_and_taken_out_is_named() -> None:
    head, *blocks = CABINET.split("[[section]]")
    left = [block for block in blocks if 'title = "Late actions"' not in block]
    news = '\nsection = "highlights"\ntitle = "News"\n'
    found = changed_to("[[section]]".join([head, *left, news]))
    assert marked(found) == {"News": ("Added",)}
    assert [each.title for each in found.removed] == ["Late actions"]


def test_a_section_that_was_moved_is_the_one_named_and_no_other() -> None:
    head, *blocks = CABINET.split("[[section]]")
    place = next(n for n, block in enumerate(blocks) if 'title = "Late actions"' in block)
    late = blocks.pop(place)
    found = changed_to("[[section]]".join([head, *blocks[:-1], late, blocks[-1]]))
    assert marked(found) == {"Late actions": ("Moved",)}
    assert found.removed == ()


def test_other_words_are_shown_beside_those_before() -> None:
    text = CABINET.replace("days = 92", "days = 31").replace('title = "Late actions"', 'title = "Overdue"')
    found = changed_to(text)
    assert marked(found) == {"What falls due next": ("Wording changed",), "Overdue": ("Wording changed",)}
    told = {line.section.title: line.changed for line in found.sections if line.changed}
    assert told["What falls due next"] == (Changed("Days", "92", "31"),)
    assert told["Overdue"] == (Changed("Title", "Late actions", "Overdue"),)


def test_settings_at_its_head_are_compared_too() -> None:
    found = changed_to(CABINET.replace('meeting = "Cabinet"', 'meeting = "The Executive"'))
    (bodies,) = found.settings
    assert bodies.what == "Bodies"
    assert "meeting: Cabinet;" in bodies.before
    assert "meeting: The Executive;" in bodies.now
    assert not found.is_none


def test_a_definition_without_one_before_is_all_new_and_marks_nothing() -> None:
    found = definition_difference(None, definition_for("cabinet"))
    assert len(found.sections) == len(definition_for("cabinet").sections)
    assert found.is_none
