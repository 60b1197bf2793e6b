"""Which steps of agreements a post sees to, while they wait."""

from candour.commissioning.queries.register import lines
from candour.kernel.establishment.work import Source

STEPS = Source(
    name="agreement step",
    one="step of an agreement",
    many="steps of agreements",
    order=62,
    rows=lambda actor, today: lines(actor).filter(closed_on=None, step_due__isnull=False),
    holder="step_post",
    record="record__",
    title="step",
    due="step_due",
)
