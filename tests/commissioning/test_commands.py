"""The verbs of agreements: what they refuse, what they keep."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word

from candour.commissioning import commands
from candour.commissioning.models import AgreementLine, Document, Provider
from candour.commissioning.queries import in_full
from candour.kernel.access import CANDOUR
from candour.kernel.access.decide import Forbidden
from candour.kernel.records.lines import check
from candour.kernel.rules import Refused
from tests.commissioning.factories import APPROVED, BY, a_provider, a_stream, an_agreement, signed, whole
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


def refused(act: Any, *args: Any, **values: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        act(*args, **values)
    return caught.value.field, caught.value.message


def line(agreement: Any) -> AgreementLine:
    return AgreementLine.objects.get(pk=agreement.pk)


def health(agreement: Any) -> dict[str, str]:
    found = in_full(agreement, actor=CANDOUR, today=TODAY)
    assert found
    return {one.check.name: one.result for one in found.row.health}


def test_agreements_are_numbered_by_stream_and_year_and_titled_from_their_parts(house: House) -> None:
    first, second = an_agreement(house), an_agreement(house, service="Counselling", area="")
    other = an_agreement(house, stream=a_stream(house, year="2027/28"))
    assert [each.record.reference for each in (first, second, other)] == ["VS-2026-01", "VS-2026-02", "VS-2027-01"]
    assert second.record.title == "Counselling, Northgate Support, 2026/27"


def test_an_agreement_from_elsewhere_keeps_its_reference_which_nobody_else_gets(house: House) -> None:
    assert an_agreement(house, reference=" C14 ").record.reference == "C14"
    assert refused(an_agreement, house, reference="C14")[0] == "reference"


def test_an_abbreviation_in_a_title_is_refused_with_the_word(house: House) -> None:
    assert refused(an_agreement, house, service="IDVA service") == (
        "service", "Write out ‘IDVA’: an agreement is found by whole words",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends": date(2026, 3, 1), "last_end": None}, "ends"),
        ({"last_end": date(2027, 1, 1)}, "last_end"),
        ({"ends": None}, "ends"),
        ({"notice_on": date(2030, 1, 1)}, "notice_on"),
        ({"notice_on": date(2026, 3, 31)}, "notice_on"),
        ({"value": -1}, "value"),
        ({"kind": "loan"}, "kind"),
        ({"service": " "}, "service"),
    ],
)
def test_facts_that_cannot_be_are_refused_at_their_answer(house: House, facts: dict[str, Any], field: str) -> None:
    assert refused(an_agreement, house, **facts)[0] == field


def test_once_both_have_signed_dates_and_value_move_by_a_variation_alone(house: House) -> None:
    it = signed(an_agreement(house))
    same = {"service": it.service, "area": it.area, "owner": None}
    assert refused(commands.change_agreement, it, **same, value=1, **BY)[0] == "value"
    assert refused(commands.change_agreement, it, **same, starts=date(2026, 4, 2), **BY)[0] == "starts"
    commands.change_agreement(it, **same, project_code="NEW", **BY)
    assert line(it).project_code == "NEW"


def test_a_change_keeps_what_it_does_not_name(house: House) -> None:
    it = an_agreement(house)
    commands.change_agreement(it, service="Counselling", area="North", owner=house.posts["finance"], kpis="", **BY)
    it.refresh_from_db()
    assert (it.value, it.kpis, it.specification) == (120_000_00, "", "One advocate for each district.")
    assert it.record.title == "Counselling, North, Northgate Support, 2026/27"


def test_a_signature_is_corrected_only_with_a_reason(house: House) -> None:
    it = signed(an_agreement(house))
    again: dict[str, Any] = {"side": "office", "by": "Deputy", "on": date(2026, 3, 25), "actor": CANDOUR, "at": NOW}
    assert refused(commands.sign, it, **again) == ("reason", "Say why the recorded signature was wrong")
    commands.sign(it, **again, reason="The wrong page was read")
    assert (line(it).office_signed_on, line(it).signed_on) == (date(2026, 3, 25), date(2026, 3, 25))


def test_nothing_is_signed_on_a_day_to_come(house: House) -> None:
    later = TODAY + timedelta(1)
    assert refused(commands.sign, an_agreement(house), side="office", by="Chief", on=later, **BY)[0] == "on"


def test_a_variation_moves_value_and_end_within_the_last_possible_end(house: House) -> None:
    it = whole(house)
    given: dict[str, Any] = {"on": TODAY, "ground": "provided"} | APPROVED
    assert refused(commands.vary, it, **given, change=0)[0] == "new_end"
    assert refused(commands.vary, it, **given, change=0, new_end=date(2027, 3, 31))[0] == "new_end"
    assert refused(commands.vary, it, **given, change=0, new_end=date(2029, 4, 1)) == (
        "new_end", "Enter a day up to 31 March 2029, its last possible end: beyond it, commission anew",
    )  # fmt: skip
    assert refused(commands.vary, it, **given, change=-120_000_01)[0] == "change"
    assert refused(commands.vary, it, **(given | {"approver": " "}), change=1)[0] == "approver"
    assert refused(commands.vary, it, **(given | {"ground": ""}), change=1)[0] == "ground"
    commands.vary(it, **given, change=-20_000_00, new_end=date(2028, 3, 31))
    assert (line(it).value, line(it).ends) == (100_000_00, date(2028, 3, 31))


def test_an_order_waits_at_the_gate_which_names_each_thing_that_is_missing(house: House) -> None:
    it = an_agreement(house, kpis="", specification="")
    order: dict[str, Any] = {"number": "PO1", "on": TODAY, "value": 5_00}
    field, message = refused(commands.order, it, **order, **BY)
    assert field == "number"
    assert message.startswith(
        "The gate is shut: the specification, the KPIs, the signature of the office and the signature of the provider are"
    )
    same: dict[str, Any] = {"service": it.service, "area": it.area, "owner": None}
    commands.change_agreement(it, **same, kpis="One", specification="Two", **BY)
    signed(it)
    assert not commands.order(it, **order, **BY).early
    assert refused(commands.order, it, **order, **BY)[0] == "number"
    assert refused(commands.order, it, number="PO2", on=date(2026, 3, 19), value=1, **BY)[0] == "on"
    assert refused(commands.order, it, number="PO2", on=TODAY, value=0, **BY)[0] == "value"


def test_an_override_opens_the_gate_for_its_days_and_shows_until_it_is_mended(house: House) -> None:
    it = an_agreement(house)
    chief, officer = house.actors["chief"], house.actors["policy"]
    with pytest.raises(Forbidden):
        commands.override(it, until=TODAY, actor=officer, at=NOW, reason="It cannot wait")
    said: dict[str, Any] = {"actor": chief, "at": NOW, "reason": "The service must not stop"}
    assert refused(commands.override, it, until=TODAY + timedelta(31), **said)[0] == "until"
    assert refused(commands.override, it, until=TODAY - timedelta(1), **said)[0] == "until"
    commands.override(it, until=TODAY + timedelta(30), **said)
    assert commands.order(it, number="PO1", on=TODAY, value=1, **BY).early
    assert (health(it)["override"], health(it)["ordered"]) == ("warn", "fail")
    signed(it)
    assert (health(it)["override"], health(it)["ordered"]) == ("pass", "pass")
    assert refused(commands.override, it, until=TODAY, **said)[0] == "reason"


def test_an_order_is_not_let_through_after_the_override_ran_out(house: House) -> None:
    it = an_agreement(house)
    commands.override(it, until=TODAY, actor=CANDOUR, at=NOW, reason="It cannot wait")
    later: dict[str, Any] = {"actor": CANDOUR, "at": NOW + timedelta(2), "reason": ""}
    assert refused(commands.order, it, number="PO1", on=TODAY + timedelta(1), value=1, **later)[0] == "number"


def test_what_comes_next_is_decided_by_somebody(house: House) -> None:
    it = an_agreement(house, ends=TODAY + timedelta(30), last_end=None)
    assert health(it)["next"] == "fail"
    assert refused(commands.decide_next, it, follows="", **APPROVED)[0] == "follows"
    commands.decide_next(it, follows="recommission", **APPROVED)
    assert (health(it)["next"], line(it).follows) == ("pass", "recommission")


def test_an_agreement_that_ended_takes_nothing_more(house: House) -> None:
    it = whole(house)
    assert refused(commands.end, it, on=date(2026, 3, 31), **BY)[0] == "on"
    commands.end(it, on=TODAY, **BY)
    assert line(it).closed_on == TODAY
    for act, values in (
        (commands.order, {"number": "PO1", "on": TODAY, "value": 1}),
        (commands.sign, {"side": "office", "by": "Chief", "on": TODAY}),
        (commands.end, {"on": TODAY}),
    ):
        assert refused(act, it, **values, **BY) == ("reason", "This agreement has ended: raise a new one")


def test_a_contact_is_confirmed_and_one_that_has_gone_counts_no_more(house: House) -> None:
    it = an_agreement(house)
    assert refused(commands.add_contact, it, role="Director", email="nobody", on=TODAY, **BY)[0] == "email"
    one = commands.add_contact(it, role="Director", email="", on=date(2025, 1, 1), **BY)
    assert health(it)["contact"] == "warn"
    commands.confirm_contact(one, on=TODAY, **BY)
    assert health(it)["contact"] == "pass"
    commands.confirm_contact(one, on=TODAY, left=True, **BY)
    assert health(it)["contact"] == "fail"
    assert refused(commands.confirm_contact, one, on=TODAY, **BY)[0] == "contact"


def a_word_file(*lines: str) -> BytesIO:
    word, out = Word(), BytesIO()
    for each in lines:
        word.add_paragraph(each)
    word.save(out)
    return out


def test_the_text_of_an_attached_agreement_is_looked_through(house: House) -> None:
    it = signed(an_agreement(house))
    commands.set_template(organisation=house.office, kind="contract", version="3.0", starts=date(2026, 1, 1), **BY)
    content = a_word_file("Contract", "Dated [insert]", "Signed by the office:", "Name: [TBC]")
    commands.attach(it, which="agreement", name="a.docx", content=content, template="2.1", **BY)
    found = Document.objects.get(agreement=it)
    assert (found.brackets, found.places, found.checked) == (2, "[insert]\n[TBC]", True)
    assert (found.undated, found.blank_signature, found.title_differs, found.old_template) == (True, True, True, True)
    assert [health(it)[name] for name in ("copy", "template", "brackets", "text")] == ["pass", "fail", "fail", "warn"]
    good = a_word_file(
        it.record.title, "This agreement is dated 2 March 2026", "Signed by the office: A Chief Executive"
    )
    commands.attach(it, which="agreement", name="b.docx", content=good, template="3.0", **BY)
    assert [health(it)[name] for name in ("copy", "template", "brackets", "text")] == ["pass"] * 4


def test_a_photograph_is_kept_and_said_to_be_unread(house: House) -> None:
    it = an_agreement(house)
    content = BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(100))
    made = commands.attach(it, which="agreement", name="last page.png", content=content, template="", **BY)
    assert (made.checked, made.brackets) == (False, 0)


def test_a_specification_that_is_attached_stands_for_one_that_is_written(house: House) -> None:
    it = an_agreement(house, specification="")
    assert health(it)["specification"] == "fail"
    commands.attach(it, which="specification", name="s.txt", content=BytesIO(b"What is bought"), template="", **BY)
    assert health(it)["specification"] == "pass"


def test_providers_have_numbers_that_can_be_and_one_name_each(house: House) -> None:
    given: dict[str, Any] = {"organisation": house.office, **BY}
    assert refused(commands.add_provider, name="Haven", charity_number="1", **given)[0] == "charity_number"
    assert refused(commands.add_provider, name="Haven", company_number="x", **given)[0] == "company_number"
    made = commands.add_provider(name=" Haven  House ", company_number="1234567", **given)
    assert (made.name, made.company_number) == ("Haven House", "01234567")
    assert refused(commands.add_provider, name="haven house", **given)[0] == "name"
    commands.change_provider(made, name="Haven House Trust", charity_number="123456", company_number="", **BY)
    assert Provider.objects.get().charity_number == "123456"


def test_streams_and_templates_refuse_what_is_there_already(house: House) -> None:
    a_stream(house)
    given: dict[str, Any] = {"organisation": house.office, "name": "Another", "budget": 1} | BY
    assert refused(commands.add_stream, code="vs", year="2026/27", **given)[0] == "code"
    assert refused(commands.add_stream, code="V S", year="2026/27", **given)[0] == "code"
    assert refused(commands.add_stream, code="X", year="2026/28", **given)[0] == "year"
    version: dict[str, Any] = {"organisation": house.office, "kind": "grant"} | BY
    commands.set_template(version="1", starts=TODAY, **version)
    assert refused(commands.set_template, version="1", starts=TODAY + timedelta(1), **version)[0] == "version"
    assert refused(commands.set_template, version="2", starts=TODAY, **version)[0] == "starts"


def test_a_provider_of_another_body_is_refused(house: House) -> None:
    other = a_provider(house, house.force, name="Elsewhere")
    assert refused(an_agreement, house, provider=other)[0] == "provider"


def test_restricting_needs_its_own_permission(house: House) -> None:
    it = an_agreement(house)
    with pytest.raises(Forbidden):
        commands.restrict(it, sensitivity="restricted", actor=house.actors["owner"], at=NOW, reason="Why")
    commands.restrict(it, sensitivity="restricted", **BY)
    assert line(it).sensitivity == "restricted"
    assert refused(commands.restrict, it, sensitivity="secret", **BY)[0] == "sensitivity"


def test_read_lines_stay_what_their_rows_say(house: House) -> None:
    whole(house)
    commands.vary(whole(house), on=TODAY, ground="provided", change=5, **APPROVED)
    assert check() == ""
