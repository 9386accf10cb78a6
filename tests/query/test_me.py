"""Who `@me` is: what the configuration says, else whose address git commits with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.plan.model import Plan
from planner.query.filters import Nobody
from planner.query.me import Who, who
from tests.git.clones import Clone
from tests.query.plans import plan

PEOPLE = """
[roadmap]
start = 2027-03-01
[teams.crm]
portfolio = "marketing"
[people.ana]
team = "crm"
email = " Ana@Example.com "
[people.ben]
email = "post@example.com"
[people.cem]
email = "post@example.com"
"""

Configure = Callable[[str], Path]


@pytest.fixture
def roadmap() -> Plan:
    return plan(PEOPLE)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of somebody who has said nothing of themselves."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


@pytest.fixture
def clone(home: Path) -> Clone:
    """A repository with a roadmap."""
    top = home / "clone"
    top.mkdir()
    made = Clone(top)
    made.git("init", "-q")
    made.write("roadmap.toml", PEOPLE)
    return made


@pytest.fixture
def configure(home: Path) -> Configure:
    """Writes the configuration."""

    def write(text: str) -> Path:
        file = home / ".config" / "planner" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def why(clone: Clone, roadmap: Plan) -> str:
    found = who(clone.top / "roadmap.toml").among(roadmap.roadmap)
    assert isinstance(found, Nobody)
    return found.why


def test_the_configuration_says_it(clone: Clone, configure: Configure, roadmap: Plan) -> None:
    clone.git("config", "user.email", "post@example.com")
    configure('me = "ana"\n')
    assert who(clone.top).among(roadmap.roadmap) == "ana"


def test_a_team_can_be_me(clone: Clone, configure: Configure, roadmap: Plan) -> None:
    configure('me = "crm"\n')
    assert who(clone.top).among(roadmap.roadmap) == "crm"


def test_else_the_address_of_git_does_whatever_its_case(clone: Clone, roadmap: Plan) -> None:
    clone.git("config", "user.email", "aNA@example.COM")
    assert who(clone.top / "roadmap.toml").among(roadmap.roadmap) == "ana"


def test_the_configuration_is_found_where_the_environment_says(
    clone: Clone, configure: Configure, roadmap: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure('me = "ana"\n').rename(clone.top / "config.toml")
    (clone.top / "planner").mkdir()
    (clone.top / "config.toml").rename(clone.top / "planner" / "config.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(clone.top))
    assert who(clone.top).among(roadmap.roadmap) == "ana"


def test_where_nobody_says_it_the_file_is_named(clone: Clone, roadmap: Plan) -> None:
    assert why(clone, roadmap) == 'who are you? Say me = "ID" in ~/.config/planner/config.toml'


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("eve@example.com", "(nobody here has eve@example.com)"),
        ("post@example.com", "(ben and cem share post@example.com)"),
    ],
)
def test_an_address_that_is_not_of_one_person_is_told(
    clone: Clone, roadmap: Plan, address: str, answer: str
) -> None:
    clone.git("config", "user.email", address)
    assert why(clone, roadmap).startswith('who are you? Say me = "ID" in ~/.config')
    assert why(clone, roadmap).endswith(answer)


def test_an_id_that_is_nobody_here_names_the_nearest(roadmap: Plan) -> None:
    found = Who("config.toml", id="anna").among(roadmap.roadmap)
    assert found == Nobody("the configuration's me, anna, is nobody here", 'me = "ana"')


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('mee = "ana"', "config.toml:1: mee: there is no such key (did you mean `me`?)"),
        ("me = 3", 'config.toml:1: me: not an id in quotes (such as "ana")'),
        ('me = ""', 'config.toml:1: me: not an id in quotes (such as "ana")'),
        ("\nme = ", "config.toml:2: invalid value"),
        ("me = [" + "[" * 5000, "nested"),
        ("#" * 70_000, "config.toml: 70000 bytes are too many for a configuration file"),
    ],
)
def test_a_configuration_that_is_wrong_says_how(
    clone: Clone, configure: Configure, roadmap: Plan, text: str, answer: str
) -> None:
    configure(text)
    assert answer in why(clone, roadmap)


def test_a_pipe_for_a_configuration_is_not_waited_for(
    clone: Clone, configure: Configure, roadmap: Plan
) -> None:
    file = configure("")
    file.unlink()
    os.mkfifo(file)
    assert "a pipe, not a file" in why(clone, roadmap)


def test_an_empty_configuration_says_nothing(
    clone: Clone, configure: Configure, roadmap: Plan
) -> None:
    configure("")
    clone.git("config", "user.email", "ana@example.com")
    assert who(clone.top).among(roadmap.roadmap) == "ana"


def test_a_configuration_that_others_can_write_to_is_not_read(
    clone: Clone, configure: Configure, roadmap: Plan
) -> None:
    file = configure('me = "ana"')
    file.chmod(0o646)
    assert str(file) in why(clone, roadmap)
    file.chmod(0o644)
    assert who(clone.top).among(roadmap.roadmap) == "ana"
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)
        assert str(file) in why(clone, roadmap)
