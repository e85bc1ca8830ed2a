"""A speaker has a role, so that readers know in which office somebody spoke."""

from generator.rules.base import Finding, Findings, RuleContext, warning
from generator.rules.examples import SPOKEN_REPLY


@warning(
    "A minister speaks for a state, a private person does not: readers must see the office "
    "held on that day.",
    passing=SPOKEN_REPLY,
    failing=SPOKEN_REPLY
    + """\
data/actors.yml:
  ana-lind: {name: Ana Lind, type: person, roles: [{role: Mayor, of: esteria, until: 2020}]}
""",
)
def rule(context: RuleContext) -> Findings:
    for path, statement in context.statements():
        speaker = statement.speaker.model if statement.speaker else None
        if (
            speaker is None
            or speaker.type != "person"
            or statement.speaker in statement.parties
            or statement.role
        ):
            continue
        if _has_unread_role(context, statement.model.speaker):
            continue  # that is reported
        if statement.date is None and context.has_key(path, "date"):
            continue  # its date can't be read, and that is reported
        when = f"on {statement.date.text}" if statement.date else "for an undated statement"
        yield Finding(
            (*path, "speaker"),
            f"No role of `{statement.model.speaker}` is on file {when}.",
            "Add the role with its dates to data/actors.yml, or `speaker_role` to the statement.",
        )


def _has_unread_role(context: RuleContext, actor: str | None) -> bool:
    """Whether an actor's entry has a mistake because of which a role may not have been read."""
    registry = context.loaded.registries.get("actors")
    return any(
        problem.field.startswith(f"{actor}.roles")
        or (problem.rule == "unknown-key" and problem.field.startswith(f"{actor}."))
        for problem in (registry.problems if registry else ())
    )
