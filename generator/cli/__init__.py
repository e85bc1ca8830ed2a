"""The command ``briefings``: one module for each subcommand."""
