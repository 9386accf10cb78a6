"""Replace a small file as a whole or not at all.

The new file is created under an unguessable name and never through a link: somebody may have
planted one in a folder of a shared repository.
"""

from __future__ import annotations

import os
from pathlib import Path

from planner.files.targets import close, write_all

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def replace_whole(file: Path, raw: bytes, *, mode: int | None = None, add: int = 0) -> None:
    """Let a file hold these bytes, with this mode (else a new file's) and what is to be added.

    Raises OSError with the file as it was.
    """
    part = file.with_name(f".{os.urandom(8).hex()}.planner-new")
    descriptor = os.open(part, _NEW, 0o666)
    try:
        write_all(descriptor, raw)
        os.fchmod(descriptor, (os.fstat(descriptor).st_mode if mode is None else mode) | add)
        part.replace(file)
    finally:
        close(descriptor)
        part.unlink(missing_ok=True)
