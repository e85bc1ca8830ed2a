"""``docs/builders.md`` lists what pages take from Material, and Material has all of it."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest

from tests import theme_parts
from tests.building import ROOT

_PAGE = ROOT / "docs" / "builders.md"
_BEGIN, _END = "<!-- parts of the theme: begin -->\n", "<!-- parts of the theme: end -->"


def test_the_page_lists_what_our_theme_folder_takes(pytestconfig: pytest.Config) -> None:
    text = _PAGE.read_text("utf-8")
    before, _, rest = text.partition(_BEGIN)
    listed, _, after = rest.partition(_END)
    expected = f"{theme_parts.as_markdown()}\n"
    if pytestconfig.getoption("--regenerate"):
        _PAGE.write_text(f"{before}{_BEGIN}{expected}{_END}{after}", "utf-8")
    else:
        assert listed == expected


def test_material_has_the_blocks_that_we_fill() -> None:
    assert theme_parts.overridden_blocks() <= theme_parts.material_blocks()


def test_material_has_the_templates_that_we_include() -> None:
    included = theme_parts.included_templates()
    assert len(included) > 5
    assert {name for name in included if not (theme_parts.MATERIAL / name).is_file()} == set()


def test_material_has_the_names_that_our_styles_and_scripts_use() -> None:
    names = theme_parts.html_names()
    assert {"md-typeset", "data-md-component", "__drawer", "--md-primary-fg-color"} <= names
    assert names - theme_parts.material_names() == set()


@pytest.mark.parametrize("builder", ["properdocs", "zensical"])
def test_the_page_names_the_version_of_each_other_builder_that_is_tested(builder: str) -> None:
    lock = (ROOT / "tests" / "builders" / f"{builder}.lock").read_text("utf-8")
    locked = re.search(rf"^{builder}==(\S+)", lock, re.MULTILINE)
    assert locked
    assert re.search(
        rf"^\| {builder} \| {re.escape(locked[1])} \|", _PAGE.read_text("utf-8"), re.M | re.I
    )


@pytest.mark.parametrize("package", ["mkdocs", "mkdocs-material"])
def test_the_page_names_the_version_that_is_locked(package: str) -> None:
    assert f"`{package}=={version(package)}`" in _PAGE.read_text("utf-8")
