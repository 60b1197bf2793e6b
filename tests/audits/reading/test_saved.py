"""An auditor's progress report saved through commands: what is lacking is filled, what is recorded is never overwritten."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.audits import commands
from candour.audits.models import Audit, Stage
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.intake import kinds
from candour.kernel.intake.commands import load, matched, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.kinds import Saved
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused
from candour.kernel.scales.models import Scale
from tests.audits.factories import BY, an_audit, an_auditor
from tests.factories import NOW, House

from .papers import YEAR, Paper, clean, pieces

REAL = Path(__file__).parents[3] / ".." / "shared" / "papers" / "internal-audit-progress-2023-10.txt"
DAY = date(2024, 11, 1)
STORES = ["May 24", "Jun 24", "Jul 24", "Oct 24"]


def printed(paper: Paper, *, auditor: str = "Assurance Partners") -> bytes:
    out = [f"Auditor: {auditor}"] if auditor else []
    for kind, what in pieces(paper):
        if isinstance(what, str):
            out += ["", f"# {what}", ""] if kind == "heading" else [f"- {what}"] if kind == "item" else ["", what, ""]
        else:
            out += ["", *["\t".join(line) for line in what], ""]
    return "\n".join(out).encode()


def reading(paper: Paper, **said: str) -> Reading:
    return read(read_document(printed(paper, **said), "progress.txt"))


def loaded(house: House, paper: Paper, **said: str) -> Saved:
    found = reading(paper, **said)
    return load(found, organisation=house.office, actor=house.actors["policy"], at=NOW, effective=DAY)


def dates(audit: Audit) -> dict[str, tuple[date | None, date | None]]:
    rows = Stage.objects.filter(audit=audit)
    return {row.which: (row.planned, row.actual) for row in rows if row.planned or row.actual}


def named(title: str) -> Audit:
    return Audit.objects.select_related("record", "opinion_scale", "provider").get(record__title=title)


def paper_of(*rows: list[str]) -> Paper:
    paper = clean(0)
    paper.reports, paper.kpis, paper.plan = (
        paper.reports[:1],
        [],
        [[paper.reports[0].title, *STORES, "Final Report Issued"]],
    )
    paper.plan += rows
    return paper


def test_a_report_makes_the_plan_its_dates_its_opinions_and_the_scale_they_stand_on(house: House) -> None:
    paper = clean(0)
    saved = loaded(house, paper)
    report = paper.reports[0]
    audit = named(report.title)
    assert saved.made[:4] == ("IA24-01", "IA24-02", "IA24-03", "IA24-04")
    assert (audit.record.reference, audit.year, audit.provider.name) == ("IA24-01", YEAR, "Assurance Partners")
    assert audit.opinion_scale.words_of().step(audit.opinion).word == report.opinion  # type: ignore[union-attr]
    assert (audit.opinion_scale.name, audit.opinion_scale.starts) == (f"Opinions of {YEAR}", date(2024, 4, 1))  # type: ignore[union-attr]
    # A month is kept as its last day; the report's is the one that has to have a day.
    assert dates(audit)["draft"] == (date(2024, 6, 30), None)
    assert dates(audit)["final"] == (date(2024, 7, 31), date(2024, 7, 31))
    assert dates(named("Volunteers")) == {
        "fieldwork": (date(2024, 11, 4), None),
        "draft": (date(2024, 12, 31), None),
        "final": (date(2025, 1, 31), None),
        "panel": (date(2025, 4, 30), None),
    }
    assert [scale.words_of().steps[0].word for scale in Scale.objects.filter(kind="priority")] == ["1"]
    assert verify().holds


def test_loaded_again_it_makes_nothing_and_changes_nothing(house: House) -> None:
    loaded(house, clean(0))
    before = Entry.objects.count()
    again = loaded(house, clean(0))
    assert (again.made, again.changed, again.unchanged) == ((), (), ("Progress report",))
    assert (Entry.objects.count(), Staged.objects.count()) == (before, 1)


def test_what_is_recorded_otherwise_stays_and_is_told(house: House) -> None:
    paper = paper_of(["Volunteers", "4 November 24", "Dec 24", "Jan 25", "Apr 25", ""])
    loaded(house, paper)
    paper.reports[0].opinion = paper.reports[0].listed = "Unsatisfactory"
    paper.plan[1] = ["Volunteers", "6 November 24", "16 December 24", "Jan 25", "", "Exit meeting held"]
    before = Entry.objects.count()
    (match,) = matched(reading(paper), organisation=house.office, actor=house.actors["policy"], effective=DAY)
    assert match.plan == (f"Volunteers {YEAR}: reached: fieldwork",)
    said = loaded(house, paper).conflicts
    title, opinion = clean(0).reports[0].title, clean(0).reports[0].opinion
    assert said == (
        f"{title} {YEAR}: its opinion is recorded as {opinion}, the paper says Unsatisfactory",
        f"Volunteers {YEAR}: the draft report is recorded as planned for 31 December 2024, the paper says 16 December 24",
    )
    assert Entry.objects.count() == before + 3  # read in, one stage, confirmed
    assert dates(named("Volunteers"))["fieldwork"] == (date(2024, 11, 4), date(2024, 11, 6))


def test_a_day_within_the_printed_month_is_no_difference_and_an_empty_stage_is_filled(house: House) -> None:
    planned = {"fieldwork": date(2024, 11, 4), "draft": date(2024, 12, 10)}
    said = {"year": YEAR, "planned": planned, "effective": date(2024, 4, 1), "provider": an_auditor(opinions=False)}
    audit = an_audit(house, title="Volunteers", **said)
    saved = loaded(
        house, paper_of(["Volunteers", "4 November 24", "Dec 24", "Jan 25", "", "Terms of Reference Issued"])
    )
    assert (saved.changed, saved.conflicts) == ((audit.record.reference,), ())
    assert (dates(audit)["draft"], dates(audit)["final"]) == ((date(2024, 12, 10), None), (date(2025, 1, 31), None))


def test_an_audit_leaves_the_plan_as_the_paper_says(house: House) -> None:
    loaded(
        house,
        paper_of(
            ["Volunteers", "", "", "", "", "Deferred to 2025/26 at the request of management"],
            ["Kennels", "", "", "", "", "Cancelled"],
            ["Stables", "", "", "", "", "Deferred"],
        ),
    )
    found = {row.record.title: (row.year, row.left) for row in Audit.objects.exclude(record__title="Volunteers")}
    assert sorted(Audit.objects.filter(record__title="Volunteers").values_list("year", "left", "deferred_to")) == [
        (YEAR, "deferred", "2025/26"),
        ("2025/26", "", ""),
    ]
    assert (found["Kennels"], found["Stables"]) == ((YEAR, "cancelled"), (YEAR, ""))


def test_figures_of_performance_are_held_against_the_computed_ones_and_never_saved(house: House) -> None:
    provider = an_auditor(opinions=False)
    commands.set_promise(
        organisation=house.office, provider=provider, measure="draft", allowed=10, starts=date(2024, 4, 1), **BY
    )
    told = loaded(house, clean(0)).conflicts
    assert told == (
        "Issue of draft report: the paper states 3 of 3; from the days recorded it is 0 of 0, and 3 cannot be told",
        "Issue of final report: the paper states 2 of 3; nothing is agreed with this auditor for it, so it is not computed",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda paper: paper.plan.append(paper.plan[0]), "stands twice in the plans of the paper"),
        (
            lambda paper: vars(paper.reports[0]).update(opinion="Fair", listed="Fair"),
            "the opinion Fair, which the scale",
        ),
    ],
)
def test_a_paper_that_cannot_be_told_apart_saves_nothing(house: House, change: Any, said: str) -> None:
    paper = clean(0)
    change(paper)
    with pytest.raises(Refused, match=said):
        loaded(house, paper)
    assert (Audit.objects.count(), Staged.objects.count(), Organisation.objects.filter(kind="auditor").count()) == (
        0,
        0,
        0,
    )


def test_an_auditor_that_is_not_named_is_the_only_one_or_asked_for(house: House) -> None:
    with pytest.raises(Refused, match="does not say who the auditor is"):
        loaded(house, clean(0), auditor="")
    only = an_auditor(opinions=False)
    loaded(house, clean(0), auditor="")
    assert Audit.objects.count() == 4
    assert set(Audit.objects.values_list("provider", flat=True)) == {only.pk}


def test_the_page_says_what_saving_would_do_and_does_it(house: House) -> None:
    client = Client()
    client.force_login(house.people["policy"])
    paper = SimpleUploadedFile("progress.txt", printed(clean(0)))
    address = client.post("/papers-in/", {"paper": paper, "effective": "1 November 2024"})["Location"]
    page = client.get(address).content.decode()
    assert ("Assurance Partners is set up as an auditor" in page, f"Volunteers {YEAR}: joins the plan" in page) == (
        True,
        True,
    )
    client.post(address, {"effective": "1 November 2024", "take": "Progress report"})
    assert (Audit.objects.count(), Staged.objects.get().state) == (4, "confirmed")


def test_a_kind_of_paper_that_is_not_saved_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = replace(kinds.kind_of(read_document(printed(clean(0)), "progress.txt")), compare=None, save=None)
    monkeypatch.setitem(kinds._kinds, kind.name, kind)
    with pytest.raises(Refused, match="this kind of paper is read and checked here, and not saved into a register"):
        loaded(house, clean(0))
    assert Staged.objects.count() == 0


@pytest.mark.skipif(not REAL.exists(), reason="the real paper is not beside this repository")
def test_the_real_report_is_loaded_once_and_for_all(house: House) -> None:
    def go() -> Saved:
        found = read(read_document(REAL))
        return load(
            found,
            organisation=house.office,
            actor=house.actors["policy"],
            at=NOW,
            effective=date(2023, 10, 18),
            accept_findings=True,
        )

    saved, before = go(), Entry.objects.count()
    opinions = sorted(
        (audit.year, audit.opinion_scale.words_of().step(audit.opinion).word if audit.opinion_scale else "Advisory")  # type: ignore[union-attr]
        for audit in Audit.objects.select_related("opinion_scale").filter(
            stages__which="final", stages__actual__isnull=False
        )
    )
    assert (len(saved.made), saved.changed, go().made, Entry.objects.count()) == (24 + 28, (), (), before)
    assert opinions == [
        ("2022/23", "Advisory"),
        *[("2022/23", "Limited")] * 3,
        *[("2022/23", "Satisfactory")] * 4,
        ("2023/24", "Moderate"),
    ]
    assert saved.conflicts[-1].endswith("Jul 22 for the final report comes before Jun 23 for the draft report")
    assert verify().holds
