"""The folder is replaced as a whole, and nobody else’s folder ever is."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.reporting.public.folder import MARKER, NotOurs, write_folder


def test_a_folder_holds_the_new_files_and_no_old_ones(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    write_folder(folder, {"index.html": b"one", "actions/A1/index.html": b"1"})
    write_folder(folder, {"index.html": b"two"})
    assert {path.name for path in folder.rglob("*")} == {"index.html", MARKER}
    assert (folder / "index.html").read_bytes() == b"two"
    assert [path.name for path in folder.parent.iterdir()] == ["site"], "nothing is left beside it"


def test_an_empty_folder_may_be_used_and_one_of_others_not(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", {"a": b""})
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", {"a": b""})
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "mother.jpg").write_bytes(b"dear")
    with pytest.raises(NotOurs, match="left alone"):
        write_folder(photos, {"a": b""})
    assert (photos / "mother.jpg").read_bytes() == b"dear"
    (tmp_path / "link").symlink_to(photos)
    (tmp_path / "file").write_text("x")
    for odd in ("link", "file"):
        with pytest.raises(NotOurs, match="not a folder"):
            write_folder(tmp_path / odd, {"a": b""})


def test_a_failure_leaves_the_old_pages(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, {"index.html": b"old"})
    with pytest.raises(ValueError, match="outside"):
        write_folder(folder, {"index.html": b"new", "../stray.html": b""})
    assert (folder / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
