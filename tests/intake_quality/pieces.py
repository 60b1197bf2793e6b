"""What a paper prints, in order: headings, paragraphs and tables, for every form to set in its own way."""

from collections.abc import Iterator

from .papers import Paper

SPANNED = {"inherent": "Inherent", "": "Residual", "target": "Target"}
Lines = list[list[str]]
Piece = tuple[str, str | Lines]


def pieces(paper: Paper) -> Iterator[Piece]:
    """Headings, paragraphs, numbered paragraphs and tables in the order printed."""
    yield "table", [["Report of", "Head of Assurance"], ["Subject", "Risk register"], ["Date", paper.dated_text]]
    yield "heading", "Summary"
    for n, count in enumerate(paper.counts, 1):
        yield "numbered", f"{n}. {count}"
    yield "heading", "Overall risk score"
    for band in paper.bands:
        yield "paragraph", band
    if paper.rows:
        yield "heading", "Appendix A: Overview of risks"
        yield "table", rows_of(paper)
    if paper.cards:
        yield "heading", "Appendix B: High risks" if paper.layout == "paper" else "Appendix A: Risk register"
        for card in paper.cards:
            yield "table", [[paper.headings[name], text] for name, text in card.items()]
    yield "heading", "Appendix C: Scoring matrix"
    for axis, lines in paper.levels.items():
        yield "table", [[axis, "Word", "Loss of service"], *lines]
    yield "table", paper.grid
    for lines in paper.more:
        yield "table", lines


def rows_of(paper: Paper) -> Lines:
    """The table of rows with one row of headings, or two where inherent and target scores stand beside the residual."""
    if paper.layout == "spans":
        return _spanned(paper)
    names = [name for name in paper.rows[0] if name not in {"Impact", "Likelihood"}]
    at = names.index("Score")
    pair = ["Impact", "Likelihood"] if paper.first == "Impact" else ["Likelihood", "Impact"]
    names[at:at] = pair
    lines = [[paper.headings[name] for name in names], *[[row[name] for name in names] for row in paper.rows]]
    if paper.totals:
        lines.append([*paper.totals, *[""] * (len(names) - len(paper.totals))])
    return lines


def _spanned(paper: Paper) -> Lines:
    scored = ("Impact", "Likelihood", "Score", "Previous score", "Direction")
    names = [name for name in paper.rows[0] if name not in scored and not name.startswith(("Inherent", "Target"))]
    over, under = ["", "", ""], [paper.headings[name] for name in names[:3]]
    for span in SPANNED.values():
        over += [f"{span} risk", "", ""]
        under += ["I", "L", "Score"]
    over += [""] * len(names[3:])
    under += [paper.headings[name] for name in names[3:]]
    lines = [over, under]
    for row in paper.rows:
        size = paper.size
        residual = [row["Impact"], row["Likelihood"], row["Score"]]
        inherent = row.get("Inherent", f"{size},{size},{size * size}").split(",")
        target = row.get("Target", "1,1,1").split(",")
        lines.append(
            [*[row[name] for name in names[:3]], *inherent, *residual, *target, *[row[name] for name in names[3:]]]
        )
    return lines
