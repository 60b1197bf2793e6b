from datetime import date

from django.template import Context, Template

from candour.kernel.web import marks

DAY = date(2025, 10, 16)


def test_a_tag_is_words_in_a_tone() -> None:
    assert marks.tag("Overdue Control", "red") == '<strong class="c-tag c-tag--red">Overdue Control</strong>'
    assert marks.tag("<b>", "") == '<strong class="c-tag">&lt;b&gt;</strong>'


def test_a_score_says_its_band_aloud_even_when_quiet() -> None:
    assert marks.score(12, "high", "High") == '<span class="c-score c-score--high"><b>12</b>High</span>'
    assert marks.score(12, "high", "High", quiet=True, big=True) == (
        '<span class="c-score c-score--high c-score--big"><b>12</b>'
        '<span class="govuk-visually-hidden">High</span></span>'
    )


def test_a_direction_nobody_knows_is_no_change() -> None:
    assert marks.move("sideways", 8).endswith("</svg>No change</span>")
    assert marks.move("up", 0).endswith("</svg>Up from 0</span>")
    assert marks.move("up", 8, "<i>").endswith("</svg>&lt;i&gt;</span>")


def test_a_date_is_late_on_a_day_unless_it_is_done() -> None:
    day = date(2025, 10, 3)
    assert marks.due(day, DAY) == (
        '<span class="c-late">3 October 2025<span class="c-sub c-late">13 days late</span></span>'
    )
    assert marks.due(day, DAY, done=True) == "3 October 2025"
    assert marks.due(DAY, DAY) == "16 October 2025"
    assert marks.due(None, DAY) == "not yet"
    assert marks.due(None, DAY, none="<none>") == "&lt;none&gt;"


def test_long_tables_may_call_the_same_marks_as_tags() -> None:
    drawn = Template('{% tag words "red" %}{% score 4 "low" "Low" %}{% move "up" 8 %}{% due day %}').render(
        Context({"words": "<b>", "day": date(2025, 10, 15), "today": DAY})
    )
    assert drawn == (
        marks.tag("<b>", "red")
        + marks.score(4, "low", "Low")
        + marks.move("up", 8)
        + marks.due(date(2025, 10, 15), DAY)
    )
