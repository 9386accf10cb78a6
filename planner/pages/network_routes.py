"""How lines run in the gap between two columns of the network.

A line leaves its source to the right, turns on the track of the source, and enters its target from
the left; lines of one source share its track, and lines into one target the row in which they
enter. On one row no line that arrives may begin left of where another that leaves ends: that says
which track stands left of which. Where it can't be kept, a line enters one row lower, and where
that does not help either, it has no way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.pages.network_layout import Block, Part
from planner.roadmap.output_network import LinkRow


class NoWayError(Exception):
    """A line that can't be drawn beside the others."""

    def __init__(self, link: LinkRow) -> None:
        super().__init__(f"{link.on} → {link.succ}")
        self.link = link


class Gap:
    """The lines of one gap: the track of each source that needs one, and where each line enters."""

    def __init__(self, parts: Sequence[Part], center: str) -> None:
        """Raises NoWayError with a line that can't be drawn beside the others."""
        self.parts = parts
        self.center = center
        self.sources = {id(part.source): part.source for part in parts}
        self._slots = {id(part): self._first_slot(part) for part in parts}
        self.tracks: dict[int, int] = {}
        while not self._lay():
            pass

    @property
    def count(self) -> int:
        """How many tracks there are."""
        return max(self.tracks.values(), default=-1) + 1

    def track(self, source: Block) -> int | None:
        """The track of a source; None where all its lines run straight."""
        return self.tracks.get(id(source))

    def entry(self, part: Part) -> int:
        """The row in which a line arrives."""
        return part.target.row + self._slots[id(part)]

    def leaving(self, source: Block) -> list[Part]:
        """The lines of a source."""
        return [part for part in self.parts if part.source is source]

    def entering(self, row: int) -> list[Part]:
        """The lines that arrive from the left in a row."""
        return [part for part in self.parts if not part.inside and self.entry(part) == row]

    # --- parts ------------------------------------------------------------------------------------

    def _first_slot(self, part: Part) -> int:
        """A line within a column arrives beside the facts, and so does one that says nothing new
        where there is another. Where one has a type or lag, each arrives in a row of its own.
        """
        if part.inside:
            return 1
        if part.target.node is None:
            return 0
        beside = [each for each in self.parts if each.target is part.target and not each.inside]
        beside.sort(key=lambda each: (each.link.redundant, each.source.row != part.target.row))
        if any(each.link.ties for each in beside):
            return min(beside.index(part), part.target.height - 1)
        return int(part.link.redundant and not beside[0].link.redundant)

    def _lay(self) -> bool:
        """Tracks from left to right; False where a line had to enter elsewhere."""
        bent = [source for source in self.sources.values() if self._turns(source)]
        later = {id(source): self._must_follow(source, bent) for source in bent}
        self.tracks = {}
        waiting = sorted(bent, key=self._preferred)
        while waiting:
            blocked = {key for source in waiting for key in later[id(source)]}
            free = next((source for source in waiting if id(source) not in blocked), None)
            if free is None:
                self._lower(waiting, later)
                return False
            waiting.remove(free)
            earlier = [key for key, followers in later.items() if id(free) in followers]
            at = max((self.tracks[key] + 1 for key in earlier), default=0)
            while any(
                self._collide(free, key) for key, track in self.tracks.items() if track == at
            ):
                at += 1
            self.tracks[id(free)] = at
        return not self._part_from_others()

    def _part_from_others(self) -> bool:
        """Let a line enter one row lower that would leave its track just where another line into
        the same target crosses it, which reads as a crossing alone; whether there was one.
        """
        for part in self.parts:
            row, track = self.entry(part), self.track(part.source)
            first, last = self._span(part.source)
            if track is None or part.inside or not first < row < last or row == part.source.row:
                continue
            others = (each.source for each in self.entering(row) if each.source is not part.source)
            left = (at for each in others if (at := self.track(each)) is None or at < track)
            if any(True for _ in left) and self._slots[id(part)] + 1 < part.target.height:
                self._slots[id(part)] += 1
                return True
        return False

    def _turns(self, source: Block) -> bool:
        lines = self.leaving(source)
        return any(part.inside or self.entry(part) != source.row for part in lines)

    def _span(self, source: Block) -> tuple[int, int]:
        rows = [source.row, *(self.entry(part) for part in self.leaving(source))]
        return min(rows), max(rows)

    def _collide(self, source: Block, other: int) -> bool:
        """Whether two sources can't share a track."""
        (first, last), (begin, end) = self._span(source), self._span(self.sources[other])
        return first <= end + 1 and begin <= last + 1

    def _left_rows(self, source: Block) -> set[int]:
        """The rows that are taken up to its track."""
        lines = self.leaving(source)
        return {source.row, *(self.entry(part) for part in lines if part.inside)}

    def _must_follow(self, source: Block, bent: Iterable[Block]) -> set[int]:
        """The sources whose track stands right of this one's: they arrive on a row from which this
        one leaves, or on which its line within the column returns.
        """
        rows = self._left_rows(source)
        straight = {
            id(part.target) for part in self.leaving(source) if self.entry(part) == source.row
        }
        return {
            id(other)
            for other in bent
            if other is not source
            for part in self.leaving(other)
            if not part.inside and self.entry(part) in rows and id(part.target) not in straight
        }

    def _preferred(self, source: Block) -> tuple[int, int]:
        """Of those that go up the upper first, of those that go down the lower: few lines cross."""
        rows = [self.entry(part) for part in self.leaving(source)]
        down = sum(rows) > source.row * len(rows)
        return (1, -source.row) if down else (0, source.row)

    def _lower(self, waiting: Sequence[Block], later: Mapping[int, set[int]]) -> None:
        """Let a line enter one row lower that arrives where another leaves."""
        stuck = {id(source) for source in waiting}
        rows = {
            row
            for source in waiting
            if later[id(source)] & stuck
            for row in self._left_rows(source)
        }
        lines = [
            part
            for source in waiting
            for part in self.leaving(source)
            if not part.inside and self.entry(part) in rows - {source.row}
        ]
        for part in lines:
            if self._slots[id(part)] + 1 < part.target.height:
                self._slots[id(part)] += 1
                return
        apart = [part for part in lines if self.center not in (part.link.on, part.link.succ)]
        raise NoWayError((apart or lines)[0].link)


def gaps_of(columns: int, parts: Iterable[Part], center: str) -> list[Gap]:
    """The gap behind each column. Raises NoWayError with a line that can't be drawn."""
    behind: list[list[Part]] = [[] for _ in range(columns)]
    for part in parts:
        behind[part.source.column].append(part)
    return [Gap(lines, center) for lines in behind]
