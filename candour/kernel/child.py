"""Runs one of our modules in a process of its own, so that no file can take the memory or the time of the server.

Parent: `run_child("candour.kernel.papers.typesetter", ...)`. The module's first act is `limited()`; it reads standard
input, writes its answer to standard output, and leaves with 0, or with REFUSED and its words on standard error, or with
STARVED where memory ran out. Only the variables named here reach it: no address of a database, no key.
"""

import os
import resource
import subprocess  # our own modules alone  # nosec B404
import sys
from pathlib import Path

import candour

REFUSED, STARVED = 3, 4
_KEPT = ("PATH", "PYTHONPATH", "TMPDIR", "LD_LIBRARY_PATH")
_SIGNS = ("MemoryError", "memory allocation", "cannot allocate", "Cannot allocate", "failed to map")


class ChildFailed(Exception):
    """The child could not do its work; the message is what it said last."""


class ChildStarved(ChildFailed):
    """The child needed more memory or more time than it may take."""


def run_child(module: str, *words: str, given: bytes, memory: int, seconds: int) -> bytes:
    """What the module answers to `given`.

    memory: bytes of address space. seconds: of processor time, and twice as many by the clock. Raises ChildStarved past
    a limit, ChildFailed where the child refuses.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603
            # -P: what lies in the folder of the moment is never imported
            [sys.executable, "-P", "-m", module, str(memory), str(seconds), *words],
            input=given,
            capture_output=True,
            timeout=2 * seconds,
            env={**kept, "PYTHONPATH": _path(kept), "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildStarved(f"more than {2 * seconds} seconds") from error
    if done.returncode == 0:
        return done.stdout
    message = done.stderr.decode(errors="replace").strip()
    if done.returncode < 0 or done.returncode == STARVED or any(sign in message for sign in _SIGNS):
        raise ChildStarved(f"more than {memory // 1024**2:,} MB or {seconds} seconds")
    raise ChildFailed(message)


def limited() -> list[str]:
    """In the child: take the limits given as its first two arguments. The arguments that follow them."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.argv[3:]


def _path(kept: dict[str, str]) -> str:
    """Where the child finds this same Candour, whatever folder the server was started in."""
    return os.pathsep.join(filter(None, (str(Path(candour.__file__).resolve().parents[1]), kept.get("PYTHONPATH"))))
