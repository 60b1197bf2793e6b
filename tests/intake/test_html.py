"""The HTML reader, on pages of the kinds that systems and word processors write."""

import pytest

from candour.kernel.intake.document import UnreadableFile
from candour.kernel.intake.htmlfile import HIDDEN, read_html
from candour.kernel.intake.tidy import MARKING, tidy
from tests.intake.makers import paragraphs, shape, spans


def read(body: str):
    return read_html(
        f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>".encode(), name="p.html"
    )


# 1: a page of a risk system


SYSTEM = """
<nav><a href="/">Home</a></nav>
<h1>Risk register</h1><script>var a = "no words";</script><style>p { color: red }</style>
<p>There are <b>2</b> risks,<br>one of them new.</p>
<dl><dt>Owner</dt><dd>Chief Executive</dd><dt>As at</dt><dd>26 October 2023</dd></dl>
<table><caption>Live risks</caption>
<thead><tr><th rowspan=2>Ref</th><th colspan=2>Residual</th></tr><tr><th>Impact</th><th>Likelihood</th></tr></thead>
<tbody><tr><td>A1</td><td>4</td><td>3</td></tr></tbody></table>
<p style="display:none">Unseen.</p><p hidden>Unseen too.</p>
"""


def test_a_page_is_read_in_its_order_without_scripts_and_hidden_parts():
    found = read(SYSTEM)
    assert shape(found) == [
        ("paragraph", "Home"),
        ("heading", "Risk register"),
        ("paragraph", "There are 2 risks,"),
        ("paragraph", "one of them new."),
        [["Owner", "Chief Executive"], ["As at", "26 October 2023"]],
        ("heading", "Live risks"),
        [["Ref", "Residual", ""], ["", "Impact", "Likelihood"], ["A1", "4", "3"]],
    ]
    assert [(one.text, one.why) for one in found.set_aside] == [("Unseen.", HIDDEN), ("Unseen too.", HIDDEN)]


def test_rows_and_columns_that_a_cell_is_printed_over_are_known():
    assert spans(read(SYSTEM).tables[1])[:2] == [
        [("Ref", 1, 2), ("Residual", 2, 1), ("", 0, 1)],
        [("", 1, 0), ("Impact", 1, 1), ("Likelihood", 1, 1)],
    ]


def test_a_place_is_told_by_the_heading_above_it():
    found = read(SYSTEM)
    assert str(found.tables[1].rows[2].place) == "Table 2, row 3, under “Risk register”"


# 2: a page saved by a word processor


def test_lists_in_cells_keep_their_depth_and_numbers():
    cell = (
        "<ul><li>One<ul><li>inner</li></ul></li><li><p>Two</p><p>more</p></li></ul><ol type=a start=3><li>x<li>y</ol>"
    )
    found = read(f"<table><tr><td>Controls<td>{cell}</table>").tables[0].rows[0].cells[1]
    assert [(one.kind, one.marker, one.depth, one.text) for one in found.items] == [
        ("item", "•", 0, "One"),
        ("item", "•", 1, "inner"),
        ("item", "•", 0, "Two"),
        ("paragraph", "", 0, "more"),
        ("item", "c.", 0, "x"),
        ("item", "d.", 0, "y"),
    ]


def test_the_look_of_words_is_kept_as_marks():
    cells = (
        "<td><del>a</del><td><s>b</s><td><span style='text-decoration:line-through'>c</span>"
        "<td style='color:#c00000'>d<td style='background:rgb(255, 192, 0)'>e<td><font color=red>f</font>"
        "<td><del>12</del> 8<td><mark>g</mark>"
    )
    found = read(f"<table><tr>{cells}</table>").tables[0].rows[0].cells
    assert [cell.marks for cell in found] == [
        ("strike",), ("strike",), ("strike",), ("colour:red",), ("fill:amber",), ("colour:red",), (),
        ("highlight:yellow",),
    ]  # fmt: skip
    assert found[6].items[0].struck == "12"


def test_bold_lines_are_headings_and_typed_numbers_are_numbers():
    found = paragraphs(
        read("<p><b>Summary</b></p><p>3. There are 4 risks.</p><div><span>4.</span><p>More words.</p></div>")
    )
    assert [(one.kind, one.number, one.text) for one in found] == [
        ("heading", "", "Summary"),
        ("paragraph", "3", "There are 4 risks."),
        ("paragraph", "4", "More words."),
    ]


def test_a_number_that_nothing_follows_is_kept():
    assert shape(read("<p>4.</p><table><tr><td>a<td>b</table><p>5.</p>")) == [
        ("paragraph", "4."),
        [["a", "b"]],
        ("paragraph", "5."),
    ]


# 3: a page laid out in tables


def test_a_page_laid_out_in_a_frame_is_read_as_if_the_frame_were_not_there():
    body = "<table><tr><td><h2>Register</h2><table><tr><td>Ref<td>Title</table><p>End of it.</p></td></tr></table>"
    assert shape(read(body)) == [("heading", "Register"), [["Ref", "Title"]], ("paragraph", "End of it.")]


def test_a_table_in_a_cell_keeps_its_rows():
    body = "<table><tr><td>Score<td>now<table><tr><td>Impact<td>4</table>then</table>"
    cell = read(body).tables[0].rows[0].cells[1]
    assert (cell.text, [one.text for one in cell.items]) == ("now Impact 4 then", ["now", "Impact | 4", "then"])


def test_spans_that_overlap_or_claim_too_much_cover_what_there_is():
    rows = spans(read("<table><tr><td rowspan=0>a<td colspan=99999>b<tr><td rowspan=9>c</table>").tables[0])
    assert [row[0] for row in rows] == [("a", 1, 2), ("", 1, 0)]
    assert (rows[1][1][0], len(rows[0]), len(rows[1])) == ("c", 1001, 1001)


def test_running_headers_of_a_page_are_markings():
    found = tidy(read("<header>OFFICIAL</header><main><p>Words.</p></main><footer>OFFICIAL</footer>"))
    assert shape(found) == [("paragraph", "Words.")]
    assert [one.why for one in found.set_aside] == [MARKING, MARKING]


# 4: encodings and damage


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1251", "windows-1251"),
    ],
)
def test_every_usual_encoding_is_read(encoding, said):
    words = "Дом" if encoding == "cp1251" else "Café – £5"
    meta = f'<meta charset="{said}">' if said else ""
    assert shape(read_html(f"<html><head>{meta}</head><p>{words}</p></html>".encode(encoding))) == [
        ("paragraph", words)
    ]


def test_tags_that_do_not_close_lose_no_words():
    assert shape(read("<p>One<p>Two<div>Three<b>bold")) == [("paragraph", word) for word in ("One", "Two", "Threebold")]


def test_a_form_shows_what_was_filled_in():
    body = '<p>Score: <input value="12"> <select><option>Low<option selected>High</select> <input type=checkbox checked></p>'
    assert shape(read(body)) == [("paragraph", "Score: 12 High ☒")]


def test_a_page_nested_without_end_is_refused():
    with pytest.raises(UnreadableFile, match="nested"):
        read("<div>" * 5000 + "x")
    with pytest.raises(UnreadableFile, match="more than 20 deep"):
        read("<table><tr><td>a<td>" * 30 + "x")


def test_words_that_screen_readers_alone_are_given_are_not_seen():
    assert shape(read('<p>Change<span class="govuk-visually-hidden"> the owner</span></p>')) == [
        ("paragraph", "Change")
    ]
