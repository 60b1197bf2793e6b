"""The log: a line for each request and job, each with its number, and nothing in it that opens anything."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from candour.kernel.jobs import commands
from candour.kernel.jobs.models import Job
from candour.kernel.jobs.works import Failed, Work, register, works
from candour.kernel.logs.context import current_id, id_given, within
from candour.kernel.logs.counting import Counted, shape
from candour.kernel.logs.lines import hidden
from tests.factories import NOW, House, a_risk
from tests.logs.lined import lined
from tests.risks.pages import signed_in

HEX = re.compile(r"[0-9a-f]{32}")


@pytest.mark.parametrize("given", ["abcdefgh", "A-Z_0.9-abcdefgh", "f" * 64])
def test_a_number_that_a_proxy_gives_is_kept(given: str) -> None:
    assert id_given(given) == given


@pytest.mark.parametrize(
    "given",
    [None, "", "short", "f" * 65, "a b c d e f g h", "line\nbreak-line", "<script>alert", "sé cret-ish", "x;drop-it"],
)
def test_whatever_else_stands_in_its_place_is_not(given: str | None) -> None:
    assert HEX.fullmatch(id_given(given))


def test_the_number_stands_for_as_long_as_the_request() -> None:
    assert current_id() == ""
    with within("number-one"):
        assert current_id() == "number-one"
        with within("number-two", work="a.job"):
            assert current_id() == "number-two"
        assert current_id() == "number-one"
    assert current_id() == ""


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT *  FROM a\nWHERE b = %s", "SELECT * FROM a WHERE b = %s"),
        (
            "SELECT 'it''s a secret', 12, 3.5 FROM a2 WHERE x IN (%s, %s, %s)",
            "SELECT ?, ?, ? FROM a2 WHERE x IN (%s, …)",
        ),
        ('SELECT "a"."b1" FROM "a" LIMIT 21', 'SELECT "a"."b1" FROM "a" LIMIT ?'),
        ("x" * 3000, "x" * 2000),
    ],
)
def test_a_question_is_told_without_its_values(sql: str, said: str) -> None:
    assert shape(sql) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer …"),
        ("token candour_" + "a" * 43 + " was shown", "token candour_… was shown"),
        ("Cookie: sessionid=abc:def; csrftoken=xyz", "Cookie: sessionid=…; csrftoken=…"),
        ("{'password': 'kingfisher', 'user': 'clerk'}", "{'password': '…', 'user': 'clerk'}"),
        ("postgresql://candour:hush@127.0.0.1/x", "postgresql://…@127.0.0.1/x"),
        ("Not Found: /sign-in/link/" + "A1b2" * 10 + "/", "Not Found: /sign-in/link/…/"),
        ("DETAIL: Key (digest)=(f00) exists.", "DETAIL: …"),
        ("{'olive.b+1@mereford.example': (451, b'Later')}", "{'…@…': (451, b'Later')}"),
        ("GET /callback?code=abc&state=def HTTP/1.1", "GET /callback?code=…&state=… HTTP/1.1"),
        ("Nothing here opens anything: 12 rows", "Nothing here opens anything: 12 rows"),
    ],
)
def test_what_opens_anything_is_not_written(words: str, said: str) -> None:
    assert hidden(words) == said


def test_a_request_has_a_line_with_its_page_status_time_questions_and_who_asked(house: House) -> None:
    client = signed_in(house, "policy")
    with lined() as log:
        response = client.get("/risks/?q=the+name+of+somebody", headers={"X-Request-ID": "proxy-number-1"})
    assert (response.status_code, response.headers["X-Request-ID"]) == (200, "proxy-number-1")
    (line,) = log.of("request")
    assert set(line) == {
        *("event", "request_id", "level", "logger", "timestamp"),
        *("route", "method", "status", "ms", "queries", "actor", "posts"),
    }
    assert {name: line[name] for name in ("request_id", "route", "method", "status", "level", "logger")} == {
        "request_id": "proxy-number-1",
        "route": "risks",
        "method": "GET",
        "status": 200,
        "level": "info",
        "logger": "candour.request",
    }
    assert (line["actor"], line["posts"]) == (f"person:{house.people['policy'].pk}", [house.posts["policy"].pk])
    assert line["queries"] > 0
    assert line["ms"] > 0
    assert "somebody" not in log.text


def test_an_address_that_leads_nowhere_is_not_written_and_nobody_in_particular_asked(db: None) -> None:
    with lined(logging.WARNING) as warned, lined() as log:
        response = Client().get("/made-up-by-a-visitor")
    assert HEX.fullmatch(response.headers["X-Request-ID"])
    (line,) = log.of("request")
    assert (line["route"], line["status"], "actor" in line) == ("nowhere", 404, False)
    assert "made-up" not in log.text + warned.text


def test_what_django_says_of_a_refused_request_names_the_page_and_not_the_address(db: None) -> None:
    with lined(logging.WARNING) as log:
        Client().get("/recommendations/answer/" + "a1B2-" * 9 + "/")
    assert [line["event"] for line in log.lines] == ["Not Found: answer"]
    assert "a1B2-" not in log.text


def test_a_slow_question_is_told_with_its_shape_its_page_and_its_request(house: House, settings: Any) -> None:
    settings.SLOW_QUERY_MS = 0
    a_risk(house, title="The boiler fails in winter")
    client = signed_in(house, "policy")
    with lined() as log:
        client.get("/search?q=boiler", headers={"X-Request-ID": "slow-number"})
    slow = log.of("slow query")
    assert len(slow) == log.of("request")[0]["queries"]
    assert {(line["route"], line["request_id"], line["level"]) for line in slow} == {
        ("search", "slow-number", "warning")
    }
    assert all(line["sql"].split()[0] in {"SELECT", "WITH", "SAVEPOINT", "RELEASE", "INSERT"} for line in slow)
    assert "boiler" not in log.text.lower()


def test_no_question_is_slow_that_is_quicker_than_the_setting(house: House, settings: Any) -> None:
    settings.SLOW_QUERY_MS = 60_000
    with lined() as log:
        signed_in(house, "policy").get("/risks/")
    assert log.of("slow query") == []


def test_questions_are_counted_in_the_block_alone(db: None) -> None:
    counted = Counted(lambda: "here")
    with counted.watching(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 3")
    assert counted.queries == 2


@pytest.fixture
def only_this():  # type: ignore[no-untyped-def]
    before = dict(works())
    works().clear()  # type: ignore[attr-defined]
    yield
    works().clear()  # type: ignore[attr-defined]
    works().update(before)  # type: ignore[attr-defined]


def test_a_job_carries_the_number_of_the_request_that_asked_for_it(db: None, only_this: None) -> None:
    seen: list[str] = []

    def runs(at: datetime, given: Mapping[str, Any]) -> str:
        seen.append(current_id())
        Job.objects.count()
        return "done"

    register(Work("asked", "For a test", runs))
    with within("the-request"):
        commands.ask_for("asked", "asked:1", {}, at=NOW)
    assert Job.objects.get().request == "the-request"
    with lined() as log:
        commands.do_one(lambda: NOW)
    (line,) = log.of("job")
    assert seen == ["the-request"]
    assert {name: line[name] for name in ("request_id", "work", "queries", "tries", "came", "level")} == {
        "request_id": "the-request",
        "work": "asked",
        "queries": 1,
        "tries": 1,
        "came": "done",
        "level": "info",
    }


def test_a_job_that_nobody_asked_for_has_a_number_of_its_own_and_a_failure_is_an_error(
    db: None, only_this: None
) -> None:
    def fails(at: datetime, given: Mapping[str, Any]) -> str:
        raise Failed("no luck")

    register(Work("asked", "For a test", fails))
    commands.ask_for("asked", "asked:1", {}, at=NOW)
    with lined() as log:
        commands.do_one(lambda: NOW)
    (line,) = log.of("job")
    assert HEX.fullmatch(line["request_id"])
    assert (line["came"], line["level"]) == ("no luck", "error")


def test_an_error_is_one_line_with_its_traceback_and_without_values_of_rows() -> None:
    address = "@".join(("a", "b.example"))  # so that the line of this test, which a traceback shows, does not hold it
    with lined() as log:
        try:
            raise ValueError(f"bad\nDETAIL: Key (email)=({address}) already exists.")
        except ValueError:
            logging.getLogger("candour.somewhere").exception("It failed")
    (line,) = log.lines
    assert line["event"] == "It failed"
    assert "ValueError: bad" in line["exception"]
    assert address not in log.text
    assert len(log.text.splitlines()) == 1


def test_in_the_demonstration_lines_are_words() -> None:
    with lined(words=True) as log, within("number-one"):
        logging.getLogger("candour.request").info("request", extra={"route": "risks", "ms": 12.5})
    assert "request" in log.text
    assert "route=risks" in log.text
    assert "request_id=number-one" in log.text
    with pytest.raises(json.JSONDecodeError):
        json.loads(log.text)
