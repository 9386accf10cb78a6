"""Sentences of people's sheets, each with what a reader takes it to say of other work.

They were written before the code that reads them. A sentence says that its row waits for something
(`>` before what it names), that something waits for its row (`<`), or nothing of the kind. Behind
`=` stands the initiative of `PLAN` that a reader thinks of first; without it there is none.
"""

from __future__ import annotations

from typing import NamedTuple

PLAN = (
    ("sso", "Single sign-on", "it"),
    ("consent-api", "Consent API", "it"),
    ("crm-migration", "CRM migration", "it"),
    ("cdp", "Kundendatenplattform", "it"),
    ("newsletter", "Newsletter relaunch", "marketing"),
    ("spring", "Spring campaign", "marketing"),
    ("summer", "Summer campaign", "marketing"),
    ("landing", "Landingpage Frühjahrskampagne", "marketing"),
    ("privacy", "Freigabe Datenschutz", "legal"),
    ("erp", "ERP-Schnittstelle", "it"),
    ("tracking", "Tagging und Tracking", "it"),
    ("shop", "Shop launch", "marketing"),
    ("app", "Mobile app", "it"),
    ("donnees", "Migration des données", "it"),
    ("refonte", "Refonte du site", "marketing"),
    ("prix", "API des prix", "it"),
    ("contenu", "Contenu produit", "marketing"),
    ("catalogo", "Catálogo de productos", "marketing"),
    ("pagos", "Pasarela de pagos", "it"),
    ("web", "Lanzamiento de la web", "marketing"),
    ("analytics", "Market data analytics", "it"),
    ("vendor", "Vendor selection", "it"),
    ("push", "Web push", "marketing"),
    ("prices", "Preisliste 2027", "marketing"),
    ("this", "Loyalty programme", "marketing"),
)
"""Id, title and side of the work in the sheet; the sentences stand in the row of the last one."""

SENTENCES = """
en | after SSO                                             | > SSO = sso
en | After single sign-on                                  | > single sign-on = sso
en | needs consent API from IT                             | > consent API = consent-api
en | Needs the Consent API (IT)                            | > Consent API = consent-api
en | waiting for CRM migration                             | > CRM migration = crm-migration
en | Waiting on the CRM migration to finish                | > CRM migration = crm-migration
en | blocked by tracking                                   | > tracking = tracking
en | Blocked by: vendor selection                          | > vendor selection = vendor
en | depends on market data analytics                      | > market data analytics = analytics
en | dependent on the mobile app                           | > mobile app = app
en | Dependency: web push                                  | > web push = push
en | requires consent api to be live                       | > consent api = consent-api
en | can only start once SSO is done                       | > SSO = sso
en | Once the newsletter relaunch is live we can go        | > newsletter relaunch = newsletter
en | starts when the shop is launched                      | > shop = shop
en | as soon as vendor selection is finished               | > vendor selection = vendor
en | not before the spring campaign                        | > spring campaign = spring
en | follows the summer campaign                           | > summer campaign = summer
en | subject to vendor selection                           | > vendor selection = vendor
en | pending CRM migration                                 | > CRM migration = crm-migration
en | on hold until mobile app is out                       | > mobile app = app
en | cannot start until tracking is in place               | > tracking = tracking
en | we need web push for this                             | > web push = push
en | before launch of the shop                             | < shop = shop
en | must be ready before the spring campaign              | < spring campaign = spring
en | prerequisite for newsletter relaunch                  | < newsletter relaunch = newsletter
en | needed for the summer campaign                        | < summer campaign = summer
en | blocks mobile app                                     | < mobile app = app
en | required by the shop launch                           | < shop launch = shop
en | IT has to deliver the consent API first               | > consent API = consent-api
en | consent API must be done first                        | > consent API = consent-api
en | 3 weeks, after SSO and web push                       | > SSO = sso; > web push = push
en | Landing page in 4 languages (after newsletter)        | > newsletter = newsletter
en | Owner on leave in May; needs CRM migration            | > CRM migration = crm-migration
en | needs Salesforce                                      | > Salesforce
en | waiting for legal approval                            | > legal approval
en | depends on budget decision of the board               | > budget decision of the board
en | once contract with agency is signed                   | > contract with agency
en | predecessor: tracking                                 | > tracking = tracking
en | see mobile app, needs it                              | > mobile app = app
en | after all                                             |
en | needs more budget                                     |
en | needs work                                            |
en | needs to be reviewed                                  |
en | after lunch                                           |
en | look after the community                              |
en | after 12 May                                          |
en | after Easter                                          |
en | after Q2                                              |
en | before Christmas                                      |
en | before 1 June                                         |
en | Follow-up mail to customers                           |
en | no dependencies                                       |
en | does not depend on anything                           |
en | waiting list for the beta                             |
en | needs 2 people                                        |
en | needs approval                                        |
en | as discussed before                                   |
en | once a month                                          |
en | once                                                  |
en | Budget blocked                                        |
en | required                                              |
en | requirements workshop                                 |
en | after-sales journey                                   |
en | Aftershave campaign                                   |
en | the day after                                         |
en | needs analysis                                        |
en | wait and see                                          |
en | on time, 80 % done                                    |
en | until end of May                                      |
en | before and after pictures                             |
en | soon                                                  |
de | nach SSO                                              | > SSO = sso
de | sobald Consent-API fertig                             | > Consent-API = consent-api
de | Sobald die Kundendatenplattform live ist              | > Kundendatenplattform = cdp
de | nach Freigabe durch Legal                             | > Freigabe = privacy
de | wartet auf ERP-Schnittstelle                          | > ERP-Schnittstelle = erp
de | Warten auf CRM-Migration                              | > CRM-Migration = crm-migration
de | braucht Tracking von der IT                           | > Tracking = tracking
de | benötigt Consent API                                  | > Consent API = consent-api
de | abhängig von der ERP-Schnittstelle                    | > ERP-Schnittstelle = erp
de | hängt an der Kundendatenplattform                     | > Kundendatenplattform = cdp
de | hängt von SSO ab                                      | > SSO = sso
de | Abhängigkeit: Preisliste                              | > Preisliste = prices
de | blockiert durch CRM-Migration                         | > CRM-Migration = crm-migration
de | erst nach dem Newsletter-Relaunch                     | > Newsletter-Relaunch = newsletter
de | erst wenn SSO steht                                   | > SSO = sso
de | kann starten, wenn die Preisliste da ist              | > Preisliste = prices
de | setzt Tracking voraus                                 | > Tracking = tracking
de | Voraussetzung: Kundendatenplattform                   | > Kundendatenplattform = cdp
de | im Anschluss an die Frühjahrskampagne                 | > Frühjahrskampagne = landing
de | nach Abschluss der CRM-Migration                      | > CRM-Migration = crm-migration
de | nach Fertigstellung der ERP-Schnittstelle             | > ERP-Schnittstelle = erp
de | Vorgänger: Tagging und Tracking                       | > Tagging und Tracking = tracking
de | ohne Consent-API geht es nicht                        | > Consent-API = consent-api
de | vor dem Newsletter-Relaunch                           | < Newsletter-Relaunch = newsletter
de | muss vor Launch der Mobile App fertig sein            | < Mobile App = app
de | Voraussetzung für den Newsletter-Relaunch             | < Newsletter-Relaunch = newsletter
de | wird für die Landingpage gebraucht                    | < Landingpage = landing
de | nach Rücksprache                                      |
de | nach Bedarf                                           |
de | nach Ostern                                           |
de | nach Plan                                             |
de | je nach Aufwand                                       |
de | nach und nach                                         |
de | vor Ort                                               |
de | vor Weihnachten                                       |
de | nach dem 12.5.                                        |
de | braucht mehr Budget                                   |
de | braucht noch Abstimmung                               |
de | sobald wie möglich                                    |
de | nach Vorlage                                          |
de | Nachbereitung Messe                                   |
de | wartet                                                |
de | keine Abhängigkeiten                                  |
de | nach Aufwand abgerechnet                              |
de | vor allem B2B                                         |
fr | après la migration des données                        | > migration des données = donnees
fr | Après SSO                                             | > SSO = sso
fr | dépend de l'API des prix                              | > API des prix = prix
fr | dépend du contenu produit                             | > contenu produit = contenu
fr | en attente de la refonte du site                      | > refonte du site = refonte
fr | attend la migration des données                       | > migration des données = donnees
fr | bloqué par l'API des prix                             | > API des prix = prix
fr | nécessite le contenu produit                          | > contenu produit = contenu
fr | besoin de l'API des prix (DSI)                        | > API des prix = prix
fr | dès que la refonte du site est terminée               | > refonte du site = refonte
fr | une fois la migration terminée                        | > migration = donnees
fr | quand le contenu produit sera prêt                    | > contenu produit = contenu
fr | suite à la refonte du site                            | > refonte du site = refonte
fr | pas avant la refonte du site                          | > refonte du site = refonte
fr | avant la refonte du site                              | < refonte du site = refonte
fr | prérequis pour la refonte du site                     | < refonte du site = refonte
fr | après validation                                      |
fr | après Pâques                                          |
fr | avant Noël                                            |
fr | après le 12 mai                                       |
fr | besoin de plus de budget                              |
fr | en attente                                            |
fr | dès que possible                                      |
fr | d'après le brief                                      |
fr | une fois par mois                                     |
fr | service après-vente                                   |
fr | avant tout B2B                                        |
es | después de la pasarela de pagos                       | > pasarela de pagos = pagos
es | después del catálogo                                  | > catálogo = catalogo
es | depende de la pasarela de pagos                       | > pasarela de pagos = pagos
es | depende del catálogo de productos                     | > catálogo de productos = catalogo
es | cuando esté listo el catálogo                         | > catálogo = catalogo
es | cuando el catálogo de productos esté listo            | > catálogo de productos = catalogo
es | a la espera de la pasarela de pagos                   | > pasarela de pagos = pagos
es | esperando el catálogo                                 | > catálogo = catalogo
es | bloqueado por la pasarela de pagos                    | > pasarela de pagos = pagos
es | necesita la pasarela de pagos de IT                   | > pasarela de pagos = pagos
es | requiere el catálogo de productos                     | > catálogo de productos = catalogo
es | una vez terminado el catálogo                         | > catálogo = catalogo
es | tras la pasarela de pagos                             | > pasarela de pagos = pagos
es | no antes del lanzamiento de la web                    | > lanzamiento de la web = web
es | antes del lanzamiento de la web                       | < web = web
es | requisito para el catálogo de productos               | < catálogo de productos = catalogo
es | después de Semana Santa                               |
es | antes de Navidad                                      |
es | después del 12 de mayo                                |
es | necesita más presupuesto                              |
es | lo antes posible                                      |
es | una vez al mes                                        |
es | cuando se pueda                                       |
es | antes que nada                                        |
es | en espera                                             |
"""

HELD_BACK = """
en | kick-off after vendor selection                       | > vendor selection = vendor
en | needs SSO + consent API | > SSO = sso; > consent API = consent-api
en | Waits for IT: mobile app                              | > mobile app = app
en | relies on market data analytics                       | > market data analytics = analytics
en | go live when CRM migration is completed               | > CRM migration = crm-migration
en | to be finished prior to the shop launch               | < shop launch = shop
en | Depends on #4 and tracking                            | > tracking = tracking
en | only possible after newsletter relaunch               | > newsletter relaunch = newsletter
en | needed by web push                                    | < web push = push
en | Start after go-live of the mobile app                 | > mobile app = app
en | thereafter maintenance                                |
en | meeting after work                                    |
en | needs a decision                                      |
en | needs sign-off by CMO                                 |
en | one week before go-live                               |
en | depends                                               |
en | until further notice                                  |
en | before tax                                            |
de | startet nach CRM-Migration                            | > CRM-Migration = crm-migration
de | Wir brauchen dafür die Kundendatenplattform           | > Kundendatenplattform = cdp
de | warten noch auf Consent API (IT)                      | > Consent API = consent-api
de | geht erst, wenn das Tracking läuft                    | > Tracking = tracking
de | ist abhängig von Preisliste 2027                      | > Preisliste 2027 = prices
de | muss vor der Landingpage fertig werden                | < Landingpage = landing
de | nach Go-Live Mobile App                               | > Mobile App = app
de | nach Absprache mit Agentur                            |
de | braucht Zeit                                          |
de | wenn möglich im Mai                                   |
de | nach Feierabend                                       |
de | Nachfassaktion                                        |
fr | démarre après l'API des prix                          | > API des prix = prix
fr | il faut d'abord la migration des données              | > migration des données = donnees
fr | dépend de : contenu produit                           | > contenu produit = contenu
fr | à livrer avant la refonte du site                     | < refonte du site = refonte
fr | après-midi                                            |
fr | à faire avant l'été                                   |
fr | besoin d'un avis                                      |
es | empieza después de SSO                                | > SSO = sso
es | hace falta la pasarela de pagos                       | > pasarela de pagos = pagos
es | pendiente del catálogo de productos                   | > catálogo de productos = catalogo
es | debe estar antes del lanzamiento de la web            | < web = web
es | después de comer                                      |
es | depende                                               |
es | cuando haya tiempo                                    |
"""
"""More of them, written before the code as well; the first code read 25 of their 26 readings."""

IN_ANY_ORDER = """
de | CRM-Migration muss vorher fertig sein                 | > CRM-Migration = crm-migration
de | Die ERP-Schnittstelle muss zuerst stehen              | > ERP-Schnittstelle = erp
de | Freigabe Datenschutz muss vorliegen                   | > Freigabe Datenschutz = privacy
de | geht erst los, wenn SSO live ist                      | > SSO = sso
de | Abhängigkeit zu ERP-Schnittstelle (IT)                | > ERP-Schnittstelle = erp
de | Start nach Go-live Mobile App                         | > Mobile App = app
de | Consent API wird benötigt                             | > Consent API = consent-api
de | IT liefert ERP-Schnittstelle bis KW 12                | > ERP-Schnittstelle = erp
de | parallel zur Frühjahrskampagne                        |
de | muss vor der Summer campaign live sein                | < Summer campaign = summer
de | keine Abhängigkeiten                                  |
de | vorher CRM-Migration                                  | > CRM-Migration = crm-migration
de | setzt auf Kundendatenplattform auf                    | > Kundendatenplattform = cdp
en | consent API has to be live before we start            | > consent API = consent-api
en | SSO needed                                            | > SSO = sso
en | SSO required first                                    | > SSO = sso
en | cannot start without the consent API                  | > consent API = consent-api
en | assumes CRM migration is finished                     | > CRM migration = crm-migration
en | IT to deliver consent API by end of March             | > consent API = consent-api
en | gated by vendor selection                             | > vendor selection = vendor
en | contingent on vendor selection                        | > vendor selection = vendor
en | dependency: mobile app                                | > mobile app = app
en | uses data from tagging und tracking                   |
en | will start right after the shop launch                | > shop launch = shop
en | same team as newsletter relaunch                      |
en | we need it before the summer campaign                 | < summer campaign = summer
en | Needs: SSO, consent API                      | > SSO = sso; > consent API = consent-api
en | budget approved                                       |
en | to be discussed with IT                               |
en | no dependency on SSO                                  |
fr | la migration des données doit être terminée avant     | > la migration des données = donnees
fr | API des prix requise                                  | > API des prix = prix
fr | après validation de la refonte du site                | > refonte du site = refonte
fr | sous réserve de l'API des prix                        | > API des prix = prix
fr | à faire avant la refonte du site                      | < refonte du site = refonte
fr | rien à signaler                                       |
es | la pasarela de pagos tiene que estar lista antes      | > pasarela de pagos = pagos
es | se necesita el catálogo de productos                  | > catálogo de productos = catalogo
es | sujeto a la pasarela de pagos                         | > pasarela de pagos = pagos
es | antes del lanzamiento de la web                       | < lanzamiento de la web = web
es | sin dependencias                                      |
es | con el equipo de IT                                   |
de | Ohne CRM-Migration kein Start                  | > CRM-Migration = crm-migration
de | Preisliste 2027 als Voraussetzung              | > Preisliste 2027 = prices
de | Team wartet, bis die Consent API von IT da ist | > Consent API = consent-api
de | danach folgt die Summer campaign               | < Summer campaign = summer
de | Nutzt die ERP-Schnittstelle                    |
de | Mobile App ist Voraussetzung                   | > Mobile App = app
de | bitte mit Vendor selection abstimmen           |
en | needs the consent API (IT) and SSO             | > consent API = consent-api; > SSO = sso
en | Waiting on vendor selection to finish          | > vendor selection = vendor
en | Blocker: CRM migration                         | > CRM migration = crm-migration
en | Blocked - consent API not ready                | > consent API = consent-api
en | follow-up of spring campaign                   | > spring campaign = spring
en | then summer campaign can start                 | < summer campaign = summer
en | precondition: tagging und tracking             | > tagging und tracking = tracking
en | similar to newsletter relaunch                 |
en | on the critical path for the shop launch       | < shop launch = shop
fr | en attente du contenu produit                  | > contenu produit = contenu
fr | refonte du site obligatoire avant le lancement | > refonte du site = refonte
fr | voir avec la DSI                               |
fr | nécessite l'API des prix et contenu produit | > API des prix = prix; > contenu = contenu
es | no puede empezar sin la pasarela de pagos      | > pasarela de pagos = pagos
es | hasta que el catálogo de productos esté listo  | > catálogo de productos = catalogo
es | previo: lanzamiento de la web                  | > lanzamiento de la web = web
es | revisar con marketing                          |
de | SSO muss bis dahin laufen                      | > SSO = sso
de | Zulieferung der Preisliste 2027 durch IT nötig | > Preisliste 2027 = prices
de | geht nicht ohne Freigabe Datenschutz           | > Freigabe Datenschutz = privacy
de | Thema im Newsletter relaunch                   |
de | Abh.: ERP-Schnittstelle                        | > ERP-Schnittstelle = erp
en | dep. on CRM migration                          | > CRM migration = crm-migration
en | SSO → this                                     | > SSO = sso
en | ready when mobile app ships                    | > mobile app = app
en | input from vendor selection expected           | > vendor selection = vendor
en | reuse assets of spring campaign                |
en | start: consent API + 2 weeks                   | > consent API = consent-api
fr | à partir de la livraison de l'API des prix     | > API des prix = prix
fr | préalable : migration des données              | > migration des données = donnees
fr | en parallèle de la refonte du site             |
es | a partir del catálogo de productos             | > catálogo de productos = catalogo
es | tras la pasarela de pagos                      | > pasarela de pagos = pagos
es | coordinar con lanzamiento de la web            |
"""
"""Sentences of somebody else, in which what is needed stands anywhere: the code that knew only what
stands before a name read 21 of their 67 readings."""


class Reading(NamedTuple):
    """One thing that a sentence says: the row `waits` for what is named, or the other way round."""

    waits: bool
    names: str
    first: str = ""


class Sentence(NamedTuple):
    language: str
    text: str
    says: tuple[Reading, ...]


def sentences(text: str = SENTENCES) -> list[Sentence]:
    return [_sentence(line) for line in text.strip().splitlines()]


def _sentence(line: str) -> Sentence:
    language, text, says = (part.strip() for part in line.split("|"))
    return Sentence(language, text, tuple(map(_reading, filter(None, says.split(";")))))


def _reading(text: str) -> Reading:
    names, _, first = text.strip()[1:].partition("=")
    return Reading(text.strip().startswith(">"), names.strip(), first.strip())
