"""Writes, validates and publishes a built site; PDF files; export for other builders."""
