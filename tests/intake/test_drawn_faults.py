"""Trackers drawn by lot with one fault each: it is found, and nothing beside it, in whichever form."""

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.sniff import read_here
from tests.fixtures.unseen.drawn import FORMS
from tests.fixtures.unseen.drawn_faults import FAULTS, drawn_fault


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_that_was_drawn_is_found_and_nothing_beside_it(fault: str) -> None:
    number = [*FAULTS].index(fault)
    for form in (FORMS[number % len(FORMS)], FORMS[(number + 3) % len(FORMS)]):
        paper = drawn_fault(fault, number, form)
        found = read(read_here(paper.content, paper.name))
        assert (form, found.kind) == (form, "recommendations")
        beside = (
            {"total-differs"} if fault == "total-sum" else set()
        )  # a total that is no sum counts what is not listed
        assert (form, {one.code for one in found.findings} - beside) == (form, {*paper.findings})
