"""A real streaming copy of PostgreSQL: reports are read from it while it has everything, and from the database otherwise."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.browser import answers_of
from tests.faults.place import Place
from tests.faults.postgres import Postgres
from tests.faults.waiting import soon

EXPORT = ("export", "risk-register", "--to")
READS = "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'risks_risk'"


class Copy:
    """The copy of one place's database."""

    def __init__(self, server: Postgres, name: str) -> None:
        self.server, self.url = server, server.url(name)

    def ask(self, statement: str) -> object:
        with psycopg.connect(self.url) as opened:
            return opened.execute(statement).fetchone()[0]  # type: ignore[call-overload, index]

    def read_more_than(self, before: object) -> bool:
        return int(self.ask(READS)) > int(before)  # type: ignore[call-overload]


@pytest.fixture
def copy(postgres_place: Place, postgres: Postgres, tmp_path: Path) -> Iterator[Copy]:
    postgres.twin(tmp_path / "copy", "-R", "-C", "-S", "copy")  # the slot keeps what the copy has not had yet
    server = Postgres(tmp_path / "copy")
    found = Copy(server, urlsplit(postgres_place.url).path.lstrip("/"))
    postgres_place.settings = {"DATABASE_URL_REPLICA": found.url, "CANDOUR_DB_POOL": "2"}
    yield found
    postgres_place.close()
    server.close()


def exported(place: Place) -> str:
    to = place.folder / "register.csv"
    said = place.run(*EXPORT, str(to))
    assert said.returncode == 0, said.stderr
    return to.read_text()


def test_a_report_is_read_from_the_copy_and_never_lacks_what_was_just_entered(
    postgres_place: Place, copy: Copy
) -> None:
    place = postgres_place
    assert copy.ask("SELECT pg_is_in_recovery()") is True
    server = place.serve()
    browser = place.browser(server)

    before = copy.ask(READS)
    assert "Something could happen" in exported(place)
    soon(lambda: copy.read_more_than(before))
    before = copy.ask(READS)
    assert browser.get("/papers/risk-register/draft.txt?audience=panel").status == 200
    soon(lambda: copy.read_more_than(before))

    copy.ask("SELECT pg_wal_replay_pause() IS NULL")
    address = "/risks/office/F00/wording/"
    answers = answers_of(browser.get(address).page)
    assert browser.post(address, answers | {"title": "The copy could be behind", "reason": "Seen"}).saved
    before = copy.ask(READS)
    assert "The copy could be behind" in exported(place)
    assert "The copy could be behind" in browser.get("/papers/risk-register/draft.txt?audience=panel").page
    assert copy.ask(READS) == before

    copy.ask("SELECT pg_wal_replay_resume() IS NULL")
    soon(lambda: copy.ask("SELECT count(*) FROM records_record WHERE title = 'The copy could be behind'") == 1)
    assert "The copy could be behind" in exported(place)
    soon(lambda: copy.read_more_than(before))

    copy.server.close()
    assert "The copy could be behind" in exported(place)
    assert "The copy could be behind" in browser.get("/papers/risk-register/draft.txt?audience=panel").page
    assert server.running
