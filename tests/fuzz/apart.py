"""One reader in a process of its own, with the memory of the one that reads papers.

A process that dies, or no longer answers, leaves the input that it was given.
"""

import faulthandler
import json
import multiprocessing
import os
import resource
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

MEMORY = 1024**3  # bytes of address space, beyond what the program itself takes
GRACE = 60  # seconds that a process may take to its end
# Processes that begin as one that read nothing yet and has one thread: what a program forks of itself can stand still for good.
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.fuzz.ready"])
_SIGNS = (
    "memory allocation",
    "annot allocate memory",
    "bad_alloc",
    "MemoryError",
)  # as kernel/child.py knows a want of memory


def one(name: str, *, seed: int, seconds: float, folder: Path, count: int = 0) -> dict[str, Any]:
    """What came of one reader. A process that wanted more memory than it may is followed by another: that is a refusal.

    count: how many inputs; 0 for as many as there is time for.
    """
    told: dict[str, Any] = {"count": 0, "read": 0, "refused": 0, "ways": 0, "slowest": 0.0, "starved": 0, "finds": {}}
    end, last, said = time.monotonic() + seconds, folder / f"{name}.last", folder / f"{name}.said"
    while time.monotonic() < end and (not count or told["count"] < count):
        here, there = CLEAN.Pipe(duplex=False)
        left = count - told["count"] if count else 0
        given = (there, name, seed + told["starved"] * 1000, 0.0 if count else end, folder, left)
        process = CLEAN.Process(target=_work, args=given)
        process.start()
        there.close()
        done = _heard(here, end, told)
        if process.is_alive() and not done:
            process.kill()
        process.join()
        if done:
            break
        if said.exists() and any(sign in said.read_text(errors="replace") for sign in _SIGNS):
            told["starved"] += 1
            continue
        kept = folder / f"{name}-died-{seed}"
        kept.write_bytes(last.read_bytes() if last.exists() else b"")  # empty: it had begun nothing
        told["finds"][f"the process ended with {process.exitcode}, or gave no answer in {GRACE} seconds"] = str(kept)
        break
    for file in (last, said):
        file.unlink(missing_ok=True)
    return told


def _heard(here: Any, end: float, told: dict[str, Any]) -> bool:
    """Add up what a process says now and then; whether it came to its end."""
    before = dict(told)
    while here.poll(max(end - time.monotonic(), 0) + GRACE):
        try:
            heard = json.loads(here.recv())
        except EOFError:
            return False
        for key in ("count", "read", "refused"):
            told[key] = before[key] + heard[key]
        told["ways"], told["slowest"] = max(before["ways"], heard["ways"]), max(before["slowest"], heard["slowest"])
        told["finds"] |= heard["finds"]
        if heard["done"]:
            return True
    return False


def _work(there: Any, name: str, seed: int, end: float, folder: Path, count: int) -> None:  # noqa: PLR0917
    os.dup2(os.open(folder / f"{name}.said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    faulthandler.disable()  # the end of a process is told by its parent
    from tests.fuzz.ready import targets
    from tests.fuzz.runs import Told, run

    target, last, told, spoke = targets()[name], folder / f"{name}.last", Told(), time.monotonic()
    target.seeds()
    used = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))

    def say(*, done: bool) -> None:
        finds = {}
        for what, content in told.finds.items():
            file = folder / f"{name}-{sha256(content).hexdigest()[:12]}"
            file.write_bytes(content)
            finds[what] = str(file)
        counts = {"count": told.count, "read": told.read, "refused": told.refused, "ways": len(told.ways)}
        there.send(json.dumps(counts | {"slowest": told.slowest, "finds": finds, "done": done}))

    def began(content: bytes) -> None:
        nonlocal spoke
        last.write_bytes(content)
        if time.monotonic() > spoke + 0.2:
            spoke = time.monotonic()
            say(done=False)

    run(target, seed=seed, count=count, until=end, began=began, told=told)
    say(done=True)
