"""Rows and pages of the import screen: the whole, the queue of phrases, keys that both changed, and
what the page of the command lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from planner.analysis.importing import Phrase
from planner.exchange.importing.arriving import Arrival, Importing, arriving
from planner.exchange.importing.kept import Answer, phrase_key
from planner.exchange.importing.shown import open_phrase, shown_of
from planner.merge.values import Side
from planner.pages.fixes import PART_ROLES
from planner.pages.importing import (
    candidate_words,
    clash_lines,
    columns_listed,
    import_page,
    late_words,
    links_listed,
    losses_listed,
    none_called_words,
    others_listed,
)
from planner.pages.lines import Page
from planner.pages.signs import AGREED, ASKED
from planner.plan.impact import Consequence, compare
from planner.plan.impact_line import Part, parts_of, target_parts
from planner.plan.impact_line import Role as Tone
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text
from planner.roadmap.output_importing import ImportClash, ImportShown
from planner.text.differences import in_full
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import GAP, Row, set_in

Subject = tuple[str, ...]
"""What is answered: ``("phrase", id, words)`` or ``("clash", name)``."""
Said = Mapping[Subject, Answer | Side]
"""What a person answered so far, in the order in which it was said."""
SIDES: Mapping[Side, str] = {"ours": "mine", "theirs": "sheet"}
WHOLE = "whole"
"""The key of the row that stands for all of it."""
SIGN, NUMBER = 2, 5


class Weighed(Struct, frozen=True):
    """An import as it stands, what is said of it, and what it would do to the plan that is open."""

    arrival: Arrival
    shown: ImportShown
    parts: tuple[Part, ...]
    since: tuple[Part, ...] = ()
    """What the last answer changed."""


def weighed(importing: Importing, before: Plan | None = None) -> Weighed:
    """Work an import out; `before` is the plan before the last answer. Safe in a thread.

    Raises EditRefused.
    """
    arrival = arriving(importing)
    parts = parts_of(compare(arrival.before, arrival.plan, arrival.edit))
    since = _since(compare(before, arrival.plan)) if before is not None else ()
    return Weighed(arrival, shown_of(arrival, "dry run"), tuple(parts), tuple(since))


def _since(found: Consequence) -> Iterator[Part]:
    """What an answer changes: first the initiative that moves most, which is rarely a launch; the
    main launch only where it moves.
    """
    most = max(found.moved, key=lambda each: abs(each.calendar_days), default=None)
    if most is None:
        yield Part("no date moves", "dim")
    else:
        name = visible(found.after.roadmap.initiatives[most.id].label)
        day = date_text(most.after, found.after.as_of)
        tone: Tone = "bad" if most.calendar_days > 0 else "good"
        yield Part(f"{name} {day} {most.shift.short}", tone)
        if others := len(found.moved) - 1:
            yield Part(f"{count(others, 'other')} {'moves' if others == 1 else 'move'}", "warn")
    target, rest = len(list(target_parts(found))), list(parts_of(found))
    yield from rest if found.slip else rest[target:]


def subject(phrase: Phrase) -> Subject:
    """What an answer to a phrase is kept under."""
    return ("phrase", *phrase_key(phrase.successor, phrase.words))


class Shown(Struct, frozen=True):
    """All that rows are made of. `phrases` and `clashes` are those that were open at first: they
    stay in the list with their answers. `tried` has, by phrase, what each candidate would do.
    """

    weighed: Weighed
    phrases: Sequence[Phrase]
    clashes: Sequence[ImportClash]
    said: Said
    tried: Mapping[Subject, Sequence[Sequence[Part]]]

    @property
    def left(self) -> int:
        """Phrases without an answer."""
        return sum(subject(each) not in self.said for each in self.phrases)

    @property
    def unresolved(self) -> int:
        """Keys that both changed and nobody decided."""
        return len(self.weighed.arrival.clashes)


def rows_of(shown: Shown) -> list[Row]:
    """All rows, in the order in which they are looked at."""
    found = shown.weighed.shown
    whole = set_in(lambda width: line_of((fitted(whole_words(found), width), "strong", True)))
    page = partial(_whole_page, found)
    return [
        Row(whole, WHOLE, page, group=WHOLE),
        *_section(f"Phrases that name other work · {shown.left} left", list(_phrases(shown))),
        *_section(f"Changed in both · {shown.unresolved} unresolved", list(_clashes(shown))),
        *_lists(found),
    ]


def whole_words(shown: ImportShown) -> str:
    """``40 initiatives · 31 dependencies · 3 not carried over``."""
    parts = [
        f"All of it: {count(shown.initiatives, 'initiative')}",
        count(len(shown.links), "dependency", "dependencies"),
        f"{len(shown.losses)} not carried over" if shown.losses else "",
    ]
    return " · ".join(filter(None, parts))


def _whole_page(shown: ImportShown, width: int) -> Explained:
    return coloured(import_page(shown, width, all=True))


def _section(title: str, rows: Sequence[Row]) -> Iterator[Row]:
    if rows:
        yield GAP
        draw = set_in(lambda width: line_of((fitted(title, width), "strong", True)))
        yield Row(draw, heading=True, group=rows[0].group)
        yield from rows


# --- phrases --------------------------------------------------------------------------------------


def _phrases(shown: Shown) -> Iterator[Row]:
    titles = shown.weighed.arrival.plan.roadmap.initiatives
    for at, phrase in enumerate(shown.phrases):
        one = titles.get(phrase.successor)
        title = visible(one.label if one is not None else phrase.successor)
        draw = set_in(partial(_phrase_line, shown, phrase, title))
        page = partial(_phrase_page, shown, phrase, title)
        yield Row(draw, f"phrase {at}", page, of=phrase, group="phrases")


def _phrase_line(shown: Shown, phrase: Phrase, title: str, width: int) -> Line:
    answer = shown.said.get(subject(phrase))
    room = max(0, width - SIGN - NUMBER - 4)
    first = min(room * 28 // 100, 40)
    words = min(room * 36 // 100, 60)
    return line_of(
        (f"{ASKED if answer is None else AGREED} ", "warning" if answer is None else "good"),
        (fitted(str(phrase.row), NUMBER - 2, right=True) + "  ", "dim"),
        (fitted(title, first) + "  ", "text"),
        (fitted(f"“{visible(phrase.words)}”", words) + "  ", "text"),
        (fitted(_meant(shown, phrase), room - first - words), "dim" if answer is None else "good"),
    )


def _meant(shown: Shown, phrase: Phrase) -> str:
    """What was answered, else what it may mean."""
    answer = shown.said.get(subject(phrase))
    if isinstance(answer, Answer):
        return answer_words(shown.weighed.arrival.plan, answer)
    candidates = ", ".join(visible(each.title) for each in phrase.candidates)
    return candidates or none_called_words(phrase.names)


def answer_words(plan: Plan, answer: Answer) -> str:
    """``Customer single sign-on``, ``tool: CDP``, or ``none``."""
    if answer.means == "none":
        return "none"
    kind = "initiatives" if answer.means == "initiative" else "systems"
    named = plan.roadmap.table(kind).get(answer.names)
    title = visible(named.label if named is not None else answer.names)
    return title if answer.means == "initiative" else f"tool: {title}"


def _phrase_page(shown: Shown, phrase: Phrase, title: str, width: int) -> Explained:
    """The words in full, who waits, and each candidate with what it would do."""
    page, answer = Page(width), shown.said.get(subject(phrase))
    page.flow([((f"“{visible(phrase.words)}”", "strong"),)], hang="  ")
    where = f"row {phrase.row}, {visible(phrase.column)}"
    waits = f"what is meant waits for {title}" if phrase.is_predecessor else f"{title} waits for it"
    page.joined([(where, "dim"), (f"{waits} ({visible(phrase.successor)})", "text")])
    page.line()
    if isinstance(answer, Answer):
        meant = answer_words(shown.weighed.arrival.plan, answer)
        page.flow([((f"{AGREED} {meant}", "good"),), (("u takes it back", "dim"),)], hang="  ")
    candidates, places = open_phrase(phrase).candidates, []
    outcomes = shown.tried.get(subject(phrase), ())
    for at, each in enumerate(candidates):
        start = len(page.lines)
        page.flow([((candidate_words(each), "text"),)], hang="  ")
        if at < len(outcomes):
            page.joined([(part.text, PART_ROLES[part.role]) for part in outcomes[at]], "  ")
        places.append((start, len(page.lines) - 1))
    if not candidates and answer is None:
        why = none_called_words(phrase.names).capitalize()
        page.text(f"{why}: / finds other work, n none, t a tool", "dim")
    return coloured(page.lines, places)


# --- keys that both changed -----------------------------------------------------------------------


def _clashes(shown: Shown) -> Iterator[Row]:
    for clash in shown.clashes:
        draw = set_in(partial(_clash_line, shown, clash))
        page = partial(_clash_page, shown, clash)
        yield Row(draw, f"clash {clash.name}", page, of=clash, group="clashes")


def _clash_line(shown: Shown, clash: ImportClash, width: int) -> Line:
    side = shown.said.get(("clash", clash.name))
    room = max(0, width - SIGN - 2)
    name = min(room // 2, 60)
    values = {"mine": clash.mine, "sheet": clash.sheet}
    chosen = SIDES[side] if side == "ours" or side == "theirs" else ""
    told = "  ".join(f"{each} {_value(values[each])}" for each in ([chosen] if chosen else values))
    return line_of(
        (f"{AGREED if chosen else ASKED} ", "good" if chosen else "warning"),
        (fitted(visible(clash.name), name) + "  ", "text"),
        (fitted(told, room - name), "good" if chosen else "dim"),
    )


def _value(value: object) -> str:
    return "(not there)" if value is None else visible(in_full(value))


def _clash_page(shown: Shown, clash: ImportClash, width: int) -> Explained:
    page = Page(width)
    clash_lines(page, clash, shown.weighed.shown.as_of)
    page.line()
    page.text("m keeps the roadmap's value (mine), s takes the sheet's", "dim")
    return coloured(page.lines)


# --- what the page of the command lists -----------------------------------------------------------


def _lists(shown: ImportShown) -> Iterator[Row]:
    late = [late_words(each, shown.as_of) for each in shown.dates if each.days > 0]
    lists = [
        ("Dates that don't hold", late),
        losses_listed(shown),
        *columns_listed(shown),
        links_listed(shown),
        *others_listed(shown),
    ]
    for title, lines in lists:
        rows = [_listed(title, at, words) for at, words in enumerate(lines)]
        yield from _section(f"{title} · {len(rows)}", rows)


def _listed(title: str, at: int, words: str) -> Row:
    draw = set_in(lambda width: line_of((fitted(words, width), "text")))
    return Row(draw, f"{title} {at}", partial(_words, words), group=title)


def _words(words: str, width: int) -> Explained:
    page = Page(width)
    page.flow([((words, "text"),)], hang="  ")
    return coloured(page.lines)
