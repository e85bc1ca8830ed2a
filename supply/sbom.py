"""List what the site is built with, as CycloneDX JSON: ``python -m supply.sbom PYTHON FILE``.

PYTHON is the interpreter of the environment that builds. `cyclonedx-py` tells what is in there;
what the project asks for only to test itself is left out, and what packages carry inside them
(libraries compiled in, scripts bundled, a program, fonts) is put under the package that does.
The same environment gives the same bytes; SOURCE_DATE_EPOCH, in seconds, becomes the list's date.
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
#: What is taken from a package's own list of its parts; its cross-references would mean nothing.
_KEPT = ("type", "group", "name", "version", "description", "hashes", "licenses", "purl")
Json = dict[str, Any]
Packages = dict[NormalizedName, Distribution]


def needed(asked: Iterable[str], there: Packages) -> dict[NormalizedName, set[NormalizedName]]:
    """The packages that requirements lead to, each with those it asks for itself, by name."""
    found: dict[NormalizedName, set[NormalizedName]] = {}
    seen: set[tuple[NormalizedName, str]] = set()
    todo: list[tuple[NormalizedName | None, str, str]] = [(None, "", one) for one in asked]
    while todo:
        by, extra, text = todo.pop()
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found.setdefault(name, set())
        if by is not None:
            found[by].add(name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                todo += [(name, wanted, one) for one in there[name].requires or ()]
    return found


def carried(package: Distribution) -> Iterator[Json]:
    """What a package carries inside it, as far as it tells (PEP 770, source maps, programs)."""
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
    """The fonts in the generator; their version stands in the file of their licence."""
    told = re.search(r"version ([\d.]+\d)", (folder / "LICENSE.txt").read_text("utf-8"))
    assert told, f"{folder}/LICENSE.txt doesn't say the version of the fonts"
    for path in sorted(folder.glob("*.ttf")):
        yield {
            "type": "file",
            "name": path.name,
            "version": told[1],
            "hashes": _hashes(path),
            "licenses": [{"license": {"id": "Bitstream-Vera"}}],
        }


def listed(whole: Json, project: Json, there: Packages) -> Json:
    """The list of an environment, brought down to what builds the site of ``project``.

    What only PDF files need has the scope `optional`.
    """
    required = needed(project["dependencies"], there)
    optional = project["optional-dependencies"]["pdf"]
    every = needed([*project["dependencies"], *optional], there)
    kept = {
        name: one
        for one in whole["components"]
        if (name := canonicalize_name(one["name"])) in every
    }
    assert kept.keys() == every.keys(), f"not listed: {every.keys() - kept.keys()}"
    for name, one in kept.items():
        one["scope"] = "required" if name in required else "optional"
        if parts := list(carried(there[name])):
            one["components"] = parts
    root = whole["metadata"]["component"]
    root["components"] = list(fonts(_FONTS))
    reference = {name: one["bom-ref"] for name, one in kept.items()}
    asked = {canonicalize_name(Requirement(one).name) for one in project["dependencies"] + optional}
    edges = [(root["bom-ref"], asked)]
    edges += [(reference[name], every[name]) for name in sorted(every)]
    return {
        **whole,
        "components": [kept[name] for name in sorted(kept)],
        "dependencies": [
            {"ref": one, "dependsOn": sorted(reference[name] for name in names)}
            for one, names in edges
        ],
    }


def _hashes(path: Path) -> list[Json]:
    return [{"alg": "SHA-256", "content": sha256(path.read_bytes()).hexdigest()}]


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(python: str) -> str:
    """The list of the environment of an interpreter, found right by the published schema."""
    whole = json.loads(
        _output(
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
            *("--no-validate", "--spec-version", "1.6", "--pyproject", str(_PROJECT), python),
        )
    )
    folder = _output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    there = {canonicalize_name(one.name): one for one in distributions(path=[folder])}
    project = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]
    try:
        text = json.dumps(listed(whole, project, there), indent=2, ensure_ascii=False) + "\n"
    except KeyError as error:
        sys.exit(f"The environment of {python} has no {error}. Make it again with `make setup`.")
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The list is not as CycloneDX 1.6 has it: {wrong}")
    return text


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(main(sys.argv[1]), "utf-8")
