"""What rows contradict each other in: listed twice, awarded twice, one reference for two, one supplier with two numbers."""

from collections import defaultdict
from collections.abc import Iterator

from candour.commissioning.intake.found import Found
from candour.commissioning.intake.paper import Paper
from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import counted, listed, words_key


def between_rows(paper: Paper) -> Iterator[Finding]:
    """Rows that are the same row, rows that award the same again, references and numbers that do not tell apart."""
    twice: set[str] = set()
    for first, later in _same(paper):
        twice.add(later.key)
        yield Finding(
            "double-listing", "error", later.place, later.key, later.called, "one row",
            f"{later.called} stands twice: {first.place} and {later.place} say the same",
        )  # fmt: skip
    for found in _by_reference(paper).values():
        others = [one for one in found if one.key not in twice]
        if len(others) > 1:
            places = listed([str(one.place) for one in others])
            yield Finding(
                "reference-repeated", "error", others[1].place, others[1].key, others[1].reference, "a reference of its own",
                f"{counted(len(others), 'row')} have the reference {others[1].reference}: {places}",
            )  # fmt: skip
    if paper.kind != "spend":
        yield from _awarded_again(paper, twice)
    yield from _two_numbers(paper)


def _same(paper: Paper) -> Iterator[tuple[Found, Found]]:
    """(the first, a later row that says the same of who, what, when and how much)."""
    seen: dict[tuple[object, ...], Found] = {}
    for one in paper.found:
        days = tuple(one.day(name) for name in ("date", "start", "end"))
        pence = one.pence(paper.amount)
        if not one.supplier or pence is None:
            continue
        told: tuple[object, ...] = (
            words_key(one.supplier),
            words_key(str(one.record.get("title") or "")),
            *days,
            pence,
        )
        if paper.kind == "spend":
            told = (*told, words_key(one.reference))
        elif not any(days):  # where no day tells two awards apart, they are one only if all that is printed is the same
            told = (*told, *sorted(one.printed.cells.items()), *sorted(one.printed.more.items()))
        if told in seen:
            yield seen[told], one
        else:
            seen[told] = one


def _by_reference(paper: Paper) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = defaultdict(list)
    for one in paper.found:
        if one.reference and not (paper.kind == "spend" and one.pence("amount") is None):
            found["".join(one.reference.casefold().split())].append(one)
    if paper.kind == "spend":  # an invoice is paid in lines: its number repeats for one supplier and day
        return {
            key: rows
            for key, rows in found.items()
            if len({(words_key(one.supplier), one.day("date")) for one in rows}) > 1
        }
    return found


def _awarded_again(paper: Paper, twice: set[str]) -> Iterator[Finding]:
    """The same title to the same supplier from the same day, with another value or reference."""
    seen: dict[tuple[object, ...], Found] = {}
    for one in paper.found:
        day = one.day("start") or one.day("date")
        title = words_key(str(one.record.get("title") or ""))
        if not one.supplier or not title or day is None or one.key in twice:
            continue
        told = (words_key(one.supplier), title, day)
        if told in seen:
            first = seen[told]
            yield Finding(
                "award-repeated", "warning", one.place, one.key, str(one.printed.cells.get("value", "nothing")),
                str(first.printed.cells.get("value", "nothing")),
                f"{one.called}: {one.supplier} is awarded the same from the same day as in {first.place}, otherwise",
            )  # fmt: skip
        else:
            seen[told] = one


def _two_numbers(paper: Paper) -> Iterator[Finding]:
    """A supplier that has another number than in a row before."""
    seen: dict[tuple[str, str], tuple[str, Found]] = {}
    for one in paper.found:
        for name in ("charity_number", "company_number"):
            number = "".join(str(one.record.get(name) or "").split()).lstrip("0")
            if not number or not one.supplier:
                continue
            first, row = seen.setdefault((words_key(one.supplier), name), (number, one))
            if first != number:
                yield Finding(
                    "number-differs", "warning", one.place, one.key, str(one.record[name]), str(row.record[name]),
                    f"{one.supplier} has another {name.replace('_', ' ')} than in {row.place}",
                )  # fmt: skip
