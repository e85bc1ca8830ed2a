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

from generator.build import installed_software
from generator.build.compiled_templates import TemplateCache
from generator.build.installed_software import is_installed

_TESTS = str(Path(__file__).parent) + os.sep
_load, _dump = TemplateCache.load_bytecode, TemplateCache.dump_bytecode
_list_templates = FileSystemLoader.list_templates
_folders = installed_software._folders


def share_templates() -> None:
    """Let builds in this process and its forks share templates with all others of the run.

    A build's own cache gets what it would get without.
    """
    folder = Path(os.environ["TESTS_COMPILED_TEMPLATES"])

    def load(self: TemplateCache, bucket: Bucket) -> None:
        _load(self, bucket)
        file = folder / self.key(bucket).hex()
        if bucket.code is None and file.exists():
            bucket.bytecode_from_string(file.read_bytes())
            if bucket.code is not None:
                _dump(self, bucket)

    def dump(self: TemplateCache, bucket: Bucket) -> None:
        _dump(self, bucket)
        file = folder / self.key(bucket).hex()
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(bucket.bytecode_to_string())
        unfinished.replace(file)

    # The 300 modules of the tests are no hooks of a project; each build would read them thrice.
    installed_software._folders = lambda: (*_folders(), _TESTS)
    is_installed.cache_clear()
    TemplateCache.load_bytecode = load  # type: ignore[method-assign]
    TemplateCache.dump_bytecode = dump  # type: ignore[method-assign]
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
