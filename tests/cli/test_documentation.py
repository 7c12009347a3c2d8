"""docs/commands.md names every command and every option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.needs import CHECKOUT

from goldenthread.cli import failures
from goldenthread.cli.main import cli

PAGE = Path(CHECKOUT, "docs", "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## goldenthread ([\w-]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_command_has_a_section_and_no_other() -> None:
    assert SECTIONS.keys() == cli.commands.keys()


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_is_explained(name: str) -> None:
    options = {word for option in cli.commands[name].params for word in option.opts if word.startswith("-")}
    synopsis, explained = SECTIONS[name].strip().split("\n", 1)
    described = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", explained))
    assert options <= described
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", SECTIONS[name])) <= options
    for option in cli.commands[name].params:
        assert any(word in synopsis for word in option.opts) or option.param_type_name == "argument"


def test_options_of_the_whole_are_explained() -> None:
    introduction = PAGE.split("## Exit status")[0]
    assert all(f"`{option.opts[0]}`" in introduction for option in cli.params)


def test_every_exit_status_is_explained() -> None:
    table = PAGE.split("## Exit status")[1].split("## goldenthread")[0]
    statuses = {value for name, value in vars(failures).items() if name.isupper() and isinstance(value, int)}
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == {0, *statuses}
