"""Who publishes a site: in words, in links and in data."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.configuration.config_file import ProjectError
from generator.configuration.imprint_settings import read_imprint
from generator.exports.csv_files import package
from generator.exports.feeds import site_feed
from generator.model.licences import LICENCES
from generator.rendering.imprint import Imprint, ImprintTexts
from generator.rendering.settings import Settings
from tests import fiction

_ALL = {
    "publisher": {"name": "River <Institute>", "url": "https://river.example/"},
    "contact": "desk@river.example",
    "report_error": "https://river.example/report?page={page}&title={title}",
    "license": "cc-by-4.0",
}
_HERE = "https://halden.example/a/?b=1#c"


def _sentences(**settings: Any) -> list[str]:
    texts = ImprintTexts(read_imprint(settings), "en")
    return [str(sentence) for sentence in texts.sentences(_HERE, 'A "title" & more {page}')]


def test_a_site_without_these_settings_says_nothing_and_has_no_keys_for_them() -> None:
    assert _sentences() == []
    assert read_imprint({}).record() == {}
    assert read_imprint({}).linked_data() == {}
    assert "licenses" not in json.loads(package(Settings(name="River")))


def test_the_foot_of_a_page_has_a_sentence_for_each_setting() -> None:
    assert _sentences(**_ALL) == [
        'Published by <a href="https://river.example/"><bdi>River &lt;Institute&gt;</bdi></a>.',
        'Contact: <a href="mailto:desk@river.example"><bdi>desk@river.example</bdi></a>.',
        '<a href="https://river.example/report?page=https%3A%2F%2Fhalden.example%2Fa%2F%3Fb%3D1%23c'
        '&amp;title=A%20%22title%22%20%26%20more%20%7Bpage%7D" rel="nofollow">'
        "<bdi>Report an error on this page</bdi></a>",
        "The texts and data of this site may be reused under "
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license"><bdi>CC BY 4.0</bdi>'
        "</a>. Quotations are the words of those they are attributed to.",
    ]


def test_a_report_by_mail_has_the_page_and_its_title() -> None:
    for written in ("desk@river.example", "mailto:desk@river.example"):
        imprint = read_imprint({"report_error": written})
        assert imprint.report_url("https://a.example/b", "A & B\nCc: all@x.example") == (
            "mailto:desk@river.example?subject=A%20%26%20B%0ACc%3A%20all%40x.example"
            "&body=https%3A%2F%2Fa.example%2Fb"
        )


def test_an_owners_own_parameters_of_a_mail_stay() -> None:
    imprint = read_imprint({"report_error": "desk@river.example?subject=Error:%20{title}"})
    assert imprint.report_url("https://a.example/", "B") == (
        "mailto:desk@river.example?subject=Error:%20B"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"publisher": {"name": "A", "url": "javascript:alert(1)"}}, "is not a web address"),
        ({"contact": "javascript:alert(1)"}, "is not a web address"),
        ({"contact": "the press desk"}, "`the press desk` is neither a mail address nor a web"),
        ({"contact": "mailto:a@b.example?cc=c@d.example"}, "is not a mail address"),
        ({"report_error": "a@b.example?subject=a b"}, "can't have spaces or quotation marks"),
        ({"report_error": 'https://a.example/"x'}, "is not a web address"),
        ({"report_error": "https://a.example/{"}, "`{` is not filled in"),
        ({"license": "MIT"}, "is not a licence that the program knows"),
        ({"license": {"name": "Own", "url": "own.html"}}, "is not a web address"),
    ],
)
def test_what_would_be_no_safe_link_is_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ProjectError) as refusal:
        read_imprint(settings)
    assert message in str(refusal.value)


def test_another_licence_has_a_name_and_an_address() -> None:
    own = read_imprint({"license": {"name": "Own", "url": "https://a.example/own"}})
    assert own.record() == {"license": {"name": "Own", "url": "https://a.example/own"}}


def test_sentences_on_a_site_in_an_untranslated_language_are_marked_as_english() -> None:
    assert ImprintTexts(Imprint(), "nl").attributes == ' lang="en" dir="ltr"'
    assert ImprintTexts(Imprint(), "en").attributes == ""
    assert ImprintTexts(Imprint(), "fr").attributes == ""


def test_the_data_names_publisher_contact_and_licence() -> None:
    imprint = read_imprint(_ALL)
    assert imprint.record() == {
        "publisher": {"name": "River <Institute>", "url": "https://river.example/"},
        "contact": "mailto:desk@river.example",
        "license": {
            "id": "CC-BY-4.0",
            "name": "CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
        },
    }
    described = json.loads(package(Settings(name="River", imprint=imprint)))
    assert described["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "CC BY 4.0",
        }
    ]
    assert described["contributors"][0]["role"] == "publisher"
    data = imprint.linked_data()
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["publisher"]["contactPoint"]["email"] == "desk@river.example"


def test_feeds_name_the_publisher_and_the_licence() -> None:
    settings = Settings(name="River", url="https://h.example/", imprint=read_imprint(_ALL))
    files = site_feed([], fiction.collected({}), settings)
    assert b"<author><name>River &lt;Institute&gt;</name>" in files["feeds/all.xml"]
    assert b"<rights>CC BY 4.0 (https://" in files["feeds/all.xml"]
    assert json.loads(files["feeds/all.json"])["authors"] == [
        {"name": "River <Institute>", "url": "https://river.example/"}
    ]


def test_the_settings_are_part_of_every_key_of_the_cache() -> None:
    assert repr(Settings()) != repr(Settings(imprint=Imprint(licence=LICENCES["CC0-1.0"])))
