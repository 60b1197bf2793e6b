"""What watches the system: whether it lives, whether requests may come, and what it measures."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from candour.config.cli import main
from candour.config.system import readiness, views
from candour.config.system.metrics import text
from candour.config.system.readiness import Check, Ready
from candour.config.system.together import FOLDER, count_together
from candour.kernel.history.commands import seal
from candour.kernel.jobs import commands as jobs
from candour.kernel.jobs.models import Job
from tests.api.factories import a_token
from tests.factories import NOW, House, a_risk
from tests.notices.letters import a_letter

WELL = ["The database answers", "The tables are at this version", "Files can be stored", "What is due is being done"]


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    views._lately.clear()


def test_it_lives_without_asking_anything(settings: Any) -> None:
    """This test is let nowhere near a database."""
    answer = Client().get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"live": True})
    assert "no-cache" in answer.headers["Cache-Control"]


def test_requests_may_come_where_everything_is_well(db: None) -> None:
    answer = Client().get("/health/ready")
    told = answer.json()
    assert (answer.status_code, told["ready"], told["well"]) == (200, True, True)
    assert [check["words"] for check in told["checks"]] == WELL


def test_jobs_that_wait_are_told_and_take_nobody_his_pages(db: None) -> None:
    jobs.stand(at=NOW)
    found = readiness.readiness(NOW + timedelta(hours=1))
    assert (found.ready, found.well) == (True, False)
    assert found.checks[-1] == Check("jobs", False, False, "Jobs wait: no worker runs, or it cannot keep up")


def test_storage_that_takes_nothing_is_told_without_where_it_lies(db: None, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where the folder should be")
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    }
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"][2] == {
        "name": "storage", "good": False, "needed": True, "words": "Files cannot be stored",
    }  # fmt: skip
    assert str(tmp_path) not in answer.content.decode()


def test_a_database_that_is_away_is_told_and_nothing_of_where_it_is(settings: Any, tmp_path: Path) -> None:
    """Asked of a server of its own, whose PostgreSQL is not there."""
    code = (
        "import django; django.setup();"
        "from django.test import Client;"
        "answer = Client().get('/health/ready'); print(answer.status_code, answer.content.decode());"
        "print(Client().get('/health/live').status_code)"
    )
    env = os.environ | {
        "DATABASE_URL": "postgresql://candour:hush@127.0.0.1:9/candour",
        "DJANGO_SETTINGS_MODULE": "candour.config.settings",
        "CANDOUR_HOME": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)  # noqa: S603
    first, second = done.stdout.splitlines()
    assert first.startswith('503 {"ready": false, "well": false')
    assert "The database does not answer" in first
    assert not re.search(r"127\.0\.0\.1|hush|:9|refused", first)
    assert second == "200"


def test_what_was_found_is_told_again_for_some_seconds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().get("/health/ready")
    Job.objects.create(name="notices.send", key="notices.send", due_at=NOW - timedelta(days=400))
    assert Client().get("/health/ready").json()["well"] is True
    monkeypatch.setattr(views, "WAIT", -1)
    assert Client().get("/health/ready").json()["well"] is False


def test_a_look_that_breaks_is_not_good() -> None:
    found = Ready((Check("a", True, True, "x"), Check("b", False, False, "y")))
    assert (found.ready, found.well) == (True, False)
    with pytest.raises(DatabaseError):
        raise DatabaseError("what readiness takes for an answer")


def measured(answer: bytes) -> dict[str, float]:
    """Every sample by its name and labels."""
    found = {}
    for family in text_string_to_metric_families(answer.decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_what_is_measured_is_given_to_a_token_of_the_right_scope_alone(house: House) -> None:
    def asked(token: str, method: str = "GET") -> Any:
        return Client().generic(method, "/metrics", headers={"authorization": f"Bearer {token}"} if token else {})

    _, right = a_token(house.posts["admin"], ["system:read"])
    _, other = a_token(house.posts["admin"], ["risks:read"])
    _, lesser = a_token(house.posts["chief"], ["system:read"])
    assert [asked(token).status_code for token in ("", "candour_x", other, lesser, right)] == [401, 401, 403, 403, 200]
    assert asked("").headers["WWW-Authenticate"] == "Bearer"
    assert (asked(right, "POST").status_code, asked(right, "POST").headers["Allow"]) == (405, "GET, HEAD")
    assert asked(right).headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    signed = Client()
    signed.force_login(house.people["admin"])
    assert signed.get("/metrics").status_code == 401


def test_requests_are_counted_by_page_and_status_and_jobs_letters_and_history_by_how_they_stand(house: House) -> None:
    before = measured(text(NOW))
    client = Client()
    client.force_login(house.people["policy"])
    for _ in range(3):
        client.get("/risks/")
    client.get("/nowhere-at-all")
    client.generic("MADEUP", "/risks/")
    a_letter(house)
    jobs.stand(at=NOW)
    Job.objects.filter(key="notices.send").update(error="no luck")
    a_risk(house)
    seal(at=NOW)
    later = NOW + timedelta(hours=2)
    after = measured(text(later))

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("candour_requests_total{method=GET,route=risks,status=200}") == 3
    assert more("candour_requests_total{method=GET,route=nowhere,status=404}") == 1
    assert more("candour_requests_total{method=other,route=risks,status=405}") == 1
    assert more("candour_request_seconds_count{route=risks}") == 4
    assert more("candour_request_seconds_bucket{le=+Inf,route=risks}") == 4
    assert more("candour_queries_total{route=risks}") > 0
    assert (after["candour_jobs{state=failed}"], after["candour_letters{state=waiting}"]) == (1, 1)
    assert after["candour_addresses_shut"] == 0
    assert after["candour_job_oldest_due_seconds"] == 7200
    assert after["candour_seal_age_seconds"] == 7200
    assert after["candour_history_last_entry"] > 0
    assert "candour_unsealed_oldest_seconds" not in after
    assert "candour_verified_age_seconds" not in after  # never yet


def test_a_process_that_counts_alone_tells_its_counts_wherever_a_folder_was_named_since(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    before = measured(text(NOW))
    Client().get("/health/live")
    name = "candour_request_seconds_count{route=health-live}"
    assert measured(text(NOW))[name] == before.get(name, 0) + 1


def test_the_measures_ask_nine_times_and_no_more_for_many(house: House, django_assert_num_queries: Any) -> None:
    text(NOW)
    for _ in range(40):
        a_letter(house)
    jobs.stand(at=NOW)
    with django_assert_num_queries(9):
        text(NOW)


COUNTS = """
import os, sys
from candour.config.system.together import count_together
from pathlib import Path
home = Path(sys.argv[1])
if sys.argv[2] == "first":
    count_together(home)
else:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(home / "counts")
from candour.kernel.logs.measures import REQUESTS
REQUESTS.labels("risks", "GET", "200").inc(int(sys.argv[3]))
"""


def test_what_several_processes_counted_adds_up_and_is_begun_anew_with_the_server(tmp_path: Path) -> None:
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    for which, times in (("first", "2"), ("second", "5")):
        alone = {name: value for name, value in os.environ.items() if name != FOLDER}
        subprocess.run([sys.executable, "-c", COUNTS, str(tmp_path), which, times], env=alone, check=True)  # noqa: S603
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(tmp_path / "counts"))
    assert measured(generate_latest(registry)) == {"candour_requests_total{method=GET,route=risks,status=200}": 7.0}
    before = os.environ.pop(FOLDER, None)
    try:
        count_together(tmp_path)
        assert list((tmp_path / "counts").iterdir()) == []
    finally:
        os.environ.pop(FOLDER, None)
        if before is not None:
            os.environ[FOLDER] = before


def test_the_command_line_still_checks_what_it_did(db: None, capsys: Any) -> None:
    assert main(["check"]) in {0, 1}
    assert "jobs" in capsys.readouterr().out
