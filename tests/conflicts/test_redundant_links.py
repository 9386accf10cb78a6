"""PLAN05: which of the implied links are reported, and what its fix leaves."""

from __future__ import annotations

import pytest

from tests.conflicts.plans import after, findings, plan


def test_many_are_told_as_one() -> None:
    chain = "".join(f'[initiatives.w{n}]\nneeds = ["a", "w{n - 1}"]\n' for n in range(2, 9))
    text = f'[initiatives.a]\n[initiatives.w1]\nneeds = ["a"]\n{chain}'
    (one,) = findings(text, "PLAN05")
    assert one.message.startswith("7 of 15 links are redundant: w2, w3")


TWICE = [
    ('["a", "a"]', ("a",)),
    ('["a", "a +5d"]', ("a +5d",)),
    ('["a -2d", "x SS", "a"]', ("x SS", "a")),
    ('["a", { on = "a", why = "the last word" }]', ({"on": "a", "why": "the last word"},)),
]


@pytest.mark.parametrize(("needs", "left"), TWICE)
def test_of_two_links_of_one_pair_the_one_that_says_more_stays(
    needs: str, left: tuple[object, ...]
) -> None:
    context = plan(f"[initiatives.a]\n[initiatives.x]\n[initiatives.b]\nneeds = {needs}")
    made = after(context, "PLAN05", "remove the second link a → b")
    assert made.tables is not None
    assert tuple(made.tables["initiatives"]["b"]["needs"]) == left


@pytest.mark.parametrize("needs", ['["a SS", "a FF"]', '["a SS", "a"]', '["a -2d", "a -1d"]'])
def test_two_links_of_one_pair_that_say_two_things_are_none_too_many(needs: str) -> None:
    assert not findings(f"[initiatives.a]\n[initiatives.b]\nneeds = {needs}", "PLAN05")


def test_a_link_to_finished_work_is_no_burden() -> None:
    text = '[initiatives.a]\n[initiatives.b]\nneeds = ["a"]\n[initiatives.c]\nneeds = ["a", "b"]'
    assert findings(text, "PLAN05")
    done = 'status = "done"\nactual_start = 2027-02-01\nactual_finish = 2027-02-05\n'
    assert not findings(text.replace("[initiatives.b]", f"{done}[initiatives.b]"), "PLAN05")
