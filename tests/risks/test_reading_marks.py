"""Marks in references that no page shows: read without them, and said where they stand and how it should read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.kernel.intake.readers import read_document
from candour.kernel.intake.sniff import read_here
from candour.risks.intake import propose
from tests.intake import makers

MARKS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HEAD = ["Ref", "Risk title", "Owner", "Impact", "Likelihood", "Score"]
NAMES = {"\u200b": "zero width space", "\u200f": "right-to-left mark", "\u202e": "right-to-left override"}


def register(*references):
    return [
        HEAD,
        *([one, f"Risk {n} of the office", "Chief Executive", "4", "3", "12"] for n, one in enumerate(references)),
    ]


def as_csv(rows):
    return read_document("\n".join(";".join(row) for row in rows).encode(), "register.csv")


def as_text(rows):
    return read_document("\n".join("\t".join(row) for row in rows).encode(), "register.txt")


def as_workbook(rows):
    return read_here(makers.as_workbook(rows), "register.xlsx")


def as_word(rows):
    return read_here(makers.word(makers.tbl(*(makers.tr(*row) for row in rows))), "register.docx")


def as_page(rows):
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return read_here(f"<html><meta charset=utf-8><table>{lines}</table></html>".encode(), "register.html")


def marks_found(reading):
    return [(one.reference, one.says, one.should) for one in reading.findings if one.code == "reference-marks"]


@pytest.mark.parametrize("write", [as_csv, as_text, as_workbook, as_word, as_page])
@pytest.mark.parametrize("mark", NAMES)
def test_a_mark_that_no_page_shows_is_named_with_its_place_and_what_the_reference_should_be(write, mark):
    reading = propose(write(register("R11", f"R{mark}12", "R13")))
    assert [one["reference"] for one in reading.records] == ["R11", "R12", "R13"]
    (found,) = reading.findings
    assert (found.code, found.severity, found.reference) == ("reference-marks", "warning", "R12")
    assert (found.says, found.should, found.place.row) == (f"R[U+{ord(mark):04X}]12", "R12", 3)
    assert NAMES[mark] in found.message


def test_a_reference_printed_with_a_mark_in_one_place_is_the_same_risk_in_the_other():
    rows = [*register("R11", "R\u200f12", "R13"), [], ["Reference", "R12"], ["Title", "Risk 1 of the office"]]
    reading = propose(as_text(rows))
    assert [one["reference"] for one in reading.records] == ["R11", "R12", "R13"]
    assert [one.code for one in reading.findings] == ["reference-marks"]


def test_two_references_that_only_such_a_mark_tells_apart_are_one_printed_twice():
    reading = propose(as_csv(register("R11", "R12", "R\u200b12")))
    assert sorted((one.code, one.reference) for one in reading.findings) == [
        ("reference-duplicate", "R12"),
        ("reference-duplicate", "R12"),
        ("reference-marks", "R12"),
    ]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(MARKS)), max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_marks_stand_in_a_reference_it_is_read_without_them_and_they_are_told(inserted):
    """200 inputs: up to six marks of eighteen kinds anywhere in a reference, its beginning and its end too."""
    printed = "SR-012"
    for at, mark in sorted(inserted, reverse=True):
        printed = printed[:at] + mark + printed[at:]
    reading = propose(as_csv(register("SR-011", printed, "SR-013")))
    assert [one["reference"] for one in reading.records] == ["SR-011", "SR-012", "SR-013"]
    spelled = "".join(letter if letter.isascii() else f"[U+{ord(letter):04X}]" for letter in printed)
    assert marks_found(reading) == ([("SR-012", spelled, "SR-012")] if inserted else [])
    assert [one.code for one in reading.findings] == ["reference-marks"] * bool(inserted)
