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
    module, content, options, limits = marshal.loads(sys.stdin.buffer.read())
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(Path(__file__).parent))
    extraction = importlib.import_module(module)
    _bound(limits)
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
        answer = ("damaged", f"{error}" or type(error).__name__)
    sys.stdout.buffer.write(marshal.dumps(answer))


def _bound(limits: dict[str, int]) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits; there the waiting time is the limit
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
