"""What a test needs that may not be there: a program, or a file that is not ours to publish.

Without it a test is skipped, and says why. Under CI (CI=true) nothing may be missing: `tests/conftest.py` makes every
skipped test a failed one.
"""

import os
import shutil
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
DATA = CHECKOUT.parent / "shared" / "data"


def under_ci() -> bool:
    """Whether this run decides if a change may go in."""
    return os.environ.get("CI") == "true"


def require_tool(name: str) -> Path:
    """The program of that name, or skip the test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs the program {name}: tools/install-test-tools says how to get it")
    return Path(found)


def require_data(path: str) -> Path:
    """The file or folder `path` of ../shared/data, such as "plans/sandwell-improvement-plan-2022.txt", or skip."""
    found = DATA / path
    if not found.exists():
        pytest.skip(f"needs {path} in ../shared/data, which is not part of the project")
    return found
