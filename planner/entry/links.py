"""One dependency as a line of text, and back: its string form, then what is said beside it.

tag-migration SS+5d
profile-api; delivers segment endpoint; needed by 18 jan; agreed 5 nov
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.entry.around import Around, Typed
from planner.roadmap.ids import nearest
from planner.roadmap.quantities import LINK_KEYS, NEED_KEYS, Need, format_lag
from planner.roadmap.typed import Unclear, Understood, say_day, say_need, typed_link
from planner.text.visible import visible

BESIDE = NEED_KEYS[len(LINK_KEYS) :]
"""What may be said beside a link."""

BESIDE_TEXTS = ("delivers", "why")
"""Of these, the ones that are words; the others are days."""


def need_text(value: Any) -> str:
    """One link as a line: the string form, then what the table says beside it."""
    if not isinstance(value, Mapping):
        return visible(str(value))
    lag = str(value.get("lag") or "")
    sign = "" if not lag or lag[0] in "+-" else "+"
    kind = str(value.get("type") or "")
    head = visible(f"{value.get('on', '')} {kind}{sign}{lag}".strip())
    said = [f"{k.replace('_', ' ')} {visible(str(value[k]))}" for k in BESIDE if value.get(k)]
    return "; ".join([head, *said])


def read_need(
    line: str, known: Mapping[str, str], around: Around, before: Iterable[Any] = ()
) -> Typed:
    """One link: its string form, or a table where something is said beside it.

    Keys that the table in `before` has and this form does not know are kept.
    """
    head, *rest = (part.strip() for part in line.split(";"))
    id, _, link = head.partition(" ")
    if id not in known:
        near = nearest(id, known, loose=True)
        return Unclear(
            f"no initiative '{id}'", near and "; ".join([f"{near} {link}".strip(), *rest])
        )
    tie = typed_link(link, id)
    if isinstance(tie, Unclear):
        return Unclear(tie.why, tie.nearest and "; ".join([tie.nearest, *rest]))
    beside = _beside(rest, around)
    if isinstance(beside, Unclear):
        return Unclear(beside.why, f"{tie.text}; {beside.nearest}")
    extra = {key: value for key, value in _table_of(id, before).items() if key not in NEED_KEYS}
    said = (
        f"{say_need(tie.value)}{''.join(f', {word}' for word in beside.said.split('; ') if word)}"
    )
    if not beside.value and not extra:
        return Understood(tie.text, tie.text, said)
    return Understood({**_link_table(tie.value), **beside.value, **extra}, line, said)


def _table_of(id: str, before: Iterable[Any]) -> Mapping[str, Any]:
    tables = (each for each in before if isinstance(each, Mapping))
    return next((each for each in tables if each.get("on") == id), {})


def _link_table(need: Need) -> dict[str, Any]:
    table: dict[str, Any] = {"on": need.on}
    if need.type != "FS":
        table["type"] = need.type
    if need.lag is not None and need.lag.number:
        table["lag"] = format_lag(need.lag)
    return table


def _beside(parts: list[str], around: Around) -> Typed:
    """What is said beside a link: ``delivers …``, ``agreed 5 nov``, in any order."""
    found: dict[str, Any] = {}
    said: list[str] = []
    for at, part in enumerate(parts):
        read = _say_beside(part, around)
        if isinstance(read, Unclear):
            mended = [*parts[:at], read.nearest or part, *parts[at + 1 :]]
            return Unclear(read.why, "; ".join(mended))
        key, value = read.value
        found[key] = value
        said += [read.said] if read.said else []
    ordered = {key: found[key] for key in BESIDE if key in found}
    return Understood(ordered, "", "; ".join(said))


def _say_beside(part: str, around: Around) -> Typed:
    """One of them: its key and value."""
    words = part.replace("_", " ")
    spelled = sorted(BESIDE, key=len, reverse=True)
    key = next((k for k in spelled if words.casefold().startswith(k.replace("_", " "))), None)
    if key is None:
        word, _, rest = words.partition(" ")
        near = nearest(word.casefold(), BESIDE, loose=True) or "delivers"
        return Unclear(f"'{word}' says nothing here: {', '.join(BESIDE)}", f"{near} {rest}".strip())
    name, rest = key.replace("_", " "), part[len(key) :].lstrip(" :=")
    if key in BESIDE_TEXTS:
        return Understood((key, rest), part, "")
    day = around.day(rest or "today", past=key in ("asked", "agreed", "declined", "accepted"))
    if isinstance(day, Unclear):
        return Unclear(f"{name}: {day.why}", day.nearest and f"{name} {day.nearest}")
    return Understood((key, day.value), part, f"{name} {say_day(day.value)}")
