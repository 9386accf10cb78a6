"""Where the dependency graph stands on a drawing: its columns, and the rows of each.

A node takes two rows, or three where its column has room for what else is said of it, and at least
one blank row stands between two nodes of a column. A link over several columns passes those between
in a row of its own, a lane, with a blank row on both sides, so that no line crosses a title. What
has no room is left out: third rows first, then links that pass and don't touch the center, then the
initiatives that matter least to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from planner.roadmap.output_network import LinkRow, NodeRow

if TYPE_CHECKING:
    from planner.analysis.network import Around

SWEEPS = 6
"""So often the columns are put in order by their neighbours, forth and back."""
Pair = tuple[str, str]


class Block(Struct, eq=False):
    """What takes rows of a column, from `row` on: a node, or a lane, which has none.

    `before` and `after` count the links of a node that are not drawn.
    """

    key: str
    column: int
    node: NodeRow | None = None
    before: int = 0
    after: int = 0
    leaves: bool = False
    """Whether a line leaves it to the right."""
    height: int = 1
    row: int = 0


class Part(Struct, eq=False):
    """A link, or a piece of it: from one column to the next, or within one column."""

    link: LinkRow
    source: Block
    target: Block

    @property
    def inside(self) -> bool:
        """Whether both ends stand in one column: they are on a circle, or the next column has no
        room.
        """
        return self.source.column == self.target.column


class Layout:
    """Blocks by column, placed in rows from 0 to `height`, and the parts of links between them.

    Columns are numbered from the left; that of the center is number `middle`. `left_out` are the
    initiatives without room, by the number of links between, the most important first.
    """

    def __init__(self, around: Around, height: int, before: int, after: int) -> None:
        """At most `before` and `after` columns beside that of the center."""
        self.around = around
        self.height = max(2, height)
        self.nodes = dict(around.nodes)
        self.links: dict[Pair, LinkRow] = {(link.on, link.succ): link for link in around.links}
        self.left_out = {step: [*ids] for step, ids in around.left_out.items()}
        self._flat: set[int] = set()
        self._within(-before, after)
        self.arrange()

    def arrange(self) -> None:
        """Place what is shown, and leave out what has no room."""
        self._build()
        while self._give_up_something():
            self._build()
        self._order()
        self._place()

    def without(self, link: LinkRow) -> None:
        """Place all anew without a line that has no way."""
        del self.links[link.on, link.succ]
        self._prune()
        self.arrange()

    def give_up_a_link(self) -> bool:
        """Place all anew without the last link that does not touch the center, if there is one."""
        others = [link for pair, link in self.links.items() if self.around.center not in pair]
        if others:
            self.without(min(others, key=lambda link: (link.critical, link.driving)))
        return bool(others)

    # --- what has room ----------------------------------------------------------------------------

    def _within(self, first: int, last: int) -> None:
        """Leave out what stands beyond these columns; neighbours of the center stand in the last.

        Numbers are those of `NodeRow.column`.
        """
        beside = {id for pair in self.links for id in pair if self.around.center in pair}
        self._columns = {id: max(first, min(node.column, last)) for id, node in self.nodes.items()}
        for id, node in list(self.nodes.items()):
            if self._columns[id] != node.column and id not in beside:
                self._leave_out(id)
        self._prune()

    def _leave_out(self, id: str) -> None:
        del self.nodes[id]
        self.links = {pair: link for pair, link in self.links.items() if id not in pair}

    def _prune(self) -> None:
        """Leave out what is joined with the center only by way of what is left out."""
        reached = {self.around.center}
        for pairs in (self.links, [(succ, on) for on, succ in self.links]):
            edge = {self.around.center}
            while edge:
                edge = {end for start, end in pairs if start in edge} - reached
                reached |= edge
        for id in [id for id in self.nodes if id not in reached]:
            self._leave_out(id)

    def _give_up_something(self) -> bool:
        """In a column that is too high leave out what matters least; whether there was one."""
        for number, blocks in enumerate(self.blocks):
            if self._taken(number) > self.height and self._give_up(number, blocks):
                return True
        return False

    def _give_up(self, number: int, blocks: list[Block]) -> bool:
        """A row of each node, a lane or a node; never the center, and its own lanes last of all."""
        center = self.around.center
        lanes = [block for block in blocks if block.node is None]
        others = [block for block in lanes if block.key != center]
        nodes = [block.key for block in blocks if block.node and block.key != center]
        if number not in self._flat and any(block.height > 2 for block in blocks):
            self._flat.add(number)
        elif others or (lanes and not nodes):
            lane = (others or lanes)[-1]
            for part in self.parts:
                if part.target is lane:
                    self.links.pop((part.link.on, part.link.succ), None)
            self._prune()
        elif nodes:
            least = max(nodes, key=self._rank)
            self.left_out.setdefault(self._columns[least], []).insert(0, least)
            self._leave_out(least)
            self._prune()
        else:
            return False
        return True

    def _rank(self, id: str) -> tuple[bool, int]:
        """What stays first: neighbours of the center, and then in the order of importance."""
        beside = any(id in pair and self.around.center in pair for pair in self.links)
        return not beside, list(self.around.nodes).index(id)

    def _taken(self, number: int) -> int:
        """The rows of a column with the blank ones between, and one for how many are left out."""
        rows = sum(block.height + 1 for block in self.blocks[number]) - 1
        return rows + bool(self.more(number))

    def more(self, number: int) -> list[str]:
        """The initiatives that have no room in a column."""
        return self.left_out.get(number - self.middle, [])

    # --- blocks and parts -------------------------------------------------------------------------

    def _build(self) -> None:
        """The blocks of what is shown, and the parts of its links."""
        shown = [self._columns[id] for id in self.nodes]
        self.middle = -min(shown)
        self.blocks: list[list[Block]] = [[] for _ in range(min(shown), max(shown) + 1)]
        self.by_id: dict[str, Block] = {}
        for id, node in self.nodes.items():
            block = self.by_id[id] = Block(id, self._columns[id] + self.middle, node)
            self.blocks[block.column].append(block)
        self._count_hidden()
        self._lanes: dict[tuple[str, int], Block] = {}
        self.parts = [part for link in self.links.values() for part in self._parts(link)]
        for part in self.parts:
            part.source.leaves = True
        for block in self.by_id.values():
            block.height = 2 + (block.column not in self._flat and self.says_more(block))

    def _count_hidden(self) -> None:
        """The links that are not drawn: their other end, or their line, has no room."""
        for block in self.by_id.values():
            assert block.node is not None
            block.before, block.after = block.node.before, block.node.after
        for link in self.around.links:
            if (link.on, link.succ) not in self.links:
                if link.succ in self.by_id:
                    self.by_id[link.succ].before += 1
                if link.on in self.by_id:
                    self.by_id[link.on].after += 1

    def _parts(self, link: LinkRow) -> Iterator[Part]:
        """A link from column to column; those that start together share their lanes, and so do
        those to the center.
        """
        source, target = self.by_id[link.on], self.by_id[link.succ]
        shared = link.succ if link.succ == self.around.center else link.on
        for column in range(source.column + 1, target.column):
            lane = self._lanes.get((shared, column))
            if lane is None:
                lane = self._lanes[shared, column] = Block(shared, column)
                self.blocks[column].append(lane)
            yield Part(link, source, lane)
            source = lane
        yield Part(link, source, target)

    def says_more(self, block: Block) -> bool:
        """Whether a node has something to say in a third row."""
        launches = block.key == self.around.center and self.around.launches
        return bool(block.before or (block.after and block.leaves) or launches)

    # --- rows -------------------------------------------------------------------------------------

    def _order(self) -> None:
        """Put blocks beside what they are linked with: some sweeps of the barycentre method."""
        numbers = range(len(self.blocks))
        beside = (_others(self.parts, back=True), _others(self.parts, back=False))
        for sweep in range(SWEEPS):
            for column in reversed(numbers) if sweep % 2 else numbers:
                place = {id(block): at for blocks in self.blocks for at, block in enumerate(blocks)}
                wanted = {
                    id(block): _mean(
                        [place[id(other)] for other in beside[sweep % 2].get(id(block), ())],
                        place[id(block)],
                    )
                    for block in self.blocks[column]
                }
                self.blocks[column].sort(key=lambda block: wanted[id(block)])

    def _place(self) -> None:
        """The center in the middle, then every column as near to its neighbours as it can be; the
        whole of it in the middle of the height.
        """
        middle, last = self.middle, len(self.blocks)
        for column in range(middle, last):
            self._settle(column, back=True)
        self._straighten(middle, back=False)
        for column in range(middle - 1, -1, -1):
            self._settle(column, back=False)
        every = [block for blocks in self.blocks for block in blocks]
        top, bottom = min(each.row for each in every), max(each.row + each.height for each in every)
        down = (self.height - bottom - any(map(self.more, range(last))) - top) // 2
        for block in every:
            block.row += max(-top, down)

    def _settle(self, column: int, *, back: bool) -> None:
        """Place a column beside the one before it, or after it."""
        blocks = self.blocks[column]
        near = [self._near_rows(block, back=back) for block in blocks]
        wanted = [_mean([row for row, _ in rows], self.height / 2 - 1) for rows in near]
        if column == self.middle:
            wanted = [self.height / 2 - 1 for _ in blocks]
        _spread(blocks, wanted, self.height - bool(self.more(column)))
        if column != self.middle:
            self._straighten(column, back=back)

    def _straighten(self, column: int, *, back: bool) -> None:
        """Move a column so far that one link runs straight: a critical one first, the nearest."""
        blocks, room = self.blocks[column], self.height - bool(self.more(column))
        moves = [
            (not critical, abs(row - block.row), row - block.row)
            for block in blocks
            for row, critical in self._near_rows(block, back=back)
        ]
        for _, _, by in sorted(moves):
            if blocks[0].row + by >= 0 and blocks[-1].row + blocks[-1].height + by <= room:
                for block in blocks:
                    block.row += by
                return

    def _near_rows(self, block: Block, *, back: bool) -> list[tuple[int, bool]]:
        """The rows of what it is linked with in the column before or after it, and whether the link
        is critical.
        """
        return [
            ((part.source if back else part.target).row, part.link.critical)
            for part in self.parts
            if (part.target if back else part.source) is block and not part.inside
        ]


def _others(parts: Iterable[Part], *, back: bool) -> Mapping[int, list[Block]]:
    """What each block, by its identity, is linked with in the column before or after it."""
    found: dict[int, list[Block]] = {}
    for part in parts:
        if not part.inside:
            one, other = (part.target, part.source) if back else (part.source, part.target)
            found.setdefault(id(one), []).append(other)
    return found


def _mean(values: list[int], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(blocks: list[Block], wanted: list[float], height: int) -> None:
    """Rows in the order of `blocks`, a blank row between two, as near as can be to those wanted.

    Least squares under an order: blocks that would overlap move together (pool adjacent violators).
    """
    pools: list[tuple[float, int]] = []
    offsets, offset = [], 0
    for block, row in zip(blocks, wanted, strict=True):
        offsets.append(offset)
        mean, count = row - offset, 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean, count = (mean * count + other * many) / (count + many), count + many
        pools.append((mean, count))
        offset += block.height + 1
    starts = [mean for mean, count in pools for _ in range(count)]
    for block, start, before in zip(blocks, starts, offsets, strict=True):
        block.row = max(0, round(start) + before)
    limit = height
    for block in reversed(blocks):
        block.row = max(0, min(block.row, limit - block.height))
        limit = block.row - 1
    free = 0
    for block in blocks:
        block.row = max(block.row, free)
        free = block.row + block.height + 1
