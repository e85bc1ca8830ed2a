"""Checks the settings about the publisher of a site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from generator.configuration.config_file import setting_error
from generator.model.field_errors import shown
from generator.model.licences import LICENCES, NO_LICENCE, Licence
from generator.model.urls import read_url
from generator.reading.problems import did_you_mean, nearest
from generator.rendering.imprint import PLACEHOLDERS, Imprint

_MAIL = "mailto:"
#: A mail address as people have them: neither quotes nor comments (RFC 5322 allows more).
_MAIL_ADDRESS = re.compile(r"[\w.!#$%&'*+/=^{|}~-]+@[^\W_]([\w-]*\.)+[^\W\d_][\w-]*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
_PUBLISHER = ("name", "url", "corrections")
_LICENCE = ("name", "url")


def read_imprint(settings: Mapping[str, Any]) -> Imprint:
    """The imprint from the plugin's settings. Raises ``ProjectError`` for invalid ones."""
    publisher = _texts(settings.get("publisher") or {}, "publisher", _PUBLISHER)
    return Imprint(
        publisher=publisher.get("name", ""),
        publisher_url=_url(publisher.get("url", ""), "publisher", "url"),
        corrections=_url(publisher.get("corrections", ""), "publisher", "corrections"),
        contact=_contact(settings.get("contact") or ""),
        report_error=_report_error(settings.get("report_error") or ""),
        licence=_licence(settings.get("license") or ""),
    )


def _texts(values: object, setting: str, names: tuple[str, ...]) -> dict[str, str]:
    """The texts of a setting that has keys, of which ``name`` is required."""
    if not isinstance(values, dict):
        raise setting_error(f"`{setting}` must have keys: {', '.join(names)}.", setting)
    for name, value in values.items():
        if name not in names:
            hint = did_you_mean(nearest(str(name), names), f"It has {', '.join(names)}.")
            raise setting_error(
                f"`{setting}` has no key `{name}`. {hint}", setting, str(name), is_name=True
            )
        if not isinstance(value, str) or not value.strip():
            raise setting_error(
                f"`{name}` of `{setting}` is not a text. Write one, or remove the line.",
                setting,
                name,
            )
    if values and "name" not in values:
        raise setting_error(f"`{setting}` has no `name`. Add one.", setting)
    return {name: value.strip() for name, value in values.items()}


def _url(text: str, *setting: str) -> str:
    if not text:
        return ""
    try:
        return read_url(text)
    except PydanticCustomError as error:
        details = error.context or {}
        name = " of ".join(f"`{part}`" for part in reversed(setting))
        raise setting_error(
            f"{name}: {details.get('message')} {details.get('hint')}", *setting
        ) from None


def _mail(text: str, setting: str) -> str:
    """A mail address, with or without the scheme, as a ``mailto`` address without parameters."""
    address = text.removeprefix(_MAIL)
    if not _MAIL_ADDRESS.fullmatch(address):
        raise setting_error(
            f"`{setting}`: {shown(address)} is not a mail address. Write one such as "
            "`desk@example.org`.",
            setting,
        )
    return f"{_MAIL}{address}"


def _is_mail(text: str) -> bool:
    return text.startswith(_MAIL) or ("@" in text and "/" not in text)


def _contact(text: object) -> str:
    text = _text(text, "contact")
    if text and not re.search(r"[@:/]|\.\w", text):
        raise setting_error(
            f"`contact`: {shown(text)} is neither a mail address nor a web address. Write one such "
            "as `desk@example.org` or `https://example.org/contact`.",
            "contact",
        )
    return _mail(text, "contact") if _is_mail(text) else _url(text, "contact")


def _report_error(text: object) -> str:
    text = _text(text, "report_error")
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in PLACEHOLDERS:
            raise setting_error(
                f"`report_error`: `{placeholder}` is not filled in. {_accepted()}", "report_error"
            )
    address, question, parameters = text.partition("?")
    if _is_mail(address):
        if re.search(r"[\s\"<>\\^`]", parameters):
            raise setting_error(
                "`report_error`: a mail address can't have spaces or quotation marks after the "
                "`?`. Write `%20` for a space.",
                "report_error",
            )
        return f"{_mail(address, 'report_error')}{question}{parameters}"
    plain = _PLACEHOLDER.sub("x", text)
    _url(plain, "report_error")
    if plain and urlsplit(plain).netloc not in text:
        raise setting_error(
            f"`report_error`: the host can't be filled in. {_accepted()}", "report_error"
        )
    return text


def _accepted() -> str:
    return (
        "Write `{page}` for the address of the page and `{title}` for its title, for example "
        "`https://example.org/report?page={page}`."
    )


def _text(value: object, setting: str) -> str:
    if not isinstance(value, str):
        raise setting_error(f"`{setting}` is not a text. Write an address, or remove it.", setting)
    return value.strip()


def _licence(value: object) -> Licence:
    if isinstance(value, dict):
        texts = _texts(value, "license", _LICENCE)
        url = _url(texts.get("url", ""), "license", "url")
        return Licence(texts.get("name", ""), url)
    if value == "":
        return NO_LICENCE
    by_folded = {key.casefold(): licence for key, licence in LICENCES.items()}
    if isinstance(value, str) and value.casefold() in by_folded:
        return by_folded[value.casefold()]
    close = nearest(value, LICENCES) if isinstance(value, str) else None
    hint = did_you_mean(close, f"Write one of {', '.join(LICENCES)}.")
    raise setting_error(
        f"`license`: {shown(value)} is not a licence that the program knows. {hint} For another "
        "licence, write its `name` and `url`.",
        "license",
    )
