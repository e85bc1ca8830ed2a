"""The MkDocs plugin ``briefings``: builds for publication and the live preview."""
