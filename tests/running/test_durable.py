"""What is acknowledged is on the disk."""

import pytest
from django.db import connection

from candour.config.home import IN_MEMORY, database


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL waits for its log unless it is told otherwise")
def test_sqlite_waits_for_the_disk_at_each_transaction(db: None) -> None:
    with connection.cursor() as cursor:
        found = {}
        for name in ("synchronous", "journal_mode", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}


def test_connections_are_shared_where_that_is_asked_for_and_tried_before_they_are_handed_out() -> None:
    url = "postgresql://candour@db/candour?sslmode=require"
    alone, shared = database(url), database(url, pool=6)
    said = {"sslmode": "require", "options": IN_MEMORY}
    assert (alone["CONN_MAX_AGE"], alone["OPTIONS"]) == (60, said)
    assert (shared["CONN_MAX_AGE"], shared["CONN_HEALTH_CHECKS"]) == (0, True)
    assert shared["OPTIONS"] == said | {"pool": {"min_size": 1, "max_size": 6, "timeout": 10}}
    assert "pool" not in database("sqlite:///x.sqlite3", pool=6)["OPTIONS"]


def test_an_address_may_say_what_a_page_costs_or_nothing_at_all_for_a_pooler_that_takes_no_options() -> None:
    turning = "postgresql://db/candour?options=-c%20random_page_cost%3D4"
    assert database(turning)["OPTIONS"] == {"options": "-c random_page_cost=4"}
    assert database("postgresql://db/candour?options=")["OPTIONS"] == {"options": ""}
