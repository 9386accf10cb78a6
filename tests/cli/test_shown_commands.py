"""An edit shown as a command: run on the files as they were, it writes the same bytes."""

from __future__ import annotations

import random
import shlex
from pathlib import Path

import pytest

from planner.entry.removal import removal
from planner.entry.status import STATUSES, state
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import fields
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RemoveKey, RemoveTable, SetKey
from tests.cli.conftest import Run
from tests.text.fuzz import a_file
from tests.text.random_edits import random_edit

EDITS_OF_A_FILE = 4


def an_edit(draw: random.Random, plan: Plan) -> Edit | None:
    """One that the forms and dialogs make: keys of the format, on tables that are there."""
    if plan.roadmap.initiatives and draw.random() < 0.15:
        id, table = draw.choice(list(plan.tables["initiatives"].items()))
        return state(table, id, draw.choice(STATUSES), plan.as_of).edit
    edit = random_edit(draw, plan.tables)
    if isinstance(edit, AddTable):
        known = edit.kind in KINDS and edit.values.keys() <= fields(edit.kind).keys()
        return edit if known else None
    if isinstance(edit, Edits) or edit.kind not in KINDS:
        return None
    if _id(edit) not in plan.roadmap.table(edit.kind):
        return None
    if isinstance(edit, RemoveTable):
        return removal(plan, edit.kind, edit.id)
    if isinstance(edit, SetKey | RemoveKey) and edit.key[0] not in fields(edit.kind):
        return None
    return edit


def _id(edit: Edit) -> str:
    return str(getattr(edit, "id", "") or getattr(edit, "old", ""))


@pytest.mark.parametrize("seed", range(20))
def test_the_command_writes_what_the_edit_writes(run: Run, tmp_path: Path, seed: int) -> None:
    file = a_file(800_000 + seed)
    if file is None:
        return  # not every draw is valid TOML
    draw = random.Random(seed)
    path = tmp_path / "plan.toml"
    for _ in range(EDITS_OF_A_FILE):
        path.write_bytes(file.raw)
        session = Session.open(path)
        edit = an_edit(draw, session.plan)
        if edit is None:
            continue
        try:
            session.apply(edit)
        except PlannerError:
            continue
        command = session.history.last_command()
        if command is None:
            continue
        wanted = session.workspace.documents[0].to_bytes()
        for part in command.split(" && "):
            ran = run(*shlex.split(part)[1:], "-r", str(path))
            assert ran.code == 0, (command, ran.err)
        assert path.read_bytes() == wanted, command
