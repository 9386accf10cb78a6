"""Two people who rename tables, now and then to one id, and refer to them: each table stays one.

A table is known by its ``mark``, a key that nobody changes.
"""

from __future__ import annotations

import random
from collections import Counter

from planner.errors import EditRefused
from planner.merge.three_way import Merged, Side, merge_bytes
from planner.text.document import Document
from planner.text.edits import AddTable, Edit, RemoveTable, RenameId, SetKey

OLD = ("api", "push", "site")
NEW = ("core", "hub")


def three(seed: int) -> tuple[bytes, bytes, bytes]:
    """Base, ours and theirs, in a file of tables or one that is merged as a whole."""
    draw = random.Random(seed)
    text = 'roadmap.title = "x"\n\n' if seed % 3 == 0 else ""
    for id in OLD:
        needs = ", ".join(f'"{each}"' for each in OLD if each != id and draw.random() < 0.6)
        text += f'[initiatives.{id}]\nestimate = "4w"\nnotes = "{id}"\nmark = "{id}"\n'
        text += f'owner = "it"\npriority = 1\nneeds = [{needs}]\n\n'
    base = Document.parse(text.encode(), "")
    return base.to_bytes(), _edited(base, draw, "a"), _edited(base, draw, "b")


def _edited(document: Document, draw: random.Random, side: str) -> bytes:
    for _ in range(draw.randint(1, 3)):
        try:
            document = document.apply(_edit(document, draw, side))
        except EditRefused:
            continue
    return document.to_bytes()


def _edit(document: Document, draw: random.Random, side: str) -> Edit:
    id, what = draw.choice(sorted(document.tables["initiatives"])), draw.random()
    if what < 0.6:
        return RenameId("initiatives", id, draw.choice(NEW))
    if what < 0.8:
        return SetKey("initiatives", id, ("estimate",), f"{draw.randint(1, 9)}w")
    if what < 0.9:
        values = {"mark": f"new {side}", "owner": "web"}
        return AddTable("initiatives", draw.choice(NEW), values)
    return RemoveTable("initiatives", draw.choice(OLD))


def once(base: bytes, ours: bytes, theirs: bytes) -> bool:
    """Whether nothing is asked. No table is there twice, or gone unless a side removed it.

    Raises AssertionError.
    """
    found, other = merge_bytes(base, ours, theirs), merge_bytes(base, theirs, ours)
    asked = [{(each.kind, each.id, each.key) for each in way.conflicts} for way in (found, other)]
    assert asked[0] == asked[1], f"one-sided: {asked}"
    marks = [_marks(each) for each in (base, ours, theirs)]
    kept = (marks[1] | marks[2]) - ((marks[0] - marks[1]) | (marks[0] - marks[2]))
    if found.conflicts:
        between = found.to_bytes().decode()
        assert all(f'mark = "{mark}"' in between for mark in kept), "not between"
        answers: tuple[Side, ...] = ("ours", "theirs")
        for answer in answers:
            settled = merge_bytes(base, ours, theirs, decide=lambda _, side=answer: side)  # type: ignore[misc]
            _hold(settled, Counter(), marks[1] | marks[2], answer)
        return False
    _hold(found, kept, marks[1] | marks[2], "clean")
    was, left, right = map(_links, (base, ours, theirs))
    meant = (left - was) | (right - was) | (was & left & right)
    meant = {(mark, on) for mark, on in meant if kept[mark] and kept[on]}
    assert meant == _links(found.to_bytes()), "links that lead elsewhere"
    return True


def _hold(merged: Merged, least: Counter[str], most: Counter[str], why: str) -> None:
    assert not merged.conflicts
    assert merged.document is not None
    found = _marks(merged.to_bytes())
    assert not least - found, f"{why}: dropped {least - found}"
    assert not found - most, f"{why}: twice {found - most}"


def _marks(raw: bytes) -> Counter[str]:
    tables = Document.parse(raw, "").tables.get("initiatives", {})
    return Counter(str(each["mark"]) for each in tables.values() if "mark" in each)


def _links(raw: bytes) -> set[tuple[str, str]]:
    """Which table needs which, by their marks."""
    tables = Document.parse(raw, "").tables.get("initiatives", {})
    marks = {id: str(table.get("mark")) for id, table in tables.items()}
    return {
        (marks[id], marks[on])
        for id, table in tables.items()
        for on in table.get("needs", [])
        if on in marks
    }
