"""No two pages or files have the same address."""

from collections.abc import Iterator

from generator.addresses import reserved, urls
from generator.reading.file_names import RESERVED_NAMES
from generator.reading.loader import BRIEFINGS, LoadedProject
from generator.reading.problems import Location, Problem
from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Two pages with one address would overwrite each other.",
    passing="aliases: [old-name]",
    failing="aliases: [actors]",
    can_be_set=False,
)
def rule(context: RuleContext) -> Findings:
    briefing, loaded = context.briefing, context.loaded
    if context.registry:
        yield from _entries(context)
    if briefing is None:
        return
    addresses = loaded.addresses
    if by_hand := addresses.by_hand(urls.redirect_page(briefing.id)):
        yield Finding(
            (),
            f"briefings/{by_hand} has the same address as this briefing.",
            "Rename one of the two files.",
        )
    if entry := next(filter(None, map(addresses.entry, urls.briefing_files(briefing.id))), ""):
        message = f"This briefing has the same address as {entry}."
        yield Finding((), message, "Rename this file.")
    for index, alias in enumerate(briefing.model.aliases):
        path = ("aliases", index)
        page = urls.redirect_page(alias)
        is_briefing = alias in loaded.briefings or alias in loaded.broken
        file = f"{alias}.yml" if is_briefing else addresses.by_hand(page)
        hint = "Remove the alias."
        if alias == briefing.id:
            yield Finding(path, f"`{alias}` is this briefing's own address.", hint)
        elif file:
            message = f"The former address `{alias}` is the address of briefings/{file}."
            yield Finding(path, message, hint)
        elif alias in RESERVED_NAMES:
            yield Finding(path, f"The site itself needs the address `{alias}`.", hint)
        elif owner := reserved.owner(page) or addresses.entry(page):
            message = f"The site itself can need the address `{alias}`, for {owner}."
            yield Finding(path, message, hint)
        elif (first := min(loaded.aliases[alias])) < briefing.id:
            message = f"The former address `{alias}` is also that of `{first}`."
            hint = "It can lead to one briefing only. Remove it from one of them."
            yield Finding(path, message, hint)


def _entries(context: RuleContext) -> Findings:
    """Entries whose feed would have the address of a file of the site itself."""
    for key in context.reading.value:
        if owner := context.loaded.addresses.owner_of_feed(context.registry, key):
            yield Finding(
                (key,),
                f"The feed of `{key}` would have the address of {owner}.",
                "Give the entry another id, here and wherever it is named.",
                key=True,
            )


def check_files(loaded: LoadedProject) -> Iterator[Problem]:
    """Problems of handwritten pages and other files whose address is already taken."""
    for clash in loaded.addresses.clashes():
        yield Problem(
            rule.id,
            rule.severity,
            Location(f"{BRIEFINGS}{clash.file}", 1, 1),
            f"This file can become `{clash.path}` on the site, which is also {clash.owner}.",
            "Give the file another name.",
        )
