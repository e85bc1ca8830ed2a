"""Whatever the documents name is there: files, commands, options, rules, modules and tests."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from generator.cli.main import main

ROOT = Path(__file__).parents[2]
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND_LINE = re.compile(
    r"^(?:\$ )?((?:\.venv/bin/)?briefings|make|python -m)\b[^\n#]*", re.MULTILINE
)
_PATH = re.compile(r"(?:[\w.*-]+/)*[\w.*-]+\.(?:py|md|toml|css|js|html|lock|in|txt)|(?:[\w.-]+/)+")
_NAME = re.compile(r"[A-Za-z_][\w.-]*\w")
#: What other programs and standards call by these names.
ELSEWHERE = frozenset(
    [
        "CODEOWNERS",
        "ClaimReview",
        "ETag",
        "Last-Modified",
        "Retry-After",
        "User-Agent",
        "XDG_CACHE_HOME",
        "_headers",
        "certifi",
        "mod_headers",
        "robots.txt",
        "on_page_content",
        "on_page_context",
        "on_page_markdown",
        "on_post_page",
        "implied",
        "github-pages",
    ]
)
#: Files and folders that a command makes, or that are on other machines.
MADE = frozenset(
    [
        "site/",
        "site/africa/",
        "overrides/",
        "overrides/main.html",
        "overrides/assets/logo.svg",
        "overrides/partials/copyright.html",
        "search-index/",
        "sources/ba/",
        "timeline/2024-08/",
        "/africa/",
        ".well-known/",
        "ads.txt",
        "humans.txt",
        "inside/x.md",
        "llms.txt",
        "x.yml.txt",
        "feeds/topics/",
        "feeds/places/",
        "dist/",
        "search.js",
        "events/",
        "generator/templates/events.md",
        "generator/build/targets/events.py",
    ]
)


@cache
def _tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for path in done.stdout.splitlines() if (ROOT / path).is_file()]


#: Generated from the program, so that it names what there is.
GENERATED = ("docs/commands.md",)
_GENERATED_PART = re.compile(r"<!-- parts of the theme: begin -->.*?<!-- parts", re.DOTALL)
DOCUMENTS = sorted(
    path
    for path in _tracked()
    if path.endswith(".md") and ("/" not in path or path[:5] == "docs/") and path not in GENERATED
)


@cache
def _code() -> str:
    """All text of the repository but its documents."""
    texts = []
    for path in _tracked():
        if path not in DOCUMENTS and not path.endswith((".lock", ".png")):
            texts.append(path)
            texts.append((ROOT / path).read_text("utf-8", "ignore"))
    return "\n".join(texts)


def _spans(path: str) -> Iterator[str]:
    text = _GENERATED_PART.sub("", (ROOT / path).read_text("utf-8"))
    yield from (match[1] for match in _SPAN.finditer(_FENCE.sub("", text)))
    for block in _FENCE.finditer(text):
        yield from (match[0].strip() for match in _COMMAND_LINE.finditer(block[1]))


@cache
def _options(command: click.Command) -> frozenset[str]:
    context = click.Context(command, **main.context_settings)
    return frozenset(
        option for parameter in command.get_params(context)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    ) | {"--help"}  # fmt: skip


def _fault_of_command(words: list[str]) -> str:
    """What is wrong with a `briefings` command; "" if nothing is."""
    command: click.Command = main
    for word in words:
        if word.startswith("--"):
            if word.partition("=")[0] not in _options(command):
                return f"no option {word}"
        elif isinstance(command, click.Group):
            names = word.split("|")
            commands = [command.get_command(click.Context(command), name) for name in names]
            if None in commands:
                return f"no command {word}"
            command = commands[0] or command
    return ""


def _fault_of_make(words: list[str]) -> str:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    if words and not re.search(rf"^{re.escape(words[0])}:", makefile, re.MULTILINE):
        return f"no target {words[0]}"
    text = " ".join(words)
    for selected in re.findall(r"-k (\w+)", text):
        if not any(selected in test for test in _tests()):
            return f"no test named {selected}"
    return ""


@cache
def _tests() -> frozenset[str]:
    names = {path for path in _tracked() if path.startswith("tests/")}
    for path in list(names):
        if path.endswith(".py"):
            names.update(re.findall(r"def (test_\w+)", (ROOT / path).read_text("utf-8")))
    return frozenset(names)


def _fault_of_path(path: str) -> str:
    pattern = re.escape(path.rstrip("/")).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
    ending = "/" if path.endswith("/") else "$"
    known = re.compile(rf"(^|/){pattern}{ending}")
    return "" if any(known.search(tracked) for tracked in _tracked()) else "no such file or folder"


def _fault(span: str) -> str:
    """What is wrong with a name in a document; "" if nothing is, or if it names nothing of ours."""
    words = span.replace('"', " ").split()
    if words[0].removeprefix(".venv/bin/") == "briefings":
        return _fault_of_command(words[1:])
    if words[0] == "make":
        return _fault_of_make(words[1:])
    if words[0].startswith("--"):
        return "" if f'"{words[0].partition("=")[0]}' in _code() else "no such option"
    if span in MADE or span in ELSEWHERE or any(sign in span for sign in "<…{$~"):
        return ""
    if _PATH.fullmatch(span):
        return _fault_of_path(span)
    if _NAME.fullmatch(span) and span not in _code():
        parts = re.split(r"[.]", span)
        return "" if all(part in _code() for part in parts) and len(parts) > 1 else "nowhere"
    return ""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_is_there(document: str) -> None:
    faults = {span: fault for span in _spans(document) if (fault := _fault(span))}
    assert faults == {}


@pytest.mark.parametrize(
    ("span", "fault"),
    [
        ("briefings chekc", "no command chekc"),
        ("briefings check --sicne v1", "no option --sicne"),
        ("make tset", "no target tset"),
        ('make test ARGS="-k no_such_test_at_all"', "no test named no_such_test_at_all"),
        ("generator/no_such_module.py", "no such file or folder"),
        ("--no-such" + "-option", "no such option"),
    ],
)
def test_a_name_that_is_not_there_is_found(span: str, fault: str) -> None:
    assert _fault(span) == fault
