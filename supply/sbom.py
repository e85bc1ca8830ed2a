"""List what the site is built with, as CycloneDX JSON: ``python -m supply.sbom PYTHON FILE``.

PYTHON is the interpreter of the environment that builds. `cyclonedx-py` lists its packages. Those
that only tests need are left out. What a package contains (compiled-in libraries, bundled scripts,
a program, fonts) is listed under it. The same environment gives the same bytes. SOURCE_DATE_EPOCH,
in seconds, is the list's date.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[1]
_PROJECT = ROOT / "pyproject.toml"
_FONTS = ROOT / "generator" / "fonts"
_BUNDLED = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
#: The keys that are copied from a package's own list of its parts. References would not resolve.
_KEPT = ("type", "group", "name", "version", "description", "hashes", "licenses", "purl")
Json = dict[str, Any]
Packages = dict[NormalizedName, Distribution]


def needed(asked: Iterable[str], installed: Packages) -> dict[NormalizedName, set[NormalizedName]]:
    """The packages that ``asked`` requires, directly or not, each with its own requirements."""
    requirements: dict[NormalizedName, set[NormalizedName]] = {}
    seen: set[tuple[NormalizedName, str]] = set()
    todo: list[tuple[NormalizedName | None, str, str]] = [(None, "", text) for text in asked]
    while todo:
        by, extra, text = todo.pop()
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        requirements.setdefault(name, set())
        if by is not None:
            requirements[by].add(name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                todo += [(name, wanted, line) for line in installed[name].requires or ()]
    return requirements


def carried(package: Distribution) -> Iterator[Json]:
    """What a package contains, as far as it says (PEP 770, source maps)."""
    own = canonicalize_name(package.metadata["Name"])
    bundled: set[str] = set()
    for file in package.files or ():
        path = Path(str(file.locate()))
        if ".dist-info/sboms/" in file.as_posix() and file.suffix == ".json":
            for part in json.loads(path.read_text("utf-8")).get("components", ()):
                if canonicalize_name(part["name"]) != own:
                    yield {key: part[key] for key in _KEPT if key in part}
        elif file.name.endswith((".js.map", ".css.map")):
            bundled.update(_BUNDLED.findall(path.read_text("utf-8")))
    for name in sorted(bundled):
        yield {"type": "library", "name": name, "purl": f"pkg:npm/{name.replace('@', '%40')}"}


def fonts(folder: Path) -> Iterator[Json]:
    """The fonts in the generator. Their version is in the file of their licence."""
    match = re.search(r"version ([\d.]+\d)", (folder / "LICENSE.txt").read_text("utf-8"))
    assert match, f"{folder}/LICENSE.txt doesn't say the version of the fonts"
    for path in sorted(folder.glob("*.ttf")):
        yield {
            "type": "file",
            "name": path.name,
            "version": match[1],
            "hashes": _hashes(path),
            "licenses": [{"license": {"id": "Bitstream-Vera"}}],
        }


def listed(whole: Json, project: Json, installed: Packages) -> Json:
    """The components of an environment that building the site of ``project`` needs.

    Packages for PDF files have the scope `optional`.
    """
    required = needed(project["dependencies"], installed)
    optional = project["optional-dependencies"]["pdf"]
    all_required = needed([*project["dependencies"], *optional], installed)
    kept = {
        name: component
        for component in whole["components"]
        if (name := canonicalize_name(component["name"])) in all_required
    }
    assert kept.keys() == all_required.keys(), f"not listed: {all_required.keys() - kept.keys()}"
    for name, component in kept.items():
        component["scope"] = "required" if name in required else "optional"
        if parts := list(carried(installed[name])):
            component["components"] = parts
    root = whole["metadata"]["component"]
    root["components"] = list(fonts(_FONTS))
    reference = {name: component["bom-ref"] for name, component in kept.items()}
    asked = {
        canonicalize_name(Requirement(text).name) for text in project["dependencies"] + optional
    }
    edges = [(root["bom-ref"], asked)]
    edges += [(reference[name], all_required[name]) for name in sorted(all_required)]
    return {
        **whole,
        "components": [kept[name] for name in sorted(kept)],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(reference[name] for name in names)}
            for ref, names in edges
        ],
    }


def _hashes(path: Path) -> list[Json]:
    return [{"alg": "SHA-256", "content": sha256(path.read_bytes()).hexdigest()}]


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(python: str) -> str:
    """The list of the environment of an interpreter, valid by the published schema."""
    whole = json.loads(
        _output(
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
            *("--no-validate", "--spec-version", "1.6", "--pyproject", str(_PROJECT), python),
        )
    )
    folder = _output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    packages = distributions(path=[folder])
    installed = {canonicalize_name(package.name): package for package in packages}
    project = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]
    try:
        text = json.dumps(listed(whole, project, installed), indent=2, ensure_ascii=False) + "\n"
    except KeyError as error:
        sys.exit(f"The environment of {python} has no {error}. Create it again with `make setup`.")
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The list is not as CycloneDX 1.6 has it: {wrong}")
    return text


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(main(sys.argv[1]), "utf-8")
