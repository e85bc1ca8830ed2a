"""What people call the format's keys and words elsewhere: in newsrooms, fact sheets, library
catalogues, and the front matter of other site builders.

Data only. Keys are written as ``plain_key`` makes them: lower-case, words joined by `_`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def plain_key(name: str) -> str:
    """A key in lower case, its words joined by `_`: `archiveURL` and `Archive-URL` are alike."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-_.]+", "_", apart).strip("_").lower()


def _turned(names: Mapping[str, str]) -> dict[str, str]:
    """From `key: synonyms` to each synonym with its key."""
    return {synonym: key for key, synonyms in names.items() for synonym in synonyms.split()}


_STATEMENT = {
    "party": "who actor by claimant country organisation organization entity party_id claimed_by "
             "responder respondent accuser source_party",
    "speaker": "said_by spokesperson spokesman spokeswoman spoken_by person attributed_to official",
    "speaker_role": "role position office function speaker_title job_title capacity",
    "date": "when day on dated said_on date_said timestamp datetime time",
    "venue": "where occasion setting forum channel context medium at event",
    "place": "location city town locality place_id",
    "text": "statement claim content body description summary wording message what claim_text said "
            "paraphrase gist assertion",
    "quotes": "quotation quotations citation citations verbatim words quoted",
    "sources": "references refs reference source_ids evidence cites cited links citation_ids",
    "withdrawn": "retracted retraction withdrawal taken_back recanted",
    "reported_dates": "dates other_dates date_versions alternative_dates",
    "discrepancies": "differences contradictions versions disagreements conflicts",
}  # fmt: skip
_NAMED = {
    "name": "title label full_name display_name text",
    "description": "text summary note about body content",
    "parent": "part_of broader within belongs_to in parent_id super",
}

#: For each mapping of the format, by the name of its model: what its keys are called elsewhere.
KEYS: Mapping[str, Mapping[str, str]] = {
    "Briefing": _turned({
        "title": "headline name heading subject caption page_title",
        "summary": "description lead lede intro introduction abstract excerpt subtitle standfirst "
                   "dek teaser overview synopsis blurb",
        "status": "state published_status visibility workflow",
        "language": "lang locale languages language_code",
        "published": "date published_on publish_date pub_date pubdate date_published created "
                     "created_at publication_date publishdate first_published published_at",
        "updated": "last_updated lastmod modified last_modified date_modified updated_at "
                   "updated_on modified_at last_change edited",
        "as_of": "as_at asof cutoff cut_off valid_on status_date",
        "review_by": "expires expiry review review_date review_on next_review expirydate due",
        "topics": "tags categories category keywords subjects themes tag topic_ids",
        "places": "locations countries where regions geo location country",
        "background": "events timeline history chronology facts context what_happened",
        "positions": "claims allegations accusations statements demands views claim arguments",
        "responses": "replies answers denials rebuttals reactions reply comments counterclaims",
        "related": "see_also links related_briefings related_posts further_reading more",
        "changes": "changelog corrections change_log revisions updates history_of_changes errata",
        "aliases": "redirect_from redirects old_ids former_ids old_urls redirect old_slugs",
        "sources": "references bibliography refs citations works_cited footnotes literature",
    }),
    "Event": _turned({
        "id": "slug key anchor name",
        "date": "when day on time dated datetime date_of_event timestamp start",
        "title": "headline heading name event label",
        "text": "description body content summary what details note what_happened",
        "places": "location where place_ids venue country",
        "actors": "parties party who people participants involved persons actor_ids",
        "sources": "references refs source_ids evidence cites links",
        "reported_dates": "dates other_dates date_versions alternative_dates",
        "discrepancies": "differences contradictions versions disagreements conflicts",
    }),
    "Position": _turned(_STATEMENT | {
        "id": "slug key anchor name",
        "kind": "type category claim_type class",
        "against": "target targets accused accuses directed_at about defendant blames aimed_at",
        "addressed_to": "addressee addressees to demanded_of asked_of recipient recipients",
        "based_on": "basis because grounds evidence_events relies_on rests_on depends_on premises",
        "echoes": "repeats echo_of same_as restates repeat_of copies",
        "no_response": "no_reply unanswered no_answer noresponse silence no_comment not_answered",
    }),
    "Response": _turned(_STATEMENT | {
        "id": "slug key anchor name",
        "to": "answers reply_to in_reply_to responds_to answer_to claim_id positions position "
              "in_response_to re replies_to responding_to claim_ids",
        "stance": "kind type position_on attitude verdict answer response_type reaction outcome",
    }),
    "Quotation": _turned({
        "text": "quote quotation words content body verbatim said translation translated",
        "form": "type kind mode quote_type style",
        "language": "lang locale language_code",
        "original": "original_text source_text original_quote orig",
        "translator": "translated_by translation_by translation_source",
        "rendering_of": "version_of same_as group variant_of renders",
        "sources": "references refs cites link",
    }),
    "Original": _turned({
        "text": "quote words content body original verbatim",
        "language": "lang locale language_code original_language",
    }),
    "Withdrawal": _turned({
        "date": "when day on withdrawn_on",
        "text": "reason note description statement body",
        "sources": "references refs",
    }),
    "NoResponse": _turned({
        "party": "who actor by from accused of",
        "as_of": "date until checked when day checked_on looked_until as_at last_checked",
        "note": "text comment description reason notes",
    }),
    "ReportedDate": _turned({"date": "when day value reported", "sources": "by refs references"}),
    "Discrepancy": _turned({
        "about": "on point topic what title subject question issue text",
        "versions": "accounts values options sides claims variants",
    }),
    "Version": _turned({"text": "value says account claim description what", "sources": "by refs "
                        "references"}),
    "Related": _turned({
        "briefing": "id slug page ref briefing_id post",
        "url": "link href address uri web website",
        "title": "name label headline text",
        "note": "description comment why about reason",
    }),
    "Change": _turned({
        "date": "when day on",
        "kind": "type category",
        "text": "description note change message what summary body title details",
    }),
    "ListedSource": _turned({
        "id": "key slug citekey citation_key name ref",
        "type": "kind category genre medium format source_type",
        "title": "headline heading name label",
        "author": "authors by byline writer creator journalist",
        "publisher": "journal newspaper outlet site website_name container_title agency "
                     "organisation organization site_name publication work media newspaper_name",
        "controlled_by": "owner owned_by controlled affiliation funded_by controlling_party",
        "nature": "level tier source_level primary_or_secondary",
        "date": "published issued published_on publication_date year pub_date when day "
                "date_published",
        "url": "link href website web uri address web_address source_url page",
        "archive_url": "archive archived archived_url archive_link wayback archive_org snapshot "
                       "permalink archivelink",
        "accessed": "retrieved accessed_on access_date viewed date_accessed urldate "
                    "retrieved_on access_day last_accessed",
        "language": "lang locale language_code",
        "note": "description comment annotation notes abstract remark",
        "carries": "original reprints syndicated_from via republishes based_on copy_of carried",
    }),
    "Actor": _turned({
        "name": "title label full_name display_name",
        "type": "kind category class actor_type",
        "country": "nationality iso country_code state iso2 flag",
        "also_known_as": "aliases aka alias other_names alternative_names short_name alt "
                         "abbreviation acronym alternate_names names altnames",
        "wikidata": "qid wikidata_id wd wikidata_qid",
        "roles": "positions offices office role functions jobs titles posts position",
    }),
    "Role": _turned({
        "role": "title name office position function job post",
        "of": "for at organisation organization country state in body employer party",
        "from": "start since begin start_date started begins",
        "until": "end to end_date till ended through ends",
    }),
    "Topic": _turned(_NAMED),
    "Place": _turned(_NAMED | {
        "country": "iso country_code iso2 nation",
        "latitude": "lat y",
        "longitude": "lon lng long x",
    }),
    "WatchedTerm": _turned({
        "term": "word phrase words text name", "instead": "use better replacement replace_with "
        "prefer alternative suggestion",
    }),
    "Style": _turned({"loaded": "words terms judging loaded_terms",
                      "attribution": "verbs reporting_verbs attributions"}),
}  # fmt: skip
#: The same in German, French, Spanish, Italian, Portuguese and Russian, where a key of this name
#: is in the mapping at all.
_ELSEWHERE = _turned({
    "title": "titel überschrift titre título titulo titolo заголовок название",
    "summary": "zusammenfassung kurzfassung résumé resume chapô chapeau resumen sommario resumo "
               "резюме кратко",
    "status": "zustand statut estado stato статус",
    "language": "sprache langue idioma lengua lingua língua язык",
    "published": "veröffentlicht publié publie publicado pubblicato опубликовано",
    "updated": "aktualisiert mis_à_jour actualizado aggiornato atualizado обновлено",
    "topics": "themen thèmes themes sujets temas argomenti темы",
    "places": "orte lieux lugares luoghi места",
    "background": "hintergrund contexte contexto antecedentes contesto предыстория",
    "positions": "positionen aussagen posiciones posizioni posições позиции заявления",
    "responses": "antworten erwiderungen réponses reponses respuestas risposte respostas ответы",
    "sources": "quellen quelle fuentes fuente fonti fonte fontes источники источник",
    "related": "verwandt verwandtes liens relacionados correlati связанные",
    "changes": "änderungen changements cambios modifiche alterações изменения",
    "date": "datum fecha data дата",
    "party": "partei partie parte сторона",
    "speaker": "sprecher sprecherin redner porte_parole orateur portavoz portavoce porta_voz "
               "спикер",
    "venue": "anlass rahmen occasion_lieu lieu sede luogo место",
    "place": "ort",
    "text": "texte texto testo текст",
    "quotes": "zitate zitat citations citas cita citazioni citações цитаты цитата",
    "kind": "art type_de tipo genre вид",
    "against": "gegen contre contra contro против",
    "addressed_to": "gerichtet_an adressé_à dirigido_a rivolto_a",
    "based_on": "beruht_auf fondé_sur basado_en basato_su",
    "to": "an zu auf à a к",
    "stance": "haltung attitude postura posizione postura отношение",
    "original": "originaltext texte_original оригинал",
    "translator": "übersetzer übersetzerin traducteur traductrice traductor traduttore переводчик",
    "author": "autor autorin auteur auteure autore автор",
    "publisher": "verlag herausgeber medium éditeur editeur editor editore издатель",
    "url": "adresse lien enlace indirizzo ссылка",
    "accessed": "abgerufen consulté consultado consultato",
    "note": "notiz anmerkung hinweis remarque nota примечание",
    "name": "nom nombre nome имя",
    "type": "typ tipo тип",
    "country": "land pays país paese страна",
    "role": "rolle amt funktion fonction rôle cargo ruolo должность",
    "roles": "rollen ämter fonctions rôles cargos ruoli",
    "from": "von ab de desde da с",
    "until": "bis jusqu_à hasta fino_a até до",
    "description": "beschreibung descripción descrizione descrição описание",
})  # fmt: skip
KEYS = {name: {**_ELSEWHERE, **called} for name, called in KEYS.items()}
KEYS = {**KEYS, "Source": KEYS["ListedSource"]}

#: For each key with a few words to choose from: what these are called elsewhere, as `plain_key`
#: makes it, and which of ours that can be, the likelier first.
WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "claim": "allegation statement", "accusation": "allegation", "charge": "allegation",
        "complaint": "allegation", "assertion": "statement allegation", "accuses": "allegation",
        "alleges": "allegation", "alleged": "allegation", "blame": "allegation",
        "fact": "statement", "position": "statement", "comment": "statement", "view": "statement",
        "opinion": "statement", "remark": "statement", "declaration": "statement",
        "announcement": "statement", "report": "statement", "says": "statement",
        "request": "demand", "call": "demand", "appeal": "demand", "ultimatum": "demand",
        "ask": "demand", "requirement": "demand", "condition": "demand", "proposal": "demand "
        "statement", "denial": "statement", "warning": "statement demand", "threat": "statement "
        "demand", "promise": "statement", "condemnation": "statement allegation",
        # of a change
        "error": "correction", "erratum": "correction", "fix": "correction", "corrected":
        "correction", "corrigendum": "correction", "retraction": "correction", "mistake":
        "correction", "addition": "update", "added": "update", "new": "update", "change": "update",
        "addendum": "update", "revision": "update correction", "edit": "update clarification",
        "clarified": "clarification", "editors_note": "clarification", "note": "clarification",
        "rewording": "clarification", "minor": "clarification", "typo": "correction",
    },
    "stance": {
        "rejects": "denies", "reject": "denies", "rejected": "denies", "rejection": "denies",
        "denial": "denies", "denied": "denies", "refutes": "denies disputes", "refuted": "denies "
        "disputes", "rebuts": "denies disputes", "rebuttal": "denies disputes", "dismisses":
        "denies", "dismissed": "denies", "disagrees": "disputes denies", "no": "denies",
        "false": "denies", "contradicts": "disputes denies", "contests": "disputes", "contested":
        "disputes", "disputed": "disputes", "challenges": "disputes", "questions": "disputes",
        "doubts": "disputes", "counters": "disputes answers", "oppose": "disputes denies",
        "opposes": "disputes denies", "against": "disputes denies", "con": "disputes denies",
        "partly_accepts": "accepts_in_part", "partially_accepts": "accepts_in_part", "partial":
        "accepts_in_part", "partly": "accepts_in_part", "mixed": "accepts_in_part", "qualified":
        "accepts_in_part", "partly_denies": "accepts_in_part disputes", "admits": "accepts",
        "admitted": "accepts", "admission": "accepts", "acknowledges": "accepts", "confirms":
        "accepts", "confirmed": "accepts", "concedes": "accepts", "agrees": "accepts", "agree":
        "accepts", "acceptance": "accepts", "accepted": "accepts", "true": "accepts",
        "yes": "accepts", "supports": "accepts", "support": "accepts", "pro": "accepts",
        "for": "accepts", "apologises": "accepts", "apologizes": "accepts",
        "no_comment": "declines_to_comment", "declined": "declines_to_comment", "declines":
        "declines_to_comment", "declined_to_comment": "declines_to_comment", "refused":
        "declines_to_comment denies", "refuses_to_comment": "declines_to_comment", "silent":
        "declines_to_comment", "silence": "declines_to_comment", "comments": "answers",
        "neutral": "answers", "answer": "answers", "answered": "answers", "responds": "answers",
        "response": "answers", "replies": "answers", "explains": "answers", "clarifies": "answers",
        "other": "answers", "unclear": "answers", "justifies": "answers", "reply": "answers",
    },
    "status": {
        "live": "published", "public": "published", "publish": "published", "final": "published",
        "active": "published", "online": "published", "released": "published", "ready":
        "published draft", "done": "published draft", "complete": "published draft", "approved":
        "published draft", "current": "published", "true": "published draft", "yes": "published",
        "wip": "draft", "private": "draft", "unpublished": "draft", "hidden": "draft", "pending":
        "draft", "review": "draft", "in_review": "draft", "todo": "draft", "new": "draft",
        "in_progress": "draft", "false": "draft", "no": "draft", "draught": "draft",
        "scheduled": "draft", "future": "draft", "archive": "archived", "closed": "archived",
        "old": "archived", "inactive": "archived", "retired": "archived", "expired": "archived",
        "outdated": "archived", "obsolete": "archived", "withdrawn": "archived",
    },
    "form": {
        "quote": "verbatim", "quotation": "verbatim", "direct": "verbatim", "direct_quote":
        "verbatim", "literal": "verbatim", "exact": "verbatim", "original": "verbatim",
        "word_for_word": "verbatim", "transcript": "verbatim", "translated": "translation",
        "trans": "translation", "indirect": "translation verbatim",
    },
    "nature": {
        "first_hand": "primary", "firsthand": "primary", "original": "primary", "direct":
        "primary", "official": "primary", "1": "primary", "second_hand": "secondary",
        "secondhand": "secondary", "report": "secondary", "indirect": "secondary", "media":
        "secondary", "news": "secondary", "2": "secondary", "tertiary": "secondary", "3":
        "secondary",
    },
    "type": {
        # of a source
        "newspaper": "article-newspaper", "news": "article-newspaper webpage", "news_article":
        "article-newspaper", "newspaper_article": "article-newspaper", "press":
        "article-newspaper", "news_report": "article-newspaper broadcast", "wire":
        "article-newspaper", "news_agency": "article-newspaper", "agency": "article-newspaper",
        "magazine": "article-magazine", "magazine_article": "article-magazine", "journal":
        "article-journal", "journal_article": "article-journal", "academic": "article-journal",
        "paper": "article-journal report", "study": "report article-journal", "preprint":
        "article", "web": "webpage", "website": "webpage", "web_page": "webpage", "online":
        "webpage", "site": "webpage", "page": "webpage", "url": "webpage", "link": "webpage",
        "html": "webpage", "blog": "post-weblog", "blog_post": "post-weblog", "weblog":
        "post-weblog", "tweet": "post", "social": "post", "social_media": "post", "x": "post",
        "twitter": "post", "facebook": "post", "telegram": "post", "social_media_post": "post",
        "toot": "post", "press_release": "webpage document", "release": "webpage document",
        "communique": "webpage document", "statement": "webpage speech", "official_statement":
        "webpage document", "pdf": "report document", "letter": "personal_communication document",
        "email": "personal_communication", "tv": "broadcast", "television": "broadcast", "radio":
        "broadcast", "video": "broadcast motion_picture", "podcast": "broadcast", "youtube":
        "broadcast", "audio": "broadcast", "film": "motion_picture", "movie": "motion_picture",
        "documentary": "motion_picture broadcast", "law": "legislation", "act": "legislation",
        "statute": "legislation", "decree": "legislation regulation", "resolution": "document "
        "legislation", "agreement": "treaty", "convention": "treaty", "accord": "treaty",
        "court": "legal_case", "judgment": "legal_case", "judgement": "legal_case", "ruling":
        "legal_case", "verdict": "legal_case", "case": "legal_case", "data": "dataset",
        "database": "dataset", "statistics": "dataset", "thesis_phd": "thesis", "dissertation":
        "thesis", "press_conference": "speech event", "briefing": "speech", "address": "speech",
        "remarks": "speech", "transcript": "speech interview", "encyclopedia":
        "entry-encyclopedia", "encyclopaedia": "entry-encyclopedia", "wikipedia":
        "entry-encyclopedia", "dictionary": "entry-dictionary", "photo": "graphic", "image":
        "graphic", "picture": "graphic", "book_chapter": "chapter", "conference_paper":
        "paper-conference", "article_newspaper": "article-newspaper", "misc": "document",
        "other": "document organisation",
        # of an actor
        "country": "state", "nation": "state", "nation_state": "state", "org": "organisation",
        "organization": "organisation", "ngo": "organisation", "company": "organisation",
        "corporation": "organisation", "business": "organisation", "party": "organisation",
        "political_party": "organisation", "igo": "organisation", "international_organisation":
        "organisation", "international_organization": "organisation", "institution":
        "organisation", "group": "organisation armed_group", "union": "organisation", "bloc":
        "organisation", "individual": "person", "people": "person", "human": "person", "man":
        "person", "woman": "person", "politician": "person", "official": "person", "journalist":
        "person", "president": "person", "ministry": "government", "minister": "person",
        "gov": "government", "govt": "government", "authority": "government", "military":
        "government armed_group", "army": "government armed_group", "militia": "armed_group",
        "rebels": "armed_group", "rebel_group": "armed_group", "armed": "armed_group",
        "insurgents": "armed_group", "terrorist_group": "armed_group", "paramilitary":
        "armed_group", "non_state_actor": "armed_group organisation", "outlet": "media",
        "broadcaster": "media", "media_outlet": "media", "news_outlet": "media", "medium": "media",
    },
}  # fmt: skip

_DRAFT = {
    "true": ("status", "draft"), "yes": ("status", "draft"), "false": ("status", "published"),
    "no": ("status", "published"),
}  # fmt: skip
#: Keys that other tools know for a truth value, with what is written here for it.
TRUTHS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "draft": _DRAFT,
    "is_draft": _DRAFT,
    "unpublished": _DRAFT,
    "archived": {"true": ("status", "archived"), "yes": ("status", "archived")},
    "primary": {"true": ("nature", "primary"), "false": ("nature", "secondary")},
    "translated": {"true": ("form", "translation"), "false": ("form", "verbatim")},
}  # fmt: skip

#: Keys that other tools know and briefings have no use for, with the reason.
NOT_HERE: Mapping[str, str] = {
    **dict.fromkeys(
        ("verdict", "rating", "conclusion", "truth", "truth_rating", "fact_check", "score"),
        "A briefing judges nobody: take it out, and let the sources speak.",
    ),
    **dict.fromkeys(
        ("layout", "template", "permalink", "slug", "url", "weight", "toc", "nav_order", "menu",
         "theme", "css", "type", "path", "sitemap", "comments", "hide", "icon"),
        "The site makes every page alike, and the file's name is its address: take it out.",
    ),
    **dict.fromkeys(
        ("image", "cover", "thumbnail", "photo", "banner", "hero", "featured_image", "images"),
        "Briefings have no pictures: take it out.",
    ),
    "id": "The file's path below `briefings/` without `.yml` is its id: take the key out.",
}  # fmt: skip
