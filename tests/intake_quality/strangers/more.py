"""More sheets, pages and texts: banners and totals among rows, a layout table around a register, pages of a text."""

from typing import Any

from .bank import Stranger, expect, risks
from .sheets import _csv, book, put


def banners_and_totals() -> Stranger:
    """A board: headings over two lines, banners for each directorate, a row of totals, guidance below."""
    known = risks("B-")

    def write(made: Any) -> None:
        sheet = made.add_worksheet("Risk register")
        put(sheet, 2, ["", "Risk\nref", "Risk\ndescription", "Risk\nowner", "Impact\n(1-5)", "Likelihood\n(1-5)", 
                       "Score\n(I x L)", "Date of\nlast review"])  # fmt: skip
        at = 3
        for n, one in enumerate(known):
            if n in (0, 3):
                sheet.merge_range(at, 1, at, 7, ("Operations", "", "", "Corporate services")[n])
                at += 1
            put(sheet, at, ["", one.reference, one.title, one.owner, *one.now, one.score, f"{one.last:%-d %b %y}"])
            at += 1
        put(sheet, at + 1, ["", "Average", "", "", "", "", 11])
        put(
            sheet,
            at + 4,
            ["", "Guidance: score each risk with its controls as they stand today, and send the sheet back by Friday."],
        )

    names = "reference title owner levels score last"
    return Stranger("board-banners-and-totals.xlsx", book(write), [expect(one, names) for one in known])


def byte_order_and_blank_column() -> Stranger:
    """UTF-8 with its mark, an empty first column, commas in quotes, days with two digits for the year."""
    known = risks("AB")
    rows = [["", "Risk register, printed 1 October 2025", *[""] * 5], [""] * 7,
            ["", "Risk Ref.", "Title of risk", "Risk Owner", "Gross Score", "Net Score", "Last Review"]]  # fmt: skip
    rows += [
        ["", one.reference, f"{one.title}, and what follows", one.owner, f"{one.inherent[0] * one.inherent[1]}", f"{one.score}",
         f"{one.last:%d/%m/%y}"]
        for one in known
    ]  # fmt: skip
    records = [
        {**expect(one, "reference owner inherent_score score last"), "title": f"{one.title}, and what follows"}
        for one in known
    ]
    return Stranger("abbey-blank-column.csv", b"\xef\xbb\xbf" + _csv(rows, ",").encode(), records)


def tabs_and_letters() -> Stranger:
    """Tabs, "L4 I3" for the two factors and no product."""
    known = risks("TL")
    rows = [["ID", "Risk name", "Accountable", "Score", "Movement"]]
    words = {"→": "=", "↑": "Up", "↓": "Down"}
    rows += [[one.reference, one.title, one.owner, f"L{one.now[1]} I{one.now[0]}", words[one.arrow]]
             for one in known]  # fmt: skip
    return Stranger(
        "library-tabs-and-letters.tsv", _csv(rows, "\t").encode(),
        [expect(one, "reference title owner score levels direction") for one in known],
    )  # fmt: skip


def page_called_workbook() -> Stranger:
    """What a system calls an export to Excel: a web page named .xls."""
    known = risks("XP")
    rows = "".join(
        f"<tr><td>{one.reference}<td>{one.title}<td>{one.owner}<td>{one.now[0]}<td>{one.now[1]}"
        f"<td style='background:#f00'>{one.score}"
        for one in known
    )
    page = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta charset=utf-8></head><body><table><tr><th>Risk Id"
        f"<th>Risk Title<th>Risk Owner<th>Impact Score<th>Likelihood Score<th>Total Score</tr>{rows}</table></body></html>"
    )
    return Stranger(
        "system-export.xls", page.encode(), [expect(one, "reference title owner levels score") for one in known]
    )


def register_in_a_layout() -> Stranger:
    """An old intranet: a layout of tables around the register, with a menu beside it."""
    known = risks("IN")
    head = "".join(
        f"<td><b>{one}</b></td>" for one in ("Ref", "Risk", "Owner", "Rating before controls", "Rating after controls")
    )
    rows = "".join(
        f"<tr><td>{one.reference}</td><td>{one.title}</td><td>{one.owner}</td><td>{one.inherent[0] * one.inherent[1]}</td>"
        f"<td>{one.score}</td></tr>"
        for one in known
    )
    page = (
        "<html><head><meta charset=utf-8></head><body><table><tr><td colspan=2><h1>Risks of the institute</h1></td></tr>"
        "<tr><td>"
        f"<p>Home</p><p>News</p></td><td><table border=1><tr>{head}</tr>{rows}</table></td></tr></table></body></html>"
    )
    return Stranger(
        "institute-layout.html",
        page.encode(),
        [expect(one, "reference title owner inherent_score score") for one in known],
    )


def pages_of_text() -> Stranger:
    """A text with pages: form feeds, the headings again on each, the page's number at its foot."""
    known, out = risks("PT"), []
    for page, some in enumerate((known[:2], known[2:4], known[4:]), 1):
        out += ["Risk register", "", "Ref\tRisk\tRisk owner\tScore\tNext review"]
        out += [f"{one.reference}\t{one.title}\t{one.owner}\t{one.score}\t{one.next:%d %b %Y}" for one in some]
        out += ["", f"Page {page} of 3", "\x0c"]
    return Stranger(
        "pier-pages.txt", "\n".join(out).encode(), [expect(one, "reference title owner score next") for one in known]
    )


def aligned_over_lines() -> Stranger:
    """Columns by spaces, cells over several lines, a blank line between risks."""
    known, widths = risks("AL"), (7, 26, 22, 7, 12)

    def lines(cells: list[str]) -> list[str]:
        import textwrap

        parts = [textwrap.wrap(cell, width - 2) or [""] for cell, width in zip(cells, widths, strict=True)]
        tall = max(map(len, parts))
        return [
            "".join(
                (part[n] if n < len(part) else "").ljust(width) for part, width in zip(parts, widths, strict=True)
            ).rstrip()
            for n in range(tall)
        ]

    out = ["Our risks", "", *lines(["Ref", "Risk", "Risk owner", "Score", "Reviewed"])]
    for one in known:
        out += ["", *lines([one.reference, one.title, one.owner, str(one.score), f"{one.last:%d/%m/%Y}"])]
    return Stranger(
        "almshouse-aligned-over-lines.txt", "\n".join(out).encode(),
        [expect(one, "reference title owner score last") for one in known],
    )  # fmt: skip


def numbered_prose() -> Stranger:
    """A letter: "Risk 1: title", then sentences, then label and answer on one line."""
    known, out = risks("", 4), ["Our strategic risks", ""]
    for n, one in enumerate(known, 1):
        out += [f"Risk {n}: {one.title}", f"Owner: {one.owner}", f"Current score: {one.score}", f"Cause: {one.cause}",
                f"Effect: {one.effect}", f"Next review: {one.next:%d %B %Y}", ""]  # fmt: skip
    records = [
        {**expect(one, "title owner score cause effect next"), "reference": str(n)} for n, one in enumerate(known, 1)
    ]
    return Stranger("letter-numbered.txt", "\n".join(out).encode(), records)


PAPERS = (
    banners_and_totals, byte_order_and_blank_column, tabs_and_letters, page_called_workbook, register_in_a_layout,
    pages_of_text, aligned_over_lines, numbered_prose,
)  # fmt: skip
