"""Many people's mixed work against the real server and worker, each person with a session of their own."""

import http.client
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from candour.config.bench.build import AT, START, Register, analyse
from candour.config.bench.measure import Figure
from candour.config.bench.save import answers_of
from candour.config.bench.serve import address_of_database, free_port, wait_for
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import add_person, appoint, grant, set_up_post
from candour.kernel.people.models import Person

LEVELS = (1, 5, 10, 20, 50)  # people at once
THINKS = (1.0, 3.0)  # seconds between two acts of one person, at least and at most
SHARES = {"read a list": 35, "open a risk": 30, "desk": 10, "save a review": 12, "agree an action": 8, "run a paper": 5}
LISTS = ("/risks/", "/risks/?status=Overdue+Control", "/risks/?q=custody+radio", "/risks/?sort=owner", "/risks/?page=2")
PAPER = "/papers/risk-register/draft.docx?audience=panel"
TOKEN = "t" * 32  # of the protection against forged forms: cookie and form agree


@dataclass
class Tally:
    """Milliseconds of what was answered as it should be by kind of work, and what was not."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


def measures(register: Register, rows: int, minutes: float) -> Iterator[Figure]:
    """Figures of each kind of work at each number of people: the most of them for so many minutes, fewer for a tenth of it."""
    register.add(rows)
    sessions = [session_of(person) for person in people(register, max(LEVELS))]
    analyse()
    for level in LEVELS:
        with running() as port:
            tally = at_once(port, sessions[:level], rows, minutes * (60 if level == max(LEVELS) else 6))
        every = sorted(took for each in tally.took.values() for took in each)
        for kind in SHARES:
            if took := sorted(tally.took[kind]):
                yield figure(f"{level} at once: {kind}", took)
        yield figure(f"{level} at once: everything", every)
        asked = len(every) + len(tally.errors)
        rate = round(100 * len(tally.errors) / asked, 2)
        yield Figure(f"{level} at once: errors of {asked:,}", rate, rate, unit="%", hold="0")
        for said in sorted(set(tally.errors)):
            print(f"{tally.errors.count(said)} times {said}", file=sys.stderr)


def figure(name: str, took: list[float]) -> Figure:
    p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
    return Figure(name, round(statistics.median(took), 1), round(p95, 1))


def people(register: Register, count: int) -> list[Person]:
    """People with a post each, who may do all that is measured."""
    said = {"actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
    found = []
    for number in range(count):
        post = set_up_post(title=f"Officer {number + 1}", organisation=register.office, **said)  # type: ignore[arg-type]
        person = add_person(username=f"user{number}", name=f"User {number}", password=None, **said)  # type: ignore[arg-type]
        appoint(person, post, starts=START, **said)  # type: ignore[arg-type]
        grant("policy_officer", post=post, organisation=register.office, starts=START, **said)  # type: ignore[arg-type]
        found.append(person)
    return found


def session_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def running() -> Iterator[int]:
    """The server and the worker on the database of the bench; gives the port."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if name != "CANDOUR_DEMO"}
    env |= {"DATABASE_URL": address_of_database(), "CANDOUR_SECRET_KEY": settings.SECRET_KEY}
    connection.close()
    commands = (["serve", "--port", str(port), "--workers", "2"], ["work"])
    started = [
        subprocess.Popen([sys.executable, "-m", "candour", *words], env=env, start_new_session=True)  # noqa: S603
        for words in commands
    ]
    try:
        wait_for(port, patience=180)
        yield port
    finally:
        for each in started:
            each.terminate()
        for each in started:
            try:
                each.wait(timeout=30)
            except subprocess.TimeoutExpired:  # it was told to end while it began
                os.killpg(each.pid, signal.SIGKILL)


def at_once(port: int, sessions: list[str], rows: int, seconds: float) -> Tally:
    """What so many people found of the server in so many seconds."""
    tally, until = Tally(), time.monotonic() + seconds
    busy = [
        threading.Thread(target=Worker(port, session, number, len(sessions), rows, tally).work, args=(until,))
        for number, session in enumerate(sessions)
    ]
    for each in busy:
        each.start()
    for each in busy:
        each.join()
    return tally


@dataclass
class Worker:
    """One person: reads what anybody reads, writes on risks that nobody else writes on."""

    port: int
    session: str
    number: int
    of: int
    rows: int
    tally: Tally

    def work(self, until: float) -> None:
        chance = random.Random(self.number)
        kinds, weights = list(SHARES), list(SHARES.values())
        time.sleep(chance.uniform(0, THINKS[0]))
        while time.monotonic() < until:
            kind = chance.choices(kinds, weights)[0]
            try:
                took = self.do(kind, chance)
            except (OSError, http.client.HTTPException, RuntimeError) as error:
                self.tally.errors.append(f"{kind}: {error}")
            else:
                self.tally.took[kind].append(took * 1000)
            time.sleep(chance.uniform(*THINKS))

    def do(self, kind: str, chance: random.Random) -> float:
        """Seconds for which somebody waits. Raises RuntimeError for an answer that is not what it should be."""
        mine = 1 + self.number + self.of * chance.randrange(max(self.rows // self.of - 1, 1))
        risk = f"office/B{mine:06}"
        match kind:
            case "read a list":
                return self.ask(chance.choice(LISTS))[0]
            case "open a risk":
                return self.ask(f"/risks/office/B{chance.randrange(self.rows) + 1:06}/")[0]
            case "desk":
                return self.ask("/desk/")[0]
            case "run a paper":
                return self.ask(PAPER)[0]
            case "save a review":
                return self.fill(f"/risks/{risk}/review/", {"narrative": f"Reviewed at {time.time()}"})
        owner = {"text": "See to it", "due": "31 December 2099"}
        return self.fill(f"/records/risk/{risk}/actions/new", owner)

    def fill(self, address: str, answers: dict[str, str]) -> float:
        opening, page = self.ask(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        given = answers_of(page) | {"csrfmiddlewaretoken": token[1] if token else TOKEN} | answers
        if "owner" not in given and (post := re.search(r'<option value="(\d+)"', page)):
            given["owner"] = unescape(post[1])
        sending, _ = self.ask(address, given)
        return opening + sending

    def ask(self, address: str, answers: dict[str, str] | None = None) -> tuple[float, str]:
        """(seconds, the page)."""
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {settings.SESSION_COOKIE_NAME}={self.session}"}
        body = None
        if answers is not None:
            body, headers["Content-Type"] = urlencode(answers), "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            made.request("GET" if body is None else "POST", address, body, headers)
            answer = made.getresponse()
            page = answer.read()
        finally:
            made.close()
        if answer.status != (200 if body is None else 302):
            raise RuntimeError(f"answered {answer.status}")
        return time.perf_counter() - begun, page.decode(errors="replace")
