"""Which revision the board is compared with: picked among the last ones, or typed as a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from planner.analysis.meetings import last_held
from planner.entry.fuzzy import Candidate
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, day_before, short_commit
from planner.roadmap.output_history import RevisionRow
from planner.roadmap.typed import Unclear
from planner.roadmap.typed_days import typed_date
from planner.tui.dialogs.pick import PickList
from planner.tui.dialogs.search import SearchDialog


class BaselineDialog(SearchDialog[str]):
    """Returns a revision, a day, or ``last``: what `revision_named` reads.

    It is there before the revisions are, so that no letter that is typed goes elsewhere.
    """

    keys = (("enter", "compare"), ("↓ ↑", "select"), ("esc", "cancel"))
    hint = "a day, or letters of a commit, its author or subject"

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def offer(self, revisions: Sequence[RevisionRow]) -> None:
        """The revisions there are, now that they are known."""
        self.offered.take([*self._meeting(), *map(self._revision, revisions)])
        self.narrow(self.asked)
        self.say(Content(self.counted()))

    def _meeting(self) -> Iterator[Candidate]:
        """The last joint meeting, where one was held."""
        if (held := last_held(self.plan)) is not None:
            yield Candidate("last", f"the last meeting, {day_before(held, self.plan.as_of)}")

    def _revision(self, each: RevisionRow) -> Candidate:
        day = day_before(each.day, self.plan.as_of)
        return Candidate(short_commit(each.commit), f"{day}  {each.author}  {each.subject}")

    def heading(self) -> Content:
        """What is chosen."""
        return Content("Compare with the plan of")

    def matches(self) -> PickList:
        """The last meeting; the revisions come later."""
        return PickList(self.plan, list(self._meeting()))

    @property
    def offered(self) -> PickList:
        """What matches."""
        return self.query_one(PickList)

    def narrow(self, typed: str) -> None:
        """Those that match."""
        self.offered.narrow(typed)

    @property
    def _day(self) -> str | None:
        """The day that is typed, as it is written in a file."""
        calendar = self.plan.calendars.roadmap
        read = typed_date(self.asked, self.plan.as_of, past=True, working=calendar.add)
        return None if isinstance(read, Unclear) else read.value.isoformat()

    def counted(self) -> str:
        """What enter takes, where that is not the marked one."""
        read = typed_date(self.asked, self.plan.as_of, past=True)
        if not isinstance(read, Unclear):
            day = date_text(read.value, self.plan.as_of)
            return f"  the last revision of {day} or before"
        return "" if self.offered.found else f"  {self.asked} as git knows it"

    def chosen(self) -> str | None:
        """The day that is typed, else the marked one, else what is typed."""
        marked = self.offered.marked
        return self._day or (marked.id if marked is not None else self.asked.strip() or None)
