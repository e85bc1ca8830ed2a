"""The repository's own site: whole, closed in itself, and complete."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from lxml.html import HtmlElement

from tests.building import ROOT, Built, as_typed, briefing_files, squeezed

# What a browser fetches by itself, without a reader's click.
FETCHED = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src",
    "video": "src", "embed": "src", "object": "data", "image": "href",
}  # fmt: skip
FETCHED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch"}
SECTIONS = {
    "index.html", "briefings/index.html", "actors/index.html", "topics/index.html",
    "places/index.html", "timeline/index.html", "sources/index.html", "changes/index.html",
    "data/index.html", "method/index.html", "about/index.html",
}  # fmt: skip


def test_the_site_is_built_strictly_and_without_a_warning(real_site: Built) -> None:
    assert real_site.code == 0
    warnings = [line for line in real_site.output.splitlines() if "WARNING" in line]
    assert warnings == []


def test_every_section_and_every_published_briefing_has_a_page(real_site: Built) -> None:
    wanted = {f"{name}/index.html" for name in _published(ROOT)} | SECTIONS
    assert wanted - set(real_site.pages) == set()


def test_every_internal_link_leads_to_a_file_and_an_anchor_that_exist(real_site: Built) -> None:
    anchors = {path: set(_ids(page)) for path, page in real_site.trees.items()}
    files = {
        path.relative_to(real_site.folder).as_posix()
        for path in real_site.folder.rglob("*")
        if path.is_file()
    }
    dead = []
    for path, page in real_site.trees.items():
        for address in _addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = _target(path, unquote(parts.path))
            if target not in files:
                dead.append(f"{path}: {address}")
            elif parts.fragment and unquote(parts.fragment) not in anchors.get(target, set()):
                dead.append(f"{path}: {address} (no such anchor)")
    assert dead == []


def test_the_addresses_in_stylesheets_lead_to_files_of_the_site(real_site: Built) -> None:
    dead = []
    for sheet in real_site.folder.rglob("*.css"):
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.read_text(encoding="utf-8")):
            if address.startswith(("data:", "#")):
                continue
            if not (sheet.parent / urlsplit(address).path).is_file():
                dead.append(f"{sheet.relative_to(real_site.folder)}: {address}")
    assert dead == []


def test_no_page_fetches_anything_from_another_host(real_site: Built) -> None:
    foreign = [
        f"{path}: {address}"
        for path, page in real_site.trees.items()
        for address in _fetched(page)
        if urlsplit(address).netloc or urlsplit(address).scheme not in ("", "data")
    ]
    assert foreign == []


def test_no_id_is_twice_in_a_page(real_site: Built) -> None:
    twice = [
        f"{path}: {name}"
        for path, page in real_site.trees.items()
        for name, count in Counter(_ids(page)).items()
        if count > 1
    ]
    assert twice == []


def test_the_sidebar_holds_the_sections_only(real_site: Built) -> None:
    menu, entries, entry, nests = map(
        _of_class, ("md-nav--primary", "md-nav__list", "md-nav__item", "md-nav__item--nested")
    )
    for path, page in real_site.trees.items():
        links = page.xpath(f"//{menu}/{entries}/{entry}/a/@href")
        targets = {_target(path, urlsplit(link).path) for link in links}
        nested = page.xpath(f"//{menu}//{nests}")
        if path != "404.html":
            assert targets == SECTIONS, path
        assert nested == [], path


def test_the_copies_of_the_yaml_files_are_the_files_themselves(real_site: Built) -> None:
    copies = {
        path.relative_to(real_site.folder).as_posix(): path.read_bytes()
        for path in real_site.folder.rglob("*.y*ml")
    }
    wanted = {f"{name}/briefing.yml": path.read_bytes() for name, path in _published(ROOT).items()}
    assert copies == wanted


def test_every_briefing_links_to_its_yaml_copy(real_site: Built) -> None:
    for name in _published(ROOT):
        page = real_site.trees[f"{name}/index.html"]
        link = "//*[@id='section--data']/following-sibling::p//a[@href='briefing.yml']"
        assert page.xpath(link), name


def test_pages_written_by_hand_are_built(real_site: Built) -> None:
    for path in (ROOT / "briefings").rglob("[!.]*.md"):
        if "." in path.stem:
            continue  # of another edition
        name = path.relative_to(ROOT / "briefings").with_suffix("").as_posix()
        heading = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert heading, f"{path} has no heading to look for"
        page = real_site.page(f"{name}/")
        assert page.h1
        assert _words(page.h1.get_text()) == _words(heading[1])


def test_the_search_index_holds_every_word_of_what_was_said_and_of_who_and_where(
    real_site: Built,
) -> None:
    indexed = {
        word
        for section in real_site.search_index
        for text in (section["title"], section["text"])
        for word in _words(text)
    }
    for what, texts in _searchable().items():
        missing = {word for text in texts for word in _words(text)} - indexed
        assert missing == set(), what


def test_every_statement_is_a_search_result_of_its_own(real_site: Built) -> None:
    places = {section["location"] for section in real_site.search_index}
    wanted = {
        f"{name}/#{statement['id']}"
        for name, path in _published(ROOT).items()
        for statement in _statements(as_typed(path))
    }
    assert wanted - places == set()


def test_edit_links_lead_to_the_yaml_file_where_a_repository_is_named(
    every_key_site: Built,
) -> None:
    base = "https://git.example/newsroom/site/edit/main/briefings/"
    assert _edit_links(every_key_site, "halden/") == {f"{base}halden.yml"}
    assert _edit_links(every_key_site, "river/flood/") == {f"{base}river/flood.yml"}
    assert _edit_links(every_key_site, "about/") == {f"{base}about.md"}


def test_a_page_that_has_no_file_of_its_own_has_no_edit_link(every_key_site: Built) -> None:
    for address in ("", "actors/", "actors/esteria/", "timeline/", "sources/"):
        assert _edit_links(every_key_site, address) == set(), address


def test_nothing_of_a_draft_is_published(every_key_site: Built) -> None:
    assert every_key_site.code == 0, every_key_site.output
    copies = {
        path.relative_to(every_key_site.folder).as_posix()
        for path in every_key_site.folder.rglob("*.y*ml")
    }
    assert copies == {"halden/briefing.yml", "river/flood/briefing.yml"}
    leaked = [
        path.relative_to(every_key_site.folder).as_posix()
        for path in every_key_site.folder.rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".yml", ".csv"}
        and re.search(rb"unfinished", path.read_bytes(), re.IGNORECASE)
    ]
    assert leaked == []


def _published(project: Path) -> dict[str, Path]:
    return {
        name: path
        for name, path in briefing_files(project)
        if as_typed(path).get("status", "draft") != "draft"
    }


def _statements(briefing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from briefing["positions"]
    yield from briefing["responses"]


def _searchable() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {"statements": [], "quotations": [], "source titles": []}
    for path in _published(ROOT).values():
        briefing = as_typed(path)
        for statement in _statements(briefing):
            texts["statements"].append(_without_links(statement["text"]))
            for quote in statement.get("quotes", []):
                texts["quotations"].append(quote["text"])
                if "original" in quote:
                    texts["quotations"].append(quote["original"]["text"])
        texts["source titles"] += [source["title"] for source in briefing.get("sources", [])]
    actors = yaml.safe_load((ROOT / "data" / "actors.yml").read_text(encoding="utf-8"))
    names = [actor["name"] for actor in actors.values()]
    texts["actors' names"] = [word for name in names for word in _in_each_language(name)]
    texts["actors' other names"] = [
        name for actor in actors.values() for name in actor.get("also_known_as", [])
    ]
    assert all(texts.values()), "the repository's own briefings have some of each"
    return texts


def _in_each_language(name: str | dict[str, str]) -> list[str]:
    return [name] if isinstance(name, str) else list(name.values())


def _without_links(prose: str) -> str:
    return re.sub(r"\]\([^)]*\)", "] ", re.sub(r"\[@[^\]]*\]", " ", prose))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", squeezed(text).casefold())


def _of_class(name: str) -> str:
    """A step of an XPath: any element of a class."""
    return f"*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


def _ids(page: HtmlElement) -> list[str]:
    return list(page.xpath("//@id"))


def _addresses(page: HtmlElement) -> Iterator[str]:
    yield from page.xpath("//a/@href | //link/@href")
    yield from _fetched(page)


def _fetched(page: HtmlElement) -> Iterator[str]:
    for name, attribute in FETCHED.items():
        yield from page.xpath(f"//{name}/@{attribute}")
    for element in page.xpath("//link[@href and @rel]"):
        if FETCHED_LINKS & set(element.get("rel").split()):
            yield element.get("href")
    for style in page.xpath("//style/text() | //@style"):
        yield from re.findall(r"url\(\s*['\"]?([^'\")]+)", style)


def _target(page: str, address: str) -> str:
    """The file that `address` on `page` asks a web server for."""
    if not address:
        return page
    # The page shown for any missing address can't know where it stands, so its links are absolute.
    start = "" if address.startswith("/") else posixpath.dirname(page)
    path = posixpath.normpath(posixpath.join(start, address.lstrip("/")))
    if address.endswith(("/", ".")) or path == ".":
        return posixpath.normpath(posixpath.join(path, "index.html"))
    return path


def _edit_links(site: Built, address: str) -> set[str]:
    return {str(link["href"]) for link in site.page(address).select('a[rel~="edit"]')}
