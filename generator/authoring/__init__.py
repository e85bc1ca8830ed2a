"""What writes YAML and schemas for authors.

New briefings, registry entries, JSON import, editor schemas.
"""
