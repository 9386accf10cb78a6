"""Two people's versions of a random file: edits of every kind, and what only an editor does.

Renames, tables that are moved, texts of several lines, dotted keys, links written as tables,
comments. What comes of merging them has to be the same whoever is called ours.
"""

from __future__ import annotations

import random
import re

from planner.errors import EditRefused, ReadError
from planner.merge.lines import unmarked
from planner.merge.three_way import Side, merge_bytes
from planner.text.document import Document
from planner.text.edits import same
from tests.text.generated import generate
from tests.text.random_edits import random_edit

_TABLE = re.compile(r"\[[a-z]+\.")
_PLAIN_VALUE = re.compile(r'[a-z_]+ = (?:[0-9]+|"[^"\\]*")$')


def pair(seed: int) -> tuple[bytes, bytes, bytes] | None:
    """Base, ours and theirs, now and then without a base; None for a seed that gives no TOML."""
    draw = random.Random(seed)
    try:
        base = Document.parse(generate(draw).raw, "it.toml")
    except ReadError:
        return None
    ours, theirs = _edited(base, draw), _edited(base, draw)
    was = b"" if draw.random() < 0.1 else base.to_bytes()
    return was, ours.to_bytes(), theirs.to_bytes()


def _edited(document: Document, draw: random.Random) -> Document:
    for _ in range(draw.randint(1, 6)):
        try:
            if draw.random() < 0.4:
                document = _rewritten(document, draw)
            else:
                document = document.apply(random_edit(draw, document.tables))
        except (EditRefused, ReadError):
            continue
    return document


def _rewritten(document: Document, draw: random.Random) -> Document:
    """The file after something that a person does in an editor. Raises ReadError for no TOML."""
    raw = document.to_bytes()
    newline = "\r\n" if b"\r\n" in raw else "\n"
    lines = raw.decode().split(newline)
    tables = [at for at, line in enumerate(lines) if _TABLE.match(line)]
    if not tables:
        return document
    at, what = draw.choice(tables), draw.random()
    if what < 0.25:
        lines.insert(at, f"## of nobody, {draw.randrange(9)}")
    elif what < 0.4:
        lines[at + 1 : at + 1] = ['more = """', f"{draw.randrange(3)}", "[initiatives.no]", '"""']
    elif what < 0.55:
        lines.insert(at + 1, f"own.dotted.key-{draw.randrange(2)} = {draw.randrange(3)}")
    elif what < 0.7:
        end = next((each for each in tables if each > at), len(lines))
        lines = [*lines[:at], *lines[end:], *lines[at:end]]
    elif what < 0.85:
        link = f"{{ on = 'api', type = 'SS', lag = '{draw.randrange(3)}d' }}"
        lines += [f"[initiatives.api-{draw.randrange(3)}]", f"needs = [{link}, 'api FF']"]
    else:
        lines = [f"{line}  # so" if _PLAIN_VALUE.match(line) else line for line in lines]
    return Document.parse(newline.join(lines).encode(), "it.toml")


def hold(base: bytes, ours: bytes, theirs: bytes) -> int:
    """Merge both ways, and with every answer; how many questions. Raises AssertionError."""
    found, other = merge_bytes(base, ours, theirs), merge_bytes(base, theirs, ours)
    asked = {(each.kind, each.id, each.key) for each in found.conflicts}
    assert asked == {(each.kind, each.id, each.key) for each in other.conflicts}, "one-sided"
    if not asked and found.is_roadmap:
        assert found.document is not None
        assert other.document is not None
        assert same(found.document.data, other.document.data), "one-sided"
    answers: tuple[Side, ...] = ("ours", "theirs", "base")
    for answer in answers if asked else ():
        settled = merge_bytes(base, ours, theirs, decide=lambda _, side=answer: side)  # type: ignore[misc]
        assert not settled.conflicts, f"{answer} answers not all"
        assert not settled.is_roadmap or settled.document is not None
    if asked and found.is_roadmap:
        sides = unmarked(found.to_bytes().decode())
        assert sides is not None, "markers that don't match up"
        for each in (sides.ours, sides.theirs):
            Document.parse(each.encode(), "")
    return len(asked)
