"""Waivers: findings that both sides accept for now, with a reason, a name and an end date.

A waiver names a rule, by code or name, and ids. It covers a finding when it names every id the
finding is on, or every id that makes the finding what it is; so work that joins a finding later is
not waived with it. A waiver that lacks something covers nothing and is READ01; one that has ended
is WAIVE01, and one that no finding needs is WAIVE02. Nobody can tell while its rule is switched
off, or while there is no history for a rule that looks at it, so nothing is said then. Findings
about waivers can't be waived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from planner.conflicts.context import Context, briefly
from planner.conflicts.findings import Finding
from planner.conflicts.settings import Settings
from planner.roadmap.entities import Waiver
from planner.roadmap.figures import listed

REQUIRED = ("rule", "on", "reason", "by", "until")


class Waived(NamedTuple):
    """All findings, the covered ones marked, and what is to be said about the waivers."""

    findings: list[Finding]
    about: list[Finding]


def apply(
    context: Context,
    findings: Iterable[Finding],
    settings: Settings,
    unlooked: frozenset[str] = frozenset(),
) -> Waived:
    """Mark what is waived; `until` is inclusive. `unlooked` are the rules that could not look."""
    waivers = list(context.roadmap.waivers.values())
    if not waivers:
        return Waived(list(findings), [])
    usable = {one.id: one for one in waivers if not missing(one)}
    codes = {id: settings.code(one.rule or "") for id, one in usable.items()}
    in_force = {id: one for id, one in usable.items() if codes[id] and not _ended(context, one)}
    naming = _Naming(usable.values(), codes)
    marked, used = [], set()
    for finding in findings:
        covering = [one.id for one in naming.covering(finding)]
        used.update(covering)
        first = next((id for id in covering if id in in_force), None)
        marked.append(replace(finding, waived=True, waiver=first) if first else finding)
    nearly = _Nearly(marked)
    used.update(id for id, code in codes.items() if code in unlooked)
    about = (_about(context, one, settings, used, nearly) for one in waivers)
    return Waived(marked, [finding for finding in about if finding is not None])


class _Naming:
    """Waivers by what they name, so that a finding is held against those only that name it."""

    def __init__(self, waivers: Iterable[Waiver], codes: Mapping[str, str | None]) -> None:
        self._by: dict[tuple[str, str], list[tuple[int, Waiver, frozenset[str]]]] = {}
        for number, waiver in enumerate(waivers):
            named, code = frozenset(waiver.on), codes[waiver.id] or ""
            for id in named if not code.startswith("WAIVE") else ():
                self._by.setdefault((code, id), []).append((number, waiver, named))

    def covering(self, finding: Finding) -> list[Waiver]:
        """The waivers that name every id it is on, or all that make it what it is, in file order.

        Those that name all are among those that name the one which is named least.
        """
        found: dict[int, Waiver] = {}
        for ids in filter(None, (finding.on, finding.root)):
            naming = min((self._by.get((finding.code, id), []) for id in ids), key=len)
            found |= {number: one for number, one, named in naming if named.issuperset(ids)}
        return [found[number] for number in sorted(found)]


class _Nearly:
    """Which finding of a rule is the first on an id."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._first: dict[tuple[str, str], tuple[int, Finding]] = {}
        for number, finding in enumerate(findings):
            for id in finding.on:
                self._first.setdefault((finding.code, id), (number, finding))

    def on(self, waiver: Waiver, code: str) -> list[str]:
        """The ids of a finding of its rule of which the waiver names some, but not all."""
        named = ((code, id) for id in waiver.on)
        close = [self._first[one] for one in named if one in self._first]
        return list(min(close, key=itemgetter(0))[1].on) if close else []


def missing(waiver: Waiver) -> list[str]:
    """What a waiver must say and does not."""
    return [key for key in REQUIRED if not getattr(waiver, key)]


def _ended(context: Context, waiver: Waiver) -> bool:
    return waiver.until is not None and waiver.until < context.as_of


def _about(
    context: Context,
    waiver: Waiver,
    settings: Settings,
    used: set[str],
    nearly: _Nearly,
) -> Finding | None:
    lacking = [key for key in missing(waiver) if key not in _unreadable(context, waiver)]
    if lacking:
        return _incomplete(waiver, lacking)
    if missing(waiver):
        return None  # READ01 has said what can't be read
    code = settings.code(waiver.rule or "")
    if code is None:
        return _no_rule(waiver, settings.nearest_rule(waiver.rule or ""))
    if code in settings.ignored:
        return None
    if _ended(context, waiver):
        return _expired(context, waiver, waiver.id in used)
    if waiver.id in used:
        return None
    return _unused(context, waiver, nearly.on(waiver, code))


def _unreadable(context: Context, waiver: Waiver) -> Iterable[str]:
    return context.reading.invalid.get(("waivers", waiver.id), ())


def _incomplete(waiver: Waiver, lacking: list[str]) -> Finding:
    keys = listed(f"`{key}`" for key in lacking)
    return Finding(
        code="READ01",
        kind="waivers",
        on=(waiver.id,),
        root=("waivers", waiver.id),
        message=f"waiver {waiver.id} needs {keys} to have an effect",
        data={"missing": lacking},
    )


def _no_rule(waiver: Waiver, near: str | None) -> Finding:
    hint = f" (nearest: {near})" if near else ""
    return Finding(
        code="READ01",
        kind="waivers",
        on=(waiver.id,),
        key=("rule",),
        root=("waivers", waiver.id, "rule"),
        message=f"waiver {waiver.id} names an unknown rule {waiver.rule}{hint}",
        data={
            "found": waiver.rule,
            "allowed": "a rule's code or name",
            "nearest": f'"{near}"' if near else None,
        },
    )


def _expired(context: Context, waiver: Waiver, still: bool) -> Finding:
    assert waiver.until is not None
    what = "its conflict counts again" if still else "no conflict needs it"
    who = context.party(waiver.by)
    return Finding(
        code="WAIVE01",
        kind="waivers",
        on=(waiver.id,),
        key=("until",),
        root=(waiver.id,),
        message=f"waiver {waiver.id} of {waiver.rule} ended {context.day(waiver.until)}: {what}",
        who=who,
        data={"until": waiver.until.isoformat(), "rule": waiver.rule, "needed": still},
    )


def _unused(context: Context, waiver: Waiver, near: list[str]) -> Finding:
    who = context.party(waiver.by)
    there = f"no {waiver.rule} on {briefly(waiver.on)}"
    if near:
        there = f"{waiver.rule} is on {briefly(near)}"
    return Finding(
        code="WAIVE02",
        kind="waivers",
        on=(waiver.id,),
        root=(waiver.id,),
        message=f"waiver {waiver.id} has no effect: {there}",
        who=who,
        data={"rule": waiver.rule, "near": near},
    )
