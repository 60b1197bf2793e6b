"""Web pages: as Word saves them with audits merged down, as a list of SharePoint prints, in lists of terms."""

from html import escape

from .bank import KNOWN, Stranger, expect


def saved_by_word() -> Stranger:
    """Word's filtered HTML: the cell of the audit spans its rows, with its opinion and month below each other."""
    rows = ["<tr><td><b>Audit</b></td><td><b>Ref</b></td><td><b>Recommendation</b></td><td><b>Rating</b></td><td><b>Lead Officer</b></td>"
            "<td><b>Implementation date</b></td><td><b>Progress update</b></td></tr>"]  # fmt: skip
    for audit in dict.fromkeys(one.audit for one in KNOWN):
        held = [one for one in KNOWN if one.audit == audit]
        for n, one in enumerate(held):
            first = (
                f"<td rowspan={len(held)}><p class=MsoNormal>{audit}</p><p class=MsoNormal>{one.opinion} Assurance</p>"
                f"<p class=MsoNormal>{one.month:%B %Y}</p></td>"
            )
            cells = [one.reference, one.text, one.priority, " / ".join(one.owners), f"{one.due:%d %B %Y}", one.updates[-1][1]]
            rows.append(f"<tr>{first if n == 0 else ''}{''.join(f'<td><p class=MsoNormal>{escape(cell)}</p></td>' for cell in cells)}</tr>")
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head><body lang=EN-GB>"
        f"<p class=MsoTitle>Audit recommendations – October 2025</p><table class=MsoTableGrid border=1>{''.join(rows)}</table></body></html>"
    )
    names = "audit opinion audit_date reference text priority owners due told"
    return Stranger("fire-saved-by-word.html", page.encode("cp1252"), [expect(one, names, "%d %B %Y") for one in KNOWN])


def sharepoint_list() -> Stranger:
    """A list of SharePoint: headings in links and buttons, choices such as "(1) High", a log in one cell with days in brackets."""
    heads = ("", "Title", "Rec Ref", "Source Audit", "Recommendation Text", "Priority Rating", "Assigned To", "Due Date", "Rec Status",
             "Comments")  # fmt: skip
    head = "".join(f'<th role="columnheader"><div><a href="#sort">{one}</a><button aria-label="Filter"></button></div></th>' for one in heads)
    rows = ""
    for one in KNOWN:
        log = "<br>".join(f"[{when:%d/%m/%Y}] {escape(words)}" for when, words in one.updates)
        cells = ['<input type="checkbox">', f'<a href="/x">{one.heading}</a>', one.reference, one.audit, escape(one.text),
                 f"({one.number}) {one.priority}", "<br>".join(one.owners), f"<nobr>{one.due:%d/%m/%Y}</nobr>",
                 "Closed" if one.done else "Active", f"<div class='ExternalClass'>{log}</div>"]  # fmt: skip
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Recommendations</title></head><body><nav><ul><li>Home</li></ul></nav>"
        f"<h1>Recommendations</h1><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></body></html>"
    )
    names = "heading reference audit text priority owners due updates outcome"
    return Stranger("sharepoint-list.html", page.encode(), [expect(one, names) for one in KNOWN], findings=("target-passed",))


def lists_of_terms() -> Stranger:
    """A page: a section for each with its facts in a list of terms."""
    out = []
    for one in KNOWN:
        owners = "".join(f"<li>{owner}</li>" for owner in one.owners)
        out.append(
            f"<section><h2>{one.reference} {one.heading}</h2><dl><dt>Report</dt><dd>{one.audit}</dd><dt>Recommendation</dt>"
            f"<dd>{escape(one.text)}</dd><dt>Priority</dt><dd>{one.priority}</dd><dt>Owners</dt><dd><ul>{owners}</ul></dd>"
            f"<dt>Target date</dt><dd>{one.due:%B %Y}</dd><dt>Current position</dt><dd>{escape(one.updates[-1][1])}</dd></dl></section>"
        )
    page = f"<!doctype html><html><head><meta charset=utf-8></head><body><h1>Audit recommendations</h1>{''.join(out)}</body></html>"
    names = "reference audit text priority owners due told"
    return Stranger("office-lists-of-terms.html", page.encode(), [expect(one, names, "%B %Y") for one in KNOWN])


PAPERS = (saved_by_word, sharepoint_list, lists_of_terms)
