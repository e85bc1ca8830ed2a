"""What is kept holds for the software that made it: another version or other code makes it again.

Which packages the generator uses is found in its imports, not in a list.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from generator.build import cache as cache_module
from generator.build import installed_software
from generator.build.cache import generator_digest

PACKAGE = Path(installed_software.__file__).parents[1]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _third_party() -> set[str]:
    """The packages of others that any module of the generator imports, at any time."""
    names = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in _imported(ast.parse(path.read_text("utf-8")))
    }
    return names - {"generator"} - sys.stdlib_module_names


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _distributions() -> dict[str, str]:
    """Each package that the generator needs, by way of others too, with its version."""
    by_module = metadata.packages_distributions()
    waiting = [name for module in _third_party() for name in by_module[module]]
    needed: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if _canonical(name) in needed:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another system, or an extra that isn't installed
        needed[_canonical(name)] = package.version
        waiting += [re.split(r"[^\w.-]", requirement)[0] for requirement in package.requires or ()]
    return needed


def test_every_package_that_the_generator_imports_is_in_the_key_with_its_version() -> None:
    needed = _distributions()
    assert {"pydantic-core", "orjson", "langcodes", "fonttools", "jinja2"} < set(needed)
    noted = {_canonical(package.rpartition(".")[0]) for package in installed_software.software()}
    missing = [
        f"{name} {version}"
        for name, version in needed.items()
        if _canonical(f"{name}-{version}") not in noted
    ]
    assert missing == []


def test_python_and_its_tables_of_characters_are_in_the_key() -> None:
    described = installed_software.software()
    assert f"CPython {'.'.join(map(str, sys.version_info[:3]))}" in described
    assert any(part.startswith("Unicode 1") for part in described)


def _site(folder: Path, *names: str) -> str:
    for name in names:
        (folder / f"{name}.dist-info").mkdir(parents=True)
    return str(folder)


def test_another_version_of_any_package_makes_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = []
    for version in ("1.5.0", "1.5.0", "1.6.0"):
        folder = tmp_path / str(len(keys))
        monkeypatch.setattr(sys, "path", [_site(folder, f"orjson-{version}"), "/nowhere"])
        keys.append(generator_digest())
    assert keys[0] == keys[1] != keys[2]


def test_code_counts_as_it_was_loaded_and_templates_as_they_are_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "_PACKAGE", tmp_path)
    cache_module._loaded.cache_clear()
    try:
        (tmp_path / "x.py").write_text("one")
        (tmp_path / "x.html").write_text("one")
        first = generator_digest()
        (tmp_path / "x.py").write_text("two")
        assert generator_digest() == first
        (tmp_path / "x.html").write_text("two")
        changed = generator_digest()
        assert changed != first
        cache_module._loaded.cache_clear()
        assert generator_digest() not in (first, changed)
    finally:
        cache_module._loaded.cache_clear()


def _project_code() -> dict[str, str]:
    parts = installed_software.project_code()
    return {
        Path(str(path)).name: content.decode()
        for path, content in zip(parts[::2], parts[1::2], strict=True)
        if isinstance(content, bytes)
    }


def test_a_projects_own_code_is_listed_with_its_content_and_that_of_packages_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fictional_hook.py").write_text("A = 1\n")
    package = tmp_path / "fictional_extension"
    package.mkdir()
    (package / "__init__.py").write_text("B = 1\n")
    (package / "late.py").write_text("C = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("fictional_hook", "fictional_extension"):
        monkeypatch.delitem(sys.modules, name, raising=False)
        __import__(name)
    contents = _project_code()
    assert contents["fictional_hook.py"] == "A = 1\n"
    assert contents["late.py"] == "C = 1\n"
    assert not {"installed.py", "ast.py", "main.py"} & set(contents)
    (package / "late.py").write_text("C = 2\n")
    assert _project_code()["late.py"] == "C = 2\n"
    for name in ("fictional_hook", "fictional_extension"):
        monkeypatch.delitem(sys.modules, name)
    assert "late.py" not in _project_code()
