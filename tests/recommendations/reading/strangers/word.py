"""Word papers: one wide table, a table to each audit, cards, logs in a cell, an owner to a row, tables printed twice."""

from html import escape

from tests.intake.makers import p, r, tbl, tc, tr, word
from tests.intake_quality.strangers.word import LIST, down, heading, span

from .bank import KNOWN, Known, Stranger, expect

FILLS = {"red": "FF0000", "amber": "FFC000", "green": "00B050"}


def day(one: object, form: str = "%d/%m/%Y") -> str:
    return f"{one:{form}}" if one else ""


def lines(*texts: str) -> str:
    return tc("".join(p(escape(text)) for text in texts))


def one_wide_table() -> Stranger:
    """A commissioner's office: one landscape table, owners under each other in a cell, a second date where it slipped."""
    head = tr("Ref", "Audit title", "Assurance", "Date of report", "Recommendation", "Priority", "Management response",
              "Responsible officer(s)", "Original date", "Revised date", "Progress", "Status")  # fmt: skip
    rows = [
        tr(one.reference, one.audit, one.opinion, day(one.month, "%B %Y"), one.text, one.priority, one.response,
           lines(*one.owners), day(one.due), day(one.revised), one.updates[-1][1], one.status)
        for one in KNOWN
    ]  # fmt: skip
    names = "reference audit opinion audit_date text priority response owners targets told status outcome"
    return Stranger(
        "office-one-wide-table.docx",
        word(heading("Audit recommendations tracker") + p("Position as at 20 October 2025") + tbl(head, *rows)),
        [expect(one, names) for one in KNOWN], dated="2025-10-20",
    )  # fmt: skip


def table_to_each_audit() -> Stranger:
    """A force: the audit, its opinion and month in a heading; how it goes is a colour alone."""
    colours = {"High": "red", "Medium": "amber", "Low": "green"}
    body = [heading("Internal audit recommendations"), p("This paper tells the panel how each of them stands.")]
    for audit in dict.fromkeys(one.audit for one in KNOWN):
        held = [one for one in KNOWN if one.audit == audit]
        body.append(
            p(f"{audit} – {held[0].opinion} assurance – {held[0].month:%B %Y}", form='<w:outlineLvl w:val="1"/>')
        )
        head = tr("No", "Recommendation", "Grade", "Owner", "Due", "Latest position", "RAG")
        rows = [
            tr(one.reference, one.text, one.priority, " / ".join(one.owners), day(one.due, "%B %Y"), one.updates[-1][1],
               tc(form=f'<w:shd w:val="clear" w:fill="{FILLS[colours[one.priority]]}"/>'))
            for one in held
        ]  # fmt: skip
        body.append(tbl(head, *rows))
    names = "reference audit opinion audit_date text priority owners due told"
    records = [expect(one, names, "%B %Y", status=colours[one.priority].capitalize()) for one in KNOWN]
    return Stranger("force-table-to-each-audit.docx", word("".join(body)), records)


def cards_of_four() -> Stranger:
    """A joint panel: a card for each, two labels to a line, then long labels with the answer beside."""
    body = [heading("Tracker of audit actions")]
    for one in KNOWN:
        body += [
            tbl(
                tr("Rec ref", one.reference, "Audit report", one.audit),
                tr("Priority", one.priority, "Report date", day(one.month, "%B %Y")),
                tr("Recommendation", span(one.text, 3)),
                tr("Management response", span(one.response, 3)),
                tr("Responsible owner", lines(*one.owners), "Status", one.status),
                tr("Target date", day(one.due), "Revised target date", day(one.revised)),
                tr("Latest update", span(one.updates[-1][1], 3)),
            ),
            p(""),
        ]
    names = "reference audit audit_date priority text response owners targets told status outcome"
    return Stranger("joint-cards-of-four.docx", word("".join(body)), [expect(one, names) for one in KNOWN])


def answers_below() -> Stranger:
    """A fire authority: the reference and heading in a bar over the card, labels across with the answer below them."""
    body = [heading("Recommendations outstanding")]
    for one in KNOWN:
        body += [
            tbl(
                tr(span(f"{one.reference} {one.heading}", 4, fill="1F3864")),
                tr(span("Recommendation", 4)), tr(span(one.text, 4)),
                tr("Audit", "Priority", "Lead officer", "Due date"),
                tr(one.audit, one.grave, " and ".join(one.owners), day(one.due, "%d %B %Y")),
                tr(span("Progress", 4)), tr(span(one.updates[-1][1], 4)),
            ),
            p(""),
        ]  # fmt: skip
    names = "reference heading text audit grave owners due told"
    return Stranger(
        "fire-answers-below.docx", word("".join(body)), [expect(one, names, "%d %B %Y") for one in KNOWN],
    )  # fmt: skip


def log_in_a_cell() -> Stranger:
    """A council: every update in one cell with its day before it, the newest first; owners joined by a stroke."""
    head = tr("Rec no.", "Audit / Report", "Agreed action", "Risk", "Action owner", "Due", "Update log")
    rows = [
        tr(one.reference, f"{one.audit} ({one.opinion} assurance)", one.text, one.priority, "/".join(one.owners),
           day(one.due, "%d.%m.%y"), lines(*(f"{when:%d/%m/%y} - {words}" for when, words in reversed(one.updates))))
        for one in KNOWN
    ]  # fmt: skip
    names = "reference audit opinion text priority owners due updates"
    return Stranger(
        "council-log-in-a-cell.docx", word(heading("Audit action tracker") + tbl(head, *rows)),
        [expect(one, names, "%d.%m.%y") for one in KNOWN], findings=("target-passed",) * 2,
    )  # fmt: skip


def owner_to_a_row() -> Stranger:
    """An office: each owner has a row with a date of their own, the cells of the recommendation merged down."""
    head = tr("Ref", "Report", "Recommendation", "Priority", "Owner", "Target date", "Update")
    rows = []
    for one in KNOWN:
        for n, owner in enumerate(one.owners):
            facts = [one.reference, one.audit, one.text, one.priority] if n == 0 else [""] * 4
            told = one.updates[-1][1] if n == 0 else ""
            rows.append(
                tr(*(down(fact, starts=n == 0) for fact in facts), owner, _day_of(one, n), down(told, starts=n == 0))
            )
    names = "reference audit text priority owners told"
    records = [
        expect(one, names, targets=[(_day_of(one, n), _iso(_day_of(one, n))) for n in range(len(one.owners))])
        for one in KNOWN
    ]
    return Stranger("office-owner-to-a-row.docx", word(heading("Tracker") + tbl(head, *rows)), records)


def _day_of(one: Known, n: int) -> str:
    return f"{one.current.day} {one.current:%B} {one.current.year + n}"


def _iso(printed: str) -> str:
    number, month, year = printed.split()
    return f"{year}-{_MONTHS[month]:02}-{int(number):02}"


_MONTHS = {"January": 1, "March": 3, "September": 9, "November": 11, "December": 12}


def overdue_first() -> Stranger:
    """An office: totals, then what slipped in a table of its own, then all again by audit with rows that name it."""
    head = ("Ref", "Recommendation", "Priority", "Lead", "Agreed date", "Extended to", "Status", "Comments")

    def row(one: Known) -> str:
        name = f"Priority {one.number} ({one.grave})"
        return tr(one.reference, one.text, name, "; ".join(one.owners), day(one.due), day(one.revised),
                  "Implemented" if one.done else "Open", one.updates[-1][1])  # fmt: skip

    totals = tbl(tr("Priority", "Total", "Implemented", "Open"), tr("High", "1", "0", "1"), tr("Medium", "2", "1", "1"),
                 tr("Low", "2", "0", "2"), tr("Total", "5", "1", "4"))  # fmt: skip
    rows = []
    for audit in dict.fromkeys(one.audit for one in KNOWN):
        held = [one for one in KNOWN if one.audit == audit]
        rows += [tr(span(f"{audit} ({held[0].month:%B %Y})", 8)), *map(row, held)]
    body = [
        heading("Follow up of audit recommendations"), p("Meeting date: 23 October 2025"),
        p("There are 5 recommendations in total; 4 recommendations remain open."), totals,
        heading("Recommendations with an extended date"), tbl(tr(*head), row(KNOWN[0])),
        heading("All recommendations"), tbl(tr(*head), *rows),
    ]  # fmt: skip
    names = "reference audit audit_date text number owners targets told"
    records = [expect(one, names, outcome="implemented" if one.done else None) for one in KNOWN]
    return Stranger("office-overdue-first.docx", word("".join(body)), records, dated="2025-10-23")


def follow_up_of_external() -> Stranger:
    """External auditors: the finding, what is asked, the answer, who by when in one cell, what was found later."""
    body = [heading("Follow up of external audit recommendations")]
    head = tr(
        "",
        "Issue identified",
        "Recommendation",
        "Management response",
        "Responsible officer and date",
        "Follow up comments",
    )
    rows = [
        tr(one.reference, f"The file on {one.heading.lower()} was thin.", one.text, one.response,
           f"{one.owners[0]} – {one.due:%d %B %Y}", one.updates[-1][1])
        for one in KNOWN
    ]  # fmt: skip
    names = "reference text response due told"
    records = [
        expect(one, names, "%d %B %Y", owners=[one.owners[0]], source="external audit",
               finding=f"The file on {one.heading.lower()} was thin.")
        for one in KNOWN
    ]  # fmt: skip
    return Stranger(
        "external-follow-up.docx", word("".join([*body, tbl(head, *rows)])), records,
    )  # fmt: skip


def labels_in_bold() -> Stranger:
    """No table at all: a heading for each, bold labels before the answers."""
    body = [heading("Recommendations tracker for the panel"), p("Date: 20 October 2025")]
    for one in KNOWN:
        body += [
            p(f"{one.audit}: {one.reference} {one.heading}", form='<w:outlineLvl w:val="1"/>'),
            *(p(r(f"{label}: ", "<w:b/>"), r(answer)) for label, answer in (
                ("Reference", one.reference), ("Audit", one.audit), ("Recommendation", one.text), ("Priority", one.letter),
                ("Owner", ", ".join(one.owners)), ("Due date", day(one.due, "%d %B %Y")), ("Update", one.updates[-1][1]),
            )),
        ]  # fmt: skip
    names = "reference audit text priority owners due told"
    return Stranger(
        "panel-labels-in-bold.docx", word("".join(body), numbering=LIST), [expect(one, names, "%d %B %Y") for one in KNOWN],
        dated="2025-10-20", findings=("target-passed",) * 2,
    )  # fmt: skip


def long_headings() -> Stranger:
    """A combined authority: headings that are sentences, both days in one cell, what auditors say beside what managers say."""
    head = tr("Rec. No.", "Internal Audit Report (and date of issue)", "Recommendation &amp; Rationale",
        "Priority (High / Medium / Low)",
              "Management Response &amp; Action Plan", "Responsible Officer / Job Title",
                  "Agreed implementation date (revised date in brackets)",
              "Management Update for October 2025", "Current Status as reported by management")  # fmt: skip
    rows = [
        tr(one.reference, f"{one.audit} ({one.month:%B %Y})", one.text, one.priority, one.response, " &amp; ".join(one.owners),
           f"{day(one.due)} ({day(one.revised)})" if one.revised else day(one.due), one.updates[-1][1], one.status)
        for one in KNOWN
    ]  # fmt: skip
    names = "reference audit audit_date text priority response owners targets told status outcome"
    return Stranger(
        "authority-long-headings.docx", word(heading("Audit recommendations") + tbl(head, *rows)), [expect(one,
            names) for one in KNOWN]
    )  # fmt: skip


def bands_of_priority() -> Stranger:
    """A police and crime office: rows across the table say the priority of those below them; a column says who asked."""
    head = tr("Ref", "Raised by", "Audit", "Recommendation", "Owner", "Target", "Progress")
    rows = []
    for word_ in ("High", "Medium", "Low"):
        rows.append(tr(span(f"{word_} priority recommendations", 7)))
        rows += [
            tr(one.reference, "External audit", one.audit, one.text, "; ".join(one.owners), day(one.current),
                one.updates[-1][1])
            for one in KNOWN if one.priority == word_
        ]  # fmt: skip
    ordered = [one for word_ in ("High", "Medium", "Low") for one in KNOWN if one.priority == word_]
    names = "reference audit text priority owners told"
    records = [
        expect(one, names, source="external audit", targets=[(day(one.current), one.current.isoformat())])
        for one in ordered
    ]
    return Stranger(
        "office-bands-of-priority.docx", word(heading("Recommendations") + tbl(head, *rows)), records
    )  # fmt: skip


def numbered_cards() -> Stranger:
    """A firm's follow-up: a card for each under the heading of its audit, "Recommendation 4 (High)" beside its text."""
    body = [heading("Follow up of recommendations")]
    for audit in dict.fromkeys(one.audit for one in KNOWN):
        held = [one for one in KNOWN if one.audit == audit]
        body.append(p(f"{audit}: {held[0].opinion} assurance", form='<w:outlineLvl w:val="1"/>'))
        for one in held:
            body += [
                tbl(
                    tr(f"Recommendation {one.reference} ({one.priority})", one.text), tr("Management response", one.response),
                    tr("Responsible officer", " and ".join(one.owners)), tr("Implementation date", day(one.due, "%B %Y")),
                    tr("Position at 20 October 2025", one.updates[-1][1]),
                ),
                p(""),
            ]  # fmt: skip
    names = "reference audit opinion text priority response owners due last"
    records = [expect(one, names, "%B %Y") for one in KNOWN]
    return Stranger("firm-numbered-cards.docx", word("".join(body)), records, findings=("target-passed",) * 2)


def told_under_numbers() -> Stranger:
    """A report in prose: each recommendation under its number and grade, then its text, then lines with labels."""
    body = [heading("Update on recommendations"), p("Meeting date: 20 October 2025")]
    for one in KNOWN:
        body += [
            p(f"Recommendation {one.reference} – {one.priority}", form='<w:outlineLvl w:val="1"/>'), p(one.text),
            p(f"Audit: {one.audit}"), p(f"Responsible officers: {', '.join(one.owners)}"),
                p(f"Target date: {day(one.current, '%d %B %Y')}"),
            p(f"Progress: {one.updates[-1][1]}"),
        ]  # fmt: skip
    names = "reference audit text priority owners told"
    records = [expect(one, names, targets=[(day(one.current, "%d %B %Y"), one.current.isoformat())]) for one in KNOWN]
    return Stranger(
        "office-told-under-numbers.docx", word("".join(body)), records, findings=("target-passed",), dated="2025-10-20"
    )  # fmt: skip


PAPERS = (
    long_headings, bands_of_priority, numbered_cards, told_under_numbers,
    one_wide_table, table_to_each_audit, cards_of_four, answers_below, log_in_a_cell, owner_to_a_row, overdue_first,
    follow_up_of_external, labels_in_bold,
)  # fmt: skip
