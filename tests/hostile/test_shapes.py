"""Whatever shape a key has, the file is read to findings, and what stands beside it is edited."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tomli

from planner.errors import EditRefused
from planner.session.dead_sessions import recoverable
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, RemoveTable, RenameId, SetKey
from tests.cli.conftest import Run, run  # noqa: F401
from tests.hostile.shapes import DAY, NEIGHBOURS, every_text, try_text
from tests.tui.looking import looking

ODD = NEIGHBOURS.replace('[systems.cdp]\nowner = "data"', '[systems]\ncrm = "x"')


def test_any_shape_is_read_to_findings_and_edited_round(tmp_path: Path) -> None:
    draw = random.Random(5)
    texts = draw.sample(every_text(), 60)
    made = 0
    for kind, text in [("systems", ODD), ("meetings", f'{NEIGHBOURS}[meetings.""]\n'), *texts]:
        try:
            made += try_text(tmp_path / "roadmap.toml", kind, text, draw)
        except Exception as error:
            raise AssertionError(f"{error!r}\n{text}") from error
    assert made > 150


@pytest.mark.parametrize(
    "theirs",
    [
        ODD,
        'systems = "x"\n' + NEIGHBOURS.replace('[systems.cdp]\nowner = "data"\n', ""),
        NEIGHBOURS.replace("[systems.cdp]", "[[systems]]"),
        NEIGHBOURS.replace('estimate = "2w"', "estimate = { x = [] }"),
        NEIGHBOURS.replace("[initiatives.api]", "[[initiatives.api]]"),
    ],
)
async def test_the_screen_stays_whatever_another_program_writes(
    theirs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    file = tmp_path / "roadmap.toml"
    file.write_text(NEIGHBOURS)
    session = Session.open(file, today=DAY, journal=True)
    async with looking(session, (100, 30)) as screen:
        session.apply(SetKey("initiatives", "push", ("title",), "Push"))
        file.write_text(theirs)
        screen.app.look_round()
        for key in ("2", "j", "1", "E", "escape"):
            await screen.press(key)
        assert screen.app.is_running
        assert screen.app.fault is None
    initiative = session.plan.tables["initiatives"]["push"]
    assert initiative["title"] == "Push"
    session.close()
    recovery = recoverable(file)
    assert recovery is not None
    again = Session.open(file, today=DAY, journal=True)
    assert "READ01" in {each.code for each in again.plan.findings}
    again.restore(recovery)
    again.save()
    again.close()
    assert tomli.loads(file.read_text())["initiatives"]["push"]["title"] == "Push"


COMMANDS = (
    ("set", "systems.crm", "title=CRM"),
    ("set", "systems.crm", "capabilities+=x"),
    ("set", "crm", "owner="),
    ("remove", "systems.crm"),
    ("add", "system", "crm"),
    ("status", "odd", "done"),
    ("link", "api", "odd"),
    ("link", "push", "odd"),
    ("unlink", "api", "odd"),
    ("agree", "odd", "api", "--by", "it"),
    ("set", "odd", "needs+=api"),
    ("rename", "odd", "even"),
)


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("odd", ['odd = "x"', "odd = 3", "odd = [1, {}]", "odd.needs = 3"])
def test_a_command_on_what_is_no_table_says_so(
    run: Run,  # noqa: F811
    tmp_path: Path,
    words: tuple[str, ...],
    odd: str,
) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(f"{ODD}[initiatives]\n{odd}\n")
    ran = run(*words, "-r", str(file))
    assert ran.code in (0, 2), ran.err
    if ran.code == 2:
        assert file.read_text() == f"{ODD}[initiatives]\n{odd}\n"


@pytest.mark.parametrize(
    "word",
    [
        "owner={ x = 1 }",
        "uses=[1]",
        "needs=[{ on = 3 }]",
        "estimate=[[]]",
        "deadline='2027-03-01'",
        "reviews.privacy=3",
        "title=[]",
    ],
)
def test_a_value_of_the_wrong_type_is_not_written(
    run: Run,  # noqa: F811
    tmp_path: Path,
    word: str,
) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(NEIGHBOURS)
    ran = run("set", "push", word, "-r", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert file.read_text() == NEIGHBOURS


@pytest.mark.parametrize(
    "edit",
    [
        SetKey("initiatives", "push", ("estimate",), 3),
        SetKey("teams", "crm", ("capacity_from", "x"), 3),
        SetKey("checks", "", ("ignore",), 3),
        SetKey("glossary", "", ("lead",), [1]),
        SetKey("roadmap", "", ("title",), 1.5),
        AddTable("waivers", "w", {"rule": ["DATE01"], "on": [1]}),
    ],
)
def test_whatever_writes_a_value_checks_its_type(edit: Edit, tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(NEIGHBOURS)
    session = Session.open(file, today=DAY)
    with pytest.raises(EditRefused):
        session.preview(edit)
    with pytest.raises(EditRefused):
        session.apply(edit)
    assert session.workspace.documents[0].text == NEIGHBOURS


def test_a_wrong_value_beside_the_one_that_is_written_may_stay(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(NEIGHBOURS.replace('needs = ["api"]', 'needs = ["api", 3]'))
    session = Session.open(file, today=DAY)
    session.apply(SetKey("initiatives", "push", ("needs",), ["api", 3, "api SS"]))
    assert [each.code for each in session.plan.findings].count("READ01") == 1


SPELLINGS = (
    'systems = { crm = { title = "CRM" }%s }  # ours\n[roadmap]\n',
    'systems.crm = { title = "CRM" }  # ours\n%s[roadmap]\n',
    'systems.crm.title = "CRM"  # ours\n%s[roadmap]\n',
    '[roadmap]\n[systems]\ncrm = { title = "CRM" }  # ours\n%s',
    '[roadmap]\n[systems]\ncrm.title = "CRM"  # ours\n%s',
    '[roadmap]\n[systems.crm]\ntitle = "CRM"  # ours\n%s',
    '[roadmap]\n["systems".\'crm\']\ntitle = "CRM"  # ours\n%s',
)
MORE = (
    ', cdp = { title = "CDP" }',
    'systems.cdp.title = "CDP"\n',
    'systems.cdp = { title = "CDP" }\n',
    'cdp = { title = "CDP" }\n',
    'cdp.title = "CDP"\n',
    '[systems.cdp]\ntitle = "CDP"\n',
    '[systems.cdp]\ntitle = "CDP"\n',
)
CHANGES: tuple[Edit, ...] = (
    RemoveTable("systems", "crm"),
    RemoveTable("systems", "cdp"),
    RenameId("systems", "crm", "zoo"),
    SetKey("systems", "crm", ("title",), "Customers"),
    SetKey("systems", "crm", ("owner",), "it"),
    AddTable("systems", "abc", {"title": "A"}),
    AddTable("systems", "zzz", {}),
)


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("at", range(len(SPELLINGS)))
def test_first_last_and_only_tables_change_in_every_spelling(
    at: int, many: bool, tmp_path: Path
) -> None:
    file = tmp_path / "roadmap.toml"
    text = SPELLINGS[at] % (MORE[at] if many else "")
    file.write_text(text)
    session = Session.open(file, today=DAY)
    for edit in CHANGES:
        if edit == RemoveTable("systems", "cdp") and not many:
            continue
        session.apply(edit)
        again = tomli.loads(session.workspace.documents[0].text)
        assert again.get("systems", {}) == session.plan.tables.get("systems", {})
        session.save()
        session.history.undo()
        assert session.workspace.documents[0].text == text
    for id in ["crm", "cdp"][: 1 + many]:
        session.apply(RemoveTable("systems", id))
    session.apply(AddTable("systems", "new", {"title": "New"}))
    session.workspace.documents[0].verify()
    assert tomli.loads(session.workspace.documents[0].text)["systems"] == {"new": {"title": "New"}}
