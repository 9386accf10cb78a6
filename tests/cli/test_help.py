"""`planner help`: pages in a terminal, found by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.cli.main import COMMANDS
from tests.cli.conftest import Run

PAGES = sorted((Path(planner.__file__).parent / "cli" / "topics").glob("*.md"))
ASKED_FOR = ("commands", "keys", "filters", "rules", "format", "configuration", "git", "ci")


def test_the_list_has_every_page_with_its_title(run: Run) -> None:
    ran = run("help")
    listed = dict(line.split(maxsplit=1) for line in ran.out.splitlines() if line[:2] == "  ")
    assert listed == {page.stem: page.read_text("utf-8").split("\n")[0][2:] for page in PAGES}
    assert set(ASKED_FOR) <= set(listed)
    assert (ran.code, ran.err) == (0, "")
    assert all(len(line) <= 80 for line in ran.out.splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_fits_a_terminal_of_eighty_columns(run: Run, page: Path) -> None:
    ran = run("help", page.stem)
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []
    assert "<!--" not in ran.out
    assert ran.out.splitlines()[0] == page.read_text("utf-8").split("\n")[0]
    assert run("help", page.stem.upper()).out == ran.out


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("filtres", "filters"), ("key", "keys"), ("gti", "git"), ("troubleshoot", "troubleshooting")],
)
def test_a_page_that_is_not_there_names_the_nearest(run: Run, typed: str, nearest: str) -> None:
    ran = run("help", typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"`planner help {nearest}`" in ran.err


def test_a_word_that_is_near_nothing_names_the_list(run: Run) -> None:
    ran = run("help", "zzz")
    assert (ran.code, ran.out) == (2, "")
    assert "`planner help`" in ran.err


@pytest.mark.parametrize("name", sorted({*COMMANDS} - {page.stem for page in PAGES}))
def test_a_command_is_explained_as_it_explains_itself(run: Run, name: str) -> None:
    assert run("help", name).out == run(name, "--help").out
