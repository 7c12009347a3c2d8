"""For every test: under CI nothing is skipped; where two processes share the tests, each file stays whole."""

from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import pytest
from support.needs import under_ci

pytest_plugins = ["plugins.database", "plugins.browsing"]
PAGES = {"browser", "loaded", "counted_councils"}
"""Fixtures that take long to make: the tests that use them go to one process."""

_worked: Counter[str] = Counter()

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests stay together when several processes share them (`-n 2 --dist loadgroup`)."""
    for item in items:
        folder, file = item.path.parent.name, str(item.path)
        looks = PAGES & set(getattr(item, "fixturenames", ()))
        item.add_marker(
            pytest.mark.xdist_group("pages" if looks else folder if folder == "embedded" else file)
        )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _worked[getattr(report, "worker_id", "")] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each process worked: where one ends long before the other, a group of tests is too big."""
    for worker, seconds in sorted(_worked.items()) if len(_worked) > 1 else ():
        terminalreporter.write_line(f"{worker} worked for {seconds / 60:.1f} minutes")


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
