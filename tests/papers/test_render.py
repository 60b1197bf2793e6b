import pytest

from candour.kernel.papers.render import CONTENT_TYPES, RENDERERS, UnknownFormat, render
from tests.papers.samples import everything

STARTS = {".docx": b"PK", ".pdf": b"%PDF", ".html": b"<!doctype html>", ".txt": b"OFFICIAL", ".json": b"{"}


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html", ".txt", ".json", ".DOCX"])
def test_a_paper_is_written_in_each_format(suffix):
    assert render(everything(), suffix).startswith(STARTS[suffix.lower()])


def test_another_format_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownFormat, match=r"\.docx, \.pdf, \.html, \.txt, \.json, not as \.doc"):
        render(everything(), ".doc")


def test_each_format_has_its_content_type():
    assert set(CONTENT_TYPES) == set(RENDERERS)
