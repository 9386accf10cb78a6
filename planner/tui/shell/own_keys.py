"""A person's own keymap: what their configuration says of keys, held against the registry.

Each action has the keys that the configuration gives it, else those of the registry. A key that is
given away in the configuration is taken from the actions that have it by the registry, but for
those of other views. What can't be is told and left out: no action of this name, no such key, one
key for two actions of a view, and a key less for what only a key can do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from planner.errors import ReadError
from planner.roadmap.ids import nearest
from planner.roadmap.output_config import KeyShown
from planner.session.settings import Configuration
from planner.text.phrases import did_you_mean, typed
from planner.tui.shell.actions import ACTIONS, BY_KEY_ONLY, GROUPS, VIEWS, Action
from planner.tui.shell.keys import NAMES, Keymap, spelled, why_swallowed

AROUND = ("down", "up", "top", "bottom")
"""What gets around by letters in dialogs and pages as well."""
Offers = Callable[[], Sequence[Collection[str]]]
"""The ids of the actions of each view. To know them all views are imported: it is asked for only
where a key has been given away that something else has."""


class InForce(Struct, frozen=True):
    """What of a configuration is in force in the terminal interface, and what is wrong with it."""

    keymap: Keymap = Keymap()
    view: str = VIEWS[0]
    """The view that is opened first."""
    opening: bool = True
    """Whether it is said on opening what moved and what waits."""
    troubles: tuple[ReadError, ...] = ()
    """What was left out, and why."""
    warnings: tuple[ReadError, ...] = ()
    """What is in force, and may not be what somebody wants."""


DEFAULTS = InForce()
"""What is in force for somebody who has written no configuration."""


def said_first(own: InForce) -> str:
    """What the first screen says of what is wrong; empty where nothing is."""
    if not own.troubles:
        return ""
    first, *others = own.troubles
    more = f"{len(others)} more: " if others else ""
    return f"{first}; {more}see `planner config show`"


def in_force(found: Configuration, offers: Offers) -> InForce:
    """What of a configuration is in force; `found` has its own troubles already."""
    said = _Said(found, offers)
    view = found.settings.view
    if view not in VIEWS:
        hint = did_you_mean(nearest(view, VIEWS, loose=True), ", ".join(VIEWS))
        said.troubles.append(found.trouble(("view",), f"no view {typed(view)}", hint))
        view = VIEWS[0]
    keymap = said.keymap()
    troubles = sorted((*found.troubles, *said.troubles), key=lambda each: each.line or 0)
    return InForce(keymap, view, found.settings.opening, tuple(troubles), tuple(said.warnings()))


def shown_keys(found: Configuration, keymap: Keymap) -> tuple[KeyShown, ...]:
    """Every action in the order of the help, with the keys in force and where they come from."""
    return tuple(
        KeyShown(
            action=action.id,
            keys=keymap.keys(action),
            does=action.help,
            group=GROUPS[action.group],
            source="configuration" if action.id in keymap.own else "default",
            line=_line(found, action, keymap),
        )
        for group in GROUPS
        for action in ACTIONS.values()
        if action.group == group
    )


def _line(found: Configuration, action: Action, keymap: Keymap) -> int | None:
    """Where the keys of an action are said, if they are and count."""
    said = found.settings.keys.get(action.id)
    counts = said is not None and keymap.own.get(action.id) == tuple(map(spelled, said))
    return found.line(("keys", action.id)) if counts else None


def stand_ins(keymap: Keymap) -> dict[str, str]:
    """A person's own keys to get around with, and the letters that dialogs and pages know."""
    known = {key for id in AROUND for key in ACTIONS[id].keys}
    return {
        key: ACTIONS[id].keys[0]
        for id in AROUND
        for key in keymap.own.get(id, ())
        if key not in known
    }


class _Said:
    """What a configuration says of keys, while it is held against the registry."""

    def __init__(self, found: Configuration, offers: Offers) -> None:
        self.found, self._offers = found, offers
        self.troubles: list[ReadError] = []
        self.own = dict(self._read())
        self.less: dict[str, tuple[str, ...]] = {}
        """The keys of actions from which one was taken."""

    def _read(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The keys of each action that there is, as they are written."""
        for id, texts in self.found.settings.keys.items():
            wrong = [text for text in texts if spelled(text) is None]
            if id not in ACTIONS:
                hint = did_you_mean(nearest(id, ACTIONS, loose=True), "`planner help keys`")
                self._refuse(id, f"no action {typed(id)}", hint)
            elif wrong:
                near = nearest(wrong[0].rpartition("+")[2], NAMES, loose=True)
                hint = did_you_mean(near, 'such as "J", "?", "enter", "ctrl+s"')
                self._refuse(id, f"no key {typed(wrong[0])}", hint)
            elif not texts and id in BY_KEY_ONLY:
                self._refuse(id, "needs a key: the palette does not list it")
            else:
                yield id, tuple(dict.fromkeys(filter(None, map(spelled, texts))))

    def _refuse(self, id: str, message: str, hint: str | None = None) -> None:
        self.troubles.append(self.found.trouble(("keys", id), message, hint))

    def keymap(self) -> Keymap:
        """The keys in force: what is refused is left out, until nothing more is."""
        while refused := self._clashes() or self._bereft():
            for id, why in refused.items():
                self._refuse(id, why)
                del self.own[id]
        return Keymap({**self.less, **self.own})

    def _clashes(self) -> dict[str, str]:
        """Actions of one view to which the same key is given, each with the other."""
        clash = {}
        for id, keys in self.own.items():
            for other in (each for each in self.own if each != id):
                both = [key for key in keys if key in self.own[other]]
                if both and self._together(id, other):
                    line = self.found.line(("keys", other))
                    clash[id] = f"{typed(both[0])} is given to `{other}`, too (line {line})"
        return clash

    def _bereft(self) -> dict[str, str]:
        """What takes the last key of an action that can only be done by key, and of which."""
        self.less = {}
        bereft = {}
        for action in ACTIONS.values():
            takers = {key: taker for key in action.keys if (taker := self._taker(key, action))}
            if not takers:
                continue
            self.less[action.id] = tuple(key for key in action.keys if key not in takers)
            if not self.less[action.id] and action.id in BY_KEY_ONLY:
                key, taker = next(iter(takers.items()))
                bereft[taker] = f"{typed(key)} is the last key of `{action.id}`: give that another"
        return bereft

    def _taker(self, key: str, action: Action) -> str | None:
        """What a key is given to that an action has by the registry, in one of its views."""
        if action.id in self.own:
            return None
        takers = (id for id, keys in self.own.items() if key in keys)
        return next((id for id in takers if self._together(id, action.id)), None)

    def _together(self, one: str, other: str) -> bool:
        """Whether a view has both actions."""
        return any(one in offered and other in offered for offered in self._offered)

    @cached_property
    def _offered(self) -> Sequence[Collection[str]]:
        return self._offers()

    def warnings(self) -> Iterator[ReadError]:
        """Keys that may not arrive, and actions that have no key any more."""
        for id, keys in self.own.items():
            for key in keys:
                if why := why_swallowed(key):
                    yield self.found.trouble(("keys", id), f"{typed(key)} may not work: {why}")
            for key in keys:
                for other, left in self.less.items():
                    if not left and key in ACTIONS[other].keys and self._together(id, other):
                        said = f"`{other}` has no key now: {typed(key)} was its own"
                        yield self.found.trouble(("keys", id), said, "the palette finds it")
