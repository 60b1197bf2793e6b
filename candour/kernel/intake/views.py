"""Reading a paper in: choose it, check what was read, confirm or discard. Nothing is saved before that."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from candour.kernel.calendar import read_date
from candour.kernel.intake import commands, queries
from candour.kernel.intake.access import IntakePermission
from candour.kernel.intake.document import Document
from candour.kernel.intake.forms import DiscardForm, PaperForm, columns_from, decisions_from
from candour.kernel.intake.kinds import UnknownKind, kind_of, kinds
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.intake.rules import key_of, undecided
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused
from candour.kernel.web.context import sensitive
from candour.kernel.web.forms import Problem
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

READ_IN = IntakePermission.READ_IN


@page(READ_IN, methods=("GET", "POST"))
def papers_in(request: Request) -> HttpResponse:
    """Step 1, and the papers read before."""
    form = PaperForm(request.POST or None, request.FILES or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            document = _document(form)
        except UnreadableFile as error:
            form.add_error("paper", str(error))
        else:
            return _read(request, form, document)
    rows = queries.staged_papers(request.actor).defer("reading", "paper")
    paging = Page.read(request.GET, count=rows.count(), size=25)
    return render(request, "intake/papers.html", {"form": form, "staged": list(paging.of(rows)), "paging": paging})


def _document(form: PaperForm) -> Document:
    """The raw document of the file that was chosen. Raises UnreadableFile."""
    paper = form.cleaned_data["paper"]
    return read_document(paper.read(), paper.name)


def _read(request: Request, form: PaperForm, document: Document) -> HttpResponse:
    """Stage what the paper says and go on: to the columns where they are not sure, else to the check.

    A file in which nothing looks like a row is explained and leaves nothing behind.
    """
    organisation = Organisation.objects.get(pk=request.actor.organisation or 0)
    told = queries.remembered_columns(organisation.pk)
    try:
        reading, known = commands.read(document, told=told), True
    except UnknownKind:
        reading, known = commands.read_anyway(document, told), False
    tables = reading.meta.get("columns", [])
    if not tables and not (known and reading.records):
        return render(request, "intake/no_rows.html", {"document": document, "kinds": list(kinds())})
    paper = form.cleaned_data["paper"]
    paper.seek(0)
    staged = commands.stage(
        reading,
        organisation=organisation,
        actor=request.actor,
        at=request.now,
        effective=form.cleaned_data["effective"],
        paper=paper.read(),
    )
    ask = not known or not reading.records or any(one["ask"] for one in tables)
    return redirect("paper-in-columns" if ask and tables else "paper-in", pk=staged.pk)


@page(READ_IN, methods=("GET", "POST"))
def columns_page(request: Request, pk: int) -> HttpResponse:
    """Between the file and the check: what each column holds. What a person says is remembered for such headings."""
    staged = _found(request, pk)
    tables = staged.reading["meta"].get("columns", [])
    if staged.state != Staged.State.WAITING or not tables:
        raise Http404
    kind = kind_of(Document(blocks=()), staged.kind)
    problems = []
    if request.method == "POST":
        answers = columns_from(request.POST, tables)
        try:
            commands.name_columns(staged, answers=answers, actor=request.actor, at=request.now)
        except Refused as refused:
            problems = [Problem("column-0-0", refused.message)]
        else:
            messages.success(request, "Read with these columns. The next paper with such headings needs no question")
            return redirect("paper-in", pk=pk)
    shown = [_table(request, number, one) for number, one in enumerate(tables)]
    return render(
        request,
        "intake/columns.html",
        {
            "staged": staged,
            "kind": kind,
            "asked": [one for one in shown if one["ask"]],
            "sure": [one for one in shown if not one["ask"]],
            "problems": problems,
            "has_errors": bool(problems),
        },
    )


def _table(request: Request, number: int, table: dict[str, Any]) -> dict[str, Any]:
    """A table for the page: each column with the name of its question and what it is read as, or was just answered."""
    columns = [
        {**column, "id": (name := f"column-{number}-{n}"), "chosen": request.POST.get(name, column["field"] or "")}
        for n, column in enumerate(table["columns"])
    ]
    return {**table, "columns": columns}


def _found(request: Request, pk: int) -> Staged:
    staged = queries.staged_papers(request.actor).defer("paper").filter(pk=pk).first()
    if staged is None:
        raise Http404
    return staged


@page(READ_IN, methods=("GET", "POST"))
def check(request: Request, pk: int) -> HttpResponse:
    """Step 2: the findings with their choices, the rows with what each would do, what was set aside."""
    staged = _found(request, pk)
    reading = staged.reading
    decisions, problems = staged.decisions, []
    if request.method == "POST" and staged.state == Staged.State.WAITING:
        decisions = decisions_from(request.POST, reading["findings"])
        effective = read_date(request.POST.get("effective", ""), today=request.today)
        taken = set(request.POST.getlist("take"))
        aside = [key_of(record) for record in reading["records"] if key_of(record) and key_of(record) not in taken]
        try:
            commands.decide(staged, decisions=decisions, effective=effective, actor=request.actor, at=request.now)
            if "save_for_later" in request.POST:
                messages.success(request, "Your decisions are kept. Nothing of the paper is saved yet")
                return redirect("paper-in", pk=pk)
            saved = commands.confirm(staged, aside=aside, actor=request.actor, at=request.now)
        except Refused as refused:
            field = refused.field if refused.field.startswith("finding-") or refused.field == "effective" else "rows"
            problems = [Problem(field, refused.message)]
        else:
            messages.success(request, saved.told())
            return redirect("paper-in", pk=pk)
    return render(request, "intake/check.html", _context(request, staged, decisions, problems))


def _context(request: Request, staged: Staged, decisions: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
    reading = staged.reading
    kind = kind_of(Document(blocks=()), staged.kind)
    choices = commands.choices_for(kind, reading["findings"], reading["records"])
    order = {"error": 0, "warning": 1, "note": 2}
    findings = [
        {
            **finding,
            "number": number,
            "choices": [(choice.value, choice.label) for choice in offered],
            "chosen": decisions.get(str(number), "" if finding["severity"] == "error" else "0"),
        }
        for number, (finding, offered) in enumerate(zip(reading["findings"], choices, strict=True))
    ]
    findings.sort(key=lambda finding: (order[finding["severity"]], finding["number"]))
    waiting = staged.state == Staged.State.WAITING
    matches = (
        kind.compare(
            reading["records"], organisation=staged.organisation, effective=staged.effective, actor=request.actor
        )
        if waiting and kind.compare
        else [None] * len(reading["records"])
    )
    by_reference: dict[str, int] = {}
    for finding in reading["findings"]:
        by_reference[finding["reference"]] = by_reference.get(finding["reference"], 0) + 1
    rows = [
        {"record": record, "key": key_of(record), "match": match, "findings": by_reference.get(key_of(record), 0)}
        for record, match in zip(reading["records"], matches, strict=True)
    ]
    return {
        "staged": staged,
        "kind": kind,
        "findings": [finding for finding in findings if finding["severity"] != "note"],
        "noted": [finding for finding in findings if finding["severity"] == "note"],
        "errors": sum(finding["severity"] == "error" for finding in findings),
        "warnings": sum(finding["severity"] == "warning" for finding in findings),
        "notes": sum(finding["severity"] == "note" for finding in findings),
        "undecided": undecided(reading["findings"], decisions),
        "rows": rows,
        "new": sum(match is not None and match.match == "New" for match in matches),
        "set_aside": reading["set_aside"],
        "columns": bool(waiting and reading["meta"].get("columns")),
        "waiting": waiting,
        "saves": waiting and kind.save is not None,
        "problems": problems,
        "has_errors": bool(problems),
        "before": queries.loaded_before(staged.sha256, staged.organisation_id),
        "effective": request.POST.get("effective") if problems else None,
        **_marking(reading),
    }


def _marking(reading: dict[str, Any]) -> dict[str, Any]:
    redacted = sum(bool(record.get("redacted")) for record in reading["records"])
    if not redacted:
        return {}
    return {"marking": sensitive(f"The paper has {redacted} redacted {'row' if redacted == 1 else 'rows'}.")}


@page(READ_IN, methods=("GET", "POST"))
def discard_page(request: Request, pk: int) -> HttpResponse:
    """Let a paper go."""
    staged = _found(request, pk)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.discard(staged, actor=request.actor, at=request.now, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", refused.message)
        else:
            messages.success(request, f"{staged.file_name} is discarded. Nothing of it was saved")
            return redirect("papers-in")
    return render(request, "intake/discard.html", {"form": form, "staged": staged})


@page(READ_IN)
def reading(request: Request, pk: int) -> HttpResponse:
    """The whole reading, as `candour read --json` prints it."""
    return JsonResponse(_found(request, pk).reading, json_dumps_params={"indent": 2, "ensure_ascii": False})
