"""Prose: the Markdown that authors may use, and what is shown as typed."""

from __future__ import annotations

import sys

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.model.prose_markdown import Mention, mentions, plain, to_html

REL = 'rel="noopener noreferrer"'
ELEMENTS = {"p", "em", "strong", "a", "ul", "ol", "li", "br"}
ATTRIBUTES = {"href", "title", "class", "rel", "start"}


class _Links:
    """Knows one source, `gauge`, as number 2, one briefing and one actor."""

    def citation(self, source_id: str) -> tuple[str, str] | None:
        return ("2", "#source--gauge") if source_id == "gauge" else None

    def reference(self, kind: str, target: str) -> str | None:
        known = {"briefing": "river/halden", "actor": "esteria"}
        return f"../{kind}/" if known[kind] == target else None


def _html(text: str) -> str:
    return to_html(text, _Links())


def _tree(text: str) -> BeautifulSoup:
    return BeautifulSoup(_html(text), "html.parser")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("It said *so*, **again**.", "<p>It said <em>so</em>, <strong>again</strong>.</p>"),
        ("_so_ __again__", "<p><em>so</em> <strong>again</strong></p>"),
        ("One.\n\nTwo.", "<p>One.</p> <p>Two.</p>"),
        ("One\ntwo.", "<p>One two.</p>"),
        ("- one\n- two", "<ul> <li>one</li> <li>two</li> </ul>"),
        ("1. one\n2. two", "<ol> <li>one</li> <li>two</li> </ol>"),
        ("- one\n    - inner", "<ul> <li>one<ul> <li>inner</li> </ul> </li> </ul>"),
        ("snake_case_word and 5 * 6", "<p>snake_case_word and 5 * 6</p>"),
        ("\\*not emphasis\\*", "<p>*not emphasis*</p>"),
        ("1986\\. A year.", "<p>1986. A year.</p>"),
    ],
)
def test_paragraphs_emphasis_and_lists_are_read(typed: str, html: str) -> None:
    assert _html(typed) == html


@pytest.mark.parametrize(
    "address",
    ["https://e.example/a?b=c", "http://e.example/", "mailto:ana@e.example"],
)
def test_links_lead_elsewhere_without_telling_from_where(address: str) -> None:
    assert _html(f"[words]({address})") == f'<p><a href="{address}" {REL}>words</a></p>'


def test_a_source_is_cited_by_its_number() -> None:
    assert _html("So it is [@gauge].") == (
        f'<p>So it is <a class="citation" href="#source--gauge" {REL}>[2]</a>.</p>'
    )


@pytest.mark.parametrize("typed", ["[@gauge, p. 3]", "[@gauge,p. 3]", "[@gauge,  p. 3]"])
def test_a_citation_names_the_place_in_the_source(typed: str) -> None:
    assert _tree(typed).get_text() == "[2, p. 3]"


@pytest.mark.parametrize("typed", ["[@other]", "[@other, p. 3]", "[@]", "@gauge", "[gauge]"])
def test_a_citation_of_an_unknown_source_is_shown_as_typed(typed: str) -> None:
    assert _html(f"So it is {typed}.") == f"<p>So it is {typed}.</p>"


@pytest.mark.parametrize(
    ("target", "address"),
    [("briefing:river/halden", "../briefing/"), ("actor:esteria", "../actor/")],
)
def test_a_reference_leads_to_the_page_of_what_it_names(target: str, address: str) -> None:
    assert _html(f"[words]({target})") == f'<p><a href="{address}" {REL}>words</a></p>'


@pytest.mark.parametrize("target", ["briefing:other", "actor:other", "briefing:", "actor:"])
def test_a_reference_to_nothing_known_leads_nowhere(target: str) -> None:
    link = _tree(f"[words]({target})").a
    assert link
    assert (link.get_text(), link.get("href")) == ("words", None)


@pytest.mark.parametrize(
    "typed",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a<br>b",
        "<!-- comment -->",
        "<https://e.example/>",
        "<ana@e.example>",
        "</p></div>",
        "<div markdown='1'>*x",
        "# Heading",
        "### Heading ###",
        "Heading ===",
        "---",
        "> quoted",
        "`code`",
        "``` code ```",
        "~~~ code ~~~",
        "![image](https://e.example/i.png)",
        "![image][ref]",
        "[words][ref]",
        "| a | b |",
        "~~struck~~",
        "$x$",
        "[^1]",
        "*[HTML]: text",
        "https://e.example/ is no link",
    ],
)
def test_html_headings_images_and_code_are_shown_as_typed(typed: str) -> None:
    tree = _tree(typed)
    assert [element.name for element in tree.find_all(True)] == ["p"]
    assert tree.get_text() == typed


@pytest.mark.parametrize(
    "typed", ["Heading\n===", "Heading\n---", "One\n\n    code", "```\ncode\n```"]
)
def test_marks_over_several_lines_make_paragraphs_only(typed: str) -> None:
    tree = _tree(typed)
    assert {element.name for element in tree.find_all(True)} == {"p"}
    assert tree.get_text().split() == typed.split()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "ftp://e.example/",
        "<javascript:alert(1)>",
    ],
)
def test_links_of_other_schemes_lead_nowhere(address: str) -> None:
    for link in _tree(f"[words]({address})").find_all("a"):
        assert link.get("href") is None


@pytest.mark.parametrize(
    "typed",
    ["*so*{: onclick=alert(1) }", "*so*{: .wide #top }", "[a](https://e.example/){: onclick=a }"],
)
def test_attribute_lists_are_words(typed: str) -> None:
    tree = _tree(typed)
    assert "{: " in tree.get_text()
    assert not [
        element for element in tree.find_all(True) if element.get("onclick") or element.get("id")
    ]


@pytest.mark.parametrize(
    "typed", ["--8<-- 'mkdocs.yml'", '--8<-- "mkdocs.yml"', "--8<--\nmkdocs.yml"]
)
def test_snippets_read_no_file(typed: str) -> None:
    tree = _tree(typed)
    assert tree.get_text().split() == typed.split()


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    _html("[ref]: https://e.example/\n\n[words][ref]")
    assert _html("[words][ref]") == "<p>[words][ref]</p>"


_PIECES = [
    "<script>", "</p>", "<img src=x onerror=a>", "[@gauge]", "[@gauge, p. 3]", "[@other]",
    "[words](actor:esteria)", "](javascript:a)", "[words]", "*", "_", "**", "\n", "\n\n", "- ",
    "1. ", "    ", "`", "#", "&lt;", "&#60;", "<", "{: onclick=a }", "--8<-- 'x'", "![", "\\",
    "\x02", "\x03", "klzzwxh:0001", "word", " ", '"', "'", "(", ")", "<!--", "-->", "<![CDATA[",
    "<svg/onload=a>", "](https://e.example/", "<a href=x>",
]  # fmt: skip


_ON_A_LINE = [
    "[@gauge]", "[@gauge, p. 3]", "[@gauge, <i>]", "[@other]", "word", " ", "1. ", "-", "+", ":",
    "(actor:esteria)", "&lt;", "&", "<", ">", "#", "|", "~", "=", "!", "\xa0", "\x02", "é", ".",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_ON_A_LINE), min_size=1).map(
        lambda parts: f"x-{''.join(parts)}".strip()
    )
)
def test_a_line_comes_out_the_same_next_to_a_paragraph_that_needs_markdown(typed: str) -> None:
    assert _html(f"{typed}\n\n*so*") == f"{_html(typed)} <p><em>so</em></p>"


@pytest.mark.parametrize(
    "typed",
    ["- " * 600 + "*a*", "1. " * 600 + "*a*", "\n".join("    " * n + "- *a*" for n in range(400))],
    ids=["marks on one line", "numbers on one line", "indented"],
)
def test_lists_without_end_are_shown_as_typed(typed: str) -> None:
    tree = _tree(typed)
    assert {element.name for element in tree.find_all(True)} == {"p"}
    assert tree.get_text() == " ".join(typed.split())
    assert _html("*so*") == "<p><em>so</em></p>"


def test_lists_in_lists_are_read() -> None:
    typed = "\n".join("    " * n + f"- level {n}" for n in range(10))
    assert len(_tree(typed).find_all("li")) == 10


def test_a_paragraph_longer_than_any_is_shown_as_typed_and_others_are_too() -> None:
    assert "<em>" in _html("*a* " * 10_000)
    assert _html("*so*\n\n" + "*a* " * 20_000) == f"<p>*so*</p><p>{'*a* ' * 19_999}*a*</p>"


# Each took the square of its length: minutes, for what a file can hold.
ENDLESS = [
    "[", "[a](", "[a](b", "[@a, ", "[@", "](", "](briefing:", "[a](<", "[a](x 'y ", "[a](x \"",
    "![", "\\", "**a", "*a ", "_a", "*a* ", "(", "[[a]", "[a](b(", "- ", "- x\n", "1. ", "<", "`",
]  # fmt: skip


@pytest.mark.parametrize("unit", ENDLESS)
def test_marks_without_end_are_read_in_reasonable_time(unit: str) -> None:
    """Counted in calls of Python's functions and lines, as a busy machine's clock tells nothing."""
    small, large = (_work(f"a{unit * (size // len(unit))}") for size in (1_000, 8_000))
    assert large < 20 * small + 20_000


def _work(typed: str) -> int:
    """How many lines of Python ``typed`` takes."""
    lines = 0

    def count(*_: object) -> object:
        nonlocal lines
        lines += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]  # it counts whatever comes
    try:
        _html(typed)
        plain.__wrapped__(typed)
        list(mentions(typed))
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(
    ("typed", "address", "title"),
    [
        ("[a](https://e.example/)", "https://e.example/", None),
        ("[a](  https://e.example/  )", "https://e.example/", None),
        ("[a](<https://e.example/>)", "https://e.example/", None),
        ("[a](https://e.example/a_(b)_(c(d)))", "https://e.example/a_(b)_(c(d))", None),
        ("[a [b] [c [d]]](https://e.example/)", "https://e.example/", None),
        ('[a](https://e.example/ "One "two" three")', "https://e.example/", 'One "two" three'),
        ("[a](https://e.example/ 'It is')", "https://e.example/", "It is"),
        ("[a\nb](https://e.example/)", "https://e.example/", None),
        ("[*a* **b**](https://e.example/?a=b_c_d&e)", "https://e.example/?a=b_c_d&e", None),
        ("[a\\]](https://e.example/\\))", "https://e.example/)", None),
    ],
)
def test_links_are_read_as_markdown_has_them(typed: str, address: str, title: str | None) -> None:
    (link,) = _tree(typed).find_all("a")
    assert (link["href"], link.get("title")) == (address, title)


@given(st.text(min_size=1) | st.lists(st.sampled_from(_PIECES), min_size=1).map("".join))
def test_no_text_makes_an_element_outside_the_allowed_ones(typed: str) -> None:
    for element in _tree(typed).find_all(True):
        assert element.name in ELEMENTS
        assert set(element.attrs) <= ATTRIBUTES
        scheme, colon, _ = str(element.get("href") or "").partition("/")[0].partition(":")
        assert not colon or scheme in ("https", "http", "mailto")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[@gauge]", [Mention("source", "gauge")]),
        ("[@gauge, p. 3] and [@other]", [Mention("source", "gauge"), Mention("source", "other")]),
        ("[words](briefing:river/halden)", [Mention("briefing", "river/halden")]),
        ("[words]( actor:esteria )", [Mention("actor", "esteria")]),
        ("[words](<actor:esteria>)", [Mention("actor", "esteria")]),
        ("[words](#claim)", [Mention("anchor", "claim")]),
        ("[words](briefing:river/halden#claim)", [Mention("anchor", "river/halden#claim")]),
        ("[words](anchor:claim)", []),
        ("[words](https://e.example/actor:x)", []),
        ("briefing:halden", []),
        ("no mention", []),
    ],
)
def test_mentions_are_found(typed: str, expected: list[Mention]) -> None:
    assert list(mentions(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("It said *so*, **again** [@gauge, p. 3].", "It said so, again."),
        ("See [the flood](briefing:flood)\n and  more", "See the flood and more"),
        ("snake_case <b>", "snake_case <b>"),
    ],
)
def test_plain_words_have_no_marks_and_no_citations(typed: str, words: str) -> None:
    assert plain(typed) == words


class _OutletsLikeMarkup:
    """Links whose label, an outlet's name, looks like markup and cites the same source."""

    def citation(self, source_id: str) -> tuple[str, str] | None:
        return "1 *Wire* [@a]", "#source--a"

    def reference(self, kind: str, target: str) -> str | None:
        return None


def test_the_label_of_a_citation_is_no_markdown() -> None:
    html = to_html("**See** [@a, p. 3].", _OutletsLikeMarkup())
    assert ">[1 <bdi>*Wire* [@a]</bdi>, p. 3]</a>" in html
