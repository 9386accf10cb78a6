"""The wheelhouse, installed where there is no network: none at all where one can be taken away."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path
from shlex import split

from tests.release.wheelhouse import INSTALL

NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody is, for whatever asks the network all the same."""


def without_network() -> list[str]:
    """What stands before a command to run it with no network, where this user may do that."""
    for isolated in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        try:
            ran = subprocess.run([*isolated, "true"], capture_output=True, check=False)
        except FileNotFoundError:
            return []
        if ran.returncode == 0:
            return isolated
    return []


def installed(wheelhouse: Path, folder: Path) -> Path:
    """Unpack a wheelhouse, and install from it alone; returns the command `planner`.

    Raises CalledProcessError where that fails.
    """
    with tarfile.open(wheelhouse) as archive:
        archive.extractall(folder, filter="data")
    venv.create(folder / "venv", with_pip=True, symlinks=True)
    programs = folder / "venv" / "bin"
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "http_proxy": NOWHERE,
        "https_proxy": NOWHERE,
    }
    pip, *words = split(INSTALL)
    subprocess.run(
        [*without_network(), str(programs / pip), *words, "--quiet"],
        cwd=folder,
        env=environment,
        check=True,
        stdout=sys.stderr,
    )
    return programs / "planner"
