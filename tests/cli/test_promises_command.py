"""`planner promises`: what was kept, what is not known, and for whom it is asked."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.promises import promises_of
from planner.session.session import Session
from tests.analysis.promising import repository
from tests.cli.conftest import Run, printed_json

SIDES = """\
[roadmap]
status_date = {day}
[teams.web]
title = "Web"
portfolio = "marketing"
[teams.api]
title = "Platform"
portfolio = "it"
"""
DAY = date(2027, 3, 1)


def work(id: str, *keys: str, owner: str = "api") -> str:
    return f'[initiatives.{id}]\nowner = "{owner}"\n' + "".join(f"{key}\n" for key in keys)


def done(start: str, finish: str) -> tuple[str, ...]:
    return 'status = "done"', f"actual_start = {start}", f"actual_finish = {finish}"


def link(supplier: str, **dates: str) -> str:
    told = "".join(f", {key} = {day}" for key, day in dates.items())
    return f'needs = [{{ on = "{supplier}"{told} }}]'


def asked(run: Run, file: Path, *words: str) -> Any:
    ran = run("promises", str(file), "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


@pytest.fixture
def acme_alone(tmp_path: Path, acme: str) -> Path:
    """The sample without any repository around it."""
    return Path(shutil.copytree(acme, tmp_path / "acme"))


def test_without_git_the_file_alone_is_counted_and_that_is_said(run: Run, acme_alone: Path) -> None:
    found = asked(run, acme_alone)
    every = found["all"]
    assert (found["source"], found["since"], every["moved"]) == ("file", None, None)
    assert every["still_holds"] == {"cases": 9, "holds": 7}
    assert every["asked_to_agreed"] == {"cases": 12, "median": 10.0, "least": 3, "most": 23}
    assert every["delivered"] == {"cases": 2, "kept": None, "mean_slip": None}
    assert every["estimates"] == {"cases": 5, "median": 1.0, "within": 1.0}
    late = [(row["supplier"], row["slip"]) for row in found["handovers"] if row["holds"] is False]
    assert sorted(late) == [("ip-warm-up", 3), ("pim-commerce", 6)]
    assert [(row["side"], row["days"]) for row in found["waiting"]] == [
        ("marketing", 20), ("it", 15), ("it", 15), ("marketing", 7), ("it", 5),
    ]  # fmt: skip


def test_sides_are_told_apart_only_where_they_are_asked_for(run: Run, acme_alone: Path) -> None:
    by_kind = [group["key"] for group in asked(run, acme_alone)["groups"]]
    assert "integration" in by_kind
    assert "it" not in by_kind
    sides = {
        group["key"]: group["asked_to_agreed"]
        for group in asked(run, acme_alone, "--by", "side")["groups"]
    }
    assert sides["it"] == {"cases": 9, "median": 10.0, "least": 3, "most": 23}
    assert sides["marketing"] == {"cases": 3, "median": 10.0, "least": 4, "most": 10}


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("kind", ["1 for 20", "1 for 15", "2 for 5, 15", "1 for 7"]),
        ("team", ["1 for 20", "1 for 15", "2 for 5, 15", "1 for 7"]),
        ("side", ["2 for 7, 20", "3 for 5, 15, 15"]),
    ],
)
def test_requests_without_an_answer_stand_by_side_only_where_that_is_asked_for(
    run: Run, acme_alone: Path, by: str, rows: list[str]
) -> None:
    page = run("promises", str(acme_alone), "--by", by).out
    part = page.partition("asked, no answer yet")[2].partition("\n\n")[0].splitlines()[1:]
    assert [line.strip().partition("  ")[2].strip() for line in part] == rows
    assert any("by IT" in line for line in part) == (by == "side")


def test_json_is_what_its_schema_says(run: Run, acme_alone: Path) -> None:
    printed_json("PromisesShown").validate(asked(run, acme_alone, "--by", "team"))


def test_the_page_has_each_figure_with_its_cases(run: Run, acme_alone: Path) -> None:
    page = run("promises", str(acme_alone)).out
    rows = [line.split("  ") for line in page.splitlines()]
    figures = {row[1].strip(): row[-1].strip() for row in rows if len(row) > 2}
    assert figures["first date still holds"].startswith(("7 of 9", "1 "))
    assert figures["asked, no answer yet"] == "5"
    assert "10 of 12, 3–23" in page
    assert all(len(line) <= 72 for line in page.splitlines())
    markdown = run("promises", str(acme_alone), "--markdown").out
    assert markdown.startswith("## Promises kept")
    assert "10 of 12, 3–23" in markdown


def test_a_roadmap_without_promises_says_how_they_begin(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.a]\nestimate = "1w"\n', encoding="utf-8")
    ran = run("promises", str(file))
    assert ran.code == 0
    assert "`planner agree`" in ran.out


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--for", "it"), 2),
        (("--for", "api"), 2),
        (("--filter", "id:site"), 1),
        (("--filter", "id:feed"), 1),
        (("--for", "web", "--filter", "status:done"), 0),
    ],
)
def test_it_can_be_asked_for_whom(
    run: Run, tmp_path: Path, words: tuple[str, ...], count: int
) -> None:
    file = tmp_path / "plan.toml"
    dates = {"asked": "2027-02-01", "agreed": "2027-02-03", "promised": "2027-04-01"}
    text = work("feed") + work("login") + work("site", link("feed", **dates), owner="web")
    text += work("shop", link("login", **dates), owner="web")
    file.write_text(SIDES.format(day=DAY) + text, encoding="utf-8")
    assert len(asked(run, file, *words)["handovers"]) == count


@pytest.mark.parametrize("words", [("--by", "person"), ("--for", "nobodyy"), ("--filter", "ow:x")])
def test_what_is_not_understood_is_refused(
    run: Run, acme_alone: Path, words: tuple[str, ...]
) -> None:
    ran = run("promises", str(acme_alone), *words)
    assert (ran.code, ran.out) == (2, "")


# --- with a record --------------------------------------------------------------------------------


def history(tmp_path: Path, *texts: tuple[date, str]) -> Path:
    days = [(day, SIDES.format(day=day) + text) for day, text in texts]
    return repository(tmp_path / "clone", days)


def site(promised: str, **more: str) -> str:
    return work("site", link("feed", agreed="2027-01-04", promised=promised, **more), owner="web")


def test_what_was_announced_first_is_what_a_launch_is_held_against(
    run: Run, tmp_path: Path
) -> None:
    def launch(announced: str, *facts: str) -> str:
        lines = ['kind = "milestone"', *facts]
        return work("launch", *lines, *([f"announced = {announced}"] if announced else []))

    over = done("2027-02-26", "2027-02-26")
    file = history(
        tmp_path,
        (date(2027, 1, 4), launch("2027-02-12")),
        (date(2027, 2, 8), launch("2027-02-26")),
        (DAY, launch("", *over)),
    )
    (row,) = asked(run, file)["launches"]
    assert (row["first"], row["finish"], row["slip"], row["holds"]) == (
        "2027-02-12", "2027-02-26", 10, False,
    )  # fmt: skip


@pytest.mark.parametrize("then", [work("launch", 'status = "dropped"'), ""])
def test_a_launch_that_was_announced_and_dropped_is_told(
    run: Run, tmp_path: Path, then: str
) -> None:
    launch = work("launch", "announced = 2027-06-01")
    file = history(tmp_path, (date(2027, 1, 4), launch), (DAY, then))
    found = asked(run, file)
    assert (found["launches"], found["unknown"]["gone"]) == ([], 1)
    assert "announced launch dropped" in run("promises", str(file)).out


def test_a_promise_that_was_taken_back_does_not_hold(run: Run, tmp_path: Path) -> None:
    feed = work("feed", 'estimate = "1w"')
    file = history(
        tmp_path,
        (date(2027, 1, 4), feed + site("2027-06-01")),
        (date(2027, 2, 1), feed + site("2027-06-01", declined="2027-02-01")),
    )
    (row,) = asked(run, file)["handovers"]
    assert (row["first"], row["state"], row["holds"]) == ("2027-06-01", "declined", False)
    page = run("promises", str(file)).out.splitlines()
    at = next(at for at, line in enumerate(page) if "first date still holds" in line)
    assert page[at + 1].split()[0] == "feed", "under the figure that it is the reason of"


def test_a_promised_handover_that_is_gone_is_told(run: Run, tmp_path: Path) -> None:
    feed = work("feed", 'estimate = "1w"')
    file = history(
        tmp_path,
        (date(2027, 1, 4), feed + site("2027-06-01")),
        (date(2027, 2, 1), feed + work("site", owner="web")),
    )
    found = asked(run, file)
    assert (found["handovers"], found["unknown"]["gone"]) == ([], 1)


def test_a_broken_revision_is_named_and_the_first_dates_before_it_stay(
    run: Run, tmp_path: Path
) -> None:
    feed = work("feed", 'estimate = "1w"')
    file = history(
        tmp_path,
        (date(2027, 1, 4), feed + site("2027-06-01")),
        (date(2027, 1, 11), "[initiatives.x\n"),
        (date(2027, 2, 1), feed + site("2027-06-15")),
    )
    found = asked(run, file)
    (row,) = found["handovers"]
    assert (row["first"], row["promised"]) == ("2027-06-01", "2027-06-15")
    assert [(move["on"], move["was"], move["now"]) for move in row["moves"]] == [
        ("2027-02-01", "2027-06-01", "2027-06-15")
    ]
    assert found["unknown"]["revisions"] == 1


ODD = (
    "initiatives = 5\n",
    "[initiatives]\nsite = 'x'\nfeed = [1]\n",
    "[initiatives.site]\nneeds = 7\nannounced = 'soon'\nestimate = [1, 2]\nstatus = ['done']\n",
    "[initiatives.site]\nneeds = [{ on = 3 }, [[]], { on = 'feed', promised = true }]\n",
    "[[initiatives]]\nid = 'site'\n",
    "",
)


@pytest.mark.parametrize("odd", ODD)
def test_a_revision_of_any_shape_is_read_past(run: Run, tmp_path: Path, odd: str) -> None:
    feed = work("feed", 'estimate = "1w"')
    days = [(date(2027, 1, 4), odd), (DAY, SIDES.format(day=DAY) + feed + site("2027-06-01"))]
    (row,) = asked(run, repository(tmp_path / "clone", days))["handovers"]
    assert (row["first"], row["holds"]) == ("2027-06-01", True)


def test_what_is_not_committed_is_the_last_word(run: Run, tmp_path: Path) -> None:
    feed = work("feed", 'estimate = "1w"')
    file = history(tmp_path, (date(2027, 1, 4), feed + site("2027-06-01")))
    text = SIDES.format(day=DAY) + feed + site("2027-05-03")
    file.write_text(text, encoding="utf-8")
    (row,) = asked(run, file)["handovers"]
    assert [(move["on"], move["now"]) for move in row["moves"]] == [(str(DAY), "2027-05-03")]


def test_a_shallow_clone_says_from_where_its_record_starts(run: Run, tmp_path: Path) -> None:
    feed = work("feed", 'estimate = "1w"')
    file = history(
        tmp_path,
        (date(2027, 1, 4), feed + site("2027-06-01")),
        (date(2027, 2, 1), feed + site("2027-06-15")),
    )
    (file.parent / ".git" / "shallow").write_text(head(file.parent), encoding="utf-8")
    found = asked(run, file)
    (row,) = found["handovers"]
    assert (found["shallow"], found["since"], row["first"]) == (True, "2027-02-01", "2027-06-15")
    assert "--unshallow" in run("promises", str(file)).out


def head(top: Path) -> str:
    return (top / ".git" / "refs" / "heads" / "main").read_text(encoding="utf-8")


def test_reading_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    file = history(tmp_path, *((date(2027, 1, day), site(f"2027-06-{day:02}")) for day in (4, 5)))
    session, told = Session.open(file), []
    promises_of(file, session.plan, progress=lambda *said: told.append(said))
    assert told == [(1, 2), (2, 2)]

    def enough(*_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        promises_of(file, session.plan, progress=enough)


def test_a_delivery_that_was_not_accepted_is_open_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    feed = work("feed", *done("2027-02-01", "2027-02-12"))
    text = SIDES.format(day=DAY) + feed + site("2027-02-12", rejected="2027-02-15")
    file.write_text(text, encoding="utf-8")
    (row,) = asked(run, file)["handovers"]
    assert (row["state"], row["delivered"]) == ("not accepted", None)


def test_a_team_and_kind_has_a_figure_from_three_cases_on(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    took = ("2027-02-05", "2027-02-05", "2027-02-12")
    facts = [
        work(f"w{n}", 'estimate = "5d"', 'kind = "integration"', *done("2027-02-01", day))
        for n, day in enumerate(took)
    ]
    file.write_text(SIDES.format(day=DAY) + "".join(facts), encoding="utf-8")
    (row,) = asked(run, file)["estimates"]
    assert (row["team"], row["kind"]) == ("api", "integration")
    assert row["ratio"] == {"cases": 3, "median": 1.0, "within": 2.0}
    file.write_text(SIDES.format(day=DAY) + "".join(facts[1:]), encoding="utf-8")
    (row,) = asked(run, file)["estimates"]
    assert row["ratio"] == {"cases": 2, "median": None, "within": None}
