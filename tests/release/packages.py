"""Folders of packages: from wheels of several systems in one, or from what is installed here.

A compiled module's name ends with the Python and the system that it is for, so those of several
stand beside each other, and each interpreter takes its own. The two kinds of Mac share a name:
theirs become one file, which has both.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.release.macho import joined

ONE_FILE = "joint-planner[xlsx]"
"""What the one file has: sheets of Excel are what a first roadmap is imported from."""


def from_wheels(wheels: Iterable[Path], folder: Path) -> Path:
    """Lay wheels out in one folder, as if each were installed there."""
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as archive:
            for info in archive.infolist():
                if not info.is_dir() and ".data/" not in info.filename:
                    _add(folder / info.filename, archive.read(info))
    return folder


def _add(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    both = path.suffix == ".so" and "-darwin." in path.name and path.exists()
    path.write_bytes(joined(path.read_bytes(), data) if both else data)


def from_here(planner: Path, folder: Path) -> Path:
    """Lay out a wheel of planner, and what it needs as it is installed with this interpreter."""
    from_wheels([planner], folder)
    for package in needed(ONE_FILE):
        for file in package.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), target)
    return folder


def needed(wanted: str) -> list[Distribution]:
    """What has to be installed for a requirement, without itself, by name."""
    found: dict[str, Distribution] = {}
    todo = [Requirement(wanted)]
    while todo:
        requirement = todo.pop()
        package = distribution(requirement.name)
        for each in _requirements(package, requirement.extras):
            if (name := canonicalize_name(each.name)) not in found or each.extras:
                found[name] = distribution(each.name)
                todo.append(each)
    return [found[name] for name in sorted(found)]


def _requirements(package: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        requirement = Requirement(line)
        asked = [{"extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(map(requirement.marker.evaluate, asked)):
            yield requirement
