"""`planner report`: one page for people without a terminal, in the format of the file's suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from planner.analysis.agenda import moves_since
from planner.analysis.meetings import joint_meeting, last_met
from planner.analysis.promises import promises_of
from planner.analysis.report import spans_then
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative, only
from planner.cli.shared.pages import print_page
from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.errors import PlannerError, UsageError
from planner.exchange.exporting import write_export
from planner.exchange.reports.facts import Span
from planner.exchange.reports.markdown import data_markdown, report_markdown
from planner.exchange.reports.page import data_page
from planner.exchange.reports.writing import FORMATS, Material, format_of, report_bytes
from planner.git.revisions import Repository
from planner.git.workspaces import workspace_at
from planner.pages.report import report_shown
from planner.pages.report_data import data_lines, data_shown
from planner.plan.model import Plan
from planner.query.party import party_named
from planner.roadmap.figures import listed, short_commit
from planner.roadmap.ids import nearest, plain_letters
from planner.session.session import Session
from planner.text.phrases import did_you_mean, typed
from planner.text.visible import visible

STDOUT = "-"


@click.command("report")
@click.argument("words", metavar="FILE [PATH]", nargs=-1)
@opens_roadmap(path_argument=False)
@click.option("--for", "launch", metavar="ID", help="The launch it is about (default: the main).")
@click.option(
    "--since",
    metavar="DATE",
    help="What moved since this date (default: since the last joint meeting).",
)
@click.option("--side", metavar="SIDE", help="Show what concerns this side first.")
@click.option("--title", metavar="TEXT", help="Title of the page (default: the roadmap's).")
@click.option(
    "--for-data",
    "data",
    metavar="ID",
    help="One page on a class of data instead: who uses it, systems, reviews, consent, gaps.",
)
@click.option("--all", "everything", is_flag=True, help="Open what is folded, also in print.")
@click.option("--force", is_flag=True, help="Replace FILE where there is one already.")
@takes_json("Show what the page says as one JSON object.")
def command(
    words: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    launch: str | None,
    since: str | None,
    side: str | None,
    title: str | None,
    data: str | None,
    everything: bool,
    force: bool,
    form: Form,
) -> int:
    """Write the report to FILE (.html, .md, .svg, .png, .pptx), or print Markdown (FILE is `-`).

    One page for people without a terminal: when the launch is, what it costs to be late, what is
    asked of whom; below it what the sides owe each other, outcomes, risks and what moved.
    """
    file, path = _arguments(words)
    if file is None and not form and data is None:
        raise UsageError(
            "no file is named", hint=f"`planner report report.md`, or one of {_known()}"
        )
    if file not in (None, STDOUT):
        format_of(Path(file or "").suffix)
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    if data is not None:
        _about_data(session, data, file, form, force=force)
        return 0
    day = day_in(plan, since, past=True) if since else last_met(plan, joint_meeting(plan))
    compared, unknown = moves_since(session.path, plan, day)
    if compared is None and since:
        raise UsageError(unknown or "there is no record", hint="leave out --since")
    shown = report_shown(
        plan,
        known_initiative(plan, launch) if launch is not None else None,
        _side(plan, side) if side is not None else None,
        title,
        _revision(session),
        (day, compared) if compared is not None else None,
        promises_of(session.path, plan),
    )
    if form:
        print_json("report", shown, form)
    elif file == STDOUT:
        print_data(report_markdown(shown), nl=False)
    elif file is not None:
        spans = spans_then(plan, compared) if compared is not None else {}
        was = {id: Span(*span) for id, span in spans.items()}
        material = Material(plan=plan, shown=shown, everything=everything, was=was, was_on=day)
        _write(Path(file), material, force=force)
    return 0


def _about_data(session: Session, data: str, file: str | None, form: Form, *, force: bool) -> None:
    """One page on a class of data: printed, or written as HTML or Markdown."""
    shown = data_shown(session.plan, _data_named(session.plan, data), _revision(session))
    if form:
        print_json("report", shown, form)
    elif file is None:
        print_page(data_lines(shown, text_width()))
    elif file == STDOUT:
        print_data(data_markdown(shown), nl=False)
    else:
        made = _DATA_FORMATS.get(Path(file).suffix.lower())
        if made is None:
            known = listed(_DATA_FORMATS)
            raise UsageError("the page on data is no picture", hint=f"name a file with {known}")
        _say_written(Path(file), made(shown).encode(), force=force)


_DATA_FORMATS = {".html": data_page, ".md": data_markdown}


def _data_named(plan: Plan, text: str) -> str:
    """The class of data with this id or title. Raises UsageError with the nearest one."""
    known = {id: one.label for id, one in plan.roadmap.data.items()}
    for one in plan.roadmap.initiatives.values():
        known.update({id: id for id in (*one.processes, *one.activates) if id not in known})
    wanted = plain_letters(text)
    for id, title in known.items():
        if wanted in (plain_letters(id), plain_letters(title)):
            return id
    near = nearest(text, known, loose=True)
    names = f"there is {listed(known)}" if known else "no data are named in the roadmap"
    raise UsageError(f"there are no data {typed(text)}", hint=did_you_mean(near, names))


def _arguments(words: Sequence[str]) -> tuple[str | None, str | None]:
    """FILE and PATH: a file of a report is told by its suffix, or by being first."""
    only(words, 2, "FILE and PATH")
    files = [word for word in words if word == STDOUT or Path(word).suffix.lower() in FORMATS]
    others = [word for word in words if word not in files]
    if len(files) > 1:
        raise UsageError(f"{typed(files[1])} is too much", hint="one FILE at a time")
    if not files and len(others) == 2:
        format_of(Path(others[0]).suffix)
    if not files and others and Path(others[0]).suffix not in ("", ".toml"):
        format_of(Path(others[0]).suffix)
    return (files[0] if files else None), (others[0] if others else None)


def _known() -> str:
    return ", ".join(FORMATS)


def _side(plan: Plan, text: str) -> str:
    """The side of this name. Raises UsageError for a team or a person."""
    party = party_named(plan, text)
    if party.kind != "side":
        raise UsageError(f"{typed(text)} is a {party.kind}, and no side", hint="name a side")
    return party.id


def _revision(session: Session) -> str | None:
    """The commit that is checked out, and whether the roadmap says what it has; None without git.

    Tables are compared, since asking git for changed files would run filters of the repository.
    """
    path = session.path
    try:
        commit = Repository.around(path).commit("HEAD")
        same = workspace_at(path, commit).tables == session.workspace.tables
    except PlannerError:
        return None
    short = short_commit(commit)
    return short if same else f"{short} with changes that are not committed"


def _write(file: Path, material: Material, *, force: bool) -> None:
    _say_written(file, report_bytes(material, file.suffix), force=force)


def _say_written(file: Path, raw: bytes, *, force: bool) -> None:
    is_new = write_export(file, raw, replace=force)
    click.echo(visible(f"planner: {'wrote' if is_new else 'unchanged:'} {file}"), err=True)
