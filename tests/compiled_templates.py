"""Lets all builds of a test run share the theme's compiled templates, whatever cache they have.

Compiling them takes a third of a build of the fictional site. They are kept by the build's own key:
the digest of all code and options that compile them, with the name and the text of the template.
"""

from __future__ import annotations

import os
from pathlib import Path

from jinja2.bccache import Bucket

from generator.mkdocs_plugin.theme_templates import _TemplateCache

_load, _dump = _TemplateCache.load_bytecode, _TemplateCache.dump_bytecode


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
