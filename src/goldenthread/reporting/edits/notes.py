"""What an edited file says beside its text: the comments in its margin, whose tracked changes it has, and its stamp."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from xml.etree import ElementTree

from goldenthread.documents import SourceFormat
from goldenthread.documents.archives import check_archive
from goldenthread.documents.limits import damaged
from goldenthread.plan.days import MONTH_NAMES
from goldenthread.reporting.edits.passages import office_format

_STAMP = re.compile(
    r"(?:(?:Draft (?P<version>\d{1,6}) of report|Report) (?P<number>\d{1,6})(?:, not issued)? · )?"
    rf"As at (?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTH_NAMES)}) (?P<year>\d{{4}}) · "
    r"Known at change (?P<revision>\d{1,9}) · Record (?P<hash>[0-9a-f]{8,64})"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin: who made it, when, on which words (empty: on none in particular), and what it says."""

    author: str
    on: date | None
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """How many tracked insertions and deletions somebody left in the file."""

    author: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class SentStamp:
    """What the footer says of where the file comes from. `number` and `version` are those of a report on the record."""

    as_at: date
    revision: int
    hash: str
    number: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """All of that; `stamp` is None where no footer has one."""

    remarks: tuple[Remark, ...]
    tracked: tuple[Tracked, ...]
    stamp: SentStamp | None


def notes_in(content: bytes, name: str) -> Notes:
    """What a Word document or OpenDocument text says beside its text. Comments come in the order of the text.

    Raises:
        DocumentError: it is no such file, or locked, damaged or too much.
    """
    format_ = office_format(content, name)
    check_archive(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _in_word(archive) if format_ is SourceFormat.DOCX else _in_open(archive)
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise damaged(name, "Word document or OpenDocument text", str(error)) from error


@dataclass
class _Comment:
    """A comment as far as it has been read: its own words, and those that it is about."""

    author: str = ""
    on: date | None = None
    said: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)

    @property
    def remark(self) -> Remark:
        paragraphs = (" ".join(line.split()) for line in "".join(self.said).split("\n"))
        text = "\n".join(line for line in paragraphs if line)
        return Remark(self.author or "Somebody", self.on, " ".join("".join(self.about).split()), text)


class _Target:
    """Takes the parts of an XML file as they come (`xml.etree.ElementTree.XMLParser`); tags without their namespace."""

    def __init__(self) -> None:
        self.comments: dict[str, _Comment] = {}
        self.tracked: Counter[tuple[str, str]] = Counter()
        self._above: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._above.append(name)
        self.opened(name, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._above.pop()
        self.closed(tag.rpartition("}")[2])

    def close(self) -> _Target:
        return self

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def closed(self, name: str) -> None:
        raise NotImplementedError

    def data(self, words: str) -> None:
        raise NotImplementedError


class _Word(_Target):
    """`word/comments.xml`, then `word/document.xml` (ISO/IEC 29500-1, 17.13.4 and 17.13.5)."""

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, _Comment] = {}
        self._within: _Comment | None = None
        self.order: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        number = attributes.get("id", "")
        match name:
            case "comment":
                day = _day(attributes.get("date", ""))
                self._within = self.comments[number] = _Comment(attributes.get("author", ""), day)
            case "commentRangeStart" if number in self.comments:
                self._open[number] = self.comments[number]
            case "commentRangeEnd":
                self._open.pop(number, None)
            case "commentReference":
                self.order.append(number)
            case "ins" | "del" if attributes.get("author") and self._above[-2:-1] != ["rPr"]:
                self.tracked[attributes["author"], name] += 1

    def closed(self, name: str) -> None:
        if name == "comment":
            self._within = None
        if name in ("p", "tab", "br"):
            self._add("\n" if name == "p" else " ")

    def data(self, words: str) -> None:
        if self._above[-1] == "t":
            self._add(words)

    def _add(self, words: str) -> None:
        if self._within:
            self._within.said.append(words)
        else:
            for comment in self._open.values():
                comment.about.append(words)


class _Open(_Target):
    """`content.xml` of OpenDocument (ISO/IEC 26300-1, 5.5 change tracking, 14.1 annotations)."""

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, _Comment] = {}
        self._within: tuple[str, _Comment] | None = None
        self._change = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "annotation":
                key = attributes.get("name") or f"without a name {len(self.comments)}"
                self._within = key, _Comment()
                self.comments[key] = self._within[1]
            case "annotation-end":
                self._open.pop(attributes.get("name", ""), None)
            case "insertion" | "deletion":
                self._change = name

    def closed(self, name: str) -> None:
        if name == "annotation" and self._within:
            key, comment = self._within
            self._within = None
            if not key.startswith("without a name"):
                self._open[key] = comment
        elif name in ("p", "h") and self._within:
            self._within[1].said.append("\n")
        elif name in ("p", "h", "s", "tab", "line-break"):
            self.data(" ")

    def data(self, words: str) -> None:
        last = self._above[-1] if self._above else ""
        if "tracked-changes" in self._above:
            if last == "creator":
                self.tracked[words.strip(), "ins" if self._change == "insertion" else "del"] += 1
        elif self._within:
            self._annotate(self._within[1], last, words)
        else:
            for comment in self._open.values():
                comment.about.append(words)

    def _annotate(self, comment: _Comment, tag: str, words: str) -> None:
        match tag:
            case "creator":
                comment.author += words
            case "date":
                comment.on = _day(words) or comment.on
            case "creator-initials" | "date-string":
                pass
            case _:
                comment.said.append(words)


_T = TypeVar("_T", bound=_Target)


def _read(archive: zipfile.ZipFile, part: str, target: _T) -> _T:
    if part in archive.namelist():
        parser = ElementTree.XMLParser(target=target)
        parser.feed(archive.read(part))
        parser.close()
    return target


def _in_word(archive: zipfile.ZipFile) -> Notes:
    found = _Word()
    for part in ("word/comments.xml", "word/document.xml"):
        _read(archive, part, found)
    listed = dict.fromkeys([*(each for each in found.order if each in found.comments), *found.comments])
    footers = [name for name in archive.namelist() if re.fullmatch(r"word/(?:footer|header)\w*\.xml", name)]
    return _notes(found, [found.comments[each] for each in listed], archive, footers)


def _in_open(archive: zipfile.ZipFile) -> Notes:
    found = _read(archive, "content.xml", _Open())
    return _notes(found, list(found.comments.values()), archive, ["styles.xml"])


def _notes(found: _Target, comments: list[_Comment], archive: zipfile.ZipFile, footers: list[str]) -> Notes:
    authors = sorted({author for author, _ in found.tracked})
    tracked = (Tracked(each, found.tracked[each, "ins"], found.tracked[each, "del"]) for each in authors)
    stamps = (_stamp(archive.read(name)) for name in footers)
    remarks = (comment.remark for comment in comments)
    return Notes(
        tuple(each for each in remarks if each.text),
        tuple(tracked),
        next((one for one in stamps if one), None),
    )


def _stamp(xml: bytes) -> SentStamp | None:
    words = " ".join("".join(ElementTree.fromstring(xml).itertext()).split())
    found = _STAMP.search(words)
    if found is None:
        return None
    day = date(int(found["year"]), MONTH_NAMES.index(found["month"]) + 1, int(found["day"]))
    number, version = (int(found[each]) if found[each] else None for each in ("number", "version"))
    return SentStamp(day, int(found["revision"]), found["hash"], number, version)


def _day(printed: str) -> date | None:
    try:
        return date.fromisoformat(printed.strip()[:10])
    except ValueError:
        return None
