"""The reports issued in full: opinion, counts, every recommendation raised; and the words that they are graded in. Pure."""

from collections.abc import Iterator
from datetime import date

from candour.audits.papers.stock import Copy, Dated, scale_on
from candour.audits.papers.words import REPORTS, anchor_of, heading_of, opinion
from candour.audits.queries import AuditRow
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Column,
    Fact,
    Facts,
    Heading,
    PageBreak,
    Row,
    Table,
    bold,
    cell,
    fact,
    para,
)
from candour.kernel.papers.say import count
from candour.kernel.records.raised import Answered, RaisedThen

HEADERS = {"opinion": ("Opinion", "Opinions"), "priority": ("Priority", "Priorities of recommendations")}


def definitions(copy: Copy) -> Iterator[Block]:
    """The scales that the paper's opinions and priorities stand on, by year and auditor, with what each word means."""
    found = list(_used(copy))
    if found:
        yield PageBreak()
    yield Heading(1, "Definitions")
    if not found:
        yield para("No scale of opinions or priorities of the auditor is recorded.")
    names = dict(copy.auditors)
    for year, scale in found:
        header, words = HEADERS[scale.kind]
        of = f", {names[scale.owner]}" if len(names) > 1 else ""
        yield Heading(2, f"{words} {year}{of}")
        yield Table(
            f"{scale.words.name}, in force since {say_date(scale.starts)}",
            (Column(header, 14), Column("Meaning", 60)),
            tuple(
                Row((cell(bold(step.word), tone=step.tone), cell(step.meaning or "Not defined")))
                for step in scale.words.steps
            ),
            look="plain",
        )


def _used(copy: Copy) -> Iterator[tuple[str, Dated]]:
    """(year, scale): that of the plan's year as in force, and those that reports of other years were graded on."""
    stock, known = copy.stock, {one.words.id: one for one in copy.stock.scales}
    for auditor, _name in copy.auditors:
        rows = [row for row in copy.shown if row.line.provider == auditor]
        for year in sorted({stock.year, *(row.line.year for row in copy.issued if row.line.provider == auditor)}):
            of_year = [row for row in rows if row.line.year == year]
            ends = min(stock.as_at, date(int(year[:4]) + 1, 3, 31))
            graded = [known[row.scale.id] for row in of_year if row.scale and row.scale.id in known]
            opinions = graded or [found for found in [scale_on(stock, "opinion", auditor, ends)] if found]
            reported = [copy.priority_scale(row) for row in of_year if row.line.final_on]
            priorities = [one for one in reported or [scale_on(stock, "priority", auditor, ends)] if one]
            for scale in dict.fromkeys((*opinions, *priorities)):
                yield year, scale


def reports(copy: Copy) -> Iterator[Block]:
    """Each report issued since the last panel."""
    yield Heading(1, REPORTS)
    if not copy.issued:
        yield para("There is none to report.")
    for row in copy.issued:
        yield from _report(copy, row)


def _report(copy: Copy, row: AuditRow) -> Iterator[Block]:
    raised = copy.raised.get(row.pk, ())
    yield Heading(2, heading_of(row, shared=bool(copy.stock.shared.get(row.pk))), anchor=anchor_of(row))
    yield para(f"Reference: {row.reference}")
    yield para(f"Final report issued on {say_date(row.line.final_on)}" if row.line.final_on else "Not issued")
    said = "n/a (advisory)" if row.line.advisory else opinion(row)
    tone = row.opinion.tone if row.opinion else ""
    counts = (fact(f"Priority: {word}", str(number)) for word, _tone, number in copy.priorities(row))
    yield Facts((Fact("Overall assurance opinion", cell(bold(said), tone=tone)), *counts))
    if row.opinion and row.opinion.meaning:
        yield para(bold(f"{row.opinion.word}. "), row.opinion.meaning)
    if row.purpose:
        yield para(bold("Terms of reference. "), row.purpose)
    if not raised:
        yield para(
            "No recommendation is recorded as raised from it." if copy.audience != "public" else "It lists none."
        )
        return
    yield para(*count(len(raised), "recommendation follows", "recommendations follow"), ".")
    for number, one in enumerate(raised, 1):
        yield _recommendation(one, number)


def _recommendation(one: RaisedThen, number: int) -> Facts:
    facts = [
        fact(f"Recommendation {number} ({one.group})", one.text or one.title),
        fact("Reference", f"{one.reference}. {one.title}" if one.text else one.reference),
        *((fact("Finding", one.finding),) if one.finding else ()),
        *((fact("Risk", one.risk),) if one.risk else ()),
        *((fact("Response", one.response),) if one.response else ()),
        fact("Responsibility / Timescale", *(para(_answered(owner)) for owner in one.owners or (Answered(""),))),
        fact("Status", one.state),
    ]
    return Facts(tuple(facts))


def _answered(owner: Answered) -> str:
    by = say_date(owner.due) if owner.due else owner.words or "no date"
    return f"{owner.post or 'Nobody yet'} – {by}"
