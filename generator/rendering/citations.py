"""Citations of statements as CSL-JSON, BibTeX, RIS and plain text.

Reference managers exchange CSL-JSON (Citation Style Language 1.0.2, csl-data.json). The other forms
are written from the same item, so that they can't differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from markupsafe import Markup

from generator.collection.entries import BriefingEntry, StatementEntry
from generator.collection.left_out_briefings import home_of
from generator.locale.interface import Interface
from generator.rendering.escaping import as_html
from generator.rendering.html_texts import html_texts
from generator.rendering.text_language import in_language

if TYPE_CHECKING:
    from generator.rendering.view import View

Item = Mapping[str, Any]
"""A CSL-JSON item."""

_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
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
    """The CSL-JSON item of a page or a part of one, without empty fields.

    ``container`` is the title of a statement's briefing, ``publisher`` the site's name.
    """
    fields = {
        "id": citation_key(key),
        "type": "webpage",
        "title": title,
        "container-title": container,
        "publisher": publisher,
        "issued": {"date-parts": [[issued.year, issued.month, issued.day]]} if issued else None,
        "language": language,
        "URL": url,
    }
    return {name: value for name, value in fields.items() if value}


def citation(entry: StatementEntry | BriefingEntry, view: View) -> Item:
    """How to cite a statement or a briefing on its site, as a CSL-JSON item."""
    statement = entry if isinstance(entry, StatementEntry) else None
    briefing = home_of(entry)
    title = briefing.title
    if statement:
        title = view.interface.dated(view.title(statement), statement.date)
        title = f"{title} {view.interface.gettext('(withdrawn)')}" if statement.withdrawn else title
    return item(
        key=f"{briefing.id}.{statement.id}" if statement else briefing.id,
        title=title,
        container=briefing.title if statement else "",
        publisher=view.settings.name,
        issued=briefing.last_change,
        language=view.settings.language_of(briefing),
        url=view.permalink(entry) if view.settings.url else "",
    )


def citation_key(text: str) -> str:
    """Ids as a key that every reader of BibTeX accepts.

    No id has two hyphens in a row, so no two texts become one key.
    """
    return _NOT_IN_KEY.sub("--", text)


def csl(csl_item: Item) -> str:
    """CSL-JSON as reference managers import it: a list, here of one item."""
    return orjson.dumps([csl_item], option=orjson.OPT_INDENT_2).decode()


def reference(csl_item: Item, interface: Interface, *, title: Markup, publisher: Markup) -> Markup:
    """A reference in one line, without the address. ``title`` and ``publisher`` are those of the
    item as HTML, in their languages.
    """
    gettext = html_texts(interface).gettext
    parts = [gettext("“%(title)s”", title=title)]
    if container := csl_item.get("container-title"):
        written_in = csl_item.get("language", "")
        parts.append(gettext("in “%(title)s”", title=in_language(container, written_in, interface)))
    if publisher:
        parts.append(publisher)
    if day := _day(csl_item):
        parts.append(as_html(interface.day(day)))
    return as_html(f"{interface.apposition.join(parts)}.")


def bibtex(csl_item: Item, date_in_words: str = "") -> str:
    """A BibTeX entry in UTF-8; titles keep their capitals.

    ``date_in_words`` is the year of a date that is uncertain or approximate.
    """
    container, publisher = csl_item.get("container-title", ""), csl_item.get("publisher", "")
    article = csl_item["type"].startswith("article-")
    fields = {
        "title": f"{{{_tex(csl_item['title'])}}}",
        "author": " and ".join(
            f"{{{_tex(name['literal'])}}}" for name in csl_item.get("author", ())
        ),
        ("journal" if article else "howpublished"): _tex(container),
        "organization": _tex(publisher if publisher != container else ""),
        **_bibtex_date(csl_item.get("issued", {}), date_in_words),
        "language": csl_item.get("language", ""),
        # Addresses are not escaped: readers of BibTeX don't undo escapes in them.
        "url": csl_item.get("URL", ""),
        "urldate": _iso(csl_item.get("accessed", {})),
        "archive": csl_item.get("archive", ""),
        "note": _tex(csl_item.get("note", "")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ("@article{" if article else "@misc{") + ",\n".join([csl_item["id"], *lines]) + "\n}\n"


def _bibtex_date(issued: Mapping[str, Any], in_words: str) -> dict[str, str]:
    """A day, month or year as BibTeX has them; any other date in words, as the year."""
    parts = issued.get("date-parts", [])
    if len(parts) != 1 or issued.get("circa"):
        return {"year": _tex(in_words if issued.get("circa") else _interval(issued))}
    names = ("year", "month", "day")
    return {
        name: f"{number:04}" if name == "year" else str(number)
        for name, number in zip(names, parts[0], strict=False)
    }


def _interval(issued: Mapping[str, Any]) -> str:
    if "literal" in issued:
        return str(issued["literal"])
    dates = issued.get("date-parts", [])
    return "/".join("-".join(f"{part:02}" for part in parts) for parts in dates)


def _iso(when: Mapping[str, Any]) -> str:
    return "-".join(f"{part:02}" for part in when["date-parts"][0]) if when else ""


def ris(csl_item: Item) -> str:
    """A RIS record (Research Information Systems, type ELEC)."""
    day = _day(csl_item)
    fields = [
        ("TY", "ELEC"),
        ("ID", csl_item["id"]),
        ("TI", csl_item["title"]),
        ("T2", csl_item.get("container-title")),
        ("PB", csl_item.get("publisher")),
        ("PY", f"{day.year:04}" if day else None),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}" if day else None),
        ("LA", csl_item.get("language")),
        ("UR", csl_item.get("URL")),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def _day(csl_item: Item) -> date | None:
    return date(*csl_item["issued"]["date-parts"][0]) if "issued" in csl_item else None


def _tex(text: str) -> str:
    return _IN_BIBTEX.sub(lambda match: _BIBTEX[match[0]], " ".join(text.split()))
