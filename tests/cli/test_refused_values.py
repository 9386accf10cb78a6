"""What only the whole plan knows to be wrong is refused before it is written, in the same words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.errors import EditRefused
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RenameId, SetKey
from tests.cli.conftest import Run

PLAN = (
    '[roadmap]\nstart = 2027-03-01\n[checks]\nhorizon = "8w"\n'
    '[calendars.de]\ncountry = "DE"\nregion = "BY"\n'
    '[groups.a]\n[groups.b]\npart_of = "a"\n[initiatives.x]\nestimate = "2w"\n'
)


def bad() -> list[tuple[Edit, str]]:
    """Edits, and the file that says the same."""
    return [
        (SetKey("calendars", "de", ("country",), "XX"), PLAN.replace('"DE"', '"XX"')),
        (SetKey("calendars", "de", ("region",), "ZZ"), PLAN.replace('"BY"', '"ZZ"')),
        (AddTable("calendars", "xx", {"country": "XX"}), f'{PLAN}[calendars.xx]\ncountry = "XX"\n'),
        (SetKey("groups", "a", ("part_of",), "b"), PLAN.replace("s.a]\n", 's.a]\npart_of = "b"\n')),
        (SetKey("groups", "a", ("part_of",), "a"), PLAN.replace("s.a]\n", 's.a]\npart_of = "a"\n')),
        (
            SetKey("checks", "", ("horizon",), {"weeks": 8}),
            PLAN.replace('"8w"', "{ weeks = 8 }"),
        ),
        (SetKey("checks", "", ("horizon",), "soon"), PLAN.replace('"8w"', '"soon"')),
        (SetKey("checks", "", ("horizon",), [8]), PLAN.replace('"8w"', "[8]")),
        (
            SetKey("checks", "", ("assumed_estimate",), {"a": 1}),
            PLAN.replace("[calendars", "assumed_estimate = { a = 1 }\n[calendars"),
        ),
    ]


@pytest.mark.parametrize("number", range(len(bad())))
def test_a_value_that_is_wrong_here_is_refused(run: Run, tmp_path: Path, number: int) -> None:
    edit, text = bad()[number]
    path = tmp_path / "roadmap.toml"
    path.write_text(text)
    findings = json.loads(run("check", str(path), "--json").out)["findings"]
    [message] = [one["message"] for one in findings if one["code"] == "READ01"]
    path.write_text(PLAN)
    session = Session.open(path)
    for each in (edit, Edits((edit,), "in a group")):
        with pytest.raises(EditRefused) as refused:
            session.apply(each)
        assert refused.value.message == message
        assert refused.value.key
    assert not session.unsaved


@pytest.mark.parametrize(
    "words",
    [
        ("set", "calendars.de", "country=XX"),
        ("set", "calendars.de", "region=ZZ"),
        ("set", "groups.a", "part_of=b"),
        ("set", "checks", "horizon={ weeks = 8 }"),
        ("add", "calendars.xx", "country=XX"),
    ],
)
def test_a_command_writes_none(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(PLAN)
    said = run(*words, "-r", str(path))
    assert said.code == 2
    assert path.read_text() == PLAN


def test_what_was_wrong_before_keeps_nobody_from_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "roadmap.toml"
    for _, text in bad():
        path.write_text(text)
        session = Session.open(path)
        session.apply(SetKey("calendars", "de", ("title",), "Germany"))
        session.apply(SetKey("groups", "b", ("title",), "B"))
        session.apply(SetKey("checks", "", ("ignore",), ["TERM01"]))
        session.apply(RenameId("groups", "b", "c"))


def test_what_is_right_together_is_written(tmp_path: Path) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(PLAN)
    session = Session.open(path)
    both = (
        SetKey("calendars", "de", ("country",), "GB"),
        SetKey("calendars", "de", ("region",), "ENG"),
    )
    session.apply(Edits(both, "to England"))
    session.apply(SetKey("checks", "", ("horizon",), 20))
    assert "ENG" in session.workspace.documents[0].to_bytes().decode()
