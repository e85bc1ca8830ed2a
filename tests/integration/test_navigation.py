"""The menu of a site, and what "Previous" and "Next" lead to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.building import Built, built_here_once, every_key_project, squeezed

Neighbours = dict[str, list[str]]
GUIDE = ["guide/first.md", "guide/second.md"]
WRITTEN = [
    {"Home": "index.md"},
    {"Actors": "actors/index.md"},
    {"Guide": GUIDE},
    {"A briefing": "halden/index.md"},
    {"About": "about.md"},
    {"Sources": "sources/index.md"},
    {"Method": "method.md"},
]


@pytest.fixture(scope="module")
def without_nav(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built("without-nav", None, tmp_path_factory)


@pytest.fixture(scope="module")
def with_nav(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return _built("with-nav", WRITTEN, tmp_path_factory)


def _built(name: str, nav: list[Any] | None, factory: pytest.TempPathFactory) -> Built:
    def make_project(folder: Path) -> None:
        project = every_key_project(folder)
        for path in [*GUIDE, "method.md"]:
            (project / "briefings" / path).parent.mkdir(exist_ok=True)
            (project / "briefings" / path).write_text(f"# Page {path}\n", "utf-8")
        config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
        config["theme"]["features"] = ["navigation.footer"]
        del config["nav"]
        if nav:
            config["nav"] = nav
        (project / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")

    return built_here_once(name, make_project, factory)


def _neighbours(site: Built) -> Neighbours:
    neighbours = {
        path.removesuffix("index.html"): [
            str(link["href"]) for link in page.select(".md-footer__link")
        ]
        for path, page in site.pages.items()
    }
    return {path: links for path, links in neighbours.items() if links}


@pytest.mark.parametrize("menu", ["without_nav", "with_nav"])
def test_briefings_lead_to_each_other_and_pages_by_hand_to_their_own(
    request: pytest.FixtureRequest, menu: str
) -> None:
    assert _neighbours(request.getfixturevalue(menu)) == {
        "halden/": ["../river/flood/"],
        "river/flood/": ["../../halden/"],
        "guide/first/": ["../second/"],
        "guide/second/": ["../first/"],
        "about/": ["../method/"],
        "method/": ["../about/"],
    }


def test_a_menu_that_nobody_wrote_has_sections_first_and_then_pages_by_hand(
    without_nav: Built,
) -> None:
    home = without_nav.page("")
    entries = home.select(".md-nav--primary > ul > li > :is(a, label.md-nav__link)")
    titles = list(dict.fromkeys(entry.get_text(strip=True) for entry in entries))
    assert titles == [
        "Fictional briefings",
        *("Briefings", "Actors", "Topics", "Places", "Timeline", "Sources", "Changes"),
        *("About", "Page method.md", "Guide"),
    ]


def test_the_title_of_a_neighbour_is_text_and_not_markup(without_nav: Built) -> None:
    link = without_nav.page("river/flood/").select_one(".md-footer__link")
    assert link
    title = "Norland accuses Esteria of diverting the *Halden* <b>river</b> &amp; {{ more }} [a](b)"
    assert squeezed(link.get_text()) == f"Previous {title}"
    ellipsis = link.select_one(".md-ellipsis")
    assert ellipsis
    assert ellipsis.get_text(strip=True) == title
