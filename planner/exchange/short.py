"""Short JSON: of what a command answers the few facts and the first rows, in at most 4,000 bytes.

For scripts and prompts, which pay for each byte. It is made of the very object that `--json`
prints: facts and rows keep their names and their order, long texts end with ``…``, and `more`
counts the rows of each list that are left out. Lists take turns, so that the first rows of all are
there. Whatever the plan, it is valid JSON and no longer than `LIMIT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from planner.exchange.report import escaped
from planner.roadmap.output import SCHEMA

LIMIT = 4_000
"""Bytes of UTF-8 at most, with the end of the line."""
TEXT, NESTED = 120, 80
"""Bytes of a text at most, and of one in a list of a row."""
FIRST = 3
"""Entries of a list or of a table in a row or a fact at most."""
WHOLE = 240
"""Bytes of a command at most: one that is cut would do something else."""

Data = dict[str, Any]


class Brief(Struct, frozen=True):
    """What is told of one question: facts, and lists with the keys of their rows (none: ids).

    `made` brings an object into the form of which these are the keys.
    """

    facts: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    made: Callable[[Data], Data] = lambda data: data


def short_json(question: str, document: object) -> str:
    """The short form of what `question`, a command, answers with `--json`."""
    brief = BRIEFS[question]
    read = msgspec.to_builtins(document, str_keys=True)
    data = brief.made(read if isinstance(read, dict) else {question: read})
    found = {name: data.get(name) or () for name in brief.lists}
    rows = {name: _rows(found[name], keys) for name, keys in brief.lists.items()}
    facts = {key: _value(key, data.get(key), TEXT) for key in brief.facts}
    total = {name: len(each) for name, each in found.items()}
    return _compact(_fitted({"schema": SCHEMA, "question": question}, facts, rows, total))


def _rows(found: Iterable[Any], keys: tuple[str, ...]) -> Iterator[Any]:
    """The rows as they are told, made one by one: few of a long list are."""
    for row in found:
        yield {key: _value(key, row.get(key), TEXT) for key in keys} if keys else _brief(row, TEXT)


def _fitted(
    head: Data, facts: Data, rows: Mapping[str, Iterator[Any]], total: Mapping[str, int]
) -> Data:
    """As many facts as fit, then rows of each list in turn, each list from its beginning."""
    frame = {**head, **facts, **{name: [] for name in rows}, "more": total}
    while _size(frame) >= LIMIT:
        last = list(facts)[-1]
        del frame[last], facts[last]
    told = _taking_turns(rows, LIMIT - 1 - _size(frame))
    left = {name: total[name] - len(told[name]) for name in rows}
    return {**head, **facts, **told, "more": {name: n for name, n in left.items() if n}}


def _taking_turns(rows: Mapping[str, Iterator[Any]], room: int) -> dict[str, list[Any]]:
    """The first rows of each list, until the first that has no room in so many bytes."""
    told: dict[str, list[Any]] = {name: [] for name in rows}
    going = list(rows)
    while going:
        for name in tuple(going):
            row = next(rows[name], None)
            if row is None:
                going.remove(name)
                continue
            room -= _size(row) + 1
            if room < 0:
                return told
            told[name].append(row)
    return told


# --- values ---------------------------------------------------------------------------------------


def _compact(value: object) -> str:
    return escaped(msgspec.json.encode(value))


def _size(value: object) -> int:
    return len(_compact(value).encode())


def _value(key: str, value: Any, most: int) -> Any:
    """The value of a key: of a text so many bytes, of commands the first, and none cut."""
    if key == "fixes" and isinstance(value, list):
        return [one for one in value[:1] if one is not None and _size(one) <= WHOLE]
    if key == "command":
        return value if isinstance(value, str) and _size(value) <= WHOLE else None
    return _brief(value, most)


def _brief(value: Any, most: int) -> Any:
    """A value with its texts cut, and of lists and tables in it the first entries."""
    if isinstance(value, str):
        return _cut(value, most)
    if isinstance(value, list):
        return [_brief(each, NESTED) for each in value[:FIRST]]
    if isinstance(value, dict):
        return {key: _value(key, each, NESTED) for key, each in list(value.items())[:8]}
    return value


def _cut(text: str, most: int) -> str:
    """A text of at most so many bytes as JSON has it, without its quotes."""
    if _size(text) - 2 <= most:
        return text
    kept, room = [], most - len("…".encode())
    for letter in text[:most]:
        room -= _size(letter) - 2
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


# --- the questions --------------------------------------------------------------------------------


def _found(data: Data) -> Data:
    """Without conflicts that are waived."""
    return {**data, "findings": [one for one in data["findings"] if not one["waived"]]}


def _path(data: Data) -> Data:
    """With the dependencies that cross from side to side as handovers."""
    return {**data, "handovers": [one for one in data["links"] if one["crosses"]]}


def _promises(data: Data) -> Data:
    """Only the handovers and launches that are not as they were said first."""
    missed = {
        name: [row for row in data[name] if row["holds"] is False]
        for name in ("handovers", "launches")
    }
    return {**data, **missed}


def _texts(rows: Iterable[Data]) -> list[str]:
    return [row["text"] for row in rows]


def _history(data: Data) -> Data:
    """With the steps of all launches in one list, and of each cause its words."""
    steps = [
        {**step, **step["revision"], "id": trend["id"], "causes": _texts(step["causes"])}
        for trend in data["trends"]
        for step in reversed(trend["steps"])
    ]
    gaps = [{**gap, **gap["revision"]} for gap in data["gaps"]]
    return {**data, "steps": steps, "gaps": gaps}


def _network(data: Data) -> Data:
    """The nearest first, with what hangs on the one in the middle as facts and lists of its own."""
    hanging = data["hanging"]
    near = sorted(data["nodes"], key=lambda one: abs(one["column"]))
    return {**data, **hanging, "nodes": near, "waiting": hanging["initiatives"]}


def _agreements(data: Data) -> Data:
    """The handovers that wait for somebody first, and the working agreements."""
    moving = sorted(data["handovers"], key=lambda one: one["next_side"] is None)
    return {**data, "handovers": moving}


def _agenda(data: Data) -> Data:
    """The sections by name, each item with who speaks to it, and the days of the meeting."""
    meeting = data["meeting"] or {}
    days = {key: meeting.get(key) for key in ("last", "next")}
    by_name = {
        each["name"]: [
            {**item, "who": [one["name"] for one in item["speaks"]]} for item in each["items"]
        ]
        for each in data["sections"]
    }
    return {**data, **days, **by_name, "meeting": meeting.get("id"), "moved": data["moved"] or []}


def _minutes(data: Data) -> Data:
    """The records with the name of who said each."""
    rows = ({**row, "who": (row["said"] or {}).get("name")} for row in data["rows"])
    return {**data, "rows": [*rows]}


def _gaps(data: Data) -> Data:
    """What there is to ask."""
    return {**data, "questions": [one for one in data["rows"] if one["question"]]}


_PLAN = ("title", "as_of", "start", "finish", "main_launch")
_CHANGE = ("outcome", "code", "severity", "on", "text")

BRIEFS: Mapping[str, Brief] = {
    "show": Brief(
        _PLAN,
        {
            "critical_path": (),
            "findings": ("code", "severity", "on", "message"),
            "initiatives": (
                "id", "title", "owner", "status", "start", "finish", "total_float", "critical",
            ),
        },
        _found,
    ),
    "statuses": Brief(
        ("title", "as_of", "group_by", "columns"),
        {
            "too_much": ("team", "active", "limit"),
            "cards": ("id", "lane", "column", "start", "finish", "total_float", "severity"),
        },
    ),
    "check": Brief(
        _PLAN,
        {"findings": ("code", "severity", "on", "message", "next", "file", "line", "fixes")},
        _found,
    ),
    "asks": Brief(
        ("title", "as_of", "asked", "left_out", "by", "written", "consequence"),
        {
            "questions": ("number", "act", "id", "question", "due", "waiting", "week", "key"),
            "answers": ("place", "answer", "state", "said"),
        },
    ),
    "report": Brief(
        ("title", "as_of", "lede", "week", "more_asks", "id", "classification", "steward"),
        {
            "sentence": ("text", "red"),
            "missing": ("code", "text", "next"),
            "systems": ("id", "vendor", "status", "standing"),
            "asks": ("number", "act", "ask", "why", "answer_by", "supplier", "id"),
            "launches": ("id", "finish", "aim", "days", "not_agreed"),
            "owed": ("supplier", "successor", "giver", "what", "due", "day", "days", "state"),
        },
    ),
    "path": Brief(
        ("title", "as_of", "target", "finish", "deadline", "late", "why_not"),
        {
            "steps": ("id", "title", "side", "owner", "start", "finish", "total_float", "done"),
            "handovers": ("on", "succ", "state", "needed_by", "promised"),
            "bottlenecks": ("id", "waiting", "among"),
        },
        _path,
    ),
    "network": Brief(
        ("title", "as_of", "center", "total", "before", "not_agreed", "delay_cost"),
        {
            "nodes": ("id", "title", "side", "status", "finish", "total_float", "column"),
            "launches": (),
            "waiting": (),
        },
        _network,
    ),
    "agreements": Brief(
        ("title", "as_of", "waits"),
        {
            "handovers": (
                "supplier", "successor", "state", "delivers", "needed_by", "promised", "delivery",
                "late", "next_side", "next_team",
            ),
            "agreements": ("id", "title", "accountables", "lacking", "standing"),
            "freeing": ("launch", "number"),
        },
        _agreements,
    ),
    "outcomes": Brief(
        ("title", "as_of", "currency"),
        {
            "outcomes": (
                "id", "title", "kpi", "target", "by", "progress", "lands", "margin", "total_cost",
                "value", "delay_per_week",
            ),
            "money": ("side", "budget", "spent", "open", "left"),
            "no_outcome": ("id", "title", "side"),
        },
    ),
    "owes": Brief(
        ("title", "as_of"),
        {
            "totals": ("giver", "taker", "handovers", "late", "not_agreed", "answers"),
            "debts": (
                "supplier", "successor", "giver", "team", "what", "due", "day", "days", "late",
                "state",
            ),
            "answers": ("act", "supplier", "successor", "side", "team", "since", "days"),
        },
    ),
    "capacity": Brief(
        ("title", "as_of", "by", "last", "total", "overloaded"),
        {
            "teams": ("id", "title", "side", "capacity", "most", "overloads"),
            "cells": ("team", "period", "needed", "there", "overload", "work"),
            "skills": ("id", "teams", "skills", "people"),
        },
        lambda data: {**data, "teams": sorted(data["teams"], key=lambda one: not one["overloads"])},
    ),
    "gaps": Brief(
        ("title", "as_of"),
        {
            "questions": ("subject", "id", "standing", "question", "asked_by"),
            "bridges": ("id", "name", "side", "marked"),
        },
        _gaps,
    ),
    "promises": Brief(
        ("title", "as_of", "source", "since", "by", "all"),
        {
            "handovers": ("supplier", "successor", "first", "expected", "delivered", "slip"),
            "launches": ("id", "first", "finish", "done", "slip"),
            "waiting": ("supplier", "successor", "side", "asked", "days"),
        },
        _promises,
    ),
    "ready": Brief(
        ("title", "as_of", "waiting"),
        {
            "ready": (
                "id", "title", "owner", "start", "finish", "total_float", "critical", "launch",
                "against",
            ),
            "almost": ("id", "title", "owner", "total_float", "critical", "launch", "missing"),
        },
    ),
    "mine": Brief(
        ("title", "as_of", "who"),
        {"rows": ("act", "kind", "id", "other", "text", "since", "due", "overdue", "command")},
    ),
    "agenda": Brief(
        ("title", "as_of", "meeting", "last", "next", "since", "unknown"),
        {
            "moved": ("id", "step"),
            **dict.fromkeys(
                ("late", "agree", "decide", "owner", "action"),
                ("act", "kind", "id", "other", "text", "day", "days", "who", "frees"),
            ),
        },
        _agenda,
    ),
    "minutes": Brief(
        ("title", "as_of", "meeting", "held", "since", "base", "unknown"),
        {"rows": ("act", "kind", "id", "other", "text", "reason", "who", "typed")},
        _minutes,
    ),
    "why": Brief(
        ("title", "as_of", "id", "start", "finish", "total_float", "critical", "why_not"),
        {"steps": ("id", "start", "finish", "reason"), "needs": ("on", "type", "lag", "slack")},
    ),
    "reach": Brief(
        (
            *("title", "as_of", "id", "day", "finish", "late", "best", "earliest", "ended"),
            *("delay_cost_per_day", "worth"),
        ),
        {
            "others": ("kind", "title", "price", "finish", "needs_agreement", "command"),
            "curve": ("finish", "price", "step", "needs_agreement"),
            "options": (
                *("title", "wins", "price", "finish", "gives_up"),
                *("needs_agreement", "command"),
            ),
        },
    ),
    "budget": Brief(
        ("title", "as_of", "currency", "sides", "open", "least"),
        {"sets": ("kind", "drops", "saves", "value_lost", "needs_agreement", "command")},
    ),
    "announce": Brief(
        ("title", "as_of", "id", "day", "finish", "yes", "late", "first_safe", "option"),
        {
            "handovers": ("supplier", "successor", "state", "asked", "party", "side"),
            "others": (),
        },
    ),
    "history": Brief(
        ("title", "as_of", "since", "shallow", "main_launch"),
        {
            "trends": ("id", "title", "first", "last", "moved", "time", "edits"),
            "steps": ("id", "day", "then", "now", "moved", "time", "edits", "causes", "commit"),
            "gaps": ("day", "commit", "message"),
        },
        _history,
    ),
    "compare": Brief(
        ("title", "currency"),
        {"columns": ("name", "as_of", "finish", "errors", "warnings", "cost_of_delay")},
    ),
    "what-if": Brief(
        ("cost", "unmoved"),
        {
            "edits": ("key", "change", "more", "needs_agreement", "command"),
            "conflicts": ("outcome", "severity", "code", "id", "text"),
            "moved": ("id", "now", "what_if", "moves", "edits"),
        },
    ),
    "diff": Brief(
        ("from", "to", "as_of"),
        {
            "moved": ("id", "key", "then", "now", "moved", "time", "edits", "because"),
            "gained": _CHANGE,
            "worse": _CHANGE,
            "lost": _CHANGE,
            "better": _CHANGE,
            "changes": ("kind", "id", "what"),
        },
    ),
    "import": Brief(
        ("source", "roadmap", "state", "initiatives", "held", "conflict", "handovers", "unagreed"),
        {
            "clashes": ("name", "mine", "sheet"),
            "dates": ("id", "row", "said", "planned", "days"),
            "phrases": ("row", "id", "words"),
            "losses": ("row", "column", "value", "why"),
            "gone": (),
        },
    ),
    "rules": Brief((), {"rules": ("code", "name", "severity", "summary")}),
}  # fmt: skip
"""By command. Facts and lists are in the order in which they are told."""
