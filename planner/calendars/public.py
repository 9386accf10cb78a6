"""Public holidays by country and region, from the `holidays` library.

Some countries swap days: a day off between a holiday and a weekend is worked on a Saturday instead.
The library knows both ends of a swap, and a calendar needs both.

The library is imported when a calendar names a country and not before: it costs about 80 ms, and
most roadmaps name none. A country is named by its ISO 3166 code (``DE``, ``DEU``), a region by its
ISO 3166-2 part or the name the library knows it by (``BY``, ``Bayern``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings, simplefilter

from planner.roadmap.ids import nearest
from planner.roadmap.values import NotAllowedError

if TYPE_CHECKING:
    from holidays import HolidayBase

COUNTRY_WORDS = "an ISO 3166 country code such as DE or GB"


class PublicDays(NamedTuple):
    """What a country does to its working week, by proleptic ordinal.

    `holidays` has the days off with their names, `exchanged` the days of weekends that are worked
    for some of them.
    """

    holidays: Mapping[int, str]
    exchanged: frozenset[int]


NO_DAYS = PublicDays({}, frozenset())


@lru_cache(maxsize=64)
def public_days(country: str, region: str | None, first_year: int, last_year: int) -> PublicDays:
    """The holidays and the exchanged days of both years and those between.

    Both names have passed `check_country` and `check_region`. Days for which the library has no
    data (before 1990 or after 2100 in some countries) are no holidays.
    """
    from holidays import country_holidays

    years = range(first_year, last_year + 1)
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # of years without data
        # Without a language the names would be those of whoever runs the program.
        language = _language(country_holidays(country, years=()))
        found = country_holidays(country, subdiv=region, years=years, language=language)
    return PublicDays({day.toordinal(): name for day, name in found.items()}, _exchanged(found))


def _exchanged(found: HolidayBase) -> frozenset[int]:
    """The days of weekends that are worked; none in years that were not asked for."""
    moved: Iterable[date] = found.weekend_workdays
    asked = [day for day in moved if day.year in found.years]
    return frozenset(day.toordinal() for day in asked if found.is_working_day(day))


def _language(known: HolidayBase) -> str | None:
    """English where the library has it for this country, else the country's own language."""
    spoken = (one for one in ("en_US", "en_GB", "en") if one in known.supported_languages)
    return next(spoken, known.default_language)


@lru_cache(maxsize=64)
def check_country(country: str) -> None:
    """Raises `NotAllowedError` with the nearest code where no country has this one."""
    codes = _codes()
    if country in codes.values():
        return
    code = _best(country, codes)
    raise NotAllowedError(country, COUNTRY_WORDS, code)


@lru_cache(maxsize=64)
def check_region(country: str, region: str) -> None:
    """Raises `NotAllowedError` with the nearest region where a (known) country has not this one."""
    from holidays import country_holidays

    known = country_holidays(country, years=())
    aliases: Mapping[str, str] = getattr(known, "subdivisions_aliases", None) or {}
    codes = {code.lower(): code for code in known.subdivisions}
    codes |= {name.lower(): code for name, code in aliases.items()}
    if region in known.subdivisions or region in aliases:
        return
    if not known.subdivisions:
        raise NotAllowedError(region, f"a region; none of {country} has holidays of its own")
    listed = ", ".join(sorted(set(known.subdivisions)))
    raise NotAllowedError(region, f"a region of {country} ({listed})", _best(region, codes))


def _best(word: str, codes: Mapping[str, str]) -> str | None:
    """The code whose name, or which itself, is the nearest to a word."""
    plain = word.strip().lower()
    if plain in codes:
        return codes[plain]
    near = nearest(plain, _spelled(codes), loose=True)
    return None if near is None else codes[near]


def _spelled(codes: Mapping[str, str]) -> Iterable[str]:
    return (name for name in codes if len(name) > 3)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Names and codes of every country the library knows, in lower case, to a code."""
    from holidays.registry import COUNTRIES

    found: dict[str, str] = {}
    for name, (_, first, *others) in COUNTRIES.items():
        found[name.replace("_", " ")] = first
        for code in (first, *others):
            if code.isupper() and len(code) <= 3:
                found[code.lower()] = code
    return found
