"""Compiled templates, stored in the build cache: compiling takes longer than rendering a page."""

from __future__ import annotations

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from generator.build.cache import Cache, digest
from generator.build.installed_software import project_code


def cache_templates(environment: Environment, cache: Cache, program: bytes) -> None:
    """Let an environment store its compiled templates in ``cache``.

    ``program`` is the digest of the generator's code.
    """
    options = (
        type(environment).__name__,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        environment.autoescape,
        sorted(environment.extensions),
    )
    software = digest(program, repr(options), *project_code())
    environment.bytecode_cache = TemplateCache(cache, software)


class TemplateCache(BytecodeCache):
    """Stores compiled templates in the build cache. Jinja itself checks if a template has changed.

    ``software`` is a digest of the code that compiles templates, and of its options.
    """

    def __init__(self, cache: Cache, software: bytes) -> None:
        self._cache, self._software = cache, software

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, if it is in the cache."""
        code = self._cache.get(self.key(bucket))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template."""
        self._cache.put_many({self.key(bucket): bucket.bytecode_to_string()})

    def key(self, bucket: Bucket) -> bytes:
        """The key of a template."""
        return digest(b"template", self._software, bucket.key, bucket.checksum)
