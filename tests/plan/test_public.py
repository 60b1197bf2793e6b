"""The plan on the public site: a frozen copy of what is public of it, and nothing of the rest."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.kernel.papers.document import Heading, Table, texts
from candour.kernel.publication.commands import prepare, publish
from candour.kernel.publication.models import Published, PublishedFile
from candour.kernel.publication.queries import document_of
from candour.kernel.rules import Refused
from candour.plan.papers.public import FIRST, PUBLIC_PLAN
from tests.factories import NOW, TODAY, House
from tests.plan.factories import GREEN, RED, a_plan, an_activity, an_objective, updated
from tests.risks.pages import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
OPEN: dict[str, Any] = {"sensitivity": "public"}
HIDDEN = (
    "An office objective",
    "A secret objective",
    "An office activity",
    "A secret activity",
    "Under the office",
    "hush",
)


def a_public_plan(house: House) -> None:
    """A public plan with a public objective over public, office and restricted activities, and hidden objectives beside it."""
    plan = a_plan(house, **OPEN)
    shown = an_objective(plan, house, **OPEN)
    it = an_activity(shown, house, **OPEN)
    updated(it, GREEN, achieved="Letters go out in two days")
    updated(
        an_activity(shown, house, title="An office activity", sensitivity="office"),
        RED,
        achieved="hush hush between the office and panel",
    )
    an_activity(shown, house, title="A secret activity", sensitivity="restricted", owner=house.posts["policy"])
    hidden = an_objective(plan, house, number="1.2", title="An office objective", sensitivity="office")
    an_activity(hidden, house, title="Under the office", sensitivity="office")
    an_objective(
        plan, house, number="1.3", title="A secret objective", sensitivity="restricted", owner=house.posts["policy"]
    )


def out(house: House, **more: Any) -> Published:
    return publish("plan", "PCP25", organisation=house.office, actor=house.actors["policy"], at=NOW, **more)


def test_what_is_public_of_a_plan_is_published_and_counted_alone(house: House) -> None:
    a_public_plan(house)
    made = out(house)
    document = document_of(made)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "The plan on a page", "Priority 1. Putting victims first", "1.1 Every victim is offered support",
    ]  # fmt: skip
    words = " ".join(" ".join(texts(document)).split())
    assert "Published here: 1 priority, 1 objective and 1 activity." in words
    assert "Letters go out in two days" in words
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [1]
    assert [each for each in HIDDEN if each in words] == []
    data = bytes(PublishedFile.objects.get(published=made, name="plan-PCP25.csv").content).decode()
    assert len(data.splitlines()) == 2
    assert [each for each in HIDDEN if each in data] == []
    anyone = Client().get("/public/office/plan/PCP25/")
    assert anyone.status_code == 200
    assert "Letters go out in two days" in said(anyone)


def test_the_copy_stays_as_it_went_out_and_a_correction_says_what_differs(house: House) -> None:
    a_public_plan(house)
    first = out(house)
    with pytest.raises(Refused, match="Nothing differs"):
        out(house, note="Again")
    updated(an_activity(an_objective(first_plan(), house, number="1.4", title="New", **OPEN), house, **OPEN))
    second = out(house, note="A new objective")
    assert (first.edition, second.edition) == (1, 2)
    assert "1.4 New" not in " ".join(texts(document_of(first)))
    assert "1.4 New" in " ".join(texts(document_of(second)))


def first_plan() -> Any:
    from candour.plan.models import Plan

    return Plan.objects.select_related("record__organisation").get()


def test_a_plan_that_is_not_for_everybody_waits_and_cannot_go_out(house: House) -> None:
    a_plan(house)
    a_plan(house, reference="DRAFT", published_on=None, **OPEN)
    a_plan(house, reference="SECRET", sensitivity="restricted", owner=house.posts["policy"])
    actor = house.actors["policy"]
    assert [(one.key, one.waits) for one in PUBLIC_PLAN.ready(house.office.pk, actor, TODAY)] == [("PCP25", FIRST)]
    for key in ("PCP25", "DRAFT", "SECRET", "NEVER"):
        with pytest.raises(LookupError, match="no public plan"):
            prepare("plan", key, organisation=house.office, actor=actor, at=NOW)


def test_words_of_a_hidden_activity_in_a_public_one_stop_the_copy(house: House) -> None:
    a_public_plan(house)
    it = an_activity(first_plan().objectives.get(number="1.1"), house, title="Another", **OPEN)
    updated(it, GREEN, achieved="Done with A secret activity")
    with pytest.raises(Refused, match="Leak check"):
        out(house)
    assert Published.objects.count() == 0
    assert date(2026, 6, 15) == TODAY
