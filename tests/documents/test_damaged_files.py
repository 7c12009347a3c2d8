"""A damaged file is read as far as it makes sense, or refused in a sentence: it never crashes, hangs or eats memory.

GOLDENTHREAD_DAMAGED_FILES=2000 tries so many of each format.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from support.damaged_files import damaged
from support.documents import SHORT_PLAN
from support.saved import converted, saved

from goldenthread.documents import DocumentError, document_from_bytes
from goldenthread.documents.blocks import blocks

COUNT = int(os.environ.get("GOLDENTHREAD_DAMAGED_FILES", "30"))
MOST_MEMORY = 512 * 2**20
LONGEST = 10.0
TESTS = str(Path(__file__).parents[1])


def computing_time() -> float:
    """How many seconds we and the programs that we started have computed: other work of the machine does not count."""
    return sum(os.times()[:4])


def sound(ending: str) -> bytes:
    """A short plan in a sound file."""
    return (
        converted(saved(SHORT_PLAN, "xlsx"), "xlsx", "xls") if ending == "xls" else saved(SHORT_PLAN, ending)
    )


@pytest.mark.parametrize("ending", ["docx", "odt", "html", "rtf", "pdf", "xlsx", "ods", "xls", "csv"])
def test_damaged_files_end_in_blocks_or_in_a_sentence(ending: str) -> None:
    content = sound(ending)
    assert blocks(document_from_bytes(content, f"plan.{ending}"))
    around = os.environ | {"PYTHONPATH": TESTS}
    alone = subprocess.run(
        [sys.executable, __file__], input=content, env=around, capture_output=True, check=False
    )
    assert alone.returncode == 0, alone.stderr.decode()
    refused, peak = map(int, alone.stdout.split())
    assert refused < COUNT, "some files are only scratched"
    assert peak < MOST_MEMORY


def tried(content: bytes) -> tuple[int, int]:
    """How many damaged copies are refused, and the most memory that it took, in bytes.

    Run in a process of its own: what other tests of this process have held would count as well.
    """
    refused = 0
    for seed in range(COUNT):
        file = damaged(content, seed)
        began = computing_time()
        try:
            blocks(document_from_bytes(file, "plan"))
        except DocumentError as error:
            refused += 1
            message = str(error)
            assert message.startswith("plan"), (seed, message)
            assert message.endswith("."), (seed, message)
            assert "\n" not in message, (seed, message)
            assert len(message) < 300, (seed, message)
        assert computing_time() - began < LONGEST, seed
    return refused, max(own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)


def own_peak() -> int:
    """The most memory that this process has held since it began, in bytes: rusage counts its parent's in."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    print(*tried(sys.stdin.buffer.read()))
