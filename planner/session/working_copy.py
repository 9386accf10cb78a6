"""The disk under a session: the files as they were last read or saved, and who else is at them.

It holds what a session has to know for nothing to be lost or overwritten unseen: the journal of
what is unsaved, the watch on the files, the moves that others made, the questions these raised, and
who is here. The session decides when to look; all that is shown is the session's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from planner.errors import ChangedOnDisk, PlannerError, ReadError, SaveError
from planner.files.failures import STILL_OPEN
from planner.files.returning import Place, gone, put_back
from planner.files.saving import Saved
from planner.files.state import waiting
from planner.files.watching import Watch
from planner.files.workspace import Workspace, by_path
from planner.session.external_changes import Choices, Ground, decided
from planner.session.keeper import Keeper

if TYPE_CHECKING:
    # Loaded when first needed: a command that only reads pays for none of it.
    from planner.merge.three_way import Conflict
    from planner.merge.workspaces import MergedFiles
    from planner.session.presence import Announcement, Presence
    from planner.session.recovery import Recovery


class Found(Struct, frozen=True):
    """What a look at the disk found: their text, and both sides' together."""

    before: Workspace
    theirs: Workspace
    merged: Workspace


class Disk:
    """The files of one session. `saved` is what they held when they were last read or written.

    `broken` says why they can't be read now; `questions` are keys that got two values.
    """

    def __init__(self, saved: Workspace, *, keep: bool) -> None:
        self.saved = saved
        self._places = _places(saved)
        self.keeper = Keeper(saved, active=keep)
        self.ground = Ground()
        self.broken: ReadError | None = None
        self.questions: tuple[Conflict, ...] = ()
        self._asked: tuple[Workspace, Workspace] | None = None
        self._presence: Announcement | None = None
        self._watch: Watch | None = None
        if keep:
            self._announce()

    # --- who is here ------------------------------------------------------------------------------

    def _announce(self) -> None:
        from planner.session.presence import Announcement

        self._presence = Announcement(self.saved.path, datetime.now())

    def others(self) -> tuple[Presence, ...]:
        """Who else has the roadmap open; nobody where this session is not announced itself."""
        return self._presence.others() if self._presence else ()

    def close(self, *, lose: bool) -> None:
        """Be gone. What is unsaved waits for the next start, unless it is to be lost."""
        if lose:
            self.keeper.forget()
        self.keeper.close()
        if self._presence:
            self._presence.close()

    # --- what others did --------------------------------------------------------------------------

    def changed(self) -> bool:
        """Whether the files differ from the last look: a `stat` each, cheap enough for a timer."""
        if self._watch is None:
            self._watch = _watch(self.saved)
        return self._watch.changed()

    def look(self, ours: Workspace, *, patient: bool) -> Found | None:
        """Bring what others did together with `ours`; None where they did nothing.

        Raises ReadError where it can't be done now; `saved` is then as before.
        """
        from planner.merge.workspaces import read_again
        from planner.session.external_merge import bring_together

        try:
            theirs = read_again(self.saved, patient=patient)
            if theirs is self.saved:
                self.broken = None
                return None
            merged = bring_together(self.saved, ours, theirs)
        except PlannerError as error:
            file = error.file or str(self.saved.path)
            self.broken = ReadError(error.message, file=file, line=error.line)
            raise self.broken from error
        found = Found(self.saved, theirs, merged.workspace)
        self._move(found, merged.asked)
        return found

    def _move(self, found: Found, asked: Sequence[Conflict]) -> None:
        self.broken = None
        self.ground.move(found.before, found.theirs)
        self.saved = found.theirs
        self._places = _places(found.theirs)
        self._watch = _watch(found.theirs)
        self.ask(asked, found.before, found.theirs)
        if self.questions:
            self.keeper.record("changes of others", found.merged)
        else:
            self.keeper.start_again(found.theirs, found.merged)

    # --- questions --------------------------------------------------------------------------------

    def ask(self, asked: Sequence[Conflict], base: Workspace, theirs: Workspace) -> None:
        """Add to what is open, asked about changes from `base` to `theirs`."""
        found = {each.name: each for each in (*self.questions, *asked)}
        self.questions = tuple(found.values())
        if self.questions:
            self._asked = (self._asked[0] if self._asked else base, theirs)

    def ask_again(self, merged: MergedFiles, base: Workspace, theirs: Workspace) -> None:
        """Ask what came of restoring changes from `base`. The journal begins there too, so that
        another death before the answer asks again, and does not answer.
        """
        self.ask(merged.asked, base, theirs)
        self.keeper.start_again(base, merged.workspace)

    def answered(self, ours: Workspace, choices: Choices) -> Workspace:
        """The text with the chosen values; ours of what is not chosen yet. Raises ReadError."""
        from planner.merge.workspaces import merge_workspaces

        if self._asked is None:
            return ours
        base, theirs = self._asked
        workspace = merge_workspaces(base, ours, theirs, decided(choices, "ours")).workspace
        self.ground.answer(choices)
        self.questions = tuple(each for each in self.questions if each.name not in choices)
        if self.questions:
            self.keeper.record("choices", workspace)
        else:
            self._asked = None
            self.keeper.start_again(self.saved, workspace)
        return workspace

    @property
    def trouble(self) -> str | None:
        """What keeps the files here and on disk apart, in one line; None where nothing does."""
        if self.broken:
            from planner.session.external_merge import place_of

            if lost := self.gone():
                return f"{', '.join(each.name for each in lost)} is gone from the disk"
            return f"The last good plan: {place_of(self.broken)}: {self.broken.message}"
        if count := len(self.questions):
            keys = "1 key has" if count == 1 else f"{count} keys have"
            return f"{keys} another value on disk; choose, then save"
        return None

    # --- files that are gone ----------------------------------------------------------------------

    def gone(self) -> tuple[Path, ...]:
        """The files that are no longer there, while their folder is."""
        return tuple(file for file in self.saved.absolute if self._places[file].empty())

    def put_back(self) -> None:
        """Write the files that are gone as they were last read. Raises SaveError."""
        texts = zip(self.saved.absolute, self.saved.documents, strict=True)
        lost = ((self._places[file].empty(), document) for file, document in texts)
        put_back({place: document.to_bytes() for place, document in lost if place})

    # --- writing ----------------------------------------------------------------------------------

    def save(self, workspace: Workspace) -> Saved:
        """Write what differs. Raises ChangedOnDisk where others wrote or a question is open."""
        if self.questions:
            names = ", ".join(each.name for each in self.questions)
            raise ChangedOnDisk(
                f"not saved: others gave another value to {names}", hint="choose one, then save"
            )
        try:
            saved = workspace.save(self.saved, self.keeper.promise)
        except ChangedOnDisk:
            raise
        except SaveError as error:
            raise self._with_whereabouts(error) from error
        if self._presence:
            self._presence.wrote(_differing(self.saved, workspace))
        self.saved = workspace
        self.keeper.start_again(workspace, workspace)
        self._watch = _watch(workspace)
        return saved

    def refusal(self, broken: ReadError) -> ChangedOnDisk:
        """The refusal to write over what can't be read: it may be somebody's half of a merge."""
        error = ChangedOnDisk(
            f"not saved: what is on disk can't be read ({broken.message}); it is as it was",
            file=broken.file,
            line=broken.line,
            hint=f"put it right there, then save again; {STILL_OPEN}",
        )
        self._with_whereabouts(error)
        return error

    def _with_whereabouts(self, error: SaveError) -> SaveError:
        if error.hint and self.keeper.holds:
            error.hint = f"{error.hint}, and in the journal for the next start"
        return error

    def read(self, workspace: Workspace) -> None:
        """The files were read again, and what was unsaved was left behind."""
        self.saved = workspace
        self._places = _places(workspace)
        self.broken, self.questions, self._asked = None, (), None
        self._watch = _watch(workspace)
        self.keeper.leave_behind(workspace)


def recoverable(path: Path) -> Recovery | None:
    """What a dead session left unsaved. Raises ReadError where the files can't be read now."""
    if not waiting(path):
        return None
    from planner.session.recovery import recoverable

    return recoverable(Workspace.open(path))


def left_behind(path: Path) -> dict[Path, bytes]:
    """The files of a roadmap that are gone while a dead session's journal has their text, as it was
    last read. What was unsaved in them can only be offered once they are there again.
    """
    found: dict[Path, bytes] = {}
    if waiting(path):
        from planner.session.journal import orphans

        for orphan in orphans(path):
            found |= {Path(file): text for file, text in orphan.base.items()}
            orphan.close()
    return {file: found[file] for file in gone(found)}


def complete_saves(path: Path) -> None:
    """Complete what a dead session saved in part; does nothing in nearly every case."""
    if waiting(path):
        from planner.session.recovery import complete_saves

        complete_saves(path)


def _differing(old: Workspace, new: Workspace) -> list[tuple[bytes, bytes]]:
    """Each file's bytes before and after, of those that differ."""
    was = by_path(old)
    return [
        (was[path].to_bytes(), document.to_bytes())
        for path, document in by_path(new).items()
        if was[path] is not document
    ]


def _places(workspace: Workspace) -> dict[Path, Place]:
    return {file: Place.of(file) for file in workspace.absolute}


def _watch(workspace: Workspace) -> Watch:
    texts = {
        file: document.to_bytes()
        for file, document in zip(workspace.absolute, workspace.documents, strict=True)
    }
    is_folder = workspace.files != (workspace.path,)
    return Watch(texts, workspace.path if is_folder else None)
