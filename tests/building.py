"""Sites built by the real `mkdocs`, in a process of their own or in this one, and their pages."""

from __future__ import annotations

import functools
import gzip
import json
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.authoring.site_scaffold import SiteAnswers
from generator.cli.init import site_texts
from tests import warm_start

ROOT = Path(__file__).parent.parent
EVERY_KEY = ROOT / "tests" / "cases" / "every-key"
MKDOCS = [sys.executable, "-m", "mkdocs"]
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
_BUILD_SECONDS = 120
#: The ports that folders have been served on in this process.
_PORTS: set[int] = set()
#: Translations and pages in another language: `dam.fr.yml`, `about.fr.md`.
_OTHER_LANGUAGE = re.compile(r"[^.]+\.[a-zA-Z-]+\.(?:yml|md)")


@dataclass(frozen=True)
class Built:
    """What a build left behind: how it ended, all it printed, and the site's folder.

    ``parser`` reads its pages. lxml takes a third of the time of html5lib, which reads any HTML as
    browsers do: see `tests/integration/test_text_languages.py`.
    """

    code: int
    output: str
    folder: Path
    parser: str = "lxml"

    @cached_property
    def pages(self) -> Mapping[str, BeautifulSoup]:
        """Every HTML page by its path below the site's root."""
        return _Pages(self.folder, self.parser)

    def page(self, address: str) -> BeautifulSoup:
        """The page at an address such as `actors/esteria/`."""
        return self.pages[f"{address}index.html"]

    @cached_property
    def trees(self) -> Mapping[str, HtmlElement]:
        """Every HTML page by its path, for XPath: they take a tenth of the time of ``pages``."""
        parser = HTMLParser(encoding="utf-8")
        return {
            path: document_fromstring((self.folder / path).read_bytes(), parser)
            for path in self.pages
        }

    @cached_property
    def search_index(self) -> list[dict[str, str]]:
        """What the search knows: each part's place, its title, and its words on its page."""
        records = []
        for path in sorted((self.folder / "search-index" / "records").iterdir()):
            record = json.loads(gzip.decompress(path.read_bytes()))
            for part in record["parts"]:
                location = record["url"] + (part["id"] and f"#{part['id']}")
                texts = (text["text"] for text in part["texts"])
                text = " ".join([part["title"], *texts, *part["about"]])
                records.append({"location": location, "title": part["title"], "text": text})
        return records


class _Pages(Mapping[str, BeautifulSoup]):
    """The pages of a folder. Each is parsed when it is first used, because that is slow."""

    def __init__(self, folder: Path, parser: str) -> None:
        self._folder, self._parser = folder, parser
        files = sorted(folder.rglob("*.html"))
        self._parsed: dict[str, BeautifulSoup | None] = {
            path.relative_to(folder).as_posix(): None for path in files
        }

    def __getitem__(self, path: str) -> BeautifulSoup:
        page = self._parsed[path]
        if page is None:
            page = self._parsed[path] = parsed(self._folder / path, self._parser)
        return page

    def __contains__(self, path: object) -> bool:
        return path in self._parsed

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed)

    def __len__(self) -> int:
        return len(self._parsed)


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Let a browser keep all but pages, as hosts do: to ask for each again takes long."""
        if not self.path.partition("?")[0].endswith(("/", ".html")):
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: pytest shows what matters."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served meanwhile, `http://127.0.0.1:<port>/`.

    No other folder has it before: a browser may have kept files of that one.
    """
    handler = functools.partial(_Quiet, directory=str(folder))
    with ExitStack() as used:
        while True:
            server = used.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            if server.server_port not in _PORTS:
                break
        _PORTS.add(server.server_port)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def parsed(path: Path, parser: str = "html5lib") -> BeautifulSoup:
    """An HTML file, by default as a browser reads it."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), parser)


def squeezed(text: str) -> str:
    """`text` with each run of white space as one space, as a browser shows it."""
    return " ".join(text.split())


def build(project: Path, site: Path, *options: str) -> Built:
    """Build the site of `project` into `site`."""
    command = [*MKDOCS, "build", "--site-dir", str(site), *options]
    done = warm_start.run(command, cwd=project, env=ENVIRONMENT, timeout=_BUILD_SECONDS)
    return Built(done.returncode, done.stdout, site)


def build_here(project: Path, site: Path, configuration: str = "mkdocs.yml") -> Built:
    """Build strictly, in this process: what the build prints goes to the log.

    It saves the start of an interpreter and its imports, which cost more than the build.
    """
    # MkDocs gives all builds of a process the same plugins.
    MkDocsConfig.plugins.plugin_cache.clear()
    config = load_config(str(project / configuration), site_dir=str(site), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_with_mkdocs(config)
    finally:
        config.plugins.on_shutdown()
    return Built(0, "", site)


def new_site(project: Path, language: str) -> Built:
    """A site in a language as `briefings init` creates it, built strictly in this process."""
    url = "https://briefings.example/"
    answers = SiteAnswers("Ω", language, url, "CC-BY-4.0", created="2026-01-05")
    for path, text in site_texts(answers).items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return build_here(project, project / "site")


def built_once(name: str, project: Path, factory: pytest.TempPathFactory) -> Built:
    """The strictly built site of `project`, built by whichever worker of this run asks first."""
    place = _shared_place(name, factory)
    return _made_once(place, lambda: build(project, place / "site", "--strict"))


def built_here_once(
    name: str, make_project: Callable[[Path], object], factory: pytest.TempPathFactory
) -> Built:
    """The site of the project that ``make_project`` makes in a folder, built as by `build_here`.

    Whichever worker of this run asks first builds it. Nobody may change the project or the site.
    """
    place = _shared_place(name, factory)

    def make() -> Built:
        make_project(place / "project")
        return build_here(place / "project", place / "site")

    built = _made_once(place, make)
    assert built.code == 0, built.output
    return built


def _shared_place(name: str, factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that all workers of this run share."""
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    return base / f"built-{name}"


def english_configuration() -> str:
    """The configuration of the repository's own site, for a site with its main edition alone."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (line,) = (line for line in config.splitlines() if line.strip().startswith("languages:"))
    return config.replace(f"{line}\n", "")


def shipped_in_english(factory: pytest.TempPathFactory) -> Built:
    """The main edition of the repository's own site, which most tests need; it must be built."""

    def project() -> Path:
        folder = factory.mktemp("shipped") / "project"
        folder.mkdir()
        for name in ("briefings", "data", "site_overrides"):
            shutil.copytree(ROOT / name, folder / name, ignore=_in_other_languages)
        (folder / "mkdocs.yml").write_text(english_configuration(), encoding="utf-8")
        return folder

    place = _shared_place("real", factory)
    built = _made_once(place, lambda: build(project(), place / "site", "--strict"))
    if built.code:
        pytest.fail(f"the site was not built:\n{built.output}", pytrace=False)
    return built


def _in_other_languages(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if _OTHER_LANGUAGE.fullmatch(name)]


def _made_once(place: Path, make: Callable[[], Built]) -> Built:
    record = place / "record.json"
    try:
        place.mkdir()
    except FileExistsError:
        _wait_for(record)
    else:
        code, output = 1, "The build did not end."
        try:
            made = make()
            code, output = made.code, made.output
        finally:
            unfinished = place / "record.part"
            unfinished.write_text(json.dumps([code, output]), encoding="utf-8")
            unfinished.rename(record)
    code, output = json.loads(record.read_text(encoding="utf-8"))
    return Built(code, output, place / "site")


def _wait_for(record: Path) -> None:
    end = time.monotonic() + _BUILD_SECONDS
    while not record.exists():
        assert time.monotonic() < end, f"no other worker wrote {record}"
        time.sleep(0.05)


def every_key_project(folder: Path) -> Path:
    """A copy of the fictional site that uses every key of the format, to be changed at will."""
    shutil.copytree(EVERY_KEY, folder)
    return folder


def as_typed(path: Path) -> dict[str, Any]:
    """A YAML file as plain data in which every value stays the text that was typed."""
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data


def briefing_files(project: Path) -> Iterator[tuple[str, Path]]:
    """Every briefing of a project, without translations: its id and its file."""
    folder = project / "briefings"
    for path in sorted(folder.rglob("*.yml")):
        if _OTHER_LANGUAGE.fullmatch(path.name):
            continue
        yield path.relative_to(folder).with_suffix("").as_posix(), path


def bytes_by_path(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its path and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
