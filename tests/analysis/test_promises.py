"""Promises kept, counted on generated repositories of which each promise is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.analysis.promising import SIDES, Planted, Story, between, repository, story
from tests.cli.conftest import Run, run

__all__ = ["run"]

SEEDS = range(60)


def shown(run: Run, file: Path, made: Story, *words: str) -> Any:
    ran = run("promises", str(file), "--json", "--as-of", str(made.texts[-1][0]), *words)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_is_what_was_planted(run: Run, tmp_path: Path, seed: int) -> None:
    made = story(seed)
    found = shown(run, repository(tmp_path / "clone", made.texts), made, "--by", "side")
    assert found["source"] == "git"
    assert found["since"] == str(made.texts[0][0])
    assert figures(found["all"]) == expected(made.planted, made.planted)
    for group in found["groups"]:
        mine = [one for one in made.planted if one.side == group["key"]]
        taking = [one for one in made.planted if one.other == group["key"]]
        assert figures(group) == expected(mine, taking), group["key"]
    assert sorted(row["days"] for row in found["waiting"]) == sorted(
        one.waiting for one in made.planted if one.waiting is not None
    )
    after = sum(one.plot == "after the fact" for one in made.planted)
    assert found["unknown"]["handovers"] == after


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_if_the_sides_changed_places_so_would_their_figures(
    run: Run, tmp_path: Path, seed: int
) -> None:
    made = story(seed)
    turned = Story(texts=[(day, _turned(text)) for day, text in made.texts], planted=[])
    one = shown(run, repository(tmp_path / "one", made.texts), made, "--by", "side")
    other = shown(run, repository(tmp_path / "other", turned.texts), turned, "--by", "side")
    assert by_side(one) == {_other(side): each for side, each in by_side(other).items()}
    assert one["all"] == other["all"]
    assert {row["days"] for row in one["waiting"]} == {row["days"] for row in other["waiting"]}


def _turned(text: str) -> str:
    return text.replace('"it"', '"?"').replace('"marketing"', '"it"').replace('"?"', '"marketing"')


def _other(side: str) -> str:
    return SIDES[side == SIDES[0]]


def by_side(found: Any) -> dict[str, Any]:
    return {each["key"]: figures(each) for each in found["groups"]}


# --- figures --------------------------------------------------------------------------------------


def figures(group: Any) -> dict[str, Any]:
    names = (
        "delivered", "still_holds", "moved", "asked_to_agreed", "asked_to_delivered",
        "delivered_to_accepted", "estimates",
    )  # fmt: skip
    return {name: list(group[name].values()) for name in names}


def expected(giving: Sequence[Planted], taking: Sequence[Planted]) -> dict[str, Any]:
    """The same, counted from what was planted; nothing where there are fewer than three."""
    promised = [one for one in giving if one.first is not None]
    slips = [
        between(one.first, one.finish)
        for one in promised
        if one.first and one.finish and one.delivered
    ]
    holds = [one.finish <= one.first for one in promised if one.first and one.finish]
    moves = [one.moves for one in promised]
    notices = [between(on, was) for each in moves for on, was, _ in each]
    later = sum(now > was for each in moves for _, was, now in each)
    ratios = sorted(one.ratio for one in giving if one.ratio is not None)
    return {
        "delivered": _of(slips, lambda: [
            sum(slip <= 0 for slip in slips), pytest.approx(sum(slips) / len(slips), abs=0.051),
        ], 2),
        "still_holds": _of(holds, lambda: [sum(holds)], 1),
        "moved": _of(moves, lambda: [
            sum(map(bool, moves)), len(notices), later,
            median(notices) if len(notices) >= 3 else None,
        ], 4),
        "asked_to_agreed": _took(one.asked_to_agreed for one in giving),
        "asked_to_delivered": _took(one.asked_to_delivered for one in giving),
        "delivered_to_accepted": _took(one.delivered_to_accepted for one in taking),
        "estimates": _of(ratios, lambda: [
            pytest.approx(median(ratios), abs=0.0051),
            pytest.approx(ratios[ceil(len(ratios) * 0.8) - 1], abs=0.0051),
        ], 2),
    }  # fmt: skip


def _of(cases: Sequence[Any], figure: Callable[[], list[Any]], size: int) -> list[Any]:
    return [len(cases), *(figure() if len(cases) >= 3 else [None] * size)]


def _took(days: Any) -> list[Any]:
    known = [each for each in days if each is not None]
    return _of(known, lambda: [median(known), min(known), max(known)], 3)
