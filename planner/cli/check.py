"""`planner check`: what is wrong, who moves next, and the ways out."""

from __future__ import annotations

import click

from planner.cli.findings_text import findings_text
from planner.cli.fixing import fix_text
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.report import check_json, exit_code


@click.command("check")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--fix",
    is_flag=False,
    flag_value="",
    metavar="CODE[:ID]",
    help="Show the ways out of these findings, each with what it would do to the whole plan.",
)
@click.option("--apply", type=int, metavar="N", help="With --fix CODE:ID: make fix number N.")
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    as_json: bool,
    fix: str | None,
    apply: int | None,
) -> int:
    """Check the roadmap; exit 1 on errors that are not waived."""
    if fix is not None and path is None and _looks_like_path(fix):
        path, fix = fix, ""
    session = open_session(roadmap, as_of, path)
    if fix is not None:
        for line in fix_text(session, fix, apply):
            click.echo(line)
    elif as_json:
        click.echo(check_json(session))
    else:
        for line in findings_text(session):
            click.echo(line)
    return exit_code(session.plan)


def _looks_like_path(text: str) -> bool:
    return "/" in text or text.endswith(".toml") or text == "."
