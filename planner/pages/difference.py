"""One step of the record in full: what its commit says, what it moved, and what it changed."""

from __future__ import annotations

from planner.analysis.compared import Compared
from planner.git.commit_facts import CommitFacts
from planner.pages.changes import difference_lines
from planner.pages.history import UNCOMMITTED, YOU, step_page
from planner.pages.lines import Line, Page
from planner.plan.model import Plan
from planner.roadmap.figures import short_commit
from planner.roadmap.output_history import StepRow
from planner.text.visible import visible


def difference_page(
    plan: Plan, step: StepRow, facts: CommitFacts | None, found: Compared, width: int
) -> list[Line]:
    """The commit, None for what is not committed; the step of the launch; the difference, in the
    words of `planner diff`.
    """
    page = Page(width)
    _commit(page, step, facts)
    page.line()
    page.lines += step_page(plan, step, plan.as_of, width)
    page.title("Difference")
    for text in difference_lines(found):
        page.flow([((text, "text"),)], "", "  ")
    return page.lines


def _commit(page: Page, step: StepRow, facts: CommitFacts | None) -> None:
    if facts is None:
        page.text(f"{YOU}, {UNCOMMITTED}", "title")
        return
    by = f"{visible(facts.author)} <{visible(facts.email)}>"
    page.text(f"{short_commit(step.revision.commit)} · {by} · {visible(facts.time)}", "title")
    page.text(visible(facts.subject), "strong")
    for text in facts.body.splitlines():
        page.text(visible(text), "text")
