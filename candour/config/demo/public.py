"""The demo's publication scheme, and what it has published of its meetings."""

from datetime import date, datetime, timedelta
from functools import partial

from candour.boards.models import Decision, Item
from candour.boards.papers.notice import key_of
from candour.commissioning.papers.opendata.sources import key_for
from candour.config.demo.boarded import meetings_of
from candour.config.demo.boards import BOARDS
from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import WEEKS
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_months, add_working_days
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.publication.commands import publish, take_on_duty
from candour.kernel.publication.sources import source_named

ORDER = "Elected Local Policing Bodies (Specified Information) Order 2011"
# group, title, law, months, what fulfils it, which post sees to it
DUTIES = (
    ("How decisions are made", "Decisions of significant public interest", ORDER, 0, "decision", "secretary"),
    ("How decisions are made", "Agendas of meetings held in public", ORDER, 3, "agenda", "secretary"),
    ("How decisions are made", "What meetings came to", ORDER, 3, "summary", "secretary"),
    ("What our risks are", "Risk register, public copy", "", 3, "paper/risk-register", "policy"),
    ("What we spend", "Items of spending over £500", ORDER, 1, "open-data/spend", "cfo"),
    ("What we spend", "Budget of the year", ORDER, 12, "", "cfo"),
    ("What we spend", "Contracts over £10,000", ORDER, 3, "open-data/contracts", "commissioning"),
    ("Who we are", "Salaries and interests of office holders", ORDER, 12, "", "ce"),
    ("Who we are", "Gifts and hospitality that were offered", ORDER, 12, "", "ce"),
    (
        "What our priorities are",
        "Annual report",
        "Police Reform and Social Responsibility Act 2011, section 12",
        12,
        "",
        "ce",
    ),
)
SPENT_MONTHS = 4
PUBLISHED_WEEKS = 30  # what is older was published before Candour came


def publications(stage: Stage) -> list[Event]:
    """The scheme from the first week; agendas, summaries, decisions and the panel's papers as they came."""
    timeline = stage.timeline
    last = timeline.last_working_day()
    events = [Event(timeline.back(WEEKS * 7), 6, partial(take_on, stage))]
    since = timeline.back(PUBLISHED_WEEKS * 7)
    for tale in BOARDS:
        if tale.body != "office" or not tale.in_public:
            continue
        for sat in meetings_of(tale, timeline):
            out = add_working_days(sat.day, -6)
            if since <= out <= last:
                events.append(Event(out, 9, partial(agenda, stage, sat.key)))
            told = add_working_days(sat.day, 5)
            if since <= sat.day and told <= last:
                events.append(Event(told, 9, partial(came_to, stage, sat.key)))
    events += open_data(stage, last)
    events += [Event(day, 10, partial(paper, stage, day)) for day in timeline.panels() if since <= day < last]
    return events


def open_data(stage: Stage, last: date) -> list[Event]:
    """Spend of each of the last months, early in the next; contracts and grants three weeks ago."""
    events = []
    for back in range(SPENT_MONTHS):
        month = add_months(last.replace(day=1), -back - 1)
        day = add_working_days(add_months(month, 1), 8)
        if day <= last:
            events.append(Event(day, 10, partial(data, stage, f"spend/{key_for(month)}")))
    day = add_working_days(last, -15)
    return events + [Event(day, 10, partial(data, stage, f"{name}/{key_for(day)}")) for name in ("contracts", "grants")]


def data(stage: Stage, key: str, at: datetime) -> None:
    """Open data of a month, where there is any."""
    ready = source_named("open-data").ready(stage.bodies["office"].pk, stage.actor("commissioning", at), at.date())
    if key in {one.key for one in ready}:
        _publish(stage, "open-data", key, at, by="commissioning")


def take_on(stage: Stage, at: datetime) -> None:
    for group, title, law, months, fulfilled_by, owner in DUTIES:
        take_on_duty(
            organisation=stage.bodies["office"],
            group=group,
            title=title,
            law=law,
            months=months,
            fulfilled_by=fulfilled_by,
            owner=stage.posts[owner],
            starts=at.date(),
            actor=CANDOUR,
            at=at,
            reason="What the law asks to be published",
        )


def agenda(stage: Stage, key: tuple[str, date], at: datetime) -> None:
    _publish(stage, "agenda", stage.meetings[key].record.reference, at)


def came_to(stage: Stage, key: tuple[str, date], at: datetime) -> None:
    """The summary, and each decision of the open part that is not only about the minutes."""
    meeting = stage.meetings[key]
    _publish(stage, "summary", meeting.record.reference, at)
    items = Item.objects.filter(meeting=meeting, closed=False)
    for decision in Decision.objects.filter(item__in=items, withheld=False).exclude(reasons="").order_by("pk"):
        _publish(stage, "decision", key_of(decision), at)


def paper(stage: Stage, day: date, at: datetime) -> None:
    """The public copy of the office's risk paper."""
    issued = IssuedPaper.objects.filter(kind="risk-register", organisation__code="office", audience="public", as_at=day)
    for row in issued:
        _publish(stage, "paper", f"{row.kind}/{row.slug}", at + timedelta(minutes=1))


def _publish(stage: Stage, source: str, key: str, at: datetime, by: str = "secretary") -> None:
    publish(
        source,
        key,
        organisation=stage.bodies["office"],
        actor=stage.actor(by, at),
        at=at,
        reason="Published as it was issued",
    )
