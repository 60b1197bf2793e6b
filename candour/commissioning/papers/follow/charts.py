"""Charts of money as pages and papers both draw them (pure): bars with their words beside them, and the table of the same."""

from collections.abc import Sequence

from candour.commissioning import rules
from candour.commissioning.rules import follow
from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, WIDTH, BAR, GAP = 70.0, 620.0, 20.0, 12.0
LOOKS = (("paid", "Paid", "bar-act"), ("spent", "Spent", "bar-plan"), ("forecast", "Forecast", "ghost"))


def spend_chart(money: follow.Money, value: int | None) -> Chart:
    """For each year what was paid, what the provider says it spent, and what is expected: a bar each, with its amount."""
    most = max((getattr(one, name) or 0 for one in money.years for name, _, _ in LOOKS), default=0) or 1
    body: list[str] = []
    y = 6.0
    for one in money.years:
        body.append(text(LEFT - 10, y + 14, one.year, "t-e t-b"))
        for name, words, look in LOOKS:
            amount = getattr(one, name)
            if amount is None:
                continue
            wide = max(amount, 0) * (WIDTH - LEFT - 190) / most
            body.append(rect(LEFT, y, max(wide, 1), BAR - 4, look))
            body.append(text(LEFT + wide + 8, y + 13, f"{words} {rules.pounds(amount)}"))
            y += BAR
        y += GAP
    table = Table(
        ("Year", "Paid", "Spent", "Forecast", "Unspent at its end"),
        tuple(
            (one.year, *(_said(amount) for amount in (one.paid, one.spent, one.forecast, one.unspent)))
            for one in money.years
        ),
    )
    said = "; ".join(f"{one.year}: paid {_said(one.paid)}, spent {_said(one.spent)}" for one in money.years)
    desc = f"{said}. Worth {rules.pounds(value)}." if said else "Nothing is paid yet."
    return Chart(
        svg("spend", size=(WIDTH, y), title="Paid and spent by year", desc=desc, body=body),
        "Paid and spent by year",
        table,
    )


def _said(amount: int | None) -> str:
    return "not known" if amount is None else rules.pounds(amount)


def bars(rows: Sequence[tuple[str, int, int]], *, key: str, title: str, heads: tuple[str, str, str]) -> Chart:
    """Two bars for each row, such as what is agreed and what was paid, in pence, with their amounts.

    rows: (words, first, second). heads: of the words and of both amounts.
    """
    left = 220.0
    most = max((max(first, second) for _, first, second in rows), default=0) or 1
    body: list[str] = []
    y = 6.0
    for words, first, second in rows:
        label = words if len(words) <= 32 else f"{words[:31]}…"
        body.append(text(left - 10, y + 22, label, "t-e"))
        for amount, name, look in ((first, heads[1], "bar-plan"), (second, heads[2], "bar-act")):
            wide = max(amount, 0) * (WIDTH - left - 160) / most
            body.append(rect(left, y, max(wide, 1), BAR - 4, look))
            body.append(text(left + wide + 8, y + 13, f"{name} {rules.pounds(amount)}"))
            y += BAR
        y += GAP
    table = Table(heads, tuple((words, rules.pounds(first), rules.pounds(second)) for words, first, second in rows))
    said = "; ".join(
        f"{words}: {heads[1].lower()} {rules.pounds(a)}, {heads[2].lower()} {rules.pounds(b)}" for words, a, b in rows
    )
    return Chart(
        svg(key, size=(WIDTH, float(number(y))), title=title, desc=f"{said or 'Nothing'}.", body=body), title, table
    )
