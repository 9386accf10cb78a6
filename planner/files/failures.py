"""Error texts for failed reads and saves: what happened, the file's state, where the changes are.

Every text has all three, because its reader is afraid of having lost something.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from planner.errors import SaveError

STILL_OPEN = "your changes are still here, unsaved"
NOT_KEPT = "nothing was changed"

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file would be larger than allowed here",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk is mounted read-only",
    errno.ENOENT: "the file is no longer there",
    errno.ENOTDIR: "its folder is no longer there",
    errno.ESTALE: "its folder is no longer there",
    errno.ELOOP: "its link leads in a circle",
    errno.EIO: "the disk reports an error",
    errno.EEXIST: "something of its name is there again",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open on this machine",
    errno.ENAMETOOLONG: "its name is too long",
}
_ADVICE = {
    errno.ENOSPC: "make room, then save again",
    errno.EDQUOT: "make room, then save again",
    errno.EACCES: "ask for the right to write, then save again",
    errno.EPERM: "ask for the right to write, then save again",
    errno.EROFS: "save again when it can be written",
    errno.ENOENT: "put it back, then save again",
    errno.ENOTDIR: "put the folder back, then save again",
    errno.ESTALE: "put the folder back, then save again",
    errno.EIO: "copy the file to another disk, then check this one",
}


def why(error: OSError) -> str:
    """What a person calls this error."""
    return _WORDS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def why_no_journal(error: OSError) -> str:
    """The same of a journal, whose folder may be a place where none can be."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST):
        return f"no folder can be made at {error.filename or 'its place'}"
    return why(error)


def refused(name: str, why: str, advice: str = "") -> SaveError:
    """A save that did not happen: the file is as it was, and the edits are still open."""
    hint = f"{advice}; {STILL_OPEN}" if advice else STILL_OPEN
    state = "" if "no longer" in why else "; the file is as it was"
    return SaveError(f"not saved: {why}{state}", file=name, hint=hint)


def to_a_command(error: SaveError) -> SaveError:
    """The same refusal for a command, which has ended when it is read: nothing of it is open."""
    hint = (error.hint or "").replace("save again", "run the command again")
    error.hint = hint.replace(STILL_OPEN, NOT_KEPT) or None
    return error


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn the system's errors into refusals, while the file called `name` is as it was."""
    try:
        yield
    except OSError as error:
        raise refused(name, why(error), _ADVICE.get(error.errno or 0, "")) from error
