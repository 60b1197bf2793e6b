"""A whole paper for a panel in a layout of its own, in four forms, with any one thing in it changed. Pure.

An overview sorted by score, then cards: a title across the top, labels over answers, a small grid of scores, logs of updates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

import typst

from tests.intake import makers

Cells = list[tuple[str, int]]  # words, columns
Piece = tuple[str, str | list[Cells]]
LIST = "\n"
CARDS: dict[str, dict[str, str]] = {
    "KR1": {
        "title": "Savings are not made", "owner": "Chief Finance Officer", "impact": "4", "likelihood": "4", "score": "16",
        "rag": "High", "before": "12", "arrow": "↑", "status": "Controls Tasked", "raised": "1 June 2023",
        "review": "2 September 2025", "key": "15 December 2025", "next": "2 December 2025",
        "controls": "Monthly budget report\nReserve held for late savings",
        "actions": "Agree the estates plan by 28 February 2026",
        "updates": "02/09/2025 - The gap has grown since June\n03/06/2025 - Two schemes slipped a quarter",
    },
    "KR2": {
        "title": "The control room loses power", "owner": "Director of Operations", "impact": "5", "likelihood": "3",
        "score": "15", "rag": "High", "before": "15", "arrow": "→", "status": "Managed", "raised": "14 March 2022",
        "review": "20 August 2025", "key": "31 January 2026", "next": "20 November 2025",
        "controls": "Generator tested every Monday\nSecond site kept ready", "actions": "",
        "updates": "20/08/2025 - Generator ran for two hours\n12/05/2025 - Fuel contract renewed",
    },
    "KR3": {
        "title": "Data are sent to the wrong person", "owner": "Head of Information", "impact": "3", "likelihood": "3",
        "score": "9", "rag": "Medium", "before": "12", "arrow": "↓", "status": "Managed", "raised": "9 November 2021",
        "review": "30 July 2025", "key": "30 November 2025", "next": "30 October 2025",
        "controls": "Training for every starter\nChecks by a second person", "actions": "",
        "updates": "30/07/2025 - No incidents this quarter",
    },
    "KR4": {
        "title": "The contractor for cleaning fails", "owner": "Head of Estates", "impact": "2", "likelihood": "2",
        "score": "4", "rag": "Low", "before": "6", "arrow": "↓", "status": "Managed", "raised": "2 September 2024",
        "review": "15 September 2025", "key": "19 December 2025", "next": "15 March 2026",
        "controls": "Performance meetings each month\nSecond firm on call", "actions": "",
        "updates": "15/09/2025 - Credit check came back clear",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What is changed: a field of a card, of its overview row, a whole line of prose, a row of a small table, the order."""

    card: Mapping[tuple[str, str], str] = field(default_factory=dict)
    row: Mapping[tuple[str, str], str] = field(default_factory=dict)
    prose: Mapping[str, str] = field(default_factory=dict)
    table: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: Sequence[str] = ("KR1", "KR2", "KR3", "KR4")
    cards: Sequence[str] = ("KR1", "KR2", "KR3", "KR4")


def change_of(told: Mapping[str, Any]) -> Change:
    """A change as planted.json writes it: "KR2.review" for a field of a card or of its row."""
    pairs = {
        name: {(key.partition(".")[0], key.partition(".")[2]): text for key, text in told.get(name, {}).items()}
        for name in ("card", "row")
    }
    return Change(**{**told, **pairs})


PROSE = {
    "live": "There are 4 live risks on the register.",
    "high": "2 risks are rated High.",
    "share": "That is 2 of 4, or 50%.",
    "reviewed": "All risks are reviewed at least quarterly.",
}
BANDS = {"High": ("15 - 25", "High"), "Medium": ("6 - 14", "Medium"), "Low": ("1 - 5", "Low")}
LEVELS = {
    str(n): (str(n), word, f"{20 * n - 19}% - {20 * n}%")
    for n, word in enumerate(("Rare", "Unlikely", "Possible", "Likely", "Certain"), 1)
}


def pieces(change: Change) -> list[Piece]:
    """Headings, paragraphs and tables in the order printed."""
    found: list[Piece] = [("heading", "Risk register: report to the panel"), ("paragraph", "Date: 1 October 2025")]
    found += [("paragraph", change.prose.get(name, text)) for name, text in PROSE.items()]
    found += [("heading", "Overall risk score")]
    found += [("paragraph", " ".join(change.table.get(name, row))) for name, row in BANDS.items()]
    found += [("heading", "Appendix A: Overview of risks")]
    heads = ("Ref", "Risk", "Owner", "Score", "RAG", "Previous score", "Direction of travel")
    names = ("reference", "title", "owner", "score", "rag", "before", "arrow")
    rows: list[Cells] = [[(one, 1) for one in heads]]
    for reference in change.order:
        facts = {"reference": reference, **CARDS[reference]}
        facts |= {name: text for (of, name), text in change.row.items() if of == reference}
        rows.append([(facts[name], 1) for name in names])
    found += [("table", rows), ("heading", "Appendix B: Detail of each risk")]
    for reference in change.cards:
        found += [("table", _card(reference, change)), ("paragraph", "")]
    found += [("heading", "Appendix C: Levels of likelihood")]
    found += [("table", [[(one, 1) for one in ("Likelihood", "Word", "Chance")],
                         *([(one, 1) for one in change.table.get(name, row)] for name, row in LEVELS.items())])]  # fmt: skip
    return found


def _card(reference: str, change: Change) -> list[Cells]:
    facts = {"reference": reference, **CARDS[reference]}
    facts |= {name: text for (of, name), text in change.card.items() if of == reference}
    rows: list[Cells] = [
        [(f"{facts['reference']} – {facts['title']}", 4)],
        [("Risk owner", 1), (facts["owner"], 1), ("Status", 1), (facts["status"], 1)],
        [("First recorded", 1), (facts["raised"], 1), ("Last reviewed", 1), (facts["review"], 1)],
        [("Next key date", 1), (facts["key"], 1), ("Next review", 1), (facts["next"], 1)],
        [("Impact", 1), ("Likelihood", 1), ("Score", 2)],
        [(facts["impact"], 1), (facts["likelihood"], 1), (facts["score"], 2)],
        [("Controls in place", 4)], [(facts["controls"], 4)],
    ]  # fmt: skip
    if facts["actions"]:
        rows += [[("Further controls", 4)], [(facts["actions"], 4)]]
    return [*rows, [("Updates", 4)], [(facts["updates"], 4)]]


def as_word(found: Sequence[Piece]) -> bytes:
    body = []
    for kind, what in found:
        if isinstance(what, str):
            body.append(makers.p(escape(what), form='<w:outlineLvl w:val="0"/>' if kind == "heading" else ""))
            continue
        rows = []
        for line in what:
            cells = [
                makers.tc(
                    "".join(_word_line(part, text) for part in text.split("\n")),
                    form=f'<w:gridSpan w:val="{columns}"/>',
                )
                for text, columns in line
            ]
            rows.append(makers.tr(*cells))
        body.append(makers.tbl(*rows))
    return makers.word("".join(body), numbering=makers.numbering(("bullet", "•")))


def _word_line(part: str, whole: str) -> str:
    return makers.p(escape(part), form=makers.listed() if "\n" in whole else "")


def as_page(found: Sequence[Piece]) -> bytes:
    body = []
    for kind, what in found:
        if isinstance(what, str):
            body.append(f"<{'h2' if kind == 'heading' else 'p'}>{escape(what)}</{'h2' if kind == 'heading' else 'p'}>")
            continue
        rows = "".join(
            "<tr>" + "".join(f"<td colspan={columns}>{_page_cell(text)}</td>" for text, columns in line) + "</tr>"
            for line in what
        )
        body.append(f"<table>{rows}</table>")
    return f"<!doctype html><html><meta charset=utf-8><body>{''.join(body)}</body></html>".encode()


def _page_cell(text: str) -> str:
    parts = [escape(part) for part in text.split("\n")]
    return parts[0] if len(parts) == 1 else f"<ul>{''.join(f'<li>{part}</li>' for part in parts)}</ul>"


def as_text(found: Sequence[Piece]) -> bytes:
    """Saved as text: a row is a line, cells part at tabs, lists lie on bullets."""
    out: list[str] = []
    for kind, what in found:
        if isinstance(what, str):
            out += ["", what, ""] if kind == "heading" else [what]
            continue
        out += ["", *("\t".join(_bulleted(text) for text, _columns in line) for line in what), ""]
    return "\n".join(out).encode()


def _bulleted(text: str) -> str:
    return "".join(f"• {part} " for part in text.split("\n")).strip() if "\n" in text else text


def as_pdf(found: Sequence[Piece]) -> bytes:
    out = [
        '#set page(paper: "a4", footer: context [Page #counter(page).display()])\n#set text(size: 9pt, hyphenate: false)'
    ]
    for kind, what in found:
        if isinstance(what, str):
            out.append(("= " if kind == "heading" else "") + _marked(what))
            continue
        cells = ", ".join(
            f"table.cell(colspan: {columns})[{_typst_cell(text)}]" for line in what for text, columns in line
        )
        out.append(f"#table(columns: {sum(columns for _text, columns in what[0])}, {cells})")
    return _typeset("\n\n".join(out))


@cache
def _typeset(source: str) -> bytes:
    return typst.compile(source.encode(), format="pdf", pdf_tags=False, ignore_system_fonts=True)


def _typst_cell(text: str) -> str:
    return "".join(f"\n- {_marked(part)}" for part in text.split("\n")) + "\n" if "\n" in text else _marked(text)


def _marked(text: str) -> str:
    return f'#"{text}"' if text else ""


FORMS = {"word": as_word, "html": as_page, "text": as_text, "pdf": as_pdf}
SUFFIX = {"word": "docx", "html": "html", "text": "txt", "pdf": "pdf"}
