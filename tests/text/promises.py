"""What every edit promises, checked against the notes of the generator: raises AssertionError."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from planner.errors import EditRefused
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
    full_key,
    same,
)
from tests.text.generated import Generated, Line, Path, about

_MARK = re.compile(r"mark\d{3}\.")


def check(file: Generated, edit: Edit) -> str:
    """Make an edit and check all that it promises; says how it went, for counting."""
    before = Document.parse(file.raw, "it.toml")
    try:
        expected = apply_to_data(edit, before.tables)
    except EditRefused:
        _refused(before, edit)
        return "refused"
    after = before.apply(edit)
    _says(after, expected)
    if after is before:
        return "nothing to do"
    _leaves_alone(file, edit, before, after)
    _keeps_the_form(file, before, after)
    return _can_be_undone(before, edit, after)


def check_after_others(document: Document, edit: Edit, backs: list[Edit]) -> Document:
    """Make one edit of several and check what it says; adds the way back to `backs`."""
    try:
        expected = apply_to_data(edit, document.tables)
    except EditRefused:
        _refused(document, edit)
        return document
    after = document.apply(edit)
    _says(after, expected)
    if after is not document:
        backs.append(document.inverse(edit))
    return after


def _refused(document: Document, edit: Edit) -> None:
    text = document.text
    try:
        document.apply(edit)
    except EditRefused:
        assert document.text == text
    else:
        raise AssertionError(f"not refused: {edit}")


def _says(document: Document, expected: Tables) -> None:
    again = Document.parse(document.to_bytes(), "it.toml")
    assert same(filled(document.tables), filled(expected)), "other data than the edit means"
    assert same(again.data, document.data), "the text does not say what the document says"
    for kind, value in again.data.items():
        if isinstance(value, Mapping):
            shown: Any = document.data[kind]
            assert list(shown) == list(value), f"another order in {kind}"


def filled(tables: Tables) -> dict[str, Any]:
    """Tables without the kinds that have none."""
    return {kind: dict(of_kind) for kind, of_kind in tables.items() if of_kind}


# --- what is left alone ---------------------------------------------------------------------------


def _leaves_alone(file: Generated, edit: Edit, before: Document, after: Document) -> None:
    old = [line for line in file.lines if line.what != "blank" and not _touches(edit, line)]
    new = iter([line.rstrip("\r\n") for line in after.text.split("\n")])
    for line in old:
        assert line.text in new, f"lost or moved: {line.text!r}"
    lost = set(_MARK.findall(before.text)) - set(_MARK.findall(after.text))
    allowed = {
        mark
        for line, owner in zip(file.lines, _owners(file.lines), strict=True)
        if _may_go(edit, owner, before.tables)
        for mark in _MARK.findall(line.text)
    }
    assert lost <= allowed, f"lost comments {sorted(lost - allowed)}"


def _touches(edit: Edit, line: Line) -> bool:
    """Whether an edit may change a line (or move it, in a list)."""
    owner = line.owner
    if owner is None:
        return False
    if isinstance(edit, RenameId):
        return edit.old in line.text or '"""' in line.text
    path = _path(edit)
    below = owner[: len(path)] == path
    if isinstance(edit, AddTable):
        return line.what == "statement" and path[: len(owner)] == owner
    if line.what == "statement":
        return below or path[: len(owner)] == owner
    return below


def _owners(lines: Sequence[Line]) -> list[Path | None]:
    """What each line belongs to; a line of its own in a list, to the element below it."""
    found: list[Path | None] = []
    below: Path | None = None
    for line in reversed(lines):
        if line.owner is None or line.owner[-1:] != ("#",):
            below = line.owner
        found.append(below)
    return found[::-1]


def _may_go(edit: Edit, owner: Path | None, tables: Tables) -> bool:
    """Whether a comment may be lost with what it belongs to."""
    if owner is None or isinstance(edit, RenameId | AddTable):
        return False
    path = _path(edit)
    if owner[: len(path)] != path:
        return False
    if isinstance(edit, RemoveTable | RemoveKey):
        return True
    assert isinstance(edit, SetKey)
    old = _lookup(tables[edit.kind].get(edit.id, {}), edit.key)
    if isinstance(old, list) and isinstance(edit.value, list):
        kept = [about(item) for item in edit.value]
        was = [about(item) for item in old]
        return len(owner) > len(path) and kept.count(owner[-1]) < was.count(owner[-1])
    if isinstance(old, Mapping) and isinstance(edit.value, Mapping):
        return len(owner) > len(path) + 1 or owner[len(path) :] not in [(k,) for k in edit.value]
    return isinstance(old, list | Mapping)


def _path(edit: Edit) -> Path:
    assert isinstance(edit, SetKey | RemoveKey | AddTable | RemoveTable)
    key = edit.key if isinstance(edit, SetKey | RemoveKey) else ()
    return full_key(edit.kind, edit.id, key)


def _lookup(value: Any, key: Path) -> Any:
    for part in key:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


# --- form, and the way back -----------------------------------------------------------------------


def _keeps_the_form(file: Generated, before: Document, after: Document) -> None:
    if file.newline == "\r\n" and "\n" in before.text:
        assert "\n" not in after.text.replace("\r\n", ""), "a line without its carriage return"
    assert after.to_bytes().startswith(b"\xef\xbb\xbf") == file.bom
    if after.text.strip() and before.text.strip():
        assert after.text.endswith("\n") == before.text.endswith("\n"), "the final newline"
    assert _widest_gap(after.text) <= max(_widest_gap(before.text), 1), "too many blank lines"


def _widest_gap(text: str) -> int:
    gap = widest = 0
    for line in text.splitlines():
        gap = 0 if line.strip() else gap + 1
        widest = max(widest, gap)
    return widest


def _can_be_undone(before: Document, edit: Edit, after: Document) -> str:
    back = before.inverse(edit)
    restored = after.apply(back)
    assert same(filled(restored.tables), filled(before.tables)), "the inverse does not restore"
    if isinstance(back, AddTable) and back.text is not None:
        assert restored.to_bytes() == before.to_bytes(), "undo does not restore the bytes"
        return "restored to the byte"
    return "done"
