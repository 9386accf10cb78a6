"""JSON of `mine --json`: what waits for one person, team or side, each with what answers it.

Keys and rules as in `planner.roadmap.output`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.output_asks import AskAct

MineAct = AskAct | Literal["do"]
"""What is asked for, as in `asks`; `do` is an action that somebody promised."""


class MineRow(Struct, frozen=True, kw_only=True):
    """One thing that waits. `kind` and `id` are the table it is about, `other` the supplier of a
    handover, the reviewer or the key. `side` and `team` answer it.

    `text` is what a decision, an action or a conflict says, `code` the rule of a conflict, `what`
    the date or the terms that are asked for. `since` is when it was asked, `waiting` the working
    days since then; `due` is when it is needed. `launch` waits for it. `command` records an answer,
    null where no shell can be given its words.
    """

    act: MineAct
    kind: str
    id: str
    other: str
    text: str
    code: str
    what: str
    side: str | None
    team: str | None
    since: date | None
    waiting: int
    due: date | None
    overdue: bool
    launch: str | None
    command: str | None


class MineShown(Struct, frozen=True, kw_only=True):
    """`mine --json`. `who` is the id of the person, team or side; what has waited longest or is
    overdue stands first, then come the worst conflicts.
    """

    schema: int
    title: str
    as_of: date
    who: str
    rows: tuple[MineRow, ...]
