"""Small repositories with a roadmap whose moves are known: who commits what, on which day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.history import Compared, compared, history_of
from planner.plan.model import Plan
from planner.roadmap.output_history import HistoryShown, StepRow
from planner.session.session import Session
from tests.git.clones import Clone, clone_at

TODAY = date(2027, 6, 1)
CHAIN = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
main_launch = "launch"

[initiatives.first]
estimate = "2w"

[initiatives.second]
estimate = "3w"
needs = ["first"]

[initiatives.aside]
estimate = "1w"

[initiatives.launch]
kind = "milestone"
needs = ["second", "aside"]
"""
"""`first` to 12 Mar, `second` to 2 Apr, and with it `launch`; `aside` has four weeks of float."""


class Committed:
    """A repository in which people commit to a roadmap."""

    def __init__(self, top: Path, text: str = CHAIN) -> None:
        self.clone: Clone = clone_at(top)
        self.path = top / "roadmap.toml"
        self.text = text
        self.commit("Start", day="2027-03-01")

    def edit(self, *pairs: tuple[str, str]) -> None:
        """Replace text in the file."""
        for old, new in pairs:
            assert self.text.count(old) == 1, old
            self.text = self.text.replace(old, new)
        self.path.write_text(self.text, encoding="utf-8")

    def commit(
        self, message: str, *pairs: tuple[str, str], by: str = "Ana", day: str = "2027-03-01"
    ) -> str:
        """Edit and commit; returns the hash."""
        self.edit(*pairs)
        self.clone.environment |= {"GIT_AUTHOR_NAME": by, "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
        self.clone.git("add", "-A")
        self.clone.git("commit", "-q", "--allow-empty", "-m", message)
        return self.clone.git("rev-parse", "HEAD").strip()

    @property
    def plan(self) -> Plan:
        """The plan of the files."""
        return Session.open(self.path, today=lambda: TODAY).plan

    def history(self, *ids: str, since: str | None = None) -> HistoryShown:
        """What `planner history` shows."""
        return history_of(self.path, self.plan, ids or None, since)

    def steps(self, id: str = "launch") -> list[StepRow]:
        """What moved one launch, oldest first."""
        (found,) = self.history(id).trends
        return list(found.steps)

    def compared(self, a: str, b: str | None = None) -> Compared:
        """Two revisions, or one and the files."""
        return compared(self.path, self.plan, a, b)


def causes(step: StepRow) -> list[tuple[str, str, int | None]]:
    """Of each cause its words, its author and its figure."""
    return [(each.text, each.author, each.days) for each in step.causes]
