"""``mkdocs.yml``: where a project is, its plugin options, how its rules are set."""
