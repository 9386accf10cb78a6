"""The path with time running down: marketing on the left of the line, IT on its right.

Each step has two rows, its start and its finish in the margin. Joint work stands on the line, since
it belongs to both. A handover is an arrow across the line in the row between two steps.
"""

from __future__ import annotations

from planner.analysis.path import Lanes
from planner.pages import path_words
from planner.pages.canvas import Canvas, Drawing, Tone, cells, shorten
from planner.roadmap.figures import date_text
from planner.roadmap.output_path import PathLink, Step
from planner.roadmap.sides import JOINT
from planner.text.visible import visible

MARGIN = 8
"""Columns for the dates."""


def draw_down(lanes: Lanes, width: int) -> Drawing:
    """Draw the steps in schedule order in `width` columns (at least 40)."""
    return _Down(lanes, max(40, width)).draw()


class _Down:
    def __init__(self, lanes: Lanes, width: int) -> None:
        self.lanes = lanes
        self.width = width
        self.canvas = Canvas(width)
        self.columns = _columns(lanes, width)
        self.row = 0

    def draw(self) -> Drawing:
        places: dict[str, tuple[int, int]] = {}
        self._headings()
        above: Step | None = None
        for step in self.lanes.steps:
            self._links(step, above)
            places[step.id] = (self.row, self.row + 1)
            self._step(step, above)
            above = step
        self._line()
        places = self._near() | places
        return Drawing(self.canvas.rows(), places, head=1)

    # --- steps ------------------------------------------------------------------------------------

    def _headings(self) -> None:
        free = 0
        for start, end, side, title in sorted(
            (*self.columns[s], s, t) for s, t in self.lanes.sides
        ):
            start = max(start, free)
            text = shorten(visible(title).upper(), end - start)
            free = self.canvas.put(0, start, text, "side", side) + 1
        self.row = 1

    def _step(self, step: Step, above: Step | None) -> None:
        start, end = self.columns[step.side]
        self._year(step, above)
        self._margin(step)
        self._edge(step, start)
        self._name(step, start + 2, end)
        self.row += 2

    def _year(self, step: Step, above: Step | None) -> None:
        """The year, beside the headings, and again in a row of its own where it changes."""
        if above is None:
            self.canvas.put(0, 2, str(step.start.year), "dim")
        elif above.start.year != step.start.year:
            self.canvas.put(self.row, 2, str(step.start.year), "dim")
            self.row += 1

    def _margin(self, step: Step) -> None:
        if step.milestone:
            self.canvas.put(self.row, 0, f"{date_text(step.finish, step.finish):>6}", "strong")
            return
        self.canvas.put(self.row, 0, f"{date_text(step.start, step.start):>6}", "text")
        self.canvas.put(self.row + 1, 0, f"{date_text(step.finish, step.finish):>6}", "dim")

    def _edge(self, step: Step, column: int) -> None:
        edge: tuple[str, Tone] = ("┃", "edge") if step.critical else ("│", "bar")
        for row in (self.row, self.row + 1):
            self.canvas.put(row, column, *edge, step.side, step.id)

    def _name(self, step: Step, start: int, end: int) -> None:
        put, room = self.canvas.put, end - start
        float_text = path_words.number(step.total_float) if step.total_float is not None else ""
        name = shorten(f"{path_words.glyph(step)} {step.id}", room - cells(float_text) - 1)
        put(self.row, start, f"{name:<{room - cells(float_text)}}", "name", step.side, step.id)
        put(self.row, end - cells(float_text), float_text, path_words.float_tone(step), "", step.id)
        about = f"{path_words.length(step)} · {visible(step.short)}"
        if step.short == step.id:
            about = path_words.length(step)
        put(self.row + 1, start + 2, shorten(about, room - 2), "dim", "", step.id)

    # --- what joins them --------------------------------------------------------------------------

    def _links(self, succ: Step, above: Step | None) -> None:
        """What drives a step, the one just above it first, so that their line is unbroken."""
        last = above.id if above is not None else ""
        for link in sorted(self.lanes.links_into(succ.id), key=lambda link: link.on != last):
            self._link(link, succ, above)

    def _link(self, link: PathLink, succ: Step, above: Step | None) -> None:
        pred = self.lanes.step(link.on)
        if pred is None:
            return
        if self.columns[pred.side] == self.columns[succ.side]:
            self._inside(link, pred, succ, above)
        else:
            self._across(link, pred, succ, above)

    def _inside(self, link: PathLink, pred: Step, succ: Step, above: Step | None) -> None:
        text = path_words.ties(link)
        if pred is not above:
            text = f"{pred.id} {text}".rstrip()
        if not text:
            return
        start, end = self.columns[succ.side]
        self.canvas.put(self.row, start, "▼", "link")
        self.canvas.put(self.row, start + 2, shorten(text, end - start - 2), "dim")
        self.row += 1

    def _across(self, link: PathLink, pred: Step, succ: Step, above: Step | None) -> None:
        source, target = self.columns[pred.side][0], self.columns[succ.side][0]
        text = self._label(link, None if pred is above else pred)
        first, last = sorted((source, target))
        label = f" {shorten(text, last - first - 6)} "
        tone = path_words.state_role(link) if link.crosses else "dim"
        if text:
            self.canvas.put(self.row, first + 2, label, tone)
        self.canvas.put(self.row, target, "▼", "link")
        self.canvas.across(self.row, source, target)
        if pred is above:
            self.canvas.down(source, self.row - 1, self.row)
        self.row += 1

    def _label(self, link: PathLink, pred: Step | None) -> str:
        said = path_words.handed(link) if link.crosses else path_words.ties(link)
        return " · ".join(part for part in (pred.id if pred else "", said) if part)

    def _near(self) -> dict[str, tuple[int, int]]:
        """The near-critical chains, a row each; returns where their steps are."""
        if not self.lanes.near:
            return {}
        self.canvas.put(self.row, 0, "PATHS BEHIND ", "dim")
        self.canvas.across(self.row, 0, self.width, "faint")
        places: dict[str, tuple[int, int]] = {}
        for near in self.lanes.near[: path_words.MOST]:
            self.row += 1
            last = near.steps[-1]
            start = self.canvas.put(self.row, 1, f"{path_words.standing(near)} · ", "dim")
            chain = shorten(path_words.chain(near), self.width - start)
            self.canvas.put(self.row, start, chain, "name", last.side, last.id)
            for step in near.steps:
                places.setdefault(step.id, (self.row, self.row))
        if more := path_words.more(self.lanes):
            self.canvas.put(self.row + 1, 1, more, "dim")
        return places

    def _line(self) -> None:
        """The line between the sides, behind everything."""
        known = [self.columns[side][0] for side, _ in self.lanes.sides if side != JOINT]
        for column in sorted(known)[1:]:
            self.canvas.down(column - 2, 0, self.row - 1, "faint")


def _columns(lanes: Lanes, width: int) -> dict[str, tuple[int, int]]:
    """Where each lane starts and ends (half-open); joint work straddles the middle line."""
    apart = [side for side, _ in lanes.sides if side != JOINT]
    share = (width - MARGIN) // max(1, len(apart))
    found = {
        side: (MARGIN + at * share, MARGIN + (at + 1) * share - 3) for at, side in enumerate(apart)
    }
    if len(apart) == 1:
        found[apart[0]] = (MARGIN, width)
    if any(side == JOINT for side, _ in lanes.sides):
        found[JOINT] = _middle(width, share, alone=not apart)
    return found


def _middle(width: int, share: int, *, alone: bool) -> tuple[int, int]:
    if alone:
        return MARGIN, width
    middle = MARGIN + (width - MARGIN) // 2
    half = max(8, share // 2 - 4)
    return middle - half, middle + half
