"""Widths of text in Helvetica, Arial and Liberation Sans, which have the same, without a font.

The tables hold the advance of each letter in thousandths of the size, as Liberation Sans has
them: Latin, Greek, Cyrillic. A text of these letters alone is `known`: it is drawn at
exactly this width, in whatever font there is. Of any other text the width is a bound that no usual
font passes: nothing is measured where it is drawn.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MARGIN = 1.02
"""What a label takes beside its width: rounding, and letters that are set a little apart."""
ANY_FONT = 1.2
"""How much wider the letters of the tables are in the widest font that may stand in."""
WIDE, LEFTWARDS, OTHER, PICTURE = 1000, 900, 1150, 1400
"""Thousandths of a letter of East Asia, of Hebrew and Arabic, of any other that is
in no table, and of a pictograph.
"""

_REGULAR = {
    191: "'",
    223: "ijlįĵĺļłſΐίιϊіј‘’‚",
    260: "|¦",
    278: " !,./:;I[\\]ft\xa0·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ·ΙΪІЇї",
    292: "ľ",
    334: "()-`r{}¡¨²³´¸¹ŀŕŗř΄΅“”„‹›",
    351: "•",
    355: '"',
    365: "гѓ",
    366: "º",
    371: "ª",
    375: "ť",
    384: "Ί",
    390: "*",
    396: "τ",
    400: "°",
    412: "ґ",
    438: "кќ",
    441: "ζ",
    444: "ĳ",
    446: "έε",
    448: "ξ",
    459: "зт",
    470: "^",
    482: "ς",
    489: "Ґ",
    500: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżžγκλνЈсухѕў↑↓",
    511: "эє",
    521: "чь",
    525: "χ",
    532: "в",
    538: "¶",
    542: "ЃГпя",
    547: "ΰυϋύ",
    549: "±÷≤≥",
    551: "Γ",
    553: "¯нџ",
    557: (
        "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏő"
        "ũūŭůűųήδηθοόаеорѐёђћ–†€"
    ),
    559: "ийѝ",
    569: "ρ",
    573: "бц",
    576: "β",
    577: "µμ",
    579: "άα",
    583: "ЌК",
    584: "+<=>~¬×дл−",
    605: "ŉЗ",
    611: "FTZ¿ßøŢŤŦŹŻŽΖΤТ",
    615: "ď",
    618: "σ",
    619: "Σ",
    625: "ъ",
    636: "ЎУ",
    649: "φ",
    650: "Ξ",
    657: "БЛЬ",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸΑΒΕΚΡΥΧΫЀЅАВЕРХЧ",
    668: "ΆΔΛЁ",
    669: "ж",
    678: "Д",
    688: "м",
    690: "π",
    713: "ψ",
    719: "ЄЏИЙПЭы",
    723: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵΗΝΠЍНСЯẁẃẅ",
    724: "Ŋ",
    735: "Ĳ",
    737: "©®",
    740: "Ц",
    748: "Ω",
    750: "ю",
    753: "Ώ",
    761: "Ф",
    775: "Ό",
    778: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐΘΟО",
    781: "ωώ",
    785: "Έ",
    792: "Ъ",
    798: "Φ",
    803: "ш",
    813: "њ",
    823: "фщ",
    834: "Mm¼½¾ΜМ",
    836: "Ψ",
    838: "Ή",
    855: "Ћ",
    856: "Ύ",
    865: "Ђ",
    886: "Ы",
    890: "%æ",
    907: "љ",
    917: "Ш",
    924: "Ж",
    938: "Щ",
    944: "WœŴẀẂẄ",
    1000: "ÆŒ—…‰™←→",
    1011: "ЊЮ",
    1016: "@",
    1058: "Љ",
}
_BOLD = {
    238: "'",
    276: "Ї",
    278: " ,./I\\ijl\xa0·ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļłſΐΙΪίιϊІіј‘’‚",
    280: "|¦",
    282: "ї",
    334: "!()-:;[]`ft¡¨²³´¸¹ţŧ΄·‹›",
    351: "•",
    366: "º",
    371: "ª",
    386: "ľ",
    390: "*r{}ŕŗř",
    400: "°",
    417: "гѓ",
    446: "ξ",
    447: "τґ",
    452: "έ",
    461: "ζ",
    465: "΅",
    474: "Ί",
    475: '"ε',
    480: "ŀť",
    487: "Ґ",
    490: "т",
    498: "з",
    500: "zźżž“”„↑↓",
    501: "кќ",
    521: "ς",
    541: "θ",
    549: "±÷≤≥",
    553: "¯эє",
    557: "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćĉċčēĕėęěĳĴķĸśŝşšŷγλνЈаесухѐёѕў–†€",
    558: "κ",
    567: "ЃГ",
    576: "χ",
    577: "µ",
    581: "ч",
    583: "ΰυϋύ",
    584: "+<=>^~¬×я−",
    601: "Σ",
    602: "Γ",
    605: "нпџ",
    607: "δ",
    611: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽΖΤήβηοόЌКТорђћ",
    612: "μ",
    615: "άαвийцьѝ",
    618: "б",
    619: "ρ",
    623: "ЎУ",
    627: "З",
    635: "д",
    636: "л",
    644: "Ξ",
    667: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸΕΛΡΥΧΫЀЅЕРХ",
    669: "Ё",
    685: "σ",
    702: "Л",
    703: "Ч",
    709: "ŉж",
    712: "ЄЭ",
    713: "Д",
    716: "φ",
    719: "ďΔЏБИЙПЬЯ",
    723: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎĐĤĦĶŃŅŇŔŖŘŨŪŬŮŰŲΆΑΒΗΚΝΠЍАВНС",
    724: "Ŋ",
    730: "ъ",
    731: "Ц",
    737: "©®",
    740: "м",
    754: "ψ",
    766: "π",
    778: "GOQwÒÓÔÕÖØĜĞĠĢŌŎŐŵΘΟОẁẃẅ",
    785: "Ĳ",
    802: "Ω",
    810: "Ψ",
    821: "Φ",
    825: "Ό",
    834: "M¼½¾ΜМш",
    838: "Ώ",
    844: "щ",
    845: "ωώ",
    854: "ΈФ",
    855: "ыю",
    870: "Ъ",
    875: "Ћф",
    886: "Ђ",
    890: "%mæ",
    904: "Ж",
    906: "Ή",
    907: "њ",
    928: "Ύ",
    944: "WœŴẀẂẄ",
    969: "љ",
    976: "@",
    980: "Ы",
    1000: "ÆŒ—…‰™←→",
    1005: "Ш",
    1020: "Щ",
    1032: "Ю",
    1063: "Њ",
    1094: "Љ",
}


def _by_letter(table: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in table.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text, or a bound of it where it is not `known`."""
    return _thousandths(text, bold) * size / 1000


def room_of(text: str, size: float, bold: bool = False) -> float:
    """The width that a label is given: a little more than it needs."""
    return width(text, size, bold) * MARGIN


def known(text: str) -> bool:
    """Whether every letter is in the tables."""
    return all(letter in _WIDTHS[True] for letter in text)


@lru_cache(maxsize=4096)
def _thousandths(text: str, bold: bool) -> float:
    table = _WIDTHS[bold]
    if known(text):
        return sum(table[letter] for letter in text)
    return sum(_bound(letter, table) for letter in text)


def _bound(letter: str, table: dict[str, int]) -> float:
    if letter in table:
        return table[letter] * ANY_FONT
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if kind == "So" or letter >= "\U0001f000":
        return PICTURE
    if unicodedata.bidirectional(letter) in ("AL", "R"):
        return LEFTWARDS
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else OTHER


def fitting(text: str, size: float, room: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room; empty where nothing fits."""
    if room_of(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if room_of(_cut(text, middle), size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return _cut(text, low) if low else ""


def _cut(text: str, letters: int) -> str:
    """The first letters of a text, never without the marks that stand on the last one."""
    while letters < len(text) and unicodedata.category(text[letters]) in ("Mn", "Me", "Cf"):
        letters -= 1
    return f"{text[: max(letters, 0)].rstrip()}…" if letters > 0 else "…"
