"""The YAML files of this package, which hold tables of words."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def data_file(name: str) -> Any:
    """The content of a file of this package. All scalars are text: `no` and `1` too."""
    text = (resources.files("generator.reading") / name).read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
