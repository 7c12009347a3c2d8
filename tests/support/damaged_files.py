"""Damage to files of any format, as transport, storage and bad programs do it: always the same for the same seed."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

_ODD_NUMBERS = (b"0", b"-1", b"65535", b"2147483648", b"99999999999999999999", b"1e309", b"NaN")
_ODD_XML = (
    b"<", b"&", b"]]>", b"<!ENTITY a 'b'>", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"\x00", b"\xff\xfe", b"<b>" * 300,
    b"&lol;", b"<?xml version='1.1'?>", b"\xed\xa0\x80",
)  # fmt: skip
_ODD_WORDS = (
    "\u202e", "\u200b", "🎉", "=cmd|' /C calc'!A0", "x" * 40_000, "\ufffd", "< Select >", "1900-02-30",
)  # fmt: skip
_TELLING = re.compile(r"document|content|sheet|workbook|shared|styles")


def damaged(content: bytes, seed: int) -> bytes:
    """The file with one to four kinds of damage."""
    random = Random(seed)
    inside = content.startswith(b"PK\x03\x04") and random.random() < 0.8
    kinds = [_part_damaged] if inside else [_flipped, _cut, _spliced, _overwritten, _number_changed]
    for _ in range(random.randint(1, 4)):
        content = random.choice(kinds)(content, random) or b"x"
    return content


def _flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 3, 30))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:start] if random.random() < 0.4 else content[:start] + content[end:]


def _spliced(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    piece = content[start : min(end, start + 5000)] * random.choice((1, 2, 20))
    place = random.randrange(len(content) + 1)
    return content[:place] + piece + content[place:]


def _overwritten(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(_ODD_XML) + content[place + random.randrange(20) :]


def _number_changed(content: bytes, random: Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", content))
    if not numbers:
        return content
    number = random.choice(numbers)
    return content[: number.start()] + random.choice(_ODD_NUMBERS) + content[number.end() :]


def _part_damaged(content: bytes, random: Random) -> bytes:
    """One of the files packed in it damaged, with the archive around it sound; or missing, or there twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:
        return _flipped(content, random)
    if not parts:
        return content
    telling = [number for number, (name, _) in enumerate(parts) if _TELLING.search(name)]
    place = random.choice(telling or range(len(parts)))
    name, inner = parts[place]
    match random.randrange(10):
        case 0:
            del parts[place]
        case 1:
            parts.append((name, inner))
        case 2:
            parts[place] = (name, _tag_moved(inner, random))
        case 3:
            parts[place] = (name, _words_changed(inner, random))
        case _:
            kinds = (
                _flipped,
                _cut,
                _spliced,
                _overwritten,
                _number_changed,
                _number_changed,
                _tag_moved,
                _words_changed,
            )
            parts[place] = (name, random.choice(kinds)(inner, random) if inner else b"<")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (part, body) in enumerate(parts):
            twice = part in archive.namelist()
            archive.writestr(f"{number}{part}" if twice else part, body)
    return written.getvalue()


def _tag_moved(content: bytes, random: Random) -> bytes:
    tags = list(re.finditer(rb"<[^<>]{1,200}>", content))
    if len(tags) < 2:
        return content
    tag, other = random.sample(tags, 2)
    without = content[: tag.start()] + content[tag.end() :]
    place = min(other.start(), len(without))
    return without if random.random() < 0.5 else without[:place] + tag[0] + without[place:]


def _words_changed(content: bytes, random: Random) -> bytes:
    words = list(re.finditer(rb">[^<>]{3,}<", content))
    if not words:
        return content
    word = random.choice(words)
    odd = random.choice(_ODD_WORDS).encode().replace(b"<", b"&lt;")
    return content[: word.start() + 1] + odd + content[word.end() - 1 :]
