"""The preview under many readers while files change, and towards those who ask for other files.

`make torture` reads for a minute.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.building import every_key_project
from tests.serving import Preview, serving

READERS = 200
SECONDS = 3
A_MINUTE = 60
ICON = "assets/images/favicon.png"
PAGES = ["", "halden/", "actors/norland/", "timeline/", "about/", ICON, "search/"]
EDITED = "river/flood/"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    project = every_key_project(tmp_path_factory.mktemp("load") / "project")
    (project / "secret.txt").write_text("not for readers", "utf-8")
    with serving(project) as running:
        yield running


class Readers:
    """Readers that ask for one page after another and mind what they get."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._over = threading.Event()
        self.wrong: Counter[str] = Counter()
        self.read = 0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._read, args=(n,)) for n in range(READERS)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number: int) -> None:
        pages = [*PAGES, EDITED]
        while not self._over.is_set():
            page = pages[number % len(pages)]
            number += 1
            try:
                complaint = self._complaint(page)
            except (HTTPException, OSError) as error:
                complaint = f"{page}: {type(error).__name__}: {error}"
            with self._lock:
                self.read += 1
                self.wrong.update([complaint] if complaint else [])

    def _complaint(self, page: str) -> str:
        """What is wrong with a page; empty where it is whole."""
        asked = HTTPConnection(self._host, timeout=60)
        try:
            asked.request("GET", f"/{page}")
            answer = asked.getresponse()
            content = answer.read()
        finally:
            asked.close()
        if answer.status != 200:
            return f"{page}: {answer.status}"
        if page == ICON:
            return "" if content[-8:-4] == b"IEND" else f"{page}: half"
        body = content.decode()
        if not body.rstrip().endswith("</html>"):
            return f"{page}: half"
        if page == EDITED:
            title, heading = re.search(r"<title>Edit (\d+)", body), re.search(r">Edit (\d+)", body)
            if not title or not heading or title[1] != heading[1]:
                return f"{page}: wrong"
        return ""


def test_two_hundred_readers_get_whole_pages_while_files_change(
    preview: Preview, torture: bool
) -> None:
    source = preview.project / "briefings" / f"{EDITED.rstrip('/')}.yml"
    text = source.read_text("utf-8")
    until = time.monotonic() + (A_MINUTE if torture else SECONDS)
    edits = 0

    def edit() -> None:
        nonlocal edits
        edits += 1
        changed = re.sub(r"(?m)^title: .*$", f"title: Edit {edits}", text)
        assert changed != text
        unfinished = source.with_name(".unfinished")
        unfinished.write_text(changed, "utf-8")
        unfinished.replace(source)

    edit()
    assert preview.shows(EDITED, "Edit 1")
    with Readers(preview.address) as readers:
        while time.monotonic() < until:
            edit()
            time.sleep(0.1)
    assert readers.wrong == {}
    assert readers.read > READERS
    assert preview.shows(EDITED, f"Edit {edits}")


OUTSIDE = [
    "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "/halden/../../secret.txt", "//secret.txt", "/../../../../../../etc/hostname",
    "/..\\secret.txt", "/%5c..%5csecret.txt", "/etc/hostname", "//etc/hostname",
    "/halden/%00/../../secret.txt", "/search-index/../../secret.txt", "/../data/actors.yml",
    "/../mkdocs.yml", "/./../secret.txt", "/.%00./secret.txt", "http://elsewhere.example/../secret.txt",
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_site_is_served(preview: Preview, path: str) -> None:
    where = urlsplit(preview.address)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as asked:
        asked.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        answer = b"".join(iter(lambda: asked.recv(65536), b""))
    assert b"not for readers" not in answer
    assert b"site_name:" not in answer
    assert answer.split(None, 2)[1] in (b"404", b"400", b"302", b"301"), answer[:300]


def test_the_preview_is_for_this_machine_only(preview: Preview) -> None:
    addresses = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    own = {str(info[4][0]) for info in addresses}
    port = urlsplit(preview.address).port or 0
    for address in own - {"127.0.0.1"}:
        with socket.socket() as asked:
            asked.settimeout(1)
            assert asked.connect_ex((address, port)) != 0


def test_the_usual_address_is_that_of_this_machine(tmp_path: Path) -> None:
    from mkdocs.config import load_config

    config = load_config(str(every_key_project(tmp_path / "x") / "mkdocs.yml"))
    assert str(config.dev_addr).startswith("127.0.0.1:")
