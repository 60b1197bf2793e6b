"""The Word reader, on files of the kinds that offices make."""

import io

import docx
import pytest

from candour.kernel.intake.document import Paragraph, Table
from candour.kernel.intake.tidy import MARKING, tidy
from candour.kernel.intake.word import COMMENT, DELETED, HIDDEN, MACROS, read_word
from tests.intake.makers import (
    listed,
    numbering,
    p,
    paragraphs,
    r,
    shape,
    spans,
    style,
    tbl,
    tc,
    told,
    tr,
    unzipped,
    word,
    zipped,
)

ON = "<w:strike/>"
HEADINGS = style("Heading1", "heading 1", run="<w:b/>") + style("Heading2", "heading 2") + style("Normal", "Normal")
H1, H2 = '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>'


def read(body: str, **parts: str):
    return read_word(word(body, **parts), name="paper.docx")


def cell(inner: str, **parts: str):
    return read(tbl(tr(tc(inner), "x")), **parts).tables[0].rows[0].cells[0]


# 1: a form with merged cells and tables within tables


def test_a_label_merged_over_rows_stands_once_and_its_span_is_known():
    body = tbl(
        tr(tc("Controls", form='<w:vMerge w:val="restart"/>'), "Monthly meeting"),
        tr(tc(form="<w:vMerge/>"), "Quarterly audit"),
        tr(tc(form='<w:vMerge w:val="continue"/>'), "Insurance"),
        tr("Owner", "Chief Executive"),
    )
    assert spans(read(body).tables[0]) == [
        [("Controls", 1, 3), ("Monthly meeting", 1, 1)],
        [("", 1, 0), ("Quarterly audit", 1, 1)],
        [("", 1, 0), ("Insurance", 1, 1)],
        [("Owner", 1, 1), ("Chief Executive", 1, 1)],
    ]


def test_a_heading_over_columns_stands_once_and_the_places_beside_it_are_covered():
    body = tbl(tr("Ref", tc("Residual", form='<w:gridSpan w:val="2"/>'), "Owner"), tr("A1", "4", "3", "CFO"))
    assert spans(read(body).tables[0]) == [
        [("Ref", 1, 1), ("Residual", 2, 1), ("", 0, 1), ("Owner", 1, 1)],
        [("A1", 1, 1), ("4", 1, 1), ("3", 1, 1), ("CFO", 1, 1)],
    ]


def test_a_cell_merged_both_ways_covers_its_corner():
    body = tbl(
        tr(tc("Key", form='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), "1"),
        tr(tc(form='<w:gridSpan w:val="2"/><w:vMerge/>'), "2"),
    )
    assert spans(read(body).tables[0]) == [
        [("Key", 2, 2), ("", 0, 1), ("1", 1, 1)],
        [("", 1, 0), ("", 0, 0), ("2", 1, 1)],
    ]


def test_two_cells_merged_downwards_one_after_another_are_two():
    merge = '<w:vMerge w:val="restart"/>'
    body = tbl(tr(tc("A", form=merge), "1"), tr(tc(form="<w:vMerge/>"), "2"), tr(tc("B", form=merge), "3"))
    assert [row.cells[0].rows for row in read(body).tables[0].rows] == [2, 0, 1]


def test_a_table_in_a_cell_keeps_its_rows_and_its_words_belong_to_the_cell():
    inner = tbl(tr("Impact", "4"), tr("Likelihood", tc(tbl(tr("a", "b")), p("3"))))
    found = read(tbl(tr("Score", tc(inner, p("after"))))).tables[0].rows[0].cells[1]
    assert told(found) == [["Impact", "4"], ["Likelihood", [["a", "b"]]]]
    assert found.text == "Impact 4 Likelihood a b 3 after"


def test_a_paper_laid_out_in_one_frame_is_read_as_if_the_frame_were_not_there():
    body = tbl(tr(tc(p("Register", form=H1), tbl(tr("Ref", "Title")), p("The end."))))
    assert shape(read(body, styles=HEADINGS)) == [
        ("heading", "Register"),
        [["Ref", "Title"]],
        ("paragraph", "The end."),
    ]


def test_a_row_that_begins_further_right_keeps_its_columns():
    body = tbl(tr("A", "B", "C"), tr("C2", form='<w:gridBefore w:val="2"/>'))
    assert shape(read(body)) == [[["A", "B", "C"], ["", "", "C2"]]]


# 2: a draft with tracked changes, comments, notes and hidden words


def test_deleted_words_are_no_text_and_inserted_ones_are():
    body = p("Score ", "<w:del><w:r><w:delText>12</w:delText></w:r></w:del>", f"<w:ins>{r('16')}</w:ins>", " High")
    found = read(body)
    assert shape(found) == [("paragraph", "Score 16 High")]
    assert [(one.text, one.why) for one in found.set_aside] == [("12", DELETED)]


def test_moved_words_stand_where_they_were_moved_to():
    body = p(f"<w:moveFrom>{r('Here.')}</w:moveFrom>", "One.") + p(f"<w:moveTo>{r('Here.')}</w:moveTo>")
    assert shape(read(body)) == [("paragraph", "One."), ("paragraph", "Here.")]


def test_a_deleted_row_is_set_aside():
    found = read(tbl(tr("A1", "First"), tr("A2", "Second", form="<w:del/>")))
    assert (shape(found), [(one.text, one.why) for one in found.set_aside]) == (
        [[["A1", "First"]]],
        [("A2 Second", DELETED)],
    )


def test_a_comment_is_set_aside_with_its_place():
    body = p("Summary", form=H1) + p('<w:commentRangeStart w:id="0"/>', "Words.", '<w:commentRangeEnd w:id="0"/>')
    found = read(body, styles=HEADINGS, comments=f'<w:comment w:id="0">{p("Is this right?")}</w:comment>')
    assert [(one.text, one.why, str(one.place)) for one in found.set_aside] == [
        ("Is this right?", COMMENT, "Under “Summary”")
    ]
    assert shape(found) == [("heading", "Summary"), ("paragraph", "Words.")]


def test_a_footnote_is_a_paragraph_at_the_end_and_its_sign_is_no_part_of_a_score():
    notes = f'<w:footnote w:id="2">{p("Agreed in May.")}</w:footnote>'
    found = read(tbl(tr("Score", tc(p("12", '<w:r><w:footnoteReference w:id="2"/></w:r>')))), footnotes=notes)
    assert shape(found) == [[["Score", "12"]], ("paragraph", "Agreed in May.")]
    assert paragraphs(found)[0].marks == ("footnote",)


def test_a_figure_raised_by_hand_stays_apart_from_the_figure_before_it():
    assert cell(p("12", r("1", '<w:vertAlign w:val="superscript"/>'))).text == "12¹"


def test_hidden_words_are_set_aside():
    found = read(p("Seen.", r(" Unseen.", "<w:vanish/>")))
    assert (shape(found), [(one.text, one.why) for one in found.set_aside]) == (
        [("paragraph", "Seen.")],
        [("Unseen.", HIDDEN)],
    )


# 3: numbered paragraphs and lists


def test_numbered_paragraphs_have_their_printed_number():
    body = (
        p("There are 4 risks.", form=listed()) + p("Two are new.", form=listed()) + p("One of them.", form=listed(1, 1))
    )
    found = paragraphs(read(body, numbering=numbering(("decimal", "%1."), ("decimal", "%1.%2"))))
    assert [(one.kind, one.number, one.place.paragraph) for one in found] == [
        ("paragraph", "1", 1),
        ("paragraph", "2", 2),
        ("paragraph", "2.1", 0),
    ]


def test_points_of_a_list_have_their_depth_and_sign():
    levels = numbering(("bullet", "\uf0b7"), ("bullet", "o"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4."))
    body = "".join(p(text, form=listed(1, depth)) for text, depth in (("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 3)))
    found = paragraphs(read(body, numbering=levels))
    assert [(one.kind, one.marker, one.depth, one.number) for one in found] == [
        ("item", "•", 0, ""),
        ("item", "◦", 1, ""),
        ("item", "(a)", 2, "a"),
        ("item", "(b)", 2, "b"),
        ("item", "i.", 3, "i"),
    ]


def test_a_list_that_begins_anew_counts_from_where_it_says():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
    )
    body = p("A", form=listed()) + p("B", form=listed(2)) + p("C", form=listed(2))
    assert [one.number for one in paragraphs(read(body, numbering=numbering(("decimal", "%1.")) + again))] == [
        "1",
        "7",
        "8",
    ]


def test_a_heading_numbered_as_an_appendix_bears_its_name():
    levels = numbering(("upperLetter", "Appendix %1"))
    styles = style("Heading1", "heading 1", form=listed())
    body = p("Overview", form=H1) + p("High risks", form=H1)
    assert [(one.kind, one.text) for one in paragraphs(read(body, styles=styles, numbering=levels))] == [
        ("heading", "Appendix A: Overview"),
        ("heading", "Appendix B: High risks"),
    ]


def test_a_column_of_references_that_are_nothing_but_numbers_is_read():
    body = tbl(*(tr(tc(p(form=listed())), title) for title in ("First", "Second")))
    assert shape(read(body, numbering=numbering(("decimal", "SR%1.")))) == [[["SR1", "First"], ["SR2", "Second"]]]


def test_a_number_typed_before_a_paragraph_is_its_number():
    found = paragraphs(read(p("3.", "<w:r><w:tab/></w:r>", "There are 4 risks.")))[0]
    assert (found.number, found.text, found.place.paragraph) == ("3", "There are 4 risks.", 3)


def test_dashes_typed_in_a_cell_make_points():
    found = cell(p("Before") + p("- One") + p("- Two"))
    assert [(one.kind, one.text) for one in found.items] == [("paragraph", "Before"), ("item", "One"), ("item", "Two")]


# 4: pages


def test_pages_as_last_printed_give_places_and_a_table_goes_on_over_them():
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        p("One") + tbl(tr("A1", "a"), tr("A2", "b"), tr(tc(p(turn, "A3")), tc(p(turn, "c"))), tr("A4", "d")) + p("End")
    )
    found = read(body)
    assert [str(row.place) for row in found.tables[0].rows] == [
        f"Page {page}, table 1, row {row}, under “the start of the paper”"
        for page, row in ((1, 1), (1, 2), (2, 1), (2, 2))
    ]
    assert paragraphs(found)[-1].place.page == 2


def test_a_row_broken_over_two_pages_turns_the_page_once():
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = tbl(tr(tc(p("a", turn, "b")), tc(p("c", turn, "d"))), tr("e", "f"))
    body += p(turn, "Next")
    found = read(body)
    assert [row.place.page for row in found.tables[0].rows] == [1, 2]
    assert paragraphs(found)[0].place.page == 3


def test_breaks_asked_for_count_where_no_program_printed_the_pages():
    out = io.BytesIO()
    document = docx.Document()
    document.add_heading("First", 1)
    document.add_page_break()
    document.add_table(1, 2).cell(0, 0).text = "A1"
    document.save(out)
    found = read_word(out.getvalue())
    assert (found.blocks[0].place.page, found.tables[0].rows[0].place.page) == (1, 2)


def test_places_in_a_paper_without_pages_are_told_by_their_heading_and_follow_each_other():
    body = (
        p("Summary", form=H1)
        + p("Words.")
        + tbl(tr("A1", "a"), tr("A2", "b"))
        + p("Annex", form=H1)
        + tbl(tr("A3", "c"))
    )
    found = read(body, styles=HEADINGS)
    rows = [row.place for table in found.tables for row in table.rows]
    assert [str(place) for place in rows] == [
        "Table 1, row 1, under “Summary”",
        "Table 1, row 2, under “Summary”",
        "Table 2, row 1, under “Annex”",
    ]
    assert [place.line for place in rows] == [3, 4, 6]
    assert str(paragraphs(found)[1].place) == "Under “Summary”"


# 5: boxes, controls, links, fields, line breaks


def test_a_text_box_written_twice_is_read_once():
    box = f"<w:txbxContent>{p('In the box.')}{tbl(tr('a', 'b'))}</w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    found = shape(read(p("Before.", f"<w:r>{drawn}</w:r>") + p("After.")))
    assert found == [("paragraph", "Before."), ("paragraph", "In the box."), [["a", "b"]], ("paragraph", "After.")]


def test_controls_links_and_fields_are_text_and_a_prompt_is_not():
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('4')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink r:id="x">{r("the guide")}</w:hyperlink>'
    field = f'<w:r><w:instrText>REF x</w:instrText></w:r><w:fldSimple w:instr="DATE">{r("May")}</w:fldSimple>'
    assert shape(read(p("Score ", control, prompt, ", see ", link, ", ", field))) == [
        ("paragraph", "Score 4, see the guide, May")
    ]


def test_rows_cells_and_paragraphs_in_controls_are_read():
    def held(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = held(p("Words.")) + f"<w:tbl>{held(tr('A1', 'a'))}<w:tr>{held(tc('A2'))}{tc(held(p('b')))}</w:tr></w:tbl>"
    assert shape(read(body)) == [("paragraph", "Words."), [["A1", "a"], ["A2", "b"]]]


def test_lines_broken_by_hand_are_lines():
    found = cell(p("01/02/2024 - begun", "<w:r><w:br/></w:r>", "02/02/2024 - ended"))
    assert [one.text for one in found.items] == ["01/02/2024 - begun", "02/02/2024 - ended"]


def test_signs_of_symbol_fonts_are_read():
    arrow = '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    assert cell(p(arrow, " no change")).text == "→ no change"


def test_a_cover_laid_out_with_tabs_is_a_table_of_labels_and_values():
    body = p("Report of\tChief Finance Officer") + p("Date:\t\t26 October 2023") + p("Words, and more.")
    assert shape(read(body)) == [
        [["Report of", "Chief Finance Officer"], ["Date:", "26 October 2023"]],
        ("paragraph", "Words, and more."),
    ]


# 6: marks


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        ("<w:strike/>", ("strike",)),
        ("<w:dstrike/>", ("strike",)),
        ('<w:strike w:val="0"/>', ()),
        ("<w:b/>", ("bold",)),
        ('<w:color w:val="FF0000"/>', ("colour:red",)),
        ('<w:color w:val="auto"/>', ()),
        ('<w:color w:val="00B050"/>', ("colour:green",)),
        ('<w:highlight w:val="yellow"/>', ("highlight:yellow",)),
        ('<w:shd w:val="clear" w:fill="FFC000"/>', ("highlight:amber",)),
        ('<w:rStyle w:val="Gone"/>', ("strike",)),
    ],
)
def test_the_look_of_words_is_kept_as_marks(form, marks):
    styles = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    assert cell(p(r("Words", form)), styles=styles).items[0].marks == marks


def test_where_a_part_is_struck_its_words_are_repeated_and_the_paragraph_stands():
    found = cell(p(r("12", ON), " 8")).items[0]
    assert (found.text, found.struck, found.marks) == ("12 8", "12", ())


def test_a_control_struck_whole_has_the_mark_whatever_its_neighbour():
    found = cell(p(r("Gone", ON)) + p("Kept"))
    assert [(one.text, one.marks) for one in found.items] == [("Gone", ("strike",)), ("Kept", ())]
    assert found.marks == ()


def test_the_ground_of_a_cell_is_a_mark_of_the_cell():
    found = read(tbl(tr(tc("High", form='<w:shd w:val="clear" w:fill="C00000"/>'), "x"))).tables[0].rows[0].cells[0]
    assert found.marks == ("fill:red",)


# 7: headings, headers, other makes


def test_headings_are_known_by_style_outline_and_look():
    styles = HEADINGS + style("Mine", "Mine", based="Heading2")
    body = p("One", form=H1) + p("Two", form='<w:pStyle w:val="Mine"/>') + p("Three", form='<w:outlineLvl w:val="2"/>')
    body += p(r("All bold", "<w:b/>")) + p("Appendix B - High risks") + p(r("A bold sentence stays one.", "<w:b/>"))
    found = [(one.kind, one.level) for one in paragraphs(read(body, styles=styles))]
    assert found == [("heading", 1), ("heading", 2), ("heading", 3), ("heading", 4), ("heading", 4), ("paragraph", 0)]


def test_headers_and_footers_are_markings_that_tidy_sets_aside():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Words.")
    out = io.BytesIO()
    document.save(out)
    found = tidy(read_word(out.getvalue()))
    assert shape(found) == [("paragraph", "Words.")]
    assert [(one.text, one.why) for one in found.set_aside] == [("OFFICIAL", MARKING), ("Page 1", MARKING)]


def test_a_file_of_the_strict_kind_is_read():
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    parts = {name: content.replace(usual, strict) for name, content in unzipped(word(p("Words."))).items()}
    assert shape(read_word(zipped(parts))) == [("paragraph", "Words.")]


def test_macros_are_told_and_the_words_are_read():
    found = read(p("Words."), vbaProject="")
    assert (shape(found), [one.why for one in found.set_aside]) == ([("paragraph", "Words.")], [MACROS])


def test_signs_that_turn_writing_round_are_shown_and_marked():
    found = cell(p("R\u202e10\u202c"))
    assert (found.text, found.items[0].marks) == ("R[U+202E]10[U+202C]", ("bidi",))


def test_blocks_come_in_the_order_printed():
    kinds = [type(block) for block in read(p("One.") + tbl(tr("a", "b")) + p("Two.")).blocks]
    assert kinds == [Paragraph, Table, Paragraph]
