"""A bar to each of some figures, drawn (pure): one may be marked, those without a figure say so, a line may cross them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from candour.kernel.web.drawing import Chart, Table, number, rect, svg, text

LEFT, WIDTH, STEP, ROOM = 215.0, 850.0, 30.0, 120.0


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
        y = 8 + place * STEP
        words = wrap(row.label, 30, max_lines=2, placeholder=" …") or [""]
        first = y + 15 if len(words) == 1 else y + 9
        body += [
            text(LEFT - 10, first + 13 * n, words_of, "t-e t-b" if row.marked else "t-e")
            for n, words_of in enumerate(words)
        ]
        end = LEFT if row.value is None else x(max(row.value, 0))
        if row.value is not None:
            start = x(min(row.value, 0))
            body.append(rect(start, y, max(end - start, 1), 21, "bar-act" if row.marked else "a1"))
        body.append(text(end + 8, y + 15, row.said, "t-b" if row.marked else ""))
    base = 8 + len(rows) * STEP
    if line:
        at = x(line[0])
        body.append(f'<path class="mean" d="M{number(at)} 2V{number(base)}"/>')
        body.append(text(at, base + 15, line[1], "t-m" if at > LEFT + 80 else ""))
    return Chart(svg(key, size=(WIDTH, base + (24 if line else 6)), title=title, desc=desc, body=body), title, table)
