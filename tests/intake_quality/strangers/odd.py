"""Odder layouts: bow ties, risks as columns, cards of one cell, grids of scores in cards, letters for levels, quarters."""

from html import escape

from tests.intake.makers import p, tbl, tc, tr, word

from .bank import Stranger, expect, risks
from .word import LIST, bullets, day, down, heading, span


def bow_tie() -> Stranger:
    """An airport's police: causes, event and consequences side by side, controls on either side below."""
    known, body = risks("BT"), [heading("Bow-tie register")]
    for one in known:
        body.append(
            tbl(
                tr("Risk ref", one.reference, "Risk owner", one.owner),
                tr("Risk title", span(one.title, 3)),
                tr("Causes", span(one.cause, 3)),
                tr("Consequences", span(one.effect, 3)),
                tr(span("Preventive controls", 2), span("Recovery controls", 2)),
                tr(tc(bullets(one.controls), form='<w:gridSpan w:val="2"/>'), span("Gold command stands up", 2)),
                tr("Current score", f"L{one.now[1]} x I{one.now[0]} = {one.score}", "Target score",
                   f"L{one.target[1]} x I{one.target[0]} = {one.target[0] * one.target[1]}"),
            )
        )  # fmt: skip
        body.append(p(""))
    records = [
        {**expect(one, "reference title owner cause effect score levels target_score"),
         "controls": [*one.controls, "Gold command stands up"]}
        for one in known
    ]  # fmt: skip
    return Stranger("airport-bow-tie.docx", word("".join(body), numbering=LIST), records)


def cells_of_label_and_answer() -> Stranger:
    """A trust: each cell of a card holds its label and its answer, one cell its list of controls too."""
    known, body = risks("DT-"), [heading("Directorate risk register")]
    for one in known:
        body.append(
            tbl(
                tr(
                    f"Ref: {one.reference}",
                    f"Risk owner: {one.owner}",
                    f"Score: {one.now[0]} x {one.now[1]} = {one.score}",
                ),
                tr(span(f"Risk title: {one.title}", 3)),
                tr(tc(p("Controls:") + bullets(one.controls), form='<w:gridSpan w:val="3"/>')),
                tr(
                    f"Date raised: {day(one.first)}", f"Last reviewed: {day(one.last)}", f"Next review: {day(one.next)}"
                ),
            )
        )
        body.append(p(""))
    names = "reference title owner score levels controls first last next"
    return Stranger(
        "trust-cells-of-label-and-answer.docx",
        word("".join(body), numbering=LIST),
        [expect(one, names) for one in known],
    )


def sets_across() -> Stranger:
    """A council: in each card a grid with the sets of scores across and the levels down."""
    known, body = risks("CC"), [heading("Corporate risks")]
    for one in known:
        triples = [one.inherent, one.now, one.target]
        body.append(
            tbl(
                tr(span(f"{one.reference}: {one.title}", 4)),
                tr("Risk owner", span(one.owner, 3)),
                tr("", "Inherent", "Residual", "Target"),
                tr("Impact", *(str(impact) for impact, _likelihood in triples)),
                tr("Likelihood", *(str(likelihood) for _impact, likelihood in triples)),
                tr("Score", *(str(impact * likelihood) for impact, likelihood in triples)),
                tr("Mitigations", tc(bullets(one.controls), form='<w:gridSpan w:val="3"/>')),
                tr("Further actions", tc(bullets(one.actions), form='<w:gridSpan w:val="3"/>')),
            )
        )
        body.append(p(""))
    names = "reference title owner inherent levels score target controls actions"
    return Stranger(
        "council-sets-across.docx", word("".join(body), numbering=LIST), [expect(one, names) for one in known]
    )


def risks_as_columns() -> Stranger:
    """A school: few risks, each a column, the labels down the left."""
    known = risks("S", 3)
    rows = {
        "Risk reference": [one.reference for one in known],
        "Risk": [one.title for one in known],
        "Owner": [one.owner for one in known],
        "Impact": [str(one.now[0]) for one in known],
        "Likelihood": [str(one.now[1]) for one in known],
        "Score": [str(one.score) for one in known],
        "Existing controls": [", ".join(one.controls) for one in known],
        "Next review": [day(one.next) for one in known],
    }
    body = heading("School risk register") + tbl(*(tr(label, *answers) for label, answers in rows.items()))
    records = [
        {**expect(one, "reference title owner levels score next"), "controls": [", ".join(one.controls)]}
        for one in known
    ]
    return Stranger("school-risks-as-columns.docx", word(body), records)


def overview_and_cards() -> Stranger:
    """A force: an overview of all, then a card for each; both agree."""
    known = risks("FS")
    rows = [tr("Ref", "Risk", "Owner", "Current score", "Previous score", "Direction of travel")]
    rows += [tr(one.reference, one.title, one.owner, str(one.score), str(one.before), one.arrow) for one in known]
    body = [heading("Appendix A: Overview"), tbl(*rows), heading("Appendix B: Detail of each risk")]
    for one in known:
        body.append(
            tbl(
                tr(span(f"{one.reference} – {one.title}", 4)),
                tr("Impact", str(one.now[0]), "Likelihood", str(one.now[1])),
                tr(span("Controls in place", 4)), tr(tc(bullets(one.controls), form='<w:gridSpan w:val="4"/>')),
                tr(span("Update", 4)), tr(span("; ".join(f"{day(when)} - {said}" for when, said in one.updates[:1]), 4)),
                tr("Last reviewed", day(one.last), "Next review", day(one.next)),
            )
        )  # fmt: skip
        body.append(p(""))
    names = "reference title owner score levels previous direction controls last next"
    records = [{**expect(one, names), "updates": [(one.updates[0][0].isoformat(), one.updates[0][1])]} for one in known]
    return Stranger("force-overview-and-cards.docx", word("".join(body), numbering=LIST), records)


def quarters() -> Stranger:
    """A district: the scores of four quarters beside each other, the newest called current."""
    known = risks("Q")
    rows = [
        tr(
            "Risk no",
            "Risk description",
            "Risk owner",
            "Q3 24/25",
            "Q4 24/25",
            "Q1 25/26",
            "Current score",
            "Mitigating actions",
        )
    ]
    rows += [
        tr(
            one.reference,
            one.title,
            one.owner,
            "20",
            "16",
            str(one.before),
            f"{one.score} High",
            escape(", ".join(one.controls)),
        )
        for one in known
    ]
    records = [{**expect(one, "reference title owner score"), "controls": [", ".join(one.controls)]} for one in known]
    return Stranger(
        "district-quarters.docx", word(heading("Risk register") + tbl(*rows)), records,
    )  # fmt: skip


def grouped_by_category() -> Stranger:
    """An authority: a cell merged down for the category, another for the owner of several risks; blank rows between."""
    known = risks("G")
    rows = [tr("Category", "Ref", "Risk", "Lead", "P", "I", "Score", "Controls")]
    for n, one in enumerate(known):
        first = n in (0, 3)
        rows.append(
            tr(down("People" if n else "Operations", starts=True) if first else down(starts=False), one.reference, one.title,
               one.owner, str(one.now[1]), str(one.now[0]), str(one.score), tc(bullets(one.controls)))
        )  # fmt: skip
        if n == 2:
            rows.append(tr(*[""] * 8))
    names = "reference title owner levels score controls"
    return Stranger(
        "authority-grouped.docx",
        word(heading("Risks") + tbl(*rows), numbering=LIST),
        [expect(one, names) for one in known],
    )


PAPERS = (
    bow_tie, cells_of_label_and_answer, sets_across, risks_as_columns, overview_and_cards, quarters, grouped_by_category,
)  # fmt: skip
