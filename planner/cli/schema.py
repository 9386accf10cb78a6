"""`planner schema`: the format as JSON Schema, for editors and for programs."""

from __future__ import annotations

import json
import os

import click

from planner.cli.shared.printing import print_data
from planner.cli.shared.roadmap_option import open_session
from planner.errors import UsageError
from planner.roadmap.schema import Schema, json_schema, output_schema

HERE = "roadmap"
"""The word for the roadmap that is found here, where no file or folder is called so."""


@click.command("schema")
@click.option("--output", is_flag=True, help="Show the schema of the JSON output of commands.")
@click.option(
    "--for",
    "roadmap",
    metavar="PATH",
    help="With the ids of the roadmap at PATH, for editors to complete (`roadmap`: the one here).",
)
def command(output: bool, roadmap: str | None) -> int:
    """Show the JSON Schema of a roadmap file, or of the output."""
    if output and roadmap is not None:
        raise UsageError("--output is the same for every roadmap", hint="leave out --for")
    if roadmap is not None:
        schema = _schema_for(None if roadmap == HERE and not os.path.lexists(HERE) else roadmap)
    else:
        schema = output_schema() if output else json_schema()
    print_data(json.dumps(schema, indent=1, ensure_ascii=False))
    return 0


def _schema_for(path: str | None) -> Schema:
    """The schema with the ids of a roadmap; by default of the one that is here."""
    from planner.conflicts.registry import RULES  # the format alone has no use for a plan
    from planner.roadmap.references import ids_in_force
    from planner.roadmap.schema_ids import schema_with_ids

    plan = open_session(path, None).plan
    codes = {rule.code: f"{rule.name}: {rule.summary}" for rule in RULES.values()}
    return schema_with_ids(ids_in_force(plan.reading.roadmap), codes)
