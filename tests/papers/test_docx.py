import io

import docx as word
from docx.oxml.ns import qn
from hypothesis import given, settings

from candour.kernel.papers.document import Document, Figure, Heading, PageBreak, Paragraph, Run, fact, para, sealed
from candour.kernel.papers.docx import render
from tests.papers.reading import WORD, missing, names, part, said, word_text
from tests.papers.samples import BODY, detail_of, everything, long_paper
from tests.papers.strategies import documents


def opened(document: Document):
    return word.Document(io.BytesIO(render(document)))


@settings(max_examples=15, deadline=None)
@given(documents())
def test_every_word_of_a_paper_is_in_word(document):
    found = render(document)
    assert missing(document, word_text(found)) == []
    assert word.Document(io.BytesIO(found)).core_properties.title == document.title


def test_headings_have_heading_styles():
    document = Document("T", BODY, (Heading(1, "One"), Heading(2, "Two"), para("words"), para("more", number=1)))
    styles = [paragraph.style.name for paragraph in opened(document).paragraphs]
    assert styles == ["Title", "Heading 1", "Heading 2", "Body Text", "Numbered Paragraph"]


def test_a_numbered_paragraph_keeps_its_number():
    paragraphs = opened(Document("T", BODY, (para("To note.", number=7),))).paragraphs
    assert paragraphs[-1].text == "7.\tTo note."


def test_header_rows_repeat_and_short_rows_stay_whole():
    found = opened(everything()).tables[1]._tbl
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in found.tr_lst] == [True] + [False] * 11
    assert {row.find(f".//{qn('w:cantSplit')}") is not None for row in found.tr_lst} == {True}
    assert found.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Strategic risks"


def test_a_detail_repeats_its_title_on_every_page_it_runs_over():
    tables = opened(Document("T", BODY, (Heading(1, "Risks"), *detail_of(1)))).tables
    repeated = [
        [cell.text for cell in row.cells]
        for table in tables
        for row in table.rows
        if row._tr.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert repeated[1] == ["Title", "Services run on without a contract because tendering is late"]


def test_a_score_is_coloured_and_says_its_word():
    row = opened(Document("T", BODY, (Heading(1, "Risks"), *detail_of(1)))).tables[0].rows[1]
    assert row.cells[4].text == "12 High"
    assert row.cells[4]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "A8241C"


def test_a_draft_and_its_marking_are_in_the_running_head_and_foot_of_every_section():
    found = render(everything())
    heads = [said(part(found, name)) for name in names(found, "word/header")]
    feet = [said(part(found, name)) for name in names(found, "word/footer")]
    assert heads == [f"DRAFT, NOT ISSUEDOFFICIAL-SENSITIVE{BODY}"] * 2
    assert feet == ["OFFICIAL-SENSITIVEDRAFT, NOT ISSUED   Page 1 of 1"] * 2
    sections = list(part(found, "word/document.xml").iter(WORD + "sectPr"))
    assert [len(section.findall(WORD + "headerReference")) for section in sections] == [1, 1, 1]
    assert "DRAFT" not in word_text(render(everything(draft=False)))


def test_an_issued_paper_bears_its_fingerprint_on_every_page():
    found = render(sealed(everything(), fact("Fingerprint", "ab12" * 16)))
    assert said(part(found, names(found, "word/footer")[0])) == (
        "OFFICIAL-SENSITIVEFingerprint ab12ab12ab12ab12   Page 1 of 1"
    )


def test_wide_tables_lie_on_lying_pages():
    sizes = [(section.page_width > section.page_height) for section in opened(everything()).sections]
    assert sizes == [False, True, False]


def test_a_page_break_starts_a_page():
    paragraphs = opened(Document("T", BODY, (para("one"), PageBreak(), Heading(1, "Two")))).paragraphs
    assert [paragraph._p.find(f".//{qn('w:pageBreakBefore')}") is not None for paragraph in paragraphs] == [
        False,
        False,
        True,
    ]


def test_words_that_lead_to_a_picture_are_kept_with_it():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><path d="M0 0h400v200H0z"/></svg>'
    said = (para("Before."), para("It rose."), Figure(svg, "Thefts by month", "Two hundred in May."), para("After."))
    paragraphs = opened(Document("T", BODY, said)).paragraphs
    kept = [each.text for each in paragraphs if each._p.find(f".//{qn('w:keepNext')}") is not None]
    assert kept == ["It rose."]


def test_the_language_the_properties_and_the_words_for_pictures_are_set():
    found = opened(everything())
    core = found.core_properties
    assert (core.title, core.author, core.subject, core.language, core.category) == (
        "Office risk register",
        BODY,
        "Register as it stood on 22 October 2023",
        "en-GB",
        "Draft",
    )
    assert core.created.isoformat()[:10] == "2023-10-26"
    defaults = found.styles.element.find(qn("w:docDefaults"))
    assert [element.get(qn("w:val")) for element in defaults.iter(qn("w:lang"))] == ["en-GB"]
    pictures = [element.get("descr") for element in found.element.body.iter(qn("wp:docPr"))]
    assert pictures == ["Score of OPCC002. The score rose from 4 to 12 in May 2023."]


def test_the_same_paper_gives_the_same_bytes():
    assert render(everything()) == render(everything())


def test_characters_that_word_would_refuse_never_reach_it():
    document = Document("T\x00\x0b", BODY, (Paragraph((Run("a\x01<w:p>&amp;]]>b\ud800"),)),))
    assert opened(document).paragraphs[-1].text == "a<w:p>&amp;]]>b"


def test_a_long_register_has_a_row_for_each_record():
    assert len(opened(long_paper(60)).tables[0].rows) == 61
