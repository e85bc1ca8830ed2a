"""Paths and addresses."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import urls

_IDS = st.lists(st.sampled_from(["a", "river", "index", "2025", "x-y"]), min_size=1, max_size=3)
_PAGES = _IDS.map(lambda parts: urls.briefing("/".join(parts))) | st.just(urls.HOME)


def test_each_kind_of_page_has_its_place() -> None:
    assert urls.briefing("river/halden") == "river/halden/index.md"
    assert urls.briefing_yaml("river/halden") == "river/halden/briefing.yml"
    assert urls.redirect_page("old/halden") == "old/halden/index.html"
    assert urls.entry("actors", "esteria") == "actors/esteria/index.md"


@pytest.mark.parametrize(
    ("path", "start", "address"),
    [
        ("halden/index.md", "index.md", "halden/"),
        ("index.md", "halden/index.md", "../"),
        ("index.md", "river/halden/index.md", "../../"),
        ("actors/esteria/index.md", "halden/index.md", "../actors/esteria/"),
        ("halden/index.md", "halden/index.md", "./"),
        ("halden/briefing.yml", "halden/index.md", "briefing.yml"),
        ("halden/briefing.yml", "index.md", "halden/briefing.yml"),
        ("about.md", "halden/index.md", "../about/"),
    ],
)
def test_addresses_are_relative_to_the_page(path: str, start: str, address: str) -> None:
    assert urls.relative_url(path, start) == address


def test_an_address_may_name_an_anchor() -> None:
    assert urls.relative_url("a/index.md", "b/index.md", "claim") == "../a/#claim"
    assert urls.relative_url("a/index.md", "a/index.md", "claim") == "#claim"


@pytest.mark.parametrize(
    ("path", "start", "address"),
    [
        ("halden/index.md", "index.md", "halden/index.html"),
        ("index.md", "river/halden/index.md", "../../index.html"),
        ("halden/index.md", "halden/index.md", "index.html"),
    ],
)
def test_addresses_of_files_where_folders_do_not_serve(path: str, start: str, address: str) -> None:
    assert urls.relative_url(path, start, directory_urls=False) == address


@given(_PAGES, _PAGES)
def test_an_address_leads_from_any_page_to_any_other(path: str, start: str) -> None:
    address = urls.relative_url(path, start)
    assert not address.startswith("/")
    landed = posixpath.normpath(posixpath.join(posixpath.dirname(start), unquote(address)))
    assert landed == (posixpath.dirname(path) or ".")


@given(_PAGES, _PAGES)
def test_an_address_of_a_file_leads_to_it(path: str, start: str) -> None:
    address = urls.relative_url(path, start, directory_urls=False)
    landed = posixpath.normpath(posixpath.join(posixpath.dirname(start), unquote(address)))
    assert landed == path.removesuffix(".md") + ".html"


def test_other_signs_in_a_path_are_quoted() -> None:
    assert urls.relative_url("ü a/index.md", "index.md") == "%C3%BC%20a/"
