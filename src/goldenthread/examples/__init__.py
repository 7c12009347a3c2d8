"""The example plan that a first run opens: a real council's published facts, in this project's words."""

from pathlib import Path

__all__ = ["example_plan_path"]


def example_plan_path() -> Path:
    """Where the example plan lies: a text file in the layout of the plan published in June 2022."""
    return Path(__file__).with_name("improvement-plan-2022.txt")
