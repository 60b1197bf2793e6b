"""The page on which one item is minuted: its text, what the board answered and decided, actions, interests; and corrections."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.commands import Answered
from candour.boards.forms.sitting import CorrectForm, MinuteForm, TakeBackForm
from candour.boards.models import Item, Question
from candour.boards.queries.acted import actions_of_items
from candour.boards.queries.acts import act_named
from candour.boards.queries.outcomes import (
    decisions_at,
    items_of,
    later_meetings,
    minute_of,
    numbers_of,
    question_rows,
)
from candour.boards.queries.sat import Sat, counted, interests_of, sat
from candour.boards.rules.words import THERE
from candour.boards.views.agenda import verb_of_item
from candour.boards.views.changing import Verb, change, opened
from candour.boards.views.frame import item_address, item_found, meeting_address
from candour.boards.views.sitting import posts_at
from candour.kernel.calendar import say_date
from candour.kernel.people.models import Post
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MAY = BoardPermission.MINUTE
DECISION = (
    *("resolved", "reasons", "advice", "mover", "seconder", "votes_for", "votes_against", "abstained"),
    *("key", "what", "value", "taken_by", "urgency", "withheld", "withheld_why"),
)


@page(MAY, methods=BOTH)
def minute(request: Request, organisation: str, reference: str) -> HttpResponse:
    """One item, minuted: everything that came of it saved at once, all or nothing; then on to the next."""
    it = item_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    meeting = it.meeting
    items = items_of(meeting, actor=request.actor)
    there, questions = sat(meeting), question_rows(it, actor=request.actor)
    interests = interests_of([it])[it.pk]
    written = next((minute_of(row) for row in items if row.pk == it.pk), None)
    posts = posts_at(meeting, there)
    start = {"text": written.text, "summary": written.summary} if written else {}
    start |= {"started_at": f"{written.started_at:%H:%M}"} if written and written.started_at else {}
    form = MinuteForm(
        **begun, initial=start, questions=[each for each in questions if each.answer in ("", "not reached")], posts=posts,
        there=present(there), everyone=as_choices([row.post for row in there] + [row.by for row in there if row.by]),
    )  # fmt: skip
    asks = asked_for(form.questions, request)
    verb = _verb(it, items)
    left = [row.post_id for row in interests if row.withdrew]
    verb.more.update(
        item=it,
        meeting=meeting,
        steps=steps(it, items, meeting),
        number=numbers_of(meeting, items).get(it.pk, (it.number, None))[0],
        answering=[(each, asks.get(each.pk) or label_of(each), *form.fields_of(each)) for each in form.questions],
        answered=[(each, label_of(each)) for each in questions if each.answer in ("agreed", "sent back")],
        how=[form[name] for name in DECISION[1:]],
        how_open=any(form[name].errors for name in DECISION[1:]),
        decisions=decisions_at([it], actor=request.actor)[it.pk],
        actions=actions_of_items([it], actor=request.actor, today=request.today)[it.pk],
        interests=interests,
        there=there,
        quorum=counted(there, meeting.board.quorum, left),
        shut=shut(it),
        following=_following(it, items),
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        save(it, form, posts, there, said)
        onward = _following(it, items)
        if request.POST.get("go") == "next" and onward is not None:
            return item_address(onward, "item-minute")
        return (
            item_address(it, "item-minute")
            if request.POST.get("go") != "next"
            else meeting_address(meeting, "meeting-minutes")
        )

    return change(request, it.record, verb, form, do)


def save(it: Item, form: MinuteForm, posts: list[Post], there: list[Sat], said: dict[str, Any]) -> None:
    """Everything that the form holds, in one transaction. Raises Refused, on the answer to mend, and then nothing is saved."""
    given = form.cleaned_data
    with transaction.atomic():
        if given["nature"]:
            sitters = [row.post for row in there] + [row.by for row in there if row.by]
            who = post_named(sitters, given["interest_post"])
            assert who is not None  # noqa: S101  the form offered nobody else
            commands.declare_interest(it, post=who, nature=given["nature"], withdrew=given["withdrew"], **said)
        commands.write_minute(it, text=given["text"], summary=given["summary"], started_at=given["started_at"], **said)
        _resolve(it, form.answered(), form, said)
        owner = post_named(posts, given["action_owner"])
        if given["action"] and owner is not None:
            commands.set_action(it, text=given["action"], owner=owner, due=given["action_due"], **said)


def _resolve(it: Item, answers: list[Answered], form: MinuteForm, said: dict[str, Any]) -> None:
    new = form.decision()
    if answers:
        commands.answer_questions(it, answers, new=new, **said)
        if any(each.answer in ("agreed", "sent back") for each in answers):
            return
    if new.resolved.strip():
        commands.decide(it, new, **said)


def present(rows: list[Sat]) -> list[Post]:
    """The posts that were there, each once."""
    return [row.by or row.post for row in rows if row.presence in THERE]


def asked_for(questions: list[Question], request: Request) -> dict[int, str]:
    """By question what is asked, with the figures as they stand. One query for each act."""
    by_act: dict[str, dict[int, int]] = defaultdict(dict)
    for each in questions:
        by_act[each.act][each.about_id] = each.pk
    found: dict[int, str] = {}
    for act, numbers in sorted(by_act.items()):
        asked = act_named(act).asks(list(numbers), request.actor, request.today)
        found |= {numbers[about]: words for about, words in asked.items()}
    return found


def label_of(question: Question) -> str:
    return act_named(question.act).label


def steps(it: Item, items: list[Item], meeting: Any) -> list[dict[str, Any]]:
    """The items at the side: each with its number, and whether it is minuted."""
    numbers = numbers_of(meeting, items)
    found = []
    for row in items:
        written = minute_of(row)
        here = row.pk == it.pk
        note = "Now" if here else "Minuted" if written and written.text else ""
        found.append(
            {
                "href": item_address(row, "item-minute"),
                "label": f"{numbers[row.pk][0]}. {row.record.title}",
                "note": note,
                "current": here,
            }
        )
    return found


def shut(it: Item) -> str:
    """Why nothing can be entered here, in words; "" where it can."""
    meeting = it.meeting
    if meeting.called_off_on is not None:
        return f"This meeting was called off on {say_date(meeting.called_off_on)}."
    if it.withdrawn_on is not None:
        return f"This item was withdrawn on {say_date(it.withdrawn_on)}."
    if meeting.signed_on is not None:
        return f"The minutes were signed on {say_date(meeting.signed_on)}. A later meeting can correct them."
    return "" if meeting.opened_at is not None else "The meeting has not been opened yet."


def _verb(it: Item, items: list[Item]) -> Verb:
    onward = _following(it, items)
    verb = verb_of_item(it, it.record.title, "Save and go on" if onward else "Save", (), "The minute is saved")
    return replace(verb, template="boards/minute.html", home=meeting_address(it.meeting, "meeting-minutes"))


def _following(it: Item, items: list[Item]) -> Item | None:
    places = [row.pk for row in items]
    if it.pk not in places:
        return None
    place = places.index(it.pk) + 1
    return items[place] if place < len(items) else None


@page(MAY, methods=BOTH)
def correct(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A later meeting corrected the minute of an item."""
    it = item_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    later = {row.pk: row for row in later_meetings(it.meeting, actor=request.actor)}
    choices = [(pk, say_date(row.held_on)) for pk, row in later.items()]
    form = CorrectForm(**begun, meetings=choices, initial={"agreed_at": next(iter(later), "")})
    saving = ("The minute stays as it is.", "What it should say stands beside it, with the meeting that agreed it.")
    verb = verb_of_item(it, "Correct the minute", "Save the correction", saving, "The correction is saved")
    verb = replace(verb, template="boards/correct.html", home=meeting_address(it.meeting, "meeting-minutes"))
    verb.more.update(minute=minute_of(it), later=list(later.values()))

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        agreed_at = later[int(given["agreed_at"])]
        commands.correct_minute(it, says=given["says"], should=given["should"], agreed_at=agreed_at, **said)

    return change(request, it.record, verb, form, do)


@page(MAY, methods=BOTH)
def take_back(request: Request, organisation: str, reference: str, number: int) -> HttpResponse:
    """An interest that was not one."""
    it = item_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    row = next((each for each in interests_of([it])[it.pk] if each.pk == number), None)
    if row is None:
        raise Http404
    row.item = it
    saving = ("It leaves the minutes. The history keeps it, with your reason.",)
    verb = verb_of_item(
        it, f"Take back the interest of {row.post.title}", "Take it back", saving, "The interest is taken back"
    )
    verb = replace(verb, home=item_address(it, "item-minute"))
    return change(
        request,
        it.record,
        verb,
        TakeBackForm(**begun),
        lambda _, said: commands.withdraw_interest(row, **said) and None,
    )
