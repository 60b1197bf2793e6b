"""What scripts write: through the same commands, once, never over what they have not read, under their token's name."""

import pytest

from candour.kernel.history.models import Entry
from candour.risks.models import Update
from tests.api.factories import Script, said, script
from tests.factories import House, a_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(house: House) -> Script:
    return script(house.posts["policy"])


def test_an_update_stands_in_the_history_under_the_name_of_the_token(house: House, policy: Script) -> None:
    risk = a_risk(house)
    answer = policy.post(f"risks/office/{risk.record.reference}/updates", {"text": "The pump is ordered"})
    update = Update.objects.get(risk=risk)
    assert (answer.status_code, said(answer)) == (
        201,
        {"reference": risk.record.reference, "version": 2, "number": update.pk},
    )
    assert (answer.headers["ETag"], update.text) == ('"2"', "The pump is ordered")
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor_kind, entry.actor_label) == ("risk.updated", "token", "Monthly script")


def test_a_refusal_names_the_answer_and_how_to_mend_it(house: House, policy: Script) -> None:
    risk = a_risk(house)
    answer = policy.post(f"risks/office/{risk.record.reference}/updates", {"text": " "})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert said(answer)["errors"] == [{"field": "text", "message": "Enter the update"}]
    assert not Update.objects.filter(risk=risk).exists()


def test_a_write_over_what_was_not_read_is_refused(house: House, policy: Script) -> None:
    risk = a_risk(house)
    at = f"risks/office/{risk.record.reference}"
    version = policy.get(at).headers["ETag"]
    assert policy.post(f"{at}/updates", {"text": "First"}, If_Match=version).status_code == 201
    again = policy.post(f"{at}/updates", {"text": "Second"}, If_Match=version)
    assert (again.status_code, Update.objects.filter(risk=risk).count()) == (412, 1)
    assert policy.post(f"{at}/updates", {"text": "Third"}, If_Match="first").status_code == 412
    assert policy.post(f"{at}/updates", {"text": "Fourth"}, If_Match="*").status_code == 201


def test_a_write_sent_again_with_its_key_is_one_entry(house: House, policy: Script) -> None:
    at = f"risks/office/{a_risk(house).record.reference}/updates"
    first = policy.post(at, {"text": "Once"}, Idempotency_Key="november")
    second = policy.post(at, {"text": "Once"}, Idempotency_Key="november")
    assert (first.status_code, second.status_code, said(first)) == (201, 201, said(second))
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    assert (first.headers["ETag"], Update.objects.count()) == (second.headers["ETag"], 1)


def test_a_key_means_one_thing(house: House, policy: Script) -> None:
    at = f"risks/office/{a_risk(house).record.reference}/updates"
    policy.post(at, {"text": "Once"}, Idempotency_Key="november")
    other = policy.post(at, {"text": "Other"}, Idempotency_Key="november")
    assert (other.status_code, said(other)["errors"]) == (
        422,
        [{"field": "Idempotency-Key", "message": "Use a new key"}],
    )
    mine = script(house.posts["chief"]).post(at, {"text": "Once"}, Idempotency_Key="november")
    assert (mine.status_code, Update.objects.count()) == (201, 2)  # another token's keys are its own


def test_a_write_that_was_refused_keeps_no_key(house: House, policy: Script) -> None:
    at = f"risks/office/{a_risk(house).record.reference}/updates"
    assert policy.post(at, {"text": " "}, Idempotency_Key="november").status_code == 422
    assert policy.post(at, {"text": "Now"}, Idempotency_Key="november").status_code == 201


@pytest.mark.parametrize("text", ["nought \x00", "half \ud800"])
def test_signs_that_cannot_be_kept_are_refused(house: House, policy: Script, text: str) -> None:
    at = f"risks/office/{a_risk(house).record.reference}/updates"
    answer = policy.post(at, {"text": text})
    assert answer.status_code in {400, 422}


def test_a_name_that_a_write_does_not_know_is_refused(house: House, policy: Script) -> None:
    at = f"risks/office/{a_risk(house).record.reference}/updates"
    answer = policy.post(at, {"text": "Said", "score": 4})
    assert (answer.status_code, said(answer)["errors"][0]["field"]) == (422, "score")
