"""What is installed is pinned by hash, from no particular registry."""

import re
import tomllib
from importlib.metadata import version

import pytest
from support.needs import CHECKOUT

import goldenthread

LISTS = sorted((CHECKOUT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.name)
def test_requirements_are_pinned_by_hash_and_name_no_registry(path):
    requirements = re.split(r"(?<!\\)\n", re.sub(r"(?m)^\s*#.*\n", "", path.read_text()).strip())
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement
        assert "://" not in requirement
        assert not re.search(r"--(?!hash=)", requirement), requirement


def test_every_dependency_is_pinned():
    """A dependency added to pyproject.toml without `make lock` would not be there after `make run`."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    for wanted, name in (
        (project["project"]["dependencies"], "run.txt"),
        (project["project"]["dependencies"] + project["dependency-groups"]["dev"], "dev.txt"),
        (project["build-system"]["requires"], "tools.txt"),
    ):
        pinned = re.findall(r"(?m)^([a-z0-9-]+)", (CHECKOUT / "requirements" / name).read_text())
        names = {re.split(r"[\[<>=,]", dependency)[0] for dependency in wanted}
        assert names <= set(pinned)


def test_what_is_installed_is_this_version():
    assert version("goldenthread") == goldenthread.__version__
