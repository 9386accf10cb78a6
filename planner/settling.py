"""A file that a merge left open, while a person settles it: questions, answers so far, the save.

Nothing is written before `write`. Each answer is a merge made again with all answers so far, so
that what one answer raises (a table that got two names is compared once it has one) is asked too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.errors import ReadError
from planner.files.saving import Write, save
from planner.git.sides import OpenMerge, is_open, open_merge
from planner.plan import Clock, Plan
from planner.roadmap.reading import read
from planner.text.document import Document
from planner.text.merge import Conflict, Merged, Side, merge_bytes

__all__ = ["Settling", "is_open", "write"]

MOST_BYTES = 300_000
"""Of a larger file no plans are made for single answers: the cursor would wait for them."""


class Settling:
    """One file in an open merge, and the answers to its questions so far."""

    def __init__(self, found: OpenMerge) -> None:
        self.found = found
        self._answers: dict[str, Side] = {}
        self.merged = self._merge()

    @classmethod
    def open(cls, path: Path) -> Settling:
        """Raises UsageError where nothing is open in the file, ReadError for no file."""
        return cls(open_merge(path))

    @property
    def path(self) -> Path:
        """The file, as the user named it."""
        return self.found.path

    @property
    def questions(self) -> tuple[Conflict, ...]:
        """Every question once, answered or not, in the order of the file."""
        return tuple({_name(each): each for each in self.merged.asked}.values())

    @property
    def left(self) -> int:
        """How many questions have no answer yet."""
        return sum(self.answer(each) is None for each in self.questions)

    def answer(self, question: Conflict) -> Side | None:
        """The side chosen for a question; None while it is open."""
        return self._answers.get(_name(question))

    def decide(self, question: Conflict, side: Side) -> None:
        """Choose a side for one question; an earlier choice is replaced."""
        self._answers[_name(question)] = side
        self.merged = self._merge()

    def decide_rest(self, side: Side) -> None:
        """Choose a side for all that have no answer yet, and for what that raises."""
        self.merged = self._merge(side)
        for each in self.questions:
            self._answers.setdefault(_name(each), side)

    def plan(self, question: Conflict, side: Side, today: date) -> Plan | None:
        """The plan that an answer gives, with what else is open as side A has it.

        None where this file alone is no plan: what stands beside it may belong to it.
        """
        answers = {**self._answers, _name(question): side}
        merged = self._merge("ours", answers)
        raw = merged.to_bytes()
        if not merged.is_roadmap or len(raw) > MOST_BYTES or not _alone(self.path):
            return None
        try:
            document = Document.parse(raw, str(self.path))
        except ReadError:
            return None
        reading = read({document.file: document.data}, title=self.path.stem)
        return Plan(reading, document.tables, Clock(today))

    def write(self) -> None:
        """Write the file, all of it or nothing.

        Raises ChangedOnDisk where it is no longer as it was read, ReadError where what came of it
        would be no roadmap, SaveError.
        """
        write(self.found, self.merged)

    def _merge(self, rest: Side | None = None, answers: Mapping[str, Side] | None = None) -> Merged:
        known = self._answers if answers is None else answers

        def decide(question: Conflict) -> Side | None:
            return known.get(_name(question), rest)

        found = self.found
        return merge_bytes(found.base, found.ours, found.theirs, str(found.path), decide)


def _name(question: Conflict) -> str:
    """What tells questions apart: several about plain text have no name of their own."""
    values = () if question.kind else (question.base, question.ours, question.theirs)
    return repr((question.kind, question.id, question.key, values))


def _alone(path: Path) -> bool:
    """Whether no other file in its folder could be part of the same roadmap."""
    return all(each.name == path.name for each in path.absolute().parent.glob("*.toml"))


def write(found: OpenMerge, merged: Merged) -> None:
    """Write what is settled; what is not keeps its markers. It is read back before."""
    if not merged.conflicts and merged.is_roadmap:
        assert merged.document is not None
    new = merged.to_bytes()
    if new != found.raw:
        save([Write(found.path.absolute(), str(found.path), found.raw, new)])
