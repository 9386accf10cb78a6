"""`planner explain`: one rule for both sides, or one conflict with its fixes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from planner.cli.shared.choosing import rule_named
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.conflicts.registry import RULES
from planner.errors import UsageError
from planner.pages.lines import plain
from planner.pages.rules import rule_page

if TYPE_CHECKING:
    from planner.conflicts.findings import Finding
    from planner.session.session import Session


@click.command("explain")
@click.argument("code", required=False, metavar="[CODE[:ID]]")
@opens_roadmap(path_argument=False)
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
def command(code: str | None, roadmap: str | None, as_of: str | None, every: bool) -> int:
    """Explain a rule by its CODE or name, or a conflict with its fixes by CODE:ID."""
    if code is None and not every:
        raise UsageError(
            "no rule is named", hint="`planner rules` lists them; --all explains every rule"
        )
    if code is not None and ":" in code:
        pages = _conflicts(open_session(roadmap, as_of), code)
    elif roadmap is not None or as_of is not None:
        raise UsageError("a rule is the same in every roadmap", hint="for a conflict: CODE:ID")
    else:
        rules = list(RULES.values()) if code is None else [rule_named(code)]
        pages = (plain(rule_page(rule, text_width())) for rule in rules)
    for number, page in enumerate(pages):
        if number:
            click.echo("")
        for line in page:
            click.echo(line)
    return 0


def _conflicts(session: Session, named: str) -> Iterator[Iterator[str]]:
    """The page of each conflict that is meant, as the conflicts view shows it."""
    from planner.cli.check import look_back  # a rule needs neither a roadmap nor git
    from planner.cli.shared.fixing import conflicts_named

    look_back(session, "HEAD", told=True)
    for finding in conflicts_named(session, named):
        yield _page(session, finding)


def _page(session: Session, finding: Finding) -> Iterator[str]:
    from planner.analysis.network import hanging  # networkx is loaded with it
    from planner.pages.conflict import Shown, finding_page
    from planner.plan.offers import all_offers

    plan, (file, line) = session.plan, session.place(finding)
    known = finding.kind == "initiatives" and finding.id in plan.roadmap.initiatives
    after = hanging(plan, finding.id) if known else None
    where = f"{file}:{line}" if line else file
    offers = all_offers(plan, finding)
    return plain(finding_page(plan, finding, offers, where, text_width(), Shown(), after).lines)
