"""SYS: the systems themselves: whether they are there, and know of each other.

A system is planned where its status says so, or where it has none and open work introduces it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from planner.conflicts.context import Context, briefly, by_count, by_days, naming, shared
from planner.conflicts.findings import Finding
from planner.conflicts.providers import (
    NEEDED,
    RELIES,
    finishing_after,
    is_planned,
    providers_of,
    users_of,
)
from planner.conflicts.rule import Limits, Rule, Topic
from planner.network.marks import started_after
from planner.roadmap.entities import Initiative, System
from planner.roadmap.figures import money
from planner.roadmap.ids import as_one_word

SYSTEMS = Topic(
    "systems", "there is a `[systems]` table", lambda context: bool(context.roadmap.systems)
)

# --- SYS02 ----------------------------------------------------------------------------------------


def missing_integration(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Planned systems that work doesn't wait for to be brought live; one for each system."""
    providers = providers_of(context)
    needing = [one for one in context.open_having(*NEEDED) if one.kind != "review"]
    named = dict.fromkeys(system for one in needing for system in _needed(one))
    planned = [one for one in named if is_planned(context, one, providers)]
    bit = {system: 1 << number for number, system in enumerate(planned)}
    brings: dict[str, int] = {}
    for system, mark in bit.items():
        for id in providers.get(system, ()):
            brings[id] = brings.get(id, 0) | mark
    marks = started_after(context.network, brings) if brings else {}
    lacking: dict[str, list[Initiative]] = {}
    for initiative in needing:
        before = marks.get(initiative.id, 0)
        for one in _needed(initiative):
            if one in bit and one not in initiative.introduces and not before & bit[one]:
                lacking.setdefault(one, []).append(initiative)
    for system, initiatives in lacking.items():
        yield _not_waited_for(context, system, initiatives, providers.get(system, []))


def _needed(initiative: Initiative) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for key in NEEDED for one in getattr(initiative, key)))


def _not_waited_for(
    context: Context, system: str, initiatives: list[Initiative], providers: list[str]
) -> Finding:
    ids = context.by_start(one.id for one in initiatives)
    first = context.roadmap.initiatives[ids[0]]
    soonest = context.by_finish(providers)[:1]
    early = [id for id in ids if not any(context.done_before(one, id) for one in soonest)]
    if not providers:
        why = ", but no initiative introduces it"
    elif early:
        why = f" before {briefly(providers, 20)}"
    else:
        why = f" without waiting for {briefly(providers, 20)}"
    key = naming(first, system, NEEDED)
    verb = key if len(ids) == 1 else "need"
    return Finding(
        severity="error" if providers and early else "warning",
        on=tuple(ids),
        key=(key,),
        through=(system,),
        root=(system,),
        size=by_count(len(ids), "initiative", "too early", system),
        message=f"{briefly(ids, 20)} {verb} {system} (planned){why}",
        who=context.together(ids),
        data={"systems": [system], "users": ids, "providers": providers},
    )


# --- SYS04 ----------------------------------------------------------------------------------------


def capability_overlap(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Capabilities that the same systems offer twice; one finding for each set of systems."""
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    retired = {system for one in retiring for system in one.retires}
    offering: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for system in context.roadmap.systems.values():
        if system.status not in ("retiring", "retired") and system.id not in retired:
            spelled = {as_one_word(one): one for one in system.capabilities} | spelled
            for capability in dict.fromkeys(map(as_one_word, system.capabilities)):
                offering.setdefault(capability, []).append(system.id)
    twice: dict[tuple[str, ...], list[str]] = {}
    settled = _settled(context)
    for capability, systems in offering.items():
        if len(systems) > 1 and capability not in settled:
            twice.setdefault(tuple(sorted(systems)), []).append(spelled[capability])
    for systems_of_it, capabilities in twice.items():
        yield _twice(context, systems_of_it, capabilities)


def _settled(context: Context) -> set[str]:
    """The capabilities, as one word each, of which both sides agreed who does what with them."""
    agreed = (one for one in context.roadmap.agreements.values() if one.of_both)
    return {as_one_word(capability) for one in agreed for capability in one.capabilities}


def _twice(context: Context, systems: tuple[str, ...], capabilities: list[str]) -> Finding:
    tools = [context.roadmap.systems[one] for one in systems]
    costs = [tool.cost_per_year for tool in tools if tool.cost_per_year is not None]
    currency = context.roadmap.settings.currency or ""
    year = f": {money(sum(costs), currency)} a year" if costs else ""
    return Finding(
        kind="systems",
        on=systems,
        key=("capabilities",),
        root=systems,
        size=by_count(len(capabilities), "capability", "offered twice", plural="capabilities"),
        message=f"systems {briefly(systems)} offer {briefly(capabilities, 20)}{year}, no agreement",
        who=shared([context.party(tool.owner) for tool in tools]),
        data={"capabilities": capabilities, "cost_per_year": sum(costs) if costs else None},
    )


# --- SYS05 ----------------------------------------------------------------------------------------


def data_silo(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems with data about people that others hold too and that nothing connects to them.

    What a system `connects` to is connected at any distance; an open integration connects those of
    its own systems that hold the data. One finding is one island, whatever the number of systems.
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
    connected = _Islands()
    for system in context.roadmap.systems.values():
        connected.join(system.id, *system.connects)
    integrations = [one for one in context.having("kind") if one.kind == "integration" and one.open]
    alone: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for data, ids in shared_data.items():
        island = _Islands()
        for one in integrations:
            touched = {*one.uses, *one.changes, *one.introduces}
            island.join(*(connected(id) for id in ids if id in touched))
        groups: dict[str, list[str]] = {}
        for id in ids:
            groups.setdefault(island(connected(id)), []).append(id)
        largest = max(groups.values(), key=len)
        for group in groups.values():
            if group is not largest:
                alone.setdefault(tuple(group), {})[data] = largest
    for group_ids, others in alone.items():
        yield _silo(context, group_ids, others)


class _Islands:
    """Which systems are connected: the name of one of them stands for all."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, *systems: str) -> None:
        """Connect all of these."""
        for one, other in pairwise(systems):
            self._parent[self(one)] = self(other)

    def __call__(self, system: str) -> str:
        parent = self._parent
        while (above := parent.setdefault(system, system)) != system:
            parent[system] = parent.setdefault(above, above)
            system = parent[system]
        return system


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
        + (elsewhere[0] if len(elsewhere) == 1 else f"{len(elsewhere)} other systems"),
        who=context.party(context.roadmap.systems[ids[0]].owner),
        data={"data": list(others), "others": elsewhere},
    )


# --- SYS06 ----------------------------------------------------------------------------------------


def unsupported_system(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Systems that open work still relies on after their support ends; one for each system."""
    ending = {id: one for id, one in context.roadmap.systems.items() if one.supported_until}
    users = users_of(context, RELIES) if ending else {}
    for id, system in ending.items():
        until = system.supported_until
        assert until is not None
        later = finishing_after(context, users.get(id, ()), until)
        if later:
            yield _unsupported(context, system, until, later)


def _unsupported(context: Context, system: System, until: date, later: dict[str, date]) -> Finding:
    ids = context.by_start(later)
    last = max(later.values())
    verb = "uses" if len(ids) == 1 else "use"
    ends = "ended" if until < context.as_of else "ends"
    return Finding(
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], system.id, RELIES),),
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
        fires_when="an initiative `uses` or `changes` a planned system, and no link lets it start "
        "only after an initiative that `introduces` the system is finished; an error where it "
        "starts before that; one conflict for each system",
        not_when="the system is live; the initiative is a review",
        why_marketing="the campaign is ready and its tool is not",
        why_it="the dependency on the roll-out is not in the plan, so nobody sees when it moves",
        example='[systems.cdp]\nstatus = "planned"\n[initiatives.cdp-rollout]\nestimate = "6w"\n'
        'introduces = ["cdp"]\n[initiatives.journeys]\nestimate = "2w"\nuses = ["cdp"]',
        fix_kinds=("add the missing link", "set the system to live"),
        topic=SYSTEMS,
        find=missing_integration,
        fixes="system_landscape.provider",
    ),
    Rule(
        code="SYS04",
        name="capability-overlap",
        severity="warning",
        family="systems",
        summary="two systems that offer the same capability",
        fires_when="two systems, live or planned, offer one capability and neither retires",
        not_when="a working agreement that both sides agreed names the capability; capabilities "
        "are compared without case, blanks and hyphens",
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
        fires_when="a system holds personal data that others hold too, and it neither "
        "`connects` to them, directly or through others, nor does one open integration name both",
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
        fires_when="an open initiative that `uses`, `changes` or `introduces` a system finishes "
        "after its `supported_until`",
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
