"""The pages as linked data: terms of schema.org where it allows them, read back as RDF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from rdflib import RDF, SDO, Graph, URIRef

from generator.rendering.pages import Page
from tests.building import EVERY_KEY, ROOT
from tests.fiction import SOURCE, allegation, briefing, collected, position, response
from tests.published import SETTINGS, URL, as_published, briefing_page, leaves, site, texts

VOCABULARY = ROOT / ".venv" / "editor" / "node_modules" / "schema-dts" / "dist" / "schema.d.ts"
_INTERFACE = re.compile(
    r"^(?:export )?interface (\w+?)(Base|Leaf)(?:<[^>]*>)?( extends [^{]+)? \{\n(.*?)^\}",
    re.S | re.M,
)
_PROPERTY = re.compile(r'^    "(\w+)"\?: SchemaValue<(.*), "\w+">;$', re.M)
_UNION = re.compile(r"^export type (\w+) = (.+);$", re.M)
#: What the vocabulary has for text, numbers and dates.
_PLAIN = {"Text", "URL", "string", "Date", "DateTime", "Integer", "Number", "Duration", "Boolean"}


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, list[str]], dict[str, dict[str, set[str]]]]:
    """Schema.org as its publishers describe it for TypeScript: for each type the interface that
    holds its properties, for each interface those it extends, and its properties with what they
    may hold.
    """
    text = VOCABULARY.read_text("utf-8")
    bases: dict[str, str] = {}
    extends: dict[str, list[str]] = {}
    properties: dict[str, dict[str, set[str]]] = {}
    for name, kind, parents, body in _INTERFACE.findall(text):
        names = re.findall(r"(\w+)Base", parents)
        if kind == "Leaf":
            bases[name] = name if f"interface {name}Base " in text else names[0]
            extends.setdefault(name, names)
        else:
            bases.setdefault(name, name)
            extends[name] = [name_of_type for name_of_type in names if name_of_type != name]
            properties[name] = {
                key: set(re.findall(r"\w+", held)) for key, held in _PROPERTY.findall(body)
            }
    return bases, extends, properties


def _allowed(kind: str) -> dict[str, set[str]]:
    """The properties a type may have, those of wider types included, and what they may hold."""
    _, extends, properties = _vocabulary()
    allowed = dict(properties.get(kind, {}))
    for wider in extends.get(kind, []):
        if wider != kind:
            allowed = _allowed(wider) | allowed
    return allowed


@cache
def _wider(kind: str) -> frozenset[str]:
    _, extends, _ = _vocabulary()
    types = {kind}
    for parent in extends.get(kind, []):
        if parent != kind:
            types |= _wider(parent)
    return frozenset(types)


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type", [])
    return [kind] if isinstance(kind, str) else kind


def _faults(node: dict[str, Any], known: dict[str, list[str]]) -> list[str]:
    faults = []
    bases, _, _ = _vocabulary()
    for kind in _types(node):
        if kind not in bases:
            faults.append(f"{kind} is no type")
    allowed: dict[str, set[str]] = {}
    for kind in _types(node):
        allowed |= _allowed(kind)
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in allowed:
            faults.append(f"{_types(node)} has no {key}")
            continue
        for item in value if isinstance(value, list) else [value]:
            faults += _misfits(key, item, allowed[key], known)
    return faults


def _misfits(key: str, value: Any, held: set[str], known: dict[str, list[str]]) -> list[str]:
    if not isinstance(value, dict):
        return [] if held & _PLAIN else [f"{key} holds no text"]
    kinds = _types(value) or known.get(str(value.get("@id")), [])
    if not kinds and "@id" in value:
        return [] if "IdReference" in held else [f"{key} holds no reference"]
    if set(kinds) & {"Role", "OrganizationRole"}:
        inner = {name: inner_value for name, inner_value in value.items() if name != key}
        return (
            [*_misfits(key, value[key], held, known), *_faults(inner, known)]
            if key in value
            else []
        )
    fits = any(_wider(kind) & held for kind in kinds)
    return (
        []
        if fits
        else [f"{key} holds no {kinds}"] + (_faults(value, known) if "@type" in value else [])
    )


def _script(page: Page) -> dict[str, Any]:
    (script,) = BeautifulSoup(page.markdown, "html.parser").select(
        "script[type='application/ld+json']"
    )
    loaded: dict[str, Any] = json.loads(script.get_text())
    return loaded


def _page(path: str) -> Page:
    return next(page for page in site().pages if page.path == path)


def _graph(path: str) -> Graph:
    script = _script(_page(path))
    # What https://schema.org answers with, as far as it is needed here; nothing is fetched.
    script["@context"] = {"@vocab": "https://schema.org/"}
    return Graph().parse(data=json.dumps(script), format="json-ld", publicID=URL)


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_every_page_uses_schema_org_as_it_is_defined(project: Path) -> None:
    made = site(project)
    assert len(made.pages) > 20
    for page in made.pages:
        graph = _script(page)["@graph"]
        known: dict[str, list[str]] = {}
        for node in graph:
            known.setdefault(node["@id"], []).extend(_types(node))
        faults = [fault for node in graph for fault in _faults(node, known)]
        assert faults == [], page.path


def test_the_check_of_the_vocabulary_finds_what_is_not_in_it() -> None:
    assert _faults({"@type": "Klaim"}, {}) == ["Klaim is no type"]
    assert _faults({"@type": "Claim", "verdict": "x"}, {}) == ["['Claim'] has no verdict"]
    wrong = {"@type": "Claim", "author": {"@type": "Place", "name": "x"}}
    assert _faults(wrong, {}) == ["author holds no ['Place']"]
    assert _faults({"@type": "Claim", "author": "x"}, {}) == ["author holds no text"]


def test_a_claim_has_its_author_its_accused_its_source_and_its_answers() -> None:
    graph = _graph("halden/index.md")
    claim = URIRef(f"{URL}halden/#diversion")
    assert (claim, RDF.type, SDO.Claim) in graph
    assert (claim, SDO.author, URIRef(f"{URL}actors/norland/")) in graph
    assert (claim, SDO.about, URIRef(f"{URL}actors/esteria/")) in graph
    assert (claim, SDO.citation, URIRef(f"{URL}halden/#source--norland-ministry")) in graph
    assert (claim, SDO.comment, URIRef(f"{URL}halden/#drought")) in graph
    assert (URIRef(f"{URL}halden/#drought"), SDO.parentItem, claim) in graph
    assert str(graph.value(claim, SDO.dateCreated)) == "2025-02-14"


def test_an_actor_is_the_item_of_wikidata_that_its_entry_names() -> None:
    graph = _graph("actors/esteria/index.md")
    actor = URIRef(f"{URL}actors/esteria/")
    assert (actor, RDF.type, SDO.GovernmentOrganization) in graph
    assert str(graph.value(actor, SDO.sameAs)) == "https://www.wikidata.org/wiki/Q0"


def test_a_report_has_its_dates_and_its_corrections() -> None:
    graph = _graph("halden/index.md")
    report = URIRef(f"{URL}halden/#report")
    assert str(graph.value(report, SDO.datePublished)) == "2025-03-04"
    corrections = {
        str(graph.value(thing, SDO.name)): str(graph.value(thing, SDO.text))
        for thing in graph.objects(report, SDO.correction)
    }
    assert corrections["Correction"] == "The gauge is at Orm. An earlier version placed it at Ulm."


def test_a_date_that_is_not_certain_is_not_published_as_certain() -> None:
    graph = _graph("halden/index.md")
    talks = URIRef(f"{URL}halden/#event--3")
    assert graph.value(talks, SDO.startDate) is None
    assert str(graph.value(talks, SDO.description)) == "about 2008: Talks on the river begin."


def test_every_line_and_quotation_of_a_briefing_is_in_its_linked_data() -> None:
    from tests.exports.test_tables import PUBLISHED

    linked_data = " ".join(str(leaf) for leaf in leaves(_script(_page("halden/index.md"))))
    model = PUBLISHED["halden"].model_copy(update={"background": [], "related": []})
    # Points on which sources differ, and notes on missing replies, have no term.
    without = {
        str(leaf)
        for statement in (*model.positions, *model.responses)
        for part in (*statement.discrepancies, *getattr(statement, "no_response", []))
        for leaf in leaves(part.model_dump(mode="json"))
    }
    missing = [
        words
        for kind, words in texts(model)
        if as_published(kind, words) not in linked_data and words not in without
    ]
    assert missing == []


def test_the_way_to_a_page_is_a_list_of_breadcrumbs() -> None:
    (page, *_) = _script(_page("actors/esteria/index.md"))["@graph"]
    steps = page["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", URL),
        (2, "Actors", f"{URL}actors/"),
        (3, "Esteria", f"{URL}actors/esteria/"),
    ]


@pytest.mark.parametrize(("language", "of_interface"), [("de", "de"), ("nl", "en")])
def test_a_page_is_in_the_language_of_its_title(language: str, of_interface: str) -> None:
    pages = {
        page.path: page for page in site(EVERY_KEY, replace(SETTINGS, language=language)).pages
    }
    languages = {path: _script(page)["@graph"][0]["inLanguage"] for path, page in pages.items()}
    assert languages["timeline/index.md"] == languages["actors/index.md"] == of_interface
    assert languages["index.md"] == languages["actors/esteria/index.md"] == language
    titled = {path for path, page in pages.items() if "title_language" in page.head}
    assert ("actors/index.md" in titled) == (language != of_interface)
    assert "actors/esteria/index.md" not in titled


def test_there_is_no_verdict() -> None:
    for page in site().pages:
        assert "ClaimReview" not in page.markdown
        assert "reviewRating" not in page.markdown


def test_no_text_ends_the_script_it_is_in() -> None:
    title = "</script><script>alert(1)</script><!-- & -->"
    collection = collected({"x": briefing(title=title)})
    page = briefing_page("x", collection, SETTINGS)
    (script,) = BeautifulSoup(page.markdown, "html.parser").select("script")
    assert json.loads(script.get_text())["@graph"][1]["headline"] == title


def _nodes(*positions: dict[str, Any], **keys: Any) -> dict[str, dict[str, Any]]:
    """The nodes of a briefing's page, by what follows its address."""
    page = briefing_page("x", collected({"x": briefing(*positions, **keys)}), SETTINGS)
    return {node["@id"].removeprefix(f"{URL}x/"): node for node in _script(page)["@graph"]}


def test_replies_are_described_with_all_that_the_page_says_of_them() -> None:
    absence = {"party": "esteria", "as_of": "2025-03-01"}
    taken_back = {"date": "2025-02-20", "text": "It was premature."}
    earlier = response(date="2025-01-03", withdrawn=taken_back)
    unclear = response("unclear", to=["second"], date="2025-01/2025-03")
    nodes = _nodes(
        allegation(no_response=[absence]),
        allegation("second", no_response=[absence]),
        allegation("third", no_response=[absence]),
        responses=[earlier, unclear],
    )
    assert nodes["#claim"]["description"] == (
        "Esteria: Earlier denial (denies, 3 January 2025, since withdrawn); "
        "no later reply found as of 1 March 2025"
    )
    assert nodes["#second"]["description"] == (
        "Esteria: Answered (denies, January – March 2025); no later reply found as of "
        "1 March 2025; it is not established which came first"
    )
    assert nodes["#third"]["description"] == "Esteria: No reply found as of 1 March 2025"


def test_a_report_was_modified_on_the_day_of_its_last_change_as_feeds_say() -> None:
    correction = {"date": "2025-03-20", "kind": "correction", "text": "The gauge is at Orm."}
    nodes = _nodes(updated="2025-03-10", changes=[correction])
    assert nodes["#report"]["dateModified"] == nodes[""]["dateModified"] == "2025-03-20"


def test_a_note_that_no_publisher_is_named_is_no_organisation() -> None:
    nodes = _nodes(sources=[SOURCE | {"publisher": "[publisher not named]"}])
    assert "publisher" not in nodes["#source--gauge"]
    nodes = _nodes(sources=[SOURCE | {"publisher": "Gazette"}])
    assert nodes["#source--gauge"]["publisher"] == {"@type": "Organization", "name": "Gazette"}


def test_a_title_by_the_editors_is_in_brackets() -> None:
    nodes = _nodes(sources=[SOURCE | {"title_by": "editors"}])
    assert nodes["#source--gauge"]["name"] == "[Gauge]"


def test_those_whose_words_are_quoted_have_a_node() -> None:
    quotes = [{"text": "The tap is shut.", "language": "en", "words_of": "esteria"}]
    nodes = _nodes(position(quotes=quotes))
    (quotation,) = nodes["#claim"]["hasPart"]
    assert quotation["creator"] == {"@id": f"{URL}actors/esteria/"}
    assert nodes[f"{URL}actors/esteria/"]["name"] == "Esteria"
