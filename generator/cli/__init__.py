"""The subcommands of ``briefings``, one a module; ``cli`` registers them."""
