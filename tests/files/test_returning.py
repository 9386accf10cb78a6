"""A file that is gone comes back where it was, and never through a link that was planted since."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import SaveError
from planner.files.restore_deleted import put_back
from planner.session.dead_sessions import left_behind
from tests.files.people import PLAN, dies, estimate, opened, start


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder of mine in which others would like a file."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "map"
    folder.mkdir()
    return start(folder)


def replaced(path: Path, target: Path) -> None:
    """Somebody removes the file and plants a link to what is not there yet."""
    path.unlink()
    path.symlink_to(target)


def test_a_planted_link_is_no_place_to_put_a_file_back_to(path: Path, home: Path) -> None:
    session = opened(path)
    session.apply(estimate("web-push", "4w"))
    replaced(path, home / "login")
    assert session.working_copy.gone() == ()
    session.put_back()
    with pytest.raises(SaveError):
        session.save()
    assert [*home.iterdir()] == []


def test_nor_is_a_folder_that_a_link_took_the_place_of(path: Path, home: Path) -> None:
    session = opened(path)
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(home)
    assert session.working_copy.gone() == ()
    session.put_back()
    assert [*home.iterdir()] == []


@pytest.mark.parametrize("first", ["edited", "replaced"])
def test_nor_what_a_dead_session_found_there(path: Path, home: Path, first: str) -> None:
    session = opened(path)
    if first == "replaced":
        replaced(path, home / "login")
    session.apply(estimate("web-push", "4w"))
    dies(session)
    if first == "edited":
        replaced(path, home / "login")
    assert left_behind(path) == {}
    path.unlink()
    assert left_behind(path) == {path: PLAN.encode()}


def test_a_link_that_is_planted_while_a_person_thinks_stops_it(path: Path, home: Path) -> None:
    path.unlink()
    path.symlink_to(home / "login")
    with pytest.raises(SaveError):
        put_back({path: PLAN.encode()})
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(home)
    with pytest.raises(SaveError):
        put_back({path: PLAN.encode()})
    assert [*home.iterdir()] == []


def test_a_link_that_was_there_all_along_keeps_its_file(path: Path, home: Path) -> None:
    link = home / "plan.toml"
    link.symlink_to(path)
    session = opened(link)
    path.unlink()
    assert session.working_copy.gone() == (link,)
    session.put_back()
    assert link.is_symlink()
    assert path.read_text() == PLAN
    link.unlink()
    assert session.working_copy.gone() == (link,)
    session.put_back()
    assert link.read_text() == PLAN
