"""From an answer to an outcome, and what pages and results hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from generator.linkcheck import page_fingerprint, reports, wayback
from generator.linkcheck.find_links import Kind, Link, Place
from generator.linkcheck.results_file import Result, ResultsError, as_text, from_text
from generator.linkcheck.verdicts import (
    Answer,
    Failure,
    Hop,
    Outcome,
    Seen,
    Verdict,
    difference,
    fingerprint_to_keep,
    judge,
)
from generator.reading.problems import Location

URL = "https://halden.example/gauge"
SEEN = Seen("text", "Gauge", "aa", '"1"')
NOW = datetime(2025, 3, 4, 12, 0, 0, tzinfo=UTC)


def outcome(status: int) -> Outcome:
    return judge(URL, Answer(URL, status)).outcome


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([200, 204, 206], Outcome.OK),
        ([404, 410], Outcome.DEAD),
        ([401, 402, 403, 406, 407, 429, 451, 999], Outcome.BLOCKED),
        ([304, 400, 405, 408, 418, 500, 502, 503, 504, 522, 600], Outcome.UNSURE),
    ],
)
def test_each_status_has_its_outcome(statuses: list[int], expected: Outcome) -> None:
    assert {status: outcome(status) for status in statuses} == dict.fromkeys(statuses, expected)


def test_each_failure_has_its_outcome_and_names_what_it_is_about() -> None:
    verdicts = {
        failure: judge(URL, Answer(URL, failure=failure, detail="DETAIL")) for failure in Failure
    }
    assert all("DETAIL" in verdict.why for verdict in verdicts.values())
    assert {failure: verdict.outcome for failure, verdict in verdicts.items()} == {
        Failure.NO_HOST: Outcome.DEAD,
        Failure.UNRESOLVED: Outcome.UNSURE,
        Failure.REFUSED: Outcome.DEAD,
        Failure.LOST: Outcome.UNSURE,
        Failure.TIMEOUT: Outcome.UNSURE,
        Failure.CERTIFICATE: Outcome.BLOCKED,
        Failure.TLS: Outcome.BLOCKED,
        Failure.NOT_HTTP: Outcome.UNSURE,
        Failure.LOOP: Outcome.UNSURE,
        Failure.RESTING: Outcome.UNSURE,
        Failure.PRIVATE: Outcome.SKIPPED,
        Failure.SCHEME: Outcome.SKIPPED,
        Failure.PORT: Outcome.SKIPPED,
        Failure.ADDRESS: Outcome.SKIPPED,
    }


def test_statuses_are_shown_with_their_names() -> None:
    assert judge(URL, Answer(URL, 410)).why == "It answers 410 (Gone)."
    assert judge(URL, Answer(URL, 999)).why == "It answers 999."


def moved(*hops: tuple[int, str]) -> Verdict:
    return judge(URL, Answer(hops[-1][1], 200, hops=tuple(Hop(*hop) for hop in hops)))


def test_only_redirects_for_good_count_as_moved() -> None:
    a, b, c = (f"https://halden.example/{name}" for name in "abc")
    assert moved((301, a), (308, b)) == Verdict(Outcome.MOVED, f"It moved to {b}.", b)
    assert moved((301, a), (302, b), (301, c)).to == a
    assert moved((302, a), (301, b)) == Verdict(Outcome.OK, "")


def test_a_page_that_moved_to_the_home_page_is_likely_gone() -> None:
    assert moved((301, "https://halden.example/")).why == (
        "It moved to https://halden.example/. That is the site's home page, so the page itself has "
        "probably gone."
    )
    home = Answer("https://b.example/", 200, hops=(Hop(301, "https://b.example/"),))
    assert judge("http://b.example", home).why == "It moved to https://b.example/."


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (SEEN, ""),
        (Seen("text", "Gauge", "aa", '"2"'), ""),
        (Seen("text", "Gauge", "bb"), "Its text has changed."),
        (Seen("text", "Dam", "aa"), "Its title was “Gauge” and is “Dam” now."),
        (Seen("file"), "It was a page and is a file now."),
        (Seen("text", "Gauge", ""), ""),
        (None, ""),
    ],
)
def test_pages_are_compared_by_title_and_text(now: Seen | None, reason: str) -> None:
    assert difference(SEEN, now) == reason
    assert difference(None, now) == ""
    verdict = judge(URL, Answer(URL, 200, seen=now), SEEN)
    assert verdict == Verdict(Outcome.CHANGED if reason else Outcome.OK, reason)


def test_a_changed_page_that_moved_is_reported_as_both() -> None:
    hops = (Hop(301, "https://halden.example/b"),)
    now = Seen("text", "Dam")
    verdict = judge(URL, Answer(URL, 200, hops=hops, seen=now), SEEN)
    assert verdict == Verdict(
        Outcome.CHANGED,
        "Its title was “Gauge” and is “Dam” now. It moved to https://halden.example/b, too.",
        "https://halden.example/b",
    )


def test_what_was_seen_is_kept_while_there_is_nothing_better() -> None:
    now = Seen("text", "Not found", "cc")
    assert fingerprint_to_keep(SEEN, Answer(URL, 200, seen=now)) == now
    assert fingerprint_to_keep(SEEN, Answer(URL, 404, seen=now)) == SEEN
    assert fingerprint_to_keep(SEEN, Answer(URL, 200, wall=True, seen=now)) == SEEN
    assert fingerprint_to_keep(SEEN, Answer(URL, failure=Failure.TIMEOUT)) == SEEN


# What pages show.


def seen(body: bytes, kind: str = "text/html") -> Seen:
    return page_fingerprint.seen(body, kind, is_complete=True)


def test_only_words_count_not_markup_scripts_or_what_is_around_them() -> None:
    plain = seen(b"<title>Gauge</title><p>The water <b>falls</b>.</p>")
    with_navigation = seen(
        b"<!doctype html><html><head><title>\n Gauge </title><style>p {}</style>"
        b"<script>now()</script></head><body><nav>Home 14:02</nav><header>News</header>"
        b"<!-- 8123 --><p class=x>The  water\n<i>falls</i>.</p><aside>3 comments</aside>"
        b"<form><input value=a1></form><footer>2025</footer></body></html>"
    )
    assert plain == with_navigation
    assert plain.text != seen(b"<title>Gauge</title><p>The water rises.</p>").text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>Übung</title>".encode(), "text/html"),
        ("<title>Übung</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (b'<meta charset="latin-1"><title>\xdcbung</title>', "text/html"),
        (b'<meta charset="klingon"><title>\xc3\x9cbung</title>', "text/html; charset=hex"),
        ("<title>Übung</title>".encode("utf-16"), "text/html"),
        (b"<TITLE dir=ltr>&Uuml;bung</TITLE>", ""),
        (b"<title>\xc3\x9cbung</title>", "text/html; charset=unicode-escape"),
    ],
)
def test_titles_are_read_in_the_charset_they_are_in(body: bytes, kind: str) -> None:
    assert seen(body, kind).title == "Übung"


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"PK\3\4x", b"\xff\xd8\xff\xe0", b"a\0b"])
def test_a_file_is_recognised_by_how_it_begins(body: bytes) -> None:
    assert seen(body, "text/html") == Seen("file")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"a <!-- b < c > --> d", b"a  d"),
        (b"a <!-- b", b"a"),
        (b"<p title=x>a</p>\n<P>b", b"a b"),
        (b"1 < 2 &amp;&lt;b>", b"1 &lt; 2 &amp;&lt;b&gt;"),
        (b"<SCRIPT>if (a < b) c()</SCRIPT>d", b"d"),
        (b"<nav><nav>a</nav>b</nav>c</nav>d", b"cd"),
        (b"<!doctype html><?xml?>a", b"a"),
    ],
)
def test_pages_with_the_same_words_are_the_same(body: bytes, words: bytes) -> None:
    assert seen(body) == seen(words)
    assert seen(body) != seen(words + b" more")


@pytest.mark.parametrize(
    "piece",
    [b"<", b"<!", b"<!--", b"</", b"<a", b"<a a=", b'<a "', b"<div>", b"<title>", b"<title ",
     b"&#1", b"<nav>", b"<![CDATA[", b"<meta charset", b"<meta charset=punycode>"],
)  # fmt: skip
def test_pages_made_to_hold_a_reader_up_do_not(piece: bytes, torture: bool) -> None:
    # With time that grew with the square of the size, either would take hours.
    size = 2**21 if torture else 2**19
    assert seen((piece * size)[:size]).kind == "text"


def test_a_title_cannot_drive_a_terminal() -> None:
    assert seen(b"<title>a\x1b]0;b\x07&#27;[2Jc</title>").title == "a ]0;b [2Jc"


# Results.


def result(**more: Any) -> Result:
    return replace(Result(outcome=Outcome.OK, why="", asked=NOW), **more)


def test_results_come_back_from_their_text() -> None:
    results = {
        "https://b.example/": result(outcome=Outcome.DEAD, why="It is “gone”.", copy=""),
        "https://a.example/": result(seen=SEEN, to="https://c.example/", copy="https://d.example/"),
    }
    text = as_text(results)
    assert from_text(text) == results
    assert as_text(from_text(text)) == text
    assert as_text(dict(reversed(results.items()))) == text
    assert text.startswith('{\n "version": 1,\n "links": {\n  "https://a.example/": {')
    assert '"asked": "2025-03-04T12:00:00Z"' in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "It is not JSON: Expecting value"),
        ("[" * 100_000, "It is not JSON"),
        ("[]", "It has no version; this program reads version 1."),
        ('{"version": 2}', "It is of version 2; this program reads version 1."),
        ('{"version": 1, "links": []}', "`links` is no list"),
        ('{"version": 1, "links": {"a": 1}}', "`links` is no list"),
        ('{"version": 1, "links": {"a": {"outcome": "gone"}}}', "In `a.outcome`: Input should be"),
        ('{"version": 1, "links": {"a": {"outcome": "ok"}}}', "In `a.asked`: Field required."),
        (
            '{"version": 1, "links": {"a": {"outcome": "ok", "asked": "2025-03-04T12:00:00"}}}',
            "In `a.asked`: Input should have timezone info.",
        ),
    ],
)
def test_a_file_of_something_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(ResultsError) as error:
        from_text(text)
    assert str(error.value).startswith(message)


def test_results_are_used_again_while_they_are_new() -> None:
    ok = result()
    assert ok.is_fresh(NOW + timedelta(hours=23), 1)
    assert not ok.is_fresh(NOW + timedelta(hours=24), 1)
    assert not ok.is_fresh(NOW - timedelta(hours=1), 1)
    assert not ok.is_fresh(NOW, 0)
    assert result(outcome=Outcome.DEAD).is_fresh(NOW, 1)
    assert not result(outcome=Outcome.UNSURE).is_fresh(NOW, 1)
    assert not result(outcome=Outcome.SKIPPED).is_fresh(NOW, 1)


# Archived copies.


def place(kind: Kind = "source", archived: bool = False, day: str = "", line: int = 4) -> Place:
    where = Location("briefings/x.yml", line, 10)
    return Place(where, "sources[0].url", kind, day, archived)


def test_a_copy_near_the_day_of_reading_is_asked_for() -> None:
    link = Link("https://u:p@a.example/?b=c&d", (place(day="20250304"), place(day="2024")))
    assert wayback.query("https://w.example/available", link) == (
        "https://w.example/available?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d&timestamp=2024"
    )
    assert wayback.query("https://w.example/a", Link(URL, (place(),))).endswith("%2Fgauge")


def test_copies_are_wanted_where_a_place_lacks_one() -> None:
    bare, covered, copy = place(), place(archived=True), place("archive")
    assert wayback.wants_copy(Link(URL, (covered, bare)), Outcome.DEAD, all_public=False)
    assert not wayback.wants_copy(Link(URL, (covered, copy)), Outcome.DEAD, all_public=True)
    assert not wayback.wants_copy(Link(URL, (bare,)), Outcome.OK, all_public=False)
    assert wayback.wants_copy(Link(URL, (bare,)), Outcome.OK, all_public=True)
    assert not wayback.wants_copy(Link(URL, (bare,)), Outcome.SKIPPED, all_public=True)


def wayback_answer(**closest: object) -> bytes:
    return json.dumps({"archived_snapshots": {"closest": closest} if closest else {}}).encode()


COPY = "http://web.archive.org/web/20240805000000/http://halden.example/gauge"


def test_the_closest_copy_is_read_from_the_answer() -> None:
    assert wayback.closest(wayback_answer()) == ""
    available = wayback_answer(available=True, url=COPY, status="200", timestamp="20240805000000")
    assert wayback.closest(available) == COPY.replace("http:", "https:", 1)
    assert wayback.closest(wayback_answer(available=True, url=COPY, status="404")) == ""
    assert wayback.closest(wayback_answer(available=False, url=COPY)) == ""
    other = wayback_answer(available=True, url="http://copies.example/1")
    assert wayback.closest(other) == "http://copies.example/1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"archived_snapshots": 3}',
        b"\xff",
        wayback_answer(available=True),
        wayback_answer(available=True, url=7),
        wayback_answer(available=True, url='http://a/"b'),
        wayback_answer(available=True, url="javascript:x"),
        wayback_answer(available=True, url="http://a.example/\nb"),
    ],
)
def test_an_answer_of_another_shape_proposes_nothing(body: bytes) -> None:
    with pytest.raises(wayback.ArchiveError, match="not in the expected form"):
        wayback.closest(body)


# Reports.


def test_a_dead_link_is_reported_with_the_line_to_add() -> None:
    link = Link(URL, (place(), place("prose", line=2), place(archived=True, line=9)))
    dead = result(
        outcome=Outcome.DEAD, why="It answers 404 (Not Found).", copy="https://c.example/"
    )
    assert reports.as_text(link, dead).splitlines() == [
        "dead: https://halden.example/gauge",
        "  It answers 404 (Not Found).",
        "  briefings/x.yml:4:10: sources[0].url",
        "  briefings/x.yml:2:10: sources[0].url",
        "  briefings/x.yml:9:10: sources[0].url",
        '  briefings/x.yml:4:10: add `archive_url: "https://c.example/"`',
        "  briefings/x.yml:2:10: there is an archived copy to link to, https://c.example/",
    ]


@pytest.mark.parametrize(
    ("where", "advice"),
    [
        (place(), "No archived copy is known. Look for another source, or say so in its `note`."),
        (place(archived=True), "Readers have the archived copy."),
        (place("archive"), "This is an archived copy. Name another, or remove it."),
    ],
)
def test_a_dead_link_without_a_copy_is_reported_with_what_to_do(where: Place, advice: str) -> None:
    dead = result(outcome=Outcome.DEAD, why="Why.")
    assert reports.as_text(Link(URL, (where,)), dead).splitlines()[2] == f"  {advice}"


def test_links_are_reported_as_json() -> None:
    moved = result(outcome=Outcome.MOVED, why="It moved.", to="https://b.example/")
    assert json.loads(reports.as_json([(Link(URL, (place(),)), moved)])) == [
        {
            "url": URL,
            "outcome": "moved",
            "why": "It moved.",
            "to": "https://b.example/",
            "copy": "",
            "asked": "2025-03-04T12:00:00Z",
            "places": [
                {
                    "path": "briefings/x.yml",
                    "line": 4,
                    "column": 10,
                    "field": "sources[0].url",
                    "kind": "source",
                }
            ],
        }
    ]


def test_outcomes_are_counted_the_worst_first() -> None:
    results = [result(outcome=outcome) for outcome in (Outcome.OK, Outcome.DEAD, Outcome.OK)]
    assert reports.summary(results) == "3 links: 1 dead, 2 ok"
    assert reports.summary(results[:1]) == "1 link: 1 ok"
    assert reports.summary([]) == "0 links"
