"""`planner what-if`: commands tried together, compared, and applied or kept as a branch."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.analysis.whatif import Step, what_if_shown
from planner.cli.shared.edit import keep, written_text
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.cli.shared.trying import try_lines
from planner.errors import UsageError
from planner.pages.whatif import what_if_page
from planner.session.roadmaps import option_for
from planner.session.session import Session
from planner.text.phrases import typed
from planner.text.shell import line
from planner.text.visible import visible

STDIN = "-"


@click.command("what-if")
@click.argument("file", metavar="COMMANDS|-")
@opens_roadmap(path_argument=False)
@click.option("--branch", metavar="NAME", help="Keep the edits as a new git branch.")
@click.option("--apply", "apply", is_flag=True, help="Apply the edits to the files.")
@takes_json()
@takes_markdown
@takes_width
def command(
    file: str,
    roadmap: str | None,
    as_of: str | None,
    branch: str | None,
    apply: bool,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Try commands together and compare: launches, money, conflicts, load. Nothing is written.

    COMMANDS is a file with a command a line, `-` reads them from a pipe:
    `echo 'planner set web-push estimate=4w' | planner what-if -`.
    """
    if branch is not None and apply:
        raise UsageError("--branch and --apply are two ways", hint="leave out one")
    session = open_session(roadmap, as_of)
    try_lines(session, _read(file), file if file != STDIN else "stdin")
    tried = session.begin_what_if()
    if not tried.edits:
        raise UsageError("no command changes anything", hint="a line: `planner set ID KEY=VALUE`")
    steps = [Step(one.edit, before, after) for one, before, after in tried.steps()]
    shown = what_if_shown(session.base.plan, session.plan, steps, option_for(session.path))
    plan = session.plan
    if branch is not None:
        _branch(session, branch)
    elif apply:
        _apply(session)
    if form:
        print_json("what-if", shown, form)
    else:
        page = what_if_page(shown, plan, page_width(width), beside=False)
        print_page(page.lines, as_markdown=as_markdown)
    return 0


def _read(file: str) -> list[str]:
    """The lines. Raises UsageError."""
    try:
        raw = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return raw.decode().splitlines()
    except OSError as error:
        raise UsageError(f"{typed(file)} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{typed(file)} is not UTF-8") from None


def _branch(session: Session, name: str) -> None:
    made = session.branch_what_if(name)
    click.echo(f"planner: branch {visible(name)} is made, on {visible(made.base)}", err=True)
    for words in (["git", "switch", name], ["planner", "compare", made.base, name]):
        click.echo(f"  {line(words)}", err=True)


def _apply(session: Session) -> None:
    edit, before = session.begin_what_if().as_one, session.base.workspace
    session.apply_what_if()
    told = [*written_text(before, session.workspace, edit)]
    keep(session)
    for each in told:
        click.echo(each, err=True)
