"""`planner import`: a sheet or another tool's file becomes a roadmap, or brings one up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from planner.analysis.importing import Incoming
from planner.cli.shared.asking import VERSIONS, ask_clashes, ask_phrases
from planner.cli.shared.edit import print_patch
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.roadmap_option import opens_roadmap, parse_day, refuse_turned_round
from planner.cli.shared.terminal_options import has_terminal
from planner.errors import ReadError, SaveError, UsageError
from planner.exchange.importing.answering import (
    read_answers,
    template_bytes,
    with_answers,
    with_likeliest,
)
from planner.exchange.importing.arriving import EVERY_OTHER, Arrival, arriving
from planner.exchange.importing.shown import State, likeliest_of, shown_of
from planner.exchange.importing.target import patch_of, target_at, write
from planner.files.failures import to_a_command
from planner.files.reading import read_file
from planner.merge.values import Side
from planner.pages.importing import import_page
from planner.pages.lines import plain
from planner.roadmap.output_importing import ImportShown
from planner.session.roadmaps import option_for
from planner.session.starting import write_new
from planner.text.document import Document
from planner.text.phrases import typed
from planner.text.shell import line as typed_line
from planner.text.visible import visible

ASK, TAKE, NONE = "ask", "take", "none"


@click.command("import")
@click.argument("file")
@opens_roadmap(path_argument=True)
@click.option("--map", "mapping", metavar="FILE", help="TOML: what each heading means.")
@click.option(
    "--links",
    metavar="ask|take|none|FILE",
    help="Answers to phrases that name other work: ask (default on a terminal), take (the first "
    "candidate of each), none, or a TOML or CSV file; one that is not there is written, to be "
    "filled in.",
)
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="sheet|mine|KEY=VERSION",
    help="Where both changed a key: take the sheet's value, or keep the roadmap's (mine).",
)
@click.option("--dry-run", is_flag=True, help="Show the same and a patch; write nothing.")
@takes_json()
@click.option("--all", "every", is_flag=True, help="Show long lists whole.")
def command(
    file: str,
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    mapping: str | None,
    links: str | None,
    taken: tuple[str, ...],
    dry_run: bool,
    form: Form,
    every: bool,
) -> int:
    """Import FILE (CSV, XLSX, Markdown, or an export of another tool) into the roadmap at PATH.

    Without a roadmap a new one is made. A second import of the same file updates the roadmap, and
    exits with 1, nothing written, where both changed one key.
    """
    refuse_turned_round("import", file, path)
    arrival = _arrival(file, _path(path, roadmap), as_of, mapping, _versions(taken))
    if links not in (None, ASK, TAKE, NONE) and not Path(links).exists():
        return _write_template(arrival, Path(links))
    arrival = _with_links(arrival, links, as_object=bool(form))
    if has_terminal() and not form:
        arrival = ask_clashes(arrival)
    likeliest = likeliest_of(arrival)
    state, files = _carried_out(arrival, dry_run=dry_run)
    shown = shown_of(arrival, state, files, likeliest)
    if form:
        print_json("import", shown, form)
    else:
        for each in plain(import_page(shown, text_width(), all=every)):
            click.echo(each)
        _tell(arrival, shown, file, ["--as-of", as_of] if as_of else [])
    if dry_run and not form:
        print_patch(patch_of(arrival))
    return int(state == "clashes")


def _path(path: str | None, roadmap: str | None) -> Path | None:
    if path is not None and roadmap is not None and path != roadmap:
        raise UsageError(f"two roadmaps are named: {path} and {roadmap}", hint="leave out one")
    named = path if path is not None else roadmap
    return Path(named) if named is not None else None


def _arrival(
    file: str, path: Path | None, as_of: str | None, mapping: str | None, taken: dict[str, Side]
) -> Arrival:
    to = target_at(path, parse_day(as_of) if as_of else None)
    importing = to.importing(_incoming(file, mapping, to.day))
    return arriving(replace(importing, taken=taken))


def _incoming(file: str, mapping: str | None, day: date) -> Incoming:
    from planner.exchange.importing.reading import read_incoming

    return read_incoming(Path(file), _mapping(Path(mapping)) if mapping else None, day)


def _mapping(path: Path) -> dict[str, str]:
    """What each heading means, as a file says it. Raises ReadError."""
    said = Document.parse(read_file(path), str(path)).data
    for heading, meaning in said.items():
        if not isinstance(meaning, str):
            hint = 'write it as `"Start" = "start"`, or `""` to leave the column out'
            raise ReadError(f"{typed(heading)} has no meaning in words", file=str(path), hint=hint)
    return dict(said)


def _versions(taken: tuple[str, ...]) -> dict[str, Side]:
    """Each key's side, and that of every other one. Raises UsageError."""
    found: dict[str, Side] = {}
    for text in taken:
        name, _, version = text.rpartition("=")
        if version not in VERSIONS:
            hint = "for example `--take sheet` or `--take initiatives.web-push.estimate=mine`"
            raise UsageError(f"{typed(text)} is neither sheet nor mine", hint=hint)
        found[name or EVERY_OTHER] = VERSIONS[version]
    return found


# --- phrases --------------------------------------------------------------------------------------


def _write_template(arrival: Arrival, path: Path) -> int:
    """Write the open phrases to a file to be filled in; nothing is imported."""
    phrases = arrival.incoming.phrases
    content = template_bytes(arrival.incoming.source, phrases, path.suffix)
    write_new({path: content})
    click.echo(visible(f"{path}: {len(phrases)} phrases to answer; nothing is imported yet"))
    click.echo("planner: fill in the answers, then run the same command again", err=True)
    return 0


def _with_links(arrival: Arrival, links: str | None, *, as_object: bool) -> Arrival:
    if links == ASK and not has_terminal():
        raise UsageError(
            "--links ask needs a terminal", hint="name a file for the answers: --links answers.toml"
        )
    if links == ASK or (links is None and has_terminal() and not as_object):
        return ask_phrases(arrival)
    if links == TAKE:
        return with_likeliest(arrival)
    if links in (None, NONE):
        return arrival
    return with_answers(arrival, read_answers(Path(links)))


# --- carrying out ---------------------------------------------------------------------------------


def _carried_out(arrival: Arrival, *, dry_run: bool) -> tuple[State, tuple[str, ...]]:
    """Write what there is to write, unless there is something to be asked first."""
    if arrival.clashes:
        return "clashes", ()
    if dry_run:
        return "dry run", ()
    try:
        files = write(arrival).files
    except SaveError as error:
        raise to_a_command(error) from error.__cause__
    return ("written" if files else "no change"), files


def _tell(arrival: Arrival, shown: ImportShown, file: str, on: list[str]) -> None:
    """Where it was written, and what is next, for a person; `on` is the status date as it was
    given: on another one the conflict may be another.
    """
    for each in shown.files:
        click.echo(visible(f"wrote {each}"))
    if shown.state == "no change":
        click.echo("planner: no change: the roadmap says so already", err=True)
    if shown.state == "clashes":
        click.echo(
            "planner: nothing was written: both changed a key (answer with `--take sheet`, `--take "
            "mine` or `--take KEY=sheet`)",
            err=True,
        )
    if shown.state == "written":
        for words in _next(arrival, shown, file):
            line = typed_line(["planner", *words, *on])
            click.echo(visible(f"planner: next: `{line}`"), err=True)


def _next(arrival: Arrival, shown: ImportShown, file: str) -> Iterator[list[str]]:
    """The commands that go on from here."""
    option = option_for(arrival.importing.session.path)
    if shown.phrases:
        yield ["import", file, *option[1:], "--links", "answers.csv"]
    if shown.conflict is not None:
        yield ["explain", f"{shown.conflict.code}:{shown.conflict.id}", *option]
    else:
        yield ["check", *option[1:]]
