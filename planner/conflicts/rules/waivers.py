"""WAIVE: waivers that no longer do what they were written for.

These two look at what the other rules found, so the findings are made where waivers are applied.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.rule import Limits, Rule, Topic


def looked_at_last(_context: Context, _limits: Limits) -> Iterator[Finding]:
    """Nothing here: waivers are looked at once everything else has been found."""
    return iter(())


WAIVERS = Topic(
    "waivers", "there is a `[waivers]` table", lambda context: bool(context.roadmap.waivers)
)

RULES = (
    Rule(
        code="WAIVE01",
        name="waiver-expired",
        severity="warning",
        family="waivers",
        summary="a waiver past its end date",
        fires_when="`until` is before the status date",
        why_marketing="the sides agreed to live with it until that date, and no longer",
        why_it="a risk that both sides accepted is back, and nobody has decided on it",
        example='[waivers.late-peak]\nrule = "DATE01"\non = ["peak"]\n'
        'reason = "agreed with sales"\nby = "ana"\nuntil = 2027-02-01',
        fix_kinds=("remove the waiver", "agree on a new end date"),
        topic=WAIVERS,
        find=looked_at_last,
        fixes="waivers.waiver",
    ),
    Rule(
        code="WAIVE02",
        name="waiver-unused",
        severity="info",
        family="waivers",
        summary="a waiver without a conflict",
        fires_when="its rule reports no conflict on its ids",
        why_marketing="one exception less to remember",
        why_it="if it stays, it hides the next real conflict",
        example='[waivers.late-peak]\nrule = "DATE01"\non = ["peak"]\n'
        'reason = "agreed with sales"\nby = "ana"\nuntil = 2027-12-01',
        fix_kinds=("remove the waiver",),
        topic=WAIVERS,
        find=looked_at_last,
        fixes="waivers.waiver",
    ),
)
