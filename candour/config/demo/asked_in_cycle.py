"""The demo's open cycle: some have answered, one in the same words as before, one was sent back, others are late."""

from datetime import datetime
from functools import partial
from typing import Any

from candour.config.demo.asked import by
from candour.config.demo.posts import POSTS
from candour.config.demo.stage import Event, Stage
from candour.kernel.calendar import MONTHS, local_date
from candour.kernel.establishment.commands import cover_post, place_post
from candour.kernel.notices.models import Notice
from candour.recommendations import commands
from candour.recommendations.commands.reminding import write_reminders
from candour.recommendations.models import AnswerLink, Ask
from candour.recommendations.queries.links import actor_of

# By post the one that it answers to.
LINE = {
    "cfo": "ce",
    "estates": "ce",
    "policy": "ce",
    "comms": "ce",
    "director": "ce",
    "commissioning": "director",
}
BY_LINK = {"EA-25/1", "EA-23/2"}  # answered from the e-mailed link; the others signed in
REPLIES = {  # by reference: the post, and what it says
    "EA-25/1": (
        "cfo",
        {
            "achieved": "Four months are reconciled, each within a week of its end.",
            "left": "The old balance, which the partner now looks for in its own ledger.",
            "barriers": "The partner’s year end; a meeting is fixed for the week after it.",
        },
    ),
    "IA-25-04/1": (
        "policy",
        {
            "achieved": "The supplier took the last two rights away, and the list was read again.",
            "left": "The next quarter’s reading of the list.",
            "barriers": "None",
        },
    ),
    "IA-25-01/1": (
        "ce",
        {
            "achieved": "The limits are agreed in principle.",
            "left": "Publication, once the panel has seen it.",
            "barriers": "None",
        },
    ),
    "IA-26-01/1": ("commissioning", {"achieved": "Ongoing.", "left": "", "barriers": ""}),
    "EA-23/2": (
        "cfo",
        {
            "achieved": "The force’s finance team has gone through the sums and agrees with two parts of three.",
            "left": "Technology, on which the two directors meet in the coming week.",
            "barriers": "The price of the new contract was known a month later than promised.",
        },
    ),
    "ICO-24/3": (
        "policy",
        {
            "achieved": "The force has named the second Tuesday of next month.",
            "left": "Taking the recordings away on that day.",
            "barriers": "None",
        },
    ),
}


def cycle(stage: Stage) -> list[Event]:
    """The cycle of the office, from two weeks ago; its answers were due last Friday."""
    day = stage.timeline.day
    events = [Event(day(3, "line"), 2, partial(line, stage)), Event(day(3, "line"), 3, partial(cover, stage))]
    events.append(Event(day(2, "cycle"), 8, partial(opened, stage)))
    events += [Event(day(1, reference), 7, partial(reply, stage, reference)) for reference in REPLIES]
    week = stage.timeline.back(7), stage.timeline.back(0)  # the Monday before the due day, and the one after it
    events += [Event(min(day, stage.timeline.last_working_day()), 8, partial(remind, stage)) for day in week]
    return [*events, Event(day(0, "back"), 9, partial(send_back, stage))]


def line(stage: Stage, at: datetime) -> None:
    for post, above in LINE.items():
        said: dict[str, Any] = {"answers_to": stage.posts[above], "reason": "As the chart of the office has it"}
        place_post(stage.posts[post], directorate=POSTS[post].directorate, **said, **by(stage, "policy", at))


def cover(stage: Stage, at: datetime) -> None:
    """The director's post is vacant; the commissioning officer answers for it."""
    cover_post(
        stage.posts["director"],
        by=stage.posts["commissioning"],
        starts=at.date(),
        ends=None,
        away=True,
        reason="The post is vacant",
        **by(stage, "policy", at),
    )


def opened(stage: Stage, at: datetime) -> None:
    due = stage.timeline.due(1)
    commands.open_cycle(
        organisation=stage.bodies["office"],
        name=f"{MONTHS[due.month - 1]} {due.year}",
        due=due,
        line_after=3,
        reason="For the next panel",
        **by(stage, "policy", at),
    )
    _taken_for_sent(at)


def remind(stage: Stage, at: datetime) -> None:
    write_reminders(at)
    _taken_for_sent(at)


def _taken_for_sent(at: datetime) -> None:
    """The demo has no mail server."""
    Notice.objects.filter(sent_at=None).update(sent_at=at)


def reply(stage: Stage, reference: str, at: datetime) -> None:
    post, answers = REPLIES[reference]
    it, who = _ask(reference, stage.posts[post].pk), by(stage, post, at)
    if reference in BY_LINK:
        link = AnswerLink.objects.select_related("cycle__organisation", "post", "to").get(
            cycle=it.cycle, post=it.post, to=it.post, revoked_on=None
        )
        who["actor"] = actor_of(link, local_date(at))
    commands.answer(it, answers=answers, **who)


def send_back(stage: Stage, at: datetime) -> None:
    it = _ask("IA-26-01/1", stage.posts["commissioning"].pk)
    reason = "Say what was done with which provider, and what is left."
    commands.send_back(it, due=stage.timeline.due(-1), reason=reason, **by(stage, "policy", at))


def _ask(reference: str, post: int) -> Ask:
    rows = Ask.objects.select_related("recommendation__record__organisation", "cycle", "post", "answer")
    return rows.get(recommendation__record__reference=reference, post=post)
