"""What bad files cost: no command takes more than 300 MB for them, nor hangs.

Each command runs in a separate process, which reports what it took: CPU seconds, not those of a
clock. With `--torture` each file may take the one second that is promised;
`tests/reading/test_bad_files.py` has the limit of the default run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_files import bad_files
from tests.building import ENVIRONMENT, every_key_project
from tests.fiction import files

MEGABYTES = 300
SECONDS = 1
LARGE = 100_000
#: Without `--torture`, `briefings check` reads one large file in so many, and `mkdocs build` one.
LARGE_IN = 4

# Of a process that has just begun, Linux tells as the most memory what its parent held.
_HELD = """
import resource

def held():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
"""
_READ = f"""{_HELD}
import json, sys, time
from contextlib import closing
from generator.build.cache import Cache
from generator.rules.base import CheckSettings
from generator.build.pipeline import Pipeline
from tests.bad_files import bad_files
from tests.fiction import files

took = {{}}
for case in bad_files():
    began = time.process_time()
    with closing(Cache(None)) as cache:
        pipeline = Pipeline(cache, jobs=1)
        pipeline.problems(pipeline.read(files({{}}) | {{case.file: case.content}}), CheckSettings())
    took[case.name] = time.process_time() - began
print(json.dumps([took, held()]))
"""
_COMMAND = f"""{_HELD}
import sys
sys.argv = {{arguments!r}}
try:
    {{call}}
finally:
    own = resource.getrusage(resource.RUSAGE_SELF)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("took", own.ru_utime + own.ru_stime, max(held(), workers.ru_maxrss))
"""
_MKDOCS = "from mkdocs.__main__ import cli; cli()"
_BRIEFINGS = "from generator.cli.main import main; main()"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it tells no such figures")


def _run(code: str, folder: Path, seconds: int = 240) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    return done.stdout


def _megabytes(max_rss: float) -> float:
    return max_rss / (1024 if sys.platform != "darwin" else 1024 * 1024)


@pytest.mark.torture
def test_reading_and_checking_a_bad_file_takes_little(pytestconfig: pytest.Config) -> None:
    took, most = json.loads(_run(_READ, pytestconfig.rootpath))
    assert took.keys() == {case.name for case in bad_files()}
    assert {name: seconds for name, seconds in took.items() if seconds > SECONDS} == {}
    assert _megabytes(most) < MEGABYTES


def _project(folder: Path, large_in: int) -> Path:
    """A sound project with the bad files that a disk can hold: of the large ones every n-th."""
    project = every_key_project(folder / "project")
    large = [case for case in bad_files() if len(case.content) > LARGE]
    left_out = {case.name for case in large} - {case.name for case in large[::large_in]}
    for number, case in enumerate(bad_files()):
        named = case.name.startswith("name: ") and case.file not in ("briefings/../x.yml",)
        path = project / (case.file if named else f"briefings/bad-{number}.yml")
        writable = len(path.name) < 256 and path.name not in (".yml", "..yml")
        if writable and case.name not in left_out:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(case.content)
    for path, content in files({}).items():
        if not (project / path).exists():
            (project / path).write_bytes(content)
    return project


@pytest.mark.parametrize(
    ("call", "arguments", "message"),
    [
        (_MKDOCS, ["mkdocs", "build"], "Nothing was built: "),
        pytest.param(
            _BRIEFINGS,
            ["briefings", "check", "--format", "json"],
            " errors, ",
            marks=pytest.mark.torture,
        ),
        (_BRIEFINGS, ["briefings", "check"], " errors, "),
    ],
    ids=["mkdocs build", "briefings check as JSON", "briefings check"],
)
def test_a_project_of_bad_files_is_refused_with_every_place_and_no_traceback(
    tmp_path: Path, torture: bool, call: str, arguments: list[str], message: str
) -> None:
    project = _project(tmp_path, 1 if torture else sys.maxsize if call == _MKDOCS else LARGE_IN)
    output = _run(_COMMAND.format(arguments=arguments, call=call), project)
    assert "Traceback" not in output
    assert message in output
    *_, last = output.strip().splitlines()
    word, seconds, most = last.split()
    assert word == "took"
    # All together are 40 MB, which are held while they are read.
    assert _megabytes(float(most)) < MEGABYTES
    assert float(seconds) < len(bad_files()) * SECONDS
    named = set(re.findall(r"briefings/[^\n]*?\.yml(?=[:\"])", output))
    assert len(named) > (130 if torture else 100)
