"""Feeds, read by a reader of Atom and a reader of JSON Feed that are not ours."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser

from generator.collection.linker import Collection
from generator.rendering.settings import Settings
from tests.building import EVERY_KEY, ROOT
from tests.fiction import ACTORS, allegation, briefing, collected, position
from tests.published import SETTINGS, URL, files_of, site

_NODE = [ROOT / ".venv" / "bin" / "node", "--input-type=module", "--eval"]
_READ = """
import {parseJsonFeed, parseAtomFeed} from "feedsmith"
import {readFileSync} from "node:fs"
const feeds = JSON.parse(readFileSync(0, "utf8"))
const read = Object.entries(feeds).map(([path, text]) =>
  [path, path.endsWith(".json") ? parseJsonFeed(text) : parseAtomFeed(text)])
console.log(JSON.stringify(Object.fromEntries(read)))
"""


def _feeds_of(collection: Collection, settings: Settings) -> dict[str, bytes]:
    files = files_of(collection, settings)
    return {path: content for path, content in files.items() if path.startswith("feeds/")}


def _files(**changes: Any) -> dict[str, bytes]:
    collection = collected({"x": briefing(**changes)})
    return _feeds_of(collection, SETTINGS)


@cache
def _feeds() -> dict[str, bytes]:
    return {
        path: content
        for path, content in site().assets.items()
        if path.startswith("feeds/") and not path.endswith("/sitemap.xml")
    }


@cache
def _read_elsewhere() -> dict[str, Any]:
    texts = {path: content.decode() for path, content in _feeds().items()}
    done = subprocess.run(
        [*map(str, _NODE), _READ],
        cwd=ROOT / ".venv" / "editor",
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_site_and_each_actor_topic_and_place_has_both_feeds() -> None:
    pages = {
        page.path.removesuffix("/index.md")
        for page in site().pages
        if page.path.startswith(("actors/", "topics/", "places/")) and page.path.count("/") == 2
    }
    wanted = {"all", *pages}
    assert {path.removeprefix("feeds/") for path in _feeds()} == {
        f"{expected}.{ending}" for expected in wanted for ending in ("xml", "json")
    }


def test_a_reader_of_atom_finds_no_fault() -> None:
    required = ("id", "title", "link", "updated", "published", "content")
    paths = [path for path in _feeds() if path.endswith(".xml")]
    assert len(paths) > 10
    for path in paths:
        read = feedparser.parse(_feeds()[path])
        assert (read.bozo, read.version) == (False, "atom10"), path
        assert read.feed.id.startswith("urn:uuid:")
        assert read.feed.updated
        assert read.feed.links[1].href == f"{URL}{path}"
        assert all(entry[key] for entry in read.entries for key in required), path


def test_two_other_readers_take_every_feed() -> None:
    read = _read_elsewhere()
    assert set(read) == set(_feeds())
    feed = read["feeds/all.json"]
    assert feed["feed_url"] == f"{URL}feeds/all.json"
    assert [item["url"] for item in feed["items"]] == [f"{URL}halden/", f"{URL}river/flood/"]
    assert [entry["id"] for entry in read["feeds/all.xml"]["entries"]] == [
        item["id"] for item in feed["items"]
    ]


def test_entries_are_dated_by_the_briefings_own_days() -> None:
    (item, *_) = _read_elsewhere()["feeds/all.json"]["items"]
    assert item["date_published"].startswith("2025-03-04T00:00:00")
    assert item["date_modified"].startswith("2025-03-06T00:00:00")


def test_a_correction_shows_as_an_update_with_what_was_corrected() -> None:
    correction = {"date": "2025-04-01", "kind": "correction", "text": "It was *Orm*, not Ulm."}
    before = feedparser.parse(_files()["feeds/all.xml"])
    after = feedparser.parse(_files(changes=[correction])["feeds/all.xml"])
    assert before.entries[0].id == after.entries[0].id
    assert before.entries[0].updated == "2025-03-04T00:00:00+00:00"
    assert after.entries[0].updated == after.feed.updated == "2025-04-01T00:00:00+00:00"
    words = "<strong>Correction</strong>, 1 April 2025: It was Orm, not Ulm."
    assert words in after.entries[0].content[0].value


def test_a_moved_briefing_stays_the_same_entry() -> None:
    old = _feeds_of(collected({"old": briefing()}), SETTINGS)
    new = _feeds_of(collected({"new": briefing(aliases=["old"])}), SETTINGS)
    ids = [feedparser.parse(feed_files["feeds/all.xml"]).entries[0].id for feed_files in (old, new)]
    assert ids[0] == ids[1]


def test_two_sites_with_a_briefing_of_one_id_have_entries_of_their_own() -> None:
    collection = collected({"x": briefing()})
    other = replace(SETTINGS, url="https://elsewhere.example/")
    made = [_feeds_of(collection, settings)["feeds/all.xml"] for settings in (SETTINGS, other)]
    ids = {feedparser.parse(item).entries[0].id for item in made}
    assert len(ids) == 2


def test_titles_and_texts_are_never_markup() -> None:
    files = _files(title="<b>A</b> & <script>", summary="1 < 2 & <i>")
    assert json.loads(files["feeds/all.json"])["items"][0]["title"] == "<b>A</b> & <script>"
    (entry,) = feedparser.parse(files["feeds/all.xml"], sanitize_html=False).entries
    assert entry.title == "<b>A</b> & <script>"
    assert entry.content[0].value == "<p>1 &lt; 2 &amp; &lt;i&gt;</p>"


def test_without_the_sites_address_links_lead_on_from_the_feed() -> None:
    made = site(EVERY_KEY, replace(SETTINGS, url=""))
    for path in ("feeds/all.xml", "feeds/actors/esteria.xml"):
        read = feedparser.parse(made.assets[path])
        assert urljoin(f"{URL}{path}", read.entries[0].link) == f"{URL}halden/"
        assert read.feed.id.startswith("urn:uuid:")


def test_a_feed_without_entries_is_dated_too() -> None:
    files = _feeds_of(collected({}), SETTINGS)
    assert feedparser.parse(files["feeds/all.xml"]).feed.updated == "1970-01-01T00:00:00+00:00"


def test_feeds_are_named_in_the_folder_that_the_format_keeps_for_them() -> None:
    assert all(Path(path).parts[0] == "feeds" for path in _files() if path)


def _about_a_part() -> dict[str, dict[str, Any]]:
    """A briefing for each thing that an actor's ministry can have to do with it."""
    event = {"id": "low", "date": "2025-01-01", "text": "Low water.", "actors": ["ministry"]}
    demand = position(kind="demand", addressed_to=["ministry"])
    quote = {"text": "Open the gates.", "words_of": "ministry"}
    return {
        "said": briefing(position(party="ministry")),
        "spoke": briefing(position(speaker="ministry")),
        "quoted": briefing(position(quotes=[quote])),
        "accused": briefing(allegation(against=["ministry"])),
        "addressed": briefing(demand),
        "happened": briefing(position(), background=[event]),
        "mentioned": briefing(position(), summary="See [the ministry](actor:ministry)."),
    }


def test_the_feed_of_an_actor_has_the_briefings_that_concern_only_a_part_of_it() -> None:
    briefings = _about_a_part()
    ministry = {"name": "Ministry", "type": "government", "part_of": "esteria"}
    collection = collected(
        briefings | {"other": briefing(position())}, actors=ACTORS | {"ministry": ministry}
    )
    files = files_of(collection)
    listed = {}
    for actor in ("esteria", "ministry"):
        items = json.loads(files[f"feeds/actors/{actor}.json"])["items"]
        assert len(feedparser.parse(files[f"feeds/actors/{actor}.xml"]).entries) == len(items)
        listed[actor] = {item["url"].removeprefix(URL).strip("/") for item in items}
    assert listed == {"esteria": set(briefings), "ministry": set(briefings)}


def test_the_feed_of_a_place_has_what_was_said_and_what_happened_there() -> None:
    event = {"id": "low", "date": "2025-01-01", "text": "Low water.", "places": ["orm"]}
    briefings = {
        "about": briefing(position(), places=["orm"]),
        "said": briefing(position(place="orm")),
        "happened": briefing(position(), background=[event]),
        "other": briefing(position()),
    }
    files = files_of(collected(briefings, actors=ACTORS, places={"orm": {"name": "Orm"}}))
    items = json.loads(files["feeds/places/orm.json"])["items"]
    assert [item["url"] for item in items] == [
        f"{URL}{key}/" for key in ("about", "happened", "said")
    ]
