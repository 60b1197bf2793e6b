"""Clean progress reports of an auditor, in each form: text, Word, HTML and PDF. Nothing in them contradicts anything else."""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from candour.kernel.intake.document import Document
from candour.kernel.intake.readers import read_document
from candour.kernel.intake.sniff import read_here
from tests.intake import makers, typeset

YEAR = "2024/25"
TITLES = ("Stores", "Grant Making", "Radio Masts", "Custody Meals", "Payroll", "Travel Claims")
POSTS = ("Head of Stores", "Chief Finance Officer", "Head of Estates", "Director of People")
NUMBERS = ("no", "one", "two", "three", "four")


@dataclass
class Rec:
    priority: str
    text: str
    timescale: str
    finding: str = "The book was not kept in the summer."
    response: str = "Agreed"


@dataclass
class Report:
    title: str
    opinion: str
    counts: dict[str, str] = field(default_factory=dict)
    recs: list[Rec] = field(default_factory=list)
    brief: list[str] = field(default_factory=list)
    raised: str = ""
    listed: str = ""  # the opinion in the list of reports issued


@dataclass
class Paper:
    reports: list[Report]
    plan: list[list[str]]
    kpis: list[list[str]]
    pointed: str = "1"
    appendix: str = "1"

    def copy(self) -> "Paper":
        return copy.deepcopy(self)


def clean(seed: int) -> Paper:
    rng = random.Random(seed)  # noqa: S311 nothing secret
    reports = []
    for title in rng.sample(TITLES, 3):
        grave, light = rng.randint(1, 2), rng.randint(1, 2)
        recs = [
            Rec(
                str(rng.choice((1, 2))),
                f"The office should look to {title.lower()}, point {n}.",
                f"{rng.choice(POSTS)} – March 2025",
            )
            for n in range(grave)
        ]
        report = Report(title, rng.choice(("Substantial", "Moderate", "Limited")), recs=recs)
        report.brief = [f"The office should label the {title.lower()}, point {n}." for n in range(light)]
        counts = {word: sum(rec.priority == word for rec in recs) for word in ("1", "2")} | {"3": light}
        report.counts = {word: str(number) if number else "-" for word, number in counts.items()}
        report.raised = " and ".join(
            f"{NUMBERS[number]} Priority {word} recommendations"
            for word, number in counts.items()
            if number and word != "3"
        )
        report.listed = report.opinion
        reports.append(report)
    plan = [[report.title, "May 24", "Jun 24", "Jul 24", "Oct 24", "Final Report Issued"] for report in reports]
    plan.append(["Volunteers", "4 November 24", "Dec 24", "Jan 25", "Apr 25", "Terms of Reference Issued"])
    kpis = [
        ["1", "Issue of draft report", "Within 10 working days", "100% (3/3)"],
        ["2", "Issue of final report", "Within 5 working days", "67% (2/3)"],
    ]
    return Paper(reports, plan, kpis)


Piece = tuple[str, str | list[list[str]]]


def pieces(paper: Paper) -> Iterator[Piece]:
    yield "heading", "Progress to date"
    yield "paragraph", f"We have issued the following {YEAR} Final Reports since the last meeting of the committee:"
    for report in paper.reports:
        yield "item", f"{report.title} ({report.listed})"
    yield (
        "paragraph",
        (
            f"Progress against the plan is shown in Appendix {paper.pointed} to this report, as it is "
            f"for each meeting of the committee."
        ),
    )
    yield "heading", f"Performance {YEAR}"
    yield "table", [["Number", "Indicator", "Criteria", "Performance"], *paper.kpis]
    yield "heading", f"Definitions {YEAR}"
    yield (
        "table",
        [
            ["Assurance Level", "Adequacy of system design"],
            *(
                [f"{word} Assurance:", f"The design is {word.lower()}."]
                for word in ("Substantial", "Moderate", "Limited", "Unsatisfactory")
            ),
        ],
    )
    yield "heading", f"Grading of recommendations {YEAR}"
    yield (
        "table",
        [
            ["Priority", "Description"],
            *(
                [f"{n} ({name})", f"It is {name.lower()}."]
                for n, name in ((1, "Fundamental"), (2, "Significant"), (3, "Housekeeping"))
            ),
        ],
    )
    yield "heading", f"Appendix {paper.appendix} – Status of audit work {YEAR}"
    yield (
        "table",
        [
            ["Audit Area", "Fieldwork Date", "Draft Report Date", "Final Report Date", "Target meeting", "Comments"],
            *paper.plan,
        ],
    )
    yield "heading", "Appendix 2 – Final reports issued"
    for report in paper.reports:
        yield from _report(report)
    yield "heading", "Section 04 - Statement of Responsibility"
    yield (
        "paragraph",
        (
            "The auditor takes responsibility for this report on the basis of the limits of the work "
            "that was done for it."
        ),
    )


def _report(report: Report) -> Iterator[Piece]:
    names = {"1": "Fundamental", "2": "Significant", "3": "Housekeeping"}
    yield "heading", f"{report.title} {YEAR}"
    counts = [[f"Priority {word} ({names[word]})", number] for word, number in report.counts.items()]
    yield "table", [["Overall Assurance Opinion", report.opinion], ["Recommendation Priorities", ""], *counts]
    yield (
        "paragraph",
        (f"We have raised {report.raised}; the full details of the recommendations and the responses are below:"),
    )
    for n, rec in enumerate(report.recs, 1):
        label = rec.priority if rec.priority.startswith("Priority") else f"Priority {rec.priority}"
        yield (
            "table",
            [
                [f"Recommendation {n} ({label})", rec.text],
                ["Finding", rec.finding],
                ["Risk", "Things are lost."],
                ["Response", rec.response],
                ["Responsibility / Timescale", rec.timescale],
            ],
        )
    yield (
        "paragraph",
        (f"We have also raised {NUMBERS[len(report.brief)]} priority 3 recommendations of a housekeeping nature:"),
    )
    for words in report.brief:
        yield "item", words
    yield "paragraph", "Management agreed with the recommendations and the timetable for implementation was April 2025."


def as_text(paper: Paper) -> Document:
    out: list[str] = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            out += ["", f"# {what}", ""] if kind == "heading" else [f"- {what}"] if kind == "item" else ["", what, ""]
        else:
            out += ["", *["\t".join(line) for line in what], ""]
    return read_document("\n".join(out).encode(), "progress.txt")


def as_word(paper: Paper) -> Document:
    made = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            form = '<w:outlineLvl w:val="0"/>' if kind == "heading" else makers.listed() if kind == "item" else ""
            made.append(makers.p(escape(what), form=form))
        else:
            made.append(makers.tbl(*(makers.tr(*(escape(text) for text in line)) for line in what)))
    return read_here(makers.word("".join(made), numbering=makers.numbering(("bullet", "•"))), "progress.docx")


def as_page(paper: Paper) -> Document:
    made = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            tag = {"heading": "h2", "item": "li"}.get(kind, "p")
            made.append(f"<{tag}>{escape(what)}</{tag}>" if kind != "item" else f"<ul><li>{escape(what)}</li></ul>")
        else:
            lines = ("".join(f"<td>{escape(text)}</td>" for text in line) for line in what)
            made.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return read_here(f"<html><meta charset=utf-8><body>{''.join(made)}</body></html>".encode(), "progress.html")


def as_pdf(paper: Paper) -> Document:
    made = []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            sign = {"heading": "= ", "item": "- "}.get(kind, "")
            made.append(f'{sign}#"{what}"\n\n')
        else:
            cells = ", ".join(f'[#"{text}"]' for line in what for text in line)
            made.append(f"#table(columns: {len(what[0])}, {cells})\n\n")
    return typeset.read("".join(made), tagged=True)


FORMS: dict[str, Callable[[Paper], Document]] = {
    "text": as_text,
    "word": as_word,
    "html": as_page,
    "tagged pdf": as_pdf,
}
