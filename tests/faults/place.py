"""An installation of its own for one test: its database, and real processes that may be killed."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.browser import Browser

PATIENCE = 60  # seconds for anything that comes at all; other tests may have the machine too
FAULTS = (OSError, HTTPException)  # what somebody sees of a server that is not there


class Gone(AssertionError):
    """A process ended that should have gone on."""


@dataclass
class Process:
    """One of ours with all that it started, in a group of its own so that nothing else can be hit."""

    inner: "subprocess.Popen[bytes]"
    said: Path
    port: int = 0

    @property
    def running(self) -> bool:
        return self.inner.poll() is None

    def kill(self) -> None:
        """kill -9, of the process and of all that it started."""
        if self.running:
            os.killpg(self.inner.pid, signal.SIGKILL)
        self.inner.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to end, as systemd does; gives its exit code."""
        if self.running:
            os.kill(self.inner.pid, signal.SIGTERM)
        return self.inner.wait(PATIENCE)


@dataclass
class Place:
    folder: Path
    url: str
    sessions: Mapping[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    started: list[Process] = field(default_factory=list)

    @property
    def sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CANDOUR_", "DATABASE_URL"))}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        ours = {"DATABASE_URL": self.url, "CANDOUR_HOME": str(self.folder), "CANDOUR_SECRET_KEY": "k" * 64}
        return kept | ours | self.settings

    def run(self, *words: str, module: str = "candour") -> "subprocess.CompletedProcess[str]":
        """One command, run to its end."""
        command = [sys.executable, "-m", module, *words]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)  # noqa: S603

    def start(self, words: Sequence[str], *, port: int = 0, limit: Any = None) -> Process:
        said = self.folder / f"{words[0]}-{len(self.started)}.log"
        with said.open("wb") as log:
            inner = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "candour", *words],
                env=self.environment(), stdout=log, stderr=log, start_new_session=True, preexec_fn=limit,  # noqa: PLW1509
            )  # fmt: skip
        process = Process(inner, said, port)
        self.started.append(process)
        return process

    def serve(self, *, port: int = 0, limit: Any = None) -> Process:
        """The server, when it answers. port: where one stood before, so that whoever knew it finds this one."""
        port = port or free_port()
        server = self.start(["serve", "--port", str(port), "--workers", "2"], port=port, limit=limit)
        self.wait_for(server)
        return server

    def work(self) -> Process:
        return self.start(["work"])

    def wait_for(self, server: Process) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not server.running:
                raise Gone(server.said.read_text())
            try:
                if Browser(server.port).get("/sign-in").status == 200:
                    return
            except FAULTS:
                pass
            time.sleep(0.05)
        raise Gone(server.said.read_text())

    def browser(self, server: Process, name: str = "policy") -> Browser:
        return Browser(server.port, self.sessions[name])

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of a statement, past Candour; what it changes is kept."""
        if self.sqlite:
            with sqlite3.connect(self.file, timeout=PATIENCE) as connection:
                rows = connection.execute(statement.replace("%s", "?"), values).fetchall()
            connection.close()
            return rows
        with psycopg.connect(self.url) as opened:
            cursor = opened.execute(statement, values or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def verified(self) -> int:
        """How many entries the history holds; an AssertionError where it does not hold."""
        found = self.run("history", "verify")
        assert found.returncode == 0, found.stdout + found.stderr
        assert found.stdout.startswith("Every entry holds: "), found.stdout
        return self.entries()

    def entries(self) -> int:
        return int(self.ask("SELECT count(*) FROM history_entry")[0][0])

    def close(self) -> None:
        for process in self.started:
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
