"""What counts as written though it was written wrongly.

A value that can't be read (READ01) and an id with a near one (PLAN02) are reported as what they
are, and nothing else reports what follows from them alone. Where it is plain what was meant, the
rules look at the plan with that, too, and what they do not find there is left out. Where it is not,
no rule says that what stands under the key is missing. What was given or agreed on a day that can't
be read counts as given by now.

A fact of a day to come (DATE05) is absent: what rests on its absence is still found, and is told
with it as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.reading_problems import problem_of
from planner.conflicts.trial import after_edits, tables_of, together
from planner.conflicts.unread import Unread
from planner.roadmap.reading import Problem
from planner.roadmap.values import shown
from planner.text.edits import Edit, RemoveKey, SetKey

Find = Callable[[str, Context], Iterable[Finding]]
"""The findings of the rule with a code on a plan."""

SLIPS = frozenset(
    ("READ01", "READ02", "PLAN01", "PLAN02", "PLAN03", "DATE05", "WAIVE01", "WAIVE02")
)
"""What is wrong as it is written, whatever was meant."""


GIVEN = ("agreed", "accepted", "decided", "reviews")
"""The keys of the days on which somebody said or gave something."""

LINK = 2
"""The parts of a key inside a link's table: ``needs``, and the key."""

RESTS_ON = "rests_on"
"""What the data of a finding call the fact of a day to come (its fingerprint) that it rests on."""


def as_meant(context: Context, found: list[Finding], find: Find) -> list[Finding]:
    """The findings without those that only follow from what was written wrongly; those that rest
    on a day to come say so.
    """
    slips = [one for one in found if one.code in ("READ01", "PLAN02")]
    left = found
    if slips and len(slips) < len(found):
        unread = Unread(context, slips)
        left = [one for one in found if one.code in SLIPS or not unread.covers(one)]
        left = [one for one, there in _found_again(context, left, slips, find) if there]
    later = [one for one in left if one.code == "DATE05"]
    if not later:
        return left
    again = _found_again(context, left, [*slips, *later], find)
    return [one if there else _resting(one, later) for one, there in again]


def _found_again(
    context: Context, found: Iterable[Finding], slips: Iterable[Finding], find: Find
) -> list[tuple[Finding, bool]]:
    """Each finding, and whether it is found with what was meant, too."""
    found = list(found)
    edits = list(_meant(context, slips)) if context.tables is not None else []
    after = after_edits(context, edits) if edits else None
    if after is None:
        return [(one, True) for one in found]
    there = {
        (one.code, part)
        for code in sorted({one.code for one in found} - SLIPS)
        for one in find(code, after)
        for part in _parts(one)
    }
    return [
        (one, one.code in SLIPS or any((one.code, part) in there for part in _parts(one)))
        for one in found
    ]


def _resting(finding: Finding, later: list[Finding]) -> Finding:
    """A finding that rests on a fact of a day to come, with which."""
    about = {*finding.on, *(id for pair in finding.data.get("unagreed", ()) for id in pair)}
    on = next((one for one in later if one.id in about), later[0])
    return replace(finding, data={**finding.data, RESTS_ON: on.fingerprint})


def _parts(finding: Finding) -> Iterator[tuple[str, ...]]:
    yield finding.root
    yield from (also.root for also in finding.also)


# --- what was meant -------------------------------------------------------------------------------


def _meant(context: Context, slips: Iterable[Finding]) -> Iterator[Edit]:
    """The edits that write what was meant, where that is plain."""
    values: dict[tuple[str, str, str], Any] = {}

    def now(kind: str, id: str, key: str) -> Any:
        return values.get((kind, id, key), tables_of(context)[kind][id].get(key))

    for one in slips:
        if one.code == "PLAN02" and one.data.get("nearest"):
            for kind, id, key in one.data["places"]:
                place = kind, id, key
                values[place] = with_ids(now(*place), one.data["unknown"], [one.data["nearest"]])
        elif one.code == "DATE05":
            for (kind, id, key), value in _given(context, one, now):
                values[kind, id, key] = value
        elif one.code == "READ01" and one.key:
            problem = problem_of(context, one)
            if problem is None:
                continue
            if one.key[0] == "needs" and len(one.key) == LINK:
                values[one.kind, one.id, "needs"] = _readable(
                    context, problem, now(one.kind, one.id, "needs")
                )
            elif is_plain(problem.meant):
                yield mended(one, problem, written(context, one))
            elif one.key[0] in GIVEN:
                yield SetKey(one.kind, one.id, one.key, context.as_of)
    for (kind, id, key), value in values.items():
        yield SetKey(kind, id, (key,), value)


def _readable(context: Context, problem: Problem, needs: Any) -> Any:
    """The links of a table with what was meant by one that has a key with a bad value."""
    key = problem.key[1]
    if not is_plain(problem.meant) and key not in GIVEN:
        return needs
    meant = problem.meant if is_plain(problem.meant) else context.as_of
    return [
        {**link, key: meant} if key in link and shown(link[key]) == problem.found else link
        for link in _links(needs)
    ]


def _given(
    context: Context, later: Finding, now: Callable[[str, str, str], Any]
) -> Iterator[tuple[tuple[str, str, str], Any]]:
    """What was said or given on a day to come, as if it had been today; not what was done."""
    kind, id = later.kind, later.id
    facts: dict[str, Any] = {}
    for key, *rest in later.data["keys"]:
        if key not in (*GIVEN, "needs"):
            continue
        value = facts.get(key, now(kind, id, key))
        if key == "needs":
            supplier, said = rest
            links = _links(value)
            facts[key] = [
                {**link, said: context.as_of}
                if said in link and link.get("on") == supplier
                else link
                for link in links
            ]
        else:
            facts[key] = {**value, rest[0]: context.as_of} if rest else context.as_of
    for key, value in facts.items():
        yield (kind, id, key), value


def _links(needs: Any) -> list[Any]:
    return needs if isinstance(needs, list) else [needs]


def mended(finding: Finding, problem: Problem, value: Any, title: str = "") -> Edit:
    """The nearest value in the place of what is written, or its value under the nearest key."""
    kind, id, key = finding.kind, finding.id, finding.key
    if not problem.of_key:
        return SetKey(kind, id, key, problem.meant)
    new = SetKey(kind, id, (*key[:-1], str(problem.meant)), value)
    return together((RemoveKey(kind, id, key), new), title)


def is_plain(value: Any) -> bool:
    """Whether a value can be written as it is."""
    if isinstance(value, list):
        return all(is_plain(one) for one in value)
    return isinstance(value, str | bool | int | float | date)


def written(context: Context, finding: Finding) -> Any:
    """What stands under the key of a finding; None where nothing does."""
    value: Any = tables_of(context).get(finding.kind, {}).get(finding.id)
    for part in finding.key:
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def with_ids(value: Any, old: str, new: Sequence[str]) -> Any:
    """A reference's value with `new` ids in the place of one: an id, links, lists, a table's keys.

    With none it is taken out.
    """
    if isinstance(value, list):
        return [each for item in value for each in _instead(item, old, new)]
    if isinstance(value, Mapping) and "on" not in value:
        return {name: item for key, item in value.items() for name in _instead(key, old, new)}
    found = _instead(value, old, new)
    return found if len(found) > 1 else next(iter(found), None)


def _instead(item: Any, old: str, new: Sequence[str]) -> list[Any]:
    """An id or a link, once for each new id where it is on the old one."""
    if isinstance(item, str):
        name, blank, rest = item.partition(" ")
        return [item] if name != old else [f"{one}{blank}{rest}" for one in new]
    if isinstance(item, Mapping) and item.get("on") == old:
        return [{**item, "on": one} for one in new]
    return [item]
