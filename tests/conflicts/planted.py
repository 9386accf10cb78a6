"""Faults planted in clean plans, one at a time, and what the rules find of each.

`faults/` holds three clean plans, of a retailer, a bank and a university, and `cases.toml`. A case
is a plan's name, pieces of its text written otherwise, and the code that has to name which ids, or
the one that has to be silent. `at_once.toml` has plans with ten faults each. Every plan is looked
at on Monday 15 February 2027.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from planner.conflicts.findings import Finding
from planner.conflicts.registry import check
from tests.conflicts.plans import plan

AS_OF = date(2027, 2, 15)
FOLDER = Path(__file__).parent / "faults"
Files = Mapping[str, str]


class Replacement(Struct, frozen=True):
    """A piece of a file, which stands there once, written otherwise."""

    old: str
    new: str
    file: str = ""


class Case(Struct, frozen=True):
    """One fault (`code`), or one near miss (`silent`)."""

    base: str
    edits: tuple[Replacement, ...]
    code: str = ""
    ids: tuple[str, ...] = ()
    severity: str = ""
    why: str = ""
    silent: str = ""


class Ranked(Replacement, frozen=True, kw_only=True):
    """One of ten faults: what it is told of, and why it is one of the worst five."""

    on: str
    worst: str = ""


class AtOnce(Struct, frozen=True):
    """Ten faults in one plan, the worst first; `given` is what the plan needs for them."""

    base: str
    faults: tuple[Ranked, ...]
    given: tuple[Replacement, ...] = ()

    @property
    def worst(self) -> list[Ranked]:
        """The worst five."""
        return [one for one in self.faults if one.worst]


def at_once() -> dict[str, AtOnce]:
    """All plans with ten faults at once, by name."""
    parsed = tomllib.loads((FOLDER / "at_once.toml").read_text(encoding="utf-8"))
    return convert(parsed, dict[str, AtOnce])


def cases() -> dict[str, Case]:
    """All cases by name."""
    parsed = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))
    return convert(parsed, dict[str, Case])


@cache
def base(name: str) -> Files:
    """The files of a clean plan."""
    one = FOLDER / f"{name}.toml"
    paths = [one] if one.exists() else sorted((FOLDER / name).glob("*.toml"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def planted(name: str, edits: Iterable[Replacement]) -> Files:
    """The files of a clean plan with pieces of them written otherwise."""
    files = dict(base(name))
    for edit in edits:
        file = edit.file or f"{name}.toml"
        assert files[file].count(edit.old) == 1, f"{file} has not once {edit.old!r}"
        files[file] = files[file].replace(edit.old, edit.new)
    return files


def found(files: Files, *codes: str) -> list[Finding]:
    """What the rules find in files; rules that are off until switched on need their `codes`."""
    first, *others = sorted(files, key=lambda file: file != "roadmap.toml")
    parsed: dict[str, Any] = tomllib.loads(files[first])
    if codes:
        severity = parsed.setdefault("checks", {}).setdefault("severity", {})
        severity.update(dict.fromkeys(codes, "info"))
    more = {file.removesuffix(".toml"): files[file] for file in others}
    return list(check(plan(parsed, as_of=AS_OF, **more)).findings)


@cache
def _clean(name: str) -> frozenset[str]:
    return frozenset(one.fingerprint for one in found(base(name)))


def new(name: str, edits: Iterable[Replacement], *codes: str) -> list[Finding]:
    """What the rules find in a plan with faults that they don't find in the clean one."""
    after = found(planted(name, edits), *codes)
    return [one for one in after if one.fingerprint not in _clean(name)]


def told(finding: Finding) -> set[str]:
    """The rules of a finding and of what it has taken in."""
    return {one.code for one in (finding, *finding.parts)}


def names(finding: Finding, id: str) -> bool:
    """Whether a finding is about an id, or its message says it."""
    said = re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", finding.message)
    return id in finding.on or said is not None
