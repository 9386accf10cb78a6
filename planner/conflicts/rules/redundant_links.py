"""PLAN: links that say nothing new, and work that nothing ties to the roadmap."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.needs import spare
from planner.conflicts.rule import Limits, RollUp, Rule, where_others_do
from planner.network.redundant import implied
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count
from planner.roadmap.quantities import needs_table

TIES = ("needs", "outcomes", "part_of", "relates")
"""The keys that tie work to the roadmap."""

# --- PLAN05 ---------------------------------------------------------------------------------------


def redundant_link(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each finish-to-start link that other ones imply."""
    told = {(succ, pred): via for succ, pred, via in _idle(context)}
    for (succ, pred), via in told.items():
        yield _redundant(context, succ, pred, via)
    for succ, pred in _doubled(context):
        if (succ, pred) not in told:
            yield _twice(context, succ, pred)


def _idle(context: Context) -> Iterator[tuple[str, str, str]]:
    """(successor, predecessor, what already waits for it): the open work that other links order."""
    ids = context.network.ids
    for succ, pred, via in implied(context.network):
        initiative = context.network.initiatives[succ]
        if context.is_open(ids[pred]) and not _says_more(initiative, ids[pred]):
            yield ids[succ], ids[pred], ids[via]


def _doubled(context: Context) -> Iterator[tuple[str, str]]:
    """(successor, predecessor) of each pair of which one link implies another."""
    for one in context.open_having("needs"):
        if len({need.on for need in one.needs}) < len(one.needs):
            pairs = dict.fromkeys((one.id, one.needs[place].on) for place in spare(one.needs))
            yield from (pair for pair in pairs if context.is_open(pair[1]))


def _says_more(initiative: Initiative, pred: str) -> bool:
    """Whether the link says anything beside its order: what it delivers, what was agreed."""
    links = (need for need in initiative.needs if need.on == pred and need.type == "FS")
    return any(map(needs_table, links))


def _redundant(context: Context, succ: str, pred: str, via: str) -> Finding:
    return Finding(
        on=(succ, pred),
        key=("needs",),
        through=(via,),
        root=(succ, pred),
        message=f"{succ} needs {pred} directly and through {via}",
        who=context.owner(succ),
        data={"on": pred, "via": via},
    )


def _twice(context: Context, succ: str, pred: str) -> Finding:
    return Finding(
        on=(succ, pred),
        key=("needs",),
        through=(pred,),
        root=(succ, pred),
        message=f"{succ} needs {pred} twice: one link implies the other",
        who=context.owner(succ),
        data={"on": pred, "via": pred},
    )


# --- PLAN06 ---------------------------------------------------------------------------------------


def isolated(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Open work that no link, outcome or group ties to anything."""
    alone = [one for one in context.open if not _tied(context, one) and not _dated_milestone(one)]
    if not alone:
        return
    every = context.roadmap.initiatives.values()
    named = {need.on for one in every for need in one.needs}
    named.update(id for one in context.having("relates") for id in one.relates)
    for initiative in alone:
        if initiative.id not in named:
            yield Finding(
                on=(initiative.id,),
                root=(initiative.id,),
                message=f"{initiative.id} is isolated: no link, no outcome, no group",
                who=context.owner(initiative.id),
            )


def _tied(context: Context, one: Initiative) -> bool:
    """Whether it is tied to anything; what could not be read is written all the same."""
    written = one.needs or one.outcomes or one.part_of or one.relates
    return bool(written) or context.unread("initiatives", one.id, *TIES)


def _sorted_in(context: Context) -> tuple[int, int]:
    """How much work is put in groups, or has outcomes, so that what has neither stands out."""
    every = context.roadmap.initiatives.values()
    return sum(bool(one.part_of or one.outcomes) for one in every), len(every)


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
        "finish-to-start links already keep; a second link between the same two counts too",
        not_when="it has a lag, `delivers`, `why` or a record of what was asked and agreed; its "
        "predecessor has finished",
        why_marketing="with fewer links it is easier to see what delays a launch",
        why_it="a link without an effect hides the link that has one",
        example='[initiatives.a]\n[initiatives.b]\nneeds = ["a"]\n'
        '[initiatives.c]\nneeds = ["a", "b"]',
        fix_kinds=("remove the link",),
        roll_up=RollUp(
            lambda context, _limits: sum(len(one.needs) for one in context.open),
            lambda number, total: f"{number} of {count(total, 'link')} are redundant",
        ),
        find=redundant_link,
        fixes="redundant_links.unlink",
    ),
    Rule(
        code="PLAN06",
        name="isolated",
        severity="info",
        family="plan",
        summary="an initiative without link, outcome or group",
        fires_when="an open initiative has no link in or out, no outcome, no group and no "
        "`relates`",
        not_when="a milestone with a date; a key of these that could not be read",
        why_marketing="nobody knows its purpose, so nobody notices when it is late",
        why_it="its predecessors or successors may only have been forgotten",
        example='[initiatives.newsletter]\nestimate = "2w"\n[initiatives.site]\npart_of = "web"\n'
        '[initiatives.launch]\nneeds = ["site"]\n[initiatives.audit]\npart_of = "web"\n'
        'needs = ["site"]',
        fix_kinds=("put it in a group", "set its outcome"),
        topic=where_others_do(
            "groups",
            "three initiatives, or a third of them, have `part_of` or `outcomes`",
            _sorted_in,
        ),
        roll_up=RollUp(
            lambda context, _limits: len(context.open),
            lambda number, total: f"{number} of {count(total, 'open initiative')} are isolated",
        ),
        find=isolated,
        fixes="redundant_links.tie",
    ),
)
