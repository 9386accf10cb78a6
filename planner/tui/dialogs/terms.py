"""What words mean: the terms of the glossary that stand in some texts, to each side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.binding import Binding
from textual.content import Content

from planner.analysis.glossary import differs, used
from planner.plan.model import Plan
from planner.roadmap.entities import Term
from planner.roadmap.sides import BOTH, title_of
from planner.text.visible import visible
from planner.tui.board.details_text import SPACE, flow, styled
from planner.tui.dialogs.reading import ReadDialog

EMPTY = "No glossary yet: words that both sides use, and what each means by them."


class TermsDialog(ReadDialog[bool | None]):
    """The terms in `texts`, or, where there are none, the whole glossary. True: edit it."""

    BINDINGS = [Binding("K", "leave", "close"), Binding("e", "edit", "edit the glossary")]

    keys = (("esc", "close"), ("e", "edit the glossary"), ("j k", "scroll"))

    def __init__(self, plan: Plan, texts: Iterable[str]) -> None:
        super().__init__()
        self.plan = plan
        self.terms = used(texts, plan.roadmap.glossary)

    def heading(self) -> Content:
        """Whether these are the words here, or all."""
        if self.terms:
            return Content("Glossary: words used here")
        return Content("Glossary: no word of it is used here")

    def text(self, width: int) -> Content:
        """Each term under the one before."""
        return Content("\n").join(list(self._lines(width)) or [Content(EMPTY)])

    def _lines(self, width: int) -> Iterator[Content]:
        glossary = self.plan.roadmap.glossary
        for number, name in enumerate(self.terms or glossary):
            if number:
                yield Content("")
            yield from explained(name, glossary[name], width)

    def action_edit(self) -> None:
        """To the form of the glossary."""
        self.dismiss(True)


def explained(name: str, term: Term, width: int) -> list[Content]:
    """A term: what all mean by it, and each side where that differs or nothing is agreed."""
    line = Content.styled(visible(name), "bold $strong")
    if differs(term):
        line += Content.styled("   ▲ two meanings", "$warning")
    lines = [line]
    if term.agreed:
        lines += flow("agreed", map(styled, term.agreed.split()), width, SPACE)
    for side in BOTH:
        meaning = getattr(term, side)
        if meaning:
            words = [styled(word, f"${side}" if differs(term) else "") for word in meaning.split()]
            lines += flow(title_of(side), words, width, SPACE)
    return lines
