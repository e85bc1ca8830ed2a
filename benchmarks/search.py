"""What the first search costs a reader of a large site: bytes, and time to the first result.

    python -m benchmarks.search [BRIEFINGS]

It also prints the time and memory that building the index takes. Every query runs in a new browser
with an empty cache.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import statistics
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.corpus import Corpus
from generator.build.artifacts import SearchCorpus
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.configuration.theme_defaults import theme_folder
from generator.rendering.settings import Settings
from generator.search.index import write_index
from tests.browser.install_browser import launch_args, recorded

_COUNTED = ("search-engine.js", "search-index.js", "search-words.js")
_MIB = 1024 * 1024
_SCRIPTS = theme_folder() / "assets" / "javascripts"
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
    """Build the index of a corpus and search it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("briefings", type=int, nargs="?", default=10_000)
    count = parser.parse_args().briefings
    corpus = Corpus(count)
    pipeline = Pipeline(Cache())
    pages = list(SearchCorpus(pipeline, pipeline.read(corpus.files()), Settings()).pages())
    queries = corpus.queries()
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        before = time.monotonic()
        write_index(pages, site)
        seconds = time.monotonic() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
        parts = sum(len(page.parts) for page in pages)
        print(f"{count} briefings, {len(pages)} pages with {parts} parts, {size / _MIB:.1f} MiB")
        print(f"indexing: {seconds:.1f} s, peak memory with the corpus {peak / _MIB:.0f} MiB")
        shutil.copytree(_SCRIPTS, site / "assets" / "javascripts")
        (site / "index.html").write_text(_PAGE, encoding="utf-8")
        _search(site, queries)


def _search(site: Path, queries: list[str]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    costs = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=recorded() or None, args=launch_args())
        for query in queries:
            size, milliseconds, results = _first_result(browser, address, query)
            costs.append((size, milliseconds))
            print(f"{query!r}: {results} pages, {size / 1000:.0f} kB, {milliseconds:.0f} ms")
        browser.close()
    server.shutdown()
    sizes, times = zip(*costs, strict=True)
    print(f"most: {max(sizes) / 1000:.0f} kB, {max(times):.0f} ms;", end=" ")
    print(f"median: {statistics.median(sizes) / 1000:.0f} kB, {statistics.median(times):.0f} ms")


def _first_result(browser: Browser, address: str, query: str) -> tuple[int, float, int]:
    context = browser.new_context()
    page: Page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{address}?q={query}")
    answer = page.wait_for_function("() => window.answer", timeout=60_000).json_value()
    size = sum(
        _sent(answer)
        for answer in answers
        if answer.url.endswith(_COUNTED) or "/search-index/" in answer.url
    )
    context.close()
    return size, float(answer["milliseconds"]), int(answer["count"])


def _sent(answer: Response) -> int:
    """The bytes that a host sends: the index is already compressed, the host compresses scripts."""
    body = answer.body()
    return len(body) if answer.url.endswith(".idx") else len(gzip.compress(body))


if __name__ == "__main__":
    main()
