"""The delivery report as the kernel's papers know it: asked of the database once, written and checked from that."""

from collections.abc import Iterator
from datetime import date, datetime

from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.audiences import may_read
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, PaperKind
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.people.models import Organisation
from candour.plan.access import PlanPermission
from candour.plan.papers.paper import Stock, gaps_of, plan_paper
from candour.plan.queries import WHOLE, ActivityRow, ObjectiveRow, Whole, whole_on
from candour.plan.queries.past import plans_on


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The plans of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    now = _plans(actor, organisation, as_at, at)
    before = _plans(actor, organisation, since, at)
    return Stock(organisation.name, as_at, since, local_date(at), now, before)


def _plans(actor: Actor, organisation: Organisation, day: date, at: datetime) -> tuple[Whole, ...]:
    """Published plans that ran on the day; drafts where none was published."""
    found = [
        whole
        for plan in plans_on(actor, organisation.pk)
        if (whole := whole_on(actor, plan, as_at=day, known_on=at, parts=WHOLE)) and whole.plan.closed_on is None
    ]
    published = [whole for whole in found if whole.plan.published_on]
    return tuple(sorted(published or found, key=lambda whole: (whole.plan.sort != "plan", whole.plan.reference)))


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Nothing hidden may stand in a copy, which stops its issue; red and amber have a reason; no gap is open."""
    shown = stock.shown(audience)
    silent = [row.reference for whole in shown for row in whole.at_risk if not (row.last and row.last.barriers)]
    open_gaps = [one.reference for whole in shown for one in whole.objectives if not one.closed_on and gaps_of(one)]
    common = (
        Check(
            not silent,
            "What is in the way is said wherever something may not be delivered"
            if not silent
            else "Nobody said what is in the way",
            ", ".join(silent),
        ),
        Check(
            not open_gaps,
            "Each objective has an activity and an agreed measure of success"
            if not open_gaps
            else "Objectives have gaps",
            ", ".join(open_gaps),
        ),
    )
    sights = may_read(audience)
    every = [told for whole in (*stock.plans, *stock.before) for told in told_of(whole)]
    # An objective or activity that is hidden today stays hidden as it stood before.
    hidden = {told.reference: told for sight, told in every if sight not in sights}
    if audience == "panel" or not hidden:
        return common
    seen = [told for sight, told in every if sight in sights]
    return (*leak_checks(document, hidden=hidden.values(), shown=seen, what="parts of the plan"), *common)


def told_of(whole: Whole) -> Iterator[tuple[str, Told]]:
    """What a plan and each of its parts say in words, with who may see it."""
    plan = whole.plan
    yield plan.sensitivity, Told(plan.reference, plan.title, (plan.aim,))
    for one in whole.objectives:
        yield one.sensitivity, _objective(one)
        for row in one.activities:
            yield row.sensitivity, _activity(row)


def _objective(one: ObjectiveRow) -> Told:
    dives = [text for dive in one.dives for text in (dive.asked, dive.answer)]
    return Told(one.reference, one.title, (one.outcome, *(each.text for each in one.successes), *dives))


def _activity(row: ActivityRow) -> Told:
    said = (row.last.achieved, row.last.left, row.last.barriers) if row.last else ()
    return Told(row.reference, row.title, (row.text, *said, *(each.text for each in row.successes)))


PLAN_DELIVERY = PaperKind(
    name="plan-delivery",
    label="Delivery of the plan",
    permission=PlanPermission.SEE,
    gather=gather,
    write=plan_paper,
    check=checks,
)
