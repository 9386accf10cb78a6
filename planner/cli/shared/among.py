"""Which initiatives a command is about: what its filter matches, and whose work is asked for.

Filters are imported where there is one: most commands run without.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.cli.shared.naming import initiative_said
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.query.party import Party, parties_called, party_named, work_for
from planner.session.session import Session

if TYPE_CHECKING:
    from planner.query.filters import Me

Function = TypeVar("Function", bound=Callable[..., Any])


def scope(
    whose: str = "Only work of this side, team or person, or an initiative with its predecessors.",
    query: str = "Only initiatives that match (see `planner help filters`).",
) -> Callable[[Function], Function]:
    """Give a command `--for` (as `whose`) and `--filter` (as `query`), with their help."""

    def decorate(function: Function) -> Function:
        function = click.option("--filter", "query", metavar="QUERY", help=query)(function)
        return click.option("--for", "whose", metavar="WHO|ID", help=whose)(function)

    return decorate


takes_scope = scope()
"""`--for` and `--filter` as most commands mean them."""


def among(session: Session, query: str | None, *whose: str | None) -> frozenset[str] | None:
    """What holds for all that is asked; None where nothing is. Raises UsageError for what can't be
    understood.
    """
    return of_plan(session.plan, session.path, query, *whose)


def of_plan(plan: Plan, path: Path, query: str | None, *whose: str | None) -> frozenset[str] | None:
    """The same of a plan without a session; `path` is the roadmap's."""
    found = [work_for(plan, initiative_said(plan, word)) for word in whose if word is not None]
    if query is not None:
        from planner.query.filters import compile_filter

        wanted = compile_filter(query, plan, _me(plan, path, query))
        if wanted.error is not None:
            raise UsageError(wanted.error)
        found += [wanted.ids] if wanted.ids is not None else []
    return frozenset.intersection(*found) if found else None


def asking(session: Session, query: str) -> Me:
    """Who is at the keys; only a filter that depends on it makes us look."""
    return _me(session.plan, session.path, query)


def _me(plan: Plan, path: Path, query: str) -> Me:
    from planner.query.filters import UNKNOWN, asks_for_me
    from planner.query.me import who

    return who(path).among(plan.roadmap) if asks_for_me(query) else UNKNOWN


def party_or_work(
    session: Session, query: str | None, whose: str | None
) -> tuple[Party | None, frozenset[str] | None]:
    """A side, team or person where `whose` names one, and the work that is asked for: what matches,
    or what an initiative waits for. Raises UsageError.
    """
    plan = session.plan
    if whose is not None and whose not in plan.roadmap.initiatives and parties_called(plan, whose):
        return party_named(plan, whose), among(session, query)
    return None, among(session, query, whose)
