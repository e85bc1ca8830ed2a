"""The site as a plain tree of Markdown and assets, for any builder that reads ``mkdocs.yml``.

The tree has ``mkdocs.yml``, ``docs/`` and ``overrides/``. What is written is told in a list of its
own, by which a later export removes what is no longer there and touches nothing else.
"""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.addresses import urls
from generator.build.artifacts import ArtifactStore
from generator.build.snapshot import Snapshot
from generator.exports.aggregate_files import FragmentWriter

DOCS = "docs"
OVERRIDES = "overrides"
CONFIG = "mkdocs.yml"
#: The list of what was written, one path a line.
LIST = ".briefings-export"
#: Of the project's configuration, what holds for its own files only.
_LEFT_OUT = ("hooks", "watch", "edit_uri", "edit_uri_template", "site_dir")


class ExportError(Exception):
    """Why a project can't be exported, as a sentence."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: how many files it holds, wrote, and removed."""

    files: int
    written: int
    removed: int


def export(
    snapshot: Snapshot,
    artifacts: ArtifactStore,
    index: Iterable[tuple[str, bytes]],
    *,
    config: Path,
    site_url: str,
    docs: Path,
    assets: Iterable[str],
    overrides: Iterable[Path],
    target: Path,
) -> Exported:
    """Write the tree of a site into ``target``; only files whose content changes are written.

    ``artifacts`` are the rendered targets, ``index`` the files of the search index.
    ``config`` is the project's ``mkdocs.yml``, ``docs`` and ``overrides`` its folders.
    ``assets`` are the paths below ``docs`` that are published as they are.
    """
    owned = _listed(target)
    if target.exists() and not owned and any(target.iterdir()):
        raise ExportError(f"{target} has other files in it. Name an empty folder, or a new one.")
    tree = _Tree(target)
    for path in sorted(assets):
        tree.write(f"{DOCS}/{path}", (docs / path).read_bytes())
    by_hand = frozenset(tree.paths)
    for rendered in artifacts.keys:
        for page in artifacts.pages(rendered).values():
            if f"{DOCS}/{page.path}" not in by_hand:
                tree.write(f"{DOCS}/{page.path}", page.markdown.encode())
        for path, source in rendered.copied_files.items():
            tree.write(f"{DOCS}/{path}", snapshot.files[source])
        for path, content in artifacts.files(rendered).items():
            tree.write(f"{DOCS}/{path}", content)
    _write_shared(artifacts, tree)
    for folder in overrides:
        for path, content in _files(folder):
            tree.write(f"{OVERRIDES}/{path}", content)
    for path, content in index:
        tree.write(f"{DOCS}/{path}", content)
    has_overrides = any(path.startswith(f"{OVERRIDES}/") for path in tree.paths)
    text = _configuration(config, snapshot, site_url, has_overrides=has_overrides)
    tree.write(CONFIG, text.encode())
    removed = [path for path in owned if path not in tree.paths and (target / path).is_file()]
    for path in removed:
        _remove(target, path)
    listed = "".join(f"{path}\n" for path in sorted(tree.paths))
    _write_changed(target / LIST, listed.encode())
    return Exported(len(tree.paths), tree.written, len(removed))


class _Tree:
    """The files written so far."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.paths: set[str] = set()
        self.written = 0

    def write(self, path: str, content: bytes) -> None:
        self.paths.add(path)
        self.written += _write_changed(self.target / path, content)

    def take(self, path: str, file: Path) -> None:
        """Take in a file that was written elsewhere, and may be large."""
        self.paths.add(path)
        place = self.target / path
        if not (place.is_file() and filecmp.cmp(file, place, shallow=False)):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
            self.written += 1


def _write_shared(artifacts: ArtifactStore, tree: _Tree) -> None:
    """Write the files that all briefings have a share in, share by share."""
    with tempfile.TemporaryDirectory(prefix="briefings-export-") as name:
        places = {file: Path(name, str(n)) for n, file in enumerate(artifacts.aggregates())}
        with ExitStack() as opened:
            joinings = {
                file.path: FragmentWriter(file, opened.enter_context(place.open("wb")).write)
                for file, place in places.items()
            }
            for share in artifacts.fragments():
                if share.path in joinings:
                    joinings[share.path].add(share)
            for joining in joinings.values():
                joining.end()
        for file, place in places.items():
            tree.take(f"{DOCS}/{file.path}", place)


def _write_changed(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _listed(target: Path) -> list[str]:
    """What the export before wrote; a path that leads out of the folder is none of it."""
    try:
        lines = (target / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [line for line in lines if (target / line).resolve().is_relative_to(target.resolve())]


def _remove(target: Path, path: str) -> None:
    (target / path).unlink()
    for folder in (target / path).relative_to(target).parents:
        if folder != Path() and not any((target / folder).iterdir()):
            (target / folder).rmdir()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        ):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _configuration(config: Path, snapshot: Snapshot, site_url: str, *, has_overrides: bool) -> str:
    """The project's ``mkdocs.yml`` for the tree: its own tags, comments aside, stay as written."""
    root = yaml.compose(config.read_text("utf-8"), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise ExportError(f"{config} must consist of keys and values.")
    settings = {key.value: value for key, value in root.value}
    if "INHERIT" in settings:
        raise ExportError(f"{config} inherits from another file. An export can't do that.")
    for name in (*_LEFT_OUT, "site_url"):
        settings.pop(name, None)
    settings["docs_dir"] = _node(DOCS)
    settings["edit_uri"] = _node("")
    if site_url:
        settings["site_url"] = _node(site_url)
    settings["plugins"] = _plugins(settings.get("plugins"))
    settings["not_in_nav"] = _node(_not_in_nav(snapshot, has_nav="nav" in settings))
    theme = settings.get("theme")
    if isinstance(theme, yaml.MappingNode):
        kept = [(key, value) for key, value in theme.value if key.value != "custom_dir"]
        for key, value in kept:
            if key.value == "features" and isinstance(value, yaml.SequenceNode):
                # Its pages are in no repository.
                value.value = [one for one in value.value if one.value != "content.action.edit"]
        if has_overrides:
            kept.append((_node("custom_dir"), _node(OVERRIDES)))
        if not any(key.value == "variant" for key, _ in kept):
            # Zensical's own look is newer than the one the styles are made for.
            kept.append((_node("variant"), _node("classic")))
        theme.value = kept
    made = yaml.MappingNode(
        "tag:yaml.org,2002:map", [(_node(key), value) for key, value in settings.items()]
    )
    return yaml.serialize(made, Dumper=yaml.SafeDumper, allow_unicode=True, width=100)


def _not_in_nav(snapshot: Snapshot, *, has_nav: bool) -> str:
    """Patterns of the pages that no menu lists; with a menu written out, that is all others."""
    if has_nav:
        return "*\n"
    briefings = [f"/{urls.briefing(key)}\n" for key in snapshot.graph.briefings]
    return "".join(
        [
            "/actors/*/\n",
            "/topics/*/\n",
            "/places/*/\n",
            f"/{urls.SEARCH}\n",
            f"/{urls.DATA}\n",
            *briefings,
        ]
    )


def _plugins(node: yaml.Node | None) -> yaml.Node:
    """The plugins other than this one; none means none, not MkDocs' default."""
    entries: list[Any] = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(node, yaml.MappingNode):
        mapping = "tag:yaml.org,2002:map"
        entries = [yaml.MappingNode(mapping, [pair]) for pair in node.value]
    kept = [one for one in entries if _plugin_name(one) != "briefings"]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", kept)


def _plugin_name(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode) and node.value:
        return str(node.value[0][0].value)
    return str(node.value)


def _node(text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if not text else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)
