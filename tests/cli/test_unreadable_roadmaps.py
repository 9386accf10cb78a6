"""A roadmap that can't be read is told with file and reason, and is never "no roadmap here"."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.session.roadmaps import find_all
from planner.text.limits import MAX_BYTES
from tests.cli.conftest import Run

GOOD = '[roadmap]\n[initiatives.a]\nestimate = "1w"\n'


def dangling(file: Path) -> None:
    file.symlink_to("nowhere")


def not_utf_8(file: Path) -> None:
    file.write_bytes('[initiatives.a]\ntitle = "é"\n'.encode("latin-1"))


def utf_16(file: Path) -> None:
    file.write_bytes(GOOD.encode("utf-16"))


def too_large(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    os.truncate(file, MAX_BYTES + 1)


def broken(file: Path) -> None:
    file.write_text("[initiatives.a]\nestimate = \n", encoding="utf-8")


def broken_key(file: Path) -> None:
    file.write_text('roadmap.title = "x\n', encoding="utf-8")


def a_pipe(file: Path) -> None:
    os.mkfifo(file)


def forbidden(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    file.chmod(0)


UNREADABLE = [dangling, not_utf_8, utf_16, too_large, broken, broken_key, a_pipe, forbidden]
AS_ROOT = os.geteuid() == 0


@pytest.mark.parametrize("make", UNREADABLE)
@pytest.mark.parametrize("name", ["roadmap.toml", "plan.toml", "roadmaps/acme/roadmap.toml"])
def test_what_cannot_be_read_is_named(
    name: str,
    make: Callable[[Path], None],
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if make is forbidden and AS_ROOT:
        pytest.skip("root may read everything")
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    make(tmp_path / name)
    for words in (("show",), ("check", "--json"), ("git", "status"), ("set", "a", "title=x")):
        ran = run(*words)
        assert ran.code == 2
        assert ran.out == ""
        assert "planner init" not in ran.err
    assert name in run("show").err


def test_a_folder_that_nobody_may_list_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roadmaps").mkdir()

    def refused(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refused)
    ran = run("show")
    assert (ran.code, "planner init" in ran.err) == (2, False)


def test_half_a_roadmap_is_not_opened_for_the_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "it.toml").write_text('[initiatives.a]\nestimate = "1w"\n', encoding="utf-8")
    dangling(tmp_path / "plan.toml")
    ran = run("show")
    assert (ran.code, "plan.toml" in ran.err) == (2, True)


def test_what_can_be_read_elsewhere_comes_first(tmp_path: Path) -> None:
    dangling(tmp_path / "secrets.toml")
    (tmp_path / "roadmaps").mkdir()
    (tmp_path / "roadmaps" / "plan.toml").write_text(GOOD, encoding="utf-8")
    assert find_all(tmp_path) == [tmp_path / "roadmaps"]


def test_the_start_screen_is_of_what_was_found(tmp_path: Path) -> None:
    assert find_all(tmp_path) == []
    dangling(tmp_path / "plan.toml")
    assert find_all(tmp_path) == [tmp_path / "plan.toml"]
