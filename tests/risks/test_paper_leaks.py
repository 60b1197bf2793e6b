"""No word of what the public may not see stands in any public rendering, whatever the register holds."""

import io
import zipfile
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candour.kernel.papers.render import render
from candour.risks import rules
from candour.risks.papers import Stock, risk_paper
from candour.risks.papers.leaks import document_text, leaks
from candour.risks.queries.reasons import Happened
from candour.risks.queries.rows import ControlRow, RiskRow, ScorePoint, UpdateRow
from tests.factories import MATRIX

SINCE, AS_AT = date(2026, 3, 15), date(2026, 6, 15)
MARK = "qzx"


@st.composite
def risks(draw: st.DrawFn, number: int) -> RiskRow:
    sensitivity = draw(st.sampled_from(["public", "office", "restricted"]))
    hidden = sensitivity != "public"
    reference = f"{'HID' if hidden else 'PUB'}{number:03}"
    mark = f"{MARK}{number}" if hidden else "plain"
    kind = draw(st.sampled_from(["strategic", "strategic", "operational"]))
    first = SINCE + timedelta(days=draw(st.integers(-60, 60)))
    impact, likelihood = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    before = draw(st.none() | st.integers(1, 16))
    closed = draw(st.none() | st.just(AS_AT - timedelta(days=3)))
    line = rules.line(
        rules.Facts(1, sensitivity, kind, first, draw(st.none() | st.just(first)), closed_on=closed),
        assessments=[rules.Assessment("current", MATRIX, impact, likelihood, first)],
        controls=[],
    )
    control = ControlRow(number, f"{mark} control", f"{mark} post", 1, True, AS_AT, None, "", first, None, "pending")
    return RiskRow(
        pk=number,
        reference=reference,
        title=f"{mark} title of it",
        organisation_id=1,
        organisation="Office",
        organisation_code="office",
        owner=f"{mark} owner",
        owner_id=1,
        responsible_officer=f"{mark} officer",
        sensitivity=sensitivity,
        line=line,
        status=rules.status(line, AS_AT),
        direction=rules.direction(impact * likelihood, before, first, SINCE),
        previous_score=before,
        matrix=MATRIX,
        history=(ScorePoint(first, impact, likelihood, impact * likelihood, MATRIX),),
        source=f"{mark} source",
        event=f"{mark} event",
        effect=f"{mark} effect",
        context=f"{mark} context",
        next_key_date=f"{mark} day",
        controls=(control,),
        updates=(UpdateRow(first, f"{mark} update"),),
    )


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    rows = tuple(draw(risks(number)) for number in range(draw(st.integers(0, 8))))
    moved = {
        row.pk: (Happened("risk.level_changed", AS_AT, f"{MARK} why", ("strategic", "operational"), "restricted"),)
        for row in rows
        if draw(st.booleans())
    }
    return Stock("The office", "The panel", AS_AT, SINCE, AS_AT, rows, moved, MATRIX, draw(st.booleans()))


def files(document) -> dict[str, str]:  # type: ignore[no-untyped-def]
    word = zipfile.ZipFile(io.BytesIO(render(document, ".docx")))
    parts = {name: word.read(name).decode(errors="replace") for name in word.namelist()}
    return parts | {suffix: render(document, suffix).decode() for suffix in (".html", ".txt", ".json")}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stocks())
def test_no_word_of_a_hidden_risk_is_in_any_public_file(stock: Stock) -> None:
    document = risk_paper(stock, "public")
    hidden = [row for row in stock.rows if row.sensitivity != "public"]
    admitted = {
        row.reference for row in hidden if stock.admit_redacted and row.restricted and row.line.kind == "strategic"
    }
    admitted -= {row.reference for row in hidden if row.line.closed_on}
    for name, text in files(document).items():
        assert MARK not in text, name
        for row in hidden:
            assert text.count(row.reference) == (row.reference in admitted and name in SHOWN), (name, row.reference)
    assert leaks(document_text(document), hidden, admitted=admitted) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stocks())
def test_a_hidden_risk_changes_nothing_else_of_the_public_copy(stock: Stock) -> None:
    def without(document):  # type: ignore[no-untyped-def]
        return [text for text in document_text(document).splitlines() if "REDACTED" not in text]

    public = tuple(row for row in stock.rows if row.sensitivity == "public")
    alone = Stock(stock.body, stock.panel, AS_AT, SINCE, AS_AT, public, stock.happened, MATRIX, stock.admit_redacted)
    assert without(risk_paper(stock, "public")) == without(risk_paper(alone, "public"))


SHOWN = {"word/document.xml", ".html", ".txt", ".json"}
