"""A briefing is reviewed when it said it would be."""

from generator.rules.base import Finding, Findings, RuleContext, warning


@warning(
    "A page that only looks current misleads readers. `review_by` is the editors' own promise.",
    passing="review_by: 2025-12-01",
    failing="review_by: 2025-03-31",
)
def rule(context: RuleContext) -> Findings:
    today = context.settings.today
    if context.briefing is None or today is None:
        return
    model = context.briefing.model
    if model.status == "published" and model.review_by and model.review_by < today:
        days = (today - model.review_by).days
        yield Finding(
            ("review_by",),
            f"This briefing was due for review on {model.review_by.isoformat()}, "
            f"{days} {'day' if days == 1 else 'days'} ago.",
            "Review it and set a new `review_by`, or set `status: archived`.",
        )
