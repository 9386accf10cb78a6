"""A running session says, in the same order, what its files say to one that is opened anew."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.exchange.report import show_json
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, RemoveTable, RenameId, SetKey
from tests.text.fuzz import a_file
from tests.text.random_edits import random_edit

AS_OF = date(2027, 3, 1)
ROADMAPS = Path(__file__).parents[1] / "roadmaps"
PLAN = """\
[initiatives.b]
estimate = "2w"
deadline = 2027-03-03
[initiatives.d]
estimate = "2w"
deadline = 2027-03-03
needs = ["nobody"]
"""
EDITS: dict[str, Edit] = {
    "in the middle": AddTable("initiatives", "c", {"estimate": "2w", "deadline": AS_OF}),
    "in front": AddTable("initiatives", "a", {"estimate": "2w", "needs": ["nothing"]}),
    "at the end": AddTable("initiatives", "e", {"estimate": "2w"}),
    "of another kind": AddTable("teams", "crm", {"portfolio": "it"}),
    "under another name": RenameId("initiatives", "b", "z"),
    "gone": RemoveTable("initiatives", "b"),
}


def said_again(session: Session) -> str:
    """What the files say once they are saved and opened anew."""
    session.save()
    return show_json(Session.open(session.path, AS_OF, AS_OF))


@pytest.mark.parametrize("what", EDITS)
def test_a_table_stands_where_the_file_has_it(tmp_path: Path, what: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    session = Session.open(path, AS_OF, AS_OF)
    session.apply(EDITS[what])
    now = show_json(session)
    assert now == said_again(session)
    session.history.undo()
    assert show_json(session) == said_again(session)
    session.history.redo()
    assert show_json(session) == now


def test_a_table_of_a_folder_stands_where_its_file_has_it(tmp_path: Path) -> None:
    path = Path(shutil.copytree(ROADMAPS / "acme-2027", tmp_path / "acme"))
    session = Session.open(path, AS_OF, AS_OF)
    for id, side in (("aaa", "it"), ("mmm", "marketing"), ("zzz", "joint")):
        session.apply(AddTable("initiatives", id, {"portfolio": side, "needs": ["nothing"]}))
    session.apply(RenameId("initiatives", "api-gateway", "the-gateway"))
    session.apply(RemoveTable("initiatives", "customer-sso"))
    for term in ("aa", "zz"):
        session.apply(SetKey("glossary", "", (term,), {"marketing": "one", "it": "another"}))
    assert show_json(session) == said_again(session)


def test_a_term_of_two_files_keeps_what_each_side_means(tmp_path: Path) -> None:
    theirs = '[glossary]\nalpha = "a"\nlead = { it = "two" }\n'
    mine = '[roadmap]\n[glossary]\nlead = { marketing = "one" }\nzeta = "z"\n'
    (tmp_path / "it.toml").write_text(theirs, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(mine, encoding="utf-8")
    session = Session.open(tmp_path, AS_OF, AS_OF)
    session.apply(SetKey("glossary", "", ("new",), "n"))
    session.apply(SetKey("glossary", "", ("lead", "it"), "three"))
    session.save()
    again = Session.open(tmp_path, AS_OF, AS_OF)
    assert [*session.plan.roadmap.glossary.items()] == [*again.plan.roadmap.glossary.items()]
    lead = again.plan.roadmap.glossary["lead"]
    assert (lead.marketing, lead.it) == ("one", "three")
    assert "three" in (tmp_path / "it.toml").read_text("utf-8")


@pytest.mark.parametrize("seed", range(40))
def test_after_any_edits_the_order_is_that_of_the_file(tmp_path: Path, seed: int) -> None:
    file = a_file(700_000 + seed)
    if file is None:
        return  # not every draw is valid TOML
    path = tmp_path / "plan.toml"
    path.write_bytes(file.raw)
    try:
        session = Session.open(path, AS_OF, AS_OF)
    except PlannerError:
        return
    draw = random.Random(seed)
    for _ in range(12):
        try:
            session.apply(random_edit(draw, session.plan.tables))
        except PlannerError:
            continue
        assert show_json(session) == said_again(session)
