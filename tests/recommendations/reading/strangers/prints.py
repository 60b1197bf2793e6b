"""PDFs: by raw text positions with and without rules, by typst with its tags and without, over several pages."""

from collections.abc import Sequence
from functools import cache

import typst

from tests.intake.typeset import untagged
from tests.intake_quality.strangers.prints import raw, table

from .bank import KNOWN, Known, Stranger, expect

HEAD = [
    "Ref",
    "Audit",
    "Recommendation",
    "Priority",
    "Responsible officer",
    "Target date",
    "Revised date",
    "Update",
    "Status",
]
WIDTHS = (30, 85, 175, 50, 105, 62, 62, 150, 60)
NAMES = "reference audit text priority owners targets told status outcome"


def _rows(known: Sequence[Known]) -> list[list[str]]:
    return [HEAD, *(
        [one.reference, one.audit, one.text, one.priority, "; ".join(one.owners), f"{one.due:%d/%m/%Y}",
         f"{one.revised:%d/%m/%Y}" if one.revised else "", one.updates[-1][1], one.status]
        for one in known
    )]  # fmt: skip


def positions(*, ruled: bool) -> Stranger:
    """As a report generator writes it: short landscape pages with a footer, headings again on each."""
    pages = table(_rows(KNOWN), WIDTHS, top=500, left=30, foot=380, ruled=ruled, size=8)
    printed = [
        ([(30.0, 540.0, "Audit recommendations tracker"), *lines, (30.0, 30.0, f"Page {n} of {len(pages)}")], rules)
        for n, (lines, rules) in enumerate(pages, 1)
    ]
    return Stranger(
        f"generator-{'ruled' if ruled else 'bare'}.pdf", raw(printed, wide=842, high=595, size=8),
        [expect(one, NAMES) for one in KNOWN],
    )  # fmt: skip


def ruled() -> Stranger:
    return positions(ruled=True)


def bare() -> Stranger:
    return positions(ruled=False)


@cache
def _typeset(source: str) -> bytes:
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


PAGE = '#set page(paper: "a4", flipped: true, footer: [Official])\n#set text(size: 9pt, hyphenate: false)\n'


def tables_by_audit() -> Stranger:
    """Tagged, landscape: a heading for each audit with a table below it, cells broken over pages."""
    out = [f"{PAGE}= Audit recommendations\n"]
    for audit in dict.fromkeys(one.audit for one in KNOWN):
        held = [one for one in KNOWN if one.audit == audit]
        cells = "".join(
            f"[{one.reference}], [{one.heading}], [{one.text}], [{one.priority}], [{' / '.join(one.owners)}], "
            f"[{one.due:%d %b %Y}], "
            f"[{one.updates[-1][1]}], "
            for one in held
        )
        out.append(
            f"== {audit} ({held[0].opinion} assurance), {held[0].month:%B %Y}\n#table(columns: (5%, 10%, 30%, "
            f"8%, 15%, 10%, 22%), "
            f"table.header([Ref], [Area], [Recommendation], [Priority], [Owner], [Due date], [Progress to date]), {cells})"
        )
    names = "audit opinion audit_date reference heading text priority owners due told"
    return Stranger(
        "office-tables-by-audit.pdf", _typeset("\n\n".join(out)), [expect(one, names, "%d %b %Y") for one in KNOWN]
    )


def cards_without_tags() -> Stranger:
    """Cards of labels and answers on portrait pages, broken in the middle, as most programs print them."""
    out = [
        '#set page(paper: "a5", footer: [Official])\n#set text(size: 9pt, hyphenate: false)\n= Recommendations tracker\n'
    ]
    out += [
        f"#table(columns: (30%, 70%), [Reference], [{one.reference}], [Audit], [{one.audit}], [Recommendation], [{one.text}], "
        f"[Priority], [{one.priority}], [Responsible officer], [{'; '.join(one.owners)}], [Target date], [{one.due:%d/%m/%Y}], "
        f"[Management response], [{one.response}], [Latest update], [{one.updates[-1][1]}])"
        for one in KNOWN
    ]
    names = "reference audit text priority owners due response told"
    return Stranger(
        "joint-cards-without-tags.pdf", untagged(_typeset("\n\n".join(out))), [expect(one, names) for one in KNOWN]
    )


PAPERS = (ruled, bare, tables_by_audit, cards_without_tags)
