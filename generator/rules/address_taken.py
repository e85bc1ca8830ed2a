"""No two pages or files have the same address."""

from collections.abc import Iterator

from generator.addresses import reserved, urls
from generator.reading.file_names import RESERVED_NAMES
from generator.reading.loader import BRIEFINGS, LoadedProject
from generator.reading.problems import Location, Problem
from generator.rules.base import Finding, Findings, RuleContext, error

_OUT = "Remove the alias."


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
        place = ("aliases", index)
        page = urls.redirect_page(alias)
        others = [owner for owner in loaded.aliases[alias] if owner != briefing.id]
        if alias == briefing.id:
            yield Finding(place, f"`{alias}` is this briefing's own address.", _OUT)
        elif alias in loaded.briefings or alias in loaded.broken:
            message = f"The former address `{alias}` is the address of briefings/{alias}.yml."
            yield Finding(place, message, _OUT)
        elif by_hand := addresses.by_hand(page):
            message = f"The former address `{alias}` is the address of briefings/{by_hand}."
            yield Finding(place, message, _OUT)
        elif alias in RESERVED_NAMES:
            yield Finding(place, f"The site itself needs the address `{alias}`.", _OUT)
        elif owner := reserved.owner(page) or addresses.entry(page):
            message = f"The site itself can need the address `{alias}`, for {owner}."
            yield Finding(place, message, _OUT)
        elif others and min(others) < briefing.id:
            yield Finding(
                place,
                f"The former address `{alias}` is also that of `{min(others)}`.",
                "It can lead to one briefing only. Remove it from one of them.",
            )


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
