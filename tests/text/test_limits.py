"""What is refused before or besides parsing, each with its line."""

import pytest

from planner.errors import ReadError
from planner.text.document import Document
from planner.text.limits import MAX_BYTES


def refusal(raw: bytes | str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        Document.parse(raw.encode() if isinstance(raw, str) else raw, "plans/it.toml")
    assert caught.value.file == "plans/it.toml"
    return caught.value


class TestWhatIsNoText:
    def test_invalid_utf_8_names_its_line(self) -> None:
        error = refusal(b"a = 1\nb = '\xff'\n")
        assert error.line == 2
        assert "not UTF-8" in error.message

    def test_a_nul_byte_names_its_line(self) -> None:
        assert refusal(b"a = 1\n\nb = '\x00'\n").line == 3

    def test_a_lone_carriage_return_names_its_line(self) -> None:
        error = refusal(b"a = 1\r\nb = 2\rc = 3\r\n")
        assert error.line == 2
        assert "carriage return" in error.message

    def test_crlf_and_a_byte_order_mark_are_read(self) -> None:
        raw = b"\xef\xbb\xbfa = 1\r\nb = 2\r\n"
        document = Document.parse(raw, "x.toml")
        assert document.data == {"a": 1, "b": 2}
        assert document.to_bytes() == raw

    def test_more_than_64_mb_are_not_looked_at(self) -> None:
        assert "64" in refusal(b"#" * (MAX_BYTES + 1)).message


class TestConflictMarkers:
    MERGED = "[a]\nx = 1\n<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> theirs\n"

    def test_are_named_with_their_line(self) -> None:
        error = refusal(self.MERGED)
        assert error.line == 3
        assert "conflict markers" in error.message

    def test_are_found_inside_a_text_of_several_lines(self) -> None:
        inside = 'notes = """\n<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n"""\n'
        assert refusal(inside).line == 2

    def test_are_found_with_crlf(self) -> None:
        assert refusal(self.MERGED.replace("\n", "\r\n")).line == 3

    def test_a_line_of_signs_in_a_text_is_none(self) -> None:
        assert (
            Document.parse(b'a = """\n=======\n<<<<<<<<<\n"""', "x").data["a"]
            == "=======\n<<<<<<<<<\n"
        )


class TestSizes:
    def test_a_key_has_16_parts_at_most(self) -> None:
        assert Document.parse(b".".join([b"a"] * 16) + b" = 1", "x").data
        error = refusal("x = 1\n" + ".".join(["a"] * 17) + " = 1")
        assert (error.line, error.message) == (2, "a key has more than 16 parts")

    def test_a_quoted_or_spaced_key_counts_the_same(self) -> None:
        assert refusal(" . ".join(['"a"'] * 17) + " = 1").line == 1
        assert refusal("[" + ".".join(["'a'"] * 17) + "]").line == 1
        assert refusal("x = { " + ".".join(["a"] * 17) + " = 1 }").line == 1

    def test_dots_in_texts_are_no_key(self) -> None:
        assert Document.parse(
            b'a = "x.y.z.x.y.z.x.y.z.x.y.z.x.y.z.x.y.z ... ............"', "x"
        ).data

    def test_nesting_has_32_levels_at_most(self) -> None:
        assert Document.parse(b"a = " + b"[" * 32 + b"]" * 32, "x").data
        error = refusal("\n\na = " + "[" * 33 + "]" * 33)
        assert error.line == 3
        assert "nested deeper than 32" in error.message

    def test_tables_count_as_levels(self) -> None:
        assert refusal("a = " + "{ b = [" * 17 + "]}" * 17).line == 1

    def test_brackets_in_texts_are_no_levels(self) -> None:
        text = 'a = "' + "[" * 50 + '"\nb = [1]\n'
        assert Document.parse(text.encode(), "x").data["b"] == [1]

    def test_a_number_has_400_digits_at_most(self) -> None:
        assert Document.parse(b"a = " + b"1" * 400, "x").data
        assert refusal("b = 1\na = " + "1" * 401).line == 2
        assert refusal("a = 0x" + "f" * 401).line == 1
        assert refusal("a = 1." + "0" * 5000).line == 1

    def test_long_runs_of_digits_in_texts_and_comments_are_fine(self) -> None:
        text = f'a = "{"0" * 5000}"  # {"1" * 5000}\n'
        assert len(Document.parse(text.encode(), "x").data["a"]) == 5000

    @pytest.mark.parametrize(
        "bomb", ["a" + ".a" * 20_000 + " = 1", "[" * 40_000, "a = " + "{a=" * 20_000]
    )
    def test_a_line_of_40_kb_is_refused_at_once(self, bomb: str) -> None:
        assert refusal(bomb).line == 1


class TestOnlyToml10:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("a = 1\nb = { x = 1,\n y = 2 }\n", 2),
            ("a = 1\nb = {\n}\n", 2),
            ("a = 1\n\nb = { x = 1, }\n", 3),
            ("b = { x = 1 # why\n}\n", 1),
            ("n = [\n  { on = 'a', },\n]\n", 2),
            ('a = "\\e[0m"\n', 1),
            ('a = 1\nb = "\\x41"\n', 2),
            ('a = """\none\n\\x41"""\n', 3),
            ("[x]\nt = 10:30\n", 2),
            ("t = 2027-01-01 10:30\n", 1),
            ("t = 2027-01-01T10:30Z\n", 1),
            ("t = [\n10:30,\n]\n", 2),
        ],
    )
    def test_what_1_1_added_is_refused_with_its_line(self, text: str, line: int) -> None:
        error = refusal(text)
        assert error.line == line
        assert "TOML 1.1" in error.message

    @pytest.mark.parametrize(
        "text",
        [
            'a = "at 10:30"  # or 10:45\n',
            "a = '\\e \\x41'\n",
            'a = "\\\\e"\n',
            'a = "{ x,\\n }, }"\n',
            "a = { b = [\n1,\n] }\n",
            "t = 10:30:00\nu = 2027-01-01T10:30:00.5+02:00\n",
            'a = """\n10:30 { x = 1,\n}\n"""\n',
            'a = { b = "}" , c = 1 }\n',
        ],
    )
    def test_what_only_looks_like_it_is_read(self, text: str) -> None:
        assert Document.parse(text.encode(), "x").data

    def test_a_file_that_does_not_parse_says_where(self) -> None:
        assert refusal("[a]\nx 1\n").line == 2
        assert refusal("[a]\nx = \n").line == 2

    def test_a_table_that_is_written_twice_is_called_by_its_name(self) -> None:
        error = refusal("[initiatives.a]\n[initiatives.b]\n[initiatives.a]\n")
        assert error.line == 3
        assert error.message == "[initiatives.a] stands here a second time"
