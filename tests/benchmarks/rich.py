"""A roadmap in which every family of rules has much to say: what a real plan of that size holds.

The initiatives and links of the plain roadmap (`tests.benchmarks.roadmaps`), with states, set
dates, deadlines and hand-overs, and with systems, data, people, agreements and outcomes in
proportion to their number. The same count and seed give the same text.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tomli_w

from tests.benchmarks.roadmaps import TEAMS, roadmap_text

Table = dict[str, Any]

ALL_TEAMS = [team for teams in TEAMS.values() for team in teams]
REVIEWERS = ("privacy", "data", "crm")
SKILLS = ("etl", "copy", "design", "seo", "ops", "ml")
CLASSES = ("public", "internal", "confidential", "personal", "special")
BEGIN = date(2027, 3, 1)


def rich_text(count: int, seed: int = 3) -> str:
    """The text of a roadmap with `count` initiatives that uses most of the format."""
    draw = random.Random(seed)
    roadmap: Table = tomllib.loads(roadmap_text(count))
    roadmap |= _around(count, draw)
    for team in ALL_TEAMS:
        roadmap["teams"][team]["capacity"] = max(4, count // 60)
    for number, initiative in enumerate(roadmap["initiatives"].values()):
        _stands(initiative, number / count, draw)
        _touches(initiative, roadmap, draw)
        if "needs" in initiative:
            needs = initiative["needs"]
            initiative["needs"] = [_handed_over(need, number / count, draw) for need in needs]
    return tomli_w.dumps(roadmap)


def write_rich(folder: Path, count: int, seed: int = 3) -> Path:
    """Write such a roadmap to a file in `folder`; returns its path."""
    path = folder / f"rich-{count}.toml"
    path.write_text(rich_text(count, seed), encoding="utf-8")
    return path


def _around(count: int, draw: random.Random) -> Table:
    """What initiatives refer to: the fewer there are of them, the less of it."""
    data = {f"data-{n}": {"classification": CLASSES[n % 5], "steward": "privacy"} for n in range(8)}
    capabilities = [f"capability-{n}" for n in range(max(12, count // 5))]
    outcomes = {
        f"outcome-{n}": {"kpi": f"kpi-{n}", "baseline": 1, "target": 2, "owner": _team(draw)}
        for n in range(max(4, count // 10))
    }
    people = {
        f"{team}-{n}": {"team": team, "skills": draw.sample(SKILLS, 2)}
        for team in ALL_TEAMS
        for n in range(4)
    }
    agreements = {
        f"agreement-{n}": {
            "accountable": _team(draw),
            "capabilities": [draw.choice(capabilities)],
            "access": draw.choice(("internal", "confidential", "personal")),
            "agreed": {"marketing": BEGIN, "it": BEGIN} if n % 5 else {"marketing": BEGIN},
        }
        for n in range(max(3, count // 40))
    }
    freezes = {
        "sale": {"start": date(2027, 6, 28), "end": date(2027, 7, 9)},
        "peak": {"start": date(2027, 11, 15), "end": date(2028, 1, 7), "systems": ["system-1"]},
    }
    return {
        "data": data,
        "systems": _systems(max(6, count // 6), capabilities, list(data), draw),
        "outcomes": outcomes,
        "people": people,
        "agreements": agreements,
        "freezes": freezes,
    }


def _systems(count: int, capabilities: list[str], data: list[str], draw: random.Random) -> Table:
    ids = [f"system-{number}" for number in range(count)]
    return {
        id: {
            "owner": _team(draw),
            "status": draw.choice(("live", "live", "live", "live", "planned", "retiring")),
            "standing": draw.choice(("approved", "approved", "approved", "unreviewed")),
            "capabilities": draw.sample(capabilities, 2),
            "data": draw.sample(data, draw.choice((0, 1, 2))),
            "connects": draw.sample([other for other in ids[:50] if other != id], 2),
        }
        for id in ids
    }


def _stands(initiative: Table, share: float, draw: random.Random) -> None:
    """How far it is, and the dates that people set; `share` is its place in the plan, 0 to 1."""
    if share < 0.05:
        initiative |= {"status": "done", "actual_start": BEGIN - timedelta(60)}
        initiative["actual_finish"] = BEGIN - timedelta(draw.randint(1, 40))
    elif share < 0.1:
        initiative |= {"status": "active", "actual_start": BEGIN - timedelta(draw.randint(1, 30))}
    likely: dict[str, Callable[[], Any]] = {
        "deadline": lambda: _day(share, draw),
        "start_no_earlier_than": lambda: _day(share, draw),
        "announced": lambda: _day(share, draw),
        "priority": lambda: draw.randint(1, 5),
        "cost": lambda: draw.randint(1, 100) * 1000,
        "reviews": lambda: {draw.choice(REVIEWERS): date(2027, 2, 1)},
    }
    odds = (0.1, 0.1, 0.03, 0.5, 0.6, 0.3)
    for (key, value), chance in zip(likely.items(), odds, strict=True):
        if draw.random() < chance:
            initiative[key] = value()


def _touches(initiative: Table, roadmap: Table, draw: random.Random) -> None:
    """Which systems, data, outcomes and people it has to do with."""
    drawn_from = (
        ("uses", "systems", 0.6),
        ("changes", "systems", 0.35),
        ("introduces", "systems", 0.03),
        ("retires", "systems", 0.02),
        ("processes", "data", 0.3),
        ("activates", "data", 0.1),
        ("outcomes", "outcomes", 0.5),
        ("responsible", "people", 0.4),
    )
    for key, kind, chance in drawn_from:
        if draw.random() < chance:
            initiative[key] = [draw.choice(list(roadmap[kind]))]
    if draw.random() < 0.15:
        initiative["skills"] = [draw.choice(SKILLS)]


def _handed_over(need: str, share: float, draw: random.Random) -> str | Table:
    """A link as it is, or with what was asked and agreed about it."""
    if draw.random() < 0.6:
        return need
    on, _, lag = need.partition(" ")
    said: Table = {"on": on} if not lag else {"on": on, **_kind_and_lag(lag)}
    if draw.random() < 0.7:
        said["asked"] = BEGIN - timedelta(draw.randint(20, 40))
        if draw.random() < 0.7:
            said["agreed"] = BEGIN - timedelta(draw.randint(1, 20))
    if draw.random() < 0.2:
        said["promised"] = _day(share, draw)
    return said


def _kind_and_lag(written: str) -> Table:
    kind, plus, lag = written.partition("+")
    found = {"type": kind} if kind else {}
    return found | ({"lag": f"+{lag}"} if plus else {})


def _day(share: float, draw: random.Random) -> date:
    """Some day about when the work of this share of the plan is due."""
    return BEGIN + timedelta(60 + int(share * 2000) + draw.randint(0, 300))


def _team(draw: random.Random) -> str:
    return draw.choice(ALL_TEAMS)
