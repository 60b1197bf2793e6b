"""Word reports: of a council's own auditors, of firms, of several providers, with what each calls things."""

from html import escape

from tests.intake.makers import p, tbl, tr, word
from tests.intake_quality.strangers.word import heading, span

from .bank import AUDITS, ISSUED, KPIS, LEVELS, PRIORITIES, Stranger, told_of


def under(text: str) -> str:
    return p(text, form='<w:outlineLvl w:val="1"/>')


def definitions(first: str = "Assurance level") -> str:
    return tbl(
        tr(first, "Definition"), *(tr(level, f"Controls are {level.lower()} in design and use") for level in LEVELS)
    )


def kpis(*heads: str) -> str:
    return tbl(tr(*heads), *(tr(*row, "Green") for row in KPIS))


def councils_own() -> Stranger:
    """A shared service of councils: opinions in a table with counts, the plan with its days, recommendations by audit below."""
    summary = tbl(
        tr("Audit", "Assurance opinion", *PRIORITIES, "Total"),
        *(
            tr(one.title, one.opinion, *(str(one.count(word)) for word in PRIORITIES), str(len(one.recs)))
            for one in ISSUED
        ),
    )
    plan = tbl(
        tr("Audit title", "Planned days", "Fieldwork start", "Final report", "Status"),
        tr(span("Financial systems", 5)),
        *(
            tr(one.title, str(one.days), f"{one.fieldwork:%d/%m/%Y}", f"{one.final:%d/%m/%Y}", one.status)
            for one in AUDITS
        ),
        tr("Total days", str(sum(one.days for one in AUDITS)), "", "", ""),
    )
    actions = [
        under(f"{one.title} – {one.opinion} assurance") + tbl(
            tr("Ref", "Recommendation", "Priority", "Management response", "Responsible officer", "Target date"),
            *(tr(rec.reference, rec.text, rec.priority, rec.response, rec.owner, f"{rec.due:%d/%m/%Y}") for rec in one.recs),
        )
        for one in ISSUED
    ]  # fmt: skip
    body = [
        heading("Internal audit progress report 2025/26"), p("Prepared by Three Shires Assurance"),
        heading("Reports issued"), summary, heading("Progress against the plan 2025/26"), plan,
        heading("Key performance indicators"), kpis("KPI", "Target", "Actual", "RAG"),
        heading("Assurance definitions 2025/26"), definitions(), heading("Agreed actions"), *actions,
    ]  # fmt: skip
    return Stranger(
        "councils-own.docx", word("".join(body)),
        told_of("reports counts recs responses plan days stages kpis scale", auditor="Three Shires Assurance"),
    )  # fmt: skip


def firm_with_cards() -> Stranger:
    """A firm: a section to each report with its overall opinion, then a card to each action; H, M, L in the summary."""
    body = [heading("Internal audit progress report"), heading("Summary of assignments completed 2025/26")]
    body.append(tbl(
        tr("Assignment", "Opinion issued", "H", "M", "L"),
        *(tr(one.title, f"{one.opinion} Assurance", *(str(one.count(word)) for word in PRIORITIES)) for one in ISSUED),
    ))  # fmt: skip
    for one in ISSUED:
        body += [heading(one.title), p(f"Overall opinion: {one.opinion} Assurance")]
        body += [
            tbl(
                tr(f"Recommendation {n}", escape(rec.text)), tr("Priority", rec.priority), tr("Management response",
                    rec.response),
                tr("Responsible owner", rec.owner), tr("Implementation date", f"{rec.due:%d %B %Y}"),
            ) + p("")
            for n, rec in enumerate(one.recs, 1)
        ]  # fmt: skip
    body += [heading("Appendix A: Key performance indicators"), kpis("Performance measure", "Target", "YTD", "Rating")]
    numbered = [
        [(str(n), rec.priority, rec.text, [rec.owner], rec.due.isoformat()) for n, rec in enumerate(one.recs, 1)]
        for one in ISSUED
    ]
    return Stranger(
        "firm-with-cards.docx", word("".join(body)), told_of("reports counts responses kpis", recs=numbered)
    )


def plan_by_quarter() -> Stranger:
    """A small office: the plan by quarter with the opinion beside the status; nothing is set out in full."""
    quarters = ("Q1", "Q1", "Q3", "Q4")
    plan = tbl(
        tr("No.", "Audit area", "Days", "Quarter", "Current stage", "Assurance"),
        *(tr(str(n), one.title, str(one.days), quarter, one.status, one.opinion or "TBC")
          for n, (one, quarter) in enumerate(zip(AUDITS, quarters, strict=True), 1)),
    )  # fmt: skip
    body = [heading("Internal audit update"), heading("Internal audit plan 2025/26"), plan,
            heading("Levels of assurance 2025/26"), definitions("Level of assurance")]  # fmt: skip
    ends = {"Q1": "2025-06", "Q3": "2025-12", "Q4": "2026-03"}
    told = told_of("reports plan days scale", stages=[[ends[quarter]] for quarter in quarters], counts=[{}, {}])
    return Stranger("plan-by-quarter.docx", word("".join(body)), told)


def several_providers() -> Stranger:
    """An office of two auditors: a plan each, one shared by forces; an advisory review without an opinion."""
    own = tbl(
        tr("Audit", "Draft report", "Final report", "Status"),
        *(tr(one.title, f"{one.fieldwork:%b %y}", f"{one.final:%b %y}", one.status) for one in AUDITS[:2]),
    )
    shared = tbl(
        tr("Review", "Forces", "Start", "Final report", "Status"),
        *(
            tr(one.title, "Northshire and Southshire", f"{one.fieldwork:%b %y}", f"{one.final:%b %y}", one.status)
            for one in AUDITS[2:]
        ),
    )
    body = [
        heading("Progress report of the internal auditors"), under("Plan of the first auditor 2025/26"), own,
        under("Collaboration plan 2025/26"), shared, under("Final reports issued 2025/26"),
        tbl(tr("Report title", "Opinion"), tr("Payroll", "Limited"), tr("Culture", "Advisory review")),
    ]  # fmt: skip
    told = told_of(
        "plan", reports=[("Payroll", "Limited"), ("Culture", "Advisory")],
        stages=[[f"{one.fieldwork:%Y-%m}", f"{one.final:%Y-%m}"] for one in AUDITS],
        forces=["", "", "Northshire and Southshire", "Northshire and Southshire"],
    )  # fmt: skip
    return Stranger("several-providers.docx", word("".join(body)), told)


PAPERS = (councils_own, firm_with_cards, plan_by_quarter, several_providers)
