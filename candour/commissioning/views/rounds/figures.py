"""The chart of a ranking: a bar for each application as long as its total, in the colour of what becomes of it (pure)."""

from collections.abc import Sequence
from textwrap import shorten

from candour.commissioning import rules as of_agreements
from candour.commissioning.rules import rounds as rules
from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, WIDTH, STEP = 300.0, 850.0, 26.0
Ranked = tuple[str, str, rules.Place]


def ranking_chart(rows: Sequence[Ranked], *, pass_mark: int) -> Chart:
    """rows: (reference, project, place) in their order. Awarded in full colour, below a pass mark red, the others grey.

    The line of the budget stands after the last award; the pass mark is dashed.
    """

    def x(total: float) -> float:
        return LEFT + total * (WIDTH - LEFT - 50) / rules.WHOLE

    body: list[str] = []
    line = max((place for place, (_, _, one) in enumerate(rows, 1) if one.award), default=0)
    for place, (reference, title, one) in enumerate(rows):
        y = 8 + place * STEP + (10 if place >= line else 0)
        tail = reference.rsplit("-", 1)[-1]
        body.append(text(LEFT - 10, y + 13, f"{one.place}. {shorten(title, 34, placeholder=' …')} ({tail})", "t-e"))
        look = "bar-act" if one.award else "bar-late" if one.below else "bar-plan"
        body.append(rect(LEFT, y, max(x(float(one.total)) - LEFT, 1), 17, look))
        body.append(text(x(float(one.total)) + 6, y + 13, rules.said(one.total), "t-b"))
    high = 8 + len(rows) * STEP + 12
    if pass_mark:
        body.append(f'<path class="lim" d="M{number(x(pass_mark))} 2V{number(high)}"/>')
        body.append(text(x(pass_mark), high + 14, f"Pass mark {pass_mark}", "t-m"))
    if 0 < line < len(rows):
        y = 8 + line * STEP + 2
        body.append(f'<path class="today" d="M10 {number(y)}H{number(WIDTH)}"/>')
        body.append(text(WIDTH, y - 4, "Budget", "t-e t-red"))
    table = Table(
        ("Place", "Application", "Total", "Asks for", "Award"),
        tuple(
            (
                str(one.place),
                f"{reference} {title}",
                rules.said(one.total),
                of_agreements.pounds(one.asked),
                of_agreements.pounds(one.award) if one.award else "none",
            )
            for reference, title, one in rows
        ),
    )
    said = "; ".join(f"{one.place}. {title}, {rules.said(one.total)}" for _, title, one in rows)
    drawn = svg("ranking", size=(WIDTH, high + 22), title="Ranking", desc=f"{said or 'Nothing is ranked'}.", body=body)
    return Chart(drawn, "Ranking", table)
