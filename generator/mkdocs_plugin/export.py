"""``briefings export``: what a build would publish, as a project for other builders."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from mkdocs.structure.files import InclusionLevel, get_files
from mkdocs.structure.pages import Page as MkDocsPage

from generator.build.artifacts import build_targets
from generator.configuration.mkdocs_config import overrides
from generator.configuration.theme_defaults import theme_folder
from generator.mkdocs_plugin.publication_mode import PublicationBuild
from generator.publishing.markdown_export import Exported, export
from generator.publishing.search_index import index_files
from generator.search.index import index_files as build_index


def export_build(build: PublicationBuild, folder: Path) -> Exported:
    """Export the project of a build that has just begun into ``folder``."""
    config, pipeline, snapshot = build.config, build.pipeline, build.snapshot
    files = build.add_menu_pages(get_files(config))
    for file in files.documentation_pages():
        if file.generated_by is None:
            page = MkDocsPage(None, file, config)
            page.read_source(config)
            page.render(config, files)
            build.on_page_content(page.content or "", page)
    settings, handwritten = build.settings, tuple(build.handwritten)
    artifacts = build_targets(pipeline, snapshot, settings)
    key = build.search_corpus.key
    return export(
        snapshot,
        artifacts,
        index_files(
            key, pipeline.cache, lambda: build_index(chain(artifacts.search_pages(), handwritten))
        ),
        config=Path(config.config_file_path),
        site_url=config.site_url or "",
        language=settings.language,
        docs=Path(config.docs_dir),
        assets={
            file.src_uri
            for file in files
            if file.generated_by is None
            and file.src_dir == config.docs_dir
            and file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value
        },
        overrides=[theme_folder(), *reversed(overrides(config))],
        folder=folder,
    )
