"""EST02: the estimate that the record makes likely."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import SAID
from planner.conflicts.fix_dates import timed
from planner.text.edits import SetKey


def likely(ask: Ask) -> Iterator[Fix]:
    """As many days as such work took before; only who does it knows whether it is other work."""
    id, days = ask.finding.id, ask.finding.data["likely"]
    yield from timed(
        ask,
        f"set the estimate of {id} to {days}d, as the record makes likely",
        [SetKey("initiatives", id, ("estimate",), f"{days}d")],
        id,
        needs_agreement=must_agree(ask.context, id),
        choice=SAID,
    )
