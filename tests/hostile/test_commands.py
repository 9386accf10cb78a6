"""Nothing in a file, its name, its folder's name or its history reaches a terminal as a command."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import pytest

from planner.cli.main import COMMANDS, main
from planner.cli.merge import FAILED
from planner.exchange.exporting import FORMATS
from planner.session.session import Session
from tests.git.clones import Clone, clone_at
from tests.hostile.roadmaps import LEAKS, PIECES, Words, quoted, readable, unreadable
from tests.long import examples

NAME = "".join(PIECES[:4]).replace("/", "") + "\u202e\u200b\x9b1m\t\n[b]"
"""A name of a file, a folder or a person: what a file system allows, and not too long."""
READING: tuple[tuple[str, ...], ...] = (
    ("show",),
    ("show", "--json"),
    ("show", "--width", "80"),
    ("check",),
    ("check", "--json"),
    ("check", "--format", "sarif"),
    ("check", "--format", "github"),
    ("check", "--format", "junit"),
    ("check", "--fix", "DATE01"),
    ("check", "--base", "HEAD"),
    ("show", "--short"),
    ("check", "--short"),
    ("ready",),
    ("ready", "--json"),
    ("mine", "--for", "marketing"),
    ("mine", "--for", "it", "--json"),
    ("agenda",),
    ("agenda", "--json"),
    ("agenda", "--for", "it", "--all"),
    ("minutes",),
    ("minutes", "--json"),
    *(("export", "-", "--format", suffix[1:]) for suffix in FORMATS if suffix != ".xlsx"),
    ("export", "-", "--format", "csv", "--filter", "id:web"),
    ("asks", "--for", "marketing", "--all"),
    ("asks", "--for", "marketing", "--json"),
    ("report", "-"),
    ("report", "--json"),
    ("path",),
    ("path", "--to", "web"),
    ("agreements",),
    ("agreements", "--json"),
    ("agreements", "--slip", "5"),
    ("agreements", "--for", "marketing"),
    ("agreements", "--for", "it", "--markdown"),
    ("outcomes",),
    ("outcomes", "--json"),
    ("owes",),
    ("owes", "--by", "month", "--markdown"),
    ("owes", "--json"),
    ("capacity",),
    ("capacity", "--json"),
    ("capacity", "--months", "--on", "2027-03-10"),
    ("gaps",),
    ("network",),
    ("network", "web", "--json"),
    ("gaps", "--json"),
    ("gaps", "--questions"),
    ("promises",),
    ("promises", "--by", "team", "--markdown"),
    ("promises", "--json"),
    ("fmt", "--check"),
    ("fmt", "--diff"),
    ("open",),
    ("resolve",),
    ("commit",),
    ("commit", "--dry-run", "--diff"),
    ("git", "status"),
    ("git", "install"),
    ("git", "uninstall"),
)
"""Commands that end with the roadmap's path."""
AT: tuple[tuple[str, ...], ...] = (
    ("why", "web"),
    ("why", "{name}"),
    ("why", "web", "--json"),
    ("reach", "web", "2027-03-10", "--json"),
    ("reach", "web", "2027-03-10"),
    ("reach", "web", "--curve"),
    ("reach", "--budget", "it=1"),
    ("reach", "--budget", "{name}"),
    ("reach", "web", "{name}"),
    ("announce", "web", "2027-03-10"),
    ("announce", "web", "2027-03-10", "--json"),
    ("announce", "web", "{name}"),
    ("announce", "{name}", "2027-03-10", "--write"),
    ("history",),
    ("history", "--json"),
    ("history", "{name}", "--since", "{name}"),
    ("diff",),
    ("diff", "--json"),
    ("diff", "--dates"),
    ("compare", "HEAD"),
    ("compare", "HEAD", "--json"),
    ("compare", "{name}"),
    ("what-if", "{name}"),
    ("diff", "{name}"),
    ("set", "web", "title={name}", "--dry-run"),
    ("set", "{name}", "title=x"),
    ("set", "web", "{name}={name}"),
    ("set", "web", "owner={name}"),
    ("add", "initiative", "{name}"),
    ("add", "{name}", "x"),
    ("remove", "api", "--dry-run"),
    ("remove", "{id}", "--dry-run"),
    ("rename", "api", "{name}"),
    ("rename", "{id}", "zeta", "--dry-run"),
    ("link", "api", "{name}"),
    ("link", "api", "odd", "--dry-run"),
    ("unlink", "{name}", "web"),
    ("unlink", "api", "web", "--dry-run"),
    ("status", "web", "{name}"),
    ("status", "web", "active", "--on", "{name}"),
    ("status", "web", "active"),
    ("asks", "--for", "it", "--all"),
    ("asks", "--for", "{name}"),
    ("report", "{name}.md"),
    ("report", "{name}.html"),
    ("report", "-", "--title", "{name}"),
    ("report", "{name}.svg"),
    ("report", "--for-data", "{name}"),
    ("report", "-", "--for", "{name}"),
    ("asks", "{name}.md"),
    ("agree", "good", "--by", "{name}"),
    ("agree", "web", "api", "--by", "it"),
    ("agree", "{name}"),
    ("set", "api", "title={name}"),
    ("fmt",),
)
"""Commands that take the roadmap with `-r`."""
OTHER: tuple[tuple[str, ...], ...] = (
    ("init", "{name}/x/"),
    ("init", "{path}"),
    ("init", "new{name}"),
    ("init", "pilot{name}", "--pilot", "{name}"),
    ("import", "{path}"),
    ("import", "{name}", "{path}"),
    ("import", "{path}", "--links", "{name}/x", "--take", "{name}"),
    ("help", "{name}"),
    ("completion", "{name}"),
    ("help", "keys"),
    ("config", "path"),
    ("config", "show"),
    ("config", "show", "--json"),
    ("config", "edit"),
    ("demo", "--{name}"),
    ("demo",),
    ("show", "--width", "{name}"),
    ("show", "{name}"),
    ("show", "{folder}"),
    ("check", "{path}", "--select", "{name}"),
    ("check", "{path}", "--for", "{name}"),
    ("check", "{path}", "--fix", "{name}"),
    ("check", "{path}", "--as-of", "{name}"),
    ("merge", "{base}", "{base}", "{path}", "7", "{name}"),
    ("merge", "{base}", "{name}", "{name}", "7", "{name}"),
    ("diff", "--textconv", "{path}"),
    ("export", "{name}.csv", "{path}"),
    ("export", "{name}", "{path}"),
    ("export", "-", "{path}", "--format", "{name}"),
    ("export", "-", "{path}", "--format", "csv", "--for", "{name}"),
    ("rules", "{name}"),
    ("rules",),
    ("explain", "{name}"),
    ("explain", "DATE01"),
    ("schema", "{name}"),
    ("{name}",),
)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A repository whose names are hostile, with two states of a readable and a broken roadmap."""
    clone = clone_at(tmp_path_factory.mktemp("hostile") / NAME)
    person = NAME.replace("\n", "").replace("<", "").replace(">", "").replace("\0", "")
    clone.environment |= {"GIT_AUTHOR_NAME": person, "GIT_COMMITTER_NAME": person}
    (clone.top / NAME).mkdir()
    for seed in ("[roadmap]\n", ""):
        words = Words()
        clone.write(f"{NAME}.toml", seed or readable(words))
        clone.write(f"{NAME}/{NAME}.toml", seed or unreadable(words))
        clone.write(f"{NAME}/b{NAME}.toml", f"[teams.t]\ntitle = {words.key()}\n")
        if seed:
            clone.git("add", "-A")
            clone.git("commit", "-q", "-m", NAME)
            clone.git("checkout", "-q", "-b", "\u202e\x9b1m\u200b")
    clone.write("base.toml", "[roadmap]\n")
    clone.write(f"broken{NAME}.toml", f"[initiatives.a]\ntitle = {quoted(NAME)[:-1]}\x9b\u202e\n")
    return clone


def all_commands(clone: Clone) -> Iterator[list[str]]:
    """Every command, on every roadmap."""
    file, folder, broken = f"{NAME}.toml", NAME, f"broken{NAME}.toml"
    for path in (file, folder, broken):
        ids = [""]
        if path != broken:
            tables = Session.open(clone.top / path).plan.tables
            ids = [id for id in tables["initiatives"] if id not in ("web", "api", "odd")]
        said = {"name": NAME, "path": path, "folder": folder, "base": "base.toml", "id": ids[0]}
        for words in READING if path == file else READING[:: examples(2, 1)]:
            yield [*words, path]
        for words in AT if path != broken else ():
            yield [*(word.format(**said) for word in words), "-r", path]
        for words in OTHER if path == file else ():
            yield [word.format(**said) for word in words]


def ran(words: list[str]) -> tuple[int, str]:
    """Run a command in this process: its exit code, and all that it printed."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            main(words)
        except SystemExit as left:
            code = int(left.code or 0)
    return code, printed.buffer.getvalue().decode()


def as_printed(words: list[str], printed: str) -> str:
    """What is looked through: tabs and line ends stay where lines of a file are printed."""
    is_file = "--diff" in words or "--dry-run" in words or words[0] == "export"
    return printed.replace("\t", "").replace("\r\n", "\n") if is_file else printed


def test_every_command_is_tried() -> None:
    assert {words[0] for words in (*READING, *AT, *OTHER)} >= COMMANDS.keys()


def test_no_command_passes_anything_on(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.cli.main.guarded", contextlib.nullcontext)
    monkeypatch.chdir(clone.top)
    for name in ("GIT_AUTHOR_NAME", "GIT_CONFIG_GLOBAL"):
        monkeypatch.setenv(name, clone.environment[name])
    said = 0
    wrong = []
    for words in all_commands(clone):
        code, printed = ran(words)
        said += len(printed)
        if code not in (0, 1, FAILED if words[0] == "merge" else 2, 2):
            wrong.append(f"{code}: {words}: {printed[-300:]}")
        if leaked := LEAKS.findall(as_printed(words, printed)):
            wrong.append(f"{sorted(set(leaked))}: {words}")
    assert not wrong, "\n".join(wrong)
    assert said > 100_000


def test_what_slips_through_is_made_visible(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("planner.cli.schema.json.dumps", lambda *_, **__: "".join(PIECES))
    with pytest.raises(SystemExit):
        main(["schema"])
    printed = capsys.readouterr()
    assert "␛]52;c;aGk=␇" in printed.out
    assert set(LEAKS.findall(printed.out)) == {"\t"}
