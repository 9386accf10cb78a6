"""The page of an import: within its width, long lists folded, all of them with `all`."""

from __future__ import annotations

from datetime import date

import pytest

from planner.pages.canvas import cells
from planner.pages.importing import FOLDED, import_page
from planner.pages.lines import plain
from planner.roadmap.output_importing import (
    AcrossSides,
    ImportClash,
    ImportShown,
    MayMean,
    OpenPhrase,
    SheetColumn,
    SheetDate,
    SheetLink,
    SheetLoss,
)

LONG = "A title of some words that goes on for longer than a line has columns, as titles do"
DAY = date(2027, 4, 12)
MANY = 40


def shown() -> ImportShown:
    """An import of which every list is long and every text too."""
    numbers = range(MANY)
    means = MayMean(id="single-sign-on", title=LONG, kind="initiatives", score=1.0)
    return ImportShown(
        schema=1,
        source="plan.xlsx",
        roadmap="roadmap",
        is_new=False,
        state="clashes",
        files=(),
        initiatives=MANY,
        dates=tuple(
            SheetDate(
                id=f"i-{n}", title=f"{LONG} {n}", row=n, said=DAY, planned=DAY, days=n, waits=True
            )
            for n in reversed(numbers)
        ),
        held=1,
        likeliest=None,
        overdue=("i-39",),
        conflict=AcrossSides(code="SYS01", id="api", severity="error", message=LONG),
        handovers=3,
        unagreed=3,
        columns=tuple(
            SheetColumn(heading=f"{LONG} {n}", meaning="title" if n % 2 else None, why=LONG)
            for n in numbers
        ),
        links=tuple(
            SheetLink(row=n, successor="web", predecessor="api", type="SS", lag="+5d", words=LONG)
            for n in numbers
        ),
        phrases=tuple(
            OpenPhrase(
                row=n,
                column="Notes",
                id="web",
                words=f"needs {LONG}",
                names=LONG,
                candidates=(means,) * (n % 4),
                is_predecessor=False,
            )
            for n in numbers
        ),
        losses=tuple(SheetLoss(row=n, column=LONG, value=LONG, why=LONG) for n in numbers),
        clashes=(
            ImportClash(
                name="initiatives.web.notes",
                base=LONG,
                mine=LONG,
                sheet=None,
                finish_mine=DAY,
                finish_sheet=None,
            ),
        ),
        met=(LONG,),
        gone=tuple(f"gone-{n}" for n in numbers),
        removed=(LONG,),
        notes=(LONG,),
        edits=tuple(f"web.notes {LONG}" for _ in numbers),
        as_of=date(2027, 3, 1),
    )


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("all", [False, True])
def test_every_line_fits(width: int, all: bool) -> None:
    lines = list(plain(import_page(shown(), width, all=all)))
    assert not [line for line in lines if cells(line) > width]


def test_long_lists_are_folded_and_whole_with_all() -> None:
    short = "\n".join(plain(import_page(shown(), 400)))
    whole = "\n".join(plain(import_page(shown(), 400, all=True)))
    assert short.count("Your sheet says") == 5
    assert whole.count("Your sheet says") == MANY - 2
    for word in ("planner remove gone-", "row 7,", "web.notes A title"):
        assert 0 < short.count(word) <= FOLDED
    assert whole.count("planner remove gone-") == MANY


def test_what_matters_most_comes_first() -> None:
    lines = list(plain(import_page(shown(), 400)))
    assert f"{LONG} 38" in lines[0]
    order = ("1 of 40", "SYS01", "initiatives.web.notes", "Columns", "needs api SS+5d", "Phrases")
    places = [next(at for at, line in enumerate(lines) if word in line) for word in order]
    assert places == sorted(places)
