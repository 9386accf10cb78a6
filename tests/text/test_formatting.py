"""The normal form: the same data, every comment, and nothing to do the second time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.text.document import Document
from planner.text.edits import same
from planner.text.formatting import formatted
from tests.text.fuzz import a_file

ROADMAPS = Path(__file__).resolve().parents[2] / "roadmaps"

LOOSE = """\
#:schema ./roadmap.schema.json
# Written at the kick-off.

# Legal asked for this.
[initiatives.web-push]
needs=["consent-center","tags SS+5d"]   # both agreed
# three weeks if the vendor helps
estimate   = ["2w", "3w", "6w"]

title = "Web push"
# end of web push
[initiatives.consent-center]
estimate = "5w"

# The roadmap itself:

[roadmap]
title = "Plan"
[initiatives.web-push.reviews]
privacy = 2026-11-03
"""

TIDY = """\
#:schema ./roadmap.schema.json
# Written at the kick-off.

# The roadmap itself:

[roadmap]
title = "Plan"

[initiatives.consent-center]
estimate = "5w"

# Legal asked for this.
[initiatives.web-push]
title = "Web push"
# three weeks if the vendor helps
estimate = ["2w", "3w", "6w"]
needs = [
    "consent-center",
    "tags SS+5d",
]   # both agreed

[initiatives.web-push.reviews]
privacy = 2026-11-03
"""


def form(text: str) -> str:
    """The normal form of a text."""
    return formatted(Document.parse(text.encode(), "plan.toml")).text


def test_tables_keys_and_lists_are_in_order_with_their_comments() -> None:
    tidy = form(LOOSE)
    assert tidy.replace("# end of web push\n", "") == TIDY
    assert "# end of web push" in tidy


TABBED = """\
[initiatives.push]
\tneeds = [ # both agreed
\t\t"api", # why

\t\t# and this
\t  {on = "tags", why = \'\'\'
\ttwo
lines\'\'\'}
\t\t]
\ttags = [
\t\t["a",
\t\t"b"],
\t]
"""

INDENTED = """\
[initiatives.push]
tags = [
    ["a",
        "b"],
]
needs = [ # both agreed
    "api", # why

    # and this
    {on = "tags", why = \'\'\'
\ttwo
lines\'\'\'}
]
"""


def test_lines_of_a_list_stand_in_as_deep_as_they_are() -> None:
    assert form(TABBED) == INDENTED
    assert form(INDENTED) == INDENTED


SECTIONS = """\
[initiatives.zoo]
[initiatives.ant]

# ----------
# Consent
# ----------
# Legal asked for this.
[initiatives.banner]

[initiatives.ant.reviews]
privacy = 2026-11-03

# Parted from what follows.

[initiatives.archive]

# --- People ---
[teams.web]
[people.ana]
[teams.data]
"""

IN_SECTIONS = """\
[initiatives.ant]

[initiatives.ant.reviews]
privacy = 2026-11-03

[initiatives.zoo]

# ----------
# Consent
# ----------

# Parted from what follows.

[initiatives.archive]

# Legal asked for this.
[initiatives.banner]

# --- People ---

[teams.data]

[teams.web]

[people.ana]
"""


def test_a_heading_stays_above_its_section() -> None:
    assert form(SECTIONS) == IN_SECTIONS
    assert form(IN_SECTIONS) == IN_SECTIONS


@pytest.mark.parametrize("comment", ["# ---", "# see a --- b", "# Written by Ana. -"])
def test_a_comment_without_a_rule_and_words_goes_with_its_table(comment: str) -> None:
    text = form(f"{comment}\n[teams.web]\n\n[teams.data]\n")
    assert text == f"[teams.data]\n\n{comment}\n[teams.web]\n"


def test_what_is_in_form_is_the_same_document() -> None:
    document = Document.parse(TIDY.encode(), "plan.toml")
    assert formatted(document) is document


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(ending: str, mark: str) -> None:
    raw = (mark + LOOSE.replace("\n", ending)).encode()
    result = formatted(Document.parse(raw, "plan.toml")).to_bytes()
    assert result.startswith(mark.encode())
    assert result.count(b"\r\n") == (result.count(b"\n") if ending == "\r\n" else 0)


@pytest.mark.parametrize("seed", range(150))
def test_generated_files_keep_data_and_comments(seed: int) -> None:
    file = a_file(seed)
    if file is None:
        return  # not every draw is valid TOML
    document = Document.parse(file.text.encode(), "plan.toml")
    result = formatted(document)
    assert same(result.data, document.data)
    assert comments(result.text) == comments(document.text)
    assert formatted(result) is result


@pytest.mark.parametrize("path", sorted(ROADMAPS.rglob("*.toml")), ids=lambda path: path.name)
def test_the_samples_can_be_formatted(path: Path) -> None:
    document = Document.parse(path.read_bytes(), path.name)
    result = formatted(document)
    assert same(result.data, document.data)
    assert comments(result.text) == comments(document.text)


def comments(text: str) -> list[str]:
    """Every comment, roughly: what follows a # on a line, sorted."""
    return sorted(found.strip() for found in re.findall(r"#.*", text))
