"""Papers as other programs print them to PDF: without our tags, template or fonts, in several looks."""

from dataclasses import dataclass

import typst

from .papers import Paper

Lines = list[list[str]]
Piece = tuple[str, str | Lines]

HEAD = """#set document(title: "Register")
#set page(paper: "{paper}", flipped: {flipped}, margin: (x: 1.6cm, y: 1.9cm),
  header: [#text(size: 8pt)[Not protectively marked #h(1fr) Audit Panel]],
  footer: context [#text(size: 8pt)[Risk register #h(1fr) Page #counter(page).display() of #counter(page).final().first()]])
#set text(font: "{font}", size: {size}pt, lang: "en", region: "GB", hyphenate: {hyphenate})
#set par(justify: {justify})
#show heading: set text(size: {size}pt * 1.25)
"""
FILLED = "fill: (x, y) => if y == 0 { rgb(\"#c9d6ea\") } else if calc.odd(y) { luma(236) } else { none }"
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
    hyphenate: bool = False
    justify: bool = False
    inset: str = "(x: 4pt, y: 4pt)"


def source(pieces: list[Piece], look: Look) -> str:
    """The typst source of a paper."""
    out = [HEAD.format(
        paper=look.paper, flipped=str(look.flipped).lower(), font=look.font, size=look.size,
        hyphenate=str(look.hyphenate).lower(), justify=str(look.justify).lower(),
    )]  # fmt: skip
    for kind, what in pieces:
        if not isinstance(what, str):
            out.append(_table(what, look))
        elif kind == "heading":
            out.append(f"#heading({_text(what)})")
        else:
            out.append(f"#par({_text(what)})")
    return "\n\n".join(out)


def printed(pieces: list[Piece], look: Look) -> bytes:
    return typst.compile(source(pieces, look).encode(), format="pdf", pdf_tags=False)


def _table(lines: Lines, look: Look) -> str:
    wide = len(lines[0])
    columns = "(1fr, 3fr)" if wide == 2 else str(wide)
    cells = [", ".join(_cell(text, look) for text in line) for line in lines]
    head = f"table.header({cells[0]})" if look.repeats and wide > 2 else cells[0]
    rows = ",\n  ".join([head, *cells[1:]])
    breakable = "" if look.breaks else "#show table.cell: set block(breakable: false)\n"
    return f"{breakable}#table(columns: {columns}, inset: {look.inset}, {STROKES[look.stroke]},\n  {rows})"


def _cell(text: str, look: Look) -> str:
    if look.lists and text.count("•") > 1:
        items = [part.strip() for part in text.split("•")]
        return "[" + " \\ ".join(f"#{_text('• ' + item)}" for item in items if item) + "]"
    return f"[#{_text(text)}]"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
