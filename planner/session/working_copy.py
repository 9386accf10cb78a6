"""On-disk state of a session: file contents at the last read or save, and what protects them.

The journal of unsaved changes, the file watcher, external changes, merge conflicts and presence:
with these nothing is lost or overwritten unseen. The session decides when to read the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from planner.errors import ChangedOnDisk, PlannerError, ReadError, SaveError
from planner.files.failures import STILL_OPEN
from planner.files.restore_deleted import Place, put_back
from planner.files.saving import Saved
from planner.files.watching import Watch
from planner.files.workspace import Workspace
from planner.roadmap.figures import count
from planner.session.external_changes import Choices, ExternalChanges, decided
from planner.session.keeper import Keeper

if TYPE_CHECKING:
    # Loaded when first needed: a command that only reads pays for none of it.
    from planner.merge.three_way import Conflict
    from planner.merge.workspaces import MergedFiles
    from planner.session.presence import Announcement, Presence


class DiskMerge(Struct, frozen=True):
    """External changes found on disk: the texts before and after, and after merging ours."""

    before: Workspace
    theirs: Workspace
    merged: Workspace


class WorkingCopy:
    """The files of one session. `saved` is their content at the last read or save.

    `broken` is why they can't be read now; `merge_conflicts` are keys with two values.
    """

    def __init__(self, saved: Workspace, keeper: Keeper) -> None:
        self.saved = saved
        self._places = _places(saved)
        self.keeper = keeper
        self.external_changes = ExternalChanges()
        self.broken: ReadError | None = None
        self.merge_conflicts: tuple[Conflict, ...] = ()
        self._conflict_texts: tuple[Workspace, Workspace] | None = None
        self._presence: Announcement | None = None
        self._watch: Watch | None = None
        if keeper.active:
            self._announce()

    # --- who is here ------------------------------------------------------------------------------

    def _announce(self) -> None:
        from planner.session.presence import Announcement

        self._presence = Announcement(self.saved.path, datetime.now())

    def others(self) -> tuple[Presence, ...]:
        """Other sessions that have the roadmap open; empty where this one is not announced."""
        return self._presence.others() if self._presence else ()

    def close(self, *, discard: bool) -> None:
        """End presence and journal; unsaved changes stay for the next start unless discarded."""
        if discard:
            self.keeper.discard()
        self.keeper.close()
        if self._presence:
            self._presence.close()

    # --- external changes -------------------------------------------------------------------------

    def changed(self) -> bool:
        """Whether the files changed since the last call; costs one `stat` for each file."""
        if self._watch is None:
            self._watch = _watch(self.saved)
        return self._watch.changed()

    def look(self, ours: Workspace, *, patient: bool) -> DiskMerge | None:
        """Merge external changes with `ours`; None where there are none.

        `patient` waits up to two seconds for a write that is under way. Raises ReadError where the
        files can't be read or merged now; `saved` is then unchanged.
        """
        from planner.merge.workspaces import read_again
        from planner.session.external_merge import merge_texts

        try:
            theirs = read_again(self.saved, patient=patient)
            if theirs is self.saved:
                self.broken = None
                return None
            merged = merge_texts(self.saved, ours, theirs)
        except PlannerError as error:
            file = error.file or str(self.saved.path)
            self.broken = ReadError(error.message, file=file, line=error.line)
            raise self.broken from error
        found = DiskMerge(self.saved, theirs, merged.workspace)
        self._take_over(found, merged.asked)
        return found

    def _take_over(self, found: DiskMerge, asked: Sequence[Conflict]) -> None:
        self.broken = None
        self.external_changes.add(found.before, found.theirs)
        self.saved = found.theirs
        self._places = _places(found.theirs)
        self._watch = _watch(found.theirs)
        self.add_conflicts(asked, found.before, found.theirs)
        if self.merge_conflicts:
            self.keeper.record("changes of others", found.merged)
        else:
            self.keeper.start_again(found.theirs, found.merged)

    # --- merge conflicts --------------------------------------------------------------------------

    def add_conflicts(self, asked: Sequence[Conflict], base: Workspace, theirs: Workspace) -> None:
        """Add merge conflicts of the changes from `base` to `theirs`."""
        found = {each.name: each for each in (*self.merge_conflicts, *asked)}
        self.merge_conflicts = tuple(found.values())
        if self.merge_conflicts:
            self._conflict_texts = (
                self._conflict_texts[0] if self._conflict_texts else base,
                theirs,
            )

    def add_recovered_conflicts(
        self, merged: MergedFiles, base: Workspace, theirs: Workspace
    ) -> None:
        """Add the merge conflicts of changes restored from `base`.

        The journal starts from `base` again, so that another crash restores the conflicts too.
        """
        self.add_conflicts(merged.asked, base, theirs)
        self.keeper.start_again(base, merged.workspace)

    def with_choices(self, ours: Workspace, choices: Choices) -> Workspace:
        """Return the text with the chosen values, ours where unresolved. Raises ReadError."""
        from planner.merge.workspaces import merge_workspaces

        if self._conflict_texts is None:
            return ours
        base, theirs = self._conflict_texts
        return merge_workspaces(base, ours, theirs, decided(choices, "ours")).workspace

    def resolved(self, ours: Workspace, choices: Choices) -> Workspace:
        """Choose for good, and return the text with it. Raises ReadError."""
        if self._conflict_texts is None:
            return ours
        workspace = self.with_choices(ours, choices)
        self.external_changes.add_choices(choices)
        self.merge_conflicts = tuple(
            each for each in self.merge_conflicts if each.name not in choices
        )
        if self.merge_conflicts:
            self.keeper.record("choices", workspace)
        else:
            self._conflict_texts = None
            self.keeper.start_again(self.saved, workspace)
        return workspace

    @property
    def disk_warning(self) -> str | None:
        """Warning while text and disk can't be merged, in one line; None where they can."""
        if self.broken:
            from planner.session.external_merge import file_and_line

            if lost := self.gone():
                return f"{', '.join(each.name for each in lost)} is gone from the disk"
            where = file_and_line(self.broken)
            return f"Showing the last readable version. {where}: {self.broken.message}"
        if open := len(self.merge_conflicts):
            has = "has" if open == 1 else "have"
            return f"{count(open, 'key')} {has} another value on disk"
        return None

    # --- deleted files ----------------------------------------------------------------------------

    def gone(self) -> tuple[Path, ...]:
        """The files that were deleted while their folder is still there."""
        return tuple(file for file in self.saved.absolute if self._places[file].empty())

    def put_back(self) -> None:
        """Restore deleted files with their last read content. Raises SaveError."""
        texts = zip(self.saved.absolute, self.saved.documents, strict=True)
        lost = ((self._places[file].empty(), document) for file, document in texts)
        put_back({place: document.to_bytes() for place, document in lost if place})

    # --- writing ----------------------------------------------------------------------------------

    def save(self, workspace: Workspace) -> Saved:
        """Write the files that differ. Raises SaveError, and its child ChangedOnDisk where others
        wrote them or a merge conflict is unresolved.
        """
        if self.merge_conflicts:
            names = ", ".join(each.name for each in self.merge_conflicts)
            raise ChangedOnDisk(
                f"not saved: {names} also changed on disk", hint="choose a value, then save"
            )
        try:
            saved = workspace.save(self.saved, self.keeper.record_save)
        except ChangedOnDisk:
            raise
        except SaveError as error:
            raise self._with_whereabouts(error) from error
        if self._presence:
            self._presence.wrote(
                (old.to_bytes(), new.to_bytes()) for _, old, new in workspace.differing(self.saved)
            )
        self.saved = workspace
        self.keeper.start_again(workspace, workspace)
        self._watch = _watch(workspace)
        return saved

    def refusal(self, broken: ReadError) -> ChangedOnDisk:
        """Return the error of a save over an unreadable file, such as one with merge markers."""
        error = ChangedOnDisk(
            f"not saved: what is on disk can't be read ({broken.message}); it is as it was",
            file=broken.file,
            line=broken.line,
            hint=f"correct it there, then save again; {STILL_OPEN}",
        )
        self._with_whereabouts(error)
        return error

    def _with_whereabouts(self, error: SaveError) -> SaveError:
        if error.hint and self.keeper.holds:
            error.hint = f"{error.hint}, and in a recovery file for the next start"
        return error

    def read(self, workspace: Workspace) -> None:
        """Take over the reloaded files; unsaved changes stay in a journal of their own.

        What others wrote since is an external change, so that undo brings back only ours.
        """
        if not workspace.reads_as(self.saved):
            self.external_changes.add(self.saved, workspace)
        self.saved = workspace
        self._places = _places(workspace)
        self.broken, self.merge_conflicts, self._conflict_texts = None, (), None
        self._watch = _watch(workspace)
        self.keeper.set_aside(workspace)


def _places(workspace: Workspace) -> dict[Path, Place]:
    return {file: Place.of(file) for file in workspace.absolute}


def _watch(workspace: Workspace) -> Watch:
    texts = {
        file: document.to_bytes()
        for file, document in zip(workspace.absolute, workspace.documents, strict=True)
    }
    is_folder = workspace.files != (workspace.path,)
    return Watch(texts, workspace.path if is_folder else None)
