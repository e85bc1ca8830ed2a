"""The incremental build.

``snapshot`` holds the source files of one moment, ``file_summary`` what each refers to, and
``dependencies`` which of them each target needs. ``targets`` has a class for each kind of page.
``pipeline`` reads and checks; ``artifacts`` renders and makes the cache keys of targets. ``cache``
and ``store`` keep results, ``workers`` and ``batches`` spread work over processes.
"""
