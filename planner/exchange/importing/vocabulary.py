"""What people call the columns of their sheets, in English, German, French and Spanish.

One line of phrases for each meaning and language, spelled as people spell them:
`planner.exchange.importing.headings` compares without case, accents and signs. A meaning is mostly
the key of an initiative that its cells become; the others are listed in `OTHERS`.
"""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("en", "de", "fr", "es")

OTHERS: Mapping[str, str] = {
    "key": "what the sheet calls the row: `SHOP-12`",
    "end": "the last day, no deadline",
    "start": "the first day",
    "period": "first and last day in one cell",
    "duration": "working time from start to end",
    "effort": "work, where no dates say how long it takes",
    "team": "the team that owns it",
    "person": "who owns it, or works on it",
    "blocks": "what waits for it",
    "milestone": "yes for a milestone",
    "vendor": "who supplies the system",
    "finished": "the day on which it was finished",
}
"""The meanings that are no key of an initiative, with what they hold."""

PHRASES: Mapping[str, str] = {
    "key": """
en: id, key, card id, issue key, issue id, no, number, #, ref, ref no, reference, ticket, code,
    wbs, item
    id, task id, project id, row, unique id, outline number, ticket no, seq
de: nr, lfd nr, nummer, kennung, schlüssel, vorgangsnr, projekt nr, projektnr, projektnummer,
    ticket, vorgangsnummer, pos, position, lfdnr, laufende nummer, kürzel, psp code
fr: n, no, n°, numéro, référence, réf, clé, identifiant, num
es: n.º, núm, número, referencia, clave, identificador, ref
""",
    "title": """
en: task, task name, title, name, item, activity, work item, work package, what, feature, summary,
    deliverable, topic, subject, action item, initiative, initiative name, campaign, item name,
    card name, project, project name, element, to do
de: aufgabe, aufgaben, vorgang, vorgangsname, arbeitspaket, titel, maßnahme, maßnahmen, was,
    aktivität, bezeichnung, todo, vorhaben, thema, projekttitel, initiative, kampagne, projekt,
    projektname, projektbezeichnung, aktion, tätigkeit
fr: tâche, tâches, titre, nom, nom de la tâche, activité, intitulé, libellé, action, actions,
    sujet, chantier, initiative, campagne, projet, nom du projet, quoi
es: tarea, tareas, título, nombre, nombre de la tarea, actividad, actividades, acción, acciones,
    asunto, tema, iniciativa, campaña, proyecto, nombre del proyecto, qué
""",
    "portfolio": """
en: department, dept, portfolio, side, area, division, business unit, function, domain, unit,
    organisation, organization, org
de: abteilung, bereich, ressort, fachbereich, geschäftsbereich, seite, abt, organisationseinheit,
    orga, portfolio, einheit, fachabteilung
fr: service, département, direction, pôle, domaine, entité, portefeuille
es: departamento, área, dirección, unidad, depto, dpto, división, cartera
""",
    "owner": """
en: owner, owned by, accountable, lead, responsible, responsibility, resource, resources, resource
    names, who, owners, task owner, responsible party, in charge
de: verantwortlich, verantwortliche, verantwortlicher, verantwortung, verantwortlichkeit,
    zuständig, zuständigkeit, besitzer, federführung, wer, ressourcen, ressource, ressourcenname,
    ressourcennamen, eigentümer, umsetzung durch, durch
fr: responsable, responsables, pilote, porteur, propriétaire, qui, ressources, référent, noms des
    ressources, en charge
es: responsable, responsables, propietario, encargado, encargada, líder, quién, recursos, dueño,
    nombres de los recursos, a cargo de
""",
    "team": """
en: team, owner team, owning team, squad, crew, responsible team, assigned team, teams, team name,
    delivery team
de: team, owner team, verantwortliches team, zuständiges team, teams, gruppe zuständig
fr: équipe, équipe responsable, équipes
es: equipo, equipo responsable, equipos
""",
    "person": """
en: person, assignee, assignees, assigned to, contact, contact person, project manager, pm,
    people, responsible person, product owner, project lead, dri, manager, members
de: person, personen, ansprechpartner, ansprechpartnerin, ansprechperson, bearbeiter,
    bearbeiterin, projektleiter, projektleitung, projektleiterin, mitarbeiter, kontakt, zugewiesen
    an, zugewiesen, verantwortliche person, leitung, bearbeitet von
fr: personne, personnes, assigné à, assigné, attribué à, chef de projet, contact, interlocuteur,
    affecté à
es: persona, personas, asignado a, asignado, jefe de proyecto, contacto, persona responsable
""",
    "responsible": """
en: done by, executed by, implementer, contributors
de: ausführend, durchführung, umsetzer, mitwirkende, mitwirkend
fr: réalisé par, réalisateur, contributeurs
es: ejecutor, ejecutado por, colaboradores
""",
    "consulted": """
en: consulted, stakeholder, stakeholders, reviewers
de: konsultiert, beteiligte, beteiligt, einzubinden, stakeholder
fr: consulté, consultés, parties prenantes
es: consultado, consultados, interesados
""",
    "informed": """
en: informed
de: informiert, zu informieren
fr: informé, informés
es: informado
""",
    "start": """
en: start, start date, begin, begins, beginning, from, kickoff, kick off, planned start, starts,
    start on, starting, start week, date start, planned start date, scheduled start
de: start, beginn, anfang, startdatum, starttermin, von, ab, geplanter start, projektstart,
    anfangsdatum, anfangstermin, geplanter beginn, beginndatum, start kw, start plan, plan start
fr: début, date de début, démarrage, date de démarrage, commence, du, début prévu, date début
es: inicio, fecha de inicio, comienzo, desde, fecha inicio, empieza, arranque, inicio previsto,
    fecha de comienzo
""",
    "end": """
en: end, end date, finish, finish date, to, until, planned end, ends, completion date, target end,
    target date, target, planned finish, end week, planned end date, scheduled end, finishes, eta
de: ende, enddatum, endtermin, bis, fertig, fertigstellung, abschluss, geplantes ende,
    projektende, fertigstellungstermin, zieltermin, zieldatum, termin, ende kw, ende plan, plan
    ende, abschlussdatum, fertig bis
fr: fin, date de fin, au, jusqu'à, achèvement, fin prévue, date fin, date cible, date d'achèvement
es: fin, fecha de fin, hasta, fecha fin, término, fecha final, finalización, fin previsto, fecha
    objetivo, fecha de finalización, final, termina
""",
    "deadline": """
en: due, due date, deadline, launch, launch date, go live, golive, go live date, release, release
    date, due by, due on, needed by, date due, must be done by, drop dead date, publish date,
    publication date
de: fällig, fällig am, fälligkeit, fälligkeitsdatum, frist, deadline, stichtag, launch,
    liefertermin, go live, golive, abgabe, abgabetermin, spätestens, fertig spätestens, spätestens
    fertig,
    launchtermin, launchdatum, veröffentlichung, live am, live, fällig bis
fr: échéance, date d'échéance, date limite, lancement, date de lancement, mise en ligne, date
    butoir, deadline, délai, mise en production, échéances
es: vencimiento, fecha de vencimiento, fecha límite, plazo, lanzamiento, deadline, fecha de
    lanzamiento, entrega, fecha de entrega, vence, puesta en marcha
""",
    "period": """
en: timeline, dates, period, timeframe, time frame, date range, when, timespan, schedule
de: zeitraum, zeitplan, wann, zeitspanne, zeitfenster, laufzeit von bis
fr: période, dates, calendrier, quand
es: periodo, período, fechas, calendario, cuándo
""",
    "duration": """
en: duration, length, days, weeks, est duration, estimated duration, time needed, duration d,
    working days, how long
de: dauer, laufzeit, tage, wochen, arbeitstage, wie lange, dauer geplant, geplante dauer
fr: durée, jours, semaines, durée estimée, durée prévue
es: duración, días, semanas, duración estimada, duración prevista
""",
    "effort": """
en: effort, estimate, estimated effort, person days, man days, work, pd, md, hours, original
    estimate, time estimate, estimation, est, workload, estimated hours
de: aufwand, schätzung, aufwandsschätzung, personentage, pt, stunden, arbeit, geschätzter aufwand,
    aufwand geschätzt, manntage, mt, schätzwert
fr: charge, effort, estimation, jours homme, jh, charge estimée, heures, travail
es: esfuerzo, estimación, jornadas, horas, trabajo, esfuerzo estimado
""",
    "percent_complete": """
en: progress, % complete, percent complete, complete, % done, done %, %, percentage, percent, pct
    complete, % progress, percent done, % work complete
de: fortschritt, fertig %, % abgeschlossen, erledigt %, fertigstellungsgrad, prozent, fertiggrad,
    % fertig, % erledigt, bearbeitungsstand, fertig in %, umsetzungsgrad
fr: avancement, % achevé, progression, % terminé, % avancement, taux d'avancement, progrès
es: progreso, avance, % completado, porcentaje, % avance, % de avance, porcentaje completado
""",
    "status": """
en: status, state, stage, rag, health, progress status, task status, list, column, list name,
    column name, done
de: status, zustand, stand, ampel, bearbeitungsstatus, projektstatus, liste, spalte
fr: statut, état, état d'avancement, liste
es: estado, situación, estatus, status, lista
""",
    "priority": """
en: priority, prio, importance, rank, moscow, severity, urgency
de: priorität, prio, wichtigkeit, rang, dringlichkeit, prioritaet
fr: priorité, prio, urgence, importance
es: prioridad, urgencia, importancia, prio
""",
    "cost": """
en: cost, costs, budget, price, spend, amount, investment, total cost, planned cost, est cost,
    estimated cost, media budget, €, $, fixed cost, eur, usd
de: kosten, budget, preis, betrag, invest, investition, mittel, budget geplant, gesamtkosten,
    plankosten, kosten geplant, mediabudget
fr: coût, coûts, budget, montant, prix, dépenses
es: coste, costo, costes, costos, presupuesto, importe, gasto, precio
""",
    "uses": """
en: systems, system, tools, tool, platform, platforms, applications, application, software, tech,
    technology, systems used, uses, uses systems, tools used, tool stack, apps, systems involved,
    systems tools, systems needed, stack
de: systeme, system, tools, werkzeug, werkzeuge, plattform, plattformen, anwendung, anwendungen,
    software, tool, genutzte systeme, benötigte systeme, verwendete systeme, beteiligte systeme,
    it systeme, it system, applikation, applikationen, nutzt
fr: systèmes, système, outils, outil, plateforme, plateformes, application, applications,
    logiciel, logiciels, outils utilisés, systèmes utilisés, utilise
es: sistemas, sistema, herramientas, herramienta, plataforma, plataformas, aplicación,
    aplicaciones, software, sistemas usados, usa, utiliza
""",
    "changes": """
en: changes, changed systems, systems changed, affected systems, impacted systems, systems
    affected, system change, modifies, system changes, systems impacted, affects, impacted system,
    affected system
de: ändert, geänderte systeme, änderungen an, betroffene systeme, systemänderung,
    systemänderungen, eingriff in, betroffenes system, geändertes system, verändert, änderung an
    system
fr: modifie, systèmes modifiés, systèmes impactés, outils modifiés, change, système modifié,
    système impacté, systèmes concernés
es: cambia, modifica, sistemas modificados, sistemas afectados, sistema modificado, sistema
    afectado
""",
    "introduces": """
en: new system, new systems, introduces, new tool, new tools
de: neues system, neue systeme, führt ein, neues tool, neue tools
fr: nouveau système, nouveaux systèmes, introduit, nouvel outil
es: nuevo sistema, nuevos sistemas, introduce, nueva herramienta
""",
    "retires": """
en: retires, replaced system, retired system, decommissions, switches off
de: löst ab, abgelöstes system, schaltet ab, abgeschaltetes system
fr: retire, système retiré, décommissionne
es: retira, sistema retirado
""",
    "processes": """
en: data, data used, data types, data class, personal data, data objects, data needed, data
    processed
de: daten, datenarten, datenkategorie, datenkategorien, datenklasse, datenobjekte,
    personenbezogene daten, genutzte daten, verarbeitete daten
fr: données, données utilisées, données personnelles, types de données
es: datos, datos utilizados, datos personales, tipos de datos
""",
    "needs": """
en: dependencies, dependency, depends on, predecessors, predecessor, blocked by, is blocked by,
    requires, needs, prerequisites, prerequisite, waiting for, waits for, after, depends, waiting
    on, inputs needed, required first, dependent on, pred, dependencies blocked by, unique id
    predecessors, input from, needed from
de: abhängigkeiten, abhängigkeit, abhängig von, vorgänger, voraussetzung, voraussetzungen,
    benötigt, braucht, blockiert durch, wartet auf, nach, hängt ab von, vorbedingung,
    vorbedingungen, vorgängervorgang, zulieferung, zulieferungen, nötig davor, blockiert von
fr: dépendances, dépendance, dépend de, prédécesseurs, prédécesseur, bloqué par, prérequis, pré
    requis, après, nécessite, attend, préalables, besoin de
es: dependencias, dependencia, depende de, predecesoras, predecesores, predecesora, predecesor,
    bloqueado por, requisitos, prerrequisitos, necesita, requiere, después de, espera a,
    requisitos previos
""",
    "blocks": """
en: blocks, successors, successor, blocking, enables, required by, before, dependents, is needed
    by
de: blockiert, nachfolger, ermöglicht, benötigt von, vor, wird benötigt von
fr: bloque, successeurs, successeur, permet
es: bloquea, sucesores, sucesoras, sucesora, sucesor, permite
""",
    "notes": """
en: notes, note, comment, comments, description, details, remarks, remark, info, information,
    background, context, desc, latest comment, latest update, update, risks, risk, scope
de: notizen, notiz, kommentar, kommentare, beschreibung, bemerkung, bemerkungen, anmerkung,
    anmerkungen, hinweis, hinweise, details, info, erläuterung, sonstiges, risiken, risiko,
    kommentierung, projektbeschreibung
fr: notes, note, commentaire, commentaires, description, remarque, remarques, détails,
    observations, risques, précisions
es: notas, nota, comentario, comentarios, descripción, observaciones, detalles, riesgos
""",
    "tags": """
en: tags, tag, labels, label, keywords, category, categories
de: tags, labels, schlagworte, schlagwörter, stichworte, stichwörter, kategorie, kategorien
fr: étiquettes, étiquette, mots clés, catégorie, catégories
es: etiquetas, etiqueta, categoría, categorías, palabras clave
""",
    "part_of": """
en: group, phase, epic, epic name, epic link, programme, program, theme, workstream, stream,
    section, parent, parent task, bucket, cluster, track, section column, group name, parent
    issue, swimlane, work stream, part of
de: gruppe, phase, epic, programm, block, cluster, handlungsfeld, teilprojekt, abschnitt,
    oberthema, übergeordnet, arbeitsstrom, themenfeld, themenblock, sammelvorgang, projektphase,
    teil von
fr: groupe, phase, programme, thème, lot, volet, axe, section, épopée
es: grupo, fase, programa, bloque, sección, línea, eje, épica
""",
    "kind": """
en: type, kind, item type, issue type, task type, work type, work item type
de: typ, art, vorgangsart, vorgangstyp, aufgabentyp
fr: type, nature, type de tâche, genre
es: tipo, clase, tipo de tarea
""",
    "milestone": """
en: milestone, is milestone, milestones
de: meilenstein, ist meilenstein, meilensteine
fr: jalon, jalons
es: hito, hitos
""",
    "outcomes": """
en: kpi, kpis, outcome, outcomes, goal, goals, objective, objectives, success metric, metric,
    benefit, benefits, okr, business goal
de: ziel, ziele, kennzahl, kennzahlen, kpi, kpis, ergebnis, nutzen, erfolgskriterium, messgröße,
    zielsetzung
fr: objectif, objectifs, résultat, résultats, indicateur, indicateurs, kpi, bénéfice
es: objetivo, objetivos, resultado, resultados, indicador, indicadores, kpi, beneficio
""",
    "vendor": """
en: vendor, supplier, agency, provider, partner, contractor, vendors, suppliers
de: anbieter, lieferant, agentur, dienstleister, partner, hersteller, lieferanten
fr: fournisseur, prestataire, agence, éditeur, partenaire, fournisseurs
es: proveedor, agencia, socio, proveedores
""",
    "urls": """
en: url, urls, link, links, web, web address, ticket link, ticket url, website, issue url
de: link, links, url, verweis, verweise, webadresse, internetadresse
fr: lien, liens, url, adresse web
es: enlace, enlaces, url, dirección web
""",
    "actual_start": """
en: actual start, started, started on, actual start date, started at, real start
de: ist start, ist beginn, tatsächlicher beginn, begonnen am, tatsächlicher start, start ist,
    gestartet am, begonnen, beginn ist
fr: début réel, commencé le, démarré le, date de début réelle
es: inicio real, empezado el, comenzado el, fecha de inicio real
""",
    "finished": """
en: actual end, actual finish, completed, completed on, completed at, closed, closed at, finished,
    finished on, done on, resolved, actual end date, actual finish date, date completed, completed
    date, completion time, closed on, done date, done at
de: ist ende, tatsächliches ende, abgeschlossen am, erledigt am, fertig am, ende ist,
    abgeschlossen, erledigt, fertiggestellt am, beendet am
fr: fin réelle, terminé le, achevé le, date de fin réelle, clôturé le
es: fin real, completado el, terminado el, fecha de fin real, cerrado el, finalizado el
""",
    "announced": """
en: announced, announced date, public date, announced for
de: angekündigt, angekündigt für, kommuniziert, kommunizierter termin
fr: annoncé, date annoncée, annoncé pour
es: anunciado, fecha anunciada, anunciado para
""",
}
"""Meaning → a line for each of `LANGUAGES`, the likeliest phrase first; indented lines go on."""
