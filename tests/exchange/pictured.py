"""Roadmaps for tests of the picture, and what must hold of every drawing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from planner.exchange.reports.picture import Numbered
from planner.exchange.reports.shapes import Box, Drawing, Rect, Shape, Text
from planner.plan.model import Plan
from tests.exchange.plans import plan_of

TODAY = date(2027, 3, 22)
TITLES = (
    "Customer identity",
    "Consent signals to CDP, ESP and ad platforms",
    "A title that somebody wrote as a whole sentence, with all that it is about and more besides",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "顧客データ基盤とマーケティングオートメーションの統合および同意管理プラットフォームの導入",
    "توحيد بيانات العملاء وإدارة الموافقات عبر القنوات",
    "מערכת ניהול הסכמות ללקוחות ולספקים",
    "Запуск единой программы лояльности для всех каналов продаж и сервисов",
    "Ἑλλάδος νέα ἔργα",
    "Z̸̢̛a̴l̵g̷o̶ ťéxť with combining márks",
    "🚀 Launch 👩‍👩‍👧‍👦 🇩🇪 campaign ✅",
    "</svg><script>alert(1)</script>",
    "& < > \" ' ]]> <!-- -->",
    "‮ right to left override",
    "\x00\x1b[31m red\nline\ttab",
    "Ｗｉｄｅ　ｌｅｔｔｅｒｓ",
    "…",
    "WWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMM",
)


def generated(
    count: int,
    seed: int = 1,
    *,
    sides: Sequence[str] = ("marketing", "it"),
    titles: Sequence[str] = (),
    days: int = 200,
    late: float = 0.2,
    groups: int = 8,
    launches: int = 3,
) -> Plan:
    """A plan of so many initiatives over about so many days, with handovers in every state."""
    draw = random.Random(seed)
    initiatives: dict[str, Any] = {}
    for number in range(count):
        id = f"w{number:04d}"
        initiatives[id] = _initiative(draw, number, sides, titles, days, late, groups)
    for number in range(launches):
        due = TODAY + timedelta(days=draw.randint(0, days))
        initiatives[f"launch{number}"] = {
            "title": draw.choice(titles) if titles else f"Launch {number} of the range",
            "kind": "milestone",
            "portfolio": "joint",
            "needs": [f"w{draw.randrange(count):04d}"] if count else [],
            "announced" if number % 2 else "deadline": due,
        }
    return plan_of(
        {
            "roadmap": {"": {"title": "Generated", "start": TODAY, "status_date": TODAY}},
            "teams": {f"team-{side}": {"portfolio": side} for side in sides},
            "groups": {f"g{n}": {"title": f"Group number {n}"} for n in range(groups)},
            "freezes": {
                "one": {"title": "Peak", "start": TODAY + timedelta(days=days // 2),
                        "end": TODAY + timedelta(days=days // 2 + 20)},
                "two": {"title": "Year end", "start": TODAY + timedelta(days=days // 2 + 15),
                        "end": TODAY + timedelta(days=days // 2 + 30)},
            },
            "initiatives": initiatives,
        },
        TODAY,
    )  # fmt: skip


def _initiative(
    draw: random.Random,
    number: int,
    sides: Sequence[str],
    titles: Sequence[str],
    days: int,
    late: float,
    groups: int,
) -> dict[str, Any]:
    start = TODAY + timedelta(days=draw.randint(-20, days))
    one: dict[str, Any] = {
        "title": draw.choice(titles) if titles else f"Work number {number} of the plan",
        "owner": f"team-{draw.choice(sides)}",
        "estimate": f"{draw.randint(1, max(2, min(60, days // 3)))}d",
        "start_no_earlier_than": start,
        "needs": [_need(draw, draw.randrange(number)) for _ in range(draw.randint(0, 2)) if number],
    }
    if groups:
        one["part_of"] = f"g{draw.randrange(groups)}"
    if draw.random() < late:
        one["deadline"] = start
    if draw.random() < 0.1:
        one["kind"] = "campaign"
    if draw.random() < 0.1:
        one["status"] = "paused"
    if draw.random() < 0.05:
        one["actual_finish"] = TODAY - timedelta(days=3)
        one["status"] = "done"
    return one


def _need(draw: random.Random, number: int) -> dict[str, Any]:
    need: dict[str, Any] = {"on": f"w{number:04d}", "delivers": "one customer id across the shop"}
    state = draw.randrange(4)
    if state:
        need["asked"] = date(2027, 3, 1)
    if state > 1:
        need["agreed"] = date(2027, 3, 5)
    if state > 2:
        need["promised"] = TODAY + timedelta(days=draw.randint(0, 100))
    return need


def asks(plan: Plan, most: int = 5) -> tuple[Numbered, ...]:
    """Numbers on the first handovers and on a bar, as a report would set them."""
    pairs = plan.context.handovers[: most - 1]
    works = [id for id in plan.schedule.critical_path if plan.schedule.span(id)]
    bar = [Numbered(1, None, works[0])] if works else []
    return (*bar, *(Numbered(n, sup, succ) for n, (succ, sup) in enumerate(pairs, 2)))


# --- what must hold -------------------------------------------------------------------------------

SOLID = ("bar", "cap", "strip", "diamond", "badge", "sign", "dot", "flag", "today sign")
"""What no text may meet."""
SLACK = 0.35
"""Half a rounded unit."""


def faults(drawing: Drawing) -> list[str]:
    """Everything that meets what it may not meet, or is clipped."""
    return [*_meeting(drawing), *_clipped(drawing)]


def _meeting(drawing: Drawing) -> Iterator[str]:
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    solid = [shape for shape in drawing.shapes if shape.what in SOLID]
    for number, text in enumerate(texts):
        box = _smaller(text.box)
        for other in texts[number + 1 :]:
            if box.meets(_smaller(other.box)):
                yield f"{text.text!r} meets {other.text!r}"
        for shape in solid:
            if box.meets(_smaller(shape.box)) and not _own(text, shape):
                yield f"{text.what} {text.text!r} meets {shape.what} of {shape.of!r}"


def _own(text: Text, shape: Shape) -> bool:
    """A label in its own bar, a number in its ring, today on its ground."""
    pairs = {"label": "bar", "number": "badge", "today name": "today sign"}
    if text.what == "number" and shape.what in ("bar", "cap", "strip"):
        return True
    if pairs.get(text.what) != shape.what or text.of != shape.of:
        return False
    inner, outer = text.box, shape.box
    return outer.left <= inner.left and inner.right <= outer.right + SLACK


def _clipped(drawing: Drawing) -> Iterator[str]:
    whole = Box(drawing.left, drawing.top, drawing.left + drawing.width,
                drawing.top + drawing.height).grown(SLACK)  # fmt: skip
    for shape in drawing.shapes:
        box = shape.box
        if isinstance(shape, Rect) and shape.what == "paper":
            continue
        inside = whole.left <= box.left and box.right <= whole.right
        if not (inside and whole.top <= box.top and box.bottom <= whole.bottom):
            yield f"{shape.what} {getattr(shape, 'text', shape.of)!r} is clipped: {box}"


def _smaller(box: Box) -> Box:
    return box.grown(-SLACK)
