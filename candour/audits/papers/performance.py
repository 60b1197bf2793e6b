"""How the auditor kept its promises, by working days, and what the surveys said. Pure."""

from collections import Counter
from collections.abc import Iterator
from itertools import count

from candour.audits import rules
from candour.audits.papers.stock import Copy
from candour.audits.papers.words import INDICATORS, KEPT, SURVEY, working_days
from candour.audits.queries import Case, MeasureRow
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Cell, Column, Heading, PageBreak, Row, Table, bold, cell, para

TONES = {"Met": "green", "Not met": "red", "missed": "red", "cannot be told": "amber"}


def performance(copy: Copy) -> Iterator[Block]:
    """For each auditor what was promised and what became of it, then the surveys."""
    if copy.auditors:
        yield PageBreak()
    yield Heading(1, f"{KEPT} {copy.stock.year}")
    several = len(copy.auditors) > 1
    if not copy.auditors:
        yield para("No audit of the plan may be told of here.")
    for auditor, name in copy.auditors:
        measures = [row for row in copy.measures(auditor) if row.promised]
        if several:
            yield Heading(2, name)
        if not measures:
            yield para(f"Nothing is agreed with {name} by which it is measured.")
            continue
        yield para(
            "Counted from the recorded days, in working days without bank holidays. What is not yet due, and what cannot be "
            "told because a day was not recorded, counts neither way."
        )
        yield _table(measures, name)
        yield from _exceptions(measures, name)
    yield from _survey(copy)


def _table(measures: list[MeasureRow], name: str) -> Table:
    number = count(1)
    return Table(
        f"Promises of {name}",
        (
            Column("Number", 7, "right", "number"),
            Column("Indicator", 24),
            Column("Criteria", 26),
            Column("Performance", 14),
            Column("Not yet due", 8, "right", "number"),
            Column("Cannot be told", 9, "right", "number"),
            Column("Kept", 11),
        ),
        tuple(_row(row, next(number)) for row in measures),
        row_headers=False,
    )


def _row(row: MeasureRow, number: int) -> Row:
    words, criteria = INDICATORS[row.measure.name]
    tally, result = row.tally, row.result
    allowed = " or ".join(str(each) for each in row.promised)
    share = f"{100 * tally.met / tally.told:.0f}% ({tally.met}/{tally.told})" if tally.told else "Nothing to tell yet"
    return Row(
        (
            cell(number),
            cell(words),
            cell(criteria.format(allowed)),
            cell(share),
            cell(tally.not_yet),
            cell(tally.unknown),
            cell(result, tone=TONES.get(result, "")),
        )
    )


def _exceptions(measures: list[MeasureRow], name: str) -> Iterator[Block]:
    """Every case that was missed or cannot be told, and those to come that have a last day; what was kept needs no line."""
    found = [
        (row, case)
        for row in measures
        for case in row.cases
        if case.measured.outcome in {"missed", "cannot be told"}
        or (case.measured.outcome != "met" and case.measured.due)
    ]
    if not found:
        yield para(f"{name} missed no promise, and none has a last day to come.")
        return
    order = list(rules.OUTCOMES)
    found.sort(key=lambda pair: order.index(pair[1].measured.outcome))
    yield Table(
        "Promises that were missed, cannot be told, or fall due next",
        (
            Column("Promise", 24),
            Column("Audit or meeting", 30),
            Column("Last day", 14, kind="date"),
            Column("Done", 14, kind="date"),
            Column("Took", 12),
            Column("What became of it", 14),
        ),
        tuple(_case(row, case) for row, case in found),
        row_headers=False,
    )


def _case(row: MeasureRow, case: Case) -> Row:
    found = case.measured
    named = f"{case.reference} {case.title}".strip()
    return Row(
        (
            cell(INDICATORS[row.measure.name][0]),
            cell(named),
            cell(say_date(found.due) if found.due else "none"),
            cell(say_date(found.done) if found.done else "not yet"),
            cell(working_days(found.days) if found.days is not None else "not yet"),
            _outcome(found.outcome),
        )
    )


def _outcome(outcome: rules.Outcome) -> Cell:
    return cell(rules.OUTCOMES[outcome], tone=TONES.get(outcome, ""))


def _survey(copy: Copy) -> Iterator[Block]:
    reported = [row for row in copy.year if row.line.final_on]
    yield Heading(2, SURVEY)
    if not reported:
        yield para("The survey is asked once a final report is out. None is yet.")
        return
    answers = Counter(row.line.satisfaction for row in reported)
    rows = [Row((cell(words), cell(answers[value]))) for value, words in rules.ANSWERS.items()]
    rows.append(Row((cell("Not answered yet"), cell(answers[None]))))
    rows.append(Row((cell(bold("Audits reported")), cell(bold(len(reported)))), total=True))
    columns = (Column("Answer", 30), Column("Audits", 10, "right", "number"))
    yield Table(f"What auditees of {copy.stock.year} answered", columns, tuple(rows))
