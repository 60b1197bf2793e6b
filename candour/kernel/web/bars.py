"""A bar to each of some figures, drawn (pure): one may be marked, those without a figure say so, a line may cross them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, FIGURE, WIDTH, STEP, ROOM = 300.0, 90.0, 850.0, 30.0, 60.0


@dataclass(frozen=True)
class Bar:
    """A figure. value: None where there is none; said: it in words; marked: the one that the chart is about."""

    label: str
    value: float | None
    said: str
    marked: bool = False


def bars(
    rows: Sequence[Bar], table: Table, *, line: tuple[float, str] | None = None, key: str, title: str, desc: str
) -> Chart:
    """The figures as bars from nought, in their order. line: a value and its words, such as a mean."""
    values = [row.value for row in rows if row.value is not None] + ([line[0]] if line else [])
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return LEFT + (value - low) * (WIDTH - LEFT - ROOM) / span

    body: list[str] = []
    for place, row in enumerate(rows):
        y, bold = 8 + place * STEP, " t-b" if row.marked else ""
        words = wrap(row.label, 30, max_lines=2, placeholder=" …") or [""]
        first = y + 15 if len(words) == 1 else y + 9
        body += [text(LEFT - FIGURE, first + 13 * n, part, f"t-e{bold}") for n, part in enumerate(words)]
        body.append(text(LEFT - 10, y + 15, row.said, f"t-e{bold}"))
        if row.value is not None:
            start, end = x(min(row.value, 0)), x(max(row.value, 0))
            body.append(rect(start, y, max(end - start, 1), 21, "bar-act" if row.marked else "a1"))
    base = 8 + len(rows) * STEP
    if line:
        at = x(line[0])
        body.append(f'<path class="mean" d="M{number(at)} 2V{number(base)}"/>')
        body.append(text(at, base + 15, line[1], "t-m" if at > LEFT + 80 else ""))
    return Chart(svg(key, size=(WIDTH, base + (24 if line else 6)), title=title, desc=desc, body=body), title, table)
