"""What an import makes of a roadmap: new ones, second imports, answers, dates that don't hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from planner.analysis.importing import Incoming, Link, Phrase, SheetDates
from planner.exchange.importing.arriving import (
    EVERY_OTHER,
    Arrival,
    answer_to,
    answered,
    arriving,
    is_tool,
    means,
    means_nothing,
    resolved,
)
from planner.exchange.importing.shown import shown_of
from planner.exchange.importing.target import importing_to, write
from planner.session.session import Session

TODAY = date(2027, 3, 1)
STARTS = {"sso": date(2027, 3, 1), "push": date(2027, 3, 1), "spring": date(2027, 3, 1)}


def sheet(**keys: Any) -> Incoming:
    """Three rows of two departments: single sign-on, web push, and a campaign that needs both."""
    tables: dict[str, dict[str, dict[str, Any]]] = {
        "teams": {"identity": {"title": "Identity", "portfolio": "it"}},
        "initiatives": {
            "sso": {"title": "Single sign-on", "portfolio": "it", "estimate": "30d",
                    "owner": "identity", "start_no_earlier_than": STARTS["sso"]},
            "push": {"title": "Web push", "portfolio": "marketing", "estimate": "10d",
                     "start_no_earlier_than": STARTS["push"]},
            "spring": {"title": "Spring campaign", "portfolio": "marketing", "estimate": "10d"},
        },
    }  # fmt: skip
    return Incoming(
        source="plan.xlsx",
        tables=tables,
        rows={"sso": 2, "push": 3, "spring": 4},
        links=(Link(4, "spring", "push", "3"),),
        phrases=(Phrase(4, "Notes", "spring", "after SSO", "SSO"),),
        dates=(
            SheetDates(2, "sso", STARTS["sso"], date(2027, 4, 9), "End"),
            SheetDates(3, "push", STARTS["push"], date(2027, 3, 12), "End"),
            SheetDates(4, "spring", STARTS["spring"], date(2027, 3, 26), "End"),
        ),
        **keys,
    )


def arrival_of(incoming: Incoming, path: Path) -> Arrival:
    return arriving(importing_to(incoming, path, TODAY))


def imported(incoming: Incoming, path: Path) -> Arrival:
    arrival = arrival_of(incoming, path)
    write(arrival)
    return arrival


def changed(incoming: Incoming, id: str, **keys: Any) -> Incoming:
    """The sheet with other keys in a row; None takes one out."""
    one = {**incoming.tables["initiatives"][id], **keys}
    one = {key: value for key, value in one.items() if value is not None}
    initiatives = {**incoming.tables["initiatives"], id: one}
    return structs.replace(incoming, tables={**incoming.tables, "initiatives": initiatives})


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def written(path: Path, id: str) -> Any:
    return Session.open(path, TODAY).plan.written("initiatives", id)


# --- a first import -------------------------------------------------------------------------------


def test_a_new_roadmap_has_a_file_for_each_side(tmp_path: Path) -> None:
    arrival = imported(sheet(), tmp_path / "plan")
    assert set(files(tmp_path / "plan")) == {
        "roadmap.toml",
        "it.toml",
        "marketing.toml",
        ".imports/plan.xlsx.toml",
    }
    plan = Session.open(tmp_path / "plan", TODAY).plan
    assert plan.tables == arrival.plan.tables
    assert b"[teams.identity]" in files(tmp_path / "plan")["it.toml"]
    assert written(tmp_path / "plan", "spring")["needs"] == ["push"]


def test_without_sides_it_is_one_file(tmp_path: Path) -> None:
    incoming = Incoming("list.csv", {"initiatives": {"a": {"title": "A"}}}, {"a": 2})
    imported(incoming, tmp_path / "list.toml")
    assert set(files(tmp_path)) == {"list.toml", ".imports/list/list.csv.toml"}


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "it.toml").write_text("# mine\n", "utf-8")
    with pytest.raises(Exception, match=r"it\.toml exists already"):
        imported(sheet(), folder)
    assert files(folder) == {"it.toml": b"# mine\n"}


# --- dates that don't hold, and answers -----------------------------------------------------------


def test_the_dates_that_do_not_hold_come_worst_first(tmp_path: Path) -> None:
    arrival = arrival_of(sheet(), tmp_path / "plan")
    assert not arrival.late
    (phrase,) = arrival.incoming.phrases
    after = answered(arrival, means(phrase, "sso"))
    (late,) = after.late
    assert (late.id, late.said, late.planned, late.days) == (
        "spring",
        date(2027, 3, 26),
        date(2027, 4, 23),
        20,
    )
    assert not after.incoming.phrases
    assert after.plan.written("initiatives", "spring")["needs"] == ["push", "sso"]


def test_an_answer_that_is_a_tool_is_a_use_of_a_system(tmp_path: Path) -> None:
    arrival = arrival_of(sheet(), tmp_path / "plan")
    (phrase,) = arrival.incoming.phrases
    after = answered(arrival, is_tool(phrase))
    assert after.plan.written("initiatives", "spring")["uses"] == ["sso"]
    assert after.plan.written("systems", "sso") == {"title": "SSO"}


def test_an_answer_can_be_nothing(tmp_path: Path) -> None:
    arrival = arrival_of(sheet(), tmp_path / "plan")
    (phrase,) = arrival.incoming.phrases
    after = answered(arrival, means_nothing(phrase))
    assert not after.incoming.phrases
    assert after.plan.tables == arrival.plan.tables


def test_the_start_of_a_sheet_holds_no_row_that_an_answer_makes_wait(tmp_path: Path) -> None:
    incoming = structs.replace(sheet(), phrases=(Phrase(3, "Notes", "push", "after SSO", "SSO"),))
    arrival = arrival_of(incoming, tmp_path / "plan")
    (phrase,) = arrival.incoming.phrases
    after = answered(arrival, means(phrase, "sso"))
    assert "start_no_earlier_than" in arrival.plan.written("initiatives", "push")
    assert "start_no_earlier_than" not in after.plan.written("initiatives", "push")


def test_the_other_way_round(tmp_path: Path) -> None:
    phrase = Phrase(2, "Notes", "sso", "before web push", "web push", (), True)
    arrival = arrival_of(structs.replace(sheet(), phrases=(phrase,)), tmp_path / "plan")
    after = answered(arrival, means(phrase, "push"))
    assert after.plan.written("initiatives", "push")["needs"] == ["sso"]


def test_an_answer_that_would_close_a_circle_is_a_loss(tmp_path: Path) -> None:
    phrase = Phrase(3, "Notes", "push", "after the campaign", "the campaign")
    arrival = arrival_of(structs.replace(sheet(), phrases=(phrase,)), tmp_path / "plan")
    after = answered(arrival, means(phrase, "spring"))
    push = after.plan.written("initiatives", "push")
    assert "needs" not in push
    assert push["start_no_earlier_than"] == STARTS["push"]
    assert [(each.row, each.value) for each in after.incoming.losses] == [(3, "after the campaign")]


def test_answers_are_remembered(tmp_path: Path) -> None:
    arrival = arrival_of(sheet(), tmp_path / "plan")
    (phrase,) = arrival.incoming.phrases
    write(answered(arrival, means(phrase, "sso")))
    again = arrival_of(sheet(), tmp_path / "plan")
    assert not again.incoming.phrases
    assert not again.changes


# --- a second import ------------------------------------------------------------------------------


def test_the_same_file_changes_nothing(tmp_path: Path) -> None:
    imported(sheet(), tmp_path / "plan")
    before = files(tmp_path)
    again = imported(sheet(), tmp_path / "plan")
    assert not again.changes
    assert files(tmp_path) == before


def test_it_updates_what_the_sheet_changed_and_keeps_the_rest(tmp_path: Path) -> None:
    imported(sheet(), tmp_path / "plan")
    it = tmp_path / "plan" / "it.toml"
    it.write_text(it.read_text("utf-8").replace('"30d"', '"30d" # asked twice'), "utf-8")
    session = Session.open(tmp_path / "plan", TODAY)
    session.apply(_set("push", "notes", "ours"))
    session.save()
    imported(changed(sheet(), "push", estimate="15d"), tmp_path / "plan")
    push = written(tmp_path / "plan", "push")
    assert (push["estimate"], push["notes"]) == ("15d", "ours")
    assert "# asked twice" in it.read_text("utf-8")


def _set(id: str, key: str, value: Any) -> Any:
    from planner.text.edits import SetKey

    return SetKey("initiatives", id, (key,), value)


def test_what_both_changed_is_asked(tmp_path: Path) -> None:
    imported(sheet(), tmp_path / "plan")
    session = Session.open(tmp_path / "plan", TODAY)
    session.apply(_set("push", "estimate", "12d"))
    session.save()
    arrival = arrival_of(changed(sheet(), "push", estimate="20d"), tmp_path / "plan")
    (clash,) = arrival.clashes
    assert (clash.name, clash.base, clash.ours, clash.theirs) == (
        "initiatives.push.estimate",
        "10d",
        "12d",
        "20d",
    )
    (told,) = shown_of(arrival, "clashes").clashes
    assert told.finish_mine == date(2027, 3, 16)
    assert told.finish_sheet == date(2027, 3, 26)
    theirs = resolved(arrival, clash.name, "theirs")
    assert not theirs.clashes
    assert theirs.plan.written("initiatives", "push")["estimate"] == "20d"
    mine = resolved(arrival, EVERY_OTHER, "ours")
    assert mine.plan.written("initiatives", "push")["estimate"] == "12d"
    write(mine)
    assert not arrival_of(changed(sheet(), "push", estimate="20d"), tmp_path / "plan").clashes


def test_a_row_with_a_key_keeps_its_id_when_its_title_changes(tmp_path: Path) -> None:
    keys = {"sso": "SHOP-1", "push": "SHOP-2", "spring": "SHOP-3"}
    imported(sheet(keys=keys), tmp_path / "plan")
    rows = dict(sheet().tables["initiatives"])
    rows["web-and-app-push"] = {**rows.pop("push"), "title": "Web and app push"}
    renamed = structs.replace(
        sheet(),
        tables={**sheet().tables, "initiatives": rows},
        rows={"sso": 2, "web-and-app-push": 3, "spring": 4},
        keys={"sso": "SHOP-1", "web-and-app-push": "SHOP-2", "spring": "SHOP-3"},
        links=(Link(4, "spring", "web-and-app-push", "3"),),
        dates=(),
    )
    imported(renamed, tmp_path / "plan")
    assert written(tmp_path / "plan", "push")["title"] == "Web and app push"
    assert written(tmp_path / "plan", "spring")["needs"] == ["push"]
    assert len(Session.open(tmp_path / "plan", TODAY).plan.roadmap.initiatives) == 3


def test_an_initiative_that_was_renamed_in_the_roadmap_is_the_same(tmp_path: Path) -> None:
    from planner.text.edits import RenameId

    imported(sheet(), tmp_path / "plan")
    session = Session.open(tmp_path / "plan", TODAY)
    session.apply(RenameId("initiatives", "push", "notifications"))
    session.save()
    imported(changed(sheet(), "push", estimate="15d"), tmp_path / "plan")
    assert written(tmp_path / "plan", "notifications")["estimate"] == "15d"
    assert len(Session.open(tmp_path / "plan", TODAY).plan.roadmap.initiatives) == 3


def test_what_is_gone_from_the_file_stays_and_is_named(tmp_path: Path) -> None:
    imported(sheet(), tmp_path / "plan")
    rows = {id: one for id, one in sheet().tables["initiatives"].items() if id != "sso"}
    less = structs.replace(sheet(), tables={**sheet().tables, "initiatives": rows}, dates=())
    arrival = imported(less, tmp_path / "plan")
    assert arrival.gone == ("sso",)
    assert written(tmp_path / "plan", "sso")["title"] == "Single sign-on"
    assert arrival_of(less, tmp_path / "plan").gone == ("sso",)
    assert not arrival_of(less, tmp_path / "plan").changes


def test_what_was_removed_from_the_roadmap_stays_removed(tmp_path: Path) -> None:
    from planner.text.edits import RemoveTable

    imported(sheet(), tmp_path / "plan")
    session = Session.open(tmp_path / "plan", TODAY)
    session.apply(RemoveTable("initiatives", "sso"))
    session.save()
    arrival = imported(sheet(), tmp_path / "plan")
    assert arrival.removed == ("sso",)
    assert "sso" not in Session.open(tmp_path / "plan", TODAY).plan.roadmap.initiatives


# --- into a roadmap that is there -----------------------------------------------------------------

THERE = """\
[roadmap]
title = "Joint"
status_date = 2027-03-01

[teams.idm]
title = "Identity"
portfolio = "it"

[initiatives.push]
title = "Push the button"
estimate = "5d"

[initiatives.single-sign-on]
title = "Single Sign-On"
estimate = "40d"
"""


def test_teams_are_matched_and_ids_of_another_meaning_get_a_suffix(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(THERE, "utf-8")
    arrival = arrival_of(sheet(), path)
    assert list(arrival.plan.roadmap.teams) == ["idm"]
    assert arrival.plan.written("initiatives", "push")["title"] == "Push the button"
    assert arrival.plan.written("initiatives", "web-push")["title"] == "Web push"
    assert arrival.plan.written("initiatives", "spring")["needs"] == ["web-push"]


def test_an_initiative_of_the_same_title_is_the_same_and_its_keys_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(THERE, "utf-8")
    arrival = arrival_of(sheet(), path)
    assert arrival.met == ("single-sign-on",)
    names = {clash.name for clash in arrival.clashes}
    assert names == {"initiatives.single-sign-on.estimate", "initiatives.single-sign-on.title"}
    mine = resolved(arrival, EVERY_OTHER, "ours")
    write(mine)
    one = written(path, "single-sign-on")
    assert (one["estimate"], one["owner"]) == ("40d", "idm")


def test_phrases_may_mean_what_the_roadmap_has_beside_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(THERE, "utf-8")
    phrase = Phrase(4, "Notes", "spring", "after the button", "the button")
    arrival = arrival_of(structs.replace(sheet(), phrases=(phrase,)), path)
    (found,) = arrival.incoming.phrases
    assert next(each.id for each in found.candidates) == "push"
    after = answered(arrival, answer_to(found, 0))
    assert after.plan.written("initiatives", "spring")["needs"] == ["web-push", "push"]
