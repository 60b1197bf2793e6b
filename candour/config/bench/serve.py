"""The real server under sixteen clients, in processes of its own."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.test import Client

from candour.config.bench.measure import Figure

CLIENTS = 16
SECONDS = 8


def address_of_database() -> str:
    """The bench database as DATABASE_URL."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    host = given["HOST"]
    where = f"?host={host}" if host.startswith("/") else ""
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{given['USER']}{password}@{'' if where else host}{port}/{given['NAME']}{where}"


def throughput(client: Client, path: str, *, meanwhile: Callable[[], None] | None = None) -> Figure:
    """Requests a second of a page under sixteen clients for some seconds, on two workers.

    meanwhile: something that is recorded each second while they read, after which no page kept so far is the present one.
    """
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "candour.config.settings",
        "CANDOUR_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "2",
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "error",
        "candour.config.wsgi:application",
    ]
    server = subprocess.Popen(command, env=env)  # noqa: S603
    try:
        wait_for(port)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        return load(port, path, cookie, meanwhile)
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, *, patience: int = 10) -> None:
    for _ in range(patience * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")


def load(port: int, path: str, cookie: str, meanwhile: Callable[[], None] | None) -> Figure:
    counts: list[int] = []
    until = time.perf_counter() + SECONDS

    def run() -> None:
        done = 0
        made = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            made.request("GET", path, headers={"Cookie": cookie})
            answer = made.getresponse()
            answer.read()
            done += answer.status == 200
        counts.append(done)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    while meanwhile and time.perf_counter() < until - 1:
        meanwhile()
        time.sleep(1)
    for thread in threads:
        thread.join()
    rate = round(sum(counts) / SECONDS, 1)
    name = f"{CLIENTS} clients reading the list of 50"
    name += ", something recorded each second" if meanwhile else ""
    return Figure(name, rate, rate, unit="requests/s", hold="" if meanwhile else "150")
