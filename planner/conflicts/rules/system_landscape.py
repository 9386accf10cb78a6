"""SYS: the systems themselves: whether they are there, stay there, and know of each other.

A system is planned where its status says so, or where it has none and open work introduces it. It
retires at the finish of the work that `retires` it; its users have moved when every open piece of
work that uses it has finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.context import Context, briefly, by_count, by_days, shared
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.network.marks import reached_from
from planner.roadmap.entities import Initiative, System
from planner.roadmap.figures import count
from planner.roadmap.sides import BOTH

SYSTEMS = Topic(
    "systems", "there is a `[systems]` table", lambda context: bool(context.roadmap.systems)
)

# --- SYS02 ----------------------------------------------------------------------------------------


def missing_integration(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Work that uses a planned system without waiting for what brings it; one for each work."""
    providers = providers_of(context)
    using = [one for one in context.open_having("uses") if one.kind != "review"]
    named = dict.fromkeys(system for one in using for system in one.uses)
    planned = {one for one in named if is_planned(context, one, providers)}
    bit = {system: 1 << number for number, system in enumerate(planned)}
    brings: dict[str, int] = {}
    for system, mark in bit.items():
        for id in providers.get(system, ()):
            brings[id] = brings.get(id, 0) | mark
    marks = reached_from(context.network, brings) if brings else {}
    for initiative in using:
        before = marks.get(initiative.id, 0)
        lacking = [
            one
            for one in dict.fromkeys(initiative.uses)
            if one in planned and one not in initiative.introduces and not before & bit[one]
        ]
        if lacking:
            yield _not_waited_for(context, initiative, lacking, providers)


def providers_of(context: Context) -> dict[str, list[str]]:
    """The initiatives that introduce each system, dropped ones left out."""
    found: dict[str, list[str]] = {}
    for one in context.having("introduces"):
        if one.status != "dropped":
            for system in one.introduces:
                found.setdefault(system, []).append(one.id)
    return found


def is_planned(context: Context, system: str, providers: dict[str, list[str]]) -> bool:
    """Whether a system is still to come: planned, and not yet brought by finished work."""
    known = context.roadmap.systems.get(system)
    bringing = providers.get(system, [])
    if bringing and not any(map(context.is_open, bringing)):
        return False
    if known is not None and known.status is not None:
        return known.status == "planned"
    return bool(bringing)


def _not_waited_for(
    context: Context, initiative: Initiative, systems: list[str], providers: dict[str, list[str]]
) -> Finding:
    bringing = providers.get(systems[0], [])
    if len(systems) > 1:
        bringing = list(dict.fromkeys(id for one in systems for id in providers.get(one, ())))
    why = " without waiting for " + briefly(bringing, 20)
    if not bringing:
        why = f", but no initiative introduces {'it' if len(systems) == 1 else 'them'}"
    return Finding(
        on=(initiative.id,),
        key=("uses",),
        through=tuple(systems),
        root=(initiative.id,),
        size=by_count(len(systems), "system", "not waited for"),
        message=f"{initiative.id} uses {briefly(systems, 16)} (planned){why}",
        who=context.owner(initiative.id),
        data={"systems": systems, "providers": bringing},
    )


# --- SYS03 ----------------------------------------------------------------------------------------


def early_retirement(context: Context, _limits: Limits) -> Iterator[Finding]:
    """A system that is gone before those who use or replace it are done; one for each system."""
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    if not retiring:
        return
    users = users_of(context, ("uses", "replaces"))
    for system, (finish, id) in _gone(context, retiring).items():
        later = {
            one.id: found.finish
            for one in users.get(system, ())
            if one.id != id
            and (found := context.dates(one.id)) is not None
            and found.finish > finish
        }
        if later:
            yield _too_early(context, context.roadmap.initiatives[id], system, finish, later)


def _gone(context: Context, retiring: Iterable[Initiative]) -> dict[str, tuple[date, str]]:
    """When each system is gone, and by which of those that retire it: the first."""
    found: dict[str, tuple[date, str]] = {}
    for one in retiring:
        dates = context.dates(one.id)
        for system in one.retires if dates is not None else ():
            assert dates is not None
            gone = dates.finish, one.id
            found[system] = min(gone, found.get(system, gone))
    return found


def users_of(context: Context, keys: Iterable[str]) -> dict[str, list[Initiative]]:
    """The open initiatives that name each system under any of these keys, each once."""
    names = tuple(keys)
    found: dict[str, dict[str, Initiative]] = {}
    for one in context.open_having(*names):
        for system in (system for key in names for system in getattr(one, key)):
            found.setdefault(system, {})[one.id] = one
    return {system: list(users.values()) for system, users in found.items()}


def _too_early(
    context: Context, initiative: Initiative, system: str, gone: date, later: dict[str, date]
) -> Finding:
    ids = context.by_start(later)
    last = max(later.values())
    early = context.schedule.shift(gone, last)
    stops = "stops" if context.is_open(initiative.id) else "stopped"
    return Finding(
        on=(initiative.id, *ids),
        key=("retires",),
        through=(system,),
        root=(initiative.id, system),
        size=by_days(context.schedule.shift(gone, last), f"too early with {system}"),
        message=f"{initiative.id} {stops} {system} {early.amount} before {briefly(ids, 20)}",
        who=context.owner(initiative.id),
        data={
            "system": system,
            "off": gone.isoformat(),
            "needed_until": last.isoformat(),
            "users": ids,
            "days": early.working,
            "calendar_days": early.calendar,
        },
    )


# --- SYS04 ----------------------------------------------------------------------------------------


def capability_overlap(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Capabilities that the same systems offer twice; one finding for each set of systems."""
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    retired = {system for one in retiring for system in one.retires}
    offering: dict[str, list[str]] = {}
    for system in context.roadmap.systems.values():
        if system.status not in ("retiring", "retired") and system.id not in retired:
            for capability in dict.fromkeys(system.capabilities):
                offering.setdefault(capability, []).append(system.id)
    twice: dict[tuple[str, ...], list[str]] = {}
    settled = _settled(context)
    for capability, systems in offering.items():
        if len(systems) > 1 and capability not in settled:
            twice.setdefault(tuple(sorted(systems)), []).append(capability)
    for systems_of_it, capabilities in twice.items():
        yield _twice(context, systems_of_it, capabilities)


def _settled(context: Context) -> set[str]:
    """The capabilities of which both sides agreed who does what with them."""
    agreements = context.roadmap.agreements.values()
    agreed = (one for one in agreements if all(side in one.agreed for side in BOTH))
    return {capability for one in agreed for capability in one.capabilities}


def _twice(context: Context, systems: tuple[str, ...], capabilities: list[str]) -> Finding:
    nexts = [context.party(context.roadmap.systems[one].owner) for one in systems]
    return Finding(
        kind="systems",
        on=systems,
        key=("capabilities",),
        root=systems,
        size=by_count(len(capabilities), "capability", "offered twice", plural="capabilities"),
        message=f"systems {briefly(systems)} offer {briefly(capabilities, 20)}, no agreement",
        who=shared(nexts),
        data={"capabilities": capabilities},
    )


# --- SYS05 ----------------------------------------------------------------------------------------


def data_silo(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems with data about people that others hold too and that nothing connects to them.

    Connected is at any distance, so one finding is one island, whatever the number of systems.
    """
    holding: dict[str, list[str]] = {}
    for system in context.roadmap.systems.values():
        if system.status != "retired":
            for data in dict.fromkeys(system.data):
                if context.is_personal((data,)):
                    holding.setdefault(data, []).append(system.id)
    shared_data = {data: ids for data, ids in holding.items() if len(ids) > 1}
    if not shared_data:
        return
    island = _Islands(context)
    alone: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for data, ids in shared_data.items():
        groups: dict[str, list[str]] = {}
        for id in ids:
            groups.setdefault(island(id), []).append(id)
        largest = max(groups.values(), key=len)
        for group in groups.values():
            if group is not largest:
                alone.setdefault(tuple(group), {})[data] = largest
    for group_ids, others in alone.items():
        yield _silo(context, group_ids, others)


class _Islands:
    """Which systems are connected: the name of one of them stands for all."""

    def __init__(self, context: Context) -> None:
        self._parent: dict[str, str] = {}
        for system in context.roadmap.systems.values():
            for other in system.connects:
                self._join(system.id, other)
        for one in context.having("kind"):
            if one.kind == "integration" and one.open:
                touched = (*one.uses, *one.changes, *one.introduces)
                for other in touched[1:]:
                    self._join(touched[0], other)

    def __call__(self, system: str) -> str:
        parent = self._parent
        while (above := parent.setdefault(system, system)) != system:
            parent[system] = parent.setdefault(above, above)
            system = parent[system]
        return system

    def _join(self, one: str, other: str) -> None:
        self._parent[self(one)] = self(other)


def _silo(context: Context, ids: tuple[str, ...], others: dict[str, list[str]]) -> Finding:
    elsewhere = list(dict.fromkeys(one for found in others.values() for one in found))
    verb = "holds" if len(ids) == 1 else "hold"
    return Finding(
        kind="systems",
        on=ids,
        key=("data",),
        through=tuple(others),
        root=ids,
        size=by_count(len(others), "kind of data", "not connected", plural="kinds of data"),
        message=f"{briefly(ids, 16)} {verb} {briefly(others, 16)} without a connection to "
        f"{count(len(elsewhere), 'other system')}",
        who=context.party(context.roadmap.systems[ids[0]].owner),
        data={"data": list(others), "others": elsewhere},
    )


# --- SYS06 ----------------------------------------------------------------------------------------


def unsupported_system(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems that open work still relies on after their support ends; one for each system."""
    ending = {id: one for id, one in context.roadmap.systems.items() if one.supported_until}
    users = users_of(context, ("uses", "changes")) if ending else {}
    for id, system in ending.items():
        until = system.supported_until
        assert until is not None
        later = {
            one.id: found.finish
            for one in users.get(id, ())
            if (found := context.dates(one.id)) is not None and found.finish > until
        }
        if later:
            yield _unsupported(context, system, until, later)


def _unsupported(context: Context, system: System, until: date, later: dict[str, date]) -> Finding:
    ids = context.by_start(later)
    last = max(later.values())
    verb = "uses" if len(ids) == 1 else "use"
    ends = "ended" if until < context.as_of else "ends"
    return Finding(
        on=tuple(ids),
        key=("uses",) if system.id in context.roadmap.initiatives[ids[0]].uses else ("changes",),
        through=(system.id,),
        root=(system.id,),
        size=by_days(context.schedule.shift(until, last), "past its support", system.id),
        message=f"support for {system.id} {ends} {context.day(until)}; {briefly(ids, 20)} "
        f"{verb} it until {context.day(last)}",
        who=context.party(system.owner) if system.owner else context.together(ids),
        data={"system": system.id, "until": until.isoformat(), "last": last.isoformat()},
    )


RULES = (
    Rule(
        code="SYS02",
        name="missing-integration",
        severity="warning",
        family="systems",
        summary="an initiative that uses a planned system without waiting for it",
        fires_when="an initiative `uses` a planned system and no initiative that `introduces` it "
        "is among its predecessors",
        not_when="the system is live; the initiative is a review",
        why_marketing="the campaign is ready and its tool is not",
        why_it="the dependency on the roll-out is not in the plan, so nobody sees when it moves",
        example='[systems.cdp]\nstatus = "planned"\n[initiatives.cdp-rollout]\nestimate = "6w"\n'
        'introduces = ["cdp"]\n[initiatives.journeys]\nestimate = "2w"\nuses = ["cdp"]',
        fix_kinds=("add the missing link", "set the system to live"),
        topic=SYSTEMS,
        roll_up=RollUp(
            lambda context, _limits: len(context.open_having("uses")),
            lambda number, total: (
                f"{number} of {count(total, 'initiative')} lack a link to a system"
            ),
        ),
        find=missing_integration,
        fixes="system_landscape.provider",
    ),
    Rule(
        code="SYS03",
        name="early-retirement",
        severity="error",
        family="systems",
        summary="a system retired before the initiatives that need it finish",
        fires_when="the initiative that `retires` a system finishes before an open one that `uses` "
        "or `replaces` it",
        why_marketing="what runs on the old system stops, with nothing in its place",
        why_it="the retirement has to be undone, or the old contract extended in a hurry",
        example='[initiatives.switch-off]\nestimate = "1w"\nretires = ["esp"]\n'
        '[initiatives.move]\nestimate = "6w"\nreplaces = ["esp"]',
        fix_kinds=("retire it after the last of them", "retire it in an initiative of its own"),
        topic=Topic(
            "systems",
            "an initiative `retires` a system",
            lambda context: bool(context.having("retires")),
        ),
        find=early_retirement,
        fixes="system_landscape.retire_later",
    ),
    Rule(
        code="SYS04",
        name="capability-overlap",
        severity="warning",
        family="systems",
        summary="two systems that offer the same capability",
        fires_when="two systems, live or planned, offer one capability and neither retires",
        not_when="a working agreement that both sides agreed names the capability",
        why_marketing="nobody knows which of the two to brief, and both are paid for",
        why_it="two systems are run, secured and integrated for one job",
        example='[systems.esp]\ncapabilities = ["segmentation"]\n'
        '[systems.cdp]\ncapabilities = ["segmentation"]',
        fix_kinds=("add a working agreement", "mark one as retiring"),
        topic=Topic(
            "systems",
            "a system has `capabilities`",
            lambda context: any(one.capabilities for one in context.roadmap.systems.values()),
        ),
        find=capability_overlap,
        fixes="system_landscape.twice",
    ),
    Rule(
        code="SYS05",
        name="data-silo",
        severity="info",
        family="systems",
        summary="personal data in several systems without a connection",
        fires_when="a system holds personal data that others hold too, and neither `connects` nor "
        "an open integration leads from it to them, directly or through others",
        why_marketing="a customer who opted out in one system is still addressed from another",
        why_it="a request to delete has to be done by hand, where somebody remembers it",
        example='[data.profiles]\nclassification = "personal"\n[systems.crm]\ndata = ["profiles"]\n'
        '[systems.chatbot]\ndata = ["profiles"]',
        fix_kinds=("set what it connects to",),
        topic=Topic(
            "data",
            "a system names the `data` it holds",
            lambda context: any(one.data for one in context.roadmap.systems.values()),
        ),
        find=data_silo,
        fixes="system_landscape.connect",
    ),
    Rule(
        code="SYS06",
        name="unsupported-system",
        severity="warning",
        family="systems",
        summary="a system in use after its support ends",
        fires_when="an open initiative that `uses` or `changes` a system finishes after its "
        "`supported_until`",
        why_marketing="nobody fixes a fault in a busy week",
        why_it="the vendor no longer fixes security faults",
        example="[systems.pim]\nsupported_until = 2027-03-31\n"
        '[initiatives.load]\nuses = ["pim"]\nestimate = "8w"',
        fix_kinds=("extend the support",),
        topic=Topic(
            "systems",
            "a system has `supported_until`",
            lambda context: any(one.supported_until for one in context.roadmap.systems.values()),
        ),
        find=unsupported_system,
        fixes="system_landscape.support",
    ),
)
