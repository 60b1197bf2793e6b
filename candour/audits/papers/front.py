"""The first pages of a progress report: why, what stands out, and the list of reports issued. Pure."""

from collections import Counter
from collections.abc import Iterator
from itertools import count as numbers

from candour.audits.papers.stock import Copy
from candour.audits.papers.words import (
    COLLABORATION,
    anchor_of,
    heading_of,
    opinion,
    opinion_cell,
    states,
    working_days,
)
from candour.audits.queries import AuditRow
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Heading, Row, Run, Table, bold, bullets, cell, link, para
from candour.kernel.papers.say import count, listed

Parts = tuple[Run | str, ...]
ISSUED_TABLE = "Reports issued, with the recommendations that each raised"


def front(copy: Copy) -> Iterator[Block]:
    """Purpose and summary in numbered paragraphs, then the reports issued."""
    number = numbers(1)
    yield Heading(1, "Purpose")
    yield para(
        f"To tell the {copy.stock.panel} how the audit plan of {copy.stock.year} stands at {say_date(copy.stock.as_at)}, what "
        f"reports were issued since {say_date(copy.stock.since)}, and how the auditor kept its promises.",
        number=next(number),
    )
    yield Heading(1, "Summary")
    for parts in _summary(copy):
        yield para(*parts, number=next(number))
    yield Heading(1, "Reports issued")
    yield from _issued(copy)


def _summary(copy: Copy) -> Iterator[Parts]:
    since = say_date(copy.stock.since)
    raised = sum(len(copy.raised[row.pk]) for row in copy.issued)
    yield (
        *count(len(copy.issued), "final report was issued", "final reports were issued"),
        f" since {since}",
        *((", with ", *count(raised, "recommendation", "recommendations", first=False)) if copy.issued else ()),
        *_by_priority(copy),
        ".",
    )
    yield _plan(copy)
    late = [row for row in copy.year if row.late]
    if late:
        said = [
            f"{row.reference} {row.title} ({row.late.word.lower()}, by {working_days(row.late.late)})"
            for row in late
            if row.late
        ]
        yield (*count(len(late), "audit is late", "audits are late"), f": {listed(said)}.")
    elif copy.year:
        yield ("No audit is late.",)
    yield from _moved(copy)
    for auditor, name in copy.auditors:
        yield from _promises(copy, auditor, name)
    yield from _kept_back(copy)


def _by_priority(copy: Copy) -> Parts:
    found: Counter[str] = Counter()
    for row in copy.issued:
        found.update({word: number for word, _tone, number in copy.priorities(row)})
    graded = {word: f"of priority {word}" if word.isdigit() else word.lower() for word in found}
    parts = [f"{number} {graded[word]}" for word, number in found.items() if number]
    return (f" ({listed(parts)})",) if parts else ()


def _plan(copy: Copy) -> Parts:
    if not copy.year:
        return (f"The plan of {copy.stock.year} holds no audit.",)
    days = sum(row.line.days or 0 for row in copy.year if not row.line.left)
    parts = [f"{number} {state.lower()}" for state, number in states(copy.year)]
    planned = f" of {days:,} days" if days else ""
    return (
        f"The plan of {copy.stock.year} holds ",
        *count(len(copy.year), "audit", "audits", first=False),
        f"{planned}: {listed(parts)}.",
    )


def _moved(copy: Copy) -> Iterator[Parts]:
    events = [one for row in copy.year for one in copy.happened.get(row.pk, ()) if one.day > copy.stock.since]
    dates = sum(one.event == "audit.stages_planned" for one in events)
    left = sum(one.event in {"audit.deferred", "audit.cancelled"} for one in events)
    said: list[Parts] = [(*count(left, "audit", "audits", first=False), " left the plan")] if left else []
    said += [("planned dates were moved ", *((bold(dates), " times") if dates > 1 else ("once",)))] if dates else []
    if said:
        joined = (*said[0], " and ", *said[1]) if len(said) > 1 else said[0]
        yield (f"Since {say_date(copy.stock.since)}, ", *joined, ". The reasons, and who agreed them, follow the plan.")


def _promises(copy: Copy, auditor: int, name: str) -> Iterator[Parts]:
    results = Counter(row.result for row in copy.measures(auditor) if row.promised)
    if results:
        order = ("Met", "Not met", "Not yet due", "Cannot be told")
        parts = [f"{results[word]} {word.lower()}" for word in order if results[word]]
        yield (f"Of the {sum(results.values())} promises of {name} this year, {listed(parts)}.",)


def _kept_back(copy: Copy) -> Iterator[Parts]:
    """What another audience does not see, said only to those who may know of it."""
    restricted = sum(row.restricted for row in copy.shown)
    if restricted:
        yield ("Panel members alone may see ", *count(restricted, "audit", "audits", first=False), " of this copy.")
    if copy.audience == "panel" and (office := sum(row.sensitivity == "office" for row in copy.shown)):
        yield (*count(office, "audit is", "audits are"), " for the office and the panel, and not in the public copy.")


def _issued(copy: Copy) -> Iterator[Block]:
    if not copy.issued:
        yield para(f"No final report was issued since {say_date(copy.stock.since)}.")
        return
    for year in sorted({row.line.year for row in copy.issued}):
        for shared in (False, True):
            rows = [
                row for row in copy.issued if row.line.year == year and bool(copy.stock.shared.get(row.pk)) == shared
            ]
            if rows:
                kind = "collaboration final reports" if shared else "final reports"
                yield para(f"The following {year} {kind} were issued since {say_date(copy.stock.since)}:")
                start = COLLABORATION if shared else ""
                yield bullets(*(f"{start}{row.title} ({opinion(row)})" for row in rows))
    yield _table(copy)


def _table(copy: Copy) -> Table:
    """Each report with its opinion and its recommendations by priority; the words of every scale that is used."""
    counts = {row.pk: {word: number for word, _tone, number in copy.priorities(row)} for row in copy.issued}
    words = list(dict.fromkeys(word for found in counts.values() for word in found))
    columns = (
        Column("Report", 26),
        Column("Reference", 11, kind="reference"),
        Column("Issued", 13, kind="date"),
        Column("Opinion", 12),
        *(Column(word, 9, "right", "number") for word in words),
        Column("All", 7, "right", "number"),
    )
    rows = [Row(_cells(copy, row, counts[row.pk], words)) for row in copy.issued]
    totals = [sum(found.get(word, 0) for found in counts.values()) for word in words]
    every = (
        cell(bold("All reports")),
        cell("-"),
        cell("-"),
        cell("-"),
        *(cell(bold(each)) for each in (*totals, sum(totals))),
    )
    return Table(ISSUED_TABLE, columns, (*rows, Row(every, total=True)))


def _cells(copy: Copy, row: AuditRow, found: dict[str, int], words: list[str]) -> tuple:
    title = heading_of(row, shared=bool(copy.stock.shared.get(row.pk)))
    return (
        cell(link(title, f"#{anchor_of(row)}")),
        cell(row.reference),
        cell(say_date(row.line.final_on) if row.line.final_on else ""),
        opinion_cell(row),
        *(cell(found.get(word, "-")) for word in words),
        cell(bold(sum(found.values()))),
    )
