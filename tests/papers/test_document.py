import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.papers.document import (
    Bullets,
    Cell,
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Item,
    Paragraph,
    Row,
    Run,
    Table,
    anchor_for,
    bold,
    bullets,
    cell,
    clean,
    fact,
    link,
    para,
    sealed,
    texts,
    words,
)
from tests.papers.samples import BODY, SVG, everything


def paper(*blocks) -> Document:
    return Document("Register", BODY, blocks)


def test_words_that_stand_beside_each_other_share_a_paragraph_of_a_cell():
    assert cell("High", bold(" now"), bullets("one"), "after", badge=16, tone="high") == Cell(
        (
            Paragraph((Run("High"), Run(" now", bold=True))),
            Bullets((Item((Run("one"),)),)),
            Paragraph((Run("after"),)),
        ),
        badge="16",
        tone="high",
    )


def test_builders_take_numbers():
    assert para("There are ", bold(22), number=3) == Paragraph((Run("There are "), Run("22", bold=True)), 3)
    assert fact("Risks", 22) == Fact("Risks", Cell((Paragraph((Run("22"),)),)))


def test_text_is_cleaned_of_what_no_file_may_hold():
    assert clean("a\x00b\tc\r\nd\u202ee\ud800\ufffef") == "ab c\ndef"
    assert Heading(1, " A\n heading ").text == "A heading"


@given(st.text())
def test_cleaned_text_stays_as_it_is_when_cleaned_again(text):
    assert clean(clean(text)) == clean(text)


def test_a_row_that_does_not_fill_its_columns_is_refused():
    with pytest.raises(ValueError, match="fills 1 columns of 2"):
        Table("Risks", (Column("A"), Column("B")), (Row((cell("one"),)),))


def test_a_row_may_span_columns():
    table = Table("Risks", (Column("A"), Column("B")), (Row((cell("one", span=2),)),))
    assert table.rows[0].cells[0].span == 2


def test_a_colour_without_a_word_is_refused():
    with pytest.raises(ValueError, match="a cell with a tone has words"):
        cell(badge=16, tone="high")


def test_a_heading_that_skips_a_level_is_refused():
    with pytest.raises(ValueError, match="level 3 after level 1"):
        paper(Heading(1, "One"), Heading(3, "Three"))


def test_a_link_to_a_place_that_is_not_in_the_paper_is_refused():
    with pytest.raises(ValueError, match="#r-OPCC031"):
        paper(para(link("OPCC031", "#r-OPCC031")))


def test_two_headings_with_one_anchor_are_refused():
    with pytest.raises(ValueError, match="same anchor"):
        paper(Heading(1, "One", anchor="a"), Heading(1, "Two", anchor="a"))


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc", "risks/1"]
)
def test_a_link_that_could_run_or_lead_astray_is_refused(target):
    with pytest.raises(ValueError, match="a link must be"):
        link("here", target)


def test_an_anchor_is_made_of_any_reference():
    assert anchor_for("OPCC 031/2") == "r-OPCC-031-2"


@pytest.mark.parametrize(
    "svg",
    [
        SVG.replace("<title>", "<script>alert(1)</script><title>"),
        SVG.replace("<rect", '<rect onclick="alert(1)"'),
        SVG.replace("<rect", '<rect style="fill:red"'),
        SVG.replace('fill="#fbe8e5"', 'fill="url(https://example.org/x)"'),
        SVG.replace("<title>", '<image href="https://example.org/x.png"/><title>'),
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        "<svg>",
        "<p>no</p>",
    ],
)
def test_a_picture_that_holds_more_than_shapes_and_words_is_refused(svg):
    with pytest.raises(ValueError, match="SVG"):
        Figure(svg, "Title", "Description")


def test_a_marking_is_one_of_the_scheme():
    with pytest.raises(ValueError, match="SECRET"):
        Document("Register", BODY, marking="SECRET")


def test_a_sealed_paper_is_no_longer_a_draft_and_bears_its_facts():
    issued = sealed(everything(), fact("Fingerprint", "ab12"))
    assert (issued.draft, issued.seal) == (False, (fact("Fingerprint", "ab12"),))
    assert dataclasses.replace(issued, draft=True, seal=()) == everything()


def test_every_text_of_a_paper_is_given_in_order():
    document = Document(
        "Register",
        BODY,
        (Heading(1, "Risks", number="Appendix A"), Table("All", (Column("Risk"),), (Row((cell("High", badge=9),)),))),
        meta=(fact("Paper", "E"),),
    )
    assert list(texts(document)) == [
        "OFFICIAL", BODY, "Register", "", "Paper", "E", "Appendix A: Risks", "All", "Risk", "9", "High",
    ]  # fmt: skip


def test_words_are_runs():
    assert words("a", bold("b")) == (Run("a"), Run("b", bold=True))
