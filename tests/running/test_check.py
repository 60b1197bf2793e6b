"""candour check: what must be mended before an installation holds real data, one sentence each."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.fixtures import Settings

from candour.config.backup.make import KEPT
from candour.config.cli import main
from candour.config.health import look
from candour.config.system.together import FOLDER
from candour.kernel.history import triggers
from candour.kernel.history.commands import seal
from tests.factories import NOW, House, a_risk
from tests.history.tamper import settled

LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def real(settings: Settings, tmp_path: Path) -> Path:
    """Settings as they ought to be, with a folder of their own; gives the folder."""
    settings.HOME, settings.DEMO, settings.HTTPS, settings.SITE = tmp_path, False, True, "https://risk.example.org"
    settings.SECRET_KEY = "".join(chr(48 + number) for number in range(64))
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    }
    (tmp_path / KEPT).write_text(json.dumps({"at": (LATER - timedelta(hours=3)).isoformat(), "encrypted": True}))
    return tmp_path


def found(**environment: str) -> dict[str, tuple[str, str]]:
    """State and words by what was looked at, twenty minutes after the house was built."""
    given = {"CANDOUR_HOSTS": "risk.example.org"} | environment
    return {one.name: (one.state, one.words) for one in look(given, at=LATER)}


def states(findings: dict[str, tuple[str, str]], state: str) -> set[str]:
    return {name for name, (its, _) in findings.items() if its == state}


@pytest.fixture
def sealed(house: House, real: Path) -> House:
    a_risk(house)
    seal(at=NOW)
    return house


def test_an_installation_as_it_ought_to_be_has_nothing_to_mend(sealed: House) -> None:
    given = found()
    clocks = {"clock"} if connection.vendor == "postgresql" else set()  # the tests' clock stands still
    assert states(given, "bad") - clocks == set()
    assert states(given, "warning") == {"mail", "scanner"} | ({"database"} if connection.vendor == "sqlite" else set())
    assert given["backup"] == ("good", "The last backup is 3 hours old and encrypted")
    assert given["seals"] == ("good", "All entries are sealed, the last 20 minutes ago")
    assert not any(path.name.startswith("candour-check") for path in (settings_home() / "files").iterdir())


def settings_home() -> Path:
    from django.conf import settings

    return Path(settings.HOME)


def test_settings_that_are_not_for_real_data_are_named(sealed: House, settings: Settings) -> None:
    settings.SECRET_KEY, settings.DEMO, settings.DEBUG, settings.HTTPS = "short", True, True, False
    given = found(CANDOUR_HOSTS="")
    assert {"secret", "demo", "debug", "hosts", "https"} <= states(given, "bad")
    assert given["hosts"] == ("bad", "CANDOUR_HOSTS names no host: give the name that people type")


def test_a_history_that_is_not_guarded_or_not_sealed_is_told(sealed: House) -> None:
    a_risk(sealed)
    assert found()["seals"] == ("bad", "Entries wait 20 minutes for a seal: is `candour work` running?")
    settled()
    triggers.remove(connection)
    gone = triggers.missing(connection)[0]
    said = found()["triggers"]
    settled()
    triggers.install(connection)
    assert said == ("bad", f"The database no longer refuses changes to history ({gone}): find out who took it away")


def test_what_lies_around_the_database_is_looked_at_too(sealed: House, real: Path, settings: Settings) -> None:
    (real / KEPT).write_text(json.dumps({"at": (LATER - timedelta(days=5)).isoformat()}))
    (real / "files").write_text("a file where the folder should be")
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    given = found()
    assert given["backup"] == ("bad", "The last backup is 5 days old: look at the timer")
    assert given["storage"][0] == "bad"
    assert given["mail"][1].startswith("The mail server does not take letters: ")
    (real / KEPT).unlink()
    assert found()["backup"] == ("bad", "There is no backup yet: `candour backup FILE`, each night by a timer")


def test_tables_of_another_version_are_neither_served_nor_backed_up(  # type: ignore[no-untyped-def]
    sealed: House, real: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(real / "counts"))  # where a server would have the tests after this one count
    steps, asked = MigrationRecorder(connection), (["serve"], ["work"], ["backup", str(real / "none.candour")])
    steps.record_applied("risks", "9999_much_later")
    assert found()["tables"][0] == "bad"
    for words in asked:
        assert main(words) == 2
        assert "the database is of a later version than this (risks.9999_much_later): run" in capsys.readouterr().err
    steps.record_unapplied("risks", "9999_much_later")
    steps.record_unapplied("jobs", "0002_request")
    for words in asked:
        assert main(words) == 2
        assert "the database is of an earlier version: stop what runs on it" in capsys.readouterr().err
    assert not (real / "none.candour").exists()


def test_the_command_ends_with_1_where_something_must_be_mended(sealed: House, settings: Settings, capsys) -> None:  # type: ignore[no-untyped-def]
    settings.SECRET_KEY = "short"
    assert main(["check"]) == 1
    assert "MEND  secret    CANDOUR_SECRET_KEY is short or simple" in capsys.readouterr().out
    assert main(["check", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["good"], told["findings"][0]["name"], told["findings"][0]["state"]) == (False, "secret", "bad")
