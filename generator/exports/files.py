"""Every file beside the pages: the data in each of its forms, feeds, and cards for links."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection import Collection
from generator.exports.bibliography import bibliography_files
from generator.exports.cards import card_files
from generator.exports.csv_tables import csv_files
from generator.exports.feeds import feed_files
from generator.exports.jsons import json_files
from generator.view import Settings


def data_files(collection: Collection, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Path below the site's root, and content."""
    yield from json_files(collection, settings)
    yield from csv_files(collection, settings)
    yield from bibliography_files(collection)
    yield from feed_files(collection, settings)
    yield from card_files(collection, settings)
