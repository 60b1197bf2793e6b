"""The pages of packs: what goes in, a draft, issuing, the versions with their files, sharing with another board."""

from dataclasses import replace
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.forms.packs import EndClearanceForm, IssuePackForm, MatchesForm, SharePackForm, StopShareForm
from candour.boards.models import Board, Clearance, Meeting, Pack, PackShare, visible_boards
from candour.boards.papers.packs import Wanted, standing
from candour.boards.queries.agenda import Agenda, agenda_of
from candour.boards.queries.cleared import clearances_of, matches_of
from candour.boards.queries.makings import makings_of
from candour.boards.queries.packs import contents_of, last_pack, pack_at, packs_of, restricted_in, written_before
from candour.boards.views.agenda import verb_of
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import meeting_address, meeting_found
from candour.boards.views.making import make_beside
from candour.boards.views.meeting import frame
from candour.kernel.access import allowed, require, restricted
from candour.kernel.calendar import say_date
from candour.kernel.evidence import store
from candour.kernel.evidence.pages import store_away
from candour.kernel.papers.render import CONTENT_TYPES
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
PARTS = {"open": False, "closed": True}
LOOK_AGAIN = 3  # seconds after which the page of a pack that is being made asks how far it has come
FILES = {".pdf": "PDF", ".docx": "Word"}


@page(BoardPermission.SEE)
def packs(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The packs that were issued; for who issues them, what the next would hold and what is missing."""
    it = meeting_found(request, organisation, reference)
    issued = packs_of(it, actor=request.actor)
    context = frame(request, it)
    may = context["may"]
    parts = []
    if may["issue"] and it.called_off_on is None:
        agenda = agenda_of(it, actor=request.actor, today=request.today)
        parts = [_part(it, agenda, name, issued, request) for name in PARTS if name == "open" or agenda.closed_part]
    makings = makings_of(it, at=request.now) if parts else {}
    for part in parts:
        part["making"] = makings.get(PARTS[part["name"]])
    may_clear = bool(parts) and may["clear"]
    context |= {
        "here": "packs",
        "parts": parts,
        "issued": [(pack, _files(pack)) for pack in issued],
        "may_share": may["issue"],
        "matches": matches_of(makings.get(False), it, actor=request.actor) if may_clear else [],
        "clearances": clearances_of(it, actor=request.actor) if may_clear else [],
    }
    restricted = [pack.closed for pack in issued] + [True for _ in (*context["matches"], *context["clearances"])]
    context["marking"] = marking_of("restricted" if each else "office" for each in restricted)
    response = render(request, "boards/packs.html", context)
    if any(part["making"] and not part["making"].ended for part in parts):
        response.headers["Refresh"] = f"{LOOK_AGAIN}; url={request.path}"
    return response


def _part(it: Meeting, agenda: Agenda, name: str, issued: list[Pack], request: Request) -> dict[str, Any]:
    """What the next pack of a part would hold, and where to have it."""
    closed = PARTS[name]
    contents = contents_of(agenda, closed=closed)
    there = {held.key for held in standing(Wanted(closed, request.actor, request.now, issued))}
    args = [it.record.organisation.code, it.record.reference, name]
    last = last_pack(issued, closed=closed)
    late = [going for going in contents.going if last and going.key not in there]
    return {
        "name": name,
        "title": f"{name.capitalize()} part",
        "contents": contents,
        "last": last,
        "late": late,
        "there": there,
        "draft": reverse("meeting-pack-draft", args=args),
        "issue": reverse("meeting-pack-issue", args=args),
        "supplement": reverse("meeting-pack-supplement", args=args),
    }


def _files(pack: Pack) -> list[tuple[str, str]]:
    return [(words, reverse("pack-file", args=[pack.pk, suffix])) for suffix, words in FILES.items()]


@page(BoardPermission.ISSUE, methods=BOTH)
def draft_pack(request: Request, organisation: str, reference: str, part: str) -> HttpResponse:
    """Begin a draft, with DRAFT on each page; or have the one that was made last."""
    it, closed = _found(request, organisation, reference, part)
    if request.POST.get("make") == "draft":
        try:
            making = commands.begin_making(it, closed=closed, draft=True, actor=request.actor, at=request.now)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            make_beside(making, actor=request.actor, at=request.now)
        return redirect(meeting_address(it, "meeting-packs"))
    made = makings_of(it, at=request.now).get(closed)
    if made is None or not made.pdf_sha256:
        return redirect(meeting_address(it, "meeting-packs"))
    try:
        content = store.open_bytes(made.pdf_sha256)
    except FileNotFoundError:  # another draft took its place at this moment
        return redirect(meeting_address(it, "meeting-packs"))
    except OSError:
        return store_away(request)
    return _given(content, f"{it.record.reference}-{part}-draft.pdf", ".pdf")


@page(BoardPermission.ISSUE, methods=BOTH)
def issue_pack(request: Request, organisation: str, reference: str, part: str) -> HttpResponse:
    return _issue(request, organisation, reference, part, supplement=False)


@page(BoardPermission.ISSUE, methods=BOTH)
def issue_supplement(request: Request, organisation: str, reference: str, part: str) -> HttpResponse:
    return _issue(request, organisation, reference, part, supplement=True)


def _issue(request: Request, organisation: str, reference: str, part: str, *, supplement: bool) -> HttpResponse:
    it, closed = _found(request, organisation, reference, part)
    agenda = agenda_of(it, actor=request.actor, today=request.today)
    wanted = Wanted(closed, request.actor, request.now, packs_of(it, actor=request.actor), supplement)
    if supplement and wanted.last is None:  # there is nothing yet that it could go on from
        return redirect(meeting_address(it, "meeting-packs"))
    contents = contents_of(agenda, closed=closed)
    again = [] if supplement else written_before(contents, wanted.last)
    form = IssuePackForm(
        **opened(request, it.record, BoardPermission.ISSUE),
        another=wanted.last is not None,
        anew=[(going.paper.pk, f"{going.number}. {going.heading}") for going in again],
    )
    home = meeting_address(it, "meeting-packs")

    def act() -> None:
        reason = form.cleaned_data.get("reason", "")
        anew = [int(number) for number in form.cleaned_data.get("anew", ())]
        said = {"closed": closed, "draft": False, "supplement": supplement, "reason": reason}
        making = commands.begin_making(it, **said, anew=anew, actor=request.actor, at=request.now)
        make_beside(making, actor=request.actor, at=request.now)

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        return redirect(home)
    what = "a supplement" if supplement else f"the pack of the {part} part"
    saving = (
        "Both files are kept as they are, for ever.",
        "Papers that Candour writes show the registers as they stand today. In later versions they stay so, unless you ask "
        "for them anew.",
        "Pages keep the numbers they have: a supplement runs on, a new version changes none.",
        *(() if closed else ("Posts with a seat are written to.",)),
    )
    verb = verb_of(it, f"Issue {what}", "Compile and issue it", saving, "", template="boards/issue_pack.html")
    context = {"verb": verb, "form": form, "news": None, "home": home, "contents": contents, "marking": verb.marking}
    return render(request, verb.template, context, status=422 if form.errors else 200)


@page(BoardPermission.CLEAR, methods=BOTH)
def clear_matches(request: Request, organisation: str, reference: str, part: str) -> HttpResponse:
    """Why titles of restricted records stand in the files of the open part by chance."""
    it = meeting_found(request, organisation, reference)
    require(request.actor, BoardPermission.CLEAR, it.record)
    if part != "open":
        raise Http404
    home = meeting_address(it, "meeting-packs")
    matches = matches_of(makings_of(it, at=request.now).get(False), it, actor=request.actor)
    if not matches:
        return redirect(home)
    form = MatchesForm(**opened(request, it.record, BoardPermission.CLEAR), matches=matches)
    saving = (
        "The words pass in this very file alone, and while the record is called so. Its reference never passes.",
        "What you say stands in the history of the restricted record, and on the page of packs for those who may see it.",
        "Then make the draft, or issue the pack, again.",
    )
    verb = verb_of(
        it, "Words that stand there by chance", "Save the answer", saving, "It is saved. Make the pack again"
    )
    verb = replace(verb, home=home, marking=marking_of("restricted" for _ in matches))

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        for match, why in form.said():
            commands.clear_match(match.paper, about=match.about, **(said | {"reason": why}))

    return change(request, it.record, verb, form, do)


@page(BoardPermission.CLEAR, methods=BOTH)
def end_clearance(request: Request, number: int) -> HttpResponse:
    """The words count as a leak again."""
    rows = Clearance.objects.filter(pk=number, ended_on=None).select_related("about", "paper__item__record")
    found = rows.select_related("paper__item__meeting__record__organisation").first()
    if found is None:
        raise Http404
    record = found.paper.item.meeting.record
    it = meeting_found(request, record.organisation.code, record.reference)
    if not allowed(request.actor, RecordPermission.SEE_RESTRICTED, it.record):
        raise Http404
    form = EndClearanceForm(**opened(request, it.record, BoardPermission.CLEAR))
    saving = ("The file is kept out of the open pack again. Packs that were issued keep it.",)
    verb = verb_of(it, f"Take back what was said of {found.file_name}", "Take it back", saving, "It is taken back")
    verb = replace(verb, home=meeting_address(it, "meeting-packs"), marking=marking_of(["restricted"]))
    return change(request, it.record, verb, form, lambda _, said: commands.end_clearance(found, **said) and None)


def _found(request: Request, organisation: str, reference: str, part: str) -> tuple[Meeting, bool]:
    """A meeting for whoever issues its packs, and whether the part is the closed one, which others do not know of."""
    it = meeting_found(request, organisation, reference)
    if part not in PARTS:
        raise Http404
    if PARTS[part] and not allowed(request.actor, RecordPermission.SEE_RESTRICTED, it.record):
        raise Http404
    require(request.actor, BoardPermission.ISSUE, it.record)
    return it, PARTS[part]


@page(BoardPermission.SEE, limit="papers")
def pack_file(request: Request, pack: int, suffix: str) -> HttpResponse:
    """An issued pack as a file: the same bytes each time."""
    found = _pack(request, pack)
    if suffix not in FILES:
        raise Http404
    digest = found.pdf_sha256 if suffix == ".pdf" else found.word_sha256
    try:
        content = store.open_bytes(digest)
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return store_away(request)
    restricted.give_numbers(restricted_in(found))
    part, number = "closed" if found.closed else "open", f"{found.version}"
    name = (
        f"{found.meeting.record.reference}-{part}-{number}{f's{found.supplement}' if found.supplement else ''}{suffix}"
    )
    return _given(content, name, suffix)


def _given(content: BinaryIO, name: str, suffix: str) -> HttpResponse:
    given = FileResponse(content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[suffix])
    return cast(HttpResponse, given)  # which Django's stubs hold for a different branch of responses


@page(BoardPermission.ISSUE, methods=BOTH)
def share_pack(request: Request, pack: int) -> HttpResponse:
    """Give a pack of an open part to another board."""
    found = _pack(request, pack)
    it = meeting_found(request, found.meeting.record.organisation.code, found.meeting.record.reference)
    if found.closed:
        raise Http404
    boards = Board.objects.filter(visible_boards(request.actor), ended_on=None).exclude(pk=it.board_id)
    choices = {row.pk: row for row in boards.select_related("secretary").order_by("name")}
    form = SharePackForm(
        **opened(request, found, BoardPermission.ISSUE, it.record),
        boards=[(pk, row.name) for pk, row in choices.items()],
    )
    saving = ("Whoever sees that board reads this pack there.", "Its secretary is written to.", "It can be taken back.")
    verb = verb_of(it, f"Share {found.name.lower()} with another board", "Share it", saving, "The pack is shared")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.share_pack(found, board=choices[int(given["board"])], **said)
        return meeting_address(it, "meeting-packs")

    return change(request, found, verb, form, do)


@page(BoardPermission.ISSUE, methods=BOTH)
def stop_share(request: Request, number: int) -> HttpResponse:
    """The other board reads the pack no longer."""
    share = PackShare.objects.filter(pk=number, ended_on=None).select_related("board").first()
    if share is None:
        raise Http404
    share.pack = _pack(request, share.pack_id)
    it = meeting_found(request, share.pack.meeting.record.organisation.code, share.pack.meeting.record.reference)
    form = StopShareForm(**opened(request, share.pack, BoardPermission.ISSUE, it.record))
    saving = (f"{share.board.name} reads it no longer. The history keeps that it did.",)
    verb = verb_of(it, f"Take the pack back from {share.board.name}", "Take it back", saving, "The pack is taken back")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.stop_share(share, **said)
        return meeting_address(it, "meeting-packs")

    return change(request, share.pack, verb, form, do)


def _pack(request: Request, number: int) -> Pack:
    """A pack that one may read. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return pack_at(number, actor=request.actor)
    except Pack.DoesNotExist:
        raise Http404 from None


def shared_rows(shares: list[PackShare]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Packs of other boards on the page of the board they are shared with: what, since when, the files."""
    return [
        (
            f"{share.pack.meeting.board.name}, {say_date(share.pack.meeting.held_on)}: {share.pack.name.lower()}",
            f"Shared on {say_date(share.shared_on)}",
            _files(share.pack),
        )
        for share in shares
    ]
