"""A roadmap file as lines that compare well: one for each key, each with its table's name.

Tables and keys come in an order of their own, items of lists a line each, so that a comparison by
lines shows what was changed and not where it stands. Comments follow the table they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planner.errors import ReadError
from planner.files.reading import read_file
from planner.merge.lines import marked, merge_lines, unmarked
from planner.roadmap.fields import TABLE_NAMES, is_set
from planner.text.document import Document
from planner.text.edits import Key, dotted
from planner.text.rendering import render


def lines_of(file: Path) -> Iterator[str]:
    """The lines of a file; of one that is no roadmap, its own. Raises ReadError.

    A file in an open merge has its markers round the lines that clash.
    """
    raw = read_file(file)
    text = raw.decode(errors="replace")
    sides = unmarked(text) if "<<<<<<<" in text else None
    if sides is None:
        yield from _lines(text)
        return
    base, ours, theirs = (
        "".join(f"{line}\n" for line in _lines(each or ""))
        for each in (sides.base, sides.ours, sides.theirs)
    )
    yield from marked(merge_lines(base, ours, theirs)).splitlines()


def _lines(text: str) -> Iterator[str]:
    try:
        document = Document.parse(text.encode(), "")
    except ReadError:
        yield from text.splitlines()
        return
    yield from _tables(document)
    yield from _comments(document)


def _tables(document: Document) -> Iterator[str]:
    rank = {name: at for at, name in enumerate(TABLE_NAMES)}
    tables = document.tables
    for kind in sorted(tables, key=lambda kind: (rank.get(kind, len(rank)), kind)):
        for id in sorted(tables[kind]):
            yield f"[{dotted((kind, id) if id else (kind,))}]"
            yield from _keys(kind, (), tables[kind][id])
            yield ""


def _keys(kind: str, key: Key, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name in sorted(value):
            yield from _keys(kind, (*key, name), value[name])
    elif isinstance(value, list) and key and (key[0] == "needs" or is_set(kind, key[0])):
        yield from sorted(f"{dotted(key)}: {_shown(item)}" for item in value)
    else:
        yield f"{dotted(key)} = {_shown(value)}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else render(value)


def _comments(document: Document) -> Iterator[str]:
    lines = (line.strip() for line in document.text.splitlines())
    comments = [line for line in lines if line.startswith("#")]
    if comments:
        yield "comments"
        yield from comments
