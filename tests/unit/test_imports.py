"""Imports point one way, and the core touches nothing outside its arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "generator"

# From what knows nothing of the others to what knows all; a line may import what stands before
# it, and, within a line, what stands to its left.
ORDER = [
    "problems",
    "yaml_text yaml_lines yaml_escapes yaml_faults yaml_signs yaml_quotes yaml_closing",
    "yaml_columns yaml_colons yaml_errors yaml_brackets yaml_source yaml_writing",
    "date_guesses dates languages lookalikes",
    "fields shape model",
    "synonyms key_names edits mistakes",
    "prose naming selection",
    "divisions routes addresses",
    "reading left_out loading",
    "replies entries roles collection",
    "overview parts outlines",
    "checks.rule checks.wording checks.older_reply checks.carries_itself checks.* checks",
    "form_rules",
    "report markup citations engine view",
    "pictures.scale pictures.timeline pictures.relations pictures.years pictures",
    "exports.shares exports.records exports.record_schema exports.jsons exports.tables",
    "exports.csv_tables exports.bibliography exports.feeds exports.cards exports.linked_data",
    "policy redirects exports.files",
    "lists rendering notices theme",
    "exports.search_words exports.search exports",
    "units error_pages",
    "schema skeleton registry importing",
    "links.judging links.targets links.pages links.places links.results links.archive",
    "links.reports links.wire links.hosts links.asking links.checking links.visiting links",
    "canonical tree project revision progress workers installed store cache shelf known chunks",
    "affected pipeline making",
    "configuration conversion layout search_files searching files_on_demand editions preview",
    "printing standing publishing building exporting",
    "inspection kept_files replacing publication",
    "commands.folders commands.model_options commands.schema commands.new commands.add",
    "commands.check commands.links commands.rules commands.import_data commands",
    "company plugin commands.build commands.export cli",
]
OUTSIDE = {
    "company",
    "plugin", "cli", "tree", "project", "revision", "searching", "printing", "exporting",
    "search_files", "conversion", "progress", "workers", "cache", "shelf", "known", "chunks",
    "installed", "store", "affected",
    "pipeline", "layout", "preview", "editions", "publishing", "making", "inspection",
    "files_on_demand", "standing", "building", "kept_files", "replacing", "publication",
    "links.wire", "links.hosts", "links.asking", "links.checking", "links.visiting",
    "configuration",
}  # fmt: skip
NOT_IN_THE_CORE = {"mkdocs", "material", "click", "os", "sys", "subprocess", "socket", "logging"}
NOT_CALLED_IN_THE_CORE = {"open", "print", "input", "now", "today", "write_text", "write_bytes"}


def _modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path
    return found


MODULES = _modules()


def _rank(module: str) -> int:
    names = [name for line in ORDER for name in line.split()]
    if module in names:
        return names.index(module)
    assert module.startswith("checks."), f"say in ORDER where generator/{module}.py belongs"
    return names.index("checks.*")


def _imported(tree: ast.AST) -> Iterator[str]:
    """The names a module imports at run time, as dotted paths."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from _imported(node)


def _own(imported: str) -> str | None:
    name = imported.removeprefix("generator.")
    if name == imported:
        return None
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_comes_before_it(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    wrong = [
        own
        for own in map(_own, _imported(tree))
        if own and own != module and _rank(own) >= _rank(module)
    ]
    assert not wrong, f"generator/{module} imports {wrong}, which come after it"


CORE = {name for name in set(MODULES) - OUTSIDE if name.partition(".")[0] != "commands"}


@pytest.mark.parametrize("module", sorted(CORE))
def test_the_core_knows_no_host_no_clock_and_no_disk(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    imported = {name.partition(".")[0] for name in _imported(tree)}
    called = {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert not imported & NOT_IN_THE_CORE
    assert not called & NOT_CALLED_IN_THE_CORE
