"""Problems with the names of files: a briefing's name becomes its address, a registry has a fixed
name, and a file of another type may be published by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from generator.addresses import reserved, urls
from generator.model.ids import read_id
from generator.reading.problems import Location, Problem, Severity, file_problem, nearest
from generator.reading.selection import SOURCE_TYPES, is_copy
from generator.reading.validation import REGISTRIES

#: Names that the site needs for its own pages and folders.
RESERVED_NAMES = frozenset(
    ["actors", "topics", "places", "sources", "timeline", "changes", "search", "data", "feeds",
     "assets", "index"]
)  # fmt: skip
#: Names of devices on Windows. A checkout there could not contain the file.
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_RENAME = "Give the file another name."


def briefing_name_problems(path: str, name: str) -> Iterator[Problem]:
    """The problems of a briefing's id ``name``, which is also its address."""
    owners = filter(None, map(reserved.owner, urls.briefing_files(name)))
    if name in RESERVED_NAMES:
        yield file_problem("file-name", path, f"The site itself needs the name `{name}`.", _RENAME)
    elif owner := next(owners, ""):
        message = f"The site itself can need the address `{name}`, for {owner}."
        yield file_problem("address-taken", path, message, _RENAME)
    for part in name.split("/"):
        try:
            read_id(part)
        except PydanticCustomError as error:
            context = error.context or {}
            message = f"The file's name becomes its address. {context.get('message', '')}"
            yield file_problem("file-name", path, message, str(context.get("hint", "")))
            continue
        if part in DEVICE_NAMES:
            message = f"`{part}` is a device's name on Windows."
            yield file_problem("file-name", path, message, _RENAME)


def briefing_ending_problem(path: str, name: str) -> Problem:
    """The problem of a briefing with another ending than `.yml`."""
    message = "A briefing's file name ends in `.yml`."
    return file_problem("file-name", path, message, f"Rename it to `{name}.yml`.")


def registry_name_problems(path: str, name: str, ending: str) -> Iterator[Problem]:
    """The problem of a file that was probably meant as a registry and is not read as one."""
    if ending.casefold() not in SOURCE_TYPES:
        return
    if name in REGISTRIES and ending != "yml":
        message = "A registry's file name ends in `.yml`, so this file isn't read."
        yield file_problem("file-name", path, message, f"Rename it to `{name}.yml`.")
    if name not in REGISTRIES and (close := nearest(name, REGISTRIES)):
        message = f"There is no registry `{name}`, so this file isn't read."
        yield file_problem("file-name", path, message, f"Did you mean data/{close}.yml?")


def encoding_problems(path: str) -> Iterator[Problem]:
    """The problem of a page written by hand, or an asset, with a name that isn't UTF-8. Such a name
    may contain any other character.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "The file's name becomes its address, and is not text in UTF-8."
        yield file_problem("file-name", path, message, _RENAME)


def unpublished_file(path: str) -> Problem:
    """The warning that readers don't get a file of the briefings' folder."""
    ending = path.rpartition(".")[2]
    if is_copy(path):
        hint = "It looks like a copy of another file: delete it, or move it out of this folder."
    elif ending.casefold() in urls.PAGE_TYPES:
        hint = f"Rename it so that it ends in `.{ending.casefold()}`."
    elif ending.isalnum() and "." in path.rpartition("/")[2]:
        hint = (
            f"If readers are to get it, write `asset_types: [{ending.casefold()}]` under "
            "`briefings` in mkdocs.yml; if not, move it out of this folder."
        )
    else:
        hint = "Move it out of this folder."
    message = "Readers don't get this file: it is no briefing, no page and no asset."
    return Problem("not-published", Severity.WARNING, Location(path, 1, 1), message, hint)
