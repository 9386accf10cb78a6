"""The manual: a page in section 1 for planner and for each command, by click-man.

click-man knows groups whose commands are all there, and cuts what a page is about after 45 letters;
here each line is whole. What stands in a page is text: nothing in it is an instruction of roff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path
from textwrap import wrap

import click
from click_man.man import ManPage

from planner import __version__
from planner.cli.main import COMMANDS, group
from tests.release.one_file import epoch

EXIT_STATUS = """\
.SH EXIT STATUS
0: all is well. 1: errors that are not waived.
2: wrong usage, or a file that can't be read.
3: a bug; the message says where its details are.
"""


def manual(folder: Path) -> list[Path]:
    """Write every page; returns them."""
    folder.mkdir(exist_ok=True)
    context = click.Context(group, info_name="planner")
    written = []
    for page, text in _pages(context):
        path = folder / f"{page}.1"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _pages(context: click.Context) -> Iterator[tuple[str, str]]:
    """The names and texts of the pages of a command and of those below it."""
    yield _name(context), _page(context)
    for each in _below(context):
        yield from _pages(each)


def _name(context: click.Context) -> str:
    return context.command_path.replace(" ", "-")


def _below(context: click.Context) -> list[click.Context]:
    """The commands of a group, each in its context."""
    command = context.command
    if not isinstance(command, click.Group):
        return []
    names = command.list_commands(context)
    found = ((name, command.get_command(context, name)) for name in names)
    return [
        click.Context(each, info_name=name, parent=context)
        for name, each in found
        if each is not None and not each.hidden
    ]


def _page(context: click.Context) -> str:
    command = context.command
    page = ManPage(context.command_path)
    page.version = __version__
    page.date = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    page.short_help = _about(context).replace("\\", r"\e")
    page.synopsis = " ".join(command.collect_usage_pieces(context)).replace("\\", r"\e")
    page.description = _text(cleandoc(command.help or ""))
    page.options = [
        (option, _text(about))
        for param in command.get_params(context)
        if isinstance(param, click.Option) and (record := param.get_help_record(context))
        for option, about in (record,)
    ]
    return f"{_mended(str(page))}{_commands(context)}{EXIT_STATUS}{_see_also(context)}"


def _about(context: click.Context) -> str:
    """What a command is for, in a line without a full stop."""
    name = context.info_name or ""
    is_top = context.parent is not None and context.parent.parent is None
    line = COMMANDS[name][1] if is_top else cleandoc(context.command.help or "").split("\n")[0]
    return line.rstrip(".")


def _text(text: str) -> str:
    """Text in short lines, of which none is an instruction."""
    lines = (wrap(line, 78, break_on_hyphens=False) or [""] for line in text.split("\n"))
    wrapped = "\n".join(each for line in lines for each in line).replace("\\", r"\e")
    return re.sub(r"^(?=[.'])", r"\\&", wrapped, flags=re.MULTILINE)


def _mended(page: str) -> str:
    """A page as its checkers want it: titles without blanks, whole options in bold."""
    title, rest = page.split("\n", 1)
    title = re.sub(r'^\.TH "([^"]*)"', lambda at: f".TH {at[1].replace(' ', '-')}", title)
    bold = r"\\fB\1\\fP \\fB\2\\fP"
    return f"{title}\n{re.sub(r'^' + FIRST_SHORT, bold, rest, flags=re.MULTILINE)}"


FIRST_SHORT = r"\\fB(\S+,)\\fP (\S+)"
"""An option with a short name first, of which click-man has only that in bold."""


def _commands(context: click.Context) -> str:
    below = _below(context)
    lines = [f".TP\n\\fB{each.info_name}\\fP\n{_text(_about(each) + '.')}" for each in below]
    return "\n".join([".SH COMMANDS", *lines, ""]) if lines else ""


def _see_also(context: click.Context) -> str:
    """The pages around this one."""
    above = [] if context.parent is None else [context.parent]
    listed = ",\n".join(f".BR {_name(each)} (1)" for each in (*above, *_below(context)))
    return f".SH SEE ALSO\n{listed}\n"
