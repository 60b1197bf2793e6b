"""tools/audit.py finds what it is for, and says plainly what could not be asked."""

import json
from email.message import Message
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def audit() -> Any:
    spec = spec_from_file_location("audit", ROOT / "tools/audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    import sys

    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


HASH = "    --hash=sha256:" + "0" * 64
GOOD = f"django==5.2.19 \\\n{HASH} \\\n{HASH}\n    # via candour\npytest==9.2.0 \\\n{HASH}\n"
PROJECT = (
    '[project]\nname = "x"\ndependencies = ["django>=5.2,<5.3"]\noptional-dependencies = {dev = ["pytest==9.2.0"]}\n'
)


def locks(run: str = GOOD, dev: str = GOOD, node: str = GOOD) -> dict[str, str]:
    return {"requirements.lock": run, "requirements-dev.lock": dev, "requirements-node.lock": node}


def test_our_own_locks_and_licences_are_in_order(audit: Any) -> None:
    assert audit.offline() == []


def test_locks_that_are_whole_are_in_order(audit: Any) -> None:
    assert list(audit.wrong_in_locks(locks(), PROJECT)) == []
    assert [(one.name, one.version, one.hashes) for one in audit.locked(GOOD).values()] == [
        ("django", "5.2.19", 2),
        ("pytest", "9.2.0", 1),
    ]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (locks(node="nodejs==22.1.0\n"), "requirements-node.lock: nodejs has no hash"),
        (locks(node=f"{GOOD}sass>=1\n"), "requirements-node.lock: sass>=1 is not pinned to one version"),
        (locks(dev=GOOD.replace("5.2.19", "5.2.20")), "django is tested as 5.2.20 and installed as 5.2.19"),
        (locks(dev=GOOD.partition("pytest")[0]), "pytest is tested as nothing and installed as 9.2.0"),
        (locks(dev=GOOD.partition("pytest")[0]), "requirements-dev.lock lacks pytest"),
    ],
)
def test_what_is_wrong_with_a_lock_is_said(audit: Any, texts: dict[str, str], said: str) -> None:
    assert said in list(audit.wrong_in_locks(texts, PROJECT))


def test_an_npm_package_without_integrity_is_found(audit: Any) -> None:
    packages: dict[str, Any] = {"": {}, "node_modules/a": {"integrity": "sha512-x"}, "node_modules/b": {}}
    packages["node_modules/c"] = {"integrity": "sha512-x", "resolved": "somewhere"}
    assert list(audit.wrong_in_npm(json.dumps({"packages": packages}))) == [
        "package-lock.json: node_modules/b has no integrity",
        "package-lock.json: node_modules/c is fetched from an address of its own",
    ]


class Named:
    """A library as its metadata tells of it."""

    def __init__(self, name: str, licence: str) -> None:
        self.metadata = Message()
        self.metadata["Name"] = name
        self.metadata["License-Expression"] = licence


@pytest.mark.parametrize(
    ("licence", "runs", "fits"),
    [
        ("MIT", True, True),
        ("BSD-3-Clause", True, True),
        ("LGPL-3.0-only", True, True),
        ("GPL-3.0-or-later", True, False),
        ("GPL-3.0-or-later", False, False),
        ("GNU Affero General Public License v3", True, False),
        ("Business Source License", True, False),
        ("", True, False),
    ],
)
def test_a_licence_that_nobody_looked_at_is_found(audit: Any, licence: str, runs: bool, fits: bool) -> None:
    told = list(audit.wrong_licences({"some": runs}, lambda name: Named(name, licence)))
    assert (told == []) is fits


def test_what_serves_tests_alone_may_ask_for_more_but_not_where_candour_runs(audit: Any) -> None:
    def look(name: str) -> Named:
        return Named(name, "AGPL-3.0")

    assert list(audit.wrong_licences({"libcoveocds": False}, look)) == []
    assert len(list(audit.wrong_licences({"libcoveocds": True}, look))) == 1


def test_a_known_weakness_is_found_and_a_service_that_knows_nothing_is_skipped(audit: Any) -> None:
    weak = {"name": "some", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
    lost = {"name": "other", "skip_reason": "not found"}
    assert audit.of_pip_audit(json.dumps({"dependencies": [weak, lost]})).found == ("some 1.0: CVE-1, mended in 1.1",)
    assert (
        audit.of_pip_audit(json.dumps({"dependencies": [lost]})).skipped == "it knows none of the libraries asked for"
    )
    assert audit.of_pip_audit("").skipped == "not reachable"
    assert audit.of_npm_audit(json.dumps({"vulnerabilities": {"sass": {"severity": "high"}}})).found == ("sass: high",)
    assert audit.of_npm_audit(json.dumps({"message": "405 Method Not Allowed"})).skipped == "not reachable"
    report = {"install": [{"metadata": {"name": "some", "version": "1.0"}, "is_yanked": True}]}
    assert audit.of_pip_report(json.dumps(report)).found == ("some 1.0 was withdrawn by whoever made it",)
    assert audit.of_pip_report("").skipped == "not reachable"
