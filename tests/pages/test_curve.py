"""The curve of prices: bars true to the values, in every width, around the chosen finish."""

from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest
from msgspec.structs import replace

from planner.analysis.aiming import aim, along, first_aim
from planner.pages.canvas import cells
from planner.pages.curve import EIGHTHS, GUTTER, Curve, prices_per_day
from planner.pages.lines import plain
from planner.plan.model import Plan
from planner.roadmap.output_reach import CurvePoint, ReachShown
from planner.session.session import Session
from planner.text.edits import Edits, SetKey
from tests.cli.conftest import ROADMAPS

PRICES = {
    "lifecycle-journeys": ("4w", 5000),
    "customer-sso": ("7w", 24000),
    "consent-signals": ("12d", 9000),
    "peak-campaign": ("28d", 6000),
}
"""What the drawing of the options view is made with."""
LAUNCH = "peak-readiness"


def priced(session: Session) -> Session:
    """The sample with these prices, as one edit."""
    edits = (
        SetKey("initiatives", id, ("accelerate",), {"to": to, "cost": cost})
        for id, (to, cost) in PRICES.items()
    )
    session.apply(Edits(tuple(edits), "prices"))
    return session


@pytest.fixture(scope="module")
def plan() -> Plan:
    return priced(Session.open(ROADMAPS / "acme-2027", today=date(2027, 3, 22))).plan


@pytest.fixture(scope="module")
def answered(plan: Plan) -> ReachShown:
    day = first_aim(plan, LAUNCH)
    assert day is not None
    return along(plan, aim(plan, LAUNCH, day))


def drawn(plan: Plan, shown: ReachShown, width: int, rows: int, chosen: date | None) -> list[str]:
    return [*plain(Curve(plan, shown, width, rows, chosen).lines())]


def heights(lines: list[str], width: int) -> list[int]:
    """The eighths of each bar that is drawn, read from the picture."""
    ground = next(at for at, line in enumerate(lines) if "▔" in line)
    first = next(at for at, line in enumerate(lines) if "Price of each day" in line) + 1
    axis = lines[ground]
    count = axis.count("▔")
    finishes = [found.start() for found in re.finditer(r"\S+( [A-Z][a-z]{2})?", lines[ground + 1])]
    size = count // (len(finishes) - 1)  # the first word is the label
    middles = [GUTTER + size * at + size // 2 - 1 for at in range(len(finishes) - 1)]
    rows = [line.ljust(width) for line in lines[first:ground]]
    return [sum(max(0, EIGHTHS.find(row[at])) for row in rows) for at in middles]


def test_the_drawing_has_the_figures_of_the_mock(plan: Plan, answered: ReachShown) -> None:
    lines = drawn(plan, answered, 118, 8, answered.day)
    told = next(line for line in lines if line.startswith(" total")).split()
    assert told[1:6] == ["€1k", "€2k", "€3k", "€4k", "€5k"]
    assert told[6] == "€7.4k"
    assert told[-1] == "€44k"
    assert len(told) == 1 + 18
    assert any("┄┄" in line and line.startswith("  €2.2k") for line in lines)
    worth = next(line for line in lines if "↑" in line)
    days = next(line for line in lines if line.startswith(" finish"))
    assert days.index("8 Oct") <= worth.index("↑") < days.index("8 Oct") + 6
    assert "costs €2.4k and saves €2.2k" in worth
    needs = next(line for line in lines if line.startswith(" needs"))
    assert [one.strip("└┘─ ") for one in needs[GUTTER:].split("┘") if one.strip()] == [
        "Marketing",
        "IT, Marketing",
    ]


def test_bars_are_as_high_as_days_are_dear(plan: Plan, answered: ReachShown) -> None:
    lines = drawn(plan, answered, 118, 8, answered.day)
    bars, prices = heights(lines, 118), [*prices_per_day(answered.curve)]
    assert len(bars) == len(prices) == 18
    for bar, price in zip(bars, prices, strict=True):
        assert abs(bar - price / max(prices) * 64) <= 1


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_wider_than_the_room_and_bars_order_as_prices_do(
    plan: Plan, answered: ReachShown, seed: int
) -> None:
    draw = Random(seed)
    size = draw.choice((1, 100, 5_000, 2_000_000))
    points, total, won = [], 0.0, 0
    day = date(2027, 12, draw.randint(1, 28))
    for _ in range(draw.randint(1, 60)):
        day = date.fromordinal(day.toordinal() - draw.randint(1, 9))
        step = draw.choice((0.0, draw.random(), draw.random() * 3)) * size
        won += draw.randint(1, 3)
        total += step
        needs = draw.choice(((), ("IT",), ("Marketing", "IT"), ("crm",)))
        points.append(
            CurvePoint(
                finish=day,
                wins=won,
                price=total,
                step=step,
                title="",
                needs_agreement=needs,
                command=None,
            )
        )
    shown = replace(
        answered,
        curve=tuple(points),
        currency=draw.choice(("EUR", "CHF", None)),
        delay_cost_per_day=draw.choice((None, size * draw.random() * 4)),
        worth=draw.choice((None, draw.choice(points).finish)),
    )
    chosen = draw.choice(points).finish
    prices = dict(zip((one.finish for one in points), prices_per_day(points), strict=True))
    for width in (*range(40, 201, 23), draw.randint(40, 200)):
        rows = draw.randint(1, 12)
        curve = Curve(plan, shown, width, rows, chosen)
        lines = [*plain(curve.lines())]
        assert max(map(cells, lines)) <= width
        assert chosen in [one.finish for one in curve.points]
        assert f"{chosen.day} " in next(line for line in lines if line.startswith(" finish"))
        if any(prices.values()):
            in_view = [prices[one.finish] for one in curve.points]
            bars = [curve.height(price) for price in in_view]
            ordered = [bar for _, bar in sorted(zip(in_view, bars, strict=True))]
            assert ordered == sorted(bars)
            assert all(bar <= rows * 8 for bar in bars)
            assert all((bar > 0) is (price > 0) for bar, price in zip(bars, in_view, strict=True))


def test_what_costs_nothing_is_an_axis_without_bars(plan: Plan, answered: ReachShown) -> None:
    free = tuple(replace(one, price=0.0, step=0.0) for one in answered.curve)
    lines = drawn(plan, replace(answered, curve=free, worth=None), 118, 8, None)
    assert not set("▁▂▃▄▅▆▇█") & set("".join(lines))
    assert next(line for line in lines if line.startswith(" total")).split()[1:] == ["€0"] * 18


def test_of_more_finishes_than_fit_those_around_the_chosen_one_are_drawn(
    plan: Plan, answered: ReachShown
) -> None:
    last = answered.curve[-1].finish
    lines = drawn(plan, answered, 76, 4, last)
    assert any("←+7" in line for line in lines)
    assert "21 Sep" in next(line for line in lines if line.startswith(" finish"))
    lines = drawn(plan, answered, 76, 4, answered.curve[0].finish)
    assert any("+7→" in line for line in lines)
