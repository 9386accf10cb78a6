"""Committing a session: what would be committed and in which words, then save and commit.

The message that is proposed is made of the edits since HEAD, as a person would say them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.analysis.changes import Change
from planner.analysis.compared import Compared
from planner.analysis.history import compared
from planner.errors import PlannerError, ReadError, UsageError
from planner.files.workspace import Workspace
from planner.git.committing import NOTHING, Committable, Committed, commit, committable
from planner.git.workspaces import workspace_at
from planner.pages.changes import difference_lines
from planner.roadmap.figures import count
from planner.session.session import Session
from planner.session.what_if import refuse_to_save
from planner.text.visible import visible

SUBJECT = 72
"""Characters of a subject at most."""


class Draft(Struct, frozen=True):
    """What a commit of a session would have: in words, as text, and the message proposed for it."""

    found: Committable
    disk: Workspace
    """What was saved when it was looked at: that may be staged."""
    words: tuple[str, ...]
    patch: str
    message: str


def draft(session: Session) -> Draft:
    """What would be committed, unsaved changes too, but no edits of a what-if. Runs git; changes
    nothing. Raises UsageError where it can't be, SaveError where only what is tried differs.
    """
    disk = session.working_copy.saved
    found = committable(disk, session.base.workspace)
    if not found.files and session.what_if is not None:
        refuse_to_save()
    if not found.files:
        return Draft(found, disk, (NOTHING,), "", "")
    seen = _compared(session, found.head)
    if isinstance(seen, str):
        new = f"Add the roadmap {visible(session.plan.roadmap.title)}"
        return Draft(found, disk, (seen,), _patch(found), new[:SUBJECT])
    return Draft(found, disk, tuple(difference_lines(seen)), _patch(found), proposed(seen.changes))


def _compared(session: Session, head: str | None) -> Compared | str:
    """The plan against HEAD; in words, why there is nothing to compare with."""
    try:
        if head is None or not workspace_at(session.path, head).documents:
            return "The roadmap is not committed yet"
        return compared(session.path, session.base.plan, head)
    except (ReadError, UsageError) as error:
        return f"HEAD has no roadmap to compare with: {error.message}"


def save_and_commit(session: Session, known: Draft, message: str) -> Committed:
    """Save what is unsaved, then commit what was looked at. Raises SaveError, UsageError.

    Where HEAD or the files are others by now, it is saved and not committed.
    """
    saved = session.save() if session.unsaved else None
    found = committable(known.disk, session.base.workspace)
    if (found.head, found.files) != (known.found.head, known.found.files):
        what = f": {saved.merged}" if saved is not None and saved.merged else ""
        hint = "look at the difference again"
        raise UsageError(f"not committed, something else has changed meanwhile{what}", hint=hint)
    return commit(found, message)


def proposed(found: tuple[Change, ...]) -> str:
    """``customer-sso: estimate 9w → 8w; web-push: status planned → active``. What has no room in
    the subject follows in lines of their own.
    """
    changes = [*_said(found)]
    if not changes:
        return "Change comments and layout of the roadmap"
    subject = "; ".join(changes)
    if len(subject) <= SUBJECT:
        return subject
    more = len(changes) - 1
    rest = f"; {count(more, 'more change')}" if more else ""
    first = changes[0]
    if len(first) + len(rest) > SUBJECT:
        first = f"{first[: SUBJECT - len(rest) - 1].rstrip()}…"
    return "\n".join([f"{first}{rest}", "", *(f"- {each}" for each in changes)])


def _said(changes: tuple[Change, ...]) -> Iterator[str]:
    for each in changes:
        name = each.id if each.kind == "initiatives" else f"{each.kind}.{each.id}".rstrip(".")
        if each.what == "renamed":
            yield visible(f"{each.old} renamed to {name}")
        elif each.what != "changed":
            yield visible(f"{name} {each.what}")
        if each.keys:
            yield visible(f"{name}: {', '.join(key.text for key in each.keys)}")


def _patch(found: Committable) -> str:
    """The difference from HEAD as a patch; of what HEAD has that can't be read, all of it."""
    from planner.text.patching import patch

    parts = []
    for file in found.files:
        old = _old(found, file.name)
        parts.append(patch(file.name, _text(old), _text(file.content or b"")))
    return "".join(parts)


def _old(found: Committable, name: str) -> bytes:
    if found.head is None:
        return b""
    try:
        entry = next(
            (one for one in found.repository.files(found.head, name) if one.path == name), None
        )
        return found.repository.blobs([entry.hash])[entry.hash] if entry is not None else b""
    except PlannerError:
        return b""


def _text(content: bytes) -> str:
    return content.decode(errors="replace")
