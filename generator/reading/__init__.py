"""Files to values, with the position of each problem.

``source_files`` and ``git_revision`` read bytes, ``source_text`` decodes them, and ``yaml_parser``
parses them; the other ``yaml_*`` word its problems. ``validation`` checks a file against the model,
``loader`` reads all files. ``problems`` is what a problem consists of, ``problem_formats`` how it
is printed.
"""
