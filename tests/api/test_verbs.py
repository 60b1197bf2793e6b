"""Each verb of the API does what its page does."""

from datetime import date
from decimal import Decimal

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.actions.models import Action
from candour.kernel.history.models import Entry
from candour.performance.commands import define_measure
from candour.performance.models import Load, Observation
from candour.recommendations.models import Update as Answer
from candour.risks.models import Control, Risk
from tests.api.factories import Script, said, script
from tests.everywhere.world import World
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(world: World) -> Script:
    return script(world.house.posts["policy"])


def entry() -> tuple[str, str]:
    """The last thing that happened, and who entered it."""
    last = Entry.objects.latest("pk")
    return last.event, last.actor_label


def test_a_review_scores_answers_controls_and_says_what_moved(world: World, policy: Script) -> None:
    target = world.targets["seen"]
    given = {"narrative": "The valve came", "impact": 2, "likelihood": 2}
    given |= {"controls": [{"control": target.control, "answer": "in place"}]}
    assert policy.post(f"risks/office/{target.reference}/reviews", given).status_code == 201
    assert entry() == ("risk.reviewed", "Monthly script")
    risk = said(policy.get(f"risks/office/{target.reference}"))
    assert (risk["score"], risk["controls"][0]["pending"], risk["updates"][-1]["text"]) == (4, False, "The valve came")
    assert risk["last_review"] == Risk.objects.get(pk=world.risks["seen"].pk).last_review.isoformat()


def test_a_control_of_another_risk_is_no_answer(world: World, policy: Script) -> None:
    given = {"narrative": "Said", "controls": [{"control": world.targets["hidden"].control, "answer": "in place"}]}
    answer = policy.post(f"risks/office/{world.targets['seen'].reference}/reviews", given)
    assert (answer.status_code, said(answer)["errors"][0]["field"]) == (422, "controls")
    assert Control.objects.get(pk=world.targets["hidden"].control).pending


def test_a_review_without_a_narrative_is_refused(world: World, policy: Script) -> None:
    answer = policy.post(f"risks/office/{world.targets['seen'].reference}/reviews", {"narrative": ""})
    assert (answer.status_code, said(answer)["errors"][0]["message"]) == (422, "Say what moved, or that nothing has")


def test_an_answer_to_a_recommendation_is_its_posts_and_answers_what_is_asked(world: World) -> None:
    chief = script(world.house.posts["chief"])
    place = f"recommendations/office/{world.targets['seen'].reference}"
    made = chief.post(
        f"{place}/answers", {"achieved": "The policy is signed", "left": "Training", "period": "June 2026"}
    )
    answer = Answer.objects.get(pk=said(made)["number"])
    assert (made.status_code, answer.by, answer.achieved) == (201, world.house.posts["chief"], "The policy is signed")
    world.asked.refresh_from_db()
    assert world.asked.answer == answer
    assert said(chief.get(place))["updates"][-1]["left"] == "Training"


def test_figures_are_loaded_once_and_what_stands_is_left_out(world: World, policy: Script) -> None:
    measure = world.measures["seen"].record.reference
    figures = [{"measure": measure, "period": "2026-06-01", "value": "412.5"}]
    given = {"organisation": "office", "reason": "Extract of 3 July", "figures": figures}
    first = policy.post("measures/figures", given)
    load = Load.objects.latest("pk")
    assert (first.status_code, said(first)) == (201, {"load": load.pk, "figures": 1})
    assert (load.file_name, entry()) == ("API, Monthly script", ("measures.loaded", "Monthly script"))
    row = Observation.objects.get(load=load)
    assert (row.period, row.value) == (date(2026, 6, 1), Decimal("412.5000"))
    assert said(policy.post("measures/figures", given)) == {"load": None, "figures": 0}
    answered = said(policy.get(f"measures/office/{measure}"))["figures"][-1]
    assert (answered["period"], Decimal(answered["value"])) == ("2026-06-01", Decimal("412.5"))


@pytest.mark.parametrize("measure", ["NEVER", "Q0002"])
def test_a_figure_of_a_measure_that_is_hidden_or_never_was_is_refused_alike(world: World, measure: str) -> None:
    """Of a post that loads figures and sees no restricted record, by a role of its own for this test."""
    manager = script(world.house.posts["force_policy"])
    given = {"organisation": "office", "reason": "R", "figures": [{"measure": measure, "period": "2026-05-01"}]}
    answer = manager.post("measures/figures", given)
    assert (answer.status_code, said(answer)["errors"][0]["field"]) == (422, "organisation")


def test_figures_of_a_measure_that_is_not_there_name_the_row(world: World, policy: Script) -> None:
    known = world.measures["seen"].record.reference
    figures = [{"measure": name, "period": "2026-05-01", "value": "1"} for name in (known, "NEVER")]
    answer = policy.post("measures/figures", {"organisation": "office", "reason": "R", "figures": figures})
    assert said(answer)["errors"] == [
        {"field": "figures.1.measure", "message": "Office of Mereford has no measure NEVER that is still measured"}
    ]


def test_a_figure_that_is_too_large_once_worked_out_is_refused(world: World, policy: Script) -> None:
    by = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}
    rate = define_measure(
        organisation=world.house.office, title="Rate", counts="Things", unit="rate", per=100_000, better="higher", **by
    )
    one = {
        "measure": rate.record.reference,
        "period": "2026-05-01",
        "numerator": "99999999999",
        "denominator": "0.0001",
    }
    answer = policy.post("measures/figures", {"organisation": "office", "reason": "R", "figures": [one]})
    assert (answer.status_code, "larger than can be kept" in said(answer)["errors"][0]["message"]) == (422, True)


def test_an_action_is_moved_and_done(world: World, policy: Script) -> None:
    target = world.targets["seen"]
    place = f"actions/risk/office/{target.reference}/{target.action}"
    moved = policy.post(f"{place}/moved", {"due": "2090-03-01", "reason": "The supplier is late"})
    assert (moved.status_code, Action.objects.get(pk=target.action).due) == (201, date(2090, 3, 1))
    done = policy.post(f"{place}/done", {"outcome": "Fitted", "done_on": "2026-06-20"}, Idempotency_Key="fitted")
    again = policy.post(f"{place}/done", {"outcome": "Fitted", "done_on": "2026-06-20"}, Idempotency_Key="fitted")
    assert (done.status_code, said(done)["number"], said(again)) == (201, target.action, said(done))
    assert (Action.objects.get(pk=target.action).outcome, entry()) == ("Fitted", ("action.finished", "Monthly script"))
    late = policy.post(f"{place}/done", {"outcome": "Fitted twice"})
    assert (late.status_code, said(late)["errors"][0]["message"]) == (422, "This action was done on 20 June 2026")


def test_an_action_of_a_hidden_record_answers_as_one_that_never_was(world: World) -> None:
    owner, hidden = script(world.house.posts["owner"]), world.targets["hidden"]
    for reference, number in ((hidden.reference, hidden.action), ("Q9999", hidden.action), ("Q0001", hidden.action)):
        answer = owner.post(f"actions/risk/office/{reference}/{number}/done", {"outcome": "Done"})
        assert (answer.status_code, said(answer)["detail"]) == (404, "There is nothing at this address")
    assert owner.post("actions/dragon/office/Q0001/1/done", {"outcome": "Done"}).status_code == 404


def test_the_actions_of_the_tokens_post_are_listed(world: World) -> None:
    chief = script(world.house.posts["chief"])
    found = said(chief.get("actions", limit=200))
    numbers = {row["action"]["number"] for row in found["items"]}
    assert {world.targets[name].action for name in ("seen", "hidden", "proposed")} <= numbers
    assert found["total"] == len(found["items"])
