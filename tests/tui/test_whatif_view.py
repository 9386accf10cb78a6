"""The what-if: edits that are tried in every view, compared, and applied, kept or dropped."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.recovery import recoverable
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.git.clones import Clone, clone_at
from tests.terminals import Terminal
from tests.tui.conftest import ROOT, SMALL, TODAY
from tests.tui.looking import SIZES, Looked, looking

WIDE, NARROW = (120, 36), (80, 24)
EDITS = (
    SetKey("initiatives", "customer-sso", ("estimate",), "8w"),
    SetKey("initiatives", "brand-site", ("start_no_earlier_than",), date(2027, 5, 6)),
)


def view(screen: Looked) -> str:
    stage = screen.app.stage()
    assert stage is not None
    return stage.view_name


def texts(session: Session) -> list[str]:
    return [document.text for document in session.workspace.documents]


async def go(screen: Looked, *ids: str) -> Looked:
    """To a row by its id."""
    return await screen.press("colon", *ids, "enter")


async def typed(screen: Looked, *keys: str) -> Looked:
    return await screen.press(*keys, "enter")


async def three_edits(screen: Looked) -> Looked:
    """By an estimate in place, a bar moved, and an estimate in another view."""
    await screen.press("T")
    await go(screen, *"customer-sso")
    await typed(screen, "equals_sign", *"8w")
    await go(screen, *"brand-site")
    await screen.press("m", "L", "L", "enter")
    await go(screen, *"loyalty-relaunch")
    await screen.press("4")
    await typed(screen, "equals_sign", *"9w")
    await screen.press("T")
    return await screen.rest()


async def test_from_t_to_three_edits_to_one_removed_applied_and_undone(acme: Session) -> None:
    before, saved = texts(acme), acme.unsaved
    async with looking(acme, WIDE) as screen:
        await three_edits(screen)
        assert view(screen) == "whatif"
        assert "3 edits" in screen.state
        assert "15 Oct → 11 Oct" in screen.header
        assert "✗14 → " in screen.header
        row = screen.line_with("e1 customer-sso.estimate")
        assert ("8w" in row, "IT" in row) == (True, True)
        assert "−4d" in screen.row("Peak freeze readiness").line
        await screen.press("g")
        assert screen.row("Brand site relaunch on new CMS").line.split().count("e2") == 1
        assert "+10d" in screen.row("Influencer landing pages").line
        assert not screen.shows("Cookie consent")
        assert (acme.unsaved, acme.base.workspace.documents[0].text) == (saved, before[0])
        await screen.press("tab", "j", "j", "x")
        assert "e3 loyalty" not in screen.text
        assert "2 edits" in screen.state
        await screen.press("u")
        assert "3 edits" in screen.state
        await screen.press("U", "tab", "enter")
        assert view(screen) == "network"
        assert acme.what_if is None
        assert acme.plan.written("initiatives", "customer-sso")["estimate"] == "8w"
        assert "WHAT-IF" not in screen.text
        await screen.press("u")
        assert texts(acme) == before


@pytest.mark.parametrize("size", [*SIZES, (60, 15)], ids=str)
async def test_all_of_it_is_there_at_every_size(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await screen.press("T")
        for edit in EDITS:
            acme.apply(edit)
        await screen.rest()
        assert "WHAT-IF" in screen.state
        assert screen.shows("Peak freeze readiness")
        if size[1] < 30:
            assert "Comparison" not in screen.text
            await screen.press("tab")
        seen = screen.text
        for _ in range(60):
            await screen.press("pagedown")
            seen += screen.text
            if "weeks" in screen.text:
                break
        for words in (
            "Comparison",
            "11 Oct",
            "Conflicts",
            "cleared",
            "worse",
            "new",
            "e2",
            "weeks",
        ):
            assert words in seen, words
        assert all(len(line) <= size[0] for line in screen.lines)
        if size[1] < 30:
            await screen.press("tab")
        assert "Comparison" not in screen.text or size[1] >= 30


async def test_a_conflict_is_told_in_full_where_there_is_room_for_it(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("T")
        await go(screen, *"peak-readiness")
        await typed(screen, "equals_sign", *"4w")
        await screen.rest()
        at = next(at for at, line in enumerate(screen.lines) if "Comparison" in line)
        told = [line.rpartition("│")[2].strip() for line in screen.lines[at : at + 6]]
        new = " ".join(filter(None, told[1:]))
        assert new.startswith("new     ✗ a milestone takes no time, its estimate"), new
        assert "…" not in new


async def test_every_view_says_that_nothing_is_applied(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("T")
        acme.apply(EDITS[0])
        for key in "12346789MF":
            await screen.press(key)
            await screen.rest()
            assert screen.state.startswith("WHAT-IF"), key
        await screen.press("2", "T")
        assert view(screen) == "whatif"


async def test_what_writes_files_says_the_ways_out(acme: Session) -> None:
    before = {each: each.read_bytes() for each in acme.path.rglob("*.toml")}
    async with looking(acme, WIDE) as screen:
        await screen.press("T")
        acme.apply(EDITS[0])
        await screen.rest()
        for keys in (
            ["w"],
            ["W"],
            ["R"],
            ["o"],
            ["colon", "w", "enter"],
            ["colon", "w", "q", "enter"],
        ):
            await screen.press(*keys)
            foot = screen.foot
            assert all(word in foot for word in ("appl", "branch", "drop")), keys
            assert view(screen) == "whatif"
        await screen.press("q")
        assert "1 edit" in screen.text
        await screen.press("enter")
        assert acme.what_if is not None
    assert {each: each.read_bytes() for each in acme.path.rglob("*.toml")} == before


async def test_leaving_asks_and_dropping_leaves_all_as_it_was(acme: Session) -> None:
    before = texts(acme)
    async with looking(acme, WIDE) as screen:
        await screen.press("2", "T")
        acme.apply(EDITS[0])
        await screen.press("T", "enter")
        assert (view(screen), acme.what_if is None) == ("whatif", False)
        await screen.press("T", "d")
        assert (view(screen), acme.what_if) == ("conflicts", None)
        assert texts(acme) == before
        await screen.press("T", "T")
        assert (view(screen), acme.what_if) == ("conflicts", None)


async def test_commands_are_copied(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("T")
        for edit in EDITS:
            acme.apply(edit)
        await screen.press("b")
        assert (screen.foot[0], screen.app.desk.compared) == ("▲", False)
        await screen.press("y")
        copied = screen.app.clipboard.splitlines()
        assert [line.split()[:3] for line in copied] == [
            ["planner", "set", "customer-sso"],
            ["planner", "set", "brand-site"],
        ]


async def test_kept_as_a_branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in Clone(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    clone = Clone(tmp_path)
    clone.git("init", "-q", "-b", "main")
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", tmp_path / "acme")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Sample")
    session = Session.open(tmp_path / "acme", today=TODAY)
    session.apply(EDITS[1])
    async with looking(session, WIDE) as screen:
        await screen.press("T")
        session.apply(EDITS[0])
        await screen.press("T", "m", *"main", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "W saves and commits" in screen.text
        await screen.press("escape", "W")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        await screen.press(*"Brand", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert len(session.begin_what_if().edits) == 1
        await screen.press("T", "m", *"main", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "already" in screen.text
        await screen.press(*"sso-8w", "enter")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "git switch sso-8w" in screen.foot
        assert "planner compare main sso-8w" in screen.foot
        assert (view(screen), session.what_if) == ("board", None)
    assert clone.git("log", "--format=%s", "main").split() == ["Brand", "Sample"]
    assert clone.git("diff", "--name-only", "main", "sso-8w").split() == ["acme/it.toml"]
    assert clone.git("status", "--porcelain") == ""


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_the_what_if_as_it_looks(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await screen.press("T")
        await screen.rest()
        assert screen.text == snapshot(name=f"empty-{size[0]}")
        for edit in EDITS:
            acme.apply(edit)
        await screen.rest()
        assert screen.text == snapshot(name=f"edits-{size[0]}")
        await screen.press("tab")
        assert screen.text == snapshot(name=f"page-{size[0]}")


def test_in_a_terminal_a_branch_is_made_and_a_hang_up_leaves_nothing(tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "clone")
    clone.commit("roadmap.toml", SMALL)
    file = clone.top / "roadmap.toml"
    command = [sys.executable, "-m", "planner", str(file)]
    environment = {**clone.environment, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(command, columns=120, rows=36, **environment) as terminal:
        terminal.wait_for("Web push", "16 Apr")
        terminal.press("T")
        terminal.wait_for("WHAT-IF", "no edits yet")
        terminal.press(":", *"web-push", "\r")
        terminal.press("=", *"2w", "\r")
        terminal.wait_for("1 edit, nothing is applied", "16 Apr → 9 Apr")
        terminal.press("T")
        terminal.wait_for("Leave the what-if")
        terminal.press("m")
        terminal.wait_for("what-if-web-push")
        terminal.press("\r")
        terminal.wait_for("git switch what-if-web-push", without=["WHAT-IF"])
        terminal.press("T", "=", *"9w", "\r")
        terminal.wait_for("1 edit, nothing is applied")
        terminal.hang_up()
        assert terminal.wait_exit() == 129
    assert file.read_text() == SMALL
    changed = clone.git("show", "what-if-web-push:roadmap.toml")
    assert changed == SMALL.replace('["2w", "3w", "5w"]', '"2w"')
    assert Session.open(file, today=TODAY).unsaved == 0
    assert recoverable(Session.open(file).workspace) is None


async def test_a_launch_that_comes_to_its_date_stays_the_one_that_is_spoken_of(
    acme: Session,
) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("T")
        await go(screen, *"peak-campaign")
        await typed(screen, "equals_sign", *"4w")
        await screen.rest()
        assert "Peak freeze readiness 15 Oct → 1 Oct on time" in screen.header
        comparison = screen.text.partition("Comparison")[2].splitlines()
        assert comparison[1].split("│")[0].startswith("  Peak freeze readiness")
