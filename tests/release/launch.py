"""What the one file does first: find a Python that can run it, and a place to unpack to.

Compiled parts can't be loaded from inside a file, so all is unpacked once, and started from there.
The first place that serves is taken: SHIV_ROOT where it is set, else the user's cache folder, else
a folder of the user's own in the system's temporary one. A place serves where files can be written
and programs run. Python 3.6 reads this module too, to be told what is missing.
"""

import importlib.machinery
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NoReturn

BUILD = "@build@"
"""What the unpacked folder is called: another build never runs from this one's."""
SUFFIXES = ["@suffixes@"]
"""How the compiled parts in this file end, one for each Python and system that it is for."""
PYTHONS = ["@pythons@"]
"""Interpreters to look for where this one is none of those, the newest first."""
SOUGHT = "PLANNER_SOUGHT_PYTHON"
AGAIN = "SHIV_FORCE_EXTRACT"


def start() -> None:
    """Run planner; its arguments are the process's own."""
    find_python()
    import _bootstrap

    sys.dont_write_bytecode = False  # what is unpacked is a cache: compiled once, not at each start
    found = unpacked(_bootstrap)
    _bootstrap.cache_path = lambda *_: found
    os.environ.pop(AGAIN, None)
    _bootstrap.bootstrap()


def find_python() -> None:
    """Go on with a Python that this file has compiled parts for, or say which ones it has."""
    sought = os.environ.pop(SOUGHT, None)
    if any(each in SUFFIXES for each in importlib.machinery.EXTENSION_SUFFIXES):
        return
    for name in () if sought else PYTHONS:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.environ[SOUGHT] = "1"
            os.execv(found, [found, *sys.argv])
    version = ".".join(str(part) for part in sys.version_info[:2])
    pythons = " or ".join(reversed(PYTHONS))
    systems = ", ".join(sorted({each.split("-", 2)[-1].rsplit(".", 1)[0] for each in SUFFIXES}))
    leave(
        f"this file runs with {pythons} ({systems}), and this is Python {version}",
        "install one of them, or planner itself: README.md says how",
    )


def unpacked(shiv: Any) -> Path:
    """The folder that holds all: there already, or unpacked to the first place that serves."""
    refused = []
    for root in roots():
        target = root / f"planner_{BUILD}"
        try:
            serves(root)
            if not is_there(target):
                unpack(shiv, target)
            return target
        except (OSError, RuntimeError, zipfile.BadZipFile) as error:
            refused.append(f"{root}: {getattr(error, 'strerror', None) or error}")
    return leave(
        "there is no place to unpack to: " + "; ".join(refused),
        "set SHIV_ROOT to a folder of yours with 50 MB free, where programs may run",
    )


def roots() -> "list[Path]":
    """Folders to unpack to, the one that is wanted first."""
    said = os.environ.get("SHIV_ROOT")
    if said:
        return [Path(said).expanduser().absolute()]
    home = os.path.expanduser("~")  # noqa: PTH111 (which raises where there is none)
    caches = [Path(os.environ.get("XDG_CACHE_HOME", "")), Path(home, ".cache")]
    cache = next((each for each in caches if each.is_absolute()), None)
    own = Path(tempfile.gettempdir(), f"planner-{os.getuid()}")
    return [own] if cache is None else [cache / "planner", own]


def serves(root: Path) -> None:
    """Make a place; raises OSError where a stranger could write it, or no program may run there."""
    root.mkdir(0o700, parents=True, exist_ok=True)
    mode = root.stat().st_mode if os.environ.get("SHIV_ROOT") else ours(root)
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise OSError("everybody can write it")
    if os.statvfs(root).f_flag & getattr(os, "ST_NOEXEC", 0):
        raise OSError("no program may run there (noexec)")


def ours(folder: Path) -> int:
    """The mode of a folder; raises OSError where it is none of ours, nor the system's."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise OSError("it is no folder")
    if found.st_uid not in (os.getuid(), 0):
        raise OSError("it belongs to somebody else")
    return found.st_mode


def is_there(target: Path) -> bool:
    """Whether all is unpacked. A temporary folder is cleaned file by file: there, each is sought.

    Raises OSError where somebody else unpacked it.
    """
    if not os.path.lexists(str(target)):
        return False
    ours(target)
    if os.environ.get(AGAIN):
        return False
    if Path(tempfile.gettempdir()) not in target.parents:
        return True
    with zipfile.ZipFile(sys.argv[0]) as archive:
        names = [each for each in archive.namelist() if each.startswith("site-packages/")]
    return all((target / each).exists() for each in names)


def unpack(shiv: Any, target: Path) -> None:
    """Unpack under shiv's lock, aside and then in one move; what does not fit goes again."""
    try:
        with zipfile.ZipFile(sys.argv[0]) as archive:
            shiv.extract_site_packages(archive, target, force=target.exists())
    except OSError:
        shutil.rmtree(str(target) + ".tmp", ignore_errors=True)
        raise


def leave(what: str, hint: str) -> NoReturn:
    """End as planner does where it can't go on."""
    sys.stderr.write(f"planner: {what} ({hint})\n")
    sys.exit(2)
