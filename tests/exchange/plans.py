"""Plans of tables, and random roadmaps as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from planner.exchange.mspdi import export
from planner.plan.model import Clock, Plan
from planner.roadmap.entities import Initiative, Roadmap
from planner.roadmap.quantities import format_length, format_need_text
from planner.roadmap.reading import read


def plan_of(tables: Mapping[str, Any], today: date) -> Plan:
    """The plan of tables by kind and id; single ones have the id ``""``."""
    data = {kind: table[""] if "" in table else dict(table) for kind, table in tables.items()}
    return Plan(read({"plan.toml": data}), tables, Clock(today))


def tables_of(roadmap: Roadmap) -> dict[str, Any]:
    """A roadmap's tables, as a file writes them."""
    return {
        "roadmap": {"": _keys(roadmap.settings)},
        "calendars": {id: _keys(one) for id, one in roadmap.calendars.items()},
        "teams": {id: _keys(one) for id, one in roadmap.teams.items()},
        "initiatives": {id: _initiative(one) for id, one in roadmap.initiatives.items()},
    }


def whole(plan: Plan) -> bytes:
    """All of a plan as Microsoft Project XML."""
    return export(plan, list(plan.roadmap.initiatives))


def _keys(entity: msgspec.Struct) -> dict[str, Any]:
    keys = msgspec.structs.asdict(entity)
    defaults = {f.name: f.default for f in msgspec.structs.fields(entity)}
    found = {key: value for key, value in keys.items() if value and value != defaults[key]}
    return {key: _written(value) for key, value in found.items() if key != "id"}


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): each for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _initiative(one: Initiative) -> dict[str, Any]:
    keys = _keys(one)
    if one.estimate is not None:
        keys["estimate"] = format_length(one.estimate.likely)
    if one.remaining is not None:
        keys["remaining"] = format_length(one.remaining)
    if one.percent_complete is not None:
        keys["percent_complete"] = one.percent_complete
    if one.needs:
        keys["needs"] = [format_need_text(need) for need in one.needs]
    return keys
