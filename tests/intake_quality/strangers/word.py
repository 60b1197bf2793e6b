"""Word papers as other offices lay them out: merged label cells, nested tables, spans over spans, rows for controls."""

from collections.abc import Sequence
from html import escape

from tests.intake import makers
from tests.intake.makers import p, r, tbl, tc, tr, word

from .bank import Stranger, expect, risks


def span(text: str, columns: int, *, fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:fill="{fill}"/>' if fill else ""
    return tc(text, form=f'<w:gridSpan w:val="{columns}"/>{shade}')


def down(text: str = "", *, starts: bool) -> str:
    return tc(*([text] if text else []), form='<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>")


def bullets(texts: Sequence[str]) -> str:
    return "".join(p(escape(text), form=makers.listed()) for text in texts)


LIST = makers.numbering(("bullet", "•"))


def heading(text: str) -> str:
    return p(text, form='<w:outlineLvl w:val="0"/>')


def day(one: object, form: str = "%d/%m/%Y") -> str:
    return f"{one:{form}}"


def labels_over_answers() -> Stranger:
    """A fire authority: a card of four columns, its long labels merged across with the answer in the row below."""
    known, body = risks("CRR"), [heading("Corporate risk register"), p("Position as at 30 September 2025")]
    for one in known:
        body.append(
            tbl(
                tr("Risk ref", one.reference, "Risk title", one.title),
                tr("Risk owner", one.owner, "Date raised", day(one.first, "%d %B %Y")),
                tr(span("Causes", 4)), tr(span(one.cause, 4)),
                tr(span("Consequences", 4)), tr(span(one.effect, 4)),
                tr(span("Existing controls", 4)), tr(tc(bullets(one.controls), form='<w:gridSpan w:val="4"/>')),
                tr("Current likelihood", str(one.now[1]), "Current impact", str(one.now[0])),
                tr("Current risk score", str(one.score), "Target risk score", str(one.target[0] * one.target[1])),
                tr(span("Further actions", 4)), tr(tc(bullets(one.actions), form='<w:gridSpan w:val="4"/>')),
                tr("Last reviewed", day(one.last), "Next review", day(one.next)),
            )
        )  # fmt: skip
        body.append(p(""))
    names = "reference title owner first cause effect controls levels score target_score actions last next"
    return Stranger(
        "fire-labels-over-answers.docx", word("".join(body), numbering=LIST), [expect(one, names) for one in known],
        dated="2025-09-30",
    )  # fmt: skip


def fourteen_columns() -> Stranger:
    """A commissioner's office: one landscape table of fourteen columns, triples under spans, arrows in words."""
    known = risks("OPCC-")
    over = tr(
        "No.", "Risk", "Owner", span("Inherent", 3), span("Residual", 3), span("Target", 3), "Change", "Last review"
    )
    under = tr("", "", "", *["L", "I", "S"] * 3, "", "")
    rows = [
        tr(one.reference, one.title, one.owner, *_lis(one.inherent), *_lis(one.now), *_lis(one.target),
           {"→": "No change", "↑": "Increased from 12", "↓": "Reduced from 12"}[one.arrow], day(one.last, "%d.%m.%y"))
        for one in known
    ]  # fmt: skip
    names = "reference title owner inherent levels score target direction last"
    return Stranger(
        "office-fourteen-columns.docx", word(heading("Strategic risk register") + tbl(over, under, *rows)),
        [expect(one, names) for one in known],
    )  # fmt: skip


def _lis(levels: tuple[int, int]) -> list[str]:
    impact, likelihood = levels
    return [str(likelihood), str(impact), str(impact * likelihood)]


def assurance_framework() -> Stranger:
    """An NHS trust: a board assurance framework, a card for each principal risk under its strategic objective."""
    known, body = risks("BAF"), [heading("Board assurance framework"), p("Date: 6 November 2025")]
    for n, one in enumerate(known, 1):
        rating = tr("", "Impact", "Likelihood", "Score")
        body += [
            heading(f"Strategic objective {n}: Care that people can rely on"),
            tbl(
                tr("BAF ref", span(one.reference, 3)),
                tr("Principal risk", span(one.title, 3)),
                tr("Executive lead", span(one.owner, 3)),
                tr("Lead committee", span("Quality Committee", 3)),
                rating,
                *(
                    tr(name, str(levels[0]), str(levels[1]), str(levels[0] * levels[1]))
                    for name, levels in (("Initial", one.inherent), ("Current", one.now), ("Target", one.target))
                ),
                tr("Key controls", tc(bullets(one.controls), form='<w:gridSpan w:val="3"/>')),
                tr("Sources of assurance", span("Internal audit of March 2025: reasonable", 3)),
                tr("Gaps in controls", span("No cover at weekends", 3)),
                tr("Gaps in assurance", span("None known", 3)),
                tr("Actions to close gaps", tc(bullets(one.actions), form='<w:gridSpan w:val="3"/>')),
                tr("Date last reviewed", span(day(one.last, "%d %b %Y"), 3)),
            ),
        ]
    names = "reference title owner inherent levels score target controls actions last"
    return Stranger(
        "trust-assurance-framework.docx", word("".join(body), numbering=LIST), [expect(one, names) for one in known],
        dated="2025-11-06",
    )  # fmt: skip


def nested_scores() -> Stranger:
    """A university: rows of a table, the three scores of each in a small table inside a cell."""
    known = risks("U", 4)
    rows = [tr("Risk ID", "Description of risk", "Risk owner", "Residual risk", "Controls in place", "Last reviewed")]
    for one in known:
        inner = tbl(tr("Impact", str(one.now[0])), tr("Likelihood", str(one.now[1])), tr("Score", str(one.score)))
        rows.append(
            tr(one.reference, one.title, one.owner, tc(inner, "<w:p/>"), tc(bullets(one.controls)), day(one.last, "%d-%b-%y"))
        )  # fmt: skip
    names = "reference title owner levels score controls last"
    return Stranger(
        "university-nested-scores.docx", word(heading("University risk register") + tbl(*rows), numbering=LIST),
        [expect(one, names) for one in known],
    )  # fmt: skip


def rows_of_controls() -> Stranger:
    """A council: each control has a row of its own, the cells of its risk are merged down."""
    known, rows = risks("CR"), [tr("Ref", "Risk", "Owner", "Score (IxL)", "Existing controls", "Next review")]
    for one in known:
        for n, text in enumerate(one.controls):
            first = n == 0
            score = f"{one.now[0]}x{one.now[1]}={one.score}"
            facts = [one.reference, one.title, one.owner, score] if first else [""] * 4
            rows.append(
                tr(
                    *(down(fact, starts=first) for fact in facts),
                    text,
                    down(day(one.next) if first else "", starts=first),
                )
            )
    names = "reference title owner levels score controls next"
    return Stranger(
        "council-rows-of-controls.docx", word(heading("Corporate risk register") + tbl(*rows)),
        [expect(one, names) for one in known],
    )  # fmt: skip


def log_in_a_cell() -> Stranger:
    """A force: updates as a log inside a cell, newest first, the year said once; a score before and after."""
    known = risks("FR/")
    rows = [
        tr(
            "Risk number",
            "Risk title",
            "Risk owner",
            "Previous score",
            "Current score",
            "Trend",
            "Commentary",
            "Reviewed",
        )
    ]
    for one in known:
        log = "".join(p(f"{when:%d/%m/%Y}: {words}") for when, words in one.updates)
        rows.append(
            tr(one.reference, one.title, one.owner, str(one.before), f"{one.score} (I{one.now[0]} L{one.now[1]})",
               one.arrow, tc(log), day(one.last))
        )  # fmt: skip
    names = "reference title owner previous score levels direction updates last"
    return Stranger(
        "force-log-in-a-cell.docx", word(heading("Force risk register: overview") + tbl(*rows)),
        [expect(one, names) for one in known],
    )  # fmt: skip


def colours_alone() -> Stranger:
    """A parish: three by three in words, the rating a colour without a word."""
    words = ("Low", "Medium", "High")
    levels = ((3, 2), (2, 2), (1, 2))
    fills = {6: "FF0000", 4: "FFC000", 2: "00B050"}
    rows = [tr("No", "Risk", "Impact", "Likelihood", "Rating", "Mitigation", "Responsible")]
    for one, (impact, likelihood) in zip(risks("", 3), levels, strict=True):
        shade = f'<w:shd w:val="clear" w:fill="{fills[impact * likelihood]}"/>'
        rows.append(
            tr(one.reference.lstrip("0"), one.title, words[impact - 1], words[likelihood - 1], tc(form=shade),
               tc("".join(p(text) for text in one.controls)), one.owner)
        )  # fmt: skip
    records = [
        {**expect(one, "title controls"), "reference": one.reference.lstrip("0"), "levels": pair}
        for one, pair in zip(risks("", 3), levels, strict=True)
    ]
    return Stranger(
        "parish-colours-alone.docx", word(heading("Risk register of the parish") + tbl(*rows)), records,
        findings=("scale-assumed",),
    )  # fmt: skip


def told_in_words() -> Stranger:
    """A summary in prose: a heading for each risk, then lines of label and answer, then bullets."""
    body, known = [heading("Strategic risks: summary for the panel"), p("Date: 6 November 2025")], risks("SR")
    for one in known:
        body += [
            heading(f"{one.reference} {one.title}"),
            p(r("Risk owner: ", "<w:b/>"), r(one.owner)),
            p(r("Current score: ", "<w:b/>"), r(f"{one.score} (Impact {one.now[0]}, Likelihood {one.now[1]})")),
            p(r("Last reviewed: ", "<w:b/>"), r(day(one.last, "%d %B %Y"))),
            p(r("Existing controls:", "<w:b/>")),
            bullets(one.controls),
            p(r("Further actions:", "<w:b/>")),
            bullets(one.actions),
        ]
    names = "reference title owner score levels last controls actions"
    return Stranger(
        "office-told-in-words.docx", word("".join(body), numbering=LIST), [expect(one, names) for one in known],
        dated="2025-11-06",
    )  # fmt: skip


def scores_down_the_side() -> Stranger:
    """A force: cards with a label cell merged down over its three scores."""
    known, body = risks("STR"), [heading("Strategic risks")]
    for one in known:
        body.append(
            tbl(
                tr(span(f"{one.reference} - {one.title}", 3, fill="1F3864")),
                tr("Owner", span(one.owner, 2)),
                *(
                    row
                    for name, levels in (
                        ("Gross risk", one.inherent),
                        ("Net risk", one.now),
                        ("Target risk", one.target),
                    )
                    for row in (
                        tr(down(name, starts=True), "Impact", str(levels[0])),
                        tr(down(starts=False), "Likelihood", str(levels[1])),
                        tr(down(starts=False), "Score", str(levels[0] * levels[1])),
                    )
                ),
                tr("Controls", tc(bullets(one.controls), form='<w:gridSpan w:val="2"/>')),
                tr("Next review date", span(day(one.next), 2)),
            )
        )
        body.append(p(""))
    names = "reference title owner inherent levels score target controls next"
    return Stranger(
        "force-scores-down-the-side.docx", word("".join(body), numbering=LIST), [expect(one, names) for one in known]
    )


PAPERS = (
    labels_over_answers,
    fourteen_columns,
    assurance_framework,
    nested_scores,
    rows_of_controls,
    log_in_a_cell,
    colours_alone,
    told_in_words,
    scores_down_the_side,
)
