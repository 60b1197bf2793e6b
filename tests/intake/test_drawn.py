"""Registers drawn by lot: whatever their columns are called, in whichever order, notation, layout and form, they read
the same."""

from dataclasses import replace

import pytest

from candour.kernel.intake.commands import read
from candour.kernel.intake.sniff import read_here
from tests.fixtures.unseen.common import rows_read
from tests.fixtures.unseen.drawn import FORMS, draw

KINDS = ("recommendations", "delivery-plan", "contracts", "audit-progress")


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_what_was_drawn_in_a_form_by_turns(kind: str, number: int) -> None:
    paper = draw(kind, number).as_(FORMS[(number + KINDS.index(kind)) % len(FORMS)])
    found = read(read_here(paper.content, paper.name))
    assert found.kind == kind
    assert rows_read(paper, found.records)[0] == [dict(row) for row in paper.records]
    assert [one.code for one in found.findings] == []
    assert not any(one["ask"] for one in found.meta.get("columns", ()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_register_reads_the_same_in_every_form(kind: str) -> None:
    read_in = {}
    for form in FORMS:
        paper = replace(draw(kind, 11), native={}).as_(form)  # a day kept as a day is shown in a workbook's own words
        read_in[form] = rows_read(paper, read(read_here(paper.content, paper.name)).records)[0]
    assert [form for form, rows in read_in.items() if rows != read_in["csv"]] == []
