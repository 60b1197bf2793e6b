"""Open data as pages and as publications: frozen, corrected, withdrawn; payments, KPIs and what is withheld."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from candour.commissioning import commands
from candour.commissioning.models import Payment
from candour.kernel.history.verify import verify
from candour.kernel.publication import commands as publication
from candour.kernel.publication.models import PublishedFile
from candour.kernel.publication.static import write_site
from candour.kernel.rules import Refused
from tests.commissioning.factories import BY, an_agreement, signed, whole
from tests.commissioning.standards import giving_errors, ocds_errors
from tests.commissioning.test_opendata import PUBLIC, SETTINGS, a_contract, a_grant, a_world, settle
from tests.factories import NOW, TODAY, House
from tests.risks.pages import questions, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
PAGE = "/agreements/open-data/"


def publish(house: House, key: str, by: str = "secretary", **values: Any) -> Any:
    given: dict[str, Any] = {"organisation": house.office, "actor": house.actors[by], "at": NOW}
    return publication.publish("open-data", key, **given, **values)


def test_the_page_says_what_would_be_published_what_is_missing_and_where_to_mend_it(house: House) -> None:
    a_world(house)
    said = signed_in(house, "policy").get(PAGE).content.decode()
    for words in ("Contracts over £10,000", "Would be published", "Not both have signed it", "contracts/0/dateSigned"):
        assert words in said
    assert "/agreements/office/VS-2026-04/sign/" in said
    assert "/publication/office/open-data/contracts/2026-06/publish/" in said
    reader = signed_in(house, "reader").get(PAGE).content.decode()
    assert ("Not both have signed it" in reader, "/sign/" in reader, "/publish/" in reader) == (True, False, False)


def test_a_restricted_agreement_changes_nothing_on_the_page_for_who_may_not_see_it(house: House) -> None:
    a_world(house)
    client = signed_in(house, "reader")
    before = client.get(PAGE).content
    whole(house, service="Another restricted work", sensitivity="restricted")
    assert client.get(PAGE).content == before


def test_an_empty_register_teaches(house: House) -> None:
    page = signed_in(house, "policy").get(PAGE)
    assert (page.status_code, "Nothing is missing" in page.content.decode()) == (200, True)


def test_the_page_asks_twelve_times_at_most_however_much_there_is(house: House) -> None:
    client, counts = signed_in(house, "policy"), []
    for _ in range(3):
        an_agreement(house, **PUBLIC)
        client.get(PAGE)
        counts.append(questions(client, PAGE))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12


def test_the_page_is_kept_until_something_is_recorded_and_its_counts_are_alike_on_every_page(
    house: House, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "open data"}}
    for _ in range(51):
        an_agreement(house, **PUBLIC)
    client, pages = signed_in(house, "policy"), (PAGE, f"{PAGE}?page=2")
    first, second = (client.get(page).content.decode() for page in pages)
    assert ["51 agreements" in said for said in (first, second)] == [True, True]
    an_agreement(house, **PUBLIC)
    assert ["52 agreements" in client.get(page).content.decode() for page in pages] == [True, True]
    cache.clear()


def test_contracts_are_published_frozen_at_an_address_that_stays(house: House) -> None:
    a_world(house)
    made = publish(house, "contracts/2026-06")
    page = Client().get("/public/office/open-data/contracts/2026-06/")
    assert (page.status_code, made.title) == (200, "Contracts, June 2026")
    assert "What is withheld, by exemption" in page.content.decode()
    address = "/public/office/open-data/contracts/2026-06/1/data/ocds-releases.json"
    content = Client().get(address).content
    assert ocds_errors(json.loads(content)) == []
    assert Client().get("/public/data/office/ocds-releases.json").content == content
    assert sorted(made.files.values_list("name", flat=True)) == ["kpis.csv", "ocds-records.json", "ocds-releases.json"]
    a_contract(house, service="Later work")
    assert Client().get(address).content == content
    assert verify().failure == ""


def test_a_correction_has_a_note_and_both_editions_stay(house: House) -> None:
    a_world(house)
    first = publish(house, "grants/2026-06")
    with pytest.raises(Refused, match="Nothing differs"):
        publish(house, "grants/2026-06", note="No reason")
    a_grant(house, service="Drama")
    second = publish(house, "grants/2026-06", note="A grant was missing.")
    old, new = (
        Client().get(f"/public/office/open-data/grants/2026-06/{n}/data/360giving.json").content for n in (1, 2)
    )
    assert [len(json.loads(content)["grants"]) for content in (old, new)] == [2, 3]
    assert giving_errors(json.loads(new)) == []
    assert "A grant was missing." in Client().get("/public/office/open-data/grants/2026-06/").content.decode()
    assert (first.edition, second.edition) == (1, 2)


def test_what_is_withdrawn_gives_no_data_and_says_why(house: House) -> None:
    a_world(house)
    made = publish(house, "spend/2026-05")
    file = "/public/office/open-data/spend/2026-05/1/data/spend-2026-05.csv"
    assert b"Northgate Support" in Client().get(file).content
    publication.withdraw(made, actor=house.actors["secretary"], at=NOW, reason="It named the wrong month.")
    gone = Client().get(file)
    assert (gone.status_code, "It named the wrong month." in gone.content.decode()) == (410, True)
    assert b"Northgate" not in gone.content
    assert Client().get("/public/data/office/spend-2026-05.csv").status_code == 404


def test_nothing_is_published_of_a_month_to_come_or_without_anything(house: House) -> None:
    settle(house)
    for key in ("contracts/2026-06", "contracts/2026-07", "spend/2026-13", "grants/June", "spend", "rents/2026-06"):
        with pytest.raises(LookupError):
            publish(house, key)


def test_a_hidden_title_in_a_public_agreement_stops_the_publication(house: House) -> None:
    settle(house)
    hidden = an_agreement(house, service="Safe house", sensitivity="restricted")
    an_agreement(house, specification=f"As in {hidden.record.title}.", **PUBLIC)
    with pytest.raises(Refused, match="Leak check"):
        publish(house, "contracts/2026-06", reason="Anyway")


def test_the_public_site_as_files_holds_the_data(house: House, tmp_path: Path) -> None:
    a_world(house)
    made = publish(house, "contracts/2026-06")
    publish(house, "grants/2026-06")
    write_site(tmp_path / "site", today=TODAY, site="https://public.example")
    held = tmp_path / "site" / "office/open-data/contracts/2026-06/1/data/ocds-releases.json"
    file = made.files.get(name="ocds-releases.json")
    assert hashlib.sha256(held.read_bytes()).hexdigest() == file.sha256
    assert (tmp_path / "site" / "data/office/360giving.json").is_file()
    assert "ocds-releases.json" in (tmp_path / "site" / "office/open-data/contracts/2026-06/index.html").read_text()


def test_a_file_that_was_changed_is_found(house: House) -> None:
    a_world(house)
    made = publish(house, "contracts/2026-06")
    PublishedFile.objects.filter(published=made, name="kpis.csv").update(content=b"changed")
    assert "kpis.csv is not the one that was published" in verify().failure


def test_a_payment_waits_for_the_gate_as_an_order_does(house: House) -> None:
    made = an_agreement(house)
    with pytest.raises(Refused, match="The gate is shut"):
        commands.pay(made, number="V1", on=TODAY, value=1, **BY)
    signed(made)
    commands.pay(made, number="V1", on=TODAY, value=-1, **BY)
    for wrong in ({"number": "V1"}, {"number": " "}, {"value": 0}, {"ground": "none"}, {"on": date(2026, 6, 16)}):
        with pytest.raises(Refused):
            commands.pay(made, **({"number": "V2", "on": TODAY, "value": 1} | wrong), **BY)
    assert list(Payment.objects.values_list("number", "amount")) == [("V1", -1)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ocid_prefix": "ocds-1"}, "ocid_prefix"), ({"giving_prefix": "mereford"}, "giving_prefix"),
        ({"scheme": ""}, "scheme"), ({"number": ""}, "number"), ({"website": "mereford"}, "website"),
        ({"contracts_over": -1}, "contracts_over"),
    ],
)  # fmt: skip
def test_settings_of_a_shape_that_none_has_are_refused(house: House, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        commands.set_publishing(organisation=house.office, **(SETTINGS | wrong), **BY)
    assert refused.value.field == field


def test_withholding_and_rating_refuse_what_makes_no_sense(house: House) -> None:
    made = an_agreement(house)
    commands.withhold(made, part="value", ground="commercial", **BY)
    one = commands.add_indicator(made, name="Seen in two days", target="", **BY)
    commands.rate(one, on=date(2026, 5, 31), rating="good", said="", **BY)
    for act in (
        lambda: commands.withhold(made, part="value", ground="law", **BY),
        lambda: commands.withhold(made, part="all", ground="whim", **BY),
        lambda: commands.withhold_no_more(made, part="supplier", **BY),
        lambda: commands.add_indicator(made, name="seen in two days", target="", **BY),
        lambda: commands.rate(one, on=date(2026, 5, 31), rating="good", said="", **BY),
        lambda: commands.rate(one, on=TODAY, rating="other", said=" ", **BY),
        lambda: commands.rate(one, on=TODAY, rating="fine", said="", **BY),
    ):
        with pytest.raises(Refused):
            act()


def test_payments_kpis_and_what_is_withheld_are_entered_on_pages(house: House) -> None:
    made = whole(house, **PUBLIC)
    client = signed_in(house, "policy")
    place = f"/agreements/office/{made.record.reference}/"

    def send(page: str, **given: str) -> int:
        opened = client.get(f"{place}{page}/")
        seen = opened.context["form"]["seen"].value()
        return int(client.post(f"{place}{page}/", {"seen": seen, **given}).status_code)

    assert send("pay", number="V1", on="1 June 2026", value="1,250.50", back="out", reason="") == 302
    assert send("indicator", name="Seen in two days", target="90%", reason="Schedule 2") == 302
    number = str(made.indicators.get().pk)
    assert send("rate", indicator=number, on="1 June 2026", rating="good", said="", reason="") == 302
    assert send("withhold", part="value", ground="commercial", reason="Bids are out") == 302
    assert send("pay", number="V1", on="1 June 2026", value="1", back="out") == 422
    said = client.get(f"{place}published/").content.decode()
    for words in ("V1", "£1,250.50", "Seen in two days", "Good", "What it costs", "Commercial interests (section 43)"):
        assert words in said
    assert send("publish-again", part="value", reason="Awarded") == 302
    assert send("indicator-end", indicator=number, reason="Replaced") == 302
    history = client.get(f"{place}history/").content.decode()
    for words in ("Payment recorded", "KPI set", "KPI rated", "Withheld from publication", "Published again"):
        assert words in history


def test_settings_are_changed_on_their_page(house: House) -> None:
    client = signed_in(house, "policy")
    given = SETTINGS | {"contracts_over": "10,000", "spend_over": "500", "reason": "Registered in May"}
    assert client.post(f"{PAGE}settings/", given).status_code == 302
    assert "ocds-m3r3f0" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}settings/", given | {"scheme": ""}).status_code == 422
