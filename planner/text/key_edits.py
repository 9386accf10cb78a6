"""Key edits in the text: change the bytes of one key, one item or one pair, and no others.

Each function changes a draft's text from `old` to `new` at one path, in the spelling that the path
has there. Whether that succeeded is not decided here: the result is read back (verification.py) and
refused if it is not exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import fields
from planner.text.drafts import Draft
from planner.text.edits import same
from planner.text.layout import (
    blank_above,
    blank_below,
    insert_after,
    order_inside,
    place_table,
    remove_section,
    style_at,
    table_text,
    wants_a_header,
)
from planner.text.locations import MISSING, Location, holder, locations, lookup, lookup_without
from planner.text.rendering import render, render_key
from planner.text.scanning import Statement
from planner.text.sections import Path, Section
from planner.text.values import place_in_order, rewrite

_SEPARATORS = ("=", " = ", "= ", " =")

Data = Mapping[str, Any]


def change(draft: Draft, path: Path, old: Data, new: Data, *, in_place: bool = False) -> None:
    """Bring the text at `path` from what `old` (the whole data) says to what `new` says.

    `in_place` says that the items of lists there are the same ones, each in its place.
    """
    before, after = lookup(old, path), lookup(new, path)
    if same(before, after):
        return
    held = holder(draft, path)
    where = locations(draft, path)
    if held is not None and (len(held[0]) < len(path) or after is not MISSING):
        _rewrite_value(draft, *held, old, new, in_place)
    elif where.value is not None and after is not MISSING:
        _rewrite_value(draft, path, where.value, old, new, in_place)
    elif before is MISSING:
        _insert(draft, path, old, new)
    elif after is MISSING:
        _remove_key(draft, path, new)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*after, *(key for key in before if key not in after)]:
            change(draft, (*path, key), old, new, in_place=in_place)
    else:
        remove(draft, path)
        _insert(draft, path, lookup_without(old, path), new)


def _rewrite_value(
    draft: Draft, path: Path, location: Location, old: Data, new: Data, in_place: bool = False
) -> None:
    value = location.item.value
    in_place = in_place or _in_order(path)
    style = replace(style_at(draft, path, location.indent), in_place=in_place)
    after = lookup(new, path)
    # A kind without tables is none to the data; its value stays, with what is said beside it.
    after = {} if after is MISSING else after
    text = rewrite(location.section.text, value, lookup(old, path), after, style)
    draft.splice(location.section, value.start, value.end, text)


def _in_order(path: Path) -> bool:
    """Whether items of a list are identified by position, as in a three-point estimate."""
    field = fields(path[0]).get(path[2]) if len(path) > 2 else None
    return field is not None and field.form.what in ("estimate", "amount")


# --- putting in -----------------------------------------------------------------------------------


def add_table(draft: Draft, path: Path, text: str | None, old: Data, new: Data) -> None:
    """Write a table that was not there; with `text`, word for word."""
    held = holder(draft, path)
    if held is not None:
        _rewrite_value(draft, *held, old, new)
        return
    made = table_text(draft, path, lookup(new, path)) if text is None else _trimmed(text, draft)
    place_table(draft, path, made, old)


def _trimmed(text: str, draft: Draft) -> str:
    """A table's text without what is of where it stood: blank lines around it, ends of lines."""
    text = text.replace("\r\n", "\n").replace("\n", draft.newline)
    start, end = blank_below(text, 0), blank_above(text, len(text))
    trimmed = text[start:end] or text
    return trimmed if trimmed.endswith("\n") else trimmed + draft.newline


def _insert(draft: Draft, path: Path, old: Data, new: Data) -> None:
    """Write what `new` has at `path`, with the tables on the way that `old` does not have."""
    depth = next(at for at in range(1, len(path) + 1) if lookup(old, path[:at]) is MISSING)
    path, parent = path[:depth], path[: depth - 1]
    value = lookup(new, path)
    held = holder(draft, parent)
    where = locations(draft, parent)
    header = where.header(parent)
    if held is not None:
        _rewrite_value(draft, *held, lookup_without(new, path), new)
    elif header is not None and wants_a_header(path, value):
        last = draft.sections(draft.unit(path))[-1]
        insert_after(draft, last, table_text(draft, path, value))
    elif header is not None or where.statements:
        section = header or where.statements[-1].section
        _insert_statement(draft, section, path, value)
    elif where.sections:
        _open_table(draft, where.sections[0], parent)
        _insert(draft, path, old, new)
    elif not parent and isinstance(value, Mapping) and value:
        place_table(draft, path, table_text(draft, path, value), old)
    elif not parent:
        _insert_statement(draft, draft.root, path, value)
    else:
        raise EditRefused(f"[{render_key(parent)}] is not written in a way that can be added to")


def _open_table(draft: Draft, first: Section, path: Path) -> None:
    """Write the header of a table that so far only its tables inside have made."""
    header = f"[{render_key(path)}]{draft.newline}{draft.newline}"
    draft.replace(first, (Section(header, path), Section(first.text, first.path, first.many)))


def _insert_statement(draft: Draft, section: Section, path: Path, value: Any) -> None:
    """Write one key among those of its table, in their order and spaced as they are."""
    names = path[len(section.path) :]
    prefix, name = names[:-1], names[-1]
    beside = [
        each
        for each in section.statements
        if each.item.names[: len(prefix)] == prefix and len(each.item.names) > len(prefix)
    ]
    others = [each.item.names[len(prefix)] for each in beside]
    place = place_in_order(others, name, order_inside(path[:-1]))
    near = beside[place - 1] if place else beside[0] if beside else None
    indent = Location(section, near).indent if near else ""
    text = render(value, "", style_at(draft, path, indent))
    line = f"{indent}{_key_text(section, near, prefix, name)}{text}"
    at = _line_for(section, near, below=place > 0, dotted=bool(prefix))
    _insert_line(draft, section, at, line)


def _line_for(section: Section, near: Statement | None, *, below: bool, dotted: bool) -> int:
    """Where the line of a new key begins; the first of a table stands right below its header."""
    if near and below:
        return near.end
    if section.path and not (dotted and near):
        return section.top
    return near.start if near else section.lead_start


def _key_text(section: Section, near: Statement | None, prefix: Path, name: str) -> str:
    """The key and its ``=``, spelled and spaced like the statement nearby."""
    if near is None:
        return f"{render_key((*prefix, name))} = "
    parts = near.item.parts
    between = section.text[parts[-1].end : near.item.value.start]
    written = section.text[parts[0].start : parts[len(prefix)].start] if prefix else ""
    return written + render_key((name,)) + (between if between in _SEPARATORS else " = ")


def _insert_line(draft: Draft, section: Section, at: int, line: str) -> None:
    """Put a line in; behind a last line without an end, it has none either."""
    if at and not section.text[:at].endswith("\n"):
        draft.splice(section, at, at, draft.newline + line)
    else:
        draft.splice(section, at, at, line + draft.newline)


# --- taking out -----------------------------------------------------------------------------------


def remove(draft: Draft, path: Path) -> None:
    """Take out all that is written at a path, with the comments that belong to its sections."""
    while sections := locations(draft, path).sections:
        remove_section(draft, sections[-1])
    while found := locations(draft, path):
        _remove_statement(draft, found.value or found.statements[0])


def _remove_statement(draft: Draft, location: Location) -> None:
    """Take out the lines of a statement; of blank lines on both sides of it, one side's go too."""
    text, start, end = location.section.text, location.statement.start, location.statement.end
    below = blank_below(text, end)
    if blank_above(text, start) < start and end < below:
        end = below
    if not text[end:].strip() and draft.after(location.section) is None:
        start = blank_above(text, start)
        if not text.endswith("\n"):
            start = len(text[:start].removesuffix("\n").removesuffix("\r"))
    draft.splice(location.section, start, end, "")


def _remove_key(draft: Draft, path: Path, new: Data) -> None:
    """Take out a key; a table that nothing else writes any more is left as an empty one."""
    parent = path[:-1]
    where = locations(draft, parent)
    kept = not parent or (len(parent) == 1 and parent[0] in KINDS) or where.header(parent)
    if kept or lookup(new, parent) != {}:
        remove(draft, path)
    elif where.sections:
        _open_table(draft, where.sections[0], parent)
        remove(draft, path)
    elif len(where.statements) == 1:
        location = where.statements[0]
        last = location.item.parts[len(parent) - len(location.section.path) - 1].end
        draft.splice(location.section, last, location.item.value.end, " = {}")
    else:
        remove(draft, path)
        if not locations(draft, parent):
            _insert(draft, parent, lookup_without(new, parent), new)
