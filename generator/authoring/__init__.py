"""Writes files for authors: new briefings, registry entries, imported data, editor schemas."""
