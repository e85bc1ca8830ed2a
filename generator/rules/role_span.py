"""A role doesn't end before it begins."""

from generator.model.edtf import Order, order
from generator.rules.base import Finding, Findings, RuleContext, error


@error(
    "Readers are shown the role held on the day of a statement.",
    passing="""
data/actors.yml:
  ana-lind:
    {name: Ana Lind, type: person, roles: [{role: Mayor, of: esteria, from: 2018, until: 2020}]}
""",
    failing=("from: 2018, until: 2020", "from: 2020, until: 2018"),
)
def rule(context: RuleContext) -> Findings:
    if context.registry != "actors":
        return
    for key, actor in context.reading.value.items():
        for index, role in enumerate(actor.roles):
            if role.since and role.until and order(role.until, role.since) is Order.BEFORE:
                yield Finding(
                    (key, "roles", index, "until"),
                    f"The role ends ({role.until.text}) before it begins ({role.since.text}).",
                    "Check both dates.",
                )
