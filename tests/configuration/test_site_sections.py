"""Links from pages written by hand to sections that a site leaves out."""

from __future__ import annotations

from generator.configuration.site_sections import dead_links


def test_a_link_to_a_section_that_is_left_out_is_named_with_the_page_and_the_remedy() -> None:
    html = (
        '<p><a href="../changes/index.md#2025">a</a> <a class="b" href="../data/">b</a> '
        '<a href="../actors/esteria/index.md">c</a> <a href="../places/index.md">d</a></p>'
    )
    assert list(dead_links(html, "team/about.md", ("places",))) == [
        f"team/about.md links to {link}, but the site has no section `{section}`. Remove the "
        f"link, or add `{section}` to `nav` or to `sections` of the plugin `briefings`."
        for link, section in (
            ("../actors/esteria/index.md", "actors"),
            ("../changes/index.md", "changes"),
            ("../data/", "data"),
        )
    ]


def test_other_links_are_left_alone() -> None:
    html = (
        '<a href="https://river.example/changes/index.md">a</a> <a href="changes.md">b</a> '
        '<a href="#changes">c</a> <a href="mailto:desk@river.example">d</a> <a>e</a>'
    )
    assert list(dead_links(html, "about.md", ())) == []
