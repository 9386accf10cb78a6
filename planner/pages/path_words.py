"""The words of a path that both drawings and the text share: dates, floats, states, headings.

Every string that comes from a file is made visible here, once.
"""

from __future__ import annotations

from datetime import date, timedelta

from planner.analysis.path import Lanes
from planner.pages import signs
from planner.pages.agreements import STATE_MARKS
from planner.pages.canvas import Tone
from planner.pages.roles import Role
from planner.roadmap.figures import date_range, date_text, days_short, signed
from planner.roadmap.output_network import BottleneckRow
from planner.roadmap.output_path import Bottleneck, NearPath, PathLink, Step
from planner.text.visible import visible

MOST = 12
"""How many paths behind the critical one are drawn."""
MOST_TOLD = 3
"""How many bottlenecks are told."""


def state_role(link: PathLink) -> Role:
    """The role of the state of a link."""
    return STATE_MARKS[link.state][1]


def state(link: PathLink) -> str:
    """``▲ not asked``: the state with its mark."""
    return f"{STATE_MARKS[link.state][0]} {link.state}"


def delivered(link: PathLink) -> str:
    """What a handover delivers, else why it is needed; empty where neither is written."""
    return visible(link.delivers or link.why or "")


def handed(link: PathLink) -> str:
    """``▲ not asked · consent signals``: a handover in one phrase."""
    return " · ".join(part for part in (state(link), delivered(link), ties(link)) if part)


def handover(link: PathLink, near: date) -> str:
    """``▲ not asked · consent signals · SS+5d · needed by 3 Jul``."""
    parts = [state(link)]
    if link.day is not None:
        parts[0] += f" {date_text(link.day, near)}"
    parts += [delivered(link), ties(link)]
    if link.promised is not None:
        parts.append(f"promised {date_text(link.promised, near)}")
    if link.needed_by is not None:
        parts.append(f"needed by {date_text(link.needed_by, near)}")
    if link.wants is not None:
        parts.append(visible(link.wants))
    return " · ".join(part for part in parts if part)


def ties(link: PathLink) -> str:
    """``SS+5d``: types and lags, empty for a plain finish to start."""
    return " ".join(link.ties)


def days(step: Step, near: date) -> str:
    """``9 Jul – 29 Jul``, or one day for a milestone; with years that are not that of `near`."""
    return date_range(step.finish if step.milestone else step.start, step.finish, near)


def length(step: Step) -> str:
    """``25d``, ``milestone``, ``10d assumed``, or ``10d, waits until 22 Feb``."""
    if step.milestone:
        return "milestone"
    text = f"{days_short(step.duration)}{' assumed' if step.assumed else ''}"
    if step.waiting is None:
        return text
    resumes = step.waiting[1] + timedelta(days=1)
    return f"{text}, waits until {date_text(resumes, step.start)}"


def floats(step: Step) -> str:
    """``float −5``; empty for finished work, which has none."""
    return "" if step.total_float is None else f"float {number(step.total_float)}"


def number(value: int) -> str:
    """A signed number of days: ``−5``, ``0``, ``12``."""
    return signed(value) if value < 0 else str(value)


def float_tone(step: Step) -> Tone:
    """Critical floats are marked."""
    return "late" if step.critical else "dim"


def glyph(step: Step) -> str:
    """``◆`` for a milestone, else its status as everywhere."""
    return signs.MILESTONE if step.milestone else signs.STATUS[step.status]


def heading(lanes: Lanes) -> list[tuple[str, Tone]]:
    """What the path leads to and how it stands, as phrases in order of importance."""
    found: list[tuple[str, Tone]] = [(visible(lanes.title), "strong")]
    if lanes.finish is None:
        return [*found, (f"no path: {visible(lanes.why_not or '')}", "critical")]
    found.append((date_text(lanes.finish, lanes.as_of), "text"))
    if lanes.late:
        found.append((f"{lanes.late.brief} late", "late"))
    elif lanes.deadline:
        found.append((f"on time for {date_text(lanes.deadline, lanes.as_of)}", "good"))
    return [*found, agreement(lanes), (counted(len(lanes.steps), "initiative"), "dim")]


def agreement(lanes: Lanes) -> tuple[str, Tone]:
    """``3 handovers, 2 not agreed``."""
    links = lanes.handovers
    if not links:
        return "no handover", "dim"
    missing = sum(link.state not in ("agreed", "accepted") for link in links)
    text = counted(len(links), "handover")
    if not missing:
        return f"{text}, {'all ' if len(links) > 1 else ''}agreed", "good"
    lacking = "none" if missing == len(links) else f"{missing} not"
    return f"{text}, {'not' if len(links) == 1 else lacking} agreed", "critical"


def bottleneck(launch: str, id: str, found: Bottleneck | BottleneckRow) -> str:
    """``9 of the 20 other open initiatives before Peak wait for customer-sso``."""
    others = f"{found.waiting} of the {found.among} other open initiatives"
    return f"{others} before {visible(launch)} wait for {visible(id)}"


def bottlenecks(lanes: Lanes) -> list[str]:
    """Those that most waits for, in a sentence each, and how many more there are."""
    told = [bottleneck(lanes.title, one.id, one) for one in lanes.bottlenecks[:MOST_TOLD]]
    hidden = len(lanes.bottlenecks) - MOST_TOLD
    return [*told, f"and {hidden} more on the path"] if hidden > 0 else told


def counted(number: int, noun: str) -> str:
    """``1 initiative``, ``7 initiatives``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def chain(near: NearPath) -> str:
    """``warehouse → cdp-foundation``: the steps and what they run into."""
    return " → ".join(visible(id) for id in [*(step.id for step in near.steps), near.joins])


def slip(lanes: Lanes, near: NearPath) -> str:
    """``warehouse can slip 10d before Peak moves``."""
    last = visible(near.steps[-1].id)
    return f"{last} can slip {days_short(near.behind)} before {visible(lanes.title)} moves"


def standing(near: NearPath) -> str:
    """``10d behind · float 5``."""
    return f"{days_short(near.behind)} behind · float {number(near.total_float)}"


def more(lanes: Lanes) -> str:
    """``and 3 more``; empty where all are drawn."""
    hidden = len(lanes.near) - MOST
    return f"and {hidden} more" if hidden > 0 else ""
