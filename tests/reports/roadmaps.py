"""Roadmaps of any size for the page: two or three sides, late work, titles of any script."""

from __future__ import annotations

from pathlib import Path
from random import Random

TITLES = (
    "Customer identity, sign-in and consent for every shop, app and call centre in all countries",
    "Überarbeitung der Kundenkommunikation für Großkundinnen und Großkunden im Mittelstand",
    "Перенос клиентских данных в новую платформу и обучение отделов продаж",
    "顧客データ基盤の刷新と全チャネルでの同意管理の統合プロジェクト",
    "إعادة تصميم تجربة العملاء عبر جميع القنوات والمتاجر",
    "חידוש פלטפורמת הנתונים והסכמות הלקוחות בכל הערוצים",
    "Cà phê sáng tạo: chiến dịch mùa hè với người ảnh hưởng",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Launch 🚀 of the 👩‍👩‍👧 family card",
    "<script>alert(1)</script></style></title> & \\\"quoted\\\" onload='x'",
)
HEAD = """
[roadmap]
title = "{title}"
start = 2027-03-01
status_date = 2027-04-12
currency = "EUR"
[portfolios.marketing]
lead = "ana"
[portfolios.it]
lead = "ben"
[people.ana]
name = "Ana Wilhelmina Prisca von und zu Hohenfels-Lindenthal"
role = "Chief marketing officer"
[people.ben]
name = "Ben"
role = "Chief information officer"
[outcomes.growth]
title = "Growth"
kpi = "revenue per visitor"
value = 400000
baseline = 2
target = 3
by = 2027-12-31
[meetings.joint]
title = "Joint review"
every = "2w"
last = 2027-04-05
attends = ["ana", "ben"]
[glossary]
segment = {{ marketing = "people", it = "a query" }}
"""


def write(folder: Path, number: int, *, sides: int = 2, long: bool = False) -> Path:
    """A roadmap of so many initiatives in a file."""
    random = Random(number * 10 + sides)
    names = ("marketing", "it", "stores")[:sides]
    parts = [HEAD.format(title="Überall: 全渠道 2027" if long else "Plan 2027")]
    for at in range(number - 1):
        parts.append(_work(random, at, names[at % sides], long=long))
    last = ", ".join(f'"work-{at}"' for at in range(max(0, number - 4), number - 1))
    title = TITLES[0] if long else "Autumn launch"
    parts.append(
        f'[initiatives.launch]\ntitle = "{title}"\nestimate = "0d"\nportfolio = "joint"\n'
        f'deadline = 2027-06-01\nneeds = [{last}]\noutcomes = ["growth"]\n'
    )
    file = folder / f"plan-{number}-{sides}-{'long' if long else 'short'}.toml"
    file.write_text("\n".join(parts), encoding="utf-8")
    return file


def _work(random: Random, at: int, side: str, *, long: bool) -> str:
    """One piece of work, which may need earlier ones, agreed or not."""
    title = f"{TITLES[at % len(TITLES)]} {at}" if long else f"Work number {at}"
    lines = [
        f"[initiatives.work-{at}]",
        f'title = "{title}"',
        f'portfolio = "{side}"',
        f'part_of = "group-{at % 9}"',
        f'estimate = "{random.randint(3, 30)}d"',
    ]
    if random.random() < 0.2:
        lines.append(f"deadline = 2027-0{random.randint(4, 9)}-15")
    before = [one for one in range(max(0, at - 12), at) if random.random() < 0.12]
    needs = [_need(random, one, at) for one in before]
    if needs:
        lines.append(f"needs = [{', '.join(needs)}]")
    return "\n".join(lines) + "\n"


def _need(random: Random, on: int, at: int) -> str:
    said = random.choice(("", ", asked = 2027-03-15", ", asked = 2027-03-08, agreed = 2027-03-22"))
    what = TITLES[at % len(TITLES)] if random.random() < 0.3 else f"delivery {on} for everybody"
    return f'{{ on = "work-{on}", delivers = "{what}"{said} }}'
