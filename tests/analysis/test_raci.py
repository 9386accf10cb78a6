"""Who answers for what, what is handed over, and what breaks if it slips."""

from __future__ import annotations

from datetime import date

import pytest

from planner.analysis.raci import (
    Handover,
    Standing,
    State,
    handovers_of,
    matrix_of,
    slipped,
    waits_by_side,
)
from tests.query.plans import plan

TEAMS = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[teams.data]
portfolio = "it"
[teams.crm]
portfolio = "marketing"
[people.ana]
name = "Ana Ruiz"
team = "crm"
"""


def handed(link: str, work: str = "", more: str = "") -> Handover:
    """The hand-over of an API to a campaign, with what the link says."""
    (one,) = handovers_of(
        plan(
            TEAMS
            + f'[initiatives.api]\nowner = "data"\nestimate = "4w"\n{work}\n'
            + f'[initiatives.push]\nowner = "crm"\nneeds = [{{ on = "api", {link} }}]\n{more}'
        )
    )
    return one


# --- the matrix -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ('responsible = "crm"', "gap"),
        ('accountable = ["crm", "data"]', "double"),
        ('accountable = "crm"\nagreed = { it = 2027-01-01 }', "unagreed"),
        (
            'accountable = "crm"\nconsulted = ["data"]\nagreed = { marketing = 2027-01-01 }',
            "unagreed",
        ),
        (
            (
                'accountable = "crm"\nagreed = { marketing = 2027-01-01, it = 2027-01-01 }\n'
                "review_by = 2027-03-19"
            ),
            "due",
        ),
        (
            (
                'accountable = "crm"\nagreed = { marketing = 2027-01-01, it = 2027-01-01 }\n'
                "review_by = 2027-03-22"
            ),
            "settled",
        ),
    ],
)
def test_how_an_agreement_stands(text: str, standing: Standing) -> None:
    (row,) = matrix_of(plan(f"{TEAMS}[agreements.mail]\n{text}")).agreements
    assert row.standing == standing


def test_a_person_counts_for_their_team() -> None:
    text = '[agreements.mail]\naccountable = "ana"\nresponsible = ["crm", "data"]'
    matrix = matrix_of(plan(TEAMS + text))
    assert matrix.agreements[0].letters == {"crm": "AR", "data": "R"}
    assert [(one.id, one.side) for one in matrix.columns] == [("crm", "marketing"), ("data", "it")]


def test_open_initiatives_are_rows_once_one_names_somebody() -> None:
    text = TEAMS + '[initiatives.a]\n[initiatives.b]\nstatus = "done"\n'
    assert matrix_of(plan(text)).rows == ()
    named = matrix_of(plan(text + '[initiatives.c]\nowner = ["crm", "data"]'))
    assert [(row.id, row.standing) for row in named.initiatives] == [("a", "gap"), ("c", "double")]
    assert [row.id for row in named.gaps] == ["a"]
    assert [row.id for row in named.doubles] == ["c"]


# --- hand-overs -----------------------------------------------------------------------------------

DONE = "actual_start = 2027-03-01\nactual_finish = 2027-03-12"


@pytest.mark.parametrize(
    ("link", "work", "state", "next_side", "waits"),
    [
        ('delivers = "x"', "", "not asked", "marketing", {}),
        ("asked = 2027-03-15", "", "asked", "it", {"it": 5}),
        ("asked = 2027-03-01, agreed = 2027-03-04", "", "agreed", "it", {"it": 3}),
        ("asked = 2027-03-01, declined = 2027-03-02", "", "declined", "marketing", {"it": 1}),
        ("agreed = 2027-03-02", DONE, "delivered", None, {}),
        ("accepted = 2027-03-16", DONE, "accepted", None, {"marketing": 2}),
    ],
)
def test_who_waits_for_whom(
    link: str, work: str, state: State, next_side: str | None, waits: dict[str, int]
) -> None:
    one = handed(link, work)
    assert (one.state, one.next_side, one.waits) == (state, next_side, waits)


def test_a_delivery_waits_where_others_are_accepted() -> None:
    more = f'[initiatives.old]\nowner = "data"\n{DONE}\n[initiatives.web]\nowner = "crm"\n'
    more += 'needs = [{ on = "old", accepted = 2027-03-15 }]\n[initiatives.app]\nowner = "crm"\n'
    found = handovers_of(plan(f'{TEAMS}{more}needs = ["old"]'))
    app = next(one for one in found if one.successor == "app")
    assert (app.state, app.next_side, app.waiting) == ("delivered", "marketing", 6)
    assert waits_by_side(found) == {"marketing": 6}


@pytest.mark.parametrize(
    ("link", "late"),
    [
        ("promised = 2027-04-16", 0),
        ("promised = 2027-04-14", 2),
        ("needed_by = 2027-04-15", 1),
        ("promised = 2027-04-16, needed_by = 2027-04-01", 0),
    ],
)
def test_late_is_counted_from_the_day_promised_else_needed(link: str, late: int) -> None:
    one = handed(link)
    assert (one.finish, one.late) == (date(2027, 4, 16), late)


def test_joint_and_dropped_work_hands_nothing_over() -> None:
    text = TEAMS + '[initiatives.a]\nowner = "data"\n[initiatives.b]\nowner = "data"\n'
    text += 'status = "dropped"\n[initiatives.c]\nportfolio = "joint"\nneeds = ["a"]\n'
    assert handovers_of(plan(text + '[initiatives.d]\nowner = "crm"\nneeds = ["b"]')) == ()


def test_two_links_of_a_pair_are_one_hand_over() -> None:
    text = '[initiatives.api]\nowner = "data"\n[initiatives.push]\nowner = "crm"\n'
    text += 'needs = ["api SS+5d", { on = "api", type = "FF", asked = 2027-03-15 }]'
    (one,) = handovers_of(plan(TEAMS + text))
    assert one.ties == ("SS+5d", "FF")
    assert one.state == "asked"


@pytest.mark.parametrize(
    ("link", "ties"),
    [
        ('lag = "0d"', ()),
        ('type = "SS", lag = "+0d"', ("SS",)),
        ('lag = "-1w"', ("FS-1w",)),
        ('type = "FF"', ("FF",)),
    ],
)
def test_a_lag_of_nothing_is_none(link: str, ties: tuple[str, ...]) -> None:
    assert handed(link).ties == ties


# --- what would break -----------------------------------------------------------------------------

LAUNCH = '[initiatives.go]\nportfolio = "marketing"\nestimate = "0d"\nneeds = ["api"]\n'


@pytest.mark.parametrize(
    ("work", "days"),
    [
        ('estimate = "4w"', 5),
        ('estimate = "4w"\nactual_start = 2027-03-15', 5),
        ('estimate = "4w"\nmust_finish_on = 2027-04-30', 5),
        ('estimate = "1w"', 3),
    ],
)
def test_a_later_supplier_moves_the_launch(work: str, days: int) -> None:
    slip = slipped(plan(f'{TEAMS}[initiatives.api]\nowner = "data"\n{work}\n{LAUNCH}'), "api", days)
    assert slip is not None
    assert [(one.id, one.days) for one in slip.launches] == [("go", days)]
    assert slip.moved == 1


def test_a_launch_that_is_late_only_then_is_told() -> None:
    text = f'{TEAMS}[initiatives.api]\nowner = "data"\nestimate = "4w"\n{LAUNCH}'
    slip = slipped(plan(text + "deadline = 2027-04-19"), "api")
    assert slip is not None
    assert [(id, late.working) for id, late in slip.missed] == [("go", 4)]


def test_what_is_finished_or_unscheduled_does_not_slip() -> None:
    text = f"{TEAMS}[initiatives.a]\n{DONE}\n[initiatives.b]\nstatus = 'dropped'"
    assert [slipped(plan(text), id) for id in ("a", "b", "nobody")] == [None] * 3
