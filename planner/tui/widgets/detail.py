"""What is known about one initiative, for a person who has to move it or to answer for it.

What it is; what drives its date, and why this date; what it needs and whether that is agreed; what
it holds up; what it touches; its conflicts and who moves next. Lines are made of tokens that are
never split, so that an id stays whole at every width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from planner.conflicts.findings import Finding
from planner.consequence import day, signed
from planner.plan import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Need, format_lag
from planner.schedule.dates import Dates
from planner.text.visible import visible
from planner.tui.checking import known
from planner.tui.theme import side
from planner.tui.widgets.columns import SEVERITY_GLYPHS, estimate_words
from planner.tui.widgets.outline import Outline, Row

Token = tuple[str, str]
"""Text and its style; a token is never split over two lines."""

LABEL = 11
DOT: Token = (" · ", "$dim")
ARROW: Token = (" → ", "$dim")
SIDE_NAMES = {"it": "IT", "marketing": "Marketing", "joint": "Joint"}


def flow(label: str, tokens: Iterable[Token], width: int, between: Token = DOT) -> list[Content]:
    """A labelled fact over as many lines as it needs, hanging under its first token."""
    indent = LABEL if label else 0
    head = Content.styled(label.ljust(indent), "$dim")
    lines, line, used = [], head, indent
    for index, token in enumerate(tokens):
        sep = between if index else ("", "")
        if used > indent and used + cell_len(sep[0] + token[0]) > width:
            lines.append(line)
            line, used = Content(" " * indent), indent
            sep = (between[0].lstrip(), between[1]) if between is ARROW else ("", "")
        line += Content.assemble(sep, token)
        used += cell_len(sep[0] + token[0])
    return [*lines, line]


# --- one initiative -------------------------------------------------------------------------------


def facts(plan: Plan, initiative: Initiative, width: int) -> list[Content]:
    """Everything but its conflicts."""
    dates = plan.schedule.get(initiative.id)
    lines = [_name(plan, initiative, dates), _summary(plan, initiative, dates), Content("")]
    lines += flow("driven by", _driven_by(plan, initiative, dates), width)
    if initiative.needs:
        lines += flow(
            "needs", [t for n in initiative.needs for t in _need(plan, initiative, n)], width
        )
    if chain := list(_holds_up(plan, initiative.id)):
        lines += flow("holds up", chain, width, ARROW)
    if touched := list(_touches(plan, initiative)):
        lines += flow("touches", touched, width)
    if initiative.outcomes:
        lines += flow("for", [_outcome(plan, id) for id in initiative.outcomes], width)
    if initiative.deadline is not None:
        lines += flow("deadline", _deadline(plan, initiative, dates), width)
    if initiative.notes:
        lines += flow(
            "notes", [(visible(w), "") for w in initiative.notes.split()], width, (" ", "")
        )
    return lines


def _name(plan: Plan, initiative: Initiative, dates: Dates | None) -> Content:
    colour = f"bold ${side(plan.roadmap.portfolio_of(initiative))}"
    line = Content.assemble((initiative.id, colour), "  ", (visible(initiative.label), "$strong"))
    if dates and dates.critical and not dates.finished:
        line += Content.styled("   critical", "bold $critical")
    elif dates and dates.near_critical:
        line += Content.styled("   near-critical", "bold $warning")
    return line


def _summary(plan: Plan, initiative: Initiative, dates: Dates | None) -> Content:
    lane = plan.roadmap.portfolio_of(initiative) or "no portfolio"
    words = [SIDE_NAMES.get(lane, visible(lane)), visible(initiative.accountable or "no owner")]
    words.append(initiative.status)
    if initiative.estimate is not None:
        words.append(estimate_words(initiative.estimate))
    if dates is None:
        words.append(visible(plan.schedule.unscheduled.get(initiative.id, "not scheduled")))
        return Content.styled(" · ".join(words), "$dim")
    if "estimate" in dates.assumed:
        words.append(f"assumed {dates.duration}d")
    days = day(dates.start), day(dates.finish)
    words.append(days[1] if days[0] == days[1] else f"{days[0]} → {days[1]}")
    if dates.total_float is not None:
        words.append(f"float {dates.total_float}".replace("-", "−"))
    return Content.styled(" · ".join(words), "$dim")


def _driven_by(plan: Plan, initiative: Initiative, dates: Dates | None) -> list[Token]:
    if dates is None:
        return [(visible(plan.schedule.unscheduled.get(initiative.id, "")), "$warning")]
    reason = dates.reason
    on = [_work(plan, id, with_day=True) for id in dates.driven_by]
    if on:
        return on
    if reason.kind == "actual":
        word = "finished" if dates.finished else "started"
        return [
            (f"what happened: {word} {day(dates.finish if dates.finished else dates.start)}", "")
        ]
    if reason.kind == "date":
        return [(f"{visible(reason.key or 'a set date').replace('_', ' ')} {_day(reason.day)}", "")]
    if reason.kind == "status_date":
        return [(f"today: not started, so not before {day(plan.as_of)}", "")]
    return [("nothing: it starts with the roadmap", "")]


def _work(plan: Plan, id: str, *, with_day: bool = False) -> Token:
    """Another initiative by its id, in the colour of its side."""
    other = plan.roadmap.initiatives.get(id)
    if other is None:
        return (visible(id), "$critical")
    dates = plan.schedule.get(id)
    until = f" ({'done' if dates.finished else 'finish'} {day(dates.finish)})" if dates else ""
    mark = "◆ " if dates and dates.duration == 0 else ""
    return (mark + id + (until if with_day else ""), f"${side(plan.roadmap.portfolio_of(other))}")


def _need(plan: Plan, initiative: Initiative, need: Need) -> list[Token]:
    """A link: on what, how, and where it stands between the sides."""
    text, colour = _work(plan, need.on)
    link = "" if need.type == "FS" and need.lag is None else f" {need.type}"
    if need.lag is not None:
        link += format_lag(need.lag)
    stands, _ = agreed(plan, initiative, need)
    found: list[Token] = [(f"{text}{link} {stands}".rstrip(), colour)]
    if need.delivers:
        found[0] = (found[0][0] + f" “{visible(need.delivers)}”", colour)
    return found


def agreed(plan: Plan, initiative: Initiative, need: Need) -> Token:
    """Where a link stands: delivered, agreed, declined, asked, or not agreed across sides."""
    supplier = plan.roadmap.initiatives.get(need.on)
    if supplier is None:
        return ("unknown", "$critical")
    dates = plan.schedule.get(need.on)
    if dates is not None and dates.finished:
        return ("√", "$good")
    if need.declined:
        return (f"declined {day(need.declined)}", "$critical")
    if need.agreed:
        return ("agreed", "$good")
    if need.asked:
        return (f"asked {day(need.asked)}, no answer", "$warning")
    sides = {plan.roadmap.portfolio_of(supplier), plan.roadmap.portfolio_of(initiative)}
    across = len(sides) == 2 and not sides & {None, "joint"}
    return ("not agreed", "$warning") if across else ("", "")


def _holds_up(plan: Plan, id: str) -> Iterator[Token]:
    """The chain of work that this drives, as far as the launch at its end."""
    seen = {id}
    while True:
        driven = [
            (dates.total_float if dates.total_float is not None else 0, link.succ)
            for link in plan.schedule.links_out_of(id)
            if link.driving and (dates := plan.schedule.get(link.succ))
        ]
        following = min(driven, default=None)
        if following is None or following[1] in seen:
            return
        id = following[1]
        seen.add(id)
        yield _work(plan, id)


def _touches(plan: Plan, initiative: Initiative) -> Iterator[Token]:
    for word in ("introduces", "changes", "replaces", "retires", "uses"):
        ids: tuple[str, ...] = getattr(initiative, word)
        if ids:
            yield (f"{word} {visible(', '.join(ids))}", "$text")
    for word in ("processes", "activates"):
        for id in getattr(initiative, word):
            data = plan.roadmap.data.get(id)
            kind = f" ({data.classification})" if data and data.classification else ""
            yield (f"{word} {visible(id)}{kind}", "$joint" if kind else "$text")


def _outcome(plan: Plan, id: str) -> Token:
    outcome = plan.roadmap.outcomes.get(id)
    return (visible(outcome.label if outcome else id), "$text")


def _deadline(plan: Plan, initiative: Initiative, dates: Dates | None) -> list[Token]:
    if initiative.deadline is None:
        return []
    words = day(initiative.deadline)
    if dates is None:
        return [(words, "")]
    days = plan.schedule.working_days(initiative.deadline, dates.finish)
    if days > 0:
        return [(f"{words}, missed by {days}d", "bold $critical")]
    return [(f"{words}, {-days}d to spare", "$good")]


def _day(value: date | None) -> str:
    return "" if value is None else day(value)


# --- what is wrong here ---------------------------------------------------------------------------


def conflicts(plan: Plan, id: str, width: int) -> list[Content]:
    """The findings that involve an initiative, worst first, and who moves next in each."""
    if not known(plan):
        return [Content.styled("Conflicts are being looked for", "$dim")]
    here = findings_on(plan, id)
    if not here:
        return [Content.styled("No conflicts here", "$dim")]
    lines = [Content.styled("Here", "bold $strong")]
    for finding in here:
        glyph, role = SEVERITY_GLYPHS[finding.severity]
        words = [(visible(word), "") for word in finding.message.split()]
        head: Token = (f"{glyph} {finding.code}", f"bold ${role}")
        lines += _hanging([head, *words], width)
        if finding.next_team or finding.next_side:
            next_ = visible(finding.next_team or finding.next_side or "")
            lines.append(Content.styled(f"  next: {next_} · f shows the fixes", "$dim"))
    return lines


def findings_on(plan: Plan, id: str) -> list[Finding]:
    """The findings, not waived, that involve an initiative; those that start with it first."""
    here = [f for f in plan.findings if id in f.initiatives and not f.waived]
    rank = {"error": 0, "warning": 1, "info": 2}
    return sorted(here, key=lambda f: (rank[f.severity], f.id != id))


def _hanging(tokens: list[Token], width: int) -> list[Content]:
    lines, line, used = [], Content(""), 0
    for token in tokens:
        size = cell_len(token[0])
        if used and used + 1 + size > width:
            lines.append(line)
            line, used = Content("  "), 2
        elif used:
            line += Content(" ")
            used += 1
        line += Content.assemble(token)
        used += size
    return [*lines, line]


# --- headings -------------------------------------------------------------------------------------


def heading(plan: Plan, outline: Outline, row: Row, width: int) -> list[Content]:
    """A portfolio or a group: how much work, from when to when, and how it stands."""
    members = outline.members(row)
    entity = plan.roadmap.table(row.kind).get(row.id)
    label = visible(entity.label if entity else row.id) or "No portfolio"
    title = SIDE_NAMES.get(label, label) if row.kind == "portfolios" else label
    lines = [Content.styled(title, f"bold ${side(row.lane)}")]
    dates = [d for id in members if (d := plan.schedule.get(id))]
    count: list[Token] = [(f"{len(members)} initiatives", "")]
    for word in ("active", "planned", "proposed", "paused", "done", "dropped"):
        number = sum(plan.roadmap.initiatives[id].status == word for id in members)
        if number:
            count.append((f"{number} {word}", ""))
    lines += flow("holds", count, width)
    if dates:
        first, last = min(d.start for d in dates), max(d.finish for d in dates)
        lines += flow("runs", [(f"{day(first)} → {day(last)}", "")], width)
        critical = [d.id for d in dates if d.critical and not d.finished]
        lines += flow("critical", [_work(plan, id) for id in critical] or [("none", "")], width)
    return lines


def moved(plan: Plan, before: Plan, id: str) -> str:
    """``+5d`` where an initiative finishes on another day than before; empty where it doesn't."""
    old, new = before.schedule.get(id), plan.schedule.get(id)
    if old is None or new is None or old.finish == new.finish:
        return ""
    return f"{signed(plan.schedule.working_days(old.finish, new.finish))}d"


class DetailPane(Widget):
    """Facts on the left, conflicts on the right, under the board."""

    DEFAULT_CSS = """
    DetailPane { width: 1fr; background: $panel-ground; color: $text; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Plan, Outline, Row | None, bool] | None = None

    def show(self, plan: Plan, outline: Outline, row: Row | None) -> None:
        """Show what is under the cursor; nothing is drawn while that is the same."""
        shown = (plan, outline, row, known(plan))
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """Two columns where there is room for two."""
        if self._shown is None or self._shown[2] is None:
            return Content("")
        plan, outline, row, _ = self._shown
        assert row is not None
        width, height = self.size.width, self.size.height
        if row.heading:
            return Content("\n").join(heading(plan, outline, row, width)[:height])
        initiative = plan.roadmap.initiatives[row.id]
        left = width // 2 - 1
        return beside(
            facts(plan, initiative, left), conflicts(plan, row.id, width - left - 2), left, height
        )


def beside(left: list[Content], right: list[Content], width: int, height: int) -> Content:
    """Two columns of lines as one text; the left one is `width` wide, each cut where it ends."""
    lines = []
    for index in range(min(height, max(len(left), len(right)))):
        first = left[index] if index < len(left) else Content("")
        if first.cell_length > width:
            first = first.truncate(width, ellipsis=True)
        second = right[index] if index < len(right) else Content("")
        lines.append(first + Content(" " * (width - first.cell_length + 2)) + second)
    return Content("\n").join(lines)
