"""Running text of PDFs by what the page shows: paragraphs, headings, lists, columns, markings, odd letters."""

import pytest

from candour.kernel.intake.pdf import read_pdf
from candour.kernel.intake.pdf.tagged import LEFT_OUT
from candour.kernel.intake.tidy import MARKING, tidy
from tests.intake.typeset import PAGE, pdf, read, said

PROSE = (
    "The panel considers the register each quarter, and asks whether the controls that the office describes are in place, "
    "whether they work, and what remains to be done before the end of the year. It does not manage the risks itself."
)


@pytest.mark.parametrize("tagged", [True, False])
def test_paragraphs_headings_and_lists_are_told_apart(tagged):
    document = read(
        f"= Purpose\n{PROSE}\n\n{PROSE}\n== What is asked\n- To note the register, which the office has reviewed twice since "
        "the last meeting of the panel\n  - and its appendices\n- To agree\n\n*A bold line*\n\nEnd of it all.",
        tagged=tagged,
    )
    kinds = said(document)
    assert kinds == [
        ("heading", "Purpose"),
        ("paragraph", PROSE),
        ("paragraph", PROSE),
        ("heading", "What is asked"),
        ("item", "To note the register, which the office has reviewed twice since the last meeting of the panel"),
        ("item", "and its appendices"),
        ("item", "To agree"),
        ("paragraph" if tagged else "heading", "A bold line"),
        ("paragraph", "End of it all."),
    ]
    assert [block.depth for block in document.paragraphs if block.kind == "item"] == [0, 1, 0]


def test_headings_have_levels_by_their_size():
    document = read("= One\nWords of it.\n\n== Two\nWords of it.\n\n*Three*\n\nWords of it.")
    assert [(block.level, block.text) for block in document.paragraphs if block.kind == "heading"] == [
        (1, "One"),
        (2, "Two"),
        (3, "Three"),
    ]


@pytest.mark.parametrize("tagged", [True, False])
def test_a_numbered_paragraph_keeps_its_number_and_is_placed_by_it(tagged):
    document = read(
        "#for (n, words) in ((7, [To note the register.]), (8, [There are 22 live risks, of which " + PROSE + "])) "
        "{ par(hanging-indent: 2em, { box(width: 2em, [#n.]); words }) }",
        tagged=tagged,
    )
    assert [(block.number, block.text[:24], block.place.paragraph) for block in document.paragraphs] == [
        ("7", "To note the register.", 7),
        ("8", "There are 22 live risks,", 8),
    ]


def test_prose_in_two_columns_is_read_down_the_left_one_first():
    document = read(f"#set par(justify: true)\n#columns(2)[{PROSE} {PROSE}\n#colbreak()\n{PROSE} Last words here.]")
    assert [text for _kind, text in said(document)] == [f"{PROSE} {PROSE}", f"{PROSE} Last words here."]
    assert document.tables == ()


def test_a_heading_over_two_columns_comes_before_them():
    document = read(
        f"= Across both columns of the page\n#set par(justify: true)\n#columns(2)[{PROSE}\n#colbreak()\n{PROSE}]"
    )
    assert [text for _kind, text in said(document)] == ["Across both columns of the page", PROSE, PROSE]


def test_a_list_of_labels_and_values_is_a_table():
    document = read(
        "#grid(columns: (4cm, 8cm), row-gutter: 8pt, [Report of], [Chief Finance Officer], [Date], [26 October 2023], "
        "[Panel], [Audit panel])"
    )
    assert [row.texts for row in document.tables[0].rows] == [
        ("Report of", "Chief Finance Officer"),
        ("Date", "26 October 2023"),
        ("Panel", "Audit panel"),
    ]


MARKED = PAGE + (
    "#set page(header: [OFFICIAL #h(1fr) Office of the Commissioner], "
    "footer: context [Agenda item 5 #h(1fr) Page #counter(page).display()])\n"
)


@pytest.mark.parametrize("tagged", [True, False])
def test_what_runs_along_every_page_is_a_marking(tagged):
    document = read("\n#pagebreak()\n".join(f"Page {n} {PROSE}" for n in "abc"), tagged=tagged, page=MARKED)
    marks = [(block.text, block.place.page) for block in document.paragraphs if block.marker == "marking"]
    assert marks == [
        pair for n in (1, 2, 3) for pair in (("OFFICIAL Office of the Commissioner", n), (f"Agenda item 5 Page {n}", n))
    ]
    assert said(document) == [("paragraph", f"Page {n} {PROSE}") for n in "abc"]
    assert {one.why for one in tidy(document).set_aside} == {MARKING}


def test_the_page_number_of_a_single_page_is_a_marking():
    document = read(PROSE, page=PAGE + '#set page(numbering: "1 / 1")\n')
    assert [block.text for block in document.paragraphs if block.marker] == ["1 / 1"]


def test_words_that_stand_on_one_page_alone_are_no_marking():
    document = read(f"#place(top, dy: -1cm)[First page only]\n{PROSE}\n#pagebreak()\n{PROSE}")
    assert "First page only" in [text for _kind, text in said(document)]


NARROW = "#set text(hyphenate: true)\n#set par(justify: true)\n#set page(width: 7cm, margin: 1cm, height: 25cm)\n"


@pytest.mark.parametrize("tagged", [True, False])
def test_words_cut_by_the_end_of_a_line_are_whole_again(tagged):
    document = read(f"{NARROW}{PROSE} {PROSE} A medium-term plan and a follow-up.", tagged=tagged)
    assert said(document)[0][1] == f"{PROSE} {PROSE} A medium-term plan and a follow-up."
    assert "-\n" in document.paragraphs[0].raw


def test_a_hyphen_that_belongs_to_a_word_stays():
    document = read(
        "#set page(width: 6cm, margin: 1cm)\nThe plan is for the medium-term and the long-term, not short-term."
    )
    assert said(document)[0][1] == "The plan is for the medium-term and the long-term, not short-term."


def test_ligatures_are_letters_again():
    document = read("The office finds efficient staff: \ufb01ne \ufb02ow, o\ufb03ce.")
    assert said(document)[0][1] == "The office finds efficient staff: fine flow, office."


def test_signs_of_movement_stay_as_printed():
    page = PAGE.replace("Libertinus Serif", "DejaVu Sans Mono")
    assert (
        said(read("↑ Up from 8, → no change, ➤ and ↓ down", page=page))[0][1]
        == "↑ Up from 8, → no change, ➤ and ↓ down"
    )


def test_stray_html_in_the_words_makes_blocks():
    document = read("Before \\<p>one\\</p> \\<br> two \\<s>gone\\</s>")
    assert [(block.text, block.marks) for block in document.paragraphs] == [
        ("Before", ()),
        ("one", ()),
        ("two gone", ("strike",)),
    ]


def test_coloured_words_carry_their_colour():
    document = read("#text(fill: red)[All of these words are red.]\n\nThese are #text(fill: red)[not all] red.")
    assert [block.marks for block in document.paragraphs] == [("colour:red",), ()]


def test_words_outside_the_page_are_set_aside():
    document = read(f"{PROSE}#place(dx: -10cm)[Out of sight]")
    assert said(document) == [("paragraph", PROSE)]
    assert [(one.text, str(one.place)) for one in document.set_aside] == [("Out of sight", "Page 1")]


def test_words_that_the_tags_leave_out_are_set_aside():
    content = pdf(f"{PROSE}\n\n{PROSE} {PROSE} {PROSE}", tagged=True)
    import io

    import pypdf

    from tests.intake.typeset import written

    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(content)))
    page = writer.pages[0]
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
            pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
            pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
        }
    )
    page["/Resources"]["/Font"][pypdf.generic.NameObject("/Stamp")] = writer._add_object(font)
    data = page.get_contents().get_data() + b"\nq BT /Stamp 9 Tf 1 0 0 1 80 80 Tm (Stamped) Tj ET Q"
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(data)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    document = read_pdf(written(writer))
    assert [(one.text, one.why) for one in document.set_aside] == [("Stamped", LEFT_OUT)]
