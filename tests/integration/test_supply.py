"""`make audit` and `make sbom`, with their real tools: the service they ask is one of the test's.

What the service says is fictional.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.building import ROOT

TOOLS = ROOT / ".venv" / "tools"
LOCK = "tests/builders/zensical.lock"
KNOWN = "jinja2==3.1.0"
Answer = Callable[[str], dict[str, Any]]


def _vulnerability(pinned: str) -> dict[str, Any]:
    package = pinned.partition("==")[0]
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9999.1"}]}]
    affected = {"package": {"name": package, "ecosystem": "PyPI"}, "ranges": ranges}
    flaw = {"id": f"FICT-{package}", "summary": "A fictional flaw.", "affected": [affected]}
    return {"vulns": [{**flaw, "aliases": [], "published": "2030-01-01T00:00:00Z"}]}


@contextmanager
def _service(answer: Answer | None) -> Iterator[str]:
    """A service that answers for ``name==version`` as ``answer`` says, or with an error."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            pinned = f"{asked['package']['name']}=={asked['version']}"
            body = json.dumps(answer(pinned) if answer else {}).encode()
            self.send_response(200 if answer else 503)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _audit(address: str) -> subprocess.CompletedProcess[str]:
    settings = {"PIP_AUDIT_VULNERABILITY_SERVICE": "osv", "PIP_AUDIT_OSV_URL": address}
    return subprocess.run(
        [str(TOOLS / "bin" / "python"), "-m", "supply.audit", LOCK],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_audit_without_findings_says_how_much_it_judged() -> None:
    with _service(lambda package: _vulnerability(package) if package == KNOWN else {}) as address:
        done = _audit(address)
    pinned = (ROOT / LOCK).read_text("utf-8").count("==")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{LOCK}: ")
    assert 5 < int(done.stdout.split()[1]) <= pinned
    assert done.stdout.endswith("packages, 0 published vulnerabilities\n")


def test_an_audit_with_a_finding_fails_and_reports_it() -> None:
    vulnerable = (KNOWN, "zensical==")
    with _service(
        lambda package: _vulnerability(package) if package.startswith(vulnerable) else {}
    ) as address:
        done = _audit(address)
    assert done.returncode == 1
    assert f"{LOCK}: zensical 0." in done.stderr
    assert ": FICT-zensical\n  A fictional flaw.\n  Fixed in 9999.1: make lock" in done.stderr


@pytest.mark.parametrize("answer", [lambda _: {}, None], ids=["says nothing", "fails"])
def test_an_audit_by_a_service_that_knows_nothing_is_none(answer: Answer | None) -> None:
    with _service(answer) as address:
        done = _audit(address)
    assert done.returncode == 3
    assert done.stderr.startswith("NOT JUDGED: the vulnerability service does not answer")
    assert done.stdout == ""


def test_an_audit_without_a_service_is_none() -> None:
    with _service(None) as address:
        pass
    done = _audit(address)
    assert done.returncode == 3
    assert done.stderr.startswith("NOT JUDGED: the vulnerability service does not answer")


def _list(target: Path, **environment: str) -> bytes:
    subprocess.run(
        [str(TOOLS / "bin" / "python"), "-m", "supply.sbom", ".venv/bin/python", str(target)],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
    )
    return target.read_bytes()


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The list of what this very environment builds with, twice the same, at a commit's time."""
    folder = tmp_path_factory.mktemp("bom")
    first = _list(folder / "first.json", SOURCE_DATE_EPOCH="1700000000")
    assert _list(folder / "second.json", SOURCE_DATE_EPOCH="1700000000") == first
    return json.loads(first)


@pytest.mark.torture
def test_the_list_is_as_the_published_schema_has_it(bom: Any) -> None:
    (folder,) = TOOLS.glob("lib/python*/site-packages/cyclonedx/schema/_res")
    schemas = {
        f"http://cyclonedx.org/schema/{path.name}": json.loads(path.read_text("utf-8"))
        for path in folder.glob("*.schema.json")
    }
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(content)) for name, content in schemas.items()
    )
    schema = schemas["http://cyclonedx.org/schema/bom-1.6.SNAPSHOT.schema.json"]
    wrong = list(Draft7Validator(schema, registry=registry).iter_errors(bom))
    assert [problem.message for problem in wrong] == []
    assert bom["specVersion"] == "1.6"
    assert bom["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    assert "serialNumber" not in bom


@pytest.mark.torture
def test_the_list_has_what_builds_the_site_and_no_tool_of_the_tests(bom: Any) -> None:
    scopes = {component["name"].lower(): component["scope"] for component in bom["components"]}
    assert {"mkdocs", "mkdocs-material", "orjson", "pydantic", "watchdog"} <= {
        name for name, scope in scopes.items() if scope == "required"
    }
    assert scopes["weasyprint"] == "optional"
    assert scopes.keys().isdisjoint({"pytest", "hypothesis", "ruff", "mypy", "playwright", "pip"})
    assert [
        component["name"] for component in bom["components"] if not component.get("licenses")
    ] == []


@pytest.mark.torture
def test_the_versions_listed_are_the_locked_ones(bom: Any) -> None:
    locked = (ROOT / "requirements.lock").read_text("utf-8").lower().splitlines()
    pinned = {line.split()[0] for line in locked if "==" in line}
    listed = {
        component["purl"].removeprefix("pkg:pypi/").replace("@", "==")
        for component in bom["components"]
    }
    assert {item for item in listed if item not in pinned} == set()


@pytest.mark.torture
def test_the_list_shows_what_packages_carry_inside_them(bom: Any) -> None:
    inside = {
        component["name"]: {part["name"] for part in component.get("components", ())}
        for component in (*bom["components"], bom["metadata"]["component"])
    }
    assert "ammonia" in inside["nh3"]
    assert {"lunr", "rxjs"} <= inside["mkdocs-material"]
    assert inside["briefing-site"] == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}


@pytest.mark.torture
def test_every_package_is_reached_from_the_project(bom: Any) -> None:
    leads = {component["ref"]: component["dependsOn"] for component in bom["dependencies"]}
    reached: set[str] = set()
    todo = [bom["metadata"]["component"]["bom-ref"]]
    while todo:
        package = todo.pop()
        if package not in reached:
            reached.add(package)
            todo += leads[package]
    assert reached == leads.keys()
    assert len(reached) == len(bom["components"]) + 1
