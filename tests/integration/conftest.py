"""The sites that several tests read, each built once in a run."""

from __future__ import annotations

import pytest

from tests.building import EVERY_KEY, Built, built_once, shipped_in_english
from tests.compiled_templates import share_templates

share_templates()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site."""
    return shipped_in_english(tmp_path_factory)


@pytest.fixture(scope="session")
def every_key_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The fictional site that uses every key of the format."""
    return built_once("every-key", EVERY_KEY, tmp_path_factory)
