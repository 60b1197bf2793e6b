"""PDFs as other programs print them: by raw text positions with and without rules, turned, in two columns, by typst."""

import io
import zlib
from collections.abc import Sequence
from functools import cache

import typst

from .bank import Known, Stranger, expect, risks

Line = tuple[float, float, str]  # from the left, from the foot in points, words
Rule = tuple[float, float, float, float]


def raw(
    pages: Sequence[tuple[Sequence[Line], Sequence[Rule]]], *, wide: float, high: float, size: float, turned: int = 0
) -> bytes:
    """A PDF written by hand: Helvetica at positions, thin lines, each page turned by so many degrees."""
    parts: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                          b"/Encoding /WinAnsiEncoding >>"]  # fmt: skip
    kids = []
    for lines, rules in pages:
        words = "".join(f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td ({_escaped(text)}) Tj ET\n" for x, y, text in lines)
        drawn = "".join(f"0.5 w {a:.1f} {b:.1f} m {c:.1f} {d:.1f} l S\n" for a, b, c, d in rules)
        stream = zlib.compress((drawn + words).encode("cp1252"))
        parts.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(parts) + 1)
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (wide, high, turned, len(parts))
        )
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _file(parts)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(parts: Sequence[bytes]) -> bytes:
    out, at = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for n, part in enumerate(parts, 1):
        at.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % one for one in at))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start))
    return out.getvalue()


def _broken(text: str, room: int) -> list[str]:
    """Words over lines of so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], *, top: float, left: float, foot: float, ruled: bool,
          size: float = 9, heads: bool = True) -> list[tuple[list[Line], list[Rule]]]:  # fmt: skip
    """Pages of a table by positions: cells broken over lines, rows kept whole, headings again on each page where said."""
    step, pages = size * 1.25, []
    lines: list[Line] = []
    rules: list[Rule] = []
    y, queue = top, [*rows]
    while queue:
        row = queue.pop(0)
        cells = [_broken(text, int(width / size * 2.0) - 1) for text, width in zip(row, widths, strict=True)]
        tall = max(map(len, cells)) * step + 4
        if y - tall < foot:
            pages.append((lines, rules))
            lines, rules, y = [], [], top
            queue[:0] = [rows[0], row] if heads else [row]
            continue
        x = left
        for cell, width in zip(cells, widths, strict=True):
            lines += [(x + 3, y - step * (n + 1), text) for n, text in enumerate(cell) if text]
            if ruled:
                rules += [(x, y, x, y - tall)]
            x += width
        if ruled:
            rules += [(left, y, x, y), (left, y - tall, x, y - tall), (x, y, x, y - tall)]
        y -= tall
    return [*pages, (lines, rules)]


HEAD = ["Ref", "Risk title", "Risk owner", "Impact", "Likelihood", "Score", "Existing controls", "Last review"]
WIDTHS = (45, 130, 100, 45, 60, 40, 240, 70)
NAMES = "reference title owner levels score last"


def _rows(known: Sequence[Known]) -> list[list[str]]:
    return [HEAD, *(
        [one.reference, one.title, one.owner, str(one.now[0]), str(one.now[1]), str(one.score),
         joined(one),
         f"{one.last:%d/%m/%Y}"]
        for one in known
    )]  # fmt: skip


def joined(one: Known) -> str:
    return " and ".join(text[0].lower() + text[1:] for text in one.controls)


def _records(known: Sequence[Known]) -> list[dict[str, object]]:
    return [{**expect(one, NAMES), "controls": [joined(one)]} for one in known]


def positions(*, ruled: bool, heads: bool = True) -> Stranger:
    """As a report generator writes it: three short pages with a footer; with rules or without, headings again or not."""
    known = risks("RP-")
    pages = table(_rows(known), WIDTHS, top=500, left=40, foot=390, ruled=ruled, heads=heads)
    printed = [
        ([(40.0, 540.0, "Risk register report"), *lines, (40.0, 30.0, f"Page {n} of {len(pages)}")], rules)
        for n, (lines, rules) in enumerate(pages, 1)
    ]
    name = f"generator-{'ruled' if ruled else 'bare'}{'' if heads else '-headings-once'}.pdf"
    return Stranger(name, raw(printed, wide=842, high=595, size=9), _records(known))


def turned() -> Stranger:
    """A portrait page whose words lie on their side is stored turned; the reader sees it upright."""
    known = risks("SD")
    pages = table(_rows(known), WIDTHS, top=520, left=40, foot=60, ruled=True)
    return Stranger("scanner-stored-turned.pdf", _turned(pages), _records(known))


def _turned(pages: Sequence[tuple[Sequence[Line], Sequence[Rule]]]) -> bytes:
    """The page drawn on its side by a matrix and shown by /Rotate 90."""
    content = raw(pages, wide=842, high=595, size=9)
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    for page in writer.pages:
        page.transfer_rotation_to_content() if page.rotation else page.rotate(-90)
        page.transfer_rotation_to_content()
        page.rotate(90)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def number_in_the_table() -> Stranger:
    """The page's number stands inside the ruled area, in a last row of its own under the table."""
    known = risks("NT")
    pages = table(_rows(known), WIDTHS, top=520, left=40, foot=400, ruled=True)
    printed = []
    for n, (lines, rules) in enumerate(pages, 1):
        low = min(rule[3] for rule in rules)
        right = 40 + sum(WIDTHS)
        box = [(40.0, low, 40.0, low - 16), (right, low, right, low - 16), (40.0, low - 16, right, low - 16)]
        printed.append(([*lines, (400.0, low - 12, f"Page {n} of {len(pages)}")], [*rules, *box]))
    return Stranger("printer-number-in-the-table.pdf", raw(printed, wide=842, high=595, size=9), _records(known))


def two_columns() -> Stranger:
    """A leaflet: cards in two columns of a page, label and answer with no rules."""
    known, lines = risks("LF", 4), [(40.0, 800.0, "Our top risks")]
    for n, one in enumerate(known):
        x, y = 40.0 + 270 * (n % 2), 760.0 - 180 * (n // 2)
        facts = (("Risk ref", one.reference), ("Risk", one.title), ("Owner", one.owner), ("Impact", str(one.now[0])),
                 ("Likelihood", str(one.now[1])), ("Score", str(one.score)))  # fmt: skip
        for label, answer in facts:
            lines.append((x, y, label))
            for part in _broken(answer, 30):
                lines.append((x + 80, y, part))
                y -= 13
            y -= 4
    return Stranger(
        "leaflet-two-columns.pdf", raw([(lines, [])], wide=595, high=842, size=9),
        [expect(one, "reference title owner levels score") for one in known],
    )  # fmt: skip


@cache
def _typeset(source: str) -> bytes:
    return typst.compile(source.encode(), format="pdf", pdf_tags=False, ignore_system_fonts=True)


def typst_cards() -> Stranger:
    """Cards with labels merged across and lists, broken over pages in the middle, set by typst without its tags."""
    known, out = (
        risks("TC"),
        ['#set page(paper: "a5", footer: [Confidential to the board])\n#set text(size: 9pt)\n= Risk register'],
    )
    for one in known:
        controls = "\n".join(f"- {text}" for text in one.controls)
        actions = "\n".join(f"- {text}" for text in one.actions)
        out.append(
            f"#table(columns: 4, [Risk ref], [{one.reference}], [Owner], [{one.owner}], "
            f"table.cell(colspan: 4)[*Risk description*], table.cell(colspan: 4)[{one.title}], "
            f"[Impact], [{one.now[0]}], [Likelihood], [{one.now[1]}], [Current score], [{one.score}], [Target score], "
            f"[{one.target[0] * one.target[1]}], table.cell(colspan: 4)[*Existing controls*], "
            f"table.cell(colspan: 4)[\n{controls}\n], "
            f"table.cell(colspan: 4)[*Further actions*], table.cell(colspan: 4)[\n{actions}\n], [Last reviewed], "
            f"[{one.last:%d/%m/%Y}], [Next review], [{one.next:%d/%m/%Y}])"
        )
    names = "reference title owner levels score target_score controls actions last next"
    return Stranger("board-typst-cards.pdf", _typeset("\n\n".join(out)), [expect(one, names) for one in known])


def ruled() -> Stranger:
    return positions(ruled=True)


def bare() -> Stranger:
    return positions(ruled=False)


def headings_once() -> Stranger:
    return positions(ruled=False, heads=False)


PAPERS = (ruled, bare, headings_once, turned, number_in_the_table, two_columns, typst_cards)
