"""The pages of care, as their readers meet them, and what they keep from those who may not see it."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from candour.commissioning.commands import care
from candour.commissioning.commands.care import NewStep
from candour.commissioning.models import AgreementStep, DiligenceCheck, DiligenceKind, Process, Provider
from candour.desk.queries import desk_of
from candour.kernel.records.models import Record
from tests.commissioning.care.factories import a_kind, a_process, seen
from tests.commissioning.factories import BY, a_stream, an_agreement, whole
from tests.factories import TODAY, House
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/office/VS-2026-01/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, address: str, answers: dict[str, Any], name: str = "policy") -> Any:
    """Post the answers to a page, with what it was opened on."""
    return signed_in(house, name).post(address, {"seen": seen_on(address)} | answers, follow=True)


def seen_on(address: str) -> int:
    if "/providers/" in address:
        return Provider.objects.get().head_sequence
    return Record.objects.get(kind="agreement", reference="VS-2026-01").head_sequence


def test_pages_without_anything_teach(house: House) -> None:
    an_agreement(house)
    assert "No check is asked for yet" in said(get(house, "/agreements/diligence/"))
    assert "No steps are set yet" in said(get(house, "/agreements/processes/"))
    assert "No step is late" in said(get(house, "/agreements/late/"))
    assert "Its steps have not begun" in said(get(house, HERE + "steps/"))
    assert "There is no status sheet yet" in said(get(house, HERE + "steps.docx"))


def test_a_check_is_asked_for_changed_seen_waived_and_asked_for_no_more(house: House) -> None:
    it = whole(house)
    provider = f"/agreements/providers/{it.provider_id}/"
    asks = {"name": "Insurance", "kinds": ["contract"], "months": "12", "cover": "5,000,000", "starts": "1 April 2026"}
    signed_in(house, "policy").post("/agreements/diligence/new/", asks | {"reason": "The board"})
    kind = DiligenceKind.objects.get()
    assert (kind.kinds, kind.cover) == ("contract", 5_000_000_00)
    assert "Not seen of the provider: Insurance." in said(get(house, HERE))
    assert "Northgate Support 1" in said(get(house, "/agreements/diligence/"))
    answers = {"kind": kind.pk, "saw": "Policy 77", "on": "1 June 2026", "post": house.posts["policy"].pk, "cover": "1"}
    short = send(house, provider + "check/", answers)
    assert short.status_code == 422
    assert "Enter a cover of £5,000,000 or more" in said(short)
    assert "Policy 77" in short.content.decode()
    file = BytesIO(b"Cover of five million")
    file.name = "cover.txt"
    send(house, HERE + "diligence/", answers | {"cover": "5,000,000", "file": file})
    shown = get(house, provider)
    assert [(one.result, one.expires, one.file.name) for one, _ in shown.context["checks"]] == [
        ("In date", date(2027, 6, 1), "cover.txt")
    ]
    assert get(house, provider + "waive/").status_code == 404
    waive = {"kind": kind.pk, "until": "1 July 2026", "post": house.posts["chief"].pk, "reason": "Renewed next week"}
    send(house, provider + "waive/", waive, "chief")
    assert [one.result for one, _ in get(house, provider).context["checks"]] == ["Waived"]
    change = {"name": "Cover", "kinds": [], "months": "", "cover": "", "reason": "The board"}
    signed_in(house, "policy").post(f"/agreements/diligence/{kind.pk}/change/", change)
    signed_in(house, "policy").post(f"/agreements/diligence/{kind.pk}/end/", {"reason": "The board"})
    kind.refresh_from_db()
    assert (kind.name, kind.ended_on) == ("Cover", TODAY)


def test_steps_are_set_begun_recorded_and_taken_away(house: House) -> None:
    an_agreement(house)
    page = "/agreements/processes/new/?kind=contract"
    rows = {"name_1": "Specify", "days_1": "5", "name_2": "Sign", "days_2": "", "needs_2": "signed"}
    set_up = rows | {"starts": "5 January 2026", "reason": "The board"}
    wrong = signed_in(house, "policy").post(page, set_up)
    assert [problem.message for problem in wrong.context["form"].problems] == ["Enter how many working days Sign takes"]
    post = house.posts["finance"]
    signed_in(house, "policy").post(page, set_up | {"days_2": "10", "post_2": post.pk})
    assert "15 working days from the first step to the last" in said(get(house, "/agreements/processes/"))
    send(house, HERE + "begin/", {"on": "1 May 2026"})
    first = AgreementStep.objects.order_by("pk")[0]
    answers = {"step": first.pk, "what": "done", "on": "15 June 2026", "post": house.posts["policy"].pk}
    shown = send(house, HERE + "step/", answers)
    assert [(row.state, row.late) for row, _ in shown.context["rows"]] == [("Done", 24), ("Late", 14)]
    refused = send(house, HERE + "step/", answers | {"step": AgreementStep.objects.order_by("-pk")[0].pk})
    assert "Record the signature of the office first" in said(refused)
    assert "‘Sign’ was planned for 26 May 2026" in said(get(house, HERE))
    assert get(house, f"/agreements/steps/?post={post.pk}").context["page"].count == 1
    again = send(house, HERE + "step-back/", {"step": first.pk, "reason": "Another was meant"})
    assert [(row.state, row.late) for row, _ in again.context["rows"]] == [("Late", 24), ("Late", 14)]
    assert "Step put back: it had been recorded by mistake" in said(get(house, HERE))
    send(house, HERE + "step/", answers)
    paper = Document(BytesIO(get(house, HERE + "steps.docx").content))
    assert [cell.text for cell in paper.tables[-1].rows[2].cells][:4] == ["Sign", post.title, "10", "26 May 2026"]
    assert Process.objects.get().version == 1


def test_what_waits_stands_on_the_desks_of_who_sees_to_it(house: House) -> None:
    it = an_agreement(house, owner=house.posts["chief"])
    a_process(house, NewStep("Sign", 3, house.posts["finance"]))
    care.begin_process(it, on=date(2026, 5, 1), **BY)
    a_kind(house)
    desks = {
        name: [
            need.title.partition(":")[0]
            for _, needs in desk_of(house.actors[name], today=TODAY).needs
            for need in needs
        ]
        for name in ("finance", "reader")
    }
    assert desks == {"finance": ["Sign"], "reader": []}


def test_a_stream_is_read_and_changed_on_its_page(house: House) -> None:
    whole(house)
    hidden = an_agreement(house, sensitivity="restricted", owner=house.posts["policy"], value=490_000_00)
    it = a_stream(house)
    here = f"/agreements/streams/{it.pk}/"
    assert {name: get(house, here, name).context["over"] for name in ("policy", "reader")} == {
        "policy": True,
        "reader": False,
    }
    assert hidden.record.reference not in said(get(house, here, "reader"))
    assert get(house, here, "force_reader").status_code == 404
    terms = {
        "name": "Victims",
        "budget": "700,000",
        "funder": "Ministry",
        "ring_fence": "Victims alone",
        "conditions": "",
        "reason": "Uplift",
    }
    signed_in(house, "policy").post(here + "change/", terms)
    assert "Victims alone" in said(get(house, here))
    assert get(house, here + "change/", "reader").status_code == 404


def test_what_should_have_begun_is_shown_alone_and_streams_of_earlier_years_are_folded_away(house: House) -> None:
    a_process(house)  # thirty working days
    an_agreement(house, ends=date(2026, 7, 1), last_end=None)
    an_agreement(house, service="Later", ends=date(2026, 12, 31), stream=a_stream(house, year="2025/26"), last_end=None)
    late = get(house, "/agreements/pipeline/?begin=late")
    assert [(one.row.reference, one.behind) for one in late.context["rows"]] == [("VS-2026-01", True)]
    assert get(house, "/agreements/pipeline/").context["page"].count == 2
    shown = get(house, "/agreements/")
    assert [[one.stream.year for one in shown.context[name]] for name in ("streams", "earlier")] == [
        ["2026/27"],
        ["2025/26"],
    ]


def test_nothing_of_what_is_restricted_or_of_another_body_is_told(house: House) -> None:
    kind = a_kind(house)
    hidden = an_agreement(house, sensitivity="restricted", owner=house.posts["policy"], service="Safe house")
    open_one = an_agreement(house, service="Open")
    a_process(house)
    for one in (hidden, open_one):
        care.begin_process(one, on=date(2026, 5, 1), **BY)
    file = {"agreement": hidden, "name": "safe-house.txt", "content": BytesIO(b"Where it is")}
    seen(house, hidden.provider, kind, on=date(2026, 5, 1), expires=date(2026, 6, 1), **file)
    provider = f"/agreements/providers/{hidden.provider_id}/"
    for name in ("reader", "force_reader"):
        for page in ("steps/", "steps.docx", "diligence/"):
            assert get(house, HERE + page, name).status_code == 404
        for page in (provider, "/agreements/late/", "/agreements/diligence/", "/agreements/pipeline/"):
            assert "safe house" not in (told := get(house, page, name).content.decode().casefold())
            assert "safe-house" not in told
    assert get(house, "/agreements/diligence/", "reader").context["rows"][0][0].agreements == 1
    assert get(house, "/agreements/diligence/", "policy").context["rows"][0][0].agreements == 2
    assert "safe-house.txt" in said(get(house, provider))
    assert get(house, provider, "force_reader").status_code == 404
    assert get(house, f"/agreements/diligence/{kind.pk}/change/", "force_policy").status_code == 404
    assert "Accounts" not in said(get(house, "/agreements/diligence/", "force_policy"))


def test_pages_ask_as_often_for_many_as_for_one(house: House) -> None:
    it = whole(house)
    a_process(house)
    care.begin_process(it, on=date(2026, 5, 1), **BY)
    seen(house, it.provider, a_kind(house), on=date(2026, 5, 1), expires=date(2026, 6, 1))
    provider, stream = f"/agreements/providers/{it.provider_id}/", f"/agreements/streams/{it.stream_id}/"
    addresses = [
        "late/",
        "steps/",
        "diligence/",
        "processes/",
        "pipeline/",
        "office/VS-2026-01/steps/",
        "office/VS-2026-01/",
    ]
    pages = [
        provider,
        provider + "check/",
        stream,
        HERE + "?as_at=2026-06-15",
        *(f"/agreements/{one}" for one in addresses),
    ]
    client = signed_in(house, "policy")
    first = {page: (client.get(page), questions(client, page))[1] for page in pages}
    for number in range(3):
        other = an_agreement(house, service=f"Service {'abc'[number]}")
        care.begin_process(other, on=date(2026, 5, 1), **BY)
        seen(house, other.provider, a_kind(house, f"Check {number}"), on=date(2026, 5, 1), expires=date(2026, 6, 1))
    a_process(house, kind="grant")
    assert {page: questions(client, page) for page in pages} == first
    assert max(first.values()) <= 12
    assert DiligenceCheck.objects.count() == 4
