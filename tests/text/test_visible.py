"""Nothing invisible, and nothing that a terminal obeys, gets through."""

import unicodedata

import pytest

from planner.text.visible import visible


def test_plain_text_is_the_very_same_object() -> None:
    text = "Web push – Zürich 日本 ✓ é"
    assert visible(text) is text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x07\x00\x7f", "␇␀␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("abc\u202egpj.exe", "abc⟨U+202E⟩gpj.exe"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("👩\u200d💻", "👩⟨U+200D⟩💻"),
        ("a\u00adb\ufeff", "a⟨U+00AD⟩b⟨U+FEFF⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"),
        ("a\tb", "a    b"),
        ("a\nb\r\n", "a␊b␍␊"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_newlines_can_be_kept_but_a_lone_return_is_shown() -> None:
    assert visible("one\r\ntwo\nthree\rfour\x1b", keep_newlines=True) == "one\ntwo\nthree␍four␛"


def test_no_control_or_format_character_is_left_and_twice_is_once() -> None:
    for code in range(0x110000):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            shown = visible(char)
            assert visible(shown) == shown
            assert char not in shown or code in ALLOWED, f"U+{code:04X} gets through"


ALLOWED = {
    # Signs with a shape of their own that Unicode files under "format".
    *range(0x0600, 0x0606),
    0x06DD,
    0x070F,
    0x0890,
    0x0891,
    0x08E2,
    0x110BD,
    0x110CD,
    *range(0x13430, 0x13440),
}
