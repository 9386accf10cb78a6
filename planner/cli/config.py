"""`planner config`: the user's settings and keys, what is in force, and what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from planner.cli.shared.printing import print_data
from planner.cli.shared.terminal_options import Interface, need_terminal
from planner.errors import UsageError
from planner.exchange.report import as_json
from planner.files.configuration import Configuration, config_file, configuration, make_file
from planner.files.trusted import meant
from planner.roadmap.output_config import ConfigShown, SettingShown
from planner.text.visible import visible

LABEL, VALUE = 10, 22
"""Columns of a setting's name and of its value."""


@click.group("config")
def command() -> None:
    """Show or edit your settings and keys, which are the same for all roadmaps.

    An option comes before the environment, that before the configuration. `planner help
    configuration` lists what can be set.
    """


@command.command("path")
def path() -> int:
    """Show where the configuration is, or would be."""
    print_data(f"{_place()}\n")
    return 0


@command.command("show")
@click.option("--json", "as_data", is_flag=True, help="Show one JSON object.")
@click.pass_obj
def show(interface: Interface | None, as_data: bool) -> int:
    """Show what is in force, and where each comes from (exit 2 on errors in the file)."""
    shown = _shown(configuration(), interface)
    if as_data:
        print_data(as_json(shown), is_visible=True)
        return 2 if shown.troubles else 0
    for line in _lines(shown):
        click.echo(visible(line))
    return _told(shown)


@command.command("edit", short_help="Open it in $EDITOR, then check it.")
@click.pass_obj
def edit(interface: Interface) -> int:
    """Open the configuration in $EDITOR, and check it then; it is made where there is none.

    What is made has every setting and every key as a comment.
    """
    need_terminal()
    file = _place()
    try:
        file = meant(file)
        if not os.path.lexists(file):
            defaults = {each.action: (each.keys, each.does) for each in interface.actions()}
            make_file(file, defaults)
        found = configuration()
        interface.edit(file, next((each.line for each in found.troubles), None))
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise UsageError(f"can't be edited: {said}", file=str(file)) from None
    return _told(_shown(configuration(), interface))


def _place() -> Path:
    try:
        return config_file()
    except RuntimeError:
        raise UsageError("there is no home folder", hint="set XDG_CONFIG_HOME") from None


def _told(shown: ConfigShown) -> int:
    """Say what is wrong on stderr; 2 where something is."""
    for each in (*shown.troubles, *shown.warnings):
        click.echo(f"planner: {visible(each)}", err=True)
    return 2 if shown.troubles else 0


def _shown(found: Configuration, interface: Interface | None) -> ConfigShown:
    own = interface.own(found) if interface is not None else None
    troubles = own.troubles if own is not None else found.troubles
    return ConfigShown(
        file=str(_place()),
        read=found.file is not None,
        settings=tuple(_settings(found, own.view if own is not None else found.settings.view)),
        keys=tuple(interface.actions(found)) if interface is not None else (),
        troubles=tuple(str(each) for each in troubles),
        warnings=tuple(str(each) for each in own.warnings) if own is not None else (),
    )


def _settings(found: Configuration, view: str) -> Iterator[SettingShown]:
    said = found.settings
    values = {name: getattr(said, name) for name in said.__struct_fields__ if name != "keys"}
    for name, value in (values | {"view": view}).items():
        mine = (name,) in found.said and (name != "view" or value == said.view)
        if name == "theme" and os.environ.get("NO_COLOR"):
            yield SettingShown(key=name, value="terminal", source="environment", line=None)
        elif mine:
            line = found.line((name,))
            yield SettingShown(key=name, value=value, source="configuration", line=line)
        else:
            yield SettingShown(key=name, value=value, source="default", line=None)


WITHOUT = {
    "me": "(by git's user.email)",
    "theme": "(as the terminal)",
    "glyphs": "(as the terminal)",
}
"""What holds where nothing is set."""


def _lines(shown: ConfigShown) -> Iterator[str]:
    yield f"{shown.file}{'' if shown.read else ' (there is none)'}"
    for each in shown.settings:
        value = WITHOUT.get(each.key, "") if each.value is None else _written(each.value)
        yield f"  {each.key:<{LABEL}}{value:<{VALUE}}{_where(each.source, each.line)}"
    own = [each for each in shown.keys if each.source != "default"]
    label = max((len(each.action) for each in own), default=0) + 2
    for key in own:
        value = " ".join(key.keys) or "(none)"
        where = f"line {key.line}" if key.line else "given to another"
        yield f"  {key.action:<{label}}{value:<{VALUE + LABEL - label}}{where}: {key.does}"
    yield "All keys in force: `planner help keys`"


def _written(value: str | bool) -> str:
    return value if isinstance(value, str) else "true" if value else "false"


def _where(source: str, line: int | None) -> str:
    if source == "environment":
        return "NO_COLOR"
    return f"line {line}" if line else source
