import re
from datetime import date
from xml.etree import ElementTree

import pytest

from candour.kernel.web import charts
from candour.kernel.web.charts import Ageing, Chip, Point
from candour.kernel.web.gallery import BANDS, IMPACT, LIKELIHOOD, ExampleBand, ExampleLevel

DAY = date(2025, 10, 16)
FIVE = tuple(ExampleLevel(n, f"Level {n}") for n in range(1, 6))
FIVE_BANDS = (
    ExampleBand("Low", 1, 5, "low"),
    ExampleBand("Medium", 6, 12, "medium"),
    ExampleBand("High", 13, 25, "high"),
)


def history(*points: Point) -> charts.Chart:
    return charts.score_history(points, bands=BANDS, until=DAY, key="h", title="Score of <b>EX1</b>")


def heat(chips: list[Chip], **changes) -> charts.HeatMap:
    given = {"impact": IMPACT, "likelihood": LIKELIHOOD, "bands": BANDS, "key": "m", "title": "Heat map"} | changes
    return charts.heat_map(chips, **given)


def crowd(count: int) -> list[Chip]:
    return [Chip(f"EX{n}", f"/risks/EX{n}", 4, 4) for n in range(count)]


EVERY = [
    history(Point(date(2022, 7, 6), 4, 3)),
    history(),
    heat(crowd(20)),
    heat([], impact=FIVE, likelihood=FIVE, bands=FIVE_BANDS),
    charts.ageing([Ageing("High", (("Not late", 4), ("Late", 2)))], of="Priority", key="a", title="By age"),
    charts.ageing([], of="Priority", key="a", title="By age"),
]


@pytest.mark.parametrize("chart", EVERY)
def test_a_chart_is_well_formed_named_described_and_without_styles(chart) -> None:
    root = ElementTree.fromstring(chart.svg)  # noqa: S314
    named = root.attrib["aria-labelledby"].split()
    assert [child.attrib["id"] for child in root[:2]] == named
    assert root[0].text == chart.title
    assert root[1].text
    assert re.findall(r" style=|<style|<script| on\w+=", chart.svg) == []


@pytest.mark.parametrize("chart", EVERY)
def test_every_row_of_a_table_has_a_cell_for_each_head(chart) -> None:
    assert {len(row) for row in chart.table.rows} <= {len(chart.table.heads)}


def test_a_score_steps_on_its_bands_from_its_first_day_to_the_last() -> None:
    chart = history(Point(date(2024, 10, 16), 4, 3), Point(date(2025, 4, 17), 4, 2))
    assert '<path class="ln" d="M30 52H197.5V96H364"/>' in chart.svg
    assert '<rect class="b-high" x="30" y="8" width="334" height="93.5"/>' in chart.svg
    assert '<rect class="b-med" x="30" y="101.5" width="334" height="33"/>' in chart.svg
    assert '<rect class="b-low" x="30" y="134.5" width="334" height="49.5"/>' in chart.svg
    assert "Score 12 from 16 October 2024, 8 from 17 April 2025." in chart.svg
    assert chart.table.rows == (("17 April 2025", "4 × 2", "8"), ("16 October 2024", "4 × 3", "12"))


def test_a_title_is_escaped() -> None:
    assert "Score of &lt;b&gt;EX1&lt;/b&gt;" in history().svg


def test_a_record_without_a_score_says_so() -> None:
    assert "Not scored yet" in history().svg
    assert history().table.rows == ()


def test_scores_on_the_same_day_as_the_chart_ends_are_drawn() -> None:
    assert '<path class="ln" d="M30 8H364"/>' in history(Point(DAY, 4, 4)).svg


def test_labels_that_would_stand_on_each_other_are_left_to_the_table() -> None:
    days = [Point(date(2020, 1, 1), 4, 4), *(Point(date(2025, 10, n), 4, 1 + n % 4) for n in range(1, 15))]
    chart = history(*days)
    assert chart.svg.count('class="pt"') == 15
    assert chart.svg.count('class="t-b t-m"') == 2
    assert len(chart.table.rows) == 15


def test_a_long_history_labels_few_years() -> None:
    chart = charts.score_history([Point(date(1999, 5, 1), 2, 2)], bands=FIVE_BANDS, until=DAY, key="h", title="Long")
    assert re.findall(r'<text class="t-m" x="[\d.]+" y="204">(\d+)</text>', chart.svg) == ["2006", "2013", "2020"]
    assert re.findall(r'<text class="t-e" x="24" y="[\d.]+">(\d+)</text>', chart.svg) == ["5", "10", "15", "20", "25"]


def test_every_record_stands_in_the_cell_of_its_score_as_a_link() -> None:
    chart = heat([Chip("EX1", "/risks/EX1?as_at=2025-07-24&x=1", 3, 2)])
    assert '<a href="/risks/EX1?as_at=2025-07-24&amp;x=1" aria-label="EX1, score 6">' in chart.svg
    assert chart.table.heads == ("Likelihood", "Impact 1 Low", "Impact 2 Medium", "Impact 3 High", "Impact 4 Very high")
    assert chart.table.rows[2] == ("2 Possible", "none", "none", "EX1", "none")
    cell = chart.rows[2].cells[2]
    assert (cell.score, cell.band.name, [chip.reference for chip in cell.chips]) == (6, "Medium", ["EX1"])


@pytest.mark.parametrize(
    ("count", "links", "more"), [(0, 0, None), (6, 6, None), (7, 5, "+ 2 more"), (90, 5, "+ 85 more")]
)
def test_a_full_cell_shows_what_fits_and_counts_the_rest(count, links, more) -> None:
    chart = heat(crowd(count))
    assert chart.svg.count("<a ") == links
    assert re.findall(r"\+ \d+ more", chart.svg) == ([more] if more else [])
    assert len(chart.rows[0].cells[3].chips) == count


def test_the_rest_of_a_full_cell_is_a_link_where_one_is_given() -> None:
    chart = heat(crowd(9), more={(4, 4): "/risks?score=16"})
    assert '<a href="/risks?score=16" aria-label="+ 4 more with score 16">' in chart.svg


def test_a_matrix_may_have_any_size() -> None:
    chart = heat([Chip("A-VERY-LONG-REFERENCE/2025/0001", "/x", 5, 5)], impact=FIVE, likelihood=FIVE, bands=FIVE_BANDS)
    assert [cell.score for cell in chart.rows[0].cells] == [5, 10, 15, 20, 25]
    assert "A-VERY-LONG-REF…" in chart.svg
    left, width = re.search(r'class="chip" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', chart.svg).groups()
    assert float(left) + float(width) <= 850


def test_a_spark_line_shows_the_last_five_scores() -> None:
    assert charts.spark([4], top=16) == (
        '<svg class="c-spark" viewBox="0 0 84 22" aria-hidden="true" focusable="false">'
        '<path d="M2 15"/><circle cx="2" cy="15" r="2.6"/></svg>'
    )
    assert 'd="M2 7H21V7H40V11H59V11H78V7"' in charts.spark([16, 12, 12, 8, 8, 12], top=16)
    assert charts.spark([], top=16) == ""


def test_a_bar_shows_parts_of_a_whole() -> None:
    drawn = charts.bar([("green", 3), ("", 1)], label="3 of 4 <answered>")
    assert drawn == (
        '<svg class="c-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="3 of 4 &lt;answered&gt;" focusable="false"><rect class="bg" width="100" height="10"/>'
        '<rect class="f4" x="0" width="75" height="10"/></svg>'
    )
    assert charts.bar([("green", 0)], label="none").count("<rect") == 1


def test_ageing_counts_each_part_and_the_whole() -> None:
    parts = (("Not late", 4), ("To 6 months", 0), ("Over 1 year", 6))
    chart = charts.ageing([Ageing("High", parts)], of="Priority", key="a", title="By age")
    assert chart.table.heads == ("Priority", "Not late", "To 6 months", "Over 1 year", "All")
    assert chart.table.rows == (("High", "4", "0", "6", "10"),)
    assert '<rect class="a1" x="215" y="8" width="238" height="24"/>' in chart.svg
    assert '<rect class="a3" x="453" y="8" width="357" height="24"/>' in chart.svg
    assert "High: 4 Not late, 0 To 6 months, 6 Over 1 year." in chart.svg


def test_a_year_draws_plan_fact_and_today_and_the_load_of_each_month() -> None:
    from candour.kernel.web.charts import Table
    from candour.kernel.web.gantt import Bar, Weight, gantt

    plan, fact = (date(2026, 4, 1), date(2026, 5, 1)), (date(2026, 4, 10), date(2026, 6, 1))
    bars = [
        Bar("Fleet & <fuel>", "/a/", plan, fact, (("Brief", date(2026, 4, 10)),), "Draft late", late=True),
        Bar("Payroll", "/b/", plan, None, (), "Planned", now=fact),
    ]
    load = [Weight(month, f"{month} d") for month in range(12)]
    given = {"load_label": "Days", "table": Table(("Month",), ()), "key": "y", "title": "A year", "desc": "Two."}
    drawn = gantt(bars, first=date(2026, 4, 1), today=date(2026, 6, 15), load=load, **given).svg  # type: ignore[arg-type]
    kinds = {name: drawn.count(f'class="{name}"') for name in ("bar-plan", "bar-late", "bar-act", "ghost", "pt-prov")}
    assert kinds == {"bar-plan": 2 + 11, "bar-late": 1, "bar-act": 0, "ghost": 1, "pt-prov": 1}
    assert "Fleet &amp; &lt;fuel&gt;" in drawn
    assert "Today, 15 June" in drawn
    assert "Today" not in gantt(bars, first=date(2026, 4, 1), today=date(2027, 4, 1), load=load, **given).svg  # type: ignore[arg-type]
