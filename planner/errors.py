"""Everything that planner raises on purpose.

PlannerError                 anything a user can act on; never shown as a traceback
├── UsageError               the command or key press asks for what can't be (exit code 2)
├── ReadError                a file that can't be read or parsed at all (exit code 2)
├── EditRefused              an edit that would not give exactly what was meant; nothing changed
└── SaveError                the file was not (or may not have been) written
    └── ChangedOnDisk        somebody else wrote the file since it was read; nothing was written
"""

from __future__ import annotations


class PlannerError(Exception):
    """What happened, where, and what to do next, in words for a person.

    `message` is one sentence. `file` is a path as the user named it, `line` is 1-based, `key` is a
    dotted key such as ``initiatives.web-push.estimate``; each may be None. `hint` says what to do.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        key: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.key = key
        self.hint = hint

    @property
    def where(self) -> str:
        """``file:line`` as compilers print it, or as much of it as is known."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        parts = [part for part in (self.where, self.key) if part]
        text = ": ".join([*parts, self.message])
        return f"{text} ({self.hint})" if self.hint else text


class UsageError(PlannerError):
    """What was asked can't be done as asked."""


class ReadError(PlannerError):
    """The file could not be read or is not TOML 1.0."""


class EditRefused(PlannerError):
    """The edit was not made; the text is as it was."""


class SaveError(PlannerError):
    """Saving failed; the message says what is on disk now and where the unsaved work is."""


class ChangedOnDisk(SaveError):
    """The file on disk is no longer the one that was read."""
