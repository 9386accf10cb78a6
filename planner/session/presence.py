"""Presence: who else has a roadmap open, and since when. It is advice; safety never depends on it.

Each session puts a small file into its user's state folder and, so that other users see it, into
`planner/` inside the git directory of the repository, where git leaves it alone. Whoever put it
there holds its lock, so that it counts for exactly as long as the process lives; the start time of
the process settles it where a file system has no locks. What others wrote there is not trusted:
it is small, and it is read as text. No link is followed on the way to it, and of the user's own
folder only what is theirs alone counts.

A roadmap can have several names: a file and its folder, another spelling where the file system
takes both, a second name of the file. Who is at one of them is at all.
"""

from __future__ import annotations

import getpass
import os
import re
import stat
import time
from binascii import crc32
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from planner.files.locking import claim, is_free
from planner.files.state import opened_folder, private_folder, slug, state_folder
from planner.git.directory import git_directory
from planner.roadmap.figures import date_text

FOLDER = "presence"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NAME = re.compile(r"[^.].*\.json")
LARGEST = 4096
MOST_SAVES = 32
COARSE_NS = 5_000_000_000
"""So long after a change a folder is looked into all the same: its time may be a coarse one."""
MOST = 200
"""How many files of a folder are looked at: a folder that all may write to can be filled."""


class Presence(Struct, frozen=True):
    """A session that has the roadmap open: who, on which machine, since when (local time)."""

    who: str
    host: str
    pid: int
    started: int
    """When the process started, in clock ticks since the machine did; 0 where not known."""
    since: datetime
    file: str
    wrote: tuple[tuple[str, str], ...] = ()
    """Its last saves, the newest last: checksums of a file's content before and after."""
    inode: tuple[int, int] = (0, 0)
    """Device and number of a file that has a second name; it keeps them, being written in place."""

    def line(self, today: datetime) -> str:
        """``ana since 09:40``, with the day where it was another."""
        day, now = self.since.date(), today.date()
        since = "" if day == now else f"{date_text(day, now)} "
        return f"{self.who} since {since}{self.since:%H:%M}"


class Announcement:
    """Presence of this session until `close`. Where it can't be written, others do not see it."""

    def __init__(self, roadmap: Path, now: datetime) -> None:
        self.roadmap = roadmap
        pid = os.getpid()
        self.presence = Presence(
            _user(),
            os.uname().nodename,
            pid,
            _started(pid),
            now,
            os.path.realpath(roadmap),
            inode=_inode(Path(roadmap)),
        )
        self._files: list[tuple[Path, int]] = []
        # Looked at every second: found once.
        self.folders = _folders(roadmap)
        self._times: tuple[int, ...] = ()
        self._somebody = True
        name = f"{slug(roadmap)}.{pid}-{os.urandom(4).hex()}.json"
        for folder in self.folders:
            with suppress(OSError):
                self._files.append(self._put(folder, name))

    def _put(self, folder: Path, name: str) -> tuple[Path, int]:
        # Readable to others, who are told nothing that `ps` would not tell them.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        place = _made(folder)
        try:
            descriptor = os.open(f".{name}", flags, 0o644, dir_fd=place)
            claim(descriptor)
            os.fchmod(descriptor, 0o644)
            os.write(descriptor, msgspec.json.encode(self.presence))
            os.rename(f".{name}", name, src_dir_fd=place, dst_dir_fd=place)
        finally:
            os.close(place)
        return folder / name, descriptor

    def wrote(self, saves: Iterable[tuple[bytes, bytes]]) -> None:
        """Announce a save by content before and after, so that others can name its author."""
        told = [(checksum(before), checksum(after)) for before, after in saves]
        self.presence = structs.replace(
            self.presence, wrote=(*self.presence.wrote, *told)[-MOST_SAVES:]
        )
        for _, descriptor in self._files:
            with suppress(OSError):
                text = msgspec.json.encode(self.presence)
                # In one write, and never shorter, so that nobody reads half of it.
                os.pwrite(descriptor, text.ljust(os.fstat(descriptor).st_size), 0)

    def others(self) -> tuple[Presence, ...]:
        """Other sessions that have the roadmap open, oldest first.

        Costs one `stat` for each folder where there were none and nothing was added since.
        """
        times = tuple(map(_changed, self.folders))
        if times != self._times or time.time_ns() - max(times, default=0) < COARSE_NS:
            self._somebody = True
        self._times = times
        found = self._found() if self._somebody else ()
        self._somebody = bool(found)
        return found

    def _found(self) -> tuple[Presence, ...]:
        own = {path for path, _ in self._files}
        found: dict[tuple[str, int, int], Presence] = {}
        for folder in self.folders:
            for each in _announced_in(folder, slug(self.roadmap), own):
                if self._is_here(each) and not self._is_ours(each):
                    found.setdefault((each.host, each.pid, each.started), each)
        return tuple(sorted(found.values(), key=lambda each: each.since.isoformat()))

    def _is_here(self, other: Presence) -> bool:
        """Whether another session has the same roadmap open, by whatever path."""
        mine, theirs = Path(self.presence.file), Path(other.file)
        if mine == theirs or mine == theirs.parent or theirs == mine.parent:
            return True
        if any(self.presence.inode) and self.presence.inode == other.inode:
            return True
        # Only a name in our own folder is looked at: what others wrote may lead anywhere.
        return theirs.parent == mine.parent and _is_same(mine, theirs)

    def _is_ours(self, other: Presence) -> bool:
        return (other.host, other.pid) == (self.presence.host, self.presence.pid)

    def close(self) -> None:
        """Delete the presence files."""
        for path, descriptor in self._files:
            with suppress(OSError):
                path.unlink()
            with suppress(OSError):
                os.close(descriptor)
        self._files.clear()


def checksum(content: bytes) -> str:
    """Checksum that identifies a file's content."""
    try:
        from hashlib import blake2b
    except ImportError:
        return f"{crc32(content):08x}{len(content):08x}"
    return blake2b(content, digest_size=8).hexdigest()


def announced(people: Iterable[Presence], before: bytes, after: bytes) -> tuple[str, ...]:
    """Names of those whose announced saves led from one content to the other, in order of saving.

    Empty where any save between is not announced.
    """
    steps = {new: (old, each.who) for each in people for old, new in each.wrote}
    at, first = checksum(after), checksum(before)
    names: list[str] = []
    while at != first and at in steps:
        at, who = steps.pop(at)
        names.insert(0, who)
    return tuple(dict.fromkeys(names)) if at == first else ()


# --- where it is written --------------------------------------------------------------------------


def _inode(file: Path) -> tuple[int, int]:
    """Device and inode of a file with several hard links; (0, 0) for others."""
    with suppress(OSError):
        info = file.stat()
        if stat.S_ISREG(info.st_mode) and info.st_nlink > 1:
            return info.st_dev, info.st_ino
    return 0, 0


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except (OSError, ValueError):
        return False


def _made(folder: Path) -> int:
    """Open a presence folder; created where it is missing. Raises OSError."""
    if folder.parent == _state():
        return os.open(private_folder(folder.name), _FOLDER)
    above = os.open(folder.parent, _FOLDER)
    try:
        with suppress(FileExistsError):
            # Open to whom the git directory is open to.
            os.mkdir(folder.name, dir_fd=above)
            made = os.open(folder.name, _FOLDER, dir_fd=above)
            os.fchmod(made, stat.S_IMODE(os.fstat(above).st_mode))
            return made
        return os.open(folder.name, _FOLDER, dir_fd=above)
    finally:
        os.close(above)


def _entered(folder: Path) -> int:
    """Open an existing presence folder; the user's own only if private to them. Raises OSError."""
    return opened_folder(FOLDER) if folder.parent == _state() else os.open(folder, _FOLDER)


def _state() -> Path | None:
    try:
        return state_folder()
    except OSError:
        return None


def _folders(roadmap: Path) -> tuple[Path, ...]:
    folders = []
    with suppress(OSError):
        folders.append(state_folder() / FOLDER)
    if git := git_directory(roadmap):
        folders.append(git / "planner")
    return tuple(folders)


def _announced_in(folder: Path, slug: str, own: Collection[Path]) -> Iterator[Presence]:
    """Sessions announced in a folder; where there are many, those of the same name first."""
    with suppress(OSError):
        place = _entered(folder)
        try:
            names = [name for name in os.listdir(place) if _NAME.fullmatch(name)]  # noqa: PTH208
            for name in sorted(names, key=lambda each: (not each.startswith(f"{slug}."), each))[
                :MOST
            ]:
                if folder / name not in own and (found := _alive(name, place)):
                    yield found
        finally:
            os.close(place)


def _changed(folder: Path) -> int:
    """Time of a folder's last change in ns; 0 where there is no folder."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


# --- who is still there ---------------------------------------------------------------------------


def _alive(name: str, folder: int) -> Presence | None:
    """The session announced in a file of an open folder.

    None where its process is gone; the file is then deleted, where permitted.
    """
    with suppress(OSError, ValueError):
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(name, flags, dir_fd=folder)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            found = msgspec.json.decode(os.read(descriptor, LARGEST), type=Presence)
            if not is_free(descriptor) and not _is_dead(found):
                return found
            os.unlink(name, dir_fd=folder)
        finally:
            os.close(descriptor)
    return None


def _is_dead(found: Presence) -> bool:
    """Whether the process is gone or its number reused; False on other machines."""
    if found.host != os.uname().nodename or not found.started:
        return False
    return _started(found.pid) != found.started


def _started(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rsplit(")", 1)[1].split()[19])
    except (OSError, IndexError, ValueError):
        return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return str(os.getuid())
