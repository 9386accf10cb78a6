"""The `planner` command: which commands there are, and how errors leave the program.

A command's module is imported when the command runs, so that none pays for another's libraries.
`planner PATH` opens the terminal interface; a command's name wins over a path of that name
(`planner ./check` opens the folder).
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from planner import __version__
from planner.cli.shared.glyphs import take_glyphs
from planner.cli.shared.printing import guarded
from planner.errors import PlannerError, UsageError
from planner.text.visible import visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from planner.cli.shared.terminal_options import Interface

COMMANDS = {
    "open": ("open", "Open a roadmap in the terminal interface, as `planner PATH` does."),
    "demo": ("demo", "Open a copy of the sample roadmap with its history, safe to change."),
    "init": ("init", "Start a roadmap, in one file or one for each side."),
    "import": ("import_", "Import a sheet or another tool's file, or update from it."),
    "show": ("show", "Show the plan: table and timeline, or JSON."),
    "check": ("check", "Check the roadmap and list conflicts (exit 1 on errors)."),
    "ready": ("ready", "Show what can start now, and what speaks against it."),
    "mine": ("mine", "Show what waits for you, each with the command that answers it."),
    "path": ("path", "Show the critical path to the main launch, or to an initiative."),
    "network": ("network", "Show the dependencies around an initiative."),
    "agreements": ("agreements", "Show responsibilities (RACI) and handovers between the sides."),
    "owes": ("owes", "Show what the sides owe each other: handovers and answers."),
    "agenda": ("agenda", "Show the agenda of the joint meeting, or close the meeting."),
    "minutes": ("minutes", "Show what was agreed, decided and promised since the last meeting."),
    "asks": ("asks", "Ask people without a terminal: a sheet out, its answers back."),
    "why": ("why", "Explain the dates of an initiative."),
    "reach": ("reach", "List options to finish an initiative by a date."),
    "announce": ("announce", "Answer whether a launch can be announced for a date."),
    "outcomes": ("outcomes", "Show outcomes: KPIs, completion dates, cost, value, return."),
    "capacity": ("capacity", "Show people needed by team and week, against people there."),
    "gaps": ("gaps", "Show gaps and overlaps between the sides."),
    "promises": ("promises", "Show which promises were kept, against what was said first."),
    "history": ("history", "Show how the launches moved, commit by commit, and why."),
    "diff": ("diff", "Show changes since a revision or a date, and why dates moved."),
    "compare": ("compare", "Compare revisions or branches side by side."),
    "what-if": ("whatif", "Try commands together and compare; apply or keep them as a branch."),
    "commit": ("commit", "Commit the files of the roadmap, and nothing else."),
    "export": ("export", "Write the plan for other programs: CSV, XLSX, Mermaid, iCalendar, …"),
    "report": ("report", "Write one page for people without a terminal."),
    "git": ("git", "Set git up for roadmap files: install, uninstall, status."),
    "merge": ("merge", "Merge two versions of a file (git calls this)."),
    "resolve": ("resolve", "Resolve merge conflicts, key by key."),
    "set": ("set", "Set keys of an initiative, team, system, …"),
    "add": ("add", "Add an initiative, team, system, …"),
    "remove": ("remove", "Remove an initiative, team, …, with every reference to it."),
    "rename": ("rename", "Change an id, with every reference to it."),
    "link": ("link", "Link two initiatives: the successor waits for the predecessor."),
    "unlink": ("unlink", "Remove the link between two initiatives."),
    "agree": ("agree", "Record a request, answer, agreement, delivery or review."),
    "status": ("status", "Set the status of an initiative, with its actual date."),
    "fmt": ("fmt", "Format the files: sort tables, keys and lists; keep comments."),
    "config": ("config", "Show or edit your settings and keys: path, show, edit."),
    "rules": ("rules", "List the rules and what activates each."),
    "explain": ("explain", "Explain a rule by its code or name, or a conflict by CODE:ID."),
    "schema": ("schema", "Show the JSON Schema of the file, or of the output."),
    "completion": ("completion", "Show the script that completes lines in a shell."),
    "help": ("help", "Show a page on keys, commands, filters, rules, git and more."),
}
"""Name → module in this package, and the line that `planner --help` prints."""


class ReaderGoneError(Exception):
    """Whoever read what is printed wants no more: ``planner show | head -1``."""


class Commands(click.Group):
    """A group whose commands are imported when asked for, and whose default is `open`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"planner.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        take_glyphs(command)
        if ctx.resilient_parsing:  # a shell asks how a line goes on
            from planner.cli.shared.completing import equip

            equip(command, ctx.meta.get(TYPED, ()))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would exit with 1, which says that there are errors
            raise ReaderGoneError from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[TYPED] = tuple(args)
        first = _own_options(args)
        own, rest = args[:first], args[first:]
        completing_a_command = ctx.resilient_parsing and not rest
        if not _names_a_command(rest) and not completing_a_command:
            if not ctx.resilient_parsing:  # a shell asks how a line could go on, and says nothing
                _must_be_a_path(rest)
            ctx.meta[UNNAMED] = True
            args = [*own, "open", *rest]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, without the modules of all; where none begins so, a path may."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        found = [
            CompletionItem(name, help=line.rstrip("."))
            for name, (_, line) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found or [CompletionItem(incomplete, type="file")]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, line) for name, (_, line) in COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _own_options(args: Sequence[str]) -> int:
    """How many words at the beginning are options of the program, with what they are given."""
    if args and args[0].startswith("--glyphs="):
        return 1
    return 2 if len(args) > 1 and args[0] == "--glyphs" else 0


def _names_a_command(args: Sequence[str]) -> bool:
    if not args:
        return False
    return args[0] in COMMANDS or args[0] in ("--help", "-h", "--version")


TYPED = "planner.cli.main.typed"
"""The words of the line, in a context."""

UNNAMED = "planner.cli.main.unnamed"
"""Set in a context where no command was named, and so a roadmap is opened."""


def _must_be_a_path(args: Sequence[str]) -> None:
    """Refuse a word that is no command and no roadmap, whatever stands behind it."""
    if args and args[0].startswith("-"):
        _must_lead(args)
    elif args:
        # Only a start pays for it that opens the interface anyway.
        from planner.cli.open import must_be_there

        must_be_there(Path(args[0]))


def _must_lead(args: Sequence[str]) -> None:
    """Refuse a command that stands behind its options, where no file or folder is called so."""
    command = next((word for word in args if word in COMMANDS and not Path(word).exists()), None)
    if command is not None:
        from planner.text.shell import line

        rest = [word for word in args if word != command]
        hint = f"write the command first: `{line(['planner', command, *rest])}`"
        raise UsageError(f"options stand before the command {command}", hint=hint)


@click.group(
    cls=Commands,
    subcommand_metavar="[PATH] | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`planner [PATH]` opens the roadmap at PATH (default: the one in . or ./roadmaps). "
    "`planner help` lists pages to read.",
)
@click.version_option(__version__, prog_name="planner")
def group() -> None:
    """The joint roadmap of marketing and IT: plain TOML in git, edited in a terminal."""


take_glyphs(group)


def main(args: Sequence[str] | None = None, interface: Interface | None = None) -> NoReturn:
    """Run a command and leave with its exit code (3: a bug); no error shows as a traceback.

    Without `args` it is the program, whose words are the shell's. With them somebody's process runs
    a command, and finds itself as it was.
    """
    with _uncollected(to_the_end=args is None), guarded():
        _run(args, interface)


@contextmanager
def _uncollected(*, to_the_end: bool) -> Iterator[None]:
    """No garbage is collected: a command is over before there is some worth it.

    The interface begins again with it. Before the end of the program all that was made is put
    aside, else leaving would look through it once more. `check` of 10,000 takes 1.35 × the floor
    with both, 1.65 × where it leaves without putting aside, 1.7 × with neither (goal: 1.5).
    """
    collected, frozen = gc.isenabled(), gc.get_freeze_count()
    gc.disable()
    try:
        yield
    finally:
        if to_the_end:
            gc.freeze()
        elif gc.get_freeze_count() > frozen:  # Python 3.12 begins with some put aside
            gc.unfreeze()
        (gc.enable if collected else gc.disable)()


def _run(args: Sequence[str] | None, interface: Interface | None) -> NoReturn:
    try:
        code = group.main(args=args, prog_name="planner", standalone_mode=False, obj=interface)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        _leave("stopped", 130)
    except click.ClickException as error:
        _show(error, sys.argv[1:] if args is None else args)
        sys.exit(2)
    except PlannerError as error:
        _leave("\n".join([str(error), *_excerpt(error)]), 2)
    except (BrokenPipeError, ReaderGoneError):
        _print_no_more()
        sys.exit(0)
    except KeyboardInterrupt:
        _leave("stopped", 130)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in UNPRINTED and error.filename is None:
            _print_no_more()
            _leave(f"the output is not complete: {error.strerror}", 2)
        if isinstance(error, FileNotFoundError) and not _is_in_a_folder():
            _leave(DELETED, 2)
        _leave(f"this is a bug in planner ({type(error).__name__}): {_report()}{KEPT}", 3)


UNPRINTED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What a write to stdout fails with: a full disk, a quota, a terminal that is gone."""


DELETED = "this folder was deleted (go to another one with `cd`, and run the command again)"


def _is_in_a_folder() -> bool:
    """Whether the folder in which planner runs is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _print_no_more() -> None:
    """Let what is still in hand for stdout go nowhere, so that leaving does not fail with it."""
    with suppress(OSError, AttributeError):  # a stream of Python's own has nothing in hand
        number = sys.stdout.fileno()
        with _nowhere_else(number):
            sys.stdout.flush()


@contextmanager
def _nowhere_else(number: int) -> Iterator[None]:
    """What is written to a descriptor goes nowhere; then it is what it was, closed too."""
    try:
        before = os.dup(number)
    except OSError:
        before = None
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    try:
        yield
    finally:
        if before is None:
            os.close(number)
        else:
            os.dup2(before, number)
            os.close(before)
        if nowhere != number:
            os.close(nowhere)


def _show(error: click.ClickException, args: Sequence[str]) -> None:
    """What click says of a wrong use, with the words that were typed made visible."""
    message = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        print(visible(message, keep_newlines=True), file=sys.stderr)
        return
    if isinstance(error, click.UsageError) and error.ctx is not None:
        ctx = _asked(error.ctx)
        print(visible(ctx.get_usage(), keep_newlines=True), file=sys.stderr)
        print(f"Help: `{ctx.command_path} --help`\n", file=sys.stderr)
        if isinstance(error, click.NoSuchOption):
            message = _no_option(error.option_name, args, (error.ctx, ctx))
        else:
            message = _in_our_words(message)
    print(f"planner: {visible(message, keep_newlines=True)}", file=sys.stderr)


def _in_our_words(message: str) -> str:
    """A sentence of click's as all messages are: lower case, no full stop, typed in backticks."""
    text = re.sub(r"'([^']*)'", r"`\1`", message.removesuffix("."))
    return text[:1].lower() + text[1:]


def _asked(ctx: click.Context) -> click.Context:
    """The command that a person named; `planner` itself where that was none."""
    return ctx.parent if ctx.parent is not None and ctx.meta.get(UNNAMED) else ctx


def _no_option(name: str, args: Sequence[str], within: Iterable[click.Context]) -> str:
    """That there is no such option, as it was typed, and the nearest one that there is."""
    from planner.roadmap.ids import nearest  # only what went wrong pays for it

    typed = next((arg.partition("=")[0] for arg in args if arg.startswith(name)), name)
    spelled = f"--{typed.lstrip('-')}"
    known = {
        option
        for ctx in within
        for param in ctx.command.get_params(ctx)
        for option in (*param.opts, *param.secondary_opts)
        if option.startswith("--")
    }
    near = spelled if spelled in known else nearest(spelled, known, loose=True)
    return f"there is no option `{typed}`" + (f" (did you mean `{near}`?)" if near else "")


KEPT = "; unsaved changes are in a recovery file, and offered at the next start"


_READ_AGAIN = 1 << 22
"""Bytes of a file that are read once more to show a line of it."""


def _excerpt(error: PlannerError) -> list[str]:
    """The line that an error is about, as the file has it; none that is far down a large file."""
    if error.file is None or error.line is None:
        return []
    try:
        from planner.files.reading import opened

        with opened(Path(error.file)) as file:
            lines = file.read(_READ_AGAIN).split(b"\n")
        shown = lines[error.line - 1][:800].decode(errors="replace")
        return [f"  {error.line} │ {shown.rstrip()[:200]}"]
    except (PlannerError, IndexError):
        return []


def _report() -> str:
    """Keep the details of a bug in a file of the user's own; says where, or what they are."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="planner-bug-", suffix=".txt", delete=False
        ) as file:
            traceback.print_exc(file=file)
        return f"the details are in {file.name}"
    except OSError:
        return traceback.format_exc(limit=-1).replace("\n", " ")


def _leave(message: str, code: int) -> NoReturn:
    print(f"planner: {visible(message, keep_newlines=True)}", file=sys.stderr)
    sys.exit(code)
