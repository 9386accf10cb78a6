"""Edits of an initiative's `needs`: each keeps what is written of the links it leaves alone.

A link keeps its spelling: a string stays a string unless something is said about it that only a
table can hold. Terms that the other side has to take are no such edits: `planner.conflicts.terms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from planner.conflicts.context import Context
from planner.conflicts.trial import tables_of
from planner.roadmap.quantities import (
    LINK_KEYS,
    NEED_KEYS,
    Length,
    LinkType,
    Need,
    format_lag,
    needs_table,
    parse_need,
)
from planner.roadmap.values import NotAllowedError
from planner.text.edits import Edit, RemoveKey, SetKey

Written = str | Mapping[str, Any]
"""A link as it stands in the file."""


def written_needs(context: Context, id: str) -> list[Written]:
    """The links of an initiative as they are written; a bare string is a list of one."""
    table = tables_of(context).get("initiatives", {}).get(id)
    return links_in(table.get("needs") if isinstance(table, Mapping) else None)


def links_in(needs: Any) -> list[Written]:
    """The links that the value of `needs` holds; what is no list is one, whatever it is."""
    if needs is None:
        return []
    return list(needs) if isinstance(needs, list | tuple) else [needs]


def parsed(written: Written) -> Need | None:
    """A link as written, read; None where it can't be.

    What a table says of a link beside where it is, and can't be read, is only lost.
    """
    if isinstance(written, str):
        return _parsed_text(written)
    return _parsed(written) or _parsed(_legible(written))


def _parsed(written: Written) -> Need | None:
    try:
        return parse_need(written)
    except NotAllowedError:
        return None


def _legible(written: Mapping[str, Any]) -> dict[str, Any]:
    """A link's table without the words that can't be read."""
    return {
        key: value
        for key, value in written.items()
        if key in LINK_KEYS or _parsed({"on": written.get("on"), key: value}) is not None
    }


_parsed_text = lru_cache(maxsize=1 << 12)(_parsed)
"""What can give is looked for by reading the same few links hundreds of times."""


def is_on(written: Written, supplier: str) -> bool:
    """Whether a link as written is on this predecessor."""
    need = parsed(written)
    return need is not None and need.on == supplier


def as_table(written: Written) -> dict[str, Any]:
    """A link as a table, with its type and lag where they are not the usual ones."""
    if isinstance(written, Mapping):
        return dict(written)
    need = parse_need(written)
    return {"on": need.on, **link_words(need.type, need.lag)}


def link_words(type: LinkType, lag: Length | None) -> dict[str, Any]:
    """The type and the lag of a link's table where they are not the usual ones."""
    words: dict[str, Any] = {} if type == "FS" else {"type": type}
    return words | ({"lag": format_lag(lag)} if lag is not None and lag.number else {})


def with_words(table: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """A link's table that says `words` too, its keys in their normal order."""
    said = {**table, **words}
    order = [
        *(key for key in NEED_KEYS if key in said),
        *(key for key in said if key not in NEED_KEYS),
    ]
    return {key: said[key] for key in order}


def set_needs(id: str, needs: Iterable[Written]) -> Edit:
    """Write these links; none at all removes the key."""
    value = list(needs)
    if not value:
        return RemoveKey("initiatives", id, ("needs",))
    return SetKey("initiatives", id, ("needs",), value)


def say(context: Context, successor: str, supplier: str, words: Mapping[str, Any]) -> Edit:
    """Write `words` (``agreed``, ``promised``) on one link of a pair: a table, else the first."""
    needs = written_needs(context, successor)
    links = [number for number, one in enumerate(needs) if is_on(one, supplier)]
    chosen = next((n for n in links if isinstance(needs[n], Mapping)), links[0])
    needs[chosen] = with_words(as_table(needs[chosen]), words)
    return set_needs(successor, needs)


def without(context: Context, successor: str, supplier: str) -> Edit:
    """Remove every link of a pair."""
    needs = written_needs(context, successor)
    return set_needs(successor, [one for one in needs if not is_on(one, supplier)])


def added(context: Context, successor: str, supplier: str) -> Edit:
    """Make `successor` wait for `supplier` to finish."""
    return set_needs(successor, [*written_needs(context, successor), supplier])


def spare(needs: Sequence[Need]) -> list[int]:
    """The places of finish-to-start links that another one of the same pair implies.

    One without a lead is kept: the one with a lag, else with words, else the first.
    """
    kept: dict[str, int] = {}
    for place, need in enumerate(needs):
        if need.type == "FS" and _own_lag(need) >= 0:
            first = kept.setdefault(need.on, place)
            if _weight(need) > _weight(needs[first]):
                kept[need.on] = place
    return [
        place
        for place, need in enumerate(needs)
        if need.type == "FS" and _own_lag(need) <= 0 and not needs_table(need)
        if kept.get(need.on, place) != place
    ]


def _weight(need: Need) -> tuple[float, bool]:
    return _own_lag(need), needs_table(need)


def _own_lag(need: Need) -> float:
    return need.lag.number if need.lag else 0
