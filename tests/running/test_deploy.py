"""The files for installing: every command, setting and path in them is one that there is."""

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from candour.config.environment import EXAMPLE, VARIABLES, mistakes
from candour.config.settings import FILE_LIMIT
from tests.test_docs import verb_parser

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
KNOWN = {name for name, _, _ in VARIABLES}


class Unit(configparser.RawConfigParser):
    """A unit of systemd, whose names keep their capitals."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(path: Path) -> Unit:
    read = Unit(strict=False, interpolation=None)
    read.read(path)
    return read


def given() -> dict[str, str]:
    lines = (DEPLOY / "environment").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def understood(words: list[str]) -> None:
    """The words after `candour` are a verb and its options, as the command itself reads them."""
    verb, left = verb_parser(words)
    verb.parse_args(left)


def test_the_settings_are_those_that_there_are_and_their_only_mistake_is_the_key_that_must_be_made() -> None:
    assert set(given()) <= KNOWN
    assert given()["CANDOUR_SECRET_KEY"] == EXAMPLE
    said = ["CANDOUR_SECRET_KEY is the one of the example: make one with `openssl rand -base64 48`"]
    assert mistakes(given()) == said


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_each_unit_runs_a_command_that_there_is_and_may_do_no_more_than_it_must(path: Path) -> None:
    service = unit(path)["Service"]
    line = service["ExecStart"].replace("$$(date +%%F)", "2026-05-14")
    words = shlex.split(line)
    if words[0] == "/bin/sh":
        words = shlex.split(words[2])[1:]
    assert words[0] == "/opt/candour/current/bin/candour"
    understood(words[1:])
    assert (service["User"], service["EnvironmentFile"]) == ("candour", "/etc/candour/environment")
    assert given()["CANDOUR_HOME"] == f"/var/lib/{service['StateDirectory']}"
    strict = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateDevices": "yes", "CapabilityBoundingSet": ""}
    assert {name: service[name] for name in strict} == strict


def test_the_timer_has_its_service() -> None:
    (timer,) = (DEPLOY / "systemd").glob("*.timer")
    assert timer.with_suffix(".service") in SERVICES
    assert "OnCalendar" in unit(timer)["Timer"]


def test_each_container_runs_a_command_that_there_is_without_rights_and_without_writing_to_its_root() -> None:
    told: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    ours = {name: service for name, service in told["services"].items() if service.get("image") == "candour"}
    assert sorted(ours) == ["candour", "tables", "work"]
    for service in ours.values():
        understood(service["command"])
        assert set(service["environment"]) <= KNOWN
        assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])  # noqa: S108
        assert (DEPLOY / service["env_file"]).is_file()
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        volumes = {volume.split(":")[0] for volume in service["volumes"]}
        assert volumes <= set(told["volumes"])
        assert service["network_mode"] == "host"  # so that one that is started anew is found where it was
    assert mistakes({name: str(value) for name, value in ours["work"]["environment"].items()}) == []


def test_no_container_is_reached_from_elsewhere_but_the_proxy() -> None:
    told: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    ports = [port for service in told["services"].values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:9000:9000", "127.0.0.1:3310:3310"]
    assert [name for name, service in told["services"].items() if service.get("network_mode") == "host"] == [
        "tables", "candour", "work", "proxy",
    ]  # fmt: skip


def test_the_image_runs_as_somebody_without_rights() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    last = len(lines) - 1 - next(at for at, line in enumerate(reversed(lines)) if line.startswith("FROM "))
    (user,) = (line for line in lines[last:] if line.startswith("USER "))
    assert user == "USER 10001:10001"
    (command,) = (line for line in lines if line.startswith("CMD "))
    understood(yaml.safe_load(command.removeprefix("CMD ")))
    home = re.search(r"CANDOUR_HOME=(\S+)", "\n".join(lines))
    assert home is not None
    assert home[1] == given()["CANDOUR_HOME"]


def test_the_proxy_passes_what_candour_asks_for_and_takes_the_largest_file() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header Host $host;" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    size = re.search(r"client_max_body_size (\d+)m;", text)
    assert size is not None
    assert int(size[1]) * 1024**2 > FILE_LIMIT
    assert text.count("{") == text.count("}")
