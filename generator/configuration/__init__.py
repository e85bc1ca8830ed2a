"""Reads ``mkdocs.yml``.

``project`` is for the commands: the folders, the plugin's options, the severities of rules.
``mkdocs_config`` is for builds, which also need the theme and the other plugins, and loads the file
with MkDocs. Both check the options with ``plugin_settings``. ``config_file`` parses the text of the
file and knows the line of each setting.
"""
