"""What an installation is told through its environment: name, what holds without it, what it is (pure)."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from candour.config.home import database

VARIABLES: tuple[tuple[str, str, str], ...] = (
    ("DATABASE_URL", "the embedded database", "sqlite:///file or postgresql://user:password@host:port/name"),
    (
        "DATABASE_URL_REPLICA",
        "not set",
        "A streaming copy of the PostgreSQL of DATABASE_URL: papers and exports are read from it while it has every entry",
    ),
    (
        "CANDOUR_DB_POOL",
        "0: each thread has its own",
        "Connections to PostgreSQL that the threads of one process share, at most",
    ),
    (
        "CANDOUR_HOME",
        "var/ of a checkout, else ~/.candour",
        "Folder of the embedded database, uploaded files and the signing key",
    ),
    ("CANDOUR_SECRET_KEY", "made once and kept in CANDOUR_HOME", "Key that signs sessions; the same on every server"),
    ("CANDOUR_HOSTS", "this machine alone", "Host names that the site answers to, with commas between"),
    ("CANDOUR_HTTPS", "not set", "1 where the site is reached over HTTPS: cookies and redirects follow"),
    (
        "CANDOUR_DEMO",
        "not set",
        "Set by `candour demo`: anybody signs in by choosing a role, on the demonstration's database alone",
    ),
    ("CANDOUR_SESSION_HOURS", "12", "Hours after which somebody signs in again, whatever they do"),
    ("CANDOUR_IDLE_MINUTES", "60", "Minutes without opening a page after which somebody signs in again"),
    ("CANDOUR_LOCAL_ACCOUNTS", "1", "0 where nobody signs in with a user name and a password"),
    (
        "CANDOUR_SECOND_FOR_RESTRICTED",
        "0",
        "1 asks who may see restricted records for a second step of Candour's own after the organisation's sign-in, too",
    ),
    (
        "CANDOUR_OIDC_ISSUER",
        "not set",
        "Address of the organisation's OpenID Connect provider; for Entra ID https://login.microsoftonline.com/TENANT/v2.0",
    ),
    ("CANDOUR_OIDC_CLIENT", "not set", "The client's number (application ID) at it"),
    ("CANDOUR_OIDC_SECRET", "not set", "The client's secret at it"),
    ("CANDOUR_OIDC_NAME", "your organisation’s account", "What the button calls it: Sign in with …"),
    (
        "CANDOUR_OIDC_CLAIM",
        "roles",
        "The claim whose values the table of the directory knows; groups where groups are sent",
    ),
    ("CANDOUR_FILE_LIMIT", "25", "Megabytes of one file that is taken in: a paper that is read, or evidence"),
    ("CANDOUR_PANEL_NAME", "Joint Audit, Risk and Assurance Panel", "What the body calls its audit panel"),
    (
        "CANDOUR_ADMIT_REDACTED",
        "1",
        "0 leaves a restricted risk out of public papers without a trace; 1 admits its reference",
    ),
    (
        "CANDOUR_SITE",
        "http://127.0.0.1:8000",
        "Address at which people reach the site: the beginning of links in e-mail",
    ),
    ("CANDOUR_SMTP_HOST", "not set: notices wait", "Server that takes e-mail, for `candour notices`"),
    ("CANDOUR_SMTP_PORT", "587", "Its port"),
    ("CANDOUR_SMTP_USER", "not set", "User name at it, if it asks for one"),
    ("CANDOUR_SMTP_PASSWORD", "not set", "Password at it"),
    ("CANDOUR_SMTP_TLS", "1", "0 where it takes e-mail without STARTTLS: only on the same machine"),
    ("CANDOUR_MAIL_FROM", "candour@localhost", "Address from which notices come"),
)

SWITCHES = (
    "CANDOUR_HTTPS",
    "CANDOUR_DEMO",
    "CANDOUR_ADMIT_REDACTED",
    "CANDOUR_SMTP_TLS",
    "CANDOUR_LOCAL_ACCOUNTS",
    "CANDOUR_SECOND_FOR_RESTRICTED",
)
NUMBERS = {
    "CANDOUR_FILE_LIMIT": (1, 1000),
    "CANDOUR_DB_POOL": (0, 1000),
    "CANDOUR_SMTP_PORT": (1, 65535),
    "CANDOUR_SESSION_HOURS": (1, 336),
    "CANDOUR_IDLE_MINUTES": (5, 1440),
}
DIRECTORY = ("CANDOUR_OIDC_ISSUER", "CANDOUR_OIDC_CLIENT", "CANDOUR_OIDC_SECRET")
MANY_TENANTS = ("common", "organizations", "consumers")  # of Entra ID: anybody's account would come in
EXAMPLE = "at-least-fifty-random-characters"  # as docs/operations.md prints it
HOST = re.compile(r"(\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])")


class Misconfigured(Exception):
    """What cannot be meant in the environment, a sentence a line."""


def refuse_mistakes(given: Mapping[str, str]) -> None:
    """Raises Misconfigured where anything in the environment cannot be meant: nothing starts on a guess."""
    if found := mistakes(given):
        raise Misconfigured("\n".join(found))


def mistakes(given: Mapping[str, str]) -> list[str]:
    """One sentence for each setting that cannot be meant, which says how to mend it. Values are never said: some are secret."""
    return [*_names(given), *_values(given), *_addresses(given), *_together(given), *_directory(given)]


def _names(given: Mapping[str, str]) -> list[str]:
    known = [name for name, _, _ in VARIABLES]
    said = []
    for name in sorted(given):
        if name.startswith("CANDOUR_") and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.8)
            said.append(f"{name} is no setting{f': {near[0]} may be meant' if near else ''}; take it away")
    return said


def _values(given: Mapping[str, str]) -> list[str]:
    said = [f"{name} must be 1 or 0" for name in SWITCHES if given.get(name, "0") not in {"0", "1", ""}]
    for name, (least, most) in NUMBERS.items():
        value = given.get(name, str(least))
        if not value.isdecimal() or not least <= int(value) <= most:
            said.append(f"{name} must be a whole number from {least} to {most}")
    if given.get("CANDOUR_SECRET_KEY") == EXAMPLE:
        said.append("CANDOUR_SECRET_KEY is the one of the example: make one with `openssl rand -base64 48`")
    return said


def _addresses(given: Mapping[str, str]) -> list[str]:
    said = []
    for name in ("DATABASE_URL", "DATABASE_URL_REPLICA"):
        if url := given.get(name, ""):
            try:
                database(url)
            except ValueError as error:
                said.append(str(error).replace(url, "").replace("DATABASE_URL", name).strip())
    hosts = given.get("CANDOUR_HOSTS")
    if hosts is not None and not all(HOST.fullmatch(host) for host in hosts.split(",")):
        said.append("CANDOUR_HOSTS must be host names with commas between, without spaces, ports, https:// or *")
    site = given.get("CANDOUR_SITE")
    if site is not None and (urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).hostname):
        said.append("CANDOUR_SITE must be an address such as https://risk.example.org")
    sender = given.get("CANDOUR_MAIL_FROM")
    if sender is not None and not re.search(r"[^@\s]@[^@\s]", sender):
        said.append("CANDOUR_MAIL_FROM must be an e-mail address")
    return said


def _together(given: Mapping[str, str]) -> list[str]:
    said = []
    real = [name for name in ("CANDOUR_HOSTS", "CANDOUR_HTTPS") if given.get(name, "0") not in {"0", ""}]
    if given.get("CANDOUR_DEMO") == "1" and real:
        said.append(f"CANDOUR_DEMO lets anybody in, so it cannot stand beside {real[0]}: take one of them away")
    both = [given.get(name, "") for name in ("DATABASE_URL", "DATABASE_URL_REPLICA")]
    if both[1] and not all(url.startswith("postgres") for url in both):
        said.append("DATABASE_URL_REPLICA is a copy of a PostgreSQL: name both, or take it away")
    if bool(given.get("CANDOUR_SMTP_USER")) != bool(given.get("CANDOUR_SMTP_PASSWORD")):
        said.append("CANDOUR_SMTP_USER and CANDOUR_SMTP_PASSWORD belong together: give both, or neither")
    return said


def _directory(given: Mapping[str, str]) -> list[str]:
    said = []
    there = [name for name in DIRECTORY if given.get(name)]
    if there and len(there) < len(DIRECTORY):
        lacking = next(name for name in DIRECTORY if name not in there)
        said.append(f"{lacking} is missing: CANDOUR_OIDC_ISSUER, _CLIENT and _SECRET belong together")
    if issuer := given.get("CANDOUR_OIDC_ISSUER"):
        parts = urlsplit(issuer)
        own = parts.hostname in {"localhost", "127.0.0.1"}
        if not parts.hostname or (parts.scheme != "https" and not own):
            said.append("CANDOUR_OIDC_ISSUER must be an address that begins with https://")
        elif parts.hostname.endswith("microsoftonline.com") and parts.path.strip("/").split("/")[0] in MANY_TENANTS:
            said.append("CANDOUR_OIDC_ISSUER lets in accounts of any organisation: name your own tenant in it")
    if given.get("CANDOUR_LOCAL_ACCOUNTS") == "0" and not given.get("CANDOUR_OIDC_ISSUER"):
        said.append("CANDOUR_LOCAL_ACCOUNTS is 0 and CANDOUR_OIDC_ISSUER is not set, so nobody could sign in")
    return said
