"""Words for a status, a priority and a kind, in four languages and as other tools have them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.exchange.importing.headings import folded

_STATUSES = {
    "proposed": "proposed, idea, ideas, draft, concept, backlog, icebox, triage, new, suggestion, "
    "under consideration, exploring, discovery, someday, wish, pitch, requested, to be decided, "
    "idee, vorschlag, vorgeschlagen, entwurf, neu, konzept, angedacht, ideenspeicher, in prüfung, "
    "idée, proposé, brouillon, proposition, nouveau, à l'étude, "
    "propuesto, propuesta, borrador, nuevo, en estudio, idea",
    "planned": "planned, to do, todo, open, not started, ready, scheduled, upcoming, next, "
    "selected for development, approved, committed, unstarted, pending, queued, later, future, "
    "reopened, to be done, confirmed, started soon, on deck, up next, not yet started, accepted, "
    "geplant, offen, nicht begonnen, nicht gestartet, noch nicht begonnen, ausstehend, anstehend, "
    "zu erledigen, bereit, freigegeben, beauftragt, genehmigt, vorbereitet, "
    "prévu, planifié, à faire, ouvert, non commencé, pas commencé, non démarré, à venir, validé, "
    "planificado, previsto, por hacer, pendiente, abierto, no iniciado, sin empezar, no empezado, "
    "programado, aprobado",
    "active": "active, in progress, doing, started, running, ongoing, in work, wip, on track, "
    "in development, in review, review, testing, in test, qa, building, working on it, at risk, "
    "off track, delayed, late, in flight, development, under way, underway, implementing, "
    "in delivery, green, yellow, amber, red, current, in qa, in testing, code review, behind, "
    "in arbeit, in bearbeitung, laufend, läuft, begonnen, gestartet, in umsetzung, aktiv, "
    "in entwicklung, im test, in progress, verzögert, verspätet, im plan, grün, gelb, rot, "
    "in durchführung, angefangen, kritisch, in abnahme, im zeitplan, läuft nach plan, "
    "en cours, commencé, démarré, actif, en retard, en test, en développement, vert, orange, "
    "rouge, à risque, en revue, en réalisation, "
    "en curso, en progreso, iniciado, activo, empezado, en marcha, retrasado, en pruebas, "
    "en desarrollo, verde, amarillo, rojo, en proceso, en ejecución, trabajando en ello",
    "paused": "paused, on hold, blocked, stuck, waiting, hold, parked, stalled, suspended, "
    "impediment, deferred, waiting for approval, waiting on others, postponed, someone else, "
    "pausiert, blockiert, wartet, wartend, zurückgestellt, angehalten, ruht, unterbrochen, "
    "verschoben, gestoppt, geparkt, wartet auf andere, "
    "en pause, bloqué, en attente, suspendu, reporté, "
    "en pausa, bloqueado, en espera, suspendido, pausado, detenido, aplazado, parado",
    "done": "done, complete, completed, closed, finished, resolved, released, shipped, live, "
    "delivered, deployed, merged, launched, achieved, ok, x, ✓, ✔, ☑, ✅, yes, 100%, 100 %, "
    "in production, "
    "fertig, erledigt, abgeschlossen, fertiggestellt, beendet, geliefert, umgesetzt, "
    "geschlossen, abgenommen, ausgerollt, ja, "
    "terminé, fini, fait, achevé, clos, livré, fermé, clôturé, "
    "hecho, terminado, completado, cerrado, finalizado, entregado, acabado, listo",
    "dropped": "dropped, cancelled, canceled, rejected, won't do, wont do, won't fix, wontfix, "
    "abandoned, removed, duplicate, obsolete, not planned, declined, out of scope, discarded, "
    "archived, invalid, "
    "abgebrochen, gestrichen, storniert, verworfen, abgelehnt, entfällt, gecancelt, "
    "nicht umgesetzt, hinfällig, "
    "annulé, abandonné, rejeté, supprimé, refusé, "
    "cancelado, descartado, rechazado, anulado, abandonado, eliminado",
}
_PRIORITIES = {
    "1": "1, p0, p1, highest, critical, urgent, must, must have, blocker, top, a, sehr hoch, "
    "höchste, kritisch, dringend, muss, prio 1, très haute, critique, urgente, muy alta, crítica, "
    "crítico, ‼, !!!, priority 1, very high, immediate, maximal",
    "2": "2, p2, high, major, should, should have, b, hoch, wichtig, soll, prio 2, haute, élevée, "
    "importante, alta, alto, elevada, !!, important, élevé",
    "3": "3, p3, medium, normal, moderate, c, could, could have, mittel, prio 3, kann, moyenne, "
    "normale, moyen, media, medio, mittlere, !, med, standard",
    "4": "4, p4, low, minor, d, niedrig, gering, prio 4, basse, faible, baja, bajo, bas, "
    "nice to have",
    "5": "5, p5, lowest, trivial, won't, won't have, e, sehr niedrig, prio 5, très basse, "
    "muy baja, niedrigste, optional, mínima",
}
_NO_PRIORITY = "no priority, none, keine, aucune, ninguna, 0, not set"
_KINDS = {
    "milestone": "milestone, launch, go live, release, gate, meilenstein, jalon, hito, lancement, "
    "lanzamiento, deadline, event, termin",
    "campaign": "campaign, kampagne, campagne, campaña, marketing campaign, aktion",
    "integration": "integration, interface, schnittstelle, intégration, integración, api",
    "foundation": "foundation, platform, enabler, infrastructure, infrastruktur, grundlage, "
    "plattform, socle, fondation, base, infraestructura, technical debt",
    "review": "review, approval, audit, prüfung, freigabe, revue, revisión, abnahme, validation",
    "feature": "feature, task, story, user story, project, epic, initiative, aufgabe, vorgang, "
    "projekt, tâche, projet, tarea, proyecto, item, work item, new feature, sub task, subtask, "
    "teilaufgabe, unteraufgabe, improvement, normal, funktion, fonctionnalité, funcionalidad",
}


def _key(text: str) -> str:
    return folded(text) or text.strip()


_YES = "yes y x ja j oui si true 1 wahr vrai verdadero done ok ✓ ✔ ☑ ✅"
YES = frozenset(map(_key, _YES.split()))
_NO = "no n nein non false 0 falsch faux falso ✗ ✘ ☐ ❌"
NO = frozenset(map(_key, _NO.split()))
COLOURS = {
    "red": (0, "rot rouge rojo"),
    "orange": (30, "naranja amber"),
    "yellow": (58, "gelb jaune amarillo"),
    "green": (120, "grun vert verde"),
    "blue": (215, "blau bleu azul"),
    "purple": (285, "lila violett violet morado purpur"),
    "pink": (330, "rosa rose"),
}


def _by_word(lines: Mapping[str, str]) -> dict[str, str]:
    return {_key(word): known for known, words in lines.items() for word in words.split(", ")}


_STATUS_OF = _by_word(_STATUSES)
_PRIORITY_OF = _by_word(_PRIORITIES) | {_key(word): "" for word in _NO_PRIORITY.split(", ")}
_KIND_OF = _by_word(_KINDS)


def status_of(text: str) -> str | None:
    """The status that a word means; with a number, a sign or a bracket before or after it too."""
    words = _key(text)
    if words in _STATUS_OF:
        return _STATUS_OF[words]
    bare = " ".join(word for word in words.split() if not word.isdigit())
    return _STATUS_OF.get(bare)


def priority_of(text: str) -> int | None:
    """1 (highest) to 5; 0 where a word says that there is none, None for other words."""
    words = _key(text)
    known = _PRIORITY_OF.get(words)
    if known is None:
        first, _, rest = words.partition(" ")
        known = _PRIORITY_OF.get(first if first.isdigit() or first[:1] == "p" else rest)
    if known is None and (words.startswith("prio") and words[-1:].isdigit()):
        known = _PRIORITY_OF.get(words[-1])
    return None if known is None else int(known or 0)


def kind_of(text: str) -> str | None:
    """The kind that a word means: `feature` for a task or story; None for other words."""
    return _KIND_OF.get(_key(text))


MILESTONES = frozenset(("milestone", "meilenstein", "jalon", "hito"))


def is_milestone(text: str) -> bool:
    """Whether a word calls work a milestone wherever it stands: a launch is one only as a kind."""
    return _key(text) in MILESTONES


def flag_of(text: str) -> bool | None:
    """Whether a tick or word means yes."""
    word = _key(text)
    return True if word in YES else False if word in NO else None


def colour_of(fill: str) -> str | None:
    """The English name of a colour ``RRGGBB``; None for white, grey and black."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    most, least = max(red, green, blue), min(red, green, blue)
    if most - least < 14:
        return None
    if most == red:
        hue = 60.0 * (green - blue) / (most - least) % 360
    elif most == green:
        hue = 60.0 * (blue - red) / (most - least) + 120
    else:
        hue = 60.0 * (red - green) / (most - least) + 240
    apart = {name: min(abs(hue - at), 360 - abs(hue - at)) for name, (at, _) in COLOURS.items()}
    return min(apart, key=lambda name: apart[name])


def colour_called(word: str) -> str | None:
    """The colour that a word names, in four languages."""
    plain = folded(word)
    for name, (_, others) in COLOURS.items():
        if plain in folded(f"{name} {others}").split():
            return name
    return None
