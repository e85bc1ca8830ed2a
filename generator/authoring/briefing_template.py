"""The file of a new briefing: a draft with explanations and examples.

In the template, lines that begin with ``## `` explain. Lines that begin with ``# `` are an example:
without these two characters they are YAML that fits the lines around them. The first line names the
schema for editors.
"""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

#: The schema's path from the project's root.
SCHEMA = "data/schema/briefing.schema.json"


def skeleton(briefing_id: str, *, schema: str = SCHEMA) -> str:
    """The text of ``briefings/<briefing_id>.yml`` for a new briefing.

    ``schema`` is the schema's path from the folder that contains ``briefings/``.
    """
    environment = Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=False,  # YAML, not HTML
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    up = "../" * (briefing_id.count("/") + 1)
    return environment.get_template("skeleton.yml").render(
        schema=f"{up}{schema}", title=_working_title(briefing_id)
    )


def _working_title(briefing_id: str) -> str:
    """A placeholder for the title; the characters of an id need no quotes in YAML."""
    words = briefing_id.rpartition("/")[2].replace("-", " ")
    return f"{words[:1].upper()}{words[1:]} (TODO)"
