"""Departments, teams and people as sheets name them: which side, a team or a person, how many.

What a cell of owners names is a person where it looks like a name (``Anna Schmidt``, ``A. Meier``,
an e-mail address), and a team where a word of it is one for a team, a trade or a department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from planner.exchange.importing.headings import folded
from planner.roadmap.sides import IT, JOINT, MARKETING, title_of

_PLAIN = {
    MARKETING: "marketing, mktg, mkt, mktng, marketing team, marketing department, "
    "marketingabteilung, mercadotecnia, abteilung marketing, dpto marketing",
    IT: "it, i t, edv, information technology, it team, it department, it abteilung, tech, "
    "technology, informatik, dsi, informatique, informática, tic, ti, ict, engineering, "
    "technik, abteilung it, sistemas, service informatique",
    JOINT: "joint, both, shared, all, common, cross functional, marketing it, it marketing, "
    "beide, gemeinsam, alle, übergreifend, bereichsübergreifend, mkt it, commun, les deux, tous, "
    "conjoint, transverse, común, ambos, conjunto, todos, compartido, marketing and it, "
    "it and marketing, marketing und it, it und marketing, marketing et it, marketing y it, "
    "marketing e it, marketing y ti, marketing et dsi, it mkt",
}
_TRADES = {
    MARKETING: "marketing mktg mkt brand branding marke marque marca crm campaign campaigns "
    "kampagne kampagnen campagne content contenu contenido media medien seo sem social "
    "communication communications kommunikation comunicacion pr presse press event events "
    "advertising werbung publicidad publicite growth vertrieb sales ventas vente ventes "
    "commercial commerciale comercial ecommerce commerce web website newsletter email customer "
    "kunden "
    "client loyalty promotion digital creative kreation grafik redaktion performance demand "
    "cmo produktmarketing onlinemarketing merchandising",
    IT: "it edv informatik informatique informatica dsi tic tech technology technik engineering "
    "software development entwicklung developpement desarrollo developers dev devops infra "
    "infrastructure infrastruktur infraestructura infrastructures platform plattform "
    "plateforme plataforma security sicherheit securite seguridad identity iam network netzwerk "
    "backend frontend architecture architektur systems systeme sistemas operations ops betrieb "
    "cloud database bi datawarehouse dwh erp sap cto cio helpdesk support integration api "
    "applications anwendungen sysadmin sre qa datenbank middleware it-infra",
}
_WORDS = {side: frozenset(folded(words).split()) for side, words in _TRADES.items()}
_TEAM = """
team squad group gruppe abteilung department dept dpto departamento equipe equipo service
agency agentur agence agencia gmbh ag inc ltd sarl sl kg llc legal recht juridique hr
finance finanzen finanzas finances procurement einkauf achats compras design ux ui data
analytics product produkt produit producto shop store office management vendor partner
extern external tbd compliance datenschutz privacy dpo controlling logistics logistik
mobile app apps bereich service services center centre lab labs studio board steering
personal rh qualitat quality research strategy strategie editorial studio crew tribe
chapter helpdesk facility purchasing customer-care care consent search checkout payments
payment commerce catalog catalogue
"""
_TEAM_WORDS = _WORDS[MARKETING] | _WORDS[IT] | set(folded(_TEAM).split())
_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]*\.?)(?:\s+(?:van|von|de|der|den|del|la|di|da|le|zu|el))*")


class Person(Struct, frozen=True):
    """A person as a cell names them; `share` is what stood in brackets, such as ``50%``."""

    name: str
    email: str = ""
    share: str = ""


@lru_cache(maxsize=1 << 12)
def side_of(text: str) -> tuple[str | None, bool]:
    """The side that a department belongs to, and whether it is that side by its plain name.

    None for a department of neither, which is a portfolio of its own.
    """
    words = folded(text)
    for side, names in _PLAIN.items():
        if words in {folded(name) for name in names.split(", ")}:
            return side, True
    found = {side for side, known in _WORDS.items() if set(words.split()) & known}
    if len(found) == 1:
        return found.pop(), False
    if len(found) > 1:
        return _first_named(words.split()), False
    return _compounded(words), False


def _first_named(words: list[str]) -> str:
    """Of both sides that words speak of: joint for just the two, else the side of the last word
    that is one, ``IT Marketing Platform``, or of the first where it is the side's own name.
    """
    if words[0] in ("it", "marketing", "mkt", "edv", "dsi") and words[-1] not in (
        "it",
        "marketing",
    ):
        return IT if words[0] in ("it", "edv", "dsi") else MARKETING
    if {words[0], words[-1]} <= {"it", "edv", "dsi", "marketing", "mkt", "ti"}:
        return JOINT
    last = next(word for word in reversed(words) if any(word in each for each in _WORDS.values()))
    return IT if last in _WORDS[IT] else MARKETING


def _compounded(words: str) -> str | None:
    """The side of a German or hyphenless compound: ``Onlinemarketing``, ``Softwareentwicklung``."""
    for word in words.split():
        for side, known in _WORDS.items():
            if any(len(each) > 6 and each in word for each in known):
                return side
    return None


def is_plain_side(text: str, side: str) -> bool:
    """Whether a text is no more than the title of its side."""
    return folded(text) == folded(title_of(side))


# --- people ---------------------------------------------------------------------------------------

_MAIL = re.compile(r"<?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?")
_BETWEEN = re.compile(r"\s*(?:[,;\n|/]|\s&\s|\s\+\s|\s+(?:and|und|et|y)\s+)\s*")


def named(text: str) -> list[str]:
    """The names in a cell: separated by commas, slashes, line ends, ``and``."""
    comma_name = re.fullmatch(r"\s*([A-ZÀ-Þ][\w'-]+),\s*([A-ZÀ-Þ][\w'-]+\.?)\s*", text)
    if comma_name and not is_team(text) and comma_name[1] not in GIVEN:
        return [text.strip()]
    found = (part.strip(" @•-–") for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in found if re.search(r"[^\W_]", part)))


_GIVEN = """
Anna Ben Max Lena Tom Tim Jan Eva Lisa Laura Julia Sarah Sara Maria Marie Paul Peter Paula
    David Daniel Michael Thomas Martin Markus Stefan Stephan Andreas Christian Alexander Sebastian
    Felix Lukas Luca Leon Jonas Jürgen Klaus Hans Sabine Petra Monika Katrin Claudia Susanne Nina
    Sophie Emma Mia Noah John James Robert William Mary Emily Jack Sam Alex Chris Kate Emma Oliver
    Jean Pierre Jacques Luc Claire Camille Julie Antoine Nicolas Louis Hugo Chloé Élodie Céline
    Carlos José Juan Pedro Luis Ana Carmen Lucía Pablo Javier Sofía Marta Elena Miguel Diego Jorge
    Priya Raj Wei Yuki Omar Fatima Ali Amir Nora Ida Ole Lars Sven Nils Karl Olga Ivan Marco
    Giulia Paolo Chiara Ruth Adam Ines Iris Jens Kai Uwe Ralf Dirk Frank Georg Heike Anja Tanja
    Karin Birgit Jörg Björn Miriam Hannah Hanna Clara Greta Mark Steve Linda Susan Karen Lucy Amy
    Tina Rita Rosa Pia Lea Leo Theo Finn Ella Mila Zoe Maya Mona Vera Timo Philipp Simon Fabian
    Florian Tobias Patrick Kevin Dennis Marcel Oliver Matthias Manuel Isabel Raquel Sergio Alberto
    Thierry Laurent Sylvie Nathalie Isabelle Michel François Élise Inès Mathieu Léa Manon
"""
GIVEN = frozenset(_GIVEN.split())
"""Given names that a cell may hold alone."""


@lru_cache(maxsize=1 << 12)
def is_team(text: str) -> bool:
    """Whether a word of a name is one for a team, a trade or a department."""
    words = folded(text).split()
    acronym = len(words) == 1 and text.strip().isupper() and len(text.strip()) < 7
    compound = any(len(each) > 4 and word.endswith(each) for word in words for each in _TEAM_WORDS)
    return acronym or compound or not _TEAM_WORDS.isdisjoint(words)


@lru_cache(maxsize=1 << 12)
def is_person(text: str) -> bool:
    """Whether a name is that of a person: an address, a given name, two or three capital words."""
    if "@" in text:
        return True
    bare = re.sub(r"\s*[\[(].*?[\])]", "", text).strip()
    if is_team(bare):
        return False
    last, _, first = bare.partition(",")
    words = f"{first} {last}".split()
    if words and words[0].strip(",.") in GIVEN:
        return len(words) < 5
    parts = _NAME.fullmatch(words[0]) is not None if words else False
    return (
        2 <= len(words) <= 4
        and parts
        and all(_NAME.match(each) or (each.islower() and len(each) < 4) for each in words)
        and words[-1][:1].isupper()
    )


def person(text: str) -> Person:
    """A person of a name, an address, or both: ``Anna Schmidt <anna@acme.example> [50%]``."""
    share = re.search(r"[\[(]\s*(\d+\s*%)\s*[\])]", text)
    words = text.replace(share[0], " ") if share else text
    mail = _MAIL.search(words)
    name = " ".join(_MAIL.sub(" ", words).strip(" <>()@").split())
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    if not name and mail:
        parts = re.split(r"[._+-]", mail[1].partition("@")[0])
        name = " ".join(part.capitalize() for part in parts if part)
    return Person(name or text.strip(), mail[1] if mail else "", share[1] if share else "")


def mostly_people(texts: Iterable[str]) -> bool:
    """Whether a column of owners names people rather than teams, by the cells that are clear."""
    known = list(texts)
    people = sum(is_person(each) for each in known)
    teams = sum(not is_person(each) and is_team(each) for each in known)
    return people > teams
