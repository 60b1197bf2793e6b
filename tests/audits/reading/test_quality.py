"""Clean progress reports raise nothing, planted contradictions are found: in each form of file."""

from collections.abc import Callable

import pytest

from candour.audits.intake.progress import propose, recognises

from .papers import FORMS, YEAR, Paper, clean

Plant = Callable[[Paper], tuple[str, str]]


def listed_with_another_opinion(paper: Paper) -> tuple[str, str]:
    paper.reports[0].listed = "Unsatisfactory"
    return "report-opinion", paper.reports[0].title


def more_counted_than_listed(paper: Paper) -> tuple[str, str]:
    paper.reports[0].brief.pop()
    return "count-differs", paper.reports[0].title


def other_numbers_in_words(paper: Paper) -> tuple[str, str]:
    paper.reports[0].raised = "four Priority 1 recommendations"
    return "count-in-words", paper.reports[0].title


def final_before_fieldwork(paper: Paper) -> tuple[str, str]:
    paper.plan[0][3] = "Jul 23"
    return "plan-order", paper.plan[0][0]


def no_day_in_the_plan(paper: Paper) -> tuple[str, str]:
    paper.plan[3][1] = "31 November 24"
    return "plan-date-invalid", paper.plan[3][0]


def nothing_dated_in_the_plan(paper: Paper) -> tuple[str, str]:
    paper.plan[3][1:5] = ["TBC", "", "", "TBC"]
    return "plan-undated", paper.plan[3][0]


def no_status_in_the_plan(paper: Paper) -> tuple[str, str]:
    paper.plan[3][5] = ""
    return "plan-status-missing", paper.plan[3][0]


def wrong_rate(paper: Paper) -> tuple[str, str]:
    paper.kpis[1][3] = "100% (2/3)"
    return "kpi-rate", paper.kpis[1][1]


def opinion_off_the_scale(paper: Paper) -> tuple[str, str]:
    paper.reports[0].opinion = paper.reports[0].listed = "Satisfactory"
    return "opinion-off-scale", paper.reports[0].title


def a_priority_that_is_none(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].priority = "Priority 21"
    return "priority-unknown", paper.reports[0].title


def a_pointer_to_no_appendix(paper: Paper) -> tuple[str, str]:
    paper.pointed = "7"
    return "appendix-unknown", ""


def nobody_answers(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].timescale = "March 2025"
    return "owner-missing", paper.reports[0].title


def target_in_words(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].timescale = "Ongoing – Head of Stores"
    return "target-in-words", paper.reports[0].title


def no_target(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].timescale = ""
    return "target-missing", paper.reports[0].title


def no_day_of_the_calendar(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].timescale = "Head of Stores – 31 April 2025"
    return "date-invalid", paper.reports[0].title


def a_group_twice_in_a_split(paper: Paper) -> tuple[str, str]:
    paper.reports[0].recs[0].finding = "The cost is shared by Northshire 44.9%, Southshire 25.9% and Northshire 29.2%."
    return "group-twice", paper.reports[0].title


PLANTS: dict[str, Plant] = {
    plant.__name__: plant
    for plant in (
        listed_with_another_opinion, more_counted_than_listed, other_numbers_in_words, final_before_fieldwork,
        no_day_in_the_plan, nothing_dated_in_the_plan, no_status_in_the_plan, wrong_rate, opinion_off_the_scale,
        a_priority_that_is_none, a_pointer_to_no_appendix, nobody_answers, target_in_words, no_target,
        no_day_of_the_calendar, a_group_twice_in_a_split,
    )
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_clean_report_is_read_whole_and_raises_nothing(form: str) -> None:
    for seed in range(3):
        paper = clean(seed)
        document = FORMS[form](paper)
        reading = propose(document)
        assert reading.findings == []
        assert recognises(document) > 0.7
        (record,) = reading.records
        assert [told(report) for report in record["reports"]] == [
            (report.title, YEAR, report.opinion, [rec.text for rec in report.recs] + report.brief)
            for report in paper.reports
        ]
        assert [[stage["text"] for stage in row["stages"]] for row in record["plan"]] == [
            row[1:5] for row in paper.plan
        ]
        assert [row["status"] for row in record["plan"]] == [row[5] for row in paper.plan]
        assert [row["performance"] for row in record["kpis"]] == [row[3] for row in paper.kpis]
        assert [(scale["kind"], scale["year"], len(scale["levels"])) for scale in record["scales"]] == [
            ("opinion", YEAR, 4),
            ("priority", YEAR, 3),
        ]


def told(report) -> tuple:  # type: ignore[no-untyped-def,type-arg]
    return report["title"], report["year"], report["opinion"], [one["text"] for one in report["recommendations"]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_contradiction_is_found_and_no_other(form: str, plant: str) -> None:
    paper = clean(1)
    expected = PLANTS[plant](paper)
    findings = propose(FORMS[form](paper)).findings
    assert expected in [(one.code, one.reference) for one in findings]
    assert {one.reference for one in findings} == {expected[1]}


@pytest.mark.parametrize("form", FORMS)
def test_what_stands_behind_the_last_report_is_set_aside(form: str) -> None:
    aside = propose(FORMS[form](clean(0))).set_aside
    assert ["Statement of Responsibility" in one.text and "limits of the work" in one.text for one in aside] == [True]
