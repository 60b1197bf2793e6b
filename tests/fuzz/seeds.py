"""The files that a run begins with: those with which the readers are tested, in every form, each invented here."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from candour.kernel.service.api.shapes import In
from candour.recommendations.papers.workbook.write import workbook_of as recommendations_out
from candour.recommendations.queries.export import Stock as Recommendations
from candour.risks.papers.workbook.write import workbook_of as risks_out
from candour.risks.queries.export import Stock as Risks
from tests.evidence import samples
from tests.intake import makers, typeset
from tests.intake_quality.strangers import STRANGERS as REGISTERS
from tests.performance.test_reading import workbook as of_figures
from tests.plan.test_reading import page as delivery_plan
from tests.recommendations.reading.strangers import STRANGERS as TRACKERS

ROWS = [
    ["Ref", "Risk title", "Owner", "Impact", "Likelihood", "Score", "Last reviewed"],
    ["R1", "A supplier stops trading", "Head of Estates", "4", "3", "12", "3 March 2026"],
    ["R2", "Savings are not made", "Chief Finance Officer", "3 Major", "2", "6", "31/03/2026"],
]
TYPST = """
= Risk register
#table(columns: 4, table.header[Ref][Title][Owner][Score], [R1], [A supplier stops], [Head of Estates], [12],
[R2], [Savings are not made], [Chief Finance Officer], [6])
"""


@cache
def strangers(*forms: str) -> tuple[bytes, ...]:
    """Papers as other bodies lay them out, in some forms."""
    made = [make() for make in (*REGISTERS.values(), *TRACKERS.values())]
    return tuple(one.content for one in made if one.name.rpartition(".")[2] in forms)


def word_files() -> Sequence[bytes]:
    nested = makers.tbl(makers.tr(makers.tc(makers.tbl(makers.tr("a", "b"))), "c"))
    styled = makers.word(
        makers.p("One", form='<w:pStyle w:val="H"/>') + makers.p("Two", form=makers.listed()) + nested,
        styles=makers.style("H", "heading 1"),
        numbering=makers.numbering(("decimal", "%1."), ("lowerLetter", "%2)")),
    )
    return [*strangers("docx"), makers.as_word(ROWS), styled]


def workbooks() -> Sequence[bytes]:
    figures = of_figures([["Measure", "Apr 2025", "May 2025"], ["Calls answered", 91.5, 93.2], ["Crimes", 120, "[c]"]])
    return [*strangers("xlsx"), makers.as_workbook(ROWS), figures]


def old_workbooks() -> Sequence[bytes]:
    return [*strangers("xls"), makers.old_workbook([[*row] for row in ROWS])]


@cache
def pdfs() -> Sequence[bytes]:
    return [*strangers("pdf"), typeset.pdf(TYPST), typeset.pdf(TYPST, tagged=True)]


def web_pages() -> Sequence[bytes]:
    plan = delivery_plan("<tr><td>1.1<td>Open a hub<td>Head of Estates<td>31 May 2026<td>Green<td>On time</tr>")
    return [*strangers("html"), makers.as_page(ROWS), plan]


def tables() -> Sequence[bytes]:
    return [*strangers("csv", "tsv"), makers.as_csv(ROWS)]


def texts() -> Sequence[bytes]:
    return strangers("txt", "md")


def of_each_kind() -> Sequence[bytes]:
    every: list[Callable[[], Sequence[bytes]]] = [word_files, workbooks, old_workbooks, pdfs, web_pages, tables, texts]
    return [made()[0] for made in every] + [
        samples.COMPOUND,
        samples.PNG,
        samples.EML,
        b"{\\rtf1 words}",
        b"MIME-Version: 1.0\n",
    ]


@cache
def downloaded() -> Sequence[bytes]:
    """Workbooks as they are taken away to be edited."""
    day = date(2026, 6, 15)
    return [risks_out(Risks((), day, False, ())), recommendations_out(Recommendations((), (), day, False))]


def files_of_people() -> Sequence[bytes]:
    head = b"username,name,email,body,post,from,to\n"
    rows = b"clerk,A Clerk,clerk@mereford.example,office,Clerk,2026-01-01,\n"
    rows += b"chief,The Chief,,office,Chief,01/02/2026,31/12/2026\n"
    return [head + rows, (head + rows).replace(b",", b";"), b"\xef\xbb\xbf" + head + rows]


def files_kept() -> Sequence[bytes]:
    own = (samples.PDF, samples.PNG, samples.JPG, samples.EML, samples.MSG, samples.DOCX, samples.XLSX, samples.EXE)
    return [*own, samples.bomb(2**31), *word_files()[:2], *workbooks()[:2], makers.as_csv(ROWS)]


def valid(shape: Any, known: Any) -> Any:
    """An answer that a JSON schema takes, as its words have it."""
    if "$ref" in shape:
        return valid(known[shape["$ref"].rpartition("/")[2]], known)
    for way in ("anyOf", "allOf", "oneOf"):
        if way in shape:
            return valid(shape[way][0], known)
    if "enum" in shape or "const" in shape:
        return shape.get("const", shape.get("enum", [""])[0])
    if shape.get("type") == "object":
        return {name: valid(each, known) for name, each in shape.get("properties", {}).items()}
    if shape.get("type") == "array":
        return [valid(shape.get("items", {}), known)]
    dated = {"date": "2026-03-01", "date-time": "2026-03-01T10:00:00Z"}
    plain = {"integer": 3, "number": 1.5, "boolean": True, "null": None}
    return dated.get(shape.get("format", "")) or plain.get(shape.get("type", ""), "words")


def api_bodies() -> Sequence[bytes]:
    """For each shape of a write an answer that it takes, and some that stand between two."""
    schemas = [shape.model_json_schema() for shape in In.__subclasses__()]
    said = [valid(schema, schema.get("$defs", {})) for schema in schemas]
    said += [
        {"impact": 3, "likelihood": 4, "reason": "Agreed"},
        {"outcome": "Done", "done_on": "2026-03-01", "reason": ""},
        {"due": "2026-12-01", "reason": "Moved"},
        {
            "period": "2026-03",
            "achieved": "One",
            "left": "Two",
            "barriers": "",
            "answers": [{"number": 1, "answer": "in place"}],
        },
        {
            "figures": [{"period": "2026-03", "value": "12.5", "status": "provisional", "breakdown": ""}],
            "reason": "Month",
        },
    ]
    bodies = [json.dumps(one).encode() for one in said]
    return bodies + [one[:-1] + b"," + other[1:] for one, other in pairwise(bodies)]
