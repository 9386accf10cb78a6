"""Wheels for every Python and system that a release is for, from the package index.

The first target is resolved; the others get the same versions, of what is compiled only.
`PIP_CONSTRAINT=…/requirements.txt` with the list of an earlier wheelhouse gives its versions again.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import parse_wheel_filename

PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class System:
    """A kind of machine: what its wheels are tagged with, the oldest that they run on first."""

    name: str
    platforms: tuple[str, ...]


LINUX = tuple(
    System("linux", tuple(f"manylinux{glibc}_{machine}" for glibc in ("2014", "_2_17", "_2_28")))
    for machine in ("x86_64", "aarch64")
)
MACOS = (
    System("macos", ("macosx_11_0_arm64",)),
    System("macos", ("macosx_10_9_x86_64", "macosx_10_13_x86_64", "macosx_10_15_x86_64")),
)
SYSTEMS = (*LINUX, *MACOS)


def downloaded(planner: Path, extras: str, folder: Path) -> list[Path]:
    """Download what a wheel of planner needs, for every Python and system, beside it."""
    wanted = f"{planner}[{extras}]"
    _download([wanted], folder, PYTHONS[0], SYSTEMS[0], "--find-links", str(planner.parent))
    found = {name: version for name, version, _ in map(_named, folder.glob("*.whl"))}
    compiled = {name for name, _, tag in map(_named, folder.glob("*.whl")) if tag != "any"}
    pinned = [f"{name}=={found[name]}" for name in sorted(compiled)]
    for python in PYTHONS:
        for system in SYSTEMS:
            _download(pinned, folder, python, system, "--no-deps")
    return sorted(folder.glob("*.whl"))


def _named(wheel: Path) -> tuple[str, str, str]:
    """The name of a wheel's project, its version, and one platform that it is for."""
    name, version, _, tags = parse_wheel_filename(wheel.name)
    return name, str(version), next(iter(tags)).platform


def _download(
    wanted: Iterable[str], folder: Path, python: str, system: System, *options: str
) -> None:
    platforms = (f"--platform={each}" for each in system.platforms)
    version = python.replace(".", "")
    abis = ("--implementation=cp", f"--abi=cp{version}", "--abi=abi3", "--abi=none")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    chosen = ["--only-binary=:all:", f"--python-version={python}", *abis, *platforms, *options]
    subprocess.run([*command, *chosen, "--dest", str(folder), *wanted], check=True)


def for_system(wheels: Iterable[Path], name: str) -> list[Path]:
    """The wheels that run on one kind of system: its compiled ones, and those for any."""
    tags = {"linux": "linux", "macos": "macosx"}
    return [each for each in wheels if _named(each)[2] == "any" or tags[name] in _named(each)[2]]
