"""A schedule holds nothing that holds it: hundreds are made one after the other for a record."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.schedule.making import schedule, work


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected, as in a command."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("late", [False, True])
def test_a_schedule_is_gone_once_nobody_needs_it(late: bool) -> None:
    made = schedule(
        work("a", "3d", as_late_as_possible=late), work("b", "9d"), work("c", "2d", "a")
    )
    assert made.span("c")
    held = weakref.ref(made.boundaries)
    del made
    assert held() is None
