"""The checks of a progress report before it is issued. What can be recounted is recounted from the document. Pure."""

from collections.abc import Iterator

from candour.audits.papers.front import ISSUED_TABLE
from candour.audits.papers.stock import Copy, Stock, copy_of
from candour.audits.papers.words import REPORTS
from candour.audits.queries import AuditRow
from candour.kernel.papers import leaks
from candour.kernel.papers.document import Cell, Document, Facts, Heading, Row, Table
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told
from candour.kernel.papers.say import listed
from candour.kernel.papers.walk import block_texts
from candour.kernel.records.raised import RaisedThen


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Every check of one copy. Only a reference or title of what is hidden stops its issue."""
    copy = copy_of(stock, audience)
    return (*_counts(document), *leak_checks(copy, document), *_plan(copy))


def _counts(document: Document) -> tuple[Check, ...]:
    """The counts of the list of reports against the recommendations that stand under each."""
    stated, listed_ = dict(_stated(document)), dict(_listed(document))
    wrong = [
        f"{name}: {stated.get(name)} stated, {listed_.get(name)} listed"
        for name in stated
        if stated[name] != listed_.get(name)
    ]
    return (
        Check(
            not wrong, "Counts are the recommendations listed", "; ".join(wrong) or f"{len(stated)} of {len(stated)}"
        ),
    )


def _stated(document: Document) -> Iterator[tuple[str, int]]:
    for block in document.blocks:
        if isinstance(block, Table) and block.caption == ISSUED_TABLE:
            for row in block.rows:
                if isinstance(row, Row) and not row.total:
                    yield _said(row.cells[0]), int(_said(row.cells[-1]))


def _listed(document: Document) -> Iterator[tuple[str, int]]:
    name, number, inside = "", 0, False
    for block in document.blocks:
        if isinstance(block, Heading):
            if name:
                yield name, number
            inside = block.text == REPORTS if block.level == 1 else inside
            name, number = (block.text, 0) if inside and block.level == 2 else ("", 0)
        elif isinstance(block, Facts) and name and block.facts[0].label.startswith("Recommendation "):
            number += 1
    if name:
        yield name, number


def _said(found: Cell) -> str:
    return " ".join(block_texts(found))


def leak_checks(copy: Copy, document: Document) -> tuple[Check, ...]:
    """Whether a copy gives anything away of what its audience may not see. The panel may see all."""
    if copy.audience == "panel":
        return ()
    hidden = [*map(audit_told, copy.hidden), *map(_recommendation, copy.hidden_raised)]
    shown = [*map(audit_told, copy.shown), *(_recommendation(one) for rows in copy.raised.values() for one in rows)]
    return leaks.leak_checks(document, hidden=hidden, shown=shown, what="records")


def audit_told(row: AuditRow) -> Told:
    """What an audit says in words."""
    return Told(row.reference, row.title, (row.purpose, row.scope))


def _recommendation(one: RaisedThen) -> Told:
    return Told(one.reference, one.title, (one.text, one.finding, one.risk, one.response))


def _plan(copy: Copy) -> tuple[Check, ...]:
    undated = [row.reference for row in copy.year if not row.line.left and not any(stage.day for stage in row.stages)]
    unsaid = [row.reference for row in copy.issued if not row.opinion and not row.line.advisory]
    return (
        Check(
            not undated,
            "Every audit of the plan has a date" if not undated else "An audit has no date",
            listed(undated),
        ),
        Check(not unsaid, "Every report has its opinion" if not unsaid else "A report has no opinion", listed(unsaid)),
    )
