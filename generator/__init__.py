"""Turns YAML briefings on disputed matters into a checked, cross-linked site.

Each package imports only packages further down in this list:

- ``cli``, ``mkdocs_plugin``: the command ``briefings``, and the plugin that MkDocs runs.
- ``authoring``, ``publishing``: write YAML for authors; write, validate and swap in a built site.
- ``configuration``, ``build``: read ``mkdocs.yml``; build incrementally, with a cache.
- ``exports``, ``search``: data files next to the pages; the search index.
- ``rules``, ``rendering``: editorial rules; Markdown pages from templates.
- ``collection``, ``linkcheck``: all briefings linked to each other; check of their URLs.
- ``reading``: files to values, with the position of each problem.
- ``locale``: the texts of pages, and dates and numbers, in the language of a site.
- ``model``, ``addresses``: the briefing format as types; URLs and paths on the site.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # somebody runs the code without installing it
    raise SystemExit(
        "Briefings need Python 3.11 or newer, and this is Python {}.{}. Install a newer Python, "
        "and create the environment with it.".format(*sys.version_info[:2])
    )
