"""Visible text: safe to show; nothing in it can move the cursor, reorder or hide letters.

Control characters become their pictures (``␛``), everything else that is invisible or turns the
direction of writing becomes its name (``⟨U+202E⟩``). Every string that comes from a file passes
through here before a terminal sees it; passing twice changes nothing more.
"""

from __future__ import annotations

import re

INVISIBLE = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark (bidi)
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers
    "\u17b4\u17b5\u180b-\u180f"  # Khmer and Mongolian marks without a shape
    "\u200b-\u200f"  # zero width space, non-joiner, joiner; left-to-right and right-to-left marks
    "\u2028-\u202e"  # line and paragraph separators; bidi embeddings and overrides
    "\u2060-\u206f"  # word joiner, invisible operators, bidi isolates
    "\ufeff\ufff0-\ufffb\ufffe\uffff"  # byte order mark, annotations, what is no character
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and music format controls
    "\U000e0000-\U000e0fff"  # tags, supplementary variation selectors
    "\ud800-\udfff"  # surrogates that stand alone
)
"""Characters, as ranges of a regular expression, that show nothing or turn what others show."""
_HIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f{INVISIBLE}]")
_HIDDEN_IN_LINES = re.compile(f"\r\n|[\x00-\x09\x0b-\x1f\x7f-\x9f{INVISIBLE}]")
_HIDDEN_IN_PAGES = re.compile(f"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{INVISIBLE}]")


def visible(text: str, keep_newlines: bool = False) -> str:
    """`text` with every control, bidi and invisible character made visible.

    A tab becomes blanks. A newline becomes ``␊``, or stays one with `keep_newlines`. Joiners
    inside emoji are shown too: what looks like one sign may be several.
    """
    hidden = _HIDDEN_IN_LINES if keep_newlines else _HIDDEN
    if hidden.search(text) is None:
        return text
    return hidden.sub(_shown_line_end if keep_newlines else _shown, text)


def visible_page(text: str) -> str:
    """The same for what is printed as it stands: line ends of both sorts and tabs stay.

    A difference has to keep them, or `git apply` and `patch` don't take it.
    """
    return _HIDDEN_IN_PAGES.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _shown_line_end(match: re.Match[str]) -> str:
    return "\n" if match[0] == "\r\n" else _shown(match)
