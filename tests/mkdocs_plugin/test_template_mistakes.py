"""A mistake in a site's own template is one sentence with the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateError

from generator.mkdocs_plugin.template_mistakes import template_mistake


@pytest.mark.parametrize(
    ("partial", "folder", "expected"),
    [
        (
            "a\n{% if %}",
            "",
            "overrides/own.html:2: this template can't be used: Expected an expression, got 'end "
            "of statement block'. Correct this line.",
        ),
        (
            "{{ page.title }}",
            "",
            "overrides/own.html:1: this template can't be used: 'page' is undefined. Correct this "
            "line.",
        ),
        (
            "\n\n{% include 'no.html' %}",
            "",
            "overrides/own.html:3: the theme has no template `no.html`. Correct the name.",
        ),
        (
            "{% include 'no.html' %}",
            "elsewhere",
            "The theme has no template `no.html`, which its settings require. Look for a wrong "
            "name under `theme`.",
        ),
    ],
)
def test_the_sentence_names_the_line_that_its_owner_can_change(
    tmp_path: Path, partial: str, folder: str, expected: str
) -> None:
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "main.html").write_text("{% include 'own.html' %}", "utf-8")
    (tmp_path / "overrides" / "own.html").write_text(partial, "utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path / "overrides"), autoescape=True)
    with pytest.raises(TemplateError) as refusal:
        environment.get_template("main.html").render()
    assert template_mistake(refusal.value, tmp_path / folder) == expected
