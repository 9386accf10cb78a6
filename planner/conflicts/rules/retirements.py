"""SYS: systems that are switched off, and what then is missing.

A system retires at the finish of the initiative that `retires` it; its users have moved when every
open initiative that uses it has finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from planner.conflicts.context import Context, briefly, by_count, by_days, naming
from planner.conflicts.findings import Finding
from planner.conflicts.providers import (
    NEEDED,
    finishing_after,
    gone_by,
    is_planned,
    providers_of,
    users_of,
)
from planner.conflicts.rule import Limits, Rule, Topic
from planner.conflicts.rules.system_landscape import SYSTEMS
from planner.roadmap.entities import Initiative, System
from planner.roadmap.ids import as_one_word

# --- SYS03 ----------------------------------------------------------------------------------------


def early_retirement(context: Context, _limits: Limits) -> Iterator[Finding]:
    """A system that is gone before those who need or replace it are done; one for each system."""
    for system, (finish, id), later in _outlasting(context):
        yield _too_early(context, context.roadmap.initiatives[id], system, finish, later)


def _outlasting(context: Context) -> Iterator[tuple[str, tuple[date, str], dict[str, date]]]:
    """Each system that is gone too early: when and by which work, and who finishes later."""
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    if not retiring:
        return
    users = users_of(context, (*NEEDED, "replaces"))
    for system, (finish, id) in gone_by(context, retiring).items():
        others = (one for one in users.get(system, ()) if one.id != id)
        later = finishing_after(context, others, finish)
        if later:
            yield system, (finish, id), later


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
        size=by_days(early, f"too early with {system}"),
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


# --- SYS07 ----------------------------------------------------------------------------------------


def capability_lost(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Capabilities that no system offers once work has retired one; one for each system."""
    retiring = [one for one in context.having("retires") if one.status != "dropped"]
    gone = gone_by(context, retiring)
    offered = _offered(context, gone) if gone else {}
    agreed = _agreed(context) if gone else {}
    for system, (day, id) in gone.items():
        known = context.roadmap.systems.get(system)
        if known is not None:
            lost = {
                one: offered[word].since
                for word, one in {as_one_word(one): one for one in known.capabilities}.items()
                if all(system in on for on in agreed.get(word, ())) and not offered[word].on(day)
            }
            if lost:
                yield _lost(context, id, system, day, lost)


class _Offered:
    """When some system offers a capability: up to before a day, and from another one on."""

    def __init__(self) -> None:
        self.until, self.since = date.min, date.max

    def on(self, day: date) -> bool:
        """Whether one does after a day."""
        return day < self.until or self.since <= day


def _offered(context: Context, gone: Mapping[str, tuple[date, str]]) -> dict[str, _Offered]:
    """When each capability is offered, by its name as one word."""
    found: dict[str, _Offered] = {}
    providers = providers_of(context)
    for system in context.roadmap.systems.values():
        until, since = _there(context, system, gone, providers)
        for word in map(as_one_word, system.capabilities):
            offered = found.setdefault(word, _Offered())
            offered.until = max(until, offered.until)
            offered.since = min(since, offered.since)
    return found


def _there(
    context: Context,
    system: System,
    gone: Mapping[str, tuple[date, str]],
    providers: dict[str, list[str]],
) -> tuple[date, date]:
    """Until when a system is live, or since when one that is planned is."""
    if system.id in gone:
        return gone[system.id][0], date.max
    if system.status in ("retiring", "retired"):
        return date.min, date.max
    bringing = providers.get(system.id, ())
    if not bringing or not is_planned(context, system.id, providers):
        return date.max, date.max
    dates = (context.dates(one) for one in bringing)
    return date.min, min((one.finish for one in dates if one is not None), default=date.max)


def _agreed(context: Context) -> dict[str, list[frozenset[str]]]:
    """By capability, as one word, the systems of each agreement of both sides on it."""
    found: dict[str, list[frozenset[str]]] = {}
    for one in context.roadmap.agreements.values():
        for capability in one.capabilities if one.of_both else ():
            found.setdefault(as_one_word(capability), []).append(frozenset(one.systems))
    return found


def _lost(context: Context, id: str, system: str, day: date, lost: Mapping[str, date]) -> Finding:
    """`lost`: the capabilities, each with the day from which another system offers it."""
    again = max(lost.values())
    for_good = again == date.max
    verb = "retires" if context.is_open(id) else "retired"
    none = briefly(lost, 20)
    then = (
        f", then no system offers {none}" if for_good else f": no {none} until {context.day(again)}"
    )
    return Finding(
        on=(id,),
        key=("retires",),
        through=(system,),
        root=(id, system),
        size=by_count(len(lost), "capability", "lost", system, plural="capabilities"),
        message=f"{id} {verb} {system} on {context.day(day)}{then}",
        who=context.owner(id),
        data={
            "system": system,
            "off": day.isoformat(),
            "capabilities": list(lost),
            "again": None if for_good else again.isoformat(),
        },
    )


# --- SYS08 ----------------------------------------------------------------------------------------


def retired_in_use(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Retired systems that open work uses or changes; one for each system."""
    retired = {id for id, one in context.roadmap.systems.items() if one.status == "retired"}
    users = users_of(context, NEEDED) if retired else {}
    outlasting = _outlasting(context) if retired else ()
    told = {(system, user) for system, _, later in outlasting for user in later}
    for system in retired.intersection(users):
        ids = [
            one.id
            for one in users[system]
            if system not in one.retires and (system, one.id) not in told
        ]
        if ids:
            yield _in_use(context, system, context.by_start(ids))


def _in_use(context: Context, system: str, ids: list[str]) -> Finding:
    key = naming(context.roadmap.initiatives[ids[0]], system, NEEDED)
    verb = key if len(ids) == 1 else "need"
    return Finding(
        on=tuple(ids),
        key=(key,),
        through=(system,),
        root=(system,),
        size=by_count(len(ids), "initiative", "without", system),
        message=f"{briefly(ids, 32)} {verb} {system}, which is retired",
        who=context.together(ids),
        data={"system": system, "users": ids},
    )


RETIRING = Topic(
    "systems",
    "an initiative `retires` a system",
    lambda context: bool(context.having("retires")),
)

RULES = (
    Rule(
        code="SYS03",
        name="early-retirement",
        severity="error",
        family="systems",
        summary="a system retired before the initiatives that need it finish",
        fires_when="the initiative that `retires` a system finishes before an open one that "
        "`uses`, `changes` or `replaces` it",
        why_marketing="what runs on the old system stops, with nothing in its place",
        why_it="the retirement has to be undone, or the old contract extended in a hurry",
        example='[initiatives.switch-off]\nestimate = "1w"\nretires = ["esp"]\n'
        '[initiatives.move]\nestimate = "6w"\nreplaces = ["esp"]',
        fix_kinds=("retire it after the last of them", "retire it in an initiative of its own"),
        topic=RETIRING,
        find=early_retirement,
        fixes="retirements.retire_later",
    ),
    Rule(
        code="SYS07",
        name="capability-lost",
        severity="warning",
        family="systems",
        summary="a capability that no system offers once one is retired",
        fires_when="after an initiative `retires` a system, no system that is live, or "
        "planned by then, offers one of its `capabilities`",
        not_when="a working agreement that both sides agreed names the capability, without that "
        "system; capabilities are compared without case, blanks and hyphens",
        why_marketing="what a campaign counts on is gone, and nobody has said so",
        why_it="the retirement is stopped on its last day, by those who still needed it",
        example='[systems.ads]\nstatus = "live"\ncapabilities = ["audience-export"]\n'
        '[systems.hub]\nstatus = "planned"\ncapabilities = ["audience-export"]\n'
        '[initiatives.ads-off]\nestimate = "1w"\nretires = ["ads"]\n'
        '[initiatives.hub-rollout]\nestimate = "3w"\nintroduces = ["hub"]',
        fix_kinds=("retire it after another offers it", "agree to do without it"),
        topic=RETIRING,
        find=capability_lost,
        fixes="retirements.offered_first",
    ),
    Rule(
        code="SYS08",
        name="retired-in-use",
        severity="warning",
        family="systems",
        summary="an initiative that uses a retired system",
        fires_when="an open initiative `uses` or `changes` a system whose `status` is `retired`; "
        "one conflict for each system",
        not_when="the initiative `retires` it; SYS03 reports the two",
        why_marketing="the brief rests on a tool that nobody can log in to",
        why_it="somebody has to find what does the job now, or to bring back what was switched off",
        example='[systems.survey]\nstatus = "retired"\n[initiatives.panel]\nuses = ["survey"]\n'
        'estimate = "2w"',
        fix_kinds=("leave it out", "set the system to live"),
        topic=SYSTEMS,
        find=retired_in_use,
        fixes="retirements.done_without",
    ),
)
