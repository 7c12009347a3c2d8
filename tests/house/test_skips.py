"""Under CI a skipped test is a failed one, whether the test, its fixture or its whole module skips."""

import pytest
from support.needs import CHECKOUT

pytest_plugins = "pytester"

TESTS = """
    import pytest
    from support.needs import require_data, require_tool

    @pytest.fixture
    def plan():
        return require_data("plans/never-published.txt")

    def test_tool():
        require_tool("no-such-program")

    def test_data(plan):
        pass

    def test_that_needs_nothing():
        pass

    @pytest.mark.xfail(strict=True)
    def test_known_to_fail():
        raise AssertionError
"""


@pytest.fixture(autouse=True)
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT / "tests"))
    pytester.makeconftest((CHECKOUT / "tests" / "conftest.py").read_text())
    pytester.makepyfile(test_some=TESTS)


def test_elsewhere_what_is_missing_is_skipped(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    done = pytester.runpytest_subprocess("-rs")
    done.assert_outcomes(passed=1, skipped=2, xfailed=1)
    done.stdout.fnmatch_lines_random(["*no-such-program*", "*never-published.txt*"])


def test_under_ci_it_fails(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(test_module='import pytest\npytest.skip("all of it", allow_module_level=True)')
    done = pytester.runpytest_subprocess("--continue-on-collection-errors")
    done.assert_outcomes(passed=1, failed=1, errors=2, xfailed=1)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
