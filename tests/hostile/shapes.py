"""Roadmaps in which any key of any table has any shape that TOML has, at every level.

A long run of all of them: ``python -m tests.hostile.shapes --texts 20000``.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import tomli

from planner.entry.draft import Draft
from planner.entry.removal import removal
from planner.errors import EditRefused, PlannerError
from planner.exchange.report import check_json, show_json
from planner.plan.model import plan_of
from planner.roadmap.entities import KINDS, SINGLES
from planner.roadmap.fields import fields
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, RemoveKey, RemoveTable, RenameId, SetKey

VALUES = (
    '"x"', '""', "1", "-3", "1.5", "nan", "true", "2027-03-01", "2027-03-01T08:00:00",
    "2027-03-01T08:00:00Z", "08:00:00", "[]", '["x"]', "[1]", "[1.5, 2.5]", "[true]",
    "[2027-03-01]", "[08:00:00]", "[[]]", '[["x"], [1]]', "{}", '{ x = "y" }', "{ x = 1 }",
    "{ x = {} }", "{ x = [] }", '{ a = { b = { c = "d" } } }', "[{}]", '[{ on = "api" }]',
    '[{ on = ["api"], type = 3, lag = {} }]', '["api", { on = 1 }, 2, true, [], 2027-03-01]',
    '{ on = "api" }', '{ "2027-03-01" = {} }', '{ marketing = "x", it = [] }',
    '{ marketing = 2027-03-01 }', '"api SS+5d"', '[{ on = "api", counter = [] }]',
    '[{ on = "api", counter = { by = 1 } }]', '[{ on = "api", agreed = "x", promised = [] }]',
)  # fmt: skip
"""One of each kind of value, empty and not, and nested in each other."""

NEIGHBOURS = """\
[roadmap]
title = "Shapes"
start = 2027-03-01
status_date = 2027-03-01
[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[systems.cdp]
owner = "data"
[initiatives.api]
owner = "data"
estimate = "2w"
changes = ["cdp"]
[initiatives.push]
owner = "crm"
estimate = ["1w", "2w", "3w"]
needs = ["api"]
uses = ["cdp"]
deadline = 2027-03-10
"""
"""A roadmap in which the odd tables stand; each of its tables is left out where the odd one is."""

NAMES = {
    "teams": "crm", "systems": "cdp", "initiatives": "push", "roadmap": "", "checks": "",
    "glossary": "",
}  # fmt: skip
KEYS_OF_FREE_TABLES = {
    "checks": ("sys01", "wip", "horizon"), "glossary": ("lead", "segment"),
}  # fmt: skip


def kinds() -> tuple[str, ...]:
    """Every name of a table, and one that the format does not have."""
    return (*KINDS, *SINGLES, "initiative")


def keys(kind: str) -> tuple[str, ...]:
    """Every key of a kind, and one that it does not have."""
    own = fields(kind) if kind in KINDS or kind in ("roadmap", "checks") else ()
    return (*own, *KEYS_OF_FREE_TABLES.get(kind, ()), "odd")


def of_kind(kind: str) -> Iterator[str]:
    """A value, a list of tables or nothing where the tables of a kind should be."""
    for value in VALUES:
        yield f"{kind} = {value}\n{_others(kind)}"
        yield f"{kind}.x = {value}\n{_others(kind)}"
        yield f"{kind}.x.y = {value}\n{_others(kind)}"
        yield f"{_others(kind)}[{kind}]\nx = {value}\n"
        yield f"{_others(kind)}[[{kind}]]\nx = {value}\n"
        yield f"{_others(kind)}[[{kind}.x]]\ny = {value}\n"
        yield f"{_others(kind)}[{kind}]\n{_name(kind)} = {value}\n"
        yield f"{_others(kind)}[{kind}.{_name(kind)}.z.w]\ny = {value}\n"
    yield f"{_others(kind)}[{kind}]\n"
    yield f"{_others(kind)}[[{kind}]]\n[[{kind}]]\n"
    yield f'{_others(kind)}[{kind}.""]\n'


def of_key(kind: str, key: str) -> Iterator[str]:
    """Any value for a key of a table, in a table of that name, or in a list of them."""
    path = _path(kind)
    written = [f"[{path}]\n{key} = {value}\n" for value in VALUES]
    written += [f"[{path}.{key}]\nx = {value}\n" for value in VALUES[::4]]
    written += [f"[[{path}.{key}]]\non = {value}\n" for value in VALUES[::4]]
    for each in written:
        yield _others(kind) + each


def of_all_keys(kind: str) -> Iterator[str]:
    """Every key of a table with one and the same value."""
    for value in VALUES:
        lines = "".join(f"{key} = {value}\n" for key in keys(kind))
        yield f"{_others(kind)}[{_path(kind)}]\n{lines}"


def _name(kind: str) -> str:
    return NAMES.get(kind) or "x"


def _path(kind: str) -> str:
    return kind if kind in SINGLES else f"{kind}.{_name(kind)}"


def _others(kind: str) -> str:
    """The neighbours without the tables of a kind."""
    sections = NEIGHBOURS.split("\n[")
    tables = [each if each.startswith("[") else f"[{each}" for each in sections]
    gone = (f"[{kind}.", f"[{kind}]")
    return "".join(f"{each.strip()}\n" for each in tables if not each.startswith(gone))


def readable(text: str) -> bool:
    """Whether a text is TOML."""
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return False
    return True


def every_text() -> list[tuple[str, str]]:
    """All of them, each with the kind that is odd in it."""
    found = []
    for kind in kinds():
        written = [*of_kind(kind), *of_all_keys(kind)]
        written += [each for key in keys(kind) for each in of_key(kind, key)]
        found += [(kind, each) for each in written if readable(each)]
    return found


# --- what has to hold -----------------------------------------------------------------------------

DAY = date(2027, 3, 22)
EDITS: tuple[Edit, ...] = (
    SetKey("initiatives", "push", ("title",), "x"),
    SetKey("initiatives", "push", ("needs",), ["api"]),
    SetKey("initiatives", "push", ("reviews", "privacy"), DAY),
    SetKey("systems", "cdp", ("owner",), "data"),
    SetKey("roadmap", "", ("title",), "T"),
    SetKey("checks", "", ("ignore",), ["SYS01"]),
    SetKey("glossary", "", ("lead",), "who asked"),
    RemoveKey("initiatives", "push", ("needs",)),
    AddTable("initiatives", "zeta", {"estimate": "1w"}),
    AddTable("systems", "new", {}),
    RemoveTable("initiatives", "api"),
    RemoveTable("systems", "cdp"),
    RemoveTable("teams", "crm"),
    RemoveTable("glossary", ""),
    RenameId("initiatives", "api", "apex"),
    RenameId("teams", "data", "engines"),
    RenameId("systems", "cdp", "store"),
)
"""Edits of what stands beside the odd tables."""


def try_text(file: Path, kind: str, text: str, draw: random.Random) -> int:
    """Read it, check it, print it, edit it and all round it; returns how many edits were made.

    Raises whatever is not an error for a person, and AssertionError for what is lost.
    """
    file.write_text(text, encoding="utf-8")
    session = Session.open(file, today=DAY)
    _reads(session)
    edits = [
        *draw.sample(EDITS, 3),
        *draw.sample(own := [*_own_edits(session, kind)], min(3, len(own))),
    ]
    return sum(_edits(session, each) for each in edits) + _formats(session)


def _reads(session: Session) -> None:
    for finding in session.plan.findings:
        assert finding.root != ("bug",), finding.message
        session.place(finding)
    show_json(session)
    check_json(session)


def _own_edits(session: Session, kind: str) -> Iterator[Edit]:
    """What commands and forms make of the odd tables themselves."""
    plan = session.plan
    if kind not in KINDS and kind not in SINGLES:
        return
    for id in [""] if kind in SINGLES else list(plan.tables.get(kind, {})):
        yield SetKey(kind, id, ("title",), "new")
        yield RemoveTable(kind, id)
        yield from (RemoveKey(kind, id, (key,)) for key in plan.written(kind, id))
        if id:
            yield removal(plan, kind, id)
            yield RenameId(kind, id, "renamed")
        yield from _typed(Draft(plan, kind, id))


def _typed(draft: Draft) -> Iterator[Edit]:
    """What a form makes of its fields, each with something typed into it."""
    assert (draft.first(), draft.rest(), draft.unknown()) is not None
    for text in ("x", "1", "2027-03-01", ""):
        for field in draft.fields:
            draft.type(field.key, text)
        if (edit := draft.edit()) is not None:
            yield edit


def _edits(session: Session, edit: Edit) -> int:
    """An edit that is made says what it means, and is undone to the byte; else it is refused."""
    before = session.workspace.documents[0].text
    wrong = _wrong(session)
    try:
        session.apply(edit)
    except PlannerError:
        assert session.workspace.documents[0].text == before
        return 0
    session.workspace.documents[0].verify()
    fresh = plan_of(session.workspace, session.clock)
    assert [each.message for each in fresh.findings] == [
        each.message for each in session.plan.findings
    ], "read again it says something else"
    assert _wrong(session) <= wrong, "a wrong value was written"
    session.history.last_command()
    session.history.undo()
    assert session.workspace.documents[0].text == before
    return 1


def _wrong(session: Session) -> set[object]:
    """The keys that could not be read."""
    return {
        (each.key, each.found) for each in session.plan.reading.problems if each.code == "READ01"
    }


def _formats(session: Session) -> int:
    try:
        session.reformat()
    except EditRefused:
        return 0
    session.workspace.documents[0].verify()
    return 1


def run(texts: int, seed: int) -> int:
    """Try so many texts, in random order; the exit code is 1 on failures."""
    draw = random.Random(seed)
    found = every_text()
    draw.shuffle(found)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in found[:texts]:
            counts["texts"] += 1
            try:
                counts["edits"] += try_text(Path(folder) / "roadmap.toml", kind, text, draw)
            except Exception as error:
                counts["failures"] += 1
                print(f"{type(error).__name__}: {error}\n{text}")
    print(f"{len(found)} texts", dict(counts))
    return 1 if counts["failures"] else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    sys.exit(run(chosen.texts, chosen.seed))
