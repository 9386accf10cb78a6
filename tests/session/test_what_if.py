"""What is tried on top of a session: applied, kept as a branch, or dropped without a trace."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from planner.errors import EditRefused, SaveError, UsageError
from planner.session.recovery import recoverable
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RemoveTable, SetKey
from tests.git.clones import Clone, clone_at
from tests.long import examples
from tests.text.random_edits import random_edit

SAMPLE = Path(__file__).parents[2] / "roadmaps" / "acme-2027"
TODAY = date(2027, 3, 22)
SHORTER = SetKey("initiatives", "customer-sso", ("estimate",), "8w")
LATER = SetKey("initiatives", "brand-site", ("start_no_earlier_than",), date(2027, 5, 6))
REAL = SetKey("initiatives", "peak-campaign", ("title",), "Kept")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "acme"))


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.rglob("*.toml"))}


def texts(session: Session) -> list[str]:
    return [document.text for document in session.workspace.documents]


def journals(tmp_path: Path) -> list[bytes]:
    found = sorted((tmp_path / "state").rglob("*"))
    return [each.read_bytes() for each in found if each.is_file()]


@pytest.mark.parametrize("seed", range(examples(3, 60)))
def test_dropped_it_leaves_no_trace(folder: Path, tmp_path: Path, seed: int) -> None:
    draw, before = random.Random(seed), files(folder)
    session = Session.open(folder, today=TODAY, journal=True)
    session.apply(REAL, "real")
    session.apply(LATER, "undone")
    session.history.undo()
    kept, plan, written = texts(session), session.plan, journals(tmp_path)
    tried = session.begin_what_if()
    made = 0
    for _ in range(400):
        if made == 30:
            break
        with suppress(EditRefused):
            session.apply(random_edit(draw, session.plan.tables))
            made += 1
        if draw.random() < 0.1:
            tried.undo()
        if draw.random() < 0.05:
            tried.redo()
        if tried.edits and draw.random() < 0.05:
            with suppress(EditRefused):
                tried.remove(draw.randrange(len(tried.edits)))
    assert made == 30
    assert texts(session) != kept
    session.drop_what_if()
    assert (texts(session), session.plan, files(folder)) == (kept, plan, before)
    assert journals(tmp_path) == written
    assert (session.history.undo_label, session.history.redo_label) == ("real", "undone")
    session.close(discard=True)


@pytest.mark.parametrize("seed", range(examples(3, 60)))
def test_applied_it_is_as_if_made_directly_in_one_step(folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    session, direct = (Session.open(folder, today=TODAY) for _ in range(2))
    before = texts(session)
    session.begin_what_if()
    for _ in range(20):
        edit = random_edit(draw, session.plan.tables)
        with suppress(EditRefused):
            session.apply(edit)
            direct.apply(edit)
    session.apply_what_if()
    assert session.what_if is None
    assert texts(session) == texts(direct)
    assert session.plan.findings == direct.plan.findings
    session.history.undo()
    assert (texts(session), session.history.undo_label) == (before, None)
    session.history.redo()
    assert texts(session) == texts(direct)


def test_an_edit_is_removed_from_among_others_and_comes_back(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    tried = session.begin_what_if()
    for edit in (SHORTER, LATER):
        session.apply(edit)
    both = texts(session)
    tried.remove(0)
    assert [each.edit for each in tried.edits] == [LATER]
    only = Session.open(folder, today=TODAY)
    only.apply(LATER)
    assert texts(session) == texts(only)
    tried.undo()
    assert texts(session) == both
    tried.undo()
    assert [each.edit for each in tried.edits] == [SHORTER]


def test_what_a_later_edit_needs_is_not_removed(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    tried = session.begin_what_if()
    session.apply(AddTable("initiatives", "new", {"estimate": "2w"}), "add new")
    session.apply(SetKey("initiatives", "new", ("estimate",), "3w"), "longer")
    before = texts(session)
    with pytest.raises(EditRefused, match=r"e2 \(longer\)"):
        tried.remove(0)
    assert texts(session) == before


def test_saving_and_reloading_name_the_ways_out(folder: Path) -> None:
    session, before = Session.open(folder, today=TODAY), files(folder)
    session.begin_what_if()
    session.apply(SHORTER)
    for way in (session.save, session.reload):
        with pytest.raises(SaveError) as refused:
            way()
        assert all(word in str(refused.value) for word in ("apply", "branch", "drop"))
    assert files(folder) == before


def test_what_was_changed_before_it_is_saved_and_what_is_tried_stays_tried(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    session.apply(REAL)
    tried = session.begin_what_if()
    session.apply(SHORTER)
    session.save()
    assert (session.unsaved, len(tried.edits)) == (0, 1)
    assert Session.open(folder, today=TODAY).plan.tables == session.base.plan.tables
    assert "8w" not in (folder / "it.toml").read_text().partition("customer-sso]")[2][:300]


def write(folder: Path, edit: Edit) -> None:
    other = Session.open(folder, today=TODAY)
    other.apply(edit)
    other.save()


def test_the_edits_follow_what_others_write(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    session.apply(REAL)
    tried = session.begin_what_if()
    session.apply(SHORTER, "sso shorter")
    session.apply(LATER, "site later")
    heard: list[object] = []
    session.history.subscribe(lambda _, after: heard.append(after))
    write(folder, SetKey("initiatives", "cdp-foundation", ("estimate",), "3w"))
    report = session.merge_external()
    assert report is not None
    assert report.lost == ()
    assert heard[-1] is session.plan
    assert session.base.plan.written("initiatives", "cdp-foundation")["estimate"] == "3w"
    assert session.plan.written("initiatives", "cdp-foundation")["estimate"] == "3w"
    assert session.plan.written("initiatives", "customer-sso")["estimate"] == "8w"
    assert session.base.plan.written("initiatives", "customer-sso")["estimate"] != "8w"
    write(folder, RemoveTable("initiatives", "brand-site"))
    report = session.merge_external()
    assert report is not None
    assert report.lost == ("site later",)
    assert "site later" in report.message
    assert [each.edit for each in tried.edits] == [SHORTER]
    session.apply_what_if()
    session.save()
    now = Session.open(folder, today=TODAY).plan
    assert now.written("initiatives", "customer-sso")["estimate"] == "8w"
    assert now.written("initiatives", "peak-campaign")["title"] == "Kept"
    assert "brand-site" not in now.roadmap.initiatives


def test_undo_in_it_brings_back_no_text_from_before_others_wrote(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    tried = session.begin_what_if()
    session.apply(SHORTER)
    write(folder, SetKey("initiatives", "cdp-foundation", ("estimate",), "3w"))
    session.merge_external()
    tried.undo()
    assert texts(session) == [each.text for each in session.base.workspace.documents]
    tried.redo()
    assert session.plan.written("initiatives", "customer-sso")["estimate"] == "8w"


def test_midnight_comes_to_both(folder: Path) -> None:
    days = iter((TODAY, date(2027, 3, 23), date(2027, 3, 23)))
    (folder / "roadmap.toml").write_text(
        "\n".join(
            row
            for row in (folder / "roadmap.toml").read_text().splitlines()
            if not row.startswith("status_date")
        )
    )
    session = Session.open(folder, today=lambda: next(days))
    session.begin_what_if()
    session.apply(SHORTER)
    assert session.new_day()
    assert session.plan.as_of == session.base.plan.as_of == date(2027, 3, 23)


def test_a_crash_loses_what_is_tried_and_nothing_else(folder: Path) -> None:
    session = Session.open(folder, today=TODAY, journal=True)
    session.apply(REAL)
    kept = texts(session)
    session.begin_what_if()
    session.apply(SHORTER)
    session.close()
    found = recoverable(Session.open(folder, today=TODAY).workspace)
    assert found is not None
    assert [document.text for document in found.mine.documents] == kept
    found.discard()


def test_the_commands_of_the_edits_make_the_same(folder: Path) -> None:
    session = Session.open(folder, today=TODAY)
    tried = session.begin_what_if()
    session.apply(SHORTER)
    session.apply(Edits((LATER, SetKey("initiatives", "brand-site", ("estimate",), "2w")), "both"))
    assert tried.commands() == [
        "planner set customer-sso estimate=8w",
        "planner set brand-site start_no_earlier_than=2027-05-06 estimate=2w",
    ]


def test_a_branch_has_what_is_tried_and_the_files_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in Clone(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    clone = clone_at(tmp_path / "clone")
    shutil.copytree(SAMPLE, clone.top / "acme")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "Sample")
    session, before = Session.open(clone.top / "acme", today=TODAY), files(clone.top)
    session.begin_what_if()
    with pytest.raises(UsageError, match="nothing is tried"):
        session.branch_what_if("sso-8w")
    session.apply(SHORTER)
    made = session.branch_what_if("sso-8w")
    assert (made.name, made.base) == ("sso-8w", "main")
    assert clone.git("log", "-1", "--format=%s", "sso-8w").strip() == (
        "what-if: customer-sso estimate 7w/9w/13w → 8w"
    )
    assert (files(clone.top), clone.git("status", "--porcelain")) == (before, "")
    with pytest.raises(UsageError, match="already"):
        session.branch_what_if("sso-8w")
    session.drop_what_if()
    session.apply(REAL)
    session.begin_what_if()
    session.apply(SHORTER)
    with pytest.raises(UsageError, match="unsaved"):
        session.branch_what_if("other")
    assert clone.git("branch", "--format=%(refname:short)").split() == ["main", "sso-8w"]
