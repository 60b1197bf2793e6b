import io
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.kernel.evidence import kinds
from candour.kernel.rules import Refused
from tests.evidence import samples

LIMIT = 25 * 1024 * 1024
WRONG = "Check that you chose the right file"


def look(name: str, content: bytes, limit: int = LIMIT) -> str:
    """The kind's name, or how the file is refused."""
    try:
        return kinds.look(kinds.clean_name(name), io.BytesIO(content), size=len(content), limit=limit).name
    except Refused as refused:
        return refused.message


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", samples.PDF, "PDF"),
        ("Report.PDF", samples.PDF, "PDF"),
        ("minutes.docx", samples.DOCX, "Word"),
        ("spend.xlsx", samples.XLSX, "Excel"),
        ("spend.csv", "Ref,£\r\nR1,1\r\n".encode(), "CSV"),
        ("spend.csv", "Ref,£\r\nR1,1\r\n".encode("cp1252"), "CSV"),
        ("spend.csv", "Ref,£\r\n".encode("utf-16"), "CSV"),
        ("note.txt", b"\xef\xbb\xbfIt is < 5 and <b is fine>.", "Text"),
        ("photo.png", samples.PNG, "Picture"),
        ("photo.jpg", samples.JPG, "Picture"),
        ("photo.jpeg", samples.JPG, "Picture"),
        ("signed.eml", samples.EML, "E-mail"),
        ("signed.msg", samples.MSG, "E-mail"),
    ],
)
def test_a_file_is_taken_when_its_content_is_what_its_name_says(name: str, content: bytes, kind: str) -> None:
    assert look(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("report.pdf", samples.PNG, f"The name ends in .pdf, but its content looks like .png. {WRONG}"),
        ("photo.png", samples.PDF, f"The name ends in .png, but its content looks like .pdf. {WRONG}"),
        ("report.pdf", b" " + samples.PDF, f"The name ends in .pdf, but its content is of another kind. {WRONG}"),
        ("note.txt", samples.PDF[:5] + b"\x00\x01", f"The name ends in .txt, but its content looks like .pdf. {WRONG}"),
        (
            "minutes.docx",
            samples.XLSX,
            "The name ends in .docx, but its content is of another kind. Check that its name ends as its content is",
        ),
        (
            "minutes.docx",
            samples.COMPOUND,
            "The name ends in .docx, but it has a password, or is of the old kind."
            " Save it as a new file without a password",
        ),
        (
            "minutes.docx",
            samples.package(samples.WORD, word__vbaProject_dot_bin=b"x"),
            "The name ends in .docx, but it holds macros. Save it without macros and choose that file",
        ),
        (
            "spend.xlsx",
            samples.package("", content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            "The name ends in .xlsx, but it holds macros. Save it without macros and choose that file",
        ),
        (
            "minutes.docx",
            samples.DOCX[:-30],
            "The name ends in .docx, but its package is damaged or far larger inside than out."
            " Save it again in Word or Excel",
        ),
        (
            "minutes.docx",
            samples.damaged(),
            "The name ends in .docx, but its package is damaged. Open it, save it again and choose it again",
        ),
        (
            "minutes.docx",
            samples.bomb(2**31),
            "The name ends in .docx, but it is far larger inside than out. Save it again in Word or Excel",
        ),
        (
            "page.txt",
            b"\n <!DOCTYPE html><script>alert(1)</script>",
            "The name ends in .txt, but its content is a web page or a drawing. Print it to PDF and choose that file",
        ),
        (
            "drawing.csv",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">',
            "The name ends in .csv, but its content is a web page or a drawing. Print it to PDF and choose that file",
        ),
        (
            "page.txt",
            "<html>".encode("utf-16"),
            "The name ends in .txt, but its content is a web page or a drawing. Print it to PDF and choose that file",
        ),
        ("note.eml", b"Hello\r\n", "The name ends in .eml, but its content is not an e-mail"),
        (
            "note.msg",
            samples.COMPOUND,
            "The name ends in .msg, but its content is not an e-mail. Save it from Outlook again",
        ),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes, message: str) -> None:
    assert look(name, content) == message


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("page.html", " Print it to PDF"),
        ("drawing.svg", " Print it to PDF"),
        ("setup.exe", ""),
        ("report.pdf.exe", ""),
        ("script.js", ""),
        ("no ending", ""),
        (".pdf", ""),
        ("minutes.docm", " It may hold macros: save it without macros"),
        ("minutes.doc", " Save it as Word (.docx) or PDF"),
        ("spend.xls", " Save it as Excel (.xlsx) or CSV"),
        ("all.zip", " Take the files out and add them one by one"),
        ("photo.heic", " Save the picture as JPG or PNG"),
    ],
)
def test_other_kinds_are_refused_and_the_message_says_what_to_do(name: str, mend: str) -> None:
    taken = "Choose a file of kind PDF, Word (.docx), Excel (.xlsx), CSV, text, PNG, JPG or e-mail (.eml, .msg)."
    assert look(name, samples.PDF) == taken + mend


def test_a_program_is_refused_under_every_name() -> None:
    assert {look(f"x{ending}", samples.EXE)[:17] for ending in kinds.ENDINGS} == {"The name ends in "}


def test_empty_files_and_those_over_the_limit_are_refused() -> None:
    assert look("report.pdf", b"") == "The file is empty. Choose another"
    over = samples.PDF + b" " * (2 * 1024 * 1024)
    assert look("report.pdf", over, limit=1024 * 1024) == "The file has 2.0 MB. Choose one of 1 MB or less"


def test_nothing_that_swells_is_unpacked() -> None:
    swollen, crowd = samples.swollen_list(200_000_000), samples.crowded(30_000)
    tracemalloc.start()
    before = time.perf_counter()
    said = [look("a.docx", swollen), look("b.docx", crowd)]
    took, (_, peak) = time.perf_counter() - before, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == [
        "The name ends in .docx, but its content is of another kind. Check that its name ends as its content is",
        "The name ends in .docx, but its package is damaged or far larger inside than out."
        " Save it again in Word or Excel",
    ]
    assert peak < 20_000_000, f"{peak} bytes, {took} s"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        ("../../etc/report.pdf", "report.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("re\x00po\nrt.pdf", "report.pdf"),
        ("  Café “minutes”.docx ", "Café “minutes”.docx"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_names_are_kept_without_folders_and_without_what_cannot_be_seen(given_name: str, kept: str) -> None:
    assert kinds.clean_name(given_name) == kept


@given(name=st.sampled_from(["x" + ending for ending in kinds.ENDINGS]), content=st.binary(min_size=1, max_size=300))
def test_any_content_is_taken_or_refused_with_a_message(name: str, content: bytes) -> None:
    assert look(name, content)


@given(at=st.integers(0, len(samples.DOCX) - 1), byte=st.integers(0, 255))
def test_a_package_damaged_anywhere_is_taken_or_refused_with_a_message(at: int, byte: int) -> None:
    content = bytearray(samples.DOCX)
    content[at] = byte
    assert look("x.docx", bytes(content))
