"""Current user for `@me`: from the configuration, else by git's e-mail address.

The name or address does not depend on the roadmap and is looked up once (`who`, which may run git);
`Who.among` finds the person or team in a roadmap.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from planner.files.configuration import config_file, configuration
from planner.git.user_email import email
from planner.query.filters import Me, Nobody
from planner.roadmap.entities import Roadmap
from planner.roadmap.ids import nearest


class Who(Struct, frozen=True):
    """What is said of the person at the keys, and where more can be said."""

    where: str
    """The configuration's file, as a person would type it."""
    id: str | None = None
    """What the configuration says."""
    email: str | None = None
    """What git commits with, where the configuration says nothing."""
    trouble: str | None = None
    """Why the configuration can't be read."""

    def among(self, roadmap: Roadmap) -> Me:
        """The person or team of a roadmap that this is, or why it is nobody."""
        if self.trouble is not None:
            return Nobody(self.trouble)
        if self.id is not None:
            return _named(self.id, roadmap)
        if self.email is not None:
            return self._addressed(self.email, roadmap)
        return Nobody(self._ask)

    @property
    def _ask(self) -> str:
        return f'who are you? Say me = "ID" in {self.where}'

    def _addressed(self, email: str, roadmap: Roadmap) -> Me:
        wanted = email.casefold()
        people = roadmap.people.values()
        found = [each.id for each in people if (each.email or "").strip().casefold() == wanted]
        if len(found) == 1:
            return found[0]
        whose = f"{' and '.join(found)} share" if found else "nobody here has"
        return Nobody(f"{self._ask} ({whose} {email})")


def who(path: Path) -> Who:
    """Look up who is at the keys, for the roadmap at a path."""
    where = _where()
    found = configuration()
    if (trouble := found.about("me")) is not None:
        return Who(where, trouble=str(trouble))
    said = found.settings.me
    return Who(where, id=said, email=None if said else email(path))


def _named(id: str, roadmap: Roadmap) -> Me:
    known = [*roadmap.people, *roadmap.teams]
    if id in known:
        return id
    near = nearest(id, known)
    return Nobody(f"the configuration's me, {id}, is nobody here", near and f'me = "{near}"')


def _where() -> str:
    """The configuration's file, from the home folder where it is in it."""
    try:
        file = config_file()
        return f"~/{file.relative_to(Path.home())}"
    except RuntimeError:
        return "planner's configuration"
    except ValueError:
        return str(file)
