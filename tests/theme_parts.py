"""What our theme folder takes from Material: blocks, partials, and names in its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, meta, nodes

OURS = Path(str(files("generator"))) / "theme"
MATERIAL = Path(str(files("material"))) / "templates"
_NAME = re.compile(
    r"(?<![\w-])(?:(?:--)?md-[a-z]+(?:-[a-z]+)*(?:__[a-z]+)?(?:--[a-z]+)*"
    r"|data-md-[a-z-]+[a-z]|__[a-z]+)\b"
)
_ENVIRONMENT = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def overridden_blocks() -> set[str]:
    """The blocks of Material's ``base.html`` that ``main.html`` fills."""
    tree = _ENVIRONMENT.parse((OURS / "main.html").read_text("utf-8"))
    return {block.name for block in tree.find_all(nodes.Block)}


def material_blocks() -> set[str]:
    """The blocks of Material's ``base.html``."""
    tree = _ENVIRONMENT.parse((MATERIAL / "base.html").read_text("utf-8"))
    return {block.name for block in tree.find_all(nodes.Block)}


def replaced_templates() -> set[str]:
    """Templates of Material that one of ours takes the place of."""
    return {name for name, _ in _templates() if (MATERIAL / name).is_file()}


def included_templates() -> set[str]:
    """Templates of Material that ours include or extend."""
    included: set[str] = set()
    for _, text in _templates():
        named = meta.find_referenced_templates(_ENVIRONMENT.parse(text))
        included |= {name for name in named if name and not (OURS / name).is_file()}
    return included


def html_names() -> set[str]:
    """Classes, ids and attributes of Material's HTML that our theme folder names."""
    texts = [
        path.read_text("utf-8")
        for path in OURS.rglob("*")
        if path.suffix in (".css", ".js", ".html")
    ]
    return {name for text in texts for name in _NAME.findall(text)}


def material_names() -> set[str]:
    """The same kind of names in Material's templates, styles and scripts."""
    patterns = ("*.html", "*.css", "*.js")
    paths = [path for pattern in patterns for path in MATERIAL.rglob(pattern)]
    return {name for path in paths for name in _NAME.findall(path.read_text("utf-8", "replace"))}


def as_markdown() -> str:
    """The lists as they stand in ``docs/builders.md``."""
    rows = [
        ("Blocks of `base.html` that are filled", overridden_blocks()),
        ("Templates that are replaced", replaced_templates()),
        ("Templates that are included or extended", included_templates()),
        ("Classes, ids and attributes", html_names()),
    ]
    return "\n".join(
        f"- {title}: {', '.join(f'`{name}`' for name in sorted(names))}." for title, names in rows
    )


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(OURS.rglob("*.html")):
        yield path.relative_to(OURS).as_posix(), path.read_text("utf-8")
