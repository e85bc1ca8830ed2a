"""`briefings build --pdf`: each briefing as a document, read back by a reader that is not ours."""

from __future__ import annotations

import re
import socket
import sys
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.cli.main import main
from generator.publishing import pdf
from tests import warm_start
from tests.building import ENVIRONMENT, as_typed, every_key_project, parsed
from tests.distribution import once

#: In CSS pixels, of the text of a statement: 9 pt.
_LINE_HEIGHT = 1.35 * 9 / 0.75

BRIEFINGS = str(Path(sys.executable).with_name("briefings"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional site, built with PDF files, once for all workers of this run."""

    def make(folder: Path) -> None:
        project = every_key_project(folder / "project")
        command = [BRIEFINGS, "build", "--pdf"]
        done = warm_start.run(command, cwd=project, env=ENVIRONMENT, apart=True)
        assert done.returncode == 0, done.stderr
        assert "Built: " in done.stdout

    return once(tmp_path_factory, "pdf-site", make) / "project"


@pytest.fixture(scope="module")
def reader(site: Path) -> PdfReader:
    return PdfReader(site / "site" / "halden" / "briefing.pdf")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_published_briefing_has_a_document_linked_from_its_page(site: Path) -> None:
    made = {path.parent.name for path in (site / "site").rglob("briefing.pdf")}
    assert made == {path.parent.name for path in (site / "site").rglob("briefing.yml")}
    links = parsed(site / "site" / "halden" / "index.html").select('a[href="briefing.pdf"]')
    assert [link.text for link in links] == ["as a PDF file"]


def test_the_document_holds_every_latin_quotation_and_every_address(
    site: Path, reader: PdfReader
) -> None:
    text = _squeezed("".join(page.extract_text() for page in reader.pages))
    data = as_typed(site / "briefings" / "halden.yml")
    for statement in [*data["positions"], *data["responses"]]:
        for quote in statement.get("quotes", []):
            if quote["text"].isascii():
                assert _squeezed(quote["text"]) in text
    addresses = [source["url"] for source in data["sources"] if "url" in source]
    assert addresses
    for url in addresses:
        assert _squeezed(url) in text


def test_its_pages_are_numbered_and_nothing_is_cut(reader: PdfReader) -> None:
    texts = [page.extract_text() for page in reader.pages]
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text
    assert not any("…" in text for text in texts)


def test_the_address_of_the_page_is_in_the_margin_of_each_page() -> None:
    address = 'https://briefings.example/a"b/'
    content = "<h1>Halden</h1>" + "<p>The water falls.</p>" * 100
    document = PdfReader(BytesIO(pdf.pdf(content, title="x", language="en", address=address)))
    assert len(document.pages) > 1
    for page in document.pages:
        assert "https://briefings.example/a%22b/" in page.extract_text()


def test_it_has_the_style_of_the_pages() -> None:
    """Notes are smaller than the text, and parts of the interface are left out."""
    content = (
        '<div class="exchange"><div class="statement"><p class="statement__by">By</p>'
        '<div class="statement__text"><p>Text</p></div></div></div>'
        '<button class="copy">Copy</button>'
        '<nav class="sections">Sections</nav><details class="cite" open>Cite</details>'
    )
    (page,) = PdfReader(BytesIO(pdf.pdf(content, title="x", language="en"))).pages
    sizes: dict[str, float] = {}

    def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip():
            sizes[text.strip()] = size * abs(matrix[3])

    page.extract_text(visitor_text=note)
    assert sizes["By"] < sizes["Text"]
    assert not {"Copy", "Sections", "Cite"} & set(sizes)


def _numbered(prefix: str, count: int) -> str:
    return " ".join(f"{prefix}{number:04}" for number in range(count))


def _statement(prefix: str, count: int) -> str:
    return (
        f'<article class="statement"><p class="statement__by">By</p><p>{_numbered(prefix, count)}'
        f"</p>{_quotation(prefix + 'q', count)}</article>"
    )


def _quotation(prefix: str, count: int) -> str:
    words = _numbered(prefix, count)
    return f'<figure class="quotation"><blockquote><p>{words}</p></blockquote></figure>'


LONG_PARTS = {
    "a claim, its answer and a claim that repeats it": (
        '<div class="exchange exchange--two">'
        f'<div class="exchange__claim">{_statement("claim", 200)}</div>'
        f'<div class="exchange__answers">{_statement("answer", 350)}</div>'
        f'<div class="exchange__repetitions">{_statement("repeated", 600)}</div></div>'
    ),
    "a claim nobody answered": (
        '<div class="exchange exchange--silent">'
        f'<div class="exchange__claim">{_statement("claim", 600)}</div>'
        '<div class="exchange__answers"><p>silence0000</p></div></div>'
    ),
    "two renderings of the same words": (
        '<div class="exchange exchange--one"><div class="exchange__claim"><div class="quotations">'
        f'{_quotation("other", 200)}<div class="side-by-side">{_quotation("left", 800)}'
        f"{_quotation('right', 300)}</div></div></div></div>"
    ),
    "an event": (
        '<ol class="events"><li class="event"><p class="event__date">day0000</p>'
        f'<div class="event__text"><p>{_numbered("event", 1100)}</p></div></li></ol>'
    ),
}


@pytest.mark.parametrize("part", LONG_PARTS)
def test_what_is_longer_than_a_page_goes_on_on_the_next_without_a_word_lost(
    part: str,
) -> None:
    content = "<p>Before</p>" + LONG_PARTS[part]
    document = PdfReader(BytesIO(pdf.pdf(content, title="x", language="en")))
    assert len(document.pages) > 1
    printed: list[str] = []

    def note(text: str, page: list[float], line: list[float], _: object, __: float) -> None:
        printed.extend(re.findall(r"[a-z]+[0-9]{4}", text))
        if text.strip():
            assert 0 < page[0] * line[4] + page[4] < document.pages[0].mediabox.width

    for page in document.pages:
        page.extract_text(visitor_text=note)
    assert sorted(printed) == sorted(re.findall(r"[a-z]+[0-9]{4}", LONG_PARTS[part]))


def test_in_arabic_it_runs_from_right_to_left() -> None:
    content = (
        '<div class="exchange exchange--two"><div class="exchange__claim">Claim</div>'
        '<div class="exchange__answers">Answer</div></div>'
        '<ol class="events"><li><time>Day</time><p>Event</p></li></ol>'
        '<div class="strip"><svg class="picture__drawing" width="100%" height="40"><text '
        'class="picture__tick" x="0%" y="20" text-anchor="start">10 فبراير 2025</text></svg></div>'
    )
    (page,) = PdfReader(BytesIO(pdf.pdf(content, title="x", language="ar"))).pages
    left: dict[str, float] = {}

    def note(text: str, _: object, matrix: list[float], __: object, ___: float) -> None:
        left[text.strip()] = matrix[4]

    text = page.extract_text(visitor_text=note)
    assert left["Answer"] < left["Claim"]
    assert left["Event"] < left["Day"]
    assert "فبراير" in text  # a chart's label has whole words, which a drawing would not have


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_text_in_another_language_has_no_empty_lines_around_it(language: str) -> None:
    text = '<div lang="en" dir="ltr"><p>Text</p></div>'
    content = (
        f'<ol class="events"><li class="event"><p class="event__date">Day</p>'
        f'<div class="event__text"><p class="event__title">Title</p>{text}'
        '<p class="event__meta">Sources</p></div></li></ol><div class="exchange exchange--one">'
        f'<p class="statement__claim">Claim</p><div class="statement__text">{text}</div>'
        '<p class="statement__foot">Foot</p></div>'
    )
    (page,) = PdfReader(BytesIO(pdf.pdf(content, title="x", language=language))).pages
    heights: list[float] = []

    def note(text: str, _: object, matrix: list[float], __: object, ___: float) -> None:
        if text.strip().isalpha():
            heights.append(matrix[5])

    page.extract_text(visitor_text=note)
    assert len(set(heights)) >= 4
    assert all(after - before < 1.7 * _LINE_HEIGHT for before, after in pairwise(heights))


def test_the_dates_of_a_chart_are_found_in_its_drawing(site: Path) -> None:
    page = site / "site" / "halden" / "index.html"
    labels = [label.text for label in parsed(page).select(".strip .picture__tick")]
    (strip,) = pdf._STRIP.findall(page.read_text("utf-8"))
    assert [date for *_, date in pdf._TICK.findall(strip[1])] == labels
    assert labels


def test_it_is_tagged_and_says_what_it_is_and_in_which_language(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert 'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata
    title = "Norland accuses Esteria of diverting the *Halden* <b>river</b> &amp; {{ more }} [a](b)"
    assert reader.metadata.title == title


def test_no_link_leads_to_this_machine(reader: PdfReader) -> None:
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    targets = [note["/A"].get("/URI", "") for note in notes if "/A" in note]
    assert targets
    assert all(
        target.startswith(("https://", "http://", "mailto:")) for target in targets if target
    )
    assert "link and cite" not in "".join(page.extract_text() for page in reader.pages).lower()


def test_the_same_page_gives_the_same_bytes() -> None:
    content = '<h1>Halden</h1><p><a href="../x/">Words</a></p>'
    first, second = (pdf.pdf(content, title="Halden", language="en") for _ in range(2))
    assert first == second


def test_nothing_is_fetched_for_a_document(tmp_path: Path) -> None:
    asked = []
    picture = tmp_path / "picture.svg"
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        content = (
            f'<p>Halden</p><img src="{host}/a.png" alt="A"><img src="{picture.as_uri()}" alt="B">'
            f'<object data="{host}/b"></object><link rel="stylesheet" href="{host}/c.css">'
        )
        document = pdf.pdf(content, title="Halden", language="en", address=f"{host}/")
        with suppress(TimeoutError):
            asked.append(server.accept())
    assert asked == []
    (page,) = PdfReader(BytesIO(document)).pages
    # A picture that can't be had is shown by its words.
    assert page.extract_text().split()[:2] == ["Halden", "AB"]


def _small_project(folder: Path) -> Path:
    """A fictional site with one briefing, in English and Arabic."""
    (folder / "briefings").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: Fictional\ndocs_dir: briefings\ntheme: {name: material}\n"
        "plugins: [{briefings: {languages: [en, ar]}}]\n"
    )
    (folder / "data").mkdir()
    (folder / "data" / "actors.yml").write_text("norland: {name: Norland, type: state}\n")
    (folder / "briefings" / "gauge.yml").write_text(
        "title: The gauge at Orm\nsummary: Fictional.\nstatus: published\npublished: 2025-03-04\n"
        "background: []\nresponses: []\n"
        "positions: [{id: low, party: norland, date: 2025-02-14, text: It falls., "
        "sources: [gauge]}]\n"
        "sources: [{id: gauge, title: Readings, url: 'https://halden.example/gauge'}]\n"
    )
    return folder


def test_a_site_in_two_languages_has_the_documents_of_both(tmp_path: Path) -> None:
    project = _small_project(tmp_path / "project")
    command = [BRIEFINGS, "build", "--pdf"]
    done = warm_start.run(command, cwd=project, env=ENVIRONMENT, apart=True)
    assert done.returncode == 0, done.stderr
    for folder, language in (("", "en"), ("ar", "ar")):
        place = project / "site" / folder / "gauge"
        assert parsed(place / "index.html").select('a[href="briefing.pdf"]')
        root = PdfReader(place / "briefing.pdf").trailer["/Root"]
        assert isinstance(root, DictionaryObject)
        assert root["/Lang"] == language


def test_a_page_that_the_library_gives_up_on_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.chdir(_small_project(tmp_path / "project"))
    monkeypatch.setattr("weasyprint.HTML.write_pdf", give_up)
    result = CliRunner().invoke(main, ["build", "--pdf"])
    assert result.exit_code == 1
    assert re.search(
        r"^ERROR - Briefing gauge: WeasyPrint [0-9.]+ can't lay out this page as a PDF file "
        r"\(AssertionError\(\)\)\. Build without PDF files, or shorten the longest statement and "
        r"quotation of this briefing\.$",
        result.output,
        re.MULTILINE,
    )
    assert not Path("site").exists()


def test_without_its_library_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = CliRunner().invoke(main, ["build", "--pdf"])
    assert result.exit_code == 1
    assert "pip install 'briefing-site[pdf]'" in result.output
    assert "Traceback" not in result.output


def test_outside_a_project_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["build"])
    assert (result.exit_code, result.output) == (
        1,
        "Error: There is no mkdocs.yml in this folder. Go to the folder of your site, or start a "
        "site with `briefings init FOLDER`.\n",
    )


def test_a_mistake_in_a_briefing_stops_the_build(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    path = project / "briefings" / "halden.yml"
    path.write_text(path.read_text("utf-8").replace("stance: denies", "stance: deniez"), "utf-8")
    done = warm_start.run([BRIEFINGS, "build"], cwd=project, env=ENVIRONMENT, apart=True)
    assert done.returncode == 1
    assert "briefings/halden.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()
