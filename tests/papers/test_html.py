from hypothesis import given, settings

from candour.kernel.papers.document import Column as Col
from candour.kernel.papers.document import Document, Heading, Paragraph, Row, Run, Table, bullets, cell, link, para
from candour.kernel.papers.html import fragment, standalone
from tests.papers.reading import Page, missing
from tests.papers.samples import BODY, everything
from tests.papers.strategies import documents


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_word_of_a_paper_is_on_its_page(document):
    assert missing(document, Page(standalone(document)).words) == []


def test_a_table_says_what_its_cells_are():
    table = Table("Risks", (Col("Reference", kind="reference"), Col("Score")), (Row((cell("A1"), score())),))
    assert fragment(Document("T", BODY, (table,), draft=False)) == (
        '<article class="c-paper" lang="en-GB">'
        f'<div class="c-paper__mark"><b>OFFICIAL</b> <span>{BODY}</span></div><h2>T</h2>'
        '<div class="c-paper__page">'
        '<div class="c-scroll" tabindex="0" role="region" aria-labelledby="c-paper-table-1">'
        '<table class="c-table c-table--compact"><caption id="c-paper-table-1">Risks</caption>'
        '<thead><tr><th scope="col" class="c-ref">Reference</th><th scope="col">Score</th></tr></thead>'
        '<tbody><tr><th scope="row" class="c-ref">A1</th>'
        '<td><span class="c-score c-score--high"><b>16</b> High</span></td></tr></tbody></table></div></div></article>'
    )


def score():
    return cell("High", badge=16, tone="high")


def test_a_numbered_paragraph_keeps_its_number():
    assert '<div class="p"><span>7.</span><p>To note.</p></div>' in fragment(
        Document("T", BODY, (para("To note.", number=7),))
    )


def test_markup_in_the_words_is_nothing_but_words():
    bad = '<script>alert("1")</script>'
    page = standalone(Document(bad, bad, (Heading(1, bad), para(bad), Table(bad, (Col(bad),), (Row((cell(bad),)),)))))
    assert "<script" not in page
    assert Page(page).words.count(bad) >= 6


def test_a_downloaded_page_runs_nothing_and_asks_for_nothing():
    page = Page(standalone(everything()))
    assert {tag for tag, _ in page.tags} & {"script", "link", "iframe", "img", "form"} == set()
    assert [attrs for _, attrs in page.tags if any(name.startswith("on") or name == "style" for name in attrs)] == []


def test_a_link_into_candour_is_kept_on_screen_and_left_out_of_the_file():
    document = Document("T", BODY, (para(link("OPCC031", "/risks/OPCC031")),))
    assert '<a href="/risks/OPCC031">OPCC031</a>' in fragment(document)
    assert "/risks/" not in standalone(document)


def test_a_draft_says_so_on_screen_and_on_every_printed_page():
    assert standalone(everything()).count("DRAFT, NOT ISSUED") == 2
    assert "DRAFT" not in standalone(everything(draft=False))


def test_headings_go_down_one_level_at_a_time_under_the_title():
    tags = [tag for tag, _ in Page(standalone(everything())).tags if tag in {"h1", "h2", "h3", "h4"}]
    assert tags[:5] == ["h1", "h2", "h2", "h2", "h3"]


def test_line_breaks_and_nested_points_are_kept():
    document = Document("T", BODY, (Paragraph((Run("one\ntwo"),)), bullets("a")))
    assert '<p>one<br>two</p><ul class="c-points c-points--point"><li>a</li></ul>' in fragment(document)
