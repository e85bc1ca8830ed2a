"""Who publishes a site: in words for its pages, and as data for its files.

Terms of schema.org for linked data, of Frictionless Data Package 1 for the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from generator.locale.interface import Interface, interface_in
from generator.model.licences import NO_LICENCE, Licence
from generator.rendering.text_language import attributes

#: What an owner can write in `report_error`, for the address and the title of what is reported.
PLACEHOLDERS = ("{page}", "{title}")
_MAIL = "mailto:"


@dataclass(frozen=True, slots=True)
class Imprint:
    """Publisher, contact, way to report errors, and licence of a site. Each can be empty.

    ``contact`` and ``report_error`` are addresses that begin with ``https:``, ``http:`` or
    ``mailto:``. ``report_error`` can have ``PLACEHOLDERS``. ``corrections`` is the address of the
    publisher's page on how it corrects errors.
    """

    publisher: str = ""
    publisher_url: str = ""
    corrections: str = ""
    contact: str = ""
    report_error: str = ""
    licence: Licence = NO_LICENCE

    @property
    def mail(self) -> str:
        """The mail address in ``contact``; empty if that is a page."""
        return self.contact.removeprefix(_MAIL) if self.contact.startswith(_MAIL) else ""

    def report_url(self, address: str, title: str) -> str:
        """The address at which readers report an error in the page or statement at ``address``.

        Both values are percent-encoded, so that no character in them ends or extends the address.
        """
        url = self.report_error
        if url.startswith(_MAIL) and not any(name in url for name in PLACEHOLDERS):
            url += f"{'&' if '?' in url else '?'}subject={{title}}&body={{page}}"
        # Neither value has braces once it is encoded, so a title can't bring in a placeholder.
        page, named = quote(address, safe=""), quote(title, safe="")
        return url.replace("{page}", page).replace("{title}", named)

    def record(self) -> dict[str, Any]:
        """The keys for the description of the site in JSON files."""
        return _filled(
            publisher=_filled(name=self.publisher, url=self.publisher_url),
            contact=self.contact,
            license=_filled(id=self.licence.id, name=self.licence.name, url=self.licence.url),
        )

    def organisation(self) -> dict[str, Any]:
        """The publisher as an ``Organization`` of schema.org; empty without one."""
        if not self.publisher:
            return {}
        contact = _filled(email=self.mail, url="" if self.mail else self.contact)
        if contact:
            contact = {"@type": "ContactPoint", "contactType": "editorial desk", **contact}
        return {
            "@type": "Organization",
            **_filled(
                name=self.publisher,
                url=self.publisher_url,
                correctionsPolicy=self.corrections,
                contactPoint=contact,
            ),
        }

    def linked_data(self) -> dict[str, Any]:
        """The keys of a ``CreativeWork`` of schema.org: its publisher and licence."""
        return _filled(publisher=self.organisation(), license=self.licence.url)

    def package(self) -> dict[str, Any]:
        """The keys for the description of a Frictionless Data Package."""
        licence = _filled(name=self.licence.id, path=self.licence.url, title=self.licence.name)
        publisher = _filled(title=self.publisher, path=self.publisher_url)
        return _filled(
            licenses=[licence] if licence else [],
            contributors=[{**publisher, "role": "publisher"}] if publisher else [],
        )


NO_IMPRINT = Imprint()


@dataclass(frozen=True, slots=True)
class ImprintTexts:
    """An imprint as sentences of HTML, in the language of the interface.

    ``language`` is the site's, ``own_texts`` its own catalogue for the interface, ``name_language``
    the language of the site's name.
    """

    imprint: Imprint
    language: str
    own_texts: str = ""
    name_language: str = ""

    @property
    def name_attributes(self) -> Markup:
        """The attributes, after a space, of the site's name where it is in another language."""
        return attributes(self.name_language, self.language)

    @property
    def interface(self) -> Interface:
        """The interface, whose texts the sentences are."""
        return interface_in(self.language, self.own_texts)

    @property
    def linked_data(self) -> dict[str, Any]:
        """See ``Imprint.linked_data``."""
        return self.imprint.linked_data()

    @property
    def attributes(self) -> Markup:
        """The attributes, after a space, that mark the sentences as English where they have to."""
        is_translated = self.interface.language == self.language
        return Markup() if is_translated else Markup(' lang="en" dir="ltr"')

    def sentences(self, address: str, title: str) -> Iterator[Markup]:
        """What the foot of the page at ``address`` says. ``title`` is plain text."""
        imprint, gettext = self.imprint, self.interface.gettext
        if imprint.publisher:
            publisher = _link(imprint.publisher_url, imprint.publisher)
            yield _sentence(gettext("Published by %(publisher)s."), publisher=publisher)
        if imprint.contact:
            shown = imprint.mail or imprint.contact
            contact = _link(imprint.contact, shown)
            yield _sentence(gettext("Contact: %(contact)s."), contact=contact)
        if imprint.report_error:
            words = gettext("Report an error on this page")
            yield _link(imprint.report_url(address, title), words, "nofollow")
        if imprint.licence.name:
            licence = _link(imprint.licence.url, imprint.licence.name, "license")
            yield _sentence(
                gettext(
                    "The texts and data of this site may be reused under %(licence)s. "
                    "Quotations are the words of those they are attributed to."
                ),
                licence=licence,
            )


def _sentence(text: str, **parts: Markup) -> Markup:
    return Markup.escape(text) % parts


def _link(url: str, text: str, rel: str = "") -> Markup:
    if not url:
        return Markup("<bdi>{}</bdi>").format(text)
    attributes = Markup(' rel="{}"').format(rel) if rel else Markup()
    return Markup('<a href="{}"{}><bdi>{}</bdi></a>').format(url, attributes, text)


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
