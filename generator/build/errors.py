"""Why a build can't go on."""

from __future__ import annotations


class BuildStoppedError(Exception):
    """A build can't go on; the message is a sentence for the user."""


class SourceChangedError(BuildStoppedError):
    """A file is not what it was when it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} changed during the run. Run the command again.")


class CacheDeletedError(BuildStoppedError):
    """Someone deleted the cache while the site was built."""

    def __init__(self) -> None:
        super().__init__("The build cache was deleted during the build. Run the build again.")
