"""Reads ``mkdocs.yml``: the folders of a project, the plugin's options, the rules' severities."""
