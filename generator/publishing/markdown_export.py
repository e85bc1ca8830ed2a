"""Exports a site as Markdown and assets, for any builder that reads ``mkdocs.yml``.

The export consists of ``mkdocs.yml``, ``docs/`` and ``overrides/``. A list of the files in it lets
the next export delete those that are no longer part of it, and no others.
"""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.addresses import urls
from generator.addresses.sections import FEEDS, section_of
from generator.build.artifacts import ArtifactStore
from generator.build.snapshot import Snapshot
from generator.configuration.site_sections import WITHOUT_FEEDS
from generator.configuration.theme_defaults import (
    MATERIAL_FONT,
    SCRIPTS,
    STYLES,
    headings,
    toggle_names,
)
from generator.exports.aggregate_files import write_aggregates
from generator.locale.interface import interface_in
from generator.publishing.exported_theme import with_texts

DOCS = "docs"
OVERRIDES = "overrides"
CONFIG = "mkdocs.yml"
#: The list of exported files, one path a line.
LIST = ".briefings-export"
#: Keys of the configuration that apply to the project's own files only.
_LEFT_OUT = ("hooks", "watch", "edit_uri", "edit_uri_template", "site_dir")


class ExportError(Exception):
    """Why a project can't be exported, as a sentence."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files an export contains, has written and has deleted."""

    files: int
    written: int
    removed: int


def export(
    snapshot: Snapshot,
    artifacts: ArtifactStore,
    index: Iterable[tuple[str, bytes]],
    *,
    config: Path,
    own_settings: Mapping[str, Any],
    site_url: str,
    language: str,
    assets: Iterable[tuple[str, bytes]],
    overrides: Iterable[Path],
    folder: Path,
) -> Exported:
    """Export a site into the folder ``folder``. Only files whose content changed are written.

    ``artifacts`` are the rendered targets, ``index`` the files of the search index.
    ``config`` is the project's ``mkdocs.yml``; ``own_settings`` are what an edition has in place of
    settings there. ``overrides`` are the folders of its theme, ``language`` is the language of the
    site. ``assets`` are path and content of what is published as it is.
    """
    owned = _listed(folder)
    if folder.exists() and not owned and any(folder.iterdir()):
        raise ExportError(
            f"The folder {folder} has other files in it. Name an empty folder, or a new one."
        )
    exported = _Export(folder)
    for path, content in assets:
        exported.write(f"{DOCS}/{path}", content)
    handwritten = frozenset(exported.paths)
    for target in artifacts.keys:
        for page in artifacts.pages(target).values():
            if f"{DOCS}/{page.path}" not in handwritten:
                exported.write(f"{DOCS}/{page.path}", page.markdown.encode())
        for path, source in target.copied_files.items():
            exported.write(f"{DOCS}/{path}", snapshot.files[source])
        for path, content in artifacts.files(target).items():
            exported.write(f"{DOCS}/{path}", content)
    _write_aggregates(artifacts, exported)
    for override in overrides:
        for path, content in _files(override):
            if path == "sitemap.xml":
                continue  # other builders list their pages in their own way
            if path.endswith(".html"):
                content = with_texts(content.decode(), interface_in(language), language).encode()
            exported.write(f"{OVERRIDES}/{path}", content)
    for path, content in index:
        exported.write(f"{DOCS}/{path}", content)
    has_overrides = any(path.startswith(f"{OVERRIDES}/") for path in exported.paths)
    text = _configuration(
        config, own_settings, snapshot, site_url, language, has_overrides=has_overrides
    )
    exported.write(CONFIG, text.encode())
    removed = [path for path in owned if path not in exported.paths and (folder / path).is_file()]
    for path in removed:
        _remove(folder, path)
    listed = "".join(f"{path}\n" for path in sorted(exported.paths))
    _write_changed(folder / LIST, listed.encode())
    return Exported(len(exported.paths), exported.written, len(removed))


class _Export:
    """An export that is being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: set[str] = set()
        self.written = 0

    def write(self, path: str, content: bytes) -> None:
        self.paths.add(path)
        self.written += _write_changed(self.folder / path, content)

    def copy(self, path: str, file: Path) -> None:
        """Add a copy of a file, which may be large."""
        self.paths.add(path)
        copied = self.folder / path
        if not (copied.is_file() and filecmp.cmp(file, copied, shallow=False)):
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
            self.written += 1


def _write_aggregates(artifacts: ArtifactStore, exported: _Export) -> None:
    """Write the files that contain fragments of all briefings, one fragment at a time."""
    with tempfile.TemporaryDirectory(prefix="briefings-export-") as name:
        with ExitStack() as opened:
            files = {
                aggregate: opened.enter_context(Path(name, str(number)).open("wb"))
                for number, aggregate in enumerate(artifacts.aggregates())
            }
            writes = {aggregate: file.write for aggregate, file in files.items()}
            write_aggregates(writes, artifacts.fragments())
        for aggregate, file in files.items():
            exported.copy(f"{DOCS}/{aggregate.path}", Path(file.name))


def _write_changed(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _listed(folder: Path) -> list[str]:
    """The files of the last export, without paths that lead out of the folder."""
    try:
        lines = (folder / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [line for line in lines if (folder / line).resolve().is_relative_to(folder.resolve())]


def _remove(folder: Path, path: str) -> None:
    (folder / path).unlink()
    for parent in (folder / path).relative_to(folder).parents:
        if parent != Path() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        ):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _configuration(
    config: Path,
    own_settings: Mapping[str, Any],
    snapshot: Snapshot,
    site_url: str,
    language: str,
    *,
    has_overrides: bool,
) -> str:
    """The project's ``mkdocs.yml``, changed for the export. YAML tags stay; comments do not."""
    root = yaml.compose(config.read_bytes(), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ExportError(f"{config} must consist of keys and values.")
    settings = _members(root)
    if "INHERIT" in settings:
        raise ExportError(f"{config} inherits from another file. An export can't do that.")
    for name in (*_LEFT_OUT, "site_url"):
        settings.pop(name, None)
    settings |= {name: _plain_node(value) for name, value in own_settings.items()}
    settings["docs_dir"] = _node(DOCS)
    settings["edit_uri"] = _node("")
    if site_url:
        settings["site_url"] = _node(site_url)
    settings["plugins"] = _plugins(settings.get("plugins"))
    settings["not_in_nav"] = _node(_not_in_nav(snapshot, has_nav="nav" in settings))
    _leave_out_sections(settings, snapshot.graph.sections)
    _add_defaults(settings, language)
    if theme := settings.get("theme"):
        options = _members(theme) if isinstance(theme, yaml.MappingNode) else {"name": theme}
        settings["theme"] = _theme(options, language, has_overrides=has_overrides)
    exported = _mapping(settings)
    return yaml.serialize(exported, Dumper=yaml.SafeDumper, allow_unicode=True, width=100)


def _theme(
    options: dict[str, yaml.Node], language: str, *, has_overrides: bool
) -> yaml.MappingNode:
    """The theme's ``options`` for the export. Without fonts it would load some from Google."""
    options.pop("custom_dir", None)
    if options.get("language", _node("en")).value != language:
        options.pop("language", None)
        options["language"] = _node(language)
    features = options.get("features")
    if isinstance(features, yaml.SequenceNode):
        # There is no repository with the exported pages.
        features.value = [item for item in features.value if item.value != "content.action.edit"]
    font = options.get("font")
    if font is None or (isinstance(font, yaml.MappingNode) and _texts(font) == MATERIAL_FONT):
        options["font"] = _plain_node(False)
    if "palette" in options:
        _name_toggles(options["palette"], toggle_names(interface_in(language)))
    if has_overrides:
        options["custom_dir"] = _node(OVERRIDES)
    # The styles fit Zensical's classic look, which is not its default.
    options.setdefault("variant", _node("classic"))
    return _mapping(options)


def _name_toggles(node: yaml.Node, names: Mapping[str, str]) -> None:
    """Put the names of buttons in a node of ``palette`` into the language of the export."""
    if isinstance(node, yaml.ScalarNode):
        node.value = names.get(node.value, node.value)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            _name_toggles(entry, names)
    else:
        for _, value in node.value:
            _name_toggles(value, names)


def _leave_out_sections(settings: dict[str, yaml.Node], sections: Collection[str]) -> None:
    """Remove from ``nav`` what the site does not have, and tell the theme about feeds."""
    if "nav" in settings and (nav := _nav_node(settings["nav"], sections)):
        settings["nav"] = nav
    if FEEDS not in sections:
        extra = settings.get("extra")
        entries = _members(extra) if isinstance(extra, yaml.MappingNode) else {}
        settings["extra"] = _mapping({**entries, WITHOUT_FEEDS: _plain_node(True)})


def _nav_node(node: yaml.Node, sections: Collection[str]) -> yaml.Node | None:
    """A node of ``nav`` without the pages of other sections; None if nothing is left of it."""
    if isinstance(node, yaml.ScalarNode):
        return node if section_of(node.value) in ("", *sections) else None
    if isinstance(node, yaml.SequenceNode):
        kept = [new for entry in node.value if (new := _nav_node(entry, sections))]
        return yaml.SequenceNode(node.tag, kept) if kept else None
    pairs = [(key, new) for key, value in node.value if (new := _nav_node(value, sections))]
    return yaml.MappingNode(node.tag, pairs) if pairs else None


def _add_defaults(settings: dict[str, yaml.Node], language: str) -> None:
    """Add what the plugin sets in a build: our styles, scripts and Markdown extensions."""
    styles = [_node(STYLES)]
    scripts = [_plain_node({"path": path, "type": "module"}) for path in SCRIPTS]
    extensions = [_node("attr_list"), _plain_node({"toc": headings(language)})]
    for name, defaults in (
        ("extra_css", styles),
        ("extra_javascript", scripts),
        ("markdown_extensions", extensions),
    ):
        own = settings.get(name)
        entries = own.value if isinstance(own, yaml.SequenceNode) else []
        given = {_plugin_name(entry) for entry in entries}
        missing = [entry for entry in defaults if _plugin_name(entry) not in given]
        settings[name] = _sequence([*missing, *entries])


def _not_in_nav(snapshot: Snapshot, *, has_nav: bool) -> str:
    """Patterns of the pages that no menu lists: all others, if the project has a ``nav``."""
    if has_nav:
        return "*\n"
    briefings = [f"/{urls.briefing(key)}\n" for key in snapshot.graph.briefings]
    folders = [f"/{name}/*/\n" for name in ("briefings", "actors", "topics", "places")]
    return "".join([*folders, f"/{urls.SEARCH}\n", f"/{urls.DATA}\n", *briefings])


def _plugins(node: yaml.Node | None) -> yaml.Node:
    """The plugins except this one. An empty list replaces MkDocs' default plugins."""
    entries: list[Any] = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(node, yaml.MappingNode):
        entries = [_mapping({name: options}) for name, options in _members(node).items()]
    return _sequence([entry for entry in entries if _plugin_name(entry) != "briefings"])


def _plugin_name(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode) and node.value:
        return str(node.value[0][0].value)
    return str(node.value)


def _members(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value}


def _texts(node: yaml.MappingNode) -> dict[str, str]:
    return {key: value.value for key, value in _members(node).items()}


def _mapping(members: Mapping[str, yaml.Node]) -> yaml.MappingNode:
    pairs = [(_node(key), value) for key, value in members.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs)


def _sequence(items: list[yaml.Node]) -> yaml.SequenceNode:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items)


def _plain_node(value: object) -> yaml.Node:
    """Data as a YAML node."""
    node = yaml.compose(yaml.safe_dump(value), Loader=yaml.SafeLoader)
    assert node  # data is never an empty document
    return node


def _node(text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if not text else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)
