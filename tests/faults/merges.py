"""Random pairs of branches of the sample roadmap, merged by real `git merge` with the driver.

``python -m tests.faults merges``. Each side makes ten edits like a person's: estimates,
dates, links, new and removed work, a rename, comments. What the merge has to say is worked out from
the facts of the three files alone (tests/text/merging.py).
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from planner.errors import EditRefused
from planner.files.workspace import Workspace
from planner.merge.three_way import merge_bytes
from planner.roadmap.entities import Tables
from planner.text.document import Document
from planner.text.edits import (
    AddTable,
    Edit,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
    apply_to_data,
)
from tests.faults import moved
from tests.faults.tally import Tally
from tests.git.clones import Clone, clone_at
from tests.merge import branches, commented, merging, misshapen, named
from tests.merge.branches import hold

SAMPLE = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
EDITS = 10


class Branch(Struct):
    """One side: its files by name, and the ids that it renamed."""

    files: dict[str, bytes]
    renamed: dict[str, str]


def runs(pairs: int = 600, seed: int = 1) -> Iterator[Tally]:
    """That many pairs by git, half as many with moved tables, as many of files in every spelling by
    the merge alone, and four times as many with comments everywhere, of any shape, and with new
    names."""
    yield _by_git(pairs, seed)
    yield _moved(pairs // 2, seed)
    yield _in_every_spelling(pairs, seed)
    yield _with_comments(4 * pairs, seed)
    yield _misshapen(4 * pairs, seed)
    yield _named(4 * pairs, seed)


def _by_git(pairs: int, seed: int) -> Tally:
    tally = Tally("random branches, git merge")
    with tempfile.TemporaryDirectory() as folder:
        clone = _clone(Path(folder))
        for number in range(seed, seed + pairs):
            draw = random.Random(number)
            base = Workspace.open(Path(folder) / "plan")
            ours, theirs = (_branch(base, draw, side) for side in (0, 1))
            with _held(tally, number):
                tally.count(_merge(clone, base, ours, theirs))
            clone.git("reset", "-q", "--hard")
            clone.git("checkout", "-q", "main")
    return tally


def _moved(pairs: int, seed: int) -> Tally:
    """Tables that go from file to file: each is there once, with what both sides changed."""
    tally = Tally("moved tables, git merge and resolve")
    with tempfile.TemporaryDirectory() as folder:
        clone = moved.clone_in(Path(folder))
        for number in range(seed, seed + pairs):
            with _held(tally, number):
                tally.count(moved.merged(clone, number))
    return tally


def _in_every_spelling(pairs: int, seed: int) -> Tally:
    """Renames, moved tables, texts of several lines: what is merged is the same both ways."""
    tally = Tally("random spellings, both ways")
    for number in range(seed, seed + pairs):
        sides = branches.pair(number)
        with _held(tally, number):
            tally.count("no TOML" if sides is None else "asked" if hold(*sides) else "clean")
    return tally


def _with_comments(pairs: int, seed: int) -> Tally:
    """What both sides say beside their keys: all of it is there wherever nothing is asked."""
    tally = Tally("comments of both sides")
    for number in range(seed, seed + pairs):
        with _held(tally, number):
            tally.count("clean" if commented.keeps(*commented.three(number)) else "asked")
    return tally


def _misshapen(pairs: int, seed: int) -> Tally:
    """Keys of any shape: merged or asked about, and read back whatever is answered."""
    tally = Tally("files of any shape")
    for number in range(seed, seed + pairs):
        with _held(tally, number):
            tally.count("clean" if misshapen.stands(*misshapen.three(number)) else "asked")
    return tally


def _named(pairs: int, seed: int) -> Tally:
    """Names that meet: no table twice, none gone, no link that leads elsewhere."""
    tally = Tally("tables with new names")
    for number in range(seed, seed + pairs):
        with _held(tally, number):
            tally.count("clean" if named.once(*named.three(number)) else "asked")
    return tally


@contextmanager
def _held(tally: Tally, seed: int) -> Iterator[None]:
    """One pair more; what it breaks is noted with its seed."""
    tally.tries += 1
    try:
        yield
    except AssertionError as error:
        in_vain = error.args and error.args[0] in ("false conflicts", "one-sided")
        tally.note("vain" if in_vain else "lost", f"seed {seed}: {error}")
    except Exception as error:
        tally.note("crashed", f"seed {seed}: {error!r}")


def _clone(folder: Path) -> Clone:
    clone = clone_at(folder)
    for file in sorted(SAMPLE.glob("*.toml")):
        clone.write(f"plan/{file.name}", file.read_text(encoding="utf-8"))
    clone.planner("git", "install", "plan")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Base")
    return clone


# --- what a person does ---------------------------------------------------------------------------


def _branch(base: Workspace, draw: random.Random, side: int) -> Branch:
    """Ten edits; each side renames among its own half of the ids, so that names are no question."""
    workspace, renamed = base, dict[str, str]()
    for number in range(EDITS):
        edit = _edit(draw, workspace.tables, side, number)
        if isinstance(edit, RenameId) and edit.old not in base.tables["initiatives"]:
            continue
        try:
            workspace = workspace.apply(edit)
        except EditRefused:
            continue
        if isinstance(edit, RenameId):
            renamed[edit.old] = edit.new
    files = {
        file.name: _with_comment(document, draw, side)
        for file, document in zip(workspace.files, workspace.documents, strict=True)
    }
    return Branch(files, renamed)


def _with_comment(document: Document, draw: random.Random, side: int) -> bytes:
    """Now and then a comment above a table."""
    lines = document.text.split("\n")
    headers = [at for at, line in enumerate(lines) if line.startswith("[")]
    if draw.random() < 0.7:
        lines.insert(draw.choice(headers), f"## of side {side}, {draw.randrange(9999)}")
    return "\n".join(lines).encode()


def _edit(draw: random.Random, tables: Tables, side: int, number: int) -> Edit:
    initiatives = tables["initiatives"]
    ids = sorted(initiatives)
    id = draw.choice(ids)
    table: dict[str, Any] = dict(initiatives[id])
    day = date(2027, 1, 1) + timedelta(days=draw.randrange(700))
    what = draw.random()
    if what < 0.22:
        return SetKey("initiatives", id, ("estimate",), f"{draw.randint(1, 12)}w")
    if what < 0.34:
        key = draw.choice(("deadline", "start_no_earlier_than", "announced", "actual_start"))
        return SetKey("initiatives", id, (key,), day)
    if what < 0.54:
        return SetKey("initiatives", id, ("needs",), _needs(draw, table.get("needs", []), ids))
    if what < 0.64:
        key = draw.choice(("uses", "tags", "outcomes"))
        listed = table.get(key, [])
        listed = listed if isinstance(listed, list) else [listed]
        return SetKey("initiatives", id, (key,), [*listed, f"new-{draw.randrange(6)}"])
    if what < 0.70:
        return SetKey("initiatives", id, ("reviews", draw.choice(("privacy", "security"))), day)
    if what < 0.76:
        return SetKey("initiatives", id, ("title",), f"Title {draw.randrange(99)}")
    if what < 0.80 and len(table) > 3:
        return RemoveKey("initiatives", id, (draw.choice(sorted(table)),))
    if what < 0.88:
        values = {"title": "New", "owner": table.get("owner", "crm"), "estimate": f"{number + 1}w"}
        return AddTable("initiatives", f"new-{side}-{draw.randrange(999)}", values)
    if what < 0.92:
        return RemoveTable("initiatives", id)
    if what < 0.96:
        return SetKey("teams", draw.choice(sorted(tables["teams"])), ("capacity",), number)
    own = [each for each in ids if len(each) % 2 == side and len(initiatives[each]) > 5]
    old = draw.choice(own)
    return RenameId("initiatives", old, f"{old}-{side}")


def _needs(draw: random.Random, needs: Any, ids: list[str]) -> list[Any]:
    """The links with one more, one less, or something agreed about one."""
    listed = list(needs) if isinstance(needs, list) else [needs]
    what = draw.random()
    if not listed or what < 0.5:
        on = draw.choice(ids)
        if any((each if isinstance(each, str) else each["on"]).startswith(on) for each in listed):
            return listed
        listed.insert(draw.randrange(len(listed) + 1), on + draw.choice(("", " SS+5d", " FF")))
    elif what < 0.75:
        listed.pop(draw.randrange(len(listed)))
    else:
        at = draw.randrange(len(listed))
        each = listed[at]
        parts = each if isinstance(each, dict) else {"on": each.split(" ")[0]}
        listed[at] = {**parts, "agreed": date(2027, 1, draw.randint(1, 28))}
    return listed


# --- what has to come of it -----------------------------------------------------------------------


def _merge(clone: Clone, base: Workspace, ours: Branch, theirs: Branch) -> str:
    """One merge by git, held to the facts: ``clean`` or ``asked``."""
    for name, branch in (("theirs", theirs), ("ours", ours)):
        clone.git("checkout", "-q", "-B", name, "main")
        for file, raw in branch.files.items():
            (clone.top / "plan" / file).write_bytes(raw)
        clone.git("commit", "-q", "--allow-empty", "-a", "-m", name)
    done = clone.run("git", "merge", "-q", "-m", "Both", "theirs")
    asked = 0
    for path, document in zip(base.files, base.documents, strict=True):
        asked += _hold(clone, document, ours, theirs, path.name)
    assert (done.returncode != 0) == bool(asked), "false conflicts"
    return "asked" if asked else "clean"


def _hold(clone: Clone, base: Document, ours: Branch, theirs: Branch, name: str) -> int:
    """Hold one merged file to what its three sides say; how many questions it has."""
    raw = (base.to_bytes(), ours.files[name], theirs.files[name])
    sides = [Document.parse(each, name).tables for each in raw]
    here = sides[0].get("initiatives", {})
    for at, branch in ((2, ours), (1, theirs)):
        for old, new in branch.renamed.items():
            kept = new in sides[3 - at].get("initiatives", {})
            if old in here and kept:
                sides[0] = _renamed(sides[0], old, new)
                sides[at] = _renamed(sides[at], old, new)
    expected = merging.meant(sides[0], sides[1], sides[2])
    for at, branch in ((1, ours), (2, theirs)):
        for new in branch.renamed.values():
            there = [new in side.get("initiatives", {}) for side in sides]
            if there[0] and there[at] and not there[3 - at]:
                expected.asked.add(("initiatives", new))
    for at in (1, 2):
        for kind, id in _commented(raw[at].decode()):
            if id in sides[0].get(kind, {}) and id not in sides[3 - at].get(kind, {}):
                expected.asked.add((kind, id))
    merged = (clone.top / "plan" / name).read_bytes()
    found, other = merge_bytes(raw[0], raw[1], raw[2]), merge_bytes(raw[0], raw[2], raw[1])
    asked = {(each.kind, each.id, *each.key) for each in found.conflicts}
    assert asked == {(each.kind, each.id, *each.key) for each in other.conflicts}, "one-sided"
    wanted = {tuple(part for part in path if part != "#") for path in expected.asked}
    assert asked <= wanted, "false conflicts"
    assert asked == wanted, f"not asked: {wanted - asked}"
    assert (b"<<<<<<<" in merged) == bool(asked), "false conflicts"
    if asked:
        return len(asked)
    document = Document.parse(merged, name)
    assert other.document is not None
    assert document.data == other.document.data, "one-sided"
    merging.holds(expected, sides, document.tables)
    merging.keeps_comments(raw[0], raw[1], raw[2], merged)
    return 0


def _commented(text: str) -> Iterator[tuple[str, str]]:
    """The tables that a side has put a comment above: to remove one is now a question."""
    for path in re.findall(r"^## of side .*\n(?:#.*\n)*\[([^]]+)\]", text, re.M):
        kind, _, id = path.partition(".")
        yield kind, id.partition(".")[0]


def _renamed(tables: Tables, old: str, new: str) -> Tables:
    if old not in tables.get("initiatives", {}):
        return tables
    return apply_to_data(RenameId("initiatives", old, new), tables)
