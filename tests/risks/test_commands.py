"""The verbs of a risk: what each writes, and what it refuses without leaving a trace."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from candour.kernel.access import Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.verify import verify
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks import commands
from candour.risks.models import Assessment, Control, Risk, RiskLine, Update
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.cases import FUTURE, PAST, RAISED, Case


def test_a_risk_is_raised_with_its_record_score_and_line(house: House) -> None:
    said = {"actor": house.actors["policy"], "at": NOW, "reason": " It came up "}
    risk = commands.raise_risk(
        organisation=house.office,
        reference=" R1 ",
        title=" The plan could fail ",
        impact=4,
        likelihood=2,
        owner=house.posts["chief"],
        responsible_officer=house.posts["finance"],
        level="project",
        source="A",
        event="B",
        effect="C",
        context="D",
        category="Money",
        effective=RAISED,
        **said,
    )
    record = (
        Record.objects.filter(pk=risk.pk)
        .values("kind", "reference", "title", "owner", "sensitivity", "closed_on")
        .get()
    )
    assert record == {
        "kind": "risk",
        "reference": "R1",
        "title": "The plan could fail",
        "owner": house.posts["chief"].pk,
        "sensitivity": "office",
        "closed_on": None,
    }
    texts = (
        Risk.objects.filter(pk=risk.pk).values_list("level", "source", "event", "effect", "context", "category").get()
    )
    assert texts == ("project", "A", "B", "C", "D", "Money")
    assert (risk.first_recorded, risk.last_review, risk.responsible_officer) == (RAISED, None, house.posts["finance"])
    scored = (
        Assessment.objects.filter(risk=risk).values_list("purpose", "impact", "likelihood", "scored_on", "scale").get()
    )
    assert scored == ("current", 4, 2, RAISED, house.scale.pk)
    assert RiskLine.objects.values_list("score", "band", "kind").get() == (8, "High", "project")
    (event,) = events([entries_of(Record.objects.get(pk=risk.pk))[0]])
    assert (event.event, event.effective, event.reason) == ("risk.raised", RAISED, "It came up")


def test_a_risk_may_be_raised_without_a_score(house: House) -> None:
    risk = a_risk(house, impact=None, likelihood=None)
    assert Assessment.objects.filter(risk=risk).count() == 0
    assert RiskLine.objects.values_list("score", "band", "rank", "review_due").get() == (None, "", 0, None)


def test_many_risks_are_raised_in_one_recording(house: House) -> None:
    found = [new_risk(house, f"N{number}") for number in range(3)]
    made = commands.raise_many(
        found, organisation=house.office, actor=house.actors["policy"], at=NOW, reason="Loaded", effective=RAISED
    )
    assert [risk.record.reference for risk in made] == ["N0", "N1", "N2"]
    assert Entry.objects.filter(event="risk.raised", effective=RAISED).count() == 3
    assert list(RiskLine.objects.order_by("reference").values_list("score", "open_controls")) == [(6, 1)] * 3
    assert verify().failure == ""


def test_risks_raised_without_one_day_for_all_hold_from_the_day_they_were_first_recorded(house: House) -> None:
    found = [new_risk(house, f"N{number}") for number in range(2)]
    found[1].risk.first_recorded = PAST
    commands.raise_many(found, organisation=house.office, actor=house.actors["policy"], at=NOW, reason="Loaded")
    raised = Entry.objects.filter(event="risk.raised").order_by("record_label")
    assert [entry.effective for entry in raised] == [RAISED, PAST]
    assert verify().failure == ""


def test_one_thing_is_said_of_each_of_many_on_its_own_day_and_for_its_own_reason(house: House) -> None:
    by = {"actor": house.actors["policy"], "at": NOW}
    new = [new_risk(house, f"N{number}") for number in range(4)]
    risks = commands.raise_many(new, organisation=house.office, reason="Loaded", effective=RAISED, **by)
    score = Assessment(risk=risks[0], scale=house.scale, impact=4, likelihood=4, scored_on=PAST)
    said = [
        commands.Said(risks[0], PAST, "It is worse", (score,)),
        commands.Said(risks[1], TODAY, "Heard", (Update(risk=risks[1], dated=TODAY, text="All is well"),)),
        commands.Said(risks[2], PAST, "Added", (Control(risk=risks[2], text="Another", added_on=PAST),)),
        commands.Said(risks[3], TODAY, "As printed", reviewed=True),
    ]
    commands.say_many(said, **by)
    last = events([entries_of(risk.record)[0] for risk in risks])
    assert [(each.event, each.effective, each.reason) for each in last] == [
        ("risk.rescored", PAST, "It is worse"),
        ("risk.updated", TODAY, "Heard"),
        ("risk.control_added", PAST, "Added"),
        ("risk.reviewed", TODAY, "As printed"),
    ]
    assert list(RiskLine.objects.order_by("reference").values_list("score", "open_controls", "last_review")) == [
        (16, 1, None),
        (6, 1, None),
        (6, 2, None),
        (6, 1, TODAY),
    ]
    assert verify().failure == ""


def test_a_score_off_the_scale_is_refused_with_the_reference_of_its_risk(case: Case) -> None:
    error = leaves_nothing(
        case, Refused, lambda: commands.say_many([off_the_scale(case)], actor=case.house.actors["policy"], at=NOW)
    )
    words = "Choose a level of the scale: Scale of 2018 has no impact of 5"
    assert str(error) == f"{case.risk.record.reference}: {words}"


def test_two_things_of_one_risk_are_never_said_at_once(case: Case) -> None:
    said = [commands.Said(case.risk, day, "Twice", reviewed=True) for day in (PAST, TODAY)]
    leaves_nothing(case, ValueError, lambda: commands.say_many(said, actor=case.house.actors["policy"], at=NOW))


def new_risk(house: House, reference: str, title: str = "Loaded") -> commands.NewRisk:
    record = Record(kind="risk", reference=reference, title=title, organisation=house.office)
    risk = Risk(record=record, first_recorded=RAISED)
    scored = Assessment(risk=risk, scale=house.scale, impact=2, likelihood=3, scored_on=RAISED)
    control = Control(risk=risk, text="A control", added_on=RAISED)
    return commands.NewRisk(record, risk, [scored], [control], [Update(risk=risk, dated=RAISED, text="Said")])


def test_rescoring_adds_an_assessment_and_keeps_the_old(case: Case) -> None:
    made = commands.rescore(case.risk, impact=4, likelihood=3, effective=PAST, **case.said())
    assert made is not None
    scores = Assessment.objects.filter(risk=case.risk).order_by("pk").values_list("impact", "likelihood", "scored_on")
    assert list(scores) == [(3, 3, RAISED), (4, 3, PAST)]
    assert case.last() == ("risk.rescored", PAST, "Because")
    assert (case.line()["score"], case.line()["scored_on"]) == (12, PAST)


def test_rescoring_to_the_score_that_stands_changes_nothing(case: Case) -> None:
    before = Entry.objects.count()
    assert commands.rescore(case.risk, impact=3, likelihood=3, **case.said()) is None
    assert Entry.objects.count() == before


def test_a_target_is_set(case: Case) -> None:
    made = commands.set_target(case.risk, impact=2, likelihood=2, **case.said())
    assert (made.purpose, made.impact, made.likelihood, made.scored_on) == ("target", 2, 2, TODAY)
    assert (case.line()["score"], case.line()["target"]) == (9, 4)
    assert case.last() == ("risk.target_set", TODAY, "Because")


def test_a_control_is_pending_unless_it_is_in_place(case: Case) -> None:
    pending = commands.add_control(
        case.risk, text=" Later ", due=FUTURE, owner=case.house.posts["chief"], **case.said()
    )
    standing = commands.add_control(case.risk, text="Now", in_place_since=PAST, **case.said())
    assert (pending.text, pending.pending, pending.due, pending.in_place_since) == ("Later", True, FUTURE, None)
    assert (pending.owner, pending.added_on) == (case.house.posts["chief"], TODAY)
    assert (standing.pending, standing.in_place_since) == (False, PAST)
    assert (case.line()["open_controls"], case.line()["next_control_due"]) == (2, PAST)


@pytest.mark.parametrize(
    ("answer", "new_due", "expected"),
    [
        ("in place", None, (False, PAST, TODAY, "", None)),
        ("works", None, (False, PAST, TODAY, "works", None)),
        ("in part", None, (False, PAST, TODAY, "in part", None)),
        ("still to do", FUTURE, (True, FUTURE, None, "", None)),
        ("removed", None, (True, PAST, None, "", TODAY)),
    ],
)
def test_a_control_is_settled(case: Case, answer: str, new_due: date | None, expected: tuple[Any, ...]) -> None:
    commands.settle_control(case.control, answer=answer, new_due=new_due, **case.said())
    found = Control.objects.values_list("pending", "due", "in_place_since", "effect", "removed_on").get(
        pk=case.control.pk
    )
    assert found == expected
    assert case.last() == ("risk.control_settled", TODAY, "Because")


def test_a_control_in_place_keeps_the_day_since_when(case: Case) -> None:
    commands.settle_control(case.control, answer="in place", effective=PAST, **case.said())
    commands.settle_control(case.control, answer="works", **case.said())
    assert Control.objects.values_list("in_place_since", "effect").get(pk=case.control.pk) == (PAST, "works")


def test_an_update_is_recorded_on_its_day(case: Case) -> None:
    made = commands.record_update(case.risk, text=" The supplier answered ", effective=PAST, **case.said())
    assert (made.dated, made.text) == (PAST, "The supplier answered")
    assert case.last() == ("risk.updated", PAST, "Because")


def test_a_review_is_one_entry_for_score_words_and_every_control(case: Case) -> None:
    before = case.record().head_sequence
    answers = {case.control.pk: ("still to do", FUTURE)}
    given = {"actor": case.house.actors["owner"], "at": NOW}
    commands.review(case.risk, impact=3, likelihood=2, narrative=" It eased ", answers=answers, accept=True, **given)
    assert (case.record().head_sequence, case.last()) == (before + 1, ("risk.reviewed", TODAY, "It eased"))
    assert (case.fresh().last_review, case.fresh().accepted_on) == (TODAY, TODAY)
    assert Update.objects.values_list("dated", "text").get() == (TODAY, "It eased")
    assert Control.objects.get(pk=case.control.pk).due == FUTURE
    assert (case.line()["score"], case.line()["review_due"]) == (6, date(2026, 9, 15))


def test_a_review_that_moves_no_score_adds_no_assessment_and_takes_acceptance_back(case: Case) -> None:
    given = {"answers": {}, "actor": case.house.actors["owner"], "at": NOW}
    commands.review(case.risk, impact=3, likelihood=3, narrative="As before", accept=True, **given)
    commands.review(case.fresh(), impact=None, likelihood=None, narrative="As before", **given)
    assert Assessment.objects.filter(risk=case.risk).count() == 1
    assert case.fresh().accepted_on is None


def test_a_review_dated_by_a_paper_is_noted(case: Case) -> None:
    commands.note_review(case.risk, effective=PAST, **case.said())
    assert (case.fresh().last_review, case.last()) == (PAST, ("risk.reviewed", PAST, "Because"))


def test_wording_is_changed(case: Case) -> None:
    texts = {"source": "A", "event": "B", "effect": "C", "context": "D"}
    commands.change_wording(case.risk, title=" Better ", **texts, **case.said())
    found = case.fresh()
    assert (found.record.title, found.source, found.event, found.effect, found.context) == (
        "Better",
        "A",
        "B",
        "C",
        "D",
    )
    assert case.last() == ("risk.reworded", TODAY, "Because")


def test_a_new_responsible_officer_has_the_risk_to_review(case: Case) -> None:
    posts = case.house.posts
    commands.hand_over(case.risk, owner=posts["finance"], responsible_officer=posts["owner"], **case.said())
    found = case.fresh()
    assert (found.record.owner, found.responsible_officer, found.transferred_on) == (
        posts["finance"],
        posts["owner"],
        TODAY,
    )
    assert case.line()["owner_id"] == posts["finance"].pk


def test_a_new_owner_alone_is_no_transfer(case: Case) -> None:
    posts = case.house.posts
    commands.hand_over(case.risk, owner=None, responsible_officer=posts["finance"], **case.said())
    assert (case.fresh().record.owner, case.fresh().transferred_on) == (None, None)


def test_a_risk_changes_level(case: Case) -> None:
    commands.change_level(case.risk, level="operational", **case.said())
    assert (case.fresh().level, case.line()["kind"]) == ("operational", "operational")
    assert case.last() == ("risk.level_changed", TODAY, "Because")


def test_a_risk_is_closed_and_reopened(case: Case) -> None:
    commands.close(case.risk, effective=PAST, **case.said())
    assert (case.record().closed_on, case.last()) == (PAST, ("risk.closed", PAST, "Because"))
    commands.reopen(case.fresh(), **case.said())
    assert (case.record().closed_on, case.last()) == (None, ("risk.reopened", TODAY, "Because"))


def test_a_risk_is_restricted(case: Case) -> None:
    commands.restrict(case.risk, sensitivity="restricted", **case.said())
    assert (case.record().sensitivity, case.line()["sensitivity"]) == ("restricted", "restricted")
    assert case.last() == ("risk.restricted", TODAY, "Because")


Verb = Callable[[Case, dict[str, Any]], object]
WORDING = {"title": "T", "source": "", "event": "", "effect": "", "context": ""}
PLACES = {"reference": "X1", "title": "T", "impact": 1, "likelihood": 1}
VERBS: dict[str, Verb] = {
    "raise": lambda case, said: commands.raise_risk(organisation=case.house.office, **PLACES, **said),
    "raise many": lambda case, said: commands.raise_many(
        [new_risk(case.house, "N1")], organisation=case.house.office, **said
    ),
    "rescore": lambda case, said: commands.rescore(case.risk, impact=4, likelihood=4, **said),
    "set target": lambda case, said: commands.set_target(case.risk, impact=1, likelihood=1, **said),
    "set inherent": lambda case, said: commands.set_inherent(case.risk, impact=4, likelihood=4, **said),
    "propose score": lambda case, said: commands.propose_score(case.risk, impact=4, likelihood=4, **said),
    "choose response": lambda case, said: commands.choose_response(case.risk, response="share", **said),
    "make joint": lambda case, said: commands.make_joint(
        case.risk, joint_with=case.house.force, joint_reference="F1", **said
    ),
    "change control": lambda case, said: commands.change_control(
        case.control, text="Another", owner=None, due=FUTURE, **said
    ),
    "add control": lambda case, said: commands.add_control(case.risk, text="T", **said),
    "settle control": lambda case, said: commands.settle_control(case.control, answer="in place", **said),
    "update": lambda case, said: commands.record_update(case.risk, text="T", **said),
    "review": lambda case, said: commands.review(
        case.risk, impact=3, likelihood=3, answers={}, narrative=said["reason"], actor=said["actor"], at=said["at"]
    ),
    "say many": lambda case, said: commands.say_many(
        [commands.Said(case.risk, PAST, said["reason"], reviewed=True)], actor=said["actor"], at=said["at"]
    ),
    "note review": lambda case, said: commands.note_review(case.risk, effective=PAST, **said),
    "reword": lambda case, said: commands.change_wording(case.risk, **WORDING, **said),
    "hand over": lambda case, said: commands.hand_over(case.risk, owner=None, responsible_officer=None, **said),
    "change level": lambda case, said: commands.change_level(case.risk, level="project", **said),
    "close": lambda case, said: commands.close(case.risk, **said),
    "restrict": lambda case, said: commands.restrict(case.risk, sensitivity="restricted", **said),
}
# A reading in of a paper dates reviews and updates whose words are their own reason.
NEED_NO_REASON = {"update", "note review"}
POLICY_ALONE = {"raise", "raise many", "change level", "close", "restrict"}


def off_the_scale(case: Case) -> commands.Said:
    score = Assessment(risk=case.risk, scale=case.house.scale, impact=5, likelihood=1, scored_on=PAST)
    return commands.Said(case.risk, PAST, "Why", (score,))


def leaves_nothing(case: Case, refused: type[Exception], act: Callable[[], object]) -> Exception:
    """The error of an act that must change nothing at all."""
    before = everything()
    with pytest.raises(refused) as raised:
        act()
    assert everything() == before
    assert verify().failure == ""
    return raised.value


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Entry, Record, Risk, Assessment, Control, Update)]


@pytest.mark.parametrize("verb", sorted(set(VERBS) - NEED_NO_REASON))
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_it_is_refused(case: Case, verb: str, reason: str) -> None:
    error = leaves_nothing(case, Refused, lambda: VERBS[verb](case, case.said(reason=reason)))
    assert isinstance(error, Refused)
    assert error.field == "reason"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("actor", ["reader", "panel", "auditor", "force_policy"])
def test_without_the_permission_it_is_refused(case: Case, verb: str, actor: str) -> None:
    leaves_nothing(case, Forbidden, lambda: VERBS[verb](case, case.said(actor)))


@pytest.mark.parametrize("verb", VERBS)
def test_a_business_owner_reviews_and_changes_but_does_not_raise_close_or_restrict(case: Case, verb: str) -> None:
    if verb in POLICY_ALONE:
        leaves_nothing(case, Forbidden, lambda: VERBS[verb](case, case.said("owner")))
    else:
        VERBS[verb](case, case.said("owner"))
        assert entries_of(case.risk.record).count() == 3


@pytest.mark.parametrize(
    ("verb", "field", "message"),
    [
        (
            lambda c, s: commands.raise_risk(organisation=c.house.office, **PLACES | {"title": " "}, **s),
            "title",
            "Enter a title that says what could happen",
        ),
        (
            lambda c, s: commands.raise_risk(organisation=c.house.office, **PLACES | {"reference": " "}, **s),
            "reference",
            "Enter a reference",
        ),
        (lambda c, s: commands.raise_risk(organisation=c.house.office, **PLACES | {"impact": 5}, **s), "impact", None),
        (
            lambda c, s: commands.raise_many(
                [new_risk(c.house, "N1"), new_risk(c.house, "N1")], organisation=c.house.office, **s
            ),
            "reference",
            "N1 is taken: enter another reference",
        ),
        (
            lambda c, s: commands.raise_many([new_risk(c.house, "N1", " ")], organisation=c.house.office, **s),
            "title",
            "N1: enter a title that says what could happen",
        ),
        (lambda c, s: commands.rescore(c.risk, impact=5, likelihood=1, **s), "impact", None),
        (
            lambda c, s: commands.say_many([off_the_scale(c)], actor=s["actor"], at=s["at"]),
            "records",
            None,
        ),
        (lambda c, s: commands.set_target(c.risk, impact=1, likelihood=0, **s), "impact", None),
        (lambda c, s: commands.add_control(c.risk, text=" ", **s), "text", "Enter what the control is"),
        (
            lambda c, s: commands.settle_control(c.control, answer="perhaps", **s),
            "answer",
            "Choose what has become of the control",
        ),
        (
            lambda c, s: commands.settle_control(c.control, answer="still to do", **s),
            "new_due",
            "Enter a new date, or say it is in place",
        ),
        (lambda c, s: commands.record_update(c.risk, text=" ", **s), "text", "Enter the update"),
        (
            lambda c, s: commands.change_wording(c.risk, **WORDING | {"title": ""}, **s),
            "title",
            "Enter a title that says what could happen",
        ),
        (
            lambda c, s: commands.change_level(c.risk, level="cosmic", **s),
            "level",
            "Choose strategic, operational or project",
        ),
        (lambda c, s: commands.reopen(c.risk, **s), "reason", "This risk is not closed"),
        (
            lambda c, s: commands.restrict(c.risk, sensitivity="secret", **s),
            "sensitivity",
            "Choose who may see this risk",
        ),
    ],
)
def test_what_the_rules_do_not_allow_is_refused(case: Case, verb: Verb, field: str, message: str | None) -> None:
    error = leaves_nothing(case, Refused, lambda: verb(case, case.said()))
    assert isinstance(error, Refused)
    assert error.field == field
    assert message is None or error.message == message


def test_a_reference_that_is_taken_is_refused(case: Case) -> None:
    taken = case.risk.record.reference
    places = PLACES | {"reference": taken}
    office = case.house.office
    error = leaves_nothing(case, Refused, lambda: commands.raise_risk(organisation=office, **places, **case.said()))
    assert str(error) == f"{taken} is taken: enter another reference"
    commands.raise_risk(organisation=case.house.force, **places, **case.said("force_policy"))
    assert Record.objects.filter(reference=taken).count() == 2


def test_an_organisation_without_a_matrix_cannot_score(case: Case, house: House) -> None:
    from candour.kernel.access import CANDOUR
    from candour.kernel.establishment.commands import set_up_organisation

    said = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    partner: Organisation = set_up_organisation(name="Partner", short_name="P", code="p", kind="partner", **said)
    error = leaves_nothing(case, Refused, lambda: commands.raise_risk(organisation=partner, **PLACES, **said))
    assert str(error) == "Partner has no risk matrix yet"


@pytest.mark.parametrize("verb", ["rescore", "review", "close"])
def test_a_closed_risk_is_refused_until_it_is_reopened(case: Case, verb: str) -> None:
    commands.close(case.risk, **case.said())
    case.risk = case.fresh()
    error = leaves_nothing(case, Refused, lambda: VERBS[verb](case, case.said()))
    assert str(error) == "This risk is closed: reopen it first"


def test_a_removed_control_cannot_be_settled(case: Case) -> None:
    commands.settle_control(case.control, answer="removed", **case.said())
    error = leaves_nothing(case, Refused, lambda: VERBS["settle control"](case, case.said()))
    assert str(error) == "This control was removed"


def test_a_review_names_the_control_that_needs_a_new_date_and_saves_nothing(case: Case) -> None:
    given = {"impact": 4, "likelihood": 4, "narrative": "Mine", "answers": {case.control.pk: ("still to do", None)}}
    act = lambda: commands.review(case.risk, actor=case.house.actors["policy"], at=NOW, **given)  # noqa: E731
    error = leaves_nothing(case, Refused, act)
    assert getattr(error, "field", "") == f"control-{case.control.pk}-due"
    assert str(error) == "Enter a new date for ‘Agree the plan’, or say it is in place"
