"""Stories: a month or two of edits by several authors, whose effects are known.

Each step of the first-parent line was planted: how time went by, and which edit was made. An edit
is drawn until it does to the main launch what it is planted for; that it does is reckoned by
`tests.history.expected`, never asked of the program. The same seed tells the same story.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tests.history.edits import (
    NOTHING,
    SINGLE,
    TIMES,
    new_work,
    remark,
    removed_work,
    two,
    two_of_which_one_moves,
    two_with_float,
    work,
)
from tests.history.expected import Moment, causes, step
from tests.history.reckoning import Reckoning
from tests.history.roadmaps import (
    BEGIN,
    IT,
    LAUNCHES,
    MAIN,
    MARKETING,
    Edit,
    Set,
    State,
    Where,
    base,
)

PEOPLE = ("Ana", "Ben", "Chidi", "Dora", "Emil", "Fatma", "Jörg Müller", "Grace O'Neil")
TRIES = 40
"""So many edits are drawn, before another one is planted."""


class Commit(NamedTuple):
    """One commit: its parents are numbers of earlier ones; `texts` is the whole folder."""

    number: int
    parents: tuple[int, ...]
    author: str
    day: date
    subject: str
    texts: Mapping[str, str]


Changed = Mapping[Where, tuple[str, int | None]]
"""Who changed a table last, and in which commit; in none where it is not committed."""


class Revision(NamedTuple):
    """One revision of the first-parent line. `number` is its commit; None for what is in none.

    `moment` is None where the text can't be read. `renames` are ids before and now, `names` the
    first names of the launches and those that they have here. `planted` says which tables move the
    main launch here.
    """

    number: int | None
    author: str
    moment: Moment | None
    kinds: tuple[str, ...]
    planted: frozenset[Where]
    changed: Changed
    renames: Mapping[str, str]
    names: Mapping[str, str]


class Told(NamedTuple):
    """A whole story: its commits, its line oldest first, and the texts in the working tree."""

    commits: Sequence[Commit]
    line: Sequence[Revision]
    texts: Mapping[str, str]
    as_of: date


class Planting(NamedTuple):
    """An edit that does what it should, and the tables that move the main launch by it."""

    edit: Edit
    planted: frozenset[Where]


class Story:
    """A story as it is told: the last state of the main line, its status date, and what was."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.dated = self.draw.random() < 0.7
        self.state = base(self.draw, dated=self.dated)
        self.day = BEGIN
        self.commits: list[Commit] = []
        self.line: list[Revision] = []
        self.names = dict(zip(LAUNCHES, LAUNCHES, strict=True))
        self.undo: tuple[str, Edit] | None = None
        self._commit((), "Ana", self.state, BEGIN, "Begin the joint roadmap")
        self._revision(("begin",), frozenset(), {})

    @property
    def main(self) -> str:
        return self.names[MAIN]

    @property
    def moment(self) -> Moment:
        """The last one that can be read."""
        return next(one.moment for one in reversed(self.line) if one.moment)

    @property
    def tip(self) -> int:
        number = self.line[-1].number
        assert number is not None
        return number

    # --- steps ------------------------------------------------------------------------------------

    def usual(self, time: str | None, kind: str | None, *, committed: bool = True) -> bool:
        """A commit of one author: time goes by, an edit is made, or both. False: found none."""
        found = self._drawn(time, kind)
        if found is None:
            return False
        day, after, planting = found
        if planting.planted:
            self._remember(planting.edit if kind in SINGLE else ())
        author = self._author()
        if after.tables == self.state.tables:
            return False
        self._advance(after, day)
        if committed:
            day = self._author_day(exactly=bool(time))
            self._commit((self.tip,), author, after, day, kind or time or "")
        else:
            author = ""
        kinds = tuple(name for name in (time, kind) if name)
        changed = self._by(author, committed)
        self._revision(kinds, planting.planted, changed, author=author, committed=committed)
        return True

    def revert(self) -> bool:
        """What moved the launch is taken back, in a later step."""
        if self.undo is None:
            return False
        where, edit = self.undo
        after = self.state.edited(edit)
        planted = self._causes(self.state, Moment(after, self.day))
        self.undo = None
        if planted != frozenset({edit[0].where}):
            return False
        author = self._author()
        self.state = after
        self._commit((self.tip,), author, after, self._author_day(), f"Revert {where}")
        self._revision(("revert",), planted, self._by(author))
        return True

    def merge(self, shape: str) -> bool:
        """A branch by others comes in: `shape` says who changed what on which side."""
        edits = self._branch_edits(shape)
        if edits is None:
            return False
        base_state, number = self.state, self.tip
        merger, *authors = self.draw.sample(PEOPLE, 1 + len(edits))
        changed: dict[Where, tuple[str, int | None]] = {}
        branch, heads = base_state, []
        for author, edit in zip(authors, edits, strict=True):
            branch = (base_state if shape == "octopus" else branch).edited(edit)
            parent = self.tip if shape == "octopus" else number
            number = self._commit((parent,), author, branch, self.day, "Work on a branch")
            if edit[0].key != "notes":
                changed |= dict.fromkeys((set.where for set in edit), (author, number))
            heads.append(number)
        self._other_side(shape, edits)
        if shape == "updated":
            branch = self.state.edited(set for edit in edits for set in edit)
            number = self._commit((number, self.tip), authors[-1], branch, self.day, "Merge main")
            heads.append(number)
        merged = self.state.edited(set for edit in edits for set in edit)
        planted = frozenset(set.where for edit in edits for set in edit)
        assert planted == self._causes(self.state, Moment(merged, self.day))
        parents = (self.tip, *(heads if shape == "octopus" else heads[-1:]))
        self.state = merged
        self._commit(parents, merger, merged, self._author_day(), "Merge a branch")
        self._revision((f"merge: {shape}",), planted, changed, author=merger)
        return True

    def rename(self, *, launch: bool, with_edit: bool) -> bool:
        """An initiative has another id; perhaps it is changed in the same commit."""
        old = self.names[MAIN] if launch else self.draw.choice(work(self.state) or [""])
        if not old:
            return False
        new = f"{old}-{self.draw.choice(('new', 'again', 'b'))}"
        after = self.state.renamed(old, new)
        if launch:
            after = after.edited((Set("roadmap", "", "main_launch", new),))
        before = after
        if with_edit and not launch:
            days = self.draw.randint(12, 40)
            after = after.edited((Set("initiatives", new, "estimate", f"{days}d"),))
        names = {first: new if id == old else id for first, id in self.names.items()}
        planted = self._causes(before, Moment(after, self.day), names[MAIN])
        if planted is None or (with_edit and not launch and not planted):
            return False
        author = self._author()
        self.state, self.names, self.undo = after, names, None
        self._commit((self.tip,), author, after, self._author_day(), f"Rename {old}")
        kind = "launch renamed" if launch else "renamed and changed" if planted else "renamed"
        changed = {**self._by(author), ("initiatives", new): (author, self.tip_of_commits)}
        self._revision((kind,), planted, changed, renames={old: new}, author=author)
        return True

    def move_files(self) -> bool:
        """A file has another name, or half of its tables stand in a new one."""
        file, new = self.draw.choice(((MARKETING, "brand.toml"), (IT, "it-web.toml")))
        tables = [where for where, named in self.state.files.items() if named == file]
        if not tables or new in self.state.files.values():
            return False
        if self.draw.random() < 0.5:
            tables = tables[: max(1, len(tables) // 2)]
        self.state = self.state.moved(file, new, tables)
        author = self._author()
        self._commit((self.tip,), author, self.state, self._author_day(), f"Move to {new}")
        self._revision(("files",), frozenset(), {}, author=author)
        return True

    def switch(self) -> bool:
        """The status date is written from now on, or no more."""
        self.dated = not self.dated
        day = self.day if self.dated else None
        self.state = self.state.edited((Set("roadmap", "", "status_date", day),))
        author = self._author()
        self._commit((self.tip,), author, self.state, self._author_day(), "Tell the day otherwise")
        self._revision(("switch",), frozenset(), {}, author=author)
        return True

    def broken(self) -> bool:
        """A file that nobody can read, and a step that mends it."""
        texts = self.state.texts()
        file = self.draw.choice(sorted(texts))
        texts[file] += self.draw.choice(("estimate = = 3\n", "<<<<<<< ours\n", "[initiatives\n"))
        author = self._author()
        commit = Commit(len(self.commits), (self.tip,), author, self.day, "Break it", texts)
        self.commits.append(commit)
        self._add(Revision(commit.number, author, None, ("broken",), frozenset(), {}, {}, {}))
        return True

    def end(self) -> Told:
        return Told(self.commits, self.line, self.state.texts(), self.day)

    # --- planting ---------------------------------------------------------------------------------

    def _drawn(self, time: str | None, kind: str | None) -> tuple[date, State, Planting] | None:
        for _ in range(TRIES):
            day = self.day + timedelta(self.draw.randint(1, 7) if time else 0)
            before = self.moment
            facts = TIMES[time](self.draw, before, day) if time else ()
            on = self._on(self.state.edited(facts), day)
            moved = step(before, Moment(on, day), self.main, {}, before)
            if time and (moved.then == moved.seen) != (time == "on track"):
                continue
            if kind is None:
                return day, on.edited(remark(self.draw, Moment(on, day))), Planting((), frozenset())
            planting = self._planting(kind, Moment(on, day))
            if planting is not None:
                return day, on.edited(planting.edit), planting
        return None

    def _planting(self, kind: str, seen: Moment) -> Planting | None:
        """An edit of a kind that does what its kind says."""
        edit = PROPOSALS[kind](self.draw, seen) if work(seen.state) else ()
        if not edit:
            return None
        now = Moment(seen.state.edited(edit), seen.as_of)
        touched = frozenset(set.where for set in edit)
        planted = self._causes(seen.state, now)
        wanted = frozenset() if kind in NOTHING else touched
        if (
            planted is None
            or planted != wanted
            or not CLAIMS.get(kind, _any)(seen, now, self.main, touched)
        ):
            return None
        return Planting(self._with_noise(edit, now, planted), planted)

    def _with_noise(self, edit: Edit, now: Moment, planted: frozenset[Where]) -> Edit:
        """Words about other things, in the same commit."""
        if self.draw.random() < 0.5:
            return edit
        noise = remark(self.draw, now)
        taken = {set.where for set in edit}
        return edit if any(set.where in taken for set in noise) else (*edit, *noise)

    def _branch_edits(self, shape: str) -> list[Edit] | None:
        """The edits of a branch, each by another author, all of which move the main launch."""
        here = Moment(self.state, self.day)
        for _ in range(TRIES if work(self.state) else 0):
            kinds = [self.draw.choice(("estimate", "lag", "owner", "bound")) for _ in range(2)]
            edits = [SINGLE[kind](self.draw, here) for kind in kinds]
            if shape in ("one", "other side"):
                edits = edits[:1]
            twice = shape in ("same table", "noted")
            if twice and edits[0]:
                edits[1] = self._once_more(edits[0][0].id, shape)
            tables = frozenset(set.where for edit in edits for set in edit)
            if not all(edits) or len(tables) != (1 if twice else len(edits)):
                continue
            after = self.state.edited(set for edit in edits for set in edit)
            if self._causes(self.state, Moment(after, self.day)) == tables:
                return edits
        return None

    def _once_more(self, id: str, shape: str) -> Edit:
        """Another edit of a table, which moves something or says only why."""
        if shape == "same table":
            return (Set("initiatives", id, "estimate", f"{self.draw.randint(31, 45)}d"),)
        notes = Set("initiatives", id, "notes", f"Why, {len(self.commits)}")
        return (notes, Set("initiatives", id, "deadline", self.day + timedelta(len(self.commits))))

    def _other_side(self, shape: str, edits: Sequence[Edit]) -> None:
        """What goes on beside the branch: another key of the same table."""
        if shape not in ("other side", "updated"):
            return
        author, id = self._author(), edits[0][0].id
        early = BEGIN - timedelta(len(self.commits))
        edit = (
            Set("initiatives", id, "notes", f"Beside it, {len(self.commits)}"),
            Set("initiatives", id, "must_start_on", early),
        )
        self.state = self.state.edited(edit)
        self._commit((self.tip,), author, self.state, self._author_day(), "Go on")
        self._revision(("remark",), frozenset(), self._by(author), author=author)

    def _causes(self, seen: State, now: Moment, launch: str = "") -> frozenset[Where] | None:
        """The tables that move the main launch; None where not all would name the same."""
        sets = causes(seen, now, launch or self.main)
        return next(iter(sets)) if len(sets) == 1 else None

    # --- bookkeeping ------------------------------------------------------------------------------

    def _on(self, state: State, day: date) -> State:
        if not self.dated:
            return state
        return state.edited((Set("roadmap", "", "status_date", day),))

    def _advance(self, state: State, day: date) -> None:
        self.state, self.day = state, day

    def _remember(self, edit: Edit) -> None:
        """How to take an edit of one key back, where it is the last that moved something."""
        self.undo = None
        for kind, id, key, _ in edit[:1]:
            assert key
            self.undo = id, (Set(kind, id, key, self.state.tables[kind][id].get(key)),)

    def _author(self) -> str:
        return self.draw.choice(PEOPLE)

    def _author_day(self, *, exactly: bool = False) -> date:
        """With a status date it says nothing; without one it is, now and then, too early, as after
        a rebase, but where it is all that tells how time went by (`exactly`).
        """
        if self.dated:
            return self.day + timedelta(self.draw.choice((0, 0, 1, 6, -9)))
        return self.day - timedelta(0 if exactly else self.draw.choice((0, 0, 0, 4)))

    def _commit(
        self, parents: tuple[int, ...], author: str, state: State, day: date, subject: str
    ) -> int:
        number = len(self.commits)
        self.commits.append(Commit(number, parents, author, day, subject, state.texts()))
        return number

    @property
    def tip_of_commits(self) -> int:
        return len(self.commits) - 1

    def _by(self, author: str, committed: bool = True) -> Changed:
        """All tables that differ from the last revision, by one author in the last commit."""
        tables = self.moment.state.differing(self.state)
        return dict.fromkeys(tables, (author, self.tip_of_commits if committed else None))

    def _revision(
        self,
        kinds: tuple[str, ...],
        planted: frozenset[Where],
        changed: Changed,
        *,
        renames: Mapping[str, str] | None = None,
        author: str | None = None,
        committed: bool = True,
    ) -> None:
        number = self.tip_of_commits if committed else None
        by = self.commits[-1].author if author is None else author
        moment = Moment(self.state, self.day)
        self._add(
            Revision(number, by, moment, kinds, planted, changed, renames or {}, dict(self.names))
        )

    def _add(self, revision: Revision) -> None:
        self.line.append(revision)


# --- what a kind claims ---------------------------------------------------------------------------

Claim = Callable[[Moment, Moment, str, frozenset[Where]], bool]


def _any(*_: object) -> bool:
    return True


def _alone(seen: Moment, now: Moment, launch: str, one: Where) -> bool:
    """Whether one of two edits moves the date by itself."""
    kind, id = one
    state = seen.state.edited((Set(kind, id, None, now.state.tables[kind].get(id)),))
    day = Reckoning(state.tables, seen.as_of).finish(launch)
    return day != Reckoning(seen.state.tables, seen.as_of).finish(launch)


def _either(seen: Moment, now: Moment, launch: str, tables: frozenset[Where]) -> bool:
    """Each of both would do."""
    return len(tables) > 1 and all(_alone(seen, now, launch, one) for one in tables)


def _together(seen: Moment, now: Moment, launch: str, tables: frozenset[Where]) -> bool:
    """Neither would do."""
    return len(tables) > 1 and not any(_alone(seen, now, launch, one) for one in tables)


def _one_of_two(seen: Moment, now: Moment, launch: str, tables: frozenset[Where]) -> bool:
    """One of both would do, and the other does something only beside it."""
    return len(tables) == 2 and sum(_alone(seen, now, launch, one) for one in tables) == 1


PROPOSALS = {
    **SINGLE,
    **NOTHING,
    "either": two,
    "together": two_with_float,
    "one with another": two_of_which_one_moves,
    "new work": new_work,
    "removed work": removed_work,
}
CLAIMS: Mapping[str, Claim] = {
    "either": _either,
    "together": _together,
    "one with another": _one_of_two,
    "new work": _together,
}
MERGES = ("one", "two people", "same table", "noted", "other side", "updated", "octopus")


def kinds() -> Iterator[str]:
    """Everything that is planted, by name."""
    yield from (*(name for name in TIMES), *PROPOSALS, *(f"merge: {shape}" for shape in MERGES))
    yield from (
        "revert",
        "renamed",
        "renamed and changed",
        "launch renamed",
        "files",
        "switch",
        "broken",
    )


def story(seed: int) -> Told:
    """The story of a seed: a dozen steps, the first of a kind that comes round with the seeds."""
    told = Story(seed)
    names = tuple(kinds())
    _plant(told, names[seed % len(names)])
    for _ in range(told.draw.randint(11, 17)):
        _plant(told, told.draw.choice(names))
    if told.line[-1].moment is None:
        told.usual("on track", None) or told.usual("silence", None)
    if told.draw.random() < 0.4:
        told.usual(told.draw.choice((None, "silence")), "estimate", committed=False)
    return told.end()


def _plant(story: Story, kind: str) -> bool:
    if kind.startswith("merge: "):
        return story.merge(kind.removeprefix("merge: "))
    if kind in TIMES:
        with_edit = story.draw.random() < 0.3
        return story.usual(kind, story.draw.choice(tuple(PROPOSALS)) if with_edit else None)
    if kind in PROPOSALS:
        return story.usual(story.draw.choice((None, None, *TIMES)), kind)
    return _others(story)[kind]()


def _others(story: Story) -> Mapping[str, Callable[[], bool]]:
    return {
        "revert": story.revert,
        "renamed": lambda: story.rename(launch=False, with_edit=False),
        "renamed and changed": lambda: story.rename(launch=False, with_edit=True),
        "launch renamed": lambda: story.rename(launch=True, with_edit=False),
        "files": story.move_files,
        "switch": story.switch,
        "broken": story.broken,
    }
