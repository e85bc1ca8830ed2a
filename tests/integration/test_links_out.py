"""A link in the folder of the briefings publishes nothing that lies elsewhere."""

from __future__ import annotations

import pytest

from tests.building import Built, build, every_key_project

SECRET = "A fictional secret."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A project with links to a file, a page and a folder elsewhere, and to a file of its own."""
    folder = tmp_path_factory.mktemp("links")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.txt").write_text(SECRET, "utf-8")
    (elsewhere / "secret.md").write_text(f"# Secret\n\n{SECRET}\n", "utf-8")
    project = every_key_project(folder / "project")
    briefings = project / "briefings"
    (briefings / "own.csv").write_text("Fictional, too.", "utf-8")
    (briefings / "file.txt").symlink_to(elsewhere / "secret.txt")
    (briefings / "page.md").symlink_to(elsewhere / "secret.md")
    (briefings / "folder").symlink_to(elsewhere, target_is_directory=True)
    (briefings / "within.csv").symlink_to(briefings / "own.csv")
    return build(project, folder / "site", "--strict")


def test_what_a_link_leads_to_elsewhere_is_not_published(site: Built) -> None:
    assert site.code == 0, site.output
    leaked = [
        path for path in site.folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]  # fmt: skip
    assert leaked == []
    published = {path.relative_to(site.folder).parts[0] for path in site.folder.rglob("*")}
    assert published.isdisjoint({"file.txt", "page", "folder"})


def test_a_link_within_the_folder_is_followed(site: Built) -> None:
    assert (site.folder / "within.csv").read_text("utf-8") == "Fictional, too."


def test_the_search_knows_nothing_of_it(site: Built) -> None:
    assert [record for record in site.search_index if SECRET in record["text"]] == []
