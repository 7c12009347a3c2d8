"""Runs one extraction: a job comes in on standard input, what was found goes out on standard output."""

from __future__ import annotations

import contextlib
import importlib
import logging
import marshal
import sys
import warnings
from pathlib import Path
from typing import Any


def main() -> None:
    """Bound this process, then do the job."""
    module, content, options, memory = marshal.loads(sys.stdin.buffer.read())
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(Path(__file__).parent))
    extraction = importlib.import_module(module)
    _bound(memory)
    try:
        answer: tuple[str, Any] = ("found", extraction.extract(content, *options))
    except MemoryError:
        answer = ("memory", "")
    except RecursionError:
        answer = ("damaged", "it is nested too deeply")
    except extraction.Refusal as refusal:
        answer = ("says", str(refusal))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Rust is no Exception
        out_of_memory = "allocate" in f"{error}".lower()  # as zlib says it
        answer = ("memory", "") if out_of_memory else ("damaged", f"{error}" or type(error).__name__)
    sys.stdout.buffer.write(marshal.dumps(answer))


def _bound(memory: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
