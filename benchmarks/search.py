"""What the first search costs a reader of a large site: bytes, and time to the first result.

    python -m benchmarks.search [BRIEFINGS]

Prints the time and memory that the index takes too. Every query runs in a browser of its own,
whose cache is empty.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import tempfile
import time
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from playwright.sync_api import Response

from benchmarks.corpus import Corpus
from generator.cache import Cache
from generator.making import Found
from generator.pipeline import Pipeline
from generator.searching import write_index
from generator.view import Settings

_MIB = 1024 * 1024
_SCRIPTS = Path(__file__).parents[1] / "site_overrides" / "assets" / "javascripts"
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<script type="module">
const started = performance.now()
const { find, fitting } = await import("/assets/javascripts/search-engine.js")
const found = await find(new URL(location).searchParams.get("q"), { filters: {} })
if (found.pages.length) await fitting(found.pages[0], found.terms, {})
window.answer = { milliseconds: performance.now() - started, count: found.pages.length }
</script>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> None:
    """Make the index of a corpus and search it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("briefings", type=int, nargs="?", default=10_000)
    count = parser.parse_args().briefings
    corpus = Corpus(count)
    pipeline = Pipeline(Cache())
    pages = list(Found(pipeline, pipeline.read(corpus.files()), Settings()).pages())
    queries = corpus.queries()
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        before = time.monotonic()
        write_index(pages, site)
        seconds = time.monotonic() - before
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        size = sum(_sent(one) for one in answers if "/pagefind/" in one.url or _is_ours(one.url))
    context.close()
    return size, float(answer["milliseconds"]), int(answer["count"])


def _is_ours(url: str) -> bool:
    return url.endswith(("search-engine.js", "search-words.js"))


def _sent(answer: Response) -> int:
    """The bytes a host sends: the index is compressed already, scripts are by the host."""
    body = answer.body()
    return len(gzip.compress(body)) if answer.url.endswith((".js", ".json")) else len(body)


if __name__ == "__main__":
    main()
