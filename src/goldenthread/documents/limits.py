"""How much of a file is read. Each limit has its own sentence, so that a person knows what to change."""

from __future__ import annotations

from goldenthread.documents.model import DocumentError

MB = 2**20

LARGEST = 20 * MB
"""The largest file that is read, in bytes."""
LARGEST_UNPACKED = 100 * MB
"""How much a packed file (Word, OpenDocument, workbook, PDF) may hold once it is unpacked, in bytes."""
MOST_ENTRIES = 2_000
"""How many files may be packed into one."""
MOST_PAGES = 200
"""How many pages a PDF may have."""
MOST_ROWS = 50_000
"""How many rows the tables of a document may have in all, empty ones at the end of a sheet left out."""
MOST_CELLS = 1_000_000
"""How many cells the tables of a document may have in all."""
MOST_SECONDS = 8
"""How much computing time the reading of a file may take."""
MOST_WAITING = 30
"""How long a person waits at most, in seconds, on a machine that is busy with other things."""
MOST_MEMORY = 512 * MB
"""How much memory a program that takes a file apart may use, in bytes."""


def too_large(name: str, size: int) -> DocumentError:
    """The file itself is too large."""
    return DocumentError(f"{name} is {size / MB:.0f} MB; the limit is {LARGEST // MB} MB.")


def unpacks_to_too_much(name: str) -> DocumentError:
    """What is packed in the file is too large."""
    return DocumentError(
        f"{name} unpacks to more than {LARGEST_UNPACKED // MB} MB, which is the limit: take pictures out of it."
    )


def too_many(name: str, what: str, limit: int, advice: str) -> DocumentError:
    """More of something than is read."""
    return DocumentError(f"{name} has more than {limit:,} {what}, which is the limit: {advice}.")


def too_slow(name: str) -> DocumentError:
    """The reading was stopped."""
    return DocumentError(
        f"{name} takes more than {MOST_SECONDS} seconds to read, which is the limit: split it, or save it anew."
    )


def too_hungry(name: str) -> DocumentError:
    """The reading needed more memory than is given to it."""
    return DocumentError(
        f"{name} needs more than {MOST_MEMORY // MB} MB of memory to read, which is the limit: split it."
    )


def damaged(name: str, what: str, why: str = "") -> DocumentError:
    """The file begins as what it is and cannot be read to its end."""
    reason = f" ({' '.join(why.split())[:120].rstrip('.')})" if why.strip() else ""
    return DocumentError(
        f"{name} is a damaged {what}{reason}: open it in the program that made it and save it again."
    )
