"""Pages of the agenda: an item added, changed, moved, withdrawn; what is due taken up; the agenda sent out."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.agenda import IssueForm, ItemForm, TakeUpForm, WithdrawForm
from candour.boards.models import Item, Meeting, Planned, StandingItem, visible_standing
from candour.boards.queries.agenda import agenda_of
from candour.boards.queries.due import offers_at, taken_up
from candour.boards.views.changing import Verb, change, opened
from candour.boards.views.frame import board_address, item_address, item_found, meeting_address, meeting_found
from candour.kernel.access import require
from candour.kernel.calendar import say_date
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import visible_records
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(BoardPermission.PLAN, methods=BOTH)
def add_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id)
    form = ItemForm(
        **opened(request, it.record, BoardPermission.PLAN),
        posts=as_choices(posts),
        late=it.issued_on is not None,
        changing=False,
        whole=bool(it.ground),
        initial={
            "part": "closed" if it.ground else request.GET.get("part", "open"),
            "ground": it.ground,
            "wanted": "discuss",
            "minutes": 10,
        },
    )
    saving = ("It stands last in its part of the agenda.", "Papers and questions are added on its page.")
    verb = verb_of(it, "Add an item", "Add the item", saving, "The item is on the agenda")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        made = commands.add_item(it, form.new(post_named(posts, given["presenter"])), **said)
        return item_address(made)

    return change(request, it.record, verb, form, do)


@page(BoardPermission.PLAN, methods=BOTH)
def change_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = item_found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    names = ("ground", "lapses_on", "minutes", "introduction", "verbal", "late_why")
    start = {name: getattr(it, name) for name in names} | {"title": it.record.title, "presenter": it.record.owner_id}
    form = ItemForm(
        **opened(request, it.record, BoardPermission.PLAN),
        posts=as_choices(posts),
        late=bool(it.late_why),
        changing=True,
        whole=bool(it.meeting.ground),
        initial=start | {"part": "closed" if it.closed else "open", "wanted": it.purpose},
    )
    saving = (
        "The agenda reads so from now on.",
        "An item that changes part changes who may see it, its papers and what comes of it.",
    )
    verb = verb_of_item(it, "Change the item", "Save the item", saving, "The item is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        new = form.new(post_named(posts, given["presenter"]), late_why=it.late_why)
        commands.change_item(it, new, **said)

    return change(request, it.record, verb, form, do)


@page(BoardPermission.PLAN, methods=("POST",))
def place_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    """An item goes up or down within its part, or to a place from 0: ?to=."""
    it = item_found(request, organisation, reference)
    require(request.actor, BoardPermission.PLAN, it.record)
    to = request.POST.get("to", "")
    if not to.isdecimal() or len(to) > 4:
        return redirect(meeting_address(it.meeting))
    with suppress(Refused):  # the agenda went out meanwhile: the page shows that its order stands
        commands.place_item(it, to=int(to), actor=request.actor, at=request.now)
    return redirect(f"{meeting_address(it.meeting)}#item-{it.pk}")


@page(BoardPermission.PLAN, methods=BOTH)
def withdraw_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = item_found(request, organisation, reference)
    form = WithdrawForm(**opened(request, it.record, BoardPermission.PLAN))
    saving = (
        "It leaves the agenda, and stands below it as withdrawn, with your reason.",
        "Where the agenda went out, no other item gets its number.",
    )
    verb = verb_of_item(it, "Withdraw the item", "Withdraw it", saving, "The item is withdrawn")
    return change(request, it.record, verb, form, lambda _, said: commands.withdraw_item(it, **said) and None)


@page(BoardPermission.PLAN, methods=BOTH)
def take_up(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What is due at the meeting and not on its agenda, to be ticked."""
    it = meeting_found(request, organisation, reference)
    begun = opened(request, it.record, BoardPermission.PLAN)
    offers = offers_at(it, taken=taken_up(it), actor=request.actor, today=request.today)
    form = TakeUpForm(
        **begun,
        offers=[(offer.key, offer.title) for offer in offers],
        why={offer.key: f"{offer.why}{'. Closed part' if offer.closed else ''}" for offer in offers},
        restricted=any(offer.closed and not offer.key.startswith("standing:") for offer in offers),
        late=it.issued_on is not None,
        initial={"due": request.GET.getlist("due")},
    )
    saving = (
        "Each standing item becomes an item, with its lead, its minutes and its paper.",
        "What asks the board the same thing stands together in one item.",
    )
    verb = verb_of(it, "Take up what is due", "Put it on the agenda", saving, "It is on the agenda")
    verb.more.update(offers=offers)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        found = chosen(request, it, given["due"])
        words = {name: given.get(name, "") for name in ("ground", "late_why")}
        commands.take_up(it, **vars(found), **words, actor=said["actor"], at=said["at"])

    return change(request, it.record, verb, form, do)


@dataclass(frozen=True)
class Chosen:
    """What was ticked, as the actor may see it. asks: (act, record)."""

    standing: list[StandingItem]
    once: list[Planned]
    asks: list[tuple[str, Record]]


def chosen(request: Request, it: Meeting, keys: list[str]) -> Chosen:
    """The standing items, what comes once and the records that were ticked. Three queries."""
    split = [(kind, int(number)) for kind, _, number in (key.rpartition(":") for key in keys)]
    numbers = {name: [number for kind, number in split if kind == name] for name in ("standing", "once")}
    rows = StandingItem.objects.filter(visible_standing(request.actor), board=it.board_id, pk__in=numbers["standing"])
    once = Planned.objects.filter(board=it.board_id, pk__in=numbers["once"], standing=None, dropped_on=None)
    asked = [(kind, number) for kind, number in split if kind not in numbers]
    seen = Record.objects.filter(visible_records(request.actor), pk__in=[number for _, number in asked])
    records = {record.pk: record for record in seen.select_related("organisation", "owner")}
    return Chosen(
        list(rows.select_related("lead").order_by("position", "pk")),
        list(once.select_related("board", "lead").order_by("pk")),
        [(kind, records[number]) for kind, number in asked if number in records],
    )


@page(BoardPermission.ISSUE, methods=BOTH)
def issue_agenda(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    agenda = agenda_of(it, actor=request.actor, today=request.today)
    form = IssueForm(**opened(request, it.record, BoardPermission.ISSUE))
    saving = (
        "The items keep their order and their numbers from then on.",
        "What is added later is lettered after the last number of its part, and says why it could not wait.",
        "Papers can follow.",
    )
    verb = verb_of(it, "Send the agenda out", "Send it out", saving, "The agenda is out", template="boards/issue.html")
    verb.more.update(agenda=agenda, late=request.today > agenda.issue_by)
    return change(request, it.record, verb, form, lambda _, said: commands.issue_agenda(it, **said) and None)


def verb_of(it: Meeting, title: str, submit: str, saving: tuple[str, ...], done: str, *, template: str = "") -> Verb:
    """A page of one change to a meeting."""
    return Verb(
        title, submit, saving, done, meeting_address(it),
        kicker=f"{it.board.name}, {say_date(it.held_on)}",
        trail=((it.board.name, board_address(it.board)), (say_date(it.held_on), meeting_address(it))),
        marking=marking_of([it.record.sensitivity]),
        template=template or "boards/change.html",
    )  # fmt: skip


def verb_of_item(it: Item, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to an agenda item."""
    meeting = it.meeting
    return Verb(
        title, submit, saving, done, item_address(it),
        kicker=it.record.title,
        trail=(
            (meeting.board.name, board_address(meeting.board)),
            (say_date(meeting.held_on), meeting_address(meeting)),
            (it.record.title, item_address(it)),
        ),
        marking=marking_of([it.record.sensitivity]),
    )  # fmt: skip
