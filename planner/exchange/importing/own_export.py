"""What an export of ours would say of the roadmap as it stands, read as the file is read.

No format of others holds all of a roadmap, and reading one adds what follows from the rest: a side
from the outline, a title from the file's name. Where a file says of a key what an export made now
would say, it says nothing of it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from planner.analysis.importing import Incoming
from planner.exchange.exporting import FORMATS, exported
from planner.exchange.importing.arriving import Importing, tables_said, uncircled
from planner.exchange.importing.kept import Kept
from planner.exchange.importing.reading import read_incoming
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.session.session import Session


def importing_into(session: Session, incoming: Incoming, kept: Kept) -> Importing:
    """The import of a file into a roadmap that is there."""
    known = said_now(session.plan, incoming) if incoming.is_own and kept.is_new else {}
    return Importing(session, incoming, kept, said_now=known)


def said_now(plan: Plan, incoming: Incoming) -> Tables:
    """What an export of the same initiatives says, in the format of the file."""
    suffix = Path(incoming.source).suffix.lower()
    ids = [id for id in incoming.tables.get("initiatives", {}) if id in plan.roadmap.initiatives]
    if suffix not in FORMATS:
        return {}
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"export{suffix}"
        file.write_bytes(exported(plan, ids, suffix).raw)
        found = read_incoming(file, today=plan.as_of)
    return tables_said(uncircled(found, plan.tables, {}))
