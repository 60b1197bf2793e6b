from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string

from candour.kernel.web.fields import PoundsField, TimeField
from candour.kernel.web.forms import (
    ChoiceField,
    ChoicesField,
    DateField,
    FileField,
    Form,
    LevelField,
    NumberField,
    Problem,
    ReasonField,
    TextField,
    TickField,
    problems_of,
)
from candour.kernel.web.gallery import IMPACT, ExampleLevel

DAY = date(2025, 10, 16)


class Review(Form):
    impact = LevelField("Impact if it happens", IMPACT)
    why = ReasonField(missing="Say why likelihood goes from 2 to 3")
    due = DateField("New date", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("impact") == 1:
            raise ValidationError("Change something, or say that nothing moved")


def review(query: str) -> Review:
    return Review(QueryDict(query), today=DAY)


def test_errors_are_listed_in_the_order_of_the_answers_and_lead_to_them() -> None:
    assert review("due=31/02/25").problems == [
        Problem("impact-0", "Choose the impact if it happens"),
        Problem("why", "Say why likelihood goes from 2 to 3"),
        Problem("due", "‘31/02/25’ is not a date. Enter one, for example 26 October 2023 or 26/10/23"),
    ]


def test_what_concerns_the_whole_form_comes_first_and_leads_to_its_first_answer() -> None:
    assert review("impact=1&why=&due=").problems == [
        Problem("impact-0", "Change something, or say that nothing moved"),
        Problem("why", "Say why likelihood goes from 2 to 3"),
    ]


def test_a_form_not_sent_has_no_problems() -> None:
    assert Review().problems == []


def test_several_forms_of_a_page_have_one_summary() -> None:
    forms = [Review(QueryDict("c1-impact=2"), prefix="c1"), Review(QueryDict("c2-why=x"), prefix="c2")]
    assert [problem.id for problem in problems_of(forms)] == ["c1-why", "c2-impact-0"]


def test_answers_stay_as_they_were_typed() -> None:
    form = review("impact=3&why=&due=31/13/25")
    assert [option.chosen for option in form["impact"].options] == [False, False, True, False]
    assert form["due"].answer == "31/13/25"


def test_a_level_gives_its_number_and_shows_its_word_and_description() -> None:
    form = review("impact=3&why=because")
    assert form.is_valid()
    assert form.cleaned_data == {"impact": 3, "why": "because", "due": None}
    option = form["impact"].options[0]
    assert (option.id, option.value, option.text, option.hint) == ("impact-0", "1", "Low", "up to £50,000")


def test_the_levels_of_one_form_are_not_those_of_another() -> None:
    one, other = Review(), Review()
    one.fields["impact"].levels = (ExampleLevel(9, "Other"),)
    assert [option.value for option in one["impact"].options] == ["9"]
    assert [option.value for option in other["impact"].options] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("level", ["0", "5", "x", "3.0"])
def test_a_level_that_the_scale_does_not_have_is_refused(level) -> None:
    assert review(f"impact={level}&why=because").problems == [Problem("impact-0", "Choose the impact if it happens")]


@pytest.mark.parametrize("typed", ["26/10/23", "26 October 2023", "2023-10-26", " 26 oct 2023 "])
def test_a_date_may_be_typed_in_several_ways(typed) -> None:
    assert DateField("Due").clean(typed) == date(2023, 10, 26)


def test_a_date_that_stands_is_shown_in_words_and_not_counted_as_changed() -> None:
    form = Review(QueryDict("due=26/10/23"), initial={"due": date(2023, 10, 26)})
    assert Review(initial={"due": date(2023, 10, 26)})["due"].answer == "26 October 2023"
    assert "due" not in form.changed_data
    assert "due" in Review(QueryDict("due=27/10/23"), initial={"due": date(2023, 10, 26)}).changed_data
    assert "due" in Review(QueryDict("due=soon"), initial={"due": date(2023, 10, 26)}).changed_data


class Ranged(Form):
    due = DateField("Due date", earliest=date(2025, 4, 1), latest=date(2026, 3, 31))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the due date, for example 26 October 2023"),
        ("31/03/25", "Enter a date on or after 1 April 2025"),
        ("01/04/26", "Enter a date on or before 31 March 2026"),
    ],
)
def test_a_date_outside_its_range_says_which_would_do(typed, message) -> None:
    assert Ranged({"due": typed}).problems == [Problem("due", message)]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (TextField("Its reference there"), "Enter its reference there"),
        (TextField("The priority in the plan’s own words"), "Enter the priority in the plan’s own words"),
        (NumberField("By how many marks scorers may differ"), "Enter by how many marks scorers may differ"),
        (NumberField("Remind before"), "Answer ‘Remind before’"),
        (DateField("In force from"), "Enter the day for ‘In force from’, for example 26 October 2023"),
    ],
)
def test_what_is_missing_is_asked_for_in_a_sentence_whatever_its_label(field, message) -> None:
    assert str(field.error_messages["required"]) == message


class Everything(Form):
    title = TextField("Title", max_length=5)
    tested = NumberField("How many were tested", min_value=1)
    state = ChoiceField("Is it in place?", [("yes", "Yes"), ("no", "No")])
    owner = ChoiceField("Owner", [("1", "Chief Executive")], kind="select")
    seen = ChoicesField("Seen by", [("office", "Office"), ("panel", "Panel")])
    paper = FileField("Evidence", kinds=(".docx", ".pdf"), limit=1024 * 1024)
    sure = TickField("Nothing else changed", required=True)


def test_an_empty_form_says_of_each_answer_how_to_give_it() -> None:
    assert Everything({}, {}).problems == [
        Problem("title", "Enter the title"),
        Problem("tested", "Enter how many were tested"),
        Problem("state-0", "Answer ‘Is it in place?’"),
        Problem("owner", "Choose the owner"),
        Problem("seen-0", "Answer ‘Seen by’"),
        Problem("paper", "Choose the evidence"),
        Problem("sure", "Tick ‘Nothing else changed’"),
    ]


def test_a_wrong_form_says_of_each_answer_how_to_mend_it() -> None:
    data = QueryDict("title=too+long&tested=none&state=maybe&owner=9&seen=public&sure=on")
    assert [problem.message for problem in Everything(data, {"paper": upload("a.exe")}).problems] == [
        "Shorten title to 5 characters; it has 8",
        "Enter how many were tested as a whole number, for example 12",
        "Answer ‘Is it in place?’",
        "Choose the owner",
        "Answer ‘Seen by’",
        "Choose a file of kind docx or pdf, not ‘a.exe’",
    ]


def upload(name: str, size: int = 3) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (upload("a.pdf", 1024 * 1024 + 1), "Choose a file of 1 MB or less"),
        (upload("a.pdf", 0), "The file is empty. Choose another"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(file, message) -> None:
    form = Everything(QueryDict("title=ok&tested=1,204&state=yes&owner=1&seen=panel&sure=on"), {"paper": file})
    assert [problem.message for problem in form.problems] == [message]
    assert form.cleaned_data["tested"] == 1204


def test_a_file_within_the_limit_is_taken_whatever_the_case_of_its_name() -> None:
    data = QueryDict("title=ok&tested=1&state=yes&owner=1&seen=panel&seen=office&sure=on")
    form = Everything(data, {"paper": upload("A.PDF")})
    assert form.is_valid()
    assert form.cleaned_data["seen"] == ["panel", "office"]


def test_a_field_takes_one_message_for_each_answer() -> None:
    form = review("impact=3")
    form.first_error("why", "Something else")
    form.first_error("due", "Enter a new date, or say it is in place")
    assert [problem.message for problem in form.problems] == [
        "Say why likelihood goes from 2 to 3",
        "Enter a new date, or say it is in place",
    ]


def shown(form: Form) -> str:
    return render_to_string("cotton/form.html", {"form": form, "method": "post", "submit": "Save"})


def test_an_answer_in_error_is_tied_to_its_message_and_hint() -> None:
    html = shown(Ranged({"due": "<b>soon</b>"}))
    assert 'aria-describedby="due-error" aria-invalid="true"' in html
    assert 'id="due-error"' in html
    assert "&lt;b&gt;soon&lt;/b&gt;" in html
    assert "<b>soon" not in html


def test_every_kind_of_answer_is_drawn_with_its_label() -> None:
    html = shown(Everything({}, {}))
    assert html.count("govuk-form-group--error") == 7
    assert 'enctype="multipart/form-data"' in html
    for field in Everything.base_fields.values():
        assert f">{field.label}</" in html
    for problem in Everything({}, {}).problems:
        assert f'id="{problem.id}"' in html


@pytest.mark.parametrize(
    ("typed", "expected"), [("14:00", time(14)), ("1400", time(14)), ("9.30", time(9, 30)), (" 09:05 ", time(9, 5))]
)
def test_a_time_is_read_as_people_write_it(typed: str, expected: time) -> None:
    assert TimeField("Time").clean(typed) == expected


@pytest.mark.parametrize("typed", ["25:00", "noon", "12:60", "9"])
def test_what_is_no_time_says_how_to_mend_it(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"is not a time\. Enter one, for example 14:00"):
        TimeField("Time").clean(typed)


@pytest.mark.parametrize(
    ("typed", "expected"), [("50,000", Decimal("50000.00")), ("£1,204.5", Decimal("1204.50")), ("0", Decimal("0.00"))]
)
def test_an_amount_is_read_with_or_without_its_pound_sign(typed: str, expected: Decimal) -> None:
    assert PoundsField("Up to").clean(typed) == expected


@pytest.mark.parametrize("typed", ["-1", "1e9", "NaN", "1.234", "ten", "1" * 13])
def test_what_is_no_amount_says_how_to_mend_it(typed: str) -> None:
    with pytest.raises(ValidationError, match="is not an amount"):
        PoundsField("Up to").clean(typed)
