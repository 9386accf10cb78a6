"""Adding a dependency: the predecessor, then the kind of link; and taking one out.

The consequence of the marked predecessor is shown already, as a plain finish-to-start link.
What would make a cycle is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from planner.entry.bulk import bulk
from planner.entry.context import Around, Typed
from planner.entry.links import need_text, read_need
from planner.entry.needs import need_on, needs_of, recorded, with_link, without_link
from planner.entry.status import named
from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.editing import pictured
from planner.text.edits import Edit, Edits
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.options import columns
from planner.tui.dialogs.panel import KeyLine
from planner.tui.dialogs.pick import PickList, candidates

PICKING = "letters of the predecessor"
LINKING = "FS, SS, FF or SF, and +5d or -1w"


class NeedDialog(EditDialog):
    """A new dependency of an initiative, or of several on the same one; returns the edit."""

    picking = (("enter", "select, then the link"), ("^s", "apply"), ("esc", "cancel"))
    linking = (("enter", "apply"), ("esc", "another predecessor"))
    keys = picking
    widest = 92
    most = 10
    beside = 4

    def __init__(self, session: Session, id: str, *more: str) -> None:
        plan = session.plan
        self.ids = (id, *more)
        after = plan.network.descendants(*self.ids) | {*self.ids}
        needed = ({need_on(each) for each in needs_of(plan, one)} for one in self.ids)
        barred = after | set.intersection(*needed)
        free = [each for each in plan.roadmap.initiatives if each not in barred]
        self.found = candidates(plan, free)
        super().__init__(session, count=len(self.found))
        self.initiative = id
        self.around = Around(plan)
        self.left_out = len(after) - len(self.ids)
        self.on: str | None = None

    def heading(self) -> Content:
        """``web-push needs …``."""
        some = len(self.ids) > 1
        who = f"{len(self.ids)} initiatives need " if some else f"{visible(self.initiative)} needs "
        return Content.assemble(who, (self.on or "…", "bold $key"))

    def choices(self) -> ComposeResult:
        """First the search, then the link; and the predecessors that can be picked."""
        yield OneLine("", PICKING, self.catch)
        yield PickList(self.session.plan, self.found, most=self.most)

    @property
    def input(self) -> OneLine:
        """First the search, then the link."""
        return self.query_one(OneLine)

    @property
    def offered(self) -> PickList:
        """The predecessors that can be picked."""
        return self.query_one(PickList)

    # --- the link ---------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list, or read the link."""
        event.stop()
        if self.on is None:
            self.offered.narrow(self.input.typed)
        else:
            self.weigh()

    def _read(self) -> Typed | None:
        """The link as understood so far; None where nothing matches."""
        marked = self.offered.marked
        on = self.on or (marked.id if marked is not None else None)
        if on is None:
            return None
        link = self.input.value.strip() if self.on is not None else ""
        return read_need(f"{on} {link}".strip(), {on: ""}, self.around)

    def edit(self) -> Edit | None:
        """The link that is marked and typed; None where nothing is clear."""
        read = self._read()
        if read is None or isinstance(read, Unclear):
            return None
        if len(self.ids) == 1:
            return with_link(self.session.plan, self.initiative, read.value)
        on = need_on(read.value)

        def linked(plan: Plan, id: str) -> Edit | None:
            needed = any(need_on(each) == on for each in needs_of(plan, id))
            return None if needed else with_link(plan, id, read.value)

        return bulk(self.session.plan, self.ids, linked, f"link {on}").edit

    def about(self) -> Content:
        """What was left out of the list; then what was understood of the link."""
        read = self._read()
        if self.on is None or read is None:
            return self._left_out()
        if isinstance(read, Unclear):
            near = f" → {read.nearest.partition(' ')[2]}" if read.nearest else ""
            return Content.assemble((f"  ✗ {visible(read.why)}", "$critical"), near)
        return Content.assemble(("  → ", "$good"), read.said)

    def _left_out(self) -> Content:
        if not self.left_out:
            return Content(" ")
        who = "it waits" if self.left_out == 1 else "they wait"
        text = f"  {self.left_out} left out, which would close a circle: {who} for this one"
        return Content.assemble((text, "$dim"))

    def weigh(self) -> None:
        """An unclear link has no preview."""
        super().weigh()
        if self.lacks():
            self.consequence.unclear("the link")

    # --- keys -------------------------------------------------------------------------------------

    def catch(self, event: events.Key) -> bool:
        """Enter picks, then applies; arrows and pages mark as long as there is a list."""
        if event.key == "enter":
            self._pick() if self.on is None else self.action_keep()
            return True
        return self.on is None and self.offered.key(event.key)

    def on_options_chosen(self, event: PickList.Chosen) -> None:
        """A click on what is marked picks it."""
        event.stop()
        event.prevent_default()
        self._pick()

    def _pick(self) -> None:
        if (marked := self.offered.marked) is not None:
            self._ask_for_link(marked.id)

    def _ask_for_link(self, on: str | None) -> None:
        """The link to a predecessor; None: back to the predecessors."""
        self.on = on
        self.offered.display = on is None
        self.input.placeholder = PICKING if on is None else LINKING
        self.input.value = ""
        self.panel.border_title = self.heading()
        self.query_one(KeyLine).show(self.picking if on is None else self.linking)
        self.weigh()

    def lacks(self) -> Mapping[str, Unclear]:
        """A link has to be clear."""
        read = self._read()
        return {"": read} if isinstance(read, Unclear) else {}

    def action_keep(self) -> None:
        """Return the edit; what is unclear takes the nearest instead."""
        read = self._read()
        if isinstance(read, Unclear) and read.nearest:
            self.input.value = read.nearest.partition(" ")[2]
        elif read is not None:
            super().action_keep()

    def action_leave(self) -> None:
        """Escape: from the link back to the predecessors, from there nothing is kept."""
        if self.on is None:
            self.dismiss(None)
        else:
            self._ask_for_link(None)


class UnneedDialog(EditDialog):
    """Takes a dependency out; returns the edit. Of several initiatives, the predecessors that any
    of them has: each that needs the marked one needs it no longer.
    """

    keys = (("enter", "unlink"), ("↓ ↑", "select"), ("esc", "cancel"))
    widest = 92
    most = 14

    def __init__(self, session: Session, *ids: str) -> None:
        plan = session.plan
        self.initiatives = ids
        self.needs = {id: needs_of(plan, id) for id in ids}
        self.before = [*self._offered()]
        """What is offered: whose links, each by its place among those of its initiative."""
        into = plan.schedule.links_into(ids[0]) if ids[0] in plan.network.index else ()
        self.slack = {link.on: link for link in into}
        super().__init__(session, count=len(self.before))

    def _offered(self) -> Iterator[list[tuple[str, int]]]:
        if len(self.initiatives) == 1:
            id = self.initiatives[0]
            yield from ([(id, at)] for at in range(len(self.needs[id])))
            return
        found: dict[str, dict[str, int]] = {}
        for id, needs in self.needs.items():
            for at, written in enumerate(needs):
                found.setdefault(need_on(written), {}).setdefault(id, at)
        yield from ([*of.items()] for of in found.values())

    def _written(self) -> list[Any]:
        """The links that the marked choice takes out."""
        marked = self.before[self.options.at] if self.before else []
        return [self.needs[id][at] for id, at in marked]

    def heading(self) -> Content:
        """What no longer waits."""
        many = len(self.initiatives)
        who = f"{many} selected" if many > 1 else visible(self.initiatives[0])
        return Content(f"{who} · unlink a predecessor")

    def choice(self, at: int, width: int) -> Content:
        """A link, and whether it drives; of several initiatives which have it."""
        (id, place), *_ = self.before[at]
        written = self.needs[id][place]
        if len(self.initiatives) > 1:
            of = visible(listed(id for id, _ in self.before[at]))
            return columns(((visible(need_on(written)), "$text", width // 2), (of, "$dim", 0)))
        link = self.slack.get(need_on(written))
        text = pictured(need_text(written)).replace("; ", " · ")
        if link is None:
            return columns(((text, "$text", width - 12), ("no effect", "$dim", 0)))
        driving = ("drives", "$critical") if link.driving else (f"{link.slack}d slack", "$dim")
        return columns(((text, "$text", width - 12), (*driving, 0)))

    def edit(self) -> Edit | None:
        """The links without the marked one."""
        if not self.before:
            return None
        marked = self.before[self.options.at]
        edits = tuple(without_link(self.session.plan, id, at) for id, at in marked)
        label = f"unlink {need_on(self._written()[0])} from {len(edits)}"
        return edits[0] if len(edits) == 1 else Edits(edits, label)

    def sure(self) -> Sure | None:
        """Whether what was said about the links may go with them."""
        facts = {key: each for one in self._written() for key, each in recorded(one).items()}
        if not facts:
            return None
        return Sure("Unlink and remove what is recorded?", "Unlink", named(facts))
