"""`planner asks`: questions for people without a terminal, out to a sheet or a page and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.analysis.asks import MOST, Ask, asked_of, detailed
from planner.cli.shared.edit import edits_roadmap, keep, make
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import only
from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import day_in, open_session
from planner.entry.answers import Effect, Read, read_as_edits
from planner.errors import UsageError
from planner.exchange.asks import Answers, read_answers, sheets
from planner.exchange.sheets.writing import sheets_bytes
from planner.pages.answers import answer_lines
from planner.pages.asks import markdown, may_write, question, why_it_matters
from planner.pages.parties import party_name, side_name
from planner.plan.impact_line import line_of
from planner.plan.model import Plan
from planner.query.party import Party, party_named
from planner.roadmap.figures import count
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_asks import AnswerRow, AnswersShown, AskRow, AsksShown
from planner.session.roadmaps import option_for
from planner.session.session import Session
from planner.session.starting import write_new
from planner.text.phrases import typed
from planner.text.shell import line
from planner.text.visible import visible

WRITTEN = (".md", ".csv", ".tsv", ".xlsx")
"""The suffixes of files that the questions are written to."""
SHEETS = (*WRITTEN, ".markdown", ".txt", ".eml", ".xlsm", ".xls", ".ods", ".numbers", ".xlsb")
"""The suffixes that make an argument a sheet or a page, and no roadmap."""


@click.command("asks")
@click.argument("words", metavar="[FILE] [PATH]", nargs=-1)
@click.option("--for", "whom", metavar="WHO", help="Side, team or person who answers.")
@click.option("--all", "every", is_flag=True, help=f"All questions (default: the worst {MOST}).")
@click.option(
    "--by", "who", metavar="WHO", help="Who answered (default: as the file says, else the side)."
)
@click.option("--on", metavar="DATE", help="When it was answered (default: as the file says).")
@takes_json()
@edits_roadmap
def command(
    words: tuple[str, ...],
    whom: str | None,
    every: bool,
    who: str | None,
    on: str | None,
    form: Form,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Write the questions that WHO has to answer to FILE (.md, .csv, .xlsx), or print them.

    Without --for, read the answers in FILE back into the roadmap: each is shown with what it does,
    and what is not understood is asked back.
    """
    file, path = _arguments(words)
    session = open_session(roadmap, as_of, path)
    if whom is not None:
        return _ask(session, whom, file, every=every, form=form)
    if file is None or not Path(file).exists():
        raise _nobody_asked(file)
    return _read(session, Path(file), who, on, form, dry_run=dry_run)


def _arguments(words: Sequence[str]) -> tuple[str | None, str | None]:
    """FILE and PATH: a sheet or a page is told by its suffix."""
    only(words, 2, "FILE and PATH")
    files = [word for word in words if word == "-" or Path(word).suffix.lower() in SHEETS]
    paths = [word for word in words if word not in files]
    if len(files) > 1 or len(paths) > 1:
        known = ", ".join(WRITTEN)
        raise UsageError(f"{typed(words[-1])} is too much", hint=f"FILE ends in {known}")
    return (files[0] if files else None), (paths[0] if paths else None)


def _nobody_asked(file: str | None) -> UsageError:
    example = line(["planner", "asks", "--for", "marketing", *([file] if file else [])])
    if file is None:
        return UsageError("whose questions?", hint=f"for example `{example}`")
    return UsageError(f"there is no file {typed(file)}", hint=f"`{example}` writes the questions")


# --- out ------------------------------------------------------------------------------------------


def _ask(session: Session, whom: str, file: str | None, *, every: bool, form: Form) -> int:
    plan = session.plan
    party = party_named(plan, whom)
    found = asked_of(plan, party)
    asks = detailed(plan, found if every else found[:MOST])
    left, asked = len(found) - len(asks), _called(plan, party)
    if form:
        rows = tuple(_row(plan, number, one) for number, one in enumerate(asks, 1))
        print_json(
            "asks", AsksShown(**_about(plan), asked=asked, questions=rows, left_out=left), form
        )
    elif file is None or file == "-":
        print_data(markdown(plan, asks, asked, party.side, left), nl=False)
    else:
        _write(session, asks, party, Path(file), left)
    return 0


def _write(session: Session, asks: Sequence[Ask], party: Party, file: Path, left: int) -> None:
    plan = session.plan
    suffix, asked = file.suffix.lower(), _called(plan, party)
    if suffix not in WRITTEN:
        known = ", ".join(WRITTEN)
        raise UsageError(f"no questions are written as {typed(suffix)}", hint=f"one of {known}")
    if suffix == ".md":
        raw = markdown(plan, asks, asked, party.side, left).encode()
    else:
        raw = sheets_bytes(sheets(plan, asks, party.side), suffix)
    write_new({file: raw})
    more = f", {left} more with --all" if left else ""
    reads = line(["planner", "asks", str(file), *option_for(session.path)])
    said = f"{file}: {count(len(asks), 'question')} for {asked}{more}"
    click.echo(visible(f"planner: {said}; `{reads}` reads the answers"), err=True)


def _row(plan: Plan, number: int, ask: Ask) -> AskRow:
    return AskRow(
        number=number,
        key=ask.key,
        act=ask.act,
        kind=ask.kind,
        id=ask.id,
        other=ask.other,
        side=ask.side,
        team=ask.team,
        question=question(plan, ask),
        why=why_it_matters(plan, ask),
        answers=may_write(plan, ask),
        options=ask.options,
        launch=ask.launch,
        since=ask.since,
        waiting=ask.waiting,
        due=ask.due,
        week=ask.week,
    )


def _about(plan: Plan) -> dict[str, Any]:
    return {"schema": SCHEMA, "title": plan.roadmap.title, "as_of": plan.as_of}


def _called(plan: Plan, party: Party) -> str:
    return side_name(plan, party.id) if party.kind == "side" else party_name(plan, party.id)


# --- back -----------------------------------------------------------------------------------------


def _read(
    session: Session, file: Path, who: str | None, on: str | None, form: Form, *, dry_run: bool
) -> int:
    plan, answers = session.plan, read_answers(file)
    found = read_as_edits(plan, answers, _who(plan, answers, who), _when(plan, answers, on))
    rows = tuple(_answered(one) for one in found.effects)
    if form:
        print_json("asks", _applied(session, found, rows, dry_run=dry_run), form)
        return 0
    if found.by is not None:
        by = f" (recorded by {party_name(plan, session.me)})" if session.me else ""
        click.echo(f"Answers of {_called(plan, found.by)}{by}")
    for each in answer_lines(rows):
        click.echo(each)
    if not found.edit.edits:
        click.echo("planner: nothing to write", err=True)
        return 0
    return make(session, found.edit, f"answers in {file.name}", dry_run=dry_run)


def _applied(
    session: Session, found: Read, rows: tuple[AnswerRow, ...], *, dry_run: bool
) -> AnswersShown:
    """All of it as one object, once it is written."""
    about, written = _about(session.plan), bool(found.edit.edits) and not dry_run
    said = line_of(session.apply(found.edit)) if found.edit.edits else ""
    if written:
        keep(session)
    by = found.by.id if found.by is not None else None
    return AnswersShown(**about, by=by, answers=rows, consequence=said, written=written)


def _answered(one: Effect) -> AnswerRow:
    return AnswerRow(
        place=one.answer.place,
        key=one.answer.key,
        answer=one.answer.text,
        note=one.answer.note,
        state=one.state,
        said=one.said,
        consequence=one.consequence,
    )


def _who(plan: Plan, answers: Answers, who: str | None) -> Party | None:
    """Who answered: as it was said on the command line, else in the file."""
    name = who or answers.by.strip()
    if not name:
        return None
    try:
        return party_named(plan, name)
    except UsageError as error:
        if who is not None:
            raise
        hint = "--by WHO says who answered"
        raise UsageError(f"answered by: {error.message}", hint=hint) from None


def _when(plan: Plan, answers: Answers, on: str | None) -> date | None:
    """When it was answered, said in the same way; None: nobody says."""
    text = on or answers.on.strip()
    if not text:
        return None
    try:
        days = [day_in(plan, text, past=past) for past in (True, False)]
    except UsageError as error:
        if on is not None:
            raise
        hint = "--on DATE says when it was answered"
        raise UsageError(f"answered on {error.message}", hint=hint) from None
    return min(days, key=lambda day: abs(day - plan.as_of))
