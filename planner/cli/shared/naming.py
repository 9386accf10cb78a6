"""Names of tables as people type them on a command line: checked, with the nearest right one.

A table is named as the file's header has it, ``teams.crm``, or by its id alone where that is plain.
``team.crm`` and ``team crm`` mean the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.fields import kind_called
from planner.roadmap.ids import nearest
from planner.text.phrases import did_you_mean, typed

NAMED = "Write ID alone, or with its kind as in the file: `teams.crm`."
"""What the help of a command says about naming a table."""


def table_said(plan: Plan, words: Sequence[str]) -> tuple[str, list[str]]:
    """The table that words begin with, and the words behind it: ``team crm a=b`` is ``teams.crm``
    and ``a=b``. A kind that is an initiative's id too is that initiative.
    """
    first, *rest = words
    kind = kind_called(first)
    if kind is None or not rest or "=" in rest[0] or first in plan.roadmap.initiatives:
        return first, rest
    return f"{kind}.{rest[0]}", rest[1:]


def only(words: Sequence[str], most: int, what: str) -> None:
    """Refuse more words than `what` names. Raises UsageError."""
    if len(words) > most:
        said = " ".join(words[most:])
        raise UsageError(f"{typed(said)} is too much", hint=f"this command takes {what}")


def initiative_said(plan: Plan, name: str) -> str:
    """The id that a name means, whether or not the roadmap has it: ``initiatives.-x`` is ``-x``."""
    kind, dot, id = name.partition(".")
    named = dot and kind_called(kind) == "initiatives"
    return id if named and id and name not in plan.roadmap.initiatives else name


def known_initiative(plan: Plan, id: str) -> str:
    """`id`, where the roadmap has it, also as ``initiatives.ID``. Raises UsageError with the
    nearest one.
    """
    id = initiative_said(plan, id)
    if id in plan.roadmap.initiatives:
        return id
    near = nearest(id, plan.roadmap.initiatives, loose=True)
    raise UsageError(
        f"there is no initiative {typed(id)}",
        hint=did_you_mean(near, "`planner show` lists them"),
    )
