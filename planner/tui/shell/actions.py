"""The one registry of actions: what a person can do, with which keys, and when.

Bindings, footer, help screen, command palette and a person's own keymap are all made from it, so a
key is written down once. A key that can't act now is dimmed in the footer, and pressing it says
why: that is why availability is a reason in words, not a yes or no.

An action runs as the method ``do_<id>`` of the view that offers it, or of one of its parts
(`planner.tui.views.view`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from planner.tui.shell.stage import Stage

Group = Literal["views", "move", "look", "change", "keep"]
GROUPS: dict[Group, str] = {
    "views": "Views",
    "move": "Getting around",
    "look": "Looking",
    "change": "Changing the plan",
    "keep": "Keeping and leaving",
}
"""The groups in the order of the help screen, with their headings."""

AGREED = ("agreements", "initiatives", "systems", "decisions", "actions", "outcomes")
"""The kinds of table on which something is agreed, reviewed, decided, done or measured."""
Reason = str | None
"""Why an action can't act now, in words for a person; None when it can."""


def always(_view: Stage) -> Reason:
    """No condition."""
    return None


def key_of(view: Stage, id: str) -> str:
    """The key in force of an action, for what is said of it; without one where to find it."""
    return view.desk.keymap.shown(ACTIONS[id]) or f"{ACTIONS[id].label} in the palette"


def on_a_row(view: Stage) -> Reason:
    """Something is selected."""
    if view.selected:
        return still_there(view)
    return f"Select a row first: {key_of(view, 'down')} and {key_of(view, 'up')} move up and down"


def still_there(view: Stage) -> Reason:
    """What is selected is in the plan; a view of a large one may show the plan before it."""
    kind, id = view.selected or ("", "")
    if kind not in AGREED or id in view.plan.tables.get(kind, {}):
        return None
    return f"{id} is no longer in the plan: the view is being updated"


def something_to_open(view: Stage) -> Reason:
    """The cursor is on something that has more to show."""
    return None if view.mark.openable else "Nothing to open here yet"


def on_an_initiative(view: Stage) -> Reason:
    """An initiative is selected."""
    if view.mark.initiative:
        return still_there(view)
    return "Select an initiative first: only initiatives have dates and dependencies"


def together_or(reason: Callable[[Stage], Reason]) -> Callable[[Stage], Reason]:
    """Several are selected, on which it acts together; else as for one."""
    return lambda view: None if view.desk.together else reason(view)


def one_alone(view: Stage) -> Reason:
    """An initiative is marked, and not several are selected."""
    if len(view.desk.together) > 1:
        key = key_of(view, "announce")
        return f"Each launch has an announcement of its own: esc clears the selection, {key} asks"
    return on_an_initiative(view)


def with_an_estimate(view: Stage) -> Reason:
    """The cursor is on an initiative, whatever the view."""
    if view.mark.initiative:
        return still_there(view)
    return f"Select an initiative first: {key_of(view, 'estimate')} edits its estimate"


def on_what_is_agreed(view: Stage) -> Reason:
    """Something is selected on which an answer, a review or a decision can be recorded."""
    if view.selected and view.selected[0] in AGREED:
        return still_there(view)
    return "Select an initiative, a working agreement, a system or a decision first"


def something_to_undo(view: Stage) -> Reason:
    """The session holds a change that can be taken back."""
    return None if view.session.history.undo_label else "Nothing to undo"


def something_to_redo(view: Stage) -> Reason:
    """The session holds a change that was taken back."""
    return None if view.session.history.redo_label else "Nothing to redo"


def something_as_command(view: Stage) -> Reason:
    """The last change is one that a command makes, too."""
    if view.session.history.undo_label is None:
        return "No changes yet"
    return None if view.session.history.last_command() else "No command makes the last change"


def something_unsaved(view: Stage) -> Reason:
    """Text differs from the disk, and is no what-if."""
    if view.session.unsaved or view.session.working_copy.gone():
        return None
    return outside_a_what_if(view) or "No unsaved changes"


def something_to_commit(view: Stage) -> Reason:
    """What stands in the files, or will, may be another than what git has."""
    return None if view.session.unsaved or view.desk.branch else outside_a_what_if(view)


def outside_a_what_if(view: Stage) -> Reason:
    """Nothing is only tried: that is never written."""
    if view.session.what_if is None:
        return None
    end = key_of(view, "whatif")
    return f"A what-if is on: {end} applies its edits, keeps them as a branch, or drops them"


def a_file_to_open(view: Stage) -> Reason:
    """Something is selected that stands in a file as it is shown."""
    return outside_a_what_if(view) or on_a_row(view)


def bar_in_hand(view: Stage) -> Reason:
    """A bar has been grabbed."""
    return None if view.in_hand else f"Press {key_of(view, 'move')} on a row first to move its bar"


def been_elsewhere(view: Stage) -> Reason:
    """There is a way back."""
    return None if view.desk.been else "This is where you started"


@dataclass(frozen=True)
class Action:
    """One thing a person can do. `keys` are written as in `keys.py`, the first is the one shown."""

    id: str
    keys: tuple[str, ...]
    label: str
    """One or two words, for the footer."""
    help: str
    """One sentence without a full stop, for help screen and palette."""
    group: Group
    reason: Callable[[Stage], Reason] = always
    view: str | None = None
    """The view that this action opens, for the number keys."""
    with_next: str = ""
    """What the help screen says of this action and the next one, on one line; else nothing."""


def _make() -> Iterator[Action]:
    a = Action
    yield a("board", ("1",), "board", "The joint timeline", "views", view="board")
    yield a(
        "conflicts", ("2",), "conflicts", "Conflicts and their fixes", "views", view="conflicts"
    )
    yield a("path", ("3",), "path", "Critical path to a date, by side", "views", view="path")

    yield a(
        "network",
        ("4",),
        "network",
        "Dependencies around an initiative",
        "views",
        view="network",
        with_next="Dependencies around one; all by status",
    )
    yield a(
        "statuses",
        ("5",),
        "by status",
        "Initiatives by status, both sides as lanes",
        "views",
        view="statuses",
    )
    yield a(
        "agreements",
        ("6",),
        "agreements",
        "Responsibilities (RACI) and handovers",
        "views",
        view="agreements",
    )

    yield a(
        "capacity",
        ("7",),
        "capacity",
        "People needed by team and week",
        "views",
        view="capacity",
        with_next="People needed by week; outcomes",
    )
    yield a(
        "outcomes",
        ("8",),
        "outcomes",
        "Outcomes: KPIs, cost and value",
        "views",
        view="outcomes",
    )
    yield a(
        "history", ("9",), "history", "What moved each launch, and why", "views", view="history"
    )
    yield a(
        "meeting",
        ("M",),
        "meeting",
        "The joint meeting: what to agree and decide",
        "views",
        view="meeting",
        with_next="The joint meeting; gaps and overlaps",
    )
    yield a("gaps", ("c",), "gaps", "Gaps and overlaps between the sides", "views", view="gaps")

    yield a("down", ("j", "down"), "down", "Next row", "move", with_next="Next, previous row")
    yield a("up", ("k", "up"), "up", "Previous row", "move")
    yield a(
        "left",
        ("h", "left"),
        "left",
        "Previous column; pans the timeline",
        "move",
        with_next="Previous, next column; at the ends pans",
    )
    yield a("right", ("l", "right"), "right", "Next column; past the last one pans", "move")
    yield a(
        "page_down",
        ("pgdn", "ctrl+d"),
        "page",
        "Half a screen down",
        "move",
        with_next="Half a screen down, up",
    )
    yield a("page_up", ("pgup", "ctrl+u"), "page", "Half a screen up", "move")
    yield a("top", ("g", "home"), "first", "First row", "move", with_next="First, last row")
    yield a("bottom", ("G", "end"), "last", "Last row", "move")
    yield a(
        "next_conflict",
        ("]",),
        "next ✗",
        "Next conflict",
        "move",
        with_next="Next, previous conflict",
    )
    yield a("previous_conflict", ("[",), "prev ✗", "Previous conflict", "move")
    yield a(
        "next_part",
        ("tab",),
        "section",
        "Next section of the list",
        "move",
        with_next="Next section; back to the view before",
    )
    yield a(
        "back",
        ("backspace",),
        "back",
        "Back to the view before",
        "move",
        been_elsewhere,
        with_next="Back to the view before; path to here",
    )
    yield a(
        "path_here", ("p",), "path", "Critical path to the selected row", "move", on_an_initiative
    )

    yield a(
        "open",
        ("enter",),
        "details",
        "Open details; fold or unfold a group",
        "look",
        something_to_open,
    )
    yield a(
        "fold",
        ("z",),
        "fold",
        "Fold or unfold here",
        "look",
        with_next="Fold or unfold here, everything",
    )
    yield a("fold_all", ("Z",), "fold all", "Fold or unfold everything", "look")
    yield a(
        "zoom_in",
        ("+",),
        "zoom",
        "Zoom in: month, week, day",
        "look",
        with_next="Zoom in, out: day, week, month, quarter",
    )
    yield a("zoom_out", ("-",), "zoom out", "Zoom out: week, month, quarter", "look")
    yield a(
        "fit",
        ("0",),
        "fit",
        "Fit the whole plan",
        "look",
        with_next="Fit the whole plan; go to today",
    )
    yield a("today", ("t",), "today", "Go to today", "look")
    yield a("centre", (".",), "centre", "Centre the network here", "look", on_an_initiative)
    yield a(
        "more_steps",
        ("+",),
        "steps",
        "Network: one more step of dependencies",
        "look",
        with_next="Network: one more step, one fewer",
    )
    yield a("fewer_steps", ("-",), "fewer", "Network: one step fewer", "look")
    yield a(
        "filter",
        ("/",),
        "filter",
        "Filter the rows while typing",
        "look",
        with_next="Filter the rows; an action or an id",
    )
    yield a(
        "palette",
        (":", "ctrl+p"),
        "palette",
        "Palette: run an action, go to an id",
        "look",
    )
    yield a(
        "target",
        ("t",),
        "path to",
        "Choose the initiative for the path, and the main launch",
        "look",
    )
    yield a(
        "regroup",
        ("r",),
        "regroup",
        "Group by owner, status, rule…",
        "look",
        with_next="Group by owner, status…; sort the rows",
    )
    yield a("sort", ("S",), "sort", "Sort the rows, or turn the order round", "look")
    yield a(
        "baseline",
        ("b",),
        "baseline",
        "Baseline on or off: what moved since",
        "look",
        with_next="Baseline on or off, choose it",
    )
    yield a("choose_baseline", ("B",), "choose baseline", "Choose the baseline", "look")
    yield a(
        "next_launch",
        ("n",),
        "next launch",
        "History: the next launch",
        "look",
    )
    yield a(
        "columns",
        (),
        "columns",
        "Choose the columns, and their order",
        "look",
        with_next="Choose the columns; options of a launch",
    )
    yield a(
        "options",
        (),
        "options",
        "Options: what takes the selected row to an earlier date",
        "look",
        on_an_initiative,
    )
    yield a("show_waived", ("I",), "waived", "Show or hide waived conflicts", "look")
    yield a(
        "rules",
        ("F",),
        "rules",
        "Rules: what each reports, why, fixes",
        "look",
        with_next="Rules and their fixes; glossary",
    )
    yield a("terms", ("K",), "terms", "Glossary: meanings by side", "look")
    yield a(
        "copy",
        ("y",),
        "copy",
        "Copy the id",
        "look",
        together_or(on_a_row),
        with_next="Copy the id; keys and signs",
    )
    yield a("help", ("?",), "help", "Keys and signs; again: the guide", "look")
    yield a("guide", (), "guide", "Guide: what it all means, from the beginning", "look")
    yield a(
        "select",
        ("space",),
        "select",
        "Select it: keys act on all that is selected",
        "look",
        on_an_initiative,
        with_next="Select a row, or a range of rows",
    )
    yield a("select_range", ("v",), "range", "Select rows from here; again, and it ends", "look")
    yield a(
        "messages",
        (),
        "messages",
        "Show the last messages",
        "look",
        with_next="Last messages; last change as a command",
    )
    yield a(
        "as_command",
        (),
        "as command",
        "Show the last change as a command",
        "look",
        something_as_command,
    )
    yield a("escape", ("esc",), "esc", "Cancel: edit, selection, filter", "look")

    yield a(
        "edit",
        ("e",),
        "edit",
        "Edit the cell under the cursor",
        "change",
        together_or(on_a_row),
        with_next="Edit the cell here, all fields",
    )
    yield a("form", ("E",), "all fields", "Edit all fields", "change", together_or(on_a_row))
    yield a(
        "estimate",
        ("=",),
        "estimate",
        "Edit the estimate here, in any view",
        "change",
        together_or(with_an_estimate),
    )
    yield a(
        "move",
        ("m",),
        "move",
        "Move the bar, or change its length",
        "change",
        together_or(on_an_initiative),
        with_next="Move the bar, its length; what-if",
    )
    yield a("whatif", ("T",), "what-if", "What-if: try edits, nothing is applied", "change")
    yield a("ask_price", ("$",), "ask a price", "Options: what would fewer days cost?", "change")
    yield a(
        "week_back",
        ("H",),
        "−week",
        "While moving: one week earlier",
        "change",
        bar_in_hand,
        with_next="While moving: one week earlier, later",
    )
    yield a("week_on", ("L",), "+week", "While moving: one week later", "change", bar_in_hand)
    yield a(
        "shorter",
        ("<",),
        "−day",
        "While moving: shorter",
        "change",
        bar_in_hand,
        with_next="While moving: shorter, longer",
    )
    yield a("longer", (">",), "+day", "While moving: longer", "change", bar_in_hand)
    yield a(
        "move_back",
        ("<",),
        "back",
        "Status: back from done to active, to planned",
        "change",
        on_an_initiative,
        with_next="Status: move the card back, on, with its date",
    )
    yield a(
        "move_on",
        (">",),
        "on",
        "Status: on from planned to active, to done",
        "change",
        on_an_initiative,
    )
    yield a(
        "add",
        ("a",),
        "add",
        "Add an item of the kind on screen",
        "change",
        with_next="Add an item; drop or remove one",
    )
    yield a(
        "remove",
        ("x",),
        "remove",
        "Drop, or remove from the file",
        "change",
        together_or(on_a_row),
    )
    yield a("rename", (), "rename", "Rename: another id, in each reference too", "change", on_a_row)
    yield a(
        "status",
        ("s",),
        "status",
        "Set the status",
        "change",
        together_or(on_an_initiative),
        with_next="Set the status, announce for a date",
    )
    yield a(
        "announce",
        ("N",),
        "announce",
        "Announce for a date, with what speaks against it",
        "change",
        one_alone,
    )
    yield a(
        "need",
        ("d",),
        "link",
        "Add a dependency",
        "change",
        together_or(on_an_initiative),
        with_next="Add, remove a dependency",
    )
    yield a(
        "unneed", ("D",), "unlink", "Remove a dependency", "change", together_or(on_an_initiative)
    )
    yield a(
        "fixes",
        ("f",),
        "fixes",
        "Fixes; on a late launch options with prices",
        "change",
        with_next="Fixes or options; record an answer",
    )
    yield a(
        "agree",
        ("A",),
        "agree",
        "Record an answer, a review or a decision",
        "change",
        on_what_is_agreed,
    )
    yield a("waive", ("i",), "waive", "Waive the conflict until a date, with a reason", "change")
    yield a(
        "close_meeting",
        ("C",),
        "close",
        "Meeting: close it, which writes when it was held",
        "change",
    )
    yield a(
        "undo",
        ("u",),
        "undo",
        "Undo",
        "change",
        something_to_undo,
        with_next="Undo, redo",
    )
    yield a("redo", ("U", "ctrl+r"), "redo", "Redo", "change", something_to_redo)

    yield a(
        "save",
        ("w",),
        "save",
        "Save",
        "keep",
        something_unsaved,
        with_next="Save; see what changed, and commit it",
    )
    yield a(
        "commit",
        ("W",),
        "commit",
        "See the difference, save and commit the files",
        "keep",
        something_to_commit,
    )
    yield a(
        "reload",
        ("R",),
        "reload",
        "Reload the files from disk",
        "keep",
        outside_a_what_if,
        with_next="Reload the files; open them in $EDITOR",
    )
    yield a(
        "editor",
        ("o",),
        "$EDITOR",
        "Open the file at this line in $EDITOR",
        "keep",
        a_file_to_open,
    )
    yield a(
        "import",
        (),
        "import",
        "Import a sheet",
        "keep",
        with_next="Import a sheet, Export the plan",
    )
    yield a("export", (), "export", "Export the plan", "keep")
    yield a(
        "theme",
        (),
        "theme",
        "Change the theme: light, high contrast",
        "keep",
        with_next="Change the theme; save what is shown",
    )
    yield a("save_view", (), "save view", "Save filter, order and columns as a view", "keep")
    yield a(
        "redraw",
        ("ctrl+l",),
        "redraw",
        "Draw the whole screen anew",
        "keep",
        with_next="Draw anew; to the shell, fg returns",
    )
    yield a("suspend", ("ctrl+z",), "suspend", "Back to the shell; fg returns", "keep")
    yield a(
        "quit",
        ("q", "ctrl+q", "ctrl+c"),
        "quit",
        "Quit; asks about unsaved changes",
        "keep",
    )


ACTIONS: dict[str, Action] = {action.id: action for action in _make()}
"""Every action by id, in the order of the help screen within its group."""

VIEWS: tuple[str, ...] = tuple(action.id for action in ACTIONS.values() if action.view)
"""The views that a key opens, in the order of their keys; the action has the name of its view."""

BY_KEY_ONLY = frozenset(
    (
        *("down", "up", "left", "right", "page_down", "page_up", "top", "bottom"),
        *("week_back", "week_on", "shorter", "longer", "escape", "palette"),
    )
)
"""Steps of a cursor or a bar, which nobody asks for by name."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "board": ("gantt", "timeline", "roadmap", "chart", "bars"),
    "conflicts": ("problems", "errors", "warnings", "issues", "risk", "risks", "check"),
    "path": ("critical path", "critical", "driving", "what drives"),
    "network": ("graph", "dependencies", "map"),
    "statuses": ("kanban", "board", "cards", "status board", "columns", "progress", "swimlanes"),
    "agreements": ("raci", "who owns", "owner", "responsible", "accountable", "handovers"),
    "capacity": ("load", "workload", "resources", "people", "heat map", "utilisation"),
    "outcomes": ("kpi", "kpis", "value", "money", "cost", "benefits", "goals"),
    "history": ("log", "changes", "what moved", "blame", "trend"),
    "meeting": ("agenda", "minutes", "review"),
    "gaps": ("overlaps", "missing", "questions"),
    "back": ("previous view", "return"),
    "open": ("show", "more", "expand"),
    "fold": ("collapse", "expand", "hide"),
    "fold_all": ("collapse all", "expand all"),
    "fit": ("whole plan", "zoom to fit", "all"),
    "today": ("now", "this week"),
    "filter": ("search", "find", "only", "show only", "query"),
    "target": ("main launch", "goal"),
    "regroup": ("group", "arrange", "headings", "swimlanes"),
    "sort": ("order",),
    "baseline": ("compare", "snapshot", "plan against actual", "slip"),
    "choose_baseline": ("compare", "revision"),
    "rules": ("checks", "codes", "lint", "explain"),
    "terms": ("glossary", "words", "meaning", "definitions"),
    "copy": ("yank", "clipboard"),
    "help": ("keys", "shortcuts", "legend", "manual", "signs"),
    "guide": ("tutorial", "introduction", "manual", "learn", "how to"),
    "messages": ("log", "what was said"),
    "as_command": ("cli", "shell command", "script"),
    "edit": ("change", "modify", "set"),
    "form": ("fields", "properties", "details", "owner", "deadline", "priority", "tags"),
    "estimate": ("duration", "effort", "length", "how long", "size"),
    "move": ("shift", "drag", "reschedule", "postpone", "start date", "dates"),
    "add": ("new", "create", "insert"),
    "remove": ("delete", "drop", "cancel", "kill", "archive"),
    "status": ("start", "done", "finish", "complete", "pause", "close", "progress"),
    "announce": ("promise", "communicate", "publish"),
    "need": ("dependency", "depends", "needs", "predecessor", "block", "blocked by", "wait for"),
    "unneed": ("remove dependency", "unblock"),
    "fixes": ("fix", "solve", "repair", "options", "resolve"),
    "waive": ("ignore", "suppress", "exception", "live with"),
    "agree": ("answer", "accept", "approve", "decline", "counter", "review", "decide", "confirm"),
    "close_meeting": ("end meeting", "hold"),
    "options": ("price", "earlier", "shorten", "accelerate", "reach"),
    "whatif": ("scenario", "simulate", "sandbox", "try", "experiment"),
    "columns": ("choose columns", "show columns"),
    "save_view": ("save filter", "bookmark"),
    "path_here": ("critical path", "what drives this"),
    "next_launch": ("another launch",),
    "ask_price": ("price", "money", "cost"),
    "commit": ("git commit", "check in", "save and commit", "diff"),
    "undo": ("revert", "take back"),
    "redo": ("again",),
    "save": ("write", "store"),
    "reload": ("refresh", "read again"),
    "editor": ("vim", "file", "toml", "text"),
    "import": ("excel", "jira", "csv", "sheet", "load"),
    "export": ("excel", "xlsx", "csv", "calendar", "mermaid", "picture"),
    "theme": ("colours", "colors", "dark mode", "contrast"),
    "redraw": ("repaint", "clear screen"),
    "suspend": ("shell", "background"),
    "quit": ("exit", "leave", "bye"),
}
"""What people call an action who don't know its name yet; the palette finds it by these, too."""

EVERYWHERE: tuple[str, ...] = (
    *VIEWS,
    "back",
    "filter",
    "save_view",
    "palette",
    "copy",
    "help",
    "guide",
    "select",
    "select_range",
    "escape",
    "edit",
    "estimate",
    "form",
    "add",
    "remove",
    "rename",
    "status",
    "announce",
    "need",
    "unneed",
    "fixes",
    "options",
    "agree",
    "rules",
    "terms",
    "whatif",
    "path_here",
    "undo",
    "redo",
    "import",
    "export",
    "messages",
    "as_command",
    "save",
    "commit",
    "reload",
    "editor",
    "theme",
    "redraw",
    "suspend",
    "quit",
)
"""What every view offers; a part of `planner.tui.views.view.View` has a method for each of them."""


FOOTER: tuple[str, ...] = (
    "edit",
    "estimate",
    "move",
    "target",
    "waive",
    "add",
    "fixes",
    "undo",
    "save",
    "need",
    "filter",
    "path_here",
    "status",
    "regroup",
    "palette",
)
"""What the footer shows as far as there is room, the most useful first; help stands at its end."""


def in_footer(ids: Collection[str], first: Collection[str] = ()) -> list[Action]:
    """Those of these actions that the footer shows, `first` and then the most useful first."""
    return [ACTIONS[id] for id in dict.fromkeys((*first, *FOOTER)) if id in ids]
