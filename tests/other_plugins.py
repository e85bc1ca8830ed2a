"""Other plugins and features of the theme, with what each is to do on a small fictional site.

`docs/plugins.md` is generated from this table. `tests/integration/test_other_plugins.py` builds a
site with each.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.building import ENVIRONMENT, EVERY_KEY, ROOT
from tests.distribution import once

PYTHON = ROOT / ".venv" / "builders" / "other_plugins" / "bin" / "python"
LOCK = ROOT / "tests" / "builders" / "other_plugins.lock"
URL = "https://briefings.example/"


@dataclass(frozen=True)
class Addition:
    """A plugin, feature or setting: where it is from, and what is laid over `mkdocs.yml` for it.

    ``shows`` gives words that it puts into a file of the site. ``refused`` is the sentence that
    refuses it, ``warned`` begins the one that is said of it. ``note`` is for readers of the table.
    """

    name: str
    package: str
    over: Mapping[str, Any]
    shows: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    warned: str = ""
    note: str = ""

    @property
    def kind(self) -> str:
        """The part of the table that it is in."""
        return "plugin" if "plugins" in self.over else "setting"


def _plugin(name: str, package: str, /, *, first: bool = False, **more: Any) -> Addition:
    """A plugin beside ours, with its ``options``."""
    options = more.pop("options", None)
    entry = {name: options} if options else name
    plugins = [entry, "briefings"] if first else ["briefings", entry]
    return Addition(name, package, {"plugins": plugins, **more.pop("over", {})}, **more)


def _feature(*names: str, **more: Any) -> Addition:
    return Addition(names[0], "mkdocs-material", {"theme": {"features": list(names)}}, **more)


_LANGUAGES = [
    {"locale": "en", "default": True, "name": "English"},
    {"locale": "de", "name": "Deutsch"},
]
_MATERIAL = "mkdocs-material"
_INSTANT_FEATURES = (
    "navigation.instant",
    "navigation.instant.prefetch",
    "navigation.instant.preview",
    "navigation.instant.progress",
)
_INSTANT = (
    "The theme's feature `{}` shows a page under the policy of the page before, so its scripts are "
    "blocked and the search does not work. Remove it from `features`."
)
_HAND = "pages written by hand"
_ELSEWHERE = (
    "`{}` names {}, and the pages block everything from other hosts. Put the file into the project."
)
ADDITIONS = (
    _plugin(
        "awesome-nav", "mkdocs-awesome-nav", over={"nav": None},
        shows={"about/index.html": "Notes named in a folder", "part/index.html": "../timeline/"},
    ),
    _plugin(
        "awesome-pages", "mkdocs-awesome-pages-plugin", first=True, over={"nav": None},
        shows={"about/index.html": "../timeline/"},
        note="name it before `briefings`, or it warns",
    ),
    _plugin("exclude", "mkdocs-exclude", options={"glob": ["excluded.md"]}),
    _plugin(
        "gen-files", "mkdocs-gen-files", options={"scripts": ["gen.py"]},
        shows={"by-a-script/index.html": "Fictional words of a script"},
        note="its pages are like those written by hand",
    ),
    _plugin(
        "git-authors", "mkdocs-git-authors-plugin",
        shows={"dated/index.html": "mailto:fiction@example.org"}, note=_HAND,
    ),
    _plugin(
        "git-revision-date-localized", "mkdocs-git-revision-date-localized-plugin",
        shows={"dated/index.html": "git-revision-date-localized-plugin-date"},
        note=f"{_HAND}; a briefing is dated by its own keys",
    ),
    _plugin(
        "glightbox", "mkdocs-glightbox",
        shows={"dated/index.html": 'class="glightbox"'}, note=_HAND,
    ),
    _plugin(
        "include-markdown", "mkdocs-include-markdown-plugin",
        options={"opening_tag": "<!--", "closing_tag": "-->"},
        shows={"including/index.html": "A fictional part"}, note=_HAND,
    ),
    _plugin(
        "literate-nav", "mkdocs-literate-nav", options={"nav_file": "SUMMARY.md"},
        over={"nav": [{"Home": "index.md"}, {"Notes": "notes/"}]},
        shows={"about/index.html": "More of the notes"},
    ),
    _plugin(
        "macros", "mkdocs-macros-plugin", shows={"about/index.html": "The sum is 42."},
        note=f"{_HAND}; braces in a briefing stay braces",
    ),
    _plugin(
        "meta-descriptions", "mkdocs-meta-descriptions-plugin",
        shows={"including/index.html": '<meta name="description" content='}, note=_HAND,
    ),
    _plugin(
        "minify", "mkdocs-minify-plugin", options={"minify_html": True},
        shows={"halden/index.html": "<!doctype html><html lang=en"},
    ),
    _plugin(
        "redirects", "mkdocs-redirects",
        options={"redirect_maps": {"old.md": "halden/index.md", "past.md": "about.md"}},
        shows={"old/index.html": "../halden/", "past/index.html": "../about/"},
        note="a redirect can lead to a briefing, whose `aliases` do the same and keep the anchor",
    ),
    _plugin(
        "rss", "mkdocs-rss-plugin", shows={"feed_rss_created.xml": f"{URL}about/"},
        note=f"{_HAND}; briefings have separate feeds",
    ),
    _plugin(
        "section-index", "mkdocs-section-index", shows={"about/index.html": 'href="../notes/"'},
    ),
    _plugin(
        "i18n", "mkdocs-static-i18n", options={"languages": _LANGUAGES},
        refused="The plugin `i18n` builds the site again for each language, which would leave out "
        "or duplicate the briefings. Remove it, and give each briefing its `language`.",
    ),
    _plugin(
        "blog", _MATERIAL,
        shows={"blog/2025/03/04/a-post/index.html": "A fictional post"}, note=_HAND,
    ),
    _plugin("meta", _MATERIAL, shows={"notes/index.html": "Described in a folder"}, note=_HAND),
    _plugin(
        "offline", _MATERIAL, 
        refused="The plugin `material/offline` makes pages that are opened without a server, where "
        "the search finds nothing. Remove it.",
    ),
    _plugin(
        "privacy", _MATERIAL, options={"assets_fetch": False},
        note="tested without fetching; what it fetches becomes the site's own",
    ),
    _plugin(
        "search", _MATERIAL, shows={"search/search_index.json": '"about/"'},
        note=f"its index has {_HAND} only, and this site's search stays the one in the header",
    ),
    _plugin(
        "social", _MATERIAL,
        refused="The plugin `material/social` draws a second picture for each page, with fonts "
        "from another host. Remove it: every briefing has a card already.",
    ),
    _plugin("tags", _MATERIAL, shows={"dated/index.html": "Fictional tag"}, note=_HAND),
    _plugin("typeset", _MATERIAL, shows={"about/index.html": "The sum"}, note=_HAND),
    *(_feature(name, refused=_INSTANT.format(name)) for name in _INSTANT_FEATURES),
    _feature("navigation.tabs", "navigation.tabs.sticky", shows={"halden/index.html": "md-tabs"}),
    _feature("navigation.indexes"),
    _feature("navigation.sections"),
    _feature("navigation.path"),
    _feature("navigation.prune"),
    _feature("navigation.tracking"),
    _feature("toc.integrate"),
    _feature("header.autohide"),
    _feature("announce.dismiss"),
    _feature("content.code.copy"),
    _feature("content.tooltips"),
    _feature(
        "search.suggest", "search.highlight", "search.share",
        note="a feature of Material's search; it has no effect on this site's search",
    ),
    Addition(
        "use_directory_urls: false", "mkdocs", {"use_directory_urls": False},
        shows={"halden/index.html": 'href="../about.html"'},
    ),
    Addition(
        "hooks", "mkdocs", {"hooks": ["hook.py"]},
        shows={"halden/index.html": "<!--hooked-->", "about/index.html": "Hooked words"},
        note="`on_page_context`, `on_post_page` and what isn't about pages; those of a page's "
        f"source, such as `on_page_markdown`, have {_HAND} only",
    ),
    Addition(
        "theme: language", _MATERIAL, {"theme": {"language": "nl"}},
        shows={"halden/index.html": '<div lang="en" dir="ltr">', "feeds/all.xml": 'span lang="en"'},
        note="pages are in nine languages; in another, the site's own words are marked as English",
    ),
    Addition(
        "theme: font", _MATERIAL, {"theme": {"font": {"text": "Inter"}}},
        warned="briefings: `theme: font` fetches fonts from another host",
        note="write `font: false`, or fetch fonts with the plugin `privacy`",
    ),
    Addition(
        "extra: analytics", _MATERIAL,
        {"extra": {"analytics": {"provider": "google", "property": "G-FICTION"}}},
        refused="`extra: analytics` needs a script from another host, and the pages block it. "
        "Remove it, and count visits in your server's log.",
    ),
    Addition(
        "extra: consent", _MATERIAL,
        {"extra": {"consent": {"title": "Fictional", "description": "Nothing is kept."}}},
        shows={"halden/index.html": "Nothing is kept."},
    ),
    Addition(
        "extra: social", _MATERIAL,
        {"extra": {"social": [{"icon": "material/rss", "link": "https://social.example/"}]}},
        shows={"halden/index.html": "https://social.example/"},
    ),
    Addition(
        "extra_javascript", "mkdocs", {"extra_javascript": ["https://scripts.example/a.js"]},
        refused=_ELSEWHERE.format("extra_javascript", "https://scripts.example/a.js"),
    ),
    Addition(
        "extra_css", "mkdocs", {"extra_css": ["https://styles.example/a.css"]},
        refused=_ELSEWHERE.format("extra_css", "https://styles.example/a.css"),
    ),
)  # fmt: skip

#: What a sum between braces is, as an author of a briefing typed it.
TYPED = "The sum {{ 6*7 }} and {% raw %} are typed so."
_FILES = {
    "briefings/about.md": "# About\n\nHand-written words. The sum is {{ 6*7 }}. "
    "[Halden](halden/index.md)\n",
    "briefings/dated.md": "---\ntags: [Fictional tag]\n---\n# Dated\n\nChanged "
    "{{ git_revision_date_localized }} by {{ git_page_authors }}.\n\n![A map](map.png)\n",
    "briefings/including.md": '# Including\n\n<!--include-markdown "part.md"-->\n\n'
    "A paragraph of fictional words.\n",
    "briefings/part.md": "A fictional part.\n",
    "briefings/excluded.md": "# Excluded\n",
    "briefings/notes/index.md": "# Notes\n\nFictional.\n",
    "briefings/notes/more.md": "# More\n\nFictional.\n",
    "briefings/notes/SUMMARY.md": "* [All notes](index.md)\n* [More of the notes](more.md)\n",
    "briefings/notes/.nav.yml": "title: Notes named in a folder\n",
    "briefings/notes/.meta.yml": "description: Described in a folder\n",
    "briefings/blog/index.md": "# Blog\n",
    "briefings/blog/posts/a-post.md": "---\ndate: 2025-03-04\n---\n# A post\n\n"
    "A fictional post.\n",
    "gen.py": "import mkdocs_gen_files\n\n"
    'with mkdocs_gen_files.open("by-a-script.md", "w") as file:\n'
    '    file.write("# By a script\\n\\nFictional words of a script.\\n")\n',
    "hook.py": "def on_page_markdown(markdown, page, config, files):\n"
    '    return markdown.replace("Hand-written", "Hooked").replace("typed", "Hooked")\n\n\n'
    "def on_post_page(output, page, config):\n"
    '    return output.replace("</body>", "<!--hooked--></body>")\n',
}  # fmt: skip
_GIT = ["git", "-c", "user.name=Fiction", "-c", "user.email=fiction@example.org"]


def fictional_project(folder: Path) -> Path:
    """A fictional site with the shipped theme, and pages that other plugins have work on."""
    shutil.copytree(EVERY_KEY, folder)
    shutil.copytree(ROOT / "site_overrides", folder / "site_overrides")
    for path, text in _FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    shutil.copy(ROOT / "docs" / "briefing.png", folder / "briefings" / "map.png")
    halden = folder / "briefings" / "halden.yml"
    summary = "summary: >\n"
    text = halden.read_text("utf-8")
    assert summary in text
    halden.write_text(text.replace(summary, f"{summary}  {TYPED}\n", 1), "utf-8")
    shipped = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV SITE_URL", URL)
    own = yaml.safe_load((EVERY_KEY / "mkdocs.yml").read_text("utf-8"))
    config = {
        **yaml.safe_load(shipped),
        "site_name": own["site_name"],
        "plugins": ["briefings"],
        "nav": [*own["nav"], {"Notes": ["notes/index.md", "notes/more.md"]}],
        "not_in_nav": "part.md\nexcluded.md\ndated.md\nincluding.md\n/blog/\nby-a-script.md\n",
        "validation": {"links": {"not_found": "warn"}},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Fiction"]):
        subprocess.run([*_GIT, *command], cwd=folder, check=True)
    return folder


#: Files that are looked at after each build.
WATCHED = sorted(
    {"halden/index.html", "actors/norland/index.html", "data/bibliography.bib", "feeds/all.json",
     "excluded/index.html", *(path for addition in ADDITIONS for path in addition.shows)}
)  # fmt: skip


def outcomes(project: Path, cases: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What comes of building ``project`` with each of ``cases`` laid over its configuration."""
    given = {name: {"over": over, "watched": WATCHED} for name, over in cases.items()}
    done = subprocess.run(
        [str(PYTHON), str(ROOT / "tests" / "other_plugins_builds.py"), str(project)],
        input=json.dumps(given),
        env={**os.environ, **ENVIRONMENT, "BRIEFINGS_CACHE": str(project.parent / "cache")},
        cwd=project,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, Any] = json.loads(done.stdout)
    return results


def together(additions: Iterable[Addition]) -> dict[str, Any]:
    """One configuration with all of these plugins, features and settings."""
    over: dict[str, Any] = {"plugins": ["briefings"], "theme": {"features": []}, "extra": {}}
    for addition in additions:
        over["plugins"] += [
            entry for entry in addition.over.get("plugins", ()) if entry != "briefings"
        ]
        over["theme"]["features"] += addition.over.get("theme", {}).get("features", ())
        over["extra"] |= addition.over.get("extra", {})
        rest = {key: value for key, value in addition.over.items() if key not in over}
        over |= rest
    return over


WORKING = [addition for addition in ADDITIONS if not addition.refused]
REFUSED = [addition for addition in ADDITIONS if addition.refused]
#: These make menus in ways of their own.
_MENUS = ("awesome-nav", "awesome-pages", "literate-nav")
_APART = (*_MENUS, "minify", "use_directory_urls: false", "theme: language", "theme: font")
FIRST = [addition for addition in WORKING if addition.name not in _APART]
SECOND = [
    addition
    for addition in WORKING
    if addition.name in ("awesome-nav", "minify", "redirects", "macros")
]
#: Builds that have a test each, in the same project.
_OTHERS: dict[str, dict[str, Any]] = {
    "a script that takes a place": {
        "plugins": ["briefings", {"gen-files": {"scripts": ["gen_taken.py"]}}]
    },
    "a redirect that takes a place": {
        "plugins": [
            "briefings",
            {"redirects": {"redirect_maps": {"timeline/2025.md": "about.md"}}},
        ]
    },
    "a redirect of an edition": {
        "plugins": [
            {"briefings": {"languages": ["en", "fr"], "untranslated": "leave_out"}},
            {"redirects": {"redirect_maps": {"old.md": "halden/index.md"}}},
        ]
    },
}


def built_once(factory: pytest.TempPathFactory, torture: bool) -> tuple[Path, dict[str, Any]]:
    """The site with all of ``FIRST``, and what came of each build, by the name of the plugin or
    feature. The first worker of this run to ask for it builds all.
    """
    cases: dict[str, Any] = {
        "alone": {},
        **{addition.name: addition.over for addition in REFUSED},
        **_OTHERS,
        "first": together(FIRST),
    }
    if torture:
        cases |= {addition.name: addition.over for addition in WORKING}
    else:
        cases |= {
            "second": together(SECOND),
            "theme: language": next(
                addition.over for addition in WORKING if addition.name == "theme: language"
            ),
        }
    named = {re.sub(r"\W+", "-", name): over for name, over in cases.items()}

    def build_all(folder: Path) -> None:
        project = fictional_project(folder / "project")
        script = (project / "gen.py").read_text("utf-8")
        taken = script.replace("by-a-script", "Actors/Esteria")
        (project / "gen_taken.py").write_text(taken, "utf-8")
        made = outcomes(project, named)
        (folder / "outcomes.json").write_text(json.dumps(made), "utf-8")

    folder = once(factory, "other-plugins-outcomes", build_all)
    made = json.loads((folder / "outcomes.json").read_text("utf-8"))
    by_name = {name: made[re.sub(r"\W+", "-", name)] for name in cases}
    if not torture:
        by_name |= {addition.name: by_name["second"] for addition in SECOND}
        by_name |= {addition.name: by_name["first"] for addition in FIRST}
    return folder / "project" / "sites" / "first", by_name


def table() -> str:
    """`docs/plugins.md`."""
    versions = dict(re.findall(r"^([\w.-]+)==([\w.]+)", LOCK.read_text("utf-8"), re.MULTILINE))
    rows: dict[str, list[str]] = {"plugin": [], "setting": []}
    for addition in ADDITIONS:
        works = "works, with a warning" if addition.warned else "works"
        result = "refused" if addition.refused else works
        package = f"{addition.package} {versions[addition.package]}"
        cells = (f"`{addition.name}`", package, result, addition.refused or addition.note)
        rows[addition.kind].append(f"| {' | '.join(cells)} |")
    head = "| name | tested with | result | note |\n| --- | --- | --- | --- |"
    return "\n".join(
        [
            "# Other plugins and features of the theme",
            "",
            "Other plugins get the source of pages written by hand, and the finished HTML of",
            "generated pages (`on_post_page`). They don't get the source of generated pages, so",
            "braces that an author typed stay text. A build refuses what can't work here, with a",
            "message that says why and what to do.",
            "",
            "A test builds a site with each of these. This page is its table.",
            "",
            "## Plugins",
            "",
            head,
            *rows["plugin"],
            "",
            "## Features and settings",
            "",
            head,
            *rows["setting"],
            "",
            "For plugins that aren't listed: a plugin that changes the source or content of pages",
            "gets only pages written by hand. A plugin that adds a file where the site has one is",
            "refused. So is a redirect from such an address.",
            "",
        ]
    )
