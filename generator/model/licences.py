"""Licences under which the texts and data of a site may be reused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its name and address, and its SPDX identifier if it has one."""

    name: str = ""
    url: str = ""
    id: str = ""


NO_LICENCE = Licence()


def _creative_commons(kind: str, name: str) -> Licence:
    url = f"https://creativecommons.org/licenses/{kind}/4.0/"
    return Licence(name, url, f"CC-{kind.upper()}-4.0")


#: Licences by their SPDX identifier.
LICENCES = {
    licence.id: licence
    for licence in (
        _creative_commons("by", "CC BY 4.0"),
        _creative_commons("by-sa", "CC BY-SA 4.0"),
        _creative_commons("by-nd", "CC BY-ND 4.0"),
        _creative_commons("by-nc", "CC BY-NC 4.0"),
        Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
    )
}
