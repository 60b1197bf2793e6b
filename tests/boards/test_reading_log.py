"""Logs of actions read in: Candour's own in every form, and those of others, with what they contradict themselves in."""

from datetime import date
from typing import Any

import pytest

from candour.boards.intake import KIND, propose, recognises
from candour.boards.papers.actions import Stock, action_paper
from candour.boards.queries.acted import BoardActionRow
from candour.kernel.calendar import say_date
from candour.kernel.intake.commands import read
from candour.kernel.intake.document import Finding, Reading
from candour.kernel.intake.kinds import kind_of
from candour.kernel.intake.mapping import shape_of
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.render import render

AS_AT = date(2026, 6, 15)
SET = date(2026, 3, 12)


def action(number: int, state: str, due: date, **values: Any) -> BoardActionRow:
    """An action of the Governance Board on 15 June 2026, set on 12 March for the end of April."""
    given: dict[str, Any] = {
        "pk": number, "number": f"CGB-2026-A{number:02}", "text": f"Write to the landlord about the roof of house {number}",
        "owner": "Head of Finance", "owner_id": 1, "board": "Governance Board", "meeting": SET,
        "meeting_reference": "CGB-2026-01", "item_number": "4", "item_title": "Estates", "item_reference": "CGB-2026-01/4",
        "organisation_code": "office", "sensitivity": "office", "in_public": True, "added_on": SET,
        "first": date(2026, 4, 30), "due": due, "done_on": None, "outcome": "", "removed_on": None, "by": "",
        "state": state, "days_late": max(0, (AS_AT - due).days), "age": "", "address": "",
    }  # fmt: skip
    return BoardActionRow(**(given | values))


ROWS = (
    action(1, "late", date(2026, 6, 2)),
    action(2, "open", date(2026, 9, 1), board="Audit Panel", owner="Chief Executive"),
    action(3, "done", date(2026, 6, 2), done_on=date(2026, 6, 3), outcome="The letter went out: it was answered"),
    action(4, "superseded", date(2026, 6, 30), done_on=date(2026, 6, 1), by="CGB-2026-A01"),
    action(5, "due soon", date(2026, 6, 20), text="Bring the lease; ask whether 2 July is soon enough. If not, say so"),
    action(6, "dropped", date(2026, 6, 20), removed_on=date(2026, 6, 4)),
    *(action(number, "open", date(2026, 7, number % 28 + 1), text="Words " * 40) for number in range(7, 60)),
)


def of_row(row: BoardActionRow) -> dict[str, Any]:
    """What a log has to say of a row."""
    return {
        "reference": row.number,
        "board": row.board,
        "text": " ".join(row.text.split()),
        "owner": row.owner,
        "set_on": row.meeting.isoformat(),
        "first": row.first.isoformat(),
        "due": row.due.isoformat(),
        "done_on": row.done_on.isoformat() if row.done_on and row.state == "done" else None,
        "state": row.state,
        "outcome": row.outcome,
        "replaced_by": row.by,
    }


def own(rows: tuple[BoardActionRow, ...], suffix: str) -> Reading:
    paper = action_paper(Stock("Office of Mereford", AS_AT, date(2026, 3, 1), AS_AT, rows), "panel")
    return read(read_document(render(paper, suffix), f"paper{suffix}"))


@pytest.mark.parametrize("suffix", [".docx", ".html", ".txt", ".pdf"])
def test_what_candour_writes_reads_back_whole(suffix: str) -> None:
    reading = own(ROWS, suffix)
    wanted = [of_row(row) for row in ROWS]
    found = sorted(reading.records, key=lambda one: one["reference"])
    assert [{name: one[name] for name in wanted[0]} for one in found] == wanted
    assert (reading.kind, list(reading.findings)) == (KIND, [])
    assert (reading.meta["as_at"], reading.meta["read"]) == (
        "2026-06-15",
        {"actions": 59, "to_do": 56, "settled": 3},
    )


def test_an_empty_log_of_ours_states_that_it_is_empty(tmp_path: Any) -> None:
    paper = action_paper(Stock("Office of Mereford", AS_AT, date(2026, 3, 1), AS_AT, ()), "panel")
    document = read_document(render(paper, ".docx"), "paper.docx")
    reading = propose(document)
    assert (list(reading.records), list(reading.findings)) == ([], [])


FOREIGN = """Audit Committee action tracker
Position as at 15 June 2026
There are 9 open actions. 2 actions are overdue.
Ref,Action required,Action owner,Date raised,Deadline,Status,Update
1,Write to the landlord,Head of Estates,12/03/2026,30/04/2026,Open,
2,Call them,,12/03/2026,31/06/2026,In progress,Called twice
2,Bring the lease,"Solicitor",12/03/2026,01/03/2026,Completed,Brought
3,Report to the panel,Policy Officer,12/03/2026,30/06/2026,Overdue,Draft is written
4,Close the account,Treasurer,12/03/2026,,On track,Waiting for the bank
,Thank the team,Chair,12/03/2026,30/05/2026,Closed 20 May 2026,They were thanked
5,Move the fleet,Head of Fleet,12/03/2026,30/05/2026,Done on 1 July 2026,Moved
,,Nobody,,,,
"""


def foreign(text: str = FOREIGN) -> Reading:
    return read(read_document(text.encode(), "tracker.csv"))


def told(reading: Reading) -> list[tuple[str, str]]:
    return sorted((finding.code, finding.reference) for finding in reading.findings)


def test_a_log_of_others_is_known_by_its_headings_and_read_without_loss() -> None:
    reading = foreign()
    assert reading.kind == KIND
    assert [one["text"] for one in reading.records][:3] == ["Write to the landlord", "Call them", "Bring the lease"]
    one = reading.records[0]
    assert (one["owner"], one["set_on"], one["due"], one["state"]) == (
        "Head of Estates",
        "2026-03-12",
        "2026-04-30",
        "open",
    )
    assert [one.why for one in reading.set_aside][-1] == "A row of the log without an action"
    assert len(reading.records) == 7


def test_a_log_of_others_is_held_against_itself() -> None:
    assert told(foreign()) == [
        ("count-differs", ""),
        ("count-differs", ""),
        ("date-impossible", "2"),
        ("done-after-paper", "5"),
        ("done-undated", "2"),
        ("due-before-set", "2"),
        ("due-missing", "4"),
        ("late-differs", "3"),
        ("late-not-said", "1"),
        ("late-without-update", "1"),
        ("owner-missing", "2"),
        ("reference-missing", ""),
        ("reference-repeated", "2"),
    ]


def test_each_finding_says_where_what_is_printed_and_what_it_should_say() -> None:
    found: dict[str, Finding] = {finding.code: finding for finding in foreign().findings}
    assert (found["date-impossible"].says, str(found["date-impossible"].place)) == ("31/06/2026", "Row 6")
    assert (found["late-not-said"].says, found["late-not-said"].should) == ("Open", "late by 46 days")
    counts = [(one.says, one.should) for one in foreign().findings if one.code == "count-differs"]
    assert counts == [("There are 9 open actions.", "4"), ("2 actions are overdue.", "1")]
    assert found["due-before-set"].should == f"{say_date(SET)} or later"


def test_done_before_it_was_set_is_impossible() -> None:
    log = (
        "Ref,Action,Owner,Date raised,Due date,Date completed\n1,Write,Chair,12 March 2026,1 May 2026,1 February 2026\n"
    )
    assert told(foreign(log)) == [("done-before-set", "1")]


@pytest.mark.parametrize(
    "headings",
    [
        "Risk ref,Action,Owner,Due date,Status",
        "Recommendation,Action,Owner,Target date,Status",
        "Name,Address,Telephone",
    ],
)
def test_what_speaks_of_something_else_is_no_log(headings: str) -> None:
    text = f"{headings}\n1,Write,Chair,1 May 2026,Open\n2,Call,Chair,1 May 2026,Open\n"
    assert recognises(read_document(text.encode(), "list.csv")) < 0.5


def test_a_column_that_a_person_names_is_read_so() -> None:
    document = read_document(
        b"Ref,Wer,Was,Bis\n1,Chair,Write a letter,1 May 2026\n2,Clerk,Call them,1 May 2026\n", "list.csv"
    )
    assert list(propose(document).records) == []
    named = {shape_of(["Ref", "Wer", "Was", "Bis"]): ["reference", "owner", "text", "due"]}
    assert [one["text"] for one in propose(document, told=named).records] == ["Write a letter", "Call them"]


def test_the_log_is_a_kind_of_paper_that_is_read_and_saved() -> None:
    kind = kind_of(read_document(FOREIGN.encode(), "tracker.csv"))
    assert (kind.name, kind.save is not None, kind.compare is not None) == (KIND, True, True)
