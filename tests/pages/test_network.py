"""The network drawn: whatever the graph, lines lead from title to head and cross nothing else."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest

from planner.analysis.network import around
from planner.pages.canvas import Run, cells
from planner.pages.network_drawing import LEGEND, Picture, draw
from planner.plan.model import Plan
from tests.query.plans import plan

UP, RIGHT, DOWN, LEFT = (-1, 0), (0, 1), (1, 0), (0, -1)
WORDS = {
    "UP": (UP,),
    "RIGHT": (RIGHT,),
    "DOWN": (DOWN,),
    "LEFT": (LEFT,),
    "HORIZONTAL": (LEFT, RIGHT),
    "VERTICAL": (UP, DOWN),
}
HEADS = {"▶": (LEFT,), "▷": (LEFT,), "◀": (RIGHT,)}
LINKS = ("", "", "", " SS+2d", " FF", " +3d")
SIZES = [(120, 20), (80, 14), (60, 8), (200, 50)]
LEGENDS = {words for _, (words, _) in LEGEND}
Place = tuple[int, int]


def arms(char: str) -> set[Place]:
    """Where the line in a cell goes on."""
    name = unicodedata.name(char, "")
    if name.startswith("BOX DRAWINGS"):
        return {each for word in name.split() for each in WORDS.get(word, ())}
    return {*HEADS.get(char, (LEFT, RIGHT))}


class Read:
    """A picture as a person reads it: cells of lines, and of nodes."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.lines: dict[Place, str] = {}
        self.nodes: dict[Place, str] = {}
        for y, row in enumerate(picture.drawing.rows):
            x = 0
            for run, after in pairwise((*row, Run(""))):
                if not LEGENDS.intersection((run.text, after.text)):
                    self._keep(run, y, x)
                x += cells(run.text)

    def _keep(self, run: Run, y: int, x: int) -> None:
        for at, char in enumerate(run.text):
            if run.step is not None:
                self.nodes[y, x + at] = run.step
            elif char != " " and "more" not in run.text:
                self.lines[y, x + at] = char

    def begin(self, id: str) -> Place:
        """The blank cell behind a title."""
        row = self.picture.drawing.places[id][0]
        return row, max(x for y, x in self.nodes if y == row and self.nodes[y, x] == id)

    def steps(self, place: Place) -> Iterator[Place]:
        """The cells to which the line in a cell goes on."""
        for way in arms(self.lines[place]):
            yield place[0] + way[0], place[1] + way[1]

    def head_of(self, place: Place) -> str | None:
        """The node at which a head points."""
        char = self.lines.get(place, "")
        if char not in HEADS:
            return None
        by = 1 if char != "◀" else -3  # two blanks keep it clear of figures
        return self.nodes.get((place[0], place[1] + by))

    def targets(self, id: str) -> set[str]:
        """What can be reached from a title by going along lines, never back to the left but to a
        head that points there.
        """
        start = self.begin(id)
        first = (start[0], start[1] + 1)
        seen, waiting = {first}, [first] if first in self.lines else []
        found: set[str] = set()
        while waiting:
            place = waiting.pop()
            if (head := self.head_of(place)) is not None:
                found.add(head)
                continue
            for after in self.steps(place):
                if after in self.lines and after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return found

    def joined(self, place: Place) -> set[Place]:
        """All cells of the line that a cell is on; where it crosses another it goes straight on."""
        seen = {(place, (0, 0))}
        waiting = [*seen]
        while waiting:
            here, came = waiting.pop()
            every = arms(self.lines[here])
            for way in every if len(every) < 4 or came == (0, 0) else {came}:
                after = (here[0] + way[0], here[1] + way[1])
                if after in self.lines and (after, way) not in seen:
                    seen.add((after, way))
                    waiting.append((after, way))
        return {here for here, _ in seen}


def drawn(seed: int, size: int = 12) -> Plan:
    """A random plan of two sides; in every fourth there is a circle."""
    draw = random.Random(seed)
    text = []
    for number in range(size):
        reach = range(size) if not seed % 4 and number == size // 2 else range(number)
        others = draw.sample(reach, min(len(reach), draw.randint(0, 3)))
        needs = ", ".join(f'"work-{other}{draw.choice(LINKS)}"' for other in others)
        text.append(
            f'[initiatives.work-{number}]\nestimate = "{draw.randint(1, 9)}d"\n'
            f'portfolio = "{draw.choice(("marketing", "it"))}"\nneeds = [{needs}]\n'
        )
    return plan("\n".join(text))


def picture_of(made: Plan, center: str, size: tuple[int, int], steps: int = 2) -> Picture:
    width, height = size
    found = around(made, center, steps, steps, (height + 1) // 3)
    return draw(found, made.roadmap, made.as_of, width, height)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("size", SIZES)
def test_every_line_leads_from_a_title_to_the_head_at_its_end(
    seed: int, size: tuple[int, int]
) -> None:
    made = drawn(seed)
    for center in ("work-3", "work-6", "work-9"):
        picture = picture_of(made, center, size)
        text = picture.drawing.text()
        assert len(text) <= size[1]
        assert max(map(cells, text)) <= size[0]
        read = Read(picture)
        assert {*picture.drawing.places} == {id for ids in picture.columns for id in ids}
        links = {*made.graph.initiatives.edges}
        assert {*picture.links} <= links
        for on, succ in picture.links:
            assert succ in read.targets(on), "\n".join(text)
        for place, char in read.lines.items():
            for after in read.steps(place):
                there = after in read.lines or after in read.nodes
                assert there, ("\n".join(text), place, char)


@pytest.mark.parametrize("seed", range(80))
def test_lines_that_share_no_end_only_cross(seed: int) -> None:
    draw_ = random.Random(seed)
    first, second = draw_.randint(2, 5), draw_.randint(2, 5)
    text = "[initiatives.hub]\n" + "".join(
        f'[initiatives.a{number}]\nneeds = ["hub"]\n' for number in range(first)
    )
    for number in range(second):
        needs = [f"a{each}" for each in range(first) if draw_.random() < 0.4] or ["a0"]
        text += f"[initiatives.b{number}]\nneeds = {needs}\n"
    made = plan(text)
    picture = picture_of(made, "hub", (120, 24))
    read, gap = Read(picture), nx.Graph()
    gap.add_edges_from(pair for pair in picture.links if "hub" not in pair)
    together = {id: ids for ids in nx.connected_components(gap) for id in ids}
    for id in picture.columns[1]:
        y, x = read.begin(id)
        if (y, x + 1) in read.lines:
            cells_ = read.joined((y, x + 1))
            heads = {head for cell in cells_ if (head := read.head_of(cell))}
            assert heads <= together[id], "\n".join(picture.drawing.text())


@pytest.mark.parametrize("seed", range(60))
def test_all_links_of_the_center_are_drawn_and_nearly_all_others(seed: int) -> None:
    made = drawn(seed)
    given_up = 0
    for center in ("work-3", "work-6", "work-9"):
        picture = picture_of(made, center, (160, 40))
        shown = {id for ids in picture.columns for id in ids}
        among = {pair for pair in made.graph.initiatives.edges if shown.issuperset(pair)}
        assert {pair for pair in among if center in pair} <= {*picture.links}
        given_up += len(among - {*picture.links})
    assert given_up <= 1


def test_a_link_that_says_nothing_new_is_dotted_and_one_that_drives_never() -> None:
    made = plan(
        '[initiatives.a]\nestimate = "1w"\n[initiatives.b]\nestimate = "1w"\nneeds = ["a"]\n'
        '[initiatives.c]\nneeds = ["a", "b"]\n'
    )
    text = "\n".join(picture_of(made, "a", (100, 20)).drawing.text())
    assert (text.count("▷"), text.count("▶")) == (1, 2)
    assert "┄" in text
    at_once = '[initiatives.a]\nestimate = "0d"\n[initiatives.b]\nestimate = "0d"\nneeds = ["a"]\n'
    made = plan(f'{at_once}[initiatives.c]\nneeds = ["a", "b"]\n')
    assert "▷" not in "\n".join(picture_of(made, "a", (100, 20)).drawing.text())


def test_types_and_lags_stand_on_their_lines() -> None:
    made = plan(
        '[initiatives.a]\n[initiatives.b]\nneeds = ["a SS+5d"]\n'
        '[initiatives.c]\nneeds = ["b FF+2d", "a SF"]\n[initiatives.d]\nneeds = ["a FF", "c"]\n'
    )
    text = "\n".join(picture_of(made, "a", (140, 30), 3).drawing.text())
    for tie in ("SS+5d", "FF+2d", "SF"):
        assert tie in text
    assert text.replace("FF+2d", "").count("FF") == 1


@pytest.mark.parametrize("size", SIZES)
def test_around_a_hub_a_column_shows_what_fits_and_how_many_more(size: tuple[int, int]) -> None:
    successors = (f'[initiatives.w{number}]\nneeds = ["hub"]\n' for number in range(50))
    made = plan("[initiatives.hub]\n" + "".join(successors))
    picture = picture_of(made, "hub", size, 1)
    shown = len(picture.columns[1])
    assert shown >= (size[1] - 2) // 3
    assert len(picture.left_out[1]) == 50 - shown
    assert any(f"+{50 - shown} more" in line for line in picture.drawing.text())
