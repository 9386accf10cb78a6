"""The one file for this interpreter, built once of what is installed with it: for the tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from importlib.metadata import distributions
from pathlib import Path

from tests.release.distributions import ROOT, wheel
from tests.release.one_file import one_file
from tests.release.packages import from_here

KEPT = ROOT / "build" / "one-file"


def built_here() -> Path:
    """The one file of this checkout; another run of the tests, or another worker, may have it."""
    program = KEPT / _state() / "planner.pyz"
    if program.exists():
        return program
    with tempfile.TemporaryDirectory(prefix="planner-one-file-") as work:
        planner = wheel(Path(work))
        built = one_file(from_here(planner, Path(work) / "packages"), Path(work) / program.name)
        program.parent.mkdir(parents=True, exist_ok=True)
        aside = program.with_name(f"{os.getpid()}.part")
        shutil.copy(built, aside)
        aside.rename(program)
    return program


def _state() -> str:
    """What this checkout and the packages around it are, in a word."""
    found = hashlib.sha256(os.fsencode(Path(os.__file__)))
    for folder in ("planner", "roadmaps", "tests/release"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    found.update(str(sorted((each.name, each.version) for each in distributions())).encode())
    return found.hexdigest()[:16]
