"""The first hour of a lead: from a sheet that others filled in to an agreed, committed roadmap.

`FirstHour` says step by step what is typed and what has to come of it; a `Desk` is where it is
typed: here with the program that is installed, or on a server over ssh with the one file and
nothing else (`tests.release.remote`). Nobody there has rights; what marketing answers is written on
another machine, in a spreadsheet program or a mail.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from openpyxl import load_workbook

from tests.journeys.sheet import forty_rows, with_end
from tests.terminals import Terminal

FOLDER, SCREEN = "spring", "screen"
"""Where the lead keeps the plan, in the home, and where it is tried on the screen."""
ON = "--as-of 2027-01-18"
WHO = "-c user.name=Lead -c user.email=lead@example.org"


class Desk(Protocol):
    """Where a lead sits; each line of shell begins in the home."""

    def run(self, command: str) -> subprocess.CompletedProcess[str]: ...
    def put(self, file: Path, name: str) -> None: ...
    def get(self, name: str) -> bytes: ...
    def terminal(self, command: str = "", columns: int = 80, rows: int = 24) -> Terminal: ...


class FirstHour:
    """What is done in the hour, in its order; each step fails with what was printed."""

    def __init__(self, desk: Desk, elsewhere: Path) -> None:
        self.desk = desk
        self.elsewhere = elsewhere
        """A folder of somebody else's machine, on which there is no planner."""
        self.sheet = forty_rows(elsewhere / "plan.xlsx")

    def run(self) -> None:
        """All of it."""
        self.looks()
        self.answers_the_queue()
        self.sees_the_first_conflict()
        self.asks_marketing_in_a_sheet()
        self.agrees_on_handovers_by_mail()
        self.commits()
        self.imports_again_and_merges()
        self.exports()

    # --- the steps --------------------------------------------------------------------------------

    def looks(self) -> None:
        """What would come of the sheet: its dates that don't hold first; nothing is written."""
        self.desk.put(self.sheet, f"{FOLDER}/plan.xlsx")
        said = self.json(f"planner import plan.xlsx {ON} --dry-run")
        assert (said["initiatives"], said["state"]) == (40, "dry run")
        assert len(said["phrases"]) == 21
        assert said["held"] == 39
        assert said["likeliest"]["held"] == 28
        days = {each["id"]: each["days"] for each in said["likeliest"]["dates"]}
        assert days["spring-campaign"] == 10
        told = {(each["row"], each["value"].split(" · ")[0]) for each in said["losses"]}
        assert {(44, "Total"), (5, "red"), (9, "yellow")} <= told
        page = self.prints(f"planner import plan.xlsx {ON} --dry-run").splitlines()
        assert "Loyalty tiers 28 May" in page[0]
        assert self.prints("ls") == "plan.xlsx\n"

    def answers_the_queue(self) -> None:
        """One phrase after another on the terminal: mostly the first candidate, once a tool."""
        with self.desk.terminal(f"cd {FOLDER} && planner import plan.xlsx {ON}", 100, 40) as queue:
            for number in range(1, 22):
                queue.wait_for(f"phrase {number} of 21")
                queue.press("t" if "needs Figma" in _asked(queue.shown) else "", "enter")
            queue.wait_for("wrote roadmap/marketing.toml")
            assert queue.wait_exit() == 0
        self.prints("planner set roadmap status_date=2027-01-18")
        needs = self.initiatives()["spring-campaign"]["needs"]
        assert [each["on"] for each in needs] == ["single-sign-on"]
        marketing = tomllib.loads(self.prints("cat roadmap/marketing.toml"))["initiatives"]
        assert marketing["product-videos"]["uses"] == ["figma"]
        assert self.initiatives()["spring-campaign"]["finish"] == "2027-04-26"

    def sees_the_first_conflict(self) -> None:
        """The first conflict between the sides has a name, under which it is explained."""
        again = self.json("planner import plan.xlsx")
        assert (again["state"], again["phrases"]) == ("no change", [])
        first = again["conflict"]
        assert (first["code"], first["severity"]) == ("SYS01", "error")
        assert "SYS01" in self.prints(f"planner explain SYS01:{first['id']}")
        assert first["id"] in self.conflicts("SYS01")

    def asks_marketing_in_a_sheet(self) -> None:
        """Marketing answers in a spreadsheet program: what it settles is no conflict any more."""
        self.prints("planner asks --for marketing asks.xlsx")
        settled = self.questions("marketing", "SYS01")[0]
        answered = self.answered_in_a_sheet("asks.xlsx", {settled["key"]: "A"}, "Anna Weber")
        self.desk.put(answered, f"{FOLDER}/asks.xlsx")
        tried = self.json("planner asks asks.xlsx --dry-run")
        assert settled["id"] in self.conflicts("SYS01")
        read = self.json("planner asks asks.xlsx")
        assert _states(tried) == _states(read) == {settled["key"]: "understood"}
        assert settled["key"] not in {each["key"] for each in self.questions("marketing")}
        assert settled["id"] not in self.conflicts("SYS01")

    def agrees_on_handovers_by_mail(self) -> None:
        """IT is asked for a date and says yes; marketing says when it needs the next one."""
        pair = "spring-campaign single-sign-on"
        self.prints(f"planner agree {pair} --ask --needed-by 2027-04-16")
        assert self.handover(pair)["state"] == "asked"
        (asked,) = self.questions("it", "agree")
        self.mails("it", {asked["key"]: "ja, bis 16.4."})
        assert self.handover(pair)["state"] == "agreed"
        needed = self.questions("marketing", "need")[0]
        self.mails("marketing", {needed["key"]: "by 30 July"})
        other = self.handover(f"{needed['id']} {needed['other']}")
        assert (other["state"], other["needed_by"]) == ("asked", "2027-07-30")

    def commits(self) -> None:
        """The roadmap, with what the import remembers, is put under git."""
        self.prints("git init -q -b main && planner git install")
        self.prints("git add roadmap .gitattributes && git " + WHO + " commit -q -m Begin")
        files = self.prints("git ls-files").split()
        assert {"roadmap/it.toml", "roadmap/marketing.toml"} <= {*files}
        assert [name for name in files if ".imports" in name]

    def imports_again_and_merges(self) -> None:
        """The sheet lives on: what it changed comes in on a branch, and git merges it by key."""
        self.prints("git checkout -q -b sheet")
        self.desk.put(with_end(self.sheet, "Product videos", "2027-03-26"), f"{FOLDER}/plan.xlsx")
        said = self.json("planner import plan.xlsx")
        assert said["state"] == "written"
        assert [each.split(" ")[0] for each in said["edits"]] == ["product-videos.estimate"]
        self.prints(f"git {WHO} commit -q -a -m Sheet && git checkout -q main")
        self.prints("planner set product-videos owner=anna-weber")
        self.prints(f"git {WHO} commit -q -a -m Owner && git {WHO} merge -q --no-edit sheet")
        videos = self.initiatives()["product-videos"]
        assert (videos["owner"], videos["duration"]) == ("anna-weber", 40)
        assert self.json("planner import plan.xlsx")["state"] == "no change"

    def exports(self) -> None:
        """The plan goes out again as a workbook, for whoever keeps to the sheet."""
        self.prints("planner export out.xlsx")
        book = load_workbook(self.fetched("out.xlsx"))
        rows = list(book["initiatives"].iter_rows(values_only=True))
        titles = {row[rows[0].index("title")] for row in rows[1:]}
        assert len(titles) == 40
        assert "Spring campaign" in titles

    def imports_on_the_screen(self) -> None:
        """The same into a roadmap that is open: answers, one step, the conflicts, a save."""
        begun = '[roadmap]\ntitle = "Spring"\nstatus_date = 2027-01-18\n'
        (self.elsewhere / "roadmap.toml").write_text(begun, "utf-8")
        self.desk.put(self.elsewhere / "roadmap.toml", f"{SCREEN}/roadmap.toml")
        self.desk.put(forty_rows(self.elsewhere / "plan.xlsx"), f"{SCREEN}/plan.xlsx")
        with self.desk.terminal(f"cd {SCREEN} && planner", 100, 30) as screen:
            screen.wait_for("Nothing is planned yet")
            screen.press(":")
            screen.wait_for("Do, or go to")
            screen.press("import", "enter")
            screen.wait_for("Import a file", "plan.xlsx")
            screen.press("plan.xlsx", "enter")
            screen.wait_for("21 of 21", "needs SSO from IT", "SYS01")
            screen.press("enter")
            screen.wait_for("20 of 21", "Spring campaign 12 Apr", "26 Apr")
            screen.press("enter")
            screen.wait_for("19 of 21", "2 dependencies")
            screen.press("a")
            screen.wait_for("1 unsaved", "40 initiatives", "Easter raffle", "Loyalty tiers")
            screen.press("2")
            screen.wait_for("DATE01", "SYS01", "spring-campaign is 10")
            screen.press("w")
            screen.wait_for("DATE01", without=["1 unsaved"])
            screen.press("q")
            assert screen.wait_exit() == 0
        written = tomllib.loads(self.desk.get(f"{SCREEN}/roadmap.toml").decode())["initiatives"]
        assert len(written) == 40
        assert written["spring-campaign"]["needs"] == ["single-sign-on"]
        ran = self.desk.run(f"cd {SCREEN} && planner import plan.xlsx --json")
        assert json.loads(ran.stdout)["state"] == "no change"

    # --- what is typed, and what it says ----------------------------------------------------------

    def prints(self, command: str) -> str:
        """What a line of shell prints in the lead's folder."""
        ran = self.desk.run(f"cd {FOLDER} && {command}")
        assert ran.returncode == 0, f"{command}: {ran.stdout}{ran.stderr}"
        return ran.stdout

    def json(self, command: str) -> dict[str, Any]:
        """What a command says as JSON."""
        said: dict[str, Any] = json.loads(self.prints(f"{command} --json"))
        return said

    def initiatives(self) -> dict[str, dict[str, Any]]:
        return {each["id"]: each for each in self.json("planner show")["initiatives"]}

    def conflicts(self, code: str) -> set[str]:
        """What the conflicts of a rule are on first."""
        ran = self.desk.run(f"cd {FOLDER} && planner check --select {code} --all --json")
        return {each["on"][0] for each in json.loads(ran.stdout)["findings"]}

    def questions(self, whom: str, act: str = "") -> list[dict[str, Any]]:
        """The questions for somebody, those of a kind or about a rule."""
        found = self.json(f"planner asks --all --for {whom}")["questions"]
        return [each for each in found if act in ("", each["act"], each["other"])]

    def handover(self, pair: str) -> dict[str, Any]:
        successor, supplier = pair.split()
        found = self.json("planner agreements")["handovers"]
        return next(
            each for each in found if (each["successor"], each["supplier"]) == (successor, supplier)
        )

    # --- the other side ---------------------------------------------------------------------------

    def fetched(self, name: str) -> Path:
        """A file of the lead's folder, sent to somebody else."""
        file = self.elsewhere / name
        file.write_bytes(self.desk.get(f"{FOLDER}/{name}"))
        return file

    def answered_in_a_sheet(self, name: str, answers: Mapping[str, str], by: str) -> Path:
        """A workbook with answers in the column for them, saved by LibreOffice where it is."""
        file = self.fetched(name)
        book = load_workbook(file)
        sheet = book.worksheets[0]
        headings = [cell.value for cell in sheet[1]]
        key, answer = (headings.index(each) for each in ("Key", "Your answer"))
        for row in sheet.iter_rows(min_row=2):
            said = {**answers, "answered-by": by}.get(str(row[key].value))
            if said is not None:
                row[answer].value = said
        book.save(file)
        return saved_by_libreoffice(file)

    def mails(self, whom: str, answers: Mapping[str, str]) -> None:
        """A page goes to somebody, is answered behind its arrows, and read back."""
        page = f"{whom}.md"
        self.prints(f"planner asks --all --for {whom} {page}")
        file = self.fetched(page)
        parts = re.split(r"(?m)^(?=\*\*)", file.read_text("utf-8"))
        filled = [_filled(part, answers) for part in parts]
        file.write_text("".join(filled), "utf-8")
        self.desk.put(file, f"{FOLDER}/{page}")
        assert _states(self.json(f"planner asks {page}")) == dict.fromkeys(answers, "understood")


def saved_by_libreoffice(file: Path) -> Path:
    """The workbook as LibreOffice saves it; as it is where there is none."""
    program = shutil.which("soffice")
    if program is None:
        return file
    with tempfile.TemporaryDirectory(prefix="planner-office-") as profile:
        out = file.parent / "saved"
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(out), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / file.name


def _filled(part: str, answers: Mapping[str, str]) -> str:
    """One question of a page, with its answer where there is one."""
    said = next((text for key, text in answers.items() if f"[{key}]" in part), "")
    return part.replace("→ Answer: ", f"→ Answer: {said}")


def _states(said: Mapping[str, Any]) -> dict[str, str]:
    """What became of each answer that was given."""
    return {each["key"]: each["state"] for each in said["answers"] if each["state"] != "open"}


def _asked(screen: str) -> str:
    """The last phrase that a terminal shows."""
    return screen.rpartition("row ")[2]
