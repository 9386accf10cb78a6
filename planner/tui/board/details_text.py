"""What is known about one initiative, for a person who has to move it or to answer for it.

What it is; what drives its date, and why this date; what it needs and whether that is agreed; what
it holds up; what it touches; its conflicts and who moves next. Lines are made of tokens that are
never split, so that an id stays whole at every width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from textual.content import Content

from planner.analysis.conflicts import findings_on
from planner.network.walks import followed
from planner.pages import why
from planner.pages.agreements import link_state
from planner.pages.columns import estimate_words
from planner.pages.lines import Line
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.query.arrangement import side_of, title
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count, date_range, date_text, days_short, number
from planner.roadmap.quantities import Need, format_tie
from planner.schedule.dates import Dates
from planner.text.visible import visible
from planner.tui.board.outline import Outline, Row
from planner.tui.lines.cells import SEVERITY_GLYPHS
from planner.tui.shell.checking import known

Token = Content
"""A word or a few that belong together; a token that fits in a line is never split."""

LABEL = 11
NAMED = 24
"""Critical initiatives that a heading names; of thousands it says how many more there are."""
DOT = Content.styled(" · ", "$dim")
ARROW = Content.styled(" → ", "$dim")
SPACE = Content(" ")
NOTHING = Content("")


def flow(label: str, tokens: Iterable[Token], width: int, between: Token = DOT) -> list[Content]:
    """A labelled fact over as many lines as it needs, hanging under its first token.

    A token that is wider than a line is broken between its words, and hangs there, too.
    """
    indent = LABEL if label else 0
    head = Content.styled(label.ljust(indent), "$dim")
    lines, line = [], head
    for index, token in enumerate(tokens):
        token, *rest = _fitting(token, width - indent - (2 if between is ARROW else 0))
        joined = between + token if index else token
        if line.cell_length > indent and line.cell_length + joined.cell_length > width:
            lines.append(line)
            line = Content(" " * indent)
            joined = Content.styled("→ ", "$dim") + token if between is ARROW else token
        line += joined
        for part in rest:
            lines.append(line)
            line = Content(" " * indent) + part
    return [*lines, line]


def styled(text: str, style: str = "") -> Token:
    """Text of the roadmap as a token: made visible, never markup."""
    return Content.styled(visible(text), style)


# --- one initiative -------------------------------------------------------------------------------


def facts(plan: Plan, initiative: Initiative, width: int) -> list[Content]:
    """Everything but its conflicts."""
    dates = plan.schedule.get(initiative.id)
    lines = [_name(plan, initiative, dates)]
    lines += [*flow("", _summary(plan, initiative, dates), width), Content("")]
    lines += flow(why.DRIVEN_BY, _driven_by(plan, initiative, dates), width)
    if initiative.needs:
        lines += flow("needs", [_need(plan, initiative, need) for need in initiative.needs], width)
    if chain := list(_holds_up(plan, initiative.id)):
        lines += flow("holds up", chain, width, ARROW)
    if touched := list(_touches(plan, initiative)):
        lines += flow("touches", touched, width)
    if initiative.outcomes:
        lines += flow("for", [_outcome(plan, id) for id in initiative.outcomes], width)
    if initiative.deadline is not None:
        lines += flow("deadline", [_deadline(plan, initiative.deadline, dates)], width)
    if initiative.notes:
        lines += flow(
            "notes",
            map(styled, visible(initiative.notes, keep_newlines=True).split()),
            width,
            SPACE,
        )
    return lines


def _name(plan: Plan, initiative: Initiative, dates: Dates | None) -> Content:
    colour = f"bold ${side_role(plan.roadmap.portfolio_of(initiative))}"
    line = Content.assemble(
        (visible(initiative.id), colour), "  ", (visible(initiative.label), "$strong")
    )
    if dates and dates.critical and not dates.finished:
        line += Content.styled("   critical", "bold $critical")
    elif dates and dates.near_critical:
        line += Content.styled("   near-critical", "bold $warning")
    return line


def _summary(plan: Plan, initiative: Initiative, dates: Dates | None) -> list[Token]:
    lane = plan.roadmap.portfolio_of(initiative)
    words = [plan.roadmap.side_title(lane), _owner(plan, initiative, lane), initiative.status]
    if initiative.estimate is not None:
        words.append(estimate_words(initiative.estimate))
    if dates is None:
        words.append(plan.schedule.unscheduled.get(initiative.id, "not scheduled"))
        return [styled(word, "$dim") for word in words]
    if "estimate" in dates.assumed:
        words.append(f"assumed {days_short(dates.duration)}")
    words.append(date_range(dates.start, dates.finish, plan.as_of))
    waiting = plan.schedule.waiting(dates.id)
    if waiting is not None:
        words.append(f"waits until {date_text(waiting[1] + timedelta(days=1), plan.as_of)}")
    if dates.total_float is not None:
        words.append(f"float {number(dates.total_float)}")
    return [styled(word, "$dim") for word in words]


def _owner(plan: Plan, initiative: Initiative, lane: str | None) -> str:
    """The id of who answers for it; a team that is called as its side shows its title."""
    owner = initiative.accountable
    if owner is None or owner != lane:
        return owner or "no owner"
    team = plan.roadmap.teams.get(owner)
    return team.label if team is not None else owner


def _driven_by(plan: Plan, initiative: Initiative, dates: Dates | None) -> list[Token]:
    """The links that drive the start, else the one rule that set it."""
    if dates is None:
        return [coloured(why.no_dates(plan, initiative.id))]
    return [coloured(line) for line in why.driven_by(plan, dates)]


def coloured(line: Line) -> Token:
    """A phrase of a page as a token, in the colours of its roles."""
    return Content.assemble(*((text, f"${role}") for text, role in line))


def _work(plan: Plan, id: str) -> Token:
    """Another initiative by its id, in the colour of its side."""
    other = plan.roadmap.initiatives.get(id)
    if other is None:
        return styled(id, "$critical")
    dates = plan.schedule.get(id)
    mark = "◆ " if dates and dates.duration == 0 else ""
    return styled(mark + id, f"${side_role(plan.roadmap.portfolio_of(other))}")


def _need(plan: Plan, initiative: Initiative, need: Need) -> Token:
    """A link: on what, how, and where it stands between the sides."""
    tie = format_tie(need)
    stands = link_state(plan, initiative.id, need.on)
    delivers = styled(f" “{need.delivers}”", "$dim") if need.delivers else NOTHING
    state = SPACE + coloured((stands,)) if stands else NOTHING
    return _work(plan, need.on) + styled(f" {tie}" if tie else "", "$dim") + state + delivers


def _holds_up(plan: Plan, id: str) -> Iterator[Token]:
    """The chain of work that this drives, as far as the launch at its end."""

    def following(at: str) -> str | None:
        driven = [
            (dates.total_float if dates.total_float is not None else 0, link.succ)
            for link in plan.schedule.links_out_of(at)
            if link.driving and (dates := plan.schedule.get(link.succ))
        ]
        return min(driven, default=(0, None))[1]

    return (_work(plan, one) for one in islice(followed(id, following), 1, None))


def _touches(plan: Plan, initiative: Initiative) -> Iterator[Token]:
    for word in ("introduces", "changes", "replaces", "retires", "uses"):
        ids: tuple[str, ...] = getattr(initiative, word)
        if ids:
            yield styled(f"{word} {', '.join(ids)}")
    for word in ("processes", "activates"):
        for id in getattr(initiative, word):
            data = plan.roadmap.data.get(id)
            kind = data.classification if data else None
            yield styled(f"{word} {id} ({kind})", "$joint") if kind else styled(f"{word} {id}")


def _outcome(plan: Plan, id: str) -> Token:
    outcome = plan.roadmap.outcomes.get(id)
    return styled(outcome.label if outcome else id)


def _deadline(plan: Plan, deadline: date, dates: Dates | None) -> Token:
    due = date_text(deadline, plan.as_of)
    if dates is None:
        return styled(due)
    shift = plan.schedule.shift(deadline, dates.finish)
    if shift.later:
        return styled(f"{due}, missed by {shift.brief}", "bold $critical")
    return styled(f"{due}, {shift.brief if shift else '0d'} to spare", "$good")


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
        head = styled(f"{glyph} {finding.code}", f"bold ${role}")
        lines += _hanging([head, *map(styled, visible(finding.message).split())], width)
        if finding.next_team or finding.next_side:
            next_ = visible(finding.next_team or finding.next_side or "")
            lines.append(Content.styled(f"  next: {next_} · f shows the fixes", "$dim"))
    return lines


def _hanging(tokens: list[Token], width: int) -> list[Content]:
    """Words over as many lines as they need, all but the first line set in.

    A word that is wider than a line is broken: it would push aside what is beside it.
    """
    lines, line = [], NOTHING
    for token in (part for each in tokens for part in _fitting(each, width - 2)):
        if not line:
            line = token
        elif line.cell_length + 1 + token.cell_length > width:
            lines.append(line)
            line = Content("  ") + token
        else:
            line += SPACE + token
    return [*lines, line]


def _fitting(token: Token, width: int) -> list[Token]:
    return [token] if token.cell_length <= width else token.wrap(max(1, width))


# --- headings -------------------------------------------------------------------------------------


def heading(plan: Plan, outline: Outline, row: Row, width: int) -> list[Content]:
    """Whatever holds work: how much work, from when to when, and how it stands."""
    members = outline.members(row)
    lane = side_of(plan.roadmap, row.under[0])
    colour = "strong" if lane is None else side_role(lane)
    lines = [Content.styled(visible(title(plan.roadmap, (row.kind, row.id))), f"bold ${colour}")]
    dates = [d for id in members if (d := plan.schedule.get(id))]
    held = [styled(count(len(members), "initiative"))]
    statuses = Counter(plan.roadmap.initiatives[id].status for id in members)
    held += [styled(f"{number} {status}") for status, number in statuses.most_common()]
    lines += flow("holds", held, width)
    if dates:
        first, last = min(d.start for d in dates), max(d.finish for d in dates)
        lines += flow("runs", [styled(date_range(first, last, plan.as_of))], width)
        critical = [d.id for d in dates if d.critical and not d.finished]
        tokens = [_work(plan, id) for id in critical[:NAMED]] or [styled("none")]
        if len(critical) > NAMED:
            tokens.append(styled(f"{len(critical) - NAMED} more", "$dim"))
        lines += flow("critical", tokens, width)
    return lines
