"""Nobody else goes by the same name."""

from generator.model.field_errors import shown
from generator.model.introspection import FieldPath
from generator.model.multilingual import in_all_languages
from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.names import folded

_NAMED = ("actors", "topics", "places")


@warning(
    "If two entries share a name, nobody knows which is meant, in a text or in search results.",
    passing="""
data/actors.yml:
  norland-ministry: {name: Ministry of Norland, type: government, also_known_as: [MFA Norland]}
""",
    failing=("MFA Norland", "Norland"),
)
def rule(context: RuleContext) -> Findings:
    if context.registry not in _NAMED:
        return
    holders: dict[str, dict[str, tuple[FieldPath, str]]] = {}
    for id_, entry in context.reading.value.items():
        names: list[tuple[FieldPath, str]] = [
            ((id_, "name", tag) if tag else (id_, "name"), name)
            for tag, name in in_all_languages(entry.name).items()
        ]
        names += [
            ((id_, "also_known_as", index), name) for index, name in enumerate(entry.also_known_as)
        ]
        for path, name in names:
            holders.setdefault(folded(name) or name, {}).setdefault(id_, (path, name))
    for same in holders.values():
        if len(same) < 2:
            continue
        for id_, (path, name) in same.items():
            others = [
                f"`{other}` (line {context.reading.locate(place).line})"
                for other, (place, _) in same.items()
                if other != id_
            ]
            yield Finding(
                path,
                f"{shown(name)} is a name of {' and of '.join(others)} too.",
                "Make the names differ, so that readers know which is meant; or keep one entry.",
            )
