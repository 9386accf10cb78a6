"""Random edits of every kind for a file's tables."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from planner.roadmap.entities import Tables
from planner.text.edits import (
    AddTable,
    Edit,
    RemoveKey,
    RemoveTable,
    RenameId,
    SetKey,
)
from tests.text.generated import (
    IDS,
    KEYED,
    PARTIES,
    SINGLE,
    VALUES,
    some_day,
    some_need,
    some_table,
    some_text,
    walk,
)


def random_edit(draw: random.Random, tables: Tables) -> Edit:
    """An edit that mostly has a meaning on these tables."""
    places = [
        (kind, id)
        for kind, of_kind in tables.items()
        if kind in VALUES
        for id, table in of_kind.items()
        if isinstance(table, Mapping)
    ]
    what = draw.choice(("set", "set", "set", "splice", "splice", "remove", "add", "drop", "rename"))
    if what == "add" or not places:
        return _addition(draw)
    kind, id = draw.choice(places)
    table = tables[kind][id]
    if what == "rename":
        return _rename(draw, kind, id)
    if what == "drop":
        return RemoveTable(kind, id)
    if what == "remove" and table:
        return RemoveKey(kind, id, draw.choice(list(walk(table))))
    if what == "splice" and (
        lists := [key for key, value in table.items() if isinstance(value, list)]
    ):
        key = draw.choice(lists)
        return SetKey(kind, id, (key,), spliced(draw, table[key], key))
    return _assignment(draw, kind, id, table)


def _addition(draw: random.Random) -> Edit:
    kind = draw.choice((*KEYED, *SINGLE))
    names = PARTIES if kind == "teams" else (*IDS, "zeta", "0-first", "Odd Id")
    return AddTable(kind, "" if kind in SINGLE else draw.choice(names), some_table(draw, kind))


def _rename(draw: random.Random, kind: str, id: str) -> Edit:
    if kind in SINGLE or draw.random() < 0.2:
        kind, id = draw.choice((("initiatives", draw.choice(IDS)), ("teams", draw.choice(PARTIES))))
    names = PARTIES if kind == "teams" else IDS
    return RenameId(kind, id, draw.choice((*names, "renamed", "new-name")))


def _assignment(draw: random.Random, kind: str, id: str, table: Mapping[str, Any]) -> Edit:
    key = draw.choice(sorted(VALUES[kind]))
    value = VALUES[kind][key](draw)
    inner = table.get(key)
    if isinstance(inner, Mapping) and draw.random() < 0.6:
        name = draw.choice((*inner, *PARTIES))
        return SetKey(kind, id, (key, name), draw.choice((some_day(draw), 3, some_text(draw))))
    if draw.random() < 0.1:
        return SetKey(kind, id, ("reviews", draw.choice(PARTIES)), some_day(draw))
    if draw.random() < 0.05:
        return SetKey(kind, id, ("deep", "er", "still"), some_text(draw))
    return SetKey(kind, id, (key,), value)


def spliced(draw: random.Random, items: list[Any], key: str) -> list[Any]:
    """A list with items put in, taken out, replaced or moved."""
    result = list(items)
    for _ in range(draw.randint(1, 3)):
        new = some_need(draw) if key == "needs" else draw.choice((*IDS, *PARTIES))
        what = draw.choice(("in", "out", "replace", "move"))
        at = draw.randrange(len(result) + 1)
        if what == "in" or not result:
            result.insert(at, new)
        elif what == "out":
            del result[at - 1]
        elif what == "replace":
            result[at - 1] = new
        else:
            result.insert(draw.randrange(len(result)), result.pop(at - 1))
    return result
