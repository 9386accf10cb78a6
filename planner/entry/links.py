"""Dependency as a line of text, and back: its string form, then its other keys.

tag-migration SS+5d
profile-api; delivers segment endpoint; needed by 18 jan; agreed 5 nov
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from planner.entry.context import Around, Typed
from planner.roadmap.ids import nearest
from planner.roadmap.quantities import COUNTER_TERMS, LINK_KEYS, NEED_KEYS, Need, format_lag
from planner.roadmap.typed import Unclear, Understood, say_need, typed_link
from planner.roadmap.typed_days import say_day
from planner.text.editing import in_value, to_edit, unedited

BESIDE = NEED_KEYS[len(LINK_KEYS) :]
"""What may be said beside a link."""

BESIDE_TEXTS = ("delivers", "why", "accepted_when", "by", "note")
"""Of these, the ones that are words; but for the counter, the others are days."""

PAST = ("asked", "agreed", "declined", "accepted", "rejected")
"""The days on which something was said, which has happened."""


def need_text(value: Any) -> str:
    """One link as a line: the string form, then what the table says beside it."""
    if not isinstance(value, Mapping):
        return to_edit(str(value))
    said = [_part(key, value[key]) for key in BESIDE if value.get(key)]
    return "; ".join([_head(value), *said])


def _head(table: Mapping[str, Any]) -> str:
    return to_edit(f"{table.get('on', '')} {_link_end(table)}".strip())


def _part(key: str, value: Any) -> str:
    return f"{_spelled(key)} {_text(key, value)}"


def _link_end(table: Mapping[str, Any]) -> str:
    """``SS+5d``: the type and the lag of a link's table, or of a counter."""
    lag = str(table.get("lag") or "")
    sign = "" if not lag or lag[0] in "+-" else "+"
    return f"{table.get('type') or ''}{sign}{lag}"


def _spelled(key: str) -> str:
    return key.replace("_", " ")


def _text(key: str, value: Any) -> str:
    """What is said under a key; words with a semicolon in them are quoted, or they would end."""
    if key == "counter" and isinstance(value, Mapping):
        return counter_text(value)
    text = to_edit(str(value))
    return f'"{text}"' if ";" in text else text


def counter_text(counter: Mapping[str, Any]) -> str:
    """``by it on 2027-03-22 promised 2027-05-26``, ``by marketing on 2027-03-22 SS+5d``."""
    keys = ("by", "on", "promised", "needed_by")
    parts = [f"{_spelled(key)} {to_edit(str(counter[key]))}" for key in keys if key in counter]
    return " ".join(part for part in (*parts, to_edit(_link_end(counter))) if part)


def read_need(
    line: str, known: Mapping[str, str], around: Around, before: Iterable[Any] = ()
) -> Typed:
    """One link: its string form, or a table where something is said beside it.

    What the line says as the table in `before` does is kept as it is there, and so are keys that
    this form does not know.
    """
    head, *rest = [part.strip() for part in _PARTS.findall(line)] or [""]
    id, _, link = head.partition(" ")
    if id not in known:
        near = nearest(id, known, loose=True)
        return Unclear(
            f"no initiative '{id}'", near and "; ".join([f"{near} {link}".strip(), *rest])
        )
    tie = typed_link(link, id)
    if isinstance(tie, Unclear):
        return Unclear(tie.why, tie.nearest and "; ".join([tie.nearest, *rest]))
    table = _table_of(id, before)
    beside = _beside(rest, around, table)
    if isinstance(beside, Unclear):
        return Unclear(beside.why, beside.nearest and f"{tie.text}; {beside.nearest}")
    extra = _kept(table, (key for key in table if key not in NEED_KEYS))
    said = (
        f"{say_need(tie.value)}{''.join(f', {word}' for word in beside.said.split('; ') if word)}"
    )
    if not beside.value and not extra:
        return Understood(tie.text, tie.text, said)
    same = table and head == _head(table)
    linked = _kept(table, LINK_KEYS) if same else _link_table(tie.value)
    return Understood({**linked, **beside.value, **extra}, line, said)


def _kept(table: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """These keys of a table as they are in the file."""
    return {key: in_value(table[key], unedited) for key in keys if key in table}


def links_of(line: str) -> list[str]:
    """The links in a line: commas part them up to the first semicolon, where words begin that may
    hold commas of their own.
    """
    head, semicolon, beside = line.partition(";")
    links = [each.strip() for each in re.split(r"(?<!\d),|,(?!\d)", head) if each.strip()]
    return [*links[:-1], f"{links[-1]}{semicolon}{beside}"] if links else [line]


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


_PARTS = re.compile(r'(?:[^;"]|"[^"]*"|")+')
"""What stands between semicolons; in quotes they part nothing."""


def _beside(parts: list[str], around: Around, table: Mapping[str, Any]) -> Typed:
    """What is said beside a link: ``delivers …``, ``agreed 5 nov``, in any order.

    `table` is the link in the file, of which is kept as it is what has the same text.
    """
    found: dict[str, Any] = {}
    said: list[str] = []
    kept = {_part(key, table[key]).strip(): key for key in BESIDE if table.get(key)}
    for at, part in enumerate(parts):
        read = _again(kept[part], table) if part in kept else _say(part, around)
        if isinstance(read, Unclear):
            mended = [*parts[:at], read.nearest or "", *parts[at + 1 :]]
            return Unclear(read.why, "; ".join(mended) if read.nearest else None)
        key, value = read.value
        found[key] = value
        said += [read.said] if read.said else []
    ordered = {key: found[key] for key in BESIDE if key in found}
    return Understood(ordered, "", "; ".join(said))


def _again(key: str, table: Mapping[str, Any]) -> Understood[Any]:
    """What the file says under a key, as it is there."""
    value = table[key]
    said = f"{_spelled(key)} {say_day(value)}" if isinstance(value, date) else ""
    return Understood((key, _kept(table, (key,))[key]), "", said)


def _say(part: str, around: Around) -> Typed:
    """One of them: its key and value."""
    words = part.replace("_", " ")
    spelled = sorted(BESIDE, key=len, reverse=True)
    key = next((k for k in spelled if _begins(words, _spelled(k))), None)
    if key is None:
        word, _, rest = words.partition(" ")
        near = nearest(word.casefold(), BESIDE, loose=True)
        mended = f"{_spelled(near)} {rest}" if near else f"delivers {part}"
        return Unclear(f"'{word}' says nothing here: {', '.join(BESIDE)}", mended.strip())
    name, rest = _spelled(key), part[len(key) :].lstrip(" :=")
    if key in BESIDE_TEXTS:
        return Understood((key, _unquoted(rest)), part, "")
    if key == "counter":
        return _counter(part, rest, around)
    day = around.day(rest or "today", past=key in PAST)
    if isinstance(day, Unclear):
        return Unclear(f"{name}: {day.why}", day.nearest and f"{name} {day.nearest}")
    return Understood((key, day.value), part, f"{name} {say_day(day.value)}")


def _begins(words: str, name: str) -> bool:
    return re.match(rf"{name}(?![a-z])", words.casefold()) is not None


def _unquoted(text: str) -> str:
    return text[1:-1] if ";" in text and text[0] == text[-1] == '"' else text


# --- a counter ------------------------------------------------------------------------------------

_KEYWORDS = re.compile(r"\b(needed[ _]by|promised|by|on)\s+", re.IGNORECASE)
_LINK_AT_END = re.compile(r"(?:^|(?<=\S)\s+)((?:FS|SS|FF|SF)(?:[+-]\S+)?|[+-]\S+)$", re.IGNORECASE)


def _counter(part: str, text: str, around: Around) -> Typed:
    """Other terms: who wants them, since when, and a day or a link."""
    table: dict[str, Any] = {}
    for key, said in _counter_parts(text):
        read = _counter_value(key, said, around)
        if isinstance(read, Unclear):
            return Unclear(f"{' '.join(('counter', _spelled(key))).strip()}: {read.why}", None)
        table |= read.value
    if not table.keys() & set(COUNTER_TERMS):
        return Unclear("a counter names a date or a link: promised 26 may, needed by 1 may, SS+5d")
    return Understood(("counter", table), part, "")


def _counter_parts(text: str) -> Iterator[tuple[str, str]]:
    """Keywords with what stands behind each; the link at the end has the keyword ``""``."""
    words = ["", *_KEYWORDS.split(text)]
    link = _LINK_AT_END.search(words[-1])
    if link is not None:
        words[-1] = words[-1][: link.start()]
    for keyword, said in zip(words[::2], words[1::2], strict=True):
        if keyword or said.strip():
            yield keyword.casefold().replace(" ", "_"), said.strip()
    if link is not None:
        yield "", link[1]


def _counter_value(key: str, text: str, around: Around) -> Typed:
    """What one keyword says, as a piece of the counter's table."""
    if key == "by":
        return Understood({key: text}, text, "")
    if key:
        day = around.day(text, past=key == "on")
        return day if isinstance(day, Unclear) else Understood({key: day.value}, text, "")
    link = typed_link(text, "x")
    if isinstance(link, Unclear):
        return link
    table = {"type": link.value.type} if text[:1].isalpha() else {}
    lag = {} if link.value.lag is None else {"lag": format_lag(link.value.lag)}
    return Understood(table | lag, text, "")
