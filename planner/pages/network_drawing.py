"""The dependency graph around an initiative, drawn in columns with lines between them.

A node takes two rows: its edge, status and id, and below them side, finish and float; a third says
what else there is, where it has room. Lines leave at the right end of the first row, turn in the
gap between two columns, and enter at the left. Where not all has room a column ends in ``+43
more``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from planner.pages import signs
from planner.pages.canvas import HEAVY, LIGHT, Canvas, Drawing, Tone, Weight, cells, shorten
from planner.pages.network_layout import Block, Layout, Pair, Part
from planner.pages.network_routes import Gap, NoWayError, gaps_of
from planner.roadmap.entities import Roadmap
from planner.roadmap.figures import count, date_text, signed
from planner.roadmap.output_network import HandoverState, LinkRow, NodeRow
from planner.text.visible import visible

if TYPE_CHECKING:
    from planner.analysis.network import Around

LEAST, SHORTEST = 12, 8
"""Columns of a node at least, and of one that is cut off."""
EDGE = 1
"""Blank columns at the left and at the right."""
RETURN = 3
"""Columns behind the facts of a node to which a line returns: two blanks and the head."""

STATE_MARKS: Mapping[HandoverState, tuple[str, Tone]] = {
    "agreed": (signs.AGREED, "strong"),
    "delivered": (signs.AGREED, "dim"),
    "promised": (signs.ASKED, "warning"),
    "asked": (signs.ASKED, "warning"),
    "not asked": (signs.ASKED, "warning"),
    "countered": (signs.COUNTERED, "warning"),
    "declined": (signs.DECLINED, "critical"),
}
"""How a handover stands, on its line: of several in one row the last of these."""
_WORST = list(STATE_MARKS)

LEGEND: tuple[tuple[tuple[str, Tone], ...], ...] = (
    (("━▶", "edge"), (" critical", "dim")),
    (("? ", "warning"), (" not agreed", "dim")),
    (("→+n", "dim"), (" more, not shown", "dim")),
    (("√ ", "strong"), (" agreed", "dim")),
    (("┄▷", "faint"), (" says nothing new", "dim")),
)
"""The signs, the most important first: as many as have room beside the graph."""
LEGEND_WIDTH, LEAST_LEGEND = 20, 3


class Picture(Struct, frozen=True):
    """The drawing. `columns` are the ids of each from top to bottom, that of the center number
    `middle`; `lefts` are where they begin. `left_out` are the initiatives without room, by the
    number of links between; `links` are drawn.
    """

    drawing: Drawing
    columns: tuple[tuple[str, ...], ...]
    lefts: tuple[int, ...]
    middle: int
    links: tuple[Pair, ...]
    left_out: dict[int, tuple[str, ...]]

    @property
    def shown(self) -> int:
        """How many initiatives are drawn."""
        return sum(map(len, self.columns))

    @property
    def extent(self) -> tuple[int, int]:
        """How much is drawn: more columns are more, then more initiatives."""
        return len(self.columns), self.shown


def draw(around: Around, roadmap: Roadmap, as_of: date, width: int, height: int) -> Picture:
    """Draw the graph in at most `width` columns and `height` rows."""
    words = _Words(around.center, roadmap, as_of)
    columns = [node.column for node in around.nodes.values()]
    before, after = -min(columns), max(columns)
    while True:
        layout, gaps = _routed(Layout(around, height, before, after))
        drawer = _Drawer(layout, gaps, words, width)
        if drawer.fits or max(before, after) <= 1:
            break
        before, after = (before - 1, after) if before > after else (before, after - 1)
    while not drawer.possible:
        if words.ties:
            words.ties = False
        elif not layout.give_up_a_link():
            break
        layout, gaps = _routed(layout)
        drawer = _Drawer(layout, gaps, words, width)
    return drawer.picture()


def _routed(layout: Layout) -> tuple[Layout, list[Gap]]:
    """The layout without the lines that have no way, and the way of all others."""
    while True:
        try:
            return layout, gaps_of(len(layout.blocks), layout.parts, layout.around.center)
        except NoWayError as stuck:
            layout.without(stuck.link)


# --- what a node says -----------------------------------------------------------------------------


class _Words:
    """The texts of nodes."""

    def __init__(self, center: str, roadmap: Roadmap, as_of: date) -> None:
        self.center, self.roadmap, self.as_of = center, roadmap, as_of
        self.ties = True
        """Whether there is room for types and lags on lines."""

    def tie(self, link: LinkRow) -> str:
        """``SS+5d``; of several links of a pair all of them."""
        return ",".join(link.ties) if self.ties else ""

    def name(self, node: NodeRow) -> str:
        """``○ customer-sso``."""
        return f"{signs.STATUS[node.status]} {visible(node.id)}"

    def facts(self, node: NodeRow) -> list[str]:
        """``IT · 8 Jul · −5``, and shorter ways of saying so."""
        side = visible(self.roadmap.side_title(node.side))
        finish = date_text(node.finish, self.as_of) if node.finish else "no dates"
        value = floating(node.total_float)
        short = f"{finish} · {value}" if value else finish
        return [f"{side} · {short}", short, finish]

    def third(self, block: Block, launches: int) -> list[str]:
        """What else is said of it, and shorter ways of saying so."""
        hidden = [(signs.BEFORE, block.before, "before"), (signs.AFTER, block.after, "after")]
        told = [each for each in hidden if each[1] and (each[2] == "before" or block.leaves)]
        found = [
            " · ".join(f"{sign} +{number} more {where}" for sign, number, where in told),
            " · ".join(f"{sign} +{number} more" for sign, number, _ in told),
            " ".join(f"{sign}+{number}" for sign, number, _ in told),
        ]
        if block.key == self.center and launches:
            waiting = f"{signs.MILESTONE} {count(launches, 'launch', 'launches')}"
            verb = "waits" if launches == 1 else "wait"
            both = [f"{waiting} {verb} · {found[2]}", f"{waiting} · {found[2]}"]
            return [*both, *found] if told else [f"{waiting} {verb}", waiting]
        return found


def floating(days: int | None) -> str:
    """``−5``, ``20``; empty where there is no float."""
    return "" if days is None else signed(days) if days < 0 else str(days)


# --- drawing --------------------------------------------------------------------------------------


class _Drawer:
    def __init__(self, layout: Layout, gaps: list[Gap], words: _Words, width: int) -> None:
        self.layout, self.gaps, self.words = layout, gaps, words
        self.canvas = Canvas(width)
        self._steps = [1] * len(gaps)
        """Columns from one track to the next, in each gap."""
        self.widths, self.spaces = self._sizes(width - 2 * EDGE)
        self.lefts = [EDGE]
        for box, space in zip(self.widths, self.spaces, strict=True):
            self.lefts.append(self.lefts[-1] + box + space)

    def picture(self) -> Picture:
        """Nodes first, then the lines, which run behind, then what has room beside them."""
        for block in self.layout.by_id.values():
            self._write(block)
        for number, lanes in enumerate(self.layout.blocks):
            self._write_left_out(number)
            for lane in lanes:
                tie = self._tie_along(lane)
                if tie and cells(tie) + 2 <= self.widths[number]:
                    left = self.lefts[number] + (self.widths[number] - cells(tie)) // 2
                    self.canvas.put(lane.row, left, tie, "dim")
        for gap, number in zip(self.gaps, range(len(self.gaps)), strict=True):
            self._connect(gap, number)
        self._write_legend()
        blocks = self.layout.by_id.values()
        places = {block.key: (block.row, block.row + block.height - 1) for block in blocks}
        return Picture(
            drawing=Drawing(self.canvas.rows(), places),
            columns=tuple(
                tuple(block.key for block in blocks if block.node is not None)
                for blocks in self.layout.blocks
            ),
            lefts=tuple(self.lefts[:-1]),
            middle=self.layout.middle,
            links=tuple(self.layout.links),
            left_out={step: tuple(ids) for step, ids in self.layout.left_out.items() if ids},
        )

    # --- sizes ------------------------------------------------------------------------------------

    def _sizes(self, width: int) -> tuple[list[int], list[int]]:
        """The columns that nodes take and those behind them, so that all have `width` together."""
        blocks = self.layout.blocks
        wanted = [max(map(self._wants, of), default=LEAST) for of in blocks]
        least = [max(map(self._needs, of), default=LEAST) for of in blocks]
        spaces = [self._space(number, roomy=True) for number in range(len(blocks))]
        self._roomy = sum(wanted) + sum(spaces) <= width
        if not self._roomy:
            spaces = [self._space(number, roomy=False) for number in range(len(blocks))]
        self.fits = sum(least) + sum(spaces) <= width
        short = [max(map(self._shortest, of), default=0) for of in blocks]
        facts = [max(map(self._with_facts, of), default=0) for of in blocks]
        for limits in (least, list(map(max, short, facts)), short):
            while sum(wanted) + sum(spaces) > width:
                over = [size - limit for size, limit in zip(wanted, limits, strict=True)]
                if max(over) <= 0:
                    break
                wanted[over.index(max(over))] -= 1
        self.possible = sum(wanted) + sum(spaces) <= width
        spare = max(0, width - sum(wanted) - sum(spaces)) // len(blocks)
        last = wanted.pop() + (0 if spaces[-1] else spare)
        return [*(size + spare for size in wanted), last], spaces

    def _space(self, number: int, *, roomy: bool) -> int:
        """What the lines behind a column take: tracks, types and lags, marks and heads."""
        gap = self.gaps[number]
        self._steps[number] = 2 if roomy and gap.count > 1 else 1
        tracks = 1 + (gap.count - 1) * self._steps[number] + 1 if gap.count else 0
        if number == len(self.gaps) - 1:
            return tracks
        bent = [part for part in gap.parts if not self._alone(gap, part)]
        ties = max((cells(self.words.tie(part.link)) for part in bent), default=0)
        marks = any(part.link.state is not None for part in gap.parts)
        return tracks + (ties or 1) + marks + 1 + 2 * roomy

    def _alone(self, gap: Gap, part: Part) -> bool:
        """Whether its source has no other line, so that a type or lag can stand before the gap."""
        return len(gap.leaving(part.source)) == 1

    def _tie_before(self, block: Block) -> str:
        """The type and lag that stand on a line before the gap."""
        lines = self.gaps[block.column].leaving(block)
        return self.words.tie(lines[0].link) if len(lines) == 1 and block.node is not None else ""

    def _tie_along(self, block: Block) -> str:
        """The type and lag that stand on a lane, the first one that its line has for itself."""
        into = [part for part in self.layout.parts if part.target is block]
        if block.node is not None or len(into) != 1:
            return ""
        source = into[0].source
        shared = sum(part.target is source for part in self.layout.parts) > 1
        return self.words.tie(into[0].link) if source.node is not None or shared else ""

    def _needs(self, block: Block) -> int:
        """The columns of a block at least, so that nothing is cut off."""
        if block.node is None:
            return LEAST
        name = 2 + cells(self.words.name(block.node)) + block.leaves
        tie = self._tie_before(block)
        after = 1 + cells(_beyond(block)) if _beyond(block) else cells(tie) + 1 if tie else 0
        return max(LEAST, name + after, self._with_facts(block))

    def _with_facts(self, block: Block) -> int:
        return 2 + cells(self.words.facts(block.node)[1]) if block.node is not None else 0

    def _shortest(self, block: Block) -> int:
        """The columns of a block that is cut off, but for what stands on its lines."""
        beside = max(cells(self._tie_before(block)) + 1, cells(_beyond(block)))
        return SHORTEST + (beside + 1 if beside > 1 else 0)

    def _wants(self, block: Block) -> int:
        """The columns of a block so that it says all there is in its two rows."""
        if block.node is None:
            return LEAST
        returns = any(part.inside and part.target is block for part in self.layout.parts)
        facts = cells(self.words.facts(block.node)[0]) + RETURN * returns
        third = cells(self.words.third(block, 0)[0]) if block.height > 2 else 0
        return max(self._needs(block), 2 + max(facts, third))

    # --- nodes ------------------------------------------------------------------------------------

    def _write(self, block: Block) -> None:
        node, left, box = block.node, self.lefts[block.column], self.widths[block.column]
        assert node is not None
        side, id = node.side or "", node.id
        edge, tone = ("┃", "edge") if node.critical else ("│", "name")
        for row in range(block.row, block.row + block.height):
            self.canvas.put(row, left, edge, "edge" if tone == "edge" else "name", side, id)
            mark: Tone = "today" if row == block.row else "text"
            self.canvas.put(row, left + 1, " ", mark, side, id)
        bold: Tone = "side" if node.critical else "name"
        beyond = _beyond(block)
        name = shorten(self.words.name(node), self._title_room(block))
        end = self.canvas.put(block.row, left + 2, name, bold, side, id)
        self.canvas.put(block.row, end, " ", "text", side, id)
        if beyond:
            at = max(end + 1, left + box - cells(beyond))
            self.canvas.put(block.row, end, " " * (at - end), "text", side, id)
            self.canvas.put(block.row, at, beyond, "late" if node.critical else "dim", side, id)
        self._write_facts(block, left, box - 2)
        if block.height > 2:
            text = _fitting(self.words.third(block, self._launches), box - 2)
            self.canvas.put(block.row + 2, left + 2, text, "dim", side, id)

    @property
    def _launches(self) -> int:
        return self.layout.around.launches

    def _write_facts(self, block: Block, left: int, room: int) -> None:
        node = block.node
        assert node is not None
        side, id, value = node.side or "", node.id, floating(node.total_float)
        returns = any(part.inside and part.target is block for part in self.layout.parts)
        text = _fitting(self.words.facts(node), room - RETURN * returns)
        late = bool(value) and text.endswith(f" · {value}")
        head = text.removesuffix(value) if late else text
        end = self.canvas.put(block.row + 1, left + 2, head, "dim", side, id)
        if late:
            tone: Tone = "late" if node.total_float is not None and node.total_float < 0 else "dim"
            self.canvas.put(block.row + 1, end, value, tone, side, id)

    def _write_left_out(self, number: int) -> None:
        more = self.layout.more(number)
        if more:
            blocks = self.layout.blocks[number]
            row = max((block.row + block.height for block in blocks), default=0)
            self.canvas.put(row, self.lefts[number] + 2, f"+{len(more):,} more", "dim")

    # --- lines ------------------------------------------------------------------------------------

    def _connect(self, gap: Gap, number: int) -> None:
        """The lines of a gap; what is drawn on a line first, since the first drawn stays."""
        arrow = self.lefts[number + 1] - 1
        for row in dict.fromkeys(gap.entry(part) for part in gap.parts if not part.inside):
            self._arrive(gap, row, arrow)
        for part in gap.parts:
            if part.inside:
                self._return(gap, part)
            if tie := self._tie_before(part.source):
                self._tie(part.source.row, self._title_ends(part.source) + 1, tie, part.link)
        for part in gap.parts:
            self._line(gap, part, arrow)

    def _arrive(self, gap: Gap, row: int, arrow: int) -> None:
        """The head of the lines that arrive in a row, how their handovers stand, types and lags."""
        lines = [part for part in gap.entering(row) if part.target.node is not None]
        if not lines:
            return
        links = [part.link for part in lines]
        idle = all(link.redundant for link in links)
        self.canvas.put(row, arrow, "▷" if idle else "▶", _tone(links))
        states = [link.state for link in links if link.state is not None]
        at = arrow
        if states:
            at -= 2 if self._roomy else 1
            self.canvas.put(row, at, *STATE_MARKS[max(states, key=_WORST.index)])
        tie = self.words.tie(links[0])
        said = self._alone(gap, lines[0]) or self._tie_along(lines[0].source)
        if len(lines) == 1 and tie and not said:
            self._tie(row, at - cells(tie) - self._roomy, tie, links[0])

    def _tie(self, row: int, column: int, text: str, link: LinkRow) -> None:
        self.canvas.put(row, column, text, "strong" if link.critical else "dim")

    def _return(self, gap: Gap, part: Part) -> None:
        """The head of a line that arrives from the right, behind the facts, and what is said of the
        link, where it has room before the line turns.
        """
        row, link, at = gap.entry(part), part.link, self._head(part.target)
        self.canvas.put(row, at, "◀", _tone([link]))
        turn = self.lefts[part.source.column] + self.widths[part.source.column]
        if link.state is not None and at + 3 <= turn:
            at = self.canvas.put(row, at + 2, *STATE_MARKS[link.state])
        tie = self.words.tie(link)
        if tie and at + 2 + cells(tie) < turn:
            self._tie(row, at + 2, tie, link)

    def _line(self, gap: Gap, part: Part, arrow: int) -> None:
        """From the end of the title, over the track, to the head, or on through a lane."""
        source, column = part.source, part.source.column
        weight: Weight = HEAVY if part.link.critical else LIGHT
        tone, dotted = _tone([part.link]), part.link.redundant
        start = self._title_ends(source)
        entry = gap.entry(part)
        if part.target.node is None:
            arrow = self.lefts[column + 1] + self.widths[column + 1]
        end = self._head(part.target) if part.inside else arrow
        track = gap.track(source)
        at = end if track is None else self._track_at(column, track)
        self.canvas.across(source.row, start, at, tone, weight, dotted=dotted)
        self.canvas.down(at, source.row, entry, tone, weight, dotted=dotted)
        self.canvas.across(entry, at, end, tone, weight, dotted=dotted)

    def _track_at(self, column: int, track: int) -> int:
        return self.lefts[column] + self.widths[column] + 1 + track * self._steps[column]

    def _title_ends(self, block: Block) -> int:
        """The blank column behind a title; the last one of a lane's column."""
        left, box = self.lefts[block.column], self.widths[block.column]
        if block.node is None:
            return left + box
        name = shorten(self.words.name(block.node), self._title_room(block))
        return left + 2 + cells(name)

    def _title_room(self, block: Block) -> int:
        beyond = _beyond(block)
        tie = self._tie_before(block)
        taken = 1 + cells(beyond) if beyond else block.leaves + (cells(tie) + 1 if tie else 0)
        return self.widths[block.column] - 2 - taken

    def _head(self, block: Block) -> int:
        """The column of the head of a line that returns, clear of the node's facts."""
        assert block.node is not None
        left, box = self.lefts[block.column], self.widths[block.column]
        facts = _fitting(self.words.facts(block.node), box - 2 - RETURN)
        return left + 2 + cells(facts) + RETURN - 1

    # --- beside the graph -------------------------------------------------------------------------

    def _write_legend(self) -> None:
        """What the signs mean, where the first column leaves room for it, or the last."""
        every = self.layout.by_id.values()
        rows = range(min(each.row for each in every), max(each.row + each.height for each in every))
        for left in dict.fromkeys((self.lefts[0] + 1, self.lefts[-2] + 2)):
            free = _longest([row for row in rows if self._is_free(row, left)])
            if len(free) > LEAST_LEGEND:
                for row, entry in zip(free[1:], LEGEND, strict=False):
                    at = left
                    for text, tone in entry:
                        at = self.canvas.put(row, at, text, tone)
                return

    def _is_free(self, row: int, column: int) -> bool:
        around = (row - 1, row, row + 1)
        return all(self.canvas.room(each, column) > LEGEND_WIDTH for each in around)


def _longest(rows: list[int]) -> list[int]:
    """The most of these that follow each other, the first of equally many."""
    found: list[list[int]] = []
    for row in rows:
        if found and found[-1][-1] == row - 1:
            found[-1].append(row)
        else:
            found.append([row])
    return max(found, key=len, default=[])


def _beyond(block: Block) -> str:
    """``→+3``: the successors of a node that no line leaves."""
    return f"{signs.AFTER}+{block.after}" if block.after and not block.leaves else ""


def _fitting(texts: list[str], room: int) -> str:
    """The first that has room, else the last cut off."""
    return next((text for text in texts if cells(text) <= room), shorten(texts[-1], room))


def _tone(links: list[LinkRow]) -> Tone:
    if any(link.critical for link in links):
        return "edge"
    return "faint" if all(link.redundant for link in links) else "dim"
