"""No word that an author typed disappears: it is read, or a problem is at its line."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from generator.reading.loader import NAMES
from tests.typed import text_fields, verdict

FIELDS = text_fields()
STYLES = ("block", "first", "last")
# What YAML or prose takes for syntax, and letters that make codes, keys and numbers of it.
SIGNS = [
    *",:#\"'[]{}-%@*&!|>`\\?~=+.<()/;",
    " ", "  ", ", ", ": ", " #", "# ", "\n", "\n- ", "\n#", "\n\n", "\u00a0", "“", "”", "’", "–",
    "a", "b", "n", "U", "x", "é", "1", "2", "words", "and we never will", "language", "text: ",
    "date:", "---", "...", "<<", "''", '\\"', "{{ ", " }}", "https://e.example/",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=9).map("".join)


def is_typed_text(raw: str) -> bool:
    """Whether anything is typed but spaces, commas, and YAML's sign for nothing."""
    return raw.strip(" \n\u00a0,") not in ("", "~")


def test_every_field_of_text_is_tried() -> None:
    assert {name.rpartition(".")[2] for name in FIELDS} >= {
        name for name, is_text in NAMES.items() if is_text
    }


@given(
    field=st.sampled_from(sorted(FIELDS)),
    raw=TEXTS.filter(is_typed_text),
    style=st.sampled_from(STYLES),
)
@example("briefings/halden.yml:briefings.positions.quotes.text", "We never, and we never", "first")
@example("briefings/halden.yml:briefings.positions.text", "See #2 for more", "block")
@example("briefings/halden.yml:briefings.positions.text", "See # two", "block")
@example("briefings/halden.yml:briefings.positions.venue", "# Parliament", "block")
@example("briefings/halden.yml:briefings.positions.text", "words\n#2 of them", "block")
@example("briefings/halden.yml:briefings.positions.venue", ">#2 of them\n# #", "block")
@example("briefings/halden.yml:briefings.positions.venue", ">-#2 of them\nwords", "block")
@example("briefings/halden.yml:briefings.positions.venue", '"words"#2 of them', "block")
@example("briefings/halden.yml:briefings.positions.venue", "'words'\n#2 of them", "block")
@example("briefings/halden.yml:briefings.positions.venue", "null", "block")
@example("briefings/halden.yml:briefings.positions.venue", "Null", "last")
@example("briefings/halden.yml:briefings.positions.venue", "~\n# two", "block")
@example("briefings/halden.yml:briefings.positions.venue", "~ two", "first")
@example("briefings/halden.yml:briefings.positions.venue", "\n#=\n# 2\nn ", "block")
@example("briefings/halden.yml:briefings.positions.venue", "words,# two\n", "last")
@example("briefings/halden.yml:briefings.positions.venue", ",?# two", "last")
@example("data/actors.yml:data.also_known_as", "# two\n", "first")
@example("data/actors.yml:data.also_known_as", "\n#two\n", "last")
@example("data/actors.yml:data.also_known_as", "\n\n=\n#", "block")
@example("briefings/halden.yml:briefings.authors", "\nAna Lind\n# and Jo Berg", "block")
@example("briefings/halden.yml:briefings.background.discrepancies.versions.text", "#\n,#", "first")
def test_a_text_is_read_whole_or_a_problem_is_at_its_line(field: str, raw: str, style: str) -> None:
    whole, is_reported, outcome, file = verdict(FIELDS[field], raw, style)
    assert whole or is_reported, (
        file.content.splitlines()[file.first - 1 : file.last],
        outcome.problems,
    )
