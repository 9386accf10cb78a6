"""Input context of a typed text: the plan, today, and tables created with the same save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planner.plan.model import Plan
from planner.roadmap.entities import Entity
from planner.roadmap.references import STANDARD
from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import typed_date
from planner.text.visible import visible

Typed = Understood[Any] | Unclear
"""What a text means as a plain TOML value, or why it means nothing."""

Ref = tuple[str, str]
"""(kind, id) of a table."""


class Around:
    """One plan, as a person who types sees it."""

    def __init__(self, plan: Plan, today: date | None = None) -> None:
        self.plan = plan
        self.today = today or plan.as_of
        self.creating: dict[Ref, str] = {}
        """Tables that are made with the same save, with the title typed for them."""
        self._known: dict[str, dict[str, str]] = {}

    def known(self, kind: str) -> Mapping[str, str]:
        """The ids that may be named of one kind, each with its title (empty without a table)."""
        if kind not in self._known:
            tables: Mapping[str, Entity] = self.plan.roadmap.table(kind)
            found = {id: each.label for id, each in tables.items()}
            found |= {id: "" for id in STANDARD.get(kind, ()) if id not in found}
            self._known[kind] = found
        made = {id: title for (of, id), title in self.creating.items() if of == kind}
        return {**self._known[kind], **made} if made else self._known[kind]

    def titles(self, kinds: Iterable[str]) -> dict[str, str]:
        """The ids of several kinds, the first kind first."""
        found: dict[str, str] = {}
        for kind in kinds:
            for id, title in self.known(kind).items():
                found.setdefault(id, title)
        return found

    def title(self, id: str, kinds: Iterable[str]) -> str:
        """What an id is called on a screen: its title made visible, or the id."""
        return visible(self.titles(kinds).get(id) or id)

    def day(self, text: str, *, past: bool = False) -> Understood[date] | Unclear:
        """A day, with working days counted on the roadmap's calendar."""
        working = self.plan.calendars.roadmap.add
        return typed_date(text, self.today, past=past, working=working)

    @property
    def week(self) -> int:
        """Working days in a week of the roadmap's calendar."""
        return self.plan.network.week
