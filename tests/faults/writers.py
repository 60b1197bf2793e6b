"""People who write all the time, each in a risk of their own, and remember what was acknowledged."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.browser import Browser, answers_of
from tests.faults.place import FAULTS, Place, Process


class Writers:
    """acknowledged: words that the server said are saved. failed: how often it answered otherwise, or not at all."""

    def __init__(self, place: Place, server: Process, *, people: int = 4, words: str = "Said") -> None:
        self.place, self.port, self.words = place, server.port, words
        self.acknowledged: list[str] = []
        self.failed: list[str] = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(people)]

    def _write(self, number: int) -> None:
        browser = Browser(self.port, self.place.sessions["policy"])
        address, sent = f"/risks/office/F{number:02}/update/", 0
        answers: dict[str, str] = {}
        while not self.over.is_set():
            sent += 1
            words = f"{self.words} {number}-{sent}"
            try:
                if not answers:
                    answers = answers_of(browser.get(address).page)
                answer = browser.post(address, answers | {"text": words, "csrfmiddlewaretoken": "t" * 32})
            except FAULTS as fault:
                self._fail(type(fault).__name__)
                answers = {}
                continue
            if answer.saved:
                self.acknowledged.append(words)
                answers["seen"] = str(int(answers["seen"]) + 1)  # nobody else writes here
            else:
                self._fail(str(answer.status))
                answers = {}

    def _fail(self, said: str) -> None:
        self.failed.append(said)
        time.sleep(0.1)

    def until(self, count: int, *, patience: float = 120) -> None:
        """Wait until so many writes were acknowledged."""
        until = time.monotonic() + patience
        while len(self.acknowledged) < count:
            assert time.monotonic() < until, f"{len(self.acknowledged)} of {count}; {self.failed[-5:]}"
            time.sleep(0.02)

    def lost(self) -> set[str]:
        """Words that were acknowledged and are not there once."""
        rows = [
            text for (text,) in self.place.ask("SELECT text FROM risks_update WHERE text LIKE %s", f"{self.words} %")
        ]
        assert len(rows) == len(set(rows)), "something is there twice"
        return set(self.acknowledged) - set(rows)


@contextmanager
def writing(place: Place, server: Process, **more: object) -> Iterator[Writers]:
    writers = Writers(place, server, **more)  # type: ignore[arg-type]
    for thread in writers.threads:
        thread.start()
    try:
        yield writers
    finally:
        writers.over.set()
        for thread in writers.threads:
            thread.join(60)
