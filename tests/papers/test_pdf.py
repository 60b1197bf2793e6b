import io

import page
import pypdf
import pytest
from hypothesis import given, settings

from candour.kernel.papers.document import (
    Column,
    Detail,
    Document,
    Figure,
    Heading,
    Row,
    Table,
    bullets,
    cell,
    fact,
    link,
    para,
    sealed,
)
from candour.kernel.papers.pdf import PaperTooLarge, render
from tests.papers.reading import missing, pages, squeezed
from tests.papers.samples import BODY, everything, long_paper
from tests.papers.strategies import documents

LIMITS = page.SafetyLimits(max_reference_depth=1_000_000)


def failures(pdf: bytes) -> list[str]:
    """What PDF/UA-1 has against the file."""
    report = page.validate_pdf_bytes(pdf, profile="ua1", limits=LIMITS)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.fixture(scope="module")
def whole() -> bytes:
    return render(everything())


@settings(max_examples=8, deadline=None)
@given(documents())
def test_every_word_of_a_paper_is_in_its_pdf_which_is_accessible(document):
    found = render(document)
    assert missing(document, "\n".join(pages(found))) == []
    assert failures(found) == []


def test_a_paper_with_every_block_is_accessible(whole):
    assert failures(whole) == []
    assert missing(everything(), "\n".join(pages(whole))) == []


def test_a_draft_its_marking_and_its_page_are_on_every_page(whole):
    found = pages(whole)
    for number, text in enumerate(found, 1):
        assert text.count("DRAFT, NOT ISSUED") == 2
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(found)}" in text
    assert "DRAFT" not in "".join(pages(render(everything(draft=False))))


def test_the_title_the_language_and_the_date_are_set(whole):
    reader = pypdf.PdfReader(io.BytesIO(whole))
    assert (reader.metadata.title, reader.metadata.author) == ("Office risk register", BODY)
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata.creation_date.isoformat() == "2023-10-26T12:00:00+00:00"


def test_the_headings_are_an_outline_and_the_references_link_to_their_detail(whole):
    reader = pypdf.PdfReader(io.BytesIO(whole))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:3] == ["Purpose", "Recommendation", "Summary"]
    assert len(reader.pages[1]["/Annots"]) == 8


def test_the_header_row_is_repeated_on_every_page_of_a_table():
    found = [text for text in pages(render(long_paper(60))) if "↑ Up from 8" in text and "URN" not in text]
    assert len(found) > 2
    assert {squeezed(text).count("Directionoftravel") for text in found} == {1}


def test_a_title_that_is_a_link_may_be_repeated_on_the_next_page():
    columns = (Column("URN"),)
    updates = bullets(*(f"{day:02}/09/2023 - " + "words and words " * 30 for day in range(1, 31)))
    facts = (fact("Title", link("Cyber attack", "https://example.org/1")), fact("Latest update", updates))
    found = render(Document("T", BODY, (Detail(columns, (cell("A1"),), facts),)))
    assert failures(found) == []
    assert [text.count("Cyber attack") for text in pages(found)] == [1] * len(pages(found))
    assert len(pages(found)) > 1


def test_a_numbered_paragraph_keeps_its_number():
    assert "7.Tonote." in squeezed(pages(render(Document("T", BODY, (para("To note.", number=7),))))[0])


def test_markup_in_the_words_is_nothing_but_words():
    bad = '#panic("x") #read("/etc/passwd") $x^2$ *b* _i_ `raw` @ref <label> \\u{41} -- "q" \'q\' // c /* d */ https://e.org'
    document = Document(
        bad, bad, (Heading(1, bad), para(bad), bullets(bad), Table(bad, (Column(bad),), (Row((cell(bad),)),)))
    )
    found = "\n".join(pages(render(document)))
    assert squeezed(found).count(squeezed(bad)) >= 7


def test_a_character_that_no_font_has_is_printed_as_its_code():
    pytest.importorskip(
        "font_source_sans_pro", reason="without our font the machine's own are asked, and they may have it"
    )
    found = render(Document("Emoji 😀", BODY, (para("中文 and ŵ → ➤ ★"),)))
    assert failures(found) == []
    text = squeezed("\n".join(pages(found)))
    assert "Emoji[U+1F600]" in text
    assert "[U+4E2D][U+6587]andŵ→➤★" in text


def test_a_long_address_does_not_leave_its_column():
    address = "https://example.org/" + "a-very-long-path/" * 8
    table = Table("Links", (Column("Address", 1), Column("Words", 9)), (Row((cell(address), cell("words"))),))
    assert squeezed(address) in squeezed("\n".join(pages(render(Document("T", BODY, (table,))))))


def test_an_issued_paper_bears_its_fingerprint_on_every_page():
    found = pages(render(sealed(everything(), fact("Fingerprint", "ab12" * 16))))
    assert "ab12" * 16 in found[0]
    assert all("Fingerprint ab12ab12ab12ab12" in text for text in found)


def test_the_same_paper_gives_the_same_bytes(whole):
    assert render(everything()) == whole


def test_a_paper_past_its_memory_is_refused():
    with pytest.raises(PaperTooLarge, match="more than 150 MB"):
        render(long_paper(300), memory=150 * 1024**2)


def test_a_paper_past_its_time_is_refused():
    with pytest.raises(PaperTooLarge, match="seconds"):
        render(long_paper(600), seconds=1)


@pytest.mark.parametrize("lines", range(27, 33))
def test_a_heading_and_the_words_that_lead_to_a_picture_stand_on_its_page(lines):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><path d="M0 0h400v200H0z"/></svg>'
    before = tuple(para(f"Line {number}") for number in range(lines))
    said = (Heading(1, "Thefts"), para("It rose."), Figure(svg, "Thefts by month", "Two hundred in May."))
    first, second = pages(render(Document("T", BODY, (*before, *said))))
    assert f"Line {lines - 1}" in first
    assert [words in second for words in ("Thefts", "It rose.", "Thefts by month")] == [True, True, True]
