"""``briefings export``: what a build would publish, as a project for other builders."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from mkdocs.structure.files import Files, InclusionLevel, get_files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build.artifacts import build_targets
from generator.configuration.editions import OWN_SETTINGS
from generator.configuration.mkdocs_config import overrides
from generator.configuration.theme_defaults import theme_folder
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage
from generator.mkdocs_plugin.publication_mode import PublicationBuild
from generator.publishing.markdown_export import Exported, export
from generator.publishing.search_index import index_files
from generator.search.index import index_files as build_index


def export_build(build: PublicationBuild, folder: Path) -> Exported:
    """Export the project of a build that has just begun into ``folder``."""
    config, pipeline, snapshot = build.config, build.pipeline, build.snapshot
    files = build.add_menu_pages(build.add_redirect_targets(get_files(config)))
    for file in files.documentation_pages():
        if not isinstance(file.page, PlaceholderPage):
            page = MkDocsPage(None, file, config)
            page.read_source(config)
            page.render(config, files)
            build.on_page_content(page.content or "", page)
    settings, handwritten = build.settings, tuple(build.handwritten)
    artifacts = build_targets(pipeline, snapshot, settings)
    key = build.search_corpus.key
    # Those of the main edition are in its file already, some of them with tags such as `!ENV`.
    own = {name: config[name] for name in OWN_SETTINGS} if settings.edition_path else {}
    return export(
        snapshot,
        artifacts,
        index_files(
            key, pipeline.cache, lambda: build_index(chain(artifacts.search_pages(), handwritten))
        ),
        config=Path(config.config_file_path),
        own_settings={name: value for name, value in own.items() if value is not None},
        site_url=config.site_url or "",
        language=settings.language,
        assets=_assets(build, files),
        overrides=[theme_folder(), *reversed(overrides(config))],
        folder=folder,
    )


def _assets(build: PublicationBuild, files: Files) -> Iterator[tuple[str, bytes]]:
    """The path and the content of each file that is published as it is."""
    for file in files:
        # A file with no folder is the translation of a page, which takes that page's place.
        is_own = file.abs_src_path and file.src_dir in (None, build.config.docs_dir)
        if is_own and file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value:
            is_page = file.is_documentation_page()
            yield file.src_uri, build.markdown(file) if is_page else file.content_bytes
