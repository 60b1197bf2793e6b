"""Progress reports of plans made by chance read back whole and without a finding; what is hidden stands in no copy.

Inputs: 5 plans, each as three copies in three forms (45 files), one of each plan as a PDF (5); for leaks 15 files more.
"""

import io
import random
import zipfile
from datetime import date, timedelta

import pytest

from candour.audits import commands
from candour.audits.papers.kind import gather
from candour.audits.papers.paper import progress_paper
from candour.audits.papers.stock import Copy, Stock, copy_of
from candour.kernel.access import CANDOUR
from candour.kernel.intake.commands import read
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Document
from candour.kernel.papers.render import render
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.recommendations.commands import Due, NewRecommendation, Owner, raise_recommendation
from tests.audits.factories import AGREED, BY, an_audit, an_auditor, reached
from tests.audits.test_paper import PRIORITIES
from tests.factories import NOW, House

SINCE, AS_AT = date(2026, 4, 1), date(2026, 6, 15)
AUDIENCES = ("panel", "office", "public")
MARK = "qzx"
TITLES = (
    "Care of stores",
    "Payroll: follow up",
    "Grants – second review",
    "IT (network)",
    "Fleet and travel",
    "Culture",
)
WORDS = (
    "The office should count the stores.",
    "Priority 1: see to it",
    "Opinion: the book is kept",
    "1. Count\n2. Sign",
    "None",
)
POSTS = ("chief", "finance", "owner")


def plan(house: House, seed: int) -> None:
    """A plan of some audits: planned, under way, reported with recommendations, deferred; some of them restricted."""
    rng = random.Random(seed)  # noqa: S311 nothing secret
    provider = an_auditor()
    scale = bring_in_words(PRIORITIES, kind=Scale.Kind.PRIORITY, organisation=provider, starts=SINCE, **BY)
    for n, title in enumerate(rng.sample(TITLES, rng.randint(2, 5))):
        sensitivity = rng.choice(("public", "public", "office", "restricted"))
        mark = "" if sensitivity == "public" else f"{MARK} "
        audit = an_audit(house, title=f"{mark}{title}", sensitivity=sensitivity, effective=date(2026, 3, 1))
        how = rng.choice(("planned", "begun", "reported", "reported", "deferred"))
        if how == "deferred":
            commands.defer(audit, year="2027/28", reference=f"B{seed}{n}", **AGREED)
        elif how != "planned":
            reached(audit, brief=date(2026, 4, 7), fieldwork=date(2026, 4, 20) + timedelta(days=n))
        if how != "reported":
            continue
        reached(audit, exit=date(2026, 5, 5), draft=date(2026, 5, 20), responses=date(2026, 6, 1))
        commands.issue_report(audit, on=date(2026, 6, 5), opinion=rng.randint(1, 4), **BY)
        due = [Due("31 December 2026", date(2026, 12, 31))]
        for k in range(rng.randint(0, 3)):
            own = rng.choice(("public", "office"))
            said = f"{MARK} " if mark or own == "office" else ""
            raise_recommendation(
                NewRecommendation(
                    f"S{seed}{n}{k}", f"{said}Heading {k}", came_from=audit.record, priority_scale=scale,
                    priority=rng.choice(("Urgent", "Important", "Routine")), sensitivity=own, text=said + rng.choice(WORDS),
                    finding=said + rng.choice(WORDS), risk=said + "Things are lost.", response_text=said + "Agreed",
                    owners=[Owner(house.posts[post], due) for post in rng.sample(POSTS, 2)],
                ),
                organisation=house.office, effective=date(2026, 6, 8), **BY,
            )  # fmt: skip


def files(document: Document) -> str:
    """Every word of the paper in four forms."""
    word = zipfile.ZipFile(io.BytesIO(render(document, ".docx")))
    parts = [word.read(name).decode(errors="replace") for name in word.namelist()]
    return "".join([*parts, *(render(document, form).decode() for form in (".html", ".txt", ".json"))])


def whole(stock: Stock, copy: Copy, audience: str, form: str) -> None:
    found = read(read_document(render(progress_paper(stock, audience), form), f"progress{form}"), "audit-progress")
    assert [(one.code, one.reference, one.says) for one in found.findings] == []
    record = found.records[0] if found.records else {"plan": [], "reports": []}
    assert [row["title"] for row in record["plan"]] == [row.title for row in copy.plan]
    read_back = [(one["title"], len(one["recommendations"])) for one in record["reports"]]
    assert read_back == [(row.title, len(copy.raised.get(row.pk, ()))) for row in copy.issued]
    opinions = [one["opinion"] for one in record["reports"]]
    assert opinions == [row.opinion.word if row.opinion else None for row in copy.issued]


@pytest.mark.parametrize("seed", range(5))
def test_a_progress_report_of_any_plan_reads_back_whole_and_gives_nothing_away(house: House, seed: int) -> None:
    plan(house, seed)
    stock = gather(CANDOUR, organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    for n, audience in enumerate(AUDIENCES):
        copy = copy_of(stock, audience)
        for form in (".docx", ".html", ".txt", *([".pdf"] if n == seed % 3 else [])):
            whole(stock, copy, audience, form)
    assert MARK not in files(progress_paper(stock, "public"))
