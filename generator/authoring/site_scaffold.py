"""The files that a new site starts from, and what a newer version changes in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import escape

#: What `briefings init` wrote, so that `briefings upgrade` can tell an owner's changes from ours.
RECORD = ".briefings.json"
#: The only file of the scaffold that a site can do without.
_EXAMPLE = "briefings/example.yml"
#: Licences by their SPDX id: name and address.
LICENCES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-ND-4.0": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


class RecordError(ValueError):
    """The record of a site's scaffold can't be read."""


@dataclass(frozen=True, slots=True)
class SiteAnswers:
    """What a site's owner was asked when the site was created.

    ``language`` is a language of the theme, ``licence`` a key of ``LICENCES`` or empty, ``url`` the
    site's address or empty, and ``created`` the day in ISO 8601.
    """

    name: str
    language: str = "en"
    url: str = ""
    licence: str = ""
    example: bool = True
    created: str = date.min.isoformat()


@dataclass(frozen=True, slots=True)
class Record:
    """What was generated: by which version of the program, from which answers, with which text."""

    version: str
    answers: SiteAnswers
    texts: Mapping[str, str]


def scaffold(answers: SiteAnswers, version: str) -> dict[str, str]:
    """The files of a new site by their path from its folder, without the record of them."""
    environment = _environment()
    licence, licence_url = LICENCES.get(answers.licence, ("", ""))
    values = {
        **asdict(answers),
        "version": version,
        "licence": licence,
        "licence_url": licence_url,
        "notice": _notice(answers),
    }
    return {
        path: environment.from_string(text).render(values)
        for path, text in _templates().items()
        if answers.example or path != _EXAMPLE
    }


def record_text(record: Record) -> str:
    """The record as it is written to ``RECORD``."""
    content = {
        "version": record.version,
        "answers": asdict(record.answers),
        "files": dict(sorted(record.texts.items())),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_record(text: str) -> Record:
    """The record in a text that ``record_text`` wrote. Raises ``RecordError`` for any other."""
    try:
        content: Any = json.loads(text)
        record = Record(content["version"], SiteAnswers(**content["answers"]), content["files"])
    except (ValueError, TypeError, KeyError) as error:
        raise RecordError(f"{RECORD} can't be read: {error}") from None
    texts = [record.version, *record.texts, *record.texts.values()]
    if not all(isinstance(value, str) for value in texts):
        raise RecordError(f"{RECORD} can't be read: a value in it is not a text")
    return record


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=False,  # YAML and Markdown, not HTML
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"yaml": _yaml, "markdown": _markdown}
    return environment


@cache
def _templates() -> dict[str, str]:
    folder = files("generator") / "authoring" / "scaffold"
    return dict(sorted(_texts_in(folder, "")))


def _texts_in(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _texts_in(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_text(encoding="utf-8")


def _notice(answers: SiteAnswers) -> str:
    """Who owns the texts and who may reuse them, as HTML."""
    owner = f"© {answers.created[:4]} {escape(answers.name)}"
    if answers.licence not in LICENCES:
        return owner
    name, url = LICENCES[answers.licence]
    return f'{owner}, <a href="{url}" rel="license">{name}</a>'


def _yaml(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", text)
