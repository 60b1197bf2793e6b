"""What an installation is told: each mistake in one sentence, and nobody let in but where that is meant."""

import pytest
from pytest_django.fixtures import Settings

from candour.config.demo.bodies import BODIES
from candour.config.demo.only import only_the_demo
from candour.config.environment import EXAMPLE, Misconfigured, mistakes, refuse_mistakes
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import set_up_organisation
from tests.factories import NOW, House

REAL = {
    "DATABASE_URL": "postgresql://candour:a%40b@127.0.0.1:5432/candour",
    "CANDOUR_HOME": "/var/lib/candour",
    "CANDOUR_SECRET_KEY": "k" * 64,
    "CANDOUR_HOSTS": "risk.example.org,[::1],127.0.0.1,.example.org",
    "CANDOUR_HTTPS": "1",
    "CANDOUR_SITE": "https://risk.example.org",
    "CANDOUR_SMTP_HOST": "mail.example.org",
    "CANDOUR_MAIL_FROM": "Candour <risk@example.org>",
    "PATH": "/usr/bin",
}


DIRECTORY = {
    "CANDOUR_OIDC_ISSUER": "https://login.microsoftonline.com/6c2f0a1e-0000-4000-8000-000000000000/v2.0",
    "CANDOUR_OIDC_CLIENT": "9f1b3c52-0000-4000-8000-000000000000",
    "CANDOUR_OIDC_SECRET": "a secret",
}


STORE = {"CANDOUR_S3_BUCKET": "candour", "CANDOUR_S3_KEY": "a key", "CANDOUR_S3_SECRET": "a secret"}
SCANNER = {"CANDOUR_CLAMD": "unix:/run/clamav/clamd.ctl", "CANDOUR_UNSCANNED": "accept"}
IMAP = {"CANDOUR_IMAP_HOST": "mail.example.org", "CANDOUR_IMAP_USER": "returned"}


def test_what_can_be_meant_is_taken() -> None:
    assert mistakes(REAL | IMAP | {"CANDOUR_IMAP_PASSWORD": "hush"}) == []
    assert mistakes(REAL) == []
    assert mistakes(REAL | STORE | SCANNER | {"CANDOUR_S3_LOCK": "COMPLIANCE", "CANDOUR_FILES_QUOTA": "50"}) == []
    assert mistakes(REAL | STORE | {"CANDOUR_CLAMD": "tcp://[::1]:3310"}) == []
    assert mistakes(REAL | DIRECTORY | {"CANDOUR_LOCAL_ACCOUNTS": "0"}) == []
    assert mistakes({}) == []
    refuse_mistakes(REAL)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"CANDOUR_HOST": "a"}, "CANDOUR_HOST is no setting: CANDOUR_HOSTS may be meant; take it away"),
        ({"CANDOUR_ZZZ": "a"}, "CANDOUR_ZZZ is no setting; take it away"),
        ({"CANDOUR_HTTPS": "yes"}, "CANDOUR_HTTPS must be 1 or 0"),
        ({"CANDOUR_FILE_LIMIT": "25MB"}, "CANDOUR_FILE_LIMIT must be a whole number from 1 to 1000"),
        ({"CANDOUR_S3_BUCKET": "A bucket", "CANDOUR_S3_KEY": "k", "CANDOUR_S3_SECRET": "s"},
            "CANDOUR_S3_BUCKET must be the name of a bucket: small letters, digits, dots and hyphens"),
        ({"CANDOUR_S3_BUCKET": "candour", "CANDOUR_S3_KEY": "k"},
            "CANDOUR_S3_BUCKET needs CANDOUR_S3_KEY and CANDOUR_S3_SECRET: give both"),
        ({"CANDOUR_S3_LOCK": "GOVERNANCE"},
            "CANDOUR_S3_LOCK is of no use without CANDOUR_S3_BUCKET: name the bucket, or take it away"),
        (STORE | {"CANDOUR_S3_LOCK": "governance"}, "CANDOUR_S3_LOCK must be GOVERNANCE or COMPLIANCE"),
        (STORE | {"CANDOUR_S3_LOCK_YEARS": "0"}, "CANDOUR_S3_LOCK_YEARS must be a whole number from 1 to 100"),
        (STORE | {"CANDOUR_S3_ENDPOINT": "objects:9000"},
            "CANDOUR_S3_ENDPOINT must be an address such as https://objects.example.org"),
        ({"CANDOUR_CLAMD": "127.0.0.1:3310"}, "CANDOUR_CLAMD must be tcp://host:3310 or unix:/run/clamav/clamd.ctl"),
        ({"CANDOUR_UNSCANNED": "accept"},
            "CANDOUR_UNSCANNED is of no use without CANDOUR_CLAMD: name the scanner, or take it away"),
        ({"CANDOUR_CLAMD": "tcp://s:3310", "CANDOUR_UNSCANNED": "maybe"}, "CANDOUR_UNSCANNED must be refuse or accept"),
        ({"CANDOUR_FILES_QUOTA": "-1"}, "CANDOUR_FILES_QUOTA must be a whole number from 0 to 100000"),
        ({"CANDOUR_ORPHAN_DAYS": "0"}, "CANDOUR_ORPHAN_DAYS must be a whole number from 1 to 365"),
        ({"CANDOUR_SMTP_PORT": "0"}, "CANDOUR_SMTP_PORT must be a whole number from 1 to 65535"),
        ({"CANDOUR_SECRET_KEY": EXAMPLE},
            "CANDOUR_SECRET_KEY is the one of the example: make one with `openssl rand -base64 48`"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL begins with mysql: use sqlite:///file or postgresql://host/name"),
        ({"DATABASE_URL": "postgresql://u:pa/ss@h:5432/n"},
            "DATABASE_URL has a port that is no number: write / and @ in a password as %2F and %40"),
        ({"CANDOUR_HOSTS": "*"},
            "CANDOUR_HOSTS must be host names with commas between, without spaces, ports, https:// or *"),
        ({"CANDOUR_HOSTS": "a.example, b.example"},
            "CANDOUR_HOSTS must be host names with commas between, without spaces, ports, https:// or *"),
        ({"CANDOUR_SITE": "risk.example.org"}, "CANDOUR_SITE must be an address such as https://risk.example.org"),
        ({"CANDOUR_MAIL_FROM": "candour"}, "CANDOUR_MAIL_FROM must be an e-mail address"),
        ({"CANDOUR_MAIL_RETURN": "back"}, "CANDOUR_MAIL_RETURN must be an e-mail address"),
        ({"CANDOUR_SLOW_QUERY_MS": "0"}, "CANDOUR_SLOW_QUERY_MS must be a whole number from 1 to 3600000"),
        ({"CANDOUR_IMAP_HOST": "mail.example.org"},
            "CANDOUR_IMAP_HOST asks for CANDOUR_IMAP_USER, and for CANDOUR_IMAP_PASSWORD or a client with tokens"),
        (IMAP | {"CANDOUR_IMAP_TOKEN_URL": "https://login.example.org/token"},
            "CANDOUR_IMAP_CLIENT is missing: CANDOUR_IMAP_TOKEN_URL, _CLIENT and _SECRET belong together"),
        (IMAP | {"CANDOUR_IMAP_TOKEN_URL": "http://login.example.org/token", "CANDOUR_IMAP_CLIENT": "a",
                 "CANDOUR_IMAP_SECRET": "b"},
            "CANDOUR_IMAP_TOKEN_URL must be an address that begins with https://"),
        ({"CANDOUR_DB_POOL": "many"}, "CANDOUR_DB_POOL must be a whole number from 0 to 1000"),
        ({"DATABASE_URL_REPLICA": "postgres://u:pa/ss@h:5432/n"},
            "DATABASE_URL_REPLICA has a port that is no number: write / and @ in a password as %2F and %40"),
        ({"DATABASE_URL_REPLICA": "sqlite:///copy"},
            "DATABASE_URL_REPLICA is a copy of a PostgreSQL: name both, or take it away"),
        ({"CANDOUR_SMTP_USER": "candour"},
            "CANDOUR_SMTP_USER and CANDOUR_SMTP_PASSWORD belong together: give both, or neither"),
        ({"CANDOUR_SESSION_HOURS": "0"}, "CANDOUR_SESSION_HOURS must be a whole number from 1 to 336"),
        ({"CANDOUR_IDLE_MINUTES": "4"}, "CANDOUR_IDLE_MINUTES must be a whole number from 5 to 1440"),
        ({"CANDOUR_OIDC_CLIENT": "x", "CANDOUR_OIDC_SECRET": "y"},
            "CANDOUR_OIDC_ISSUER is missing: CANDOUR_OIDC_ISSUER, _CLIENT and _SECRET belong together"),
        (DIRECTORY | {"CANDOUR_OIDC_ISSUER": "http://id.example"},
            "CANDOUR_OIDC_ISSUER must be an address that begins with https://"),
        (DIRECTORY | {"CANDOUR_OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"},
            "CANDOUR_OIDC_ISSUER lets in accounts of any organisation: name your own tenant in it"),
        ({"CANDOUR_LOCAL_ACCOUNTS": "0"},
            "CANDOUR_LOCAL_ACCOUNTS is 0 and CANDOUR_OIDC_ISSUER is not set, so nobody could sign in"),
        ({"CANDOUR_DEMO": "1"},
            "CANDOUR_DEMO lets anybody in, so it cannot stand beside CANDOUR_HOSTS: take one of them away"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence_that_says_how_to_mend_it(given: dict[str, str], said: str) -> None:
    assert mistakes(REAL | given) == [said]
    with pytest.raises(Misconfigured, match=r"^[^\n]+$"):
        refuse_mistakes(REAL | given)


def test_no_mistake_repeats_a_value_that_may_be_secret() -> None:
    wrong = {name: "hunter2/x@y z" for name in REAL if name.startswith("CANDOUR_")} | {
        "DATABASE_URL": "postgresql://u:hunter2/@h/n"
    }
    found = mistakes(wrong)
    assert len(found) == 4
    assert "hunter2" not in " ".join(found)


def test_choosing_a_role_is_for_the_demonstration_alone(house: House, settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(Misconfigured, match="the database is not the demonstration's, so nobody may choose a role"):
        only_the_demo()
    settings.DEMO = False
    only_the_demo()


def test_the_demonstration_may_be_entered_by_choosing_a_role_until_another_body_is_there(
    db: None, settings: Settings
) -> None:
    settings.DEMO = True
    said = {"actor": CANDOUR, "at": NOW, "reason": "A test"}
    for code, name, short, kind in BODIES:
        set_up_organisation(code=code, name=name, short_name=short, kind=kind, **said)
    only_the_demo()
    set_up_organisation(code="real", name="A real force", short_name="Real", kind="force", **said)
    with pytest.raises(Misconfigured):
        only_the_demo()
