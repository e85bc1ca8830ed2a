"""MkDocs pages whose work is done once: what the last build made of the same input is used again.

Within one `mkdocs serve` an edit changes a few pages; converting and laying out all the others
again is most of a rebuild. Both are pure functions of what is hashed here. This goes through what
MkDocs documents: a page class of our own, and a page's own theme template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader, Environment
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from generator.conversion import GeneratedPage

#: The theme template of a page that was laid out before: it prints the page as it was.
TEMPLATE = "briefings-reused-page.html"


@dataclass(slots=True)
class Kept:
    """What became of one page: of ``source`` its content, and of ``content`` the whole page."""

    source: bytes = b""
    html: str = ""
    toc: Any = None
    title: str | None = None
    anchors: set[str] | None = None
    layout: bytes = b""
    output: str = ""


class Compiled(BytecodeCache):
    """The theme's templates as compiled; Jinja itself sees when a template has changed."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


@dataclass(slots=True)
class Memory:
    """What is kept, by the path of the page's Markdown."""

    kept: dict[str, Kept] = field(default_factory=dict)
    compiled: Compiled = field(default_factory=Compiled)

    def page(self, file: File, head: Mapping[str, Any], config: MkDocsConfig) -> ReusablePage:
        """A page for ``file`` that remembers, and that MkDocs takes for its own."""
        page = ReusablePage(head, file, config)
        page.kept = self.kept.setdefault(file.src_uri, Kept())
        return page

    def reuse_layouts(self, env: Environment, files: Files, common: bytes) -> Environment:
        """Let the pages that would come out as before print what came out then.

        ``common`` stands for all that every page depends on: configuration, navigation, theme.
        """
        env.bytecode_cache = self.compiled
        theme = [env.loader] if env.loader else []
        env.loader = ChoiceLoader([DictLoader({TEMPLATE: "{{ page.kept.output }}"}), *theme])
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, ReusablePage):
                page.layout = digest(common, page.content or "", repr(sorted(page.meta.items())))
                if page.kept.layout == page.layout:
                    page.meta["template"] = TEMPLATE
        return env

    def forget(self, files: Files) -> None:
        """Forget the pages that are no more."""
        there = set(files.src_uris)
        self.kept = {path: kept for path, kept in self.kept.items() if path in there}


class ReusablePage(GeneratedPage):
    """A page that is converted and laid out only when something it is made from has changed."""

    kept: Kept
    layout: bytes = b""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """As MkDocs does; the links of generated pages are HTML, which it leaves as it is."""
        source = digest(
            self.markdown or "", repr(config.markdown_extensions), repr(config.mdx_configs)
        )
        if self.kept.source != source:
            super().render(config, files)
            self.kept.source, self.kept.html, self.kept.toc = source, self.content or "", self.toc
            self.kept.title, self.kept.anchors = self._title_from_render, self.present_anchor_ids
            return
        self.content, self.toc = self.kept.html, self.kept.toc
        self._title_from_render, self.present_anchor_ids = self.kept.title, self.kept.anchors
        self.links_to_anchors = {}

    def keep_output(self, output: str) -> None:
        """Remember the page as the theme laid it out."""
        if self.layout != self.kept.layout:
            self.kept.layout, self.kept.output = self.layout, output


def digest(*parts: str | bytes) -> bytes:
    """A hash of several texts, which tells where one ends and the next begins."""
    whole = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.digest()


def common_input(config: MkDocsConfig, nav: Navigation, folders: list[Path]) -> bytes:
    """A hash of what every page depends on: configuration, navigation, and our theme files."""
    settings = {key: value for key, value in config.items() if key not in ("theme", "plugins")}
    theme = [
        content
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (str(path), path.read_bytes())
    ]
    return digest(
        repr(sorted(settings.items(), key=str)), repr(dict(config.theme)), str(nav), *theme
    )
