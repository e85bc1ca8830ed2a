"""How a statement on this site is cited: as CSL-JSON, and as BibTeX, RIS and plain text from it.

CSL-JSON (Citation Style Language 1.0.2, csl-data.json) is what reference managers exchange; the
others are written from the same item, so that no two of them can differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from generator.model import date_words

Item = Mapping[str, Any]
"""A CSL-JSON item."""

_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{one: f"\\{one}" for one in "&%$#_"},
}
_IN_BIBTEX = re.compile(r"[\\{}~^&%$#_]")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9.-]")


def item(
    *,
    key: str,
    title: str,
    container: str = "",
    publisher: str = "",
    issued: date | None = None,
    language: str = "",
    url: str = "",
) -> dict[str, Any]:
    """The CSL-JSON item of a page or a part of one; what is empty is left out.

    ``container`` is the briefing a statement stands in, ``publisher`` the site's name.
    """
    found = {
        "id": citation_key(key),
        "type": "webpage",
        "title": title,
        "container-title": container,
        "publisher": publisher,
        "issued": {"date-parts": [[issued.year, issued.month, issued.day]]} if issued else None,
        "language": language,
        "URL": url,
    }
    return {name: value for name, value in found.items() if value}


def citation_key(text: str) -> str:
    """``text``, made of ids, as a key that every reader of BibTeX takes.

    No id has two hyphens in a row, so no two texts become one key.
    """
    return _NOT_IN_KEY.sub("--", text)


def csl(one: Item) -> str:
    """CSL-JSON as reference managers import it: a list, here of one item."""
    return orjson.dumps([one], option=orjson.OPT_INDENT_2).decode()


def plain(one: Item) -> str:
    """A reference in one line, without its address, which stands beside it."""
    said = [f"“{one['title']}”"]
    if container := one.get("container-title"):
        said.append(f"in “{container}”")
    if publisher := one.get("publisher"):
        said.append(publisher)
    if day := _day(one):
        said.append(date_words.word_day(day))
    return f"{', '.join(said)}."


def bibtex(one: Item) -> str:
    """A BibTeX entry in UTF-8; titles keep their capitals."""
    container, publisher = one.get("container-title", ""), one.get("publisher", "")
    article = one["type"].startswith("article-")
    fields = {
        "title": f"{{{_tex(one['title'])}}}",
        "author": " and ".join(f"{{{_tex(name['literal'])}}}" for name in one.get("author", ())),
        ("journal" if article else "howpublished"): _tex(container),
        "organization": _tex(publisher if publisher != container else ""),
        **_bibtex_date(one.get("issued", {})),
        "language": one.get("language", ""),
        # Addresses stand as they are: readers of BibTeX don't undo escapes in them.
        "url": one.get("URL", ""),
        "urldate": _iso(one.get("accessed", {})),
        "archive": one.get("archive", ""),
        "note": _tex(one.get("note", "")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ("@article{" if article else "@misc{") + ",\n".join([one["id"], *lines]) + "\n}\n"


def _bibtex_date(issued: Mapping[str, Any]) -> dict[str, str]:
    """A day, month or year as BibTeX has them; what is no such date in words, as its year."""
    parts = issued.get("date-parts", [])
    if len(parts) != 1 or issued.get("circa"):
        return {"year": _tex(_worded(issued))}
    names = ("year", "month", "day")
    return {
        name: f"{number:04}" if name == "year" else str(number)
        for name, number in zip(names, parts[0], strict=False)
    }


def _worded(issued: Mapping[str, Any]) -> str:
    if "literal" in issued:
        return str(issued["literal"])
    dates = issued.get("date-parts", [])
    text = "/".join("-".join(f"{part:02}" for part in parts) for parts in dates)
    return f"ca. {text}" if text and issued.get("circa") else text


def _iso(when: Mapping[str, Any]) -> str:
    return "-".join(f"{part:02}" for part in when["date-parts"][0]) if when else ""


def ris(one: Item) -> str:
    """A RIS record (Research Information Systems, type ELEC)."""
    day = _day(one)
    fields = [
        ("TY", "ELEC"),
        ("ID", one["id"]),
        ("TI", one["title"]),
        ("T2", one.get("container-title")),
        ("PB", one.get("publisher")),
        ("PY", f"{day.year:04}" if day else None),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}" if day else None),
        ("LA", one.get("language")),
        ("UR", one.get("URL")),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def _day(one: Item) -> date | None:
    return date(*one["issued"]["date-parts"][0]) if "issued" in one else None


def _tex(words: str) -> str:
    return _IN_BIBTEX.sub(lambda found: _BIBTEX[found[0]], " ".join(words.split()))
