"""A list of tables to pick from, narrowed by letters of their ids and titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from planner.entry.fuzzy import Candidate, rank
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.text.visible import visible
from planner.tui.dialogs.options import Options, columns

MOST = 200
"""More matches than this are not listed: another letter finds better than a long list."""


def candidates(plan: Plan, ids: Iterable[str], kind: str = "initiatives") -> list[Candidate]:
    """Tables of one kind as things to pick, with their titles."""
    labels = {id: entity.label for id, entity in plan.roadmap.table(kind).items()}
    titles = {id: label for id, label in labels.items() if label != id}
    return [Candidate(id, titles.get(id, ""), kind) for id in ids]


def portfolio_of(plan: Plan, candidate: Candidate) -> str:
    """The side of an initiative or a team; empty for what has none."""
    entity = plan.roadmap.table(candidate.kind).get(candidate.id) if candidate.kind else None
    if isinstance(entity, Initiative):
        return plan.roadmap.portfolio_of(entity) or ""
    return getattr(entity, "portfolio", None) or ""


class PickList(Options):
    """Candidates, narrowed by what is typed."""

    def __init__(self, plan: Plan, found: Sequence[Candidate], most: int = 12) -> None:
        self.plan = plan
        self.take(found)
        super().__init__(self._candidate, len(self.found), most, "no match")

    def take(self, found: Sequence[Candidate]) -> None:
        """What there is to pick from; ids have the columns that the longest takes."""
        self.all = list(found)
        self.found = self.all[:MOST]
        self.wide = min(30, max((len(each.id) for each in self.all), default=8))

    def narrow(self, query: str) -> None:
        """Only what matches, nearest first."""
        self.found = rank(query, self.all, MOST)
        self.show(len(self.found))

    def get_content_height(self, *_: object) -> int:
        """As high as at first: a frame that jumps at every letter is hard to read."""
        return max(1, min(len(self.all), self.most))

    @property
    def marked(self) -> Candidate | None:
        """What enter takes."""
        return self.found[self.at] if self.found else None

    def _candidate(self, at: int, width: int) -> Content:
        each = self.found[at]
        portfolio = portfolio_of(self.plan, each)
        role = f"${side_role(portfolio)}" if portfolio else "$text"
        room = max(10, width - self.wide - 13)
        return columns(
            (
                (visible(each.id), role, self.wide),
                (visible(each.title), "$text", room),
                (visible(self.plan.roadmap.side_title(portfolio)) if portfolio else "", "$dim", 0),
            )
        )
