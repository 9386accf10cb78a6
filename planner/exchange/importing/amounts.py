"""Money and shares as sheets have them: ``1.200,50 €``, ``12k``, ``$12,000``, ``45 %``."""

from __future__ import annotations

import re

from msgspec import Struct

_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD",
    "us$": "USD", "dollar": "USD", "dollars": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF",
    "fr": "CHF", "sfr": "CHF", "¥": "JPY", "jpy": "JPY", "pln": "PLN", "sek": "SEK", "dkk": "DKK",
}  # fmt: skip
_SCALES = {
    "k": 1_000, "t": 1_000, "tsd": 1_000, "th": 1_000, "mil": 1_000, "thousand": 1_000,
    "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000, "mm": 1_000_000, "million": 1_000_000,
    "millionen": 1_000_000, "millions": 1_000_000, "millones": 1_000_000,
}  # fmt: skip
_MONEY = re.compile(r"([^\d.,+-]*)\s*([+-]?)\s*(\d[\d.,'’_\s]*?)(?:[.,]\s?[-–—]+)?\s*([^\d]*)")


def currency_in(heading: str) -> str:
    """The currency that a heading names, as ISO writes it: ``Budget (k€)``; empty for none."""
    words = re.findall(r"[€$£¥]|[a-z]+", heading.casefold())
    return next((_CURRENCIES[word] for word in words if word in _CURRENCIES), "")


class Money(Struct, frozen=True):
    """An amount, or three of a range; `currency` as ISO writes it where the text says one."""

    amount: int | float | tuple[int | float, int | float, int | float]
    currency: str = ""


def read_money(text: str, scale: str = "") -> Money | None:
    """What a cell of costs says; `scale` (``k``) is that of its column."""
    words = " ".join(text.casefold().split())
    words = re.sub(r"^(?:~|≈|ca\.?|circa|approx\.?|max\.?|bis|up to|about)\s*", "", words)
    ends = re.split(r"\s*[–—]\s*|(?<=[\dk€$])\s*-\s*(?=[\d€$])|\s+(?:to|bis|à|a)\s+", words)
    if len(ends) == 2:
        return _range(ends[0], ends[1], scale)
    return _one(words, scale)


def _range(low: str, high: str, scale: str) -> Money | None:
    last = _one(high, scale)
    tail = re.search(r"(?<=[\d\s])(k|m|tsd|mio)\b", high)
    first = _one(low + (tail[1] if tail and not re.search("[a-z]", low) else ""), scale)
    if last is None or first is None:
        return None
    least, most = first.amount, last.amount
    if isinstance(least, tuple) or isinstance(most, tuple) or least > most:
        return None
    return Money((least, _plain((least + most) / 2), most), first.currency or last.currency)


def _one(words: str, scale: str) -> Money | None:
    match = _MONEY.fullmatch(words)
    if match is None:
        return None
    currency, factor = "", 1
    for word in re.findall(r"us\$|[€$£¥]|[a-z]+", f"{match[1]} {match[4]}"):
        known = next((k for k in (word, word[1:]) if k in _CURRENCIES), None)
        if word in _SCALES:
            factor = _SCALES[word]
        elif known is not None and (known == word or word[0] in "tk"):
            currency = _CURRENCIES[known]
            factor = factor if known == word else 1_000
        else:
            return None
    if re.search(r"[^\sa-z€$£¥.]", f"{match[1]}{match[4]}"):
        return None
    number = read_number(match[3])
    if number is None or (match[2] == "-" and number):
        return None
    return Money(_plain(number * (_SCALES[scale] if scale and factor == 1 else factor)), currency)


_GROUPED = re.compile(r"(?<=\d)['’_\s](?=\d{3}(?!\d))")
MOST_FIGURES = 18
"""Of a number; one of more is none of a plan."""


def is_count(text: str) -> bool:
    """Whether a text is figures that are a number, of no more than one can be meant with."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_FIGURES


def read_number(text: str) -> float | None:
    """A number with decimal point or comma and thousands in groups; three figures are a group."""
    figures = _GROUPED.sub("", text.strip()).rstrip(".,")
    if len(figures) > MOST_FIGURES or re.search(r"[^\d.,]", figures):
        return None
    signs = re.findall(r"[.,]", figures)
    if not signs:
        return float(figures) if figures.isdecimal() else None
    last = figures.rfind(signs[-1])
    whole, decimals = figures[:last], figures[last + 1 :]
    if len(set(signs)) == 1 and (len(signs) > 1 or len(decimals) == 3) and whole[:1] != "0":
        groups = re.split(r"[.,]", figures)
        if all(len(each) == 3 for each in groups[1:]):
            return float("".join(groups))
        return None
    plain = re.sub(r"[.,]", "", whole)
    return float(f"{plain or 0}.{decimals}") if decimals.isdecimal() else None


def _plain(number: float) -> int | float:
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def read_share(text: str) -> float | None:
    """A per cent from 0 to 100 as a text: ``45 %``, ``45``, ``4/10``; None for anything else."""
    words = text.strip().replace(" ", "")
    if match := re.fullmatch(r"(\d{1,6})/(\d{1,6})", words):
        number = 100 * int(match[1]) / int(match[2]) if int(match[2]) else -1.0
    else:
        words = words.removesuffix("%")
        match = re.fullmatch(r"\d+(?:[.,]\d+)?", words)
        number = float(words.replace(",", ".")) if match and len(words) < MOST_FIGURES else -1.0
    return _plain(number) if 0 <= number <= 100 else None
