"""A shared server, as a lead knows it: no root, no packages, reached over ssh, and this machine.

An own sshd listens on 127.0.0.1 with keys made for it; nobody's `~/.ssh` is read or written. As
root it runs where only it sees other users (a mount namespace): the person who logs in has a home
and no rights, and a Python with nothing installed. Else the person is whoever runs the tests, with
another home.

    with Remote() as server:
        server.put(built_here(), "planner")
        assert server.run("python3 planner --version").returncode == 0
        with server.terminal("python3 planner demo") as screen:
            screen.wait_for("Conflicts")

Commands run in the person's home. `no_server()` says why there can be none here, or None.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from shlex import quote

from tests.terminals import Terminal

SSHD = "/usr/sbin/sshd"
PERSON, NUMBER = "lead", 61234
"""Who logs in where root runs the tests: a name and a number that nobody else has here."""
ALONE = """\
set -e
mount --bind {base} {place}/python
mount -t tmpfs -o mode=755 tmpfs {place}/python/lib/{version}/site-packages
mount --bind {place}/passwd /etc/passwd
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/sshd
exec {sshd} -D -e -f {place}/config
"""
"""What root runs in a mount namespace: nothing of it is seen outside, or left behind."""
CONFIG = """\
ListenAddress 127.0.0.1:{port}
HostKey {place}/host
AuthorizedKeysFile {place}/person.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PrintMotd no
Subsystem sftp internal-sftp
SetEnv {environment}
"""


def no_server() -> str | None:
    """Why no server can be started here; None where one can."""
    if not Path(SSHD).exists() or shutil.which("ssh") is None:
        return "there is no sshd here"
    if os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], check=False).returncode:
        return "root may make no mount namespace here"
    return None


class Remote:
    """A server that runs while this is open; use it as a context manager."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="planner-remote-", dir="/tmp"))
        self.home = self.place / "home"
        self.port = _free_port()
        self._is_root = os.geteuid() == 0

    def __enter__(self) -> Remote:
        self._furnish()
        command = ["unshare", "--mount", "sh", "-c", self._alone] if self._is_root else self._plain
        self._log = (self.place / "log").open("w+")
        self._server = subprocess.Popen(command, stderr=self._log, stdin=subprocess.DEVNULL)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
        self._log.close()
        shutil.rmtree(self.place, ignore_errors=True)

    # --- what a person does -----------------------------------------------------------------------

    def run(self, command: str, said: str | bytes = "") -> subprocess.CompletedProcess[str]:
        """Run a line of shell in the person's home, with `said` on its stdin."""
        given = said.encode() if isinstance(said, str) else said
        ran = subprocess.run(
            [*self._ssh, _at_home(command)],
            input=given,
            capture_output=True,
            check=False,
            timeout=300,
        )
        out, err = (text.decode(errors="replace") for text in (ran.stdout, ran.stderr))
        return subprocess.CompletedProcess(command, ran.returncode, out, err)

    def put(self, file: Path, name: str) -> None:
        """Copy a file to a name in the person's home; it can be run."""
        made = self.run(
            f"mkdir -p $(dirname {quote(name)}) && cat > {quote(name)} && chmod 755 {quote(name)}",
            file.read_bytes(),
        )
        assert made.returncode == 0, made.stderr

    def get(self, name: str) -> bytes:
        """What a file in the person's home has."""
        reading = [*self._ssh, _at_home(f"cat {quote(name)}")]
        return subprocess.run(reading, capture_output=True, check=True).stdout

    def terminal(self, command: str = "", columns: int = 80, rows: int = 24) -> Terminal:
        """A line of shell in the person's home, in a terminal over ssh; a shell without one."""
        line = _at_home(command or "exec ${SHELL:-sh}")
        return Terminal([*self._ssh[:-1], "-tt", self._ssh[-1], line], columns, rows)

    # --- how it is furnished ----------------------------------------------------------------------

    def _furnish(self) -> None:
        """Make the keys, the home, and what the server is told."""
        self.place.chmod(0o755)
        for name in ("home", "python", "temporary"):
            (self.place / name).mkdir()
        for key in ("host", "person"):
            making = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f"]
            subprocess.run([*making, str(self.place / key)], check=True)
        public = (self.place / "host.pub").read_text(encoding="ascii")
        known = f"[127.0.0.1]:{self.port} {public}"
        (self.place / "known").write_text(known, encoding="ascii")
        environment = " ".join(f'{name}="{text}"' for name, text in self._environment.items())
        config = CONFIG.format(port=self.port, place=self.place, environment=environment)
        (self.place / "config").write_text(config, encoding="utf-8")
        if self._is_root:
            self._hand_over()

    def _hand_over(self) -> None:
        """Give the person what is theirs, and a line among the users."""
        for name in ("home", "temporary"):
            os.chown(self.place / name, NUMBER, NUMBER)
        (self.place / "person.pub").chmod(0o644)
        users = Path("/etc/passwd").read_text(encoding="utf-8")
        line = f"{PERSON}:*:{NUMBER}:{NUMBER}::{self.home}:/bin/sh\n"
        (self.place / "passwd").write_text(f"{users}{line}", encoding="utf-8")

    @cached_property
    def _environment(self) -> dict[str, str]:
        """What the person's shell begins with."""
        own = f"{self.home}/.local/bin"
        python = f"{self.place}/python/bin" if self._is_root else str(Path(sys.executable).parent)
        libraries = {"LD_LIBRARY_PATH": f"{self.place}/python/lib"} if self._is_root else {}
        return libraries | {
            "HOME": str(self.home),
            "PATH": f"{own}:{python}:/usr/bin:/bin",
            "TMPDIR": str(self.place / "temporary"),
            "LANG": "C.UTF-8",
            "COLORTERM": "truecolor",
            "XDG_CONFIG_HOME": f"{self.home}/.config",
            "XDG_STATE_HOME": f"{self.home}/.local/state",
            "XDG_CACHE_HOME": f"{self.home}/.cache",
        }

    @property
    def _alone(self) -> str:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        return ALONE.format(base=sys.base_prefix, version=version, place=self.place, sshd=SSHD)

    @property
    def _plain(self) -> list[str]:
        return [SSHD, "-D", "-e", "-f", str(self.place / "config")]

    @property
    def _ssh(self) -> list[str]:
        options = {
            "IdentityFile": self.place / "person",
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": self.place / "known",
            "BatchMode": "yes",
            "LogLevel": "ERROR",
            "Port": self.port,
        }
        said = (word for name, text in options.items() for word in ("-o", f"{name}={text}"))
        person = PERSON if self._is_root else getpass.getuser()
        return ["ssh", "-F", "none", *said, f"{person}@127.0.0.1"]

    def _wait(self) -> None:
        """Read the server's log until it listens. Raises AssertionError where it ended."""
        log = self.place / "log"
        while "Server listening" not in log.read_text(encoding="utf-8", errors="replace"):
            if self._server.poll() is not None:
                raise AssertionError(f"sshd ended: {log.read_text(encoding='utf-8')}")
            try:
                self._server.wait(0.02)
            except subprocess.TimeoutExpired:
                continue


def _at_home(command: str) -> str:
    """A line of shell where HOME is; sshd begins where the list of users says."""
    return f"cd && {command}"


def _free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
