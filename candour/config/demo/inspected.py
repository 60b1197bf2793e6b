"""The demo's inspections entered, graded, answered and reviewed through their commands."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from candour.config.demo.inspections import (
    COMMENTS,
    FIVE,
    FOUR,
    INSPECTIONS,
    INSPECTORATE,
    LEVELS,
    NEW_FROM,
    OLD_FROM,
    PORTAL,
    STATED,
    WELCOME,
    Asked,
    InspectionTale,
)
from candour.config.demo.stage import START, Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.inspections import commands
from candour.inspections.commands.following import NewNote
from candour.inspections.models import Inspection, Review, StatementItem
from candour.inspections.queries.reviews import open_items
from candour.inspections.rules import COPIES
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_months, financial_year, is_working_day, say_date
from candour.kernel.establishment.commands import set_up_organisation
from candour.kernel.people.models import Organisation
from candour.kernel.publication.commands import publish
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from candour.kernel.records.raised import NewRaised, raise_from
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale

SORTS = {"cause": "cause of concern", "rec": "inspection", "afi": "afi"}
OWNER, APPROVER = "policy", "commissioner"
AFTER = {"invite": 3, "comments": 24, "draft": 38, "approve": 45, "publish": 50, "copies": 52}  # days after the report


def inspections(stage: Stage) -> list[Event]:
    """Everything that happens to the demo's inspections, as events."""
    first, last = stage.timeline.back(WEEKS * 7), stage.timeline.last_working_day()
    events = [Event(first, 3, partial(inspectorate, stage))]
    for place, tale in enumerate(INSPECTIONS):
        events += _of_tale(stage, place, tale, first, last)
    events += [Event(_working(stage.timeline.back(120), last), 5, partial(state, stage))]
    for place, item in enumerate(STATED):
        for week, said, text in item.said:
            day = stage.timeline.day(week, item.title)
            events.append(Event(day, 6, partial(report, stage, place, said, text)))
    ended = _working(stage.timeline.back(30), last)
    events += [Event(ended, 6, partial(end, stage, place)) for place, item in enumerate(STATED) if item.done]
    for number, back in enumerate((34, 6)):
        events.append(Event(_working(stage.timeline.back(back), last), 6, partial(review, stage, number)))
        answered = min(_working(stage.timeline.back(back - 5), last), last)
        events.append(Event(answered, 7, partial(answer_review, stage, number)))
    return events


def _of_tale(stage: Stage, place: int, tale: InspectionTale, first: date, last: date) -> list[Event]:
    if not isinstance(tale.out, int):  # brought in with its dates
        day = first if tale.out else _working(stage.timeline.back(20), last)
        return [Event(day, 4, partial(bring_in, stage, place, tale, tale.out))]
    out = _working(max(last - timedelta(days=tale.out), first), last)  # nothing of the demo is older than its first day
    events = [Event(out, 4, partial(bring_in, stage, place, tale, out))]
    for step, days in AFTER.items():
        if tale.elsewhere or not tale.reached:
            break
        act = partial(ACTS[step], stage, place, tale)
        events.append(Event(min(_working(out + timedelta(days=days), last), last), 8, act))
        if step == tale.reached:
            break
    return events


def _working(day: date, last: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return min(day, last)


def by(stage: Stage, at: datetime, reason: str, post: str = OWNER) -> dict[str, Any]:
    return {"actor": stage.actor(post, at), "at": at, "reason": reason}


def inspectorate(stage: Stage, at: datetime) -> None:
    """The inspectorate with both scales of grades, its portal’s statuses and its levels."""
    code, name, short, kind = INSPECTORATE
    said: dict[str, Any] = {"actor": CANDOUR, "at": at, "reason": START}
    made = set_up_organisation(name=name, short_name=short, code=code, kind=kind, **said)
    scales = (
        (FOUR, Scale.Kind.GRADE, OLD_FROM), (FIVE, Scale.Kind.GRADE, NEW_FROM),
        (PORTAL, Scale.Kind.PORTAL, OLD_FROM), (LEVELS, Scale.Kind.LEVEL, OLD_FROM),
    )  # fmt: skip
    for words, of, starts in scales:
        bring_in_words(words, kind=of, organisation=made, starts=starts, **said)


def reference(place: int) -> str:
    return f"INS-{place + 1:03}"


def it(place: int) -> Inspection:
    rows = Inspection.objects.select_related("record__organisation", "record__owner", "inspectorate", "asked")
    return rows.get(record__reference=reference(place), record__organisation__code="office")


def bring_in(stage: Stage, place: int, tale: InspectionTale, out: date | None, at: datetime) -> None:
    """An inspection, its report, its grades, a response from before, and what it asks for; shared with the force."""
    said = by(stage, at, "Written up when the inspectorate told us")
    made = commands.enter_inspection(
        organisation=stage.bodies["office"],
        title=tale.title,
        kind=tale.kind,
        inspectorate=Organisation.objects.get(code=INSPECTORATE[0]),
        reference=reference(place),
        about=tale.about,
        areas=[area for area, _ in tale.grades],
        owner=stage.posts[OWNER],
        sensitivity="public",
        fieldwork_on=at.date() + timedelta(days=tale.fieldwork) if tale.fieldwork else None,
        notified_on=at.date() if tale.fieldwork else None,
        **said,
    )
    share(made.record, organisation=stage.bodies["force"], **by(stage, at, "It is of the force"))
    if out is None:
        return
    commands.publish_report(made, on=out, address="https://hmicfrs.justiceinspectorates.gov.uk", **said)
    if tale.grades:
        commands.grade(made, grades=dict(tale.grades), **said)
    if tale.elsewhere:
        where = "https://mereford-pcc.example/inspections/responses"
        then = min(out + timedelta(days=tale.elsewhere), at.date())
        commands.response_published_elsewhere(made, on=then, where=where, **by(stage, at, "Published before Candour"))
        for to in COPIES:
            commands.send_copy(made, to=to, on=then, how="By e-mail", **by(stage, at, ""))
    if tale.closed:
        commands.close_inspection(made, **by(stage, at, "Everything that it asked for was closed by the inspectorate"))
    ask_for(stage, made, tale, at)


def ask_for(stage: Stage, made: Inspection, tale: InspectionTale, at: datetime) -> None:
    """What the report asks for, raised among the recommendations: those under a cause of concern come from it."""
    causes = [one for one in tale.asks if not one.under]
    found = raise_all(stage, made, made.record, causes, at)
    below = [one for one in tale.asks if one.under]
    if below:
        cause = next(record for record, one in zip(found, causes, strict=True) if one.sort == "cause")
        found += raise_all(stage, made, cause, below, at)
    for record in found:
        share(record, organisation=stage.bodies["force"], **by(stage, at, "The force answers for it"))


def raise_all(stage: Stage, made: Inspection, origin: Record, asks: list[Asked], at: datetime) -> list[Record]:
    """Raise what comes from the inspection or from a cause of concern of it; those of a cause are numbered after the others."""
    place = int(made.record.reference[-3:]) - 1
    tale = INSPECTIONS[place]
    first = 1 + sum(not one.under for one in tale.asks) if asks and asks[0].under else 1
    new = [
        NewRaised(
            reference=name_of(place, number),
            title=one.title,
            sort=SORTS[one.sort],
            origin=origin,
            text=one.title,
            owner=stage.posts[one.owner],
            due=(due := stage.timeline.due(-one.week)),
            due_text=say_date(due),
            reported_on=made.published_on,
            closed=one.closed,
            response="accepted" if tale.elsewhere or one.answer else "",
        )
        for number, one in enumerate(asks, first)
    ]
    return raise_from(new, organisation=stage.bodies["office"], **by(stage, at, "Of the report"))


def name_of(place: int, number: int) -> str:
    return f"HMI{place + 1:02}-{number}"


def in_order(tale: InspectionTale) -> list[Asked]:
    """What a report asks for in the order of its references."""
    return [one for one in tale.asks if not one.under] + [one for one in tale.asks if one.under]


def records(place: int, tale: InspectionTale) -> list[tuple[Record, Asked]]:
    rows = Record.objects.select_related("organisation", "owner")
    held = {
        row.reference: row for row in rows.filter(kind="recommendation", reference__startswith=f"HMI{place + 1:02}-")
    }
    return [(held[name_of(place, number)], one) for number, one in enumerate(in_order(tale), 1)]


def invite(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    made = it(place)
    due = max((made.published_on or at.date()) + timedelta(days=28), at.date())
    commands.invite_comments(made, post=stage.posts["cc"], due=due, **by(stage, at, ""))


def comment(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    commands.record_comments(it(place), comments=COMMENTS, **by(stage, at, "", "cc"))


def draft(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    rows = records(place, tale)
    said = {record: (one.answer, "") for record, one in rows}
    wanted = [record for record, one in rows if one.sort == "rec"]
    commands.draft_response(it(place), response=WELCOME, answers=said, wanted=wanted, **by(stage, at, ""))


def approve(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    commands.approve_response(it(place), **by(stage, at, "", APPROVER))


def put_out(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    publish("inspection-response", reference(place), organisation=stage.bodies["office"], **by(stage, at, ""))


def copies(stage: Stage, place: int, tale: InspectionTale, at: datetime) -> None:
    made = it(place)
    for to in COPIES:
        commands.send_copy(made, to=to, on=at.date(), how="By e-mail", **by(stage, at, ""))


ACTS = {"invite": invite, "comments": comment, "draft": draft, "approve": approve, "publish": put_out, "copies": copies}


def month_of(stage: Stage, number: int) -> date:
    """The month of a review: the first is of last month, the second of this one."""
    return add_months(stage.timeline.last_working_day().replace(day=1), number - 1)


def review(stage: Stage, number: int, at: datetime) -> None:
    """Open the review of a month; the one before is closed with what is missing."""
    said = by(stage, at, "")
    for one in Review.objects.filter(closed_on=None).select_related("organisation"):
        commands.close_review(one, missing=1, **by(stage, at, "The month is over; the post is asked again"))
    month = min(add_months(at.date().replace(day=1), 0), month_of(stage, number))
    items = open_items(stage.bodies["office"].pk, actor=said["actor"], today=at.date())
    commands.open_review(
        organisation=stage.bodies["office"], month=month, due=at.date() + timedelta(days=10), items=items, **said
    )


def answer_review(stage: Stage, number: int, at: datetime) -> None:
    """What the posts said, written down by the policy officer after the meeting on inspections."""
    one = Review.objects.order_by("-month").first()
    new = []
    for place, tale in enumerate(INSPECTIONS):
        if tale.asks and (isinstance(tale.out, date) or tale.reached == "copies" or tale.elsewhere):
            made = it(place)
            new += [
                NewNote(record, made, said[1], status=said[0])
                for record, ask in records(place, tale)
                if (said := ask.notes[number]) and record.closed_on is None
            ]
    commands.note_many(new, review=one, **by(stage, at, ""))


def state(stage: Stage, at: datetime) -> None:
    """The items of this year's statement."""
    for item in STATED:
        made = commands.enter_statement_item(
            organisation=stage.bodies["office"],
            year=financial_year(at.date()),
            section=item.section,
            title=item.title,
            due=stage.timeline.due(-item.week),
            owner=stage.posts[item.owner],
            sensitivity="office",
            **by(stage, at, "Of the statement that the Chief Constable sent"),
        )
        share(made.record, organisation=stage.bodies["force"], **by(stage, at, "It is the force’s statement"))


def stated(place: int) -> StatementItem:
    rows = StatementItem.objects.select_related("record__organisation", "record__owner")
    return rows.get(record__reference=f"FMS-{place + 1:03}", record__organisation__code="office")


def report(stage: Stage, place: int, said: str, text: str, at: datetime) -> None:
    commands.report_progress(stated(place), said=said, text=text, **by(stage, at, "", STATED[place].owner))


def end(stage: Stage, place: int, at: datetime) -> None:
    commands.end_statement_item(stated(place), left="done", **by(stage, at, "All six are named"))
