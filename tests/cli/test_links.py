"""The command `briefings links`: what it prints, keeps and proposes, and how it exits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from generator.cli.links import links
from generator.cli.main import main
from generator.linkcheck.verdicts import Outcome
from tests.fiction import briefing, files
from tests.misbehaving import PAGE, Server, answer, redirect, running

COPY = "http://web.archive.org/web/20250304000000/http://halden.example/gauge"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of links, which is the archive too."""
    with running() as server:
        monkeypatch.setenv("BRIEFINGS_WAYBACK", server.url("/available"))
        yield server


def _project(folder: Path, *sources: dict[str, Any]) -> None:
    """A briefing with these sources, each of which needs no more than its address."""
    listed = [
        {"id": f"s{number}", "title": "Source"} | source for number, source in enumerate(sources)
    ]
    _write(folder, files({"x": briefing(sources=listed)}))


def _write(folder: Path, given: dict[str, bytes]) -> None:
    for path, content in given.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _run(*arguments: str, private: bool = True) -> Result:
    more = ["--pause", "0", "--timeout", "5", *(["--allow-private"] if private else [])]
    result = CliRunner().invoke(main, ["links", *more, *arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert "Traceback" not in result.output
    return result


def _kept(folder: Path) -> dict[str, Any]:
    data = json.loads((folder / "links.json").read_text("utf-8"))
    assert data["version"] == 1
    links: dict[str, Any] = data["links"]
    return links


def test_links_that_are_there_are_only_counted(folder: Path, server: Server) -> None:
    _project(
        folder,
        {"url": server.url("/a")},
        {"url": server.url("/a"), "archive_url": server.url("/b")},
    )
    result = _run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 links: 2 ok. Saved in links.json.\n"
    assert server.asked("/a") == ["HEAD", "GET"]
    assert {url: result["outcome"] for url, result in _kept(folder).items()} == {
        server.url("/a"): "ok",
        server.url("/b"): "ok",
    }


def test_a_dead_link_exits_with_1_and_a_copy_is_proposed_at_its_line(
    folder: Path, server: Server
) -> None:
    text = f"""\
title: Norland accuses Esteria (fictional)
summary: See [it]({server.url("/gone")}).
background: []
positions: []
responses: []
sources:
  - id: gauge
    title: Gauge
    url: {server.url("/gone")}
    accessed: 2025-03-04
"""
    _write(folder, {"briefings/x.yml": text.encode()})
    server.answers["/gone"] = [answer("404 Not Found")]
    closest = {"available": True, "url": COPY, "status": "200"}
    answer_body = json.dumps({"archived_snapshots": {"closest": closest}}).encode()
    asked = f"/available?url={quote(server.url('/gone'), safe='')}&timestamp=20250304"
    server.answers[asked] = [answer(body=answer_body, kind="application/json")]
    result = _run()
    assert result.exit_code == 1
    copy = COPY.replace("http:", "https:", 1)
    assert result.stdout.splitlines() == [
        f"dead: {server.url('/gone')}",
        "  It answers 404 (Not Found).",
        "  briefings/x.yml:2:19: summary",
        "  briefings/x.yml:9:10: sources[0].url",
        f"  briefings/x.yml:2:19: there is an archived copy to link to, {copy}",
        f'  briefings/x.yml:9:10: add `archive_url: "{copy}"`',
        "",
    ]
    assert (folder / "briefings/x.yml").read_text("utf-8") == text
    assert len(server.asked(asked)) == 1
    # The copy is remembered: the next run, which asks nothing, proposes it too.
    before = len(server.requests)
    assert _run().stdout == result.stdout
    assert len(server.requests) == before


def test_an_archive_that_fails_is_reported_and_asked_again(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/gone")})
    server.answers["/gone"] = [answer("410 Gone")]
    result = _run()  # the page that it answers with is not what the archive would say
    assert result.exit_code == 1
    assert "Could not look for archived copies: " in result.stderr
    assert "Its answer is not in the expected form." in result.stderr
    asked = [request for request in server.requests if request.path.startswith("/available")]
    assert len(asked) == 1
    _run()
    assert (
        len([request for request in server.requests if request.path.startswith("/available")]) == 2
    )


def test_the_archive_can_be_left_out_or_asked_for_everything(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/a")}, {"url": server.url("/gone")})
    server.answers["/gone"] = [answer("404 Not Found")]
    _run("--wayback", "off", "--archive")
    assert not any(request.path.startswith("/available") for request in server.requests)
    closest = {"available": True, "url": COPY, "status": "200"}
    found_copy = answer(body=json.dumps({"archived_snapshots": {"closest": closest}}).encode())
    for path in ("/a", "/gone"):
        server.answers[f"/available?url={quote(server.url(path), safe='')}"] = [found_copy]
    result = _run("--archive")
    assert sum(request.path.startswith("/available") for request in server.requests) == 2
    assert f"ok: {server.url('/a')}\n" in result.stdout
    assert result.stdout.count("add `archive_url: ") == 2
    # Links that are fine are not listed for their copies unless someone asks.
    assert "ok: " not in _run().stdout


def test_outcomes_are_listed_the_worst_first(folder: Path, server: Server) -> None:
    ways = {"/ok": answer(), "/shut": answer("403 Forbidden"), "/gone": answer("404 Not Found"),
            "/moved": redirect("/ok"), "/ill": answer("500 Internal Server Error")}  # fmt: skip
    server.answers = {path: [response] for path, response in ways.items()}
    urls = [{"url": server.url(path)} for path in ways]
    _project(folder, *urls, {"url": "ftp://halden.example/"})
    result = _run(private=False)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        0,
        "6 links: 6 skipped. Saved in links.json.",
    )
    result = _run("--retries", "0", "--wayback", "off")
    outcomes = [line.split(":")[0] for line in result.stdout.splitlines() if line[:1].isalpha()]
    assert outcomes == ["dead", "moved", "blocked", "unsure", "skipped"]
    assert result.stderr.startswith(
        "6 links: 1 dead, 1 moved, 1 blocked, 1 unsure, 1 skipped, 1 ok."
    )
    assert f"  It moved to {server.url('/ok')}.\n" in result.stdout


def test_private_addresses_are_asked_only_on_request(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/a")})
    result = _run(private=False)
    assert (result.exit_code, server.requests) == (0, [])
    assert "It leads to 127.0.0.1, which is not a public address." in result.stdout
    assert _run().stderr.startswith("1 link: 1 ok")


def test_new_results_are_used_again_until_they_are_too_old(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/a")}, {"url": server.url("/ill")})
    server.answers["/ill"] = [answer("500 Internal Server Error")]
    for arguments, asked in ([], 1), ([], 1), (["--max-age", "0"], 2), (["--all"], 3):
        _run("--retries", "0", *arguments)
        assert server.asked("/a").count("HEAD") == asked, arguments
    # What was unsure is asked at each run.
    assert server.asked("/ill").count("HEAD") == 4


def test_a_page_that_changed_since_the_last_results_is_reported(
    folder: Path, server: Server
) -> None:
    _project(folder, {"url": server.url("/a")})
    _run()
    server.answers["/a"] = [answer(body=PAGE.replace(b"falls", b"rises"))]
    result = _run("--all")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:3] == [
        f"changed: {server.url('/a')}",
        "  Its text has changed.",
        "  Read it again: does it still say what it is cited for?",
    ]


def test_only_the_links_of_named_files_are_asked(folder: Path, server: Server) -> None:
    sources = {key: [{"id": "a", "title": "A", "url": server.url(f"/{key}")}] for key in "xy"}
    _write(folder, files({key: briefing(sources=entries) for key, entries in sources.items()}))
    assert _run("briefings/y.yml").stderr.startswith("1 link: 1 ok")
    assert _run("briefings").stderr.startswith("2 links: 2 ok")
    assert (len(server.asked("/x")), len(server.asked("/y"))) == (2, 2)
    assert _run("briefings/x.yml").stderr.startswith("1 link: 1 ok")
    assert len(_kept(folder)) == 2


def test_results_of_links_that_no_file_names_are_forgotten(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/a")})
    _run()
    _project(folder, {"url": server.url("/b")})
    (folder / "briefings/broken.yml").write_text("title: [", "utf-8")
    result = _run()
    assert "briefings/broken.yml can't be read, so its links are not checked" in result.stderr
    assert set(_kept(folder)) == {server.url("/a"), server.url("/b")}
    (folder / "briefings/broken.yml").unlink()
    _run()
    assert set(_kept(folder)) == {server.url("/b")}


def test_links_are_reported_as_json(folder: Path, server: Server) -> None:
    _project(folder, {"url": server.url("/a")})
    data = json.loads(_run("--format", "json").stdout)
    assert [(link["url"], link["outcome"]) for link in data] == [(server.url("/a"), "ok")]
    assert data[0]["places"][0]["path"] == "briefings/x.yml"


def test_equal_results_are_equal_files(folder: Path, server: Server) -> None:
    _project(folder, *({"url": server.url(f"/{number}")} for number in range(20)))
    _run()
    first = (folder / "links.json").read_bytes()
    _run("--jobs", "3")
    assert (folder / "links.json").read_bytes() == first
    # Nothing is left of what it was written beside.
    assert sorted(path.name for path in folder.iterdir()) == ["briefings", "data", "links.json"]


def test_a_machine_without_network_calls_no_page_dead(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*arguments: Any, **more: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    _project(folder, *({"url": f"https://{host}.example/"} for host in "abc"))
    result = _run(private=False)
    assert result.exit_code == 2
    assert "None of 3 hosts answered, so no new result was saved" in result.stderr
    assert "0 links" not in result.stderr
    assert not (folder / "links.json").exists()
    _project(folder, {"url": "https://a.example/"})  # one host alone may well be gone
    assert _run(private=False).exit_code == 1


def test_every_option_and_outcome_is_described_in_the_documentation() -> None:
    docs = (Path(__file__).parents[2] / "docs/links.md").read_text("utf-8")
    options = {
        name for parameter in links.params for name in parameter.opts if name.startswith("--")
    }
    shared = {"--config", "--briefings", "--data"}
    assert {
        option
        for option in options - shared
        if f"`{option}" not in docs and f" {option}" not in docs
    } == set()
    assert {outcome for outcome in Outcome if f"| `{outcome}` |" not in docs} == set()
    assert {outcome for outcome in Outcome if f"{outcome}  " not in (links.help or "")} == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["briefings/none.yml"], "There is no file or folder briefings/none.yml."),
        (["elsewhere.yml"], "elsewhere.yml has no files of this project."),
        (["--results", "elsewhere.yml"], "elsewhere.yml is not a results file of this command."),
        (["--jobs", "0"], "0 is not in the range"),
        (["--max-age", "soon"], "'soon' is not a valid float"),
        (["--wayback", "archive"], "`archive` is not a web address."),
    ],
)
def test_mistakes_of_usage_exit_with_2(folder: Path, arguments: list[str], message: str) -> None:
    _project(folder, {"url": "https://a.example/"})
    (folder / "elsewhere.yml").write_text("a: b\n", "utf-8")
    result = _run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_missing_folder_is_a_mistake_of_usage(folder: Path) -> None:
    result = _run()
    assert result.exit_code == 2
    assert "There is no folder briefings/ here." in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="this system has no signals like that")
def test_a_run_that_is_stopped_keeps_what_it_found_and_goes_on_later(
    folder: Path, server: Server
) -> None:
    _project(folder, {"url": server.url("/fast")}, {"url": server.url("/never-answers")})
    # Where the tests run in the background of a shell, their children ignore the signal.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from generator.cli.main import main; main()"
    )
    command = [sys.executable, "-c", program, "links", "--allow-private", "--pause", "0"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(600):
            if server.asked("/never-answers"):
                break
            server.closed.wait(0.05)
        server.closed.wait(0.3)
        process.send_signal(signal.SIGINT)
        out, stderr = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert stderr.endswith("Stopped. Run the same command again to continue.\n")
    assert "Traceback" not in stderr
    assert list(_kept(folder)) == [server.url("/fast")]
    server.answers["/never-answers"] = [answer()]
    assert _run().stderr.startswith("2 links: 2 ok")
    assert server.asked("/fast") == ["HEAD", "GET"]
