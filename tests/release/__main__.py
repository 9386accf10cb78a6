"""`python -m tests.release [OUT]`: build all that a release has, and say sizes and times.

It needs the package index once, for wheels of every Python and system; with `--here` it builds
only what this interpreter has, without any network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from planner.cli.completion import SHELLS, script
from tests.release.archive import packed
from tests.release.distributions import ROOT, sdist, wheel
from tests.release.manual import manual
from tests.release.measuring import WARM, measured, others
from tests.release.offline import installed, without_network
from tests.release.one_file import EARLIEST, MOST, one_file
from tests.release.packages import from_here, from_wheels
from tests.release.wheelhouse import wheelhouse
from tests.release.wheels import downloaded, for_system

EXTRAS = "xlsx"
WHEELHOUSE = "planner-wheelhouse.tar.gz"
SYSTEMS = {"linux": "planner.pyz", "macos": "planner-macos.pyz"}
"""Each system's one file: more than two of them would not fit into the size that it may have."""


def main(arguments: list[str]) -> int:
    """Build all into OUT (default: dist); 1 where one of them is too large."""
    here = "--here" in arguments
    out = Path(next((each for each in arguments if not each.startswith("-")), ROOT / "dist"))
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SOURCE_DATE_EPOCH", _committed())
    with tempfile.TemporaryDirectory(prefix="planner-release-") as work:
        built = [*_built(out, Path(work), here=here)]
        _sums(out, built)
        failed = _report(built, Path(work))
    return 1 if failed else 0


def _built(out: Path, work: Path, *, here: bool) -> Iterator[Path]:
    """Every file of a release, in the order in which they are made."""
    planner = wheel(out)
    yield planner
    yield sdist(out)
    if here:
        yield one_file(from_here(planner, work / "here"), out / SYSTEMS["linux"])
    else:
        yield from _of_wheels(planner, out, work)
    pages = {f"man1/{page.name}": page.read_bytes() for page in manual(work / "man")}
    yield packed(pages, out / "planner-man.tar.gz")
    for shell in SHELLS:
        (out / f"planner.{shell}").write_text(script(shell), encoding="utf-8")
        yield out / f"planner.{shell}"


def _of_wheels(planner: Path, out: Path, work: Path) -> Iterator[Path]:
    folder = work / "wheels"
    folder.mkdir()
    shutil.copy(planner, folder)
    wheels = downloaded(folder / planner.name, EXTRAS, folder)
    for system, name in SYSTEMS.items():
        packages = from_wheels(for_system(wheels, system), work / system)
        yield one_file(packages, out / name)
    yield wheelhouse(wheels, out / WHEELHOUSE)


def _sums(out: Path, built: list[Path]) -> None:
    """The checksums of all, as `sha256sum --check` reads them."""
    lines = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in built]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def _report(built: list[Path], work: Path) -> bool:
    """Say sizes and times; returns whether a size is more than is promised.

    Times belong to the machine, and fail nothing.
    """
    too_large = [path for path in built if path.suffix == ".pyz" and path.stat().st_size > MOST]
    for path in built:
        print(f"{path.stat().st_size:>11,} bytes  {path.name}{'  TOO LARGE' * (path in too_large)}")
    program = next(path for path in built if path.name == SYSTEMS["linux"])
    for words, cold, warm in measured(program, work):
        slow = "  TOO SLOW" if warm > WARM else ""
        print(f"{warm:.2f} s warm, {cold:.2f} s the first time  {words}{slow}")
    for python, cold in others(program, work):
        print(f"{cold:.2f} s the first time  {python}")
    for wheels in (path for path in built if path.name == WHEELHOUSE):
        how = "with no network" if without_network() else "without asking the network"
        print(f"installed {how}: {installed(wheels, work)}")
    return bool(too_large)


def _committed() -> str:
    """When this checkout was committed, for the times in what is built."""
    command = ["git", "show", "--no-patch", "--format=%ct", "HEAD"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip() or str(EARLIEST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
