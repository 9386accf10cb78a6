"""Layout of new text: positions of keys and tables, line breaks, blank lines.

The format document says: keys in its order, references one a line once there are several, small
tables inline, one blank line between tables, a new table in id order among its kind.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from typing import Any

from planner.roadmap.entities import SINGLES
from planner.roadmap.fields import TABLE_NAMES, fields, is_reference_list, keys_in_order
from planner.text.drafts import Draft
from planner.text.rendering import Style, render, render_key
from planner.text.sections import Path, Section, split_exactly

_WIDTH = 100


def kind_and_key(path: Path) -> tuple[str, Path]:
    """The kind of table a path is in, and the key inside it; an empty key is the table itself."""
    return ("", ()) if not path else (path[0], path[1:] if path[0] in SINGLES else path[2:])


def order_inside(path: Path) -> tuple[str, ...]:
    """The normal order of the keys below a path: those of its table, or of the links in it."""
    kind, key = kind_and_key(path)
    if not key:
        return keys_in_order(kind) if kind in SINGLES or len(path) > 1 else ()
    return keys_in_order("needs") if key[-1] == "needs" else ()


def style_at(draft: Draft, path: Path, indent: str = "") -> Style:
    """How the value of a key is written where it has lines of its own."""
    kind, key = kind_and_key(path)
    one_per_line = len(key) == 1 and is_reference_list(kind, key[0])
    return Style(draft.newline, indent, True, one_per_line, order_inside(path))


def wants_a_header(path: Path, value: Any) -> bool:
    """Whether a table is written below a header of its own: days, and what is long."""
    if not isinstance(value, Mapping) or not value:
        return False
    kind, key = kind_and_key(path)
    field = fields(kind).get(key[0]) if len(key) == 1 else None
    days = field is not None and field.form.what == "table" and field.form.key == "day"
    return days or len(render_key(path[-1:])) + len(render(value)) > _WIDTH


def table_text(draft: Draft, path: Path, values: Mapping[str, Any]) -> str:
    """A new table in the normal form: keys in order, small tables inline, others below it."""
    order = {key: at for at, key in enumerate(order_inside(path))}
    keys = sorted(values, key=lambda key: order.get(key, len(order)))
    below = [key for key in keys if wants_a_header((*path, key), values[key])]
    lines = [f"[{render_key(path)}]"]
    for key in keys:
        if key not in below:
            text = render(values[key], "", style_at(draft, (*path, key)))
            lines.append(f"{render_key((key,))} = {text}")
    tables = [table_text(draft, (*path, key), values[key]) for key in below]
    return draft.newline.join([draft.newline.join(lines) + draft.newline, *tables])


# --- where a table goes ---------------------------------------------------------------------------


def place_table(draft: Draft, path: Path, text: str, data: Mapping[str, Any]) -> None:
    """Put a table's text where one of its kind and id is looked for; `data` is what was there."""
    beside = _beside_its_kind(draft, path, data) or _beside_other_kinds(draft, path[0])
    if beside is None:
        insert_after(draft, draft.last, text)
    elif beside[1]:
        insert_after(draft, beside[0], text)
    else:
        insert_before(draft, beside[0], text)


def _beside_its_kind(
    draft: Draft, path: Path, data: Mapping[str, Any]
) -> tuple[Section, bool] | None:
    """The section beside which a new table goes, and whether behind it: by id where ids are in
    order, else behind the last; None without another of its kind."""
    if len(path) < 2:
        return None
    kind, id = path[:2]
    headed = draft.base.headed(kind, data.get(kind, ()))
    ids = sorted(headed)
    if not ids:
        return None
    if ids != headed:
        return draft.sections((kind, headed[-1]))[-1], True
    place = bisect(ids, id)
    if place == 0:
        return draft.sections((kind, ids[0]))[0], False
    return draft.sections((kind, ids[place - 1]))[-1], True


def _beside_other_kinds(draft: Draft, kind: str) -> tuple[Section, bool] | None:
    """The same for the first of a kind: kinds are in the format's order where the file's are.

    None for the end of the file.
    """
    rank = {name: at for at, name in enumerate(TABLE_NAMES)}
    sections = draft.outline().sections[1:]
    last = {section.path[0]: section for section in sections}
    ranks = [rank.get(name, len(rank)) for name in dict.fromkeys(each.path[0] for each in sections)]
    if not last or ranks != sorted(ranks) or kind not in rank:
        return None
    before = [name for name in last if rank.get(name, len(rank)) < rank[kind]]
    return (last[before[-1]], True) if before else (sections[0], False)


def insert_after(draft: Draft, section: Section, text: str) -> None:
    """Put a table's text behind a section's own lines, before comments that are not its own."""
    after = draft.after(section)
    end = section.own_end(last=after is None) if section.path else _end_of_root(section, after)
    own, rest = section.text[:end], section.text[end:]
    if own and not own.endswith("\n"):
        own, text = own + draft.newline, text.removesuffix(draft.newline)
    if own.strip():
        own += draft.newline
    if (rest or after is not None) and blank_below(rest, 0) == 0:
        rest = draft.newline + rest
    above, *made = split_exactly(text + rest)
    draft.replace(section, (Section(own + above.text, section.path, section.many), *made))


def _end_of_root(section: Section, after: Section | None) -> int:
    """Where a first table goes below what precedes all headers: behind its comments too."""
    end = len(section.text) if after is None else section.lead_start
    return blank_above(section.text, end) if section.text[:end].strip() else end


def insert_before(draft: Draft, section: Section, text: str) -> None:
    """Put a table's text before a section and the comments that belong to it."""
    before = draft.before(section)
    keep, lead = before.text[: before.lead_start], before.text[before.lead_start :]
    if keep and blank_above(keep, len(keep)) == len(keep):
        keep += draft.newline
    above, *made = split_exactly(text + draft.newline + lead)
    draft.replace(before, (Section(keep + above.text, before.path, before.many), *made))


def remove_section(draft: Draft, section: Section) -> None:
    """Take out a header with its lines and the comments that belong to it; leave other comments."""
    before, after = draft.before(section), draft.after(section)
    keep = before.text[: before.lead_start]
    # A comment at the end of the file is about the file as likely as about its last table.
    end = section.own_end_without_comments if after is None else section.own_end(last=False)
    rest = section.text[end:]
    if after is None and not rest.strip():
        ends = section.text.endswith("\n")
        keep, rest = keep[: blank_above(keep, len(keep))], ""
        keep = keep if ends else keep.removesuffix("\n").removesuffix("\r")
    elif not keep or blank_above(keep, len(keep)) < len(keep):
        rest = rest[blank_below(rest, 0) :]
    draft.replace(section, ())
    draft.rewrite(before, keep + rest)


# --- blank lines ----------------------------------------------------------------------------------


def blank_above(text: str, at: int) -> int:
    """Where the blank lines above a line begin; `at` if there are none."""
    while at and not text[text.rfind("\n", 0, at - 1) + 1 : at].strip():
        at = text.rfind("\n", 0, at - 1) + 1
    return at


def blank_below(text: str, at: int) -> int:
    """Where the blank lines that begin at a line end; `at` if there are none."""
    while (end := text.find("\n", at)) >= 0 and not text[at:end].strip():
        at = end + 1
    return at if text[at:].strip() else len(text)
