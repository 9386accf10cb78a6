"""Small plans for tests, from the text of one file."""

from __future__ import annotations

from datetime import date

import tomli

from planner.plan.model import Clock, Plan
from planner.roadmap.entities import SINGLES
from planner.roadmap.reading import read

TODAY = date(2027, 3, 22)


def plan(text: str, today: date = TODAY) -> Plan:
    """The plan of a roadmap of one file, ``it.toml``."""
    data = tomli.loads(text)
    tables = {kind: ({"": table} if kind in SINGLES else table) for kind, table in data.items()}
    return Plan(read({"it.toml": data}), tables, Clock(today=today))
