"""Totals, counts and budgets that a paper states, held against its rows."""

import re
from collections.abc import Iterator, Sequence

from candour.commissioning.intake.found import Found
from candour.commissioning.intake.paper import Paper
from candour.commissioning.intake.table import Total
from candour.commissioning.rules import pounds
from candour.kernel.intake.amounts import read_amount
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import NUMBER, counted, read_number, words_key

_MANY = r"contracts|grants|agreements|awards|payments|transactions"
_N = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+|{NUMBER})"
_WHICH = r"(?:live|current|active|running|individual|separate)"
_COUNT = re.compile(
    rf"(?:\bthere (?:is|are|were)|\b(?:register|list|file|schedule) (?:holds|lists|contains|shows)|\btotal of)\s+{_N}\s+"
    rf"(?:{_WHICH}\s+)?(?:{_MANY}|contract|grant|agreement|award|payment|transaction)\b",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:together worth|totall?ing|worth (?:a total of|in total)|total (?:value|award|amount|spend)(?:\s+(?:is|of|was))?"
    r"|with a total value of)\s*:?\s*(?P<amount>£\s?[\d,.]+\d\s*(?:k|m|million|thousand)?)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:grand )?total(?: value| amount| awarded| spend)?$", re.IGNORECASE)
_COUNTED = re.compile(rf"^(?:total )?(?:number|count) of (?:{_MANY}|rows)$", re.IGNORECASE)


def of_paper(paper: Paper) -> Iterator[Finding]:
    """What the paper as a whole says, against its rows."""
    if not paper.found:
        place = paper.register.front[0].place if paper.register.front else Place()
        yield Finding(
            "no-rows", "note", place, "", paper.title or "nothing", "a table with a row for each",
            "Nothing in this paper is a row: it has no table with headings such as supplier, title, value, start and end",
        )  # fmt: skip
        return
    yield from _rows_of_totals(paper)
    yield from _sentences(paper)
    yield from _budgets(paper)


def _sum(rows: Sequence[Found], name: str) -> int:
    return sum(one.amounts[name].pence or 0 for one in rows if name in one.amounts)


def _rows_of_totals(paper: Paper) -> Iterator[Finding]:
    """A row of totals stands for its section or for all above it: it is right where it is the sum of either."""
    for total in paper.register.totals:
        for name, text in total.amounts.items():
            stated = read_amount(text, total.times.get(name, 1))
            if stated.pence is None or stated.about:
                continue
            sums = [_sum(paper.found[start:end], name) for start, end in _spans(total)]
            if stated.pence not in sums:
                yield Finding(
                    "total-differs", "error", total.place, "", text, pounds(sums[0]),
                    f"‘{total.words}’ is {pounds(stated.pence)}, and its rows give {pounds(sums[0])}",
                )  # fmt: skip


def _spans(total: Total) -> list[tuple[int, int]]:
    """The rows that a total can stand for, the likeliest first."""
    words = total.words.casefold()
    if words.startswith(("grand", "overall")):
        return [total.whole]
    if words.startswith(("sub", "section")):
        return [total.section]
    return [total.whole, total.section] if total.section[0] >= total.section[1] else [total.section, total.whole]


def _sentences(paper: Paper) -> Iterator[Finding]:
    said = [(one.text, one.place) for one in paper.register.front]
    for text, place in said:
        for match in _COUNT.finditer(text):
            stated = read_number(match["n"].replace(",", ""))
            if stated is not None and stated != len(paper.found):
                yield _counts(paper, stated, text, place)
        for match in _WORTH.finditer(text):
            yield from _worth(paper, match["amount"], text, place)
    for label, text, place in paper.register.facts:
        if _COUNTED.match(label) and (stated := read_number(text.replace(",", ""))) not in (None, len(paper.found)):
            yield _counts(paper, stated or 0, f"{label}: {text}", place)
        if _LABEL.match(label):
            yield from _worth(paper, text, f"{label}: {text}", place)


def _counts(paper: Paper, stated: int, text: str, place: Place) -> Finding:
    return Finding(
        "count-differs", "error", place, "", text, str(len(paper.found)),
        f"The paper states {counted(stated, 'row')}, and has {len(paper.found)}",
    )  # fmt: skip


def _worth(paper: Paper, amount: str, text: str, place: Place) -> Iterator[Finding]:
    stated, found = read_amount(amount), _sum(paper.found, paper.amount)
    if stated.pence is None or stated.about or stated.pence == found or _rounds_to(amount, stated.pence, found):
        return
    yield Finding(
        "total-differs", "error", place, "", text, pounds(found),
        f"The paper states {pounds(stated.pence)} in all, and its rows give {pounds(found)}",
    )  # fmt: skip


def _rounds_to(text: str, stated: int, found: int) -> bool:
    """Whether a total in thousands or millions is the sum of the rows, rounded as it is printed: £1.2m for £1,187,000."""
    unit = re.search(r"(\d+)(?:\.(\d+))?\s*(k|m|million|thousand)\s*$", text, re.IGNORECASE)
    if not unit:
        return False
    whole = 1_000_00 if unit[3].casefold() in ("k", "thousand") else 1_000_000_00
    step = whole // 10 ** len(unit[2] or "")
    return abs(stated - found) * 2 <= step


def _budgets(paper: Paper) -> Iterator[Finding]:
    """What is awarded of a stream against the budget that the paper states for it."""
    if paper.kind == "spend":
        return
    for one in paper.budgets:
        key = words_key(one.stream)
        rows = [row for row in paper.found if not key or words_key(str(row.record.get("stream") or "")) == key]
        found = _sum(rows, "value")
        if found > one.pence:
            of = f" of {one.stream}" if one.stream else ""
            yield Finding(
                "over-allocated", "error", one.place, "", one.says, f"{pounds(found)} or more",
                f"The budget{of} is {pounds(one.pence)}, and {pounds(found)} is awarded: {pounds(found - one.pence)} too much",
            )  # fmt: skip
