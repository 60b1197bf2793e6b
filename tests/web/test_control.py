"""The chart of process control, on a page and in a paper, and the small line of a list."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from candour.kernel.papers.inked import inked
from candour.kernel.papers.svg import check_svg
from candour.kernel.web.control import Dot, Limit, Mark, control, scale_of, trace


def dots(*values: float | None) -> list[Dot]:
    return [
        Dot("Jan", "2026", f"Month {n}", value, f"{value}%", signal="Outside a limit" if value == 9 else "")
        for n, value in enumerate(values)
    ]


def drawn(*values: float | None, **more: object) -> str:
    limits = [Limit(0, len(values) - 1, 5, 2, 8, ("5%", "2%", "8%"))]
    given = {"tick": str, "key": "k", "title": "Calls & more", "desc": "Words"} | more
    return control(dots(*values), limits, **given).svg  # type: ignore[arg-type]


def test_the_line_is_broken_where_a_month_has_no_figure() -> None:
    path = re.search(r'class="ln-thin" d="([^"]*)"', drawn(4, 5, None, 6, 5))
    assert path is not None
    assert re.sub(r"[\d. ]", "", path[1]) == "MLML"


def test_signals_are_red_provisional_ones_hollow_and_every_line_is_named() -> None:
    svg = drawn(4, 9, 5, target=(7, "7%"), marks=[Mark(1, "New system")])
    assert (svg.count('class="pt-sig"'), svg.count('class="pt"')) == (1, 2)
    assert re.findall(r">(Mean 5%|Lower 2%|Upper 8%|Target 7%|New system)<", svg) == [
        "Upper 8%", "Target 7%", "Mean 5%", "Lower 2%", "New system",
    ]  # fmt: skip
    assert "Calls &amp; more" in svg


def test_labels_at_the_ends_of_lines_never_stand_on_each_other() -> None:
    svg = drawn(4, 5, target=(8, "8%"))
    heights = [float(y) for y in re.findall(r'<text x="748" y="([\d.]+)"', svg)]
    assert min(b - a for a, b in pairwise(heights)) >= 14


def placed(*values: float) -> float:
    """How far the words of the last figure stand below it."""
    svg = drawn(*values)
    *_, dot = re.findall(r'<circle [^>]* cy="([\d.]+)"', svg)
    words = re.search(rf'y="([\d.]+)"[^>]*>{values[-1]}%<', svg)
    assert words is not None
    return float(words[1]) - float(dot)


def test_the_words_of_the_last_figure_keep_clear_of_the_line_that_leads_to_it() -> None:
    assert (placed(4, 4, 5), placed(5, 5, 4), placed(4, 6, 5)) == (-11, 20, 20)


def test_without_figures_the_chart_says_so_and_the_table_is_empty() -> None:
    empty = control([], [], tick=str, key="k", title="Calls", desc="Words")
    assert "No figures yet" in empty.svg
    assert empty.table.rows == ()


def test_the_table_has_the_newest_first_and_every_word_of_the_chart() -> None:
    chart = control(dots(4, 9), [], tick=str, key="k", title="Calls", desc="Words")
    assert chart.table.rows == (("Month 1", "9%", "Outside a limit", "none"), ("Month 0", "4%", "none", "none"))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 10, (2, 0, 10)), (74.9, 86, (5, 70, 90)), (3, 3, (1, 3, 4)), (0, 0, (0.2, 0, 0.2))],
)
def test_an_axis_has_round_steps_over_all_values(low: float, high: float, expected: tuple[float, float, float]) -> None:
    assert tuple(round(each, 6) for each in scale_of(low, high)) == expected


def test_a_chart_in_a_paper_has_its_colours_in_it_and_nothing_that_a_paper_refuses() -> None:
    svg = inked(drawn(4, 9, None, 5, target=(7, "7%"), marks=[Mark(1, "New system")]))
    check_svg(svg)
    assert "class=" not in svg
    assert ElementTree.fromstring(svg).get("width") == "850"  # noqa: S314


def test_a_small_line_has_a_gap_for_a_month_without_a_figure_and_is_nothing_without_any() -> None:
    path = re.search(r'd="([^"]*)"', trace([1, 2, None, 4]))
    assert path is not None
    assert re.sub(r"[\d. ]", "", path[1]) == "MLM"
    assert trace([None, None]) == ""
    assert 'cy="11"' in trace([5])
