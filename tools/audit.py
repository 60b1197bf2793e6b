"""What Candour is made from, looked over: without a network here, and with what is known of weaknesses where that can be asked.

    python tools/audit.py            the locks, the licences: always possible, a second
    python tools/audit.py --online   beside them known weaknesses (PyPI's and npm's advisories) and versions that were withdrawn

Whatever service does not answer is said to be skipped, in so many words. Ends with 1 where anything was found.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
# Words of licences that let a public body run, change and pass on Candour. What runs beside it alone may ask for more.
FREE = ("MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "Zope", "ZPL", "Unlicense", "OFL", "CNRI")
SHARED = ("MPL", "Mozilla", "LGPL", "Lesser General")  # changes to the library itself are passed on; it is not changed
TOLD = {  # without words in their metadata, or with others beside them, looked up by hand
    "pyrage": "MIT", "axe-playwright-python": "MIT", "odfpy": "Apache-2.0", "fido2": "BSD-2-Clause", "qrcode": "BSD-3-Clause",
}  # fmt: skip
TESTS_ALONE = {  # never installed where Candour runs: their terms reach no installation
    "libcove": "AGPL", "libcoveocds": "AGPL", "rfc3987": "GPL", "djlint": "GPL",
}  # fmt: skip
SECONDS = 240  # for a service to answer


@dataclass(frozen=True)
class Locked:
    """A library as a lock has it. hashes: how many files of it may be installed."""

    name: str
    version: str
    hashes: int


def locked(text: str) -> dict[str, Locked]:
    """By name what a lock of pip pins, with its hashes."""
    starts = [*PIN.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    found = [
        Locked(plain(match[1]), match[3], text[match.end() : end].count("--hash=sha256:"))
        for match, end in zip(starts, ends, strict=True)
    ]
    return {one.name: one for one in found}


def plain(name: str) -> str:
    """The name of a library as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wrong_in_locks(texts: dict[str, str], project: str) -> Iterator[str]:
    """What is wrong with the locks: nothing without a hash, nothing unpinned, nothing that differs between them."""
    read = {name: locked(text) for name, text in texts.items()}
    for name, found in read.items():
        yield from (f"{name}: {one.name} has no hash" for one in found.values() if not one.hashes)
        for line in texts[name].splitlines():
            if line and not line[0].isspace() and not line.startswith("#") and not PIN.match(line):
                yield f"{name}: {line.split()[0]} is not pinned to one version"
    run, dev = read["requirements.lock"], read["requirements-dev.lock"]
    for name, one in run.items():
        other = dev.get(name)
        if other is None or other.version != one.version:
            yield f"{name} is tested as {other.version if other else 'nothing'} and installed as {one.version}"
    told = tomllib.loads(project)["project"]
    groups = {"requirements.lock": told["dependencies"], "requirements-dev.lock": told["optional-dependencies"]["dev"]}
    for lock, wanted in groups.items():
        yield from (
            f"{lock} lacks {name}"
            for need in wanted
            if (name := plain(re.split(r"[\[<>=! ]", need)[0])) not in read[lock]
        )


def wrong_in_npm(text: str) -> Iterator[str]:
    """What is wrong with npm's lock: a package without its integrity, or from an address of its own."""
    for name, one in json.loads(text)["packages"].items():
        if name and not one.get("link"):
            if not one.get("integrity", "").startswith("sha512-"):
                yield f"package-lock.json: {name} has no integrity"
            if "resolved" in one:
                yield f"package-lock.json: {name} is fetched from an address of its own"


def licence_of(found: Distribution) -> str:
    """What a library says of its licence."""
    told = found.metadata
    named = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")]
    words = told.get("License-Expression") or "; ".join(named) or (told.get("License") or "").partition("\n")[0]
    return TOLD.get(plain(told["Name"]), words)


def wrong_licences(names: dict[str, bool], look: Callable[[str], Distribution] = distribution) -> Iterator[str]:
    """Licences that nobody has looked at. names: of libraries, and whether each is installed where Candour runs."""
    for name, runs in sorted(names.items()):
        try:
            words = licence_of(look(name))
        except PackageNotFoundError:
            continue  # of another system
        fits = any(word in words for word in (*FREE, *SHARED)) and "Affero" not in words
        if not fits and (runs or name not in TESTS_ALONE):
            yield f"{name}: its licence is {words or 'not told'}, which nobody has looked at: see tools/audit.py"


def offline() -> list[str]:
    """Everything that can be told without a network."""
    texts = {name: (ROOT / name).read_text() for name in LOCKS}
    names = dict.fromkeys(locked(texts["requirements-dev.lock"]), False)
    names |= dict.fromkeys(locked(texts["requirements.lock"]), True)
    found = [*wrong_in_locks(texts, (ROOT / "pyproject.toml").read_text())]
    found += wrong_in_npm((ROOT / "package-lock.json").read_text())
    return [*found, *wrong_licences(names)]


@dataclass(frozen=True)
class Answer:
    """What a service said: what it found, or why it was skipped."""

    found: tuple[str, ...] = ()
    skipped: str = ""


def ran(*words: str) -> tuple[str, str]:
    """What a program of ours printed, on its output and beside it."""
    try:
        done = subprocess.run(  # noqa: S603
            words, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", type(error).__name__
    return done.stdout, done.stderr


def of_pip_audit(printed: str) -> Answer:
    """What pip-audit found. A service that knows none of the libraries has not answered."""
    try:
        told = json.loads(printed[printed.index("{") :])["dependencies"]
    except (ValueError, KeyError):
        return Answer(skipped="not reachable")
    asked = [one for one in told if "skip_reason" not in one]
    if not asked:
        return Answer(skipped="it knows none of the libraries asked for")
    found = [
        f"{one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'no version yet'}"
        for one in asked
        for weak in one.get("vulns", [])
    ]
    return Answer(tuple(found))


def of_npm_audit(printed: str) -> Answer:
    """What npm audit found."""
    try:
        told = json.loads(printed)
        found = [f"{name}: {one['severity']}" for name, one in told["vulnerabilities"].items()]
    except (ValueError, KeyError):
        return Answer(skipped="not reachable")
    return Answer(tuple(found))


def of_pip_report(printed: str) -> Answer:
    """Which versions of a lock the index says were withdrawn."""
    try:
        told = json.loads(printed)["install"]
        found = [
            f"{one['metadata']['name']} {one['metadata']['version']} was withdrawn by whoever made it"
            for one in told
            if one.get("is_yanked")
        ]
    except (ValueError, KeyError):
        return Answer(skipped="not reachable")
    return Answer(tuple(found))


def online() -> Iterator[tuple[str, Answer]]:
    """Each service that can be asked, with what it said."""
    lock = "requirements-dev.lock"
    yield "known weaknesses of Python libraries", _weaknesses(lock)
    npm = shutil.which("npm") or str(ROOT / ".venv-node/bin/npm")
    yield "known weaknesses of npm packages", of_npm_audit(ran(npm, "audit", "--json", "--package-lock-only")[0])
    words = (sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps")
    report = ran(*words, "--require-hashes", "-r", lock, "--report", "-")[0]
    yield "withdrawn versions", of_pip_report(report)


def _weaknesses(lock: str) -> Answer:
    """What is known against the libraries of a lock. Django is asked for first: a service that lacks it has none of them."""
    words = (sys.executable, "-m", "pip_audit", "--disable-pip", "-f", "json", "--progress-spinner", "off")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as one:
        one.write(f"django=={locked((ROOT / lock).read_text())['django'].version}\n")
        one.flush()
        first = of_pip_audit(ran(*words, "--no-deps", "-r", one.name)[0])
    return first if first.skipped else of_pip_audit(ran(*words, "--require-hashes", "-r", lock)[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--online", action="store_true", help="ask the services too")
    found = offline()
    print(f"Locks and licences: {'in order' if not found else f'{len(found)} found'}")
    if parser.parse_args().online:
        for what, answer in online():
            said = f"not answered, skipped: {answer.skipped}" if answer.skipped else f"{len(answer.found)} found"
            print(f"{what.capitalize()}: {said}")
            found += answer.found
    for one in found:
        print(f"  {one}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
