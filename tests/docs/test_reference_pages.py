"""The generated pages of the reference are what the program says today."""

from __future__ import annotations

import pytest

from tests.building import ROOT
from tests.reference_pages import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str, pytestconfig: pytest.Config) -> None:
    page, expected = ROOT / "docs" / name, PAGES[name]()
    if pytestconfig.getoption("--regenerate"):
        page.write_text(expected, "utf-8")
    else:
        assert page.read_text("utf-8") == expected
