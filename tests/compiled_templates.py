"""Lets all builds of a test run share compiled templates, and the list of the theme's files.

Compiling templates takes half of a build of the fictional site. They are kept by the build's own
key: the digest of all code and options that compile them, with the template's name and text.
Listing the 14,000 icons of the theme, which MkDocs then leaves out, takes a fifth.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader
from jinja2.bccache import Bucket

from generator.build.installed_software import is_installed
from generator.mkdocs_plugin.theme_templates import _TemplateCache

_load, _dump = _TemplateCache.load_bytecode, _TemplateCache.dump_bytecode
_list_templates = FileSystemLoader.list_templates


def share_templates() -> None:
    """Let builds in this process and its forks share templates with all others of the run.

    A build's own cache gets what it would get without.
    """
    folder = Path(os.environ["TESTS_COMPILED_TEMPLATES"])

    def load(self: _TemplateCache, bucket: Bucket) -> None:
        _load(self, bucket)
        file = folder / self._key(bucket).hex()
        if bucket.code is None and file.exists():
            bucket.bytecode_from_string(file.read_bytes())
            if bucket.code is not None:
                _dump(self, bucket)

    def dump(self: _TemplateCache, bucket: Bucket) -> None:
        _dump(self, bucket)
        file = folder / self._key(bucket).hex()
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(bucket.bytecode_to_string())
        unfinished.replace(file)

    _TemplateCache.load_bytecode = load  # type: ignore[method-assign]
    _TemplateCache.dump_bytecode = dump  # type: ignore[method-assign]
    FileSystemLoader.list_templates = _list_visible_templates  # type: ignore[method-assign]


def _list_visible_templates(self: FileSystemLoader) -> list[str]:
    """What Jinja lists, without hidden files of an installed theme, which MkDocs leaves out."""
    return sorted(set().union(*map(_names, self.searchpath)))


def _names(folder: str) -> set[str]:
    if is_installed(folder):
        return _visible_names(folder)
    return set(_list_templates(FileSystemLoader(folder)))


@cache
def _visible_names(folder: str) -> set[str]:
    names = _list_templates(FileSystemLoader(folder))
    return {name for name in names if not name.startswith(".")}
