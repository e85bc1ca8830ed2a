"""Whatever bytes a project's files hold, they are read and checked, and a sound project is made.

Hypothesis makes the files: 40 for each test, with `--torture` 10,000. All of it is fictional.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.reading.problem_formats import excerpt, line
from generator.reading.problems import Severity
from generator.reading.yaml_parser import read
from generator.rendering.settings import Settings
from generator.rules import ERRORS_ONLY
from tests.bad_files import REST
from tests.fiction import briefing, files, position
from tests.hostile import payloads
from tests.reference import build_site, load

SETTINGS = Settings(name="Fiction", description="Who says what.")
SOUND = f"title: Norland accuses Esteria{REST}".encode()
_SIGNS = st.sampled_from(
    [
        *"[]{}:,-?&*!|>'\"%@`#~ \n\t\r\0",
        *("- ", ": ", "\n  ", " #", "---\n", "<<: ", "!!str ", "&a ", "*a", "\\ud800"),
        *("\ufeff", "\u2028", "\x85", "\u202e", "positions:", "2024-13-01", "- id: claim\n"),
    ]
)
_TEXT = st.lists(_SIGNS | st.text(max_size=4), max_size=60).map("".join)
_TYPED = _TEXT.map(lambda text: text.encode(errors="replace"))
_PAYLOADS = st.deferred(lambda: st.sampled_from(payloads()))
_KEYS = st.sampled_from(
    ["title", "summary", "positions", "responses", "sources", "quotes", "id", "party", "text"]
) | st.text(min_size=1, max_size=8)


@st.composite
def _bytes_changed(draw: st.DrawFn) -> bytes:
    """A sound briefing in which a few places were cut out and written over."""
    content = SOUND
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        end = draw(st.integers(at, min(len(content), at + 30)))
        written = draw(_TYPED | st.binary(max_size=6))
        content = content[:at] + written + content[end:]
    return content


_CONTENT = _bytes_changed() | st.binary(max_size=200) | _TYPED
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.text(max_size=12) | _PAYLOADS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(_CONTENT)
def test_any_bytes_are_a_document_or_problems_at_their_places(content: bytes) -> None:
    document, problems = read("briefings/x.yml", content)
    assert (document is None) == any(problem.severity is Severity.ERROR for problem in problems)
    for problem in problems:
        assert problem.location.line >= 1
        assert problem.location.column >= 1
        assert problem.message
        assert excerpt(problem, content) is not None


@given(_CONTENT, _CONTENT, st.sampled_from(["actors", "topics", "places", "sources", "style"]))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_files_are_checked_and_previewed(own: bytes, other: bytes, registry: str) -> None:
    project = files({"y": briefing()}) | {
        "briefings/x.yml": own, f"data/{registry}.yml": other,
    }  # fmt: skip
    made = build_site(project, SETTINGS, ERRORS_ONLY, preview=True)
    assert all(line(problem) for problem in made.problems)
    wrong = {problem.location.path for problem in made.errors}
    assert {page.path for page in made.pages} >= {"x/index.md", "index.md"} or not load(
        project
    ).briefings
    assert wrong <= project.keys()


@given(
    st.lists(st.sampled_from(payloads()) | st.text(min_size=1, max_size=30), min_size=5, max_size=5)
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_texts_are_made_into_a_site_or_refused(texts: list[str]) -> None:
    title, summary, words, venue, name = texts
    claim = position(quotes=[{"text": words, "language": "en"}], venue=venue, text=summary)
    source = {"id": "gauge", "title": name, "url": "https://gauge.example/"}
    project = files({"x": briefing(claim, title=title, summary=summary, sources=[source])})
    made = build_site(project, SETTINGS, ERRORS_ONLY)
    assert bool(made.errors) is not bool(made.pages)
    for problem in made.errors:
        assert problem.location.path == "briefings/x.yml"
        assert problem.message


@given(_JSON)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_data_of_the_right_syntax_are_read_or_refused(data: Any) -> None:
    project = files({"x": briefing() | data if isinstance(data, dict) else data})
    made = build_site(project, SETTINGS, ERRORS_ONLY, preview=True)
    assert all(problem.location.line >= 1 for problem in made.problems)
