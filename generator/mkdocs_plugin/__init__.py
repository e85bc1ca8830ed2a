"""The MkDocs plugin ``briefings``.

``plugin`` forwards MkDocs' hooks to a mode: ``publication_mode`` or ``preview_mode``. A mode
creates a build for each run (``publication``, ``preview_site``). ``theme_pages`` renders with the
theme, ``edition_builds`` builds the other languages of a site, and ``preview_*`` serve the preview.
"""
