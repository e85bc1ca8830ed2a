"""The theme's templates, with the one of placeholders added."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import ChoiceLoader, Environment, FunctionLoader

from generator.build.cache import Cache
from generator.build.compiled_templates import cache_templates
from generator.locale.terms import sections
from generator.mkdocs_plugin.placeholder_page import PLACEHOLDER, TEMPLATE
from generator.rendering.alternates import Alternate
from generator.rendering.html_texts import html_texts
from generator.rendering.imprint import ImprintTexts


def prepare_environment(
    env: Environment,
    cache: Cache,
    program: bytes,
    imprint: ImprintTexts,
    editions: list[Alternate],
    editions_of: Callable[[str], list[Alternate]],
) -> Environment:
    """Add the template of placeholders to ``env``, and cache compiled templates.

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
    cache_templates(env, cache, program)
    return env


def _placeholder_template(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    # Some plugins ask for the file name of each template.
    return (PLACEHOLDER, __file__, lambda: True) if name == TEMPLATE else None
