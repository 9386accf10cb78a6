"""Two people who move tables between the files of a folder, rename, edit, remove and refer to them,
merged by real `git merge`; what is asked is answered at random with `planner resolve`.

A table is known by its ``mark``, a key that nobody changes, and under another id by most of its
keys, though any two tables are as much alike. Afterwards each is there once, under one id, with the
values, links and comments of both sides.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planner.errors import EditRefused
from planner.files.workspace import Workspace
from planner.merge.workspaces import of_bytes
from planner.text.edits import AddTable, RemoveTable, RenameId, SetKey
from tests.git.clones import Clone, clone_at

NAMES = ("it.toml", "joint.toml", "marketing.toml")
IDS = ("api", "banner", "consent", "data", "push", "site")
NEW = {"a": ("core", "hub"), "b": ("gate", "shop")}
KEYS = ("estimate", "priority", "title")
ROUNDS = 4
"""How often `resolve` may be asked: what one answer raises is asked too."""


class Facts(Struct):
    """What a roadmap says of each table, by its mark."""

    files: dict[str, list[str]]
    ids: dict[str, str]
    values: dict[tuple[str, str], Any]
    links: set[tuple[str, str]]
    comments: Counter[str]


def clone_in(folder: Path) -> Clone:
    """A repository of a folder roadmap with the drivers."""
    clone = clone_at(folder)
    for name, raw in base_files(random.Random(0)).items():
        clone.write(f"plan/{name}", raw.decode())
    clone.planner("git", "install", "plan")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Drivers")
    clone.git("tag", "start")
    return clone


def merged(clone: Clone, seed: int) -> str:
    """One pair of branches, merged and answered: ``clean`` or ``asked``; in every fourth a side may
    remove tables. Raises AssertionError."""
    draw = random.Random(seed)
    clone.git("reset", "-q", "--hard")
    base = base_files(draw)
    sides = [branch(base, draw, side) for side in ("a", "b")]
    if seed % 4 == 0:
        sides[seed // 4 % 2] = _without_some(sides[seed // 4 % 2], draw)
    clone.git("checkout", "-q", "-B", "main", "start")
    _commit(clone, base, "Base")
    for name, files in zip(("theirs", "ours"), reversed(sides), strict=True):
        clone.git("checkout", "-q", "-B", name, "main")
        _commit(clone, files, name)
    stopped = clone.run("git", "merge", "-q", "-m", "Both", "theirs").returncode
    asked = _answered(clone, draw)
    found = {each.name: each.read_bytes() for each in (clone.top / "plan").glob("*.toml")}
    hold(base, sides[0], sides[1], found)
    assert asked or not stopped, "false conflicts"
    assert asked or not removed_and_changed(base, *sides), "removed and changed, and nobody asked"
    return "asked" if asked else "clean"


def _answered(clone: Clone, draw: random.Random) -> bool:
    """Answer whatever is asked; whether anything was."""
    for asked in range(ROUNDS):
        side = draw.choice(("ours", "theirs"))
        done = clone.run("planner", "resolve", "plan", f"--{side}")
        if done.returncode == 2:
            assert "no merge is open" in done.stderr or "git add" in done.stderr, done.stderr
            return asked > 0
        assert done.returncode == 0, done.stdout + done.stderr
        clone.git("add", "plan")
    raise AssertionError("asked again and again")


def _commit(clone: Clone, files: Mapping[str, bytes], message: str) -> None:
    for name, raw in files.items():
        (clone.top / "plan" / name).write_bytes(raw)
    clone.git("commit", "-q", "-a", "--allow-empty", "-m", message)


# --- what a person does ---------------------------------------------------------------------------


def base_files(draw: random.Random) -> dict[str, bytes]:
    """Six tables in three files, with links between them."""
    texts = {"joint.toml": '[roadmap]\ntitle = "x"\n\n', "it.toml": "", "marketing.toml": ""}
    for id in IDS:
        needs = [each for each in IDS if each != id and draw.random() < 0.4]
        texts[draw.choice(NAMES)] += (
            f'# {id}\n[initiatives.{id}]\ntitle = "{id}"\nowner = "it"\nestimate = "4w"\n'
            f'priority = 1\nneeds = {needs!r}\nmark = "{id}"\nnotes = "of {id}"\n'
            f'status = "planned"\nkind = "feature"\nportfolio = "it"\n\n'.replace("'", '"')
        )
    return {name: text.encode() for name, text in texts.items()}


def branch(base: Mapping[str, bytes], draw: random.Random, side: str) -> dict[str, bytes]:
    """One side's files after some edits, most of them about places."""
    workspace = of_bytes(Path(), dict(base))
    for _ in range(draw.randint(1, 5)):
        try:
            workspace = _edited(workspace, draw, side)
        except EditRefused:
            continue
    files = {each.file: each.text for each in workspace.documents}
    if draw.random() < 0.5:
        name = draw.choice([each for each in NAMES if "[init" in files[each]])
        headers = [at.start() for at in re.finditer(r"^\[init", files[name], re.M)]
        at = draw.choice(headers)
        files[name] = f"{files[name][:at]}## of {side}, {draw.randrange(99)}\n{files[name][at:]}"
    return {name: text.encode() for name, text in files.items()}


def _edited(workspace: Workspace, draw: random.Random, side: str) -> Workspace:
    tables = workspace.tables["initiatives"]
    id, what = draw.choice(sorted(tables)), draw.random()
    if what < 0.35:
        return _moved(workspace, id, draw.choice(NAMES))
    if what < 0.5:
        return workspace.apply(RenameId("initiatives", id, draw.choice(NEW[side])))
    if what < 0.6:
        needs = [*tables[id].get("needs", ()), draw.choice(sorted(tables))]
        return workspace.apply(SetKey("initiatives", id, ("needs",), list(dict.fromkeys(needs))))
    key = draw.choice(KEYS)
    number = draw.randint(2, 9)
    value = {"estimate": f"{number}w", "priority": number, "title": f"{id} {number}"}[key]
    return workspace.apply(SetKey("initiatives", id, (key,), value))


def _moved(workspace: Workspace, id: str, to: str) -> Workspace:
    documents = {each.file: each for each in workspace.documents}
    at = next(file for file in documents if id in documents[file].tables.get("initiatives", {}))
    if at == to:
        return workspace
    back = documents[at].inverse(RemoveTable("initiatives", id))
    assert isinstance(back, AddTable)
    documents[to] = documents[to].apply(replace(back, place=None))
    documents[at] = documents[at].apply(RemoveTable("initiatives", id))
    return of_bytes(Path(), {file: each.to_bytes() for file, each in documents.items()})


def _without_some(files: Mapping[str, bytes], draw: random.Random) -> dict[str, bytes]:
    """A side's files after it removed one or two tables."""
    workspace = of_bytes(Path(), dict(files))
    for id in draw.sample(sorted(workspace.tables["initiatives"]), draw.randint(1, 2)):
        workspace = workspace.apply(RemoveTable("initiatives", id))
    return {each.file: each.to_bytes() for each in workspace.documents}


# --- what has to come of it -----------------------------------------------------------------------


def facts(files: Mapping[str, bytes]) -> Facts:
    """What the files say, and what is said beside it."""
    found = Facts({}, {}, {}, set(), Counter())
    workspace = of_bytes(Path(), dict(files))
    every: list[tuple[str, str, Mapping[str, Any]]] = [
        (each.file, id, table)
        for each in workspace.documents
        for id, table in each.tables.get("initiatives", {}).items()
    ]
    marks = {id: str(table["mark"]) for _, id, table in every}
    for file, id, table in every:
        mark = str(table["mark"])
        found.files.setdefault(mark, []).append(file)
        found.ids[mark] = id
        found.values |= {(mark, key): table.get(key) for key in KEYS}
        found.links |= {(mark, marks.get(on, f"nobody: {on}")) for on in table.get("needs", ())}
    for raw in files.values():
        found.comments.update(re.findall(r"^#.*", raw.decode(), re.M))
    return found


def hold(
    base: Mapping[str, bytes],
    ours: Mapping[str, bytes],
    theirs: Mapping[str, bytes],
    merge: Mapping[str, bytes],
) -> None:
    """Hold the merged files to their three sides. Raises AssertionError."""
    was, left, right, found = (facts(each) for each in (base, ours, theirs, merge))
    removed = was.files.keys() - (left.files.keys() & right.files.keys())
    lacking = was.files.keys() - removed - found.files.keys()
    assert not lacking, f"gone: {lacking}"
    twice = {mark: files for mark, files in found.files.items() if len(files) > 1}
    assert not twice, f"twice: {twice}"
    for mark, (file,) in found.files.items():
        if mark in removed:
            continue
        places = (was.files[mark][0], left.files[mark][0], right.files[mark][0])
        assert file in _allowed(*places) | set(places[1:]), f"{mark} in {file}, not {places}"
        ids = (was.ids[mark], left.ids[mark], right.ids[mark])
        assert found.ids[mark] in _allowed(*ids), f"{mark} is {found.ids[mark]}, not {ids}"
    for path in (each for each in was.values if each[0] not in removed):
        three = (was.values[path], left.values[path], right.values[path])
        assert found.values[path] in _allowed(*three), f"{path}: {found.values[path]}, not {three}"
    links = (left.links - was.links) | (right.links - was.links)
    links |= was.links & left.links & right.links
    wrong = {link for link in found.links ^ links if not _of_removed(link, removed)}
    assert not wrong, f"links: {wrong}"
    lost = (left.comments | right.comments) - found.comments
    assert removed or not lost, f"comments: {lost}"


def _of_removed(link: tuple[str, str], removed: Set[str]) -> bool:
    """Whether a link is of a table that a side removed, or leads there."""
    return bool(removed & set(link)) or (bool(removed) and link[1].startswith("nobody: "))


def removed_and_changed(
    base: Mapping[str, bytes], ours: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> bool:
    """Whether a side removed a table that the other took elsewhere or of which it changed a key."""
    was, left, right = (facts(each) for each in (base, ours, theirs))
    return any(
        other.files[mark] != was.files[mark]
        or any(other.values[mark, key] != was.values[mark, key] for key in KEYS)
        for side, other in ((left, right), (right, left))
        for mark in was.files.keys() - side.files.keys()
        if mark in other.files
    )


def _allowed(was: Any, left: Any, right: Any) -> set[Any]:
    """What a value may be in the end: any side's where both changed it."""
    if was in (left, right):
        return {right if left == was else left}
    return {left, right}
