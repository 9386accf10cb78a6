"""A real Chromium without a window, spoken to over a pipe in its own protocol.

No driver and no socket: the browser reads commands from descriptor 3 and answers on 4, each ended
by a zero byte. It has a folder of its own, and every name resolves to nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 120.0
"""Seconds until a browser that does not answer fails the test."""
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)


def chromium() -> str | None:
    """The browser that is installed here, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """A browser with one tab. What the page asked for and complained about is kept."""

    def __init__(self, program: str, folder: Path) -> None:
        here_out, there_in = os.pipe()
        there_out, here_in = os.pipe()
        self._ask, self._answer = here_in, here_out
        self._process = subprocess.Popen(
            [program, *OPTIONS, f"--user-data-dir={folder}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
            pass_fds=(3, 4),
            preexec_fn=lambda: _become(there_out, there_in),
        )
        os.close(there_in)
        os.close(there_out)
        self._number, self._rest = 0, b""
        self.session = ""
        self.events: list[dict[str, Any]] = []
        self._attach()

    def _attach(self) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    # --- the protocol -----------------------------------------------------------------------------

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers; events that come before it are kept."""
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self.session:
            said["sessionId"] = self.session
        os.write(self._ask, json.dumps(said).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, (method, told["error"])
                result: dict[str, Any] = told["result"]
                return result

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            assert time.monotonic() < until, "the browser does not answer"
            more = os.read(self._answer, 1 << 20)
            assert more, "the browser is gone"
            self._rest += more
        raw, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(raw)
        if "method" in told:
            self.events.append(told)
        return told

    def until(self, method: str) -> None:
        """Wait for an event that has not been seen since the last `open`."""
        while all(event["method"] != method for event in self.events):
            self._next()

    # --- a page -----------------------------------------------------------------------------------

    def open(
        self, file: Path, width: int = 1280, *, dark: bool = False, media: str = "screen"
    ) -> None:
        """Show a file in a window of this width."""
        self.events.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1 if width > 720 else 2,
            mobile=width <= 720,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.call("Page.navigate", url=file.absolute().as_uri())
        self.until("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def picture(self, file: Path) -> None:
        """The whole page as PNG."""
        said = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        file.write_bytes(b64decode(said["data"]))

    def printed(self) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        self.call("Emulation.setEmulatedMedia", media="")
        said = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return b64decode(said["data"])

    @property
    def complaints(self) -> list[str]:
        """What stands in the console of the page: errors, and what its policy refused."""
        found = []
        for event in self.events:
            told = event["params"]
            if event["method"] == "Log.entryAdded":
                found.append(f"{told['entry']['level']}: {told['entry']['text']}")
            if event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
                found.append(json.dumps(told))
        return found

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def close(self) -> None:
        """End it, and wait until it is gone."""
        os.close(self._ask)
        os.close(self._answer)
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _become(asked: int, answered: int) -> None:
    """In the new process: commands on 3, answers on 4."""
    one, other = os.dup(asked), os.dup(answered)
    os.dup2(one, 3)
    os.dup2(other, 4)


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser while it is needed. There has to be one."""
    program = chromium()
    assert program is not None
    opened = Browser(program, folder)
    try:
        yield opened
    finally:
        opened.close()


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of this browser has."""
    return sum(1 for part in pdf.split(b"/Type /Page")[1:] if not part.startswith(b"s"))
