"""The pages of retention: what each shows and to whom, and a removal from the first page to the last."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from candour.kernel.access import CANDOUR
from candour.kernel.calendar import say_date
from candour.kernel.history.verify import verify
from candour.kernel.retention import commands
from candour.kernel.retention.models import Hold, Period, Removal
from candour.risks import commands as risks
from tests.factories import NOW, House, a_risk
from tests.history.test_redaction import NAME, places_of
from tests.retention.conftest import kept_for
from tests.retention.test_disposal import asked, closed, held, now_of

Of = Callable[[str], Client]
LISTS = ("/retention/", "/retention/removals/", "/retention/holds/", "/retention/periods/", "/retention/find/")


def words_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_empty_list_teaches_what_it_is_for(house: House, client_of: Of) -> None:
    client = client_of("policy")
    said = [
        "No period is set, so nothing is ever due",
        "Nothing was asked to be removed",
        "No record is under a legal hold",
        "no period set",
        "Words are looked for in every record and all its past",
    ]
    for address, words in zip(LISTS, said, strict=True):
        assert words in words_of(client, address)
    kept_for(house, 2)
    assert "A record stands here once it is closed and its period has passed" in words_of(client, "/retention/")


def test_retention_is_not_there_for_those_who_have_no_part_in_it(house: House, client_of: Of) -> None:
    risk = a_risk(house)
    of_one = f"/records/risk/office/{risk.record.reference}/keeping"
    for address in (*LISTS, of_one, f"{of_one}/hold", f"{of_one}/remove", f"{of_one}/dispose"):
        assert client_of("owner").get(address).status_code == 404
    auditor = client_of("auditor")
    assert [auditor.get(address).status_code for address in (*LISTS[:4], of_one)] == [200] * 5
    assert [auditor.get(address).status_code for address in (LISTS[4], f"{of_one}/hold")] == [404, 404]
    assert "Put it under a legal hold" not in words_of(auditor, of_one)


def test_the_form_of_a_period_opens_with_how_long_the_kind_is_kept_now(house: House, client_of: Of) -> None:
    kept_for(house, 6)
    kept_for(house, None, kind="meeting")
    client = client_of("admin")
    for kind, how, years in (("risk", "years", 6), ("meeting", "ever", None), ("audit", None, None)):
        form = client.get(f"/retention/periods/new/?body=office&kind={kind}").context["form"]
        told = (form["kind"].value(), form["how"].value(), form["years"].value(), form["starts"].value())
        assert told == (kind, how, years, say_date(timezone.localdate()))


def test_the_administrator_sets_a_period_and_mends_what_is_wrong(house: House, client_of: Of) -> None:
    client = client_of("admin")
    assert 'href="/retention/periods/new/?body=office&amp;kind=risk"' in words_of(client, "/retention/periods/")
    given = {"organisation": house.office.pk, "kind": "risk", "how": "years", "starts": "1/1/2020", "basis": "4.2"}
    page = client.post("/retention/periods/new/", given)
    assert (page.status_code, "Enter for how many years, for example 7" in page.content.decode()) == (422, True)
    assert client.post("/retention/periods/new/", given | {"years": "7"}).status_code == 302
    assert "7 years after it is closed" in words_of(client, "/retention/periods/?body=office")
    client.post("/retention/periods/new/", given | {"how": "ever", "years": "", "starts": "1/1/2090"})
    assert list(Period.objects.order_by("starts").values_list("years", "starts")) == [
        (7, date(2020, 1, 1)),
        (None, date(2090, 1, 1)),
    ]
    assert "For ever from 1 January 2090" in words_of(client, "/retention/periods/?body=office")


def test_records_that_are_due_are_asked_for_and_approved_page_by_page(house: House, client_of: Of) -> None:
    kept_for(house, 2)
    risk, other = closed(house, title="Secret one"), closed(house)
    policy, chief = client_of("policy"), client_of("chief")
    page = policy.post("/retention/", {"records": [risk.pk], "reason": ""})
    assert page.status_code == 422
    assert f'value="{risk.pk}" id="records-0" checked' in page.content.decode()
    assert policy.post("/retention/", {"records": [risk.pk], "reason": "The schedule"}).status_code == 302
    removal = Removal.objects.get()
    place = f"/retention/removals/{removal.pk}/"
    assert "You asked for this: somebody else approves it" in words_of(policy, place)
    assert "Remove it for good" not in words_of(policy, place)
    assert policy.post(place, {"answer": "remove", "reason": "x"}).status_code == 422
    assert "Remove it for good" in words_of(chief, place)
    assert chief.post(place, {"answer": "remove", "reason": "Checked"}).status_code == 302
    assert now_of(risk).title == "[removed]"
    assert "Every text of the record, every reason given with an entry before" in words_of(chief, place)
    assert other.record.reference in words_of(policy, "/retention/")
    assert verify().failure == ""


def test_words_are_found_seen_asked_for_and_removed_page_by_page(house: House, client_of: Of) -> None:
    risk = a_risk(house)
    risks.record_update(risk, text=f"Met {NAME} on Monday", reason="", actor=CANDOUR, at=NOW)
    policy, chief = client_of("policy"), client_of("chief")
    found = policy.post("/retention/find/", {"words": NAME.lower()}).content.decode()
    place = f"/records/risk/office/{risk.record.reference}/keeping/remove"
    assert f'action="{place}"' in found
    shown = policy.post(place, {"words": NAME}).content.decode()
    assert f"<del>Met {NAME} on Monday</del>" in shown
    assert "<ins>Met [removed] on Monday</ins>" in shown
    code = Removal.objects.count() or shown.split('name="places" value="')[1].split('"')[0]
    wrong = policy.post(place, {"words": NAME, "ask": "1", "places": [code], "reason": f"{NAME} asked"})
    assert (wrong.status_code, "Say why without repeating the words" in wrong.content.decode()) == (422, True)
    sent = policy.post(place, {"words": NAME, "ask": "1", "places": [code], "reason": "Asked to be forgotten"})
    assert sent["Location"] == f"/records/risk/office/{risk.record.reference}/keeping"
    removal = Removal.objects.get()
    assert f"Met {NAME} on Monday" in words_of(chief, f"/retention/removals/{removal.pk}/")
    done = {"answer": "remove", "reason": "It is right"}
    assert chief.post(f"/retention/removals/{removal.pk}/", done).status_code == 302
    assert places_of(NAME) == []
    told = words_of(chief, f"/risks/office/{risk.record.reference}/history/")
    assert "Words were removed on 15 June 2026" not in told  # it was removed today, whatever day that is
    assert "by Chief Executive, because: Asked to be forgotten. Asked for by Policy and Compliance Officer on " in told
    assert "What was removed" in told
    assert NAME not in told
    assert "How long it is kept, holds and removals" in told
    assert "no copy of the words is kept" in words_of(policy, f"/retention/removals/{removal.pk}/")
    assert verify().failure == ""


def test_a_hold_is_placed_and_lifted_and_stops_an_approval_with_words(house: House, client_of: Of) -> None:
    kept_for(house, 2)
    risk = closed(house)
    removal = asked(house, risk)
    client, place = client_of("chief"), f"/records/risk/office/{risk.record.reference}/keeping"
    page = client.post(f"{place}/hold", {"reason": "", "seen": now_of(risk).head_sequence})
    assert "Say what it is held for: the claim, the inquiry or the request, and who asked" in page.content.decode()
    given = {"reason": "Claim 12 of 2026", "seen": now_of(risk).head_sequence}
    assert client.post(f"{place}/hold", given).status_code == 302
    assert "Under a legal hold" in words_of(client, place)
    assert "Claim 12 of 2026" in words_of(client, "/retention/holds/")
    answer = client.post(f"/retention/removals/{removal.pk}/", {"answer": "remove", "reason": "Checked"})
    assert "is under a legal hold since" in answer.content.decode()
    hold = Hold.objects.get()
    given = {"reason": "It is settled", "seen": now_of(risk).head_sequence}
    assert client.post(f"/retention/holds/{hold.pk}/lift/", given).status_code == 302
    assert "Lifted by Chief Executive: It is settled" in words_of(client, place)


def test_a_hold_and_its_reason_are_read_by_those_alone_who_may_read_of_retention(house: House, client_of: Of) -> None:
    risk = a_risk(house)
    commands.hold(now_of(risk), actor=house.actors["policy"], at=NOW, reason="A claim of a neighbour")
    history = f"/risks/office/{risk.record.reference}/history/"
    assert "A claim of a neighbour" in words_of(client_of("policy"), history)
    told = words_of(client_of("reader"), history)
    assert "A claim of a neighbour" not in told
    assert "legal hold" not in told


@pytest.mark.parametrize("name", ["policy", "auditor"])
def test_what_hangs_on_a_hidden_record_is_on_no_list(house: House, client_of: Of, name: str) -> None:
    kept_for(house, 2)
    theirs = closed(house, organisation=house.force, owner=house.posts["force_policy"], title="Force alone")
    commands.hold(now_of(theirs), actor=house.actors["force_policy"], at=NOW, reason="A claim")
    found = [theirs.record.reference in words_of(client_of(name), address) for address in LISTS[:3]]
    assert found == ([False] * 3 if name == "policy" else [False, False, True])
    assert client_of("policy").get(f"/retention/holds/{Hold.objects.get().pk}/lift/").status_code == 404


def test_the_lists_ask_as_often_for_many_as_for_one(
    house: House, client_of: Of, django_assert_max_num_queries: Callable
) -> None:
    kept_for(house, 2)
    client = client_of("chief")
    counts: dict[str, list[int]] = {}
    for many in (1, 3):
        for _ in range(many):
            asked(house, closed(house))
            held(house, closed(house))
            closed(house)
        for address in LISTS:
            with django_assert_max_num_queries(12) as seen:
                client.get(address)
            counts.setdefault(address, []).append(len(seen))
    assert {address: each for address, each in counts.items() if len(set(each)) > 1} == {}
