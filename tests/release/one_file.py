"""The one file: shiv's archive of all packages, with `launch.py` as its start.

The same packages give the same bytes: times in it are SOURCE_DATE_EPOCH, or 1980.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from shiv import __version__ as shiv_version
from shiv.bootstrap.environment import Environment
from shiv.builder import create_archive, write_to_zipapp
from shiv.constants import BUILD_AT_TIMESTAMP_FORMAT

from tests.release.slim import slimmed

LAUNCH = Path(__file__).with_name("launch.py")
MOST = 8_000_000
"""Bytes that it may have."""
EARLIEST = 315_532_800
"""1 January 1980, before which an archive has no times."""


def one_file(packages: Path, target: Path) -> Path:
    """Pack a folder of packages, planner among them, into a program; the folder is slimmed."""
    slimmed(packages)
    _plain_modes(packages)
    build = _hash(packages)
    built_at = datetime.fromtimestamp(epoch(), UTC)
    environment = Environment(
        built_at=built_at.strftime(BUILD_AT_TIMESTAMP_FORMAT),
        shiv_version=shiv_version,
        build_id=build,
        compile_pyc=False,
        entry_point="planner.__main__:main",
        reproducible=True,
    )
    main = "launch:start"
    create_archive([packages], target, "/usr/bin/env python3", main, environment)
    with zipfile.ZipFile(target, "a") as archive:
        text = launch_text(build, (path.name for path in packages.glob("msgspec/*.so")))
        when = time.gmtime(epoch())[:6]
        write_to_zipapp(archive, "launch.py", text.encode(), when, zipfile.ZIP_DEFLATED)
    return target


def epoch() -> int:
    """The seconds that files in an archive are dated with."""
    return max(EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST)))


def launch_text(build: str, compiled: Iterable[str]) -> str:
    """The start of the file, which knows its build and the Pythons that it has parts for."""
    suffixes = sorted("." + name.partition(".")[2] for name in compiled)
    versions = {int(found[1]) for each in suffixes if (found := re.search(r"-3(\d+)-", each))}
    pythons = [f"python3.{minor}" for minor in sorted(versions, reverse=True)]
    text = LAUNCH.read_text(encoding="utf-8").replace("@build@", build)
    return text.replace('"@suffixes@"', _listed(suffixes)).replace('"@pythons@"', _listed(pythons))


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)


def _plain_modes(packages: Path) -> None:
    """Let no mode depend on who unpacked a wheel under which mask."""
    for path in packages.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.suffix == ".so" else 0o644)


def _hash(packages: Path) -> str:
    """What the contents are called; other contents have another name."""
    found = hashlib.sha256()
    for path in sorted(packages.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(packages)}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
