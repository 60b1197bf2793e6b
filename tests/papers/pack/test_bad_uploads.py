import io

import pikepdf
import pytest

from candour.kernel.papers.pack import PackRefused, Upload, compile_pdf
from tests.intake.makers import compound
from tests.papers.pack.makers import FRONT, changed, others_ua, own_pdf, part, short, sized, upload, word_file
from tests.papers.reading import pages


def refused(content: bytes, name: str) -> str:
    """What a person is told, which begins with the name of the file."""
    with pytest.raises(PackRefused) as error:
        upload(content, name)
    assert error.value.name == name
    return str(error.value)


def locked(**words) -> bytes:
    return changed(own_pdf(), lambda _pdf: None, encryption=pikepdf.Encryption(**words))


def test_a_broken_pdf_is_refused_by_its_name():
    whole = others_ua()
    for broken in (whole[: len(whole) // 2], b"%PDF-1.7\nnothing", whole.replace(b"startxref", b"startless")):
        assert refused(broken, "audit.pdf") == (
            "audit.pdf is damaged, or only part of it arrived: it cannot be opened. Ask for it again, or print it to a new PDF."
        )


def test_a_pdf_behind_a_password_is_refused_by_its_name():
    assert refused(locked(user="secret", owner="secret"), "budget.pdf") == (
        "budget.pdf is locked with a password. Save it without one, and choose it again."
    )


def test_a_pdf_that_may_not_be_changed_is_refused_by_its_name():
    assert refused(locked(user="", owner="secret"), "budget.pdf") == (
        "budget.pdf is protected against being put together with others. Ask for a copy without protection."
    )


def test_a_word_file_behind_a_password_is_refused_by_its_name():
    content = compound({"EncryptionInfo": b"x" * 5000, "EncryptedPackage": b"x" * 5000})
    assert refused(content, "plan.docx") == (
        "plan.docx is protected by a password. Open it, save it without one, and choose it again."
    )


def test_a_broken_word_file_is_refused_by_its_name():
    assert refused(word_file()[:2000], "plan.docx").startswith("plan.docx is damaged")


def test_a_file_under_the_name_of_another_kind_is_refused():
    assert refused(others_ua(), "audit.docx") == (
        "audit.docx is a PDF, and its name ends in .docx. Call it audit.pdf if it is the right file, and choose it again."
    )
    assert refused(word_file(), "budget.pdf").startswith("budget.pdf is a Word document, and its name ends in .pdf.")
    assert refused(word_file(), "budget").startswith("budget is a Word document, and its name ends in nothing.")


def test_a_file_of_another_kind_is_refused():
    assert refused(b"a,b\n1,2\n3,4\n", "figures.csv") == "figures.csv is CSV. A pack takes PDF (.pdf) and Word (.docx)."
    assert refused(b"\x89PNG\r\n" + b"x" * 50, "chart.png").startswith("chart.png is a picture")
    assert refused(b"", "nothing.pdf").startswith("nothing.pdf is empty")


def test_a_file_that_went_bad_after_it_was_taken_stops_the_pack_and_nothing_is_made():
    bad = Upload(b"%PDF-1.7\nnothing", "audit.pdf", "https://example.org/audit.pdf")
    with pytest.raises(PackRefused, match=r"^audit\.pdf is damaged") as error:
        compile_pdf(FRONT, [part("plan", short()), part("audit", bad)])
    assert error.value.name == "audit.pdf"


def test_a_file_of_more_pages_than_a_pack_takes_is_refused():
    assert (
        refused(sized(3001), "atlas.pdf")
        == "atlas.pdf has 3,001 pages. The most that a pack takes of one file is 3,000."
    )


def test_a_page_without_a_size_is_refused():
    def shrink(pdf):
        pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 1, 1])

    assert refused(changed(own_pdf(), shrink), "odd.pdf").startswith("odd.pdf is not taken: page 1 is no page")


def test_tags_that_run_in_a_circle_are_not_believed_and_the_pages_come_along():
    def tangle(pdf):
        root = pdf.Root.StructTreeRoot
        first = root.K[0]
        first.K.append(first)

    found = compile_pdf(FRONT, [part("a", upload(changed(others_ua(), tangle), "a.pdf"))])
    assert found.not_accessible[0].why == "its tags do not read (Tangled)"
    assert "Opinion: substantial" in " ".join(pages(found.content)[1].split())


def test_a_form_is_printed_as_it_is_filled_in():
    def add(pdf):
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("name"),
                V=pikepdf.String("Filled in"),
                DA=pikepdf.String("/Helv 12 Tf 0 g"),
                Rect=pikepdf.Array([100, 300, 300, 320]),
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([field]), DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        )

    found = compile_pdf(FRONT, [part("a", upload(changed(sized(), add), "form.pdf"))])
    assert "Filled in" in pages(found.content)[1]
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        assert "/AcroForm" not in pdf.Root
