"""The checks of a tracker paper before it is issued: its figures recounted from its own tables, leaks, gaps. Pure."""

import re

from candour.kernel.papers.document import Cell, Detail, Document, Paragraph, Row, Table, plain
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.papers.say import listed
from candour.kernel.papers.walk import block_texts
from candour.recommendations.papers.stock import Copy, Rows, Stock, copy_of
from candour.recommendations.papers.words import (
    CLOSURES,
    ENDED,
    FLAGGED,
    IN_WORDS,
    MOVED,
    QUIET,
    REPEATS,
    TOTALS,
    VERIFIED,
)
from candour.recommendations.queries.rows import RecommendationRow

_NUMBER = r"([\d,]+|[Nn]o(?:ne)?)"
# What a numbered sentence says, and the table whose rows it counts; MOVED alone lists more than what is late.
_SAID = (
    (rf"^{_NUMBER} (?:is|are) proposed closed", CLOSURES),
    (rf"^{_NUMBER} (?:is|are) past (?:its|their) original date", MOVED),
    (rf"^{_NUMBER} ha(?:s|ve) given no update", QUIET),
    (rf"^{_NUMBER} ha(?:s|ve) had a date moved twice", FLAGGED),
    (rf"; {_NUMBER} (?:is a repeat|repeat an earlier)", REPEATS),
    (rf"; {_NUMBER} ha(?:s|ve) a date in words", IN_WORDS),
    (rf" and {_NUMBER} left the tracker", ENDED),
    (rf"^The auditor looked again at {_NUMBER} closures?", VERIFIED),
)
_TOTALS = (
    (rf"^There (?:is|are) {_NUMBER} live", "Live now"),
    (rf"^Since [^,]*, {_NUMBER} w(?:as|ere) raised", "Raised or reopened since"),
    (rf" and {_NUMBER} left the tracker", "Ended since"),
    (rf"^{_NUMBER} (?:is|are) proposed closed", "Proposed closed"),
    (rf"^{_NUMBER} (?:is|are) past (?:its|their) original date", "Late"),
)


def checks(stock: Stock, audience: str, document: Document) -> tuple[Check, ...]:
    """Every check of one copy. Only a reference or title of a hidden recommendation stops its issue."""
    copy = copy_of(stock, audience)
    agree, differ = figures_against_tables(document)
    figures = Check(not differ, "Figures agree with the tables", "; ".join(differ) if differ else f"{agree} of {agree}")
    return (
        figures,
        *leaks(document, audience, hidden=copy.hidden, shown=copy.shown, admitted=copy.redacted),
        *_register(copy),
    )


def leaks(
    document: Document, audience: str, *, hidden: Rows, shown: Rows, admitted: tuple[str, ...] = ()
) -> tuple[Check, ...]:
    """Whether a copy gives anything away of what its audience may not see. The panel may see all."""
    if audience == "panel":
        return ()
    return leak_checks(
        document, hidden=map(told, hidden), shown=map(told, shown), admitted=admitted, what="recommendations"
    )


def told(row: RecommendationRow) -> Told:
    """What a recommendation says in words."""
    said = [row.finding, row.risk, row.text, row.response_text]
    said += [text for one in row.updates for text in (one.achieved, one.left, one.barriers, one.text, one.evidence)]
    said += [text for one in row.closures for text in (one.case, one.why, one.found)]
    said += [target.why for owner in row.owners for target in owner.targets]
    return Told(row.reference, row.title, tuple(said))


def figures_against_tables(document: Document) -> tuple[int, list[str]]:
    """How many figures were recounted, and in words those that do not agree. Nothing here knows the rows."""
    tables = {block.caption: _cells(block) for block in document.blocks if isinstance(block, Table)}
    said = [plain(one.words) for one in document.blocks if isinstance(one, Paragraph) and one.number is not None]
    total = next((row for row in _of(tables, TOTALS) if row and _words(next(iter(row.values()))) == "Total"), {})
    found: list[tuple[str, int, int]] = []
    for words in said:
        for pattern, caption in _SAID:
            if hit := re.search(pattern, words):
                rows = _of(tables, caption)
                late = [row for row in rows if caption != MOVED or _words(row["Days past the original"]) != "0"]
                found.append((hit[0], _value(hit[1]), len(late)))
        found += [
            (hit[0], _value(hit[1]), _value(_words(total[head])))
            for pattern, head in _TOTALS
            if total and (hit := re.search(pattern, words))
        ]
    cards = [block for block in document.blocks if isinstance(block, Detail)]
    if total:
        live = sum(not any(one.label == "Ended" for one in card.facts) for card in cards)
        found.append(("live in the totals", _value(_words(total["Live now"])), live))
        found += _sums(_of(tables, TOTALS))
    differ = [f"‘{words}’: the tables have {counted}" for words, stated, counted in found if stated != counted]
    return len(found), differ


def _sums(rows: list[dict[str, Cell]]) -> list[tuple[str, int, int]]:
    """Each column comes to its total, and each row to what it says is live now."""
    heads = list(rows[0])[1:]
    found = [
        (f"total of {head}", _value(_words(rows[-1][head])), sum(_value(_words(row[head])) for row in rows[:-1]))
        for head in heads
    ]
    for row in rows:
        before, raised, ended, live = (_value(_words(row[head])) for head in heads[:4])
        found.append((f"live now of {_words(next(iter(row.values())))}", live, before + raised - ended))
    return found


def _of(tables: dict[str, list[dict[str, Cell]]], caption: str) -> list[dict[str, Cell]]:
    return next((rows for name, rows in tables.items() if name.startswith(caption)), [])


def _cells(table: Table) -> list[dict[str, Cell]]:
    heads = [column.header for column in table.columns]
    return [dict(zip(heads, row.cells, strict=True)) for row in table.rows if isinstance(row, Row)]


def _words(cell: Cell) -> str:
    return " ".join(text for block in cell.blocks for text in block_texts(block))


def _value(text: str) -> int:
    return 0 if text[:2].casefold() == "no" else int(text.replace(",", ""))


def _register(copy: Copy) -> tuple[Check, ...]:
    """What a panel would send back: silence, nobody who answers, no date, a slip that nobody agreed."""
    unowned = [row.reference for row in copy.live if not any(owner.owner for owner in row.owners)]
    undated = [row.reference for row in copy.live if row.line.due is None and not row.line.in_words]
    alone = [row.reference for row in copy.live if _not_agreed(row)]
    failing = [row.reference for row in copy.proposed if row.closure and not row.closure.case.strip()]
    return (
        _gap([row.reference for row in copy.quiet], "Every owner has given an update", "No update this period"),
        _gap(unowned, "Every one has an owner", "Nobody answers for it"),
        _gap(undated, "Every one has a target", "No target date"),
        _gap(alone, "Every slip was agreed", "A slip without a reason or an approver"),
        _gap(failing, "Every closure has a case", "Proposed closed without a case"),
    )


def _gap(references: list[str], well: str, amiss: str) -> Check:
    return Check(not references, amiss if references else well, listed(references, most=6))


def _not_agreed(row: RecommendationRow) -> bool:
    slips = [target for owner in row.owners for target in owner.targets if target.number]
    return any(not target.approver.strip() or not target.why.strip() for target in slips)
