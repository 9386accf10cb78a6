"""What is said under a field: what was understood, what is wrong, or what the field is for."""

from __future__ import annotations

from textual.content import Content

from planner.entry.context import Around, Typed
from planner.entry.shapes import Field
from planner.entry.suggest import REFERRING
from planner.roadmap.typed import Unclear
from planner.roadmap.typed_days import say_day
from planner.text.editing import pictured, unseen
from planner.text.visible import visible

ROWS = ("needs", "days", "readings", "lists by name")
"""Shapes of which a line is one of several."""

EXAMPLES: dict[str, str] = {
    "date": "1 mar · mon · +2w · end q3",
    "length": "6w or 20d",
    "estimate": "4w, or 3w/4w/7w from short to long",
    "needs": "an initiative, then SS+5d; delivers …; agreed 5 nov",
    "days by id": "who, then the date: privacy 3 nov",
    "numbers by id": "who, then how much: data 2, web 1",
    "money": "40k, or marketing 40k, it 25k",
    "days": "a date and its name, one per line",
    "readings": "a date and the reading, one per line",
    "strings": "commas between them",
    "choices by name": "a rule, then its severity: DATE03 info, STALE01 warning",
    "lists by name": "a name, a colon, then who: personal: privacy, legal",
    "new term": "lead time = working days from brief to live",
}
"""What an empty field says about itself."""


def note(
    typed: Typed,
    field: Field,
    text: str,
    around: Around,
    *,
    here: bool,
    addition: str = "",
) -> Content:
    """The note of a field. `here` while it is typed in; `addition` is the plan's."""
    if isinstance(typed, Unclear):
        return _unclear(typed, text, here)
    if field.choices and here:
        return _choices(field, typed.text)
    ahead = field.past and field.shape == "date" and typed.value
    if ahead and typed.value > around.today:
        future = f"▲ {say_day(typed.value)} is in the future"
        return Content.assemble((", ".join(filter(None, (future, addition))), "$warning"))
    hidden = f"holds {', '.join(unseen(text))}" if here and unseen(text) else ""
    said = ", ".join(visible(part) for part in (typed.said, addition, hidden) if part)
    another = here and field.shape in ROWS and bool(text.strip())
    if said or another:
        more = (" · enter: another row" if said else "enter: another row") if another else ""
        return Content.assemble(("→ " if said else "", "$good"), (said, "$text"), (more, "$dim"))
    return Content.assemble((_hint(field, text, around) if here else "", "$dim"))


def _unclear(typed: Unclear, text: str, here: bool) -> Content:
    near = _new_part(typed.nearest, text)
    return Content.assemble(
        (f"✗ {visible(typed.why)}", "$critical"),
        (f" → {pictured(near)}", "bold $strong") if near else "",
        (" enter", "$key") if near and here else "",
    )


def _new_part(nearest: str | None, text: str) -> str | None:
    """What the nearest right thing changes, where it is one item of several."""
    if nearest is None:
        return None
    between = "\n" if "\n" in nearest else ", "
    parts = nearest.split(between)
    present = {part.strip() for part in text.split(between.strip(" "))}
    return next((part for part in parts if part not in present), nearest)


def _choices(field: Field, chosen: str) -> Content:
    """All words that are allowed, the one that holds marked."""
    marked = chosen or field.default
    words = [(word, "bold $strong" if word == marked else "$dim") for word in field.choices]
    return Content.assemble((" · ", "$faint")).join(Content.assemble(word) for word in words)


def _hint(field: Field, text: str, around: Around) -> str:
    """What the field is for, and how to look for what it may name."""
    about = field.about.rstrip(".")
    if field.shape not in REFERRING:
        return about
    count = len(around.titles(field.kinds))
    return f"{about} · space lists all {count}" if count and not text else about
