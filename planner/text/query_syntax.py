"""Syntax of the filter language: terms of a text, and how they are joined.

All terms have to hold; ``or`` (``|``) parts alternatives of which one has to, and binds less than
what stands side by side. ``-done``, ``!done`` and ``not done`` are the same; brackets group.
``float < 10`` is one term. A word that joins is a word to look for again where there is nothing to
join, and in quotes; so is a bracket without the other one. Any text is a filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

Reads = Callable[[str, str], bool]
"""Whether a text with blanks in it is a value of a key: ``1 mar`` of ``finish``."""

_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_SIGN = re.compile(r"<=|>=|!=|==|=<|=>|<>|[:=<>≤≥≠]")
_KEY = re.compile(r"[-!]*\(*[-!]*@?[A-Za-z][\w-]*")
_SPELLED = {"==": "=", "=<": "<=", "=>": ">=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!="}
_OR, _AND, _NOT = ("or", "|", "||"), ("and", "&", "&&"), ("not", "!", "-")
MOST_WORDS = 4
"""Words of a value with blanks in it: ``last day of june``."""
DEEPEST = 50
"""Brackets inside brackets that are read; what is deeper are words."""


class Term(Struct, frozen=True):
    """One term as it was typed, without what negates it."""

    text: str
    negated: bool = False


class Joined(Struct, frozen=True):
    """Terms of which `every` one has to hold, else one of them; none at all hold always."""

    parts: tuple[Asked, ...]
    every: bool = True


Asked = Term | Joined


def asked(text: str, reads: Reads = lambda _key, _value: False) -> Asked:
    """What a filter's text asks for."""
    tokens = list(_together(_TOKEN.findall(text), reads))
    return _Parser(list(_atoms(tokens))).everything()


def terms(asked: Asked) -> Iterator[Term]:
    """Every term, in the order of the text."""
    if isinstance(asked, Term):
        yield asked
    else:
        for part in asked.parts:
            yield from terms(part)


# --- what is one term -----------------------------------------------------------------------------


def _together(tokens: list[str], reads: Reads) -> Iterator[str]:
    """The tokens, with those that are one comparison as one: ``float < 10`` is ``float<10``."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if _KEY.fullmatch(token) and at < len(tokens) and _SIGN.match(tokens[at]):
            token += tokens[at]
            at += 1
        found = _compared(token)
        if found is None:
            yield token
            continue
        key, sign, value = found
        while (not value or value.endswith(",")) and at < len(tokens):
            value += tokens[at]
            at += 1
        more = _more(key, value, tokens[at : at + MOST_WORDS], reads)
        yield f"{key}{sign}{' '.join((value, *tokens[at : at + more]))}"
        at += more


def _compared(token: str) -> tuple[str, str, str] | None:
    """The key, the sign as the language spells it, and the value so far."""
    key = _KEY.match(token)
    sign = _SIGN.match(token, key.end()) if key else None
    if key is None or sign is None:
        return None
    return key[0], _SPELLED.get(sign[0], sign[0]), token[sign.end() :]


def _more(key: str, value: str, behind: list[str], reads: Reads) -> int:
    """How many of the words behind a value belong to it."""
    name = key.lstrip("-!(").casefold()
    for count in range(len(behind), 0, -1):
        if reads(name, " ".join((value, *behind[:count])).rstrip(")")):
            return count
    return 0


# --- what joins terms -----------------------------------------------------------------------------


class _Atom(Struct, frozen=True):
    """A term, or (with a `sign`) what joins terms: ``or``, ``and``, ``not``, ``(``, ``)``."""

    text: str
    sign: str = ""


def _atoms(tokens: list[str]) -> Iterator[_Atom]:
    brackets = _balanced(tokens)
    begins = True
    for at, token in enumerate(tokens):
        last = at == len(tokens) - 1
        word = token.casefold()
        if not begins and not last and word in (*_OR, *_AND):
            yield _Atom(token, "or" if word in _OR else "and")
            begins = True
            continue
        if not last and word in _NOT:
            yield _Atom(token, "not")
            continue
        for atom in _pieces(token, brackets):
            begins = atom.sign in ("(", "not")
            yield atom


def _pieces(token: str, brackets: bool) -> Iterator[_Atom]:
    """One token with the signs that stand before and behind it."""
    while (brackets and token[:1] == "(") or (len(token) > 1 and token[0] in "-!"):
        yield _Atom(token[0], "(" if token[0] == "(" else "not")
        token = token[1:]
    closing = len(token) - len(token.rstrip(")")) if brackets else 0
    closing = min(closing, max(0, closing - token.count("(")))
    if token := token[: len(token) - closing]:
        yield _Atom(token)
    yield from [_Atom(")", ")")] * closing


def _balanced(tokens: list[str]) -> bool:
    """Whether every bracket that opens before a token is closed behind one, and none too early."""
    depth = 0
    for token in tokens:
        for piece in _pieces(token, brackets=True):
            depth += (piece.sign == "(") - (piece.sign == ")")
            if not 0 <= depth <= DEEPEST:
                return False
    return depth == 0


class _Parser:
    """Reads atoms from left to right; negations go down to the terms."""

    def __init__(self, atoms: list[_Atom]) -> None:
        self._atoms = atoms
        self._at = 0

    def everything(self) -> Asked:
        """All of it; what is left behind a bracket that is none is asked for too."""
        found: list[Asked] = []
        while self._sign != "end":
            before = self._at
            found.append(self._either(negated=False))
            if self._at == before:
                self._at += 1
        return found[0] if len(found) == 1 else Joined(tuple(found))

    @property
    def _sign(self) -> str:
        return self._atoms[self._at].sign if self._at < len(self._atoms) else "end"

    def _either(self, *, negated: bool) -> Asked:
        parts = [self._all(negated=negated)]
        while self._sign == "or":
            self._at += 1
            parts.append(self._all(negated=negated))
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), every=negated)

    def _all(self, *, negated: bool) -> Asked:
        parts: list[Asked] = []
        while self._sign not in (")", "or", "end"):
            if self._sign == "and":
                self._at += 1
            else:
                parts.append(self._one(negated=negated))
        return parts[0] if len(parts) == 1 else Joined(tuple(parts), every=not negated)

    def _one(self, *, negated: bool) -> Asked:
        while self._sign == "not":
            negated, self._at = not negated, self._at + 1
        atom = self._atoms[self._at] if self._at < len(self._atoms) else _Atom("")
        self._at += 1
        if atom.sign != "(":
            return Term(atom.text, negated)
        inside = self._either(negated=negated)
        self._at += self._sign == ")"
        return inside
