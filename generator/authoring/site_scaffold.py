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

from generator.locale.interface import Interface, interface_in
from generator.locale.terms import replies, sections
from generator.model.licences import LICENCES, NO_LICENCE
from generator.reading.yaml_quoting import quoted_if_needed

#: What `briefings init` wrote, so that `briefings upgrade` can tell an owner's changes from ours.
RECORD = ".briefings.json"
#: The only file of the scaffold that a site can do without.
_EXAMPLE = "briefings/example.yml"


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
    """The files of a new site by their path from its folder, without the record of them.

    What readers see is in the language of the site, or in English if the interface has no texts in
    it. What only authors see is in English.
    """
    interface = interface_in(answers.language)
    environment = _environment(interface)
    licence = LICENCES.get(answers.licence, NO_LICENCE)
    values = {
        **asdict(answers),
        "version": version,
        "texts_language": interface.language,
        "sections": sections(interface),
        "replies": replies(interface),
        "licence": licence.name,
        "licence_url": licence.url,
        "licence_id": licence.id,
        "notice": f"© {answers.created[:4]} {escape(answers.name)}",
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


def recorded_version(text: str) -> str:
    """The version of the program that wrote a record. Raises ``RecordError`` for anything else."""
    version = _content(text).get("version")
    if not isinstance(version, str):
        raise RecordError(f"{RECORD} can't be read: it names no version")
    return version


def read_record(text: str) -> Record:
    """The record in a text that ``record_text`` wrote. Raises ``RecordError`` for any other."""
    content = _content(text)
    answers, texts = content.get("answers"), content.get("files")
    if not isinstance(answers, dict) or not isinstance(texts, dict):
        raise RecordError(f"{RECORD} can't be read: `answers` or `files` is missing in it")
    defaults = asdict(SiteAnswers(""))
    known = {key: value for key, value in answers.items() if key in defaults}
    wrong = [key for key, value in known.items() if type(value) is not type(defaults[key])]
    wrong += [path for path, value in texts.items() if not isinstance(value, str)]
    if wrong or not known.get("name"):
        raise RecordError(f"{RECORD} can't be read: `{(wrong or ['name'])[0]}` in it is wrong")
    return Record(recorded_version(text), SiteAnswers(**known), texts)


def _content(text: str) -> dict[str, Any]:
    try:
        content: Any = json.loads(text)
    except ValueError as error:
        raise RecordError(f"{RECORD} can't be read: {error}") from None
    if not isinstance(content, dict):
        raise RecordError(f"{RECORD} can't be read: it has no keys and values")
    return content


def _environment(interface: Interface) -> Environment:
    environment = Environment(
        autoescape=False,  # YAML and Markdown, not HTML
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    translating: Any = environment  # with the methods of its extension
    translating.install_gettext_callables(
        interface.gettext, interface.plural, newstyle=True, pgettext=interface.pgettext
    )
    environment.filters |= {"yaml": _yaml, "scalar": quoted_if_needed, "markdown": _markdown}
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


def _yaml(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _markdown(text: str) -> str:
    """A text that Markdown shows as it is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", text)
