"""Pages of an item's papers: a file added, a paper that Candour computes, a draft made final, a paper taken off."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.agenda import PaperForm, TakeOffForm, WrittenForm
from candour.boards.models import Item, Paper
from candour.boards.views.agenda import verb_of_item
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import item_address, item_found
from candour.kernel.access import allowed
from candour.kernel.evidence.commands import add_file
from candour.kernel.intake.uploads import take_upload
from candour.kernel.papers.kinds import paper_kinds
from candour.kernel.papers.pack import PackRefused
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(BoardPermission.CONTRIBUTE, methods=BOTH)
def add_paper(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A file of one's own computer becomes a paper of the item."""
    it = item_found(request, organisation, reference)
    begun = contributing(request, it)
    form = PaperForm(**begun, files=request.FILES if request.method == "POST" else None, limit=settings.FILE_LIMIT)
    saving = (
        "The file is kept as it is, and goes into the pack with page numbers.",
        "A PDF that is tagged for screen readers keeps the pack accessible; the pack names any other.",
        "A draft can be made final, or replaced, until the meeting begins.",
    )
    verb = verb_of_item(it, "Add a paper", "Add the paper", saving, "The paper is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        sent = given["file"]
        fits_a_pack(sent)
        with transaction.atomic():
            file = add_file(it.record, name=sent.name, content=sent.file, reason="A paper of the item", **said)
            it.record.refresh_from_db(fields=["head_hash", "head_sequence"])
            commands.attach(it, file, title=given["title"], draft=given["draft"], **said)

    return change(request, it.record, verb, form, do)


def fits_a_pack(sent: Any) -> None:
    """Raises Refused, naming the file and what to do, for one that no pack can hold: broken, locked, of another kind."""
    content = sent.file.read()
    sent.file.seek(0)
    try:
        take_upload(content, sent.name, link=settings.SITE)
    except PackRefused as refused:
        raise Refused("file", str(refused)) from refused


@page(BoardPermission.PLAN, methods=BOTH)
def add_written(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A paper that Candour computes from a register, as it stands when the pack is issued."""
    it = item_found(request, organisation, reference)
    begun = opened(request, it.record, BoardPermission.PLAN)
    taken = set(it.papers.filter(removed_on=None).values_list("kind", flat=True))
    kinds = [
        (kind.name, kind.label)
        for kind in paper_kinds()
        if kind.name not in taken and allowed(request.actor, kind.permission, it.record)
    ]
    saving = ("Until the pack is issued it shows the register as it stands that day; then it is frozen.",)
    verb = verb_of_item(it, "Let Candour write a paper", "Add the paper", saving, "The paper is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.add_written(it, kind=given["kind"], title=dict(kinds)[given["kind"]], **said)

    return change(request, it.record, verb, WrittenForm(**begun, kinds=kinds), do)


@page(BoardPermission.CONTRIBUTE, methods=BOTH)
def take_off(request: Request, organisation: str, reference: str, number: int) -> HttpResponse:
    it = item_found(request, organisation, reference)
    paper = paper_found(it, number)
    form = TakeOffForm(**contributing(request, it))
    saving = (f"‘{paper.title}’ leaves the item.", "Packs that were issued keep it.")
    verb = verb_of_item(it, "Take the paper off", "Take it off", saving, "The paper is taken off")
    return change(request, it.record, verb, form, lambda _, said: commands.take_off(paper, **said) and None)


@page(BoardPermission.CONTRIBUTE, methods=("POST",))
def settle_draft(request: Request, organisation: str, reference: str, number: int) -> HttpResponse:
    """The draft is the final text."""
    it = item_found(request, organisation, reference)
    with suppress(Refused):  # somebody made it final already: the page shows it so
        commands.settle_draft(paper_found(it, number), actor=request.actor, at=request.now)
    return redirect(item_address(it))


def contributing(request: Request, it: Item) -> dict[str, Any]:
    """The beginning of a form about a paper: of those of the board's body who may, and of who presents the item."""
    presents = it.record.owner_id in request.actor.posts
    return opened(request, it.record, BoardPermission.CONTRIBUTE, None if presents else it.record, anywhere=presents)


def paper_found(it: Item, number: int) -> Paper:
    """A paper that stands on the item. Raises Http404."""
    paper = it.papers.filter(pk=number, removed_on=None).select_related("file").first()
    if paper is None:
        raise Http404
    paper.item = it
    return paper
