"""The sample roadmaps, copies that say less, and dates that an independent scheduler computed.

Copies are written as files and opened like any roadmap, so that a test sees what a person would.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w

from planner.session.session import Session

ROOT = Path(__file__).resolve().parents[2]
ACME = ROOT / "roadmaps" / "acme-2027"
MINIMAL = ROOT / "roadmaps" / "minimal.toml"
ORACLE: dict[str, Any] = json.loads((ROOT / "tests" / "oracle" / "joint-2027.json").read_text())
THE_29: dict[str, dict[str, Any]] = {one["id"]: one for one in ORACLE["initiatives"]}

START = date(2027, 3, 1)
REVIEW = date(2027, 3, 22)
PROGRESS = ("actual_start", "actual_finish", "percent_complete", "remaining")

Table = dict[str, Any]


def day(text: str) -> date:
    """``2027-03-01`` as a date."""
    return date.fromisoformat(text)


@cache
def acme() -> Session:
    """The sample as it is in the repository, read as of its own status date."""
    return Session.open(ACME)


@cache
def acme_tables() -> Mapping[str, Table]:
    """The sample's files, parsed: file name → tables."""
    return {
        path.name: tomllib.loads(path.read_text("utf-8")) for path in sorted(ACME.glob("*.toml"))
    }


def initiatives_of(tables: Mapping[str, Table]) -> dict[str, Table]:
    """All initiative tables of some files, by id."""
    return {id: one for file in tables.values() for id, one in file["initiatives"].items()}


def without_progress(folder: Path) -> Session:
    """A copy of the sample on its first day: nothing has started, nothing is known yet."""
    for name, file in acme_tables().items():
        copy = dict(file)
        if "roadmap" in copy:
            copy["roadmap"] = {**copy["roadmap"], "status_date": START}
        copy["initiatives"] = {id: _unstarted(one) for id, one in file["initiatives"].items()}
        _write(folder / name, copy)
    return Session.open(folder)


def _unstarted(initiative: Table) -> Table:
    kept = {key: value for key, value in initiative.items() if key not in PROGRESS}
    if kept.get("status") in ("active", "done"):
        del kept["status"]
    return kept


def stripped(folder: Path) -> Session:
    """The 29 as somebody writes them in five minutes: ids, estimates, needs and deadlines."""
    bare: Table = {}
    for id, one in initiatives_of(acme_tables()).items():
        if id in THE_29:
            bare[id] = {key: one[key] for key in ("estimate", "deadline") if key in one}
            if needs := [_bare(need) for need in one.get("needs", ()) if _bare(need)]:
                bare[id]["needs"] = needs
    _write(folder / "stripped.toml", {"initiatives": bare})
    return Session.open(folder / "stripped.toml", as_of=START)


def _bare(need: str | Table) -> str | None:
    if isinstance(need, str):
        return need if need.split()[0] in THE_29 else None
    if need["on"] not in THE_29:
        return None
    lag = need.get("lag", "")
    sign = "" if not lag or lag[0] in "+-" else "+"
    return f"{need['on']} {need.get('type', 'FS')}{sign}{lag}"


def _write(path: Path, tables: Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tomli_w.dumps(tables).encode())
