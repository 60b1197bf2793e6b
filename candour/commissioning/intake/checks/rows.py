"""What is wrong with a row by itself."""

import re
from collections import Counter
from collections.abc import Iterator

from candour.commissioning.intake.found import Found, says_expired
from candour.commissioning.intake.paper import Paper, months_said
from candour.commissioning.rules import charity_number, company_number, pounds
from candour.kernel.calendar import say_date
from candour.kernel.intake.document import Finding

WORDS = {
    "date": "day of the award", "signed": "day of the signatures", "start": "first day", "end": "last day",
    "maximum_end": "last possible end", "notice": "last day to give notice",
}  # fmt: skip
ALIKE, LEAST = 0.7, 5  # of so many references at least, this part has one shape: then another shape is told


def of_rows(paper: Paper, name: str) -> Iterator[Finding]:
    """Row by row what each leaves out, and where it contradicts itself."""
    shape, months = _usual(paper), months_said(paper, name) if paper.kind == "spend" else set()
    for one in paper.found:
        yield from _left_out(one, paper)
        yield from _reference(one, shape)
        yield from _value(one, paper)
        yield from _days(one, paper)
        yield from _order(one, paper)
        yield from _state(one, paper)
        yield from _numbers(one)
        if months and (day := one.day("date")) and day.replace(day=1) not in months:
            said = " and ".join(f"{month:%B %Y}" for month in sorted(months))
            yield Finding(
                "outside-month", "warning", one.place, one.key, say_date(day), said,
                f"{one.called}: its day is outside the month that the paper is about",
            )  # fmt: skip


def _left_out(one: Found, paper: Paper) -> Iterator[Finding]:
    column = "number" if paper.kind == "spend" else "reference"
    if not one.reference and column in one.printed.columns:
        yield Finding(
            "reference-missing",
            "warning",
            one.place,
            one.key,
            "nothing",
            "a reference",
            f"{one.called} has no reference",
        )
    if not one.supplier and "supplier" in one.printed.columns:
        yield Finding(
            "supplier-missing", "warning", one.place, one.key, one.printed.cells.get("supplier", "nothing"), "a name",
            f"{one.called}: nobody is named who is paid",
        )  # fmt: skip
    if not one.record.get("title") and {"title", "purpose"} & one.printed.columns:
        yield Finding(
            "title-missing", "warning", one.place, one.key, one.printed.cells.get("title", "nothing"), "a title",
            f"{one.called}: it is not said what it is for",
        )  # fmt: skip


def _usual(paper: Paper) -> str:
    """The shape that most references have, digits as 9 and letters as A; "" where they have none in common."""
    shapes = Counter(_shape(one.reference) for one in paper.found if one.reference)
    total = sum(shapes.values())
    shape, times = max(shapes.items(), key=lambda each: each[1], default=("", 0))
    return shape if total >= LEAST and times >= ALIKE * total else ""


def _shape(reference: str) -> str:
    return re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", reference))


def _reference(one: Found, shape: str) -> Iterator[Finding]:
    if shape and one.reference and _shape(one.reference) != shape:
        yield Finding(
            "reference-malformed", "warning", one.place, one.key, one.reference, f"a reference of the shape {shape}",
            f"{one.reference} is not written as the other references are",
        )  # fmt: skip


def _value(one: Found, paper: Paper) -> Iterator[Finding]:
    amount, text = one.amounts.get(paper.amount), one.printed.cells.get(paper.amount, "")
    if paper.amount in one.printed.shared:
        yield Finding(
            "value-shared", "note", one.place, one.key, "nothing of its own", "its own value",
            f"{one.called} shares a value with the row above: only that one counts it",
        )  # fmt: skip
        return
    told = amount is not None and (amount.pence is not None or amount.unclear or amount.withheld or amount.each_year)
    if not told and not one.record.get("value_a_year"):
        yield Finding(
            "value-missing", "warning", one.place, one.key, text or "nothing", "an amount",
            f"{one.called}: it is not said what it costs",
        )  # fmt: skip
        return
    each_year = one.record.get("value_a_year") is not None
    if each_year and (amount is None or amount.pence is None or amount.each_year):
        said = text or one.printed.cells.get("value_a_year", "")
        yield Finding(
            "value-a-year", "warning", one.place, one.key, said, "the value of the whole term",
            f"{one.called}: its value is told for a year",
        )  # fmt: skip
    elif amount is not None and amount.unclear:
        yield Finding(
            "value-unclear",
            "warning",
            one.place,
            one.key,
            text,
            "one amount",
            f"{one.called}: {amount.unclear.lower()}",
        )
    elif amount is not None and amount.about:
        yield Finding(
            "value-approximate",
            "note",
            one.place,
            one.key,
            text,
            pounds(amount.pence),
            f"{one.called}: its value is no exact one",
        )
    yield from _of_years(one)


def _of_years(one: Found) -> Iterator[Finding]:
    years = [
        amount.pence for name, amount in one.amounts.items() if name.startswith("years:") and amount.pence is not None
    ]
    stated = one.amounts["value"].pence if "value" in one.printed.cells and "value" in one.amounts else None
    if years and stated is not None and sum(years) != stated:
        yield Finding(
            "years-differ", "error", one.place, one.key, one.printed.cells["value"], pounds(sum(years)),
            f"{one.called}: the amounts of its years are {pounds(sum(years))} together, and its value is {pounds(stated)}",
        )  # fmt: skip


def _days(one: Found, paper: Paper) -> Iterator[Finding]:
    for name, day in one.days.items():
        text = one.printed.cells.get(name) or one.printed.cells.get("period", "")
        word = "day of the payment" if paper.kind == "spend" else WORDS[name]
        if day.impossible:
            yield Finding(
                "date-impossible", "error", one.place, one.key, text, "a day of the calendar",
                f"{one.called}: there is no such day, its {word}",
            )  # fmt: skip
        elif day.unread:
            yield Finding(
                "date-unread",
                "note",
                one.place,
                one.key,
                text,
                "a day",
                f"{one.called}: its {word} is no day that can be read",
            )


def _order(one: Found, paper: Paper) -> Iterator[Finding]:
    """Days that run backwards. A day without the other says nothing."""
    start, end, last, signed = (one.day(name) for name in ("start", "end", "maximum_end", "signed"))
    awarded = one.day("date") if paper.kind != "spend" else None
    if start and end and end < start:
        yield Finding(
            "ends-before-start", "error", one.place, one.key, say_date(end), f"{say_date(start)} or later",
            f"{one.called} ends before it starts",
        )  # fmt: skip
    if end and last and last < end:
        yield Finding(
            "maximum-before-end", "error", one.place, one.key, say_date(last), f"{say_date(end)} or later",
            f"{one.called}: its last possible end is before its last day",
        )  # fmt: skip
    if awarded and end and awarded > end:
        yield Finding(
            "awarded-after-end", "error", one.place, one.key, say_date(awarded), f"{say_date(end)} or earlier",
            f"{one.called} was awarded after it ended",
        )  # fmt: skip
    elif awarded and start and awarded > start and paper.kind == "contracts":
        yield Finding(
            "awarded-after-start", "warning", one.place, one.key, say_date(awarded), f"{say_date(start)} or earlier",
            f"{one.called} was awarded after it started",
        )  # fmt: skip
    if signed and start and signed > start:
        yield Finding(
            "signed-after-start", "warning", one.place, one.key, say_date(signed), f"{say_date(start)} or earlier",
            f"{one.called} was signed after it started",
        )  # fmt: skip
    for day, word in (
        (signed, "signed"),
        (awarded, "awarded"),
        (one.day("date") if paper.kind == "spend" else None, "paid"),
    ):
        if day and paper.as_at and day > paper.as_at:
            yield Finding(
                "after-paper", "error", one.place, one.key, say_date(day), f"{say_date(paper.as_at)} or earlier",
                f"{one.called} is {word} on a day after {say_date(paper.as_at)}, of which the paper speaks",
            )  # fmt: skip


def _state(one: Found, paper: Paper) -> Iterator[Finding]:
    """The status against the last day, on the day of which the paper speaks."""
    end, status = one.day("end"), str(one.record.get("status") or "")
    if end is None or paper.as_at is None or not status:
        return
    last = one.day("maximum_end")
    if one.state == "running" and end < paper.as_at and not says_expired(status):
        more = f", though it could be extended to {say_date(last)}" if last and last >= paper.as_at else ""
        yield Finding(
            "expired-running", "warning", one.place, one.key, status, f"ended on {say_date(end)}",
            f"{one.called} is said to run, and ended on {say_date(end)}{more}",
        )  # fmt: skip
    elif one.state == "ended" and end > paper.as_at and says_expired(status):
        yield Finding(
            "ended-early", "warning", one.place, one.key, status, f"running until {say_date(end)}",
            f"{one.called} is said to have expired, and ends on {say_date(end)}",
        )  # fmt: skip


def _numbers(one: Found) -> Iterator[Finding]:
    """Charity and company numbers whose shape no regulator gives."""
    checks = {"charity_number": (charity_number,), "company_number": (company_number,)}
    either = {"supplier_number": (charity_number, company_number)} if "value" in one.record else {}
    for name, readers in (checks | either).items():
        text = str(one.record.get(name) or "")
        if text and not any(_fits(reader, text) for reader in readers):
            what = name.replace("_", " ").replace("supplier", "charity or company")
            yield Finding(
                "number-malformed", "warning", one.place, one.key, text, f"a {what}",
                f"{one.called}: {one.supplier or 'its supplier'} has a {what} of a shape that none has",
            )  # fmt: skip


def _fits(reader: object, text: str) -> bool:
    try:
        return bool(reader(text))  # type: ignore[operator]
    except ValueError:
        return False
