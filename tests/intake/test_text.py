"""The text reader and tidy: places, lists in cells, pages, tables that pages broke."""

import pytest

from candour.kernel.intake.cells import blocks_of, cell, even
from candour.kernel.intake.document import Document, Paragraph, Place, Table
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.intake.sniff import ACCEPTED
from candour.kernel.intake.tidy import MARKING, REPEATED, tidy

SPLIT = """Annex 1: Register

Ref\tTitle\tScore
A1\tFirst\t4
A2\tSecond\t6

PAGE MARK

A3\tThird\t8

PAGE MARK

Ref\tTitle\tScore
A4\tFourth\t9

PAGE MARK

Title\tA risk
Progress\t• 01/02/2024 - begun and

PAGE MARK

\t<p>carried over</p> • 02/02/2024 - ended
"""


def read(text: str) -> Document:
    return read_document(text.encode(), "paper.txt")


def items(raw: str) -> list[tuple[str, str, int]]:
    return [(block.marker, block.text, block.depth) for block in blocks_of(raw, Place())]


def test_a_place_is_said_in_words():
    assert str(Place(page=4, table=2, row=7)) == "Page 4, table 2, row 7"
    assert str(Place(page=1, paragraph=3, line=29)) == "Page 1, paragraph 3"
    assert str(Place(page=1, line=59)) == "Page 1, line 59"
    assert str(Place(sheet="Risks", row=7)) == "Sheet Risks, row 7"
    assert str(Place()) == "The whole paper"


def test_bullets_in_running_text_become_items():
    assert items('<ul style="list-style-type: none"> • One • Two </ul>') == [("•", "One", 0), ("•", "Two", 0)]


def test_a_new_bullet_sign_opens_a_list_inside_and_the_old_one_closes_it():
    assert items("➤ One ○ inner ○ other ➤ Two") == [
        ("➤", "One", 0),
        ("○", "inner", 1),
        ("○", "other", 1),
        ("➤", "Two", 0),
    ]


def test_nested_html_lists_keep_their_depth():
    assert items("<ul><li>One<ul><li>inner</li></ul></li><li>Two</li></ul>") == [
        ("li", "One", 0),
        ("li", "inner", 1),
        ("li", "Two", 0),
    ]


def test_a_list_that_lost_its_bullets_is_one_item_without_a_marker():
    assert items("<ul> One Two") == [("", "One Two", 0)]


def test_lines_of_a_cell_that_start_with_a_dash_are_items():
    assert items("Before\n- One\n- Two\nAfter") == [
        ("", "Before", 0),
        ("-", "One", 0),
        ("-", "Two", 0),
        ("", "After", 0),
    ]


def test_a_dash_alone_is_a_dash():
    assert cell("-").text == "-"


def test_damaged_signs_are_restored_and_invisible_ones_dropped():
    assert even("â†’ \uf0b7 it\u200bem Â£5 â€“ end") == "→ • item £5 – end"


def test_only_whole_entities_are_read():
    assert cell("R&D &amp; P&copy &lt;b&gt;").text == "R&D & P&copy <b>"


def test_struck_words_carry_a_mark():
    assert [block.marks for block in blocks_of("• kept • <s>gone</s>", Place())] == [(), ("strike",)]


def test_numbered_paragraphs_are_placed_by_their_number():
    block = read("Summary\n\n3. There are 2 risks.\n").paragraphs[1]
    assert (block.number, block.text, str(block.place)) == ("3", "There are 2 risks.", "Page 1, paragraph 3")


def test_a_short_line_after_a_blank_one_is_a_heading_and_a_sentence_is_not():
    kinds = [block.kind for block in read("Summary\n\nAll is well.\n\n## Next\n").paragraphs]
    assert kinds == ["heading", "paragraph", "heading"]


def test_markings_end_pages_and_are_set_aside_with_why():
    document = tidy(read(SPLIT))
    assert [(str(one.place), one.text, one.why) for one in document.set_aside] == [
        ("Page 1, line 7", "PAGE MARK", MARKING),
        ("Page 2, line 11", "PAGE MARK", MARKING),
        ("Page 3, table 1, row 1", "Ref | Title | Score", REPEATED),
        ("Page 3, line 16", "PAGE MARK", MARKING),
        ("Page 4, line 21", "PAGE MARK", MARKING),
    ]


def test_a_table_of_spaces_ends_where_its_page_does():
    lines = ["Ref    Risk             Score", "R01    Loss of power    12", "R02    Loss of water    9",
             "Page 1 of 2", "\fQuarterly report", "R03    Loss of heat     6", "R04    Loss of data     4",
             "R05    Loss of fuel     3"]  # fmt: skip
    tables = read("\n".join(lines)).tables
    assert [[row.texts for row in table.rows][-1] for table in tables] == [
        ("R02", "Loss of water", "9"),
        ("R05", "Loss of fuel", "3"),
    ]


def test_a_table_split_over_pages_is_one_table_whose_rows_keep_their_places():
    first = tidy(read(SPLIT)).tables[0]
    assert [(row.texts[0], str(row.place)) for row in first.rows] == [
        ("Ref", "Page 1, table 1, row 1"),
        ("A1", "Page 1, table 1, row 2"),
        ("A2", "Page 1, table 1, row 3"),
        ("A3", "Page 2, table 1, row 1"),
        ("A4", "Page 3, table 1, row 2"),
    ]


def test_a_cell_that_carries_on_over_the_page_is_one_cell():
    second = tidy(read(SPLIT)).tables[1]
    assert [block.text for block in second.rows[1].cells[1].items] == [
        "01/02/2024 - begun and carried over",
        "02/02/2024 - ended",
    ]


def test_tidying_twice_changes_nothing():
    once = tidy(read(SPLIT))
    assert tidy(once) == once


def test_words_that_repeat_inside_a_form_are_no_marking():
    text = "".join(f"Question {n} of it all, in words.\n\nYES\n\nAn answer, at some length.\n\n" for n in range(6))
    assert [block.text for block in tidy(read(text)).paragraphs if block.text == "YES"] == ["YES"] * 6


def test_a_marking_can_be_kept():
    assert [one.text for one in tidy(read(SPLIT), keep=["page mark"]).set_aside] == []


def test_bounded_rows_and_ruling_lines_are_a_table():
    document = tidy(read("| Ref | Title |\n|---|---|\n| A1 | First |\n"))
    assert [row.texts for row in document.tables[0].rows] == [("Ref", "Title"), ("A1", "First")]


def test_blocks_come_in_the_order_printed():
    kinds = [type(block) for block in read("One\n\nA\tB\n\nTwo\n").blocks]
    assert kinds == [Paragraph, Table, Paragraph]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding):
    assert read_document("Café – £5".encode(encoding), "a.txt").paragraphs[0].text == "Café – £5"


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.txt", "a.txt is empty."),
        (b"text", "a.xyz", "a.xyz ends in .xyz."),
        (b"\x01\x02\x03\x04" * 9, "", "The file holds no readable text."),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_accepted(content, name, message):
    with pytest.raises(UnreadableFile) as refused:
        read_document(content, name)
    assert str(refused.value) == f"{message} Accepted are {ACCEPTED}."


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFile, match=r"gone\.txt cannot be opened"):
        read_document(tmp_path / "gone.txt")


def test_the_document_knows_its_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words")
    assert read_document(path).source == {
        "file": "a.txt",
        "sha256": "0a8be89a52a87051cb7e735ea1fee01c553a1cac1cb77318c9d6aa407ff51e51",
    }
