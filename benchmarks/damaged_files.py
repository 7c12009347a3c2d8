"""Damage real documents thousands of times, and read each.

    python benchmarks/damaged_files.py FOLDER [--each 2000] [--ending pdf]

Prints for each format how many damaged copies were read, how many were refused in a sentence, how long the slowest took
to compute and how much memory was used at most. Anything else that happens ends the run with the seed that shows it.
The damage is that of tests/support/damaged_files.py: flipped bytes, cuts, splices, odd XML, numbers and cells.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.damaged_files import damaged

from goldenthread.documents import DocumentError, document_from_bytes
from goldenthread.reading import NoPlanError, read_plan

ENDINGS = ("docx", "odt", "pdf", "xlsx", "csv", "html", "rtf", "xls", "ods", "md", "txt")
MOST_MEMORY, LONGEST = 512 * 2**20, 10.0


def computing_time() -> float:
    """How many seconds we and the programs that we started have computed."""
    return sum(os.times()[:4])


def main() -> None:
    """Damage, read and count."""
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--each", type=int, default=2000, help="damaged copies of each format")
    wanted.add_argument("--ending", choices=ENDINGS, action="append")
    chosen = wanted.parse_args()
    by_ending: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(chosen.folder.rglob("*")):
        if path.is_file() and (ending := path.suffix[1:].lower()) in (chosen.ending or ENDINGS):
            by_ending[ending].append(path)
    for ending, paths in by_ending.items():
        print(_tried(ending, paths, chosen.each), flush=True)


def _tried(ending: str, paths: list[Path], each: int) -> str:
    sound = {path: path.read_bytes() for path in paths}
    read = refused = plans = 0
    slowest = 0.0
    for seed, path in _paired(paths, each):
        began = computing_time()
        try:
            document = document_from_bytes(damaged(sound[path], seed), path.name)
            read += 1
            read_plan(document)
            plans += 1
        except DocumentError as error:
            refused += 1
            _hold_to_one_sentence(str(error), path, seed)
        except NoPlanError as error:
            _hold_to_one_sentence(str(error), path, seed)
        took = computing_time() - began
        if took > LONGEST:
            raise SystemExit(f"{path.name}, seed {seed}: computed for {took:.1f} s.")
        slowest = max(slowest, took)
    peak = max(
        resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    if peak * 1024 > MOST_MEMORY:
        raise SystemExit(f"{ending}: {peak / 1024:.0f} MB of memory were used.")
    return (
        f"{ending:5} {len(paths):3} files, {each} damaged: {refused} refused, {read} read, {plans} of them a plan; "
        f"slowest {slowest:.1f} s, peak {peak / 1024:.0f} MB"
    )


def _paired(paths: list[Path], each: int) -> Iterator[tuple[int, Path]]:
    return zip(range(each), cycle(paths), strict=False)


def _hold_to_one_sentence(message: str, path: Path, seed: int) -> None:
    if "\n" in message or len(message) > 400 or not message.endswith("."):
        raise SystemExit(f"{path.name}, seed {seed}: this is no clear sentence: {message!r}")


if __name__ == "__main__":
    main()
