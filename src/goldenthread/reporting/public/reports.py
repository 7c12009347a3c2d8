"""Issued reports on the public pages: which there are, and whether what one says may go out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser

from goldenthread.reporting.letter.model import Letter
from goldenthread.reporting.public.marking import marking_in, persons_in
from goldenthread.reporting.report_files import ReportFormat

WORDS = {
    ReportFormat.HTML: "Web page",
    ReportFormat.PDF: "PDF",
    ReportFormat.DOCX: "Word",
    ReportFormat.ODT: "OpenDocument text",
    ReportFormat.CSV: "Its tables as CSV, in an archive",
    ReportFormat.XLSX: "Its tables as an Excel workbook",
    ReportFormat.ODS: "Its tables as an OpenDocument workbook",
}
"""What each format is called, in the order in which pages offer them."""
_EXCERPT = 100
_PARAGRAPH_END = re.compile(rb"</(?:w:p|text:p|text:h)>")
_TAG = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file as it was issued: its format, the hash of its content, and its size in bytes."""

    format: ReportFormat
    sha256: str
    size: int

    @property
    def media_type(self) -> str:
        """What it is called on the web."""
        encoding = "; charset=utf-8" if self.format is ReportFormat.HTML else ""
        return f"{self.format.media_type}{encoding}"

    @property
    def size_words(self) -> str:
        """How large it is: "84 KB"."""
        kilobytes = max(1, round(self.size / 1000))
        return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{kilobytes} KB"


@dataclass(frozen=True, slots=True)
class PublicReport:
    """An issued report that an officer made public. `published_on` is None once it was taken back."""

    number: int
    title: str
    cut_off: date
    issued_on: date
    published_on: date | None
    files: tuple[PublicFile, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether its page and files are there."""
        return self.published_on is not None

    @property
    def path(self) -> str:
        """The permanent address of its page inside the folder."""
        return f"reports/{self.number}/index.html"

    def path_of(self, file: PublicFile) -> str:
        """Where one of its files is, inside the folder."""
        return f"reports/{self.number}/report.{file.format.value}"

    @property
    def offered(self) -> tuple[tuple[str, str, str], ...]:
        """Its files for its page: words, name beside the page and size, what people read first at the top."""
        order = list(WORDS)
        listed = sorted(self.files, key=lambda each: order.index(each.format))
        return tuple((WORDS[each.format], f"report.{each.format.value}", each.size_words) for each in listed)


def public_among(reports: Sequence[PublicReport]) -> tuple[PublicReport, ...]:
    """Those that are public now, the newest first."""
    return tuple(sorted((each for each in reports if each.is_public), key=lambda each: -each.number))


@dataclass(frozen=True, slots=True)
class Objection:
    """Words of a report that must not go out, or that somebody should look at: where they stand, why, and the words.

    `certain` says that the report cannot be made public with them; where it is because they name a `person`, unless
    an officer decides that this person is meant to be named.
    """

    place: str
    why: str
    excerpt: str
    certain: bool = True
    person: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.why}: “{self.excerpt}”"


@dataclass(frozen=True, slots=True)
class Barred:
    """What no public text may name: persons, and refs of the plan that an officer holds back."""

    persons: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()

    def but_for_signatory(self, letter: Letter | None) -> Barred:
        """The same for a report that is a letter: whoever signs it is meant to be named, anywhere in it."""
        signs = persons_in(letter.head.signatory, self.persons) if letter else ()
        return replace(self, persons=tuple(name for name in self.persons if name not in signs))


def objections(
    contents: Mapping[ReportFormat, bytes], barred: Barred, title: str = ""
) -> tuple[Objection, ...]:
    """What in the files of a report carries a marking or names what is barred, those that are certain first.

    The web page is read as its readers see it; Word and OpenDocument files with their heads and feet, since the
    council's own letterhead may carry a marking.
    """
    found = dict.fromkeys([*_objecting("The title", title, barred), *_objections(contents, barred)])
    return tuple(sorted(found, key=lambda each: not each.certain))


def _objections(contents: Mapping[ReportFormat, bytes], barred: Barred) -> Iterator[Objection]:
    for format_, content in contents.items():
        if format_ is ReportFormat.HTML:
            places: Iterable[tuple[str, str]] = passages(content)
        elif format_.is_office:
            places = ((f"The {WORDS[format_]} file", line) for line in _office_lines(content))
        else:
            continue
        for place, text in places:
            yield from _objecting(place, text, barred)


def _objecting(place: str, text: str, barred: Barred) -> Iterator[Objection]:
    excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"
    if marking := marking_in(text):
        yield Objection(place, f"its text says “{marking.words}”", excerpt, marking.certain)
    for person in persons_in(text, barred.persons):
        yield Objection(place, f"its text names {person}", excerpt, person=person)
    for ref in barred.refs:
        if re.search(rf"\b{re.escape(ref)}\b", text):
            yield Objection(place, f"its text speaks of {ref}, which the public pages hold back", excerpt)


def passages(page: bytes) -> tuple[tuple[str, str], ...]:
    """The texts of a web page with the heading that each stands under, descriptions of drawings too."""
    reader = _Passages()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    reader.end()
    return tuple(reader.found)


class _Passages(HTMLParser):
    """Cuts a page where a block begins or ends; words and marks within a line stay together."""

    _INLINE = frozenset(
        {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup"}
    )
    _HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
    _SILENT = frozenset({"style", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._place = "The head of the report"
        self._words: list[str] = []
        self._in: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._INLINE:
            self.end()
        if tag in self._SILENT | self._HEADINGS:
            self._in = tag
        said = (value for name, value in attrs if name in {"alt", "aria-label", "title"} and value)
        self.found += [(self._place, " ".join(value.split())) for value in said]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._INLINE:
            return
        text = self.end()
        if tag in self._HEADINGS and text:
            self._place = f"Under “{text}”"
        if tag == self._in:
            self._in = None

    def handle_data(self, data: str) -> None:
        if self._in not in self._SILENT:
            self._words.append(data)

    def end(self) -> str:
        """Close the text that was read so far, and give it."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            self.found.append((self._place, text))
        return text


def _office_lines(content: bytes) -> Iterator[str]:
    """Every paragraph of every part of a Word or OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                for part in _PARAGRAPH_END.split(archive.read(name)):
                    if text := " ".join(_TAG.sub(b"", part).decode("utf-8", "replace").split()):
                        yield text
