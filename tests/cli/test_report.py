"""`goldenthread report`: files by their endings, what is left to write, and what stops it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.letterheads import MOTTO, letterhead

from goldenthread.reporting.definitions import definition_text
from goldenthread.reporting.figures import Disagreement

from .conftest import Invoke

DAY = ("--as-at", "30 June 2022")


def test_files_of_several_formats_are_written_at_once(held: Invoke, tmp_path: Path) -> None:
    files = [tmp_path / f"members.{ending}" for ending in ("docx", "pdf", "html", "xlsx", "zip")]
    done = held("report", "members", *DAY, *(word for file in files for word in ("-o", file)))
    assert done.status == 0, done.err
    starts = [file.read_bytes()[:4] for file in files]
    assert starts == [b"PK\x03\x04", b"%PDF", b"<!DO", b"PK\x03\x04", b"PK\x03\x04"]
    assert done.err.count("as at 30 June 2022.") == len(files)


def test_what_is_still_to_be_written_is_listed(held: Invoke, tmp_path: Path) -> None:
    done = held("report", "cabinet", *DAY, "-o", tmp_path / "c.html", "--fill", "audit_date=5 July 2022")
    assert done.status == 0, done.err
    assert "Still to be written: Equality: " in done.err
    assert "date of the meeting of Scrutiny Committee" in done.err
    assert "date of the meeting of Audit Committee" not in done.err
    assert "at its meeting on 5 July 2022" in (tmp_path / "c.html").read_text()


def test_a_councils_own_definition_takes_the_place_of_ours(held: Invoke, tmp_path: Path) -> None:
    printed = held("report", "staff", "--show-definition")
    own = tmp_path / "our-staff.toml"
    own.write_text(printed.out.replace("Our improvement plan: news", "The thread: news"))
    done = held("report", "staff", *DAY, "--definition", own, "-o", tmp_path / "s.html")
    assert done.status == 0, done.err
    assert "The thread: news to 30 June 2022" in (tmp_path / "s.html").read_text()
    own.write_text(printed.out.replace('title = "Running late"', 'title = "Nothing to see"'))
    refused = held("report", "staff", *DAY, "--definition", own, "-o", tmp_path / "n.html")
    assert refused.status == 3
    assert "our-staff.toml, line " in refused.err
    assert "“Running late” is mandatory for staff" in refused.err
    assert not (tmp_path / "n.html").exists()


def adopt_templates() -> None:
    """A bulletin and a report of the council's own, and its letterhead."""
    from goldenthread.record.actor import Actor
    from goldenthread.record.models import Role
    from goldenthread.record.report_templates import TemplateKind
    from goldenthread.record.services.councils import council_register
    from goldenthread.record.services.report_templates import (
        OfferedLetterhead,
        adopt_definition,
        adopt_letterhead,
    )

    officer, june = Actor(council=council_register()[0].id, role=Role.PMO, name="test"), date(2022, 6, 7)
    staff = definition_text("staff").replace("Our improvement plan: news", "The thread: news")
    parishes = staff.replace('audience = "staff"', 'audience = "parishes"\nbased-on = "staff"')
    for text in (staff, parishes):
        adopt_definition(actor=officer, text=text, reason="Agreed", seen=0, on=june)
    offered = OfferedLetterhead("ours.odt", letterhead("odt"))
    adopt_letterhead(
        actor=officer, kind=TemplateKind.ODT, offered=offered, reason="New logo", seen=0, on=june
    )


def test_what_the_council_adopted_is_what_it_gets(held: Invoke, tmp_path: Path) -> None:
    adopt_templates()
    files = [tmp_path / name for name in ("s.html", "s.odt", "p.html")]
    for audience, *outputs in (("staff", *files[:2]), ("parishes", files[2])):
        done = held("report", audience, *DAY, *(word for file in outputs for word in ("-o", file)))
        assert done.status == 0, done.err
    assert "The thread: news to 30 June 2022" in files[0].read_text()
    assert "The thread: news to 30 June 2022" in files[2].read_text()
    with ZipFile(files[1]) as archive:
        assert MOTTO in archive.read("styles.xml").decode()
    assert "The thread: news" in held("report", "staff", "--show-definition").out
    assert held("report", "staff", "--show-definition", "--standard").out == definition_text("staff")
    plain = held("report", "staff", *DAY, "--standard", "-o", files[0], "-o", files[1])
    assert plain.status == 0, plain.err
    assert "Our improvement plan: news to 30 June 2022" in files[0].read_text()
    with ZipFile(files[1]) as archive:
        assert MOTTO not in archive.read("styles.xml").decode()
    refused = held("report", "mayor", *DAY, "-o", files[0])
    assert "there are ags, annual, " in refused.err
    assert "parishes" in refused.err


def test_nothing_is_written_when_a_figure_differs(
    held: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goldenthread.reporting import composing

    found = (Disagreement("actions.late", (("3", "“Late” of members"), ("2", "“Late actions” of cabinet"))),)
    monkeypatch.setattr(composing, "disagreements", lambda *_: found)
    refused = held("report", "members", *DAY, "-o", tmp_path / "m.html")
    assert refused.status == 2
    assert "actions.late: 3 in “Late” of members; 2 in “Late actions” of cabinet." in refused.err
    assert not (tmp_path / "m.html").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mayor", *DAY, "-o", "m.pdf"), "No report is defined for mayor: there are ags, annual, "),
        (("members", *DAY, "-o", "m.txt"), "m.txt: reports are written as .docx, .odt"),
        (("members", "-o", "m.pdf"), "Give the cut-off with --as-at DATE"),
        (("members", "--as-at", "1 June 2022", "-o", "m.pdf"), "took effect on 7 June 2022"),
        (("members", *DAY, "--known-at", "999", "-o", "m.pdf"), "There is no revision 999 yet"),
        (("reviewer", *DAY, "-o", "m.pdf"), "Say whose pack it is: reviewer:NAME"),
        (("reviewer:Ofsted", *DAY, "-o", "m.pdf"), "No review of the plan is called Ofsted"),
        (("members", *DAY, "--fill", "weather", "-o", "m.pdf"), "names no blank"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(
    held: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = held("report", *words)
    assert refused.status in (2, 3)
    assert said in refused.err
    assert list(tmp_path.glob("m.*")) == []
