import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from candour.kernel.papers.document import Document
from candour.kernel.papers.pack import PackRefused, Part, Version, compile_pdf, supplement
from candour.kernel.papers.pack.parts import highest
from candour.kernel.papers.pdf import PaperFailed
from tests.papers.pack.makers import (
    FRONT,
    changed,
    mixed_parts,
    others_ua,
    own_pdf,
    paged,
    part,
    short,
    sized,
    upload,
    with_script,
    without_tags,
    word_file,
)
from tests.papers.pack.structure import claims, failures, troubles
from tests.papers.reading import missing, pages, squeezed
from tests.papers.samples import everything


@pytest.fixture(scope="module")
def pack():
    return compile_pdf(FRONT, mixed_parts())


def outline(content: bytes) -> list[tuple[str, int]]:
    """(title, page from 1) of the bookmarks at the top."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as held:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return [(item.title, places[item.destination[0].objgen]) for item in held.root]


def test_a_pack_of_computed_papers_and_accessible_uploads_is_accessible(pack):
    assert (pack.accessible, pack.not_accessible) == (True, ())
    assert claims(pack.content)
    assert failures(pack.content) == []
    assert troubles(pack.content) == []


def test_each_part_has_its_pages_in_order_and_its_bookmark(pack):
    assert pack.pages == {
        "": ("1", "1"),
        "register": ("2", "8"),
        "audit": ("9", "10"),
        "budget": ("11", "11"),
        "plan": ("12", "12"),
    }
    assert outline(pack.content) == [
        ("Contents", 1),
        ("4 Risk register", 2),
        ("5 Audit report", 9),
        ("6 Budget", 11),
        ("7 Plan", 12),
    ]


def test_every_page_bears_its_number_its_item_and_its_marking(pack):
    found = pages(pack.content)
    for number, text in enumerate(found, 1):
        assert f"Page {number}" in text
        assert " of 7" not in text
    assert all("Item 5: Audit report" in found[place] for place in (8, 9))
    assert all(found[place].count("OFFICIAL") == 2 for place in (8, 9))
    assert found[10].count("OFFICIAL-SENSITIVE") == 2


def test_the_stamps_are_decoration_that_no_screen_reader_reads(pack):
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        last = pdf.pages[9].obj.Contents[-1].read_bytes()
    assert b"/Artifact <</Type /Pagination>> BDC" in last
    assert b"MCID" not in last


def test_a_reader_calls_each_page_by_the_number_printed_on_it():
    old = compile_pdf(FRONT, [part("a", paged(2, "A")), part("b", paged(1, "B"))])
    new = compile_pdf(FRONT, [part("a", paged(3, "A")), part("b", paged(1, "B"))], previous_pages=old.labels)
    assert new.pages == {"": ("1", "1"), "a": ("2", "3.1"), "b": ("4", "4")}
    with pikepdf.open(io.BytesIO(new.content)) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "3.1", "4"]
    assert "Page 3.1" in pages(new.content)[3]


def test_a_part_taken_out_leaves_its_numbers_unused_and_the_contents_say_so():
    old = compile_pdf(FRONT, [part("a", paged(2, "A")), part("b", paged(1, "B"))])
    new = compile_pdf(FRONT, [part("b", paged(1, "B"))], previous_pages=old.labels)
    assert new.pages["b"] == ("4", "4")
    assert "Not used in this version: page 2 to 3." in " ".join(pages(new.content)[0].split())


def test_the_contents_name_every_part_with_its_pages_and_lead_there(pack):
    said = squeezed(pages(pack.content)[0])
    for words in ("4Riskregister", "2to8", "9to10", "Thursday26October2023,10am", "Firstissue."):
        assert words in said
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [link for link in pdf.pages[0].obj.Annots if "/Dest" in link]
        assert [places[link.Dest[0].objgen] for link in links] == [2, 2, 9, 9, 11, 11, 12, 12]
        assert str(links[2].Contents) == "5 Audit report, page 9"
        assert all("part.invalid" not in str(link.get("/A", {}).get("/URI", "")) for link in pdf.pages[0].obj.Annots)


def test_the_title_the_language_and_the_highest_marking_are_set(pack):
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        assert str(pdf.docinfo.Title) == FRONT.title
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        languages = {str(one.Lang) for one in pdf.Root.StructTreeRoot.K[0].K}
    assert languages == {"en-GB", "en"}
    assert highest(FRONT, tuple(mixed_parts())) == "OFFICIAL-SENSITIVE"
    assert pages(pack.content)[0].count("OFFICIAL-SENSITIVE") == 4


def test_the_same_pack_gives_the_same_bytes(pack):
    assert compile_pdf(FRONT, mixed_parts()).content == pack.content


def test_no_word_of_a_computed_paper_is_lost(pack):
    assert missing(everything(draft=False), "\n".join(pages(pack.content)[1:8])) == []


def test_no_word_of_an_uploaded_word_file_is_lost(pack):
    said = squeezed(pages(pack.content)[10])
    for words in (
        "Budget report", "Purpose", "To agree the budget for 2024/25.", "Pressures", "Pay awards", "Energy prices",
        "1.Agree the precept", "2.Note the reserves", "Head", "2023/24", "£81m", "£86m", "Fleet", "£5m",
        "Report of the chief finance officer", "Set from the Word file budget.docx",
    ):  # fmt: skip
        assert squeezed(words) in said


def test_an_upload_without_tags_is_merged_named_and_the_pack_claims_nothing():
    bare = upload(without_tags(own_pdf()), "scan.pdf")
    found = compile_pdf(FRONT, [part("plan", short()), part("scan", bare, heading="Old report", number="9")])
    assert not found.accessible
    assert not claims(found.content)
    assert [(one.key, one.name, one.link) for one in found.not_accessible] == [
        ("scan", "scan.pdf", "https://example.org/files/scan.pdf")
    ]
    assert troubles(found.content) == []
    assert outline(found.content)[-1] == ("9 Old report", 3)
    said = " ".join(pages(found.content)[0].split())
    assert "Papers that are not accessible" in said
    assert "9 Old report: scan.pdf (it does not say that it is PDF/UA)" in said
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        assert "https://example.org/files/scan.pdf" in [
            str(link.A.URI) for link in pdf.pages[0].obj.Annots if "/A" in link
        ]
    assert missing(everything(draft=False), "\n".join(pages(found.content)[2:])) == []


def test_a_claim_that_the_tags_do_not_bear_is_not_believed():
    def lose_a_tag(pdf):
        pdf.pages[0].obj.StructParents = 999

    liar = upload(changed(others_ua(), lose_a_tag), "liar.pdf")
    found = compile_pdf(FRONT, [part("liar", liar)])
    assert not found.accessible
    assert found.not_accessible[0].why == "it has marked content that no tag knows"
    assert not claims(found.content)
    assert troubles(found.content) == []


def test_tags_of_an_upload_that_claims_nothing_are_kept():
    found = compile_pdf(FRONT, [part("a", upload(others_ua(standard=None), "a.pdf"))])
    assert not found.accessible
    assert troubles(found.content) == []
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        kinds = {str(kid.S) for part in pdf.Root.StructTreeRoot.K[0].K for kid in part.K[0].K}
    assert "/H1" in kinds


def test_two_uploads_with_the_same_names_and_numbers_do_not_meet():
    parts = [part(key, upload(others_ua(f"Report {key}"), f"{key}.pdf")) for key in "abc"]
    found = compile_pdf(FRONT, parts)
    assert found.accessible
    assert failures(found.content) == []
    assert troubles(found.content) == []
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        inner = [
            (number, places[link.Dest[0].objgen])
            for number in (2, 4, 6)
            for link in pdf.pages[number - 1].obj.Annots
            if "/Dest" in link
        ]
    assert inner == [(2, 2), (4, 4), (6, 6)]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_printed_to_its_edges_is_made_longer_so_that_nothing_is_covered(rotate):
    full = upload(sized(rotate=rotate, ink=b"0 0 1 rg 0 0 595 842 re f"), "full.pdf")
    plain = upload(sized(rotate=rotate), "plain.pdf")
    found = compile_pdf(FRONT, [part("full", full), part("plain", plain)])
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    wide, high = (595, 842)
    sizes = [(box[2] - box[0], box[3] - box[1]) for box in boxes[1:]]
    longer = (wide + 64, high) if rotate % 180 else (wide, high + 64)
    assert sizes == [longer, (wide, high)]
    assert all(f"Page {number}" in text for number, text in enumerate(pages(found.content), 1))


def test_a_page_that_leaves_its_state_open_does_not_move_the_stamp():
    bad = upload(sized(ink=b"q q 3 0 0 3 0 0 cm /Span BMC 0 0 0 rg 50 100 20 20 re f"), "open.pdf")
    found = compile_pdf(FRONT, [part("bad", bad)])
    assert "Page 2" in pages(found.content)[1]
    assert troubles(found.content) == []


def test_scripts_and_files_within_a_file_do_not_come_along():
    found = compile_pdf(FRONT, [part("a", upload(with_script(others_ua()), "a.pdf"))])
    assert not found.accessible
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        every = " ".join(str(dict(one)) for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
        assert "/OpenAction" not in pdf.Root
    assert "JavaScript" not in every
    assert "secret.xlsx" not in every


def test_a_supplement_has_pages_of_its_own_and_changes_none_of_the_packs(pack):
    late = supplement(FRONT, [part("late", paged(2, "Late paper"), number="8")], number=1, previous_pages=pack.labels)
    assert late.pages == {"": ("13", "13"), "late": ("14", "15")}
    text = pages(late.content)
    assert "Supplement 1: Item 8: Late paper" in text[1]
    assert f"{FRONT.title}: supplement 1" in " ".join(text[0].split())
    assert failures(late.content) == []
    second = supplement(FRONT, [part("later", short())], number=2, previous_pages=late.labels)
    assert second.pages == {"": ("16", "16"), "later": ("17", "17")}
    again = compile_pdf(FRONT, [*mixed_parts(), part("new", short())], previous_pages=second.labels)
    assert {key: again.pages[key] for key in pack.pages} == pack.pages
    assert again.pages["new"] == ("18", "18")


def test_a_supplement_issued_again_keeps_its_numbers(pack):
    first = supplement(FRONT, [part("late", paged(2))], number=1, previous_pages=pack.labels)
    assert supplement(FRONT, [part("late", paged(2))], number=1, previous_pages=first.labels).pages == first.pages


def test_a_long_contents_says_its_own_length():
    front = replace(
        FRONT, versions=tuple(Version(str(n), "1 October 2023", "Words of a change. " * 9) for n in range(40))
    )
    found = compile_pdf(front, [part("a", short())])
    assert found.pages == {"": ("1", "3"), "a": ("4", "4")}


def test_a_pack_past_its_memory_is_refused_and_nothing_is_made():
    with pytest.raises((PackRefused, PaperFailed)):
        compile_pdf(FRONT, [part("a", upload(others_ua(), "a.pdf"))], memory=60 * 1024**2)


def test_a_part_without_a_marking_that_papers_bear_is_refused():
    with pytest.raises(ValueError, match="a marking is"):
        part("a", upload(word_file(), "a.docx"), marking="SECRET")
    with pytest.raises(ValueError, match="is marked OFFICIAL-SENSITIVE in the pack and OFFICIAL on itself"):
        Part("a", "A", short(), "1", "OFFICIAL-SENSITIVE")
    assert Part("a", "A", Document("T", "B", marking="OFFICIAL-SENSITIVE")).marking == "OFFICIAL-SENSITIVE"


def test_two_parts_of_one_key_are_refused():
    with pytest.raises(ValueError, match="a key of its own"):
        compile_pdf(FRONT, [part("a", short()), part("a", short())])


def test_a_word_file_with_a_picture_says_so():
    found = compile_pdf(FRONT, [part("w", replace(upload(word_file(), "w.docx"), pictures=2))])
    assert "2 pictures only in the original" in " ".join(pages(found.content)[0].split())


def test_a_layer_that_is_hidden_in_an_upload_stays_hidden():
    def hide(pdf):
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Draft advice")))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        held = pdf.pages[0].obj
        held.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(L=layer))
        held.Contents = pdf.make_stream(b"/OC /L BDC 1 0 0 rg 100 100 300 300 re f EMC")

    found = compile_pdf(FRONT, [part("a", upload(changed(sized(), hide), "layers.pdf"))])
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        layer = pdf.pages[1].obj.Resources.Properties.L
        assert [one.objgen for one in pdf.Root.OCProperties.D.OFF] == [layer.objgen]
    with pypdfium2.PdfDocument(found.content) as drawn:
        middle = drawn[1].render(scale=0.2, grayscale=True, crop=(120, 120, 220, 420))
        least = min(bytes(middle.buffer))
    assert least == 255


def test_a_draft_says_so_on_every_page_of_every_kind_of_part():
    parts = [
        part("plan", short()),
        part("scan", upload(sized(2), "Scan.pdf")),
        part("word", upload(word_file(), "B.docx")),
    ]
    found = compile_pdf(replace(FRONT, draft=True), parts)
    with pypdfium2.PdfDocument(found.content) as pdf:
        said = ["DRAFT" in page.get_textpage().get_text_bounded() for page in pdf]
    assert said == [True] * len(said)
    with pypdfium2.PdfDocument(compile_pdf(FRONT, parts).content) as pdf:
        assert not any("DRAFT" in page.get_textpage().get_text_bounded() for page in pdf)
