"""Due diligence: what is asked for, what was seen, what is let be, and the agreements that follow."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from candour.commissioning.commands import care, confirm_contacts
from candour.commissioning.models import AgreementLine, Contact, DiligenceCheck
from candour.commissioning.queries import agreement_at, in_full
from candour.kernel.history.verify import verify
from candour.kernel.records.lines import check
from candour.kernel.rules import Refused
from tests.commissioning.care.factories import a_kind, line_of, seen
from tests.commissioning.factories import BY, a_provider, an_agreement, whole
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db


def test_every_agreement_follows_what_is_asked_for_and_seen(house: House) -> None:
    contract, grant = whole(house), an_agreement(house, kind="grant", service="Refuge")
    other = an_agreement(house, provider=a_provider(house, name="Lantern House"), service="Courts")
    accounts = a_kind(house)
    a_kind(house, "Insurance", kinds=("contract",), cover=5_000_000_00, starts=date(2026, 9, 1))
    seen(house, contract.provider, accounts, on=date(2026, 6, 1))
    assert [(line_of(one).owed_from, line_of(one).checked_until) for one in (contract, grant, other)] == [
        (date(2026, 9, 1), date(2027, 6, 1)),
        (None, date(2027, 6, 1)),
        (date(2026, 4, 1), None),
    ]
    new = an_agreement(house, kind="grant", service="Later")
    assert line_of(new).diligence == line_of(grant).diligence
    care.end_diligence_kind(accounts, **BY)
    assert (line_of(grant).diligence, line_of(contract).owed_from) == ("", date(2026, 9, 1))
    assert check() == ""
    assert verify().failure == ""


def test_a_past_day_knows_what_had_been_seen_by_then(house: House) -> None:
    it = an_agreement(house)
    later = BY | {"at": BY["at"] + timedelta(days=30)}
    kind = a_kind(house)
    care.check_provider(it.provider, kind=kind, on=TODAY, seen="Accounts", post=house.posts["policy"], **later)
    found = agreement_at("office", "VS-2026-01", actor=house.actors["policy"])
    for day, failing in ((TODAY, True), (TODAY + timedelta(days=30), False)):
        whole_then = in_full(found, actor=house.actors["policy"], today=day, as_at=day)
        assert whole_then is not None
        assert ("owed" in [one.check.name for one in whole_then.row.failing]) is failing


def test_a_kind_that_changes_is_asked_of_others_and_what_was_seen_stands(house: House) -> None:
    it, kind = an_agreement(house, kind="grant"), a_kind(house)
    seen(house, it.provider, kind)
    facts = {"asks": "", "months": None, "cover": None}
    care.change_diligence_kind(kind, name="Signed accounts", kinds=("contract",), **facts, **BY)
    assert line_of(it).diligence == ""
    care.change_diligence_kind(kind, name="Signed accounts", kinds=(), **facts, **BY)
    assert line_of(it).checked_until == date(2027, 6, 15)


def test_what_cannot_be_is_refused_with_how_to_mend_it(house: House) -> None:
    it = an_agreement(house)
    insured, post = a_kind(house, "Insurance", cover=1_000_00, months=None), house.posts["policy"]
    told = {"kind": insured, "on": TODAY, "seen": "Policy 7", "post": post, "cover": 1_000_00}

    def refused(field: str, **values: object) -> str:
        with pytest.raises(Refused) as caught:
            care.check_provider(it.provider, **(told | BY | values))  # type: ignore[arg-type]
        assert caught.value.field == field
        return caught.value.message

    assert refused("cover", cover=999_99).startswith("Enter a cover of £1,000 or more")
    assert refused("seen", seen=" ").startswith("Enter what was seen")
    assert refused("on", on=TODAY + timedelta(1)) == "Enter today, or a day that has passed"
    assert refused("expires", expires=TODAY - timedelta(1)) == "Enter a day on or after 15 June 2026, when it was seen"
    file = {"name": "a.txt", "content": BytesIO(b"Policy")}
    assert refused("agreement", **file).startswith("Choose the agreement")
    assert refused("kind", kind=a_kind(house, organisation=house.force)) == "Choose a check that is asked for"
    with pytest.raises(Refused, match="insurance is asked for already"):
        a_kind(house, "insurance ")
    with pytest.raises(Refused, match="Enter from 1 to 120 months"):
        a_kind(house, "Another", months=121)
    with pytest.raises(Refused, match="Enter a day from today, at most 12 months on"):
        care.waive_check(it.provider, kind=insured, post=post, until=date(2027, 6, 16), **BY)
    care.end_diligence_kind(insured, **BY)
    with pytest.raises(Refused, match="asked for no more since 15 June 2026"):
        care.end_diligence_kind(insured, **BY)


def test_a_check_with_its_file_and_one_that_is_waived_until_a_day(house: House) -> None:
    it = an_agreement(house)
    kind, post = a_kind(house), house.posts["chief"]
    file = {"agreement": it, "name": "accounts.txt", "content": BytesIO(b"Accounts to March")}
    made = seen(house, it.provider, kind, expires=date(2026, 7, 1), **file)
    assert (made.file.record_id, made.file.name) == (it.pk, "accounts.txt")  # type: ignore[union-attr]
    waived = care.waive_check(it.provider, kind=kind, post=post, until=date(2026, 12, 1), **BY)
    assert (waived.waived, line_of(it).checked_until) == (True, date(2026, 12, 1))
    assert AgreementLine.objects.filter(owed_from=None).count() == 1


def test_a_yearly_round_sees_many_providers_and_confirms_many_contacts_at_once(house: House) -> None:
    it, other = whole(house), whole(house, provider=a_provider(house, name="Lantern House"), service="Courts")
    kind, post = a_kind(house, cover=1_000_00), house.posts["policy"]
    facts = {"kind": kind, "on": TODAY, "seen": "Policy 7", "post": post, "expires": date(2027, 6, 1)}
    found = [DiligenceCheck(provider=one.provider, cover=1_000_00, **facts) for one in (it, other)]
    care.bring_in_checks(found, organisation=house.office, **BY)
    assert [line_of(one).checked_until for one in (it, other)] == [date(2027, 6, 1)] * 2
    with pytest.raises(Refused, match="Northgate Support: enter a cover of £1,000 or more"):
        care.bring_in_checks([DiligenceCheck(provider=it.provider, **facts)], organisation=house.office, **BY)
    contacts = list(Contact.objects.select_related("agreement__record"))
    confirm_contacts(contacts, on=TODAY, **BY)
    assert [line_of(one).confirmed_on for one in (it, other)] == [TODAY, TODAY]
    assert check() == ""
