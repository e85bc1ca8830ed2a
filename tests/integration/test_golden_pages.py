"""The Markdown of every page of the fictional site, as it was when someone last read it."""

from __future__ import annotations

import shutil
from functools import cache

import pytest
import yaml

from generator.reading.source_files import read_tree
from generator.rendering.settings import Settings
from tests.building import EVERY_KEY, ROOT
from tests.reference import build_site

GOLDEN = ROOT / "tests" / "golden" / "every-key"
HOW = "if it is meant, run `pytest tests/integration/test_golden_pages.py --regenerate`"


@cache
def _made() -> dict[str, str]:
    config = yaml.safe_load((EVERY_KEY / "mkdocs.yml").read_text(encoding="utf-8"))
    settings = Settings(
        name=config["site_name"],
        description=config["site_description"],
        language="en",
        directory_urls=True,
    )
    site = build_site(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data"), settings)
    assert site.errors == []
    return {page.path: page.markdown for page in site.pages}


def _kept() -> list[str]:
    return sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.md"))


@pytest.fixture(scope="module", autouse=True)
def _regenerated(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--regenerate"):
        return
    if hasattr(request.config, "workerinput"):
        pytest.fail("--regenerate writes files: run it without -n", pytrace=False)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, markdown in _made().items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_text(markdown, encoding="utf-8")


def test_the_same_pages_are_made_as_before() -> None:
    assert sorted(_made()) == _kept(), HOW


@pytest.mark.parametrize("path", _kept())
def test_a_page_is_made_as_before(path: str) -> None:
    golden = GOLDEN / path
    assert golden.is_file(), f"{golden.relative_to(ROOT)} is missing: {HOW}"
    assert _made()[path] == golden.read_text(encoding="utf-8"), HOW
