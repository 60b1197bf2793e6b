"""Naming the columns of a table whose headings Candour does not know, once for all tables with such headings."""

import argparse
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.config.verbs import load as load_verb
from candour.config.verbs import read as read_verb
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import name_columns, read, stage
from candour.kernel.intake.kinds import UnknownKind
from candour.kernel.intake.models import ColumnNames, Staged
from candour.kernel.intake.queries import remembered_columns
from candour.kernel.intake.readers import read_document
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.factories import NOW, House

ODD = """Item,Thing that keeps us awake,Who frets,How bad,How often it may come,Sum
W1,The roof of the depot leaks onto the servers,Head of Estates,4,3,12
W2,Nobody can find the spare keys to the stores,Head of Fleet,2,2,4
W3,The kettle trips the fuse of the control room,Head of Estates,3,1,3
"""
ANSWER = ("reference", "title", "owner", "impact", "likelihood", "score")


def client_of(house: House, name: str = "policy") -> Client:
    client = Client()
    client.force_login(house.people[name])
    return client


def upload(client: Client, text: str = ODD, name: str = "worries.csv"):  # type: ignore[no-untyped-def]
    return client.post("/papers-in/", {"paper": SimpleUploadedFile(name, text.encode()), "effective": "1 May 2026"})


def answers(fields=ANSWER) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {f"column-0-{n}": field for n, field in enumerate(fields)}


def waiting(house: House) -> Staged:
    upload(client_of(house))
    return Staged.objects.get()


def test_a_table_with_unknown_headings_leads_to_the_question_what_they_hold(house: House) -> None:
    client = client_of(house)
    address = upload(client)["Location"]
    assert address == f"/papers-in/{Staged.objects.get().pk}/columns"
    shown = client.get(address).content.decode()
    assert shown.count("<select") == 6
    assert "Thing that keeps us awake" in shown
    assert "The roof of the depot leaks onto the servers" in shown


def test_the_rows_are_read_again_as_the_columns_were_named(house: House) -> None:
    client, staged = client_of(house), waiting(house)
    assert client.post(f"/papers-in/{staged.pk}/columns", answers())["Location"] == f"/papers-in/{staged.pk}/"
    staged.refresh_from_db()
    rows = [(one["reference"], one["owner"], one["impact_value"], one["score"]) for one in staged.reading["records"]]
    assert rows == [("W1", "Head of Estates", 4, 12), ("W2", "Head of Fleet", 2, 4), ("W3", "Head of Estates", 3, 3)]
    assert [column["sure"] for column in staged.reading["meta"]["columns"][0]["columns"]] == ["told"] * 6
    assert verify().failure == ""


def test_the_next_file_with_these_headings_asks_nothing(house: House) -> None:
    client, staged = client_of(house), waiting(house)
    client.post(f"/papers-in/{staged.pk}/columns", answers())
    again = ODD.replace("W1", "W9").upper().replace("HEAD OF", "Head of")
    address = upload(client, again, "later.csv")["Location"]
    later = Staged.objects.order_by("-pk")[0]
    assert address == f"/papers-in/{later.pk}/"
    assert [one["reference"] for one in later.reading["records"]] == ["W9", "W2", "W3"]


def test_what_one_body_named_is_not_known_to_another(house: House) -> None:
    client_of(house).post(f"/papers-in/{waiting(house).pk}/columns", answers())
    assert upload(client_of(house, "force_policy"))["Location"].endswith("/columns")
    assert remembered_columns(house.force.pk) == {}


def test_columns_can_be_named_anew(house: House) -> None:
    client, staged = client_of(house), waiting(house)
    client.post(f"/papers-in/{staged.pk}/columns", answers())
    client.post(f"/papers-in/{staged.pk}/columns", answers((*ANSWER[:2], "responsible_officer", *ANSWER[3:])))
    assert ColumnNames.objects.get().fields[2] == "responsible_officer"
    staged.refresh_from_db()
    assert staged.reading["records"][0]["responsible_officer"] == "Head of Estates"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("", "", "owner", "impact", "likelihood", "score"), "Say which column holds the reference or the title of the risk"),
        (("title", "title", "", "", "", ""), "Two columns are named Title of the risk: choose one of them"),
        (("no such field", "title", "", "", "", ""), "Choose for each column what it holds, from the list"),
    ],
)  # fmt: skip
def test_columns_that_give_no_row_are_refused_with_how_to_mend_them(house: House, fields, message) -> None:  # type: ignore[no-untyped-def]
    client, staged = client_of(house), waiting(house)
    shown = client.post(f"/papers-in/{staged.pk}/columns", answers(fields)).content.decode()
    assert message in shown
    assert ColumnNames.objects.count() == 0


def test_a_paper_without_its_file_cannot_be_read_again(house: House) -> None:
    actor = house.actors["policy"]
    reading = read(read_document(b"Ref\tTitle\tOwner\nA1\tOne\tHead of Fleet\n", "a.txt"), "risk-register")
    staged = stage(reading, organisation=house.office, actor=actor, at=NOW)
    with pytest.raises(Refused, match="not kept"):
        name_columns(staged, answers={}, actor=actor, at=NOW)


def test_the_file_is_let_go_when_the_paper_is_confirmed_or_discarded(house: House) -> None:
    client, staged = client_of(house), waiting(house)
    client.post(f"/papers-in/{staged.pk}/columns", answers())
    staged.refresh_from_db()
    assert bytes(staged.paper) == ODD.encode()
    client.post(f"/papers-in/{staged.pk}/", {"effective": "1 May 2026", "take": ["W1", "W2", "W3"]})
    staged.refresh_from_db()
    assert (staged.state, staged.paper, Record.objects.count()) == ("confirmed", None, 3)
    assert client.get(f"/papers-in/{staged.pk}/columns").status_code == 404
    other = Staged.objects.get(
        pk=int(upload(client, ODD + "W4,A fourth thing is wrong,Head of Fleet,1,1,1\n")["Location"].split("/")[2])
    )
    client.post(f"/papers-in/{other.pk}/discard", {"reason": "An older copy"})
    other.refresh_from_db()
    assert (other.state, other.paper) == ("discarded", None)


def test_the_columns_of_another_bodys_paper_answer_as_if_there_were_none(house: House) -> None:
    staged = waiting(house)
    stranger = client_of(house, "force_policy")
    assert stranger.get(f"/papers-in/{staged.pk}/columns").status_code == 404
    assert stranger.post(f"/papers-in/{staged.pk}/columns", answers()).status_code == 404


def test_the_page_asks_the_same_number_of_queries_whatever_the_paper_holds(
    house: House, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection

    client, counts = client_of(house), []
    for rows in (3, 300):
        text = ODD + "".join(f"X{n},Thing number {n} is not as it was,Head of Fleet,1,1,1\n" for n in range(rows))
        address = upload(client, text)["Location"]
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12


def test_a_file_without_any_table_is_explained_and_leaves_nothing(house: House) -> None:
    response = upload(client_of(house), "Dear all,\n\nThank you for the biscuits.\n", "letter.txt")
    shown = response.content.decode()
    assert (response.status_code, Staged.objects.count()) == (200, 0)
    assert "No table to read" in shown
    assert "Thank you for the biscuits." in shown
    assert "Choose another file" in shown


def test_a_register_that_candour_knows_goes_straight_to_the_check(house: House) -> None:
    known = "Ref,Title,Owner,Impact,Likelihood,Score\nA1,The van is late,Head of Fleet,2,2,4\n"
    assert upload(client_of(house), known)["Location"] == f"/papers-in/{Staged.objects.get().pk}/"


def test_the_command_line_reads_and_loads_with_the_columns_that_were_named(
    house: House, tmp_path: Path, capsys
) -> None:  # type: ignore[no-untyped-def]
    client_of(house).post(f"/papers-in/{waiting(house).pk}/columns", answers())
    document = read_document(ODD.encode(), "worries.csv")
    with pytest.raises(UnknownKind):
        read(document)
    reading = read(document, told=read_verb.remembered())
    assert [record["reference"] for record in reading.records] == ["W1", "W2", "W3"]
    assert reading.meta["columns"][0]["columns"][1]["field"] == "title"
    file = tmp_path / "worries.csv"
    file.write_text(ODD)
    asked = argparse.Namespace(
        file=str(file),
        kind=None,
        actor=house.people["policy"].username,
        effective=date(2026, 5, 1),
        accept_findings=True,
        json=True,
    )
    assert load_verb.run(asked) == 0
    assert json.loads(capsys.readouterr().out)["made"] == ["W1", "W2", "W3"]
