"""How the system is, for who keeps it: jobs, letters, history, storage, backups and versions, and what to do about each."""

import json
import platform
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from candour.config.backup.make import KEPT, remember_checked
from candour.config.system.commands import try_again
from candour.config.system.findings import of_jobs, of_letters, of_mail, of_seals, of_verifying
from candour.config.system.queries import History, Letters, last_backup, letter_counts
from candour.kernel.access import Forbidden
from candour.kernel.history.commands import seal
from candour.kernel.history.models import Verification
from candour.kernel.jobs import commands as jobs
from candour.kernel.jobs.models import Job
from candour.kernel.jobs.own import verify_history
from candour.kernel.notices.commands import send
from candour.kernel.notices.models import Unreachable
from candour.kernel.rules import Refused
from tests.factories import NOW, House, a_risk
from tests.notices.letters import a_letter, with_addresses
from tests.recommendations.mailing import Box, mail
from tests.risks.pages import MOMENT, questions, said, signed_in

__all__ = ["mail"]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOTHING = Letters(0, 0, 0, 0, 0, 0)
UNTOUCHED = History(0, None, "", None, None, "", 0, "")


@pytest.fixture(autouse=True)
def standing_clock(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, MOMENT]


def standing_jobs() -> None:
    jobs.stand(at=NOW)


def test_only_who_keeps_the_system_sees_it(house: House) -> None:
    assert signed_in(house, "admin").get("/system/").status_code == 200
    for name in ("policy", "chief", "auditor", "panel", "reader", "force_policy"):
        assert signed_in(house, name).get("/system/").status_code == 404
        assert signed_in(house, name).get("/system/letters/").status_code == 404
    assert Client().get("/system/").status_code == 302


def test_before_a_worker_ran_the_page_says_what_to_start(house: House) -> None:
    text = said(signed_in(house, "admin").get("/system/"))
    assert "No worker has run yet: start candour work" in text.replace("`", "")
    assert "Last verified not yet" in text
    assert "Last made none yet: candour backup FILE" in text
    assert f"Candour {version('candour')} Python {platform.python_version()} Database " in text


def test_jobs_stand_with_what_failed_first_and_are_tried_again(house: House) -> None:
    standing_jobs()
    Job.objects.filter(key="notices.send").update(
        error="3 waiting: the server is away", tries=4, due_at=NOW + HOUR, went_well_at=NOW - HOUR
    )
    client = signed_in(house, "admin")
    text = said(client.get("/system/"))
    assert "There is 1 job that failed: read why below, mend that, and try again" in text
    assert (
        "Sends the letters that wait each minute Failed 4 tries again 15 June 2026, 12:30 15 June 2026, 10:30 "
        "3 waiting: the server is away Try again : Sends the letters that wait" in text
    )
    assert text.index("Sends the letters that wait") < text.index("Verifies the whole history each day at 02:30")
    job = Job.objects.get(key="notices.send")
    told = client.post(f"/system/jobs/{job.pk}/again/", follow=True)
    assert "It is due now" in said(told)
    job.refresh_from_db()
    assert (job.due_at, job.tries) == (NOW, 0)
    assert client.post("/system/jobs/999999/again/").status_code == 404


def test_a_job_is_tried_again_by_who_keeps_the_system_where_it_failed_and_nobody_does_it(house: House) -> None:
    standing_jobs()
    job = Job.objects.get(key="notices.send")
    with pytest.raises(Forbidden):
        try_again(job, actor=house.actors["chief"], at=NOW)
    with pytest.raises(Refused, match="It did not fail, or is being done now"):
        try_again(job, actor=house.actors["admin"], at=NOW)
    Job.objects.filter(pk=job.pk).update(error="no luck", ended_at=NOW, tries=8)
    try_again(job, actor=house.actors["admin"], at=NOW + HOUR)
    job.refresh_from_db()
    assert (job.ended_at, job.due_at, job.tries) == (None, NOW + HOUR, 0)


def test_letters_and_addresses_stand_with_how_to_mend_them(house: House, mail: Box) -> None:
    with_addresses(house, "chief", "policy")
    mail.refused = {"chief@mereford.example"}
    a_letter(house, by="policy")
    send(at=NOW)
    assert letter_counts() == Letters(waiting=1, gathered=0, failed=1, unknown=0, returned=1, addresses=1)
    client = signed_in(house, "admin")
    text = said(client.get("/system/letters/"))
    assert "Papers 1 written 15 June 2026, 11:30 Chief Executive chief@mereford.example Not delivered" in text
    assert (
        "Chief chief@mereford.example 15 June 2026 There is no such mailbox: correct the address of the person." in text
    )
    number = Unreachable.objects.get().pk
    told = client.post(f"/system/addresses/{number}/receives/", follow=True)
    assert "Letters go to chief@mereford.example again" in said(told)
    assert client.post(f"/system/addresses/{number}/receives/").status_code == 404
    assert "Every address receives" in said(client.get("/system/letters/"))


def test_letters_of_another_body_are_not_there(house: House, mail: Box) -> None:
    with_addresses(house, "force_policy")
    mail.refused = {"force_policy@mereford.example"}
    letter = a_letter(house, "force_policy")
    send(at=NOW)
    client = signed_in(house, "admin")
    text = said(client.get("/system/letters/"))
    assert "Everything arrived" in text
    assert "Every address receives" in text
    assert client.post(f"/letters/{letter.pk}/again/").status_code == 404
    assert client.post(f"/system/addresses/{Unreachable.objects.get().pk}/receives/").status_code == 404


def test_who_verified_last_and_what_was_found_is_kept(house: House) -> None:
    a_risk(house)
    made = seal(at=NOW)
    assert made is not None
    verify_history(NOW, {})
    first = Verification.objects.get()
    assert (first.by, first.failure, first.root) == ("Candour", "", made.root)
    client = signed_in(house, "admin")
    text = said(client.get("/system/"))
    assert "Last verified 15 June 2026, 11:30, by Candour: every entry held" in text
    assert f"Last seal 15 June 2026, 11:30 Its root {made.root}" in text
    client.post(reverse("verify"))
    assert "by Business Manager: every entry held" in said(client.get("/system/"))


def test_the_last_backup_and_whether_it_was_read_back_stand_on_the_page(
    house: House, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    file = tmp_path / "last.candour"
    made = {
        "at": (NOW - 3 * HOUR).isoformat(),
        "file": str(file),
        "rows": 1200,
        "entries": 90,
        "files": 4,
        "encrypted": True,
    }
    (tmp_path / KEPT).write_text(json.dumps(made))
    client = signed_in(house, "admin")
    text = said(client.get("/system/"))
    assert (
        "It holds 1,200 rows, 90 entries, 4 files Encrypted yes Read back not yet: candour restore FILE --check" in text
    )
    remember_checked(tmp_path, tmp_path / "another.candour", at=NOW)
    assert last_backup().checked_at is None  # type: ignore[union-attr]
    remember_checked(tmp_path, file, at=NOW)
    assert "Read back 15 June 2026, 11:30" in said(client.get("/system/"))


def test_libraries_stand_when_they_are_asked_for(house: House) -> None:
    client = signed_in(house, "admin")
    assert "prometheus" not in said(client.get("/system/"))
    assert "Django" in said(client.get("/system/?libraries=1"))


def test_the_pages_ask_as_often_for_one_as_for_many(house: House, mail: Box) -> None:
    with_addresses(house, "chief")
    mail.refused = {"chief@mereford.example"}
    client, counts = signed_in(house, "admin"), []
    for size in (1, 60):
        for number in range(size):
            a_letter(house)
            jobs.ask_for("notices.send", f"{size}:{number}", {}, at=NOW)
        a_risk(house)
        send(at=NOW)
        counts.append((questions(client, "/system/"), questions(client, "/system/letters/")))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_each_finding_says_what_to_do() -> None:
    assert of_jobs([])[0] == "bad"
    assert of_letters(NOTHING) == ("good", "No letter is held up")
    assert of_letters(Letters(0, 0, 2, 0, 1, 1)) == (
        "warning",
        "There are 3 letters that did not arrive: correct the addresses, then send again",
    )
    assert of_letters(Letters(0, 0, 0, 1, 0, 0))[1].startswith("There is 1 letter that may have gone out or not")
    assert of_seals(UNTOUCHED, NOW) == ("good", "Nothing to seal yet")
    late = History(5, None, "", NOW - HOUR, None, "", 0, "")
    assert of_seals(late, NOW) == ("bad", "Entries wait 60 minutes for a seal: start `candour work`")
    broken = History(5, NOW, "r", None, NOW, "Candour", 0, "Entry 3 was altered")
    assert of_verifying(broken, NOW) == (
        "bad",
        "The history does not hold: keep the database as it is, and tell the auditor. Entry 3 was altered",
    )
    old = History(5, NOW, "r", None, NOW - 100 * HOUR, "Candour", 1, "")
    assert of_verifying(old, NOW)[1] == "Last verified 4 days ago: the worker does each night, look why not"


def test_mail_that_goes_out_and_is_never_read_back_is_told(settings: Any) -> None:
    assert of_mail() == ("warning", "No mail server is named, so letters wait: set CANDOUR_SMTP_HOST")
    settings.EMAIL_HOST = "mail.example.org"
    assert of_mail()[1].startswith("Letters that come back are not read: set CANDOUR_IMAP_HOST")
    settings.RETURNED = settings.RETURNED | {"host": "mail.example.org"}
    assert of_mail() == ("good", "Letters are sent, and those that come back are read")
