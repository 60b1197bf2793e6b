"""The description of the API: as OpenAPI, as a page and in words."""

import json
import re

import pytest
from django.test import Client

from candour.api.reference import Field, flat, sections
from candour.api.schema import openapi
from candour.kernel.service.rules import narrowed
from candour.kernel.service.scopes import Register, register, scopes
from tests.api.walk import scope_of
from tests.everywhere.asking import API

CURL = re.compile(r"https://candour\.example(/api/v1/[^\"\s?]*)")


def test_every_operation_says_its_scope_and_how_it_refuses() -> None:
    told = {}
    for address, methods in openapi()["paths"].items():
        for method, operation in methods.items():
            told[f"{method} {address}"] = operation
    assert len(told) == 56
    for operation in told.values():
        names = operation["description"].removeprefix("Scope: ").split(" and ")
        assert set(names) <= set(scopes())
        assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
        assert list(operation["responses"]["422"]["content"]) == ["application/problem+json"]
        assert operation["security"] == [{"Bearer": []}]


def test_the_scope_that_is_told_is_the_one_that_is_asked_for() -> None:
    by_address = {f"/api/{pattern.pattern}": name for name, pattern in API.items()}
    for address, methods in openapi()["paths"].items():
        for operation in methods.values():
            route = re.sub(r"{(number)}", r"<int:\1>", address)
            route = re.sub(r"{(reference)}", r"<path:\1>", route)
            name = by_address[re.sub(r"{(\w+)}", r"<\1>", route)]
            assert scope_of(name) in operation["description"]


def test_a_description_in_words_names_what_is_inside() -> None:
    risks = sections(openapi())[0]
    update = next(one for one in risks.operations if one.key == "review_risk")
    sent = {field.name: field for field in flat(update.sent)}
    assert (risks.title, update.method, update.scope) == ("Risks", "POST", "risks:write")
    assert sent["narrative"] == Field(
        "narrative", "text", "What moved since the last review, or that nothing has", True
    )
    assert sent["controls[].answer"].kind.startswith("one of in place, ")
    assert (sent["impact"].kind, sent["controls[].due"].kind) == ("whole number, or null", "day, or null")


def test_the_examples_of_the_docs_lead_somewhere() -> None:
    from django.urls import resolve

    from candour.config.home import PACKAGE

    found = CURL.findall((PACKAGE.parent / "docs" / "api.md").read_text())
    assert len(found) == 7
    assert {resolve(each).url_name for each in found} == {
        "api-risks", "api-recommendations", "api-risks-one", "api-risks-history", "api-figures", "api-risk-review",
        "api-action-done",
    }  # fmt: skip


def test_a_register_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        register(Register("risks", "Risks", "risks.see"))


def test_a_scope_leaves_in_what_the_post_may_do_in_its_bodies() -> None:
    held = {"risks.see": frozenset({1, 2}), "risks.close": frozenset({1})}
    assert narrowed(held, ["risks.see", "audits.see"]) == {"risks.see": frozenset({1, 2})}


@pytest.mark.django_db
def test_the_reference_is_open_to_everybody_as_a_page_and_as_openapi() -> None:
    page = Client().get("/api/").content.decode()
    assert "POST /api/v1/measures/figures" in page
    assert "Scope measures:write" in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]
    description = Client().get("/api/openapi.json")
    assert (description.headers["Content-Type"], json.loads(description.content)["openapi"]) == (
        "application/json",
        "3.1.0",
    )


@pytest.mark.django_db
def test_what_is_no_address_of_the_api_is_a_problem_too() -> None:
    for method in ("get", "post", "put", "delete"):
        answer = getattr(Client(), method)("/api/v1/dragons")
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    answer = Client().get("/api/v1/risks?q=%00")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert Client().get("/risks/?q=%00").headers["Content-Type"] == "text/html; charset=utf-8"
    answer = Client().delete("/api/v1/risks")
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Allow"]) == (
        405,
        "application/problem+json",
        "GET",
    )
