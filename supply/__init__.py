"""Commands that check and list the packages of the project. They run in `.venv/tools`."""
