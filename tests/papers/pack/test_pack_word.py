import io
import zipfile

import pytest
from docx import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from candour.kernel.papers.pack import compile_pdf, compile_word
from tests.papers.pack.makers import FRONT, mixed_parts, paged, part, saved, short, upload, word_file
from tests.papers.reading import missing, names, squeezed, word_text
from tests.papers.samples import SVG, everything


@pytest.fixture(scope="module")
def word() -> bytes:
    parts = mixed_parts()
    return compile_word(FRONT, parts, compile_pdf(FRONT, parts))


def opened(content: bytes):
    return WordFile(io.BytesIO(content))


def headings(content: bytes) -> list[tuple[str, str]]:
    found = [one for one in opened(content).paragraphs if one.style.name.startswith("Heading")]
    return [(one.style.name[-1], one.text) for one in found]


def test_every_part_is_a_heading_with_its_own_headings_beneath(word):
    found = headings(word)
    assert [text for level, text in found if level == "1"] == [
        "Contents",
        "Papers set from Word",
        "Versions",
        "4 Risk register",
        "5 Audit report",
        "6 Budget",
        "7 Plan",
    ]
    at = found.index(("1", "6 Budget"))
    assert found[at + 1 : at + 3] == [("2", "Purpose"), ("3", "Pressures")]


def test_each_part_begins_a_page_with_the_number_that_it_has_in_the_pdf(word):
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in opened(word).sections]
    assert [one.get(qn("w:start")) for one in starts if one is not None] == ["1", "2", "9", "11", "12"]
    assert {section._sectPr.find(qn("w:type")).get(qn("w:val")) for section in opened(word).sections} == {"nextPage"}


def test_pages_lie_as_they_did_in_each_paper(word):
    turned = [section.page_width > section.page_height for section in opened(word).sections]
    assert turned == [False, False, True, False, False, False, False]


def test_each_part_bears_its_marking_and_its_item(word):
    found = [
        (section.header.paragraphs[0].text.split("\t")[0], section.footer.paragraphs[0].text.split("\t")[1])
        for section in opened(word).sections
    ]
    assert found[0] == ("OFFICIAL-SENSITIVE", "Contents   Page ")
    assert found[-3:] == [
        ("OFFICIAL", "Item 5: Audit report   Page "),
        ("OFFICIAL-SENSITIVE", "Item 6: Budget   Page "),
        ("OFFICIAL", "Item 7: Plan   Page "),
    ]


def test_the_contents_lead_to_the_parts_and_no_link_leads_nowhere(word):
    body = opened(word).element.body
    places = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]
    assert anchors[:4] == ["part_1", "part_1", "part_2", "part_2"]
    assert set(anchors) <= places
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert "part.invalid" not in archive.read("word/_rels/document.xml.rels").decode()


def test_no_word_of_any_paper_is_lost(word):
    said = squeezed(word_text(word))
    assert missing(everything(draft=False), word_text(word)) == []
    for words in ("To agree the budget for 2024/25.", "Energy prices", "Note the reserves", "£86m", "2024/25",
                  "Report of the chief finance officer", "To agree the plan."):  # fmt: skip
        assert squeezed(words) in said


def test_points_and_steps_of_an_upload_stay_lists(word):
    found = {one.text: one for one in opened(word).paragraphs}
    for text in ("Pay awards", "Note the reserves"):
        assert found[text]._p.pPr.numPr is not None


def test_an_uploaded_pdf_is_a_link_with_its_pages(word):
    assert "ThispaperisaPDFandisnotrepeatedhere(2pages:9to10ofthePDF)." in squeezed(word_text(word))


def test_what_is_hidden_in_an_upload_does_not_come_along():
    word = WordFile(io.BytesIO(word_file()))
    kept = word.add_paragraph("Kept ")
    for xml in (
        '<w:del {} w:id="1" w:author="A"><w:r><w:delText>struck out</w:delText></w:r></w:del>',
        '<w:ins {} w:id="2" w:author="A"><w:r><w:t>put in</w:t></w:r></w:ins>',
        "<w:r {}><w:rPr><w:vanish/></w:rPr><w:t>whispered</w:t></w:r>",
    ):
        kept._p.append(parse_xml(xml.format(nsdecls("w"))))
    style = word.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    kept.add_run("muttered", style="Quiet")
    word.add_comment(kept.runs, text="Do not tell the panel", author="A")
    parts = [part("w", upload(saved(word), "w.docx"))]
    pack = compile_pdf(FRONT, parts)
    found = compile_word(FRONT, parts, pack)
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        every = " ".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())
    assert "Kept " in every
    assert "put in" in every
    for words in ("struck out", "whispered", "muttered", "Do not tell the panel", 'w:author="A"'):
        assert words not in every


def test_places_of_two_papers_with_the_same_names_do_not_meet():
    parts = [part(key, everything(draft=False)) for key in "ab"]
    body = opened(compile_word(FRONT, parts, compile_pdf(FRONT, parts))).element.body
    found = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(found) == len(set(found))
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_pictures_of_an_upload_come_along():
    from candour.kernel.papers.typesetting import set_pngs

    word = WordFile(io.BytesIO(word_file()))
    word.add_picture(io.BytesIO(set_pngs([SVG])[0]))
    parts = [part("w", upload(saved(word), "w.docx")), part("a", everything(draft=False))]
    assert parts[0].paper.pictures == 1
    found = compile_word(FRONT, parts, compile_pdf(FRONT, parts))
    assert len(list(opened(found).element.body.iter(qn("a:blip")))) == 2
    assert len(names(found, "word/media/")) == 1  # the same picture, so kept once


def test_a_part_whose_numbers_stand_behind_another_bears_them():
    old = compile_pdf(FRONT, [part("a", paged(1, "A")), part("c", short())])
    parts = [part("a", paged(1, "A")), part("b", paged(2, "B")), part("c", short())]
    pack = compile_pdf(FRONT, parts, previous_pages=old.labels)
    assert pack.pages["b"] == ("2.1", "2.2")
    found = opened(compile_word(FRONT, parts, pack)).sections[2]
    assert found.footer.paragraphs[0].text.endswith("Page 2.")
    assert found._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_same_pack_gives_the_same_bytes(word):
    parts = mixed_parts()
    assert compile_word(FRONT, parts, compile_pdf(FRONT, parts)) == word


def test_no_empty_page_stands_at_the_end(word):
    last = opened(word).element.body[-2]
    assert "".join(Paragraph(last, None).text.split()) != ""
