"""The tables that stand before the tracker: totals, closures to decide, dates that passed, and what else to note. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Row,
    Table,
    bullets,
    cell,
    link,
    para,
    words,
)
from candour.recommendations.papers.stock import Copy, Rows, failed_checks
from candour.recommendations.papers.words import (
    CLOSURES,
    ENDED,
    FLAGGED,
    IN_WORDS,
    MOVED,
    OPINIONS,
    OUTCOMES,
    QUIET,
    REPEATS,
    TOTALS,
    VERDICTS,
    VERIFIED,
    barrier,
    last_slip,
    later_words,
    lines,
    listed,
    original_words,
    owner_words,
    owners_cell,
    priority_cell,
    report_words,
    short_day,
    status_cell,
    target_words,
    years,
)
from candour.recommendations.queries.rows import RecommendationRow

Cells = Callable[[RecommendationRow], tuple[Cell | str, ...]]
REFERENCE, HEADING, REPORT = Column("Reference", 13, kind="reference"), Column("Heading", 24), Column("Report", 16)


_SHORT = 400  # signs of an update that a table repeats


class Anchors:
    """Where each recommendation is printed in full, so that a reference leads to it."""

    def __init__(self, anchors: dict[int, str]) -> None:
        self.anchors = anchors

    def reference(self, row: RecommendationRow) -> Cell:
        return cell(link(row.reference, f"#{self.anchors[row.pk]}"))

    def table(self, caption: str, columns: Sequence[Column], rows: Rows, cells: Cells) -> Table:
        """A table about some recommendations: reference, heading, report, and what the table is about."""
        made = []
        for row in rows:
            own = (one if isinstance(one, Cell) else cell(one) for one in cells(row))
            made.append(Row((self.reference(row), cell(row.title), cell(report_words(row)), *own)))
        return Table(caption, (REFERENCE, HEADING, REPORT, *columns), tuple(made))


def totals(copy: Copy) -> Table:
    """Each priority: live on the day compared with, raised, ended, live now; of these proposed closed and late."""
    names = list(dict.fromkeys(row.line.priority for row in sorted((*copy.live, *copy.ended), key=_rank)))
    return Table(
        TOTALS, _total_columns("Priority", copy), _total_rows(copy, names, lambda row: row.line.priority, whole=True)
    )


def by_opinion(copy: Copy) -> Table | None:
    """The same by the opinion of the report, where this audience may read of any."""

    def opinion(row: RecommendationRow) -> str:
        audit = copy.near(row.came_from_id)
        return audit.opinion if audit else ""

    names = list(dict.fromkeys(filter(None, map(opinion, (*copy.live, *copy.ended)))))
    if not names:
        return None
    order = [step.word for step in copy.stock.opinions.steps] if copy.stock.opinions else []
    names.sort(key=lambda name: (order.index(name) if name in order else len(order), name))
    others = [""] if any(not opinion(row) for row in (*copy.live, *copy.ended)) else []
    rows = _total_rows(copy, [*names, *others], opinion, whole=False)
    return Table(OPINIONS, _total_columns("Opinion of the report", copy), rows)


def _rank(row: RecommendationRow) -> tuple[int, str]:
    return row.line.rank, row.line.priority


def _total_columns(head: str, copy: Copy) -> tuple[Column, ...]:
    labels = (
        f"Before, at {say_date(copy.stock.since)}", "Raised or reopened since", "Ended since", "Live now", "Proposed closed",
        "Late",
    )  # fmt: skip
    return (Column(head, 16), *(Column(label, 12, "right", "number") for label in labels))


def _total_rows(
    copy: Copy, names: Sequence[str], of: Callable[[RecommendationRow], str], *, whole: bool
) -> tuple[Row, ...]:
    stood = tuple(row for row in (*copy.live, *copy.ended) if row.pk in copy.stock.before)
    parts = (stood, copy.raised, copy.ended, copy.live, copy.proposed, copy.late)
    counted = [Counter(of(row) for row in part) for part in parts]
    rows = [Row((cell(name or "None"), *(cell(held[name]) for held in counted))) for name in names]
    if whole:
        rows.append(Row((cell("Total"), *(cell(len(part)) for part in parts)), total=True))
    return tuple(rows)


def closures(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """What the panel is asked to decide: the case, the evidence, and the checks that it fails."""
    if not copy.proposed:
        yield para("Nothing is proposed closed.")
        return
    columns: tuple[Column, ...] = (
        Column("Priority", 9),
        Column("Owner", 15),
        Column("Proposed on", 11),
        Column("Case for closing", 34),
    )
    columns += (Column("Evidence", 18), Column("Checks that fail", 20))
    yield anchors.table(CLOSURES, columns, copy.proposed, lambda row: _closure(row, copy))


def _closure(row: RecommendationRow, copy: Copy) -> tuple[Cell | str, ...]:
    failed = failed_checks(row, copy)
    return (
        priority_cell(row),
        owner_words(row),
        short_day(row.line.proposed_on) if row.line.proposed_on else "None",
        _case(row),
        _evidence(row, copy),
        cell(bullets(*(check.said for check in failed))) if failed else "None",
    )


def _case(row: RecommendationRow) -> Cell:
    """The case that was made; else what the newest update says was achieved, shortened, for its card has it in full."""
    if row.closure and row.closure.case.strip():
        return cell(*lines(row.closure.case))
    said = " ".join((row.updates[-1].achieved or row.updates[-1].text).split()) if row.updates else ""
    if not said:
        return cell("No case is made")
    return cell(f"None but its update: {said if len(said) <= _SHORT else f'{said[:_SHORT].rstrip()} ...'}")


def _evidence(row: RecommendationRow, copy: Copy) -> Cell:
    note = lines(row.updates[-1].evidence) if row.updates else ()
    held = copy.stock.files.get(row.pk, 0)
    files = (f"{held} file{'' if held == 1 else 's'} on the record",) if held else ()
    return cell(*note, *files) if note or files else cell("None is named")


def moved(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """Dates that passed or moved, the longest past first, each with what a panel would ask."""
    if not copy.moved:
        yield para("No original date has passed or moved.")
        return
    columns: tuple[Column, ...] = (Column("Owner", 15), Column("Original target", 12), Column("Current target", 12))
    columns += (Column("Slips", 6, "right", "number"), Column("Days past the original", 8, "right", "number"))
    columns += (Column("Last slip: why, and who agreed it", 26), Column("Latest barrier", 26))
    yield anchors.table(MOVED, columns, copy.moved, _moved)


def _moved(row: RecommendationRow) -> tuple[Cell | str, ...]:
    said = barrier(row)
    return (
        owners_cell(row),
        original_words(row),
        later_words(row),
        str(row.line.slips),
        str(row.late.original),
        _slip(row),
        cell(*lines(said)) if said else "None is named",
    )


def _slip(row: RecommendationRow) -> str:
    slip = last_slip(row)
    if slip is None:
        return "It has not been given a later date"
    why = " ".join(slip.why.split()).rstrip(".") or "No reason is recorded"
    agreed = f"Agreed by {slip.approver.strip()}" if slip.approver.strip() else "Nobody is recorded as having agreed it"
    return f"{short_day(slip.set_on)}. {why}. {agreed}"


def quiet(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    since = say_date(copy.stock.since)
    if not copy.quiet:
        yield para(f"Every owner has given an update since {since}.")
        return
    columns: tuple[Column, ...] = (Column("Owner", 18), Column("Status", 11), Column("Last update", 13))
    yield anchors.table(
        f"{QUIET} since {since}",
        columns,
        copy.quiet,
        lambda row: (
            owner_words(row),
            status_cell(row),
            short_day(row.line.last_update) if row.line.last_update else "None yet",
        ),
    )


def noted(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """Second slips, repeats with their age, and dates that no calendar knows."""
    if not (copy.flagged or copy.repeats or copy.words):
        yield para("No date has moved twice, nothing is a repeat, and every date is a day.")
    if copy.flagged:
        columns: tuple[Column, ...] = (
            Column("Owner", 18),
            Column("Slips", 6, "right", "number"),
            Column("Every date in turn", 34),
        )
        yield anchors.table(
            FLAGGED, columns, copy.flagged, lambda row: (owner_words(row), str(row.line.slips), _ledgers(row))
        )
    if copy.repeats:
        columns: tuple[Column, ...] = (
            Column("Repeats", 18),
            Column("First reported", 13),
            Column("Age", 14),
            Column("Status", 11),
        )
        yield anchors.table(REPEATS, columns, copy.repeats, lambda row: _repeat(row, copy))
    if copy.words:
        columns: tuple[Column, ...] = (Column("Owner", 18), Column("Original target", 14), Column("As printed", 26))
        yield anchors.table(
            IN_WORDS, columns, copy.words, lambda row: (owner_words(row), original_words(row), _printed(row))
        )


def _ledgers(row: RecommendationRow) -> Cell:
    each = [
        Paragraph(words(", then ".join(target_words(target) for target in owner.targets)))
        for owner in row.owners
        if owner.slips > 1
    ]
    return cell(*each)


def _printed(row: RecommendationRow) -> str:
    return listed([target_words(one.current) for one in row.owners if one.current and one.current.due is None])


def _repeat(row: RecommendationRow, copy: Copy) -> tuple[Cell | str, ...]:
    earlier = copy.near(row.repeat_of_id)
    return (
        earlier.reference if earlier else "An earlier one",
        short_day(row.line.first_reported),
        years(row, copy.stock.as_at),
        status_cell(row),
    )


def ended(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """What left the tracker and how, and what the auditor found of closures."""
    since = say_date(copy.stock.since)
    if copy.ended:
        columns: tuple[Column, ...] = (Column("On", 12), Column("How", 14), Column("Decided by", 26))
        yield anchors.table(f"{ENDED} since {since}", columns, copy.ended, _ended)
    else:
        yield para(f"Nothing has left the tracker since {since}.")
    if copy.verified:
        columns: tuple[Column, ...] = (Column("Looked at", 12), Column("What was found", 14), Column("In words", 28))
        yield anchors.table(f"{VERIFIED} since {since}", columns, copy.verified, _verified)
    else:
        yield para(f"The auditor has looked at no closure since {since}.")


def _ended(row: RecommendationRow) -> tuple[Cell | str, ...]:
    closed_on = row.line.closed_on
    closure = row.closure if row.line.outcome == "closed" else None
    decided = (closure.decision if closure else "") or "No meeting is recorded"
    return (short_day(closed_on) if closed_on else "", OUTCOMES.get(row.line.outcome, "Ended"), decided)


def _verified(row: RecommendationRow) -> tuple[Cell | str, ...]:
    closure = row.closure
    if closure is None or closure.verified_on is None:
        return ("", "", "")
    found = cell(*lines(closure.found)) if closure.found.strip() else "Nothing more is said"
    return (short_day(closure.verified_on), VERDICTS[closure.verdict], found)
