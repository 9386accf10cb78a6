"""PLAN: links that say nothing new, and work that nothing ties to the roadmap.

A link is implied when other finish-to-start links already lead from its predecessor to its
successor. That is looked for link by link, backwards from the other predecessors and never below
the level of the one that is looked for, so a roadmap without such links costs nearly nothing; a
transitive closure is never built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context, count
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, RollUp, Rule, Topic
from planner.network.graph import Network
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Need

MOST_STEPS = 200_000
"""So many links are followed in one check; what would take more is not looked at."""

# --- PLAN05 ---------------------------------------------------------------------------------------


def redundant_link(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each finish-to-start link that other ones imply."""
    ids = context.network.ids
    for succ, pred, via in implied(context.network):
        if not _says_more(context.network.initiatives[succ], ids[pred]):
            yield _redundant(context, ids[succ], ids[pred], ids[via])


def implied(network: Network) -> Iterator[tuple[int, int, int]]:
    """(successor, predecessor, another predecessor that already waits for it), as nodes."""
    before, level = _levels(network)
    left = MOST_STEPS
    for node in network.sequence:
        ties = network.into_start[node]
        if len(ties) < 2 or not before[node]:
            continue
        highest = max([level[pred] for pred in before[node]])
        for source, lag in ties:
            pred = source >> 1
            if source & 1 and lag <= 0 and level[pred] < highest:
                others = [one for one in before[node] if level[one] > level[pred]]
                via, left = _via(before, level, others, pred, left)
                if via is not None:
                    yield node, pred, via


def _levels(network: Network) -> tuple[list[list[int]], list[int]]:
    """The finish-to-start predecessors without a lead of each node, and how long its chain is."""
    before: list[list[int]] = [[]] * len(network.ids)
    level = [0] * len(network.ids)
    for node in network.sequence:
        ties = network.into_start[node]
        if ties:
            found = [source >> 1 for source, lag in ties if source & 1 and lag >= 0]
            if found:
                before[node] = found
                level[node] = 1 + max([level[pred] for pred in found])
    return before, level


def _via(
    before: Sequence[list[int]], level: Sequence[int], others: list[int], goal: int, left: int
) -> tuple[int | None, int]:
    """The first of `others` that is after `goal`, and how many steps are left."""
    lowest, seen = level[goal], set(others)
    for other in others:
        waiting = [other]
        while waiting and left > 0:
            for pred in before[waiting.pop()]:
                left -= 1
                if pred == goal:
                    return other, left
                if level[pred] > lowest and pred not in seen:
                    seen.add(pred)
                    waiting.append(pred)
    return None, left


def _says_more(initiative: Initiative, pred: str) -> bool:
    """Whether the link says anything beside its order: what it delivers, what was agreed."""
    return any(_words(need) for need in initiative.needs if need.on == pred and need.type == "FS")


def _words(need: Need) -> bool:
    said = (need.delivers, need.why, need.asked, need.needed_by, need.promised, need.agreed)
    return any((*said, need.declined, need.accepted))


def _redundant(context: Context, succ: str, pred: str, via: str) -> Finding:
    return Finding(
        code="PLAN05",
        severity="info",
        on=(succ, pred),
        key=("needs",),
        through=(via,),
        root=(succ, pred),
        message=f"{succ} needs {pred}, but waits for it anyway: {via} comes after it",
        who=context.owner(succ),
        data={"on": pred, "via": via},
    )


# --- PLAN06 ---------------------------------------------------------------------------------------


def isolated(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that no link, outcome or group ties to anything."""
    alone = [one for one in context.open if not _tied(one) and not _dated_milestone(one)]
    if not alone:
        return
    every = context.roadmap.initiatives.values()
    named = {need.on for one in every for need in one.needs}
    named.update(id for one in context.having("relates") for id in one.relates)
    for initiative in alone:
        if initiative.id not in named:
            yield Finding(
                code="PLAN06",
                severity="info",
                on=(initiative.id,),
                root=(initiative.id,),
                message=f"nothing ties {initiative.id} to the roadmap: no link, outcome or group",
                who=context.owner(initiative.id),
            )


def _tied(one: Initiative) -> bool:
    return bool(one.needs or one.outcomes or one.part_of or one.relates)


def _dated_milestone(one: Initiative) -> bool:
    dates = (one.deadline, one.announced, one.must_start_on, one.must_finish_on)
    return one.is_milestone and any((*dates, one.start_no_earlier_than, one.finish_no_earlier_than))


RULES = (
    Rule(
        code="PLAN05",
        name="redundant-link",
        severity="info",
        family="plan",
        summary="a link that other links already imply",
        fires_when="a finish-to-start link without a lag, or with a lead, whose order other "
        "finish-to-start links already keep",
        not_when="it has a lag, or says what it `delivers`, why, or what was asked and agreed",
        why_marketing="a plan with fewer lines shows sooner what really holds a launch up",
        why_it="a link that binds nothing is kept up for nothing, and hides the one that binds",
        example='[initiatives.a]\n[initiatives.b]\nneeds = ["a"]\n'
        '[initiatives.c]\nneeds = ["a", "b"]',
        fixes=("remove the link",),
        roll_up=RollUp(
            lambda context, _limits: sum(len(one.needs) for one in context.open),
            lambda number, total: (
                f"{number} of {count(total, 'link')} say nothing that others don't"
            ),
        ),
        find=redundant_link,
    ),
    Rule(
        code="PLAN06",
        name="isolated",
        severity="info",
        family="plan",
        summary="work that nothing ties to the roadmap",
        fires_when="open work has no link in or out, no outcome, no group and no `relates`",
        not_when="a milestone with a date",
        why_marketing="nobody can say what it is for, so nobody misses it when it slips",
        why_it="what it needs, or who needs it, may only have been forgotten",
        example='[initiatives.newsletter]\nestimate = "2w"\n[initiatives.site]\npart_of = "web"\n'
        '[initiatives.launch]\nneeds = ["site"]\n[initiatives.audit]\nneeds = ["site"]',
        fixes=("put it in a group", "say what it is for"),
        topic=Topic(
            "groups",
            "an initiative has `part_of` or `outcomes`",
            lambda context: bool(context.having("part_of") or context.having("outcomes")),
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open),
            lambda number, total: (
                f"{number} of {count(total, 'open initiative')} are tied to nothing"
            ),
        ),
        find=isolated,
    ),
)
