"""The path with time running to the right: one lane for each side, handovers as arrows between.

A lane is a rule with the side's name and, below it, as many tracks as its steps need; a track is
three rows: name, bar, dates. What drives a step comes down (or up) on the column where the step
starts, so an arrow that crosses a rule is a handover, and the rule carries what is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from planner.analysis.path import Lanes
from planner.pages import path_words, signs
from planner.pages.canvas import Canvas, Drawing, Run, Tone, cells, folded, shorten, wrap
from planner.roadmap.figures import MONTHS, date_text
from planner.roadmap.output_path import NearPath, PathLink, Step
from planner.text.visible import visible

TRACK = 3
NAME = 12
"""Columns of a rule that are kept for the side's name."""
LEAST = 10
"""Columns below which a label says too little to be worth its place."""
MOST_SPACE = 3
"""Blank rows below a rule where there is height to spare."""
HEAD = 2
"""Rows above the lanes: months, and the marks of today and the deadline."""
_ROOMY = [(spacing, titled) for titled in (True, False) for spacing in range(MOST_SPACE, 0, -1)]
"""What rows that are left over are used for, the most first: (blank rows, titles)."""


def draw_across(lanes: Lanes, width: int, height: int = 0) -> Drawing:
    """Draw the whole path in `width` columns (at least 60); the time axis fits the width.

    Where `height` leaves rows over, every step has its title, and the lanes stand further apart
    and say more of each handover.
    """
    if not lanes.steps:
        return Drawing((), {})
    for spacing, titled in _ROOMY if height else ():
        drawing = _Across(lanes, max(60, width), spacing, titled=titled).draw()
        if len(drawing.rows) <= height:
            return drawing
    return _Across(lanes, max(60, width)).draw()


class _Scale:
    """Days to columns; the last column is the last day's."""

    def __init__(self, first: date, last: date, width: int) -> None:
        self.first, self.last, self.width = first, last, width
        self._days = max(1, (last - first).days + 1)

    def column(self, value: date) -> int:
        """The column in which a day opens."""
        return (value - self.first).days * self.width // self._days

    def months(self) -> Iterator[tuple[int, date]]:
        """The column of the first day of each month, and where the axis starts."""
        yield 0, self.first
        month = self.first.replace(day=1)
        while (month := (month + timedelta(days=32)).replace(day=1)) <= self.last:
            yield self.column(month), month


class _Place(Struct, frozen=True):
    """Free columns of a rule."""

    row: int
    column: int
    width: int


class _Box(Struct, frozen=True):
    """Where a step's bar is: columns half-open, `row` of the bar itself."""

    step: Step
    start: int
    end: int
    row: int

    def anchor(self, *, at_start: bool) -> int:
        """The column in which a link leaves or arrives."""
        return self.start if at_start else self.end - 1


_DONE: tuple[str, Tone] = (signs.DONE, "bar")
_WAITING: tuple[str, Tone] = (signs.WAITING, "rest")


class _Across:
    def __init__(self, lanes: Lanes, width: int, spacing: int = 0, *, titled: bool = False) -> None:
        self.lanes = lanes
        self.width = width
        self.spacing = spacing
        self.track = TRACK + titled
        self.canvas = Canvas(width)
        self.scale = _scale(lanes, width)
        self.boxes: dict[str, _Box] = {}
        self.rules: dict[str, int] = {}
        self.crossings: dict[tuple[str, str], int] = {}
        self.names: dict[str, int] = {}
        self.unnamed = 0
        self.marks: list[int] = []

    def draw(self) -> Drawing:
        height = self._place()
        self._axis()
        for box in self.boxes.values():
            self._bar(box)
        for link in self.lanes.links:
            self._arrow(link)
        self._labels()
        for box in self.boxes.values():
            self._words(box)
        for box in self.boxes.values():
            self._title(box)
        self._behind(height)
        places = self._near(height)
        last = self.track - 2
        places |= {id: (box.row - 1, box.row + last) for id, box in self.boxes.items()}
        return Drawing(self.canvas.rows(), places, self.unnamed, HEAD)

    # --- where everything goes --------------------------------------------------------------------

    def _place(self) -> int:
        row = HEAD
        for side, _ in self.lanes.sides:
            self.rules[side] = row
            row += 1 + self.spacing
            tracks = self._tracks([step for step in self.lanes.steps if step.side == side])
            for track in tracks:
                for step, start, end in track:
                    self.boxes[step.id] = _Box(step, start, end, row + 1)
                row += self.track
            row += not tracks
        return row

    def _tracks(self, steps: list[Step]) -> list[list[tuple[Step, int, int]]]:
        """Steps in as few tracks as their bars and names need, each on the first that is free."""
        tracks: list[list[tuple[Step, int, int]]] = []
        taken: list[int] = []
        for step in steps:
            start, end, reach = self._extent(step)
            at = next((i for i, free in enumerate(taken) if free < start), len(taken))
            if at == len(taken):
                tracks.append([])
                taken.append(0)
            tracks[at].append((step, start, end))
            taken[at] = max(taken[at], reach)
        return tracks

    def _extent(self, step: Step) -> tuple[int, int, int]:
        """First column of the bar, the column after it, and how far its words reach."""
        start = min(self.scale.column(step.start), self.width - 1)
        end = max(start + 1, self.scale.column(step.finish + timedelta(days=1)))
        if step.milestone:
            start = end = min(end, self.width - 1)
            end += 1
        reach = start + max(cells(_name(step)), cells(_dates(step, self.lanes.as_of)[-1]))
        return start, min(end, self.width), max(end - 1, min(reach, self.width))

    # --- axis -------------------------------------------------------------------------------------

    def _axis(self) -> None:
        last = -9
        for column, month in self.scale.months():
            year = f" {month.year}" if last < 0 or month.month == 1 else ""
            text = f"{MONTHS[month.month - 1]}{year}"
            if column >= last + 2 and self.canvas.room(0, column) >= cells(text):
                last = self.canvas.put(0, column, text, "dim")
        self._marks()

    def _marks(self) -> None:
        lanes = self.lanes
        if lanes.deadline and self.scale.first <= lanes.deadline <= self.scale.last:
            column = min(self.scale.column(lanes.deadline + timedelta(days=1)), self.width - 1)
            text = f"deadline {date_text(lanes.deadline, lanes.as_of)}"
            late = lanes.finish is not None and lanes.finish > lanes.deadline
            self._mark(column, signs.DEADLINE, text, "late" if late else "dim")
        if self.scale.first <= lanes.as_of <= self.scale.last:
            today = f"today {date_text(lanes.as_of, lanes.as_of)}"
            self._mark(self.scale.column(lanes.as_of), "▼", today, "today")

    def _mark(self, column: int, mark: str, text: str, tone: Tone) -> None:
        left = column + 2 + cells(text) > self.width
        self.canvas.put(1, column, mark, tone)
        self.canvas.put(1, column - 1 - cells(text) if left else column + 2, text, tone)
        self.marks.append(column)

    # --- bars and arrows --------------------------------------------------------------------------

    def _bar(self, box: _Box) -> None:
        step, put = box.step, self.canvas.put
        if step.milestone:
            put(
                box.row,
                box.start,
                signs.MILESTONE,
                "edge" if step.critical else "bar",
                step.side,
                step.id,
            )
            return
        edge: Tone = "edge" if step.critical else "bar"
        if box.end - box.start > 2:
            put(box.row, box.start, "▐", edge, step.side, step.id)
            put(box.row, box.end - 1, "▌", edge, step.side, step.id)
        done = self.scale.column(self.lanes.as_of) if step.started else 0
        resumes = done
        if step.waiting is not None:
            done = self.scale.column(step.waiting[0])
            resumes = min(box.end - 1, self.scale.column(step.waiting[1] + timedelta(days=1)))
        for column in range(box.start, box.end):
            body, tone = _ahead(step)
            if column < resumes:
                body, tone = _DONE if column < done else _WAITING
            put(box.row, column, body, tone, step.side, step.id)

    def _arrow(self, link: PathLink) -> None:
        pred, succ = self.boxes.get(link.on), self.boxes.get(link.succ)
        if pred is None or succ is None:
            return
        at_start, from_start = _ends(link)
        target, source = succ.anchor(at_start=at_start), pred.anchor(at_start=from_start)
        free = pred.end + self.canvas.room(pred.row, pred.end)
        if pred.row == succ.row and target <= free:
            self._along(pred, target)
            return
        beside = pred.end <= target < free
        self.crossings[link.on, link.succ] = target
        step = 1 if pred.row < succ.row else -1
        arrives = succ.row - step
        self.canvas.put(arrives, target, "▼" if step > 0 else "▲", "link", "", succ.step.id)
        if beside:
            self.canvas.across(pred.row, source, target)
        elif not pred.start <= target < pred.end:
            # Other bars are in the way: leave at once, and wait for the lag beside the successor.
            self.canvas.down(source, pred.row, arrives)
            self.canvas.across(arrives, source, target)
            self.crossings[link.on, link.succ] = source
            return
        self.canvas.down(target, pred.row, arrives)

    def _along(self, pred: _Box, target: int) -> None:
        """Between two bars of one track: nothing to draw where they touch."""
        if target - pred.end >= 1:
            self.canvas.put(pred.row, target - 1, "▶", "link")
            self.canvas.across(pred.row, pred.end, target - 1)

    # --- words ------------------------------------------------------------------------------------

    def _labels(self) -> None:
        """What each handover delivers and how it stands, on a rule that it crosses."""
        for link in self.lanes.handovers:
            column = self.crossings.get((link.on, link.succ))
            if column is None:
                continue
            ends = self.boxes[link.on].row, self.boxes[link.succ].row
            rows = [row for row in self.rules.values() if min(ends) < row <= max(ends)]
            self._label(link, [*self._right_of(column, rows), *self._left_of(column, rows)])

    def _right_of(self, column: int, rows: list[int]) -> Iterator[_Place]:
        for row in rows:
            yield _Place(row, column + 2, self.canvas.room(row, column + 2) - 1)

    def _left_of(self, column: int, rows: list[int]) -> Iterator[_Place]:
        for row in rows:
            start = column - 1 - self.canvas.room_before(row, column - 1)
            start = max(start + 2, NAME)
            yield _Place(row, start, column - 1 - start)

    def _label(self, link: PathLink, places: list[_Place]) -> None:
        """In the first place where all of it fits, else where most of it does."""
        text, tone = path_words.handed(link), path_words.state_role(link)
        lines = 1 + self.spacing
        wide = [place for place in places if place.width >= LEAST]
        if not wide:
            return
        fits = (place for place in wide if len(wrap(text, place.width)) <= lines)
        place = next(fits, max(wide, key=lambda place: place.width))
        for at, line in enumerate(folded(text, place.width, lines)):
            self.canvas.put(place.row + at, place.column - 1, " ")
            end = self.canvas.put(place.row + at, place.column, line, tone)
            self.canvas.put(place.row + at, end, " ")

    def _words(self, box: _Box) -> None:
        side, id = box.step.side, box.step.id
        name, dates = _name(box.step), _dates(box.step, self.lanes.as_of)
        if self._say(box, box.row - 1, [name], Run("", "name", side, id)):
            self._say(box, box.row + 1, dates, Run("", "dim", "", id))
        else:
            like, below = Run("", "name", side, id), [f"{name} · {text}" for text in dates]
            if not self._say(box, box.row + 1, [*below, name], like):
                self.unnamed += 1
                short = shorten(name, max(8, box.end - box.start))
                self._say(box, box.row + 1, [short], like)

    def _title(self, box: _Box) -> None:
        """The title too, where all of it has room beside the name, else in a row of its own."""
        row, title = box.row - 1, visible(box.step.short)
        if title == box.step.id:
            return
        column = self.names.get(box.step.id, self.width)
        if self._is_free(row, column, cells(title)):
            self.canvas.put(row, column, title, "dim", "", box.step.id)
        elif self.track > TRACK:
            self._title_below(box, title)

    def _title_below(self, box: _Box, title: str) -> None:
        """As much of the title as there is room for under the dates."""
        row, start = box.row + 2, box.start
        while start < box.end and not self._is_free(row, start, LEAST):
            start += 1
        beside = (each.start for each in self.boxes.values() if each.row == box.row)
        following = min((each for each in beside if each > box.start), default=self.width + 1)
        room = min(self.canvas.room(row, start) - 1, following - start - 2)
        if start < box.end and room >= min(LEAST, cells(title)):
            self.canvas.put(row, start, shorten(title, room), "dim", "", box.step.id)

    def _say(self, box: _Box, row: int, texts: list[str], like: Run) -> bool:
        """The longest of `texts` that fits beside what is drawn, as near the bar as can be."""
        for text, column in _beside(box, texts):
            # Dates are several words: with one blank between them two would read as one.
            if column >= 0 and self._is_free(row, column, cells(text), 2 if row > box.row else 1):
                end = self.canvas.put(row, column, text, like.tone, like.side, like.step)
                if row < box.row:
                    self.names[box.step.id] = end + 2
                return True
        return False

    def _is_free(self, row: int, column: int, wanted: int, gap: int = 1) -> bool:
        """Whether a text fits here with `gap` blanks before it and one after it, or the edge."""
        after = column + wanted
        if after > self.width or self.canvas.room(row, column) < wanted:
            return False
        first, last = max(0, column - gap), min(self.width, after + 1)
        return self.canvas.room(row, first) >= last - first

    # --- paths behind -----------------------------------------------------------------------------

    def _near(self, row: int) -> dict[str, tuple[int, int]]:
        """The near-critical chains on the same axis, a row each; returns where their steps are."""
        if not self.lanes.near:
            return {}
        self.canvas.put(row, 0, "PATHS BEHIND ", "dim")
        self.canvas.across(row, 0, self.width, "faint")
        places: dict[str, tuple[int, int]] = {}
        for near in self.lanes.near[: path_words.MOST]:
            row += 1
            last = self._chain(near, row)
            for step in near.steps:
                places.setdefault(step.id, (row, last))
            row = last
        if more := path_words.more(self.lanes):
            self.canvas.put(row + 1, 0, more, "dim")
        return places

    def _chain(self, near: NearPath, row: int) -> int:
        start, end = self.width, 0
        for step in near.steps:
            first, last, _ = self._extent(step)
            start, end = min(start, first), max(end, last)
            self._bar(_Box(step, first, last, row))
        return self._tell(near, row, start, end)

    def _tell(self, near: NearPath, row: int, start: int, end: int) -> int:
        """The chain in words: right of its bars, left of them, or below; returns the last row."""
        text = f"{path_words.chain(near)} · {path_words.standing(near)}"
        column = end + 2
        if cells(text) > self.width - column:
            column = start - 2 - cells(text)
        if column < 0:
            row, column = row + 1, min(start, max(0, self.width - cells(text)))
        self.canvas.put(row, column, shorten(text, self.width - column), "dim")
        return row

    # --- behind all else --------------------------------------------------------------------------

    def _behind(self, height: int) -> None:
        """Rules with the sides' names, and the lines of today and the deadline, behind all else."""
        for side, title in self.lanes.sides:
            row = self.rules[side]
            self.canvas.put(row, 0, visible(title).upper() + " ", "side", side)
            self.canvas.across(row, 0, self.width, "faint")
        for column in self.marks:
            for row in range(HEAD, height):
                if self.canvas.room(row, column):
                    self.canvas.put(row, column, "┊", "faint")


def _ahead(step: Step) -> tuple[str, Tone]:
    """What is still to be done."""
    if step.critical:
        return signs.CRITICAL, "bar"
    if step.idea:
        return signs.IDEA, "rest"
    return signs.ASSUMED if step.assumed else signs.TO_DO, "rest"


def _ends(link: PathLink) -> tuple[bool, bool]:
    """Whether a link arrives at its successor's start, and leaves its predecessor's start."""
    kind = link.ties[0][:2] if link.ties else "FS"
    return kind in ("FS", "SS"), kind in ("SS", "SF")


def _name(step: Step) -> str:
    name = visible(step.id)
    return f"{path_words.glyph(step)} {name}" if step.done or step.started else name


def _dates(step: Step, near: date) -> list[str]:
    """Dates with length, and shorter ways of saying so."""
    days = path_words.days(step, near)
    return [days] if step.milestone else [f"{days} · {path_words.length(step)}", days]


def _beside(box: _Box, texts: list[str]) -> Iterator[tuple[str, int]]:
    """Which text to try in which column, the best first: longer, but to the right before left."""
    for text in texts:
        last = max(box.start + 9, box.end - cells(text))
        yield from ((text, column) for column in range(box.start, last))
    for text in texts:
        yield text, box.end - cells(text)
        yield text, box.start - cells(text) - 1


def _scale(lanes: Lanes, width: int) -> _Scale:
    near = [step for chain in lanes.near for step in chain.steps]
    days = [day for step in [*lanes.steps, *near] for day in (step.start, step.finish)]
    if lanes.deadline:
        days.append(lanes.deadline)
    return _Scale(min(days), max(days), width - 1)
