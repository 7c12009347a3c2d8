"""For every test: under CI nothing is skipped; where two processes share the tests, each file stays whole."""

from collections.abc import Generator
from typing import TypeVar

import pytest
from support.needs import under_ci

pytest_plugins = ["plugins.database", "plugins.browsing"]
PAGES = {"browser", "loaded", "counted_councils"}
"""Fixtures that take long to make: the tests that use them go to one process."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests stay together when several processes share them (`-n 2 --dist loadgroup`)."""
    for item in items:
        folder, file = item.path.parent.name, str(item.path)
        looks = PAGES & set(getattr(item, "fixturenames", ()))
        item.add_marker(
            pytest.mark.xdist_group("pages" if looks else folder if folder == "embedded" else file)
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_if_skipped((yield))


def _failed_if_skipped(report: Report) -> Report:
    if under_ci() and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Under CI nothing may be skipped. {reason}"
    return report
