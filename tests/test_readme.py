"""The README says what is so."""

from __future__ import annotations

import re

import pytest

from planner.cli.main import COMMANDS
from tests.readme import PICTURE, README, with_keys

TEXT = README.read_text(encoding="utf-8")


def test_its_keys_are_those_of_the_registry() -> None:
    assert with_keys(TEXT) == TEXT, "run `python -m tests.readme`"


def test_its_picture_is_there() -> None:
    assert PICTURE.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", re.findall(r"`planner (\w+)", TEXT))
def test_every_command_it_names_exists(name: str) -> None:
    assert name in COMMANDS


def test_every_command_is_in_it() -> None:
    named = [name for name in COMMANDS if re.search(rf"`(planner )?{name}\b", TEXT)]
    assert [name for name in COMMANDS if name not in named and name != "open"] == []
