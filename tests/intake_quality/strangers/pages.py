"""Web pages: as Word saves them, as a list of SharePoint prints, with headings as links and hidden rows."""

from html import escape

from .bank import Stranger, expect, risks


def saved_by_word() -> Stranger:
    """Word's filtered HTML: rowspan and colspan, its own classes and empty paragraphs, Windows-1252."""
    known = risks("HR")
    head = (
        "<tr><td rowspan=2><p class=MsoNormal><b>Ref</b></p></td><td rowspan=2><p class=MsoNormal><b>Risk description</b>"
        "</p></td><td colspan=2><p class=MsoNormal align=center><b>Uncontrolled risk</b></p></td><td colspan=2>"
        "<p class=MsoNormal align=center><b>Controlled risk</b></p></td><td rowspan=2><b>Control measures</b></td>"
        "<td rowspan=2><b>Owner</b></td></tr><tr><td>Severity</td><td>Likelihood</td><td>Severity</td><td>Likelihood</td></tr>"
    )
    rows = ""
    for one in known:
        controls = "".join(
            f"<p class=MsoListParagraph style='text-indent:-18.0pt'><span style='font-family:Symbol'>·"
            f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span>{escape(text)}</p>"
            for text in one.controls
        )
        cells = [one.reference, one.title, *one.inherent, *one.now]
        rows += "<tr>" + "".join(f"<td><p class=MsoNormal>{cell}<o:p></o:p></p></td>" for cell in cells)
        rows += f"<td>{controls}</td><td><p class=MsoNormal>{one.owner}</p></td></tr>"
    page = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><title>Risks</title>"
        "<style>p.MsoNormal {margin:0cm}</style></head><body lang=EN-GB><div class=WordSection1>"
        f"<p class=MsoTitle>Risk register – overview</p><table class=MsoTableGrid border=1>{head}{rows}</table>"
        "<p class=MsoNormal>&nbsp;</p></div></body></html>"
    )
    names = "reference title owner levels controls"
    records = [{**expect(one, names), "inherent": (*one.inherent, None)} for one in known]
    return Stranger("health-saved-by-word.html", page.encode("cp1252"), records)


def sharepoint_list() -> Stranger:
    """A list of SharePoint: headings in links and buttons, choices such as "(4) Likely", dates of the site."""
    known = risks("R-")
    words = {
        "i": ("", "(1) Insignificant", "(2) Minor", "(3) Moderate", "(4) Major", "(5) Catastrophic"),
        "l": ("", "(1) Rare", "(2) Unlikely", "(3) Possible", "(4) Likely", "(5) Almost certain"),
    }
    heads = (
        "",
        "Risk ID",
        "Title",
        "Assigned To",
        "Impact",
        "Likelihood",
        "Risk Score",
        "Mitigation",
        "Date Raised",
        "Risk Status",
    )
    head = "".join(
        f'<th role="columnheader"><div><a href="#sort">{one}</a><button aria-label="Filter"></button></div></th>'
        for one in heads
    )
    rows = ""
    for one in known:
        lines = "<br>".join(f"- {text}" for text in one.controls)
        cells = [
            '<input type="checkbox">', one.reference, f'<a href="/x">{one.title}</a>', f"<span>{one.owner}</span>",
            words["i"][one.now[0]], words["l"][one.now[1]], str(one.score), f"<div class='ExternalClass'>{lines}</div>",
            f"<nobr>{one.first:%d/%m/%Y} 09:30</nobr>", "Open",
        ]  # fmt: skip
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    page = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Risk register</title><script>var a = '<tr>';</script>"
        f"</head><body><nav><ul><li>Home</li><li>Documents</li></ul></nav><h1>Risk register</h1><table><thead><tr>{head}"
        f"</tr></thead><tbody>{rows}</tbody></table></body></html>"
    )
    names = "reference title levels score controls first"
    return Stranger("sharepoint-list.html", page.encode(), [expect(one, names) for one in known])


def cards_of_definition() -> Stranger:
    """A council's page: an article for each risk, its facts in a list of terms."""
    known, out = risks("KR"), []
    for one in known:
        controls = "".join(f"<li>{text}</li>" for text in one.controls)
        out.append(
            f"<section><h2>{one.reference}: {one.title}</h2><dl><dt>Risk owner</dt><dd>{one.owner}</dd>"
            f"<dt>Current score</dt><dd>{one.now[0]} x {one.now[1]} = {one.score}</dd>"
            f"<dt>Target score</dt><dd>{one.target[0] * one.target[1]}</dd>"
            f"<dt>Controls in place</dt><dd><ul>{controls}</ul></dd>"
            f"<dt>Next review</dt><dd>{one.next:%d %B %Y}</dd></dl></section>"
        )
    page = f"<!doctype html><html><head><meta charset=utf-8></head><body><h1>Key risks</h1>{''.join(out)}</body></html>"
    names = "reference title owner levels score target_score controls next"
    return Stranger("council-terms.html", page.encode(), [expect(one, names) for one in known])


PAPERS = (saved_by_word, sharepoint_list, cards_of_definition)
