"""`planner demo`: the sample roadmap, copied to where nothing can go wrong."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from planner.cli.shared.printing import print_data
from planner.cli.shared.terminal_options import Interface, Look, need_terminal, opens_terminal
from planner.errors import PlannerError
from planner.session.demo import write_history


@click.command("demo")
@opens_terminal
@click.option("--copy-only", is_flag=True, help="Only make the copy and show its path.")
@click.pass_obj
def command(interface: Interface, look: Look, copy_only: bool) -> int:
    """Open a copy of the sample roadmap with its history, safe to change and save."""
    if not copy_only:
        need_terminal()
    copy = copy_sample()
    if copy_only:
        print_data(str(copy))
        return 0
    code = interface.open([copy], look=look)
    print(f"planner: the copy stays in {copy}", file=sys.stderr)
    return code


def copy_sample() -> Path:
    """A fresh copy of the sample with its history, in a new folder that only this user can read."""
    copy = Path(tempfile.mkdtemp(prefix="planner-demo-")) / "acme-2027"
    shutil.copytree(sample_folder(), copy)
    try:
        write_history(copy)
    except PlannerError as error:
        print(f"planner: the copy has no history: {error.message}", file=sys.stderr)
    return copy


def sample_folder() -> Path:
    """Where the sample is: inside the installed package, else in the checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "samples", package.parent / "roadmaps"):
        if (candidate / "acme-2027").is_dir():
            return candidate / "acme-2027"
    raise PlannerError("the sample roadmap is missing", hint="install planner again")
