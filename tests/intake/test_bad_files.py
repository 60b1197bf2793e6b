"""Files that are no papers, or that are made to overwhelm a reader: each refused in words, soon, with nothing read."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from candour.kernel.intake.cells import blocks_of
from candour.kernel.intake.document import NOWHERE
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.intake.sniff import ACCEPTED, MISNAMED, read_here
from tests.intake.makers import compound, p, relations, shape, tbl, tc, tr, unzipped, word, zipped

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


def refused(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as found:
        read_here(content, name)
    return str(found.value)


def book(*values: object) -> bytes:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(list(values))
    made.save(out)
    return out.getvalue()


def changed(source: bytes, part: str, before: bytes, after: bytes) -> bytes:
    parts = unzipped(source)
    assert before in parts[part]
    return zipped({**parts, part: parts[part].replace(before, after, 1)})


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.docx", "a.docx is empty."),
        (b" \r\n", "a.csv", "a.csv is empty."),
        (b"{\\rtf1 words}", "a.docx", "a.docx is a rich text file (RTF): open it in Word and save it as .docx."),
        (b"\x89PNG\r\n", "a.docx", "a.docx is a picture: nothing in it can be read as text."),
        (b"\x01\x02\x03\x04" * 9, "a.xlsx", "a.xlsx holds no readable text."),
        (b"words", "a.xyz", "a.xyz ends in .xyz."),
        (zipped({"a.txt": "words"}), "a.zip", "a.zip is a zipped folder: unpack it and choose the paper in it."),
        (zipped({"ppt/presentation.xml": "x"}), "a.pptx", "a.pptx is a PowerPoint presentation."),
        (b"<?xml version='1.0'?><a>b</a>", "", "The file is an XML file."),
        (b"MIME-Version: 1.0\n", "a.mht", "a.mht is a web archive: save it as .html or .xlsx."),
        (compound({"Other": b""}), "a.doc", "a.doc is an old Office file that cannot be read."),
    ],
)
def test_what_is_no_paper_is_told_what_it_is_and_what_is_accepted(content, name, message):
    assert refused(content, name) == f"{message} Accepted are {ACCEPTED}."


def test_an_old_word_file_is_told_how_to_be_saved():
    said = "a.doc is a Word document of the old kind (.doc): open it in Word and save it as .docx."
    assert refused(compound({"WordDocument": b"x" * 5000}), "a.doc") == said


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_office_file_behind_a_password_says_so(name):
    said = f"{name} is protected by a password. Open it, save it without one, and choose it again."
    assert refused(compound({"EncryptionInfo": b"x" * 5000, "EncryptedPackage": b"x" * 5000}), name) == said


def test_an_opendocument_workbook_behind_a_password_says_so():
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    source = zipped({"mimetype": mime, "META-INF/manifest.xml": "<x encryption-data=''/>", "content.xml": "\x01"})
    assert refused(source, "a.ods") == "a.ods is protected by a password. Save it without one."


def test_a_zip_behind_a_password_says_so():
    source = bytearray(word(p("Words.")))
    at = 0
    while (at := source.find(b"PK\x01\x02", at)) >= 0:
        source[at + 8] |= 1
        at += 4
    assert refused(bytes(source), "a.docx") == "a.docx is protected by a password. Save it without one."


@pytest.mark.parametrize("make", [lambda: word(p("Words.")), lambda: book("A1")])
def test_a_file_cut_off_on_its_way_is_damaged(make):
    assert "is damaged: it was cut off or changed on its way" in refused(make()[:-40], "a.docx")


def test_a_part_that_was_changed_on_its_way_is_damaged():
    source = bytearray(zipped(unzipped(word(p("Words."))), packing=zipfile.ZIP_STORED))
    source[source.find(b"Words.")] ^= 1
    assert refused(bytes(source), "a.docx").startswith("a.docx is damaged (word/document.xml).")


def test_xml_that_does_not_close_is_damaged_and_says_which_part():
    assert refused(changed(word(p("x")), "word/document.xml", b"</w:p>", b""), "a.docx").startswith(
        "a.docx is damaged (word/document.xml)."
    )


# Files made to overwhelm


@pytest.mark.parametrize(
    ("source", "part"),
    [(word(p("x")), "word/document.xml"), (book("x"), "xl/workbook.xml"), (book("x"), "xl/worksheets/sheet1.xml")],
)
def test_entities_are_refused_whatever_they_would_bring(source, part):
    parts = unzipped(source)
    bomb = zipped({**parts, part: ENTITIES.encode() + parts[part].split(b"?>", 1)[-1]})
    assert refused(bomb, "a").startswith(f"a is not read: {part} in it declares entities")


def test_entities_in_a_page_are_not_followed():
    found = read_here(f"{ENTITIES.replace('x [', 'html [')}<html><p>&f;&b;words</p></html>".encode(), "a.html")
    assert "root:" not in str(shape(found))


def test_a_part_that_unpacks_to_many_times_its_size_is_refused_before_it_is_unpacked():
    bomb = zipped({**unzipped(word(p("x"))), "word/media/a.bin": b"\x00" * 30_000_000})
    assert refused(bomb, "a.docx").startswith(
        "a.docx is not read: word/media/a.bin in it unpacks to more than 400 times"
    )


def test_a_file_of_too_many_parts_is_refused():
    bomb = zipped({**unzipped(word(p("x"))), **{f"word/{n}.xml": "" for n in range(5001)}})
    assert "parts; at most 400 MB in 5,000 parts can be read. Split it." in refused(bomb, "a.docx")


def test_a_size_that_is_stated_too_small_gives_no_more_than_that():
    source = bytearray(word(p("word " * 1000)))
    at = source.find(b"PK\x01\x02", source.rfind(b"PK\x03\x04"))
    while at >= 0:
        source[at + 24 : at + 28] = (50).to_bytes(4, "little")
        at = source.find(b"PK\x01\x02", at + 4)
    assert "is damaged" in refused(bytes(source), "a.docx")


def test_tables_within_tables_without_end_are_refused_with_their_place():
    body = p("x")
    for _ in range(30):
        body = tbl(tr(tc(body), "x"))
    assert "tables stand within tables more than 20 deep. Take them apart." in refused(word(body), "a.docx")
    for _ in range(1000):
        body = tbl(tr(tc(body)))
    assert refused(word(body), "a.docx").startswith("a.docx is not read: word/document.xml in it is nested deeper than")


def test_frames_within_frames_without_end_are_refused():
    body = tbl(tr("a", "b"))
    for _ in range(70):
        body = tbl(tr(tc(body)))
    assert "is not read" in refused(word(body), "a.docx")


def test_a_cell_of_ten_megabytes_is_refused_with_its_place():
    text = " ".join(map(str, range(1_500_000)))
    signs = f"{len(text):,}"
    said = refused(word(p("Under it") + tbl(tr("A1", text))), "a.docx")
    assert said.startswith("a.docx is not read: word/document.xml in it holds a text of more than 10 million signs.")
    said = refused(f'Ref,Title\nA1,"{text}"\n'.encode(), "a.csv")
    assert said == f"a.csv is not read: Row 2 holds a text of {signs} signs, at most 1,000,000 are read. Shorten it."
    said = refused(f"<p>a</p><table><tr><td>a<td>{text}</table>".encode(), "a.html")
    assert f"Table 1, row 1, under “the start of the paper” holds a text of {signs} signs" in said


def test_a_table_merged_over_millions_of_cells_is_refused():
    cells = "<td colspan=16000>a" * 10
    assert "more than 3,000,000 cells" in refused(f"<table>{f'<tr>{cells}' * 301}</table>".encode(), "a.html")


# Names that say something else


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (word(tbl(tr("A1", "One"))), "register.xlsx", "register.xlsx is a Word document"),
        (book("A1", "One"), "register.docx", "register.docx is an Excel workbook"),
        (b"<html><table><tr><td>A1<td>One</table></html>", "export.xls", "export.xls is a web page"),
        (b"A1\tOne\r\n", "export.xls", "export.xls is text"),
    ],
)
def test_a_file_is_read_as_what_it_is_and_the_difference_is_told(content, name, told):
    found = read_here(content, name)
    assert [(one.text, one.why) for one in found.set_aside] == [(told, MISNAMED)]
    assert shape(found) == [[["A1", "One"]]]


# The process that reads


def test_a_file_is_read_in_a_process_of_its_own_and_comes_back_whole():
    source = word(p("Words.") + tbl(tr("A1", "One")))
    found = read_document(source, "a.docx")
    assert (found.blocks, found.set_aside) == (read_here(source, "a.docx").blocks, ())
    assert found.source["file"] == "a.docx"
    assert len(found.source["sha256"]) == 64


def test_what_the_process_refuses_is_refused_in_its_words():
    with pytest.raises(UnreadableFile, match=r"a\.docx is damaged: it was cut off"):
        read_document(word(p("x"))[:-30], "a.docx")


def test_a_file_that_takes_too_much_memory_or_time_is_refused():
    source = word("".join(p(str(n)) for n in range(100_000)))
    with pytest.raises(UnreadableFile, match=r"a\.docx is not read: it would take more than 100 MB"):
        read_document(source, "a.docx", memory=100 * 1024**2)
    with pytest.raises(UnreadableFile, match=r"a\.docx is not read: it would take more than (1,024 MB or 1|2) seconds"):
        read_document(source, "a.docx", seconds=1)


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a" * 2_000_000)
    for source, name in ((path, ""), (path.read_bytes(), "a.csv")):
        with pytest.raises(UnreadableFile, match=r"^a\.csv is too large: 2 MB, at most 1 MB are read\. Split it\.$"):
            read_document(source, name, limit=1024**2)


def test_an_odd_name_stops_nothing():
    assert read_document(word(p("Words.")), "a\x00\ud800b.docx").name == "a ?b.docx"


# Anything at all


STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"<table>", b"\xff\xfe"]
)
NAMES = st.sampled_from(["", "a.docx", "a.xlsx", "a.xls", "a.ods", "a.html", "a.csv", "a.txt", "a.xyz"])


@settings(max_examples=300, deadline=None)
@given(STARTS, st.binary(max_size=600), NAMES)
@example(b"", b"\xef\xbb\xbf", "a.html")
@example(b"<table>", b"<tr><td rowspan=99999999999>", "a.html")
def test_any_bytes_are_read_or_refused(start, content, name):
    try:
        read_here(start + content, name)
    except UnreadableFile as error:
        assert str(error)  # noqa: PT017


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_to_a_file_is_read_or_refused(data):
    source = bytearray(data.draw(st.sampled_from([WORD, BOOK, OLD])))
    for _ in range(data.draw(st.integers(1, 8))):
        source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_here(bytes(source), "a.bin")
    except UnreadableFile as error:
        assert str(error)  # noqa: PT017


def _old() -> bytes:
    from tests.intake.makers import old_workbook

    return old_workbook([["A1", 4.0]])


WORD = zipped(unzipped(word(p("Words.") + tbl(tr("a", "b")))), packing=zipfile.ZIP_STORED)
BOOK = zipped(unzipped(book("A1", 4)), packing=zipfile.ZIP_STORED)
OLD = _old()


def sheet_of(rows: bytes) -> bytes:
    """The smallest workbook that has a sheet of these rows."""
    parts = unzipped(book("Reference"))
    before, after = parts["xl/worksheets/sheet1.xml"].split(b"</sheetData>")
    return zipped({**parts, "xl/worksheets/sheet1.xml": before + rows + b"</sheetData>" + after})


def test_more_rows_than_a_sheet_can_have_are_refused_with_what_to_do():
    rows = b"".join(b'<row r="%d"/>' % n for n in range(2, 1_048_579))
    said = refused(sheet_of(rows), "a.xlsx")
    assert said.startswith(
        "a.xlsx is not read: sheet Sheet, row 1048577. The workbook writes down more than 1,048,576 rows"
    )
    assert said.endswith("delete them and save it again, or save the sheet as CSV.")


def test_empty_rows_that_a_program_wrote_down_hold_nothing():
    rows = b"".join(b'<row r="%d"><c r="A%d"/><c r="B%d" s="0"/></row>' % (n, n, n) for n in range(2, 2000))
    assert shape(read_here(sheet_of(rows), "a.xlsx")) == [[["Reference"]]]


def test_one_limit_holds_for_every_paper_that_is_read(settings, tmp_path):
    settings.FILE_LIMIT = 1024**2
    paper = tmp_path / "a.txt"
    paper.write_bytes(b"Risk register\n" * 80_000)
    for source in (paper, paper.read_bytes()):
        with pytest.raises(UnreadableFile) as found:
            read_document(source, "a.txt")
        assert str(found.value) == "a.txt is too large: 1 MB, at most 1 MB are read. Split it."


@pytest.mark.parametrize("name", ["a.docm", "a.xlsm"])
def test_a_file_with_macros_is_read_and_told_that_they_are_not_run(name):
    source = word(p("Words."), vbaProject="") if name == "a.docm" else book("Words.")
    if name == "a.xlsm":
        told = relations({"m": "vbaProject vbaProject.bin"}).split(">", 1)[1].encode()
        source = changed(source, "xl/_rels/workbook.xml.rels", b"</Relationships>", told)
    found = read_document(source, name)
    assert [one.why for one in found.set_aside] == ["Macros are neither run nor read"]


def test_a_bullet_that_nothing_follows_stays_where_it_was_printed():
    said = {
        text: [(one.marker, one.text, one.raw) for one in blocks_of(text, NOWHERE)]
        for text in ("word•", "• one •", "➤ •0")
    }
    assert said == {
        "word•": [("", "word•", "word•")],
        "• one •": [("•", "one", "one •")],
        "➤ •0": [("•", "0", "➤•0")],
    }


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(UnreadableFile) as refused:
            read_document(path)
        assert str(refused.value) == f"{path.name} is no file: name the paper itself. Accepted are {ACCEPTED}."
