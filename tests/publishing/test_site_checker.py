"""A built site is validated: links, anchors, and what is fetched from other hosts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.publishing.site_checker import SiteError, check_site, summary

URL = "https://fiction.example/site/"


def _site(folder: Path, **pages: str) -> Path:
    for name, body in pages.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")
    return folder


def _messages(folder: Path, body: str, url: str = "") -> list[str]:
    site = _site(folder, index=body, other__index='<p id="there"></p>')
    return [error.message for error in check_site(site, url) if error.page == "index.html"]


@pytest.mark.parametrize(
    "link",
    [
        "other/", "other/#there", "./other/index.html", "#here", "", "/other/", "other",
        "https://elsewhere.example/x", "mailto:a@b.example", "//elsewhere.example/",
    ],
)  # fmt: skip
def test_links_with_a_target_are_accepted(tmp_path: Path, link: str) -> None:
    assert _messages(tmp_path, f'<p id="here"><a href="{link}">x</a></p>') == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("nowhere/", "links to nowhere/, which does not exist"),
        ("../outside/", "links to ../outside/, which does not exist"),
        ("other/#nowhere", "links to other/#nowhere, an anchor that does not exist"),
        ("#nowhere", "links to #nowhere, an anchor that does not exist"),
        ("other/%23there", "links to other/%23there, which does not exist"),
    ],
)
def test_a_link_without_a_target_is_an_error(tmp_path: Path, link: str, message: str) -> None:
    assert _messages(tmp_path, f'<a href="{link}">x</a>') == [message]


@pytest.mark.parametrize("link", ["https://[x", "//[", "http://[::1"])
def test_a_link_that_is_not_an_address_is_an_error(tmp_path: Path, link: str) -> None:
    assert _messages(tmp_path, f'<a href="{link}">x</a>') == [
        f"links to {link}, which is not an address"
    ]


@pytest.mark.parametrize(
    "url", ["https://b.example/a%20b/", "https://b.example/%C3%BC%25/", "https://b.example/ü/"]
)
def test_the_sites_address_can_have_escapes(tmp_path: Path, url: str) -> None:
    odd = "100% (sure) #1"
    site = _site(tmp_path, index=f'<a href="100%25 (sure) %231/">x</a><a href="{url}">y</a>')
    _site(tmp_path / odd, index=f'<a href="../">x</a><a href="{urlsplit(url).path}gone/">y</a>')
    assert check_site(site, url) == [
        SiteError(f"{odd}/index.html", f"links to {urlsplit(url).path}gone/, which does not exist")
    ]


def test_the_sites_own_address_is_the_site(tmp_path: Path) -> None:
    body = f'<a href="{URL}other/">x</a><a href="{URL}gone/">y</a><img src="{URL}other/index.html">'
    assert _messages(tmp_path, body, URL) == [f"links to {URL}gone/, which does not exist"]


def test_what_else_is_on_the_host_of_the_site_is_not_a_part_of_it(tmp_path: Path) -> None:
    root = "https://fiction.example/"
    links = "".join(
        f'<a href="{root}{path}">x</a>' for path in ("", "press/1", "site", "sites/", "press?a=b#c")
    )
    assert _messages(tmp_path, f'{links}<img src="{root}logo.svg" alt="">', URL) == []
    assert _messages(tmp_path, f'<a href="{root}site/press/">x</a>', URL) == [
        f"links to {root}site/press/, which does not exist"
    ]


@pytest.mark.parametrize(
    "element",
    [
        '<script src="{}"></script>', '<img src="{}" alt="">', '<iframe src="{}"></iframe>',
        '<link rel="stylesheet" href="{}">', '<link rel="preconnect" href="{}">',
        '<img srcset="{} 2x" alt="">', '<video poster="{}"></video>', '<object data="{}"></object>',
        '<svg><use href="{}"/></svg>', "<p style=\"background: url('{}')\"></p>",
        '<style>@import "{}";</style>', '<img src="\n {}" alt="">',
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["https://cdn.example/x", "//cdn.example/x"])
def test_fetching_from_another_host_is_an_error(tmp_path: Path, element: str, address: str) -> None:
    messages = _messages(tmp_path, element.format(address))
    assert messages == [f"fetches {address} from another host"]


def test_a_style_sheet_that_fetches_from_another_host_is_an_error(tmp_path: Path) -> None:
    _site(tmp_path, index="")
    (tmp_path / "x.css").write_text('@import "https://cdn.example/x.css";', encoding="utf-8")
    assert check_site(tmp_path) == [
        SiteError("x.css", "fetches https://cdn.example/x.css from another host")
    ]


def test_a_redirect_to_nothing_is_an_error(tmp_path: Path) -> None:
    body = '<meta http-equiv="refresh" content="0; url=gone/">'
    assert _messages(tmp_path, body) == ["links to gone/, which does not exist"]


def test_a_summary_shows_the_first_errors() -> None:
    text = summary([SiteError("a.html", f"leads to {number}") for number in range(25)])
    assert text.splitlines()[0] == "a.html: leads to 0"
    assert text.endswith("… and 5 more")
