"""What comes from elsewhere is pinned, and workflows may do only what they must."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
LOCKS = [
    ROOT / "requirements.lock",
    *sorted((ROOT / "supply").glob("*.lock")),
    *sorted((ROOT / "tests" / "builders").glob("*.lock")),
]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
#: A change from a stranger starts none but the first, and that one with a token that only reads.
TRIGGERS = {"pull_request", "push", "schedule", "workflow_dispatch"}
MAY = {
    ("audit", "audit"): {"contents": "read"},
    ("check", "check"): {"contents": "read"},
    ("publish", "build"): {"contents": "read"},
    ("publish", "publish"): {"pages": "write", "id-token": "write"},
    ("release", "build"): {"contents": "read"},
    ("release", "try"): {},
    ("release", "attest"): {"id-token": "write", "attestations": "write"},
    ("release", "publish"): {"id-token": "write"},
    ("torture", "torture"): {"contents": "read"},
}
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


class Words(yaml.SafeLoader):
    """YAML as GitHub reads it: `on` is a word."""


Words.yaml_implicit_resolvers = {
    first: [item for item in known if item[0] != "tag:yaml.org,2002:bool"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), Words)
    return read


def _steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@each_workflow
def test_every_action_is_pinned_by_a_commit_with_its_version_next_to_it(path: Path) -> None:
    used = re.findall(r"^\s*-?\s*uses:\s*(.*)$", path.read_text("utf-8"), re.M)
    assert used
    assert [action for action in used if not PINNED.fullmatch(action)] == []


def test_an_action_has_one_version_in_all_workflows() -> None:
    texts = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    used = {tuple(text.split("@")) for text in re.findall(r"uses:\s*(\S+@.*)$", texts, re.M)}
    assert len({name for name, _ in used}) == len(used)


@each_workflow
def test_no_stranger_starts_a_workflow_with_rights(path: Path) -> None:
    triggers = set(_read(path)["on"])
    assert triggers <= TRIGGERS
    rights = [
        right for (name, _), may in MAY.items() if name == path.stem for right in may.values()
    ]
    assert "write" not in rights or "pull_request" not in triggers


def test_each_job_has_the_least_rights() -> None:
    workflows = {path.stem: _read(path) for path in WORKFLOWS}
    assert [name for name, definition in workflows.items() if definition["permissions"] != {}] == []
    assert {
        (name, job): definition["permissions"]
        for name, workflow in workflows.items()
        for job, definition in workflow["jobs"].items()
    } == MAY


def test_the_job_that_may_publish_runs_nothing_of_the_repository() -> None:
    (publish,) = [path for path in WORKFLOWS if path.stem == "publish"]
    job = _read(publish)["jobs"]["publish"]
    (step,) = job["steps"]
    assert step["uses"].startswith("actions/deploy-pages@")
    assert "run" not in step
    assert job["if"] == "github.ref == 'refs/heads/main'"
    assert job["environment"]["name"] == "github-pages"


def test_a_release_is_built_once_and_tried_before_it_is_attested_and_published() -> None:
    (release,) = [path for path in WORKFLOWS if path.stem == "release"]
    workflow = _read(release)
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    jobs = workflow["jobs"]
    built = [name for name, job in jobs.items() if "make dist" in str(job)]
    assert built == ["build"]
    assert set(jobs["publish"]["needs"]) == {"build", "try", "attest"}
    assert set(jobs["attest"]["needs"]) == {"build", "try"}
    for name in ("attest", "publish"):
        uses = [step["uses"].partition("@")[0] for step in jobs[name]["steps"]]
        assert "actions/checkout" not in uses
        assert [step for step in jobs[name]["steps"] if "run" in step] == []


def test_a_release_is_published_by_trust_in_its_workflow_with_its_list_attested() -> None:
    (release,) = [path for path in WORKFLOWS if path.stem == "release"]
    jobs = _read(release)["jobs"]
    assert jobs["publish"]["environment"] == "pypi"
    (publish,) = [step for step in jobs["publish"]["steps"] if "pypi-publish" in step["uses"]]
    assert "with" not in publish, "a password, or attestations turned off"
    attested = [step["with"] for step in jobs["attest"]["steps"] if "/attest@" in step["uses"]]
    assert [step["subject-path"] for step in attested] == ["package/*", "package/*"]
    assert [step.get("sbom-path") for step in attested] == [None, "sbom/sbom.cdx.json"]


@each_workflow
def test_no_step_pastes_data_into_a_script_or_leaves_the_token_behind(path: Path) -> None:
    for step in _steps(_read(path)):
        assert "${{" not in step.get("run", ""), "give it by way of env:"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@each_workflow
def test_workflows_use_no_secrets_and_no_cache(path: Path) -> None:
    words = re.sub(r"#.*", "", path.read_text("utf-8"))
    assert re.findall(r"secrets|github\.token|GITHUB_TOKEN|cache", words) == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_requirement_of_a_lock_is_one_version_with_hashes(path: Path) -> None:
    text = path.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    wanted = re.compile(
        r"[\w.-]+(\[[\w,-]+\])?==[^\s;]+( ;[^#]*?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*"
    )
    assert [line[:80] for line in lines if not wanted.fullmatch(line)] == []


def test_every_list_of_tools_has_its_lock() -> None:
    lists = [*(ROOT / "supply").glob("*.in"), *(ROOT / "tests" / "builders").glob("*.in")]
    assert {path.with_suffix(".lock") for path in lists} < set(LOCKS)


def test_the_lock_of_npm_has_a_hash_for_each_package_and_names_no_host() -> None:
    lock = json.loads((ROOT / "tests" / "editor" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    without = [
        name
        for name, package in packages.items()
        if not package.get("integrity", "").startswith("sha512-")
    ]
    assert without == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_no_file_says_from_where_packages_come() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    files = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    names = re.compile(
        rb"--(extra-)?index-url|--find-links|--registry|_INDEX_URL|pythonhosted|registry\.npmjs"
    )
    assert [
        str(path) for path in files
        if path != Path(__file__) and path.is_file() and names.search(path.read_bytes())
    ] == []  # fmt: skip
