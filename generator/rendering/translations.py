"""The interface's texts in the languages that have a file in ``locale/``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml


@cache
def translations(language: str) -> Any:
    """The interface's texts; the English ones if there are none in ``language``."""
    return yaml.load(_file(interface_language(language)).read_text("utf-8"), yaml.SafeLoader)


def interface_language(language: str) -> str:
    """The language of the interface's texts on a site in ``language``."""
    return language if is_translated(language) else "en"


@cache
def is_translated(language: str) -> bool:
    """Whether the interface has texts in a language."""
    return _file(language).is_file()


def _file(language: str) -> Traversable:
    return resources.files("generator") / "locale" / f"{language.partition('-')[0]}.yml"
