"""`planner help`: pages that come with the program, in Markdown that reads well at 80 columns.

A page is a file of `topics`; its first line is its title. What a page says of keys, commands, rules
and the format is made from their registries (`python -m tests.documents`), between comments that
are not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from planner.cli.shared.terminal_options import Interface
from planner.errors import UsageError
from planner.files.configuration import configuration
from planner.pages.keys import key_tables
from planner.roadmap.ids import nearest
from planner.text.phrases import did_you_mean

TOPICS = Path(__file__).parent / "topics"
KEYS, MADE_KEYS = "keys", "<!-- made: all keys -->"
"""The page on keys, and where its tables begin."""
LABEL = 17
"""Columns of a topic in the list."""


@click.command("help")
@click.argument("topic", required=False)
@click.pass_context
def command(context: click.Context, topic: str | None) -> int:
    """Show the page on TOPIC, or the help of a command (default: list the pages).

    The page on keys shows those in force, with your own (`planner config`).
    """
    pages = {path.stem: path for path in sorted(TOPICS.glob("*.md"))}
    if topic is None:
        click.echo("\n".join(_list(pages)))
    elif (page := pages.get(topic.lower())) is not None:
        own = _own_keys(context.obj) if page.stem == KEYS else []
        click.echo("\n".join(_shown(page, own)))
    else:
        click.echo(_of_command(context, topic, pages))
    return 0


def _list(pages: dict[str, Path]) -> Iterator[str]:
    yield "Topics:"
    for topic, page in pages.items():
        title = next(_shown(page)).removeprefix("# ")
        yield f"  {topic:<{LABEL}}{title}"
    yield ""
    yield "`planner help TOPIC` prints a topic, `planner help COMMAND` explains a command."


def _shown(page: Path, own_keys: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a page, without the comments around what is made; with a person's own keys."""
    hidden = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("<!--"):
            hidden = bool(own_keys) and line == MADE_KEYS
            yield from own_keys if hidden else ()
        elif not hidden:
            yield line


def _own_keys(interface: Interface | None) -> list[str]:
    """The tables of the page on keys, where a person has keys of their own."""
    found = configuration()
    if interface is None or not found.settings.keys:
        return []
    return list(key_tables(interface.actions(found)))[:-1]


def _of_command(context: click.Context, name: str, topics: dict[str, Path]) -> str:
    """What `planner NAME --help` prints. Raises UsageError with the nearest topic or command."""
    planner = context.find_root()
    assert isinstance(planner.command, click.Group)
    found = planner.command.get_command(planner, name)
    if found is None:
        near = _nearest(name, [*topics, *planner.command.list_commands(planner)])
        hint = did_you_mean(near and f"planner help {near}", "`planner help` lists them")
        raise UsageError(f"no topic or command `{name}`", hint=hint)
    with click.Context(found, info_name=name, parent=planner) as inner:
        return found.get_help(inner)


def _nearest(name: str, known: list[str]) -> str | None:
    """What was most likely meant; more than a slip away is better than no suggestion."""
    return nearest(name, known, loose=True) or next(iter(get_close_matches(name, known)), None)
