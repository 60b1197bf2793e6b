"""How late the tracker is, drawn: a bar for each span, its number beside it. Pure."""

from collections import Counter
from html import escape

from candour.kernel.papers.document import Column, Figure, Row, Table, cell
from candour.kernel.papers.words import COLOURS, INK, QUIET
from candour.recommendations import rules
from candour.recommendations.papers.stock import Copy

TITLE = "How far past their original date"
_TONES = {
    "not yet": "green",
    "to 6 months": "amber",
    "6 to 12 months": "medium",
    "over a year": "high",
    "no date": "grey",
}
_LEFT, _WIDE, _HIGH = 190, 330, 26


def lateness(copy: Copy) -> Figure:
    """Every live recommendation by how far it is past its original date, with the same figures as a table."""
    held = Counter(rules.past(row.line, copy.stock.as_at) for row in copy.live)
    counts = [(key, words, held[key]) for key, words in rules.PAST_WORDS.items()]
    most = max(number for _, _, number in counts) or 1
    bars = "".join(_bar(n, words, number, most, _TONES[key]) for n, (key, words, number) in enumerate(counts))
    high = _HIGH * len(counts) + 8
    size = f'width="600" height="{high}" viewBox="0 0 600 {high}"'
    late = sum(number for key, _, number in counts if key not in ("not yet", "no date"))
    return Figure(
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{bars}</svg>',
        title=TITLE,
        description=f"Of {len(copy.live):,} in the tracker {late:,} {'is' if late == 1 else 'are'} past the date first given.",
        table=Table(
            f"{TITLE}, in figures",
            (Column("How far", 30), Column("Recommendations", 12, "right", "number")),
            tuple(Row((cell(words), cell(number))) for _, words, number in counts),
        ),
    )


def _bar(place: int, words: str, number: int, most: int, tone: str) -> str:
    top, wide = place * _HIGH + 6, round(_WIDE * number / most, 1)
    font = 'font-family="Arial, Helvetica, sans-serif" font-size="13"'
    fill, edge = COLOURS[tone][0], QUIET
    rect = f'<rect x="{_LEFT}" y="{top}" width="{wide}" height="18" fill="{fill}" stroke="{edge}" stroke-width="0.6"/>'
    said = f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end" fill="{INK}" {font}>{escape(words)}</text>'
    value = f'<text x="{_LEFT + wide + 8}" y="{top + 14}" fill="{INK}" font-weight="bold" {font}>{number:,}</text>'
    return said + (rect if number else "") + value
