"""Whatever the OpenAPI of the API allows to be asked, and more, is answered or refused as it says: never with a failure."""

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from schemathesis import Case

from candour.api.schema import openapi
from tests.api.factories import Script, script
from tests.everywhere.world import World

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_dict(openapi())
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}
EXAMPLES = 8


def asked(case: Case, place: dict[str, Any] | None) -> tuple[str, bytes]:
    """The address and body of a case; of a record that is there, where one is given."""
    path = case.formatted_path
    if place is not None:
        path = re.sub(r"{(\w+)}", lambda found: quote(str(place[found[1]])), case.path)
    query = urlencode({name: value for name, value in (case.query or {}).items() if value is not None}, doseq=True)
    body = b"" if isinstance(case.body, schemathesis.core.NotSet) else json.dumps(case.body).encode()
    return f"{path}?{query}" if query else path, body


def answered(asking: Script, case: Case, place: dict[str, Any] | None) -> str:
    """What is wrong with the answer to a case; empty when nothing is."""
    address, body = asked(case, place)
    headers = asking.headers | {"Idempotency-Key": "", "If-Match": "*"}
    with transaction.atomic():
        response = asking.client.generic(case.method, address, body, content_type="application/json", headers=headers)
        transaction.set_rollback(True)
    documented = {int(status) for status in case.operation.definition.raw["responses"]}
    kind = response.headers["Content-Type"]
    wanted = "application/json" if response.status_code < 400 else "application/problem+json"
    # A path that was made of odd signs may lead to no address of the API, and to the pages' own refusal.
    if address.startswith("/api/v1/") and (response.status_code not in documented or not kind.startswith(wanted)):
        return f"{case.method} {address} {body!r}: {response.status_code} {kind}"
    return ""


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_question_fails(world: World, label: str) -> None:
    asking, target = script(world.house.posts["policy"]), world.targets["seen"]
    seen = {
        "organisation": "office",
        "reference": target.reference,
        "kind": "risk",
        "number": target.action if "actions/" in label else world.items["seen"].decisions.get().pk,
    }

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: Case) -> None:
        assert answered(asking, case, None) == ""
        assert answered(asking, case, seen) == ""

    ask()


def test_everything_is_asked() -> None:
    assert len(OPERATIONS) == 56
