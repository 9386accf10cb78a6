"""The wheelhouse: all that an install needs where there is no network, in one archive.

Its list names every version with the checksums of its wheels, so that pip takes nothing else.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import parse_wheel_filename

from tests.release.archive import packed

FOLDER = "planner-wheelhouse"
LIST = "requirements.txt"
INSTALL = f"pip install --no-index --find-links {FOLDER} -r {FOLDER}/{LIST}"
"""The line that installs from it, in the folder where it was unpacked."""


def wheelhouse(wheels: Iterable[Path], target: Path) -> Path:
    """Pack wheels and their list into an archive, the same bytes each time."""
    wheels = sorted(wheels)
    files = {LIST: requirements(wheels).encode()} | {
        each.name: each.read_bytes() for each in wheels
    }
    return packed({f"{FOLDER}/{name}": data for name, data in files.items()}, target)


def requirements(wheels: Iterable[Path]) -> str:
    """Every project with its version and the checksum of each of its wheels."""
    found: dict[str, list[str]] = defaultdict(list)
    for wheel in wheels:
        name, version, *_ = parse_wheel_filename(wheel.name)
        found[f"{name}=={version}"].append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    lines = [f"# {INSTALL}"]
    for pinned, sums in sorted(found.items()):
        lines.append(
            " \\\n    ".join([pinned, *(f"--hash=sha256:{each}" for each in sorted(sums))])
        )
    return "\n".join(lines) + "\n"
