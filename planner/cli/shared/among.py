"""Which initiatives a command is about: what its filter matches, and whose work is asked for."""

from __future__ import annotations

from planner.cli.show import asking
from planner.errors import UsageError
from planner.query.filters import compile_filter
from planner.query.party import work_for
from planner.session.session import Session


def among(session: Session, query: str | None, *whose: str | None) -> frozenset[str] | None:
    """What holds for all that is asked; None where nothing is. Raises UsageError for what can't be
    understood.
    """
    found = [work_for(session.plan, word) for word in whose if word is not None]
    if query is not None:
        wanted = compile_filter(query, session.plan, asking(session, query))
        if wanted.error is not None:
            raise UsageError(wanted.error)
        found += [wanted.ids] if wanted.ids is not None else []
    return frozenset.intersection(*found) if found else None
