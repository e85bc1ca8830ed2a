"""A fictional site in which each text of an author ends with a mark of its language.

With it a test sees whether a page says of each text in which language it is (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

from generator.model.languages import direction
from generator.model.translated_texts import original_texts
from generator.reading.loader import read_file
from tests.building import as_typed, every_key_project

MARK = re.compile(r"\bZq([a-z]+)\b")
#: Attributes that readers see or hear, which are in the language of their element.
_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
#: Texts for other programs: source code, styles and data.
_FOR_PROGRAMS = ("script", "style", "pre")
#: Names that are in one language alone.
_NAMED_IN = {
    "norland-ministry-office": "en",
    "upstream-works": "fr",
    "ana-lind": "ru",
    "nordby": "fr",
    "orm": "ar",
    "water": "en",
}


def marked_project(folder: Path, languages: str) -> Path:
    """The site with every key in ``languages``, its authors' texts marked.

    `halden` has half of its texts in French, `river/flood` is in Arabic, `unfinished` in English.
    Names without a language have no mark, because they can be names of any language.
    """
    project = every_key_project(folder)
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace(
        "plugins: [briefings]", f"plugins: [{{briefings: {{languages: {languages}}}}}]"
    )
    text = text.replace("[content.action.edit]", "[content.action.edit, navigation.footer]")
    text = text.replace("Fictional briefings", "Fictional briefings Zqen").replace(
        "is made up.", "is made up. Zqen"
    )
    config.write_text(f"{text}site_url: https://briefings.example/\n", "utf-8")
    briefings = project / "briefings"
    about = briefings / "about.md"
    about.write_text(
        "# About Zqen\n\nWritten by hand. Fictional. Zqen\n\n## Where Zqen\n\nHere.\n", "utf-8"
    )
    _mark_briefing(briefings / "river" / "flood.yml", "ar", {"language": "ar"})
    _mark_briefing(
        briefings / "unfinished.yml", "en", {"status": "published", "published": "2025-03-04"}
    )
    note = {
        "id": "note",
        "title": "Copy",
        "publisher": "[Not shown Zqen]",
        "url": "https://a.example/",
    }
    unfinished = as_typed(briefings / "unfinished.yml")
    unfinished["positions"][0]["sources"].append("note")
    _write(briefings / "unfinished.yml", {**unfinished, "sources": [note]})
    _mark_briefing(briefings / "halden.yml", "en", {})
    _translate(briefings / "halden.yml", "fr")
    for registry in sorted((project / "data").glob("*.yml")):
        if registry.stem != "style":
            entries = as_typed(registry)
            for key, entry in entries.items():
                if key in _NAMED_IN:
                    entry["name"] = {_NAMED_IN[key]: entry["name"]}
                _mark_entry(registry.stem, entry)
            _write(registry, entries)
    return project


def _mark_briefing(path: Path, language: str, keys: Mapping[str, str]) -> None:
    data = {**as_typed(path), **keys}
    _write(path, data)
    reading = read_file(f"briefings/{path.name}", path.read_bytes()).reading
    assert reading is not None
    for text in original_texts(reading.value, "und"):
        *steps, last = text.path
        holder = data
        for step in steps:
            holder = holder[step]
        own = holder.get("language") if text.role.kind == "quote" or "versions" in steps else None
        holder[last] = _with_mark(holder[last], own or language)
    for source in data.get("sources", ()):
        if source.get("language") and source.get("title_by") != "editors":
            source["title"] = _with_mark(source["title"], source["language"])
    _write(path, data)


def _translate(path: Path, language: str) -> None:
    """A translation of every second text of a briefing; every tenth is of other words."""
    reading = read_file(f"briefings/{path.name}", path.read_bytes()).reading
    assert reading is not None
    texts = [text for text in original_texts(reading.value, language) if text.keys]
    words: dict[str, Any] = {}
    translated_from = {}
    for number, text in enumerate(texts):
        if text.is_in_language or (number % 2 and text.name not in ("title", "summary")):
            continue
        holder = words
        for key in text.keys[:-1]:
            holder = holder.setdefault(key, {})
        # A text alone stands for its entry.
        assert text.keys[-1] not in holder
        holder[text.keys[-1]] = MARK.sub("", text.text).strip() + f" Zq{language}"
        source = texts[number - 1] if number % 10 == 4 else text
        translated_from[text.name] = source.fingerprint
    head = {"translation_of": path.stem, "language": language, "status": "published"}
    _write(
        path.with_suffix(f".{language}.yml"), {**head, **words, "translated_from": translated_from}
    )


def _mark_entry(registry: str, entry: dict[str, Any]) -> None:
    for key, value in entry.items():
        if isinstance(value, dict):
            entry[key] = {tag: _with_mark(text, tag) for tag, text in value.items()}
        elif key in ("description", "note") or (key == "title" and entry.get("title_by")):
            entry[key] = _with_mark(value, "en")
        elif key == "title":
            entry[key] = _with_mark(value, entry.get("language") or "en")
        elif key == "roles":
            for role in value:
                _mark_entry(registry, role)


def _with_mark(text: str, language: str) -> str:
    return f"{text.rstrip()} Zq{language}"


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")


def unlike_their_language(page: BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Marked texts of a page whose nearest ``lang`` is another language, or whose ``dir`` isn't the
    direction of theirs: the path of the element, the attribute or "text", and the text.
    """
    for text in page.find_all(string=MARK):
        parent = text.parent
        if isinstance(text, PreformattedString) or parent is None or parent.name in _FOR_PROGRAMS:
            continue
        if not (_is_in_language(parent, str(text)) and _has_direction(parent)):
            yield _path(parent), "text", str(text).strip()
    for element in page.find_all(True):
        for name in _ATTRIBUTES:
            value = str(element.get(name) or "")
            if MARK.search(value) and not _is_in_language(element, value):
                yield _path(element), name, value


def _is_in_language(element: Tag, text: str) -> bool:
    holders = [element, *element.parents]
    language = next(str(holder["lang"]) for holder in holders if holder.get("lang"))
    if element.name == "title" and element.find_parent("head"):
        # It has the site's name after it, which can be in another language.
        text = text.rpartition(" – ")[0] or text
    return set(MARK.findall(text)) <= {language.partition("-")[0]}


def _has_direction(element: Tag) -> bool:
    """Whether the nearest ``dir`` is the direction of the nearest ``lang``.

    The page's title and the names on a map need none.
    """
    if element.name in ("title", "text"):
        return True
    holders = [element, *element.parents]
    language = next(str(holder["lang"]) for holder in holders if holder.get("lang"))
    # Material has the direction of the page at its body.
    isolated = (holder.get("dir") or ("auto" if holder.name == "bdi" else "") for holder in holders)
    return next(filter(None, isolated), "ltr") in (direction(language), "auto")


def _path(element: Tag) -> str:
    steps = [element, *element.parents][:4]
    return " > ".join(
        step.name + "".join(f".{name}" for name in (step.get("class") or ()))
        for step in reversed(steps)
    )
