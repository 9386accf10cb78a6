"""One file or a folder as one roadmap: what is opened, where edits go, where things stand."""

import os
from datetime import date
from pathlib import Path

import pytest

from planner.errors import EditRefused, ReadError, UsageError
from planner.files.workspace import NotOneRoadmap, Workspace, find_roadmaps
from planner.text.edits import AddTable, Edits, RemoveKey, RemoveTable, RenameId, SetKey

ROADMAP = """\
[roadmap]
title = "Acme"

[teams.crm]
portfolio = "marketing"

[teams.identity]
portfolio = "it"

[people.ana]
team = "crm"

[glossary]
lead = "a person"
"""
MARKETING = """\
[initiatives.push]
owner = "crm"
needs = ["sso"]

[initiatives.welcome]
owner = "ana"

[glossary]
segment = "a group of people"
cdp = "where they are kept"
"""
IT = """\
# IT's half
[initiatives.sso]
owner = "identity"

[systems.cdp]
owner = "crm"
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    write(folder / "roadmap.toml", ROADMAP)
    write(folder / "marketing.toml", MARKETING)
    write(folder / "it.toml", IT)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def names(workspace: Workspace) -> list[str]:
    return [file.name for file in workspace.files]


class TestOpening:
    def test_a_folder_is_one_roadmap_of_all_its_files(self, acme: Path) -> None:
        workspace = Workspace.open(acme)
        assert names(workspace) == ["it.toml", "marketing.toml", "roadmap.toml"]
        assert list(workspace.tables["initiatives"]) == ["sso", "push", "welcome"]
        assert workspace.tables["glossary"][""].keys() == {"segment", "cdp", "lead"}
        assert workspace.title == "acme"

    def test_files_without_a_table_of_the_format_are_no_part_of_it(self, acme: Path) -> None:
        write(acme / "pyproject.toml", "[project]\nname = 'x'\n")
        write(acme / "broken.toml", "no toml at all")
        write(acme / ".hidden.toml", "[roadmap]\n")
        write(acme / "below" / "more.toml", "[roadmap]\n")
        write(acme / "notes.txt", "[roadmap]\n")
        assert names(Workspace.open(acme)) == ["it.toml", "marketing.toml", "roadmap.toml"]

    def test_a_file_named_by_itself_needs_no_roadmap_table(self, tmp_path: Path) -> None:
        file = write(tmp_path / "plan.toml", "[initiatives.a]\n")
        workspace = Workspace.open(file)
        assert (workspace.title, workspace.files) == ("plan", (file,))
        assert Workspace.open(write(tmp_path / "empty.toml", "")).tables == {}

    def test_a_folder_of_several_is_a_choice(self, acme: Path) -> None:
        second = write(acme / "other.toml", "roadmap.title = 'Other'\n")
        with pytest.raises(NotOneRoadmap) as caught:
            Workspace.open(acme)
        assert caught.value.candidates == (second, acme / "roadmap.toml")
        assert isinstance(caught.value, UsageError)

    def test_a_folder_without_one_names_those_below(self, acme: Path) -> None:
        with pytest.raises(NotOneRoadmap) as caught:
            Workspace.open(acme.parent)
        assert caught.value.candidates == (acme,)

    def test_errors_name_the_file_as_the_user_did(
        self, acme: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(acme.parent)
        write(acme / "it.toml", "[initiatives.a]\nx = \n")
        with pytest.raises(ReadError) as caught:
            Workspace.open(Path("acme"))
        assert caught.value.where == "acme/it.toml:2"

    def test_what_is_not_there_can_not_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="no such file"):
            Workspace.open(tmp_path / "nothing.toml")

    @pytest.mark.parametrize("start", ["[initiatives.sso]", "initiatives.sso = {}"])
    def test_a_byte_order_mark_hides_no_file_of_a_folder(self, acme: Path, start: str) -> None:
        (acme / "it.toml").write_text(f"{start}\n", encoding="utf-8-sig")
        assert "it.toml" in names(Workspace.open(acme))

    def test_a_pipe_or_a_device_is_refused_at_once(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(ReadError, match="a pipe, not a file"):
            Workspace.open(tmp_path / "pipe.toml")
        with pytest.raises(ReadError, match="a device or socket, not a file"):
            Workspace.open(Path("/dev/zero"))

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path: Path) -> None:
        huge = tmp_path / "huge.toml"
        huge.touch()
        os.truncate(huge, 100 * 1024**3)
        with pytest.raises(ReadError, match="102400 MB are more"):
            Workspace.open(huge)

    @pytest.mark.parametrize("what", ["pipe", "link to nothing", "too large"])
    def test_what_can_not_be_read_in_a_folder_is_named_not_left_out(
        self, acme: Path, what: str
    ) -> None:
        odd = acme / "odd.toml"
        if what == "pipe":
            os.mkfifo(odd)
        elif what == "link to nothing":
            odd.symlink_to("nothing")
        else:
            odd.touch()
            os.truncate(odd, 65 * 1024**2)
        with pytest.raises(ReadError) as caught:
            Workspace.open(acme)
        assert caught.value.file == str(odd)

    def test_a_folder_called_like_a_file_is_no_part_of_it(self, acme: Path) -> None:
        (acme / "odd.toml").mkdir()
        assert len(names(Workspace.open(acme))) == 3


class TestFinding:
    def test_a_folder_that_is_one(self, acme: Path) -> None:
        assert find_roadmaps(acme) == [acme]

    def test_files_of_their_own_and_folders_below(self, acme: Path) -> None:
        assert find_roadmaps(acme.parent) == [acme]
        one = write(acme.parent / "one.toml", "[roadmap]\n")
        assert find_roadmaps(acme.parent) == [acme.parent]
        two = write(acme.parent / "two.toml", "[ 'roadmap' ]\n")
        assert find_roadmaps(acme.parent) == [one, two]

    def test_one_that_does_not_parse_is_found_so_that_opening_can_say_why(
        self, tmp_path: Path
    ) -> None:
        write(tmp_path / "plan.toml", "[roadmap]\ntitle = \n")
        assert find_roadmaps(tmp_path) == [tmp_path]

    def test_files_that_only_have_initiatives_when_there_is_nothing_else(
        self, tmp_path: Path
    ) -> None:
        plan = write(tmp_path / "plan.toml", "[initiatives.a]\n")
        write(tmp_path / "pyproject.toml", "[project]\nroadmap = 1\n[tool.data]\n")
        assert find_roadmaps(tmp_path) == [plan]

    def test_behind_a_byte_order_mark(self, tmp_path: Path) -> None:
        for number, text in enumerate(("[roadmap]\n", "roadmap.title = 'x'\n")):
            (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8-sig")
        assert find_roadmaps(tmp_path) == [tmp_path / "0.toml", tmp_path / "1.toml"]

    def test_looks_into_no_pipe_and_no_huge_file(self, acme: Path) -> None:
        os.mkfifo(acme / "pipe.toml")
        (acme / "huge.toml").touch()
        os.truncate(acme / "huge.toml", 100 * 1024**3)
        assert find_roadmaps(acme) == [acme]

    def test_nothing(self, tmp_path: Path) -> None:
        assert find_roadmaps(tmp_path) == []
        assert find_roadmaps(tmp_path / "nowhere") == []


class TestRouting:
    def test_a_key_goes_to_the_file_of_its_table(self, acme: Path) -> None:
        before = Workspace.open(acme)
        after = before.apply(SetKey("initiatives", "sso", ("estimate",), "5w"))
        assert 'estimate = "5w"' in after.documents[0].text
        assert after.documents[1:] == before.documents[1:]

    @pytest.mark.parametrize(
        ("edit", "file"),
        [
            (AddTable("initiatives", "new", {"owner": "crm"}), "marketing.toml"),
            (AddTable("initiatives", "new", {"owner": "ana"}), "marketing.toml"),
            (AddTable("initiatives", "new", {"owner": ["identity", "crm"]}), "it.toml"),
            (AddTable("initiatives", "new", {"owner": "crm", "portfolio": "it"}), "it.toml"),
            (AddTable("initiatives", "new", {}), "marketing.toml"),
            (AddTable("teams", "new", {"portfolio": "it"}), "roadmap.toml"),
            (AddTable("decisions", "new", {"owner": "crm"}), "marketing.toml"),
            (AddTable("decisions", "new", {}), "roadmap.toml"),
            (AddTable("views", "new", {}), "roadmap.toml"),
            (AddTable("checks", "", {"horizon": 3}), "roadmap.toml"),
            (SetKey("checks", "", ("horizon",), 3), "roadmap.toml"),
            (SetKey("glossary", "", ("lead",), "x"), "roadmap.toml"),
            (SetKey("glossary", "", ("kpi",), "x"), "marketing.toml"),
            (RemoveKey("glossary", "", ("cdp",)), "marketing.toml"),
        ],
    )
    def test_each_edit_goes_to_one_file(self, acme: Path, edit: SetKey, file: str) -> None:
        before = Workspace.open(acme)
        after = before.apply(edit)
        changed = [
            path.name
            for path, old, new in zip(before.files, before.documents, after.documents, strict=True)
            if old is not new
        ]
        assert changed == [file]

    def test_a_rename_goes_to_every_file(self, acme: Path) -> None:
        after = Workspace.open(acme).apply(RenameId("teams", "crm", "growth"))
        assert "crm" not in "".join(document.text for document in after.documents)
        assert after.tables["people"]["ana"]["team"] == "growth"

    def test_an_implied_team_can_be_renamed_but_not_one_that_nobody_names(self, acme: Path) -> None:
        workspace = Workspace.open(acme).apply(SetKey("initiatives", "sso", ("owner",), "cloud"))
        after = workspace.apply(RenameId("teams", "cloud", "platform"))
        assert after.tables["initiatives"]["sso"]["owner"] == "platform"
        with pytest.raises(EditRefused, match="nothing refers to it"):
            workspace.apply(RenameId("teams", "nobody", "somebody"))

    def test_an_id_that_another_file_has_is_taken(self, acme: Path) -> None:
        with pytest.raises(EditRefused, match="already"):
            Workspace.open(acme).apply(AddTable("initiatives", "push", {"portfolio": "it"}))
        with pytest.raises(EditRefused, match="already"):
            Workspace.open(acme).apply(RenameId("initiatives", "push", "sso"))

    def test_a_group_is_made_whole_or_not_at_all(self, acme: Path) -> None:
        workspace = Workspace.open(acme)
        good = SetKey("initiatives", "sso", ("estimate",), "5w")
        with pytest.raises(EditRefused):
            workspace.apply(Edits((good, RemoveTable("initiatives", "nobody"))))
        assert workspace.apply(Edits((good,))).tables["initiatives"]["sso"]["estimate"] == "5w"

    def test_what_changes_nothing_is_the_same_workspace(self, acme: Path) -> None:
        workspace = Workspace.open(acme)
        assert workspace.apply(SetKey("initiatives", "sso", ("owner",), "identity")) is workspace

    def test_a_removed_table_comes_back_to_its_file_to_the_byte(self, acme: Path) -> None:
        before = Workspace.open(acme)
        edit = Edits((RemoveTable("initiatives", "sso"), RemoveTable("initiatives", "push")))
        back = before.inverse(edit)
        restored = before.apply(edit).apply(back)
        assert [each.text for each in restored.documents] == [
            each.text for each in before.documents
        ]


class TestLocating:
    @pytest.mark.parametrize(
        ("kind", "id", "key", "place"),
        [
            ("initiatives", "push", (), "marketing.toml:1"),
            ("initiatives", "push", ("needs",), "marketing.toml:3"),
            ("initiatives", "push", ("needs", "sso"), "marketing.toml:3"),
            ("initiatives", "push", ("deadline",), "marketing.toml:1"),
            ("roadmap", "", ("title",), "roadmap.toml:2"),
            ("glossary", "", ("cdp",), "marketing.toml:10"),
            ("systems", "nobody", (), "roadmap.toml:None"),
        ],
    )
    def test_names_file_and_line(
        self, acme: Path, kind: str, id: str, key: tuple[str, ...], place: str
    ) -> None:
        file, line = Workspace.open(acme).locate(kind, id, key)
        assert f"{Path(file).name}:{line}" == place

    @pytest.mark.parametrize("kind", ["glossary", "initiatives", "checks", "roadmap", "teams"])
    @pytest.mark.parametrize("written", ["3", '"lead"', "[1]", '[{ id = "a" }]'])
    def test_a_value_in_the_place_of_a_table_has_its_line(
        self, tmp_path: Path, kind: str, written: str
    ) -> None:
        path = tmp_path / "plan.toml"
        path.write_text(f"# a plan\n{kind} = {written}\n", "utf-8")
        assert Workspace.open(path).locate(kind, "", ()) == (str(path), 2)

    def test_follows_what_is_not_saved_yet(self, acme: Path) -> None:
        edit = SetKey("initiatives", "push", ("deadline",), date(2027, 3, 1))
        after = Workspace.open(acme).apply(edit)
        assert after.locate("initiatives", "push", ("deadline",))[1] == 3


class TestSaving:
    def test_writes_what_changed_and_only_that(self, acme: Path) -> None:
        before = Workspace.open(acme)
        after = before.apply(SetKey("initiatives", "sso", ("estimate",), "5w"))
        saved = after.save(before)
        assert saved.files == (str(acme / "it.toml"),)
        assert (acme / "it.toml").read_bytes() == after.documents[0].to_bytes()
        assert (acme / "roadmap.toml").read_text() == ROADMAP
        assert after.save(after).files == ()
        assert Workspace.open(acme).tables == after.tables

    def test_a_rename_is_one_save_of_several_files(self, acme: Path) -> None:
        before = Workspace.open(acme)
        after = before.apply(RenameId("teams", "crm", "growth"))
        assert len(after.save(before).files) == 3
        assert Workspace.open(acme).tables == after.tables

    def test_goes_to_the_file_even_when_the_folder_was_left(
        self, acme: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(acme)
        before = Workspace.open(Path("it.toml"))
        after = before.apply(SetKey("initiatives", "sso", ("estimate",), "5w"))
        monkeypatch.chdir("/")
        after.save(before)
        assert "5w" in (acme / "it.toml").read_text()
