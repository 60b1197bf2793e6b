"""PDFs that cannot be read, or not whole: each says why, and what to do."""

import io
import zlib

import pypdf
import pytest
import typst

from candour.kernel.intake.document import UnreadableFile
from candour.kernel.intake.pdf import read_pdf
from candour.kernel.intake.readers import read_document
from tests.intake.typeset import PAGE, pdf, said, written

WORDS = "The panel considers the register each quarter, and asks whether the controls are in place."


def raw_pdf(*objects: bytes) -> bytes:
    """A file of numbered objects, the first its catalogue."""
    found, places = b"%PDF-1.7\n", []
    for n, one in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (n, one)
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    found += b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(more: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % more
    )


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_pdf(content, name="paper.pdf")
    return str(refused.value)


@pytest.fixture(scope="module")
def scan(tmp_path_factory) -> bytes:
    """A page of text as a picture."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "page.png").write_bytes(typst.compile((PAGE + WORDS).encode(), format="png", ppi=60))
    source = '#set page(paper: "a4", margin: 0cm)\n#image("page.png", width: 100%)'
    return typst.compile(source.encode(), root=str(folder), format="pdf")


def test_a_scan_says_that_it_holds_pictures_and_what_to_do(scan):
    assert refusal(scan) == (
        "paper.pdf holds pictures of text (a scan), not text. Ask for the Word file, or save it as a PDF with text, or have "
        "a program recognise its text first."
    )


def test_a_scanned_page_among_others_is_set_aside(scan):
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(f"{WORDS}\n#pagebreak()\n{WORDS}"))))
    writer.append(pypdf.PdfReader(io.BytesIO(scan)))
    document = read_pdf(written(writer))
    assert [(str(one.place), one.text) for one in document.set_aside] == [("Page 3", "A picture")]


def test_words_recognised_over_a_scan_are_read_and_told_to_be_compared():
    content = raw_pdf(
        CATALOGUE, PAGES, page(), stream(b"BT 3 Tr /F1 12 Tf 72 700 Td (The register as it was read) Tj ET"), FONT
    )
    document = read_pdf(content)
    assert said(document) == [("paragraph", "The register as it was read")]
    assert "compare them" in document.set_aside[0].why


def test_an_empty_page_holds_no_text():
    assert refusal(pdf("")) == "paper.pdf holds no text. Ask for the Word file, or save it as a PDF with text."


def test_an_encrypted_file_says_so():
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(WORDS))))
    writer.encrypt("secret", algorithm="RC4-128")
    assert refusal(written(writer)) == "paper.pdf is locked with a password. Save it without one, and try again."


def test_a_file_that_only_its_owner_may_change_is_read():
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(WORDS))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    assert said(read_pdf(written(writer))) == [("paragraph", WORDS)]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95])
def test_a_file_cut_short_is_refused_or_says_that_it_is(share):
    content = pdf("\n#pagebreak()\n".join([WORDS] * 9), tagged=True)
    cut = content[: int(share * len(content))]
    try:
        told = read_pdf(cut, name="paper.pdf").set_aside[-1].why
    except UnreadableFile as refused:
        told = str(refused)
    assert "damaged" in told or "before its end" in told or "no text" in told


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n" + b"junk " * 500, b"%PDF-", raw_pdf(CATALOGUE), raw_pdf(b"<< >>", b"[]")]
)
def test_a_damaged_file_is_refused(content):
    assert refusal(content) == (
        "paper.pdf is damaged, or only part of it arrived: it cannot be opened. Ask for it again."
    )


def test_letters_without_a_meaning_are_refused():
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(WORDS))))
    for one in writer._objects:
        if isinstance(one, pypdf.generic.DictionaryObject):
            one.pop("/ToUnicode", None)
    assert refusal(written(writer)).startswith("paper.pdf does not tell what its letters mean")


def test_a_file_of_too_many_pages_is_refused():
    kids = b"<< /Type /Pages /Kids [%s] /Count 3001 >>" % (b"3 0 R " * 3001)
    content = raw_pdf(CATALOGUE, kids, page(), stream(b""), FONT)
    assert refusal(content) == "paper.pdf has 3,001 pages. The most that is read is 3,000."


def test_a_tree_of_pages_that_goes_round_is_refused():
    assert "damaged" in refusal(raw_pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"))


def test_a_drawing_that_holds_itself_ends():
    form = stream(b"/X Do BT /F1 12 Tf 72 700 Td (Again) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
                  b" /Resources << /XObject << /X 6 0 R >> /Font << /F1 5 0 R >> >>")  # fmt: skip
    content = raw_pdf(CATALOGUE, PAGES, page(b"/XObject << /X 6 0 R >>"), stream(b"/X Do"), FONT, form)
    assert {text for _kind, text in said(read_pdf(content))} == {"Again"}


def test_deep_objects_are_no_harm():
    deep = b"[" * 20_000 + b"]" * 20_000
    content = raw_pdf(
        CATALOGUE, PAGES, page(b"/Deep 6 0 R"), stream(b"BT /F1 12 Tf 72 700 Td (The register) Tj ET"), FONT, deep
    )
    assert said(read_pdf(content)) == [("paragraph", "The register")]


def test_a_drawing_of_a_hundred_thousand_lines_is_no_table_and_no_harm():
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 840, n % 590 + 5, n % 840) for n in range(100_000))
    data = zlib.compress(b"BT /F1 12 Tf 72 700 Td (The register) Tj ET " + lines)
    content = raw_pdf(CATALOGUE, PAGES, page(), stream(data, b"/Filter /FlateDecode"), FONT)
    assert said(read_pdf(content)) == [("paragraph", "The register")]


def test_the_reader_is_found_by_the_content_whatever_the_name():
    content = pdf(WORDS)
    for name in ("paper.pdf", "paper", "paper.txt"):
        assert read_document(content, name).paragraphs[0].text == WORDS


def test_a_comment_and_an_answer_in_a_field_are_set_aside():
    note = b"<< /Type /Annot /Subtype /Text /Rect [72 600 90 620] /Contents (Is this right?) >>"
    answer = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Owner) /V (Chief Executive) /Rect [72 500 190 520] >>"
    first = page().replace(b"/Contents 4 0 R", b"/Contents 4 0 R /Annots [6 0 R 7 0 R]")
    content = raw_pdf(
        CATALOGUE, PAGES, first, stream(b"BT /F1 12 Tf 72 700 Td (The register) Tj ET"), FONT, note, answer
    )
    assert [one.text for one in read_pdf(content).set_aside] == ["Is this right?", "Owner: Chief Executive"]
