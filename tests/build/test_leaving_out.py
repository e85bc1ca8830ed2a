"""An edition that leaves out what isn't translated: pages, data, search, and what is built again.

All is fictional. `dam` has no translation and answers a claim of `river`, which refers to it in
each way that there is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from generator.build.artifacts import ArtifactStore, build_targets
from generator.build.cache import Cache
from generator.build.edition_snapshot import in_language
from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.rendering.settings import Settings
from tests.fiction import ACTORS, allegation, as_json, briefing, files, position, response

URL = "https://halden.example/"
SETTINGS = Settings(
    name="Fiction", url=f"{URL}fr/", language="fr", languages=("en", "fr"), leaves_out=True
)
#: What only `dam` says.
WORDS = ("Dampfwort", "Zwischenruf", "Staumauer")
#: The same in a translation.
FRENCH = ("Vapeur", "Interjection", "Barrage")


def _project(**more: str) -> dict[str, bytes]:
    river = briefing(
        allegation(),
        position("repeat", echoes=["dam#first"], text="As [said](briefing:dam#first)."),
        title="River",
        summary="Compare the [other](briefing:dam).",
        related=[{"briefing": "dam"}],
        responses=[response("answer", to=["dam#first"])],
    )
    dam = briefing(
        allegation("first", text=f"{WORDS[0]}.", topics=None),
        title=WORDS[2],
        topics=["dams"],
        background=[
            {"id": "e", "date": "2024-02-10", "text": f"{WORDS[1]}.", "actors": ["sundmark"]}
        ],
        responses=[response("late", to=["river#claim"], date="2025-05-01")],
    )
    dam["positions"][0].pop("topics")
    well = briefing(title="Puits", language="fr")
    actors = ACTORS | {key: {"name": key, "type": "state"} for key in ("sundmark", "lakeland")}
    project = files(
        {"dam": dam, "river": river, "well": well},
        actors=actors,
        topics={"dams": {"name": "Dams"}},
    )
    written = {**_translation("river", title="Rivière", summary="En bref."), **more}
    return project | {path: text.encode() for path, text in written.items()}


def _translation(original: str, status: str = "published", **texts: Any) -> dict[str, str]:
    keys = {"translation_of": original, "language": "fr", "status": status, **texts}
    return {f"briefings/{original}.fr.yml": as_json(keys)}


def _dam_in_french(status: str = "published") -> dict[str, str]:
    return _translation(
        "dam",
        status,
        title=FRENCH[2],
        summary="En bref.",
        positions={"first": {"text": FRENCH[0]}},
        background={"e": {"text": FRENCH[1]}},
    )


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[Pipeline]:
    with closing(Cache(tmp_path / "cache")) as cache:
        yield Pipeline(cache, jobs=1)


def _edition(pipeline: Pipeline, only_translated: bool = True, **more: str) -> Snapshot:
    snapshot = pipeline.read(_project(**more))
    assert not snapshot.loaded.problems
    return in_language(snapshot.published(), "fr", "en", only_translated=only_translated)


def _texts(artifacts: ArtifactStore) -> dict[str, str]:
    """The text of each page and each file, with the shares of files of all briefings."""
    texts = {}
    for target in artifacts.keys:
        texts |= {page.path: page.markdown for page in artifacts.pages(target).values()}
        texts |= {
            path: content.decode()
            for path, content in artifacts.files(target).items()
            if not path.endswith(".png")
        }
    for number, share in enumerate(artifacts.fragments()):
        texts[f"{share.path}:{number}"] = str(share)
    return texts


def test_nothing_but_links_to_the_main_edition_is_left_of_it(pipeline: Pipeline) -> None:
    artifacts = build_targets(pipeline, _edition(pipeline), SETTINGS)
    texts = _texts(artifacts)
    assert {"river/index.md", "well/index.md", "topics/dams/index.md"} <= set(texts)
    assert not [path for path in texts if path.startswith("dam/")]
    for path, text in texts.items():
        assert WORDS[0] not in text, path
        assert WORDS[1] not in text, path
        page = f"{URL}fr/{path.removesuffix('index.md')}"
        for link in re.findall(r'"([^"]*\bdam/[^"]*)"', text):
            assert urljoin(page, link).startswith(f"{URL}dam/"), (path, link)
    search_text = repr(list(artifacts.search_pages()))
    assert not [word for word in WORDS if word in search_text]


def test_links_to_it_lead_to_the_main_edition_and_name_its_language(pipeline: Pipeline) -> None:
    artifacts = build_targets(pipeline, _edition(pipeline), SETTINGS)
    page = _texts(artifacts)["river/index.md"]
    links = re.findall(r'<a ([^>]*href="[^"]*/dam/[^"]*"[^>]*)>', page)
    assert {re.findall('href="([^"]*)"', link)[0] for link in links} == {
        "../../dam/",
        "../../dam/#first",
        "../../dam/#late",
    }
    for link in links:
        assert 'hreflang="en"' in link


def test_an_answer_in_it_still_counts(pipeline: Pipeline) -> None:
    artifacts = build_targets(pipeline, _edition(pipeline), SETTINGS)
    page = _texts(artifacts)["river/index.md"]
    assert "reply--answered" in page
    assert "reply--not-recorded" not in page
    actor = _texts(artifacts)["actors/norland/index.md"]
    assert "../../../dam/#late" in actor


def test_an_empty_page_speaks_of_its_language_alone(pipeline: Pipeline) -> None:
    texts = _texts(build_targets(pipeline, _edition(pipeline), SETTINGS))
    assert "Rien n’est encore publié ici dans cette langue." in texts["topics/dams/index.md"]
    arabic = in_language(pipeline.read(_project()), "ar", "en", only_translated=True)
    settings = replace(SETTINGS, language="ar", url=f"{URL}ar/")
    texts = _texts(build_targets(pipeline, arabic, settings))
    for section in ("", "briefings/", "timeline/", "sources/", "changes/"):
        assert "لم يُنشر شيء هنا بهذه اللغة بعد." in texts[f"{section}index.md"]


def test_it_is_in_no_list(pipeline: Pipeline) -> None:
    edition = _edition(pipeline)
    assert list(edition.graph.briefings) == ["river", "well"]
    statistics = edition.graph.statistics
    assert (statistics.briefings, statistics.topics) == (2, {})
    collection = edition.link_all().collection
    assert list(collection.briefings) == ["river", "well"]
    assert collection.topics["dams"].briefings == []
    assert collection.actors["sundmark"].events == []
    assert {entry.briefing.id for entry in collection.chronology()} == {"river"}


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_published_translation_adds_it_and_builds_again_what_links_to_it(
    pipeline: Pipeline, status: str
) -> None:
    build_targets(pipeline, _edition(pipeline), SETTINGS)
    edition = _edition(pipeline, **_dam_in_french(status))
    texts = _texts(build_targets(pipeline, edition, SETTINGS))
    with closing(Cache()) as cache:
        alone = Pipeline(cache, jobs=1)
        assert texts == _texts(build_targets(alone, edition, SETTINGS))
    is_published = status == "published"
    assert ("dam/index.md" in texts) is is_published
    assert ('href="../dam/#first"' in texts["river/index.md"]) is is_published
    assert ('href="../../dam/#first"' in texts["river/index.md"]) is not is_published


def test_an_edition_that_shows_it_has_other_pages(pipeline: Pipeline) -> None:
    left_out = _texts(build_targets(pipeline, _edition(pipeline), SETTINGS))
    edition = _edition(pipeline, only_translated=False)
    texts = _texts(build_targets(pipeline, edition, SETTINGS))
    with closing(Cache()) as cache:
        assert texts == _texts(build_targets(Pipeline(cache, jobs=1), edition, SETTINGS))
    assert "dam/index.md" in texts
    assert texts["river/index.md"] != left_out["river/index.md"]
    assert 'href="../dam/#first"' in texts["river/index.md"]


def test_the_page_of_an_actor_is_built_again_for_a_link_in_a_statement_alone(
    pipeline: Pipeline,
) -> None:
    # Both editions make the page of the same two files.
    answer = position(to=["dam#first"], stance="denies", party="esteria", date="2025-05-01")
    echo = briefing(answer, title="Écho", language="fr")
    dam = briefing(allegation("first", against=["norland"]), title="Dam")
    snapshot = pipeline.read(files({"dam": dam, "echo": echo}))
    links = []
    for only_translated in (True, False):
        edition = in_language(snapshot, "fr", "en", only_translated=only_translated)
        page = _texts(build_targets(pipeline, edition, SETTINGS))["actors/esteria/index.md"]
        links.append(re.findall(r'href="([^"]*)dam/#first"', page)[0])
    assert links == ["../../../", "../../"]


def test_the_language_that_a_briefing_names_is_that_of_the_links_to_it(pipeline: Pipeline) -> None:
    said = position(text="[Le barrage](briefing:dam).", party="lakeland")
    text = as_json(briefing(said, title="Texte", language="fr"))
    project = _project(**{"briefings/text.yml": text})
    for language in ("en", "de"):
        dam = project["briefings/dam.yml"].replace(
            b'{"title"', f'{{"language": "{language}", "title"'.encode()
        )
        snapshot = pipeline.read({**project, "briefings/dam.yml": dam})
        edition = in_language(snapshot, "fr", "en", only_translated=True)
        texts = _texts(build_targets(pipeline, edition, SETTINGS))
        for page in ("river/index.md", "actors/lakeland/index.md"):
            assert set(re.findall('hreflang="([^"]*)"', texts[page])) == {language}


def test_the_tables_promise_no_row_that_the_edition_lacks(pipeline: Pipeline) -> None:
    edition = _edition(pipeline)
    for settings, count in ((SETTINGS, 1), (replace(SETTINGS, leaves_out=False), 2)):
        texts = _texts(build_targets(pipeline, edition, settings))
        package = json.loads(texts["data/datapackage.json"])
        (responses,) = (it for it in package["resources"] if it["name"] == "responses")
        assert len(responses["schema"]["foreignKeys"]) == count
