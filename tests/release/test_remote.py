"""The one file on a shared server, over ssh, by somebody who has no rights there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.release.here import built_here
from tests.release.remote import Remote, no_server
from tests.terminals import in_line


@pytest.fixture(scope="module")
def server() -> Iterator[Remote]:
    """A server with the one file in the person's own programs."""
    if (why := no_server()) is not None:
        pytest.skip(why)
    with Remote() as remote:
        remote.put(built_here(), ".local/bin/planner")
        yield remote


def test_whoever_logs_in_has_no_rights_and_no_packages(server: Remote) -> None:
    assert server.run("touch /etc/planner-was-here").returncode != 0
    assert server.run("python3 -c 'import click'").returncode != 0


def test_a_line_runs_in_a_home_that_is_made_for_it(server: Remote) -> None:
    assert server.run("pwd").stdout.strip() == str(server.home)
    with server.terminal() as shell:
        shell.press("pwd", "enter")
        shell.wait_for(str(server.home))


def test_the_one_file_runs_where_nothing_is_installed(server: Remote) -> None:
    ran = server.run("planner --version")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("planner, version ")
    assert server.run("python3 .local/bin/planner --version").stdout == ran.stdout


def test_the_sample_is_checked_as_it_is_here(server: Remote) -> None:
    copy = server.run("planner demo --copy-only").stdout.strip()
    assert Path(copy).is_relative_to(server.place / "temporary")
    ran = server.run(f"planner check {copy} --json")
    assert ran.returncode == 1
    assert '"DATE01"' in ran.stdout


def test_the_screen_opens_over_ssh(server: Remote) -> None:
    with server.terminal("planner demo") as screen:
        screen.wait_for("Acme 2027", "Customer identity")
        screen.press("2")
        screen.wait_for("DATE01")
        screen.press("q")
        assert screen.wait_exit() == 0


PLAN = '[roadmap]\nstart = 2027-01-04\n\n[initiatives.web-push]\nestimate = "3w"  # by Anna\n'


def test_edits_are_saved_over_ssh_and_outlive_a_dropped_line(server: Remote) -> None:
    server.run("cat > plan.toml", PLAN)
    with server.terminal("planner plan.toml") as screen:
        screen.wait_for("web-push", "22 Jan")
        screen.press("=", "9w", "enter")
        screen.wait_for(in_line(0, "1 unsaved"), "5 Mar")
        screen.press("w")
        screen.wait_for("Saved plan.toml")
        assert server.get("plan.toml").decode() == PLAN.replace("3w", "9w")
        screen.press("=", "8w", "enter")
        screen.wait_for(in_line(0, "1 unsaved"), "26 Feb")
    ended(server, "planner plan.toml")
    assert server.get("plan.toml").decode() == PLAN.replace("3w", "9w")
    with server.terminal("planner plan.toml") as screen:
        screen.wait_for("Restore unsaved changes of a session that ended?")
        screen.press("enter")
        screen.wait_for("Restored", in_line(0, "1 unsaved"), "26 Feb")
        screen.press(":wq", "enter")
        assert screen.wait_exit() == 0
    assert server.get("plan.toml").decode() == PLAN.replace("3w", "8w")


def ended(server: Remote, command: str) -> None:
    """Wait until nobody runs a command there any more: the line that it was on is gone."""
    for _ in range(200):
        if command not in server.run("ps -o args= -u $(id -u) | grep -v 'ps -o'").stdout:
            return
    raise AssertionError(f"{command} still runs where its line is gone")


def test_what_is_unpacked_is_the_persons_own(server: Remote) -> None:
    server.run("planner --version")
    (line,) = server.run("ls -ld .cache/planner").stdout.splitlines()
    assert line.startswith("drwx------")
