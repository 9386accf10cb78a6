"""`planner schema`: the format as JSON Schema, for editors and for programs."""

from __future__ import annotations

import json

import click

from planner.cli.shared.printing import print_data
from planner.roadmap.schema import json_schema, output_schema


@click.command("schema")
@click.option("--output", is_flag=True, help="Show the schema of the JSON output of commands.")
def command(output: bool) -> int:
    """Show the JSON Schema of a roadmap file, or of the output."""
    schema = output_schema() if output else json_schema()
    print_data(json.dumps(schema, indent=1, ensure_ascii=False))
    return 0
