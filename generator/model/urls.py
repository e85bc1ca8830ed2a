"""Reads web addresses, and guesses what a mistyped address was meant to be."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from generator.model.field_errors import misread, quoted, read_text, refusal

_EXAMPLE = "https://example.org/page"
_ENCLOSING = "\"'“”„«»‘’‚‹›`<>()"
_LONGEST_URL = 2_000


def read_url(value: object) -> str:
    """A web address with scheme ``https`` or ``http`` and a host."""
    text = read_text(value, "a web address")
    if not _is_url(text):
        likely = _likely_url(text)
        if not likely:
            raise refusal(
                misread(text, "not a web address"),
                f"Write the whole address, without spaces, for example `{_EXAMPLE}`.",
            )
        raise refusal(
            misread(text, "not a web address"), f"Write the whole address: `{likely}`.", likely
        )
    return text


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("https", "http") and _is_host(parts.hostname or "")
        valid = valid and parts.port != 0  # raises ValueError for a port that is no number
    except ValueError:
        return False
    # Invisible characters are refused too: they could hide where a link leads.
    return valid and not re.search(
        r"[\s<>\"\\^`{|}\u00ad\u200b\u200e\u200f\u2060\ufeff]|[“”«»]$", text
    )


def _likely_url(text: str) -> str:
    """The address that ``text`` was probably meant to be, as YAML; empty if there is no guess."""
    address = re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff]", "", text).strip()
    if markdown_link := re.fullmatch(r"\[[^\]]*\]\((\S+)\)", address):
        address = markdown_link[1]
    address = address.strip(_ENCLOSING).rstrip(".,;").strip(_ENCLOSING)
    address = re.sub(
        r"^(?:https?|htt?ps?|hhtps?|ttps?)(?::/{0,3}|//)(?=[\w\[])", _scheme, address, flags=re.I
    )
    if (
        re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", address)
        and len(address) < _LONGEST_URL
    ):
        address = f"https://{address}"
    if re.match(r"//[\w-]+\.", address):
        address = f"https:{address}"
    if not re.search(r"\s(?:https?:|www\.|and |or )", address):
        address = re.sub(r"[\s<>\"\\^`{|}]", lambda match: quote(match[0]), address)
    likely = address if address != text and _is_url(address) else ""
    return likely if not re.search(r"[\[\],]|: | #|^[^h]", likely) else likely and quoted(likely)


def _scheme(match: re.Match[str]) -> str:
    return "http://" if match[0].lower().startswith("http:") else "https://"


def _is_host(name: str) -> bool:
    """Whether ``name`` can be a host: no part between dots is empty; one dot may end it."""
    return ":" in name or "" not in name.removesuffix(".").split(".")
