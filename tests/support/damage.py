"""Damage to the text of a plan, as transport, conversion and people do it: always the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from support.layouts import chapters

ODDITIES = (
    "\u200b", "\ufffd", "🎉", "\u202e", "\x0c", "\u2028", "<", ">", "|", "**", "[x](y)", "&amp;", "–", "(((", "2022",
    "Autumn", "\\", "\x01", "<ul>", "\u00a0", "0", "TBC", ":",
)  # fmt: skip


def damaged(text: str, seed: int) -> str:
    """Two of the plan's themes, or all of it, with one to six kinds of damage."""
    random = Random(seed)
    if random.random() < 0.8:
        before, themes = chapters(text)
        text = before[-2000:] + "\n\n".join(random.sample(themes, 2))
    lines = text.split("\n")
    for _ in range(random.randint(1, 6)):
        if len(lines) > 3:
            random.choice(KINDS)(lines, random)
    return "\n".join(lines)


def _row(lines: list[str], random: Random) -> int:
    rows = [number for number, line in enumerate(lines) if "\t" in line]
    return random.choice(rows or [0])


def _lines_deleted(lines: list[str], random: Random) -> None:
    start = random.randrange(len(lines))
    del lines[start : start + random.randint(1, len(lines) // 4)]


def _tabs_removed(lines: list[str], random: Random) -> None:
    row = _row(lines, random)
    lines[row] = lines[row].replace("\t", " ", random.randint(1, 3))


def _tabs_added(lines: list[str], random: Random) -> None:
    row = random.choice([_row(lines, random), random.randrange(len(lines))])
    place = random.randint(0, len(lines[row]))
    lines[row] = lines[row][:place] + "\t" * random.randint(1, 4) + lines[row][place:]


def _cells_emptied(lines: list[str], random: Random) -> None:
    for _ in range(8):
        row = _row(lines, random)
        cells = lines[row].split("\t")
        cells[random.randrange(len(cells))] = ""
        lines[row] = "\t".join(cells)


def _cells_shuffled(lines: list[str], random: Random) -> None:
    row = _row(lines, random)
    cells = lines[row].split("\t")
    random.shuffle(cells)
    lines[row] = "\t".join(cells)


def _cut_off(lines: list[str], random: Random) -> None:
    end = random.randrange(len(lines))
    lines[end:] = [lines[end][: random.randint(0, len(lines[end]))]]


def _odd_characters(lines: list[str], random: Random) -> None:
    for _ in range(20):
        line = random.randrange(len(lines))
        place = random.randint(0, len(lines[line]))
        lines[line] = lines[line][:place] + random.choice(ODDITIES) + lines[line][place:]


def _noise(lines: list[str], random: Random) -> None:
    lines[random.randrange(len(lines))] = "".join(chr(random.randrange(1, 0x3000)) for _ in range(200))


def _huge_line(lines: list[str], random: Random) -> None:
    line = random.choice([_row(lines, random), random.randrange(len(lines))])
    lines[line] = (lines[line] + " ") * random.choice([20, 100])


def _many_bullets(lines: list[str], random: Random) -> None:
    place = random.randrange(len(lines))
    lines[place:place] = [f"- ▶ Strategy {number} approved" for number in range(random.choice([10, 2000]))]


def _lines_doubled(lines: list[str], random: Random) -> None:
    start = random.randrange(len(lines))
    lines[start:start] = lines[start : start + random.randint(1, 60)]


def _lines_joined(lines: list[str], random: Random) -> None:
    start = random.randrange(len(lines))
    lines[start : start + 4] = [" ".join(lines[start : start + 4])]


KINDS: tuple[Callable[[list[str], Random], None], ...] = (
    _lines_deleted, _tabs_removed, _tabs_added, _cells_emptied, _cells_shuffled, _cut_off, _odd_characters, _noise,
    _huge_line, _many_bullets, _lines_doubled, _lines_joined,
)  # fmt: skip
