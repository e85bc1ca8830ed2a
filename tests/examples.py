"""The rules' own examples as whole projects: each is laid over a small sound one. Fictional."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from generator.locale.interface import interface_in
from generator.rules.base import CheckSettings
from tests.reference import load

#: The interface that most tests read: dates, numbers and texts in English.
ENGLISH = interface_in("en")
ID = "halden"
TODAY = date(2025, 6, 1)
SINCE = "v1"

SOUND: dict[str, Any] = yaml.load(
    """
title: Norland accuses Esteria of diverting the Halden
summary: Norland says Esteria takes water. Esteria denies it. (Fictional.)
status: published
published: 2025-03-04
background:
  - {id: low-water, date: 2025-02-10, text: The gauge at Orm falls., sources: [gauge]}
positions:
  - id: diversion
    party: norland
    kind: allegation
    claim: that Esteria takes water
    against: [esteria]
    date: 2025-02-14
    text: Esteria takes water.
    sources: [norland-page, paper]
responses:
  - id: drought
    to: [diversion]
    party: esteria
    date: 2025-02-15
    stance: denies
    text: No water was diverted.
    sources: [esteria-page]
sources:
  - id: gauge
    title: Gauge readings
    url: https://halden.example/gauge
    archive_url: https://archive.example/gauge
  - id: paper
    title: Norland speaks
    url: https://paper.example/norland
    archive_url: https://archive.example/paper
  - id: norland-page
    title: Statement on the Halden
    url: https://norland.example/halden
    archive_url: https://archive.example/norland
    controlled_by: norland
  - id: esteria-page
    title: On the water level
    url: https://esteria.example/level
    archive_url: https://archive.example/esteria
""",
    Loader=yaml.CBaseLoader,
)
REGISTRIES: dict[str, dict[str, Any]] = yaml.load(
    """
data/actors.yml:
  norland: {name: Norland, type: state, country: XN}
  esteria: {name: Esteria, type: state, country: XE}
  ana-lind:
    name: Ana Lind
    type: person
    roles: [{role: Foreign Minister, of: esteria, from: 2023-05}]
  per-holm:
    name: Per Holm
    type: person
    roles: [{role: Foreign Minister, of: norland, from: 2021}]
""",
    Loader=yaml.CBaseLoader,
)


TRANSLATION: dict[str, Any] = yaml.load(
    """
translation_of: halden
language: fr
status: published
title: La Norlande accuse l'Estérie de détourner la Halden
summary: La Norlande dit que l'Estérie prend de l'eau. L'Estérie le nie. (Fictif.)
background:
  low-water: {text: L'échelle d'Orm baisse.}
positions:
  diversion: {text: L'Estérie prend de l'eau., claim: que l'Estérie prend de l'eau}
responses:
  drought: {text: Aucune eau n'a été détournée.}
translated_from:
  title: 0ba9a6
  summary: afbfc1
  background.low-water: 04b9af
  positions.diversion: f25245
  positions.diversion.claim: 8e117d
  responses.drought: 9b53eb
""",
    Loader=yaml.CBaseLoader,
)


@dataclass(frozen=True)
class Example:
    """A project's files, and what a run would check them against."""

    files: dict[str, bytes]
    options: CheckSettings


def example(overlay: str) -> Example:
    """The sound project with ``overlay`` laid over it, as ``Rule`` tells."""
    laid: dict[str, Any] = yaml.load(overlay, Loader=yaml.CBaseLoader)
    earlier = laid.pop("earlier", None)
    registries = {key: laid.pop(key) for key in list(laid) if key.startswith("data/")}
    translation = laid.pop("translation", None)
    files = _files(_over(SOUND, laid), registries)
    if translation is not None:
        files |= _translation(translation)
    if earlier is None:
        return Example(files, CheckSettings(today=TODAY))
    was = load(_files(_over(SOUND, earlier), {}))
    return Example(files, CheckSettings(today=TODAY, earlier=was, since=SINCE))


def _over(below: dict[str, Any], laid: Mapping[str, Any]) -> dict[str, Any]:
    """``laid`` over ``below``; sources by their ids, so that an example can add one."""
    keys = {key: None if value == "" else value for key, value in laid.items()}
    if "sources" in keys:
        sources = {source["id"]: source for source in (*below["sources"], *keys["sources"])}
        keys["sources"] = list(sources.values())
    return below | keys


def _translation(laid: Mapping[str, Any]) -> dict[str, bytes]:
    """The file of the translation into French, with ``laid`` over it."""
    keys = _over(TRANSLATION, laid)
    if "translated_from" in laid:
        keys["translated_from"] = TRANSLATION["translated_from"] | _over(
            {}, laid["translated_from"]
        )
    keys = {key: value for key, value in keys.items() if value is not None}
    content = json.dumps(keys, ensure_ascii=False, indent=1).encode()
    return {f"briefings/{ID}.{keys['language']}.yml": content}


def _files(briefing: Mapping[str, Any], registries: Mapping[str, Any]) -> dict[str, bytes]:
    whole = {path: REGISTRIES.get(path, {}) | entries for path, entries in registries.items()}
    written = REGISTRIES | whole | {f"briefings/{ID}.yml": briefing}
    return {
        path: json.dumps(value, ensure_ascii=False, indent=1).encode()
        for path, value in written.items()
    }
