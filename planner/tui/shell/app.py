"""The app: a shell round the views. It holds what they share and what only an app can do."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.renames import renamed_tables
from planner.tui.shell.actions import ACTIONS, EVERYWHERE
from planner.tui.shell.actions import VIEWS as OPENED_BY_KEY
from planner.tui.shell.app_state import Desk
from planner.tui.shell.base_app import GuardedApp
from planner.tui.shell.checking import known
from planner.tui.shell.collaboration import Collaboration
from planner.tui.shell.history_loader import HistoryLoader
from planner.tui.shell.opening_loader import OpeningLoader
from planner.tui.shell.own_keys import DEFAULTS, InForce, said_first, stand_ins
from planner.tui.shell.themes import THEMES
from planner.tui.views.view import View

if TYPE_CHECKING:
    from planner.query.me import Who

VIEWS = (*OPENED_BY_KEY, "rules", "whatif", "options")
"""Every view there is: those of the number keys, the page of rules, what-if and options."""


EVERY_SECONDS = 1.0
"""How often the app looks at what others did."""


def view_class(name: str) -> type[View]:
    """The class of a view, ``PathView`` of ``planner.tui.views.path``.

    It is imported when it is first opened: the first paint waits for the board alone.
    """
    module = import_module(f"planner.tui.views.{name}")
    found: type[View] = getattr(module, f"{name.capitalize()}View")
    return found


def offered() -> list[frozenset[str]]:
    """The ids of the actions of each view."""
    return [frozenset((*EVERYWHERE, *view_class(name).offers)) for name in VIEWS]


class PlannerApp(GuardedApp[None], inherit_bindings=False):
    """The planner on one open session. Exits with 0, or with 128 + the signal that ended it.

    `session` is None where it comes later (`sit_down`, and then `join`).
    """

    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "board"
    CSS = """
    * { scrollbar-color: $faint; scrollbar-background: $ground; }
    """

    def __init__(
        self, session: Session | None, theme: str | None = None, own: InForce = DEFAULTS
    ) -> None:
        super().__init__(theme)
        self._own, self.keymap, self.stand_ins = own, own.keymap, stand_ins(own.keymap)
        self.session: Session | None = None
        self.first_said = ""
        """What is said as soon as the roadmap is there: what an import wrote."""
        self._meeting = False
        """Whether somebody is looking up who is at the keys."""
        for name in VIEWS:
            self.add_mode(name, partial(self._view, name))
        if session is not None:
            self.sit_down(session)

    def sit_down(self, session: Session) -> None:
        """Have a session to show, from now on."""
        self.session, self.desk = session, Desk(session, keymap=self._own.keymap)
        self.company = Collaboration(self, self.desk, self._free_view)
        self.history = HistoryLoader(self, self.desk, self._free_view)
        self.opening = OpeningLoader(self, self.desk, self._free_view, lines=self._own.opening)
        session.history.subscribe(self._changed)

    def _changed(self, before: Plan, after: Plan) -> None:
        """Before any view shows it: what is remembered by its id may have another one now."""
        self.desk.follow(renamed_tables(before.tables, after.tables))
        self.check(after)

    def on_mount(self) -> None:
        """See to the others, where there is a session already."""
        if self.session is not None:
            self.join()
        if self._own.view != self.DEFAULT_MODE and self.session is not None:
            self.open_view(self._own.view)

    def join(self) -> None:
        """See to the others, look for the findings of a large plan, and into its history."""
        if self.desk.session.keeper.active:
            self.set_interval(EVERY_SECONDS, self.look_round)
            self.opening.see_the_branch()
            self.company.begin()
        self.call_after_refresh(self.check, self.desk.session.plan)
        self.call_after_refresh(self.history.look_back)
        self.call_after_refresh(self.opening.look)
        if self.first_said or self._own.troubles:
            self.call_after_refresh(self._say_first)

    def _say_first(self) -> None:
        if (view := self.stage()) is not None and self.first_said:
            view.say(self.first_said)
        if view is not None and self._own.troubles:
            view.say(said_first(self._own), "warning")

    def look_round(self) -> None:
        """What others did to the files, and then to the history that these are compared with; and
        what that makes of what waits.
        """
        self.company.look_round()
        self.history.look_back()
        self.opening.look_round()

    def see_the_day(self) -> None:
        """Plan again where midnight has passed."""
        self.company.see_the_day()

    def ask_next(self) -> None:
        """Ask which of two values stays, for the first key that has two."""
        self.company.ask_next()

    def _free_view(self) -> View | None:
        """The view on screen, if nobody is deciding anything in it; none while the app closes."""
        view = self.screen if self.screen_stack and not self.closing else None
        return view if isinstance(view, View) and not view.in_hand else None

    def stage(self) -> View | None:
        """The view on screen, also where a dialog is over it."""
        view = self.screen_stack[0]
        return view if isinstance(view, View) else None

    def _view(self, name: str) -> View:
        return view_class(name)(self.desk)

    def open_view(self, name: str) -> None:
        """Show a view."""
        self.switch_mode(name)

    def meanings(self, key: str) -> dict[str, list[str]]:
        """What a key does in other views than the one on screen, and in which. The what-if has
        those of the board, which it is made of.
        """
        found: dict[str, list[str]] = {}
        for name in (name for name in VIEWS if name != "whatif"):
            for action in (ACTIONS[id] for id in view_class(name).offers):
                if key in self.desk.keymap.keys(action):
                    found.setdefault(action.label, []).append(name)
        return found

    def elsewhere(self, ids: Collection[str]) -> dict[str, list[str]]:
        """The actions that are none of these, and the views that have them."""
        found: dict[str, list[str]] = {}
        for name in VIEWS:
            for id in (each for each in view_class(name).offers if each not in ids):
                found.setdefault(id, []).append(name)
        return found

    # --- who is at the keys -----------------------------------------------------------------------

    def meet(self) -> None:
        """Look up who is at the keys, in a thread, once a filter that depends on it is asked for.

        git is asked for an address: no key waits for that.
        """
        if self.desk.who is not None or self._meeting or not self.desk.filter:
            return
        from planner.query.filters import asks_for_me

        if asks_for_me(self.desk.filter):
            self._meeting = True
            self.in_thread(partial(_look_up, self.desk.session.path), self._met, "who")

    def _met(self, who: Who) -> None:
        from planner.tui.dialogs.prompt import FilterPrompt

        self.desk.who = who
        for screen in self.screen_stack:
            if isinstance(screen, View):
                screen.catch_up()
        if isinstance(self.screen, FilterPrompt):
            self.screen.say_again()
        elif isinstance(self.screen, View) and self.screen.view_name == "board":
            self.screen.filtering.say_what_is_shown()

    # --- findings of large plans ------------------------------------------------------------------

    def check(self, plan: Plan) -> None:
        """Look for the findings of a large plan in a thread; views hear of them when they come."""
        if not known(plan):
            tell = partial(self._checked, plan)
            self.in_thread(lambda: plan.findings, tell, "check", exclusive=True)

    def _checked(self, plan: Plan, _found: object) -> None:
        view = self.stage()
        if plan is self.desk.session.plan and view is not None:
            view.findings_came()
            view.refresh_lines()
            self.history.look_back()
            self.opening.look()

    # --- themes -----------------------------------------------------------------------------------

    def show_theme(self, name: str) -> None:
        """Show another theme."""
        self.theme = name

    def next_theme(self) -> None:
        """The next of the themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]


def _look_up(path: Path) -> Who:
    from planner.query.me import who

    return who(path)
