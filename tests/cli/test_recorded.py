"""What is recorded on links and by teams goes with them only where somebody asks for just that."""

from __future__ import annotations

import shlex
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.session.session import Session
from planner.text.edits import SetKey
from tests.cli.conftest import Run

PLAN = """\
[roadmap]
status_date = 2027-03-01
[teams.legal]
[initiatives.api]
estimate = "2w"
[initiatives.web]
estimate = "1w"
needs = [{ on = "api", agreed = 2027-02-01, promised = 2027-03-12 }, "tags"]
reviews = { legal = 2027-01-11 }
[initiatives.tags]
estimate = "1w"
"""
COUNTER = PLAN.replace("agreed = 2027-02-01", 'counter = { by = "it", promised = 2027-04-01 }')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def web(path: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))["initiatives"]["web"]
    return table


@pytest.mark.parametrize(
    ("text", "words", "named"),
    [
        (PLAN, ("unlink", "api", "web"), ("agreed 2027-02-01", "promised 2027-03-12")),
        (COUNTER, ("unlink", "api", "web"), ("counter", "promised 2027-03-12")),
        (PLAN, ("remove", "api"), ("initiatives.web.needs", "agreed 2027-02-01")),
        (PLAN, ("remove", "legal"), ("initiatives.web.reviews", "legal 2027-01-11")),
    ],
)
def test_what_is_recorded_is_named_and_stays(
    run: Run, path: Path, text: str, words: tuple[str, ...], named: tuple[str, ...]
) -> None:
    path.write_text(text, encoding="utf-8")
    refused = run(*words, "-r", str(path))
    assert (refused.code, refused.out, path.read_text("utf-8")) == (2, "", text)
    assert all(each in refused.err for each in (*named, "--take-back"))
    assert run(*words, "--take-back", "-r", str(path)).code == 0
    left = web(path)
    gone = "reviews" not in left if "legal" in words else left["needs"] == ["tags"]
    assert gone


@pytest.mark.parametrize("words", [("unlink", "tags", "web"), ("remove", "tags")])
def test_what_nobody_said_anything_about_just_goes(
    run: Run, path: Path, words: tuple[str, ...]
) -> None:
    assert run(*words, "-r", str(path)).code == 0
    assert [one["on"] for one in web(path)["needs"]] == ["api"]


def test_a_shown_command_takes_back_what_the_edit_does(run: Run, path: Path) -> None:
    # What is dated in the future counts for nothing, and stands in the file all the same.
    for day in (date(2027, 3, 1), date(2026, 1, 5)):
        path.write_text(PLAN.replace(", promised = 2027-03-12", ""), encoding="utf-8")
        session = Session.open(path, day)
        session.apply(SetKey("initiatives", "web", ("needs",), ["tags"]))
        command = session.history.last_command()
        assert command == "planner unlink api web --take-back"
        assert run(*shlex.split(command)[1:], "-r", str(path), "--as-of", str(day)).code == 0
        assert Session.open(path).plan.tables == session.plan.tables


SAID = """\
[roadmap]
status_date = 2027-03-01
[initiatives.web]
consulted = ["legal"]
reviews = { legal = 2027-01-11 }
[agreements.mail]
agreed = { marketing = 2027-01-04 }
"""


@pytest.mark.parametrize(
    ("words", "was", "new"),
    [
        (("web", "--review", "--by", "legal"), "legal = 2027-01-11", "legal = 2027-03-01"),
        (("mail", "--by", "marketing"), "marketing = 2027-01-04", "marketing = 2027-03-01"),
    ],
)
def test_what_was_said_keeps_its_day_unless_it_is_said_again(
    run: Run, path: Path, words: tuple[str, ...], was: str, new: str
) -> None:
    path.write_text(SAID, encoding="utf-8")
    told = run("agree", *words, "-r", str(path))
    assert (told.code, path.read_text("utf-8")) == (0, SAID)
    assert was.split(" = ")[1] in told.err
    assert "--again" in told.err
    assert run("agree", *words, "--again", "-r", str(path)).code == 0
    assert path.read_text("utf-8") == SAID.replace(was, new)
