"""The environment of templates: everything but HTML is escaped."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, StrictUndefined, TemplateAssertionError
from markupsafe import Markup

from generator.rendering import escaping
from generator.rendering.fast_jinja import FastEnvironment

TEMPLATES = {
    "macros": "{% macro bold(words) %}<b>{{ words }}</b>{% endmacro %}",
    "page": (
        "{% import 'macros' as m %}{{ given }};{{ m.bold(given) }};"
        "{% for one in [given] %}{{ m.bold(one) }}{{ loop.last }}{% endfor %};{{ '<' }}"
    ),
    "asks": "{{ given.unknown }}",
    "optional": "{% macro pair(one, other='<b>') %}{{ one }}{{ other }}{% endmacro %}"
    "{{ pair(given) }};{{ pair(given, 2) }}",
    "item": "{{ given['keys'] }};{{ given.keys() | list }}",
    "spread": "{{ given(*[1]) }}",
}


def _filled(template: str, given: object) -> str:
    made = FastEnvironment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return made.get_template(template).render(given=given)


@pytest.mark.parametrize("times", [1, 100])
def test_words_are_escaped_wherever_they_are(times: int) -> None:
    html = "&lt;i&gt; &amp; &#34;&#39;" * times
    expected = f"{html};<b>{html}</b>;<b>{html}</b>True;&lt;"
    assert _filled("page", "<i> & \"'" * times) == expected


def test_words_are_escaped_when_more_come_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escaping, "_CACHE_SIZE", len(FastEnvironment.escaped) + 2)
    for _ in range(2):
        for number in range(5):
            assert _filled("page", f"<{number}>").startswith(f"&lt;{number}&gt;;<b>&lt;{number}")
    assert len(FastEnvironment.escaped) <= escaping._CACHE_SIZE


def test_what_is_html_already_stays_so_and_the_same_words_don_t() -> None:
    assert _filled("page", Markup("<i>")) == "<i>;<b><i></b>;<b><i></b>True;&lt;"
    assert _filled("page", "<i>") == "&lt;i&gt;;<b>&lt;i&gt;</b>;<b>&lt;i&gt;</b>True;&lt;"


@pytest.mark.parametrize(
    ("given", "shown"), [(1, "1"), (True, "True"), (1.0, "1.0"), (None, "None")]
)
def test_numbers_and_truth_values_are_distinguished(given: object, shown: str) -> None:
    assert _filled("page", given).startswith(f"{shown};<b>{shown}</b>;")


def test_what_a_template_asks_for_in_vain_is_an_error() -> None:
    with pytest.raises(AttributeError, match="unknown"):
        _filled("asks", "words")
    with pytest.raises(AttributeError, match="unknown"):
        _filled("asks", {"unknown": "an item is no attribute"})


def test_what_a_macro_is_not_given_is_what_it_has_for_that() -> None:
    assert _filled("optional", "&") == "&amp;&lt;b&gt;;&amp;2"


def test_items_and_attributes_of_one_name_are_distinguished() -> None:
    assert _filled("item", {"keys": "<i>"}) == "&lt;i&gt;;[&#39;keys&#39;]"


def test_a_call_of_a_kind_that_is_not_understood_is_refused() -> None:
    with pytest.raises(TemplateAssertionError, match="Only plain calls are understood"):
        _filled("spread", print)
