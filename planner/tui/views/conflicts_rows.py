"""Findings as rows of a list: a sentence each, what is at stake, who moves next, and the code.

What has one cause hangs under its most costly finding, and what is told as one finding under that;
both fold. Pure: from findings to lines. On a narrow screen the sentence has all the room that there
is, and who moves next stands where it leaves enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from msgspec import Struct
from rich.cells import cell_len

from planner.analysis.conflicts import Stakes
from planner.conflicts.findings import SEVERITIES, SEVERITY_MARKS, Finding, taken_in
from planner.conflicts.roots import Root
from planner.pages.conflict import group_page
from planner.pages.conflicts import SEVERITY_ROLES, SEVERITY_WORDS, next_short
from planner.pages.parties import side_name, side_of_party
from planner.pages.roles import side_role
from planner.pages.signs import WAIVED
from planner.plan.model import Plan
from planner.roadmap.figures import money_short
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import Row
from planner.tui.shell.themes import Role
from planner.tui.views.conflicts_groups import Group

COLUMNS_FROM = 100
"""Columns of a row from which delay cost and who moves next have columns of their own."""
COST, NEXT, CODE = 10, 19, 8
WIDEST = 140
"""Columns of a row at most: a sentence and what is told of it are read together."""
FOLD = 2
"""Columns of the sign that a row folds."""

_DIM: Look = ("dim", None, False)

Says = Callable[[Finding], str]
"""Says where a finding stands in the files."""


class Rows(Struct, frozen=True):
    """What rows of one plan are made with: where a finding stands, and the page about it."""

    plan: Plan
    where: Says
    page: Callable[[Finding, int], Explained]
    stakes: Stakes
    folded: Callable[[], frozenset[str]]
    """The groups that are folded when a row is drawn."""

    # --- by cause ---------------------------------------------------------------------------------

    def of_cause(self, root: Root) -> Iterator[Row]:
        """The most costly finding of a cause, and below it what else comes of it."""
        first = root.first
        below = [*taken_in(first), *root.findings[1:]]
        group = f"cause {root.id or first.fingerprint}" if below else ""
        drawn = Drawn(self, first, group, more=len(below), together=root.findings)
        yield self._row(drawn, group, (), first.fingerprint)
        last = len(below) - 1
        for at, one in enumerate(below):
            yield from self._child(one, first, group, last=at == last)

    def _child(self, one: Finding, first: Finding, group: str, *, last: bool) -> Iterator[Row]:
        """A finding under its cause; what it stands for itself under it, or, in what the first one
        stands for, nothing: that is a part already.
        """
        key = (
            one.fingerprint if one not in first.parts else f"{first.fingerprint} {one.fingerprint}"
        )
        tree, below = f"  {'└' if last else '├'} ", taken_in(one)
        own = f"parts {key}" if below else ""
        drawn = Drawn(self, one, own, tree=tree, more=len(below), under=first)
        yield self._row(drawn, own or group, (group,) if own else (), key, folds=bool(own))
        through = f"  {' ' if last else '│'} "
        yield from self._under(one, own, (group,), through)

    def _under(
        self, head: Finding, group: str, inside: tuple[str, ...], tree: str
    ) -> Iterator[Row]:
        """What a finding stands for, each one by one."""
        below = taken_in(head)
        for at, one in enumerate(below):
            branch = f"{tree}{'└' if at == len(below) - 1 else '├'} "
            drawn = Drawn(self, one, tree=branch, under=head)
            key = f"{head.fingerprint} {one.fingerprint}"
            yield self._row(drawn, group, inside, key, folds=False)

    # --- by anything else -------------------------------------------------------------------------

    def of_group(self, group: Group) -> Iterator[Row]:
        """The heading of a group, its findings, and what these stand for."""
        key = f"group {group.key}"
        line, told = partial(group_line, group), partial(_group_page, group)
        yield Row(line, key, told, of=group, heading=True, group=key)
        for one in group.findings:
            below = taken_in(one)
            own = f"parts {one.fingerprint}" if below else ""
            drawn = Drawn(self, one, own, more=len(below), together=(one,))
            inside = (key,) if own else ()
            yield self._row(drawn, own or key, inside, one.fingerprint, folds=bool(own))
            yield from self._under(one, own, (key,), "  ")

    def _row(
        self,
        drawn: Drawn,
        group: str,
        inside: tuple[str, ...],
        key: str,
        *,
        folds: bool | None = None,
    ) -> Row:
        one = drawn.finding
        return Row(
            drawn.line,
            key,
            partial(self.page, one),
            (one.kind, one.id),
            one,
            heading=bool(group) if folds is None else folds,
            group=group,
            inside=inside,
            amiss=True,
        )


# --- one row --------------------------------------------------------------------------------------


class Drawn(Struct, frozen=True):
    """How a finding is drawn: what leads to it from its cause, how many it stands for, those whose
    stake is told with it, and under which one it hangs, whose next mover is not told again.
    """

    rows: Rows
    finding: Finding
    group: str = ""
    """What folds with it."""
    tree: str = ""
    more: int = 0
    together: tuple[Finding, ...] = ()
    under: Finding | None = None

    def line(self, width: int) -> Line:
        """Its severity, its sentence, what is at stake, who moves next, and its code."""
        one, quiet, width = self.finding, self.finding.waived, min(width, WIDEST)
        mark = WAIVED if quiet else SEVERITY_MARKS[one.severity]
        look: Look = ("done" if quiet else SEVERITY_ROLES[one.severity], None, True)
        blank = "" if self.group else " " * FOLD
        room = max(8, width - FOLD - cell_len(self.tree) - 2 - CODE - 1)
        ends = self._ends(room, wide=width >= COLUMNS_FROM)
        left = room - sum(cell_len(text) for text, _ in ends)
        return [
            (f"{blank}{self.tree}", ("faint", None, False)),
            (f"{mark} ", look),
            *self._sentence(left),
            *ends,
            (f" {one.code:>{CODE}}", ("done" if quiet else "dim", None, False)),
        ]

    def _sentence(self, room: int) -> Line:
        text = visible(self.finding.message)
        more = self._more
        size = min(cell_len(text), max(0, room - len(more)))
        role: Role = "done" if self.finding.waived else "text"
        blank = " " * max(0, room - size - len(more))
        return [
            (fitted(text, size), (role, None, False)),
            (more + blank, ("dim", None, False)),
        ]

    @property
    def _more(self) -> str:
        """`` +4``: how many are folded under it."""
        return f" +{self.more}" if self.group in self.rows.folded() else ""

    def _ends(self, room: int, *, wide: bool) -> Line:
        """What stands between sentence and code: in columns, or where the sentence leaves room."""
        if self.finding.waived:
            return line_of(("  waived", "done"))
        if self.finding.code.startswith("READ"):
            place = self.rows.where(self.finding)
            return line_of((f"  {fitted(place, min(cell_len(place), room // 3))}", "dim"))
        stake, role = self._stake()
        if wide:
            cost = line_of((f"  {stake:>{COST}}" if stake else "", role, True))
            return cost if self._same_mover else [*cost, ("  ", _DIM), *self._next()]
        text = cell_len(visible(self.finding.message) + self._more)
        end = line_of((f"  {stake}", role, True)) if stake else []
        free = room - text - cell_len(stake) - 4
        who = "" if self._same_mover else next_short(self.rows.plan, self.finding)
        if who and cell_len(who) <= free:
            end += line_of((f"  {who}", "dim"))
        return end

    def _stake(self) -> tuple[str, Role]:
        if not self.together:
            return "", "dim"
        stake = self.rows.stakes.of(self.together)
        if round(stake.cost):
            currency = self.rows.plan.roadmap.settings.currency
            return visible(money_short(stake.cost, currency)), "critical"
        return ("announced", "joint") if stake.announced else ("", "dim")

    @property
    def _same_mover(self) -> bool:
        return self.under is not None and self.under.who == self.finding.who

    def _next(self) -> Line:
        """``IT · Identity``: the side first, then as many words of the team as there is room."""
        plan, one = self.rows.plan, self.finding
        team = one.next_team
        side = one.next_side or (side_of_party(plan, team) if team else None)
        if not team or not side:
            whole = next_short(plan, one)
            return line_of((fitted(whole, NEXT), side_role(side) if side else "dim"))
        name = side_name(plan, side)
        rest = f" · {_brief(plan, team, name, NEXT - cell_len(name) - 3)}"
        return line_of((name, side_role(side)), (fitted(rest, NEXT - cell_len(name)), "dim"))


def _brief(plan: Plan, party: str, side: str, room: int) -> str:
    """A team by its first words, without the side's name before it; a person by the first name and
    the initial of the next.
    """
    text = visible(plan.roadmap.party_title(party))
    if text.startswith(f"{side} "):
        text = text[len(side) + 1 :]
        text = text[:1].upper() + text[1:]
    words = text.split()
    if cell_len(text) <= room or len(words) < 2:
        return text
    if party in plan.roadmap.people:
        return f"{words[0]} {words[1][0]}."
    kept = words[:1]
    for word in words[1:]:
        if cell_len(" ".join([*kept, word])) > room:
            break
        kept.append(word)
    while len(kept) > 1 and not kept[-1][0].isupper():
        kept.pop()  # a name does not end with "and"
    return " ".join(kept)


def columns_line(width: int) -> Line:
    """The heads of the columns; nothing where there are none."""
    if width < COLUMNS_FROM:
        return []
    left = min(width, WIDEST) - 2 - COST - 2 - NEXT - 1 - CODE
    heads = (f"{'conflict':<{left}}", f"  {'delay cost':>{COST}}", f"  {'next':<{NEXT}}")
    return line_of(("".join((*heads, f" {'code':>{CODE}}")), "dim"))


def more_line(below: Iterable[Row], width: int, *, by_cause: bool) -> Line:
    """``… 3 more causes with errors · 18 with warnings``: what is further down."""
    found_below = [row.of for row in below if _is_cause(row) or not by_cause]
    findings = [one for one in found_below if isinstance(one, Finding) and not one.waived]
    counts = Counter(one.severity for one in findings)
    found = [(counts[one], SEVERITY_WORDS[one][by_cause or counts[one] != 1]) for one in SEVERITIES]
    told = [f"{count} {'with ' * by_cause}{words}" for count, words in found if count]
    if told:
        first, rest = told[0].split(" ", 1)
        cause = "" if not by_cause else "cause " if first == "1" else "causes "
        told[0] = f"… {first} more {cause}{rest}"
    while len(told) > 1 and cell_len(" · ".join(told)) > width:
        told.pop()
    return line_of((" · ".join(told) or f"… {len(found_below)} more", "dim"))


def _is_cause(row: Row) -> bool:
    return not row.inside and (row.heading or not row.group)


# --- headings -------------------------------------------------------------------------------------


def _group_page(group: Group, width: int) -> Explained:
    role = side_role(group.side) if group.side else "title"
    return coloured(group_page(group.title, role, group.counts, group.waived, group.key, width))


def group_line(group: Group, width: int) -> Line:
    """What the findings have in common, and how many there are."""
    role: Role = side_role(group.side) if group.side else _worst(group)
    counts: Line = [
        (f" {SEVERITY_MARKS[severity]}{count}", (SEVERITY_ROLES[severity], None, False))
        for severity, count in group.counts.items()
        if count
    ]
    if group.waived:
        counts += line_of((f" {WAIVED}{group.waived} waived", "done"))
    room = width - FOLD - 1 - sum(len(text) for text, _ in counts)
    title = fitted(group.title, min(room, cell_len(group.title)))
    return [(f"{title} ", (role, None, True)), *counts]


def _worst(group: Group) -> Role:
    for severity, count in group.counts.items():
        if count:
            return SEVERITY_ROLES[severity] if severity != "info" else "text"
    return "done"
