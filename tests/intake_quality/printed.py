"""Papers as other programs print them to PDF: without our tags, template or fonts, in several looks."""

from dataclasses import dataclass, replace

import typst

from .papers import LAYOUTS, SCORE_FORMS, SIZES, Paper
from .pieces import Lines, Piece

HEAD = """#set document(title: "Register")
#set page(paper: "{paper}", flipped: {flipped}, margin: (x: 1.6cm, y: 1.9cm),
  header: [#text(size: 8pt)[Not protectively marked #h(1fr) Audit Panel]],
  footer: context [#text(size: 8pt)[Risk register #h(1fr) Page #counter(page).display() of #counter(page).final().first()]])
#set text(font: "{font}", size: {size}pt, lang: "en", region: "GB", hyphenate: false)
#set par(justify: {justify})
#set table.cell(breakable: {breaks})
#show heading: set text(size: {size}pt * 1.25)
"""
FILLED = 'fill: (x, y) => if y == 0 { rgb("#c9d6ea") } else if calc.odd(y) { luma(236) } else { none }'
STROKES = {
    "ruled": "stroke: 0.5pt",
    "along": "stroke: (x, y) => (bottom: 0.5pt)",
    "shaded": f"stroke: none, {FILLED}",
    "unruled": "stroke: none",
}


@dataclass(frozen=True)
class Look:
    """How a program prints: rules, paper, font and its size in points; whether headings are printed again on each page."""

    stroke: str = "ruled"
    paper: str = "a4"
    flipped: bool = False
    font: str = "New Computer Modern"
    size: float = 10.0
    repeats: bool = True
    breaks: bool = True  # a row over two pages
    lists: bool = False  # each bullet on a line of its own
    justify: bool = False
    inset: str = "(x: 4pt, y: 4pt)"


LOOKS = (
    Look(),
    Look("unruled"),
    Look("along", lists=True),
    Look("shaded", font="Libertinus Serif", size=11),
    Look("ruled", lists=True, justify=True),
    Look("unruled", repeats=False, font="DejaVu Sans Mono", size=8, lists=True),
    Look("along", font="Libertinus Serif", repeats=False, breaks=False),
)
WIDE = {"paper": ("a4", 7.5), "spans": ("a3", 8), "rows": ("a3", 8)}  # paper, lying, and size of a wide table


def look_of(paper: Paper) -> Look:
    """The look of a paper: each layout comes round in each."""
    turn = 6 * LAYOUTS.index(paper.layout) + SIZES.index(paper.size) + 4 * SCORE_FORMS.index(paper.form) + paper.words
    look = LOOKS[turn % len(LOOKS)]
    if paper.layout not in WIDE:
        return look
    sheet, size = WIDE[paper.layout]
    return replace(look, flipped=True, paper=sheet, size=size)


def printed_source(pieces: list[Piece], look: Look) -> str:
    """The typst source of a paper."""
    out = [HEAD.format(
        paper=look.paper, flipped=str(look.flipped).lower(), font=look.font, size=look.size,
        justify=str(look.justify).lower(),
        breaks=str(look.breaks).lower(),
    )]  # fmt: skip
    for kind, what in pieces:
        if not isinstance(what, str):
            out.append(_table(what, look))
        elif kind == "heading":
            out.append(f"#heading({_text(what)})")
        else:
            out.append(f"#par({_text(what)})")
    return "\n\n".join(out)


def typeset(source: str) -> bytes:
    return typst.compile(source.encode(), format="pdf", pdf_tags=False, ignore_system_fonts=True)


def _table(lines: Lines, look: Look) -> str:
    wide = len(lines[0])
    columns = "(1fr, 3fr)" if wide == 2 else str(wide)
    cells = [", ".join(_cell(text, look) for text in line) for line in lines]
    heads = 1 if lines[0][0] or wide < 9 else 2  # spans over the headings
    head = ",\n  ".join(cells[:heads])
    rows = ",\n  ".join([f"table.header({head})" if look.repeats and wide > 2 else head, *cells[heads:]])
    return f"#table(columns: {columns}, inset: {look.inset}, {STROKES[look.stroke]},\n  {rows})"


def _cell(text: str, look: Look) -> str:
    if look.lists and text.count("•") > 1:
        items = [part.strip() for part in text.split("•")]
        return "[" + " \\ ".join(f"#{_text('• ' + item)}" for item in items if item) + "]"
    return f"[#{_text(text)}]"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
