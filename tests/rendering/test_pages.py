"""Pages: which there are, and that what was typed stands in them as typed."""

from __future__ import annotations

from typing import Any

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from generator.addresses.pagination import FIRST_PAGE, Paginator
from generator.collection.listings import ListingPage, by_publisher
from generator.reading.problems import Location, Problem, Severity
from generator.rendering.error_pages import broken_page
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from tests.examples import ENGLISH
from tests.fiction import ACTORS, SOURCE, allegation, briefing, collected, position, response
from tests.published import briefing_page, pages_of

SETTINGS = Settings(name="Fictional briefings", description="Who says what.")
TYPED = [
    "<b>bold</b>",
    "{{ x }}",
    "{% raw %}",
    "*a* _b_ `c`",
    "&amp; &lt;",
    "[a](b)",
    "</title><script>alert(1)</script>",
    "# Heading",
    "1. one",
    "a: b",
    "=== { #x }",
    "--- 'x' \"y\"",
    "\\* &#42;",
    "- [ ] عنوان 題",
]


def _page(*positions: dict[str, Any], **keys: Any) -> Page:
    collection = collected({"x": briefing(*positions, **keys)})
    return briefing_page("x", collection, SETTINGS)


def _parts(page: Page) -> tuple[dict[str, str], str]:
    start, front, body = page.markdown.split("---\n", 2)
    assert start == ""
    return yaml.safe_load(front), body


def _tree(page: Page) -> BeautifulSoup:
    html = markdown.markdown(_parts(page)[1], extensions=["attr_list", "toc"])
    return BeautifulSoup(html, "html.parser")


def _element(page: Page, selector: str) -> Tag:
    (element,) = _tree(page).select(selector)
    return element


def test_every_entry_has_a_page() -> None:
    collection = collected(
        {"x": briefing(topics=["water"], places=["orm"]), "river/y": briefing()},
        topics={"water": {"name": "Water"}},
        places={"orm": {"name": "Orm"}},
    )
    assert {page.path for page in pages_of(collection, SETTINGS)} == {
        "index.md",
        "x/index.md",
        "river/y/index.md",
        "briefings/index.md",
        "actors/index.md",
        "actors/esteria/index.md",
        "actors/norland/index.md",
        "topics/index.md",
        "topics/water/index.md",
        "places/index.md",
        "places/orm/index.md",
        "timeline/index.md",
        "sources/index.md",
        "changes/index.md",
        "data/index.md",
        "search/index.md",
    }


def test_a_site_without_briefings_has_its_pages_too() -> None:
    paths = [page.path for page in pages_of(collected({}, actors={}), SETTINGS)]
    assert sorted(paths) == [
        "actors/index.md",
        "briefings/index.md",
        "changes/index.md",
        "data/index.md",
        "index.md",
        "places/index.md",
        "search/index.md",
        "sources/index.md",
        "timeline/index.md",
        "topics/index.md",
    ]


def test_a_briefings_page_names_the_file_it_is_made_from() -> None:
    assert _page().source == "briefings/x.yml"


@pytest.mark.parametrize("title", TYPED)
def test_a_title_is_shown_in_the_heading_as_typed(title: str) -> None:
    heading = _element(_page(title=title), "h1")
    assert heading.get_text() == title
    assert heading.find_all(True) == []
    assert heading["id"] == "page--title"


@pytest.mark.parametrize("title", TYPED)
def test_front_matter_is_yaml_that_the_theme_can_put_into_html(title: str) -> None:
    front, _ = _parts(_page(title=title))
    assert list(front) == [
        "title",
        "description",
        "made",
        "hide",
        "record",
        "shared",
        "published",
        "modified",
    ]
    assert not {"<", ">", '"'} & set(front["title"])
    assert BeautifulSoup(front["title"], "html.parser").get_text() == title


@pytest.mark.parametrize("name", TYPED)
def test_a_name_is_shown_in_headings_links_and_front_matter_as_typed(name: str) -> None:
    actors = ACTORS | {"norland": {"name": name, "type": "state"}}
    pages = {
        page.path: page for page in pages_of(collected({"x": briefing()}, actors=actors), SETTINGS)
    }
    assert _element(pages["actors/norland/index.md"], "h1").get_text() == name
    front, _ = _parts(pages["actors/norland/index.md"])
    assert BeautifulSoup(front["title"], "html.parser").get_text() == name
    tree = _tree(pages["x/index.md"])
    assert f"Statement by {name}, undated" in [heading.get_text() for heading in tree.select("h3")]
    assert name in [element.get_text() for element in tree.select('a[href="../actors/norland/"]')]
    assert not tree.select("b, script:not([type='application/ld+json'])")


@pytest.mark.parametrize("summary", ["a: b", "---", "'x'", "So [@gauge].", "# c", "- x"])
def test_any_summary_makes_a_valid_description(summary: str) -> None:
    front, _ = _parts(_page(summary=summary))
    assert isinstance(front["description"], str)


def test_a_quote_is_shown_as_typed_line_by_line_in_its_language() -> None:
    quote = {"text": "<i>*سطر*</i>\n\n  # أول  &amp;", "language": "ar"}
    words = _element(_page(position(quotes=[quote])), "blockquote p")
    assert (words["lang"], words["dir"]) == ("ar", "rtl")
    for line_break in words.find_all("br"):
        line_break.replace_with("\n")
    assert words.get_text() == quote["text"]


def test_a_quote_without_a_language_has_the_direction_of_its_letters() -> None:
    words = _element(_page(position(quotes=[{"text": "Words."}])), "blockquote p")
    assert (words.get("lang"), words["dir"]) == (None, "auto")


def test_a_translation_is_next_to_its_original() -> None:
    quote = {
        "text": "They turned the tap.",
        "form": "translation",
        "language": "en",
        "translator": "The *press* office",
        "original": {"text": "De skrudde på kranen.", "language": "nb"},
    }
    figure = _element(_page(position(quotes=[quote])), "figure.quotation")
    assert [quoted.get_text().strip() for quoted in figure.select("blockquote")] == [
        "They turned the tap.",
        "De skrudde på kranen.",
    ]
    assert [element["lang"] for element in figure.select("blockquote p")] == ["en", "nb"]
    labels = [element.get_text().strip() for element in figure.select(".quotation__label")]
    assert labels == [
        "Norland; translation into English; translated by The *press* office",
        "Original in Norwegian Bokmål",
    ]


def test_rival_renderings_of_the_same_words_are_shown_side_by_side() -> None:
    quotes = [
        {"text": "They turned the tap.", "rendering_of": "tap"},
        {"text": "Quite another matter."},
        {"text": "They shut the valve.", "rendering_of": "tap"},
    ]
    tree = _tree(_page(position(quotes=quotes)))
    (group,) = tree.select(".renderings > .side-by-side")
    assert [element.get_text().strip() for element in group.select("blockquote")] == [
        "They turned the tap.",
        "They shut the valve.",
    ]
    assert len(tree.select("figure.quotation")) == 3


def test_sources_that_carry_the_same_text_are_counted_once() -> None:
    def source(own: str) -> dict[str, Any]:
        return SOURCE | {"id": own, "carries": "Halden Wire"}

    page = _page(position(sources=["a", "b", "gauge"]), sources=[source("a"), source("b"), SOURCE])
    line = _element(page, ".statement__sources")
    assert "counted as 2, because some carry the same original text" in line.get_text()
    assert [citation.get_text() for citation in line.select("a.citation")] == [
        "[1 gauge.example]",
        "[2 gauge.example]",
        "[3 gauge.example]",
    ]


def test_sources_of_different_texts_are_not_counted() -> None:
    page = _page(position(sources=["gauge", "other"]), sources=[SOURCE, SOURCE | {"id": "other"}])
    assert "counted as" not in _element(page, ".statement__sources").get_text()


def test_accounts_that_differ_are_shown_side_by_side() -> None:
    versions = [{"text": f"*{account}*", "sources": ["gauge"]} for account in ("Deep", "Shallow")]
    page = _page(position(discrepancies=[{"about": "The *depth*", "versions": versions}]))
    assert "Accounts differ: The *depth*" in _element(page, ".accounts__about").get_text()
    texts = [word.get_text() for word in _tree(page).select(".accounts .version em")]
    assert texts == ["Deep", "Shallow"]


def test_dates_that_differ_are_shown_with_their_sources() -> None:
    dates = [{"date": "2025-02-13", "sources": ["gauge"]}]
    accounts = _element(_page(position(reported_dates=dates)), ".accounts")
    assert "13 February 2025" in accounts.get_text()
    assert accounts.select_one('a.citation[href="#source--gauge"]')


@pytest.mark.parametrize(
    ("responses", "keys", "words"),
    [
        ([response()], {}, "Answered"),
        ([response(date="2025-01-01")], {}, "Earlier denial"),
        ([response(date="2025-01-01", stance="accepts")], {}, "Earlier reply"),
        ([response(date=None)], {}, "Undated reply"),
        ([], {"no_response": [{"party": "esteria", "as_of": "2025-03-01"}]},
         "No reply found as of 1 March 2025"),
        ([], {}, "Not recorded"),
    ],
)  # fmt: skip
def test_each_allegation_is_listed_with_its_reply_status(
    responses: list[dict[str, Any]], keys: dict[str, Any], words: str
) -> None:
    page = _page(allegation(**keys), responses=responses)
    assert _element(page, "table.brief .reply").get_text() == words


def test_a_withdrawal_is_shown_with_its_statement_on_every_page() -> None:
    taken_back = {"date": "2025-02-20", "text": "It was premature.", "sources": ["gauge"]}
    collection = collected({"x": briefing(allegation(withdrawn=taken_back))})
    pages = {page.path: page.markdown for page in pages_of(collection, SETTINGS)}
    for path in ("x/index.md", "actors/norland/index.md", "actors/esteria/index.md"):
        assert "It was premature." in pages[path], path
    assert "(withdrawn)" in pages["timeline/index.md"]


def _lists(*positions: dict[str, Any], **keys: Any) -> dict[str, BeautifulSoup]:
    """The pages of Orm, where the answer was given, and of Esteria."""
    collection = collected(
        {"x": briefing(*positions, **keys)},
        actors=ACTORS,
        places={"orm": {"name": "Orm"}},
    )
    pages = {page.path.removesuffix("/index.md"): page for page in pages_of(collection, SETTINGS)}
    return {path: _tree(pages[path]) for path in ("places/orm", "actors/esteria")}


def test_a_missing_reply_has_its_day_unless_the_page_says_up_to_when_the_briefing_was_checked() -> (
    None
):
    absence = {"party": "norland", "as_of": "2025-03-04"}
    answer = response(place="orm", no_response=[absence])
    pages = _lists(allegation(), responses=[answer], as_of="2025-03-04")
    replies = {path: page.select("span.reply") for path, page in pages.items()}
    assert [reply.get_text() for reply in replies["places/orm"]] == [
        "No reply found as of 4 March 2025"
    ]
    actor = pages["actors/esteria"].get_text()
    assert "Checked to 4 March 2025" in actor
    assert "Norland No reply found\n" in actor


def test_a_withdrawn_claim_is_marked_where_an_answer_to_it_is_listed() -> None:
    taken_back = {"date": "2025-02-20", "text": "It was premature."}
    pages = _lists(allegation(withdrawn=taken_back), responses=[response(place="orm")])
    for page in pages.values():
        (answers,) = page.select(".entry__answers")
        assert answers.get_text() == (
            "Answers Allegation by Norland against Esteria, 14 February 2025 (withdrawn)"
        )


def test_lists_say_where_sources_differ_on_an_entry() -> None:
    accounts = {
        "reported_dates": [{"date": "2025-02-13", "sources": ["gauge"]}],
        "discrepancies": [
            {
                "about": "Who spoke",
                "versions": [
                    {"text": "The minister.", "sources": ["gauge"]},
                    {"text": "A spokesperson.", "sources": ["gauge"]},
                ],
            }
        ],
    }
    event = {"id": "low", "date": "2025", "text": "It falls.", "actors": ["esteria"]} | accounts
    answer = response(place="orm", **accounts)
    pages = _lists(allegation(), responses=[answer], background=[event | {"places": ["orm"]}])
    for page in pages.values():
        assert len(page.select(".entry--event .accounts, .entry--response .accounts")) == 4
        (dates,) = page.select(".entry--response .accounts--dates")
        assert dates.get_text().startswith("Sources date this differently: 13 February 2025")
        link = dates.select_one("a.citation")
        assert link is not None
        assert str(link["href"]).endswith("x/#source--gauge")
        assert "A spokesperson." in page.select(".entry--response")[0].get_text()


def test_an_event_without_a_title_is_named_as_an_event_once() -> None:
    events = [
        {"id": "low", "date": "2025", "text": "The water falls.", "places": ["orm"]},
        {"id": "high", "date": "2026", "title": "Flood", "text": "It rises.", "places": ["orm"]},
    ]
    page = _lists(background=events, positions=[position(place="orm"), response(party="esteria")])
    heads = [head.get_text().strip() for head in page["places/orm"].select(".entry__head")]
    assert [head.partition(" in ")[0] for head in heads][:2] == ["Event", "Event Flood"]


def test_others_in_the_table_have_replies_but_no_number_of_claims() -> None:
    """One claim against several of them would be counted for each."""
    accused = [f"party-{number}" for number in range(7)]
    names = {name: {"name": name.capitalize(), "type": "state"} for name in accused}
    claims = [
        allegation("many", against=accused),
        *(allegation(f"again-{name}", against=[name]) for name in accused[:5]),
    ]
    collection = collected({"x": briefing(*claims)}, actors=ACTORS | names)
    (page,) = (page for page in pages_of(collection, SETTINGS) if page.path == "actors/index.md")
    cells = [" ".join(cell.get_text().split()) for cell in _tree(page).select("table.pairs td")]
    assert cells[0] == "against Party-0: 2 claims: 2 not recorded"
    assert cells[-1] == "against others: 2 not recorded"


def test_titles_by_the_editors_are_in_brackets_wherever_a_source_is_named() -> None:
    source = SOURCE | {"title_by": "editors", "publisher": "esteria"}
    reprint = {"id": "copy", "title": "Copy", "url": "https://copy.example/", "carries": "gauge"}
    collection = collected({"x": briefing(sources=[source, reprint])}, actors=ACTORS)
    pages = {page.path: _tree(page) for page in pages_of(collection, SETTINGS)}
    (published,) = pages["actors/esteria/index.md"].select("#section--sources ~ ul a")
    assert published.get_text() == "[Gauge]"
    assert "Carries the text of [Gauge]" in pages["x/index.md"].get_text()
    assert {link["title"] for link in pages["x/index.md"].select("a.citation")} == {"[Gauge]"}


def test_a_citation_shows_no_note_in_place_of_a_name() -> None:
    source = SOURCE | {"publisher": "[no publisher]", "author": "[no author]"}
    assert _element(_page(sources=[source]), "a.citation").get_text() == "[1 gauge.example]"
    source |= {"author": "The keepers"}
    assert _element(_page(sources=[source]), "a.citation").get_text() == "[1 The keepers]"


def test_a_citation_and_a_copy_of_a_withdrawn_statement_say_that_it_was_withdrawn() -> None:
    taken_back = {"date": "2025-02-20", "text": "It was premature."}
    page = _tree(_page(position(date="2025-02-14", withdrawn=taken_back)))
    (statement,) = page.select("article.statement")
    title = "Statement by Norland, 14 February 2025 (withdrawn)"
    reference, bibtex, ris, csl = (
        part.get_text() for part in statement.select(".cite dd[data-copy]")[1:]
    )
    assert f"“{title}”" in reference
    assert f"title = {{{{{title}}}}}" in bibtex
    assert f"TI  - {title}" in ris
    assert f'"title": "{title}"' in csl
    (button,) = statement.select("button[data-by]")
    assert button["data-by"] == "Norland, 14 February 2025 (withdrawn)"


def test_a_draft_says_so() -> None:
    assert "Draft" in _element(_page(status="draft"), ".banner").get_text()
    assert _tree(_page()).select(".banner") == []


def test_every_anchor_of_a_page_is_there_once() -> None:
    page = _page(
        allegation(),
        position("demand"),
        background=[{"id": "low", "date": "2025", "text": "Low."}, {"date": "2025", "text": "."}],
        responses=[response()],
        changes=[{"date": "2025-03-05", "kind": "update", "text": "More."}],
        related=[{"url": "https://e.example/", "title": "Elsewhere"}],
    )
    ids = [str(element["id"]) for element in _tree(page).select("[id]")]
    assert len(ids) == len(set(ids))
    assert {"claim", "demand", "denial", "low", "event--2", "source--gauge"} <= set(ids)


def test_links_within_a_page_lead_to_its_anchors() -> None:
    page = _page(
        allegation(based_on=["low"]),
        background=[{"id": "low", "date": "2025", "text": "Low [@gauge]."}],
        responses=[response()],
    )
    tree = _tree(page)
    ids = {element["id"] for element in tree.select("[id]")}
    assert {str(element["href"])[1:] for element in tree.select('a[href^="#"]')} <= ids


def test_publishers_are_by_name_and_each_source_once() -> None:
    shared = {
        "wire": {"title": "Wire", "publisher": "norland", "url": "https://e.example/"},
        "anonymous": {"title": "Anonymous", "url": "https://e.example/"},
    }
    said = position(sources=["wire", "anonymous"])
    collection = collected(
        {"x": briefing(said, sources=[]), "y": briefing(said, sources=[])}, sources=shared
    )
    groups = [
        (
            name,
            actor and actor.id,
            [(source.id, [b.id for b in source.cited_in]) for source in sources],
        )
        for name, actor, sources in by_publisher(
            collection, ListingPage("sources", FIRST_PAGE, Paginator()), ENGLISH
        )
    ]
    assert groups == [
        ("Norland", "norland", [("wire", ["x", "y"])]),
        ("", None, [("anonymous", ["x", "y"])]),
    ]


def test_a_broken_briefings_page_lists_its_mistakes_as_typed() -> None:
    problem = Problem(
        "value",
        Severity.ERROR,
        Location("briefings/x.yml", 3, 14),
        "`<script>` is not *an* id.",
        "Write `{{ x }}`.",
        "positions[0].id",
    )
    page = broken_page("x", "briefings/x.yml", b"<i>a</i>", [problem], SETTINGS)
    assert (page.path, page.source) == ("x/index.md", "briefings/x.yml")
    tree = _tree(page)
    text = tree.get_text()
    assert "briefings/x.yml:3:14" in text
    assert "positions[0].id" in text
    assert tree.select("script:not([type='application/ld+json'])") == []


def test_a_broken_briefings_page_shows_hints_without_markup() -> None:
    problem = Problem("r", Severity.ERROR, Location("briefings/x.yml", 1, 1), "A <b> b.", "C <i>.")
    tree = _tree(broken_page("x", "briefings/x.yml", b"<i>a</i>", [problem], SETTINGS))
    assert tree.select("b, i") == []
    assert "A <b> b." in tree.get_text()
    assert "C <i>." in tree.get_text()


def test_a_correction_on_a_card_and_in_the_list_of_changes_leads_to_its_entry() -> None:
    changes = [
        {"date": "2025-03-05", "kind": "update", "text": "An answer was added."},
        {"date": "2025-03-05", "kind": "correction", "text": "The day was wrong."},
    ]
    made = pages_of(collected({"x": briefing(updated="2025-03-05", changes=changes)}), SETTINGS)
    pages = {page.path: BeautifulSoup(page.body, "html.parser") for page in made}
    (entry,) = pages["x/index.md"].select("#change--2025-03-05-2")
    assert "The day was wrong." in entry.get_text()
    (link,) = pages["index.md"].select('a[href="x/#change--2025-03-05-2"]')
    assert link.get_text() == "Corrected 5 March 2025"
    assert pages["changes/index.md"].select('a[href="../x/#change--2025-03-05-2"]')


@pytest.mark.parametrize(("title_by", "notes"), [("editors", 1), (None, 0)])
def test_the_sources_page_explains_the_mark_of_titles_by_the_editors(
    title_by: str | None, notes: int
) -> None:
    source = SOURCE | ({"title_by": title_by} if title_by else {})
    made = pages_of(collected({"x": briefing(sources=[source])}), SETTINGS)
    body = next(page.body for page in made if page.path == "sources/index.md")
    assert ("†</span>" in body) == bool(notes)
    assert len(BeautifulSoup(body, "html.parser").select("#sources--described")) == notes


def test_a_description_is_never_cut_within_a_sentence() -> None:
    long = "Norland says that " + "the water of the Halden falls and " * 12 + "that it is low."
    assert _page(summary=f"{long} Esteria denies it.").head["description"] == long
    assert _page(summary="It falls. It rises.").head["description"] == "It falls. It rises."


def test_cards_are_articles_named_by_their_headings() -> None:
    made = pages_of(collected({"x/y": briefing()}), SETTINGS)
    home = BeautifulSoup(next(page.body for page in made if page.path == "index.md"), "html.parser")
    (card,) = home.select("article.card")
    assert home.select(f"#{card['aria-labelledby']}")[0].get_text() == "Norland accuses Esteria"
