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
    (
        "CANDOUR_FILES_QUOTA",
        "0: no limit",
        "Gigabytes that the files of one body may take, those that were taken off included",
    ),
    ("CANDOUR_ORPHAN_DAYS", "7", "Days for which stored bytes are left that no record and no history names"),
    ("CANDOUR_S3_BUCKET", "not set: a folder in CANDOUR_HOME", "Bucket of an S3-compatible store that keeps the files"),
    ("CANDOUR_S3_ENDPOINT", "that of AWS", "Address of the object store, where it is not AWS"),
    ("CANDOUR_S3_REGION", "eu-west-2", "Its region"),
    ("CANDOUR_S3_KEY", "not set", "Access key at it"),
    ("CANDOUR_S3_SECRET", "not set", "Secret key at it"),
    (
        "CANDOUR_S3_LOCK",
        "not set: nothing is held",
        "GOVERNANCE or COMPLIANCE: the store holds what records name, the latter against its own administrator too",
    ),
    ("CANDOUR_S3_LOCK_YEARS", "7", "Years for which it holds each file"),
    (
        "CANDOUR_CLAMD",
        "not set: nothing is scanned",
        "Where clamd listens, which looks through each file: tcp://host:3310 or unix:/run/clamav/clamd.ctl",
    ),
    (
        "CANDOUR_UNSCANNED",
        "refuse",
        "What becomes of a file while it does not answer: refuse, or accept, and give it out once it was scanned",
    ),
    (
        "CANDOUR_LIMIT_PUBLIC",
        "300",
        "Pages open to everybody that one address, or one person signed in, may open a minute",
    ),
    ("CANDOUR_LIMIT_SEARCH", "120", "Searches of one person a minute"),
    ("CANDOUR_LIMIT_PAPERS", "60", "Papers, exports and other files to take away that one person may ask for a minute"),
    ("CANDOUR_LIMIT_UPLOADS", "60", "Forms with a file that one person may send a minute"),
    (
        "CANDOUR_LIMIT_GUESSES",
        "20",
        "Links and tokens that open nothing, and letters asked for, from one address a minute. 0 in any of these: no limit",
    ),
    ("CANDOUR_LIMIT_API", "600", "Requests of one service token a minute"),
    ("CANDOUR_OPENED_DAYS", "730", "Days for which it can be looked up who opened which restricted record"),
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
    (
        "CANDOUR_MAIL_RETURN",
        "CANDOUR_MAIL_FROM",
        "Address to which letters come back that cannot be delivered: of the mailbox that CANDOUR_IMAP_HOST holds",
    ),
    (
        "CANDOUR_IMAP_HOST",
        "not set: letters that come back are not read",
        "Server (IMAP) of the mailbox to which letters come back; for Microsoft 365 outlook.office365.com",
    ),
    ("CANDOUR_IMAP_PORT", "993", "Its port"),
    ("CANDOUR_IMAP_USER", "not set", "The mailbox's user name"),
    ("CANDOUR_IMAP_PASSWORD", "not set", "Its password, where it has one"),
    ("CANDOUR_IMAP_FOLDER", "INBOX", "The folder that is read: its unread messages, which are then marked as read"),
    ("CANDOUR_IMAP_TLS", "1", "0 where it speaks IMAP without TLS: only on the same machine"),
    (
        "CANDOUR_IMAP_TOKEN_URL",
        "not set",
        "Where a token is fetched in the place of a password (OAuth 2.0); for Microsoft 365 "
        "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token",
    ),
    ("CANDOUR_IMAP_CLIENT", "not set", "The client's number (application ID) for such a token"),
    ("CANDOUR_IMAP_SECRET", "not set", "The client's secret for it"),
    (
        "CANDOUR_SLOW_QUERY_MS",
        "500",
        "Milliseconds from which a question to the database is told in the log: its shape, never its values",
    ),
)

SWITCHES = (
    *("CANDOUR_HTTPS", "CANDOUR_DEMO", "CANDOUR_ADMIT_REDACTED", "CANDOUR_LOCAL_ACCOUNTS"),
    *("CANDOUR_SMTP_TLS", "CANDOUR_IMAP_TLS", "CANDOUR_SECOND_FOR_RESTRICTED"),
)
NUMBERS = {
    "CANDOUR_FILE_LIMIT": (1, 1000),
    "CANDOUR_FILES_QUOTA": (0, 100_000),
    "CANDOUR_ORPHAN_DAYS": (1, 365),
    "CANDOUR_S3_LOCK_YEARS": (1, 100),
    "CANDOUR_DB_POOL": (0, 1000),
    "CANDOUR_SMTP_PORT": (1, 65535),
    "CANDOUR_IMAP_PORT": (1, 65535),
    "CANDOUR_SLOW_QUERY_MS": (1, 3_600_000),
    "CANDOUR_SESSION_HOURS": (1, 336),
    "CANDOUR_IDLE_MINUTES": (5, 1440),
    "CANDOUR_LIMIT_PUBLIC": (0, 1_000_000),
    "CANDOUR_LIMIT_SEARCH": (0, 1_000_000),
    "CANDOUR_LIMIT_PAPERS": (0, 1_000_000),
    "CANDOUR_LIMIT_UPLOADS": (0, 1_000_000),
    "CANDOUR_LIMIT_GUESSES": (0, 1_000_000),
    "CANDOUR_LIMIT_API": (0, 1_000_000),
    "CANDOUR_OPENED_DAYS": (30, 3650),
}
CHOICES = {"CANDOUR_S3_LOCK": ("GOVERNANCE", "COMPLIANCE"), "CANDOUR_UNSCANNED": ("refuse", "accept")}
OF_THE_STORE = ("CANDOUR_S3_ENDPOINT", "CANDOUR_S3_KEY", "CANDOUR_S3_SECRET", "CANDOUR_S3_LOCK")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
SCANNER = re.compile(r"unix:/\S+|tcp://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?/?")
DIRECTORY = ("CANDOUR_OIDC_ISSUER", "CANDOUR_OIDC_CLIENT", "CANDOUR_OIDC_SECRET")
IMAP_TOKEN = ("CANDOUR_IMAP_TOKEN_URL", "CANDOUR_IMAP_CLIENT", "CANDOUR_IMAP_SECRET")
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
    of_each = (_names, _values, _addresses, _together, _directory, _files, _returned)
    return [sentence for part in of_each for sentence in part(given)]


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
    for name in ("CANDOUR_MAIL_FROM", "CANDOUR_MAIL_RETURN"):
        if name in given and not re.search(r"[^@\s]@[^@\s]", given[name]):
            said.append(f"{name} must be an e-mail address")
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


def _files(given: Mapping[str, str]) -> list[str]:
    said = []
    for name, answers in CHOICES.items():
        if given.get(name, "") not in {"", *answers}:
            said.append(f"{name} must be {' or '.join(answers)}")
    bucket = given.get("CANDOUR_S3_BUCKET", "")
    if bucket and not BUCKET.fullmatch(bucket):
        said.append("CANDOUR_S3_BUCKET must be the name of a bucket: small letters, digits, dots and hyphens")
    if not bucket and (there := [name for name in OF_THE_STORE if given.get(name)]):
        said.append(f"{there[0]} is of no use without CANDOUR_S3_BUCKET: name the bucket, or take it away")
    if bucket and not (given.get("CANDOUR_S3_KEY") and given.get("CANDOUR_S3_SECRET")):
        said.append("CANDOUR_S3_BUCKET needs CANDOUR_S3_KEY and CANDOUR_S3_SECRET: give both")
    endpoint = given.get("CANDOUR_S3_ENDPOINT")
    if endpoint and (urlsplit(endpoint).scheme not in {"http", "https"} or not urlsplit(endpoint).hostname):
        said.append("CANDOUR_S3_ENDPOINT must be an address such as https://objects.example.org")
    if given.get("CANDOUR_CLAMD") and not SCANNER.fullmatch(given["CANDOUR_CLAMD"]):
        said.append("CANDOUR_CLAMD must be tcp://host:3310 or unix:/run/clamav/clamd.ctl")
    if given.get("CANDOUR_UNSCANNED") and not given.get("CANDOUR_CLAMD"):
        said.append("CANDOUR_UNSCANNED is of no use without CANDOUR_CLAMD: name the scanner, or take it away")
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


def _returned(given: Mapping[str, str]) -> list[str]:
    """The mailbox to which letters come back: a user with a password, or with a client that fetches tokens."""
    if not given.get("CANDOUR_IMAP_HOST"):
        return []
    there = [name for name in IMAP_TOKEN if given.get(name)]
    if there and len(there) < len(IMAP_TOKEN):
        lacking = next(name for name in IMAP_TOKEN if name not in there)
        return [f"{lacking} is missing: CANDOUR_IMAP_TOKEN_URL, _CLIENT and _SECRET belong together"]
    if not given.get("CANDOUR_IMAP_USER") or not (there or given.get("CANDOUR_IMAP_PASSWORD")):
        return ["CANDOUR_IMAP_HOST asks for CANDOUR_IMAP_USER, and for CANDOUR_IMAP_PASSWORD or a client with tokens"]
    if there and urlsplit(given["CANDOUR_IMAP_TOKEN_URL"]).scheme != "https":
        return ["CANDOUR_IMAP_TOKEN_URL must be an address that begins with https://"]
    return []
