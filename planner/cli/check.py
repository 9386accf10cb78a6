"""`planner check`: conflicts, who moves next, and their fixes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from planner.cli.formats import FORMATS, rendered, unreadable
from planner.cli.shared.among import among
from planner.cli.shared.choosing import Choice, choosing, chosen, switched_on, within
from planner.cli.shared.findings_text import next_page, roots_text, silent_text
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import open_session, opens_roadmap, parse_day, roadmap_path
from planner.conflicts.findings import Finding
from planner.conflicts.registry import wanted
from planner.errors import ReadError, SaveError, UsageError
from planner.exchange.report import checked
from planner.git.directory import git_directory
from planner.pages.conflicts import totals
from planner.pages.lines import Line
from planner.query.party import party_named
from planner.session.session import Session
from planner.text.visible import visible


class Shape(Struct, frozen=True):
    """How conflicts are printed for a person."""

    all: bool
    by_next: bool
    as_markdown: bool


@click.command("check")
@opens_roadmap(path_argument=True)
@takes_json()
@click.option(
    "--format", "format", type=click.Choice(FORMATS), default="text", help="Output format."
)
@choosing
@click.option(
    "--group-by",
    "grouping",
    type=click.Choice(["next"]),
    help="Group the conflicts by who moves next.",
)
@takes_markdown
@click.option("--all", "all", is_flag=True, help="Show every conflict, each with its place.")
@click.option(
    "--fix",
    is_flag=False,
    flag_value="",
    metavar="CODE[:ID]",
    help="Apply the best fix for these conflicts; list the fixes where a person must choose. "
    "Without CODE: list only.",
)
@click.option("--apply", type=int, metavar="N", help="With --fix CODE:ID: apply fix number N.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="With --fix: list the fixes and show the changes; write nothing.",
)
@click.option(
    "--base",
    metavar="REV",
    help="Only conflicts that are new since this revision, both at one status date; exit 1 on new "
    "errors only.",
)
@click.option("--at", metavar="REV", help="Check the roadmap as it was committed at this revision.")
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    fix: str | None,
    apply: int | None,
    dry_run: bool,
    base: str | None,
    at: str | None,
    format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str,
    whose: str | None,
    query: str | None,
    mover: str | None,
    grouping: str | None,
    as_markdown: bool,
    all: bool,
) -> int:
    """Check the roadmap and list conflicts; exit 1 on errors that are not waived."""
    if fix is not None and path is None and _looks_like_path(fix):
        path, fix = fix, ""
    format = "json" if form else format
    told_to_a_person = format == "text" and base is None and not os.environ.get("CI")
    try:
        session = _opened(roadmap, as_of, path, at)
    except ReadError as error:
        print_data(unreadable(format, error), nl=False)
        raise
    look_back(session, at or "HEAD", told=told_to_a_person)
    party = party_named(session.plan, mover) if mover is not None else None
    choice = Choice(select, ignore, severity, among(session, query, whose), party)
    if fix is not None:
        if (base or at) is not None or format != "text" or not choice.everything:
            raise UsageError(
                "--fix goes with no other choice of conflicts and no format",
                hint="name a conflict: --fix CODE:ID",
            )
        from planner.cli.shared.fixing import fix_text  # edits, which a check has no use for

        say = print_data if dry_run else click.echo  # what would be written is for `git apply` too
        for line in fix_text(session, fix, apply, dry_run=dry_run):
            say(line)
        return exit_code(session.plan.findings)
    plan = switched_on(session.plan, choice)
    found, since = (within(plan, choice), "") if base is None else _since(session, choice, base)
    findings = chosen(plan, found, choice)
    if form == "short":
        print_json("check", checked(session, findings), form)
    else:
        shape = Shape(all, grouping == "next", as_markdown)
        _print(session, findings, format, since, choice, shape)
    return exit_code(findings)


def exit_code(findings: tuple[Finding, ...]) -> int:
    """1 where there are errors among these that are not waived, else 0."""
    return int(any(one.severity == "error" and not one.waived for one in findings))


def _opened(roadmap: str | None, as_of: str | None, path: str | None, at: str | None) -> Session:
    """The roadmap as it is here, or was at a revision. Raises UsageError where it was not there."""
    if at is None:
        return open_session(roadmap, as_of, path)
    from planner.git.workspaces import workspace_at  # git is asked only here

    where = roadmap_path(roadmap, path)
    then = workspace_at(where, at)
    if not then.documents:
        raise UsageError(f"{where} was not there at {at}")
    return Session(then, parse_day(as_of) if as_of else None)


def look_back(session: Session, revision: str, *, told: bool) -> None:
    """Let the plan know what git says of it. `told`: also what only a person is told."""
    if _may_be_in_git(session.path) and wanted(session.plan.context, told=told):
        from planner.analysis.evidence import evidence_for  # git is asked only for rules that ask

        plan, path = session.plan, session.path
        session.use_evidence(evidence_for(plan, path, told=told, revision=revision))


def _may_be_in_git(path: Path) -> bool:
    """Whether git may know a roadmap; it is run only for one that it may."""
    return git_directory(path) is not None or "GIT_DIR" in os.environ


def _since(session: Session, choice: Choice, base: str) -> tuple[tuple[Finding, ...], str]:
    """What the working files bring since a revision, and how that is called."""
    # git is asked, and a second plan made, only here.
    from planner.analysis.changes import new_findings
    from planner.analysis.evidence import evidence_for
    from planner.analysis.revisions import clock_of
    from planner.cli.formats.places import from_the_top
    from planner.git.workspaces import workspace_at
    from planner.plan.model import plan_of

    then = workspace_at(session.path, base)
    where = ""
    if not then.documents:
        where = f", where {session.path} is not yet"
    elif then.path != session.path:
        where = f", where it was {from_the_top(str(then.path))}"
    plan = switched_on(session.plan, choice)
    old = switched_on(plan_of(then, clock_of(plan)), choice)
    old = old.with_evidence(evidence_for(old, then.path, revision=base))
    if old.evidence is None and wanted(old.context, told=False):
        plan = plan.with_evidence(None)  # what git says of one side only is not new
    return new_findings(plan, old), visible(f"new since {base}{where}")


def _print(
    session: Session,
    findings: tuple[Finding, ...],
    format: str,
    since: str,
    choice: Choice,
    shape: Shape,
) -> None:
    if format != "text":
        text = rendered(format, session, findings)
        if text:
            print_data(text)
        if format == "github":
            _summarise(session, findings)
        return
    print_page(_lines(session, findings, since, choice, shape), as_markdown=shape.as_markdown)


def _summarise(session: Session, findings: tuple[Finding, ...]) -> None:
    """What GitHub shows nowhere, for the summary of a step; that decides no exit code."""
    from planner.cli.formats import github, summary

    try:
        summary.append(session, github.unseen(findings))
    except SaveError as error:
        click.echo(f"planner: {visible(str(error))}", err=True)


def _lines(
    session: Session, findings: tuple[Finding, ...], since: str, choice: Choice, shape: Shape
) -> Iterator[Line]:
    if shape.by_next:
        yield from next_page(session, findings)
        last = totals(findings)
    else:
        *lines, last = roots_text(session, findings, all=shape.all)
        yield from (((line, "text"),) for line in lines)
    yield ((f"{since}: {last}" if since else last, "text"),)
    if not since and choice.everything:
        yield from (((line, "text"),) for line in silent_text(session.plan).splitlines())


def _looks_like_path(text: str) -> bool:
    return "/" in text or text.endswith(".toml") or text == "."
