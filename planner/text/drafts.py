"""Draft: the sections of a document while an edit changes them, and the outline made of them.

An outline never changes and shares what it can with the one before; a draft is thrown away when an
edit is refused. Both know which sections make up a unit, so that an edit looks at its own few.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.text.sections import Path, Section, Unit, unit_of, units, whole_kinds

_MANY = 200
"""Changed units beyond which an index of all is made anew: small enough to copy with each edit."""

UnitIndex = dict[Unit, tuple[Section, ...]]


class Outline:
    """The sections of a document in order, and those of each unit.

    `whole` are the kinds written as arrays of tables, ``[[kind]]``, each of which is one unit.
    Units are found in `index`, except those in `newer`, which an edit gave other sections: an
    outline after an edit shares the index of the one before.
    """

    def __init__(
        self,
        sections: tuple[Section, ...],
        whole: frozenset[str] | None = None,
        index: UnitIndex | None = None,
        newer: UnitIndex | None = None,
    ) -> None:
        self.sections = sections
        self.whole = whole_kinds(sections) if whole is None else whole
        self.index = units(sections, self.whole) if index is None else index
        self.newer = newer or {}

    def unit(self, unit: Unit) -> tuple[Section, ...]:
        """The sections of a unit in the order of the document; empty if it is not there."""
        found = self.newer.get(unit)
        return self.index.get(unit, ()) if found is None else found

    def headed(self, kind: str, ids: Iterable[str]) -> list[str]:
        """Of some ids of a kind, those that have a section of their own."""
        index, newer = self.index, self.newer
        return [id for id in ids if newer.get((kind, id)) or (kind, id) in index]

    def after(
        self, sections: tuple[Section, ...], whole: frozenset[str], changes: UnitIndex
    ) -> Outline:
        """The outline with these sections, in which the units of `changes` are others."""
        newer = {**self.newer, **changes}
        if len(newer) < _MANY:
            return Outline(sections, whole, self.index, newer)
        index = {unit: each for unit, each in (self.index | newer).items() if each}
        return Outline(sections, whole, index)

    @property
    def text(self) -> str:
        return "".join([section.text for section in self.sections])


class Draft:
    """An outline in work. Sections are replaced, never changed."""

    def __init__(self, base: Outline, newline: str) -> None:
        self.base = base
        self.newline = newline
        self.touched: set[Unit] = set()
        self._slots: dict[Section, tuple[Section, ...]] = {}
        self._slot_of: dict[Section, Section] = {}
        self._index: UnitIndex = {}
        self._positions: dict[Section, int] | None = None

    # --- looking ----------------------------------------------------------------------------------

    def unit(self, path: Path) -> Unit:
        """The unit that a path belongs to in this document."""
        return unit_of(path, self.base.whole)

    def sections(self, unit: Unit) -> tuple[Section, ...]:
        """The sections of a unit as they are now, in order."""
        found = self._index.get(unit)
        return self.base.unit(unit) if found is None else found

    def around(self, path: Path) -> list[Section]:
        """Every section in which something of `path` can be written."""
        unit = self.unit(path)
        if not unit:
            return [self.root]
        above = self.sections(unit[:1]) if len(unit) == 2 else ()
        return [*self.sections(()), *above, *self.sections(unit)]

    @property
    def root(self) -> Section:
        """What stands before the first header."""
        return self.sections(())[0]

    def before(self, section: Section) -> Section:
        """The section before another; there is always one before a header."""
        slot = self._slot_of.get(section, section)
        here = self._slots.get(slot, (slot,))
        at = here.index(section)
        if at:
            return here[at - 1]
        place = self._position(slot)
        return next(each for each in self._backwards(place))

    def after(self, section: Section) -> Section | None:
        """The section after another, None at the end of the document."""
        slot = self._slot_of.get(section, section)
        here = self._slots.get(slot, (slot,))
        at = here.index(section)
        if at + 1 < len(here):
            return here[at + 1]
        for each in self.base.sections[self._position(slot) + 1 :]:
            if now := self._slots.get(each, (each,)):
                return now[0]
        return None

    def _backwards(self, place: int) -> Iterable[Section]:
        for at in range(place - 1, -1, -1):
            each = self.base.sections[at]
            if now := self._slots.get(each, (each,)):
                yield now[-1]

    def _position(self, slot: Section) -> int:
        if self._positions is None:
            self._positions = {each: at for at, each in enumerate(self.base.sections)}
        return self._positions[slot]

    @property
    def last(self) -> Section:
        """The last section of the document."""
        return next(iter(self._backwards(len(self.base.sections))))

    # --- changing ---------------------------------------------------------------------------------

    def splice(self, section: Section, start: int, end: int, text: str) -> Section:
        """Put `text` in the place of some characters of a section."""
        return self.rewrite(section, section.text[:start] + text + section.text[end:])

    def rewrite(self, section: Section, text: str, path: Path | None = None) -> Section:
        """Give a section another text (and path, where its header says so)."""
        made = Section(text, section.path if path is None else path, section.many)
        self.replace(section, (made,))
        return made

    def replace(self, section: Section, made: Sequence[Section]) -> None:
        """Put sections, or none, in the place of one."""
        slot = self._slot_of.pop(section, section)
        here = self._slots.get(slot, (slot,))
        at = here.index(section)
        self._slots[slot] = (*here[:at], *made, *here[at + 1 :])
        self._slot_of.update(dict.fromkeys(made, slot))
        self._reindex(section, made)

    def _reindex(self, gone: Section, made: Sequence[Section]) -> None:
        unit = self.unit(gone.path)
        here = self.sections(unit)
        at = here.index(gone)
        stay = tuple(each for each in made if self.unit(each.path) == unit)
        self._index[unit] = here[:at] + stay + here[at + 1 :]
        self.touched.add(unit)
        for each in made:
            other = self.unit(each.path)
            if other != unit:
                self._index[other] = (*self.sections(other), each)
                self.touched.add(other)

    # --- what comes of it -------------------------------------------------------------------------

    def outline(self) -> Outline:
        """The outline as it is now."""
        if not self._slots:
            return self.base
        return self.base.after(self._flattened(), self._whole(), self._index)

    def _flattened(self) -> tuple[Section, ...]:
        sections = self.base.sections
        if len(self._slots) > 3:
            return tuple(now for each in sections for now in self._slots.get(each, (each,)))
        for slot, now in self._slots.items():
            at = sections.index(slot)
            sections = sections[:at] + now + sections[at + 1 :]
        return sections

    def _whole(self) -> frozenset[str]:
        """Only text that is put in word for word can bring another array of tables."""
        return self.base.whole | whole_kinds(self.changed())

    def changed(self) -> list[Section]:
        """The sections that are new."""
        return [each for now in self._slots.values() for each in now if each in self._slot_of]
