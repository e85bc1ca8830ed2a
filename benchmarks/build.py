"""How long builds, edits and checks take, side by side with other builders of the same pages.

    python -m benchmarks.build [--briefings N] [--large N] [--rounds N]

The corpus is `benchmarks.corpus`'s. Other builders get the Markdown that `briefings export` writes
of it, with the search they come with; they don't read YAML, check, or write data files. Contestants
take turns; each figure is the median of its rounds.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.corpus import Corpus
from benchmarks.processes import Run, run

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "RESULTS.md"
_BUILDERS = ROOT / ".venv" / "builders"
_MKDOCS = str(ROOT / ".venv" / "bin" / "mkdocs")
_BRIEFINGS = str(ROOT / ".venv" / "bin" / "briefings")
_MIB = 1024 * 1024
_EDITED = "matter-77"


def main() -> None:
    """Run every contest and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--briefings", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000, help="0: leave that part out")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lines: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory(prefix="briefings-bench-") as name:
        folder = Path(name)
        cold = _builds(options.briefings, options.rounds, folder, lines)
        _languages(options.briefings, folder, lines)
        _serve(options.briefings, folder, lines)
        _stages(options.briefings, options.rounds, folder, lines)
        if options.large:
            _large(options.briefings, options.large, cold, folder, lines)
    RESULTS.write_text(_table(lines, options), encoding="utf-8")
    print(RESULTS.read_text("utf-8"))


def _project(count: int, folder: Path) -> Path:
    project = folder / f"project-{count}"
    if not project.exists():
        for path, content in Corpus(count).files().items():
            file = project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        for name in ("about.md", "method.md"):
            shutil.copy(ROOT / "briefings" / name, project / "briefings")
        config = (ROOT / "mkdocs.yml").read_text("utf-8")
        lines = [line for line in config.splitlines() if not line.strip().startswith("languages:")]
        (project / "mkdocs.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        shutil.copytree(ROOT / "site_overrides", project / "site_overrides")
    return project


def _edit(project: Path, briefing: str = _EDITED) -> str:
    """Change a briefing's title; the word that is new in it."""
    path = project / "briefings" / f"{briefing}.yml"
    word = f"Edit{time.time_ns()}"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: ", f"title: {word} ", 1), encoding="utf-8")
    return word


def _builds(count: int, rounds: int, folder: Path, lines: list[tuple[str, str, str]]) -> list[Run]:
    project = _project(count, folder)
    exported = folder / "exported"
    run([_BRIEFINGS, "export", str(exported)], project, {})
    config = exported / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins: []", "plugins: [search]"))
    assert "plugins: [search]" in config.read_text("utf-8")
    # Zensical's search takes no section as long as a year of this corpus.
    for page in (exported / "docs" / "timeline").rglob("*.md"):
        text = page.read_text("utf-8").removeprefix("---\n")
        page.write_text(f"---\nsearch: {{exclude: true}}\n{text}", encoding="utf-8")
    cache = {"BRIEFINGS_CACHE": str(folder / "cache"), "NO_MKDOCS_2_WARNING": "1"}
    ours = partial(run, [_MKDOCS, "build", "-q", "-d", str(folder / "site")], project, cache)
    took: dict[str, list[Run]] = {}
    contestants: dict[str, Callable[[], Run]] = {
        "tuned": lambda: run(
            [str(_BUILDERS / "mkdocs" / "bin" / "mkdocs"), "build", "-q"], exported, cache
        ),
        "cold": ours,
        "zensical": lambda: run(
            [str(_BUILDERS / "zensical" / "bin" / "zensical"), "build", "--clean"], exported, {}
        ),
        "edit": ours,
        "same": ours,
        "four": lambda: run(
            [_MKDOCS, "build", "-q", "-d", str(folder / "site")],
            project,
            {**cache, "BRIEFINGS_CACHE": "off", "BRIEFINGS_JOBS": str(_processors())},
        ),
    }
    if _processors() < 4:
        del contestants["four"]
    for _ in range(rounds):
        for name, contestant in contestants.items():
            if name == "cold":
                shutil.rmtree(folder / "cache", ignore_errors=True)
            if name == "edit":
                _edit(project)
            took.setdefault(name, []).append(contestant())
            print(f"{name}: {took[name][-1].seconds:.1f} s", flush=True)
    tuned, zensical = _seconds(took["tuned"]), _seconds(took["zensical"])
    cold, edit, same = (_seconds(took[name]) for name in ("cold", "edit", "same"))
    what = f"{count:,} briefings"
    lines.append((f"tuned MkDocs, {what}, finished Markdown", _described(took["tuned"]), ""))
    lines.append((f"Zensical, {what}, finished Markdown, cold", _described(took["zensical"]), ""))
    lines.append(
        (f"cold build of {what}, from YAML", _described(took["cold"]), _at(cold / tuned, 0.6))
    )
    lines.append(("the same, against Zensical", f"{cold:.1f} s", _at(cold / zensical, 0.5)))
    lines.append(("build after one edit", _described(took["edit"]), _at(edit / tuned, 0.2)))
    lines.append(("build with nothing changed", _described(took["same"]), _at(same / tuned, 0.15)))
    if _processors() < 4:
        lines.append(("cold build with 2 more cores", "skipped: there are none", ""))
    return took["cold"]


def _languages(count: int, folder: Path, lines: list[tuple[str, str, str]]) -> None:
    """A site in three languages against one in one, both with cold caches and after one edit."""
    project = _project(count, folder)
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    seconds: dict[tuple[int, str], float] = {}
    for languages in (1, 3):
        if languages == 3:
            setting = "  - briefings:\n      languages: [en, fr, ar]"
            config.write_text(text.replace("  - briefings:", setting, 1), encoding="utf-8")
        cache = {"BRIEFINGS_CACHE": str(folder / f"cache-{languages}")}
        command = [_MKDOCS, "build", "-q", "-d", str(folder / f"site-{languages}")]
        for name in ("cold", "edit"):
            if name == "edit":
                _edit(project)
            seconds[languages, name] = run(command, project, cache).seconds
            print(f"{languages} languages, {name}: {seconds[languages, name]:.1f} s", flush=True)
    config.write_text(text, encoding="utf-8")
    for name, what in (("cold", "cold build"), ("edit", "build after one edit")):
        alone, together = seconds[1, name], seconds[3, name]
        label = f"{what} of {count:,} briefings in three languages, against one"
        lines.append((label, f"{together:.1f} s", _at(together / alone, 3)))


def _serve(count: int, folder: Path, lines: list[tuple[str, str, str]]) -> None:
    project = _project(count, folder)
    ours = _until_shown(project, _MKDOCS, f"{_EDITED}/", partial(_edit, project), folder, 3)
    exported = folder / "exported"
    page = exported / "docs" / _EDITED / "index.md"

    def edit() -> str:
        word = f"Edit{time.time_ns()}"
        page.write_text(f"{page.read_text('utf-8')}\n<p>{word}</p>\n", encoding="utf-8")
        return word

    artifacts = _until_shown(
        exported, str(_BUILDERS / "mkdocs" / "bin" / "mkdocs"), f"{_EDITED}/", edit, folder, 1
    )
    shown = f"{ours:.2f} s, stock serve {artifacts:.1f} s"
    lines.append((f"serve, an edit until it is shown, {count:,}", shown, _at(ours, 1, "s")))
    lines.append(("the same, against stock serve", shown, _at(ours / artifacts, 0.15)))


def _until_shown(
    project: Path, mkdocs: str, page: str, edit: Callable[[], str], folder: Path, rounds: int
) -> float:
    """Seconds from saving a file until the preview's server answers with the new page."""
    address = "127.0.0.1:8765"
    environment = {**os.environ, "BRIEFINGS_CACHE": str(folder / "cache")}
    took = []
    with (
        (folder / "serve.log").open("wb") as log,
        subprocess.Popen(
            [mkdocs, "serve", "-a", address], cwd=project, env=environment, stdout=log, stderr=log
        ) as server,
    ):
        try:
            _wait(f"http://{address}/{page}", "<html")
            for _ in range(rounds):
                time.sleep(2.5)
                word = edit()
                before = time.perf_counter()
                _wait(f"http://{address}/{page}", word)
                took.append(time.perf_counter() - before)
                print(f"serve {project.name}: {took[-1]:.2f} s", flush=True)
        finally:
            server.terminate()
    return median(took)


def _wait(url: str, word: str) -> None:
    until = time.monotonic() + 600
    while time.monotonic() < until:
        with suppress(urllib.error.URLError, OSError):
            if word in urllib.request.urlopen(url, timeout=300).read().decode():
                return
        time.sleep(0.02)
    raise RuntimeError(f"{url} never showed {word}")


def _stages(count: int, rounds: int, folder: Path, lines: list[tuple[str, str, str]]) -> None:
    """From YAML to Markdown against reading the same YAML, each in processes of its own."""
    project, cache = str(_project(count, folder)), folder / "stages"
    took: dict[str, list[float]] = {"parsing": [], "cold": [], "with caches": []}
    for _ in range(rounds):
        took["parsing"].append(_timed("benchmarks.parsing", project))
        for name in ("cold", "with caches"):
            took[name].append(_timed("benchmarks.stages", project, str(cache / "kept.sqlite")))
        shutil.rmtree(cache)
    parsing, cold, kept = (median(value) for value in took.values())
    unit = f"{1000 * parsing / count:.2f} ms a briefing to parse"
    for name, seconds, most in (("cold", cold, 4), ("with caches", kept, 0.5)):
        shown = f"{1000 * seconds / count:.2f} ms, {unit}"
        what = f"load, check, collect and render, {name}"
        lines.append((what, shown, _at(seconds / parsing, most)))


def _timed(module: str, *given: str) -> float:
    """The seconds that a module tells when it is run."""
    ran = subprocess.run(
        [sys.executable, "-m", module, *given],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True,
    )  # fmt: skip
    return float(ran.stdout)


def _large(
    count: int, large: int, cold: list[Run], folder: Path, lines: list[tuple[str, str, str]]
) -> None:
    project = _project(large, folder)
    cache = {"BRIEFINGS_CACHE": str(folder / "cache"), "NO_MKDOCS_2_WARNING": "1"}
    built = run([_MKDOCS, "build", "-q", "-d", str(folder / "large")], project, cache)
    shutil.rmtree(folder / "large")
    ratio = built.seconds / _seconds(cold) * count / large * 10
    lines.append(
        (
            f"cold build of {large:,} against {count:,}, for each tenfold",
            _described([built]),
            _at(ratio, 10.5),
        )
    )
    memory = built.memory / _MIB
    what = f"peak memory at {large:,}, with the search index"
    lines.append((what, f"{memory:.0f} MiB", _at(memory, 500, "MiB")))
    check = [_BRIEFINGS, "check", f"briefings/{_EDITED}.yml"]
    run([_BRIEFINGS, "check"], project, cache)
    time.sleep(2.5)
    run([_BRIEFINGS, "check"], project, cache)
    checks = []
    for _ in range(3):
        _edit(project)
        checks.append(run(check, project, cache))
    seconds = _seconds(checks)
    lines.append(
        (f"check of one changed file among {large:,}", _described(checks), _at(seconds, 1, "s"))
    )
    served = _until_shown(project, _MKDOCS, f"{_EDITED}/", partial(_edit, project), folder, 3)
    lines.append(
        (f"serve, an edit until it is shown, {large:,}", f"{served:.2f} s", _at(served, 3, "s"))
    )


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def _seconds(runs: list[Run]) -> float:
    return median(run.seconds for run in runs)


def _described(runs: list[Run]) -> str:
    memory = max(run.memory for run in runs) / _MIB
    return f"{_seconds(runs):.2f} s, {memory:.0f} MiB"


def _at(figure: float, most: float, target: str = "") -> str:
    reached = "reached" if figure <= most else "not reached"
    return f"{figure:.2f} {target}; at most {most}: {reached}".replace(" ;", ";")


def _table(lines: list[tuple[str, str, str]], options: argparse.Namespace) -> str:
    versions = [
        subprocess.run(
            [str(_BUILDERS / name / "bin" / name), "--version"],
            capture_output=True, text=True, check=True,
        ).stdout.strip().partition(" from ")[0]
        for name in ("mkdocs", "zensical")
    ]  # fmt: skip
    rows = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"""# Results of `make bench`

{datetime.now(UTC):%Y-%m-%d}; {platform.system()}, {platform.machine()}, {_processors()} cores;
Python {platform.python_version()}; {"; ".join(versions)}.

{options.rounds} round(s), of which medians are given; contestants in turn. Other builders lay out
the same finished pages, with their own search, which leaves the timeline out; only ours reads
YAML, checks, and writes data files and feeds. Memory is that of all processes, what they share
counted once. Figures by the briefing leave out what each process does once.

| what | figure | ratio |
| --- | --- | --- |
{rows}
"""


if __name__ == "__main__":
    main()
