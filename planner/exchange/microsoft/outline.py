"""The tasks of a file as a tree, each with its id here: summary tasks are groups or sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from planner.exchange.microsoft.records import Record, Records, fields_of, inner
from planner.exchange.microsoft.sides import side_named
from planner.exchange.microsoft.terms import ID_FIELD, number_of
from planner.roadmap.ids import is_id, make_id

PROJECT = "0"
"""The UID of the task that stands for the project."""


DEEPEST = 50
"""What stands deeper in the outline stands this deep."""


class Task(Struct, eq=False):
    """A row of the file. `kind` and `id` are its table here; a side has no table of groups."""

    record: Record
    fields: Mapping[str, str]
    custom: Mapping[str, str]
    row: int
    uid: str
    level: int
    above: Task | None = None
    below: list[Task] = field(default_factory=list)
    kind: str = "initiatives"
    id: str = ""
    is_only: bool = False
    """Whether everything else is in it: it stands for the project."""

    @property
    def name(self) -> str:
        """Its title."""
        return self.fields.get("Name", "").strip() or f"Task {self.row}"

    @property
    def is_summary(self) -> bool:
        """Whether it only sums up what is below it."""
        return bool(self.below)

    def has(self, field: str) -> bool:
        """Whether a flag is set."""
        return self.fields.get(field, "").lower() in ("1", "true")

    def leaves(self) -> Iterator[Task]:
        """The work in it: itself where it is no summary task."""
        if not self.below:
            yield self
        for each in self.below:
            yield from each.leaves()

    def upper(self, kind: str) -> Task | None:
        """The nearest task above that is of a kind."""
        above = self.above
        while above is not None and above.kind != kind:
            above = above.above
        return above


class Outline(Struct):
    """All rows but the project's own and blank ones, in the order of the file."""

    tasks: list[Task]
    project: Mapping[str, str]
    """Custom fields of the task that stands for the project."""

    @property
    def work(self) -> list[Task]:
        """The tasks that become initiatives."""
        return [task for task in self.tasks if task.kind == "initiatives"]


def outline_of(records: Records) -> Outline:
    """The tree of a file, with an id for everything in it."""
    tasks = [_task(records, place, record) for place, record in enumerate(records.tasks)]
    project = next((task.custom for task in tasks if task.uid == PROJECT), {})
    found = [task for task in tasks if task.uid != PROJECT and not task.has("IsNull")]
    _nest(found)
    top = [task for task in found if task.above is None]
    if len(top) == 1 and top[0].below:
        top[0].is_only = True
        if ID_FIELD not in top[0].custom and top[0].name == records.project.get("Title"):
            top[0].kind = PROJECT
    taken = {kind: _Names() for kind in ("initiatives", "groups", "portfolios")}
    for task in sorted(found, key=lambda task: ID_FIELD not in task.custom):
        _name(task, taken)
    return Outline(found, project)


def _task(records: Records, place: int, record: Record) -> Task:
    fields = fields_of(record)
    custom = {
        records.aliases.get(str(one.get("FieldID", "")), str(one.get("FieldID", ""))): value
        for one in inner(record, "ExtendedAttribute")
        if isinstance(value := one.get("Value"), str)
    }
    row = number_of(fields.get("ID"), place)
    return Task(record, fields, custom, row, fields.get("UID", f"#{place}"),
                min(number_of(fields.get("OutlineLevel"), 1), DEEPEST))  # fmt: skip


def _nest(tasks: list[Task]) -> None:
    """Put each task below the last one before it that stands less deep."""
    open_: list[Task] = []
    for task in tasks:
        while open_ and open_[-1].level >= task.level:
            open_.pop()
        if open_:
            task.above = open_[-1]
            open_[-1].below.append(task)
        open_.append(task)


class _Names:
    """Ids that are taken, and how many titles came to each: a thousand tasks may have one name."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._count: dict[str, int] = {}

    def make(self, title: str, noun: str) -> str:
        """A new id for a title."""
        count = self._count[title] = self._count.get(title, 0) + 1
        id = make_id(title if count == 1 else f"{title[:50]} {count}", self.taken, noun)
        self.taken.add(id)
        return id


def _name(task: Task, taken: dict[str, _Names]) -> None:
    """Give it a kind and an id: those that it had here, else by where it stands and its title."""
    own = task.custom.get(ID_FIELD, "")
    kind, _, id = own.rpartition(".")
    if task.kind == PROJECT:
        return
    if kind in ("portfolios", "groups") and is_id(id) and task.below:
        task.kind, task.id = kind, id
        taken[kind].taken.add(id)
        return
    if task.below:
        is_top = task.above is None or (task.above.above is None and task.above.is_only)
        side = side_named(task.name) if is_top else None
        task.kind = "groups" if side is None else "portfolios"
        task.id = side or taken["groups"].make(task.name, "group")
    elif is_id(own) and own not in taken["initiatives"].taken:
        task.id = own
        taken["initiatives"].taken.add(own)
    else:
        task.id = taken["initiatives"].make(task.name, "initiative")
