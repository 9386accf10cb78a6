"""Line merges and their markers: what clashes, and the three texts made from markers again."""

from __future__ import annotations

import random

from planner.merge.lines import Clash, Sides, clean, marked, merge_lines, unmarked

BASE = "a\nb\nc\nd\ne\n"


def test_changes_in_different_lines_meet_even_side_by_side() -> None:
    assert clean(merge_lines(BASE, "A\nb\nc\nd\ne\n", "a\nB\nc\nd\n")) == "A\nB\nc\nd\n"


def test_a_clash_is_as_small_as_what_differs() -> None:
    pieces = merge_lines(BASE, "a\nb\nX\nd\ne\n", "a\nb\nY\nd\nE\n")
    assert pieces == ["a\nb\n", Clash("c\n", "X\n", "Y\n"), "d\nE\n"]


def test_lines_put_in_at_one_place_clash_unless_they_are_alike() -> None:
    assert clean(merge_lines("a\nb\n", "a\nx\nb\n", "a\nx\nb\n")) == "a\nx\nb\n"
    assert clean(merge_lines("a\nb\n", "a\nx\nb\n", "a\ny\nb\n")) is None


def test_markers_without_a_base_say_so() -> None:
    text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> topic\nd\n"
    assert unmarked(text) == Sides(None, "a\nb\nd\n", "a\nc\nd\n")


def test_what_is_no_pair_of_markers_is_text() -> None:
    assert unmarked("plain\n=======\n") is None
    assert unmarked("<<<<<<< HEAD\nb\n") is None


def test_longer_markers_inside_are_text_of_the_side() -> None:
    inner = "<<<<<<<<< x\n1\n=========\n2\n>>>>>>>>> y\n"
    text = f"<<<<<<< A\nours\n||||||| base\n{inner}=======\ntheirs\n>>>>>>> B\n"
    assert unmarked(text) == Sides(inner, "ours\n", "theirs\n")


def test_the_three_texts_come_back_from_their_markers() -> None:
    for seed in range(300):
        draw = random.Random(seed)
        base = [draw.choice("abcdefgh") for _ in range(draw.randrange(12))]
        ours, theirs = _edited(base, draw), _edited(base, draw)
        texts = ["".join(f"{line}\n" for line in each) for each in (base, ours, theirs)]
        pieces = merge_lines(texts[0], texts[1], texts[2])
        if clean(pieces) is not None:
            continue
        size = draw.choice((7, 7, 9))
        sides = unmarked(marked(pieces, size))
        assert sides is not None
        assert merge_lines(sides.base or "", sides.ours, sides.theirs) == pieces, seed


def _edited(lines: list[str], draw: random.Random) -> list[str]:
    found = list(lines)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(found) + 1)
        found[at : at + draw.randrange(3)] = [draw.choice("XYZ") for _ in range(draw.randrange(3))]
    return found
