"""The theme's templates, with the one of placeholders added. Compiled templates are cached."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FunctionLoader
from jinja2.bccache import Bucket

from generator.build.cache import Cache, digest
from generator.build.installed_software import project_code
from generator.locale.terms import sections
from generator.mkdocs_plugin.placeholder_page import PLACEHOLDER, TEMPLATE
from generator.rendering.alternates import Alternate
from generator.rendering.html_texts import html_texts
from generator.rendering.imprint import ImprintTexts
from generator.rendering.templates import environment as page_environment


def prepare_environment(
    env: Environment,
    cache: Cache,
    program: bytes,
    imprint: ImprintTexts,
    editions: list[Alternate],
    editions_of: Callable[[str], list[Alternate]],
) -> Environment:
    """Add the template of placeholders to ``env``; cache compiled templates, also those of pages.

    ``program`` is the digest of the generator's code. Templates know ``imprint`` by that name, the
    texts of the interface by ``_``, the names of sections, and the ``editions`` of the site.
    ``editions_of`` returns these for the page of a Markdown path.
    """
    env.globals["imprint"] = imprint
    env.globals["_"] = html_texts(imprint.interface).gettext
    env.globals["editions"] = editions
    env.globals["editions_of"] = editions_of
    env.globals["open_graph_locale"] = imprint.interface.open_graph_locale
    env.globals["section_names"] = sections(imprint.interface)
    loaders = [env.loader] if env.loader else []
    env.loader = ChoiceLoader([FunctionLoader(_placeholder_template), *loaders])
    env.auto_reload = False  # each build has its own environment
    code = digest(program, *project_code())
    for environment in (env, page_environment(imprint.interface)):
        environment.bytecode_cache = _TemplateCache(cache, digest(code, _options(environment)))
    return env


def _options(env: Environment) -> str:
    """What compiled code depends on besides the template."""
    options = (env.trim_blocks, env.lstrip_blocks, env.keep_trailing_newline, env.autoescape)
    return repr((type(env).__name__, options, sorted(env.extensions)))


def _placeholder_template(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    # Some plugins ask for the file name of each template.
    return (PLACEHOLDER, __file__, lambda: True) if name == TEMPLATE else None


class _TemplateCache(BytecodeCache):
    """Stores compiled templates in the build cache. Jinja itself checks if a template has changed.

    ``software`` is a digest of the code that compiles templates, and of its options.
    """

    def __init__(self, cache: Cache, software: bytes) -> None:
        self._cache, self._software = cache, software

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._cache.get(self._key(bucket))
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.put_many({self._key(bucket): bucket.bytecode_to_string()})

    def _key(self, bucket: Bucket) -> bytes:
        return digest(b"template", self._software, bucket.key, bucket.checksum)
