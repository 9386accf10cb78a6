"""An edit never makes initiatives wait for each other; a circle in the file blocks no edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import EditRefused
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RemoveKey, RenameId, SetKey
from tests.cli.conftest import Ran, Run
from tests.cli.conftest import run as run

CHAIN = """\
[initiatives.a]
estimate = "1w"
[initiatives.b]
estimate = "1w"
needs = ["a"]
[initiatives.c]
estimate = "1w"
needs = ["b SS+2d", "ghost"]
[initiatives.gone]
status = "dropped"
needs = ["c"]
[initiatives.after]
needs = ["gone"]
"""

KNOTTED = """\
[initiatives.a]
estimate = "1w"
needs = ["c"]
[initiatives.b]
estimate = "1w"
needs = ["a"]
[initiatives.c]
estimate = "1w"
needs = ["b"]
[initiatives.d]
estimate = "1w"
"""


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(CHAIN, "utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "ring"),
    [
        (("link", "c", "a"), "c → a → b → c"),
        (("link", "c", "a", "SF+3w"), "c → a → b → c"),
        (("link", "b", "a", "FF"), "b → a → b"),
        (("link", "a", "a"), "a → a"),
        (("set", "a", "needs+=c"), "c → a → b → c"),
        (("set", "a", "needs=b"), "b → a → b"),
        (("add", "initiative", "ghost", "needs=c"), "ghost → c → ghost"),
        (("rename", "c", "ghost"), "ghost → ghost"),
    ],
)
def test_a_command_that_closes_a_circle_names_it_and_writes_nothing(
    run: Run, chain: Path, words: tuple[str, ...], ring: str
) -> None:
    ran: Ran = run(*words, "-r", str(chain))
    assert (ran.code, ran.out) == (2, "")
    assert ring in ran.err
    assert chain.read_text("utf-8") == CHAIN


def test_taking_up_dropped_work_again_closes_no_circle_either(chain: Path) -> None:
    session = Session.open(chain)
    session.apply(SetKey("initiatives", "a", ("needs",), ["after"]))
    with pytest.raises(EditRefused, match="a → b → c → gone"):
        session.apply(SetKey("initiatives", "gone", ("status",), "planned"))
    assert session.plan.network.cycles == ()


@pytest.mark.parametrize(
    "edit",
    [
        SetKey("initiatives", "a", ("title",), "One"),
        SetKey("initiatives", "d", ("needs",), ["a"]),
        SetKey("initiatives", "a", ("needs",), ["c SS"]),
        RenameId("initiatives", "a", "first"),
        RemoveKey("initiatives", "b", ("needs",)),
        AddTable("initiatives", "e", {"needs": ["d"]}),
    ],
)
def test_a_circle_that_is_there_blocks_no_other_edit(tmp_path: Path, edit: Edit) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(KNOTTED, "utf-8")
    session = Session.open(path)
    session.apply(edit)
    assert session.unsaved


def test_a_second_circle_is_refused_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(KNOTTED, "utf-8")
    session = Session.open(path)
    for on, succ in (("d", "d"), ("c", "b")):
        edit = Edits((SetKey("initiatives", succ, ("needs",), [on, "a"]),))
        with pytest.raises(EditRefused):
            session.preview(edit)
