"""The import screen: what a sheet says, the queue of its phrases, and what all of it would do.

It stands over the view until it is applied as one undo step, or left with nothing changed. Each
answer is shown at once; what follows from it is worked out in a thread, and so is what a candidate
would do. Who is faster than the thread loses nothing: the last answers are worked out last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar, cast

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from planner.analysis.importing import Phrase
from planner.errors import PlannerError
from planner.exchange.importing.arriving import (
    Arrival,
    Importing,
    answer_to,
    is_tool,
    means,
    means_nothing,
)
from planner.exchange.importing.kept import Answer
from planner.merge.values import Side
from planner.pages.importing import first_lines
from planner.plan.impact_line import Part
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.output_importing import ImportClash
from planner.text.visible import visible
from planner.tui.dialogs.consequence_line import parts_content
from planner.tui.dialogs.panel import KeyLine, Keys, no_meaning
from planner.tui.lines.footer import SIGNS, LongMessage
from planner.tui.lines.lines_pane import LinesPane, nothing
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, Piece, coloured, line_of
from planner.tui.lines.row_list import RowList
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.stage import Severity, Shell
from planner.tui.views.importing_rows import (
    WHOLE,
    Said,
    Shown,
    Subject,
    Weighed,
    rows_of,
    subject,
    weighed,
)

Found = TypeVar("Found")

ON_PHRASE: Keys = (
    ("enter", "take"),
    ("l", "candidates"),
    ("n", "none"),
    ("t", "a tool"),
    ("esc", "cancel"),
    ("a", "apply"),
    ("u", "take back"),
    ("/", "other work"),
    ("tab", "section"),
)
ANSWERED: Keys = (
    ("u", "take back"),
    ("enter", "next"),
    ("esc", "cancel"),
    ("a", "apply"),
    ("l n t /", "another answer"),
    ("tab", "section"),
)
CANDIDATES = ("enter", "l", "/")
ON_CLASH: Keys = (
    ("m", "mine"),
    ("s", "sheet"),
    ("M S", "all unresolved"),
    ("esc", "cancel"),
    ("a", "apply"),
    ("u", "take back"),
    ("tab", "section"),
)
ON_WHOLE: Keys = (("enter", "apply"), ("esc", "cancel"), ("tab", "section"), ("l", "read"))
ELSEWHERE: Keys = (
    ("a", "apply"),
    ("esc", "cancel"),
    ("tab", "section"),
    ("enter", "read"),
    ("u", "take back"),
)


BESIDE = 160
"""Columns from which the page stands beside the list: rows are long."""


class FirstSaid(LinesPane):
    """What the sheet could not say, as high as it needs, at most a quarter of the screen."""

    DEFAULT_CSS = "FirstSaid { height: auto; border-bottom: solid $faint; }"
    SIDE = 1

    @property
    def room(self) -> int:
        """Lines that it has at most."""
        return max(3, self.screen.size.height // 4)

    def get_content_height(self, *_: object) -> int:
        """As many as there are."""
        return len(self._told(self.text_width).lines)

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        super().on_resize()
        self.refresh(layout=True)


class Outcome(Widget):
    """What the import would do to the plan, in one line."""

    DEFAULT_CSS = "Outcome { height: 1; width: 1fr; background: $panel-ground; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.parts: Sequence[Part] = ()

    def show(self, parts: Sequence[Part]) -> None:
        """Another outcome."""
        self.parts = parts
        self.refresh()

    def render(self) -> Content:
        """As much as fits."""
        return parts_content(self.parts, self.size.width)


class ImportScreen(ModalScreen[Arrival]):
    """Returns the import that was applied; None where it was left."""

    DEFAULT_CSS = """
    ImportScreen { layers: default above; background: $ground; color: $text; }
    ImportScreen .keys { height: 1; background: $bar-ground; padding: 0 1; color: $dim; }
    """
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("escape,q", "leave", "cancel", id="import.leave"),
        Binding("enter", "enter", "take", id="import.enter"),
        Binding("a", "apply", "apply", id="import.apply"),
        Binding("n", "none", "none", id="import.none"),
        Binding("t", "tool", "a tool", id="import.tool"),
        Binding("slash", "other", "other work", id="import.other"),
        Binding("u", "take_back", "take back", id="import.back"),
        Binding("m", "side('ours')", "mine", id="import.mine"),
        Binding("s", "side('theirs')", "sheet", id="import.sheet"),
        Binding("M", "sides('ours')", "all mine", id="import.all_mine"),
        Binding("S", "sides('theirs')", "all of the sheet", id="import.all_sheet"),
        Binding("j,down", "go('down')", "down", id="import.down"),
        Binding("k,up", "go('up')", "up", id="import.up"),
        Binding("h,left", "go('left')", "list", id="import.left"),
        Binding("l,right", "go('right')", "page", id="import.right"),
        Binding("pagedown,ctrl+d", "go('page_down')", "page", id="import.page_down"),
        Binding("pageup,ctrl+u", "go('page_up')", "page", id="import.page_up"),
        Binding("g,home", "go('top')", "first", id="import.top"),
        Binding("G,end", "go('bottom')", "last", id="import.bottom"),
        Binding("tab", "go('next_part')", "section", id="import.section"),
    ]

    def __init__(self, found: Weighed, apply: Callable[[Arrival], object]) -> None:
        super().__init__()
        self.weighed = found
        self.apply = apply
        """Applies an import. Raises PlannerError."""
        self.phrases = found.arrival.incoming.phrases
        self.clashes = list(found.shown.clashes)
        self.said: Said = {}
        self._tried: dict[Subject, list[Sequence[Part]]] = {}
        self._working = self._again = self._applies = False
        self.both = ListAndPage(RowList(), nothing, BESIDE, 55)
        self.title_line, self.outcome = TitleLine("bar-ground"), Outcome()
        self.first = FirstSaid()

    def compose(self) -> ComposeResult:
        """What is imported and what is left, what it would do, what the sheet could not say; then
        the list and the page of its row.
        """
        yield self.title_line
        yield self.outcome
        yield self.first
        yield self.both
        yield KeyLine(ON_PHRASE)
        yield LongMessage()

    def on_mount(self) -> None:
        """Begin with the first phrase."""
        self._show()
        self.call_after_refresh(self._to_open, 0)

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        """All that rows are made of."""
        return Shown(self.weighed, self.phrases, self.clashes, self.said, self._tried)

    def _show(self) -> None:
        shown = self.shown
        self.title_line.show(*_titles(shown))
        self.outcome.show(self.weighed.parts)
        self.first.tell(self._first)
        self.first.refresh(layout=True)
        self.both.listing.show(rows_of(shown))
        self.both.catch_up()
        self._show_keys()

    def _first(self, width: int) -> Explained:
        return coloured(first_lines(self.weighed.shown, width, self.first.room))

    def _show_keys(self) -> None:
        self.query_one(KeyLine).show(self._keys())

    def _keys(self) -> Keys:
        row = self.both.listing.row
        if row is None or row.key == WHOLE:
            return ON_WHOLE
        if isinstance(row.of, Phrase):
            return ANSWERED if subject(row.of) in self.said else _keys_of(row.of)
        return ON_CLASH if isinstance(row.of, ImportClash) else ELSEWHERE

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._show_keys()

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.both.do_open()

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        """Try the candidates of the phrase that is looked at."""
        phrase = self.phrase
        if self._working or phrase is None:
            return
        if subject(phrase) in self.said or subject(phrase) in self._tried:
            return
        self._in_thread(
            partial(_outcomes, self.weighed.arrival, phrase),
            partial(self._tried_out, self.weighed, phrase),
            "candidates",
        )

    def _tried_out(self, of: Weighed, phrase: Phrase, found: list[Sequence[Part]]) -> None:
        if of is self.weighed and self.is_mounted:
            self._tried[subject(phrase)] = found
            if phrase is self.phrase:
                self.both.tell(from_top=False)

    def _in_thread(
        self, compute: Callable[[], Found], then: Callable[[Found], None], group: str
    ) -> None:
        shell = cast("Shell", self.app)
        shell.in_thread(compute, then, group, of=self, exclusive=True)

    # --- answers ----------------------------------------------------------------------------------

    @property
    def phrase(self) -> Phrase | None:
        """The phrase under the cursor."""
        row = self.both.listing.row
        return row.of if row is not None and isinstance(row.of, Phrase) else None

    @property
    def clash(self) -> ImportClash | None:
        """The key under the cursor that both changed."""
        row = self.both.listing.row
        return row.of if row is not None and isinstance(row.of, ImportClash) else None

    def action_enter(self) -> None:
        """Take the first candidate, or the one that is marked on the page; apply the whole."""
        row, page = self.both.listing.row, self.both.page
        if row is None or row.key == WHOLE:
            self.action_apply()
        elif self.phrase is not None and subject(self.phrase) in self.said:
            self._to_open(self.both.listing.cursor)
        elif self.phrase is not None:
            self._take(page.chosen if page.choosing else 0)
        elif self.clash is not None:
            self.say("m keeps the roadmap's value (mine), s takes the sheet's", "warning")
        else:
            self.both.do_open()

    def _take(self, at: int) -> None:
        """Answer a phrase with one of its candidates."""
        phrase = self.phrase
        if phrase is None or at >= len(phrase.candidates):
            self.say("No work is called so: / finds other work, n none, t a tool", "warning")
        else:
            self._answer(answer_to(phrase, at))

    def action_none(self) -> None:
        """No work is meant."""
        self._answer_with(means_nothing)

    def action_tool(self) -> None:
        """A tool is meant, which the work uses."""
        self._answer_with(is_tool)

    def _answer_with(self, answer: Callable[[Phrase], Answer]) -> None:
        if self.phrase is None:
            self.say("No phrase is marked: tab goes to the next section", "warning")
        else:
            self._answer(answer(self.phrase))

    def action_other(self) -> None:
        """Find the work that is meant among all there is."""
        phrase = self.phrase
        if phrase is None:
            self.say("No phrase is marked: tab goes to the next section", "warning")
            return
        from planner.tui.dialogs.find import FindDialog

        def found(id: str | None) -> None:
            if id is not None:
                self._answer(means(phrase, id))

        plan = self.weighed.arrival.plan
        ids = [id for id in plan.roadmap.initiatives if id != phrase.successor]
        self.app.push_screen(FindDialog(plan, ids, f"“{visible(phrase.words)}” means"), found)

    def _answer(self, answer: Answer) -> None:
        phrase = self.phrase
        if phrase is not None:
            self._say_so(subject(phrase), answer)

    def action_side(self, side: Side) -> None:
        """Take one side's value of a key that both changed."""
        if self.clash is None:
            self.say("No key that both changed is marked", "warning")
        else:
            self._say_so(("clash", self.clash.name), side)

    def action_sides(self, side: Side) -> None:
        """Take one side's values of all keys that are unresolved."""
        names = [each.name for each in self.clashes if ("clash", each.name) not in self.said]
        self.said = {**self.said, **{("clash", name): side for name in names}}
        self._work_out()

    def _say_so(self, about: Subject, answer: Answer | Side) -> None:
        at = self.both.listing.cursor
        others = {key: each for key, each in self.said.items() if key != about}
        self.said = {**others, about: answer}
        self._work_out()
        self._to_open(at)

    def action_take_back(self) -> None:
        """Take back the answer that is marked, else the last one."""
        if not self.said:
            self.say("No answer to take back", "warning")
            return
        marked = self._subject
        about = marked if marked in self.said else list(self.said)[-1]
        self.said = {key: each for key, each in self.said.items() if key != about}
        self._work_out()
        self._go_to(lambda each: each == about)

    @property
    def _subject(self) -> Subject:
        if self.phrase is not None:
            return subject(self.phrase)
        return ("clash", self.clash.name) if self.clash is not None else ()

    def _to_open(self, at: int) -> None:
        """To the next row below that has no answer yet, else to the first one above."""
        listing = self.both.listing
        places = [each for each, row in enumerate(listing.rows) if self._is_open(row.of)]
        if not places:
            if self.phrases or self.clashes:
                self.say("Everything is answered: a applies it, u takes an answer back")
            return
        listing.put(next((each for each in places if each > at), places[0]))
        self.both.tell()
        self._show_keys()

    def _is_open(self, of: object) -> bool:
        if isinstance(of, Phrase):
            return subject(of) not in self.said
        return isinstance(of, ImportClash) and ("clash", of.name) not in self.said

    def _go_to(self, wanted: Callable[[Subject], bool]) -> None:
        at = self.both.listing.find(
            lambda row: (
                wanted(subject(row.of))
                if isinstance(row.of, Phrase)
                else isinstance(row.of, ImportClash) and wanted(("clash", row.of.name))
            )
        )
        if at is not None:
            self.both.listing.put(at)
            self.both.tell()

    # --- what follows -----------------------------------------------------------------------------

    @property
    def _importing(self) -> Importing:
        """The import with what was said."""
        answers = [each for each in self.said.values() if isinstance(each, Answer)]
        taken = {key[1]: each for key, each in self.said.items() if not isinstance(each, Answer)}
        return replace(self.weighed.arrival.importing, answers=tuple(answers), taken=taken)

    def _work_out(self) -> None:
        """Work out what follows from the answers; one at a time, and the last ones last."""
        self._again, begin = self._working, not self._working
        self._working = True
        self._show()
        if begin:
            work = partial(_weighed, self._importing, self.weighed.arrival.plan)
            self._in_thread(work, partial(self._worked_out, self.said), "import")

    def _worked_out(self, said: Said, found: Weighed | PlannerError) -> None:
        self._working = False
        if isinstance(found, PlannerError):
            self._refused(found)
            return
        self.weighed = found
        self._tried.clear()
        known = {each.name for each in self.clashes}
        self.clashes += [each for each in found.shown.clashes if each.name not in known]
        if self._again or said is not self.said:
            self._work_out()
            return
        self._show()
        if self._applies:
            self.action_apply()
        elif found.since:
            left = self.shown.left + self.shown.unresolved
            end = "" if left else " · everything is answered: a applies it"
            self._say(parts_content(found.since) + Content(end))

    def _refused(self, error: PlannerError) -> None:
        """The roadmap can't take the last answer: take it back and say why."""
        self._applies = False
        self.said = dict(list(self.said.items())[:-1])
        self._show()
        self.say(str(error), "error")

    def action_apply(self) -> None:
        """Apply all of it, once what was answered is worked out."""
        arrival = self.weighed.arrival
        stale = arrival.before is not arrival.importing.session.plan
        if self._working or (stale and not self._applies):
            self._applies = True
            self.say("Working it out …")
            if not self._working:
                self._work_out()
            return
        self._applies = False
        if unresolved := self.shown.unresolved:
            self._go_to(lambda each: each[0] == "clash" and each not in self.said)
            self.say(f"{unresolved} changed in both: m keeps mine, s takes the sheet's", "warning")
            return
        try:
            self.apply(arrival)
        except PlannerError as error:
            self.say(str(error), "error")
        else:
            self.dismiss(arrival)

    def action_leave(self) -> None:
        """Back to the list from the page; else leave with nothing changed."""
        if self.both.has_class("-page"):
            self.both.turn(to_page=False)
        else:
            self.dismiss(None)

    # --- getting around, and messages -------------------------------------------------------------

    def action_go(self, where: str) -> None:
        """Move in the list, or on the page while that has the keys."""
        getattr(self.both, f"do_{where}")()

    def say(self, text: str, severity: Severity = "information") -> None:
        """A message over the keys, until the next one."""
        sign, colour = SIGNS[severity]
        self._say(Content.assemble((sign, f"bold {colour}"), visible(text)))

    def _say(self, words: Content) -> None:
        fits = words.cell_length + 1 < self.size.width
        self.query_one(KeyLine).say(words + Content("   ") if words and fits else Content(""))
        self.query_one(LongMessage).show(Content(" ") + words, self.size.width)

    def on_key(self, _event: events.Key) -> None:
        """What was said stays until the next key."""
        self._say(Content(""))

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here."""
        self.query_one(KeyLine).say(no_meaning(event))


def _keys_of(phrase: Phrase) -> Keys:
    """The keys that answer a phrase: those of the candidates that it has."""
    many = len(phrase.candidates)
    if not many:
        return (("/", "other work"), *(each for each in ON_PHRASE if each[0] not in CANDIDATES))
    return tuple(each for each in ON_PHRASE if many > 1 or each[0] != "l")


def _titles(shown: Shown) -> tuple[Line, ...]:
    """What is imported, and what is left to answer; the longest first."""
    source = visible(shown.weighed.shown.source)
    left = f"{shown.left} of {count(len(shown.phrases), 'phrase')} left" if shown.phrases else ""
    unresolved = f"{shown.unresolved} unresolved" if shown.clashes else ""
    told = [each for each in (left, unresolved) if each]
    name: Piece = (f"Import {source}", "strong", True)
    long = line_of(name, ("".join(f" · {each}" for each in (*told, f"to {_place(shown)}")), "text"))
    return long, line_of(name, ("".join(f" · {each}" for each in told), "text"))


def _place(shown: Shown) -> str:
    """Where it goes."""
    found = shown.weighed.shown
    return f"{visible(found.roadmap)}{', new' if found.is_new else ''}"


def _weighed(importing: Importing, before: Plan) -> Weighed | PlannerError:
    """In a thread: what follows, or why the roadmap can't take it."""
    try:
        return weighed(importing, before)
    except PlannerError as error:
        return error


def _outcomes(arrival: Arrival, phrase: Phrase) -> list[Sequence[Part]]:
    """In a thread: what each candidate of a phrase would change."""
    found: list[Sequence[Part]] = []
    for at in range(len(phrase.candidates)):
        answers = (*arrival.importing.answers, answer_to(phrase, at))
        tried = _weighed(replace(arrival.importing, answers=answers), arrival.plan)
        found.append(tried.since if isinstance(tried, Weighed) else ())
    return found
