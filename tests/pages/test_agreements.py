"""How agreements and handovers stand: `planner agreements` and the view show the same lines."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

import pytest

from planner.analysis.raci import freed_by, freeing_of, handovers_of, matrix_of
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.agreements import link_state
from planner.session.session import Session
from planner.tui.views.agreements_detail import duty_explained, handover_explained
from tests.cli.conftest import ROADMAPS, Run
from tests.pages import shown_on

WIDTH = 116
MARKS = tuple(SEVERITY_MARKS.values())
"""A conflict under a handover begins with one."""


@pytest.fixture(scope="module")
def sample() -> Session:
    """The sample roadmap on its status date."""
    return Session.open(ROADMAPS / "acme-2027", today=date(2027, 3, 22))


def test_every_handover_is_printed_as_the_pane_shows_it(
    run: Run, acme: str, sample: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.cli.agreements.text_width", lambda: WIDTH + 4)
    printed = [line.strip() for line in run("agreements", acme).out.splitlines()]
    handovers = handovers_of(sample.plan)
    by_handover = freed_by(freeing_of(sample.plan, handovers))
    assert len(by_handover) == 6
    for one in handovers:
        freed = by_handover.get((one.supplier, one.successor), ())
        shown = shown_on(handover_explained(sample.plan, one, None, freed, WIDTH, working=False))
        assert any(line.startswith("frees") for line in shown) is bool(freed)
        facts = takewhile(lambda line: not line.startswith(MARKS), shown)
        said = [line.strip() for line in facts]
        at = printed.index(said[0])
        assert printed[at : at + len(said)] == said
        assert one.state in said[0]


def test_every_row_that_lacks_something_says_the_same_on_both(
    run: Run, acme: str, sample: Session
) -> None:
    printed = run("agreements", acme).out.splitlines()
    for row in matrix_of(sample.plan).rows:
        said = shown_on(duty_explained(sample.plan, row, WIDTH))[0].rpartition("   ")[2]
        if row.standing != "settled":
            assert any(line.startswith(f"  {row.id} ") and line.endswith(said) for line in printed)


def test_board_and_agreements_name_the_same_state(sample: Session) -> None:
    for one in handovers_of(sample.plan):
        found = link_state(sample.plan, one.successor, one.supplier)
        assert found is not None
        if one.state not in ("countered", "accepted"):
            assert one.state in found[0], (one.supplier, one.successor)
