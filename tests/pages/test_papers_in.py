"""Reading a paper in through the pages, and through the same commands as the command line."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import decide, discard, load, nothing_new, read, stage
from candour.kernel.intake.document import Reading
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks.queries import register
from tests.factories import NOW, TODAY, House, a_risk
from tests.intake.makers import as_csv, as_page, as_word, as_workbook

PAPER = """Report of\tChief Finance Officer
Subject\tRisk register
Date\t14 May 2026

Appendix A: Overview

Reference\tTitle\tOwner\tImpact\tLikelihood\tScore\tPrevious Score\tStatus\tFirst Recorded\tLast Review
RX1\tThe boiler fails in winter\tHead of Estates\tHigh\tLikely\t9\t9\tManaged\t02/02/2025\t01/05/2026
RX2\tREDACTED\tChief Executive\tVery high\tLikely\t12\t12\tManaged\t02/02/2025\t01/05/2026
RX3\tThe tender is late\tChief Executive\tVery high\tLikely\t8\t8\tManaged\t03/03/2025\t01/05/2026

Overall Risk Score
8 - 16 High
5 - 7 Medium
1 - 4 Low
"""


WRITERS = {".docx": as_word, ".html": as_page, ".xlsx": as_workbook, ".csv": as_csv}


def reading() -> Reading:
    return read(read_document(PAPER.encode(), "register.txt"))


def client_of(house: House, name: str = "policy") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def upload(client: Client, content: bytes = PAPER.encode(), name: str = "register.txt"):  # type: ignore[no-untyped-def]
    return client.post("/papers-in/", {"paper": SimpleUploadedFile(name, content), "effective": ""})


def test_reading_saves_nothing_but_the_staged_paper(house: House) -> None:
    response = upload(client_of(house))
    staged = Staged.objects.get()
    assert response["Location"] == f"/papers-in/{staged.pk}/"
    assert (staged.state, staged.effective, Record.objects.count()) == ("waiting", date(2026, 5, 14), 0)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx", ".csv"])
def test_the_same_register_is_read_from_every_kind_of_file(house: House, suffix: str) -> None:
    rows = [line.split("\t") for line in PAPER.splitlines() if line.startswith(("Reference", "RX"))]
    upload(client_of(house), WRITERS[suffix](rows), f"register{suffix}")
    staged = Staged.objects.get()
    assert [record["reference"] for record in staged.reading["records"]] == ["RX1", "RX2", "RX3"]
    assert [record["score"] for record in staged.reading["records"]] == [9, 12, 8]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"PK\x03\x04 and no more", "register.docx", "register.docx is damaged: it was cut off or changed on its way."),
        (b"{\\rtf1 words}", "register.docx", "register.docx is a rich text file (RTF)"),
        (b"words", "register.doc", "Choose a file of kind docx or "),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page_and_leaves_nothing(
    house: House, content: bytes, name: str, message: str
) -> None:
    assert message in upload(client_of(house), content, name).content.decode()
    assert (Staged.objects.count(), Record.objects.count()) == (0, 0)


def test_the_check_page_shows_findings_rows_and_what_each_would_do(house: House) -> None:
    client = client_of(house)
    shown = client.get(upload(client)["Location"]).content.decode()
    assert "RX3 prints a score of 8" in shown
    assert "Need a decision" in shown
    assert "Likelihood is 2, score 8" in shown
    assert shown.count(">New<") == 3


def test_an_undecided_error_stops_the_save_and_says_which(house: House) -> None:
    client = client_of(house)
    address = upload(client)["Location"]
    response = client.post(address, {"effective": "14 May 2026", "take": ["RX1", "RX2", "RX3"]})
    assert "Decide what to do about: RX3 prints a score of 8" in response.content.decode()
    assert Record.objects.count() == 0


def error_number(staged: Staged) -> int:
    codes = [finding["code"] for finding in staged.reading["findings"]]
    return codes.index("score-product")


def decisions_of(staged: Staged, choice: str) -> dict[str, str]:
    errors = [n for n, finding in enumerate(staged.reading["findings"]) if finding["severity"] == "error"]
    return {f"finding-{n}": choice if n == error_number(staged) else "0" for n in errors}


def test_a_decision_is_saved_as_decided(house: House) -> None:
    client = client_of(house)
    address = upload(client)["Location"]
    staged = Staged.objects.get()
    answers = decisions_of(staged, "1") | {"effective": "14 May 2026", "take": ["RX1", "RX2", "RX3"]}
    assert client.post(address, answers)["Location"] == address
    rows = register(house.actors["policy"], today=TODAY)
    assert [(row.reference, row.line.impact, row.line.likelihood, row.line.score, row.sensitivity) for row in rows] == [
        ("RX2", 4, 3, 12, "restricted"),
        ("RX1", 3, 3, 9, "public"),
        ("RX3", 4, 2, 8, "public"),
    ]
    staged.refresh_from_db()
    assert (staged.state, staged.outcome["made"]) == ("confirmed", ["RX1", "RX2", "RX3"])
    assert verify().failure == ""


def test_a_row_may_be_set_aside_by_choice_or_by_its_tick(house: House) -> None:
    client = client_of(house)
    address = upload(client)["Location"]
    staged = Staged.objects.get()
    aside = next(
        str(n)
        for n, label in enumerate(["Score is 12", "Likelihood is 2", "Set this row aside"])
        if label.startswith("Set")
    )
    answers = decisions_of(staged, aside) | {"effective": "14 May 2026", "take": ["RX1", "RX3"]}
    client.post(address, answers)
    staged.refresh_from_db()
    assert (staged.outcome["made"], sorted(staged.outcome["set_aside"])) == (["RX1"], ["RX2", "RX3"])


def test_decisions_are_kept_for_later(house: House) -> None:
    client = client_of(house)
    address = upload(client)["Location"]
    staged = Staged.objects.get()
    client.post(address, decisions_of(staged, "1") | {"effective": "1 May 2026", "save_for_later": "1"})
    staged.refresh_from_db()
    assert (staged.state, staged.effective, staged.decisions[str(error_number(staged))]) == (
        "waiting",
        date(2026, 5, 1),
        "1",
    )


def test_a_discarded_paper_saves_nothing_and_keeps_why(house: House) -> None:
    client = client_of(house)
    staged = stage(reading(), organisation=house.office, actor=house.actors["policy"], at=NOW)
    assert client.post(f"/papers-in/{staged.pk}/discard", {"reason": ""}).status_code == 200
    client.post(f"/papers-in/{staged.pk}/discard", {"reason": "An older copy"})
    staged.refresh_from_db()
    assert (staged.state, Record.objects.count()) == ("discarded", 0)
    with pytest.raises(Refused):
        discard(staged, actor=house.actors["policy"], at=NOW, reason="Again")
    with pytest.raises(Refused):
        decide(staged, decisions={}, effective=None, actor=house.actors["policy"], at=NOW)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.txt", "The file is empty"),
        (b"%PDF-1.7 rest", "paper.txt", "PDF"),
        (b"A letter about nothing in particular.\n", "letter.txt", "does not look like a paper"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(house: House, content: bytes, name: str, said: str) -> None:
    response = upload(client_of(house), content, name)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert Staged.objects.count() == 0


def test_the_other_body_does_not_see_a_paper_read_in(house: House) -> None:
    address = upload(client_of(house))["Location"]
    assert client_of(house, "force_policy").get(address).status_code == 404
    assert client_of(house, "reader").get(address).status_code == 404


def test_loading_with_errors_is_refused_and_saves_nothing(house: House) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        load(reading(), organisation=house.office, actor=house.actors["policy"], at=NOW)
    assert (Record.objects.count(), Staged.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_loading_twice_changes_nothing(house: House) -> None:
    said = {"organisation": house.office, "actor": house.actors["policy"], "at": NOW, "accept_findings": True}
    known = {"organisation": house.office, "actor": house.actors["policy"], "effective": None}
    assert nothing_new(reading(), **known) is False
    first = load(reading(), **said)
    assert nothing_new(reading(), **known) is True
    entries = Entry.objects.count()
    again = load(reading(), **said)
    assert first.made == ("RX1", "RX2", "RX3")
    assert (again.made, again.changed, again.unchanged) == ((), (), ("RX1", "RX2", "RX3"))
    assert Entry.objects.count() == entries


def test_history_takes_effect_on_the_printed_dates(house: House) -> None:
    load(reading(), organisation=house.office, actor=house.actors["policy"], at=NOW, accept_findings=True)
    policy = house.actors["policy"]
    on = {
        day: [row.reference for row in register(policy, today=TODAY, as_at=day)]
        for day in (date(2025, 2, 1), date(2025, 2, 2))
    }
    assert on == {date(2025, 2, 1): [], date(2025, 2, 2): ["RX2", "RX1"]}


def test_the_words_of_a_restricted_record_are_not_overwritten_by_redacted(house: House) -> None:
    a_risk(house, reference="RX2", title="A claim", sensitivity="restricted", impact=4, likelihood=3)
    load(reading(), organisation=house.office, actor=house.actors["policy"], at=NOW, accept_findings=True)
    record = Record.objects.get(reference="RX2")
    assert (record.title, record.sensitivity) == ("A claim", "restricted")


def test_a_closed_row_leaves_the_register(house: House) -> None:
    closed = (
        PAPER
        + "\nAppendix D: Risks Closed\n\n"
        + "\n".join(
            [
                "Reference\tTitle\tOwner\tImpact\tLikelihood\tScore\tFirst Recorded",
                "RX1\tThe boiler fails in winter\tHead of Estates\tHigh\tLikely\t9\t02/02/2025",
            ]
        )
    )
    policy = house.actors["policy"]
    load(
        read(read_document(closed.encode(), "r.txt")),
        organisation=house.office,
        actor=policy,
        at=NOW,
        accept_findings=True,
    )
    assert [row.reference for row in register(policy, today=TODAY)] == ["RX2", "RX3"]
    assert Record.objects.get(reference="RX1").closed_on == date(2026, 5, 14)


def test_a_row_of_the_restricted_appendix_is_saved_as_restricted(house: House) -> None:
    rows = [
        "Reference\tTitle\tOwner\tImpact\tLikelihood\tScore",
        "RX9\tA claim that nobody may hear of\tChief Executive\tHigh\tLikely\t9",
    ]
    paper = PAPER + "\nAppendix G: Restricted risks\n\n" + "\n".join(rows)
    policy = house.actors["policy"]
    load(
        read(read_document(paper.encode(), "r.txt")),
        organisation=house.office,
        actor=policy,
        at=NOW,
        accept_findings=True,
    )
    found = Record.objects.filter(sensitivity="restricted").order_by("reference")
    assert list(found.values_list("reference", flat=True)) == ["RX2", "RX9"]
