"""The auditor's progress report as a paper: what it says, for whom, on which day; and that it reads back whole."""

from datetime import date
from typing import Any

import pytest

from candour.audits import commands
from candour.audits.intake.progress.said import audits_of
from candour.audits.models import Audit
from candour.audits.papers.checks import checks
from candour.audits.papers.kind import AUDIT_PROGRESS, gather
from candour.audits.papers.paper import progress_paper
from candour.audits.papers.stock import Stock, copy_of
from candour.kernel.intake.commands import matched, read
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.document import Document, texts
from candour.kernel.papers.render import render
from candour.kernel.records.commands import share
from candour.kernel.records.models import Sensitivity
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from candour.recommendations.commands import Due, NewRecommendation, Owner, raise_recommendation
from tests.audits.factories import AGREED, BY, DATES, an_audit, an_auditor, reached
from tests.factories import NOW, House
from tests.standing import standing

SINCE, AS_AT = date(2026, 4, 1), date(2026, 6, 15)
PRIORITIES = Words(
    id=0,
    name="Priorities of 2026",
    steps=(
        Step(1, "Urgent", "Now.", "high"),
        Step(2, "Important", "Soon.", "medium"),
        Step(3, "Routine", "Later.", "low"),
    ),
)
HIDDEN = "zqx"
QUERIES = 20


@standing
def reported(house: House) -> dict[str, Audit]:
    """A plan of four: one reported with three recommendations, one shared across forces, one moved, one deferred."""
    provider = an_auditor()
    scale = bring_in_words(PRIORITIES, kind=Scale.Kind.PRIORITY, organisation=provider, starts=date(2026, 4, 1), **BY)
    for measure, allowed in {"brief": 10, "draft": 10, "final": 5, "satisfaction": 85}.items():
        said: dict[str, Any] = {
            "provider": provider,
            "measure": measure,
            "allowed": allowed,
            "starts": date(2026, 4, 1),
        }
        commands.set_promise(organisation=house.office, **said, **BY)
    stores = an_audit(house, title="Care of stores", sensitivity="public", effective=date(2026, 3, 1))
    reached(stores, brief=date(2026, 4, 7), fieldwork=date(2026, 4, 20), exit=date(2026, 5, 5), draft=date(2026, 5, 26))
    commands.record_stage(stores, stage="responses", on=date(2026, 6, 1), **BY)
    commands.issue_report(stores, on=date(2026, 6, 5), opinion=2, **BY)
    for n, (priority, sensitivity) in enumerate(
        (("Urgent", "public"), ("Important", "public"), ("Important", "office")), 1
    ):
        raise_recommendation(
            NewRecommendation(
                f"S{n}", f"Count {sensitivity} {n}", came_from=stores.record, priority=priority, priority_scale=scale,
                sensitivity=sensitivity, text=f"{HIDDEN if sensitivity == 'office' else 'The office'} should count stores.",
                finding="The book was not kept in the summer.", risk="Things are lost.", response_text="Agreed",
                owners=[Owner(house.posts["chief"], [Due("31 December 2026", date(2026, 12, 31))])],
            ),
            organisation=house.office, effective=date(2026, 6, 8), **BY,
        )  # fmt: skip
    fleet = an_audit(
        house, title="Repair of the fleet", planned={which: DATES[which] for which in ("fieldwork", "draft")}
    )
    share(fleet.record, organisation=house.force, **BY)
    moved = an_audit(
        house, title="Letting of contracts", planned={"fieldwork": date(2026, 7, 6), "final": date(2026, 9, 1)}
    )
    commands.plan_stages(moved, planned={"fieldwork": date(2026, 7, 20)}, **AGREED | {"reason": "The team was away"})
    deferred = an_audit(house, title="Use of volunteers")
    commands.defer(deferred, year="2027/28", reference="B001", **AGREED | {"reason": "The service is being moved"})
    hidden = an_audit(house, title=f"{HIDDEN} hidden enquiry", sensitivity=Sensitivity.RESTRICTED)
    return {"stores": stores, "fleet": fleet, "moved": moved, "deferred": deferred, "hidden": hidden}


def stock_of(house: House, **days: date) -> Stock:
    said = {"as_at": AS_AT, "since": SINCE} | days
    return gather(house.actors["policy"], organisation=house.office, at=NOW, **said)


def words_of(document: Document) -> str:
    return "\n".join(texts(document))


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt"])
def test_what_was_written_reads_back_whole_and_without_a_finding(
    house: House, reported: dict[str, Audit], suffix: str
) -> None:
    stock = stock_of(house)
    copy = copy_of(stock, "panel")
    found = read(read_document(render(progress_paper(stock, "panel"), suffix), f"progress{suffix}"))
    (record,) = found.records
    assert [finding.message for finding in found.findings] == []
    assert (record["auditor"], record["year"]) == ("Assurance Partners", "2026/27")
    assert [(row["title"], row["reference"]) for row in record["plan"]] == [
        (row.title, row.reference) for row in copy.plan
    ]
    (shared,) = record["collaboration_plan"]
    assert (shared["title"], shared["forces"]) == ("Repair of the fleet", "Mereford Police and Office of Mereford")
    for said in audits_of(record):
        row = next(row for row in copy.year if row.title == said.title)
        assert {which: one.day for which, one in said.planned.items()} == {
            stage.which: stage.planned for stage in row.stages if stage.planned
        }
        reached_on = {stage.which: stage.actual for stage in row.stages if stage.actual and stage.which != "final"}
        assert {which: one.day for which, one in said.actual.items()} == reached_on
        assert (said.issued.day if said.issued else None) == row.line.final_on
        assert (said.status.left, said.status.to) == (row.line.left, row.deferred_to or None)
    (report,) = record["reports"]
    assert (report["opinion"], report["counts"]) == ("Fair", {"Urgent": 1, "Important": 2, "Routine": 0})
    assert [one["register_text"] for one in report["recommendations"]] == [
        "S1. Count public 1",
        "S2. Count public 2",
        "S3. Count office 3",
    ]
    first = report["recommendations"][0]
    assert (first["priority"], first["text"], first["risk"]) == (
        "Urgent",
        "The office should count stores.",
        "Things are lost.",
    )
    assert (first["owners"], first["current_target"]) == ([{"role": "Chief Executive", "name": ""}], "2026-12-31")
    assert [(one["done"], one["of"]) for one in record["kpis"]] == [(0, 3), (0, 1), (1, 1), (None, None)]
    scales = {(one["kind"], one["year"]): [level["word"] for level in one["levels"]] for one in record["scales"]}
    assert scales == {
        ("opinion", "2026/27"): ["Strong", "Fair", "Weak", "None"],
        ("priority", "2026/27"): ["Urgent", "Important", "Routine"],
    }
    # The register it was written from says all of it already.
    (match,) = matched(found, organisation=house.office, actor=house.actors["policy"], effective=AS_AT)
    assert (match.plan, match.conflicts) == ((), ())


def test_the_paper_says_what_moved_why_and_who_agreed_it_and_tells_missed_from_not_yet_due(
    house: House, reported: dict[str, Audit]
) -> None:
    said = words_of(progress_paper(stock_of(house), "panel"))
    for words in (
        "1 final report was issued since 1 April 2026, with 3 recommendations (1 urgent and 2 important).",
        "Fieldwork: from 6 July 2026 to 20 July 2026", "The team was away",
        "Deferred to 2027/28", "The service is being moved", "The panel",
        "0% (0/1)", "14 working days", "Missed", "Not yet due",
    ):  # fmt: skip
        assert words in said, words


def test_each_copy_counts_the_recommendations_that_it_lists_and_no_more(
    house: House, reported: dict[str, Audit]
) -> None:
    stock = stock_of(house)
    for audience, audits, counts in (("panel", 5, (1, 2, 0)), ("office", 4, (1, 2, 0)), ("public", 1, (1, 1, 0))):
        copy = copy_of(stock, audience)
        document = progress_paper(stock, audience)
        assert len(copy.year) == audits
        assert tuple(number for _word, _tone, number in copy.priorities(copy.issued[0])) == counts
        assert [check.detail for check in checks(stock, audience, document) if not check.passed] == []
        assert (HIDDEN in words_of(document)) == (audience != "public")
    assert "The team was away" not in words_of(progress_paper(stock, "public"))


def test_a_hidden_reference_in_a_shown_text_stops_the_issue(house: House, reported: dict[str, Audit]) -> None:
    shown, hidden = reported["stores"], reported["hidden"].record.reference
    said = {"title": "Care of stores", "owner": None, "days": 10, "scope": "", **BY}
    commands.change_audit(shown, purpose=f"As in {hidden}", **said)
    stock = stock_of(house)
    failed = [check for check in checks(stock, "public", progress_paper(stock, "public")) if not check.passed]
    assert [(check.stops, check.detail) for check in failed] == [
        (True, f"The reference {hidden}. Take it out of the other records’ texts first")
    ]


def test_on_a_past_day_nothing_of_what_came_later_is_told(house: House, reported: dict[str, Audit]) -> None:
    early = stock_of(house, as_at=date(2026, 5, 27), since=date(2026, 3, 2))
    copy = copy_of(early, "panel")
    assert (copy.issued, sum(map(len, copy.raised.values()))) == ((), 0)
    stores = next(row for row in copy.plan if row.title == "Care of stores")
    assert (stores.state, stores.reached) == ("Draft", "draft")
    assert "The service is being moved" not in words_of(progress_paper(early, "panel"))


def test_what_the_actor_may_not_see_is_in_no_copy_and_the_queries_stay_the_same(
    house: House, reported: dict[str, Audit], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(QUERIES):
        stock_of(house)
    for _ in range(5):
        an_audit(house)
    with django_assert_num_queries(QUERIES):
        stock_of(house)
    seen = gather(house.actors["reader"], organisation=house.office, as_at=AS_AT, since=SINCE, at=NOW)
    assert (len(seen.rows), any(HIDDEN in row.title for row in seen.rows)) == (9 + 1, False)


def test_an_empty_register_still_makes_a_paper(house: House) -> None:
    stock = stock_of(house)
    for audience in AUDIT_PROGRESS.issued:
        assert "The plan of 2026/27 holds no audit." in words_of(progress_paper(stock, audience))
