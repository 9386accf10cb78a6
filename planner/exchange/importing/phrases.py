"""Phrases that name other work, in English, German, French and Spanish: ``needs SSO from IT``.

A phrase is a trigger (``waiting for``, ``sobald``, ``dépend de``) and what it names: the words
behind it to the end of the clause, without articles, without what is said of them (``is done``,
``fertig``) and without whose work they are. Plain triggers (``after``, ``nach``, ``besoin de``)
stand before anything, so they count only where the file has work that may be meant, or where a name
is spelled like one. Days, seasons and words that every note has (``budget``, ``Rücksprache``) name
no work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planner.analysis.importing import Candidate, Phrase
from planner.exchange.importing.candidates import LITTLE, Names, folded
from planner.exchange.importing.lags import lag_behind, length_before, length_first


class _Trigger(NamedTuple):
    pattern: re.Pattern[str]
    is_predecessor: bool = False
    """What it names waits for the row."""
    plain: bool = False
    """It stands before anything, not only before work."""
    capitals: bool = True
    """A word that is no name is small in its language."""


def _trigger(
    words: str, *, before: bool = False, plain: bool = False, capitals: bool = True
) -> _Trigger:
    pattern = re.sub(r"\s+", r"\\s+", words.strip()).replace("'", "['’]")
    whole = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
    return _Trigger(whole, before, plain, capitals)


_OF_FR = r"(?:de la|de l'|du|des|de|d'|:)"
_OF_ES = r"(?:del|de la|de los|de las|de|:)"
TRIGGERS = (
    # What is named waits for the row; these come first, since some begin like those that wait.
    _trigger(r"(?:is )?(?:a )?pre-?requisites? (?:for|of)", before=True),
    _trigger(r"(?:is |are )?(?:needed|required|necessary) (?:for|by|before)", before=True),
    _trigger(r"blocks|blocking|unblocks|enables", before=True),
    _trigger(r"(?:ist )?voraussetzung für", before=True),
    _trigger(r"wird (?:für|von|vom)(?=.*(?:gebraucht|benötigt))", before=True),
    _trigger(r"blockiert(?! (?:durch|von|vom)\b)", before=True),
    _trigger(r"pré-?requis pour|nécessaire (?:pour|à)|bloque", before=True),
    _trigger(r"(?:es )?(?:requisito|necesari[oa]) (?:previo )?para|bloquea", before=True),
    # The row waits for what is named.
    _trigger(r"(?:not|only|no earlier than|nothing) (?:possible )?(?:before|until|after)"),
    _trigger(r"(?:can(?:not|'t)|can not|won't) \w+ (?:before|until|without)|on hold until|until"),
    _trigger(r"wait(?:s|ing)?(?: still)? (?:for|on)|awaiting|awaits|pending"),
    _trigger(r"(?:is )?blocked (?:by|on)|blocked by:"),
    _trigger(r"depend(?:s|ing|ent|ency|encies)? (?:on|upon)|(?:inter)?dependenc(?:y|ies)\s*:"),
    _trigger(r"predecessors?\s*:|prerequisites?\s*:|requirement\s*:|relies on|builds on|based on"),
    _trigger(r"as soon as|subject to|follows|following on from"),
    _trigger(r"once(?=.*\b(?:is|are|has|have|was|were)\b)|when(?=.*\b(?:is|are|has|have)\b)"),
    _trigger(r"(?:it |we )?(?:has|have|needs|must) (?:to )?deliver(?=.*\bfirst\b)"),
    _trigger(r"wartet(?: noch)? auf|warte(?:n)?(?: noch)? auf|sobald|abhängig vo[nm]"),
    _trigger(
        r"häng(?:t|en) (?:an|vo[nm]|am)|(?:abhängigkeit(?:en)?|vorgänger|voraussetzung(?:en)?)\s*:"
    ),
    _trigger(r"blockiert (?:durch|vo[nm])|erst nach|erst,? wenn|erst,? sobald|im anschluss an"),
    _trigger(
        r"(?:starten|losgehen|beginnen),? wenn|setzt(?=.*\bvoraus\b)|ohne(?=.*\b(?:geht|kein)\b)"
    ),
    _trigger(rf"dépend(?:ant|ent|ance)? {_OF_FR}|(?:dépendances?|prédécesseurs?|prérequis)\s*:"),
    _trigger(rf"(?:en )?attente {_OF_FR}|attend(?:re|ons|ent)?|bloqué(?:e|s|es)? par"),
    _trigger(r"dès que|une fois(?! par\b)|suite (?:à la|à l'|au|aux|à)|pas avant|il faut d'abord"),
    _trigger(rf"depende(?:n)? {_OF_ES}|(?:dependencias?|predecesor(?:es|a)?|requisitos?)\s*:"),
    _trigger(rf"(?:a )?la espera {_OF_ES}|esperando(?: a)?|bloquead[oa]s? por|pendiente {_OF_ES}"),
    _trigger(rf"una vez(?! al\b)|no antes {_OF_ES}|hace(?:n)? falta"),
    # Plain words.
    _trigger(r"after|following|once", plain=True),
    _trigger(r"(?:we )?needs?(?! (?:it|this|that|them)\b)|requires?|requiring", plain=True),
    _trigger(r"before|prior to|ahead of", plain=True, before=True),
    _trigger(
        r"nach|braucht|brauchen(?: dafür)?|ben(?:ö|oe)tigen|ben(?:ö|oe)tigt|wenn",
        plain=True,
        capitals=False,
    ),
    _trigger(r"vor|bevor", plain=True, before=True, capitals=False),
    _trigger(rf"après|nécessite(?:nt)?|besoin {_OF_FR}|quand|lorsque", plain=True),
    _trigger(r"avant", plain=True, before=True),
    _trigger(rf"después {_OF_ES}|tras|necesita(?:n)?|requiere(?:n)?|cuando", plain=True),
    _trigger(rf"antes {_OF_ES}", plain=True, before=True),
)
"""What stands before the name of other work, the clearest first."""
CLEAR = _trigger("first")
"""What `FIRST` finds, as clear as any."""
FIRST = re.compile(
    r"(?P<names>[\w][\w /+&-]{0,160}?)\s+(?:must|has to|have to|needs to|should)\s+\w+(?:\s+\w+)?"
    r"\s+first\b"
    r"|\bsee\s+(?P<see>[\w /+&-]{1,160}?),\s+needs it",
    re.IGNORECASE,
)
"""Phrases that name the work before their trigger."""
_NO = r"(?:no|not|n't|never|without|kein|keine|keinen|nicht|nie|pas|sans|aucune?|sin|ningun[ao]?)"
NEGATED = re.compile(rf"\b{_NO}(?:\s+\w+)?\s*$", re.IGNORECASE)
NEGATION = re.compile(rf"{_NO}\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?:[.;!?](?=\s|$)|[\n\r•])+")
NEED = re.compile(
    r"\b(?:"
    r"must|has to|have to|needs?|needed|required?|requires|requirements?|assum(?:es?|ing)|"
    r"gated|contingent|pending|subject to|dependenc(?:y|ies)|depends|dependent|wait(?:s|ing)?|"
    r"await(?:s|ing)|block(?:s|ed|ers?|ing)?|pre-?requisites?|preconditions?|mandatory|until|"
    r"once|as soon as|without|follow-?up|dep|abh|muss|müssen|benötigt|gebraucht|braucht|brauchen|"
    r"erforderlich|notwendig|nötig|vorher|zuerst|vorausgesetzt|voraussetzung(?:en)?|"
    r"vorbedingung|abhängig(?:keit|keiten)?|setzt|baut|vorliegen|wartet|warten|blockiert|"
    r"blocker|sobald|bis|erst|ohne|folgeprojekt|doit|doivent|requis(?:e|es)?|nécessaires?|"
    r"nécessite|d['’]abord|au préalable|sous réserve|pré-?requis|obligatoire|attente|attend|"
    r"bloqué(?:e|s|es)?|dépend|dépendance|dès que|sans|debe|deben|tienen? que|se necesitan?|"
    r"necesita|requerid[oa]s?|requiere|necesari[oa]s?|sujet[oa]s? a|primero|previ[oa]s?|"
    r"requisitos?|hasta que|espera|bloquead[oa]s?|depende|sin"
    r")\b",
    re.IGNORECASE,
)
"""Words by which a sentence says that something is needed."""
DELIVERS = re.compile(
    r"(?P<who>[\w&-]+)\s+(?:(?:has |have |needs )?to deliver|delivers|liefert|livre|entrega)\b",
    re.IGNORECASE,
)
"""Who delivers what is named."""
RELATED = re.compile(
    r"\b(?:(?:no|not|kein\w*|nicht|pas|aucune?|sans|sin|ningun[ao]?)(?: de)? (?:dependenc|depend|"
    r"needed|required|abhängig|nötig|notwendig|erforderlich|benötigt|dépend|requis|nécessaire|necesari)"
    r"|parallel|same|similar|like|unlike|reuses?|uses|see also|replaces|part of|instead of|"
    r"gleich\w*|ähnlich\w*|wie|nutzt|verwendet|thema|teil von|statt|ersetzt|abstimmen|abgestimmt|"
    r"parallèle|même|comme|utilise|voir|remplace|fait partie|"
    r"paralelo|mismo|misma|como|usa|utiliza|véase|reemplaza|parte de|coordinar|revisar con)",
    re.IGNORECASE,
)
"""By which a sentence says that what it names is not waited for."""
NEXT = re.compile(
    r"(?:^|,|\b(?:and|und|et|y))\s*(?:danach|anschließend|then|afterwards|next|ensuite|luego)\b"
    r"|critical path (?:for|of|to)|voraussetzung für",
    re.IGNORECASE,
)
"""By which a sentence says that what it names comes after the row."""
CLAUSE = re.compile(r"[.;:!?()\[\]\n\r•]|\s[–—-]\s|,(?!\d)")
"""Where a clause ends."""
_VERBS = """
is are was were has have had will gets goes to in on at been be
ist sind steht stehen läuft wurde wird war da fertig abgeschlossen live vorliegt voraus ab
gebraucht benötigt geht durch startet fertiggestellt erfolgt
est sont sera seront soit terminée terminé terminés terminées finie fini prêt prête validé validée
esté está estén sea listo lista terminado terminada aprobado
can for this first so then we
before until because since bevor ehe weil damit avant jusqu parce antes hasta porque
"""
ENDS = re.compile(
    r"\s+(?:" + "|".join(sorted(_VERBS.split(), key=len, reverse=True)) + r")(?![\w-]).*$",
    re.IGNORECASE | re.DOTALL,
)
"""What is said of the work that is named."""
STARTS = re.compile(
    r"(?:the|a|an|our|der|die|das|den|dem|des|la|le|les|l['’]|el|los|las|un|une|una|unser\w*|noch|"
    r"esté|está|list[oa]|terminad[oa]|que|se|it\s*:|"
    r"(?:go-?live|launch|release|completion|delivery|end|start|rollout) of|"
    r"(?:abschluss|fertigstellung|go-?live|launch|einführung|ende)"
    r"(?: der| des| von| vom)?(?=\s+\S)|"
    r"(?:fin|mise en ligne|livraison) (?:de la|de l['’]|du|des|de)|"
    r"(?:fin|entrega) (?:del|de la|de))\s*",
    re.IGNORECASE,
)
"""Articles, and what happens to the work that is named."""
GIVEN = re.compile(
    r"\s+(?:from|by|durch|vo[nm](?: der| dem)?|par|de la part de|por|del?|du|de la)\s+"
    r"(?P<who>[\w&-]+(?: [\w&-]+)?)$",
    re.IGNORECASE,
)
"""Whose work is meant."""
_GENERAL = """
wie all that this it budget work works approval analysis people time money resources support input
help feedback info information decision sign off review reviewed lunch tax beta more further notice
everything anything nothing else possible way ever now day days week weeks month months year years
community tests testing discussion delay effort pictures images
rücksprache bedarf plan aufwand vorlage abstimmung absprache agentur möglich möglichkeit mehr noch
allem ort feierabend zeit freigaben klärung rückmeldung wunsch wochen tagen monat monaten
validation brief possible avis tout plus midi vente
presupuesto tiempo comer nada todo posible pueda haya más
"""
GENERAL = frozenset(folded(_GENERAL).split())
"""Words that name no work, however they are put together."""
_SEASONS = """
easter christmas xmas summer break holidays new year new years eve black friday cyber monday
ostern pfingsten weihnachten sommerpause ferien silvester neujahr
pâques noël rentrée été vacances
semana santa navidad navidades verano reyes
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
januar februar märz mai juni juli oktober dezember
janvier février mars avril juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag lundi mardi mercredi jeudi vendredi
lunes martes miercoles jueves viernes end mid early late ende mitte anfang fin debut finales
q1 q2 q3 q4 kw
"""
SEASONS = frozenset(folded(_SEASONS).split())
"""Words of days and seasons: alone, or beside a number, they are a date."""
MOST_WORDS = 8
"""A name of more words is the rest of a sentence."""


def phrases_in(
    row: int, column: str, id: str, words: str, names: Names, *, is_title: bool = False
) -> Iterator[Phrase]:
    """The phrases of a cell; in a title only what is clear, or an aside of its own: a title is full
    of plain words.
    """
    known: set[str] = set()
    for found in _found(words, names):
        if is_title and found.trigger.plain and not found.is_aside:
            continue
        for name in _several(found.name, names):
            candidates = names.candidates(name, id, found.given_by)
            known.update(each.id for each in candidates)
            if _counts(found, name, candidates, names):
                before = found.trigger.is_predecessor
                yield Phrase(row, column, id, found.whole, name, candidates, before, lag=found.lag)
    if not is_title:
        yield from _mentioned(row, column, id, words, names, known)


def _mentioned(
    row: int, column: str, id: str, words: str, names: Names, known: set[str]
) -> Iterator[Phrase]:
    """Work whose whole title stands in a sentence, or part of it where the sentence says somewhere
    that something is needed, in whatever order: ``the CRM migration has to be live by then``. What
    is only related is left out, and `known`, which the phrases before name already.
    """
    for sentence in SENTENCE.split(words):
        if RELATED.search(sentence):
            continue
        before, needs = bool(NEXT.search(sentence)), _tells_of_a_need(sentence, names)
        for name in names.mentions(sentence, whole=not needs):
            candidates = names.candidates(name, id)
            if candidates and candidates[0].id not in known:
                known.add(candidates[0].id)
                yield Phrase(row, column, id, _short(sentence), name, candidates, before)


def _tells_of_a_need(sentence: str, names: Names) -> bool:
    if NEXT.search(sentence) or "→" in sentence or "->" in sentence:
        return True
    if any(not _is_negated(sentence, m.start()) for m in NEED.finditer(sentence)):
        return True
    return any(names.is_party(match["who"]) for match in DELIVERS.finditer(sentence))


def _counts(found: _Found, name: str, candidates: tuple[Candidate, ...], names: Names) -> bool:
    """Whether what a trigger stands before is work."""
    if names.exact(name):
        return True
    if _says_little(name):
        return False
    if not found.trigger.plain or found.given_by:
        return True
    if candidates and candidates[0].score >= LIKELY:
        return True
    return found.trigger.capitals and name[0].isupper()


def _several(name: str, names: Names) -> list[str]:
    """Each of the names that stand together, where each may be work of the file."""
    parts = [part for part in AND.split(name) if part.strip()]
    if len(parts) < 2 or names.exact(name) or not all(names.candidates(part, "") for part in parts):
        return [name]
    return [cleaned for part in parts if (cleaned := _cleaned(part))]


AND = re.compile(r"\s*(?:,|\+|&|\b(?:and|und|sowie|et|y)\b)\s*", re.IGNORECASE)
LIKELY = 0.45
"""The score of a candidate from which a plain word before it counts."""
LONGEST = 160


class _Found(NamedTuple):
    name: str
    whole: str
    given_by: str
    trigger: _Trigger
    lag: str = ""
    is_aside: bool = False
    """It begins behind a bracket or a dash."""


def without_trigger(words: str) -> tuple[str, bool, str]:
    """The words without a trigger that they begin with, whether what they name waits for the row,
    and the lag of a length before it: ``1 Woche vor 3`` is ``3``, which waits, and ``+5d``.
    """
    start, lag = length_first(words.lstrip())
    for trigger in TRIGGERS:
        if (match := trigger.pattern.match(start)) and start[match.end() :].strip():
            return start[match.end() :].strip(), trigger.is_predecessor, lag
    return words, False, ""


def speaks_against(words: str) -> bool:
    """Whether words say that what they name is not waited for: ``not during the launch``."""
    is_negated = bool(NEGATION.match(words.lstrip())) and not NEED.search(words)
    return is_negated or bool(RELATED.search(words))


def named_in(words: str, names: Names) -> tuple[str, str, bool, str] | None:
    """What words name behind their trigger, whose work it is, whether it waits for the row, and
    the lag.
    """
    found = next(_found(words, names), None)
    return found and (found.name, found.given_by, found.trigger.is_predecessor, found.lag)


def _found(words: str, names: Names) -> Iterator[_Found]:
    """What is named in each clause, by the clearest trigger that it has."""
    taken: list[tuple[int, int]] = []
    for match in FIRST.finditer(words):
        named = _cleaned(match["names"] or match["see"])
        if named:
            taken.append(match.span())
            yield _Found(named, _short(match[0]), "", CLEAR)
    for trigger in TRIGGERS:
        for match in trigger.pattern.finditer(words):
            end = _clause_end(words, match.end())
            span = (match.start(), end)
            if any(first < span[1] and span[0] < last for first, last in taken):
                continue
            if _is_negated(words, match.start()):
                continue
            given, named = _given(words[match.end() : end], words[end:], names)
            named = _cleaned(named)
            taken.append(span)
            if named and not _is_date(named):
                start, length = length_before(words[: match.start()])
                named, lag = lag_behind(named)
                aside = words[:start].rstrip().endswith(("(", "[", "–", "—", " -"))
                whole = _short(words[start:end])
                yield _Found(named, whole, given, trigger, length or lag, aside)


def _is_negated(words: str, at: int) -> bool:
    """Whether a no stands before what begins there."""
    return NEGATED.search(words[max(0, at - LONGEST) : at]) is not None


def _short(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _clause_end(words: str, start: int) -> int:
    """The end of the clause; a colon or bracket right behind the trigger ends none."""
    at = start
    while (match := CLAUSE.search(words, at)) and (
        not words[start : match.start()].strip() or WHO.fullmatch(words[start : match.end()])
    ):
        at = match.end()
    return match.start() if match else len(words)


WHO = re.compile(r"\s*(?P<who>[A-ZÄÖÜ][\w&-]*)\s*:\s*")
"""Whose work is meant, before its name: ``waits for IT: mobile app``."""


def _given(words: str, rest: str, names: Names) -> tuple[str, str]:
    """Whose work it is, behind the name or in brackets, and the name without it: a department, team
    or person that the file knows, or one that is spelled like one.
    """
    if match := WHO.match(words):
        return match["who"], words[match.end() :]
    words = ENDS.sub("", _from_its_name(words))
    if match := GIVEN.search(words):
        who = match["who"]
        if who.isupper() or who.istitle() or names.is_party(who):
            return who, words[: match.start()]
    brackets = re.match(r"\(\s*([\w&-]+)\s*\)", rest)
    return (brackets[1] if brackets else ""), words


def _cleaned(words: str) -> str:
    """A name without articles and without what is said of it."""
    name = ENDS.sub("", _from_its_name(words)).strip(AROUND)
    return name if 0 < len(name.split()) <= MOST_WORDS else ""


AROUND = " \t:,'\"“”„«»*"


def _from_its_name(words: str) -> str:
    """The words without the articles and the like that they begin with."""
    name = words.strip(AROUND)
    while (match := STARTS.match(name)) and _is_apart(match[0]) and match.end() < len(name):
        name = name[match.end() :]
    return name


def _is_apart(start: str) -> bool:
    return start[-1:].isspace() or start.endswith(("'", "’"))


def _is_date(name: str) -> bool:
    words = [word for word in folded(name).split() if word not in LITTLE]
    return all(word in SEASONS or not word.isalpha() for word in words) and "#" not in name


def _says_little(name: str) -> bool:
    words = [word for word in folded(name).split() if word not in LITTLE]
    return all(word in GENERAL or word in SEASONS or not word.isalpha() for word in words)
