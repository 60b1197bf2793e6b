"""The pages of agreements, as their readers meet them."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from candour.commissioning import commands
from candour.commissioning.models import Agreement, FundingStream, Provider
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from tests.commissioning.factories import APPROVED, BY, a_provider, a_stream, an_agreement, signed, whole
from tests.factories import NOW, TODAY, House
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/office/VS-2026-01/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, page: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    seen = Record.objects.get(kind="agreement").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def references(response: Any) -> list[str]:
    return [each.row.reference for each in response.context.get("rows", [])]


# The register


def test_the_register_is_empty_with_words_that_teach(house: House) -> None:
    assert "No agreement runs yet" in said(get(house, "/agreements/"))
    assert "No agreements that you can see" in said(get(house, "/agreements/", "reader"))


def test_each_view_holds_as_many_as_it_says(house: House) -> None:
    whole(house)
    an_agreement(house, kpis="", service="Counselling")
    signed(an_agreement(house, starts=date(2025, 4, 1), ends=date(2026, 3, 31), service="Mentoring"))
    signed(an_agreement(house, ends=TODAY + timedelta(60), last_end=None, service="Refuge"))
    commands.end(signed(an_agreement(house, service="Training")), on=TODAY, **BY)
    an_agreement(house, sensitivity="restricted", service="Safe house")
    shown = get(house, "/agreements/")
    counts = {each.label: each.count for each in shown.context["views"]}
    assert counts == {
        "All running": 5, "Failing checks": 5, "Unsigned": 2, "Expired": 1, "Ending in six months": 1, "No KPIs": 1,
        "Restricted": 1, "Ended": 1, "Everything": 6,
    }  # fmt: skip
    for view in shown.context["views"]:
        assert len(references(get(house, f"/agreements/{view.href}"))) == view.count


def test_streams_are_told_against_their_budgets_from_what_the_reader_sees(house: House) -> None:
    whole(house)
    an_agreement(house, value=400_000_00, sensitivity="restricted", owner=house.posts["policy"])
    told = {name: get(house, "/agreements/", name).context["streams"][0] for name in ("policy", "reader")}
    assert {name: (one.stream.agreements, one.value, one.left, one.over) for name, one in told.items()} == {
        "policy": (2, "£520,000", "£20,000", True),
        "reader": (1, "£120,000", "£380,000", False),
    }


def test_filters_narrow_the_register_and_one_that_cannot_be_read_shows_nothing(house: House) -> None:
    whole(house, service="Refuge for women")
    an_agreement(house, stream=a_stream(house, code="CSF", name="Safety fund"), kpis="")
    assert references(get(house, "/agreements/?stream=CSF")) == ["CSF-2026-01"]
    assert references(get(house, "/agreements/?check=kpis")) == ["CSF-2026-01"]
    assert references(get(house, "/agreements/?state=Running")) == ["VS-2026-01"]
    assert references(get(house, "/agreements/?q=refuge")) == ["VS-2026-01"]
    assert references(get(house, "/agreements/?sort=-reference")) == ["VS-2026-01", "CSF-2026-01"]
    assert "Nothing is shown until this is mended" in said(get(house, "/agreements/?state=Odd"))


def test_the_register_of_a_past_day_is_as_it_stood(house: House) -> None:
    it = an_agreement(house, effective=date(2026, 3, 2))
    for side in ("office", "provider"):
        commands.sign(it, side=side, by="Chief", on=date(2026, 4, 20), effective=date(2026, 4, 20), **BY)
    then = get(house, "/agreements/?as_at=2026-04-10")
    assert [each.row.state for each in then.context["rows"]] == ["Running unsigned"]
    assert [each.row.state for each in get(house, "/agreements/").context["rows"]] == ["Running"]
    assert references(get(house, "/agreements/?as_at=2026-03-01")) == []
    assert get(house, HERE + "?as_at=2026-04-10").context["row"].state == "Running unsigned"
    assert "cannot be shown" in said(get(house, HERE + "?as_at=2026-03-01"))


def test_the_register_is_taken_away_as_a_workbook_and_as_csv(house: House) -> None:
    whole(house)
    an_agreement(house, service="=Sum of parts")
    book = load_workbook(BytesIO(get(house, "/agreements/download.xlsx").content))
    rows = [[cell.value for cell in row] for row in book["Agreements"].iter_rows()]
    assert [row[0] for row in rows] == ["Reference", "VS-2026-01", "VS-2026-02"]
    assert (rows[1][12], rows[1][8].date()) == (120_000, date(2026, 4, 1))
    text = get(house, "/agreements/download.csv?view=unsigned").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Reference", "VS-2026-02"]
    assert "'=Sum of parts" in text
    assert "120000.00" in text
    assert len(get(house, "/agreements/download.csv?state=Odd").content.decode().splitlines()) == 1


# One agreement


def test_the_page_names_each_failing_and_leads_to_what_mends_it(house: House) -> None:
    an_agreement(house, kpis="", starts=date(2026, 4, 1))
    shown = get(house, HERE)
    assert title(shown) == "VS-2026-01 Advocacy for victims, Countywide, Northgate Support, 2026/27 – Candour"
    told = {one.check.name: href for one, _, href in shown.context["checks"]}
    assert told["kpis"] == f"{HERE}change/"
    assert told["signatures"] == f"{HERE}sign/"
    assert (
        "The order gate is shut. Missing: the KPIs, the signature of the office and the signature of the provider"
        in said(shown)
    )
    assert {href for _, _, href in get(house, HERE, "reader").context["checks"]} == {""}


def test_an_agreement_is_raised_and_its_page_opens(house: House) -> None:
    a_stream(house), a_provider(house)
    answers = {
        "kind": "grant", "stream": FundingStream.objects.get().pk, "provider": Provider.objects.get().pk,
        "service": "Counselling", "area": "North", "value": "£12,500.50", "starts": "1 April 2026",
        "sensitivity": "office", "reason": "The board agreed it",
    }  # fmt: skip
    shown = signed_in(house, "policy").post("/agreements/new/", answers, follow=True)
    assert shown.redirect_chain[-1][0] == HERE
    assert (Agreement.objects.get().value, Agreement.objects.get().kind) == (12_500_50, "grant")
    wrong = signed_in(house, "policy").post("/agreements/new/", answers | {"service": "IDVA", "value": "c. £12k"})
    assert wrong.status_code == 422
    assert problems(wrong) == {"value": "‘c. £12k’ is not an amount. Enter pounds, for example 50,000"}


def test_without_streams_and_providers_the_page_says_what_comes_first(house: House) -> None:
    assert "Two things come first" in said(get(house, "/agreements/new/"))
    stream = {"name": "Victims", "code": "vs", "year": "2026/27", "budget": "500,000", "reason": "The board"}
    signed_in(house, "policy").post("/agreements/streams/new/", stream)
    assert (FundingStream.objects.get().code, FundingStream.objects.get().budget) == ("VS", 500_000_00)
    signed_in(house, "policy").post("/agreements/providers/new/", {"name": "Northgate", "reason": "New"})
    assert get(house, "/agreements/new/").context["form"].fields["provider"].choices[1][1] == "Northgate"


def test_facts_keep_their_pence_when_they_are_saved_unchanged(house: House) -> None:
    it = an_agreement(house, value=12_345_67)
    form = get(house, HERE + "change/").context["form"]
    answers = {field.html_name: field.answer for field in form.answers} | {"reason": "Nothing but a look"}
    send(house, "change/", answers)
    it.refresh_from_db()
    assert (it.value, it.starts, it.kpis) == (12_345_67, date(2026, 4, 1), "Contact within two days: 90%")


def test_an_order_behind_the_shut_gate_keeps_what_was_typed(house: House) -> None:
    an_agreement(house)
    shown = send(house, "order/", {"number": "PO1", "on": "15 June 2026", "value": "50"})
    assert shown.status_code == 422
    assert list(problems(shown)) == ["number"]
    assert 'value="PO1"' in shown.content.decode()


def test_the_life_of_an_agreement_goes_through_its_pages(house: House) -> None:
    it = an_agreement(house)
    for side in ("office", "provider"):
        send(house, "sign/", {"side": side, "by": "Chief Executive", "on": "20 March 2026"})
    send(house, "contact/", {"what": "new", "role": "Director", "email": "", "on": "15 June 2026"})
    send(house, "order/", {"number": "PO1", "on": "15 June 2026", "value": "50.25"})
    vary = {
        "on": "15 June 2026",
        "which": "less",
        "by": "100",
        "ground": "provided",
        "approver": "Board",
        "reason": "Less",
    }
    send(house, "vary/", vary | {"new_end": "31 March 2028"})
    send(house, "next/", {"follows": "stop", "approver": "Board", "reason": "Over"})
    row = get(house, HERE).context["row"]
    assert (row.line.value, row.line.ordered, row.line.ends) == (119_900_00, 50_25, date(2028, 3, 31))
    assert [one.check.name for one in row.failing] == ["copy"]
    happened = [item.title for item in get(house, HERE).context["timeline"]]
    assert {"The office signed", "The provider signed", "Contact added", "Order recorded", "Extended"} <= set(happened)
    send(house, "end/", {"on": "15 June 2026", "reason": "Done"})
    it.record.refresh_from_db()
    assert it.record.closed_on == TODAY
    assert "It has ended" in said(get(house, HERE))


def test_a_contact_is_confirmed_from_its_page(house: House) -> None:
    it = an_agreement(house)
    one = commands.add_contact(it, role="Director", email="", on=date(2025, 1, 1), **BY)
    send(house, "contact/", {"what": f"confirm:{one.pk}", "on": "15 June 2026"})
    one.refresh_from_db()
    assert one.confirmed_on == TODAY
    assert problems(send(house, "contact/", {"what": "new", "on": "15 June 2026"})) == {
        "role": "Enter the contact’s post"
    }


def test_a_document_is_attached_with_its_file(house: House) -> None:
    an_agreement(house)
    file = BytesIO(b"What is bought")
    file.name = "spec.txt"
    send(house, "document/", {"which": "specification", "file": file})
    assert [one["what"] for one in get(house, HERE).context["documents"]] == ["The specification"]
    assert problems(send(house, "document/", {"which": "plan"})) == {"file": "Choose the file"}


def test_only_a_post_that_may_overrides_the_gate_and_the_page_says_so(house: House) -> None:
    an_agreement(house)
    assert get(house, HERE + "override/").status_code == 404
    send(house, "override/", {"until": "30 June 2026", "reason": "It must not stop"}, name="chief")
    assert "The gate is overridden until 30 June 2026" in said(get(house, HERE))


def test_somebody_elses_entry_meanwhile_is_shown_and_nothing_is_saved(house: House) -> None:
    it = an_agreement(house)
    seen = it.record.head_sequence
    commands.sign(it, side="office", by="Chief", on=date(2026, 4, 1), **BY)
    answers = {"seen": seen, "side": "provider", "by": "Director", "on": "2 April 2026"}
    shown = signed_in(house, "policy").post(HERE + "sign/", answers)
    assert shown.status_code == 422
    assert "somebody changed this agreement" in said(shown)
    it.refresh_from_db()
    assert it.provider_signed_on is None


# What ends when


def test_the_pipeline_holds_what_ends_by_month_and_what_should_have(house: House) -> None:
    def ends(on: date | None, service: str, **values: Any) -> Agreement:
        return signed(an_agreement(house, service=service, ends=on, last_end=None, **values))

    ends(date(2026, 5, 31), "Refuge")
    ends(date(2026, 8, 31), "Mentoring", value=100_00, notice_on=date(2026, 7, 1))
    commands.decide_next(ends(date(2026, 8, 1), "Training", value=50_00), follows="stop", **APPROVED)
    ends(date(2027, 4, 1), "Too far")
    ends(None, "Without end")
    commands.end(ends(date(2026, 7, 1), "Over already"), on=TODAY, **BY)
    shown = get(house, "/agreements/pipeline/")
    assert [(one.row.line.ends, one.late) for one in shown.context["rows"]] == [
        (date(2026, 5, 31), True), (date(2026, 8, 1), False), (date(2026, 8, 31), True),
    ]  # fmt: skip
    assert [row for row in shown.context["chart"].table.rows if row[1] != "0"] == [
        ("May 2026", "1", "£120,000", "0"), ("August 2026", "2", "£150", "0"),
    ]  # fmt: skip
    assert "1 runs without a last day" in said(shown)
    assert "Nothing ends within ten months" in said(get(house, "/agreements/pipeline/", "force_reader"))


# Who sees what


def test_a_restricted_agreement_is_absent_everywhere_for_who_may_not_see_it(house: House) -> None:
    hidden = an_agreement(house, sensitivity="restricted", owner=house.posts["policy"], service="Safe house")
    provider = hidden.provider_id
    reader = signed_in(house, "reader")
    for page in ("", "history/", "?as_at=2026-05-01"):
        assert reader.get(HERE + page).status_code == 404
    assert reader.get(f"/agreements/providers/{provider}/").status_code == 404
    for address in (
        "/agreements/?view=all",
        "/agreements/?view=all&as_at=2026-05-01",
        "/agreements/download.csv?view=all",
        "/search?q=safe",
    ):
        assert b"Safe house" not in reader.get(address).content
    assert signed_in(house, "policy").get(f"/agreements/providers/{provider}/").status_code == 200


def test_who_leads_a_restricted_agreement_sees_it(house: House) -> None:
    an_agreement(house, sensitivity="restricted", owner=house.posts["reader"])
    assert get(house, HERE, "reader").status_code == 200


def test_a_shared_agreement_stands_in_the_register_of_the_other_body(house: House) -> None:
    it = an_agreement(house)
    assert references(get(house, "/agreements/", "force_reader")) == []
    share(it.record, organisation=house.force, actor=BY["actor"], at=NOW, reason="Joint")
    assert references(get(house, "/agreements/", "force_reader")) == ["VS-2026-01"]


def test_a_providers_page_counts_what_the_reader_sees(house: House) -> None:
    it = whole(house)
    an_agreement(house, sensitivity="restricted", owner=house.posts["policy"])
    address = f"/agreements/providers/{it.provider_id}/"
    assert {name: get(house, address, name).context["page"].count for name in ("policy", "reader")} == {
        "policy": 2,
        "reader": 1,
    }
    change = {"name": "Northgate Trust", "charity_number": "1234567", "company_number": "", "reason": "New name"}
    signed_in(house, "policy").post(address + "change/", change)
    assert Provider.objects.get().charity_number == "1234567"


@pytest.mark.parametrize(
    "address",
    ["/agreements/", "/agreements/pipeline/", "/agreements/?as_at=2026-06-14", HERE, HERE + "?as_at=2026-06-14"],
)
def test_pages_ask_as_often_for_many_as_for_one(house: House, address: str) -> None:
    it = whole(house)
    client = signed_in(house, "policy")
    client.get(address)
    first = questions(client, address)
    for number in range(4):
        whole(house, service=f"Service {number}" if number else "Another")
        commands.vary(it, on=TODAY, ground="provided", change=1, **APPROVED)
        commands.order(it, number=str(number), on=TODAY, value=1, **BY)
    assert questions(client, address) == first
    assert first <= 12
