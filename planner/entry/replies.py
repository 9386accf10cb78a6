"""What people write as an answer: yes, no, a day, a figure, in four languages.

Nothing is passed over and nothing is guessed: an answer is understood as a whole or it is not. A
condition, a doubt or a question is none of these, and so is asked back; so is a day that depends on
when it was written, where nobody said when that was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.figures import MONTHS
from planner.roadmap.typed import Unclear
from planner.roadmap.typed_days import typed_date, typed_span
from planner.roadmap.typed_words import MONTH_NAMES, WEEKDAY_NAMES, in_one_spelling

Verdict = Literal["yes", "no", "done", "not yet"]
Order = Literal["day first", "month first"]

LONGEST = 2_000
"""Characters of an answer or a note at most."""
QUARTER = 92
"""Days of the longest span that stands for its last working day."""
FAR = 300
"""A day without a year that is as many days away is asked back: another year may be meant."""


class Reply(Struct, frozen=True):
    """What an answer says. `day` is the one that it names, or none; `why` is the reason with it."""

    verdict: Verdict | None = None
    day: date | None = None
    why: str = ""


class Written(Struct, frozen=True):
    """What is known of the days in a sheet: the status date, when it was answered (None: nobody
    said), and which way round its figures are. `last_working` is the last working day up to a day.
    """

    as_of: date
    last_working: Callable[[date], date]
    answered_on: date | None = None
    order: Order | None = None


# --- words ----------------------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    """Phrases between bars, the longest first."""
    found = (" ".join(each.split()) for each in text.split("|"))
    return tuple(sorted(filter(None, found), key=len, reverse=True))


YES = _words(
    "yes|yep|yeah|yup|y|ok|okay|o.k.|sure|agreed|we agree|i agree|fine|fine by us|fine with us|"
    "fine for us|works|works for us|works for me|that works|sounds good|confirmed|accepted|"
    "approved|will do|can do|go ahead|of course|no problem|no problem at all|no objection|"
    "no objections|no worries|no issue|all good|good|+1|👍|✓|✔|✅|true|"
    "ja|jawohl|jo|jep|passt|passt für uns|das passt|in ordnung|i.o.|geht klar|geht in ordnung|"
    "einverstanden|wir sind einverstanden|gern|gerne|klar|alles klar|kein problem|keine einwände|"
    "keine einwaende|bestätigt|bestaetigt|zugesagt|genehmigt|machen wir|wird gemacht|stimmt|wahr|"
    "oui|d'accord|nous sommes d'accord|c'est bon|entendu|bien sûr|bien sur|pas de problème|"
    "pas de probleme|pas de souci|pas d'objection|accepté|confirmé|validé|volontiers|parfait|vrai|"
    "sí|de acuerdo|estamos de acuerdo|vale|claro|claro que sí|por supuesto|sin problema|"
    "ningún problema|ningun problema|conforme|aceptado|confirmado|aprobado|correcto|perfecto|"
    "verdadero"
)
NO = _words(
    "no|nope|no way|not possible|impossible|declined|rejected|unfortunately not|unfortunately no|"
    "sorry no|disagree|we disagree|not agreed|not ok|not okay|we don't agree|we do not agree|"
    "can't|cannot|we can't|we cannot|false|"
    "nein|nee|nö|nicht einverstanden|nicht ok|leider nein|leider nicht|geht nicht|"
    "geht leider nicht|nicht möglich|nicht moeglich|abgelehnt|falsch|"
    "non|pas d'accord|pas possible|ce n'est pas possible|malheureusement non|désolé non|refusé|"
    "faux|"
    "no es posible|no se puede|imposible|lamentablemente no|rechazado|falso"
)
DONE = _words(
    "done|reviewed|completed|finished|given|signed off|erledigt|geprüft|geprueft|fertig|gemacht|"
    "abgenommen|fait|revu|terminé|effectué|validé|hecho|revisado|terminado|realizado"
)
NOT_YET = _words(
    "not yet|still open|pending|not done|noch nicht|noch offen|offen|ausstehend|pas encore|"
    "en attente|en cours|todavía no|todavia no|aún no|aun no|pendiente|tbd|tba|tbc|open|in progress"
)
OPEN = frozenset(
    ("", "-", "–", "—", "--", "---", "−", "/", ".", "...", "…", "_", "n/a", "na", "n.a.", "k.a.",
     "s.o.", "none", "leer")
)  # fmt: skip
"""What stands in a cell that nobody answered."""
PARTICLES = _words(
    "please|pls|thanks|thank you|thx|many thanks|for us|for me|from us|from our side|on our side|"
    "as planned|as discussed|as agreed|then|bitte|danke|vielen dank|für uns|von uns|unsererseits|"
    "von unserer seite|wie geplant|wie besprochen|dann|s'il vous plaît|merci|pour nous|"
    "de notre côté|comme prévu|comme convenu|por favor|gracias|por nuestra parte|para nosotros|"
    "según lo previsto|:-)|:)|🙂|😊"
)
"""What adds nothing to an answer."""
BECAUSE = _words("because|since|as we|due to|weil|da wir|wegen|parce que|car nous|porque|ya que")
DOUBTS = frozenset(
    _words(
        "but|only|if|unless|maybe|perhaps|probably|possibly|provided|depends|should|could|might|"
        "hopefully|try|trying|without|except|partly|partially|almost|likely|unsure|sure|guess|"
        "think|hope|otherwise|subject|condition|conditional|assuming|tentatively|"
        "aber|nur|wenn|falls|sofern|vielleicht|eventuell|evtl|evt|vermutlich|wahrscheinlich|"
        "voraussichtlich|sollte|könnte|koennte|hoffentlich|ohne|außer|ausser|teilweise|jedoch|"
        "allerdings|vorausgesetzt|bedingung|vorbehaltlich|mal|versuchen|"
        "mais|seulement|sauf|peut-être|peut|probablement|sans|si|partiellement|normalement|"
        "espère|essayer|sous|"
        "pero|solo|sólo|salvo|quizá|quizás|quiza|quizas|tal|probablemente|sin|condición|excepto|"
        "parcialmente|intentar|posible|supongo"
    )
)
"""Words of a condition or a doubt: a yes with one of these is none."""

LATEST = _words(
    "by|until|till|no later than|not later than|at the latest|latest|by the latest|"
    "bis zum|bis|spätestens|spaetestens|spätestens am|spätestens bis|spätestens bis zum|"
    "bis spätestens|jusqu'au|pour le|pour|au plus tard|au plus tard le|"
    "para el|para|hasta el|hasta|a más tardar|a más tardar el|como muy tarde el"
)
EARLIEST = _words(
    "earliest|at the earliest|at earliest|not before|no earlier than|not earlier than|"
    "from|as of|starting|only by|only on|"
    "frühestens|fruehestens|frühestens am|nicht vor|nicht vor dem|erst am|erst ab|erst|ab dem|ab|"
    "au plus tôt le|au plus tôt|au plus tot|pas avant le|pas avant|à partir du|a partir du|dès le|"
    "como muy pronto el|como muy pronto|no antes del|no antes de|a partir del|a partir de"
)
ON = _words("on the|on|am|zum|le|el|for|we can do|wir schaffen|geht")
AFTER = _words("after|nach|après|despues|después|once|sobald|when|dès que|cuando")
"""What begins another time that is no date."""
BEFORE = _words("before|vor dem|vor|avant le|avant|antes del|antes de")


def _head(text: str, phrases: Iterable[str]) -> str | None:
    """What stands behind the first of these phrases that a text begins with; None: it does not."""
    for phrase in phrases:
        if text.startswith(phrase):
            rest = text[len(phrase) :]
            if not rest or not (phrase[-1].isalnum() and (rest[0].isalnum() or rest[0] in "'-/")):
                return rest
    return None


def _trimmed(text: str) -> str:
    return text.strip(" \t\n,;:.!–—-·|()")


def _bare(text: str) -> str:
    """A text in small letters, one kind of apostrophe, without marks of Markdown around it."""
    text = re.sub(r"[’‘`´]", "'", " ".join(text.split()))
    return re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text).casefold().strip()


def is_open(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, ``n/a``."""
    bare = _bare(text)
    return bare in OPEN or not re.search(r"[^\s_.…–—-]", bare)


def has_doubt(text: str) -> bool:
    """Whether a text speaks of a condition, a doubt or a question."""
    bare = _bare(text)
    return "?" in bare or not DOUBTS.isdisjoint(re.findall(r"[\w'-]+", bare))


# --- an answer ------------------------------------------------------------------------------------


def reply(
    text: str, written: Written, *, past: bool = False, spans: bool = False
) -> Reply | Unclear:
    """What an answer says. Days in it are `past` ones, of what was done; with `spans` a week or a
    month stands for its last working day.
    """
    bare = _bare(text)
    if len(bare) > LONGEST:
        return Unclear("the answer is too long: write the reason as a note")
    if "?" in bare:
        return Unclear("a question is no answer")
    for verdict, phrases in _VERDICTS:
        rest = _head(bare, phrases)
        if rest is not None and _stands(verdict, bare, rest):
            return _with_rest(verdict, rest, written, past=past, spans=spans)
    words = _without_particles(bare)
    day = day_in(words, written, past=past, spans=spans)
    if isinstance(day, Unclear):
        return day if _names_a_day(words) else Unclear("not understood")
    return Reply(None, day)


_VERDICTS: tuple[tuple[Verdict, tuple[str, ...]], ...] = (
    ("not yet", NOT_YET),
    ("done", DONE),
    ("yes", ("si", *YES)),
    ("no", NO),
)


def _stands(verdict: Verdict, bare: str, rest: str) -> bool:
    """Whether the first word is an answer here: ``no`` and ``si`` begin other phrases, too."""
    word = bare[: len(bare) - len(rest)]
    if word not in ("no", "si", "non", "good", "open", "true", "y"):
        return True
    if verdict == "no" and _head(rest.strip(), (*EARLIEST, *BECAUSE)) is not None:
        return not rest.strip().startswith(("antes", "earlier"))
    if not _without_particles(rest):
        return True
    return rest[0] in ",;:.!" or rest.startswith((" -", " –", " —", "–", "—"))


def _with_rest(
    verdict: Verdict, rest: str, written: Written, *, past: bool, spans: bool
) -> Reply | Unclear:
    rest, why = _reason(_without_particles(rest))
    if verdict == "no":
        return _no(rest, why, written, spans=spans)
    rest = _without_more_yes(rest) if verdict == "yes" else rest
    if why or has_doubt(rest):
        return Unclear("more than a plain answer: a condition can't be recorded")
    if not rest:
        return Reply(verdict)
    day = day_in(rest, written, past=past, spans=spans)
    if not isinstance(day, Unclear):
        return Reply(verdict, day) if verdict != "not yet" else Unclear("a date, or not yet?")
    return day if _names_a_day(rest) else Unclear("more than a plain answer")


def _no(rest: str, why: str, written: Written, *, spans: bool) -> Reply | Unclear:
    """A no, with another day or with a reason; what is half a yes is neither."""
    if not rest:
        return Reply("no", None, why)
    day = day_in(rest, written, past=False, spans=spans)
    if not isinstance(day, Unclear):
        return Reply("no", day, why)
    if _names_a_day(rest):
        return Unclear("a no with a date and more: write `no, earliest DATE`, the reason as a note")
    if _head(rest, (*EARLIEST, *AFTER)) is not None:
        return Unclear("a no until later: write `no, earliest DATE`")
    if has_doubt(rest) or any(word in YES for word in re.findall(r"[\w']+", rest)):
        return Unclear("half a no: write yes, no, or a date")
    return Reply("no", None, " ".join(filter(None, (rest, why))))


def _reason(text: str) -> tuple[str, str]:
    """A text and the reason behind it."""
    for word in BECAUSE:
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
        if found:
            return _trimmed(text[: found.start()]), _trimmed(text[found.end() :])
    return text, ""


def _without_particles(text: str) -> str:
    text = _trimmed(text)
    while True:
        behind = next((r for p in PARTICLES if (r := _head(text, (p,))) is not None), None)
        before = next((p for p in PARTICLES if re.search(rf"(?<!\w){re.escape(p)}$", text)), None)
        if behind is None and before is None:
            return text
        text = _trimmed(behind if behind is not None else text[: -len(before or "")])


def _without_more_yes(text: str) -> str:
    """What is left of ``passt, gerne`` behind a ``ja``."""
    while text:
        rest = _head(text, (*YES, "do it", "das machen wir", "wir machen das"))
        if rest is None:
            return text
        text = _without_particles(rest)
    return text


def speaks_of_a_day(text: str) -> bool:
    """Whether a text names a date, a month, a weekday or a week, whatever else it says."""
    words = in_one_spelling(translated(text)).split()
    names = {*MONTH_NAMES, *WEEKDAY_NAMES, "today", "tomorrow", "w", "m", "q", "next", "later"}
    return bool(re.search(r"\d[./-]\d|\b[qhw]\d", text)) or not names.isdisjoint(words)


def _names_a_day(text: str) -> bool:
    return bool(re.search(r"\d", text)) or speaks_of_a_day(text)


# --- days -----------------------------------------------------------------------------------------

_MONTHS_ELSEWHERE = (
    "janvier|janv|enero|ene", "février|fevrier|févr|fevr|febrero", "mars|marzo",
    "avril|avr|abril|abr", "mai|mayo", "juin|junio", "juillet|juil|julio", "août|aout|agosto",
    "septembre|septiembre|setiembre", "octobre|octubre", "novembre|noviembre",
    "décembre|decembre|déc|diciembre|dic",
)  # fmt: skip
_WEEKDAYS_ELSEWHERE = (
    "lundi|lunes", "mardi|martes", "mercredi|miércoles|miercoles", "jeudi|jueves",
    "vendredi|viernes", "samedi|sábado|sabado", "dimanche|domingo",
)  # fmt: skip
_ELSEWHERE = (
    *((rf"\b(?:{w})\b\.?", m) for w, m in zip(_MONTHS_ELSEWHERE, MONTH_NAMES, strict=True)),
    *((rf"\b(?:{w})\b", d) for w, d in zip(_WEEKDAYS_ELSEWHERE, WEEKDAY_NAMES, strict=True)),
    (r"\b(?:la )?semaine prochaine\b|\b(?:la )?(?:próxima|proxima) semana\b", "next week"),
    (r"\b(?:la )?semana (?:próxima|proxima|que viene)\b", "next week"),
    (r"\b(?:le )?mois prochain\b|\bmes que viene\b", "next month"),
    (r"\b(?:el )?(?:próximo|proximo) mes\b", "next month"),
    (r"\bcette semaine\b|\besta semana\b", "this week"),
    (r"\baujourd'hui\b|\bhoy\b", "today"),
    (r"\bdemain\b|\bmañana\b", "tomorrow"),
    (r"\bhier\b|\bayer\b", "yesterday"),
    (r"\b(?:la )?(?:semaine|sem\.?|semana) (?=\d)", "week "),
    (r"\bdans (?=\d)|\ben (?=\d)", "in "),
    (r"\bsemaines?\b|\bsemanas?\b", "weeks"),
    (r"\b(?:à la )?fin (?:du mois de |de |du |d')?|\b(?:a )?(?:finales|fines|final) de ", "end "),
    (r"\b(?:au )?début (?:du mois de |de |du |d')?|\b(?:a )?principios de ", "start "),
    (r"\bmi-(?=\w)|\b(?:à la )?mi (?=\w)|\b(?:a )?mediados de ", "mid "),
    (r"\b1er\b", "1"),
    (r"\b(?:le|la|el|du|de|del|des|au)\b", " "),
)  # fmt: skip
"""French and Spanish words of dates, and the English ones."""


def translated(text: str) -> str:
    """A date in French or Spanish in English words; others as they are."""
    words = text.casefold()
    for pattern, known in _ELSEWHERE:
        words = re.sub(pattern, known, words)
    return " ".join(words.split())


def day_in(text: str, written: Written, *, past: bool, spans: bool) -> date | Unclear:
    """The day that a text names, and nothing beside it."""
    for phrases, how in ((EARLIEST, "from"), (LATEST, "by"), (BEFORE, "before"), (ON, "on")):
        rest = _head(text, phrases)
        if rest is not None and rest[:1] in ("", " ", ":", ","):
            return _day(_trimmed(rest), how, written, past=past, spans=spans)
    for phrases, how in ((EARLIEST, "from"), (LATEST, "by")):
        rest = next((text[: -len(p)] for p in phrases if text.endswith(f" {p}")), None)
        if rest is not None:
            return _day(_trimmed(rest), how, written, past=past, spans=spans)
    return _day(text, "on", written, past=past, spans=spans)


def _day(text: str, how: str, written: Written, *, past: bool, spans: bool) -> date | Unclear:
    if not text:
        return Unclear("no date is named")
    words = _in_order(translated(text), written.order)
    anchor = written.answered_on or written.as_of
    found = typed_date(words, anchor, past=past)
    if isinstance(found, Unclear):
        return found
    relative = _is_relative(words)
    if relative and written.answered_on is None:
        return Unclear("counted from which date? write the date, or fill in “Answered on”")
    if not relative and not re.search(r"\d{4}", words) and _is_far(words, found.value, anchor):
        return Unclear("of which year?", f"{found.value.day} {MONTHS[found.value.month - 1]} YEAR")
    span = typed_span(words, anchor)
    if how == "before":
        return Unclear("before it: by which date?")
    if re.search(r"\bmid\b", in_one_spelling(words)):
        return Unclear("about when? write the date", found.value.isoformat())
    if isinstance(span, Unclear) or span.value[0] == span.value[1]:
        return found.value
    if not spans or how != "on" or (span.value[1] - span.value[0]).days > QUARTER:
        return Unclear("which date in it?", span.value[1].isoformat())
    return written.last_working(span.value[1])


def _is_far(words: str, day: date, anchor: date) -> bool:
    return abs((day - anchor).days) > FAR and not re.search(r"\d[./-]\d+[./-]\d", words)


_RELATIVE = re.compile(
    r"\b(?:today|tomorrow|yesterday|next|this|last|ago|later)\b|\b\d+(?:wd|cd|[dwmqy])\b"
    r"|\b(?:start|mid|end) [wmqy]\b|^\+|^\d{1,2}th$"
)


def _is_relative(text: str) -> bool:
    """Whether a day depends on when it was written."""
    words = in_one_spelling(text)
    if _RELATIVE.search(words):
        return True
    names = words.split()
    dated = not {*MONTH_NAMES}.isdisjoint(names) or re.search(r"\d[./-]\d", words)
    return not dated and not {*WEEKDAY_NAMES}.isdisjoint(names)


_FIGURES = re.compile(
    r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|(?<=/)\d{2}))?(?![\d./-]\d|\d)"
)
_DOTTED = re.compile(r"\b(\d{1,2}\. ?\d{1,2}\.) ?(\d{2})\b")


def _in_order(text: str, order: Order | None) -> str:
    """Figures with slashes as the file has them, ``3/4`` as ``3.4.`` or ``4.3.``; with points the
    day is first.
    """
    if order is not None:
        text = _FIGURES.sub(lambda found: _dotted(found, order), text)
    return _DOTTED.sub(r"\g<1>20\2", text)


def _dotted(found: re.Match[str], order: Order) -> str:
    day, month = (found[1], found[3]) if order == "day first" else (found[3], found[1])
    return f"{day}.{month}.{found[4] or ''}"


def order_of(texts: Iterable[str]) -> Order | None:
    """Which way round days in figures are in a file: as those that can be read one way only."""
    pairs = [(int(f[1]), int(f[3])) for text in texts for f in _FIGURES.finditer(text)]
    first = any(one > 12 >= two for one, two in pairs)
    second = any(two > 12 >= one for one, two in pairs)
    if first == second:
        return None
    return "day first" if first else "month first"


# --- figures --------------------------------------------------------------------------------------

_FIGURE = re.compile(
    r"([+−-]?)\s*(\d+(?:[.,']\d+|[\u00a0\u202f ]\d{3}(?!\d))*)\s*([kKmM](?![A-Za-z]))?\s*(.*)",
    re.S,
)
_UNITS = {"%": "per cent|percent|prozent|pour cent|por ciento|pct"}


def figure(text: str, unit: str | None) -> tuple[float, str] | Unclear:
    """A measured value and what stands behind it; a unit must be the one that is measured in."""
    bare = re.sub(r"^(?:~|≈|ca\.?|about|etwa|environ|unos)\s*", "", _bare(text))
    for sign in ("€", "$", "£", "eur ", "usd "):
        bare = bare.removeprefix(sign).strip()
    found = _FIGURE.fullmatch(bare)
    if found is None:
        return Unclear("no figure")
    size = _number(found[2].strip())
    if isinstance(size, Unclear):
        return size
    scale = {"k": 1_000, "m": 1_000_000}.get((found[3] or "").lower(), 1)
    value = size * scale * (-1 if found[1] in ("-", "−") else 1)
    rest = _without_unit(found[4].strip(), unit)
    return rest if isinstance(rest, Unclear) else (value, rest)


def _number(text: str) -> float | Unclear:
    """``4,2`` and ``4.2`` are the same; ``1,200`` can be two values."""
    digits = re.sub(r"['\u00a0\u202f ]", "", text)
    marks = re.findall(r"[.,]", digits)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, part = digits.rsplit(marks[-1], 1)
        return float(f"{re.sub('[.,]', '', whole)}.{part}")
    if len(marks) > 1:
        grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+", digits)
        return float(re.sub("[.,]", "", digits)) if grouped else Unclear("no figure")
    if marks and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        plain = re.sub("[.,]", "", digits)
        return Unclear(f"{plain}, or with decimals?", plain)
    return float(digits.replace(",", "."))


def _without_unit(rest: str, unit: str | None) -> str | Unclear:
    known = (unit or "").casefold()
    for spelled in (known, *_UNITS.get(known, "").split("|")):
        if spelled and (behind := _head(rest, (spelled,))) is not None:
            return _trimmed(behind)
    if rest.startswith(("%", "€", "$")):
        return Unclear(f"in {unit}, not in {rest[0]}?" if unit else "in which unit?")
    return _trimmed(rest)
