"""What is due is disposed of when one asks and another approves; a legal hold stops it, and every removal."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.evidence.commands import add_file, erase_file
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import redact, redact_reason
from candour.kernel.history.models import Entry, Snapshot
from candour.kernel.history.queries import entries_of
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record, SearchText
from candour.kernel.retention import commands
from candour.kernel.retention.models import Hold, Period, Removal
from candour.kernel.retention.queries.periods import due, due_row
from candour.kernel.retention.queries.removals import look_for
from candour.kernel.rules import Refused
from candour.risks import commands as risks
from candour.risks.models import Risk
from tests.evidence import samples
from tests.factories import NOW, TODAY, House, a_risk
from tests.retention.conftest import kept_for

WHY = "The schedule says two years, and nothing speaks for keeping it"


def now_of(risk: Risk) -> Record:
    return Record.objects.select_related("organisation").get(pk=risk.pk)


def closed(house: House, on: date = date(2024, 3, 1), **values: Any) -> Risk:
    """A risk that was closed on a day, with an update, a control and a reason."""
    risk = a_risk(house, effective=date(2023, 1, 10), **values)
    said: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
    risks.record_update(risk, text="Secret words of an update", reason="", **said)
    risks.add_control(risk, text="Secret words of a control", reason="Secret reason", **said)
    risks.close(risk, reason="Secret grounds", effective=on, **said)
    return risk


def listed(house: House, name: str = "policy") -> list[str]:
    rows, _ = due(house.actors[name], TODAY)
    return [record.reference for record in rows]


def asked(house: House, risk: Risk, name: str = "policy") -> Removal:
    return commands.ask_disposal(now_of(risk), actor=house.actors[name], at=NOW, reason=WHY)


def approve(house: House, removal: Removal, name: str = "chief") -> None:
    fresh = Removal.objects.select_related("record__organisation").get(pk=removal.pk)
    commands.approve_removal(fresh, actor=house.actors[name], at=NOW, reason="Checked against the schedule")


def held(house: House, risk: Risk) -> Hold:
    return commands.hold(now_of(risk), actor=house.actors["policy"], at=NOW, reason="A claim of last May")


def test_records_are_due_by_the_period_of_their_kind_and_body_that_holds_today(house: House) -> None:
    kept_for(house, 2)
    old, young = closed(house), closed(house, date(2025, 3, 1))
    a_risk(house)
    closed(house, organisation=house.force, owner=house.posts["force_policy"])
    assert listed(house) == [old.record.reference]
    rows, spans = due(house.actors["policy"], TODAY)
    row = due_row(rows[0], spans)
    assert (row.closed_on, row.due) == (date(2024, 3, 1), date(2026, 3, 1))
    kept_for(house, 1, starts=date(2026, 6, 1))
    assert listed(house) == [old.record.reference, young.record.reference]
    kept_for(house, None, starts=date(2026, 6, 15))
    assert listed(house) == []
    kept_for(house, 0, starts=date(2026, 6, 16))
    assert listed(house) == []


def test_without_a_period_nothing_is_due(house: House) -> None:
    closed(house)
    assert listed(house) == []


def test_what_one_may_not_see_is_not_due_for_one(house: House) -> None:
    kept_for(house, 2)
    hidden = closed(house, sensitivity="restricted")
    assert (listed(house), listed(house, "force_policy"), listed(house, "reader")) == (
        [hidden.record.reference],
        [],
        [],
    )


def test_a_disposed_record_keeps_no_words_and_the_history_holds(
    house: House, files: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    kept_for(house, 2)
    risk = closed(house, title="Secret title", source="Secret source", reason="Secret raised")
    add_file(now_of(risk), name="Secret.pdf", content=io.BytesIO(samples.PDF), actor=CANDOUR, at=NOW, reason="Secret")
    other = a_risk(house, title="Kept title")
    removal = asked(house, risk)
    assert listed(house) == []
    with django_capture_on_commit_callbacks(execute=True):
        approve(house, removal)
    kept = [rows.objects.filter(record_id=risk.pk).values_list("words", flat=True) for rows in (Entry, Snapshot)]
    words = [held for every in kept for held in every]
    assert [text for held in words for text in held.values() if "secret" in text.lower()] == []
    record = now_of(risk)
    assert (record.title, record.closed_on, Risk.objects.get(pk=risk.pk).source) == (REMOVED, date(2024, 3, 1), REMOVED)
    assert SearchText.objects.get(pk=risk.pk).text == " ".join(sorted([record.reference.lower(), "removed"]))
    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert now_of(other).title == "Kept title"
    assert verify().failure == ""
    last = Removal.objects.get()
    assert (last.outcome, last.decided_by, last.decided_why) == (
        "done",
        "Chief Executive",
        "Checked against the schedule",
    )
    assert listed(house) == []
    with pytest.raises(Refused, match="was asked for already"):
        asked(house, risk)


def test_what_is_not_due_cannot_be_disposed_of(house: House) -> None:
    risk = closed(house)
    with pytest.raises(Refused, match=r"is not due for disposal\. No period is set for records of this kind"):
        asked(house, risk)
    kept_for(house, 7)
    with pytest.raises(Refused, match=r"is not due for disposal\. It is kept until 1 March 2031"):
        asked(house, risk)
    with pytest.raises(Refused, match="It is open: the period begins on the day it is closed"):
        asked(house, a_risk(house))


def test_a_period_that_grew_meanwhile_stops_an_approval(house: House) -> None:
    kept_for(house, 2)
    removal = asked(house, closed(house))
    kept_for(house, 7, starts=TODAY)
    with pytest.raises(Refused, match="It is kept until 1 March 2031"):
        approve(house, removal)


def test_a_legal_hold_stops_disposal_and_every_removal_until_it_is_lifted(house: House) -> None:
    kept_for(house, 2)
    risk = closed(house)
    file = add_file(now_of(risk), name="a.pdf", content=io.BytesIO(samples.PDF), actor=CANDOUR, at=NOW, reason="x")
    removal = asked(house, risk)
    hold = held(house, risk)
    stands = f"{risk.record.reference} is under a legal hold since 15 June 2026: nothing is removed until it is lifted"
    record, said = now_of(risk), {"actor": house.actors["chief"], "at": NOW, "reason": "x"}
    codes = [look_for(record, "Secret").rows[0].code]
    for act in (
        lambda: approve(house, removal),
        lambda: asked(house, risk),
        lambda: commands.ask_removal(record, words="Secret", places=codes, files=[], **said),
        lambda: redact(record, Risk.objects.get(pk=risk.pk), "source", **said),
        lambda: redact_reason(record, entries_of(record)[0], **said),
        lambda: erase_file(file, **said),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.message == stands
    assert listed(house) == []
    second = held(house, risk)
    for each in (hold, second):
        fresh = Hold.objects.select_related("record").get(pk=each.pk)
        commands.lift(fresh, actor=house.actors["policy"], at=NOW, reason="The claim is settled")
    with pytest.raises(Refused, match="It was lifted on 15 June 2026"):
        commands.lift(fresh, actor=house.actors["policy"], at=NOW, reason="Again")
    approve(house, removal)
    assert verify().failure == ""


def test_a_hold_says_who_placed_and_lifted_it_and_why(house: House) -> None:
    risk = a_risk(house)
    with pytest.raises(Refused, match="Say what it is held for"):
        commands.hold(now_of(risk), actor=house.actors["policy"], at=NOW, reason=" ")
    hold = held(house, risk)
    commands.lift(hold, actor=house.actors["chief"], at=NOW, reason="The claim is settled")
    assert [(entry.event, entry.actor_label) for entry in entries_of(now_of(risk))[:2]] == [
        ("retention.hold_lifted", "Chief Executive"),
        ("retention.held", "Policy and Compliance Officer"),
    ]
    assert (hold.placed_by, hold.why, hold.lifted_by, hold.lifted_why) == (
        "Policy and Compliance Officer",
        "A claim of last May",
        "Chief Executive",
        "The claim is settled",
    )


def test_only_those_who_may_do_each(house: House) -> None:
    kept_for(house, 2)
    risk = closed(house)
    said = {"at": NOW, "reason": "x"}
    for name in ("owner", "reader", "auditor", "force_policy", "secretary"):
        actor = house.actors[name]
        for act in (
            lambda actor=actor: commands.hold(now_of(risk), actor=actor, **said),
            lambda actor=actor: commands.ask_disposal(now_of(risk), actor=actor, **said),
            lambda actor=actor: commands.set_period(
                house.office, kind="risk", years=1, starts=TODAY, basis="x", actor=actor, at=NOW
            ),
        ):
            with pytest.raises(Forbidden):
                act()
    kept = {"kind": "risk", "years": 1, "starts": TODAY, "basis": "x"}
    with pytest.raises(Forbidden):
        commands.set_period(house.office, **kept, actor=house.actors["chief"], at=NOW)
    assert (Hold.objects.count(), Removal.objects.count(), Period.objects.count()) == (0, 0, 1)


def test_a_period_needs_a_kind_a_basis_and_a_day_of_its_own(house: House) -> None:
    given: dict[str, Any] = {"kind": "risk", "years": 7, "starts": TODAY, "basis": "The schedule"}
    said: dict[str, Any] = {"actor": house.actors["admin"], "at": NOW}
    for wrong, message in (
        ({"kind": "dragon"}, "Choose the kind of record"),
        ({"years": 151}, "Enter years from 0 to 150, or choose to keep them for ever"),
        ({"basis": " "}, "Say what the period rests on"),
    ):
        with pytest.raises(Refused, match=message):
            commands.set_period(house.office, **(given | wrong), **said)
    commands.set_period(house.office, **given, **said)
    with pytest.raises(Refused, match="A period of this kind begins on 15 June 2026 already"):
        commands.set_period(house.office, **given, **said)
    assert verify().failure == ""


def test_of_several_all_are_asked_for_or_none(house: House) -> None:
    kept_for(house, 2)
    first, second = closed(house), closed(house)
    held(house, second)
    said = {"actor": house.actors["policy"], "at": NOW, "reason": WHY}
    with pytest.raises(Refused, match="legal hold"):
        commands.ask_disposals([now_of(first), now_of(second)], **said)
    assert Removal.objects.count() == 0
    assert len(commands.ask_disposals([now_of(first)], **said)) == 1
    with pytest.raises(Refused, match="Choose the records to be disposed of"):
        commands.ask_disposals([], **said)
