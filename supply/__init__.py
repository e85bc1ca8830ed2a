"""Commands that judge and list what the project depends on; they run in `.venv/tools`."""
