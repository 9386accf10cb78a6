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
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.reading_problems import problems_of
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

RESTING = frozenset({"LINK01", "LINK04", "LINK05", "PROM01", "VIEW01", "DATA02", "DEC01", "OWN03"})
"""The rules that report what was not said or given."""

LINK = 2
"""The parts of a key inside a link's table: ``needs``, and the key."""

RESTS_ON = "rests_on"
"""What the data of a finding call the fact of a day to come (its fingerprint) that it rests on."""


def as_meant(context: Context, found: list[Finding], find: Find) -> list[Finding]:
    """The findings without those that only follow from what was written wrongly; those that rest
    on a day to come say so.
    """
    slips = [one for one in found if one.code in ("READ01", "PLAN01", "PLAN02")]
    left = found
    if slips and len(slips) < len(found):
        unread = Unread(context, slips)
        left = [one for one in found if one.code in SLIPS or not unread.covers(one)]
        left = [one for one, there in _found_again(context, left, slips, find) if there]
    later = [one for one in left if one.code == "DATE05"]
    if not later:
        return left
    resting = [one for one in left if one.code in RESTING]
    again = _found_again(context, resting, [*slips, *later], find)
    gone = {one.fingerprint for one, there in again if not there}
    facts: dict[str, tuple[int, Finding]] = {}
    for number, one in enumerate(later):
        facts.setdefault(one.id, (number, one))
    return [_resting(one, facts) if one.fingerprint in gone else one for one in left]


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


def _resting(finding: Finding, facts: Mapping[str, tuple[int, Finding]]) -> Finding:
    """A finding that rests on a fact of a day to come, with the first on what it is about."""
    about = {*finding.on, *(id for pair in finding.data.get("unagreed", ()) for id in pair)}
    known = [facts[id] for id in about if id in facts]
    _, on = min(known or facts.values(), key=itemgetter(0))
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
            for key, *rest in one.data["keys"]:
                if key == "needs" or key in GIVEN:
                    place = one.kind, one.id, key
                    values[place] = _given(context, now(*place), rest)
        elif one.code == "READ01" and one.key:
            told = [_by_now(context, problem) for problem in problems_of(context, one)]
            if one.key[0] == "needs":
                place = one.kind, one.id, "needs"
                values[place] = _corrected(now(*place), told)
            elif edit := _written_as(context, one, told):
                yield edit
    for (kind, id, key), value in values.items():
        yield SetKey(kind, id, (key,), value)


def _by_now(context: Context, problem: Problem) -> Problem:
    """What was given on a day that is not plain was given by now."""
    key = problem.key if problem.key[0] != "needs" else problem.key[1:]
    given = bool(key) and key[0] in GIVEN and not is_plain(problem.meant) and not problem.of_key
    return replace(problem, meant=context.as_of) if given else problem


def _given(context: Context, value: Any, rest: Sequence[str]) -> Any:
    """The value of a key with what was given on a day to come as if it had been today."""
    if len(rest) == LINK:
        supplier, said = rest
        return [
            {**link, said: context.as_of}
            if isinstance(link, Mapping) and link.get("on") == supplier and said in link
            else link
            for link in _listed(value)
        ]
    return {**value, rest[0]: context.as_of} if rest else context.as_of


def mended(context: Context, finding: Finding, title: str = "") -> Edit | None:
    """The nearest values in the place of what can't be read, its value under the nearest key, or
    two values that have changed places; None where they are not plain.
    """
    return _written_as(context, finding, problems_of(context, finding), title)


def _written_as(
    context: Context, finding: Finding, told: Sequence[Problem], title: str = ""
) -> Edit | None:
    if not told or not all(is_plain(one.meant) for one in told):
        return None
    kind, id, key = finding.kind, finding.id, finding.key
    if told[0].of_key:
        new = SetKey(kind, id, (*key[:-1], str(told[0].meant)), written(context, finding))
        return together((RemoveKey(kind, id, key), new), title)
    if told[0].swapped:
        other = SetKey(kind, id, (*key[:-1], told[0].swapped), written(context, finding))
        return together((SetKey(kind, id, key, told[0].meant), other), title)
    key = ("needs",) if key[0] == "needs" else key
    value = written(context, replace(finding, key=key))
    return SetKey(kind, id, key, _corrected(value, told))


def _corrected(value: Any, told: Iterable[Problem]) -> Any:
    """A value, or those of its items or keys of links that can't be read, as they were meant."""
    for one in told:
        if not is_plain(one.meant):
            continue
        if one.key[0] == "needs" and len(one.key) > 1:
            value = [_link(link, one) for link in _listed(value)]
        elif isinstance(value, list) and shown(value) != one.found:
            value = [one.meant if shown(item) == one.found else item for item in value]
        else:
            value = one.meant
    return value


def _link(link: Any, problem: Problem) -> Any:
    """A link with a bad value of a key as it was meant."""
    key = problem.key[1]
    if len(problem.key) > LINK or not isinstance(link, Mapping):
        return link
    if shown(link.get(key)) != problem.found:
        return link
    return {**link, key: problem.meant}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


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
