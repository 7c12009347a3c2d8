"""`goldenthread issued`: the list, the files as issued, and making them again."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from .conftest import Invoke


def issue_a_report() -> dict[str, str]:
    """A bulletin for staff, issued, and a draft; the hashes of its files by their endings."""
    from support.held_reports import drafted, issued

    from goldenthread.record.actor import Actor
    from goldenthread.record.models import Role
    from goldenthread.record.services.councils import council_register
    from goldenthread.record.services.plans import plans

    council = council_register()[0].id
    officer = Actor(council=council, role=Role.PMO, name="test")
    plan = plans(council)[0].slug
    held = issued(officer, "staff", date(2022, 6, 30), plan=plan)
    drafted(officer, "cabinet", date(2022, 6, 30), plan=plan)
    return {each.format.value: each.sha256 for each in held.files}


def test_issued_reports_are_listed_taken_and_made_again(held: Invoke, tmp_path: Path) -> None:
    assert held("issued").out == "No report was drafted or issued yet.\n"
    hashes = issue_a_report()
    draft, issued = held("issued").out.splitlines()
    assert draft.split() == ["2", "cabinet", "2022-06-30", "draft", "-", "-"]
    assert issued.split()[:5] == ["1", "staff", "2022-06-30", "issued", "2022-11-07"]
    assert len(issued.split()[5]) == 64
    files = [tmp_path / f"staff.{ending}" for ending in ("docx", "pdf")]
    taken = held("issued", "1", *(word for file in files for word in ("-o", file)))
    assert taken.status == 0, taken.err
    for file in files:
        assert hashlib.sha256(file.read_bytes()).hexdigest() == hashes[file.suffix[1:]]
    again = held("issued", "1", "--again")
    assert again.status == 0, again.out
    assert [line.split(":")[0] for line in again.out.splitlines()][:8] == ["plan", *hashes]
    assert again.out.count(": the same, ") == 8


def test_what_cannot_be_had_is_said_in_words(held: Invoke, tmp_path: Path) -> None:
    issue_a_report()
    for asked, status, said in (
        (("issued", "--again"), 2, "give its NUMBER"),
        (("issued", "7"), 2, "has no report 7"),
        (("issued", "2", "--again"), 2, "is not issued"),
        (("issued", "1", "-o", tmp_path / "staff.exe"), 3, "reports are written as"),
    ):
        done = held(*asked)
        assert done.status == status, (asked, done.status)
        assert said in done.err, asked


def test_a_file_that_is_not_what_was_issued_is_named(held: Invoke, tmp_path: Path) -> None:
    hashes = issue_a_report()
    from goldenthread.record.files.storage import path_of

    path_of(hashes["pdf"]).write_bytes(b"tampered with")
    refused = held("issued", "1", "-o", tmp_path / "staff.pdf")
    assert refused.status == 2
    assert f"{hashes['pdf']} is missing or damaged" in refused.err
    assert not (tmp_path / "staff.pdf").exists()
