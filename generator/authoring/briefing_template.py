"""The file a new briefing starts from: a draft that explains itself to its author.

In the template, lines that begin with ``## `` explain and lines that begin with ``# `` are an
example: without these two characters they are YAML that fits the lines around them. Only the first
line is neither: it tells editors where the schema is.
"""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

#: The schema's path from the project's root.
SCHEMA = "data/schema/briefing.schema.json"


def skeleton(briefing_id: str, *, schema: str = SCHEMA) -> str:
    """The text of ``briefings/<briefing_id>.yml`` for a briefing yet to be written.

    ``schema`` is the schema's path from the folder that holds ``briefings/``.
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
    """A line for the title that nobody takes for a title; an id's letters need no quotes."""
    words = briefing_id.rpartition("/")[2].replace("-", " ")
    return f"{words[:1].upper()}{words[1:]} (working title)"
