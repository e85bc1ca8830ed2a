"""YAML that authors could have written: its layout, and that any text reads back as it was."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.authoring.yaml_writer import to_yaml

LONG = "Norland says that the water of the river Orm fell by a third since the dam was built. "
ANY_TEXT = (
    st.text(st.characters(exclude_categories=("Cs",)))
    | st.text("ab :#-'\"[]{}|>&*!%@`,?\\\n\t é漢ا")
    | st.lists(st.text("abc-:#,. ", min_size=1), min_size=10).map(" ".join)
)


def test_texts_lists_and_mappings_are_laid_out_as_authors_write_them() -> None:
    data = {
        "title": "The fall of the Orm",
        "date": "2024-08-05",
        "status": "no",
        "topics": ["water", "dams"],
        "names": ["Who?", "Norland"],
        "empty": [],
        "sources": [
            "a-gauge-with-a-long-name",
            "another-gauge-with-a-longer-name",
            "a-third-one-too",
        ],
        "summary": LONG * 2 + "\n",
        "note": LONG * 2 + "End.",
        "quotes": [{"text": "One\ntwo", "language": "en"}, {"text": "Three"}],
    }
    assert to_yaml(data) == (
        "title: The fall of the Orm\n"
        "date: 2024-08-05\n"
        'status: "no"\n'
        "topics: [water, dams]\n"
        'names: ["Who?", Norland]\n'
        "empty: []\n"
        "sources:\n"
        "  - a-gauge-with-a-long-name\n"
        "  - another-gauge-with-a-longer-name\n"
        "  - a-third-one-too\n"
        f'summary: "{LONG}{LONG}\\n"\n'
        "note: >-\n"
        f"  {LONG}Norland says\n"
        "  that the water of the river Orm fell by a third since the dam was built. End.\n"
        "quotes:\n"
        "  - text: |-\n"
        "      One\n"
        "      two\n"
        "    language: en\n"
        "  - text: Three\n"
    )


def test_entries_can_have_an_empty_line_between_them() -> None:
    data = {"esteria": {"name": "Esteria"}, "norland": {"name": "Norland"}}
    assert to_yaml(data, separated=True) == (
        "esteria:\n  name: Esteria\n\nnorland:\n  name: Norland\n"
    )


@given(
    st.recursive(
        st.dictionaries(st.sampled_from(["a", "note", "12", "no"]), ANY_TEXT | st.lists(ANY_TEXT)),
        lambda inner: st.dictionaries(st.sampled_from("xyz"), inner | st.lists(inner)),
    ).filter(bool)
)
def test_any_text_reads_back_exactly(data: dict[str, Any]) -> None:
    assert yaml.load(to_yaml(data), Loader=yaml.BaseLoader) == data
