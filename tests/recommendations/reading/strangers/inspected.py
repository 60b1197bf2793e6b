"""What an inspectorate asked: causes of concern, areas for improvement and recommendations, as forces keep them."""

from html import escape

from tests.intake.makers import p, tbl, tr, word
from tests.intake_quality.strangers.sheets import book, put
from tests.intake_quality.strangers.word import heading

from .bank import KNOWN, Known, Stranger, expect

KINDS = ("cause of concern", "afi", "afi", "inspection", "inspection")
WORDS = {"cause of concern": "Cause of concern", "afi": "AFI", "inspection": "Recommendation"}


def lists_by_kind() -> Stranger:
    """A heading to each kind, a table below it; how it goes in words of the force."""
    body = [heading("HMICFRS tracker"), p("Position as at 31 October 2025")]
    titles = {
        "cause of concern": "Causes of concern",
        "afi": "Areas for improvement",
        "inspection": "HMICFRS recommendations",
    }
    for kind, title in titles.items():
        held = [one for one, its in zip(KNOWN, KINDS, strict=True) if its == kind]
        head = tr("Ref", "Inspection", "Wording", "Chief officer lead", "Due by", "Status", "Force update")
        rows = [
            tr(
                one.reference,
                one.audit,
                one.text,
                " and ".join(one.owners),
                f"{one.current:%b-%y}",
                one.status,
                one.updates[-1][1],
            )
            for one in held
        ]
        body += [p(title, form='<w:outlineLvl w:val="1"/>'), tbl(head, *rows)]
    names = "reference audit text owners status outcome told"
    records = [_expected(one, kind, names) for one, kind in zip(KNOWN, KINDS, strict=True)]
    return Stranger("inspected-lists-by-kind.docx", word("".join(body)), records, dated="2025-10-31")


def _expected(one: Known, kind: str, names: str) -> dict[str, object]:
    return expect(one, names, source=kind, targets=[(f"{one.current:%b-%y}", f"{one.current:%Y-%m}")])


def one_sheet() -> Stranger:
    """A workbook: the kind in a column, the report and the month in which it was published, a code for each force."""

    def write(made: object) -> None:
        sheet = made.add_worksheet("HMICFRS")  # type: ignore[attr-defined]
        put(sheet, 0, ["Unique ref", "Type", "Inspection title", "Published", "Recommendation / AFI", "Strategic lead",
                       "Tactical lead", "Completion due", "Progress RAG", "Latest progress update",
                           "Last updated"])  # fmt: skip
        days = made.add_format({"num_format": "dd/mm/yyyy"})  # type: ignore[attr-defined]
        for n, (one, kind) in enumerate(zip(KNOWN, KINDS, strict=True), 1):
            put(sheet, n, [f"NS-{one.reference}", WORDS[kind], one.audit, f"{one.month:%B %Y}", one.text, one.owners[0],
                           one.owners[-1] if len(one.owners) > 1 else "", one.current, "Blue" if one.done else "Amber",
                           one.updates[-1][1], one.updates[-1][0]], days)  # fmt: skip

    names = "audit audit_date text owners last"
    records = [
        expect(one, names, reference=f"NS-{one.reference}", source=kind, status="Blue" if one.done else "Amber",
               targets=[(f"{one.current.day} {one.current:%B %Y}", one.current.isoformat())])
        for one, kind in zip(KNOWN, KINDS, strict=True)
    ]  # fmt: skip
    return Stranger("inspected-one-sheet.xlsx", book(write), records, findings=("target-passed",))


def stated_in_prose() -> Stranger:
    """A page: each is stated after its kind and number, then lines of who, by when, and how it goes."""
    out = ["<h1>Our response to the inspection of policing</h1>"]
    for one, kind in zip(KNOWN[:4], KINDS[:4], strict=True):
        said = {"afi": "Area for improvement"}.get(kind, WORDS[kind])
        out += [
            f"<h2>{escape(one.heading)}</h2>", f"<p>{said} {one.reference}: {escape(one.text)}</p>",
            f"<p>Lead: {', '.join(one.owners)}</p>", f"<p>Due: {one.current:%d %B %Y}</p>",
            f"<p>Status: {one.status}</p>", f"<p>Progress: {escape(one.updates[-1][1])}</p>",
        ]  # fmt: skip
    page = f"<!doctype html><html><head><meta charset=utf-8></head><body>{''.join(out)}</body></html>"
    names = "reference text owners status outcome told"
    records = [
        expect(one, names, source=kind if kind != "inspection" else None,
               targets=[(f"{one.current:%d %B %Y}", one.current.isoformat())])
        for one, kind in zip(KNOWN[:4], KINDS[:4], strict=True)
    ]  # fmt: skip
    return Stranger("inspected-stated-in-prose.html", page.encode(), records)


PAPERS = (lists_by_kind, one_sheet, stated_in_prose)
