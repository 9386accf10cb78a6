"""What all views share: the open session, the selected row, the filter, and the way back.

Views come and go with the number keys; what a person is looking at stays. A `Desk` holds exactly
that. It never changes the plan: edits go through the session, by way of `Changes` of the view.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.query.arrangement import Arrangement, arrangement_of
from planner.roadmap.entities import ColumnName, Grouping
from planner.session.session import Session
from planner.text.queries import query_renamed
from planner.text.visible import visible
from planner.tui.shell.checking import known
from planner.tui.shell.keys import AS_REGISTERED, Keymap

if TYPE_CHECKING:
    from planner.analysis.baseline import Baseline
    from planner.analysis.opening import Opening
    from planner.exchange.importing.imports import Imports
    from planner.query.filters import Me
    from planner.query.me import Who

KEPT = 50
"""So many messages can be read again."""

Selected = tuple[str, str]
"""(kind, id) of a table of the roadmap, e.g. ``("initiatives", "web-push")``."""


def now_called(one: Selected | None, renamed: Mapping[Selected, str]) -> Selected | None:
    """The same table under its new id."""
    return None if one is None else (one[0], renamed.get(one, one[1]))


@dataclass(frozen=True)
class Mark:
    """What is marked in the view on screen, and what keys do with it."""

    about: Selected | None = None
    """The table that keys act on; None on a heading."""
    openable: bool = False
    """Whether it has details, or folds."""
    cell: tuple[str, ...] | None = None
    """The key of the cell under the cursor, e.g. ``("estimate",)``; None for the form."""
    computed: str = ""
    """What that cell shows that nobody types, and what can be edited instead."""
    adds: str = "initiatives"
    """The kind of table that is added here."""
    supplier: str | None = None
    """The supplier of the handover that is marked."""
    finding: Finding | None = None
    """The finding that is marked; else all that involve the table are offered fixes of."""
    rule: str | None = None
    """The code of the rule that it is about."""

    @property
    def initiative(self) -> str | None:
        """The initiative that it is about."""
        kind, id = self.about or ("", "")
        return id if kind == "initiatives" else None


@dataclass
class Place:
    """Somewhere a person was: a view, what was selected there, and where the path led."""

    view: str
    selected: Selected | None
    target: str | None = None


@dataclass
class Desk:
    """The open session and what is being looked at."""

    session: Session
    selected: Selected | None = None
    """What was marked last, in whichever view: a view that is opened puts its mark there if it has
    it. Keys act on what is marked in the view on screen, which is the view's own `selected`."""
    stands_in: tuple[Selected, Selected] | None = None
    """What was marked until it had no row, and what is marked in its place."""
    chosen: tuple[str, ...] = ()
    """The initiatives that are selected together, in the order in which they were."""
    filter: str = ""
    """The filter in force in every view, in the filter language; empty shows everything."""
    who: Who | None = None
    """Who is at the keys; None until a filter that depends on it has been asked for."""
    grouping: Grouping = "portfolio"
    """What the board's rows are grouped by."""
    sort: str = ""
    """What the board's rows are sorted by under each heading; empty is the file's order."""
    keymap: Keymap = AS_REGISTERED
    """Which keys do what."""
    columns: tuple[ColumnName, ...] = ()
    """The columns of the board that were chosen; none for as many as fit."""
    view: str | None = None
    """The saved view that was asked for last, or saved; it may have been changed since."""
    been: list[Place] = field(default_factory=list)
    """Where backspace leads, the last place last."""
    target: str | None = None
    """The initiative whose path the path view shows; None for the plan's own target."""
    rule: str | None = None
    """The code of the rule that the page of rules is to begin with."""
    baseline: Baseline | None = None
    """The revision that was chosen to compare with; None until one is."""
    compared: bool = False
    """Whether the board shows how far everything moved since then."""
    said: list[Content] = field(default_factory=list)
    """The last messages, the newest last."""
    company: tuple[str, ...] = ()
    """Who else has the roadmap open, as lines: ``ana since 09:40``."""

    branch: str | None = None
    """The branch that is checked out where the roadmap is; None without one."""
    waiting: int | None = None
    """How much waits for whoever is at the keys; None until it is counted, and for nobody known."""
    making: Worker[None] | None = None
    """The edit that is being made in a thread, or was made last."""
    opening: Opening | None = None
    """What is said on opening, until it is closed."""
    typing: bool = False
    """Whether a key was pressed since the app last looked round."""

    imports: Imports | None = None
    """What was imported in this session; None until something is."""
    saving: bool = False
    """Whether a save is being prepared in a thread."""
    leaving: bool = False
    """Whether to leave when that save is done."""

    async def made(self) -> None:
        """Wait until the edit is there that is being made."""
        if self.making is not None and not self.making.is_finished:
            with suppress(WorkerFailed, WorkerCancelled):
                await self.making.wait()

    @property
    def checked(self) -> bool:
        """Whether the findings of the plan in hand are known; of a large plan they come later."""
        return known(self.session.plan)

    @property
    def arrangement(self) -> Arrangement:
        """What of the plan the board shows, and how."""
        return Arrangement(self.filter, self.grouping, self.sort, self.columns)

    @arrangement.setter
    def arrangement(self, wanted: Arrangement) -> None:
        self.filter, self.grouping = wanted.query, wanted.grouping
        self.sort, self.columns = wanted.sort, wanted.columns

    @property
    def together(self) -> tuple[str, ...]:
        """The initiatives that are selected together and still there: keys act on all of them."""
        known = self.session.plan.roadmap.initiatives
        return tuple(id for id in self.chosen if id in known)

    def stand_in(self, other: Selected) -> None:
        """Mark another table for as long as what is marked has no row."""
        first, was = self.stands_in or (None, None)
        before = first if was == self.selected else self.selected
        self.stands_in = (before, other) if before is not None else None
        self.selected = other

    def come_back(self, has: Callable[[Selected], bool]) -> None:
        """Mark what was marked before it had no row, where it has one: unless the mark was moved
        since.
        """
        first, instead = self.stands_in or (None, None)
        if first is not None and instead == self.selected and has(first):
            self.selected, self.stands_in = first, None

    def follow(self, renamed: Mapping[Selected, str]) -> None:
        """Know under its new id all that was renamed, by whomever: (kind, id before) → id."""
        if not renamed:
            return
        self.selected = now_called(self.selected, renamed)
        first, instead = (now_called(each, renamed) for each in self.stands_in or (None, None))
        self.stands_in = (first, instead) if first and instead else None
        self.chosen = tuple(renamed.get(("initiatives", id), id) for id in self.chosen)
        self.target = renamed.get(("initiatives", self.target or ""), self.target)
        self.view = renamed.get(("views", self.view or ""), self.view)
        for (kind, old), new in renamed.items():
            self.filter = query_renamed(self.filter, kind, old, new)
        for place in self.been:
            place.selected = now_called(place.selected, renamed)
            place.target = renamed.get(("initiatives", place.target or ""), place.target)

    @property
    def view_said(self) -> str:
        """The saved view in force: ``view late-work``, ``view late-work, changed``; else empty."""
        view = self.session.plan.roadmap.views.get(self.view or "")
        if view is None:
            return ""
        same = arrangement_of(view) == self.arrangement
        return f"view {visible(view.id)}{'' if same else ', changed'}"

    @property
    def asked(self) -> tuple[Arrangement, Who | None, str | None]:
        """What is asked for, by whom, and by which saved view."""
        return self.arrangement, self.who, self.view

    @property
    def complaint(self) -> str | None:
        """What is wrong with the filter; None where nothing is, or there is none."""
        if not self.filter:
            return None
        from planner.query.filters import compile_filter

        plan = self.session.plan
        return compile_filter(self.filter, plan, self.me(plan)).error

    def matching(self, plan: Plan) -> Collection[str] | None:
        """The initiatives that the filter asks for; None where it asks for none in particular."""
        if not self.filter:
            return None
        from planner.query.filters import compile_filter

        return compile_filter(self.filter, plan, self.me(plan)).ids

    def me(self, plan: Plan) -> Me:
        """Who is at the keys, among the people and teams of a plan."""
        from planner.query.filters import Nobody

        if self.who is None:
            return Nobody("looking up who you are …")
        return self.who.among(plan.roadmap)

    def say(self, message: Content) -> None:
        """Keep a message, so that it can be read again; the oldest of many are forgotten."""
        self.said = [*self.said[1 - KEPT :], message]
