"""How the priorities of a plan stand, as bars with their table, for its page and for papers."""

from textwrap import wrap

from candour.kernel.papers.document import Column
from candour.kernel.web.drawing import Chart, Table, rect, svg, text
from candour.plan import rules
from candour.plan.queries import PriorityRow, Whole

FILLS = {"red": "s-high", "amber": "s-med", "green": "s-low", "blue": "s-done", "line": "bar-plan"}
LIGHT = frozenset({"red", "blue"})  # on which words are white
# A letter in each part, so that nothing is told by its colour alone.
LETTERS = {"red": "R", "amber": "A", "green": "G", "blue": "B", "line": "–"}
LEFT, WIDTH, STEP, HIGH = 250.0, 850.0, 40.0, 26.0


def delivery_chart(whole: Whole, *, key: str) -> Chart:
    """A bar for each priority: how many of its activities are red, amber, green, blue, or not rated yet. key: of the page."""
    bars = [(f"{one.number}. {one.title}", whole.tally_of(one)) for one in whole.priorities]
    longest = max((tally.whole for _, tally in bars), default=0) or 1
    body: list[str] = []
    for place, (label, tally) in enumerate(bars):
        y = 8 + place * STEP
        lines = wrap(label, 34, max_lines=2, placeholder=" …") or [""]
        first = y + 18 if len(lines) == 1 else y + 11
        body += [text(LEFT - 12, first + 15 * n, line, "t-e t-l") for n, line in enumerate(lines)]
        body += _bar(tally, y, longest)
    base = 8 + len(bars) * STEP + 6
    body += _legend(base)
    desc = "; ".join(f"{label}: {said(tally)}" for label, tally in bars)
    heads = ("Priority", *(words for words, _, _ in rules.PARTS), "All")
    rows = tuple((label, *map(str, tally.parts), str(tally.whole)) for label, tally in bars)
    title = "Activities of each priority, by how they stand"
    drawn = svg(key, size=(WIDTH, base + 22), title=title, desc=f"{desc or 'No priorities yet'}.", body=body)
    return Chart(drawn, title, Table(heads, rows))


def _bar(tally: rules.Tally, y: float, longest: int) -> list[str]:
    body, x = [], LEFT
    for (_, tone, _), count in zip(rules.PARTS, tally.parts, strict=True):
        wide = count * (WIDTH - LEFT - 40) / longest
        if count:
            body.append(rect(x, y, wide, HIGH, FILLS[tone]))
            said_in = f"{LETTERS[tone]} {count}"
            if wide >= 8 * len(said_in) + 8:
                body.append(text(x + wide / 2, y + 17, said_in, f"t-m {'t-w' if tone in LIGHT else 't-b'}"))
        x += wide
    body.append(text(x + 8, y + 17, tally.whole if tally.whole else "no activity", "t-b" if tally.whole else ""))
    return body


def _legend(y: float) -> list[str]:
    body, x = [], 10.0
    for words, tone, _ in rules.PARTS:
        body += [rect(x, y, 12, 12, FILLS[tone]), text(x + 18, y + 11, f"{LETTERS[tone]}  {words}")]
        x += 40 + 6.6 * (len(words) + 3)
    return body


def said(tally: rules.Tally) -> str:
    """How activities stand, in a phrase: "2 off course or past its date, 5 on course"."""
    counts = [
        f"{count} {words.lower()}" for (words, _, _), count in zip(rules.PARTS, tally.parts, strict=True) if count
    ]
    return ", ".join(counts) or "no activity"


def table_columns(chart: Chart) -> tuple[Column, ...]:
    """The columns of its table in a paper: a name, and counts to their right."""
    first, *others = chart.table.heads
    return (Column(first, 34), *(Column(head, 12, "right", "number") for head in others))


def titled(priority: PriorityRow) -> str:
    return f"{priority.number}. {priority.title}"
