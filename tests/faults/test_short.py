"""The faults in their short form, for the gate; `python -m tests.faults` runs them all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.faults import bare, bombs, full_disk, hangups, kills, merges, planted, syscalls, writers
from tests.faults.tally import Tally


def kept(tallies: Iterable[Tally]) -> None:
    """Every promise was kept."""
    for tally in tallies:
        assert tally.good, [tally.line(), *tally.notes]


@pytest.mark.skipif(not syscalls.available(), reason="needs strace, and the right to trace")
def test_a_kill_at_a_system_call_of_a_save() -> None:
    kept(syscalls.kills(every=11))


@pytest.mark.skipif(not syscalls.available(), reason="needs strace, and the right to trace")
def test_an_error_of_a_system_call_of_a_save() -> None:
    kept(syscalls.errors(every=29))


@pytest.mark.skipif(not full_disk.available(), reason="needs the right to mount a small disk")
def test_a_full_disk() -> None:
    kept(full_disk.levels(count=4))


def test_a_kill_of_a_session_that_edits() -> None:
    kept(kills.sessions(rounds=15))


def test_four_writers_and_a_rude_one() -> None:
    kept(writers.runs(edits=25))


def test_a_terminal_that_goes_away() -> None:
    # How long that takes, the long form says: here other tests run beside it.
    kept(hangups.runs(rounds=1, within=hangups.PATIENCE))


def test_bombs() -> None:
    kept(bombs.runs(every=6))


def test_branches_merged_by_git() -> None:
    kept(merges.runs(pairs=4, seed=5000))


def test_what_others_plant() -> None:
    kept(planted.runs())


def test_a_bare_python() -> None:
    kept(bare.runs(every=99))
