"""What is written wrongly counts as written: nothing is reported that only follows from it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import fixes
from planner.conflicts.registry import check
from planner.conflicts.trial import tried
from planner.roadmap.references import unknown_references
from tests.conflicts.plans import findings, plan, report
from tests.conflicts.planted import AS_OF, base

Parsed = Mapping[str, Any]
Where = tuple[str, str, str]

SLIPS = ("READ01", "READ02", "PLAN02")
MOST = 0.1
"""Findings beside the slip itself, for each slip; nearly two for ten of them without the rule."""


def parsed(name: str) -> dict[str, Any]:
    """The tables of a clean plan, all in one file; what is one side's by its file says so."""
    whole: dict[str, Any] = {}
    for file, text in base(name).items():
        for kind, tables in tomllib.loads(text).items():
            whole.setdefault(kind, {}).update(tables)
            if kind == "initiatives" and file in ("it.toml", "marketing.toml"):
                for table in tables.values():
                    table.setdefault("portfolio", file.removesuffix(".toml"))
    return whole


def keys(whole: Parsed, every: int) -> Iterator[Where]:
    """Every so many of the keys of all tables with an id."""
    found = [
        (kind, id, key)
        for kind, tables in whole.items()
        if kind not in ("roadmap", "checks", "glossary", "views")
        for id, table in tables.items()
        for key in table
    ]
    return iter(found[::every])


def written(whole: Parsed, where: Where, value: Any) -> Parsed:
    kind, id, key = where
    other = deepcopy(whole)
    other[kind][id][key] = value
    return other


def told_of(whole: Parsed) -> set[str]:
    """What is reported without a slip."""
    return {one.fingerprint for one in check(plan(whole, as_of=AS_OF)).findings}


def beside(known: Collection[str], other: Parsed) -> list[Finding] | None:
    """What a slip brings beside itself and what was known; None where it is none."""
    found = check(plan(other, as_of=AS_OF)).findings
    new = [one for one in found if one.fingerprint not in known]
    if not any(one.code in SLIPS for one in new):
        return None
    return [one for one in new if one.code not in SLIPS]


@pytest.mark.parametrize("name", ["bank", "retail", "university"])
def test_a_value_that_can_not_be_read_is_one_finding(name: str) -> None:
    whole, slips = parsed(name), []
    known = told_of(whole)
    for kind, id, key in keys(whole, 9):
        bad = "xx" if isinstance(whole[kind][id][key], (int, float)) else 3.5
        slips.append(beside(known, written(whole, (kind, id, key), bad)))
    told = [one for one in slips if one is not None]
    assert len(told) > len(slips) / 2
    assert sum(map(len, told)) <= MOST * len(told), [f.message for one in told for f in one]


@pytest.mark.parametrize("name", ["bank", "retail", "university"])
def test_a_misspelt_id_is_one_finding(name: str) -> None:
    whole, slips = parsed(name), []
    known = told_of(whole)
    for where in keys(whole, 5):
        kind, id, key = where
        other = written(whole, where, misspelt(whole[kind][id][key]))
        near = [one for one in unknown_references(plan(other).roadmap) if one.nearest]
        if near:
            slips.append(beside(known, other))
    told = [one for one in slips if one is not None]
    assert len(told) > 5
    assert sum(map(len, told)) <= MOST * len(told), [f.message for one in told for f in one]


def misspelt(value: Any) -> Any:
    """The first id in a value with another letter at its end."""
    match value:
        case str():
            return value[:-1] + ("x" if value[-1:] != "x" else "y")
        case [first, *rest]:
            return [misspelt(first), *rest]
        case {"on": on}:
            return {**value, "on": misspelt(on)}
        case dict() if value:
            (first, item), *more = value.items()
            return {misspelt(first): item, **dict(more)}
    return value


USER = """
[initiatives.build]
estimate = "2w"
introduces = ["shop"]
[initiatives.sell]
estimate = "2w"
uses = ["shop"]
needs = ["{}"]
[systems.shop]
status = "planned"
"""


def test_a_misspelt_link_is_a_link() -> None:
    assert [one.code for one in report(USER.format("build")).findings] == []
    assert [one.code for one in report(USER.format("biuld")).findings] == ["PLAN02"]


def test_what_is_wrong_anyway_is_reported_beside_a_slip() -> None:
    late = USER.format("biuld") + '[initiatives.ad]\nestimate = "9w"\ndeadline = 2027-03-05'
    assert {one.code for one in report(late).findings} == {"PLAN02", "DATE01"}
    other = USER.format("nothing-like-it")
    assert {one.code for one in report(other).findings} == {"PLAN02", "SYS02"}


@pytest.mark.parametrize("status", ["planed", "ative", 3])
def test_a_status_that_can_not_be_read_contradicts_no_date(status: str | int) -> None:
    text = f'[initiatives.a]\nestimate = "8w"\nactual_start = 2027-02-22\nstatus = {status!r}'
    assert {one.code for one in report(text).findings} == {"READ01"}
    assert findings(text.replace(repr(status), "'planned'"), "DATE04")


@pytest.mark.parametrize("day", ["'2027-02-26'", "'26 Feb 2027'"])
def test_a_day_that_is_plain_counts_for_those_who_wait(day: str) -> None:
    text = (
        '[initiatives.a]\nestimate = "9w"\nstatus = "done"\nactual_start = 2027-01-04\n'
        'actual_finish = {}\n[initiatives.b]\nestimate = "1w"\nstatus = "active"\n'
        'actual_start = 2027-03-01\nneeds = ["a"]\n'
    )
    assert {one.code for one in report(text.format(day)).findings} == {"READ01"}


def test_a_freeze_of_systems_that_can_not_be_read_is_no_freeze_of_all() -> None:
    text = (
        "[freezes.f]\nstart = 2027-03-01\nend = 2027-03-31\nsystems = {}\n"
        '[initiatives.a]\nestimate = "2w"\nchanges = ["crm"]'
    )
    assert findings(text.format('["crm"]'), "FREEZE01")
    assert not findings(text.format("3"), "FREEZE01")


HANDOVER = (
    '[initiatives.api]\nportfolio = "it"\nestimate = "6w"\n[initiatives.launch]\n'
    'portfolio = "marketing"\nestimate = "3w"\nannounced = 2027-06-01\n'
    'needs = [{{ on = "api", delivers = "API", accepted_when = "it answers", asked = 2027-02-15, '
    "agreed = {} }}]\n"
)


@pytest.mark.parametrize("day", ["'15 Feb 2027'", "true", "'by mail'"])
def test_an_answer_whose_day_can_not_be_read_is_given(day: str) -> None:
    assert {one.code for one in report(HANDOVER.format(day)).findings} == {"READ01"}


def test_an_answer_of_a_day_to_come_is_told_with_what_rests_on_it() -> None:
    (one,) = report(HANDOVER.format("2027-04-01")).findings
    assert (one.code, one.severity) == ("DATE05", "error")
    assert {part.code for part in one.parts} == {"DATE05", "PROM01", "LINK01"}
    assert {"DATE05:launch", "LINK01:launch:api", "PROM01:launch"} == {
        part["fingerprint"] for part in one.data["parts"]
    }


def test_a_day_to_come_takes_in_nothing_that_is_wrong_anyway() -> None:
    late = HANDOVER.replace("announced = 2027-06-01", "announced = 2027-04-01")
    found = {one.code: one for one in report(late.format("2027-04-01")).findings}
    assert set(found) == {"DATE05", "PROM01"}
    assert found["PROM01"].severity == "error"


def test_a_review_of_a_system_in_the_future_is_a_fact_of_a_day_to_come() -> None:
    text = '[systems.cdp]\nowner = "data"\nreviews = {{ security = {} }}\n'
    assert not findings(text.format("2027-03-01"), "DATE05")
    (one,) = findings(text.format("2027-03-02"), "DATE05")
    assert (one.kind, one.on, one.root) == ("systems", ("cdp",), ("systems", "cdp"))


SIDES = """
[teams.web]
portfolio = "marketing"
[teams.eng]
portfolio = "it"
[teams.office]
portfolio = "it"
"""
HANDED = (
    SIDES
    + """
[initiatives.api]
owner = "eng"
estimate = "1w"
[initiatives.told]
owner = "web"
needs = [{ on = "api", agreed = 2027-02-01, delivers = "x" }]
[initiatives.site]
owner = "web"
needs = [{ on = "api", agreed = 2027-02-01 }]
"""
)
SITE = '[initiatives.site]\nowner = "web"\nneeds = [{ on = "api"'
AGREED = f"{SITE}, agreed = 2027-02-01"
TEAM = "[teams.web]\nportfolio = "
INSIDE = (
    HANDED.replace('portfolio = "marketing"', 'portfolio = "it"')
    .replace('[initiatives.told]\nowner = "web"', '[initiatives.told]\nportfolio = "marketing"')
    .replace(AGREED, SITE)
)
OWNED = """
[initiatives.a]
owner = "web"
[initiatives.b]
status = "done"
"""
NEW = 'status = "planned"\ncapabilities = '
SKILLED = """
[people.ana]
team = "web"
skills = ["copy", "survey"]
[initiatives.poll]
owner = "web"
skills = ["survey"]
"""
DECIDED = """
[decisions.tool]
options = ["a", "b"]
needed_by = 2027-03-12
owner = "web"
"""
LOST = """
[systems.old]
status = "live"
capabilities = ["email"]
[systems.new]
status = "planned"
capabilities = ["email"]
[initiatives.start]
estimate = "2w"
introduces = ["new"]
[initiatives.stop]
estimate = "1w"
retires = ["old"]
start_no_earlier_than = 2027-05-03
"""
COVERED = (
    SIDES
    + """
[data.leads]
classification = "personal"
steward = "office"
[agreements.leads]
accountable = "office"
responsible = ["web"]
data = ["leads"]
access = "personal"
agreed = { marketing = 2027-01-11, it = 2027-01-12 }
[initiatives.nurture]
owner = "web"
estimate = "9w"
activates = ["leads"]
[initiatives.model]
owner = "eng"
estimate = "9w"
processes = ["leads"]
reviews = { office = 2027-02-01 }
"""
)
NEARLY = {
    "a word of a link": ("LINK01", HANDED, AGREED, f"{SITE}, agreed = 'x'", SITE),
    "an unknown side": ("LINK01", INSIDE, f'{TEAM}"it"', f'{TEAM}"ti"', f'{TEAM}"marketing"'),
    "one of two skills": ("SKILL01", SKILLED, '"copy", "survey"', '"copy", 3', '"copy"'),
    "one of two options": ("DEC02", DECIDED, '"a", "b"', '"a", 3', '"a"'),
    "capabilities": ("SYS07", LOST, f'{NEW}["email"]', f"{NEW}3", f"{NEW}[]"),
    "when it is there": ("SYS07", LOST, '"2w"', "{ a = 1 }", '"60w"'),
    "who agreed": ("DATA02", COVERED, ", it = 2027-01-12", ", it = 3", ""),
    "up to where": ("DATA02", COVERED, 'access = "personal"', "access = 3", 'access = "public"'),
    "whether it is open": ("OWN01", OWNED, '"done"', '"x"', '"planned"'),
}


@pytest.mark.parametrize("name", NEARLY)
def test_what_can_not_be_read_is_not_missing(name: str) -> None:
    code, text, old, unread, missing = NEARLY[name]
    assert text.count(old) == 1
    assert not findings(text, code)
    assert findings(text.replace(old, missing), code)
    slip = text.replace(old, unread)
    assert {one.code for one in report(slip).findings} & {"READ01", "PLAN02"}
    assert not findings(slip, code)


def test_a_term_that_can_not_be_read_is_in_the_glossary() -> None:
    text = '[glossary]\n"Open-Rate" = {}\n[outcomes.sales]\nkpi = "open rate"\n'
    assert not findings(text.format('"x"'), "OUT03")
    assert not findings(text.format("3"), "OUT03")
    assert findings(text.format('"x"').replace("Open-Rate", "Reach"), "OUT03")


BEHIND = """
[roadmap]
status_date = 2027-03-01
[initiatives.a]
estimate = "2w"
status = "active"
actual_start = 2027-03-02
[initiatives.b]
estimate = "2w"
[initiatives.c]
estimate = "2w"
status = "active"
actual_start = {}
[systems.cdp]
reviews = {{ security = 2027-03-03 }}
"""


def test_facts_that_only_the_status_date_is_behind_are_one_finding() -> None:
    context = plan(BEHIND.format("2027-03-03"), as_of=date(2027, 3, 4))
    (one,) = check(context).findings
    assert (one.code, one.severity, one.on) == ("DATE05", "error", ("a", "c"))
    assert [part.on for part in one.parts] == [("a",), ("c",), ("cdp",)]
    fix = next(iter(fixes(one, context)))
    assert fix.title == "set the status date to 4 Mar"
    assert not check(tried(context, fix.edit)).findings


def test_a_fact_of_a_day_to_come_is_told_beside_them() -> None:
    context = plan(BEHIND.format("2027-03-05"), as_of=date(2027, 3, 4))
    told = {one.on: len(one.parts) for one in check(context).findings}
    assert told == {("a",): 2, ("c",): 0}
