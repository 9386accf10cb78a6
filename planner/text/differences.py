"""One-line phrases for the differences of two roadmaps: ``profile-api estimate 6w → 8w``.

One phrase for each changed key; of a list, the items added and removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from planner.roadmap.entities import SINGLES, Tables
from planner.roadmap.quantities import format_lag, parse_amount, parse_estimate, parse_need
from planner.roadmap.values import NotAllowedError
from planner.text.edits import Key, RenameId, dotted, full_key, renamed_ids, same

SHORT = 60
"""Longer values are cut: a phrase is for one line."""


def difference_phrases(before: Tables, after: Tables) -> list[str]:
    """A phrase for each difference, tables in the order of the files, new and removed ones too."""
    return [
        phrase for kind, id in _names(before, after) for phrase in _table(kind, id, before, after)
    ]


def file_phrases(before: Tables, after: Tables) -> tuple[str, ...]:
    """Phrases for files that are known to differ, so never empty: comments may be all that did."""
    return tuple(difference_phrases(before, after)) or ("comments or layout",)


def written(before: Tables, after: Tables, renames: Iterable[RenameId] = ()) -> Iterator[str]:
    """What differs, a line for each key with its value before and after, named as in the file:
    ``web-push.estimate 4w → 6w``, ``teams.crm.lead not set → ana``. A table that was renamed is
    compared with itself.
    """
    return (f"{name} {what}" for name, what in written_keys(before, after, renames))


def written_keys(
    before: Tables, after: Tables, renames: Iterable[RenameId] = ()
) -> Iterator[tuple[str, str]]:
    """The same in two parts: ``("web-push.estimate", "4w → 6w")``."""
    for (kind, old), new in renamed_ids(renames).items():
        if old in before.get(kind, {}):
            yield _path(kind, old), f"renamed to {_path(kind, new)}"
            rest = {id: table for id, table in before[kind].items() if id != old}
            before = {**before, kind: {**rest, new: before[kind][old]}}
    for kind, id in _names(before, after):
        was, now = before.get(kind, {}).get(id), after.get(kind, {}).get(id)
        name = _path(kind, id)
        if was is None and kind not in SINGLES:
            yield name, "added"
        if now is None and kind not in SINGLES:
            yield name, "removed"
        else:
            yield from (
                (f"{name}.{dotted(key)}", _from_to(old, new))
                for key, old, new in _differing((), was or {}, now or {})
            )


def _path(kind: str, id: str) -> str:
    """How a table is named on a command line: an initiative by its id."""
    return id if kind == "initiatives" else dotted(full_key(kind, id))


def _from_to(old: Any, new: Any) -> str:
    if old is None:
        return f"not set → {_whole(new)}"
    return f"{_whole(old)} → removed" if new is None else change(old, new)


def _whole(found: Any) -> str:
    """A value with all its items, cut where it is too long for a line."""
    if isinstance(found, list) and not _is_points(found):
        return _cut(", ".join(map(value, found)) or "nothing")
    return value(found)


def _names(before: Tables, after: Tables) -> Iterator[tuple[str, str]]:
    for kind in dict.fromkeys((*after, *before)):
        old, new = before.get(kind, {}), after.get(kind, {})
        for id in dict.fromkeys((*new, *old)):
            if old.get(id) is not new.get(id):
                yield kind, id


def _table(kind: str, id: str, before: Tables, after: Tables) -> Iterator[str]:
    old, new = before.get(kind, {}).get(id), after.get(kind, {}).get(id)
    name = id or kind
    if old is None and kind not in SINGLES:
        yield f"{name} added"
    elif new is None and kind not in SINGLES:
        yield f"{name} removed"
    else:
        yield from _keys(name, old or {}, new or {})


def _keys(name: str, old: Any, new: Any) -> Iterator[str]:
    for key, was, now in _differing((), old, new):
        yield f"{name} {dotted(key)} {change(was, now)}".replace("  ", " ")


def _differing(key: Key, old: Any, new: Any) -> Iterator[tuple[Key, Any, Any]]:
    """Each key that is not the same, those inside small tables too, with both values."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys((*new, *old)):
            yield from _differing((*key, part), old.get(part), new.get(part))
    elif not same(old, new):
        yield key, old, new


def change(old: Any, new: Any) -> str:
    """``6w → 8w``, ``+tag-migration −consent-center``, ``sso (agreed = 2027-03-22)``, ``removed``;
    None is not there.
    """
    if new is None:
        return "removed"
    if old is None:
        return f"= {value(new)}"
    before, after = _items(old), _items(new)
    if _is_points(old) and _is_points(new):
        return f"{value(old)} → {value(new)}"
    if (before is old and after is new) or any(map(_is_link, (*before, *after))):
        return _cut(" ".join(_came_and_went(before, after)) or "in another order")
    return f"{value(old)} → {value(new)}"


def _is_points(found: Any) -> bool:
    """Whether it is three values of one thing, an estimate or an amount, reported as one."""
    if not isinstance(found, list) or len(found) != 3:
        return False
    try:
        parse_amount(found) if isinstance(found[0], int | float) else parse_estimate(found)
    except NotAllowedError:
        return False
    return True


def _items(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _came_and_went(old: list[Any], new: list[Any]) -> Iterator[str]:
    went = [each for each in old if each not in new]
    for each in (each for each in new if each not in old):
        was = next((one for one in went if _same_link(one, each)), None)
        if was is None:
            yield f"+{value(each)}"
        else:
            went.remove(was)
            yield _said(was, each)
    yield from (f"−{value(each)}" for each in went)


# --- links ----------------------------------------------------------------------------------------


def _is_link(found: Any) -> bool:
    """Whether it is the table of a link; one that is a string is no other than any string."""
    return isinstance(found, Mapping) and "on" in found


def _same_link(old: Any, new: Any) -> bool:
    return (_is_link(old) or _is_link(new)) and _on(old) == _on(new)


def _on(found: Any) -> Any:
    return found["on"] if _is_link(found) else str(found).partition(" ")[0]


def _said(old: Any, new: Any) -> str:
    """What is said on a link that was not said before."""
    was, now = _words(old), _words(new)
    parts = [
        f"{key} {_change_on_a_link(was.get(key), now.get(key))}"
        for key in dict.fromkeys((*now, *was))
        if not same(was.get(key), now.get(key))
    ]
    return f"{value(_on(new))} ({', '.join(parts) or 'written otherwise'})"


def _change_on_a_link(old: Any, new: Any) -> str:
    """A counter is one phrase as a whole, since half of one means nothing."""
    return f"= {in_full(new)}" if isinstance(new, Mapping) else change(old, new)


def _words(link: Any) -> dict[str, Any]:
    """What a link says beside what it is on, by key."""
    if _is_link(link):
        return {key: each for key, each in link.items() if key != "on"}
    try:
        need = parse_need(link)
    except NotAllowedError:
        return {}
    words = {"type": need.type} if need.type != "FS" else {}
    return words | ({"lag": format_lag(need.lag)} if need.lag else {})


# --- values ---------------------------------------------------------------------------------------


def in_full(found: Any) -> str:
    """A value to choose from several: all that a small table says; a link begins with its id."""
    if isinstance(found, Mapping) and found:
        on = [value(found["on"])] if "on" in found else []
        rest = (f"{key} {in_full(each)}" for key, each in found.items() if key != "on")
        return ", ".join((*on, *rest))
    if isinstance(found, Mapping):
        return "nothing"
    if isinstance(found, list) and any(isinstance(each, Mapping) for each in found):
        return "; ".join(map(in_full, found))
    return value(found)


def value(found: Any) -> str:
    """A value as a phrase shows it; a link by what it is on, an estimate by its lengths."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, list):
        return _cut("/".join(value(each) for each in found) or "nothing")
    if isinstance(found, Mapping):
        return value(found["on"]) if "on" in found else _cut(in_full(found))
    return _cut(str(found))


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
