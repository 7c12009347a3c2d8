"""A report that was edited in Word or LibreOffice: unedited it differs in nothing, edited in what was edited."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.needs import require_tool
from support.northbury import CABINET, northbury_matter

from goldenthread.documents import DocumentError
from goldenthread.documents.writing import Sheet, xlsx_bytes
from goldenthread.reporting.composing import compose
from goldenthread.reporting.definitions import audiences, definition_for
from goldenthread.reporting.edits import (
    Comparison,
    Kind,
    Passage,
    Printed,
    Row,
    SentStamp,
    Slot,
    SlotKind,
    Tracked,
    Unchanged,
    Unit,
    compare,
    notes_in,
    passages,
    printed_units,
)
from goldenthread.reporting.edits.passages import key_of, plain
from goldenthread.reporting.report_files import ReportFormat, report_files

LEGAL = "the council’s duties and powers in this matter (Monitoring Officer)"
COST = "what delivery costs, and from which budget it is met (Section 151 Officer)"
WRITTEN = {COST: "It costs £12,000.\n\nThe improvement reserve pays for it."}
MARK = "Zanzibar"


@cache
def printed(audience: str = "cabinet", *, with_words: bool = False) -> tuple[Printed, ...]:
    """Northbury's report as its file is read."""
    definition, matter = definition_for(audience), northbury_matter()
    told = matter.for_reviewer("Auditor") if audience == "reviewer" else matter
    written = WRITTEN if with_words else {}
    return printed_units(compose(told, definition, meeting=CABINET, written=written), definition, written)


@cache
def written_files(audience: str) -> dict[str, bytes]:
    definition, matter = definition_for(audience), northbury_matter()
    told = matter.for_reviewer("Auditor") if audience == "reviewer" else matter
    made = compose(told, definition, meeting=CABINET, held_as="Draft 2 of report 7, not issued")
    files = report_files(made, [ReportFormat.DOCX, ReportFormat.ODT])
    return {format_.value: content for format_, content in files.items()}


def units(audience: str = "cabinet", *, with_words: bool = False) -> list[Unit]:
    """The report, to be edited."""
    return [each.unit for each in printed(audience, with_words=with_words)]


def place_of(words: str, listed: Sequence[Unit]) -> int:
    return next(number for number, unit in enumerate(listed) if words in unit.words)


def compared(sent: Sequence[Unit], audience: str = "cabinet", *, with_words: bool = False) -> Comparison:
    return compare(printed(audience, with_words=with_words), sent)


def told(found: Comparison) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.before, each.after) for each in found.differences]


# --- an unedited file differs in nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", sorted(audiences()))
def test_a_report_is_read_from_its_file_as_it_was_printed(audience: str) -> None:
    for ending, content in written_files(audience).items():
        if ending == "odt" and audience not in ("cabinet", "leadership"):
            continue
        sent = passages(content, f"report.{ending}")
        assert [key_of(unit) for unit in sent] == [key_of(unit) for unit in units(audience)]
        assert {unit.table for unit in sent if isinstance(unit, Row)} == {
            unit.table for unit in units(audience) if isinstance(unit, Row)
        }
        assert told(compared(sent, audience)) == []


def converted(files: Sequence[Path], ending: str, folder: Path) -> list[Path]:
    """The files as LibreOffice saves them in another format."""
    office = require_tool("soffice")
    command = [
        str(office), f"-env:UserInstallation={(folder.parent / 'office').as_uri()}", "--headless",
        "--convert-to", ending, "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [folder / f"{file.stem}.{ending}" for file in files]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files that went through LibreOffice, by what became of them: "cabinet.odt.docx" was Word at first too."""
    folder = tmp_path_factory.mktemp("office")
    begun = []
    for audience in ("cabinet", "leadership"):
        for ending, content in written_files(audience).items():
            begun.append(folder / f"{audience}-{ending}.{ending}")
            begun[-1].write_bytes(content)
    begun.append(folder / "remarked-docx.docx")
    begun[-1].write_bytes(remarked(written_files("cabinet")["docx"]))
    word = [file for file in begun if file.suffix == ".docx"]
    open_ = [file for file in begun if file.suffix == ".odt"]
    once = converted(word, "odt", folder / "once")
    once += converted(open_, "docx", folder / "once")
    twice = converted([file for file in once if file.suffix == ".odt"], "docx", folder / "twice")
    twice += converted([file for file in once if file.suffix == ".docx"], "odt", folder / "twice")
    return {f"{file.parent.name}/{file.name}": file for file in (*once, *twice)}


@pytest.mark.parametrize("audience", ["cabinet", "leadership"])
def test_an_unedited_file_that_libreoffice_saved_differs_in_nothing(
    office: dict[str, Path], audience: str
) -> None:
    for name in ("once/{}-docx.odt", "once/{}-odt.docx", "twice/{}-docx.docx", "twice/{}-odt.odt"):
        file = office[name.format(audience)]
        found = compared(passages(file.read_bytes(), file.name), audience)
        assert told(found) == [], name
        assert (found.figures, found.offers, found.alike) == ((), (), 1.0)
        assert notes_in(file.read_bytes(), file.name).stamp == SentStamp(
            date(2022, 10, 31), 42, "5a" * 6, number=7, version=2
        ), name


def test_what_office_programs_change_by_themselves_is_no_difference() -> None:
    retyped = {"’": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
    sent: list[Unit] = []
    for unit in units():
        if isinstance(unit, Passage):
            words = "".join(retyped.get(sign, sign) for sign in unit.text).replace(" of ", "\u00a0of  ")
            sent.append(replace(unit, text=words, level=0))
        else:
            sent.append(replace(unit, table=0, is_first=False))
    assert told(compared(sent)) == []


# --- what was edited, and nothing else --------------------------------------------------------------------------------


def test_one_changed_word_is_told_within_its_sentence() -> None:
    sent = units()
    number = place_of("waits for a decision", sent)
    sent[number] = Passage("1 proposed change waits for an answer.")
    found = compared(sent)
    (changed,) = found.differences
    assert [(piece.kind.value, piece.words) for piece in changed.pieces] == [
        ("same", "1 proposed change waits for "), ("removed", "a decision"), ("added", "an answer"), ("same", "."),
    ]  # fmt: skip
    assert changed.where.section == "Changes to the plan"
    assert found.figures == ()
    before, _, after = found.parts
    assert before == Unchanged(
        sum(isinstance(unit, Passage) for unit in sent[:number]),
        sum(isinstance(unit, Row) for unit in sent[:number]),
    )
    assert isinstance(after, Unchanged)


def test_a_changed_cell_names_its_table_row_and_column() -> None:
    sent = units()
    number = next(n for n, unit in enumerate(sent) if isinstance(unit, Row) and unit.cells[0] == "A6")
    row = sent[number]
    assert isinstance(row, Row)
    sent[number] = replace(row, cells=(*row.cells[:3], "Sep 2022", *row.cells[4:]))
    found = compared(sent)
    (changed,) = found.differences
    assert (changed.kind, changed.before, changed.after) == (Kind.CHANGED, "Aug 2022", "Sep 2022")
    where = changed.where
    assert (where.section, where.table, where.column) == ("Late actions", "Table 5: Late actions", "Approved")
    assert where.row == "A6 Let the waste contract (Director of Place)"
    (figure,) = found.figures
    assert (figure.said, figure.sent) == ("Aug 2022", "Sep 2022")


FIGURES: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
    ("2 actions are past", "3 actions are past", [("2", "3")]),
    ("with 2 steps and 3 milestones", "with 3 steps and 2 milestones", []),  # both are there, in other places
    ("Since 31 July 2022, 7 changes", "Since 30 June 2022, 9 changes", [("31 July 2022", "30 June 2022"), ("7", "9")]),
    ("No actions and milestones are newly", "Two actions and milestones are newly", [("No", "Two")]),
    ("Green is 11% of all", "Green is 12% of all", [("11%", "12%")]),
    ("1 of 9 actions stand", "some actions stand", [("1, 9", "some")]),
    ("Nobody has said how", "No one has said how", []),
)  # fmt: skip
"""What the report says, what the file says instead, and which figures of the record that changes."""


@pytest.mark.parametrize(("says", "instead", "changed"), FIGURES)
def test_a_figure_that_was_changed_in_a_sentence_is_told_apart(
    says: str, instead: str, changed: list[tuple[str, str]]
) -> None:
    sent = units()
    number = place_of(says, sent)
    sent[number] = Passage(sent[number].words.replace(says, instead))
    found = compared(sent)
    assert len(found.differences) == 1
    assert [(each.said, each.sent) for each in found.figures] == changed


def test_rows_and_columns_that_come_and_go() -> None:
    sent = units()
    head = place_of("Table 5: Late actions", sent) + 1
    a6, a4 = sent[head + 1], sent[head + 2]
    assert isinstance(a6, Row)
    assert isinstance(a4, Row)
    del sent[head + 1]
    assert told(compared(sent)) == [("removed", " | ".join(a6.cells), "")]
    wider = units()
    for number in range(head, head + 3):
        row = wider[number]
        assert isinstance(row, Row)
        wider[number] = replace(row, cells=(*row.cells, "Remark" if number == head else "Chase this"))
    assert told(compared(wider)) == [
        ("added", "", "Remark"), ("added", "", "Chase this"), ("added", "", "Chase this"),
    ]  # fmt: skip


class Edits:
    """Edits to a report, and what of them is to be reported."""

    def __init__(self, audience: str) -> None:
        self.units: list[list[Unit]] = [[unit] for unit in units(audience)]
        self.plain = [each.slot is None for each in printed(audience)]
        self.expected: Counter[tuple[str, str, str]] = Counter()
        self.figures: Counter[tuple[str, str]] = Counter()

    def word(self, number: int, which: int) -> None:
        unit = self.units[number][0]
        words = unit.words.split(" ")
        places = [n for n, word in enumerate(words) if re.fullmatch(r"[a-z]{3,}", word)]
        if isinstance(unit, Passage) and len(words) >= 8 and places and self.plain[number]:
            changed = list(words)
            changed[places[which % len(places)]] = MARK
            self.units[number] = [replace(unit, text=" ".join(changed))]
            self.expected["changed", unit.words, " ".join(changed)] += 1

    def cell(self, number: int, which: int) -> None:
        unit = self.units[number][0]
        if isinstance(unit, Row) and not unit.is_first:
            column = 1 + which % (len(unit.cells) - 1)
            if not unit.cells[column].startswith("["):
                cells = (*unit.cells[:column], MARK, *unit.cells[column + 1 :])
                self.units[number] = [replace(unit, cells=cells)]
                self.expected["changed", unit.cells[column], MARK] += 1
                self.figures[unit.cells[column], MARK] += 1

    def delete(self, number: int, _: int) -> None:
        unit = self.units[number][0]
        self.units[number] = []
        self.expected["removed", _words(unit), ""] += 1

    def insert(self, number: int, which: int) -> None:
        own = Passage(f"{MARK} quokka {which} kudzu xylophone jinx {number} fjord vex")
        self.units[number].append(own)
        self.expected["added", "", own.text] += 1

    def sent(self) -> Iterator[Unit]:
        return (unit for group in self.units for unit in group)


def _words(unit: Unit) -> str:
    return " | ".join(unit.cells) if isinstance(unit, Row) else unit.text


@settings(max_examples=150, deadline=None)
@given(
    audience=st.sampled_from(["cabinet", "leadership"]),
    edits=st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 50), st.sampled_from(["word", "cell", "delete", "insert"])),
        max_size=25, unique_by=lambda edit: edit[0] % 117,
    ),
)  # fmt: skip
def test_whatever_is_edited_exactly_that_is_reported(
    audience: str, edits: list[tuple[int, int, str]]
) -> None:
    made = Edits(audience)
    for number, which, what in edits:
        getattr(made, what)(number % 117, which)
    found = compared(tuple(made.sent()), audience)
    assert Counter(told(found)) == made.expected
    assert Counter((each.said, each.sent) for each in found.figures) == made.figures
    assert not any(one.__class__ is other.__class__ is Unchanged for one, other in pairwise(found.parts))


# --- places that people write -----------------------------------------------------------------------------------------


def offered(found: Comparison) -> list[tuple[str, str, str]]:
    return [(each.slot.name, each.words, each.now) for each in found.offers]


def test_words_in_the_place_of_a_prompt_are_offered() -> None:
    sent = units()
    number = place_of(LEGAL, sent)
    sent[number : number + 1] = [
        Passage("The council has a duty of best value."),
        Passage("The Secretary of State may direct it."),
    ]
    found = compared(sent)
    words = "The council has a duty of best value.\n\nThe Secretary of State may direct it."
    assert offered(found) == [(LEGAL, words, "")]
    assert found.offers[0].slot == Slot(SlotKind.WRITTEN, LEGAL, LEGAL)
    assert found.offers[0].where.section == "Legal and governance"
    assert found.figures == ()


@pytest.mark.parametrize(
    "left", [f"[{LEGAL}] A duty of best value.", "[A duty of best value.]", "  A duty of best value. "]
)
def test_a_prompt_that_was_left_or_written_into_is_taken_off_the_words(left: str) -> None:
    sent = units()
    sent[place_of(LEGAL, sent)] = Passage(left)
    assert offered(compared(sent)) == [(LEGAL, "A duty of best value.", "")]


def test_words_written_under_a_prompt_that_still_stands_are_offered() -> None:
    sent = units()
    sent.insert(place_of(LEGAL, sent) + 1, Passage("A duty of best value."))
    assert offered(compared(sent)) == [(LEGAL, "A duty of best value.", "")]


def test_words_that_were_written_before_are_offered_when_a_reader_improves_them() -> None:
    sent = units(with_words=True)
    assert offered(compared(sent, with_words=True)) == []
    sent[place_of("£12,000", sent)] = Passage("It costs £14,000.")
    found = compared(sent, with_words=True)
    now = WRITTEN[COST]
    assert offered(found) == [(COST, "It costs £14,000.\n\nThe improvement reserve pays for it.", now)]
    assert found.figures == ()  # people wrote that figure; the record knows nothing of it


def test_a_blank_within_a_sentence_is_offered_once() -> None:
    sent = units()
    number = place_of("[date of the meeting of Audit Committee]", sent)
    sent[number] = Passage(
        sent[number].words.replace("[date of the meeting of Audit Committee]", "22 November 2022")
    )
    found = compared(sent)
    assert [(each.slot.kind.value, each.slot.name, each.words) for each in found.offers] == [
        ("fill", "audit_date", "22 November 2022")
    ]
    assert found.figures == ()


def test_a_prompt_that_was_only_deleted_offers_nothing() -> None:
    sent = units()
    del sent[place_of(LEGAL, sent)]
    found = compared(sent)
    assert found.offers == ()
    assert told(found) == [("removed", f"[{LEGAL}]", "")]


# --- comments and tracked changes -------------------------------------------------------------------------------------


def remarked(word: bytes) -> bytes:
    """A Word file in which Ann Other tracked a change of body, and Cllr Jones asked about it in the margin."""
    opened = '<w:r><w:t xml:space="preserve">This report is for Cabinet.'
    by = 'w:author="Ann Other" w:date="2022-11-02T10:00:00Z"'
    tracked = (
        '<w:r><w:t xml:space="preserve">This report is for </w:t></w:r><w:commentRangeStart w:id="0"/>'
        f'<w:del w:id="1" {by}><w:r><w:delText>Cabinet</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" {by}><w:r><w:t>the Executive</w:t></w:r></w:ins><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve">.'
    )
    said = (
        '><w:comment w:id="0" w:author="Cllr Jones" w:date="2022-11-02T10:00:00Z"><w:p>'
        '<w:r><w:t xml:space="preserve">Is this </w:t></w:r>'
        "<w:r><w:t>right?</w:t></w:r></w:p><w:p><w:r><w:t>Ask Ann.</w:t></w:r></w:p></w:comment></w:comments>"
    )
    written = BytesIO()
    with ZipFile(BytesIO(word)) as old, ZipFile(written, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).decode() if entry.filename.endswith(".xml") else old.read(entry)
            if entry.filename == "word/document.xml":
                assert isinstance(content, str)
                assert content.count(opened) == 1
                content = content.replace(opened, tracked)
            if entry.filename == "word/comments.xml":
                assert isinstance(content, str)
                content = re.sub(
                    r"(<w:comments[^>]*?)(?:/>|>.*</w:comments>)", r"\1" + said, content, flags=re.DOTALL
                )
            new.writestr(entry.filename, content)
    return written.getvalue()


def test_comments_and_tracked_changes_are_not_lost(office: dict[str, Path]) -> None:
    word = remarked(written_files("cabinet")["docx"])
    files = {"word": word} | {
        name: office[name].read_bytes() for name in ("once/remarked-docx.odt", "twice/remarked-docx.docx")
    }
    for name, content in files.items():
        notes = notes_in(content, name)
        (remark,) = notes.remarks
        assert (remark.author, remark.on, remark.text) == (
            "Cllr Jones",
            date(2022, 11, 2),
            "Is this right?\nAsk Ann.",
        )
        assert remark.about == "the Executive", name
        assert notes.tracked == (Tracked("Ann Other", added=1, removed=1),), name
        (changed,) = compared(passages(content, name)).differences
        pieces = [piece.words for piece in changed.pieces if piece.kind is not Kind.SAME]
        assert pieces == ["Cabinet", "the Executive"], name


# --- wrong files ------------------------------------------------------------------------------------------------------


def test_other_files_are_refused_in_words() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    word = written_files("cabinet")["docx"]
    wrong = {
        b"": "is empty",
        b" \n": "is empty",
        b"%PDF-1.7 and so on": "is not a Word document (docx) or OpenDocument text (odt)",
        b"\xff\xd8\xff\xe0 a photo": "is not a Word document",
        b"Just words": "is not a Word document",
        xlsx_bytes((Sheet("Actions", ("No.",), (("A1",),)),), "Tracker"): "is not a Word document",
        locked: "is locked with a password",
        word[: len(word) // 2]: "damaged",
        b"PK\x03\x04" + b"\0" * (21 * 2**20): "the limit is 20 MB",
    }
    for content, said in wrong.items():
        for read in (passages, notes_in):
            with pytest.raises(DocumentError, match=re.escape(said)):
                read(content, "edited.docx")


def test_another_report_has_few_of_the_headings() -> None:
    assert compared(units("leadership")).alike < 0.4
    assert compared([]).alike == 0
    assert plain("a\u00a0 b") == "a b"
