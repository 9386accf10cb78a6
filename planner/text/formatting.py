"""The one normal form of a roadmap file: the same data, every comment, in the format's order.

- Tables stand in the order in which the format names their kinds, those of a kind in id order, each
  with its sub-tables behind it, and one blank line between tables. Tables that the format does not
  know come last, in the order they had.
- Keys stand in the format's order; unknown ones last. No blank lines between them.
- A list of references with more than one item has one item a line, with a trailing comma; one with
  comments in it stays as it is written.
- A comment stays with what it is about: at the end of its line, above its key or table, or, where a
  blank line parts it from what follows, still before that. What stands at the top of the file
  before the first table, parted from it by a blank line, stays there.
- Values keep their spelling. The last line ends.

Formatting what is formatted changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import TABLE_NAMES, TABLES, is_reference_list, keys_in_order
from planner.text.document import Document
from planner.text.edits import same
from planner.text.scanning import Statement
from planner.text.sections import Section, split

INDENT = "    "


def formatted(document: Document) -> Document:
    """The document in normal form; itself where it is so already.

    Raises EditRefused where the result would not say the same, with nothing changed.
    """
    crlf = "\r\n" in document.text
    text = normal_text(document.text.replace("\r\n", "\n"))
    if crlf:
        text = text.replace("\n", "\r\n")
    if text == document.text:
        return document
    bom = document.to_bytes()[:3] if document.to_bytes().startswith(b"\xef\xbb\xbf") else b""
    result = Document.parse(bom + text.encode(), document.file)
    if not same(result.data, document.data):
        raise EditRefused("the normal form would not say the same", file=document.file)
    return result


def normal_text(text: str) -> str:
    """The normal form of a text that parses and has ``\\n`` line ends."""
    root, *tables = split(text)
    head, before = _root(root, bool(tables))
    blocks = [head] if head else []
    placed = []
    for number, section in enumerate(tables):
        last = number == len(tables) - 1
        end = section.own_end(last)
        placed.append((_place(section, number), _comments(before), _table(section, end)))
        before = section.text[end:]
    placed.sort(key=lambda each: each[0])
    blocks += [
        "\n\n".join(part for part in (*apart, lead + table) if part)
        for _, (apart, lead), table in placed
    ]
    rest = _blocks(before)
    return "\n\n".join([*blocks, *rest]) + "\n" if blocks or rest else ""


Place = tuple[int, str, int]


def _place(section: Section, number: int) -> Place:
    """Where a table stands among the others."""
    kind = section.path[0]
    rank = TABLE_NAMES.index(kind) if kind in TABLE_NAMES else len(TABLE_NAMES)
    ordered = kind in KINDS and len(section.path) > 1 and not section.many
    return rank, section.path[1] if ordered else "", number


def _root(root: Section, followed: bool) -> tuple[str, str]:
    """What stands before the first header, and the comments there that belong to that."""
    start = root.lead_start if followed else len(root.text)
    own, lead = root.text[:start], root.text[start:]
    if not root.statements:
        return "\n\n".join(_blocks(own)), lead
    end = root.own_end_without_comments
    comments = "\n\n".join(_blocks(own[: root.statements[0].start]))
    head = "\n".join(
        [
            *([comments] if comments else []),
            *_statements(root, root.statements, root.statements[0].start),
        ]
    )
    tail = "\n\n".join(_blocks(own[end:]))
    return "\n\n".join(part for part in (head, tail) if part), lead


def _blocks(text: str) -> list[str]:
    """Comments, parted where blank lines part them."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return ["\n".join(block) for block in found if block]


def _comments(before: str) -> tuple[list[str], str]:
    """What stands before a header: comments parted from it, and those right above it."""
    blocks = _blocks(before)
    if not blocks:
        return [], ""
    if before[len(before.rstrip()) :].count("\n") > 1:
        return blocks, ""
    return blocks[:-1], blocks[-1] + "\n"


def _table(section: Section, end: int) -> str:
    """A header with its keys, in order, each below its comments."""
    header = section.text[: section.top].rstrip()
    statements = sorted(section.statements, key=lambda each: _key_place(section, each))
    lines = [header, *_statements(section, statements, section.top)]
    lines += [
        line
        for block in _blocks(section.text[section.own_end_without_comments : end])
        for line in block.split("\n")
    ]
    return "\n".join(lines)


def _key_place(section: Section, statement: Statement) -> tuple[int, str]:
    """Where a key stands among those of its table."""
    kind, depth = section.path[0], len(section.path)
    name = statement.item.names[0]
    if kind in KINDS and depth == 1:
        return 0, name
    if kind in TABLES and (depth == 2 if kind in KINDS else depth == 1):
        order = keys_in_order(kind)
        return order.index(name) if name in order else len(order), ""
    return 0, ""


def _statements(section: Section, statements: Iterable[Statement], top: int) -> list[str]:
    """Keys with the comments above them, in the given order."""
    ends = {
        each.start: end
        for each, end in zip(
            section.statements, [top, *(each.end for each in section.statements)], strict=False
        )
    }
    lines = []
    for statement in statements:
        above = section.text[ends[statement.start] : statement.start]
        lines += [line for block in _blocks(above) for line in block.split("\n")]
        lines.append(_statement(section, statement))
    return lines


def _statement(section: Section, statement: Statement) -> str:
    text, item = section.text, statement.item
    key = text[item.parts[0].start : item.parts[-1].end]
    behind = text[item.value.end : statement.end].rstrip()
    return f"{key} = {_value(section, statement)}{behind}"


def _value(section: Section, statement: Statement) -> str:
    text, value = section.text, statement.item.value
    written = text[value.start : value.end]
    path = (*section.path, *statement.item.names)
    lists = len(path) == 3 and path[0] in KINDS and is_reference_list(path[0], path[2])
    if not lists or value.what != "list" or len(value.items) < 2:
        return written
    items = [text[item.value.start : item.value.end] for item in value.items]
    if "#" in _between(text, statement) or any("\n" in item for item in items):
        return written
    return "\n".join(["[", *(f"{INDENT}{item}," for item in items), "]"])


def _between(text: str, statement: Statement) -> str:
    """What is written in a list between its items."""
    value = statement.item.value
    at, found = value.start, []
    for item in value.items:
        found.append(text[at : item.value.start])
        at = item.value.end
    return "".join([*found, text[at : value.end]])
