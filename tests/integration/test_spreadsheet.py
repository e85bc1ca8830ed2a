"""The tables, opened by LibreOffice as a reader's spreadsheet opens them. Fictional data.

It takes 300 MB to install, so this is part of `make torture`. By default the tests
of the tables read such texts with Frictionless and with Python's own reader.
"""

from __future__ import annotations

import subprocess
from typing import Any
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup, Tag

from tests.fiction import allegation, briefing, collected, response
from tests.published import SETTINGS, files_of

pytestmark = pytest.mark.torture

WORDS = [
    'مرحبا بالعالم، "نعم"',
    "你好，世界；\n第二行",
    '=HYPERLINK("https://x.example";"x")',
    "+1",
    "a,b;c\td",
]


def _cells(table: Tag) -> list[list[str]]:
    rows = []
    for row in table.find_all("table:table-row"):
        cells: list[str] = []
        for cell in row.find_all("table:table-cell"):
            text = "\n".join(element.get_text() for element in cell.find_all("text:p"))
            cells += [text] * int(str(cell.get("table:number-columns-repeated", 1)))
        rows.append(cells)
    return rows


# Its import dialog takes the byte order mark for UTF-8 (76); without the dialog it has to be told.
@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sheet of quotations: its cells, and the whole of it as XML."""
    folder = tmp_path_factory.mktemp("sheets")
    quotes = [{"text": word, "language": "ar"} for word in WORDS]
    collection = collected({"x": briefing(allegation(quotes=quotes), responses=[response()])})
    source = folder / "quotations.csv"
    source.write_bytes(files_of(collection, SETTINGS)["data/quotations.csv"])
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--infilter=CSV:44,34,76",
         "--convert-to", "ods", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with ZipFile(folder / "quotations.ods") as made:
        return BeautifulSoup(made.read("content.xml"), "lxml-xml"), made.namelist()


def test_every_row_and_column_is_where_it_belongs(opened: Any) -> None:
    content, _ = opened
    header, *rows = _cells(content.find("table:table"))
    assert header[:5] == ["briefing", "statement", "number", "text", "form"]
    assert [row[2] for row in rows[: len(WORDS)]] == ["1", "2", "3", "4", "5"]
    assert {row[4] for row in rows[: len(WORDS)]} == {"verbatim"}


def test_arabic_chinese_and_formulas_are_read_as_text(opened: Any) -> None:
    content, _ = opened
    _, *rows = _cells(content.find("table:table"))
    shown = [row[3].replace("\n", "") for row in rows[: len(WORDS)]]
    expected = [word.replace("\n", "").replace("\t", "") for word in WORDS]
    expected[2], expected[3] = f"'{expected[2]}", f"'{expected[3]}"
    assert [text.replace("\t", "") for text in shown] == expected
    assert content.find_all(attrs={"table:formula": True}) == []
