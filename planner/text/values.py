"""Change a written value by replacing only what differs.

A list keeps its items with their comments and their lines; an inline table keeps its pairs; a text
or a number keeps its spelling. The result is a replacement for the old value's source.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from planner.roadmap.fields import keys_in_order
from planner.text.edits import same
from planner.text.rendering import Style, render, render_key
from planner.text.scanning import Item, Value

_COMMENT_BEHIND = re.compile(r"[ \t]*#[^\r\n]*")
_INDENT = re.compile(r"[ \t]*\Z")


def rewrite(source: str, node: Value, old: Any, new: Any, style: Style) -> str:
    """The text for `new` in the place of `node`, which reads as `old`."""
    was = source[node.start : node.end]
    if same(old, new):
        return was
    if node.what == "list" and isinstance(old, list) and isinstance(new, list):
        return _rewrite_list(source, node, old, new, style)
    if node.what == "table" and isinstance(old, Mapping) and isinstance(new, Mapping):
        return _rewrite_table(source, node, old, new, style)
    return render(new, was, style)


@dataclass(frozen=True, slots=True)
class Row:
    """One item with what stands round it.

    `lead` is what parts it from the row before (blanks, line ends, comments on lines of their own),
    `gap` what stands before its comma, `comment` what is behind it on the same line.
    """

    lead: str
    text: str
    gap: str = ""
    comment: str = ""

    @property
    def above(self) -> list[str]:
        """The lines between it and the row before: comments and blank ones."""
        return self.lead.split("\n")[1:-1]

    @property
    def loose(self) -> list[str]:
        """Of the lines above it those that are about no row: up to the last blank one."""
        lines = self.above
        while lines and lines[-1].strip():
            lines.pop()
        return lines

    def below(self, lines: list[str], newline: str) -> Row:
        """The row with lines above it that stood above another, which is gone."""
        lead = self.lead if _breaks(self.lead) else newline + self.lead.lstrip(" \t")
        return replace(self, lead=_lines_above(lines, lead, newline))

    @property
    def starts_a_line(self) -> bool:
        return "\n" in self.lead


@dataclass(frozen=True, slots=True)
class Rows:
    """A list or an inline table taken apart: `open` is a comment behind its bracket, `close` what
    stands before its end.
    """

    rows: tuple[Row, ...]
    close: str
    ends_with_comma: bool
    open: str = ""

    @property
    def over_lines(self) -> bool:
        """Whether rows begin on lines of their own."""
        return any(row.starts_a_line for row in self.rows) or "\n" in self.close


def _take_apart(source: str, node: Value) -> Rows:
    rows: list[Row] = []
    behind = _COMMENT_BEHIND.match(source, node.start + 1)
    opened = behind[0] if behind else ""
    at = node.start + 1 + len(opened)
    for item in node.items:
        end = item.value.end if item.comma is None else item.comma + 1
        behind = _COMMENT_BEHIND.match(source, end)
        comment = behind[0] if behind else ""
        gap = "" if item.comma is None else source[item.value.end : item.comma]
        text = source[item.start : item.value.end]
        rows.append(Row(source[at : item.start], text, gap, comment))
        at = end + len(comment)
    close = source[at : node.end - 1]
    ends_with_comma = node.items[-1].comma is not None if node.items else "\n" in close
    return Rows(tuple(rows), close, ends_with_comma, opened)


def _put_together(rows: Rows, brackets: str, newline: str) -> str:
    parts = [brackets[0], rows.open]
    commented = bool(rows.open)
    for number, row in enumerate(rows.rows, 1):
        comma = "," if number < len(rows.rows) or rows.ends_with_comma else ""
        lead = newline + row.lead if commented and not _breaks(row.lead) else row.lead
        gap = row.gap if comma or "#" in row.gap else ""
        parts += [lead, row.text, gap, comma, row.comment]
        commented = bool(row.comment)
    close = newline + rows.close if commented and not _breaks(rows.close) else rows.close
    return "".join([*parts, close, brackets[1]])


def _breaks(text: str) -> bool:
    return text.lstrip(" \t").startswith(("\n", "\r\n"))


# --- lists ----------------------------------------------------------------------------------------


def _rewrite_list(source: str, node: Value, old: list[Any], new: list[Any], style: Style) -> str:
    rows = _take_apart(source, node)
    grows = len(new) > max(len(old), 1)
    if style.one_per_line and style.lines and grows and not rows.over_lines:
        rows = _one_per_line(rows, style)
    in_place = style.in_place and len(old) == len(new)
    kept: list[int | None] = [*range(len(new))] if in_place else _pair_up(old, new)
    made = [
        _new_row(rows, render(value, "", style.inside), style)
        if at is None
        else replace(rows.rows[at], text=_item(source, node.items[at], old[at], value, style))
        for at, value in zip(kept, new, strict=True)
    ]
    arranged = (
        _over_lines(rows, kept, made, style.newline)
        if rows.over_lines
        else _on_one_line(rows, kept, made)
    )
    return _put_together(arranged, "[]", style.newline)


def _item(source: str, item: Item, old: Any, new: Any, style: Style) -> str:
    return rewrite(source, item.value, old, new, style.inside)


def _pair_up(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item the old one that it is: the very same, else one about the same thing."""
    found: list[int | None] = [None] * len(new)
    unused = set(range(len(old)))
    for likeness in (_spelled, _identity):
        left: dict[Hashable, list[int]] = {}
        for at in sorted(unused):
            left.setdefault(likeness(old[at]), []).append(at)
        for place, item in enumerate(new):
            alike = left.get(likeness(item)) if found[place] is None else None
            if alike:
                found[place] = alike.pop(0)
        unused -= {at for at in found if at is not None}
    return found


def _spelled(item: Any) -> Hashable:
    return (type(item).__name__, repr(item))


def _identity(item: Any) -> Hashable:
    """What an item of a list is about: of a link, the id that it is on; else its value."""
    if isinstance(item, Mapping) and isinstance(item.get("on"), str):
        return ("text", item["on"])
    if isinstance(item, str):
        return ("text", item.partition(" ")[0])
    return "table" if isinstance(item, Mapping) else _spelled(item)


def _one_per_line(rows: Rows, style: Style) -> Rows:
    lead = f"{style.newline}{style.indent}    "
    each = tuple(
        replace(row, lead=lead, gap=row.gap if "#" in row.gap else "") for row in rows.rows
    )
    return Rows(each, f"{style.newline}{style.indent}", True, rows.open)


def _new_row(rows: Rows, text: str, style: Style) -> Row:
    """A row spaced as its neighbours are."""
    for row in rows.rows:
        if row.starts_a_line:
            return Row(style.newline + _indent(row.lead), text)
    if rows.over_lines:
        return Row(f"{style.newline}{style.indent}    ", text)
    return Row(rows.rows[1].lead if len(rows.rows) > 1 else " ", text)


def _indent(lead: str) -> str:
    match = _INDENT.search(lead)
    return match[0] if match else ""


def _over_lines(rows: Rows, kept: list[int | None], made: list[Row], newline: str) -> Rows:
    """The rows in their new order. What stood above one that is gone goes with it, unless it is
    about others too.
    """
    close = rows.close
    for gone in sorted(set(range(len(rows.rows))).difference(kept), reverse=True):
        below = next((at for at in range(gone + 1, len(rows.rows)) if at in kept), None)
        lines = _staying(rows, gone, below)
        if below is None:
            close = _lines_above(lines, close, newline)
        elif lines:
            made[kept.index(below)] = made[kept.index(below)].below(lines, newline)
    if not made and "#" not in rows.open + close:
        close = ""
    if made and rows.rows and kept[0] != 0 and not made[0].starts_a_line:
        made[0] = replace(made[0], lead=_bare(rows.rows[0].lead, newline))
    comma = rows.ends_with_comma or _parts_a_comment(rows, kept)
    return Rows(tuple(made), close, comma, rows.open)


def _staying(rows: Rows, gone: int, below: int | None) -> list[str]:
    """The lines above a row that is gone which are about others too: those that a blank line parts
    from it, and a heading, below which rows that stay follow line by line.
    """
    row = rows.rows[gone]
    follow = () if below is None else rows.rows[gone + 1 : below + 1]
    heads = bool(follow) and not any(each.above for each in follow)
    lines = row.above if heads else row.loose
    return lines if any(line.strip() for line in lines) else []


def _lines_above(lines: list[str], lead: str, newline: str) -> str:
    """Lines put above what begins with `lead`, with one blank line at most between them."""
    rest = lead if _breaks(lead) else newline + lead
    ends_blank = not lines or not lines[-1].strip()
    lines = [line.rstrip("\r") for line in lines]
    if ends_blank and lines and _begins_blank(rest):
        lines.pop()
    return "".join(newline + line for line in lines) + rest if lines else lead


def _begins_blank(rest: str) -> bool:
    """Whether a blank line comes first, or the end of the list, above which there is none."""
    _, *lines = rest.split("\n")
    return not lines[0].strip()


def _bare(lead: str, newline: str) -> str:
    """Where a row began, without what was said above it."""
    return newline + _indent(lead) if "\n" in lead else lead


def _parts_a_comment(rows: Rows, kept: list[int | None]) -> bool:
    """Whether the last row gets a comma between it and its comment, as rows now follow it: then
    the new last one gets one too, so that the next to come leaves it alone."""
    last = len(rows.rows) - 1
    return last >= 0 and bool(rows.rows[last].comment) and last in kept[:-1]


def _on_one_line(rows: Rows, kept: Sequence[int | None], made: Sequence[Row]) -> Rows:
    """The blanks before the first item stay before whichever is first now."""
    if not made:
        return Rows((), rows.close if rows.open else "", False, rows.open)
    first = rows.rows[0].lead if rows.rows else ""
    second = rows.rows[1].lead if len(rows.rows) > 1 else " "
    leads = [second if at == 0 else row.lead for at, row in zip(kept, made, strict=True)]
    leads[0] = first
    spaced = tuple(replace(row, lead=lead) for row, lead in zip(made, leads, strict=True))
    return replace(rows, rows=spaced)


# --- inline tables --------------------------------------------------------------------------------


def _rewrite_table(
    source: str, node: Value, old: Mapping[str, Any], new: Mapping[str, Any], style: Style
) -> str:
    rows = _take_apart(source, node) if node.items else Rows((Row(" ", ""),), " ", False)
    made: dict[str, list[tuple[int | None, Row]]] = {}
    for at, item in enumerate(node.items):
        if item.names[0] in new:
            made.setdefault(item.names[0], []).append((at, rows.rows[at]))
    for item in node.items:
        name = item.names[0]
        if name in made and not same(old[name], new[name]):
            place, row = made[name][0]
            text = _pair_changed(source, item, old[name], new[name], style)
            made[name] = [(place, replace(row, text=text))]
    names = list(made)
    for name in new:
        if name not in made:
            names.insert(place_in_order(names, name, style.order), name)
            made[name] = [(None, _new_row(rows, _pair(name, new[name], style), style))]
    placed = [each for name in names for each in made[name]]
    arranged = _on_one_line(rows, [at for at, _ in placed], [row for _, row in placed])
    return _put_together(arranged, "{}", style.newline)


def _pair_changed(source: str, item: Item, old: Any, new: Any, style: Style) -> str:
    """A pair with another value; a pair written with dots is written anew, without them."""
    if len(item.parts) > 1:
        return _pair(item.names[0], new, style)
    below = _below(item.names[0], style)
    return source[item.start : item.value.start] + rewrite(source, item.value, old, new, below)


def _below(name: str, style: Style) -> Style:
    """The style of what stands under a key: links have an order of their own, counters too."""
    order = keys_in_order(name) if style.order else ()
    return structs.replace(style.inside, order=order or style.order)


def _pair(name: str, value: Any, style: Style) -> str:
    return f"{render_key((name,))} = {render(value, '', style.inside)}"


def place_in_order(names: Sequence[str], name: str, order: Sequence[str]) -> int:
    """Where `name` goes among `names`: behind the nearest before it in `order`, if it is there.

    A name that has no place in `order` goes where the alphabet says if the others follow it (days
    do), else last.
    """
    rank = {each: at for at, each in enumerate(order)}
    if name in rank:
        own = rank[name]
        before = [(rank[each], at) for at, each in enumerate(names) if rank.get(each, own) < own]
        return max(before)[1] + 1 if before else 0
    if len(names) > 1 and list(names) == sorted(names):
        return sum(each < name for each in names)
    return len(names)
