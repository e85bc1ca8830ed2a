"""A corpus of fictional briefings of any size: seeded, so that every run has the same files.

Words follow Zipf's law over 20,000 made-up words, as those of real texts do; names, quotations in
four languages and links between briefings exercise every index of the site. Files are written as
authors write them, with the keys that these use, and have 5 KB each.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.authoring.yaml_writer import to_yaml

VOCABULARY = 20_000
ACTORS = 400
TOPICS = 40
PLACES = 200
_ONSETS = (*"bcdfghklmnprstvw", "br", "ch", "dr", "gr", "pr", "st", "tr")
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_CODAS = ["", "n", "r", "s", "t", "l", "nd", "st"]
_SCRIPTS = {
    "ar": "ابتجحدرزسشصطعفقكلمنهوي",
    "zh": "的一是不了人在有我他这中大来上个国说们为子和你地出道也时年得就那要下以生会自着去之",
    "fr": "abcdeéèfgilmnoprstuv",
    "en": "",
}
#: Which keys of a source aren't there, by its number.
_LEFT_OUT = ({"author"}, {"archive_url", "note"}, {"author", "note"}, {"archive_url", "accessed"})


class Corpus:
    """The files of ``count`` briefings and their registries: content by path."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self._random = random.Random(seed)
        self._words = self._vocabulary()
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        self._foreign = {tag: self._script(letters) for tag, letters in _SCRIPTS.items() if letters}

    def files(self) -> dict[str, bytes]:
        """Every file of the corpus."""
        return dict(self.each())

    def queries(self) -> list[str]:
        """Words to search for: frequent, middling and rare ones, two at once, and a name."""
        ranks = (0, 10, 300, 3_000, 15_000)
        return [*(self._words[rank] for rank in ranks), " ".join(self._words[40:42]), "matter"]

    def each(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of each file of the corpus, one after another."""
        pick = self._random
        actors = {
            f"actor-{i}": {"name": self._name(), "type": pick.choice(["state", "organisation"])}
            for i in range(ACTORS)
        }
        yield "data/actors.yml", _written(actors)
        yield (
            "data/topics.yml",
            _written({f"topic-{i}": {"name": self._name()} for i in range(TOPICS)}),
        )
        yield (
            "data/places.yml",
            _written({f"place-{i}": {"name": self._name()} for i in range(PLACES)}),
        )
        for index in range(self.count):
            yield f"briefings/matter-{index}.yml", _written(self._briefing(index))

    def _briefing(self, index: int) -> dict[str, Any]:
        pick = self._random
        first, second, third = pick.sample(range(ACTORS), 3)
        party, accused, other = (f"actor-{i}" for i in (first, second, third))
        start = date(2015, 1, 1) + timedelta(days=pick.randrange(4000))
        days = [(start + timedelta(days=n)).isoformat() for n in (0, 3, 9, 20, 31)]
        elsewhere = [f"matter-{index // 2}#claim"] if index else []
        sources = [self._source(n, day, days[4], other) for n, day in enumerate(days[:4])]
        return {
            "title": self._sentence(9),
            "summary": f"{self._text(2)} [@source-0] {self._text(2)} [@source-1, p. 3]",
            "status": "published",
            "published": days[4],
            "topics": [f"topic-{pick.randrange(TOPICS)}"],
            "places": [f"place-{pick.randrange(PLACES)}"],
            "background": [
                {
                    "id": "event",
                    "date": days[0],
                    "title": self._sentence(5),
                    "text": self._text(3),
                    "places": [f"place-{pick.randrange(PLACES)}"],
                    "actors": [party],
                    "sources": ["source-0"],
                },
            ],
            "positions": [
                {
                    "id": "claim",
                    "party": party,
                    "kind": "allegation",
                    "against": [accused],
                    "date": days[1],
                    "venue": self._sentence(4),
                    "text": self._text(4),
                    "quotes": [self._quotation(pick.choice(list(_SCRIPTS)))],
                    "based_on": ["event"],
                    "sources": ["source-1"],
                },
                {
                    "id": "demand",
                    "party": party,
                    "kind": "demand",
                    "addressed_to": [accused],
                    "date": days[2],
                    "text": self._text(3),
                    "sources": ["source-1", "source-2"],
                },
                {
                    "id": "echo",
                    "party": other,
                    "kind": "statement",
                    "date": days[2],
                    "text": self._text(3),
                    "echoes": ["claim", *elsewhere] if index % 5 == 0 else ["claim"],
                    "sources": ["source-3"],
                },
            ],
            "responses": [
                {
                    "id": "denial",
                    "party": accused,
                    "to": ["claim", *elsewhere] if index % 7 == 0 else ["claim"],
                    "stance": "denies",
                    "date": days[3],
                    "venue": self._sentence(4),
                    "text": self._text(3),
                    "quotes": [self._quotation("en")],
                    "sources": ["source-2"],
                },
            ],
            "sources": sources,
            "related": [{"briefing": f"matter-{index // 2}"}] if index else [],
        }

    def _source(self, number: int, day: str, read_on: str, publisher: str) -> dict[str, Any]:
        address = self._sentence(7).lower().rstrip(".").replace(" ", "-")
        url = f"https://news.example/{day.replace('-', '/')}/{address}/"
        source = {
            "id": f"source-{number}",
            "type": "article-newspaper",
            "title": self._sentence(11),
            "author": self._name(),
            "publisher": publisher if number == 3 else self._name(),
            "nature": "secondary",
            "date": day,
            "url": url,
            "archive_url": f"https://archive.example/{day.replace('-', '')}/{url}",
            "accessed": read_on,
            "language": "en",
            "note": self._sentence(10),
        }
        return {key: value for key, value in source.items() if key not in _LEFT_OUT[number]}

    def _quotation(self, tag: str) -> dict[str, Any]:
        if tag == "en":
            return {"text": self._sentence(18), "language": "en", "sources": ["source-1"]}
        words = self._random.choices(self._foreign[tag], k=14)
        return {"text": ("" if tag == "zh" else " ").join(words), "language": tag}

    def _text(self, sentences: int) -> str:
        return " ".join(self._sentence(18) for _ in range(sentences))

    def _sentence(self, length: int) -> str:
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        return f"{' '.join(words).capitalize()}."

    def _name(self) -> str:
        return " ".join(word.capitalize() for word in self._random.choices(self._words, k=2))

    def _vocabulary(self) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            parts = self._random.choices((1, 2, 3), (2, 5, 3))[0]
            words.setdefault("".join(self._syllable() for _ in range(parts)))
        return sorted(words, key=len)

    def _syllable(self) -> str:
        return "".join(map(self._random.choice, (_ONSETS, _VOWELS, _CODAS)))

    def _script(self, letters: str) -> list[str]:
        return [
            "".join(self._random.choices(letters, k=self._random.randint(1, 7)))
            for _ in range(3000)
        ]


def _written(value: dict[str, Any]) -> bytes:
    return to_yaml(value).encode()
