"""Our theme parts for other builders, with the texts of the interface in them.

In our own build the plugin gives templates the functions that these texts come from. Another
builder has no plugin, so each text is put in its place.
"""

from __future__ import annotations

import re

from generator.locale.interface import Interface
from generator.locale.terms import sections

_TEXT = re.compile(r'(?<![\w.])_\("((?:[^"\\]|\\.)+)"\)')
_SECTION = re.compile(r"(?<![\w.])section_names\.(\w+)")


def with_texts(template: str, interface: Interface, language: str) -> str:
    """``template`` for a site in ``language``, without the plugin's functions and values."""
    is_translated = interface.language == language
    attributes = "" if is_translated else ' lang="en" dir="ltr"'
    names = sections(interface)
    template = template.replace("{{ imprint.attributes }}", attributes)
    template = template.replace("{{ imprint.name_attributes }}", "")
    template = template.replace("{{ open_graph_locale }}", interface.open_graph_locale)
    template = _SECTION.sub(lambda match: _literal(names[match[1]]), template)
    return _TEXT.sub(lambda match: _literal(interface.gettext(match[1])), template)


def _literal(text: str) -> str:
    """A text as Jinja's templates write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
