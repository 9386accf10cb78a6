"""Comments in lists: each stays beside the element that it is about, in whatever layout."""

from __future__ import annotations

import random
import re

import tomli
from msgspec import Struct

from planner.text.document import Document
from planner.text.edits import SetKey

NAMES = ("ab", "cd", "ef", "gh", "ij")
HEAD = "# top\n[initiatives.push]\ntitle = 'Push'  # a title\n"
TAIL = "priority = 2  # urgent\n\n# of the team\n[teams.crm]\n"
TOKEN = re.compile(r"""["']([a-z]{2})["']|(\#[^\r\n]*)|(,)|(\n)""")


class Item(Struct, frozen=True):
    """An element as it is written: comments above it, before its comma and behind it."""

    name: str
    above: tuple[str, ...]
    before_comma: str
    behind: str
    blank_above: bool


class Listed(Struct, frozen=True):
    """A list in some layout: its text, its elements, and the comments that are about none."""

    text: str
    items: tuple[Item, ...]
    opening: str
    closing: tuple[str, ...]
    newline: str

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.items]


def listed(seed: int) -> Listed:
    """A list in a random layout, with a comment that tells itself apart wherever one can stand."""
    draw = random.Random(seed)
    newline = draw.choice(("\n", "\n", "\r\n"))
    chance = draw.choice((0.2, 0.5, 0.9))
    indent = draw.choice(("    ", "  ", "\t", ""))
    lines = draw.random() < 0.8

    def some(what: str) -> str:
        return f"# {what}" if draw.random() < chance else ""

    count = draw.randint(0, 4)
    names = draw.sample(NAMES, count)
    opening = some("opening")
    out = f"[  {opening}{newline}" if opening else "[" + (newline if lines else "")
    items = []
    for at, name in enumerate(names):
        fresh = out.endswith("\n")
        above = tuple(c for c in (some(f"{name} above"), some(f"{name} higher")) if c and fresh)
        blank = fresh and at > 0 and draw.random() < 0.2
        out += newline if blank else ""
        out += "".join(f"{indent}{each}{newline}" for each in above) + (indent if fresh else " ")
        out += draw.choice(('"%s"', "'%s'")) % name
        last = at == len(names) - 1
        comma = not last or draw.random() < 0.5
        before = some(f"{name} gap") if comma and draw.random() < 0.3 else ""
        out += f" {before}{newline}{indent}" if before else ""
        behind = some(f"{name} behind")
        out += ("," if comma else "") + (f"  {behind}{newline}" if behind else "")
        if not behind and lines and draw.random() < 0.8:
            out += newline
        items.append(Item(name, above, before, behind, blank))
    closing = tuple(c for c in (some("closing"),) if c and out.endswith("\n"))
    out += "".join(f"{indent}{each}{newline}" for each in closing)
    return Listed(f"{out}]", tuple(items), opening, closing, newline)


def document(this: Listed, behind: str = "  # behind the bracket") -> str:
    text = f"{HEAD}uses = ".replace("\n", this.newline)
    return text + this.text + f"{behind}\n{TAIL}".replace("\n", this.newline)


def changed(draw: random.Random, names: list[str]) -> list[str]:
    """Another list: some gone, some new, some elsewhere."""
    kept = [each for each in names if draw.random() < 0.6]
    new = [each for each in (*NAMES, "yz") if each not in names]
    if draw.random() < 0.3:
        draw.shuffle(kept)
    for name in draw.sample(new, draw.randint(0, min(2, len(new)))):
        kept.insert(draw.choice((len(kept), draw.randint(0, len(kept)))), name)
    return kept


def places(text: str) -> tuple[dict[str, int], dict[str, tuple[str, str]]]:
    """How often each comment stands in a list, and the elements before and after it."""
    counts: dict[str, int] = {}
    found: dict[str, tuple[str, str]] = {}
    before, open_ = "[", list[str]()
    for name, comment, _, _ in TOKEN.findall(text):
        if name:
            found |= {each: (found[each][0], name) for each in open_}
            before, open_ = name, []
        elif comment:
            counts[comment] = counts.get(comment, 0) + 1
            found[comment] = (before, "]")
            open_.append(comment)
    return counts, found


def behind_on_its_line(text: str, name: str, comment: str) -> bool:
    return any(
        re.search(rf"""["']{name}["'][ ,]*{re.escape(comment)}""", line)
        for line in text.splitlines()
    )


def follows(seed: int) -> None:
    """Make another list of it; every comment is where it belongs, and all else as it was."""
    this = listed(seed)
    before = document(this)
    assert tomli.loads(before)["initiatives"]["push"]["uses"] == this.names
    names = changed(random.Random(seed + 1), this.names)
    edit = SetKey("initiatives", "push", ("uses",), names)
    after = Document.parse(before.encode(), "it.toml").apply(edit).to_bytes().decode()
    assert tomli.loads(after)["initiatives"]["push"]["uses"] == names
    start, end = before.index(this.text), len(before) - before.index(this.text) - len(this.text)
    assert after[:start] == before[:start], "above the list"
    assert after[len(after) - end :] == before[len(before) - end :], "below the list"
    if this.newline == "\r\n":
        assert "\n" not in after.replace("\r\n", ""), "a line without its carriage return"
    if names == this.names:
        assert after == before
    inside(this, names, after[start : len(after) - end])


def inside(this: Listed, names: list[str], text: str) -> None:
    counts, found = places(text)
    assert all(count == 1 for count in counts.values()), "twice"
    if this.opening:
        assert re.match(rf"\[  {this.opening}\r?\n", text), "the opening comment moved"
    for each in this.closing:
        assert found[each][1] == "]", "the closing comment moved"
    for item in this.items:
        beside(item, names, text, found)
    for at, item in enumerate(this.items):
        if item.name not in names:
            for each in set(item.above) & found.keys():
                assert found[each][1] in heads(this, at), f"{each} is above another"


def heads(this: Listed, at: int) -> list[str]:
    """The elements below a comment of one, up to what says something else."""
    found: list[str] = []
    for item in this.items[at + 1 :]:
        if item.above or item.blank_above:
            break
        found.append(item.name)
    return found


def beside(item: Item, names: list[str], text: str, found: dict[str, tuple[str, str]]) -> None:
    if item.name not in names:
        assert not {item.behind, item.before_comma} & found.keys(), "left behind"
        return
    spelled = re.findall(rf"""["']{item.name}["']""", text)
    assert len(spelled) == 1
    for each in item.above:
        assert found[each][1] == item.name, f"{each} moved"
    for each in (item.before_comma, item.behind):
        assert not each or found[each][0] == item.name, f"{each} moved"
    if item.behind and not item.before_comma:
        assert behind_on_its_line(text, item.name, item.behind), f"{item.behind} has a line"


def test_every_comment_stays_beside_its_element() -> None:
    for seed in range(1500):
        try:
            follows(seed)
        except (AssertionError, KeyError) as error:
            raise AssertionError(f"seed {seed}: {error!r}") from None


def put(value: str, key: str, new: list[str]) -> str:
    """What becomes of a key of one initiative."""
    head = "[initiatives.push]\n"
    edit = SetKey("initiatives", "push", (key,), new)
    after = Document.parse(f"{head}{key} = {value}\n".encode(), "it.toml").apply(edit)
    return after.text.removeprefix(f"{head}{key} = ").removesuffix("\n")


def test_a_comment_behind_the_bracket_is_about_no_element() -> None:
    assert put("[  # none yet\n]", "uses", ["cdp"]) == '[  # none yet\n    "cdp",\n]'
    assert put('[  # ours\n    "cdp",\n]', "uses", []) == "[  # ours\n]"


def test_a_comment_above_goes_with_its_element_unless_it_heads_others() -> None:
    heading = '[\n    # of IT\n    "ab",\n    "cd",\n]'
    assert put(heading, "uses", ["cd"]) == '[\n    # of IT\n    "cd",\n]'
    each = '[\n    # why ab\n    "ab",\n    # why cd\n    "cd",\n]'
    assert put(each, "uses", ["cd"]) == '[\n    # why cd\n    "cd",\n]'
    loose = '[\n    # of us all\n\n    # why ab\n    "ab",\n]'
    assert put(loose, "uses", []) == "[\n    # of us all\n]"


def test_of_two_links_on_one_each_keeps_its_own_comment() -> None:
    before = '[\n    "ab SS",  # to start\n    "ab FF",  # to finish\n]'
    assert put(before, "needs", ["ab FF"]) == '[\n    "ab FF",  # to finish\n]'


def test_estimates_are_told_apart_by_their_places() -> None:
    before = '[\n    "3w",  # if all goes well\n    "4w",\n    "7w",  # if not\n]'
    assert put(before, "estimate", ["2w", "4w", "9w"]) == before.replace("3w", "2w").replace(
        "7w", "9w"
    )
