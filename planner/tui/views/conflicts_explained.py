"""One finding explained, as lines of pieces: what, why to each side, who moves, ways out.

Pure: from a plan, a finding and the offers known so far to lines of at most a width. The pane that
shows them scrolls; the lines of the chosen fix are known, so that it can be kept in view.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from rich.cells import cell_len

from planner.conflicts.context import JOINT
from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.entry.questions import question
from planner.pages.parties import party_name, side_name, side_of_party
from planner.pages.roles import wrap
from planner.plan.impact import day
from planner.plan.impact_line import Part
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.schedule.shift import MINUS
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted
from planner.tui.shell.themes import Role
from planner.tui.shell.themes import side as side_role
from planner.tui.views.conflicts_groups import Group
from planner.tui.views.conflicts_list import SEVERITY_ROLES

Line = list[tuple[str, Look]]

LABEL = 11
"""Columns of the words at the left."""
MOST = 12
"""How many of the initiatives involved are listed."""

PART_ROLES: dict[str, Role] = {
    "plain": "text",
    "good": "good",
    "bad": "critical",
    "warn": "warning",
    "dim": "dim",
    "key": "key",
}
SEVERITY_WORDS = {"error": "error", "warning": "warning", "info": "note"}


class Explained(Struct, frozen=True):
    """Lines, and for each fix the (first, last) of its lines."""

    lines: tuple[Line, ...]
    places: tuple[tuple[int, int], ...]


def explained(
    plan: Plan,
    finding: Finding,
    offers: Offers,
    *,
    chosen: int,
    choosing: bool,
    where: str,
    width: int,
) -> Explained:
    """Explain a finding in `width` columns; `chosen` is the fix that enter makes or goes to."""
    page = _Page(plan, finding, width)
    page.what()
    page.why()
    page.involved()
    page.who(where)
    places = tuple(page.ways_out(offers, chosen, choosing=choosing))
    return Explained(tuple(page.lines), places)


def group_explained(group: Group, width: int) -> Explained:
    """A heading in words: what is in the group and, where it is a rule, what that looks for."""
    page = _Lines(width)
    role = side_role(group.side) if group.side else "strong"
    page.line((group.title, role, True))
    counts = [
        f"{count} {SEVERITY_WORDS[severity]}{'s' if count > 1 else ''}"
        for severity, count in group.counts.items()
        if count
    ]
    counts += [f"{group.waived} waived"] if group.waived else []
    page.line((", ".join(counts), "dim", False))
    rule = RULES.get(group.key)
    if rule is not None:
        page.line()
        page.labelled("What", rule.summary, "text")
        page.labelled("When", rule.fires_when, "text")
        page.labelled("Marketing", rule.why_marketing, "text", "marketing")
        page.labelled("IT", rule.why_it, "text", "it")
    return Explained(tuple(page.lines), ())


class _Lines:
    """Lines in the making."""

    def __init__(self, width: int) -> None:
        self.width = max(30, width)
        self.lines: list[Line] = []

    def line(self, *pieces: tuple[str, Role, bool]) -> None:
        self.lines.append([(text, (role, None, bold)) for text, role, bold in pieces])

    def labelled(self, label: str, text: str, role: Role, label_role: Role = "dim") -> None:
        for at, part in enumerate(self.wrapped(text, self.width - LABEL)):
            head = f"{label if at == 0 else '':<{LABEL}}"
            self.line((head, label_role, label_role != "dim"), (part, role, False))

    def wrapped(self, text: str, width: int) -> list[str]:
        return wrap(text, max(8, width)) or [""]


class _Page(_Lines):
    def __init__(self, plan: Plan, finding: Finding, width: int) -> None:
        super().__init__(width)
        self.plan = plan
        self.finding = finding

    # --- what it is -------------------------------------------------------------------------------

    def what(self) -> None:
        """Code, name and severity; the sentence; a waiver."""
        finding = self.finding
        role = SEVERITY_ROLES[finding.severity]
        self.line(
            (f"{finding.code} ", role, True),
            (f"{finding.rule}  ", "strong", True),
            (SEVERITY_WORDS[finding.severity], role, False),
        )
        for text in self.wrapped(visible(finding.message), self.width):
            self.line((text, "strong", False))
        if finding.waived:
            waiver = self.plan.roadmap.waivers.get(finding.waiver or "")
            self.labelled("waived", _waiver(waiver), "done")
        self.line()

    def why(self) -> None:
        """Why the rule matters, to each side as to an equal."""
        rule = RULES.get(self.finding.code)
        if rule is None:
            return
        self.labelled("Marketing", rule.why_marketing, "text", "marketing")
        self.labelled("IT", rule.why_it, "text", "it")
        self.line()

    # --- what is involved -------------------------------------------------------------------------

    def involved(self) -> None:
        """The tables that the finding is about, with dates where they have any."""
        finding = self.finding
        ids = finding.on[:MOST]
        column = min(max((cell_len(visible(id)) for id in ids), default=0), self.width // 2, 28)
        for at, id in enumerate(ids):
            label = "Involved" if at == 0 else ""
            self.line((f"{label:<{LABEL}}", "dim", False), *self._subject(id, column))
        if len(finding.on) > MOST:
            self.labelled("", f"and {len(finding.on) - MOST} more", "dim")
        if finding.through:
            label = "" if ids else "Involved"
            self.labelled(label, ", ".join(visible(id) for id in finding.through), "joint")
        self.line()

    def _subject(self, id: str, column: int) -> Iterator[tuple[str, Role, bool]]:
        initiative = self.plan.roadmap.initiatives.get(id) if self._about_work() else None
        if initiative is None:
            yield f"{visible(self.finding.kind.removesuffix('s'))} {visible(id)}", "text", False
            return
        side = side_role(self.plan.roadmap.portfolio_of(initiative))
        yield fitted(visible(id), column) + "  ", side, True
        dates = self.plan.schedule.get(id)
        if dates is None:
            yield visible(self.plan.schedule.unscheduled.get(id, initiative.status)), "dim", False
            return
        days = day(dates.finish)
        if dates.start != dates.finish:
            days = f"{day(dates.start)} – {days}"
        yield f"{days:<15}", "text", False
        if dates.total_float is not None:
            value = f"{MINUS}{-dates.total_float}" if dates.total_float < 0 else dates.total_float
            yield f"  float {value}", "critical" if dates.critical else "dim", False

    def _about_work(self) -> bool:
        return self.finding.kind == "initiatives"

    def who(self, where: str) -> None:
        """Who moves next, and where it stands in the file."""
        finding, plan = self.finding, self.plan
        team, side = finding.next_team, finding.next_side
        if team:
            side = side or side_of_party(plan, team)
            name = party_name(plan, team)
            text = f"{name} ({side_name(plan, side)})" if side else name
        else:
            text = self._side_alone(side) if side else "nobody is named yet"
        role = side_role(side) if side else "dim"
        end = f"  in {visible(where)}"
        head: tuple[str, Role, bool] = (f"{'Next':<{LABEL}}", "dim", False)
        if LABEL + cell_len(text) + cell_len(end) <= self.width:
            self.line(head, (text, role, False), (end, "dim", False))
        else:
            self.line(head, (text, role, False))
            self.labelled("In", visible(where), "dim")
        self.line()

    def _side_alone(self, side: str) -> str:
        """A side of which nobody is named; ``joint`` stands for both."""
        return "both sides together" if side == JOINT else side_name(self.plan, side)

    # --- ways out ---------------------------------------------------------------------------------

    def ways_out(self, offers: Offers, chosen: int, *, choosing: bool) -> Iterator[tuple[int, int]]:
        """Each fix with what it would do, and what is still being tried."""
        found = offers.found
        if found:
            keys = "makes the marked one, esc goes back" if choosing else "goes to them"
            self.line(("Fixes", "strong", True), (f" · enter {keys}", "dim", False))
        for at, offer in enumerate(found):
            first = len(self.lines)
            here = at == chosen
            self._fix(offer.fix.title, here)
            self._consequence(offer.parts, offer.fix.needs_yes)
            yield first, len(self.lines) - 1
        if not offers.complete:
            self.line(("  trying the ways out …", "dim", False))
        elif offers.failed:
            self.labelled("" if found else "Fixes", visible(offers.failed), "critical")
        elif not found:
            self.labelled("Fixes", "none ready: " + self._instead(), "dim")

    def _instead(self) -> str:
        asked = question(self.finding, self.plan)
        if asked is not None:
            return f"enter asks you to {visible(asked.title)}"
        return "e edits it, o opens the file there" + (
            "" if self.finding.waived else ", i accepts it for now"
        )

    def _fix(self, title: str, here: bool) -> None:
        for at, text in enumerate(self.wrapped(visible(title), self.width - 2)):
            mark = "▸ " if here and at == 0 else "  "
            self.line((mark, "key", True), (text, "strong" if here else "text", here))

    def _consequence(self, parts: tuple[Part, ...], needs_yes: tuple[str, ...]) -> None:
        pieces: list[tuple[str, Role, bool]] = []
        for part in parts:
            pieces.append((visible(part.text), PART_ROLES[part.role], False))
        if needs_yes:
            pieces.append((f"needs {self._names(needs_yes)} to agree", "joint", False))
        room = self.width - 4
        line: list[tuple[str, Role, bool]] = []
        for piece in pieces:
            if line and _length(line) + 3 + cell_len(piece[0]) > room:
                self.line(("    ", "text", False), *line)
                line = []
            line += [(" · ", "faint", False), piece] if line else [piece]
        self.line(("    ", "text", False), *line)

    def _names(self, needs_yes: tuple[str, ...]) -> str:
        sides = {*self.plan.roadmap.portfolios, "marketing", "it", "joint"}
        return " and ".join(
            side_name(self.plan, id) if id in sides else party_name(self.plan, id)
            for id in needs_yes
        )


def _length(line: list[tuple[str, Role, bool]]) -> int:
    return sum(cell_len(text) for text, _, _ in line)


def _waiver(waiver: object) -> str:
    """``until 1 Mar by ana: reason``."""
    until, by = getattr(waiver, "until", None), getattr(waiver, "by", None)
    parts = [f"until {day(until)}" if until else "", f"by {visible(by)}" if by else ""]
    text = " ".join(part for part in parts if part)
    reason = visible(getattr(waiver, "reason", None) or "")
    return ": ".join(part for part in (text, reason) if part) or "yes"
