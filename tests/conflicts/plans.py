"""Plans made from a few lines of TOML, and what the rules say about them.

`as_of` is Monday 1 March 2027 unless a roadmap says otherwise; the calendar is Monday to Friday.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planner.calendars.working import Calendars
from planner.conflicts.context import Context
from planner.conflicts.findings import Finding, parts_of
from planner.conflicts.fixing import Fix, fixes
from planner.conflicts.registry import RULES, check
from planner.conflicts.report import Report
from planner.conflicts.trial import tried
from planner.network.graph import Network
from planner.roadmap.entities import SINGLES
from planner.roadmap.facts import known_by
from planner.roadmap.reading import read
from planner.schedule.compute import compute

MONDAY = date(2027, 3, 1)
ELSEWHERE = frozenset(("PLAN03", *(code for code, rule in RULES.items() if rule.asks is not None)))
"""One id in two files takes two files to show, and history a repository."""
WORDS = re.compile(r"(?:[^\s,;:()“”`→]|(?<=\d),(?=\d))+")


def march(day: int) -> date:
    """A day of March 2027; the 1st is a Monday."""
    return date(2027, 3, day)


def plan(text: str | Mapping[str, Any], *, as_of: date = MONDAY, **files: str) -> Context:
    """The plan that one file says, as text or parsed, or several (``it="…"`` is ``it.toml``)."""
    parsed: dict[str, Mapping[str, Any]]
    parsed = {f"{name}.toml": tomllib.loads(one) for name, one in files.items()}
    first = tomllib.loads(text) if isinstance(text, str) else text
    parsed = {"plan.toml": first, **parsed}
    reading = read(parsed)
    known = reading.roadmap.settings.status_date or as_of
    roadmap = known_by(reading.roadmap, known)
    calendars = Calendars.of(roadmap)
    network = Network.of(roadmap, reading.invalid)
    schedule = compute(roadmap, network, calendars, known)
    return Context(
        roadmap, reading, network, schedule, calendars, tables=tables(parsed), today=as_of
    )


def tables(files: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Kind → id → keys, over all files."""
    found: dict[str, dict[str, Any]] = {}
    for data in files.values():
        for kind, value in data.items():
            held = found.setdefault(kind, {})
            held.update({"": value} if kind in SINGLES else value)
    return found


def report(text: str, *, as_of: date = MONDAY, **files: str) -> Report:
    """What the rules say about a roadmap."""
    return check(plan(text, as_of=as_of, **files))


def findings(text: str, code: str = "", *, as_of: date = MONDAY, **files: str) -> list[Finding]:
    """The findings of one rule, those too that are told as a part of another; or all as shown."""
    found = report(text, as_of=as_of, **files).findings
    return of_rule(found, code) if code else list(found)


def of_rule(found: Iterable[Finding], code: str) -> list[Finding]:
    """The findings of one rule, also where one of another rule has taken them in."""
    parts = (part for one in found for part in ((one,) if one.together else parts_of(one)))
    return [one for one in parts if one.code == code]


def messages(text: str, code: str, *, as_of: date = MONDAY, **files: str) -> list[str]:
    """What one rule says, word for word."""
    return [one.message for one in findings(text, code, as_of=as_of, **files)]


def message(text: str, code: str) -> str:
    """What a rule that fires once says, word for word."""
    (one,) = messages(text, code)
    return one


def tells(said: str | list[str], words: str) -> bool:
    """Whether one message has all these ids, dates, figures and key words, in any order."""
    (text,) = [said] if isinstance(said, str) else said
    return set(words.split()) <= set(WORDS.findall(text))


def the(context: Context, code: str) -> Finding:
    """The one finding of a rule."""
    (one,) = of_rule(check(context).findings, code)
    return one


def offered(context: Context, code: str) -> dict[str, Fix]:
    """The fixes of a rule's one finding, by title, best first."""
    return {fix.title: fix for fix in fixes(the(context, code), context)}


def after(context: Context, code: str, title: str) -> Context:
    """The plan with one fix made, after a check that the fix keeps what it says.

    A fix that clears its finding leaves nothing of it, and adds no error; what it says about dates
    is what the plan then says.
    """
    finding = the(context, code)
    fix = offered(context, code)[title]
    made = tried(context, fix.edit)
    before = {one.fingerprint for one in check(context).findings}
    now = check(made).findings
    assert (finding.fingerprint not in {one.fingerprint for one in now}) == fix.clears
    new = [one.message for one in now if one.fingerprint not in before and one.severity == "error"]
    assert not new
    return made


def example(code: str, *changes: tuple[str, str]) -> str:
    """The roadmap that explains a rule, with pieces of it written otherwise."""
    text = RULES[code].example
    for old, new in changes:
        assert old in text, f"{code} has no {old!r}"
        text = text.replace(old, new)
    return text
