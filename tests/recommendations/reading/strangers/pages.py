"""Web pages: as Word saves them with audits merged down, as a list of SharePoint prints, in lists of terms."""

from collections.abc import Sequence
from html import escape

from .bank import KNOWN, Stranger, expect

WORD = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head><body lang=EN-GB>"
PAGE = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Recommendations</title></head><body>"


def _rows_by_word(audit: str) -> str:
    held = [one for one in KNOWN if one.audit == audit]
    out = ""
    for n, one in enumerate(held):
        facts = (audit, f"{one.opinion} Assurance", f"{one.month:%B %Y}")
        first = "".join(f"<p class=MsoNormal>{fact}</p>" for fact in facts)
        cells = [
            one.reference,
            one.text,
            one.priority,
            " / ".join(one.owners),
            f"{one.due:%d %B %Y}",
            one.updates[-1][1],
        ]
        out += f"<tr>{f'<td rowspan={len(held)}>{first}</td>' if n == 0 else ''}"
        out += "".join(f"<td><p class=MsoNormal>{escape(cell)}</p></td>" for cell in cells) + "</tr>"
    return out


def saved_by_word() -> Stranger:
    """Word's filtered HTML: the cell of the audit spans its rows, with its opinion and month below each other."""
    heads = ("Audit", "Ref", "Recommendation", "Rating", "Lead Officer", "Implementation date", "Progress update")
    head = "".join(f"<td><b>{one}</b></td>" for one in heads)
    rows = "".join(_rows_by_word(audit) for audit in dict.fromkeys(one.audit for one in KNOWN))
    page = (
        f"{WORD}<p class=MsoTitle>Audit recommendations – October 2025</p><table border=1><tr>{head}</tr>{rows}</table>"
    )
    names = "audit opinion audit_date reference text priority owners due told"
    records = [expect(one, names, "%d %B %Y") for one in KNOWN]
    return Stranger("fire-saved-by-word.html", f"{page}</body></html>".encode("cp1252"), records)


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def sharepoint_list() -> Stranger:
    """A list of SharePoint: headings in links and buttons, choices such as "(1) High", days in brackets in a log."""
    heads = (
        *("", "Title", "Rec Ref", "Source Audit", "Recommendation Text", "Priority Rating", "Assigned To", "Due Date"),
        *("Rec Status", "Comments"),
    )
    head = "".join(
        f'<th role="columnheader"><div><a href="#sort">{one}</a><button aria-label="Filter"></button></div></th>'
        for one in heads
    )
    rows = ""
    for one in KNOWN:
        log = "<br>".join(f"[{when:%d/%m/%Y}] {escape(words)}" for when, words in one.updates)
        cells = [
            '<input type="checkbox">',
            f'<a href="/x">{one.heading}</a>',
            one.reference,
            one.audit,
            escape(one.text),
        ]
        cells += [f"({one.number}) {one.priority}", "<br>".join(one.owners), f"<nobr>{one.due:%d/%m/%Y}</nobr>"]
        rows += _row([*cells, "Closed" if one.done else "Active", f"<div class='ExternalClass'>{log}</div>"])
    page = f"{PAGE}<nav><ul><li>Home</li></ul></nav><h1>Recommendations</h1><table><thead><tr>{head}</tr></thead>"
    page += f"<tbody>{rows}</tbody></table></body></html>"
    names = "heading reference audit text priority owners due updates outcome"
    records = [expect(one, names) for one in KNOWN]
    return Stranger("sharepoint-list.html", page.encode(), records, findings=("target-passed",))


def lists_of_terms() -> Stranger:
    """A page: a section for each with its facts in a list of terms."""
    out = ""
    for one in KNOWN:
        facts = {
            "Report": one.audit, "Recommendation": escape(one.text), "Priority": one.priority,
            "Owners": f"<ul>{''.join(f'<li>{owner}</li>' for owner in one.owners)}</ul>",
            "Target date": f"{one.due:%B %Y}", "Current position": escape(one.updates[-1][1]),
        }  # fmt: skip
        terms = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in facts.items())
        out += f"<section><h2>{one.reference} {one.heading}</h2><dl>{terms}</dl></section>"
    page = f"{PAGE}<h1>Audit recommendations</h1>{out}</body></html>"
    names = "reference audit text priority owners due told"
    records = [expect(one, names, "%B %Y") for one in KNOWN]
    return Stranger("office-lists-of-terms.html", page.encode(), records)


PAPERS = (saved_by_word, sharepoint_list, lists_of_terms)
